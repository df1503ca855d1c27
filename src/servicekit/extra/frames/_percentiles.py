"""Percentiles of a frame: read off the ordered values of each group, or computed by the engine.

A frame that is at hand is read once more, now that the number of values of each group is known:
the values between which percentiles and the ends of their intervals lie are exact. A lazy one is
left to its engine, which computes what lies between two values in floats, and no interval.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import Any, NamedTuple

from attrs import frozen

from servicekit.extra.frames._figures import Figure
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import Frame, plain
from servicekit.extra.frames._workings import Cell, Flag
from servicekit.kpi import Percentile
from servicekit.kpi._numbers import label, nearest_float
from servicekit.kpi._order_statistics import place, ranks
from servicekit.kpi._written import Exact

__all__ = ["Wanted", "with_values"]

_Ordered = Sequence[Any]
"""The values of a group in ascending order."""


@frozen
class Wanted:
    """A percentile that is to be read off: of which values, and the columns that take it."""

    measure: Percentile
    figure: Figure
    chosen: Flag
    columns: tuple[str, ...]
    """For the value, those below and above it, and the low and the high end of its interval."""


class _Picked(NamedTuple):
    value: float | None
    below: float
    above: float
    low: float | None
    high: float | None


def with_values(summed: Frame, plan: Frame, keys: Sequence[str], wanted: Iterable[Wanted]) -> Frame:
    """Add to the sums by group what percentiles of the groups are read off."""
    summed = _collected(summed)
    labels = list(_labels(summed, keys))
    families: dict[tuple[Cell, Flag], list[Wanted]] = {}
    for one in wanted:
        families.setdefault((one.figure.value, one.chosen), []).append(one)
    for (value, chosen), several in families.items():
        there = plan.filter(chosen.column) if isinstance(chosen, Cell) else plan
        ordered = dict(_ordered(_collected(there.select(*keys, value.name)), keys, value.name))
        for one in several:
            rows = [_picked(one, ordered.get(group, ())) for group in labels]
            summed = summed.with_columns(*_series(one, rows, summed))
    return summed


def _collected(frame: Frame) -> "nw.DataFrame[Any]":
    return frame.collect() if isinstance(frame, nw.LazyFrame) else frame


def _labels(frame: "nw.DataFrame[Any]", keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    if not keys:
        return iter([()])
    return (tuple(map(_label, row)) for row in frame.select(*keys).iter_rows())


def _series(one: Wanted, rows: list[_Picked], like: "nw.DataFrame[Any]") -> Iterator[Any]:
    kind = nw.Float64 if one.figure.floats else nw.Int64
    kinds = (nw.Float64, kind, kind, nw.Float64, nw.Float64)
    columns = zip(*rows, strict=True) if rows else [()] * len(kinds)
    for name, values, dtype in zip(one.columns, columns, kinds, strict=True):
        yield nw.new_series(name, list(values), dtype, backend=like.implementation)


def _ordered(
    values: "nw.DataFrame[Any]", keys: Sequence[str], name: str
) -> Iterator[tuple[tuple[Any, ...], _Ordered]]:
    if not keys:
        yield (), values[name].sort()
    elif values.implementation.is_pyarrow():
        yield from _of_pyarrow(values.to_native(), keys, name)
    else:
        for group, part in values.group_by(*keys, drop_null_keys=False):
            yield tuple(map(_label, group)), part[name].sort()


def _of_pyarrow(table: Any, keys: Sequence[str], name: str) -> Iterator[tuple[Any, Any]]:
    """Have PyArrow put the values of each group into one list."""
    found = table.group_by(list(keys)).aggregate([(name, "list")])
    groups = zip(*(found[key].to_pylist() for key in keys), strict=True)
    for group, values in zip(groups, found[f"{name}_list"], strict=True):
        yield tuple(map(_label, group)), values.values.sort()


def _picked(one: Wanted, ordered: _Ordered) -> _Picked:
    n, p, per = len(ordered), one.measure.p, one.figure.per
    if not n:
        return _Picked(None, 0, 0, None, None)
    at = place(n, p, one.measure.method)
    below, rest = floor(at), at - floor(at)
    first, second = (_number(ordered[rank]) for rank in (below, below + bool(rest)))
    between = Fraction(first) + (Fraction(second) - Fraction(first)) * rest
    value = nearest_float(*(between / per).as_integer_ratio())
    found = _ranks(n, p)
    low, high = (_number(ordered[rank - 1]) / per for rank in found) if found else (None, None)
    return _Picked(value, first, second, low, high)


@lru_cache(maxsize=4096)
def _ranks(n: int, p: Exact) -> tuple[int, int] | None:
    return ranks(n, float(p))


def _label(value: Any) -> Any:
    return label(plain(value))


def _number(value: Any) -> Any:
    """Give a value of a series as a number of Python."""
    return value.as_py() if hasattr(value, "as_py") else value
