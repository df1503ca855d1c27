"""The taxonomy: names that change and keep their past, wider problems, and what cannot be."""

import pickle

import pytest

from samples import START, at
from servicekit.complaint import Dissatisfaction
from servicekit.errors import DefinitionError, RecordError
from servicekit.problems import Problem, Taxonomy

KNOWN = Taxonomy([
    Problem("delivery", "Delivery"),
    Problem("late_post", "Late post", until=at(10), becomes="late"),
    Problem("late_van", "Late van", parent="delivery", until=at(20), becomes="late"),
    Problem("late", "Late", parent="delivery", since=at(10), until=at(30), becomes="slow"),
    Problem("slow", "Slow", parent="time", since=at(30)),
    Problem("time", "Time"),
    Problem("fax", "Fax out of paper", until=at(5)),
    Problem("pakettiauto", "The carrier's name for it", becomes="late_van"),
])  # fmt: skip


@pytest.mark.parametrize(
    ("key", "minutes", "current"),
    [
        ("late_post", 9, "late_post"),
        ("late_post", 10, "late"),
        ("late_van", 19, "late_van"),
        ("late_van", 20, "late"),
        ("late_van", 30, "slow"),
        ("late_post", None, "slow"),
        ("slow", 0, "slow"),
        ("fax", 99, "fax"),
        ("fax", None, "fax"),
        ("pakettiauto", 0, "late_van"),
        ("pakettiauto", None, "slow"),
    ],
)
def test_what_a_problem_goes_by(key, minutes, current):
    """A renamed or merged problem goes by its new name from the instant on at which it got it."""
    assert current == KNOWN.current(key, None if minutes is None else at(minutes)).key


@pytest.mark.parametrize(
    ("key", "minutes", "path"),
    [
        ("late_van", 5, ["delivery", "late_van"]),
        ("late_van", 25, ["delivery", "late"]),
        ("late_van", None, ["time", "slow"]),
        ("delivery", None, ["delivery"]),
        ("nobody", None, []),
    ],
)
def test_what_a_problem_belongs_to(key, minutes, path):
    """The path goes from the widest problem to the one asked about, as they go by then."""
    found = KNOWN.path(key, None if minutes is None else at(minutes))
    assert path == [problem.key for problem in found]


def test_an_unknown_key():
    """A key that nobody knows has no name."""
    assert None is KNOWN.current("nobody", at(1))


def test_in_use():
    """A problem is in use from since until just before until, and a synonym never."""
    assert ["delivery", "late_van", "late", "time"] == [p.key for p in KNOWN.in_use(at(10))]


@pytest.mark.parametrize("of", [KNOWN, KNOWN.problems[0]], ids=["taxonomy", "problem"])
def test_a_naive_instant_is_refused(of):
    """An instant asked about has its offset."""
    with pytest.raises(RecordError, match="at is "):
        of.in_use(START.replace(tzinfo=None))


def test_a_term_as_key():
    """A cause of dissatisfaction may be a problem of the taxonomy under its own text."""
    slow, bad = Dissatisfaction.SLOW_ANSWER, Dissatisfaction.BAD_ATTITUDE
    taxonomy = Taxonomy([Problem(slow, "Slow answer"), Problem(bad, "Attitude", parent=slow)])
    assert ["Slow answer", "Attitude"] == [one.title for one in taxonomy.path("bad_attitude")]
    assert str is type(taxonomy.problems[1].parent)


@pytest.mark.parametrize(
    ("problems", "field", "value"),
    [
        ([Problem("a", "A"), Problem("a", "B")], "problems[1].key", "'a'"),
        ([Problem("a", "A", parent="b")], "problems[0].parent", "'b'"),
        ([Problem("a", "A", until=START, becomes="b")], "problems[0].becomes", "'b'"),
        ([Problem("a", "A", parent="a")], "problems", "'a - a'"),
        (
            [Problem("a", "A", parent="b"), Problem("b", "B", until=START, becomes="a")],
            "problems",
            "'a - b - a'",
        ),
    ],
)
def test_what_is_no_taxonomy(problems, field, value):
    """Keys that stand twice, keys that are not there and problems within themselves are refused."""
    with pytest.raises(DefinitionError) as refused:
        Taxonomy(problems)
    (problem,) = refused.value.problems
    assert (field, value) == (problem.field, problem.value)


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"since": at(5), "until": at(5)}, "until"),
        ({"until": START.replace(tzinfo=None)}, "until"),
        ({"ask": " "}, "ask"),
        ({"parent": ""}, "parent"),
    ],
)
def test_what_is_no_problem(options, field):
    """A time that ends before it begins, a naive end and blank texts are refused."""
    with pytest.raises(DefinitionError, match=f"Problem: {field} is "):
        Problem("a", "A", **options)


def test_a_long_past():
    """A problem renamed ten thousand times is found, and a taxonomy of that size pickles."""
    names = [Problem(f"p{n}", "P", until=at(n), becomes=f"p{n + 1}") for n in range(10_000)]
    taxonomy = Taxonomy([*names, Problem("p10000", "P")])
    assert "p10000" == taxonomy.current("p0").key
    assert "p5001" == taxonomy.current("p0", at(5000)).key
    assert taxonomy == pickle.loads(pickle.dumps(taxonomy))
