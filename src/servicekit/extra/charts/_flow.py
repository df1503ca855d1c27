"""Many cases on their way through the stages: how far they came, and where they stand."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import Final

import altair as alt

from servicekit._instants import aware
from servicekit.extra.charts._data import Row, taken
from servicekit.extra.charts._looks import (
    BLUE,
    INK,
    PALE,
    beside,
    layered,
    row_height,
    rows_axis,
    ticks,
    tips,
    titled,
)
from servicekit.resolution import Case, Stage
from servicekit.resolution._replay import counting, moves

__all__ = ["flow_chart"]

_ORDER: Final = {stage: row for row, stage in enumerate(Stage)}
_MEANING: Final = (
    "Light bar: cases that came to the stage; dark bar: those that stand there; "
    "came back: those that had been further on"
)


def flow_chart(cases: Iterable[Case], as_of: datetime) -> alt.LayerChart:
    """Draw how far cases came by an instant, and where they stand.

    One row for each stage: how many cases came to it at all, how many of these stand there, and how
    many came back to it from further on, because a proposal was declined, a customer was not
    satisfied or a case was reopened. Cases received later than that are left out, steps that were
    annulled do not count. The cases are gone through once.

    Raises `RecordError` for what is no `Case`, and for an instant without an offset.
    """
    at = aware(as_of, "as_of")
    rows = _rows(_ways(cases, at))
    all_cases = rows[0]["reached"]
    labels = [[row["stage"]] for row in rows]
    return layered(
        _marks(labels, all_cases),
        rows,
        title=titled(f"Cases as of {at.isoformat(' ', 'minutes')}: {all_cases}", _MEANING),
        height=alt.Step(row_height(labels)),
        description=_described(rows, at),
    )


def _ways(cases: Iterable[Case], at: datetime) -> Iterator[list[Stage]]:
    """Give the stages that each case went through, one after the other."""
    for number, case in enumerate(cases):
        taken("flow_chart", f"cases[{number}]", case, Case)
        if case.complaint.received_at <= at:
            steps = counting(case.as_of(at).steps)
            yield [Stage.RECEIVED, *(stage for _, _, stage in moves(steps))]


def _rows(ways: Iterable[list[Stage]]) -> list[Row]:
    reached, here, back = Counter[Stage](), Counter[Stage](), Counter[Stage]()
    for way in ways:
        reached.update(set(way))
        here[way[-1]] += 1
        back.update({to for since, to in pairwise(way) if _ORDER[to] < _ORDER[since]})
    return [
        {
            "row": row,
            "stage": str(stage),
            "reached": reached[stage],
            "here": here[stage],
            "back": back[stage],
            "said": _said(reached[stage], here[stage], back[stage]),
        }
        for stage, row in _ORDER.items()
    ]


def _said(reached: int, here: int, back: int) -> str:
    again = f", {back} came back" if back else ""
    return f"{reached}\n{here} here{again}"


def _marks(labels: list[list[str]], all_cases: int) -> Iterator[alt.Chart]:
    y = alt.Y("row:O", axis=rows_axis(labels))
    most = max(all_cases, 1)
    scale, axis = alt.Scale(domain=[0, most]), ticks(tickCount=min(most, 8), format="d")
    tooltip = tips("stage:N", "reached:Q", "here:Q", "back:Q")
    for name, colour, size in (("reached", PALE, 24), ("here", BLUE, 12)):
        bar = alt.Chart().mark_bar(color=colour, stroke=INK, strokeWidth=0.5, size=size)
        x = alt.X(f"{name}:Q", title="Cases", axis=axis, scale=scale, stack=None)
        yield bar.encode(x=x, y=y, tooltip=tooltip)
    yield beside("said")


def _described(rows: list[Row], at: datetime) -> str:
    told = "; ".join(f"{row['stage']} {row['reached']}, {row['here']} there" for row in rows)
    when = at.isoformat(" ", "minutes")
    return f"How many of {rows[0]['reached']} cases came to each stage by {when}: {told}."
