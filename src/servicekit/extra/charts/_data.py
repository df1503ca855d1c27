"""How our rows, numbers and instants get into a chart."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final

import altair as alt

from servicekit.errors import Problem, RecordError, shown
from servicekit.inference import Interval, Real

__all__ = ["Row", "as_float", "ends", "inline", "milliseconds", "padded", "taken"]

Row = dict[str, Any]
"""One row of the data of a chart."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ROOM: Final = 0.08
_LARGEST: Final = 1e300
"""Beyond this a scale cannot be computed in floats."""


def inline(rows: Iterable[Row]) -> alt.InlineData:
    """Put rows into a chart as they are, without a data frame."""
    return alt.InlineData(values=list(rows))


def as_float(value: Real | None) -> float | None:
    """Give the float nearest to a number; None for what is not known or too large to be drawn."""
    if value is None or not -_LARGEST < value < _LARGEST:
        return None
    return float(value)


def ends(interval: Interval | None) -> tuple[float | None, float | None]:
    """Give both ends of an interval; None twice where there is none."""
    return (None, None) if interval is None else (as_float(interval.low), as_float(interval.high))


def milliseconds(at: datetime, zone: timezone) -> float:
    """Give the wall clock at an offset in milliseconds of 1970, as the scales of Vega count."""
    return (at - _EPOCH + zone.utcoffset(None)) / timedelta(milliseconds=1)


def padded(values: Iterable[float | None]) -> list[float]:
    """Give a range with some room around all values that are known; it is never empty."""
    known = [value for value in values if value is not None]
    if not known:
        return [0.0, 1.0]
    low, high = min(known), max(known)
    room = _ROOM * (high - low) or 0.1 * abs(high) or 1.0
    return [low if low == 0 else low - room, high + room]


def taken(function: str, name: str, value: object, *kinds: type) -> None:
    """Refuse what is none of these kinds, by the name of the parameter."""
    if not isinstance(value, kinds):
        allowed = " or ".join(f"a {kind.__name__}" for kind in kinds)
        raise RecordError(function, (Problem(name, shown(value), allowed),))
