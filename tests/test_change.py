"""Did it help: verdicts, caveats and trends."""

import csv
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import hypot
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from statsmodels.stats import proportion

from servicekit.change import (
    Caveat,
    Changes,
    Concern,
    Effect,
    EffectSize,
    Verdict,
    change,
    trend,
)
from servicekit.errors import DefinitionError, RecordError
from servicekit.inference import (
    Average,
    Interval,
    Pattern,
    Proportion,
    Rate,
    Sample,
    Side,
    cliffs_delta,
    cohens_h,
    hedges_g,
    holm,
    newcombe,
    rate_ratio,
    welch,
    xmr,
)
from servicekit.kpi import (
    Better,
    Column,
    Count,
    Elapsed,
    Kpi,
    Mean,
    Measurements,
    Percentile,
    Period,
    Ratio,
    Share,
    Total,
    Within,
    measure,
)

NOW = datetime(2026, 5, 4, tzinfo=UTC)
X = Column("x")


def kpi(what, better=Better.HIGHER, key="k"):
    """Make a KPI of a measure."""
    return Kpi(key, f"KPI {key}", what, unit="units", better=better)


KEPT = kpi(Share(X.is_true()), key="kept")
EFFORT = kpi(Mean(X), Better.LOWER, "effort")
MEDIAN = kpi(Percentile(X, 0.5), Better.LOWER, "median")
CALLS = kpi(Count(), Better.LOWER, "calls")


def flags(yes, no, unknown=0):
    """Give so many flags of each kind."""
    return [True] * yes + [False] * no + [None] * unknown


def measured(asked, values, by=None):
    """Measure KPIs over values of x."""
    asked = [asked] if isinstance(asked, Kpi) else asked
    return measure(asked, [{"x": value} for value in values], as_of=NOW, by=by)


def changed(asked, before, after, **options):
    """Judge one KPI over values of x, before and after."""
    return change(measured(asked, before), measured(asked, after), **options)[asked.key]


def problems(error, function, *args, **kwargs):
    """Give the fields that a call is refused for."""
    with pytest.raises(error) as refused:
        function(*args, **kwargs)
    return [problem.field for problem in refused.value.problems]


class TestShare:
    """Shares are judged by Newcombe's interval."""

    def test_better(self):
        """A share that is better higher has risen by more than noise."""
        found = changed(KEPT, flags(48, 32), flags(56, 14))
        base, other = Proportion(48, 80), Proportion(56, 70)
        assert Verdict.BETTER is found.verdict
        assert newcombe(base, other) == found.difference
        assert found.difference.interval == found.interval
        h = cohens_h(base, other)
        assert Effect(EffectSize.COHENS_H, h.estimate, interval=h.interval) == found.effect
        assert ("KPI kept: better", None) == (str(found), found.why)

    @pytest.mark.parametrize(
        ("better", "verdict"),
        [
            (Better.HIGHER, Verdict.WORSE),
            (Better.LOWER, Verdict.BETTER),
            (Better.NEITHER, Verdict.DIFFERENT),
        ],
    )
    def test_the_direction_decides(self, better, verdict):
        """A clear fall is what the KPI's good direction makes of it."""
        asked = kpi(Share(X.is_true()), better)
        assert verdict is changed(asked, flags(56, 14), flags(48, 32)).verdict

    def test_no_clear_difference(self):
        """An interval with 0 in it says nothing for sure."""
        found = changed(KEPT, flags(6, 4), flags(7, 3))
        assert Verdict.NO_CLEAR_DIFFERENCE is found.verdict
        assert 0 in found.interval

    def test_the_level_decides(self):
        """What is clear at 95 % may not be at 99.9 %."""
        found = changed(KEPT, flags(48, 32), flags(56, 14), level=0.999)
        assert (Verdict.NO_CLEAR_DIFFERENCE, 0.999) == (found.verdict, found.interval.level)

    @pytest.mark.parametrize(("before", "after"), [([], [True]), ([True], [None])])
    def test_cannot_tell(self, before, after):
        """Without rows that count there is no verdict, and it says why."""
        found = changed(KEPT, before, after)
        assert (Verdict.CANNOT_TELL, None, None, None) == (
            found.verdict,
            found.difference,
            found.interval,
            found.effect,
        )
        assert "no rows count before, or after" == found.why


class TestMean:
    """Means are judged by Welch's interval."""

    def test_better(self):
        """A mean that is better lower has fallen by more than noise."""
        before, after = [4, 5, 6, 5, 4, 6, 5], [2, 3, 3, 2, 4]
        found = changed(EFFORT, before, after)
        base, other = (
            Sample.from_sums(len(side), sum(side), sum(x * x for x in side))
            for side in (before, after)
        )
        assert (Verdict.BETTER, welch(base, other)) == (found.verdict, found.difference)
        g = hedges_g(base, other)
        assert Effect(EffectSize.HEDGES_G, g.estimate, interval=g.interval) == found.effect

    @pytest.mark.parametrize(
        ("before", "after", "why"),
        [
            ([], [1, 2], "no rows count before, or after"),
            ([1, 2], [None], "no rows count before, or after"),
            ([1], [2, 3], "too few values, or too much alike, to judge a mean by"),
            ([1, 1], [2, 2], "too few values, or too much alike, to judge a mean by"),
            ([1e300, 2e300], [3e300, 1], "numbers too large to judge by"),
        ],
    )
    def test_cannot_tell(self, before, after, why):
        """Too little, too much alike or too large: no verdict, and it says why."""
        found = changed(EFFORT, before, after)
        assert (Verdict.CANNOT_TELL, why) == (found.verdict, found.why)


class TestPercentile:
    """Percentiles are judged by the interval made of those of both."""

    LOW, HIGH = [*range(1, 31)], [*range(16, 46)]

    def test_worse(self):
        """A median that is better lower has risen by more than noise."""
        before, after = measured(MEDIAN, self.LOW), measured(MEDIAN, self.HIGH)
        found = change(before, after)["median"]
        assert (Verdict.WORSE, 15) == (found.verdict, found.difference.estimate)
        old, new = before["median"], after["median"]
        fall = hypot(new.value - new.interval.low, old.interval.high - old.value)
        rise = hypot(new.interval.high - new.value, old.value - old.interval.low)
        assert pytest.approx((15 - fall, 15 + rise)) == (found.interval.low, found.interval.high)

    def test_the_effect_is_of_all_values(self):
        """Cliff's delta says how much more often a value after is the larger one."""
        found = changed(MEDIAN, self.LOW, self.HIGH)
        delta = cliffs_delta(self.LOW, self.HIGH)
        expected = Effect(EffectSize.CLIFFS_DELTA, delta.estimate, interval=delta.interval)
        assert expected == found.effect

    def test_values_over_different_divisors(self):
        """Halves before and thirds after are compared as what they are."""
        before = [Fraction(n, 2) for n in self.LOW]
        after = [Fraction(n, 3) for n in self.HIGH]
        assert cliffs_delta(before, after).estimate == changed(MEDIAN, before, after).effect.value

    def test_noise_is_judged_alike_by_interval_and_p_value(self):
        """The p-value turns where the interval leaves out 0, at every level."""
        before, after = self.LOW, [x + 9 for x in self.LOW]
        for level in (0.5, 0.8, 0.9, 0.95, 0.99, 0.999):
            found = changed(MEDIAN, before, after, level=level)
            assert (0 not in found.interval) is (found.p_value < 1 - level)

    def test_a_percentile_may_move_where_the_middle_does_not(self):
        """The verdict is of the percentile asked for, not of all values."""
        p90 = kpi(Percentile(X, 0.9), Better.LOWER, "p90")
        before = [*range(80), *range(500, 540)]
        after = [*range(80), *range(100, 140)]
        found = change(measured([p90, MEDIAN], before), measured([p90, MEDIAN], after))
        assert Verdict.BETTER is found["p90"].verdict
        assert Verdict.NO_CLEAR_DIFFERENCE is found["median"].verdict

    @pytest.mark.parametrize(
        ("before", "after", "why"),
        [
            ([], [1, 2], "no rows count before, or after"),
            ([1], [None], "no rows count before, or after"),
            ([1, 2, 3], [*range(40)], "too few values to judge this percentile by"),
            ([*range(40)], [1, 2, 3], "too few values to judge this percentile by"),
            ([10**400, 1] * 9, [*range(40)], "numbers too large to judge by"),
            ([1e200, 1] * 9, [*range(40)], "numbers too large to judge by"),
        ],
    )
    def test_cannot_tell(self, before, after, why):
        """Too few values or too large ones: no verdict, and it says why."""
        found = changed(MEDIAN, before, after)
        assert (Verdict.CANNOT_TELL, why) == (found.verdict, found.why)


class TestCount:
    """Counts are judged as rates over an exposure."""

    def test_better(self):
        """Fewer calls a day, by more than noise."""
        found = changed(CALLS, range(30), range(12), exposure=(31, 28))
        ratio = rate_ratio(Rate(30, 31), Rate(12, 28))
        assert (Verdict.BETTER, ratio.p_value) == (found.verdict, found.p_value)
        assert pytest.approx(12 / 28 - 30 / 31) == found.difference.estimate
        expected = Interval(ratio.low, ratio.high, level=0.95)
        assert Effect(EffectSize.RATE_RATIO, ratio.estimate, interval=expected) == found.effect
        assert found.interval is None

    def test_none_before(self):
        """Without any before there is no ratio, but there may be a verdict."""
        found = changed(CALLS, [], range(12), exposure=(Fraction(31), 28.0))
        assert Verdict.WORSE is found.verdict
        assert Effect(EffectSize.RATE_RATIO, None, interval=None) == found.effect

    def test_without_exposure(self):
        """A number of rows says nothing without the time in which they came."""
        found = changed(CALLS, range(30), range(12))
        assert Verdict.CANNOT_TELL is found.verdict
        assert "a count needs its exposure, before and after, such as days" == found.why

    @pytest.mark.parametrize("exposure", [(31,), (31, 0), [31, 28], 31, (31, "28")])
    def test_what_is_no_exposure(self, exposure):
        """It is a pair of numbers above 0."""
        side = measured(CALLS, [1])
        assert ["exposure"] == problems(RecordError, change, side, side, exposure=exposure)


@pytest.mark.parametrize("what", [Total(X), Ratio(Total(X), Count())])
def test_sums_cannot_tell(what):
    """Totals and ratios do not show how far they vary by themselves."""
    found = changed(kpi(what), [1, 2, 3], [7, 8, 9], exposure=(1, 1))
    assert Verdict.CANNOT_TELL is found.verdict
    assert "sums do not show how far they vary by themselves; a trend does" == found.why


class TestTogether:
    """Several KPIs at once."""

    ASKED = (kpi(Share(X > 0), key="a"), kpi(Share(X > 1), key="b"))

    def sides(self):
        """Give two sides on which both shares differ."""
        before, after = [0] * 40 + [1] * 30 + [2] * 10, [0] * 25 + [1] * 35 + [2] * 20
        return [measured([*self.ASKED, kpi(Total(X), key="t")], side) for side in (before, after)]

    def test_p_values_are_adjusted(self):
        """By Holm's method, for those that have one."""
        alone = change(*self.sides(), together=False)
        found = change(*self.sides())
        adjusted = holm([alone["a"].p_value, alone["b"].p_value])
        assert adjusted == (found["a"].p_value, found["b"].p_value)
        assert found["t"].p_value is None
        assert "p adjusted by Holm's method for 2 KPIs judged together" in str(found)
        assert "Holm" not in str(alone)

    def test_a_verdict_may_not_hold_among_many(self):
        """What is clear alone is not always clear among others that show nothing."""
        asked = [KEPT, *(kpi(Share(X.is_true(), X.known()), key=f"k{n}") for n in range(3))]
        before, after = measured(asked, flags(50, 50)), measured(asked, flags(65, 35))
        assert Verdict.BETTER is change(before, after, "kept")["kept"].verdict
        assert Verdict.NO_CLEAR_DIFFERENCE is change(before, after)["kept"].verdict

    def test_which_ones(self):
        """All that were measured, or those named by key or as such, each once."""
        assert ["a", "b", "t"] == list(change(*self.sides()))
        assert ["b"] == list(change(*self.sides(), "b"))
        assert ["b"] == list(change(*self.sides(), self.ASKED[1]))
        lower = evolve(self.ASKED[1], better=Better.LOWER, title="Turned")
        turned = change(*self.sides(), lower)["b"]
        assert ("Turned", Verdict.WORSE) == (turned.kpi.title, turned.verdict)
        found = change(*self.sides(), ["b", self.ASKED[0], "b"])
        assert (["b", "a"], 2) == (list(found), len(found))

    def test_as_a_value(self):
        """Changes compare, hash and show what they hold."""
        first, again = change(*self.sides()), change(*self.sides())
        assert (first, hash(first)) == (again, hash(again))
        assert first != change(*self.sides(), together=False)
        assert ["by_key"] == problems(
            RecordError, Changes, {"x": first["a"]}, caveats=(), together=True
        )
        assert "Changes(a: better, b: better, t: cannot tell)" == repr(first)

    def test_table(self):
        """One line for each KPI, with what cannot be told and why below."""
        before, after = (
            measured([KEPT, CALLS], flags(48, 32)),
            measured([KEPT, CALLS], flags(56, 14)),
        )
        lines = str(change(before, after, exposure=(30, 30))).splitlines()
        assert "Before and after" == lines[0]
        figures = "0.600 0.800 0.200 0.052 to 0.334 Cohen's h 0.44 0.0163 better"
        assert f"KPI kept {figures}" == " ".join(lines[2].split())
        assert "rate ratio 0.88 (0.626 to 1.221)" in lines[3]
        assert "KPI calls: a count needs its exposure, before and after, such as days" in str(
            change(before, after)
        )
        assert "<0.0001" in str(change(measured(KEPT, flags(9, 91)), measured(KEPT, flags(91, 9))))
        assert "<table>" in change(before, after)._repr_html_()


class TestCaveats:
    """What to bear in mind with a verdict."""

    def test_none(self):
        """Rows that are all known and settled give none."""
        assert () == change(measured(KEPT, flags(8, 2)), measured(KEPT, flags(7, 3))).caveats

    def test_moved_against_each_other(self):
        """One KPI better and another worse."""
        asked = [KEPT, kpi(Share(X.is_true()), Better.LOWER, "other")]
        found = change(measured(asked, flags(48, 32)), measured(asked, flags(72, 8)))
        expected = Caveat(Concern.OPPOSED, ("kept", "other"), said="kept better, other worse")
        assert (expected,) == found.caveats
        assert "moved against each other: kept, other: kept better, other worse" == str(expected)

    def test_unknown_differs(self):
        """More rows cannot say than before; what is said alike is said once."""
        asked = [KEPT, kpi(Share(~X.is_true()), key="broken"), CALLS]
        found = change(
            measured(asked, flags(8, 2, 1)), measured(asked, flags(7, 3, 90)), ["kept", "broken"]
        )
        said = "9.1 % of rows before, 90.0 % after"
        assert (Caveat(Concern.UNKNOWN, ("kept", "broken"), said=said),) == found.caveats

    def test_still_open(self):
        """Rows whose window has not closed may still change the verdict."""
        timely = kpi(Share(Within("start", "end", timedelta(days=2))), key="timely")
        rows = [{"start": NOW - timedelta(days=n), "end": None} for n in (1, 5, 9)]
        settled, young = (measure([timely], given, as_of=NOW) for given in (rows[1:], rows))
        said = "rows whose window has not closed: 1 after"
        assert (Caveat(Concern.STILL_OPEN, ("timely",), said=said),) == change(
            settled, young
        ).caveats
        both = "rows whose window has not closed: 1 before, 1 after"
        assert [both] == [one.said for one in change(young, young).caveats]


def in_groups(asked, **groups):
    """Measure a KPI over values of x, by group."""
    rows = [{"x": x, "g": group} for group, values in groups.items() for x in values]
    return measure([asked], rows, as_of=NOW, by="g")


class TestGroups:
    """Groups are judged as a whole, and their mix is compared."""

    def test_the_whole_is_judged(self):
        """As if nobody had asked for groups."""
        before = in_groups(KEPT, a=flags(20, 20), b=flags(28, 12))
        after = in_groups(KEPT, a=flags(30, 10), b=flags(33, 7))
        expected = changed(KEPT, flags(48, 32), flags(63, 17))
        found = change(before, after)
        assert (expected, ()) == (found["kept"], found.caveats)

    def test_another_mix(self):
        """Every group got worse and the whole got better: the mix did that."""
        before = in_groups(KEPT, a=flags(40, 60), b=flags(18, 2))
        after = in_groups(KEPT, a=flags(7, 13), b=flags(85, 15))
        found = change(before, after)
        assert Verdict.BETTER is found["kept"].verdict
        said = "66.7 % of rows would have to be in other groups"
        said += "; at the mix of before, the difference would be -0.050"
        assert (Caveat(Concern.MIX, ("kept",), said=said),) == found.caveats

    def test_a_group_that_is_gone(self):
        """Without it there is no difference at the former mix."""
        before = in_groups(KEPT, a=flags(30, 30), b=flags(20, 20))
        after = in_groups(KEPT, b=flags(20, 20), c=flags(20, 20))
        (found,) = change(before, after).caveats
        assert "60.0 % of rows would have to be in other groups" == found.said

    def test_only_shares_and_means_at_the_former_mix(self):
        """What a percentile would have been cannot be told from those of its groups."""
        before = in_groups(MEDIAN, a=range(60), b=range(20))
        after = in_groups(MEDIAN, a=range(20), b=range(60))
        (found,) = change(before, after).caveats
        assert "50.0 % of rows would have to be in other groups" == found.said
        (found,) = change(
            in_groups(EFFORT, a=range(60), b=range(20)), in_groups(EFFORT, a=range(20), b=range(60))
        ).caveats
        assert "the difference would be -10.000" in found.said

    def test_small_groups_are_taken_together(self):
        """Groups with too few rows for the test do not decide it one by one."""
        before = {f"g{n}": flags(1, 0) for n in range(5)}
        after = {f"g{n}": flags(0, 1) for n in range(5, 10)}
        rest = {"big": flags(50, 50)}
        found = change(in_groups(KEPT, **before, **rest), in_groups(KEPT, **after, **rest))
        assert () == found.caveats
        lonely = change(in_groups(KEPT, a=flags(1, 1)), in_groups(KEPT, b=flags(1, 1)))
        assert () == lonely.caveats
        odd = {"big": flags(50, 50), "more": flags(30, 30), "tiny": flags(1, 0)}
        assert () == change(in_groups(KEPT, **odd), in_groups(KEPT, **odd)).caveats

    def test_the_largest_group_may_be_what_is_left(self):
        """Where it is too small by itself it is taken with the ones before."""
        five = {f"g{n}": flags(n % 3, 4 - n % 3) for n in range(5)}
        assert () == change(in_groups(KEPT, **five), in_groups(KEPT, **five)).caveats

    def test_numbers_too_large_for_a_former_mix(self):
        """Another mix is still seen where no float can hold the means."""
        before = in_groups(EFFORT, a=[10**400] * 60, b=[1] * 20)
        after = in_groups(EFFORT, a=[-(10**400)] * 20, b=[1] * 60)
        (found,) = change(before, after).caveats
        assert "50.0 % of rows would have to be in other groups" == found.said

    def test_groups_in_which_nothing_counts(self):
        """There is no mix of rows that do not count."""
        nothing = in_groups(KEPT, a=flags(0, 0, 3))
        assert () == change(nothing, in_groups(KEPT, a=flags(0, 0, 4))).caveats


class TestRefusals:
    """What cannot be compared is refused, by name."""

    def test_what_is_no_measurement(self):
        """Both sides are what measure gives, of one KPI or more."""
        assert ["before", "after"] == problems(RecordError, change, 1, Measurements({}))
        empty = in_groups(KEPT)
        assert ["before", "after"] == problems(RecordError, change, empty, empty)

    def test_groups_on_one_side_only(self):
        """Groups are compared with groups, by the same columns."""
        whole, groups = measured(KEPT, [True]), in_groups(KEPT, a=[True])
        assert ["after"] == problems(RecordError, change, groups, whole)
        assert ["after"] == problems(RecordError, change, whole, groups)
        other = measured(KEPT, [True], by="x")
        assert ["after"] == problems(RecordError, change, groups, other)

    def test_options_are_refused_together(self):
        """Every wrong option is named."""
        side = measured(KEPT, [True])
        options = {"exposure": 3, "level": 95, "together": None}
        assert list(options) == problems(RecordError, change, side, side, **options)

    def test_a_kpi_that_is_not_measured_on_both_sides(self):
        """Every one is named, also where nobody asked for it by name."""
        before, after = measured([KEPT, CALLS], [True]), measured([KEPT], [True])
        with pytest.raises(
            DefinitionError, match="KPIs measured before and after: kept"
        ) as refused:
            change(before, after)
        assert ["kpis"] == [problem.field for problem in refused.value.problems]
        assert ["kpis", "kpis"] == problems(DefinitionError, change, before, after, ["x", "calls"])

    def test_a_kpi_that_is_measured_otherwise(self):
        """The same key does not make it the same KPI."""
        before, after = measured(kpi(Share(X > 1)), [1]), measured(kpi(Share(X > 2)), [1])
        assert ["kpis['k']"] == problems(DefinitionError, change, before, after)
        asked = kpi(Count())
        assert ["kpis['k']"] == problems(DefinitionError, change, before, before, asked)


def months(*values, key="m"):
    """Give rows with so many flags in each month."""
    return [
        {"x": x, "day": date(2026, month, 3)}
        for month, flags_ in enumerate(values, start=1)
        for x in flags_
    ]


def by_month(asked, *values):
    """Measure by month."""
    asked = [asked] if isinstance(asked, Kpi) else asked
    return measure(asked, months(*values), as_of=NOW, by=Period("day", "month"))


class TestTrend:
    """A KPI over time."""

    SHARES = (6, 5, 6, 5, 6, 6, 5, 6, 9, 9)

    def series(self, asked=KEPT):
        """Measure ten months of which the last two are better."""
        return by_month(asked, *(flags(n, 10 - n) for n in self.SHARES))

    def test_signals_in_words(self):
        """The months that stand out, how, and whether that is better."""
        found = trend(self.series(), baseline=8)
        assert xmr([Fraction(n, 10) for n in self.SHARES], baseline=8) == found.chart
        assert [
            "2026-09: above the limit of routine variation (better)",
            "2026-09 to 2026-10: at least two of three far above the centre (better)",
            "2026-10: above the limit of routine variation (better)",
        ] == [str(one) for one in found.signals if one.signal.pattern is not Pattern.JUMP]
        assert ("2026-01", "2026-10") == (found.periods[0], found.periods[-1])

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ([5, 4] * 4 + [15, 4], "2026-09: a jump up from the period before (worse)"),
            ([5, 4] * 4 + [-9, 4], "2026-09: a jump down from the period before (better)"),
            (
                [*range(12)],
                "2026-01 to 2026-05: at least four of five well below the centre (better)",
            ),
        ],
    )
    def test_every_pattern_in_words(self, values, said):
        """What it is and which way it went."""
        effort = kpi(Total(X), Better.LOWER)
        found = trend(by_month(effort, *([value] for value in values)))
        assert any(str(one).startswith(said) for one in found.signals)

    def test_a_run(self):
        """Eight or more in a row."""
        asked = kpi(Mean(X), Better.NEITHER)
        values = [3, 4] * 2 + [1, 2] * 4
        found = trend(by_month(asked, *([value] for value in values)), baseline=4)
        run = next(one for one in found.signals if one.signal.pattern is Pattern.RUN_OF_EIGHT)
        assert "2026-05 to 2026-12: 8 in a row below the centre (different)" == str(run)
        assert (Side.BELOW, Verdict.DIFFERENT) == (run.signal.side, run.verdict)

    def test_medians(self):
        """The averages may be chosen as for a chart."""
        averages = {"centre": Average.MEDIAN, "ranges": Average.MEDIAN}
        expected = xmr([Fraction(n, 10) for n in self.SHARES], **averages)
        assert expected == trend(self.series(), **averages).chart

    def test_which_kpi(self):
        """Where several were measured it is named by key or as such."""
        series = self.series([KEPT, CALLS])
        assert KEPT == trend(series, "kept").kpi == trend(series, KEPT).kpi
        assert ["kpi"] == problems(DefinitionError, trend, series)
        assert ["kpi"] == problems(DefinitionError, trend, series, "other")

    def test_measurements_under_names_of_ones_own(self):
        """A mapping names the periods, a plain series is named by date."""
        found = [measured(KEPT, flags(n, 10 - n))["kept"] for n in self.SHARES]
        named = trend({f"week {n}": one for n, one in enumerate(found)})
        assert ("week 0", "week 1") == named.periods[:2]
        assert ("2026-05-04",) * 10 == trend(found).periods
        assert named.chart == trend(iter(found)).chart

    def test_what_has_no_value_is_left_out_by_name(self):
        """Months in which nothing is known, and rows that do not know their month."""
        empty = trend({"": measured(KEPT, [None])["kept"]})
        assert ((), ("",)) == (empty.periods, empty.left_out)
        rows = [*months(flags(1, 1), flags(0, 0, 2), flags(2, 1)), {"x": True, "day": None}]
        found = trend(measure([KEPT], rows, as_of=NOW, by=Period("day", "month")))
        assert (("2026-01", "2026-03"), ("2026-02", "unknown period")) == (
            found.periods,
            found.left_out,
        )
        assert "Without a value, left out: 2026-02, unknown period" in str(found)

    def test_still_open(self):
        """Periods whose windows have not all closed are named."""
        timely = kpi(Share(Within("start", "end", timedelta(days=2))), key="timely")
        rows = [{"start": NOW - timedelta(days=n, hours=1), "end": None} for n in (0, 1, 3, 4)]
        rows.append({"start": NOW - timedelta(days=2), "end": NOW - timedelta(days=1)})
        found = trend(measure([timely], rows, as_of=NOW, by=Period("start", "day", UTC)))
        assert ("2026-05-02", "2026-05-03") == found.still_open
        assert ("2026-04-29", "2026-04-30", "2026-05-02") == found.periods
        assert "Still open in part: 2026-05-02, 2026-05-03" in str(found)

    def test_different_kpis_are_no_series(self):
        """They have to measure the same."""
        mixed = [measured(KEPT, [True])["kept"], measured(CALLS, [1])["calls"]]
        assert ["definition"] == problems(DefinitionError, trend, mixed)
        assert ["definition"] == problems(DefinitionError, trend, mixed[:1], CALLS)
        assert ["kpi"] == problems(DefinitionError, trend, mixed[:1], "calls")
        assert KEPT == trend(mixed[:1], "kept").kpi

    @pytest.mark.parametrize("series", [[], {}, [1], {"a": None}])
    def test_what_is_no_series(self, series):
        """Measurements in the order of time, at least one."""
        assert ["measurements"] == problems(RecordError, trend, series)

    def test_table(self):
        """Each period with its value and its signals; the limits and the words below."""
        lines = str(trend(self.series(), baseline=8)).splitlines()
        assert "KPI kept: share of rows where x is true" == lines[0]
        assert lines[10].startswith("2026-09  0.900         0.300  beyond limit (above), ")
        assert "Centre 0.563, limits 0.335 to 0.791, of ranges 0.280" == lines[12]


def test_new_york_january_against_february(data_folder):
    """Fewer requests were closed within a day in February, by more than noise."""
    new_york = ZoneInfo("America/New_York")
    with (data_folder / "nyc311" / "requests.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for key in ("created", "closed"):
            at = datetime.fromisoformat(row[key]) if row[key] else None
            row[key] = at and at.replace(tzinfo=new_york)
    soon = kpi(Share(Within("created", "closed", timedelta(hours=24))), key="soon")
    wait = kpi(Percentile(Elapsed("created", "closed"), 0.5), Better.LOWER, "wait")
    asked = datetime(2025, 3, 15, tzinfo=new_york)
    by = measure([soon, wait], rows, as_of=asked, by=Period("created", "month", new_york))
    found = change(by["2025-01"], by["2025-02"])
    one = found["soon"]
    counts = [(side.numerator, side.n) for side in (one.before, one.after)]
    assert [(1454, 2038), (1255, 1884)] == counts
    (before, n), (after, m) = counts
    expected = proportion.confint_proportions_2indep(after, m, before, n, method="newcomb")
    assert pytest.approx(expected) == (one.interval.low, one.interval.high)
    assert [Verdict.WORSE, Verdict.NO_CLEAR_DIFFERENCE] == [one.verdict for one in found.values()]
