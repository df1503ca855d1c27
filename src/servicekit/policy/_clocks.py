"""The clocks of a case: which standards it runs against, and where each of them stands."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from servicekit._instants import instant
from servicekit._rules import TEXT_OR_NONE, each, is_a
from servicekit._terms import Term
from servicekit._values import Definition, refuse, several, unchanged_when
from servicekit.complaint import Channel
from servicekit.errors import Problem, RecordError, shown
from servicekit.policy._asked import check
from servicekit.policy._standards import (
    ResponseStandard,
    Standing,
    Status,
    measured_in,
    standing,
)
from servicekit.register import Entry, ReopenPolicy, entry
from servicekit.resolution import Case
from servicekit.worktime import NO_PAUSES, Pauses, Reason, Span, Timetable

__all__ = ["CaseClock", "Milestone", "Obligation", "Standards", "clock"]


class Milestone(Term):
    """What is to be done by the due instant of a standard."""

    ACKNOWLEDGED = "acknowledged"
    """The customer was told that the complaint has arrived, by whatever means."""
    ANSWERED = "answered"
    """A person was in touch with the customer."""
    FIXED = "fixed"
    """What was agreed is done."""
    RESOLVED = "resolved"
    """The customer said that they are satisfied."""
    ENDED = "ended"
    """The case was resolved, or closed."""


@frozen
class Obligation(Definition):
    """A response standard and what it is about, for every case or for those of one priority.

    ``priority`` is a key of your own. The standard itself says for which channels it is meant.
    """

    milestone: Milestone = field(validator=is_a(Milestone))
    standard: ResponseStandard = field(validator=is_a(ResponseStandard))
    priority: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)


def _obligations(
    values: Obligation | list[Obligation] | tuple[Obligation, ...],
) -> tuple[Obligation, ...]:
    return several(values)


unchanged_when("{v}.__class__ is tuple", _obligations)


@frozen
class Standards(Definition):
    """The response standards of a company, chosen for each case by its channel and priority.

    >>> from servicekit.catalogue.standards import FCA_FINAL_RESPONSE, WRITTEN_ANSWER
    >>> standards = Standards([
    ...     Obligation(Milestone.ANSWERED, WRITTEN_ANSWER),
    ...     Obligation(Milestone.ENDED, FCA_FINAL_RESPONSE),
    ... ])
    >>> [str(one.milestone) for one in standards.chosen(Channel.PHONE)]
    ['ended']
    """

    obligations: tuple[Obligation, ...] = field(
        converter=_obligations, validator=each(Obligation, at_least=1)
    )

    def __attrs_post_init__(self) -> None:
        if len(set(self.obligations)) < len(self.obligations):
            refuse(self, "obligations", "each obligation once")

    def chosen(self, channel: Channel, priority: str | None = None) -> tuple[Obligation, ...]:
        """Give the obligations for cases of a channel and a priority.

        For each milestone those of the very priority stand in for those of every priority.
        """
        found = [one for one in self.obligations if channel in one.standard.applies_to]
        own = {one.milestone for one in found if one.priority == priority}
        return tuple(
            one
            for one in found
            if one.priority == priority or (one.priority is None and one.milestone not in own)
        )


@frozen
class CaseClock:
    """One standard that a case runs against, and where it stands.

    It ran from ``start`` to ``end``: to when it was done, or else to the instant asked about, or to
    the end of a case that was closed without it. ``counted`` is how much of that time counts;
    ``pauses`` are those in it for which it stood still.
    """

    obligation: Obligation
    start: datetime
    end: datetime
    counted: timedelta
    standing: Standing
    pauses: Pauses = field(default=NO_PAUSES, kw_only=True)

    @property
    def milestone(self) -> Milestone:
        """What is to be done."""
        return self.obligation.milestone

    @property
    def status(self) -> Status:
        """Whether it is met, missed, running, near its end or overrun."""
        return self.standing.status

    @property
    def due(self) -> datetime:
        """The instant by which it is to be done."""
        return self.standing.due

    @property
    def wall(self) -> timedelta:
        """The real time from start to end, counted or not."""
        return self.end - self.start

    def spans(self, calendar: Timetable | None) -> tuple[Span, ...]:
        """Cut the time into what counts, which is open, and what does not, and why.

        The calendar is the one by which the clock was read. The spans follow one another without a
        gap and add up to ``wall``, those that are open to ``counted``.

        Raises `RecordError` for a calendar by which another time counts.
        """
        hours = measured_in(self.obligation.standard, calendar)
        spans = hours.spans(self.start, self.end, self.pauses)
        if _total(spans, Reason.OPEN) != self.counted:
            allowed = f"the calendar by which {self.counted} counts"
            raise RecordError("CaseClock", (Problem("calendar", shown(calendar), allowed),))
        return spans if calendar is None else tuple(_in_zone(one, calendar.tz) for one in spans)

    def explanation(self, calendar: Timetable | None) -> str:
        """Tell every span on a line with how long it is, then the sums, for a reader."""
        spans = self.spans(calendar)
        sums = ((reason.replace("_", " "), _total(spans, reason)) for reason in Reason)
        parts = " + ".join(f"{said} {time}" for said, time in sums if time)
        lines = (f"{one}  {one.duration}" for one in spans)
        return "\n".join([str(self), *lines, f"{parts or 'nothing'} = {self.wall}"])

    def __str__(self) -> str:
        by = self.due.isoformat(" ", "minutes")
        return f"{self.milestone}: {self.obligation.standard.title}: {self.status}, due {by}"


def _total(spans: Iterable[Span], reason: Reason) -> timedelta:
    """Add up the spans of a reason."""
    return sum((one.duration for one in spans if one.reason is reason), timedelta())


def _in_zone(span: Span, zone: tzinfo) -> Span:
    start, end = (instant(at.astimezone(zone)) for at in (span.start, span.end))
    return Span(start, end, span.reason)


def clock(  # noqa: PLR0913 - as many things decide it
    case: Case,
    standards: Standards,
    calendar: Timetable | None,
    as_of: datetime,
    *,
    priority: str | None = None,
    reopening: ReopenPolicy | None = None,
    pauses: Pauses = NO_PAUSES,
) -> tuple[CaseClock, ...]:
    """Give every clock of a case, the most urgent first: those that run, the missed, those met.

    Of the clocks that run the one that is due first is the most urgent. They all start with the
    receipt of the complaint. A case that was reopened needs the rule for that, ``reopening``: it
    decides on the clocks of a fix and an end, while a case is acknowledged and answered once.
    Closed time that does not count is a pause, like the ``pauses`` that the caller knows of, such
    as waiting for the customer; whole days cannot be paused, and count on. When a case is closed
    all its clocks stop; of those that it had not come to only the ones overrun by then are given.

    Raises `RecordError` for a reopened case without a rule, for a missing calendar, and for an
    instant before the receipt.
    """
    check("clock", _STANDARDS.problem("standards", standards), _PAUSES.problem("pauses", pauses))
    row = entry(case, as_of=as_of, reopening=reopening)
    chosen = standards.chosen(case.complaint.channel, priority)
    found = [_clock(one, row, calendar, pauses) for one in chosen]
    stopped = row.ended_at is not None
    left = (one for one in found if not stopped or one.status not in _RUNNING)
    return tuple(sorted(left, key=_urgency))


_STANDARDS: Final = is_a(Standards)
_PAUSES: Final = is_a(Pauses)
_RUNNING: Final = frozenset({Status.RUNNING, Status.WARNING})
_ORDER: Final = {Status.MISSED: 1, Status.MET: 2}
_ONCE: Final = frozenset({Milestone.ACKNOWLEDGED, Milestone.ANSWERED})


def _urgency(one: CaseClock) -> tuple[int, datetime]:
    return _ORDER.get(one.status, 0), one.due


def _clock(
    obligation: Obligation, row: Entry, calendar: Timetable | None, pauses: Pauses
) -> CaseClock:
    standard, start = obligation.standard, _start(obligation, row)
    done, stop = _DONE[obligation.milestone](row), row.ended_at or row.as_of
    end = stop if done is None else done
    stood = NO_PAUSES if standard.clock.in_days else _stood(obligation, row, pauses)
    stands = standing(standard, start, done, end, calendar, pauses=stood)
    known = stood.until(end) if stood.stretches else NO_PAUSES
    counted = measured_in(standard, calendar).elapsed(start, end, known)
    return CaseClock(obligation, start, end, counted, stands, pauses=known)


def _start(obligation: Obligation, row: Entry) -> datetime:
    anew = row.reopening is ReopenPolicy.RESTART and obligation.milestone not in _ONCE
    return row.reopenings[-1] if anew else row.received_at


def _stood(obligation: Obligation, row: Entry, pauses: Pauses) -> Pauses:
    """Add the time for which a case was closed, where it does not count."""
    if row.reopening is not ReopenPolicy.SKIP_CLOSED or obligation.milestone in _ONCE:
        return pauses
    closed = zip(row.endings, row.reopenings, strict=False)
    return Pauses((*pauses.stretches, *closed))


def _acknowledged(row: Entry) -> datetime | None:
    """Give when the customer first knew: whoever is in touch acknowledges the complaint as well."""
    told = [at for at in (row.acknowledged_at, row.first_response_at) if at is not None]
    return min(told, default=None)


_DONE: Final[Mapping[Milestone, Callable[[Entry], datetime | None]]] = MappingProxyType({
    Milestone.ACKNOWLEDGED: _acknowledged,
    Milestone.ANSWERED: lambda row: row.first_response_at,
    Milestone.FIXED: lambda row: row.fixed_at,
    Milestone.RESOLVED: lambda row: row.resolved_at,
    Milestone.ENDED: lambda row: row.ended_at,
})  # fmt: skip
