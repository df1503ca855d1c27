"""Recurrence: whether a problem came back after it was fixed, and how sure that is."""

from datetime import timedelta
from fractions import Fraction

import pytest
from scipy.stats import chi2

from samples import START, TAXONOMY, at
from servicekit.change import Verdict
from servicekit.errors import RecordError
from servicekit.problems import Signal, Watch, recurrence

NAIVE = START.replace(tzinfo=None)


def day(number):
    """Give the instant so many days after the start."""
    return START + timedelta(days=number)


def tell(problem, number, weight=1):
    """Tell of a problem on a day."""
    return Signal(problem, "complaints", day(number), weight=weight)


MONTHLY = [tell("seam", number) for number in range(0, 60, 3)]


def test_it_came_back_more_rarely():
    """Twenty times in sixty days before and three in sixty after is rarer by more than noise."""
    again = [tell("seam", n) for n in (61, 90, 110)]
    found = recurrence("seam", [*MONTHLY, *again], day(60), as_of=day(120))
    assert (20, 3, 60, 60) == (
        found.before.times,
        found.after.times,
        found.before.days,
        found.after.days,
    )
    assert (True, Verdict.BETTER, tuple(again)) == (found.came_back, found.verdict, found.again)
    assert (0.15, True) == (pytest.approx(found.ratio.estimate), found.ratio.high < 1)
    assert "better: " in str(found)


def test_none_since():
    """With none since the rate still has an end: the exact one behind the rule of three."""
    found = recurrence("seam", MONTHLY, day(60), as_of=day(160))
    assert (False, 0, 0.0) == (found.came_back, found.after.times, found.after.interval.low)
    assert chi2.ppf(0.975, 2) / 2 / 100 == pytest.approx(found.after.interval.high)
    assert (Verdict.BETTER, ()) == (found.verdict, found.again)


def test_none_since_but_too_soon():
    """A few quiet days say nothing yet."""
    found = recurrence("seam", MONTHLY, day(60), as_of=day(63))
    assert (False, Verdict.NO_CLEAR_DIFFERENCE) == (found.came_back, found.verdict)
    assert "no clear difference: 0.00 to " in str(found)


def test_more_often_than_before():
    """A fix that made it worse is told."""
    found = recurrence("seam", [tell("seam", 1), tell("seam", 70, 40)], day(60), as_of=day(90))
    assert (True, Verdict.WORSE) == (found.came_back, found.verdict)
    assert "worse: " in str(found)


def test_none_before():
    """Without any before there is no ratio to speak of, only a lower end."""
    found = recurrence("seam", [tell("seam", 61, 9)], day(60), since=START, as_of=day(90))
    assert (0, None) == (found.before.times, found.ratio.high)
    assert Verdict.WORSE is found.verdict
    assert "any number of times" in str(found)


def test_the_fix_is_the_first_instant_after():
    """What is told of at the instant of the fix came after it."""
    found = recurrence("seam", [tell("seam", 0), tell("seam", 5)], day(5), as_of=day(10))
    assert (1, 1) == (found.before.times, found.after.times)


def test_listening_lasts_as_long_as_signals_come():
    """Without instants all signals say how long somebody listened, not the problem's alone."""
    signals = [tell("lid", 0), tell("seam", 4), tell("lid", 40)]
    found = recurrence("seam", signals, day(10))
    assert (day(0), day(10), day(10), day(40)) == (
        found.before.start,
        found.before.end,
        found.after.start,
        found.after.end,
    )
    assert (1, 0) == (found.before.times, found.after.times)


def test_what_lies_outside_does_not_count():
    """Signals from before since or after as_of are left out."""
    found = recurrence("seam", MONTHLY, day(30), since=day(15), as_of=day(45))
    assert (5, 6, 15) == (found.before.times, found.after.times, found.after.days)


@pytest.mark.parametrize(
    ("signals", "fixed", "sides"),
    [
        ([], 5, (None, None)),
        (MONTHLY, -1, (None, 20)),
        (MONTHLY, 0, (None, 20)),
        (MONTHLY, 99, (20, None)),
        ([tell("seam", 5)], 5, (None, None)),
    ],
)
def test_where_nobody_listened(signals, fixed, sides):
    """A side on which nobody listened is not known, and neither is what became of the problem."""
    found = recurrence("seam", signals, day(fixed))
    assert sides == tuple(side and side.times for side in (found.before, found.after))
    assert (None, Verdict.CANNOT_TELL) == (found.ratio, found.verdict)
    assert (None if sides[1] is None else True) is found.came_back
    assert "cannot tell: nobody listened on both sides of the fix" in str(found)


def test_a_suggestion_is_no_recurrence():
    """What adds no occurrence does not bring the problem back, and is shown all the same."""
    found = recurrence("seam", [*MONTHLY, tell("seam", 70, 0)], day(60), as_of=day(90))
    assert (False, 1) == (found.came_back, len(found.again))


def test_a_problem_with_a_past():
    """What has become part of the problem, or belongs to it, counts as the problem."""
    signals = [
        Signal(problem, "complaints", at(n), weight=weight)
        for problem, n, weight in (("late", 1, 4), ("slow_post", 55, 9), ("seam", 2, 7))
    ]
    for problem in ("slow_post", "late", "delivery"):
        found = recurrence(problem, signals, at(40), since=at(0), as_of=at(60), taxonomy=TAXONOMY)
        assert (4, 9) == (found.before.times, found.after.times)
    plain = recurrence("late", signals, at(40), since=at(0), as_of=at(60))
    assert (4, 0) == (plain.before.times, plain.after.times)
    unknown = recurrence("fax", signals, at(40), since=at(0), as_of=at(60), taxonomy=TAXONOMY)
    assert (0, 0) == (unknown.before.times, unknown.after.times)


@pytest.mark.parametrize(
    ("fixed", "options", "field"),
    [
        (NAIVE, {}, "fixed_at"),
        (day(5), {"since": NAIVE}, "since"),
        (day(5), {"as_of": NAIVE}, "as_of"),
        (day(5), {"since": day(6)}, "since"),
        (day(5), {"as_of": day(4)}, "as_of"),
    ],
)
def test_instants_that_cannot_be(fixed, options, field):
    """An instant that is naive or on the wrong side of the fix is refused by name."""
    with pytest.raises(RecordError) as refused:
        recurrence("seam", MONTHLY, fixed, **options)
    assert [field] == [problem.field for problem in refused.value.problems]


def test_both_instants_at_once():
    """Both instants on the wrong side are told together."""
    with pytest.raises(RecordError, match="recurrence has 2 problems"):
        recurrence("seam", MONTHLY, day(5), since=day(6), as_of=day(4))


def test_by_an_exposure():
    """With twice as many orders after the fix, as many occurrences are half the rate."""
    signals = [*MONTHLY, *(tell("seam", n) for n in range(60, 120, 3))]
    plain = recurrence("seam", signals, day(60), as_of=day(120))
    found = recurrence("seam", signals, day(60), as_of=day(120), exposure=(1000, 5000.0))
    assert (1.0, Verdict.NO_CLEAR_DIFFERENCE) == (plain.ratio.estimate, plain.verdict)
    assert (pytest.approx(0.2), Verdict.BETTER) == (found.ratio.estimate, found.verdict)
    assert (Fraction(1, 50), Fraction(1, 250)) == (found.before.rate.value, found.after.rate.value)
    assert ("60.0 days" in str(plain), " 5000.0 " in str(found)) == (True, True)


@pytest.mark.parametrize(
    ("exposure", "message"),
    [
        ((1, 2, 3), "recurrence: exposure is "),
        (5, "recurrence: exposure is 5"),
        ((0, 5), "Watch: exposure is 0"),
        ((5, "many"), "Watch: exposure is 'many'"),
        ((5, True), "Watch: exposure is True"),
        ((5, 1e13), "Watch: exposure is "),
    ],
)
def test_exposures_that_cannot_be(exposure, message):
    """An exposure is a pair of numbers above 0."""
    with pytest.raises(RecordError, match=message):
        recurrence("seam", MONTHLY, day(30), as_of=day(90), exposure=exposure)


def test_what_is_no_signal():
    """What is no signal is refused."""
    with pytest.raises(RecordError, match="recurrence: signals is "):
        recurrence("seam", [*MONTHLY, "seam"], day(5))


def test_more_than_can_be_compared():
    """Counts beyond what inference takes are refused, not rounded."""
    with pytest.raises(RecordError, match="Watch: times is 2000000000000"):
        recurrence("seam", [tell("seam", 0, 2 * 10**12)], day(5), as_of=day(9))


def test_a_watch():
    """A watch has a length, counted exactly, and a rate by the day."""
    watch = Watch(START, START + timedelta(hours=36), 3)
    assert (Fraction(3, 2), Fraction(2)) == (watch.days, watch.rate.value)
    with pytest.raises(RecordError, match="Watch: end is "):
        Watch(START, START, 3)
