"""Targets, scorecards and equal service."""

import csv
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from servicekit.errors import DefinitionError, RecordError
from servicekit.kpi import (
    Better,
    Column,
    Count,
    Kpi,
    Mean,
    Percentile,
    Scorecard,
    Share,
    Standing,
    Status,
    Target,
    Total,
    assess,
    equity,
    measure,
)
from servicekit.kpi._two_shares import share_p_value

NOW = datetime(2026, 5, 4, tzinfo=UTC)
DAY = timedelta(days=1)
X = Column("x")


def kpi(what, better=Better.HIGHER, key="k"):
    """Make a KPI of a measure."""
    return Kpi(key, f"KPI {key}", what, unit="units", better=better)


KEPT = kpi(Share(X.is_true()))
WAIT = kpi(Mean(X), Better.LOWER, "wait")


def measured(asked, *values):
    """Measure one KPI over values of x."""
    return measure([asked], [{"x": value} for value in values], as_of=NOW)[asked.key]


def flags(yes, no):
    """Give so many flags of each kind."""
    return [True] * yes + [False] * no


class TestTarget:
    """What a KPI should reach."""

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({}, "at_least is None, allowed: a number here or at_most, and not both"),
            ({"at_least": 1, "at_most": 1}, "and not both"),
            ({"at_most": 0.5}, "at_most is Fraction(1, 2), allowed: None, for this KPI is better"),
            ({"at_least": 0.9, "warn": 0.9}, "warn is Fraction(9, 10), allowed: a number worse"),
            ({"at_least": float("inf")}, "at_least is inf, allowed: a finite number"),
            ({"at_least": 1, "due": NOW, "since": NOW}, "since is"),
            ({"at_least": 1, "due": NOW.replace(tzinfo=None)}, "an instant with its UTC offset"),
        ],
    )
    def test_what_cannot_be_is_refused(self, given, said):
        """A target that cannot be is refused with what is wrong."""
        with pytest.raises(DefinitionError) as refused:
            Target(KEPT, **given)
        assert said in str(refused.value)

    def test_lower_is_better(self):
        """A KPI that is better when lower has a target it should be at most."""
        with pytest.raises(DefinitionError, match="say at_most"):
            Target(WAIT, at_least=5)
        assert "KPI wait: at most 5 units" == str(Target(WAIT, at_most=5, warn=8))
        with pytest.raises(DefinitionError, match="warn is 4, allowed: a number worse than 5"):
            Target(WAIT, at_most=5, warn=4)

    @pytest.mark.parametrize(
        ("values", "status", "gap", "certain"),
        [
            (flags(9, 1), Status.MET, 0, False),
            (flags(17, 3), Status.NEAR, Fraction(-1, 20), False),
            (flags(8, 2), Status.NEAR, Fraction(-1, 10), False),
            (flags(79, 21), Status.MISSED, Fraction(-11, 100), True),
            (flags(990, 10), Status.MET, Fraction(9, 100), True),
            ([None], Status.NO_DATA, None, None),
        ],
    )
    def test_assess(self, values, status, gap, certain):
        """Met at the goal itself, near down to the warning, missed below; sure off the interval."""
        target = Target(KEPT, at_least=0.9, warn=0.8)
        found = assess(target, measured(KEPT, *values), as_of=NOW)
        assert (status, gap, certain) == (found.status, found.gap, found.certain)
        assert found.on_track is None
        assert f"KPI k: at least 0.9 units: {status}" == str(found)

    def test_floats_reach_a_written_goal(self):
        """A float that is written like the goal has reached it: 0.7 is below seven tenths."""
        rising, falling = kpi(Mean(X)), kpi(Mean(X), Better.LOWER)
        for goal in (0.7, 0.9):
            found = assess(Target(rising, at_least=goal), measured(rising, goal), as_of=NOW)
            assert Status.MET is found.status
            found = assess(Target(falling, at_most=goal), measured(falling, goal), as_of=NOW)
            assert Status.MET is found.status

    def test_a_goal_beyond_floats(self):
        """A float can be held against a goal that no float can hold."""
        found = assess(
            Target(kpi(Mean(X)), at_least=10**400), measured(kpi(Mean(X)), 0.5), as_of=NOW
        )
        assert (Status.MISSED, Fraction(1, 2) - 10**400) == (found.status, found.gap)

    @pytest.mark.parametrize(("goal", "certain"), [(2, True), (9, False)])
    def test_an_interval_that_ends_at_the_goal(self, goal, certain):
        """From the goal upwards all is met for sure; up to the goal it may be met or missed."""
        median = kpi(Percentile(X, 0.5))
        found = assess(Target(median, at_least=goal), measured(median, *range(1, 11)), as_of=NOW)
        assert (2, 9) == (found.measurement.interval.low, found.measurement.interval.high)
        assert certain is found.certain

    def test_gap_of_a_lower_bound(self):
        """Where lower is better, the gap is what could be added: 5 - 8 is 3 too many."""
        found = assess(Target(WAIT, at_most=5), measured(WAIT, 8), as_of=NOW)
        assert (Status.MISSED, -3, None) == (found.status, found.gap, found.certain)

    @pytest.mark.parametrize(
        ("days", "expected", "on_track"),
        [
            (-5, 0, True),
            (0, 0, True),
            (50, Fraction(1, 2), True),
            (51, Fraction(51, 100), False),
            (200, 1, False),
        ],
    )
    def test_on_track(self, days, expected, on_track):
        """The line runs from the baseline to the goal, and is level before and after."""
        since = NOW - 50 * DAY
        target = Target(KEPT, at_least=1, baseline=0, since=since, due=since + 100 * DAY)
        at = since + days * DAY
        assert expected == target.expected(at)
        assert on_track == assess(target, measured(KEPT, *flags(1, 1)), as_of=at).on_track

    def test_the_line_begins_at_the_baseline(self):
        """A quarter of the way from 8 down to 4 is 7."""
        target = Target(WAIT, at_most=4, baseline=8, since=NOW, due=NOW + 4 * DAY)
        assert 7 == target.expected(NOW + DAY)

    @pytest.mark.parametrize("missing", ["baseline", "since", "due"])
    def test_no_line_without_both_ends(self, missing):
        """Without a baseline, its instant or a due date nothing is expected on the way."""
        ends = {"baseline": 0, "since": NOW - DAY, "due": NOW + DAY}
        assert Target(KEPT, at_least=1, **ends | {missing: None}).expected(NOW) is None

    def test_other_definitions_are_refused(self):
        """A measurement of something else cannot be held against a target."""
        with pytest.raises(DefinitionError, match="assess: definition is mean of x"):
            assess(Target(KEPT, at_least=1), measured(WAIT, 1), as_of=NOW)
        with pytest.raises(RecordError, match="as_of"):
            assess(Target(KEPT, at_least=1), measured(KEPT), as_of=NOW.replace(tzinfo=None))


class TestScorecard:
    """Many targets at once."""

    COUNT = kpi(Count(), Better.NEITHER, "count")
    FEW = kpi(Total(X), Better.NEITHER, "few")
    NONE = kpi(Mean(Column("y")), Better.HIGHER, "none")

    def card(self):
        """Make a scorecard of targets missed, near, met and without data."""
        rows = [{"x": 4, "y": None}, {"x": 6, "y": None}]
        targets = [
            Target(self.COUNT, at_least=2, owner="Mika"),
            Target(self.NONE, at_least=1),
            Target(self.FEW, at_most=9, warn=11),
            Target(self.FEW, at_most=8),
            Target(WAIT, at_most=1),
            Target(self.COUNT, at_most=0),
        ]
        found = measure([self.COUNT, self.FEW, self.NONE, WAIT], rows, as_of=NOW)
        return Scorecard.of("May <2026>", targets, found, as_of=NOW)

    def test_worst_first(self):
        """Missed before near before no data before met; the widest gap to its goal first."""
        expected = [
            ("wait", Status.MISSED),
            ("count", Status.MISSED),
            ("few", Status.MISSED),
            ("few", Status.NEAR),
            ("none", Status.NO_DATA),
            ("count", Status.MET),
        ]
        card = self.card()
        assert expected == [(one.target.kpi.key, one.status) for one in card]
        assert 6 == len(card)

    def test_gap_to_a_goal_of_zero(self):
        """A goal of zero has no proportion: the gap counts as it is, here 2 against 3 of 2."""
        found = measure([self.COUNT, WAIT], [{"x": 4}, {"x": 6}], as_of=NOW)
        targets = [Target(WAIT, at_most=2), Target(self.COUNT, at_most=0)]
        card = Scorecard.of("?", targets, found, as_of=NOW)
        assert ["count", "wait"] == [one.target.kpi.key for one in card]

    def test_without_data_as_given(self):
        """Targets without data stay in the order in which they were given."""
        targets = [Target(WAIT, at_most=goal) for goal in (1, 4, 2)]
        card = Scorecard.of("?", targets, {"wait": measured(WAIT)}, as_of=NOW)
        assert targets == [one.target for one in card]

    def test_sure_and_on_track(self):
        """The table says yes or no, and nothing where it cannot be told."""
        line = {"baseline": 0, "since": NOW - DAY, "due": NOW + DAY}
        found = {"k": measured(KEPT, *flags(990, 10))}
        card = Scorecard.of("?", [Target(KEPT, at_least=0.9, **line)], found, as_of=NOW)
        assert ["1000", "yes", "yes", "-"] == str(card).split()[-4:]

    def test_as_text(self):
        """As text it is a table, its numbers rounded to three places."""
        lines = str(self.card()).splitlines()
        assert "May <2026>" == lines[0]
        assert "KPI wait missed 5.000 <= 1.000 -4.000 units 2 no - -" == " ".join(lines[2].split())
        assert "KPI count met 2.000 >= 2.000 0.000 units 2 - - Mika" == " ".join(lines[-1].split())

    def test_as_html(self):
        """In a notebook it is a table without script, its texts escaped."""
        html = self.card()._repr_html_()
        assert "May &lt;2026&gt;" in html
        assert "<script" not in html

    def test_what_was_not_measured_is_refused(self):
        """A target without its measurement is refused by key."""
        with pytest.raises(DefinitionError, match=r"^Scorecard: kpi is k, allowed: one of wait"):
            Scorecard.of("?", [Target(KEPT, at_least=1)], {"wait": measured(WAIT)}, as_of=NOW)


class TestEquity:
    """The same service for everyone."""

    def rows(self, **groups):
        """Make rows of groups."""
        return [{"g": group, "x": value} for group, values in groups.items() for value in values]

    def test_shares(self):
        """The group that is served worse is found; others that differ by chance are not."""
        large = {"a": flags(80, 20), "b": flags(82, 18), "c": flags(60, 40), "d": flags(78, 22)}
        found = equity(KEPT, self.rows(**large, few=flags(0, 5)), "g", NOW)
        assert ["b", "a", "d", "c", "few"] == [one.group for one in found]
        assert ["c"] == [one.group for one in found.differing]
        assert ["few"] == [one.group for one in found.small]
        assert ("b", "c") == (found.best.group, found.worst.group)
        assert (Fraction(22, 100), Fraction(41, 30)) == (found.difference, found.ratio)
        assert 5 == len(found)

    def test_p_values_are_each_against_the_rest(self):
        """The p-value of a group is that of its table against all others, times Holm's factor."""
        stats = pytest.importorskip("scipy.stats")
        rows = self.rows(a=flags(80, 20), b=flags(70, 30), c=flags(50, 50))
        by_group = {one.group: one for one in equity(KEPT, rows, "g", NOW)}
        table = [[50, 50], [150, 50]]
        squares = stats.chi2_contingency(table, correction=False).statistic * 299 / 300
        assert pytest.approx(3 * stats.chi2(1).sf(squares)) == by_group["c"].p_value

    def test_means(self):
        """Means are compared by Welch's test, and lower may be better."""
        stats = pytest.importorskip("scipy.stats")
        a, b = [1, 2, 3, 4] * 10, [2, 3, 4, 6] * 10
        found = equity(WAIT, self.rows(a=a, b=b), "g", NOW)
        assert ("a", "b") == (found.best.group, found.worst.group)
        expected = 2 * stats.ttest_ind(a, b, equal_var=False).pvalue
        assert pytest.approx(expected) == found.best.p_value

    def test_percentiles(self):
        """Percentiles are compared by how many values lie above that of all."""
        asked = kpi(Percentile(X, 0.5), Better.LOWER)
        a, b = list(range(40)), list(range(30, 70))
        found = equity(asked, self.rows(a=a, b=b), "g", NOW)
        expected = share_p_value(sum(v > 34.5 for v in a), 40, sum(v > 34.5 for v in b), 40)
        assert pytest.approx(2 * expected) == found.best.p_value
        assert found.best.differs

    def test_large_enough(self):
        """A group of just as many rows as asked for is ranked and compared."""
        rows = self.rows(a=flags(20, 10), b=flags(10, 19))
        ranked, small = equity(KEPT, rows, "g", NOW, smallest=30)
        assert ("a", False) == (ranked.group, ranked.small)
        assert ranked.p_value is not None
        assert (True, None) == (small.small, small.p_value)

    def test_nothing_known_comes_last(self):
        """Among groups that are too small, those without a value are behind those with one."""
        rows = self.rows(a=[None], b=[3], c=[-2], d=[None])
        assert ["c", "b", "a", "d"] == [one.group for one in equity(WAIT, rows, "g", NOW)]
        rising = kpi(Mean(X))
        assert ["b", "c", "a", "d"] == [one.group for one in equity(rising, rows, "g", NOW)]

    def test_at_the_level_itself(self):
        """A p-value of 0.05 is not below 0.05."""
        standings = [
            Standing("a", measured(KEPT), small=False, p_value=p_value) for p_value in (0.05, 0.049)
        ]
        assert [False, True] == [one.differs for one in standings]

    @pytest.mark.parametrize("what", [Count(), Total(X)])
    def test_sums_are_not_compared(self, what):
        """Counts and totals are ranked, not compared: larger groups have more of everything."""
        found = equity(kpi(what), self.rows(a=[1] * 40, b=[1] * 30), "g", NOW)
        assert [("a", None), ("b", None)] == [(one.group, one.differs) for one in found]

    @pytest.mark.parametrize("asked", [KEPT, WAIT, kpi(Percentile(X, 0.5))])
    def test_too_little_to_tell(self, asked):
        """One group alone, groups that know nothing and groups without spread have no p-value."""
        for rows in (
            self.rows(a=[None] * 40),
            self.rows(a=[None] * 40, b=[None] * 40),
            [],
        ):
            found = equity(asked, rows, "g", NOW, smallest=0)
            assert all(one.p_value is None for one in found)
            assert (None, None, None, None) == (
                found.best,
                found.worst,
                found.difference,
                found.ratio,
            )

    def test_a_group_without_others(self):
        """Where the others know nothing there is nothing to compare with."""
        found = equity(WAIT, self.rows(a=[1, 2] * 20, b=[None]), "g", NOW, smallest=0)
        assert [None, None] == [one.p_value for one in found]

    def test_floats(self):
        """A ratio of floats is a float, and none is given of what is not above zero."""
        found = equity(WAIT, self.rows(a=[0.5] * 30, b=[1.5] * 30), "g", NOW)
        assert (1.0, 3.0) == (found.difference, found.ratio)
        assert isinstance(found.ratio, float)
        assert equity(WAIT, self.rows(a=[0] * 30, b=[1] * 30), "g", NOW).ratio is None

    def test_as_text(self):
        """It is shown as a table, with the spread below."""
        found = equity(KEPT, self.rows(a=flags(80, 20), b=flags(50, 50), c=[True]), "g", NOW)
        lines = str(found).splitlines()
        assert "KPI k: share of rows where x is true" == lines[0]
        assert ["a", "0.800", "100", "0", "0", "0.0000", "differs"] == lines[2].split()
        assert lines[4].endswith("too few to rank")
        assert "Difference 0.300 units, ratio 1.600" == lines[-1]
        alike = equity(KEPT, self.rows(a=flags(50, 50), b=flags(50, 50)), "g", NOW)
        assert ["a", "0.500", "100", "0", "0", "1.0000"] == str(alike).splitlines()[2].split()
        assert "<table>" in found._repr_html_()


class TestTests:
    """The test behind the equity of shares."""

    def test_shares_need_expected_numbers_of_one(self):
        """Below an expected number of 1 the test says nothing."""
        assert share_p_value(0, 1, 1, 99) is None
        assert share_p_value(10, 10, 89, 90) is None
        assert share_p_value(0, 0, 0, 0) is None
        assert share_p_value(1, 10, 9, 90) is not None


def test_targets_of_rows_from_csv():
    """A text that is not yes or no is neither kept nor broken when asked for by equality."""
    rows = csv.DictReader(["x", "Yes", "No", ""])
    asked = kpi(Share(X.equals("Yes"), among=X.one_of("Yes", "No")))
    assert Fraction(1, 2) == measure([asked], rows, as_of=NOW)["k"].value
