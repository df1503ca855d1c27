"""Working time as data: weekdays by name, dates and durations as ISO 8601 text, zones by key."""

import re
from collections.abc import Callable
from datetime import date, timedelta, timezone, tzinfo
from typing import Any, Final, cast

from servicekit.errors import Problem, RecordError, shown
from servicekit.serialize._errors import wrong
from servicekit.worktime import Weekday, WorkCalendar
from servicekit.worktime._hours import interval, is_date

__all__ = [
    "Zones",
    "check_saveable",
    "duration_text",
    "read_date",
    "read_duration",
    "read_interval",
    "read_weekday",
    "weekday_key",
    "zone_form",
]

Zones = Callable[[str], tzinfo | None]
"""What gives a time zone for its key, such as ``zoneinfo.ZoneInfo``."""

# --- Days and hours -------------------------------------------------------------------------------

_WEEKDAYS: Final = {day.name.lower(): day for day in Weekday}
_A_WEEKDAY: Final = f"a weekday: {', '.join(_WEEKDAYS)}"
_A_DATE: Final = "a date, such as 2026-05-01"


def weekday_key(day: Weekday) -> str:
    """Name a weekday."""
    return day.name.lower()


def read_weekday(key: Any) -> Weekday:
    """Find the weekday of a name."""
    if key.__class__ is not str or key not in _WEEKDAYS:
        raise wrong(key, _A_WEEKDAY)
    return _WEEKDAYS[key]


def read_date(value: Any) -> date:
    """Read the one form of a date that is written; take what is one already."""
    if is_date(value):
        return cast("date", value)
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise wrong(value, _A_DATE) from None
    if day.isoformat() != value:  # a form that Python reads and nobody expects: 2026-W18-5
        raise wrong(value, _A_DATE)
    return day


def read_interval(value: Any) -> tuple[str, str]:
    """Read one interval of opening hours."""
    read = interval(value, "")
    if isinstance(read, Problem):
        raise RecordError("data", (read,))
    return read


# --- Durations ------------------------------------------------------------------------------------

_DAY: Final = timedelta(days=1)
_DURATION: Final = re.compile(
    r"(?P<sign>-?)P(?=\d|T)(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?"
    r"(?:(?P<seconds>\d+)(?:\.(?P<microseconds>\d{1,6}))?S)?)?",
    re.ASCII,
)
_A_DURATION: Final = "a duration in days, hours, minutes and seconds, such as P3D or PT1H30M"


def duration_text(duration: timedelta) -> str:
    """Write whole days as days and anything else as hours, minutes and seconds."""
    sign = "-" if duration.days < 0 else ""
    days, rest = divmod(abs(duration), _DAY)
    if not rest:
        return f"{sign}P{days}D"
    minutes, seconds = divmod(rest.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{rest.microseconds:06}".rstrip("0") if rest.microseconds else ""
    parts = (f"{24 * days + hours}H", f"{minutes}M", f"{seconds}{fraction}S")
    return f"{sign}PT{''.join(part for part in parts if part[:2] not in {'0H', '0M', '0S'})}"


def read_duration(value: Any) -> timedelta:
    """Read a duration; a day is 24 hours."""
    match = _DURATION.fullmatch(value) if value.__class__ is str else None
    if match is None:
        raise wrong(value, _A_DURATION)
    sign, *_, fraction = match.groups(default="0")
    units = ("days", "hours", "minutes", "seconds")
    try:
        found = timedelta(**{unit: int(match[unit] or 0) for unit in units})
        found += timedelta(microseconds=int(fraction.ljust(6, "0")))
        found *= -1 if sign else 1
    except (OverflowError, ValueError):  # longer than Python knows
        raise wrong(value, _A_DURATION) from None
    return found


# --- Zones ----------------------------------------------------------------------------------------

_FIXED: Final = re.compile(
    r"UTC(?:(?P<sign>[+-])(?P<hours>[01]\d|2[0-3])"
    r":(?P<minutes>[0-5]\d)(?::(?P<seconds>[0-5]\d)(?:\.(?P<microseconds>\d{6}))?)?)?",
    re.ASCII,
)
_A_KEY: Final = "the key of a time zone, such as 'Europe/Helsinki' or 'UTC+02:00'"
_UNTOLD: Final = (
    "'UTC' or a fixed offset such as 'UTC+02:00'; for any other key give the converter a function "
    "from key to zone, as in make_converter(zone=zoneinfo.ZoneInfo)"
)
_UNKNOWN: Final = "a key for which the function given as zone= has a time zone"


def zone_form(zone: Zones | None) -> Callable[[Any], tzinfo]:
    """Make the form of a zone's key: a fixed offset, or one that the caller's function knows."""

    def read_zone(key: Any) -> tzinfo:
        if key.__class__ is not str:
            raise wrong(key, _A_KEY)
        if match := _FIXED.fullmatch(key):
            return _fixed(match)
        if zone is None:
            raise wrong(key, _UNTOLD)
        try:
            found = zone(key)
        except (LookupError, OSError, ValueError) as error:
            raise wrong(key, _UNKNOWN) from error
        if not isinstance(found, tzinfo):
            raise wrong(key, _UNKNOWN)
        return found

    return read_zone


def _fixed(match: re.Match[str]) -> timezone:
    units = ("hours", "minutes", "seconds", "microseconds")
    offset = timedelta(**{unit: int(match[unit] or 0) for unit in units})
    return timezone(-offset if match["sign"] == "-" else offset)


# --- What can be saved ----------------------------------------------------------------------------

_WITH_A_KEY: Final = (
    "a zone with a key, such as zoneinfo.ZoneInfo('Europe/Helsinki') or a fixed offset"
)
_LISTED: Final = "dates that can be listed; calendar.freeze(first, last) makes such a calendar"


def check_saveable(calendar: WorkCalendar) -> None:
    """Refuse a calendar that could not be read again as it was."""
    problems: list[Problem] = []
    if calendar.zone_key is None:
        problems.append(Problem("tz", shown(calendar.tz), _WITH_A_KEY))
    if not isinstance(calendar.closed, frozenset):
        problems.append(Problem("closed", shown(calendar.closed), _LISTED))
    if problems:
        raise RecordError("WorkCalendar", tuple(problems))
