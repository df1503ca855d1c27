"""Numbers of a frame: whole numbers over a divisor wherever they are exact, else floats."""

from decimal import Decimal
from fractions import Fraction
from math import inf, nextafter
from typing import Any, Final

from attrs import frozen

from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._source import Source
from servicekit.extra.frames._workings import NEVER, Cell, Flag
from servicekit.kpi._numbers import read_numbers

__all__ = ["LARGEST", "LARGEST_FLOAT", "Figure", "as_float", "number"]

LARGEST: Final = 2**63 - 1
"""The largest whole number that every engine has."""

LARGEST_FLOAT: Final = nextafter(inf, 0)
"""The largest float that is finite."""

_SMALL: Final = (nw.Int8, nw.Int16, nw.Int32, nw.UInt8, nw.UInt16, nw.UInt32)
_LARGE: Final = (nw.UInt64, nw.Int128, nw.UInt128)
_SAFE: Final = 2.0**63 - 2.0**10
"""The largest float that is no larger than that."""
_DIGITS: Final = 18
"""So many digits every engine can hold in a whole number."""
_NUMBERS: Final = "numbers: whole ones, decimals or floats; a flag is no number"


@frozen
class Figure:
    """A number of each row: a column without gaps, over a divisor, and where it is known.

    Whole numbers are at most ``most`` either way.
    """

    value: Cell
    known: Flag
    per: int = 1
    floats: bool = False
    most: int = LARGEST


def as_float(figure: Figure) -> nw.Expr:
    """Give numbers, times the divisor, as floats; a cast of PyArrow refuses what rounds."""
    return figure.value.column if figure.floats else figure.value.column / 1


def number(source: Source, column: str) -> Figure:
    """Read a column of numbers."""
    return source.workings.once(("number", column), lambda: _number(source, column))


def _number(source: Source, column: str) -> Figure:
    dtype, values, put = source.dtype(column), nw.col(column), source.workings.put
    if dtype is None:
        return Figure(source.anything(), NEVER, most=0)
    if dtype in _SMALL or dtype == nw.Int64:
        most = 2**32 if dtype in _SMALL else _most(source.ends(column, values))
        return Figure(put(values.fill_null(0).cast(nw.Int64)), source.there(column), most=most)
    if dtype in (nw.Float32, nw.Float64):
        return _floats(source, values)
    if dtype in _LARGE:
        return _bounded(source, values, _between(values / 1, _SAFE), nw.lit(0, dtype=dtype))
    if dtype == nw.Decimal:
        return _decimals(source, column, dtype)
    if source.holds_objects(column):
        return _objects(source, column)
    raise source.refusal(column, _NUMBERS)


def _most(ends: tuple[int, int] | None) -> int:
    """Give what no number between two is beyond, either way."""
    return LARGEST + 1 if ends is None else max(map(abs, ends))


def _between(values: nw.Expr, most: float) -> nw.Expr:
    """Say where values are from -most to most: nulls are not, nor is what is not a number."""
    return ((values >= -most) & (values <= most)).fill_null(value=False)


def _floats(source: Source, values: nw.Expr) -> Figure:
    """Read floats; one that is not finite is as unknown as a null."""
    put = source.workings.put
    known = put(_between(values, LARGEST_FLOAT))
    return Figure(put(values.cast(nw.Float64).fill_null(0.0)), known, floats=True)


def _bounded(source: Source, values: nw.Expr, fits: nw.Expr, zero: nw.Expr, per: int = 1) -> Figure:
    """Read numbers that may be larger than whole numbers are; such ones count as unknown."""
    put = source.workings.put
    whole = nw.when(fits).then(values).otherwise(zero)
    return Figure(put((whole * per if per > 1 else whole).cast(nw.Int64)), put(fits), per)


def _decimals(source: Source, column: str, dtype: Any) -> Figure:
    values, per = nw.col(column), 10**dtype.scale
    if source.plan.implementation.is_dask():  # whose decimals cannot be cast where there are gaps
        values = values.fill_null(Decimal(0))
    if dtype.precision <= _DIGITS:
        whole = (values * per).cast(nw.Int64).fill_null(0)
        return Figure(source.workings.put(whole), source.there(column), per)
    floats = values.cast(nw.Float64)
    if source.plan.implementation.is_polars():  # whose decimals have 38 digits unless told
        return _bounded(source, values, _between(floats, _SAFE / per / 2), nw.lit(0), per)
    return _floats(source, floats)


def _objects(source: Source, column: str) -> Figure:
    values, per, floats, _ = read_numbers(column, source.objects(column))
    known = source.add((value is not None for value in values), nw.Boolean)
    there = [value or 0 for value in values]
    if floats is None and max(map(abs, (per, *there))) <= LARGEST:
        return Figure(source.add(there, nw.Int64), known, per)
    nearest = (float(Fraction(value, per)) for value in there)
    return Figure(source.add(nearest, nw.Float64), known, floats=True)
