"""Reading columns: numbers as whole numbers over a divisor, instants in microseconds.

Whole numbers add up exactly and in any order, so that parts always give the whole, and Python sums
lists of them quicker than anything else. A float is a whole number over a power of two.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import isfinite, lcm
from numbers import Integral, Real
from types import NoneType
from typing import Any, Final, NamedTuple

from servicekit.errors import INSTANT, Problem, shown

__all__ = [
    "DAY",
    "EPOCH",
    "EPOCH_DAY",
    "Instants",
    "Numbers",
    "Unreadable",
    "is_unknown",
    "label",
    "micros",
    "nearest_float",
    "read_instants",
    "read_numbers",
    "whole_numbers",
]

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY: Final = EPOCH.toordinal()
_MICROSECOND: Final = timedelta(microseconds=1)
DAY: Final = timedelta(days=1) // _MICROSECOND
_NUMBER: Final = "a finite number that is no flag, or None where it is not known"
_WHEN: Final = f"{INSTANT}, or a date, or None; one column holds one kind"


class Unreadable(Exception):  # noqa: N818 - never leaves the package: it says which KPI asked
    """A row cannot be read for a KPI."""

    def __init__(self, column: str, value: str, allowed: str) -> None:
        self.problem = Problem(column, value, allowed)


class Numbers(NamedTuple):
    """A quantity of many rows: whole numbers over a divisor, None where it is unknown."""

    values: Sequence[int | None]
    per: int
    floats: bytes | None = None
    """1 where the number was a float, None where none was."""
    gaps: bool = True
    """Whether some may be unknown."""


class Instants(NamedTuple):
    """Instants of many rows, or dates, in microseconds since 1970; None where unknown."""

    values: Sequence[int | None]
    dates: bool | None
    """Whether they are dates; None where all are unknown."""


def is_unknown(value: Any) -> bool:
    """Whether a value says nothing: None, and what is not equal to itself, as NaN and NaT."""
    return value is None or (isinstance(value, Decimal) and value.is_nan()) or value != value  # noqa: PLR0124 - NaN


def micros(span: timedelta) -> int:
    """Give a span as whole microseconds."""
    return span // _MICROSECOND


def label(value: Any) -> Any:
    """Give what stands for a value in a result: None for unknown, the text of a term."""
    if is_unknown(value):
        return None
    return value.value if isinstance(value, Enum) else value


def read_numbers(column: str, given: Sequence[Any]) -> Numbers:
    """Read a column of numbers; anything but numbers and unknowns is refused."""
    kinds = set(map(type, given))
    if kinds <= {int, NoneType}:
        return Numbers(given, 1, gaps=NoneType in kinds)
    return whole_numbers(_number(column, value) for value in given)


def _number(column: str, value: Any) -> int | float | Fraction | None:
    if is_unknown(value):
        return None
    if not isinstance(value, bool):
        if isinstance(value, Integral):
            return int(value)
        if isinstance(value, (Decimal, Fraction)) and isfinite(value):
            return Fraction(value)
        if isinstance(value, Real) and isfinite(value):
            return float(value)
    raise Unreadable(column, shown(value), _NUMBER)


def nearest_float(numerator: int, denominator: int) -> float | None:
    """Divide whole numbers; None for what no float can hold."""
    try:
        return numerator / denominator
    except OverflowError:
        return None


def whole_numbers(given: Iterable[int | float | Fraction | None]) -> Numbers:
    """Bring numbers to one divisor."""
    numbers = list(given)
    ratios = [None if number is None else number.as_integer_ratio() for number in numbers]
    per = lcm(*{ratio[1] for ratio in ratios if ratio})
    values = [None if ratio is None else ratio[0] * (per // ratio[1]) for ratio in ratios]
    floats = bytes([number.__class__ is float for number in numbers])
    return Numbers(values, per, floats if 1 in floats else None)


def read_instants(column: str, given: Sequence[Any]) -> Instants:
    """Read a column of instants or of dates; one that is neither, or naive, is refused."""
    kinds = set(map(type, given)) - {NoneType}
    try:
        if kinds == {datetime}:
            return Instants(_in_micros(given), dates=False)
    except TypeError:  # one of them is naive
        pass
    found = [_moment(column, value) for value in given]
    dates = {moment[1] for moment in found if moment}
    if len(dates) > 1:
        odd = next(value for value in given if isinstance(value, datetime))
        raise Unreadable(column, shown(odd), _WHEN)
    values = [moment[0] if moment else None for moment in found]
    return Instants(values, dates.pop() if dates else None)


def _in_micros(given: Iterable[datetime | None]) -> list[int | None]:
    return [
        None
        if at is None
        else ((span := at - EPOCH).days * 86_400 + span.seconds) * 1_000_000 + span.microseconds
        for at in given  # in the time of two thirds of a division by a microsecond
    ]


def _moment(column: str, value: Any) -> tuple[int, bool] | None:
    if is_unknown(value):
        return None
    if isinstance(value, datetime) and value.utcoffset() is not None:
        return int((value - EPOCH) // _MICROSECOND), False
    if isinstance(value, date) and not isinstance(value, datetime):
        return (value.toordinal() - EPOCH_DAY) * DAY, True
    raise Unreadable(column, shown(value), _WHEN)
