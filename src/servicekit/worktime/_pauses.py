"""Pauses: the stretches for which a clock stands still, such as waiting for the customer."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, Final, cast

from attrs import field, frozen

from servicekit._instants import aware, instant, instant_or_none
from servicekit._rules import Rule
from servicekit._values import Value
from servicekit.errors import INSTANT, Problem, RecordError, shown
from servicekit.worktime._hours import Stretch
from servicekit.worktime._line import Line, Timeline, merged
from servicekit.worktime._zone import HIGH, ZERO, since

__all__ = ["NO_PAUSES", "Pauses", "backwards", "onwards", "paused", "union"]

_Pause = tuple[datetime, datetime | None]
"""From when to when; None while it lasts."""


def _pauses(value: Sequence[_Pause]) -> tuple[_Pause, ...]:
    """Give instants their offsets; what is no list of pairs is left for the rule to refuse."""
    given = cast("Sequence[Any]", value if isinstance(value, (list, tuple)) else (value,))
    return tuple(map(_pause, given))


def _pause(value: Any) -> Any:
    match value:
        case [start, end] if isinstance(value, (list, tuple)):
            return instant(start), instant_or_none(end)
        case _:
            return value


def _all_pauses(values: tuple[object, ...]) -> bool:
    return all(map(_is_pause, values))


def _is_pause(value: object) -> bool:
    match value:
        case (datetime(tzinfo=timezone()), None):
            return True
        case (datetime(tzinfo=timezone()) as start, datetime(tzinfo=timezone()) as end):
            return start <= end
        case _:
            return False


_PAUSES: Final = Rule(
    "{all_pauses}({v})",
    "pairs (start, end), the end not before the start, or None while the pause lasts; each one "
    f"{INSTANT}",
    all_pauses=_all_pauses,
)


@frozen
class Pauses(Value):
    """Stretches from an instant to another, or to None while one still lasts.

    They may overlap and touch: their union counts. A pause counts as much as is open in it, so one
    over a night takes nothing off a working day.

    Raises `RecordError` for a naive instant and for an end before its start.
    """

    stretches: tuple[_Pause, ...] = field(default=(), converter=_pauses, validator=_PAUSES)

    def until(self, at: datetime) -> "Pauses":
        """Give the pauses as they were known at an instant: those begun, and ended by then."""
        at = aware(at)
        begun = (pause for pause in self.stretches if pause[0] < at)
        return Pauses(tuple((start, min(end or at, at)) for start, end in begun))


NO_PAUSES: Final = Pauses()


def union(pauses: Pauses) -> list[Stretch]:
    """Give the pauses as time since the epoch, in order and apart."""
    if not isinstance(pauses, Pauses):
        raise RecordError("pauses", (Problem("pauses", shown(pauses), "a Pauses object"),))
    return merged(
        (since(start, "pauses"), HIGH if end is None else since(end, "pauses"))
        for start, end in pauses.stretches
    )


def paused(line: Line, low: timedelta, high: timedelta, pauses: Pauses) -> timedelta:
    """Measure what is open in the pauses from an instant to another; backwards it is negative."""
    if high < low:
        return -paused(line, high, low, pauses)
    within = ((max(start, low), min(end, high)) for start, end in union(pauses))
    return sum(
        (line.opened(end) - line.opened(start) for start, end in within if start < end), ZERO
    )


def onwards(timeline: Timeline, instant: timedelta, working: timedelta, pauses: Pauses) -> Stretch:
    """Pass every pause that begins too early: give from where on how much is left."""
    for start, end in union(pauses):
        if start > instant:
            line = timeline.over(instant, start)
            free = line.opened(start) - line.opened(instant)
            if working <= free:
                break
            working -= free
        instant = max(instant, end)
    return instant, working


def backwards(
    timeline: Timeline, instant: timedelta, working: timedelta, pauses: Pauses
) -> Stretch:
    """Do as `onwards` with time, which is negative, running backwards."""
    for start, end in reversed(union(pauses)):
        if end < instant:
            line = timeline.over(end, instant)
            free = line.opened(end) - line.opened(instant)
            if working >= free:
                break
            working -= free
        instant = min(instant, start)
    return instant, working
