"""The calendar in whole numbers: the period that a day falls in, and what it is called.

Engines name days and weeks in ways of their own, or not at all; they all count alike.
"""

from collections.abc import Callable, Mapping
from typing import Final

from attrs import frozen

from servicekit.extra.frames._instants import floored
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._workings import Cell
from servicekit.kpi import Length

__all__ = ["Put", "number_of", "text_of"]

Put = Callable[..., Cell]
"""What has an expression computed, after the pieces that it needs."""

_FROM_MARCH_0: Final = 719_468
"""The days from 1 March of the year 0 to 1 January 1970."""
_FROM_YEAR_1: Final = 719_162
"""The days from 1 January of the year 1 to 1 January 1970."""


def number_of(length: Length, put: Put, day: Cell) -> Cell:
    """Number the periods that days since 1970 fall in, in the order of time."""
    return _NUMBERS[length](put, day)


def text_of(length: Length, put: Put, number: Cell) -> Cell:
    """Name periods by their numbers, as `Period.label` does."""
    return _TEXTS[length](put, number)


@frozen
class _Civil:
    """Days of the calendar."""

    year: Cell
    month: Cell
    day: Cell


def _civil(put: Put, since_1970: Cell) -> _Civil:
    """Give year, month and day, for any year from 0 on.

    Years are taken from March on, so that the day that some lack is their last one; 400 of them
    make an era of 146,097 days. Months from March on have 153 days in every five.
    """
    since = put(since_1970.column + _FROM_MARCH_0, since_1970)
    era = put(since.column // 146_097, since)
    of_era = put(since.column - era.column * 146_097, since, era)
    leaps = of_era.column // 1460 - of_era.column // 36_524 + of_era.column // 146_096
    year = put((of_era.column - leaps) // 365, of_era)
    before = year.column * 365 + year.column // 4 - year.column // 100
    of_year = put(of_era.column - before, of_era, year)
    month = put((of_year.column * 5 + 2) // 153, of_year)
    day = put(of_year.column - (month.column * 153 + 2) // 5 + 1, of_year, month)
    january = put((month.column + 2) // 12, month)
    return _Civil(
        put(era.column * 400 + year.column + january.column, era, year, january),
        put(month.column + 3 - january.column * 12, month, january),
        day,
    )


def _month(put: Put, day: Cell) -> Cell:
    civil = _civil(put, day)
    return put(civil.year.column * 12 + civil.month.column - 1, civil.year, civil.month)


def _quarter(put: Put, day: Cell) -> Cell:
    month = _month(put, day)
    return put(month.column // 3, month)


_NUMBERS: Final[Mapping[Length, Callable[[Put, Cell], Cell]]] = {
    Length.DAY: lambda _, day: day,
    Length.WEEK: lambda put, day: put(floored(day.column + 3, 7), day),
    Length.MONTH: _month,
    Length.QUARTER: _quarter,
    Length.YEAR: lambda put, day: _civil(put, day).year,
}
"""How periods are numbered; 1970 began on the Thursday of week 0."""


def _digits(number: nw.Expr, width: int) -> nw.Expr:
    """Write numbers with zeros in front."""
    return (number + 10**width).cast(nw.Int64).cast(nw.String).str.slice(1, width)


def _written(put: Put, *parts: tuple[nw.Expr, int], between: str, needs: tuple[Cell, ...]) -> Cell:
    texts = [_digits(number, width) for number, width in parts]
    return put(nw.concat_str(*texts, separator=between), *needs)


def _day_text(put: Put, day: Cell) -> Cell:
    civil = _civil(put, day)
    needs = (civil.year, civil.month, civil.day)
    parts = zip((cell.column for cell in needs), (4, 2, 2), strict=True)
    return _written(put, *parts, between="-", needs=needs)


def _week_text(put: Put, week: Cell) -> Cell:
    """Name weeks as ISO 8601 does: by the year that their Thursday is in."""
    thursday = put(week.column * 7, week)
    year = _civil(put, thursday).year
    before = put(year.column - 1, year)
    leaps = before.column // 4 - before.column // 100 + before.column // 400
    new_year = put(before.column * 365 + leaps - _FROM_YEAR_1, before)
    number = (thursday.column - new_year.column) // 7 + 1
    parts = ((year.column, 4), (number, 2))
    return _written(put, *parts, between="-W", needs=(thursday, year, new_year))


def _part_text(put: Put, number: Cell, *, of_year: int, width: int, between: str) -> Cell:
    year = put(number.column // of_year, number)
    part = number.column - year.column * of_year + 1
    return _written(put, (year.column, 4), (part, width), between=between, needs=(number, year))


_TEXTS: Final[Mapping[Length, Callable[[Put, Cell], Cell]]] = {
    Length.DAY: _day_text,
    Length.WEEK: _week_text,
    Length.MONTH: lambda put, month: _part_text(put, month, of_year=12, width=2, between="-"),
    Length.QUARTER: lambda put, number: _part_text(put, number, of_year=4, width=1, between="-Q"),
    Length.YEAR: lambda put, year: put(_digits(year.column, 4), year),
}
