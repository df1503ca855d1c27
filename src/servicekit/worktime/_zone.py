"""A time zone over a stretch of years: which UTC offset was in force when, both ways round.

A zone is only ever asked what its clocks show at an instant, the one question that all of
``zoneinfo``, ``dateutil.tz`` and fixed offsets answer alike. Which instant a wall time means is
then worked out here, by one rule for all of them: that of PEP 495 for ``fold=0``.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Final

from servicekit._instants import aware
from servicekit.errors import Problem, RecordError, shown

__all__ = [
    "DAY",
    "EPOCH",
    "FIRST_YEAR",
    "HIGH",
    "LAST_YEAR",
    "LOW",
    "ZERO",
    "Offsets",
    "identity",
    "new_year",
    "since",
    "zone_key",
]

ZERO: Final = timedelta(0)
DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)

EPOCH: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 - one name for the zone
"""Instants are handled as the time since then: exact, quick to compare and free of any zone."""
_EPOCH_ON_THE_WALL: Final = EPOCH.replace(tzinfo=None)

FIRST_YEAR: Final = 2
LAST_YEAR: Final = 9998
"""A year at each end of Python's calendar is left for the dates and offsets next to it."""


def new_year(year: int) -> timedelta:
    """Give the instant at which a year begins in UTC."""
    return datetime(year, 1, 1) - _EPOCH_ON_THE_WALL  # noqa: DTZ001 - UTC on both sides


LOW: Final = new_year(FIRST_YEAR)
HIGH: Final = new_year(LAST_YEAR + 1)


def since(at: datetime, name: str) -> timedelta:
    """Take an instant that a caller asks about as the time since `EPOCH`."""
    try:
        instant = (at if at.__class__ is datetime else aware(at, name)) - EPOCH
    except TypeError:  # a naive one, which is refused by name
        instant = aware(at, name) - EPOCH
    if LOW <= instant < HIGH:
        return instant
    years = f"an instant in the years {FIRST_YEAR} to {LAST_YEAR}, UTC"
    raise RecordError("instant", (Problem(name, shown(at), years),))


def zone_key(tz: tzinfo) -> str | None:
    """Give the key by which a zone can be had again; None where it has none.

    A ``zoneinfo`` zone has its name in the zone database, a fixed offset is its own: "UTC+02:00".
    """
    if isinstance(tz, timezone):
        return timezone(tz.utcoffset(None)).tzname(None)
    key = getattr(tz, "key", None)
    return key if isinstance(key, str) else None


def identity(tz: tzinfo) -> object:
    """Give what tells a zone from others: its key, however the object was made, or else itself."""
    return zone_key(tz) or tz


class Offsets:
    """The UTC offsets of a zone from one instant to another.

    ``changes`` are the instants at which the offset changes, ``offsets`` those in force before,
    between and after them, ``walls`` what a wall clock shows when the next one holds for good.
    """

    __slots__ = ("changes", "offsets", "walls")

    def __init__(self, tz: tzinfo, low: timedelta, high: timedelta) -> None:
        found = list(_changes(tz, low, high))
        self.offsets = [_offset(tz, low), *(offset for _, offset in found)]
        self.changes = [instant for instant, _ in found]
        pairs = zip(self.changes, self.offsets, self.offsets[1:], strict=False)
        self.walls = [instant + max(before, after) for instant, before, after in pairs]

    def at(self, instant: timedelta) -> timedelta:
        """Give the offset at an instant."""
        return self.offsets[bisect_right(self.changes, instant)]

    def instant(self, wall: timedelta) -> timedelta:
        """Resolve what a wall clock shows, as time since the wall's own 1 January 1970.

        Until the later of the two walls at a change the offset before it holds: a time in a skipped
        hour moves on by the gap, of a repeated hour the first occurrence counts (PEP 495, fold=0).
        """
        return wall - self.offsets[bisect_right(self.walls, wall)]


def _offset(tz: tzinfo, instant: timedelta) -> timedelta:
    on_the_wall = (EPOCH + instant).astimezone(tz).replace(tzinfo=None)
    return on_the_wall - _EPOCH_ON_THE_WALL - instant


def _changes(tz: tzinfo, low: timedelta, high: timedelta) -> Iterator[tuple[timedelta, timedelta]]:
    """Find the changes of offset by looking once a day; no zone has had two within three days."""
    before = _offset(tz, low)
    while low < high:
        step = min(low + DAY, high)
        after = _offset(tz, step)
        if after != before:
            yield from _between(tz, low, before, step, after)
        low, before = step, after


def _between(
    tz: tzinfo, low: timedelta, before: timedelta, high: timedelta, after: timedelta
) -> Iterator[tuple[timedelta, timedelta]]:
    """Close in on a change, to the second, by halves; both halves where each has one."""
    if before == after:
        return
    if high - low <= _SECOND:
        yield high, after
        return
    middle = low + (high - low) // _SECOND // 2 * _SECOND
    between = _offset(tz, middle)
    yield from _between(tz, low, before, middle, between)
    yield from _between(tz, middle, between, high, after)
