"""What one can ask a calendar and a history of calendars alike."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo
from typing import Final, NamedTuple, NoReturn

from servicekit.errors import Problem, RecordError, shown
from servicekit.worktime._line import Line, Timeline, Year, offsets_around, shut, unchanging
from servicekit.worktime._pauses import NO_PAUSES, Pauses, backwards, onwards, paused, union
from servicekit.worktime._spans import Span, reasons
from servicekit.worktime._zone import EPOCH, FIRST_YEAR, HIGH, LAST_YEAR, LOW, ZERO, since

__all__ = ["Timetable"]

_EPOCH_DAY: Final = EPOCH.toordinal()

_FIRST_DAY: Final = LOW.days
_LAST_DAY: Final = HIGH.days

_DURATION: Final = "a datetime.timedelta"
_ENOUGH: Final = "no more than what is open, and not paused, on that side of the start"
_DATE: Final = f"a date, or an aware instant on one, in the years {FIRST_YEAR} to {LAST_YEAR}"
_WHOLE_DAYS: Final = f"a whole number of days that ends in the years {FIRST_YEAR} to {LAST_YEAR}"
_ENOUGH_DAYS: Final = "no more than there are days with opening hours on that side of the start"
_BUSINESS_DAY: Final = "a number other than 0, for the start's own day has no opening hours"
_NOT_BEFORE: Final = "an instant not before the start"


class _Question(NamedTuple):
    """What to look for on the line from an instant on, which way, and when to give up."""

    name: str
    find: Callable[[Line, timedelta], timedelta | None]
    allowed: str
    step: int = 1
    hopeless: Callable[[Year], bool] = shut


_NEXT_OPENING: Final = _Question(
    "next_opening", Line.opening, "an instant with an opening at or after it"
)
_PREVIOUS_OPENING: Final = _Question(
    "previous_opening", Line.opening_before, "an instant with an opening before it", step=-1
)
_NEXT_CLOSING: Final = _Question(
    "next_closing", Line.closing, "an instant with a closing after it", hopeless=unchanging
)


class Timetable:
    """What a `WorkCalendar` and a `CalendarHistory` answer: when it is open, and for how long.

    Every instant given must be aware; the zone that it comes in makes no difference. Every instant
    given back shows the wall clock of the calendar's own zone, with the UTC offset in force there.
    All durations are real time: a night shift over a change of the clocks is an hour longer or
    shorter than the wall clock says. The first question about a year builds it, in about a
    millisecond; from then on a question costs the same however long a time it spans.

    Years run from 2 to 9998. What is no aware instant there is refused with a `RecordError`, and so
    is a question whose answer never comes.
    """

    __slots__ = ()

    tz: tzinfo
    _timeline: Timeline

    def is_open(self, at: datetime) -> bool:
        """Whether it is open at an instant; at the instant of closing it is not."""
        instant = since(at, "at")
        return self._timeline.over(instant).is_open(instant)

    def next_opening(self, at: datetime) -> datetime:
        """Give the first open instant from one on: that itself if it is open."""
        return self._found(at, _NEXT_OPENING)

    def previous_opening(self, at: datetime) -> datetime:
        """Give the last instant, up to one, until which it is open: that itself, or a closing.

        It is what `next_opening` would be with time running backwards.
        """
        return self._found(at, _PREVIOUS_OPENING)

    def next_closing(self, at: datetime) -> datetime:
        """Give the first instant after one at which it closes."""
        return self._found(at, _NEXT_CLOSING)

    def elapsed(self, start: datetime, end: datetime, pauses: Pauses = NO_PAUSES) -> timedelta:
        """Measure the working time from one instant to another, less that in pauses.

        It is negative where the end lies before the start: ``elapsed(a, b) == -elapsed(b, a)``.
        """
        line = self._timeline.line
        low = high = HIGH  # which is on no line
        try:  # noqa: SIM105 - what is usual, in no more than a subtraction; the rest comes below
            low, high = start - EPOCH, end - EPOCH
        except TypeError:
            pass
        plain = start.__class__ is datetime is end.__class__
        if not (plain and line.low <= low < line.high and line.low <= high < line.high):
            low, high = since(start, "start"), since(end, "end")
            line = self._timeline.over(low, high)
        counted = line.opened(high) - line.opened(low)
        return counted if pauses is NO_PAUSES else counted - paused(line, low, high, pauses)

    def deadline(self, start: datetime, working: timedelta, pauses: Pauses = NO_PAUSES) -> datetime:
        """Give the earliest instant by which so much working time, outside pauses, has passed.

        A deadline may fall on a closing instant, never on the opening after it; no time at all
        gives the start. With negative time it is the latest instant from which so much has passed
        at the start.
        """
        instant = since(start, "start")
        if not isinstance(working, timedelta):
            self._refuse("deadline", "working", working, _DURATION)
        rest = working
        if pauses is not NO_PAUSES and working:
            past = onwards if working > ZERO else backwards
            instant, rest = past(self._timeline, instant, working, pauses)
        found = self._reached(instant, rest)
        if found is None:
            self._refuse("deadline", "working", working, _ENOUGH)
        line, reached = found
        return line.at(reached)

    def _reached(self, instant: timedelta, working: timedelta) -> tuple[Line, timedelta] | None:
        if instant >= HIGH:  # paused for good
            return None
        timeline = self._timeline
        line = timeline.over(instant)
        if working > ZERO:
            return timeline.search(line, lambda line: line.after(line.opened(instant) + working))
        if working < ZERO:
            return timeline.search(
                line, lambda line: line.ahead_of(line.opened(instant) + working), step=-1
            )
        return line, instant

    def end_of_business_day(self, start: datetime | date, n: int) -> datetime:
        """Give the last closing of the n-th day with opening hours after the start's own day.

        The start's own day, a date or that of an instant on the calendar's clock, is number 0,
        which only a day with opening hours has; a negative number counts backwards. A shift belongs
        to the day that it begins on, so the last closing may come the morning after.
        """
        day = self._day(start, "start")
        if not _is_whole(n):
            self._refuse("end_of_business_day", "n", n, _WHOLE_DAYS)

        def place(line: Line) -> int | None:
            index = bisect_right(line.days, day) - 1 if n > 0 else bisect_left(line.days, day)
            index += n
            return index if 0 <= index < len(line.days) else None

        found = self._timeline.search(self._years_of(day), place, step=-1 if n < 0 else 1)
        if found is None or (n == 0 and found[0].days[found[1]] != day):
            self._refuse("end_of_business_day", "n", n, _ENOUGH_DAYS if n else _BUSINESS_DAY)
        line, index = found
        return self._timeline.at(line.closings[index])

    def end_of_day(self, start: datetime | date, n: int) -> datetime:
        """Give the midnight that ends the n-th date after the start's own, open or not."""
        day = self._day(start, "start")
        if not _is_whole(n) or not _FIRST_DAY <= day + n < _LAST_DAY:
            self._refuse("end_of_day", "n", n, _WHOLE_DAYS)
        wall = timedelta(day + n + 1)
        midnight = offsets_around(self._timeline.tz, wall, wall).instant(wall)
        return self._timeline.at(midnight)

    def business_days(self, start: datetime | date, end: datetime | date) -> int:
        """Count the days with opening hours after the start's own day, up to and with the end's.

        It is negative where the end's day lies before the start's:
        ``business_days(a, b) == -business_days(b, a)``.
        """
        first, last = self._day(start, "start"), self._day(end, "end")
        days = self._years_of(first, last).days
        return bisect_right(days, last) - bisect_right(days, first)

    def spans(self, start: datetime, end: datetime, pauses: Pauses = NO_PAUSES) -> tuple[Span, ...]:
        """Cut the time from one instant to another into spans, each open or closed for a reason.

        They follow one another without a gap, neighbours have different reasons, and their
        durations add up to the real time between the two instants exactly. Those that are open add
        up to what `elapsed` measures.
        """
        low, high = since(start, "start"), since(end, "end")
        if high < low:
            self._refuse("spans", "end", end, _NOT_BEFORE)
        at = self._timeline.over(low, high).at
        found = reasons(self._timeline.days, self._timeline.tz, low, high, union(pauses))
        return tuple(Span(at(begin), at(over), reason) for begin, over, reason in found)

    def _found(self, at: datetime, question: _Question) -> datetime:
        instant = since(at, "at")
        timeline = self._timeline
        line = timeline.over(instant)
        found = timeline.search(
            line, lambda line: question.find(line, instant), question.step, question.hopeless
        )
        if found is None:
            self._refuse(question.name, "at", at, question.allowed)
        line, instant = found
        return line.at(instant)

    def _day(self, of: datetime | date, name: str) -> int:
        """Take a date, or that of an instant, as a number of days since the epoch."""
        if isinstance(of, datetime):
            instant = since(of, name)
            number = self._timeline.over(instant).at(instant).toordinal() - _EPOCH_DAY
        elif isinstance(of, date):
            number = of.toordinal() - _EPOCH_DAY
        else:
            self._refuse("day", name, of, _DATE)
        if not _FIRST_DAY <= number < _LAST_DAY:
            self._refuse("day", name, of, _DATE)
        return number

    def _years_of(self, *days: int) -> Line:
        years = [date.fromordinal(_EPOCH_DAY + day).year for day in days]
        return self._timeline.of_years(min(years), max(years))

    def _refuse(self, question: str, name: str, value: object, allowed: str) -> NoReturn:
        question = f"{type(self).__name__}.{question}"
        raise RecordError(question, (Problem(name, shown(value), allowed),))


def _is_whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)
