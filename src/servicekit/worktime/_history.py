"""Opening hours that change: from each date on, another calendar."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, tzinfo
from types import MappingProxyType
from typing import Any, Final, cast

from attrs import field, frozen

from servicekit.errors import DefinitionError, Problem, shown
from servicekit.worktime._calendar import WorkCalendar, plan_of
from servicekit.worktime._days import Succession
from servicekit.worktime._hours import DATE, is_date
from servicekit.worktime._line import Timeline
from servicekit.worktime._timetable import Timetable
from servicekit.worktime._zone import identity

__all__ = ["CalendarHistory"]

_CHANGES: Final = "a mapping of dates to calendars, each a WorkCalendar"
_CALENDAR: Final = "a WorkCalendar"
_ONE_ZONE: Final = "a WorkCalendar in the time zone of the first"


def _changes(value: Mapping[date, WorkCalendar]) -> Mapping[date, WorkCalendar]:
    """Put changes in order; what is no mapping of dates is left to be refused."""
    if not isinstance(value, Mapping) or not all(map(is_date, value)):
        return value
    return MappingProxyType(dict(sorted(value.items(), key=lambda change: change[0])))


def _items(changes: Mapping[date, WorkCalendar]) -> tuple[tuple[date, WorkCalendar], ...]:
    return tuple(changes.items())


@frozen
class CalendarHistory(Timetable):
    """A first calendar, and from each of some dates on another one, all in one time zone.

    It answers what a `WorkCalendar` answers, each date by the hours in force on it: a deadline of
    last year stays what it was, and one that runs over a change counts the old hours before it and
    the new ones after. A shift begun the evening before a change runs on.

    Raises `DefinitionError` for what is no calendar, no date, or in another zone.
    """

    first: WorkCalendar
    changes: Mapping[date, WorkCalendar] = field(
        converter=_changes, eq=_items, repr=lambda changes: repr(dict(changes))
    )
    tz: tzinfo = field(init=False, eq=False, repr=False)
    _timeline: Timeline = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if problems := tuple(_problems(self.first, self.changes)):
            raise DefinitionError("CalendarHistory", problems)
        later = {day: plan_of(calendar) for day, calendar in self.changes.items()}
        days = Succession(plan_of(self.first), later)
        _set_tz(self, self.first.tz)
        _set_timeline(self, Timeline(days, self.first.tz))

    def __reduce__(self) -> tuple[Any, ...]:
        return CalendarHistory, (self.first, dict(self.changes))

    def on(self, day: date) -> WorkCalendar:
        """Give the calendar in force on a date."""
        later = bisect_right(list(self.changes), day)
        return (self.first, *self.changes.values())[later]


def _problems(first: object, changes: object) -> Iterator[Problem]:
    if not isinstance(first, WorkCalendar):
        yield Problem("first", shown(first), _CALENDAR)
    if not isinstance(changes, Mapping):
        yield Problem("changes", shown(changes), _CHANGES)
        return
    for day, calendar in cast("Mapping[object, object]", changes).items():
        if not is_date(day):
            yield Problem("changes key", shown(day), DATE)
        if not isinstance(calendar, WorkCalendar):
            yield Problem(f"changes[{day!r}]", shown(calendar), _CALENDAR)
        elif isinstance(first, WorkCalendar) and identity(first.tz) != identity(calendar.tz):
            yield Problem(f"changes[{day!r}]", shown(calendar.tz), _ONE_ZONE)


_set_tz: Final = vars(CalendarHistory)["tz"].__set__
_set_timeline: Final = vars(CalendarHistory)["_timeline"].__set__
