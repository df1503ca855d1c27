"""Response standards: by when something is to be done, and where it stands by that."""

from collections.abc import Collection
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from typing import Final, NoReturn, assert_never, cast

from attrs import field, frozen

from servicekit._instants import aware, instant
from servicekit._rules import TEXT, Rule, is_a, set_of
from servicekit._terms import Term
from servicekit._values import Value, as_set, in_order, refuse, unchanged_when
from servicekit.complaint import Channel
from servicekit.errors import Problem, RecordError, shown
from servicekit.worktime import NO_PAUSES, Pauses, Timetable, always

__all__ = ["Clock", "ResponseStandard", "Standing", "Status", "due", "measured_in", "standing"]

_DAY: Final = timedelta(days=1)
_NOTHING: Final = timedelta(0)
_REAL_TIME: Final = always(timezone.utc)  # noqa: UP017 - one name for the zone


class Clock(Term):
    """What a limit is measured in, and so where exactly it ends."""

    CLOCK_TIME = "clock_time"
    """Real time, day and night: it ends to the second."""
    WORKING_TIME = "working_time"
    """Time that the calendar is open: it ends to the second, at the latest when it closes."""
    CALENDAR_DAYS = "calendar_days"
    """Dates on the calendar's clock, the day after the start's being the first: it ends at the
    midnight that ends the last one."""
    BUSINESS_DAYS = "business_days"
    """Days with opening hours, the first after the start's own day being the first: it ends with
    the last closing of the last one."""

    @property
    def in_days(self) -> bool:
        """Whether whole days are counted, whatever the time of the start."""
        return self in _IN_DAYS


_IN_DAYS: Final = frozenset({Clock.CALENDAR_DAYS, Clock.BUSINESS_DAYS})


class Status(Term):
    """Where a matter stands by a standard."""

    MET = "met"
    """It was done by the due instant."""
    MISSED = "missed"
    """It was done after it."""
    RUNNING = "running"
    """It is not done, and there is time left."""
    WARNING = "warning"
    """It is not done, and as much of the time is used as the standard warns at."""
    OVERRUN = "overrun"
    """It is not done, and the due instant has passed."""


_LIMIT: Final = Rule(
    "isinstance({v}, {timedelta}) and {v} > {zero}",
    "a timedelta longer than nothing",
    timedelta=timedelta,
    zero=_NOTHING,
)
_WHOLE_DAYS: Final = (
    "a whole number of days, such as timedelta(days=3), for a clock that counts days"
)
_WARN_AT: Final = Rule(
    "{v} is None or isinstance({v}, {fraction}) and 0 < {v} < 1",
    "a Fraction between 0 and 1, such as Fraction(3, 4), or None for no warning",
    fraction=Fraction,
)
_ALL_CHANNELS: Final = tuple(Channel)


def _channels(values: Collection[Channel]) -> frozenset[Channel]:
    return cast("frozenset[Channel]", as_set(values))


unchanged_when("{v}.__class__ is frozenset", _channels)


@frozen
class ResponseStandard(Value):
    """By when something is to be done: a limit, and the clock that it is measured by.

    ``limit`` is a whole number of days where ``clock`` counts days; ``applies_to`` are the channels
    that it is meant for. ``warn_at`` is the part of the limit after which `standing` warns.
    ``source`` says who set the standard.
    """

    key: str = field(validator=TEXT)
    title: str = field(validator=TEXT)
    source: str = field(validator=TEXT)
    limit: timedelta = field(validator=_LIMIT)
    clock: Clock = field(validator=is_a(Clock))
    applies_to: frozenset[Channel] = field(
        default=_ALL_CHANNELS,
        kw_only=True,
        converter=_channels,
        validator=set_of(Channel),
        repr=in_order,
    )
    warn_at: Fraction | None = field(default=None, kw_only=True, validator=_WARN_AT)

    def __attrs_post_init__(self) -> None:
        if self.clock.in_days and self.limit % _DAY:
            refuse(self, "limit", _WHOLE_DAYS)
        if not self.applies_to:
            refuse(self, "applies_to", "one channel or more")


@frozen
class Standing:
    """Where a matter stands by a standard.

    ``left`` is the time from the instant that counts, when it was done or else the one asked about,
    to ``due``; below zero it is how much too late it is. It is working time for a limit in working
    time or business days, and real time otherwise; pauses do not count.
    """

    status: Status
    due: datetime
    left: timedelta


def due(
    standard: ResponseStandard,
    start: datetime,
    calendar: Timetable | None = None,
    *,
    pauses: Pauses = NO_PAUSES,
) -> datetime:
    """Give the instant by which a standard is to be met; at that instant it still is.

    A limit in real time needs no calendar; it comes back on the clock of the start. All others come
    back on that of the calendar. Pauses put off a limit in real or working time by as much of it as
    they take; days that are counted whole cannot be paused.

    Raises `RecordError` for a naive start, a missing calendar, and pauses in days.
    """
    if standard.clock.in_days and pauses.stretches:
        _refuse("due", "pauses", pauses, f"none for a limit in {standard.clock}")
    if standard.clock is Clock.CLOCK_TIME:
        zone = aware(start, "start").tzinfo if calendar is None else calendar.tz
        return instant(_REAL_TIME.deadline(start, standard.limit, pauses).astimezone(zone))
    if calendar is None:
        _refuse("due", "calendar", calendar, f"a calendar for a limit in {standard.clock}")
    match standard.clock:
        case Clock.WORKING_TIME:
            return calendar.deadline(start, standard.limit, pauses)
        case Clock.CALENDAR_DAYS:
            return calendar.end_of_day(start, standard.limit // _DAY)
        case Clock.BUSINESS_DAYS:
            return calendar.end_of_business_day(start, standard.limit // _DAY)
        case _:
            assert_never(standard.clock)


def standing(  # noqa: PLR0913 - as many things decide it
    standard: ResponseStandard,
    start: datetime,
    done: datetime | None,
    as_of: datetime,
    calendar: Timetable | None = None,
    *,
    pauses: Pauses = NO_PAUSES,
) -> Standing:
    """Say where a matter stood at an instant: met, missed, running, near its end, or overrun.

    What was done later than ``as_of`` was not done then. Of pauses only what was known at the time
    counts: one that lasts is taken to end at the instant asked about.

    Raises `RecordError` as `due` does, and for an instant before the start.
    """
    for name, at in (("done", done), ("as_of", as_of)):
        if at is not None and aware(at, name) < aware(start, "start"):
            _refuse("standing", name, at, f"an instant not before the start, {start}")
    ended = done is not None and done <= as_of
    at = done if done is not None and ended else as_of
    known = pauses.until(at)
    by = due(standard, start, calendar, pauses=known)
    hours = measured_in(standard, calendar)
    left = hours.elapsed(at, by, known)
    if ended:
        status = Status.MET if at <= by else Status.MISSED
    elif at > by:
        status = Status.OVERRUN
    else:
        status = _warned(standard.warn_at, left, hours.elapsed(start, by, known))
    return Standing(status, by, left)


def measured_in(standard: ResponseStandard, calendar: Timetable | None) -> Timetable:
    """Give the calendar in which to say how much time is left."""
    in_hours = standard.clock in {Clock.WORKING_TIME, Clock.BUSINESS_DAYS}
    return calendar if in_hours and calendar is not None else _REAL_TIME


def _warned(warn_at: Fraction | None, left: timedelta, whole: timedelta) -> Status:
    """Tell, exactly, whether so much of the whole is used that it is time to warn."""
    if warn_at is None:
        return Status.RUNNING
    used = (whole - left) * warn_at.denominator
    return Status.WARNING if used >= whole * warn_at.numerator else Status.RUNNING


def _refuse(question: str, name: str, value: object, allowed: str) -> NoReturn:
    raise RecordError(question, (Problem(name, shown(value), allowed),))
