"""Instants and dates of a frame as whole microseconds since 1970, the same on every engine.

Each engine is asked in its own exact way. What a session shows instants in never matters: they are
taken as what they are, never as what a clock shows.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache, reduce
from itertools import pairwise
from operator import add
from typing import Any, Final

from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import Frame
from servicekit.extra.frames._workings import Cell, Put
from servicekit.kpi._numbers import DAY, micros
from servicekit.worktime._zone import Offsets

__all__ = ["Reach", "floored", "local_micros", "utc_micros", "with_micros"]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_AT_ONCE: Final = 16
"""So many steps make one expression: engines go through an expression by recursion."""
_LIFT: Final = 1_000_000
"""More days than Python has before 1970."""
_PER_MICROSECOND: Final = {"s": 1_000_000, "ms": 1000, "us": 1}


def with_micros(plan: Frame, column: str, dtype: Any, name: str) -> Frame:
    """Add a column that has instants or dates in microseconds; null where there is none.

    Clock readings without a zone are read as if by a clock of UTC.
    """
    engine = plan.implementation
    if engine.is_spark_like():
        return _native(plan, lambda frame: frame.selectExpr("*", _in_spark(column, dtype, name)))
    if engine.is_ibis():
        ibis = engine.to_native_namespace()
        return _native(plan, lambda frame: frame.mutate(**{name: _in_ibis(ibis, frame, column)}))
    if engine.is_duckdb():
        return _native(plan, lambda relation: relation.project(_in_duckdb(column, dtype, name)))
    values = nw.col(column)
    if dtype == nw.Date and engine.is_dask():  # whose days cannot be cast where there are gaps
        return plan.with_columns(values.dt.timestamp("us").alias(name))
    return plan.with_columns(_cast(values, dtype).alias(name))


def _native(plan: Frame, change: Callable[[Any], Any]) -> Frame:
    changed: Frame = nw.from_native(change(plan.to_native()))
    return changed


def _in_spark(column: str, dtype: Any, name: str) -> str:
    """Read microseconds; of clock readings piece by piece: their difference is by the session."""
    quoted = f"`{column.replace('`', '``')}`"
    if dtype == nw.Date:
        return f"unix_date({quoted}) * {DAY}L AS {name}"
    if dtype.time_zone is not None:
        return f"unix_micros({quoted}) AS {name}"
    days, seconds = f"unix_date(CAST({quoted} AS DATE))", f"extract(SECOND FROM {quoted})"
    minutes = f"hour({quoted}) * 60L + minute({quoted})"
    whole = f"({days} * 1440L + {minutes}) * 60000000L"
    return f"{whole} + CAST({seconds} * 1000000 AS BIGINT) AS {name}"


def _in_ibis(ibis: Any, frame: Any, column: str) -> Any:
    values = frame[column]
    if values.type().is_date():
        return values.delta(ibis.literal(_EPOCH.date()), unit="day") * DAY
    zone = _EPOCH.tzinfo if values.type().timezone else None
    return values.delta(ibis.literal(_EPOCH.replace(tzinfo=zone)), unit="microsecond")


def _in_duckdb(column: str, dtype: Any, name: str) -> str:
    """Read microseconds; those that DuckDB makes of nanoseconds would be rounded."""
    quoted = '"' + column.replace('"', '""') + '"'
    if dtype == nw.Date or dtype.time_unit != "ns":
        return f"*, epoch_us({quoted}) AS {name}"
    nanoseconds = f"epoch_ns({quoted})"
    rest = f"(({nanoseconds} % 1000) + 1000) % 1000"
    return f"*, ({nanoseconds} - {rest}) // 1000 AS {name}"


def _cast(values: nw.Expr, dtype: Any) -> nw.Expr:
    """Read what is stored: days, or instants in their unit."""
    if dtype == nw.Date:
        return values.cast(nw.Int32).cast(nw.Int64) * DAY
    stored = values.cast(nw.Int64)
    return stored // 1000 if dtype.time_unit == "ns" else stored * _PER_MICROSECOND[dtype.time_unit]


Reach = tuple[datetime, datetime]
"""From when to when instants may be."""


def utc_micros(put: Put, wall: Cell, tz: tzinfo, reach: Reach) -> Cell:
    """Give the instants that the clocks of a zone show.

    A reading that occurs twice is the first one, one that is skipped moves on by the gap, as Python
    reads clocks (PEP 495 with fold=0). Outside the reach the offset at its end is taken.
    """
    offsets = _offsets(tz, reach)
    in_force = _in_force(put, wall, offsets.offsets, offsets.walls)
    return put(wall.column - in_force.column, wall, in_force)


def local_micros(put: Put, instants: Cell, tz: tzinfo, reach: Reach) -> Cell:
    """Give what the clocks of a zone show at instants, as if it were an instant of UTC."""
    offsets = _offsets(tz, reach)
    in_force = _in_force(put, instants, offsets.offsets, offsets.changes)
    return put(instants.column + in_force.column, instants, in_force)


@lru_cache(maxsize=64)
def _offsets(tz: tzinfo, reach: Reach) -> Offsets:
    low, high = reach
    return Offsets(tz, low - _EPOCH, high - _EPOCH)


def _in_force(put: Put, at: Cell, offsets: list[timedelta], since: list[timedelta]) -> Cell:
    """Add up the steps that the offset had taken by an instant, some at a time."""
    steps = [
        (at.column >= micros(moment)).cast(nw.Int64) * micros(after - before)
        for moment, (before, after) in zip(since, pairwise(offsets), strict=True)
    ]
    parts = [
        put(reduce(add, steps[place : place + _AT_ONCE]), at)
        for place in range(0, len(steps), _AT_ONCE)
    ]
    columns = (part.column for part in parts)
    return put(reduce(add, columns, nw.lit(micros(offsets[0]), dtype=nw.Int64)), at, *parts)


def floored(values: nw.Expr, step: int) -> nw.Expr:
    """Divide whole numbers and round down, exactly and below zero too, on every engine.

    Engines differ in how they divide below zero, and some do it by way of floats, which may round
    up.
    """
    lifted = values + _LIFT * step
    quotient = lifted // step
    return quotient - (quotient * step > lifted).cast(nw.Int64) - _LIFT
