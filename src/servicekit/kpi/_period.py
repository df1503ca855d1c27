"""Calendar periods to group rows by."""

from collections.abc import Callable
from datetime import date, timedelta, tzinfo
from typing import Any, Final

from attrs import field, frozen

from servicekit._rules import TEXT, Rule
from servicekit._terms import Term
from servicekit._values import Definition
from servicekit.errors import shown
from servicekit.kpi._chunk import Chunk
from servicekit.kpi._numbers import DAY, EPOCH, EPOCH_DAY, Unreadable, is_unknown

__all__ = ["Length", "Period", "labels"]


class Length(Term):
    """How long a calendar period is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


_LABELS: Final[dict[Length, Callable[[date], str]]] = {
    Length.DAY: lambda day: f"{day.year:04}-{day.month:02}-{day.day:02}",
    Length.WEEK: _week,
    Length.MONTH: lambda day: f"{day.year:04}-{day.month:02}",
    Length.QUARTER: lambda day: f"{day.year:04}-Q{(day.month + 2) // 3}",
    Length.YEAR: lambda day: f"{day.year:04}",
}
"""The names of periods: ISO 8601 where it has one, and in the order of time as texts."""

_QUARTER_HOUR: Final = DAY // 96
_ZONE: Final = Rule("{v} is None or isinstance({v}, {kind})", "a tzinfo, or None", kind=tzinfo)
_LENGTH: Final = Rule("isinstance({v}, {kind})", f"a Length: {', '.join(Length)}", kind=Length)


def _length(value: str) -> Any:
    return Length(value) if value in set(Length) else value


@frozen
class Period(Definition):
    """The calendar period that an instant or a date of a row falls in, by the clocks of a zone.

    Instants need the zone, dates have none. The groups are texts: 2026-05-04 for a day, 2026-W19
    for a week (ISO 8601: it begins on Monday), 2026-05, 2026-Q2, 2026.

    >>> from datetime import timezone
    >>> print(Period("received_at", "month", timezone.utc))
    month of received_at in UTC
    """

    column: str = field(validator=TEXT)
    length: Length = field(converter=_length, validator=_LENGTH)
    tz: tzinfo | None = field(default=None, validator=_ZONE)

    def label(self, day: date) -> str:
        """Name the period that a day falls in."""
        return _LABELS[self.length](day)

    def __str__(self) -> str:
        where = "" if self.tz is None else f" in {self.tz}"
        return f"{self.length} of {self.column}{where}"


def labels(period: Period, chunk: Chunk) -> list[str | None]:
    """Name the period of every row."""
    values, dates = chunk.instants(period.column)
    if dates:
        names = _Names(lambda day: period.label(date.fromordinal(EPOCH_DAY + day)))
        return [None if at is None else names[at // DAY] for at in values]
    if dates is None:
        return [None] * len(values)
    if period.tz is None:
        known = next(value for value in chunk.column(period.column) if not is_unknown(value))
        raise Unreadable(period.column, shown(known), "a date, or a Period with the zone it is in")
    quarters = _Names(lambda quarter: _of_quarter(period, quarter))
    return [
        None if at is None else quarters[at // _QUARTER_HOUR] or _of_instant(period, at)
        for at in values
    ]


class _Names(dict[int, str | None]):
    """Names made when they are first met."""

    def __init__(self, make: Callable[[int], str | None]) -> None:
        self._make = make

    def __missing__(self, number: int) -> str | None:
        self[number] = name = self._make(number)
        return name


def _of_quarter(period: Period, quarter: int) -> str | None:
    """Name the period that a quarter of an hour falls in; None if it falls in two."""
    first = _of_instant(period, quarter * _QUARTER_HOUR)
    last = _of_instant(period, (quarter + 1) * _QUARTER_HOUR - 1)
    return first if first == last else None


def _of_instant(period: Period, at: int) -> str:
    return period.label((EPOCH + timedelta(microseconds=at)).astimezone(period.tz))
