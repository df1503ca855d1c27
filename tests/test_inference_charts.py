"""Process behaviour charts against Wheeler's, and each detection rule at its edges."""

import json
from fractions import Fraction
from math import nan
from pathlib import Path

import pytest

from servicekit.errors import RecordError
from servicekit.inference import Average, ChartSignal, Limits, Pattern, ProcessChart, Side, xmr

VECTORS = json.loads((Path(__file__).parent / "vectors" / "comparisons.json").read_text("utf-8"))
CHARTS = VECTORS["charts"]["cases"]
SIGNALS = VECTORS["signals"]["cases"]

UNIT = Limits(0, 1, lower=-3, upper=3, range_limit=4)
"""Limits with the zones at whole numbers."""


def problems(function, *args, **kwargs):
    """Give the fields that a call is refused for, with the name it is refused under."""
    with pytest.raises(RecordError) as refused:
        function(*args, **kwargs)
    return refused.value.record, [problem.field for problem in refused.value.problems]


def places(chart, pattern):
    """Give the places of all signals of a pattern."""
    return sorted(at for one in chart.signals if one.pattern is pattern for at in one.places)


def found(*values):
    """Give the signals that values show against the plain limits, without jumps."""
    signals = ProcessChart(values, UNIT).signals
    return [
        (one.pattern, one.side, one.places) for one in signals if one.pattern is not Pattern.JUMP
    ]


class TestLimits:
    """Centre line, natural process limits, limit of ranges."""

    @pytest.mark.parametrize("case", CHARTS, ids=lambda case: case["name"])
    def test_published(self, case):
        """They are the published ones, by means and by medians."""
        centre, ranges = Average(case["centre"]), Average(case["ranges"])
        limits = Limits.of(case["values"], centre=centre, ranges=ranges)
        figures = {name: getattr(limits, name) for name in case["expected"]}
        assert pytest.approx(case["expected"], abs=case["within"]) == figures

    def test_exact_numbers_stay_exact(self):
        """Whole numbers and fractions make fractions; one float makes floats."""
        limits = Limits.of([3, Fraction(9, 2)])
        assert (Fraction(15, 4), Fraction(3, 2)) == (limits.centre, limits.moving_range)
        assert Fraction("3.75") + Fraction("2.66") * Fraction(3, 2) == limits.upper
        assert float is type(Limits.of([3, 4.5]).centre)

    @pytest.mark.parametrize("values", [[], [5], [5, 5, 5], [0.1] * 10])
    def test_what_shows_no_spread_has_none(self, values):
        """Of no moving range, or of ranges of 0, nothing can be said."""
        assert Limits.of(values) is None

    def test_a_median_range_of_0_makes_none(self):
        """A median does not see one jump among values that are alike."""
        assert Limits.of([5, 5, 5, 9, 9, 9], ranges=Average.MEDIAN) is None
        assert Limits.of([5, 5, 5, 9, 9, 9]) is not None

    def test_as_far_as_numbers_go(self):
        """Values of any size that may be given have limits."""
        assert 1e150 < Limits.of([1e150, -1e150, 1e150]).upper

    def test_what_cannot_be_is_refused(self):
        """Numbers by their places, limits in order, averages of their kind."""
        assert ("xmr", ["values[1]", "values[2]"]) == problems(Limits.of, [1, nan, True])
        refused = problems(Limits.of, [1, 2], centre="mean", ranges=None)
        assert ("Limits.of", ["centre", "ranges"]) == refused
        refused = problems(Limits, 0, -1, lower=nan, upper="1", range_limit=-2)
        assert ("Limits", ["moving_range", "lower", "upper", "range_limit"]) == refused
        assert ("Limits", ["centre"]) == problems(Limits, 4, 1, lower=-3, upper=3, range_limit=4)


class TestSignals:
    """What is a signal, and what is none."""

    @pytest.mark.parametrize(
        "case", [case for case in SIGNALS if "limits" in case], ids=lambda case: case["name"]
    )
    def test_published_against_limits_of_another_series(self, case):
        """Values of one group beyond the limits of the other are those of the book."""
        lower, upper = case["limits"]
        limits = Limits((lower + upper) / 2, 0, lower=lower, upper=upper, range_limit=99)
        assert case["flagged"] == places(ProcessChart(case["x"], limits), Pattern.BEYOND_LIMIT)

    def test_published_with_one_limit_given(self):
        """Accounts receivable: a value on the limit is not beyond it; one range is a jump."""
        case = next(case for case in SIGNALS if "upper" in case)
        own = Limits.of(case["x"])
        limits = Limits(
            own.centre,
            own.moving_range,
            lower=own.lower,
            upper=case["upper"],
            range_limit=own.range_limit,
        )
        chart = ProcessChart(case["x"], limits)
        assert case["flagged"] == places(chart, Pattern.BEYOND_LIMIT)
        assert case["mr_flagged"] == places(chart, Pattern.JUMP)

    def test_published_run(self):
        """Smokers among pupils: the last eight years lie below the centre."""
        case = next(case for case in SIGNALS if "run of 8" in case["rule"])
        assert case["flagged"] == places(xmr(case["x"]), Pattern.RUN_OF_EIGHT)

    def test_a_value_beyond_a_limit(self):
        """Beyond is not on it; each value is a signal of its own."""
        assert [] == found(3, 0, -3)
        expected = [
            (Pattern.BEYOND_LIMIT, Side.ABOVE, (0,)),
            (Pattern.BEYOND_LIMIT, Side.BELOW, (2,)),
        ]
        assert expected == found(3.1, 0, Fraction(-31, 10))

    def test_eight_on_one_side(self):
        """Seven are none, a value on the centre ends a run, and a longer run is one signal."""
        assert [] == found(*[0.5] * 7, -0.5)
        assert [] == found(*[0.5] * 7, 0, *[0.5] * 7)
        expected = [(Pattern.RUN_OF_EIGHT, Side.BELOW, tuple(range(1, 11)))]
        assert expected == found(0, *[-0.5] * 10)

    def test_two_of_three(self):
        """Beyond two thirds of the way, on one side; on opposite sides they are no signal."""
        assert [] == found(2.5, 0, 0, 2.5)
        assert [] == found(2.5, -2.5, 0)
        assert [] == found(2, 2, 2)
        assert [(Pattern.TWO_OF_THREE, Side.ABOVE, (0, 2))] == found(2.5, 0, 2.5)
        assert [(Pattern.TWO_OF_THREE, Side.BELOW, (0, 1))] == found(-2.5, -2.5, 0)

    def test_near_limits_are_1_7733_mean_ranges_away(self):
        """Two thirds of 2.66."""
        limits = Limits.of([0, 1] * 20)
        line = limits.centre + Fraction("2.66") * 2 / 3
        for over, expected in ((0, []), (Fraction(1, 10**9), [0, 1])):
            chart = ProcessChart([line + over] * 2, limits)
            assert expected == places(chart, Pattern.TWO_OF_THREE)

    def test_four_of_five(self):
        """Beyond a third of the way, on one side."""
        assert [] == found(1.5, 1.5, 0, 0, 1.5, 1.5)
        assert [] == found(1, 1, 1, 1, 1)
        assert [(Pattern.FOUR_OF_FIVE, Side.BELOW, (0, 1, 3, 4))] == found(
            -1.5, -1.5, 0.5, -1.5, -1.5
        )

    def test_signals_that_overlap_are_one(self):
        """What goes on is said once, what comes again later is said again."""
        expected = [
            (Pattern.TWO_OF_THREE, Side.ABOVE, (0, 1, 3)),
            (Pattern.TWO_OF_THREE, Side.ABOVE, (6, 7)),
        ]
        assert expected == found(2.5, 2.5, 0, 2.5, 0, 0, 2.5, 2.5)

    def test_jumps(self):
        """A moving range beyond its limit, up or down; on the limit it is none."""
        chart = ProcessChart([0, 4, 0, 0.5, -4], UNIT)
        assert (4, 4, 0.5, 4.5) == chart.moving_ranges
        assert [(Side.BELOW, (4,))] == [
            (one.side, one.places) for one in chart.signals if one.pattern is Pattern.JUMP
        ]
        assert [float, int] == list(map(type, ProcessChart([1.5, 2, 4], UNIT).moving_ranges))
        up = ProcessChart([-1, Fraction(7, 2)], UNIT).signals
        assert ChartSignal(Pattern.JUMP, Side.ABOVE, places=(1,)) in up

    def test_signals_come_in_the_order_of_time(self):
        """The one that begins first is the first."""
        chart = ProcessChart([0, -5, 0, 5], UNIT)
        assert [1, 1, 2, 3, 3] == [one.places[0] for one in chart.signals]


class TestChart:
    """A series on a chart."""

    @pytest.mark.parametrize("values", [[], [5], [5, 5, 5]])
    def test_without_spread_there_are_no_signals(self, values):
        """A chart without limits says so."""
        chart = xmr(values)
        assert (None, ()) == (chart.limits, chart.signals)
        assert "No limits: successive values show no spread" in str(chart)

    def test_baseline(self):
        """Limits of the first values are held against all."""
        values = [10, 9, 11, 10, 10, 11, 9, 10, 15, 16]
        chart = xmr(values, baseline=8)
        assert Limits.of(values[:8]) == chart.limits
        assert [8, 9] == places(chart, Pattern.BEYOND_LIMIT)
        assert [9] == places(xmr(values), Pattern.BEYOND_LIMIT)

    @pytest.mark.parametrize("baseline", [1, 4, 2.0, True])
    def test_what_is_no_baseline(self, baseline):
        """It is a number of values, from two to all of them."""
        assert ("xmr", ["baseline"]) == problems(xmr, [1, 2, 3], baseline=baseline)

    def test_what_cannot_be_is_refused(self):
        """A chart takes numbers and limits."""
        assert ("ProcessChart", ["values", "limits"]) == problems(ProcessChart, [1, "2"], 3)
        assert ("ProcessChart", ["values"]) == problems(ProcessChart, 5, None)

    def test_table(self):
        """Each value with its moving range and its signals, the limits below."""
        lines = str(xmr([4, 5, 4, 5, 4, 12])).splitlines()
        assert "5      12.00          8.00  jump (above)" == lines[-2]
        assert "Centre 5.67, limits -0.72 to 12.05, of ranges 7.84" == lines[-1]
