"""Laws of verdicts and trends."""

from datetime import UTC, datetime
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from servicekit.change import Verdict, change, trend
from servicekit.inference import holm
from servicekit.kpi import Better, Column, Count, Kpi, Mean, Percentile, Share, measure

NOW = datetime(2026, 5, 4, tzinfo=UTC)
X = Column("x")
MEASURES = (Share(X > 0), Mean(X), Percentile(X, 0.5), Count(X > 0))
TURNED = {Verdict.BETTER: Verdict.WORSE, Verdict.WORSE: Verdict.BETTER}

values = st.lists(st.integers(-3, 3) | st.none(), max_size=40)
levels = st.sampled_from([0.5, 0.8, 0.95, 0.99])


def kpis(better=Better.HIGHER):
    """Make a KPI of every kind of measure that can be judged."""
    return [
        Kpi(f"k{n}", f"K {n}", what, unit="units", better=better) for n, what in enumerate(MEASURES)
    ]


def measured(given_values, better=Better.HIGHER):
    """Measure all of them."""
    return measure(kpis(better), [{"x": x} for x in given_values], as_of=NOW)


@given(values, values, levels)
def test_seen_from_the_other_side(before, after, level):
    """What is better from before to after is worse from after to before."""
    there = change(measured(before), measured(after), exposure=(3, 5), level=level)
    back = change(measured(after), measured(before), exposure=(5, 3), level=level)
    assert {key: TURNED.get(one.verdict, one.verdict) for key, one in there.items()} == {
        key: one.verdict for key, one in back.items()
    }


@given(values, values, levels)
def test_the_good_direction_turns_the_verdict(before, after, level):
    """A KPI that is better lower has the other verdict, on the same figures."""
    higher = change(measured(before), measured(after), exposure=(1, 1), level=level)
    sides = (measured(side, Better.LOWER) for side in (before, after))
    lower = change(*sides, exposure=(1, 1), level=level)
    for key, one in higher.items():
        assert TURNED.get(one.verdict, one.verdict) == lower[key].verdict
        assert one.difference == lower[key].difference


@given(values, levels)
def test_nothing_changed(same, level):
    """The same rows twice are never a clear difference."""
    found = change(measured(same), measured(same), exposure=(2, 2), level=level)
    expected = {Verdict.NO_CLEAR_DIFFERENCE, Verdict.CANNOT_TELL}
    assert {one.verdict for one in found.values()} <= expected


@given(values, values, levels)
def test_a_verdict_rests_on_its_interval(before, after, level):
    """Judged one by one, a difference is clear where its interval leaves out 0, and only there."""
    found = change(measured(before), measured(after), level=level, together=False)
    for one in found.values():
        if one.interval is not None:
            assume(abs(one.p_value - (1 - level)) > 1e-9)
            clear = one.verdict is not Verdict.NO_CLEAR_DIFFERENCE
            assert clear is (0 not in one.interval)


@given(values, values)
def test_together_is_holms_adjustment(before, after):
    """Judged together, p-values are adjusted and nothing else changes."""
    alone = change(measured(before), measured(after), exposure=(1, 1), together=False)
    among = change(measured(before), measured(after), exposure=(1, 1))
    known = [key for key, one in alone.items() if one.p_value is not None]
    assert holm(alone[key].p_value for key in known) == tuple(among[key].p_value for key in known)
    assert [one.difference for one in alone.values()] == [one.difference for one in among.values()]


@given(values, values, st.integers(1, 50))
def test_shares_of_many_more_rows_alike(before, after, times):
    """More rows of the same kind never make a share less clear."""
    once = change(measured(before), measured(after), "k0")["k0"]
    often = change(measured(before * times), measured(after * times), "k0")["k0"]
    if once.p_value is not None:
        assert often.p_value <= once.p_value + 1e-9


@given(st.lists(st.integers(-9, 9), min_size=2, max_size=30), st.integers(1, 9), st.integers(-9, 9))
def test_a_trend_in_another_unit_has_the_same_signals(series, factor, shift):
    """Limits go with their values: scaled and moved, the same places stand out."""
    asked = Kpi("m", "M", Mean(X), unit="units", better=Better.LOWER)

    def signals(found):
        return trend(
            {n: measure([asked], [{"x": x}], as_of=NOW) for n, x in enumerate(found)}
        ).chart.signals

    assert signals(series) == signals([factor * x + shift for x in series])
    assert signals(series) == signals([Fraction(x, 7) for x in series])


@given(st.lists(st.integers(-9, 9), min_size=2, max_size=30))
def test_a_trend_turned_over_has_its_signals_on_the_other_side(series):
    """Up and down are alike."""
    asked = Kpi("m", "M", Mean(X), unit="units", better=Better.LOWER)
    found, turned = (
        trend({n: measure([asked], [{"x": x}], as_of=NOW) for n, x in enumerate(one)})
        for one in (series, [-x for x in series])
    )
    assert {(one.pattern, one.side == "above", one.places) for one in found.chart.signals} == {
        (one.pattern, one.side == "below", one.places) for one in turned.chart.signals
    }
