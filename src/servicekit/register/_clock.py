"""The clock of a case: which stretches of its history count towards how long it took.

A case is open from when it was received until it ends, resolved or closed, and again from each
reopening. The rule for reopenings says which of these spells count.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from attrs import frozen

from servicekit._terms import Term
from servicekit.resolution import Outcome, Stage, Step
from servicekit.worktime import Timetable

__all__ = ["ENDS", "Clock", "Move", "ReopenPolicy", "Spell", "before_reopening", "clock", "spells"]

ENDS = frozenset({Stage.RESOLVED, Stage.CLOSED})

Move = tuple[Step, Outcome, Stage]


class ReopenPolicy(Term):
    """What a reopening does to the clock of a case. Each rule is in use somewhere.

    ``FIRST_END``: the first end counts, a resolution or a closure; the clock never runs again.
    ``RESTART``: the clock starts anew with the last reopening.
    ``SKIP_CLOSED``: the clock goes on, and the time between an end and a reopening is not counted.
    ``COUNT_CLOSED``: the clock goes on, and that time is counted.
    """

    FIRST_END = "first_end"
    RESTART = "restart"
    SKIP_CLOSED = "skip_closed"
    COUNT_CLOSED = "count_closed"


@frozen
class Spell:
    """A stretch for which a case was open; ``end`` is None while it still is."""

    start: datetime
    end: datetime | None = None


def spells(received_at: datetime, moved: Iterable[Move]) -> tuple[Spell, ...]:
    """Cut a history into the stretches for which the case was open."""
    found = [Spell(received_at)]
    for step, _, stage in moved:
        here = found[-1]
        if here.end is None and stage in ENDS:
            found[-1] = Spell(here.start, step.at)
        elif here.end is not None and stage not in ENDS:
            found.append(Spell(step.at))
    return tuple(found)


def before_reopening(moved: Sequence[Move]) -> Sequence[Move]:
    """Leave out of a history the first reopening and what came after it."""
    ended = False
    for position, (_, _, stage) in enumerate(moved):
        if ended and stage not in ENDS:
            return moved[:position]
        ended = stage in ENDS
    return moved


@frozen
class Clock:
    """A clock that ran from start to end of each stretch ``before``, and runs from ``since``."""

    before: tuple[tuple[datetime, datetime], ...]
    since: datetime

    @property
    def started_at(self) -> datetime:
        """When a clock that never stood still would have had to start to show the same time."""
        return self.since - sum((end - start for start, end in self.before), timedelta())

    def reads(self, at: datetime, hours: Timetable) -> timedelta:
        """Read the working time on the clock at an instant after ``since``."""
        return sum(
            (hours.elapsed(start, end) for start, end in self.before),
            hours.elapsed(self.since, at),
        )


def clock(over: Sequence[Spell], policy: ReopenPolicy | None) -> Clock:
    """Set the clock by a rule; without a reopening all rules are one."""
    match policy:
        case ReopenPolicy.RESTART:
            return Clock((), over[-1].start)
        case ReopenPolicy.SKIP_CLOSED:
            before = tuple((spell.start, spell.end) for spell in over if spell.end is not None)
            return Clock(before[: len(over) - 1], over[-1].start)
        case _:
            return Clock((), over[0].start)
