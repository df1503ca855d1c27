"""The line of instants, cut where it opens and closes; every question is a search or two on it.

The line is built by the year, from what the years that are asked for need, and kept. A line never
changes: a longer one takes its place, so that threads that build at once waste work and no more.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, timezone, tzinfo
from operator import itemgetter
from typing import Final, NamedTuple, TypeVar

from servicekit.worktime._days import Days
from servicekit.worktime._hours import Stretch, Stretches
from servicekit.worktime._zone import (
    DAY,
    EPOCH,
    FIRST_YEAR,
    HIGH,
    LAST_YEAR,
    ZERO,
    Offsets,
    new_year,
)

__all__ = [
    "Cut",
    "Line",
    "Timeline",
    "Year",
    "cut",
    "merged",
    "offsets_around",
    "shut",
    "unchanging",
    "without",
]

_T = TypeVar("_T")

_BEFORE: Final = 2
_AFTER: Final = 1
"""How far the date of hours may lie from the day, in UTC, of an instant that they cover: hours end
within two days of their date's midnight, and no clock is a whole day off UTC."""
_EPOCH_DAY: Final = EPOCH.toordinal()
_LAST: Final = HIGH - timedelta.resolution


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Give the union of stretches, in order, those that touch made one."""
    union: list[Stretch] = []
    for start, end in sorted(stretches):
        if union and start <= union[-1][1]:
            if end > union[-1][1]:
                union[-1] = union[-1][0], end
        else:
            union.append((start, end))
    return union


def without(stretches: Iterable[Stretch], breaks: Sequence[Stretch]) -> Iterator[Stretch]:
    """Take breaks, in order and apart, off stretches."""
    for start, end in stretches:
        rest = start
        for begin, over in breaks[bisect_right(breaks, start, key=itemgetter(1)) :]:
            if begin >= end:
                break
            if begin > rest:
                yield rest, begin
            rest = over
        if rest < end:
            yield rest, end


class Cut(NamedTuple):
    """What some dates come to on the line: the open stretches by date, and why others are not."""

    hours: list[tuple[int, list[Stretch]]]
    closures: list[Stretch]
    breaks: list[Stretch]


def cut(days: Days, offsets: Offsets, low: timedelta, high: timedelta) -> Cut:
    """Find every stretch that may touch those between two instants."""
    hours: list[tuple[int, list[Stretch]]] = []
    closures: list[Stretch] = []
    breaks: list[Stretch] = []
    for number in range(low.days - _BEFORE, high.days + _AFTER + 1):
        day = days.on(date.fromordinal(_EPOCH_DAY + number))
        midnight = timedelta(number)
        if day.hours:
            hours.append((number, list(_resolved(midnight, day.hours, offsets))))
        if day.closure:
            closures += _resolved(midnight, day.closure, offsets)
        if day.breaks:
            breaks += _resolved(midnight, day.breaks, offsets)
    return Cut(hours, closures, merged(breaks))


def _resolved(midnight: timedelta, hours: Stretches, offsets: Offsets) -> Iterator[Stretch]:
    """Place times of a day on the line; one left empty by a change of the clocks is none."""
    for start, end in hours:
        begin, over = offsets.instant(midnight + start), offsets.instant(midnight + end)
        if begin < over:
            yield begin, over


def offsets_around(tz: tzinfo, low: timedelta, high: timedelta) -> Offsets:
    """Find the offsets that the dates about a part of the line need."""
    return Offsets(tz, low - (_BEFORE + 1) * DAY, high + (_AFTER + 3) * DAY)


class Year:
    """One year in UTC: its open stretches, its days with opening hours and their last closing."""

    __slots__ = ("closings", "days", "high", "low", "number", "opens", "zones")

    def __init__(self, days: Days, tz: tzinfo, number: int) -> None:
        self.number = number
        self.low, self.high = new_year(number), new_year(number + 1)
        offsets = offsets_around(tz, self.low, self.high)
        found = cut(days, offsets, self.low, self.high)
        hours = [(day, list(without(of, found.breaks))) for day, of in found.hours]
        opens = merged(stretch for _, of in hours for stretch in of)
        self.opens = [
            (max(start, self.low), min(end, self.high))
            for start, end in opens
            if start < self.high and end > self.low
        ]
        changes = [each for each in offsets.changes if self.low < each <= self.high]
        self.zones = [(each, timezone(offsets.at(each))) for each in (self.low, *changes)]
        own = [(day, of) for day, of in hours if of and self.low.days <= day < self.high.days]
        self.days = [day for day, _ in own]
        self.closings = [max(end for _, end in of) for _, of in own]


def shut(year: Year) -> bool:
    """Whether a year never opens."""
    return not year.opens


def unchanging(year: Year) -> bool:
    """Whether a year never opens, or never closes."""
    return shut(year) or year.opens == [(year.low, year.high)]


class Line:
    """Some years on end.

    Of the stretch that starts last at or before an instant t, all lists of the same index say:
    where it ends, what is open up to its end (``before``), and what to add to t for what is open
    up to t (``shift``). The first entry stands for what is left of the first stretch.
    """

    __slots__ = (
        "_before",
        "_changes",
        "_ends",
        "_shift",
        "_starts",
        "_zones",
        "closings",
        "days",
        "high",
        "low",
        "years",
    )

    def __init__(self, years: Sequence[Year]) -> None:
        self.years = years
        self.low, self.high = (years[0].low, years[-1].high) if years else (ZERO, ZERO)
        self.days = [day for year in years for day in year.days]
        self.closings = [closing for year in years for closing in year.closings]
        self._sum(merged(stretch for year in years for stretch in year.opens))
        self._changes = [change for year in years for change, _ in year.zones]
        self._zones = [zone for year in years for _, zone in year.zones]

    def _sum(self, opens: list[Stretch]) -> None:
        self._starts = [start for start, _ in opens]
        self._ends = [self.low, *(end for _, end in opens)]
        self._before = [ZERO]
        self._shift = [ZERO]
        opened = ZERO
        for start, end in opens:
            self._shift.append(opened - start)
            opened += end - start
            self._before.append(opened)

    def at(self, instant: timedelta) -> datetime:
        """Give an instant with the UTC offset that the zone has there."""
        zone = self._zones[bisect_right(self._changes, instant) - 1]
        return (EPOCH + instant).astimezone(zone)

    def is_open(self, instant: timedelta) -> bool:
        """Whether it is open at an instant."""
        return instant < self._ends[bisect_right(self._starts, instant)]

    def opened(self, instant: timedelta) -> timedelta:
        """Measure what is open from the beginning of the line to an instant."""
        index = bisect_right(self._starts, instant)
        if instant < self._ends[index]:
            return instant + self._shift[index]
        return self._before[index]

    def after(self, opened: timedelta) -> timedelta | None:
        """Find the earliest instant by which so much is open, if the line is long enough."""
        index = bisect_left(self._before, opened)
        return opened - self._shift[index] if index < len(self._before) else None

    def ahead_of(self, opened: timedelta) -> timedelta | None:
        """Find the latest instant by which no more than that is open, if it is on the line."""
        if opened < ZERO:
            return None
        return opened - self._shift[bisect_right(self._before, opened)]

    def opening(self, instant: timedelta) -> timedelta | None:
        """Find the first open instant from one on."""
        index = bisect_right(self._starts, instant)
        if instant < self._ends[index]:
            return instant
        return self._starts[index] if index < len(self._starts) else None

    def closing(self, instant: timedelta) -> timedelta | None:
        """Find the first closing after an instant."""
        index = bisect_right(self._ends, instant, lo=1)
        if index < len(self._ends) and self._ends[index] < self.high:
            return self._ends[index]
        return None

    def opening_before(self, instant: timedelta) -> timedelta | None:
        """Find the last instant, up to one, until which it is open."""
        index = bisect_left(self._starts, instant)
        return min(instant, self._ends[index]) if index else None


class Timeline:
    """The years built so far, and as many more as a question needs."""

    __slots__ = ("days", "line", "tz")

    def __init__(self, days: Days, tz: tzinfo) -> None:
        self.days = days
        self.tz = tz
        self.line = Line(())

    def over(self, *instants: timedelta) -> Line:
        """Give a line with all of some instants on it."""
        line = self.line
        for instant in instants:
            if not line.low <= instant < line.high:
                year = (EPOCH + instant).year
                line = self.of_years(line, year, year)
        return line

    def at(self, instant: timedelta) -> datetime:
        """Give an instant with the UTC offset that the zone has there."""
        return self.over(min(instant, _LAST)).at(instant)

    def of_years(self, line: Line, first: int, last: int) -> Line:
        """Give a line with all years on it from one to another, and with those of a line.

        That line need not be the one kept here: another thread may have put its own in its place.
        """
        kept = self.line
        built = {year.number: year for year in (*kept.years, *line.years)}
        numbers = (
            range(min(first, *built), max(last, *built) + 1) if built else range(first, last + 1)
        )
        if len(kept.years) < len(numbers):
            years = [built.get(each) or Year(self.days, self.tz, each) for each in numbers]
            self.line = kept = Line(years)
        return kept

    def search(
        self,
        line: Line,
        find: Callable[[Line], _T | None],
        step: int = 1,
        hopeless: Callable[[Year], bool] = shut,
    ) -> tuple[Line, _T] | None:
        """Look on a line, and on longer and longer ones, until a thing is found or cannot be.

        It cannot be once a year, past those that are special in any way, is hopeless, for so are
        all that follow.
        """
        end = LAST_YEAR if step > 0 else FIRST_YEAR
        while (found := find(line)) is None:
            edge = line.years[-1 if step > 0 else 0]
            past = (edge.number - self.days.special[step > 0]) * step > 0
            if edge.number == end or (past and hopeless(edge)):
                return None
            further = edge.number + step * max(1, len(line.years) // 4)
            further = min(max(further, FIRST_YEAR), LAST_YEAR)
            line = self.of_years(line, further, further)
        return line, found
