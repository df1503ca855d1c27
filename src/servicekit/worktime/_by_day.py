"""Opening hours laid out by day, for those who look many instants up at once."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate
from typing import Final, NamedTuple

from servicekit.worktime._line import merged
from servicekit.worktime._timetable import Timetable, timeline_of
from servicekit.worktime._zone import DAY, EPOCH

__all__ = ["OpenDay", "open_days"]

_MICROSECOND: Final = timedelta(microseconds=1)


class OpenDay(NamedTuple):
    """What is open on a day of UTC, numbered from 1970 on, all in microseconds.

    ``before`` is what is open from the first day up to this one; each of the ``stretches`` begins
    so long after midnight and lasts so long.
    """

    day: int
    before: int
    stretches: tuple[tuple[int, int], ...]


def open_days(timetable: Timetable, first: int, last: int) -> Iterator[OpenDay]:
    """Give every day of UTC from one to another, in order."""
    years = ((EPOCH + day * DAY).year for day in (first, last))
    timeline = timeline_of(timetable)
    line = timeline.of_years(timeline.line, *years)
    by_day: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for start, end in merged(stretch for year in line.years for stretch in year.opens):
        for day in range(max(start.days, first), min((end - timedelta.resolution).days, last) + 1):
            begin, over = max(start, day * DAY), min(end, (day + 1) * DAY)
            stretch = (begin - day * DAY) // _MICROSECOND, (over - begin) // _MICROSECOND
            by_day[day].append(stretch)
    days = range(first, last + 1)
    lengths = (sum(length for _, length in by_day[day]) for day in days)
    for day, before in zip(days, accumulate(lengths, initial=0), strict=False):
        yield OpenDay(day, before, tuple(by_day[day]))
