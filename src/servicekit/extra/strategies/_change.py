"""What has changed from one measurement to the next, and over time."""

from datetime import datetime
from typing import Final

from hypothesis import strategies as st

from servicekit.change import (
    Caveat,
    Changes,
    Concern,
    Effect,
    EffectSize,
    Trend,
    TrendSignal,
    Verdict,
    change,
    trend,
)
from servicekit.extra.strategies._inference import chart_signals, intervals
from servicekit.extra.strategies._kpi import kpis
from servicekit.extra.strategies._register import registers
from servicekit.extra.strategies._texts import KEYS, TEXTS
from servicekit.kpi import Kpi, Measurements, measure

__all__ = ["caveats", "changes", "effects", "trend_signals", "trends"]


@st.composite
def _measured(draw: st.DrawFn, asked: list[Kpi]) -> Measurements:
    rows = draw(registers(at_least=1))
    as_of: datetime = rows[0].as_of
    return measure(asked, rows, as_of=as_of)


@st.composite
def changes(draw: st.DrawFn) -> Changes:
    """Give whether one or two KPIs changed from one register to another."""
    number = draw(st.integers(1, 2))
    asked = [draw(kpis(keys=st.just(f"kpi_{place}"))) for place in range(number)]
    before, after = draw(_measured(asked)), draw(_measured(asked))
    return change(before, after, exposure=draw(st.none() | st.just((31, 30))))


@st.composite
def trends(draw: st.DrawFn) -> Trend:
    """Give a KPI over a few registers, on a process behaviour chart."""
    kpi = draw(kpis(keys=st.just("kpi")))
    number = draw(st.integers(1, 4))
    found = {f"2026-0{place + 1}": draw(_measured([kpi])) for place in range(number)}
    return trend(found)


_SOME_KEYS: Final = st.lists(KEYS, min_size=1, max_size=2).map(tuple)


def caveats() -> st.SearchStrategy[Caveat]:
    """Give what is to be kept in mind of changes."""
    return st.builds(Caveat, st.sampled_from(Concern), _SOME_KEYS, said=TEXTS)


def effects() -> st.SearchStrategy[Effect]:
    """Give how large a change is, free of units."""
    values = st.none() | st.floats(-9, 9)
    return st.builds(Effect, st.sampled_from(EffectSize), values, interval=st.none() | intervals())


def trend_signals() -> st.SearchStrategy[TrendSignal]:
    """Give what is more than routine in a trend."""
    return st.builds(TrendSignal, chart_signals(), _SOME_KEYS, verdict=st.sampled_from(Verdict))
