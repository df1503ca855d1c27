"""A case through time: where it stood, what was done, and what became of its promises."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Final

import altair as alt
from attrs import frozen

from servicekit._instants import aware
from servicekit.extra.charts._data import Row, inline, milliseconds, taken
from servicekit.extra.charts._looks import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    ORANGE,
    PURPLE,
    SKY,
    VERMILLION,
    Look,
    beside,
    coloured,
    layered,
    points,
    row_height,
    rows_axis,
    shaped,
    tips,
    titled,
    wrapped,
)
from servicekit.resolution import Case, PromiseState, PromiseStatus, Stage
from servicekit.resolution._replay import standing

__all__ = ["timeline_chart"]

_MOVES, _ADDS, _ANNULLED = "moves the case", "adds to the record", "annulled"
_STEPS: Final = {
    "complaint": Look(INK, "diamond"),
    _MOVES: Look(BLUE, "circle"),
    _ADDS: Look(SKY, "triangle-up"),
    _ANNULLED: Look(LIGHT, "cross"),
}
_PROMISES: Final = {
    "pending": Look(LIGHT, "diamond"),
    "kept": Look(BLUE, "circle"),
    "kept late": Look(ORANGE, "triangle-up"),
    "broken": Look(VERMILLION, "square"),
    "renegotiated": Look(PURPLE, "triangle-right"),
}
_STAGES: Final = tuple(Stage)
_ALL: Final = alt.Scale(domain=list(range(len(_STAGES))))
_APART: Final = alt.ScaleResolveMap(fill="independent", shape="independent")
_STAGE_HEIGHT: Final = 24
_EXTENT: Final = 190
_ROOM: Final = 0.04
_MINUTE: Final = 60_000
_TIME: Final = "utcFormat(datum.value, utcseconds(datum.value) ? '%H:%M:%S' : '%H:%M')"
_DATE: Final = "utcFormat(datum.value, '%Y-%m-%d')"
_TICKS: Final = f"datum.value % {1440 * _MINUTE} ? [{_TIME}, {_DATE}] : {_DATE}"
"""What is written at a tick: the date, and above it the time of day unless that is midnight."""


@frozen
class _Clock:
    """The wall clock that instants are drawn by."""

    zone: timezone
    scale: alt.Scale

    def at(self, instant: datetime) -> float:
        """Give an instant as the scale counts it."""
        return milliseconds(instant, self.zone)

    def across(self, name: str) -> alt.X:
        """Lay instants from left to right."""
        axis = alt.Axis(labelExpr=_TICKS, labelOverlap="greedy", tickCount=5)
        return alt.X(f"{name}:T", scale=self.scale, axis=axis, title=f"Time ({self.zone})")


def timeline_chart(case: Case, as_of: datetime) -> alt.VConcatChart:
    """Draw a case as it stood at an instant: its stage through time, its steps, its promises.

    The line is the stage at each time, as it was known then; an annulled step is marked, and the
    correction is where the line goes back. Each promise has a row: from when it was made until it
    was due, and a point where it was kept, renegotiated or broken. Times are by the clock of the
    complaint's own UTC offset, which the axis names.

    Raises `RecordError` for what is no `Case`, and for an instant without an offset.
    """
    taken("timeline_chart", "case", case, Case)
    at = aware(as_of, "as_of")
    then, promises = case.as_of(at), case.promises(at)
    clock = _clock(then, promises, at)
    panels = [_history(then, clock, at), *([_kept(promises, clock, at)] if promises else [])]
    return alt.vconcat(
        *panels,
        spacing=16,
        resolve=alt.Resolve(scale=_APART),
        title=titled(f"{case.complaint.id}: {case.complaint.concern}", *_meaning(promises)),
        description=_described(then, promises, at),
    )


def _clock(case: Case, promises: tuple[PromiseState, ...], at: datetime) -> _Clock:
    zone = timezone(case.complaint.received_at.utcoffset() or timedelta())
    shown = [case.complaint.received_at, at]
    for one in promises:
        shown += filter(None, (one.due, one.kept_at, one.replaced_at))
    first, last = (milliseconds(end(shown), zone) for end in (min, max))
    room = _ROOM * (last - first) or _MINUTE
    scale = alt.Scale(type="utc", domain=[first - room, last + room], nice=False)
    return _Clock(zone, scale)


def _history(case: Case, clock: _Clock, at: datetime) -> alt.LayerChart:
    steps = list(_steps(case, clock))
    path = [*steps, {"at": clock.at(at), "row": steps[-1]["row"]}]
    y = alt.Y("row:O", axis=rows_axis([[stage] for stage in _STAGES], extent=_EXTENT), scale=_ALL)
    told = [step["kind"] for step in steps]
    line = alt.Chart(inline(path)).mark_line(interpolate="step-after", color=INK)
    marks = (
        line.encode(x=clock.across("at"), y=y, order=alt.Order("at:Q")),
        points().encode(
            x=clock.across("at"),
            y=y,
            fill=coloured("kind", _STEPS, told=told),
            shape=shaped("kind", _STEPS, told=told),
            tooltip=tips("time:N", "step:N", "by:N", "kind:N"),
        ),
        _now(clock, at),
    )
    return layered(marks, steps, height=_STAGE_HEIGHT * len(_STAGES))


def _steps(case: Case, clock: _Clock) -> Iterator[Row]:
    """Give the complaint, and each step where the case stood right after it, as was known then."""
    first, counted, then = case.complaint, standing(case.steps), Case(case.complaint)
    yield _point(clock, first.received_at, "Complaint", first.received_by, "complaint") | {"row": 0}
    for position, step in enumerate(case.steps):
        then = then.advance(step)
        kind = _ADDS if step.outcome is None else _MOVES
        kind = kind if position in counted else _ANNULLED
        row = _STAGES.index(then.stage)
        yield _point(clock, step.at, type(step).__name__, step.by, kind) | {"row": row}


def _point(clock: _Clock, at: datetime, step: str, by: str, kind: str) -> Row:
    time = at.isoformat(" ", "minutes")
    return {"at": clock.at(at), "time": time, "step": step, "by": by, "kind": kind}


def _now(clock: _Clock, at: datetime) -> alt.Chart:
    line = alt.Chart(inline([{"now": clock.at(at)}])).mark_rule(color=GREY, strokeDash=[4, 4])
    drawn: alt.Chart = line.encode(x=clock.across("now"))
    return drawn


def _kept(promises: tuple[PromiseState, ...], clock: _Clock, at: datetime) -> alt.LayerChart:
    rows = [_promise(row, one, clock) for row, one in enumerate(promises)]
    labels = [wrapped(one.what) for one in promises]
    y = alt.Y("row:O", axis=rows_axis(labels, extent=_EXTENT))
    end = alt.Chart().mark_tick(color=INK, thickness=3, size=18)
    marks = (
        alt.Chart().mark_rule(color=INK).encode(x=clock.across("made"), x2=alt.X2("due"), y=y),
        alt.Chart()
        .mark_rule(color=INK, strokeDash=[2, 3])
        .encode(x=clock.across("due"), x2=alt.X2("late"), y=y),
        end.encode(x=clock.across("due"), y=y),
        points().encode(
            x=clock.across("end"),
            y=y,
            fill=coloured("status", _PROMISES),
            shape=shaped("status", _PROMISES),
            tooltip=tips("what:N", "status:N", "by:N"),
        ),
        beside("status"),
        _now(clock, at),
    )
    return layered(marks, rows, height=alt.Step(row_height(labels)))


def _promise(row: int, one: PromiseState, clock: _Clock) -> Row:
    settled = one.kept_at or one.replaced_at
    late = one.status is PromiseStatus.BROKEN
    end = one.due if settled is None or late else settled
    return {
        "row": row,
        "what": one.what,
        "made": clock.at(one.made_at),
        "due": clock.at(one.due),
        "end": clock.at(end),
        "late": clock.at(max(one.due, end)),
        "status": one.status.replace("_", " "),
        "by": one.due.isoformat(" ", "minutes"),
    }


def _meaning(promises: tuple[PromiseState, ...]) -> Iterator[str]:
    yield "Line: where the case stood; dashed line: the instant asked about"
    if promises:
        yield "Promises: from when it was made until it was due, and what became of it"


def _described(case: Case, promises: tuple[PromiseState, ...], at: datetime) -> str:
    received = case.complaint.received_at
    kept = ". ".join(
        f"Promise, {one.what}, due {one.due.isoformat(' ', 'minutes')}: {one.status}"
        for one in promises
    )
    return (
        f"Case {case.complaint.id}, received {received.isoformat(' ', 'minutes')}, "
        f"steps: {len(case.steps)}, {case.stage} as of {at.isoformat(' ', 'minutes')}. {kept}"
    ).strip()
