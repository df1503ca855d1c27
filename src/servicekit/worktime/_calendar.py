"""A calendar of opening hours."""

from collections.abc import Container, Iterable, Mapping
from datetime import date, tzinfo
from types import MappingProxyType
from typing import Any, Final, TypeVar, cast

import attrs
from attrs import field, frozen

from servicekit._values import in_order
from servicekit.errors import DefinitionError, Problem
from servicekit.worktime._days import Plan
from servicekit.worktime._hours import (
    Refused,
    Stretches,
    Times,
    Weekday,
    breaks,
    dates,
    overrides,
    stretches,
    week,
    zone,
)
from servicekit.worktime._line import Timeline
from servicekit.worktime._timetable import Timetable
from servicekit.worktime._zone import identity, zone_key

__all__ = ["WorkCalendar", "always", "plan_of"]

_K = TypeVar("_K")

_NOWHERE: Final[Mapping[date, Times]] = MappingProxyType({})
_SOME_HOURS: Final = "opening hours on some weekday, or on some date that is not closed"


def _items(mapping: Mapping[Any, Times]) -> object:
    return tuple(mapping.items())


def _as_dict(mapping: Mapping[Any, Times]) -> str:
    return repr(dict(mapping))


def _shown(closed: Container[date]) -> str:
    if isinstance(closed, frozenset):
        return in_order(cast("frozenset[date]", closed))
    return repr(closed)


@frozen
class WorkCalendar(Timetable):
    """Opening hours by the week, in a time zone, with what single dates have in their place.

    ``weekly`` maps a `Weekday` (or 0 for Monday and so on) to the day's ``(start, end)`` intervals,
    each time a ``datetime.time`` or text such as ``"09:00"``. They are half-open and their union
    counts. An end before its start lies on the next day; ``"24:00"`` ends the day.

    ``closed`` is any container of dates, such as a set or a country of the ``holidays`` package; it
    is asked date by date, and has to give the same answer every time. ``overrides`` maps a date to
    the intervals that replace that day's; none at all means closed. ``breaks`` maps a date to the
    stretches of it that are closed. For a date, a closure beats an override and an override beats
    the week; breaks are taken off whatever is open. Hours belong to the date that they start on:
    a closure leaves a shift alone that was begun the evening before.

    ``tz`` is the zone of all these times, as a ``tzinfo`` object of any make. Calendars that differ
    only in the make of a zone with a key are equal.

    >>> from datetime import datetime, timezone, timedelta
    >>> office = WorkCalendar(
    ...     dict.fromkeys(range(Weekday.MONDAY, Weekday.SATURDAY), [("09:00", "17:00")]),
    ...     timezone(timedelta(hours=2)),
    ...     closed=[date(2026, 5, 1)],
    ... )
    >>> thursday = datetime(2026, 4, 30, 16, 0, tzinfo=office.tz)
    >>> print(office.deadline(thursday, timedelta(hours=3)))
    2026-05-04 11:00:00+02:00

    Raises `DefinitionError` with every part that cannot be read, for an interval of no length, and
    for a calendar that can never open.
    """

    weekly: Mapping[Weekday, Times] = field(converter=week, eq=_items, repr=_as_dict)
    tz: tzinfo = field(converter=zone, eq=identity, hash=False)
    closed: Container[date] = field(
        default=(), kw_only=True, converter=dates, hash=False, repr=_shown
    )
    overrides: Mapping[date, Times] = field(
        default=_NOWHERE, kw_only=True, converter=overrides, eq=_items, repr=_as_dict
    )
    breaks: Mapping[date, Times] = field(
        default=_NOWHERE, kw_only=True, converter=breaks, eq=_items, repr=_as_dict
    )
    _timeline: Timeline = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        given: Iterable[Any] = (self.weekly, self.tz, self.closed, self.overrides, self.breaks)
        _refuse(
            [problem for each in given if isinstance(each, Refused) for problem in each.problems]
        )
        plan = plan_of(self)
        if not plan.can_open():
            _refuse([Problem("weekly", _as_dict(self.weekly), _SOME_HOURS)])
        _set_timeline(self, Timeline(plan, self.tz))

    def __reduce__(self) -> tuple[Any, ...]:
        given = dict(self.weekly), self.tz, self.closed, dict(self.overrides), dict(self.breaks)
        return _again, given

    @property
    def zone_key(self) -> str | None:
        """The key by which the zone can be had again, such as "Europe/Helsinki"; None without one.

        A fixed offset is its own key, such as "UTC+02:00".
        """
        return zone_key(self.tz)

    def freeze(self, first: date, last: date) -> "WorkCalendar":
        """Give this calendar with the closures from one date to another as plain dates.

        Such a calendar can be saved; outside these dates it knows of no closure.
        """
        span = range(first.toordinal(), last.toordinal() + 1)
        listed = frozenset(day for day in map(date.fromordinal, span) if day in self.closed)
        return attrs.evolve(self, closed=listed)


def plan_of(calendar: WorkCalendar) -> Plan:
    """Read the times of a calendar's dates."""
    return Plan(
        _read(calendar.weekly), calendar.closed, _read(calendar.overrides), _read(calendar.breaks)
    )


def _read(hours: Mapping[_K, Times]) -> dict[_K, Stretches]:
    return {day: stretches(times) for day, times in hours.items()}


def _refuse(problems: Iterable[Problem]) -> None:
    if problems := tuple(problems):
        raise DefinitionError("WorkCalendar", problems)


def _again(
    weekly: Mapping[Any, Times],
    tz: tzinfo,
    closed: Container[date],
    overrides: Mapping[date, Times],
    breaks: Mapping[date, Times],
) -> WorkCalendar:
    return WorkCalendar(weekly, tz, closed=closed, overrides=overrides, breaks=breaks)


_set_timeline: Final = vars(WorkCalendar)["_timeline"].__set__

_ROUND_THE_CLOCK: Final = (("00:00", "24:00"),)


def always(tz: tzinfo) -> WorkCalendar:
    """Make the calendar that is open round the clock."""
    return WorkCalendar(dict.fromkeys(Weekday, _ROUND_THE_CLOCK), tz)
