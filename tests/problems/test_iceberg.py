"""The iceberg: ranges from quoted ratios, each with its source, and far from any KPI."""

from fractions import Fraction

import pytest

from samples import case, complaint
from servicekit.catalogue.reference import FOLKLORE, FRONT_LINE
from servicekit.errors import DefinitionError, RecordError
from servicekit.problems import Iceberg, Ratios, Reference, iceberg


def quoted(low, high, key="quoted"):
    """Quote a figure."""
    return Reference(key, "Quoted", low, high, source="hearsay")


def ends(depth):
    """Give both ends of an estimate."""
    return depth.low, depth.high


def test_the_iceberg_as_it_is_drawn():
    """Of 100 who complain: 2,600 silent, 91 % of these or of all leaving, 9 to 15 told by each."""
    found = iceberg(100, FOLKLORE)
    assert (100, (2600, 2600), (2366, 2457), (24300, 40500)) == (
        found.voiced,
        ends(found.silent),
        ends(found.leaving),
        ends(found.told),
    )
    assert {Fraction} == {type(end) for end in (*ends(found.silent), *ends(found.leaving))}


def test_never_more_leave_than_are_silent():
    """Who leaves without a word is one of the silent."""
    found = iceberg(12, FRONT_LINE)
    assert ((4, 12), (Fraction("3.64"), 12)) == (ends(found.silent), ends(found.leaving))


def test_each_figure_has_its_source():
    """Every estimate names the figure that it rests on, and the table shows source and caution."""
    found = iceberg(100, FOLKLORE)
    for depth in (found.silent, found.leaving, found.told):
        assert depth.reference.source in str(found)
        assert depth.reference.caution in str(found)
    assert "An estimate, not a measurement" in str(found)


@pytest.mark.parametrize("given", [3, [complaint()] * 3, (case() for _ in range(3))], ids=type)
def test_complaints_or_their_number(given):
    """Complaints and cases are counted; a number is taken as it is."""
    assert Iceberg(3, FOLKLORE) == iceberg(given, FOLKLORE)


def test_nothing_voiced():
    """No complaint says nothing about those who are silent: the estimate is 0."""
    found = iceberg([], FOLKLORE)
    assert ((0, 0), (0, 0), (0, 0)) == tuple(map(ends, (found.silent, found.leaving, found.told)))


@pytest.mark.parametrize("given", [-1, 1.5, True, "three", b"three", None], ids=repr)
def test_numbers_that_cannot_be(given):
    """What is no number of complaints is refused."""
    with pytest.raises(RecordError, match="Iceberg: voiced is "):
        iceberg(given, FOLKLORE)


def test_a_reference_is_never_taken_unawares():
    """The figures have to be named: there is no default, and no other table does."""
    with pytest.raises(TypeError, match="reference"):
        iceberg(3)
    with pytest.raises(RecordError, match="Iceberg: ratios is "):
        iceberg(3, {"silent": 26})


@pytest.mark.parametrize(
    ("low", "high", "field"),
    [(-1, 1, "low"), (2, 1, "high"), (None, 1, "low"), (1, float("nan"), "high"), (True, 1, "low")],
)
def test_figures_that_cannot_be(low, high, field):
    """A figure below 0, or a range that ends before it begins, is refused."""
    with pytest.raises(DefinitionError, match=f"Reference: {field} is "):
        quoted(low, high)


def test_a_figure_needs_a_source():
    """Nobody quotes without saying whom."""
    with pytest.raises(DefinitionError, match="Reference: source is ''"):
        Reference("silent", "Silent", 26, 26, source="")


def test_figures_are_meant_as_written():
    """0.91 is 91 hundredths."""
    assert Fraction(91, 100) == quoted(0.91, 0.91).low


def test_who_leaves_is_a_share():
    """The share of those who leave is no more than the whole."""
    with pytest.raises(DefinitionError, match="Ratios: leaving is "):
        Ratios(quoted(26, 26), quoted(0.5, 1.1), told=quoted(9, 15))
