"""Instants and dates of a frame, and what clocks show at them."""

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final

from attrs import frozen

from servicekit.extra.frames._instants import Reach, floored, local_micros, utc_micros, with_micros
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._source import Source
from servicekit.extra.frames._workings import NEVER, Cell, Flag
from servicekit.kpi._numbers import DAY, Unreadable, is_unknown, micros, read_instants

__all__ = ["Moments", "days_of", "moments"]

_MOMENTS: Final = "instants or dates"
_NAIVE: Final = "instants with a zone; zone=... says which one the clocks of the others show"
_DATES: Final = "dates, or a Period with the zone that it is in"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MARGIN: Final = 2 * DAY
_LAZY: Final = (datetime(1800, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
"""The years that are looked at where a frame is lazy: no zone had changes before."""
_LOW: Final = micros(datetime(2, 1, 1, tzinfo=UTC) - _EPOCH)
_HIGH: Final = micros(datetime(9998, 12, 31, tzinfo=UTC) - _EPOCH)


_Ends = tuple[int, int]
"""The first and the last of some instants."""


@frozen
class Moments:
    """Instants or dates of each row, in microseconds since 1970, and where they are known."""

    at: Cell
    known: Flag
    dates: bool | None
    """Whether they are dates; None where none is known."""
    ends: _Ends | None = None
    """Between which all are that are known; None of a lazy frame."""

    def none_after(self, at: int) -> bool:
        """Whether it is known that none is later."""
        return self.ends is not None and self.ends[1] <= at


def moments(source: Source, column: str) -> Moments:
    """Read a column of instants or of dates."""
    return source.workings.once(("moments", column), lambda: _moments(source, column))


def _moments(source: Source, column: str) -> Moments:
    dtype = source.dtype(column)
    if dtype is None:
        return Moments(source.anything(), NEVER, None)
    if source.holds_objects(column):
        return _objects(source, column)
    if dtype not in (nw.Date, nw.Datetime):
        raise source.refusal(column, _MOMENTS)
    if _is_naive(dtype) and source.zone is None:
        raise Unreadable(column, "naive", _NAIVE)
    name = source.fresh()
    source.plan = with_micros(source.plan, column, dtype, name)
    ends = source.ends(column, nw.col(name))
    at = source.workings.put(nw.col(name).fill_null(0))
    if _is_naive(dtype) and source.zone is not None:
        at = utc_micros(source.workings.put, at, source.zone, _reach(ends))
        ends = ends and (ends[0] - _MARGIN, ends[1] + _MARGIN)
    return Moments(at, source.there(column), dtype == nw.Date, ends)


def _is_naive(dtype: Any) -> bool:
    return bool(dtype != nw.Date) and dtype.time_zone is None


def _objects(source: Source, column: str) -> Moments:
    given = source.objects(column)
    if source.zone is not None:
        given = [_zoned(value, source.zone) for value in given]
    values, dates = read_instants(column, given)
    known = [value for value in values if value is not None]
    at = source.add((value or 0 for value in values), nw.Int64)
    there = source.add((value is not None for value in values), nw.Boolean)
    return Moments(at, there, dates, (min(known, default=0), max(known, default=0)))


def _zoned(value: Any, zone: tzinfo) -> Any:
    naive = isinstance(value, datetime) and not is_unknown(value) and value.utcoffset() is None
    return value.replace(tzinfo=zone) if naive else value


def _reach(ends: _Ends | None) -> Reach:
    """Say over which years a zone is looked at, a day more than needed at each end."""
    if ends is None:
        return _LAZY
    return _moment(ends[0] - _MARGIN), _moment(ends[1] + _MARGIN)


def _moment(at: int) -> datetime:
    return _EPOCH + timedelta(microseconds=min(max(at, _LOW), _HIGH))


def days_of(source: Source, column: str, tz: tzinfo | None) -> tuple[Cell, Flag]:
    """Give the days since 1970 of a column of dates, or of instants by the clocks of a zone."""
    found = moments(source, column)
    put, at = source.workings.put, found.at
    if found.dates is False:
        if tz is None:
            raise Unreadable(column, "a column of instants", _DATES)
        at = local_micros(put, at, tz, _reach(found.ends))
    return put(floored(at.column, DAY), at), found.known
