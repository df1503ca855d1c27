"""A scorecard drawn: each KPI on a scale of its own, with its goal and how sure the figure is."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

import altair as alt

from servicekit.extra.charts._data import Row, as_float, ends, padded, taken
from servicekit.extra.charts._looks import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    ORANGE,
    PALE,
    VERMILLION,
    Look,
    beside,
    coloured,
    figure,
    intervals,
    layered,
    nothing,
    points,
    row_height,
    rows_axis,
    shaped,
    ticks,
    tips,
    titled,
    wrapped,
)
from servicekit.kpi import Assessment, Scorecard, Status

__all__ = ["scorecard_chart"]

_LOOKS: Final = {
    str(Status.MISSED): Look(VERMILLION, "square"),
    str(Status.NEAR): Look(ORANGE, "triangle-up"),
    str(Status.NO_DATA): Look(LIGHT, "cross"),
    str(Status.MET): Look(BLUE, "circle"),
}
_MEANING: Final = (
    "Point: value with its 95 % interval; thick line: goal, met on the shaded side; "
    "dashed line: near from here on"
)
_EXTENT: Final = 190
"""How wide the names are in every row, so that all scales begin below each other."""


def scorecard_chart(card: Scorecard) -> alt.VConcatChart:
    """Draw every target of a scorecard, in its order: what wants attention first comes first.

    Each KPI has a row with a scale of its own in the KPI's unit: the value with its 95 % interval,
    where there is one, the goal and the warning. A KPI without data has a row without a point.

    Raises `RecordError` for what is no `Scorecard`.
    """
    taken("scorecard_chart", "card", card, Scorecard)
    rows = [_row(one) for one in card] or [nothing("no targets")]
    title, description = titled(card.title, _MEANING), _described(card)
    return alt.vconcat(*rows, spacing=6, title=title, description=description)


def _row(one: Assessment) -> alt.LayerChart:
    labels = [wrapped(one.target.kpi.title)]
    row = _figures(one)
    numbers = [row[name] for name in ("value", "low", "high", "goal", "warn")]
    scale = alt.Scale(domain=padded(numbers), zero=False, nice=False)
    marks = _marks(one, scale, rows_axis(labels, extent=_EXTENT))
    return layered(marks, [row], height=row_height(labels))


def _figures(one: Assessment) -> Row:
    target, found = one.target, one.measurement
    low, high = ends(found.interval)
    bound = "at most" if target.at_least is None else "at least"
    return {
        "row": 0,
        "kpi": target.kpi.title,
        "status": str(one.status),
        "value": as_float(found.value),
        "low": low,
        "high": high,
        "goal": as_float(target.goal),
        "warn": as_float(target.warn),
        "said": f"{_said(one)}\n{bound} {figure(target.goal)}",
    }


def _said(one: Assessment) -> str:
    value = one.measurement.value
    return str(one.status) if value is None else f"{one.status}: {figure(value)}"


def _marks(one: Assessment, scale: alt.Scale, names: alt.Axis) -> Iterator[alt.Chart]:
    def across(name: str) -> alt.X:
        axis = ticks(grid=False, tickCount=6)
        return alt.X(f"{name}:Q", scale=scale, title=wrapped(one.target.kpi.unit, 60), axis=axis)

    y = alt.Y("row:O", axis=names)
    worst, best = scale.to_dict()["domain"]
    far = worst if one.target.at_least is None else best
    yield alt.Chart().mark_rect(color=PALE).encode(x=across("goal"), x2=alt.datum(far))
    yield alt.Chart().mark_rule(color=INK, strokeWidth=4).encode(x=across("goal"))
    warn = alt.Chart().mark_rule(color=GREY, strokeWidth=2, strokeDash=[3, 3])
    yield warn.encode(x=across("warn"))
    yield intervals(across("low"), y)
    yield points(150).encode(
        x=across("value"),
        y=y,
        fill=coloured("status", _LOOKS),
        shape=shaped("status", _LOOKS),
        tooltip=tips("kpi:N", "status:N", "value:Q", "low:Q", "high:Q", "goal:Q"),
    )
    yield beside("said")


def _described(card: Scorecard) -> str:
    counts = Counter(one.status for one in card)
    told = ", ".join(f"{counts[status]} {status}" for status in Status if counts[status])
    worst = [f"{one.target}: {_said(one)}" for one in card if one.status is Status.MISSED]
    missed = f" Missed: {'; '.join(worst)}." if worst else ""
    return f"{card.title}, {len(card)} targets{f': {told}' if told else ''}.{missed}"
