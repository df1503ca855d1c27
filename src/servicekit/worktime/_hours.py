"""Opening hours as one writes them: read, or refused with every fault that they have."""

import re
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from enum import IntEnum
from types import MappingProxyType
from typing import Any, Final, TypeVar, cast

from attrs import frozen

from servicekit.errors import Problem, shown

__all__ = [
    "DATE",
    "Hours",
    "Refused",
    "Stretch",
    "Stretches",
    "Times",
    "Weekday",
    "breaks",
    "dates",
    "interval",
    "is_date",
    "overrides",
    "stretches",
    "week",
    "zone",
]

Times = tuple[tuple[str, str], ...]
"""Opening hours of a day as they are kept: pairs of text, ``"HH:MM"`` or with seconds."""
Hours = Sequence[tuple[time | str, time | str]]
"""Opening hours of a day as they may be given."""
Stretch = tuple[timedelta, timedelta]
"""From when to when, both since midnight, or both since the epoch."""

Stretches = tuple[Stretch, ...]

_K = TypeVar("_K")


class Weekday(IntEnum):
    """A day of the week, numbered as in ``datetime.date.weekday``."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6

    def __repr__(self) -> str:
        return f"Weekday.{self.name}"


@frozen
class Refused:
    """What a reader gives in place of a value that it could not read."""

    problems: tuple[Problem, ...]


_A_PAIR: Final = (
    "a pair (start, end) of times, each a datetime.time without a zone or text such as '09:00' "
    "or '09:00:30'; the end may be '24:00'"
)
_SOME_LENGTH: Final = "a start and an end that differ; the whole day is ('00:00', '24:00')"
_A_WEEK: Final = "a mapping of weekdays, Weekday.MONDAY or 0 and so on, to lists of (start, end)"
_A_WEEKDAY: Final = "a Weekday, or a whole number from 0 for Monday to 6 for Sunday"
_DAYS: Final = "a mapping of dates to lists of (start, end)"
DATE: Final = "a datetime.date that is no datetime"
_A_LIST: Final = "a list or tuple of (start, end)"
_DATES: Final = "a container of datetime.date objects, such as a set, or one from `holidays`"
_A_ZONE: Final = "a tzinfo object, such as zoneinfo.ZoneInfo('Europe/Helsinki')"

_TIME: Final = re.compile(r"(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?", re.ASCII)
_MIDNIGHT: Final = timedelta(0)
_NEXT_MIDNIGHT: Final = timedelta(days=1)


def zone(value: tzinfo) -> tzinfo:
    """Take a time zone."""
    refused = Refused((Problem("tz", shown(value), _A_ZONE),))
    return value if isinstance(value, tzinfo) else cast("tzinfo", refused)


def dates(value: Container[date]) -> Container[date]:
    """Take a container of dates; a plain set, list, tuple or dict becomes a frozen set."""
    if value.__class__ in {set, frozenset, list, tuple, dict}:
        listed = tuple(cast("Sequence[object]", value))
        wrong = [day for day in listed if not is_date(day)]
        problems = tuple(Problem("closed", shown(day), f"only {DATE}") for day in wrong)
        return cast("Container[date]", Refused(problems) if wrong else frozenset(listed))
    kind: type = type(value)
    if kind is str or not hasattr(kind, "__contains__"):
        return cast("Container[date]", Refused((Problem("closed", shown(value), _DATES),)))
    return value


def is_date(value: object) -> bool:
    """Whether something is a date and no instant."""
    return isinstance(value, date) and not isinstance(value, datetime)


def week(value: Mapping[Weekday, Hours] | Mapping[int, Hours]) -> Mapping[Weekday, Times]:
    """Read the hours of a week; a day without any may be left out."""
    read = _mapping(value, "weekly", _A_WEEK, _weekday)
    if isinstance(read, Refused):
        return cast("Mapping[Weekday, Times]", read)
    return MappingProxyType({day: hours for day, hours in sorted(read.items()) if hours})


def overrides(value: Mapping[date, Hours]) -> Mapping[date, Times]:
    """Read the hours of dates that differ from their weekday's."""
    return _by_date(value, "overrides")


def breaks(value: Mapping[date, Hours]) -> Mapping[date, Times]:
    """Read the breaks of dates."""
    return _by_date(value, "breaks")


def _by_date(value: Mapping[date, Hours], name: str) -> Mapping[date, Times]:
    read = _mapping(value, name, _DAYS, _date)
    if isinstance(read, Refused):
        return cast("Mapping[date, Times]", read)
    return MappingProxyType(dict(sorted(read.items())))


def _weekday(value: object) -> Weekday | str:
    known = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(Weekday)
    return Weekday(cast("int", value)) if known else _A_WEEKDAY


def _date(value: object) -> date | str:
    return cast("date", value) if is_date(value) else DATE


def _mapping(
    value: object, name: str, allowed: str, key: Callable[[object], _K | str]
) -> dict[_K, Times] | Refused:
    """Read every key and its intervals, or list what is wrong with any of them."""
    if not isinstance(value, Mapping):
        return Refused((Problem(name, shown(value), allowed),))
    read: dict[_K, Times] = {}
    problems: list[Problem] = []
    for given, hours in cast("Mapping[object, object]", value).items():
        known = key(given)
        if isinstance(known, str):
            problems.append(Problem(f"{name} key", shown(given), known))
            continue
        found = _intervals(hours, f"{name}[{known!r}]")
        problems += [each for each in found if isinstance(each, Problem)]
        read[known] = tuple(sorted(each for each in found if not isinstance(each, Problem)))
    return Refused(tuple(problems)) if problems else read


def _intervals(hours: object, name: str) -> list[tuple[str, str] | Problem]:
    if not isinstance(hours, (list, tuple)):
        return [Problem(name, shown(hours), _A_LIST)]
    given = cast("Sequence[object]", hours)
    return [interval(each, f"{name}[{at}]") for at, each in enumerate(given)]


def interval(value: Any, name: str) -> tuple[str, str] | Problem:
    """Read one interval, or say what is wrong with it under the name of its place."""
    match value:
        case (first, last):
            start, end = _time(first), _time(last)
        case _:
            start = end = None
    if start is None or end is None or start == _NEXT_MIDNIGHT:
        return Problem(name, shown(value), _A_PAIR)
    if start == end:
        return Problem(name, shown(value), _SOME_LENGTH)
    return _text(start), _text(end or _NEXT_MIDNIGHT)


def _time(value: object) -> timedelta | None:
    if isinstance(value, time):
        return None if value.tzinfo or value.fold else _since_midnight(value.isoformat())
    return _since_midnight(value) if isinstance(value, str) else None


def _since_midnight(text: str) -> timedelta | None:
    if not (match := _TIME.fullmatch(text)):
        return None
    hours, minutes, seconds, parts = match.groups(default="0")
    if int(minutes) > 59 or int(seconds) > 59:  # noqa: PLR2004 - as every clock has it
        return None
    read = timedelta(0, int(seconds), int(parts.ljust(6, "0")), 0, int(minutes), int(hours))
    return read if read <= _NEXT_MIDNIGHT else None


def _text(since_midnight: timedelta) -> str:
    if since_midnight == _NEXT_MIDNIGHT:
        return "24:00"
    return (
        (datetime.combine(date.min, time.min) + since_midnight)
        .time()
        .isoformat()
        .removesuffix(":00")
    )


def stretches(hours: Times) -> Stretches:
    """Turn pairs that were read into times since midnight, each end after its start."""
    return tuple(map(_stretch, hours))


def _stretch(times: tuple[str, str]) -> Stretch:
    start, end = (cast("timedelta", _since_midnight(text)) for text in times)
    return start, end if end > start else end + _NEXT_MIDNIGHT
