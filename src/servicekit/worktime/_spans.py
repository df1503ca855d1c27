"""Spans: a stretch of time cut into what counts and what does not, each with its reason."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import groupby, pairwise

from attrs import frozen

from servicekit._terms import Term
from servicekit.worktime._days import Days
from servicekit.worktime._hours import Stretch
from servicekit.worktime._line import cut, merged, offsets_around

__all__ = ["Reason", "Span", "reasons"]


class Reason(Term):
    """Why a stretch counts as working time, or does not."""

    OPEN = "open"
    """It counts."""
    CLOSED_HOURS = "closed_hours"
    """Nothing opens it."""
    CLOSURE = "closure"
    """It would be open, had its date not been closed."""
    BREAK = "break"
    """It would be open but for a break."""
    PAUSED = "paused"
    """It is open, and does not count, for the clock stands still."""


@frozen
class Span:
    """A stretch of one reason, from its start up to its end."""

    start: datetime
    end: datetime
    reason: Reason

    @property
    def duration(self) -> timedelta:
        """How long it lasts in real time."""
        return self.end - self.start

    def __str__(self) -> str:
        return f"{_shown(self.start)} - {_shown(self.end)}  {self.reason.replace('_', ' ')}"


def _shown(at: datetime) -> str:
    """Show an instant to the minute, or with its seconds if it has any."""
    return at.isoformat(" ", "auto" if at.second or at.microsecond else "minutes")


def reasons(
    days: Days, tz: tzinfo, low: timedelta, high: timedelta, pauses: Sequence[Stretch]
) -> Iterator[tuple[timedelta, timedelta, Reason]]:
    """Cut the time between two instants by reason, given the pauses in order; neighbours differ."""
    found = cut(days, offsets_around(tz, low, high), low, high)
    hours = merged(stretch for _, of in found.hours for stretch in of)
    layers = found.breaks, hours, merged(found.closures), pauses
    ends = {end for layer in layers for stretch in layer for end in stretch if low < end < high}
    pieces = pairwise(sorted({low, high, *ends}))
    for reason, of in groupby(pieces, key=lambda piece: _reason(piece[0], *layers)):
        run = list(of)
        yield run[0][0], run[-1][1], reason


def _reason(
    at: timedelta,
    breaks: Sequence[Stretch],
    hours: Sequence[Stretch],
    closures: Sequence[Stretch],
    pauses: Sequence[Stretch],
) -> Reason:
    if _holds(hours, at):
        if _holds(breaks, at):
            return Reason.BREAK
        return Reason.PAUSED if _holds(pauses, at) else Reason.OPEN
    return Reason.CLOSURE if _holds(closures, at) else Reason.CLOSED_HOURS


def _holds(stretches: Sequence[Stretch], at: timedelta) -> bool:
    """Whether one of some stretches, in order and apart, covers an instant."""
    index = bisect_right(stretches, at, key=lambda stretch: stretch[0])
    return index > 0 and at < stretches[index - 1][1]
