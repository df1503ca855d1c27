"""A KPI in every group: who is served differently."""

from collections.abc import Hashable, Iterator
from functools import reduce
from operator import add
from typing import Final

import altair as alt

from servicekit._values import several
from servicekit.errors import DefinitionError, RecordError
from servicekit.extra.charts._data import Row, as_float, ends, inline, padded, taken
from servicekit.extra.charts._looks import (
    BLUE,
    GREY,
    LIGHT,
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
from servicekit.inference import Real
from servicekit.kpi import Equity, Kpi, Standing

__all__ = ["equity_chart", "group_name"]

_LOOKS: Final = {
    "differs from the others": Look(VERMILLION, "square"),
    "no clear difference": Look(BLUE, "circle"),
    "cannot be told": Look(GREY, "diamond"),
    "too few to rank": Look(LIGHT, "triangle-up"),
}
_MEANING: Final = "Point: value with its 95 % interval; dashed line: all groups together"


def equity_chart(equity: Equity) -> alt.LayerChart:
    """Draw a KPI in every group, the best first, and which groups are served differently.

    One row for each group: the value with its 95 % interval, in the KPI's unit, and how many rows
    count. The dashed line is the value of all groups together. A group without a value has a row
    without a point.

    Raises `RecordError` for what is no `Equity`.
    """
    taken("equity_chart", "equity", equity, Equity)
    title = titled(equity.kpi.title, _MEANING)
    if not equity.standings:
        return nothing("no groups", title=title, description=_described(equity))
    rows = list(_rows(equity))
    labels = [wrapped(row["group"]) for row in rows]
    together = as_float(_together(equity))
    return layered(
        _marks(equity.kpi, rows, labels, together),
        rows,
        title=title,
        height=alt.Step(row_height(labels)),
        description=_described(equity),
    )


def group_name(group: Hashable) -> str:
    """Name a group as people do: its parts one after the other."""
    return ", ".join("not known" if part is None else str(part) for part in several(group))


def _together(equity: Equity) -> Real | None:
    """Give the value of all groups together; None where measurements do not add up to one."""
    try:
        return reduce(add, (one.measurement for one in equity.standings)).value
    except (DefinitionError, RecordError):  # of several instants, or read off a frame
        return None


def _rows(equity: Equity) -> Iterator[Row]:
    for at, one in enumerate(equity.standings):
        found = one.measurement
        low, high = ends(found.interval)
        yield {
            "row": at,
            "group": group_name(one.group),
            "value": as_float(found.value),
            "low": low,
            "high": high,
            "verdict": _verdict(one),
            "said": f"{_figure(found.value)}\nn {found.n}",
        }


def _verdict(one: Standing) -> str:
    differs, does_not, untold, small = _LOOKS
    if one.small:
        return small
    return untold if one.differs is None else differs if one.differs else does_not


def _marks(
    kpi: Kpi, rows: list[Row], labels: list[list[str]], together: float | None
) -> Iterator[alt.Chart]:
    numbers = [row[name] for row in rows for name in ("value", "low", "high")]
    scale, unit = alt.Scale(domain=padded([*numbers, together]), zero=False), wrapped(kpi.unit, 60)
    if together is not None:
        line = alt.Chart(inline([{"together": together}])).mark_rule(strokeDash=[4, 4], color=GREY)
        yield line.encode(x=alt.X("together:Q", title=unit, scale=scale, axis=ticks()))
    y = alt.Y("row:O", axis=rows_axis(labels))
    x = alt.X("low:Q", title=unit, scale=scale, axis=ticks())
    yield intervals(x, y)
    told = [row["verdict"] for row in rows]
    yield points().encode(
        x=alt.X("value:Q", title=unit, scale=scale, axis=ticks()),
        y=y,
        fill=coloured("verdict", _LOOKS, told=told),
        shape=shaped("verdict", _LOOKS, told=told),
        tooltip=tips("group:N", "value:Q", "low:Q", "high:Q", "verdict:N"),
    )
    yield beside("said")


def _described(equity: Equity) -> str:
    count = f"{equity.kpi.title} in {equity.kpi.unit}, {len(equity)} groups, the best first."
    ends = (("Best", equity.best), ("Worst", equity.worst))
    extremes = [f"{word}: {_said(one)}." for word, one in ends if one is not None]
    differing = "; ".join(map(_said, equity.differing)) or "none"
    return " ".join(
        [count, *extremes, f"Differing from the others by more than noise: {differing}."]
    )


def _said(one: Standing) -> str:
    return f"{group_name(one.group)} {_figure(one.measurement.value)}"


def _figure(value: Real | None) -> str:
    return "no value" if value is None else figure(value)
