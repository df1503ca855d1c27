"""Cohen's kappa against published figures and statsmodels; what cannot be told is None."""

import json
from fractions import Fraction
from itertools import product
from pathlib import Path
from statistics import NormalDist

import pytest
from statsmodels.stats.inter_rater import cohens_kappa

from servicekit.errors import RecordError
from servicekit.inference import Kappa, cohen_kappa

VECTORS = json.loads((Path(__file__).parent / "vectors" / "agreement.json").read_text("utf-8"))


def counted(table):
    """Count pairs from a square table."""
    places = product(range(len(table)), repeat=2)
    return {(row, column): table[row][column] for row, column in places}


@pytest.mark.parametrize("case", VECTORS["cohen_kappa"], ids=lambda case: case["source"])
def test_published_figures(case):
    """The estimate and the ends of the interval are the published ones to their last digit."""
    kappa = cohen_kappa(counted(case["table"]))
    within = {"abs": case["within"]}
    assert pytest.approx(case["kappa"], **within) == float(kappa.estimate)
    if "low" in case:
        assert pytest.approx(case["low"], **within) == kappa.interval.low
        assert pytest.approx(case["high"], **within) == kappa.interval.high


TABLES = [
    [[5, 1], [2, 9]],
    [[1, 9], [8, 2]],
    [[0, 3], [3, 1]],
    [[40, 0, 1], [3, 25, 0], [0, 4, 30]],
    [[4, 1, 2, 0], [0, 3, 1, 1], [2, 2, 9, 1], [0, 0, 1, 7]],
    [[1000, 1], [1, 1]],
    [[3, 2, 0], [1, 0, 4], [0, 0, 0]],
    [[10**6, 10**3], [10**4, 10**5]],
]


@pytest.mark.parametrize("table", TABLES, ids=str)
@pytest.mark.parametrize("level", [0.8, 0.95, 0.999])
def test_agrees_with_statsmodels(table, level):
    """Estimate and interval are those of statsmodels, but for the ends being cut off at -1, 1."""
    kappa, theirs = cohen_kappa(counted(table), level=level), cohens_kappa(table)
    margin = NormalDist().inv_cdf((1 + level) / 2) * theirs.std_kappa
    ends = max(theirs.kappa - margin, -1), min(theirs.kappa + margin, 1)
    assert pytest.approx(theirs.kappa, abs=1e-13) == float(kappa.estimate)
    assert pytest.approx(ends, abs=1e-9) == (kappa.interval.low, kappa.interval.high)


def test_exact():
    """Shares and estimate are exact, whatever the categories are called."""
    kappa = cohen_kappa({("yes", "yes"): 20, ("yes", None): 5, (None, "yes"): 10, (None, None): 15})
    assert (50, Fraction(7, 10), Fraction(1, 2)) == (kappa.n, kappa.observed, kappa.expected)
    assert Fraction(2, 5) == kappa.estimate


def test_categories_that_only_one_observer_uses():
    """The observers need not use the same categories."""
    kappa = cohen_kappa({("a", "a"): 5, ("b", "c"): 5})
    assert (Fraction(1, 2), Fraction(1, 4)) == (kappa.observed, kappa.expected)


def test_pairs_that_were_not_seen():
    """A count of zero is the same as none."""
    seen = {("a", "a"): 5, ("a", "b"): 3, ("b", "b"): 4}
    assert cohen_kappa(seen) == cohen_kappa({**seen, ("b", "a"): 0, ("c", "c"): 0})


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, None),
        ({("a", "a"): 0}, None),
        ({("a", "a"): 5}, Kappa(5, Fraction(1), Fraction(1), None)),
        ({("a", "a"): 5, ("b", "b"): 3}, Kappa(8, Fraction(1), Fraction(17, 32), None)),
        ({("a", "b"): 5}, Kappa(5, Fraction(0), Fraction(0), None)),
        ({("a", "b"): 5, ("b", "a"): 5}, Kappa(10, Fraction(0), Fraction(1, 2), None)),
    ],
    ids=str,
)
def test_what_cannot_be_told(counts, expected):
    """Without things there is nothing, without spread no interval."""
    assert expected == cohen_kappa(counts)


def test_what_chance_leaves_open():
    """Full agreement is 1, contrary answers are -1, and one answer to everything tells nothing."""
    given = [{(1, 1): 5, (2, 2): 5}, {(1, 2): 5, (2, 1): 5}, {(1, 1): 9}]
    assert [1, -1, None] == [cohen_kappa(counts).estimate for counts in given]


def test_the_interval_stays_within_what_is_possible():
    """However few the things, the ends lie between -1 and 1."""
    high = cohen_kappa({(1, 1): 2, (2, 2): 2, (1, 2): 1}).interval
    low = cohen_kappa({(1, 2): 2, (2, 1): 2, (1, 1): 1}).interval
    assert (1.0, -1.0) == (high.high, low.low)


@pytest.mark.parametrize(
    ("counts", "field"),
    [
        ([(1, 1)], "counts"),
        ({"ab": 5}, "counts"),
        ({(1, 2, 3): 5}, "counts"),
        ({(1, 1): -1}, "counts[(1, 1)]"),
        ({(1, 1): 0.5}, "counts[(1, 1)]"),
        ({(1, 1): True}, "counts[(1, 1)]"),
    ],
    ids=str,
)
def test_counts_that_cannot_be(counts, field):
    """What is no mapping of pairs to whole numbers is refused by its key."""
    with pytest.raises(RecordError) as refused:
        cohen_kappa(counts)
    assert [field] == [problem.field for problem in refused.value.problems]


def test_levels_that_cannot_be():
    """A level is a number between 0 and 1."""
    with pytest.raises(RecordError, match="cohen_kappa: level is 95"):
        cohen_kappa({(1, 1): 1}, level=95)
