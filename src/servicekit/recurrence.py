"""Recurrence: dates that come round every so many days, weeks or months.

>>> from datetime import date
>>> monthly = Recurrence(1, Unit.MONTH)
>>> [day.isoformat() for day in monthly.occurrences(date(2027, 12, 31), date(2028, 3, 31))]
['2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31']

This module imports python-dateutil; the core does not import this module.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from servicekit._rules import FLAG, Rule, is_a
from servicekit._terms import Term
from servicekit._values import Value, refuse
from servicekit.errors import Problem, RecordError, shown

__all__ = ["Recurrence", "Unit"]


class Unit(Term):
    """What a recurrence counts in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


_POSITIVE: Final = Rule("{v}.__class__ is int and {v} > 0", "a whole number, 1 or more")
_A_DATE: Final = "a datetime.date that is no datetime"
_WITHIN: Final = "a date with an occurrence after it, in the years that Python knows"


@frozen
class Recurrence(Value):
    """Every so many days, weeks or months, counted from a start that is an occurrence itself.

    A month without the start's day has its occurrence on its last day, and later months go back to
    the day of the start: from 31 January every month it is 28 February, 31 March. With
    ``month_end`` every occurrence is on the last day of its month, the first one in that of the
    start: from 30 April it is 30 April, 31 May.
    """

    every: int = field(validator=_POSITIVE)
    unit: Unit = field(validator=is_a(Unit))
    month_end: bool = field(default=False, kw_only=True, validator=FLAG)

    def __attrs_post_init__(self) -> None:
        if self.month_end and self.unit is not Unit.MONTH:
            refuse(self, "month_end", "True only where the unit is Unit.MONTH")

    def occurrences(self, start: date, until: date) -> tuple[date, ...]:
        """Give every occurrence from the start, which counts, up to a date, which may be one."""
        _check(start, "start")
        _check(until, "until")
        found: list[date] = []
        for day in self._from(start, 0):
            if day > until:
                break
            found.append(day)
        return tuple(found)

    def next_after(self, start: date, after: date) -> date:
        """Give the first occurrence after a date; that may be the start itself."""
        _check(start, "start")
        _check(after, "after")
        for day in self._from(start, max(0, self._passed(start, after) - 1)):
            if day > after:
                return day
        raise RecordError("Recurrence.next_after", (Problem("after", shown(after), _WITHIN),))

    def _passed(self, start: date, after: date) -> int:
        """How many occurrences have passed by a date, to within one."""
        if self.unit is Unit.MONTH:
            return (12 * (after.year - start.year) + after.month - start.month) // self.every
        days = self.every * (7 if self.unit is Unit.WEEK else 1)
        return (after - start).days // days

    def _from(self, start: date, number: int) -> Iterator[date]:
        """Give the occurrences from a number on, each counted from the start, to the last year."""
        while True:
            try:
                yield start + self._step(number * self.every)
            except (ValueError, OverflowError):
                return
            number += 1

    def _step(self, number: int) -> relativedelta:
        if self.unit is Unit.MONTH:
            return relativedelta(months=number, day=31 if self.month_end else None)
        return relativedelta(weeks=number) if self.unit is Unit.WEEK else relativedelta(days=number)


def _check(day: date, name: str) -> None:
    if not isinstance(day, date) or isinstance(day, datetime):
        raise RecordError("Recurrence", (Problem(name, shown(day), _A_DATE),))
