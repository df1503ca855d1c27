"""Percentiles of a frame: read off the ordered values of each group, or computed by the engine.

A frame that is at hand is read once more, now that the number of values of each group is known:
the values between which percentiles and the ends of their intervals lie are exact. A lazy one is
left to its engine, which computes what lies between two values in floats, and no interval.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import Any, Final, NamedTuple

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

_Pick = Callable[["nw.Series[Any]", Sequence[int]], list[Any]]
"""Give values by their ranks among all of a series, counted from 0."""


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


_NOTHING: Final = _Picked(None, 0, 0, None, None)


def with_values(summed: Frame, plan: Frame, keys: Sequence[str], wanted: Iterable[Wanted]) -> Frame:
    """Add to the sums by group what percentiles of the groups are read off."""
    summed = _collected(summed)
    labels = list(_labels(summed, keys))
    families: dict[tuple[Cell, Flag], list[Wanted]] = {}
    for one in wanted:
        families.setdefault((one.figure.value, one.chosen), []).append(one)
    for (value, chosen), several in families.items():
        values = _collected(_chosen(plan, keys, value, chosen))
        found = {
            group: [_picked(one, picks) for one in several]
            for group, picks in _picks(values, keys, value.name, several)
        }
        for number, one in enumerate(several):
            rows = [found[group][number] if group in found else _NOTHING for group in labels]
            summed = summed.with_columns(*_series(one, rows, summed))
    return summed


def _chosen(plan: Frame, keys: Sequence[str], value: Cell, chosen: Flag) -> Frame:
    if isinstance(chosen, Cell):
        there = plan.select(*keys, value.name, chosen.name).filter(chosen.column)
        return there.select(*keys, value.name)
    return plan.select(*keys, value.name)


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


class _Picks(NamedTuple):
    """How many values a group has, and some of them by their ranks, counted from 0."""

    n: int
    by_rank: dict[int, Any]


def _picks(
    values: "nw.DataFrame[Any]", keys: Sequence[str], name: str, wanted: Sequence[Wanted]
) -> Iterator[tuple[tuple[Any, ...], _Picks]]:
    pick = _PICKING.get(values.implementation, _sorted)
    for group, part in _parts(values, keys, name):
        if n := len(part):
            ranks_needed = sorted({rank for one in wanted for rank in _ranks_of(one, n)})
            yield group, _Picks(n, dict(zip(ranks_needed, pick(part, ranks_needed), strict=True)))


def _parts(
    values: "nw.DataFrame[Any]", keys: Sequence[str], name: str
) -> Iterator[tuple[tuple[Any, ...], "nw.Series[Any]"]]:
    if not keys:
        yield (), values[name]
    elif values.implementation.is_pyarrow():
        yield from _lists(values.to_native(), keys, name)
    elif values.implementation.is_pandas_like():
        yield from _of_pandas(values.to_native(), keys, name)
    else:
        for group, part in values.group_by(*keys, drop_null_keys=False):
            yield tuple(map(_label, group)), part[name]


def _of_pandas(frame: Any, keys: Sequence[str], name: str) -> Iterator[tuple[Any, Any]]:
    """Have pandas take the values alone apart by group, without the keys."""
    for group, part in frame.groupby(list(keys), dropna=False, sort=False, observed=True)[name]:
        yield tuple(map(_label, group)), nw.from_native(part, series_only=True)


def _lists(table: Any, keys: Sequence[str], name: str) -> Iterator[tuple[Any, Any]]:
    """Have PyArrow put the values of each group into one list."""
    found = table.group_by(list(keys)).aggregate([(name, "list")])
    groups = zip(*(found[key].to_pylist() for key in keys), strict=True)
    for group, values in zip(groups, found[f"{name}_list"], strict=True):
        series = nw.new_series(name, values.values, backend="pyarrow")
        yield tuple(map(_label, group)), series


def _ranks_of(one: Wanted, n: int) -> Iterator[int]:
    """Say which of n ordered values are needed, counted from 0."""
    at = place(n, one.measure.p, one.measure.method)
    yield floor(at)
    yield ceil(at)
    for rank in _ranks(n, one.measure.p) or ():
        yield rank - 1


def _sorted(values: "nw.Series[Any]", ranks_needed: Sequence[int]) -> list[Any]:
    ordered = values.sort()
    return [ordered[rank] for rank in ranks_needed]


def _partitioned(values: "nw.Series[Any]", ranks_needed: Sequence[int]) -> list[Any]:
    """Have NumPy put the values that are needed into their places, and no others."""
    array = values.to_numpy().copy()
    array.partition(ranks_needed)
    return [array[rank].item() for rank in ranks_needed]


def _selected(values: "nw.Series[Any]", ranks_needed: Sequence[int]) -> list[Any]:
    """Have PyArrow select values: each at a share that is nearest to it and to no other."""
    compute = values.implementation.to_native_namespace().compute
    shares = [rank / max(len(values) - 1, 1) for rank in ranks_needed]
    found = compute.quantile(values.to_native(), q=shares, interpolation="nearest")
    return list(found.to_pylist())


_PICKING: Final[Mapping[nw.Implementation, _Pick]] = {
    nw.Implementation.PANDAS: _partitioned,
    nw.Implementation.PYARROW: _selected,
}


def _picked(one: Wanted, picks: _Picks) -> _Picked:
    n, p, per = picks.n, one.measure.p, one.figure.per
    at = place(n, p, one.measure.method)
    first, second = picks.by_rank[floor(at)], picks.by_rank[ceil(at)]
    between = Fraction(first) + (Fraction(second) - Fraction(first)) * (at - floor(at))
    value = nearest_float(*(between / per).as_integer_ratio())
    ends = _ranks(n, p)
    low, high = (picks.by_rank[rank - 1] / per for rank in ends) if ends else (None, None)
    if one.figure.floats:
        first, second = first / per, second / per
    return _Picked(value, first, second, low, high)


@lru_cache(maxsize=4096)
def _ranks(n: int, p: Exact) -> tuple[int, int] | None:
    return ranks(n, float(p))


def _label(value: Any) -> Any:
    return label(plain(value))
