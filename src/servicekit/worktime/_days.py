"""What a calendar says of each date, before any clock is asked: its hours, by precedence."""

from bisect import bisect_right
from collections.abc import Container, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol, cast

from servicekit.worktime._hours import Stretches, Weekday
from servicekit.worktime._zone import FIRST_YEAR, LAST_YEAR

__all__ = ["Day", "Days", "Plan", "Succession"]


class Day(NamedTuple):
    """The hours that start on a date, those that a closure takes away, and the breaks."""

    hours: Stretches = ()
    closure: Stretches = ()
    breaks: Stretches = ()


class Days(Protocol):
    """A rule that gives every date its day.

    ``special`` are the first and the last year in which a date may differ from the plain week.
    """

    special: tuple[int, int]

    def on(self, day: date) -> Day:
        """Give what holds for a date."""
        ...


class Plan:
    """A week, with what single dates have in its place."""

    __slots__ = ("_breaks", "_closed", "_overrides", "_week", "special")

    def __init__(
        self,
        week: Mapping[Weekday, Stretches],
        closed: Container[date],
        overrides: Mapping[date, Stretches],
        breaks: Mapping[date, Stretches],
    ) -> None:
        self._week = [Day(week.get(weekday, ())) for weekday in Weekday]
        self._closed = closed
        self._overrides = overrides
        self._breaks = breaks
        self.special = self._years()

    def _years(self) -> tuple[int, int]:
        closed: object = self._closed
        if not isinstance(closed, frozenset):
            return FIRST_YEAR, LAST_YEAR
        dates = cast("frozenset[date]", closed)
        years = [day.year for day in (*dates, *self._overrides, *self._breaks)]
        return min(years, default=LAST_YEAR), max(years, default=FIRST_YEAR)

    def on(self, day: date) -> Day:
        """Give what holds for a date: a closure beats an override, an override the week.

        The container of closures is only asked about dates that would have hours.
        """
        found = self._week[day.weekday()]
        if day in self._overrides:
            found = Day(self._overrides[day])
        if found.hours and day in self._closed:
            found = Day(closure=found.hours)
        if day in self._breaks:
            found = found._replace(breaks=self._breaks[day])
        return found

    def can_open(self) -> bool:
        """Whether the plain week or any override not closed has hours."""
        if any(day.hours for day in self._week):
            return True
        return any(hours and day not in self._closed for day, hours in self._overrides.items())


class Succession:
    """One plan after another, each from a date on; the first one from the beginning."""

    __slots__ = ("_from", "_plans", "special")

    def __init__(self, first: Days, later: Mapping[date, Days]) -> None:
        self._from = list(later)
        self._plans: Sequence[Days] = (first, *later.values())
        special = [
            *(plan.special for plan in self._plans),
            *((day.year, day.year) for day in later),
        ]
        self.special = min(first for first, _ in special), max(last for _, last in special)

    def on(self, day: date) -> Day:
        """Give what the plan in force on a date says of it."""
        return self._plans[bisect_right(self._from, day)].on(day)
