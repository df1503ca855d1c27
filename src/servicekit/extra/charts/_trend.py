"""A figure over time: its routine variation, and what is more than that."""

from collections.abc import Iterable, Iterator
from typing import Final

import altair as alt
from attrs import frozen

from servicekit.change import Trend, Verdict
from servicekit.extra.charts._data import Row, as_float, inline, padded, taken
from servicekit.extra.charts._looks import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    ORANGE,
    VERMILLION,
    WIDTH,
    Look,
    coloured,
    figure,
    layered,
    nothing,
    periods_axis,
    points,
    shaped,
    tips,
    titled,
    wrapped,
)
from servicekit.inference import ChartSignal, Pattern, ProcessChart, Real

__all__ = ["trend_chart"]

_ROUTINE: Final = "routine"
_SIGNAL: Final = "signal"
_LOOKS: Final = {
    _ROUTINE: Look(LIGHT, "circle"),
    _SIGNAL: Look(ORANGE, "diamond"),
    "signal, better": Look(BLUE, "triangle-up"),
    "signal, worse": Look(VERMILLION, "square"),
}
_KINDS: Final = {Verdict.BETTER: "signal, better", Verdict.WORSE: "signal, worse"}
_MEANING: Final = "Thin line: centre; dashed lines: limits of routine variation"
_HIGH: Final = 180
_LOW: Final = 92
_CHARACTER: Final = 6
_STEP: Final = 13
"""How many pixels a period is given, as long as the chart does not become too wide."""
_WIDEST: Final = 1300


@frozen
class _Panel:
    """Values by period, with lines across them: the middle, and the limits."""

    rows: list[Row]
    title: str
    lines: tuple[Real, ...]


@frozen
class _Series:
    """What is drawn, of a KPI's trend or of a chart without names."""

    title: str
    unit: str
    chart: ProcessChart
    names: tuple[str, ...]
    signals: tuple[tuple[ChartSignal, str], ...]
    remarks: tuple[str, ...]

    @property
    def panels(self) -> tuple[_Panel, ...]:
        """The values, and how far each is from the one before, if there are two or more."""
        limits = self.chart.limits
        lines = () if limits is None else (limits.centre, limits.lower, limits.upper)
        ranges = () if limits is None else (limits.moving_range, limits.range_limit)
        values = self._rows(self.chart.values, first=0, jumps=False)
        moves = self._rows(self.chart.moving_ranges, first=1, jumps=True)
        both = (
            _Panel(values, self.unit, lines),
            _Panel(moves, f"moving range, {self.unit}", ranges),
        )
        return tuple(panel for panel in both if panel.rows)

    def _rows(self, values: Iterable[Real], *, first: int, jumps: bool) -> list[Row]:
        """Give values with the names of their periods, and whether they are part of a signal."""
        kinds = {
            place: kind
            for signal, kind in self.signals
            if (signal.pattern is Pattern.JUMP) is jumps
            for place in signal.places
        }
        numbered = enumerate(map(as_float, values), start=first)
        return [
            {
                "place": place,
                "period": self.names[place],
                "value": value,
                "kind": kinds.get(place, _ROUTINE),
            }
            for place, value in numbered
        ]


def trend_chart(trend: Trend | ProcessChart) -> alt.VConcatChart:
    """Draw a figure over time between its limits (XmR), and mark what is no routine variation.

    Above the values by period, with their centre line and the limits; below how far each is from
    the one before, with the limit of that. What is part of a signal is marked, in a KPI's `Trend`
    as better or worse; of a `ProcessChart` alone the places stand for the periods. Where there are
    no limits, nothing is marked.

    Raises `RecordError` for what is neither.
    """
    taken("trend_chart", "trend", trend, Trend, ProcessChart)
    series = _of_trend(trend) if isinstance(trend, Trend) else _of_chart(trend)
    return alt.vconcat(
        *(list(_drawn(series)) or [nothing("no values")]),
        spacing=10,
        title=titled(series.title, _MEANING, *series.remarks),
        description=_described(series),
    )


def _of_trend(trend: Trend) -> _Series:
    apart = (("Without a value", trend.left_out), ("Still open in part", trend.still_open))
    return _Series(
        trend.kpi.title,
        trend.kpi.unit,
        trend.chart,
        trend.periods,
        tuple((one.signal, _KINDS.get(one.verdict, _SIGNAL)) for one in trend.signals),
        (_limits(trend.chart), *(f"{said}: {', '.join(names)}" for said, names in apart if names)),
    )


def _of_chart(chart: ProcessChart) -> _Series:
    names = tuple(map(str, range(len(chart.values))))
    signals = tuple((signal, _SIGNAL) for signal in chart.signals)
    return _Series("Process behaviour chart", "value", chart, names, signals, (_limits(chart),))


def _limits(chart: ProcessChart) -> str:
    if chart.limits is None:
        return "No limits: successive values show no spread"
    lines = chart.limits
    return f"Centre {figure(lines.centre)}, limits {figure(lines.lower)} to {figure(lines.upper)}"


def _drawn(series: _Series) -> Iterator[alt.LayerChart]:
    """Draw the panels below each other; the last one names the periods."""
    panels = series.panels
    told = {row["kind"] for panel in panels for row in panel.rows}
    places = alt.Scale(domain=list(range(len(series.names))))
    for panel, height in zip(panels, (_HIGH, _LOW), strict=False):
        axis = periods_axis(series.names) if panel is panels[-1] else None
        x = alt.X("place:O", scale=places, axis=axis)
        width = min(max(WIDTH, _STEP * len(series.names)), _WIDEST)
        yield layered(_marks(panel, x, told, height), panel.rows, width=width, height=height)


def _marks(panel: _Panel, x: alt.X, told: set[str], height: int) -> Iterator[alt.Chart]:
    lines, title = list(map(as_float, panel.lines)), wrapped(panel.title, height // _CHARACTER)
    domain = padded([*(row["value"] for row in panel.rows), *lines])
    scale = alt.Scale(domain=domain, zero=False)
    for line, dash in zip(lines, ([1, 0], [6, 4], [6, 4]), strict=False):
        across = alt.Chart(inline([{"line": line}])).mark_rule(color=INK, strokeDash=dash)
        yield across.encode(y=alt.Y("line:Q", scale=scale, title=title))
    y = alt.Y("value:Q", scale=scale, title=title)
    yield alt.Chart().mark_line(color=GREY).encode(x=x, y=y)
    yield points(80).encode(
        x=x,
        y=y,
        fill=coloured("kind", _LOOKS, told=told),
        shape=shaped("kind", _LOOKS, told=told),
        tooltip=tips("period:N", "value:Q", "kind:N"),
    )


def _described(series: _Series) -> str:
    names = series.names
    span = f", {names[0]} to {names[-1]}" if names else ""
    first = f"{series.title} in {series.unit}, {len(names)} periods{span}. {series.remarks[0]}."
    said = [
        f"{kind}, {signal.pattern}: {', '.join(names[place] for place in signal.places)}"
        for signal, kind in series.signals
    ]
    return f"{first} {'; '.join(said) or 'No signals'}."
