"""Sums by group: what every measure needs of them, and what it comes to.

Sums of whole numbers are exact however large they grow: each number is split into a high and a low
part, whose sums stay far from the largest whole number of any engine.
"""

from collections.abc import Callable, Hashable
from typing import Any, Final, assert_never

from attrs import frozen

from servicekit.extra.frames._figures import Figure
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._percentiles import Wanted
from servicekit.extra.frames._rows import Asked, Rows
from servicekit.extra.frames._workings import ALWAYS, NEVER, Cell, Flag
from servicekit.kpi import Count, Kpi, Mean, Method, Percentile, Ratio, Share, Total
from servicekit.kpi._written import Exact

__all__ = ["HALF", "Columns", "Sums", "columns_of"]

HALF: Final = 2**31
"""What the high part of a whole number is counted in."""
_SMALL: Final = 2**32
"""Numbers up to this size need no high part: it would take 2**31 rows to fill a sum."""

Columns = dict[str, nw.Expr]
"""Columns of the result, by what is put after the key of the KPI."""


class Sums:
    """The sums that were asked for so far, and the columns in which they will be."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.aggregates: dict[str, nw.Expr] = {}
        self.wanted: list[Wanted] = []
        self.keys: list[Cell] = []

    def _keep(self, what: Hashable, make: Callable[[], nw.Expr]) -> str:
        def compute() -> str:
            name = self.rows.source.fresh()
            self.aggregates[name] = make().alias(name)
            return name

        return self.rows.workings.once(("aggregate", what), compute)

    def size(self) -> nw.Expr:
        """Count all rows."""
        return _whole(self._keep("size", nw.len))

    def count(self, flag: Flag) -> nw.Expr:
        """Count the rows in which a flag is set."""
        if flag is NEVER:
            return nw.lit(0, dtype=nw.Int64)
        if flag is ALWAYS:
            return self.size()
        put, column = self.rows.workings.put, flag.column
        return _whole(self._keep(flag, lambda: put(column.cast(nw.Int8), flag).column.sum()))

    def parts(self, figure: Figure, brought: Flag) -> tuple[nw.Expr, nw.Expr]:
        """Add up whole numbers of the rows in which a flag is set: a high part and a low one."""
        put, value = self.rows.workings.put, self.chosen(figure, brought)
        if figure.most <= _SMALL:
            low = self._keep(("low", value), value.column.sum)
            return nw.lit(0, dtype=nw.Int64), _whole(low)
        workings = self.rows.workings
        high = workings.once(("high", value), lambda: put(value.column // HALF, value))
        low_part = workings.once(
            ("rest", value), lambda: put(value.column - high.column * HALF, value, high)
        )
        sums = (self._keep(("sum", cell), cell.column.sum) for cell in (high, low_part))
        first, second = map(_whole, sums)
        return first, second

    def chosen(self, figure: Figure, brought: Flag) -> Cell:
        """Give the whole numbers of the rows in which a flag is set, elsewhere zero."""
        return self._chosen(figure, brought, nw.Int64, otherwise=True)

    def floats(self, figure: Figure, brought: Flag) -> Cell:
        """Give floats of the rows in which a flag is set, elsewhere null."""
        return self._chosen(figure, brought, nw.Float64, otherwise=False)

    def _chosen(self, figure: Figure, brought: Flag, dtype: Any, *, otherwise: bool) -> Cell:
        put, value = self.rows.workings.put, figure.value.column

        def compute() -> Cell:
            if brought is ALWAYS:
                return put(value.cast(dtype), figure.value)
            if brought is NEVER:
                nothing = nw.lit(0 if otherwise else None, dtype=dtype)
                return put(nothing, figure.value)
            there = nw.when(brought.column).then(value.cast(dtype))
            kept = there.otherwise(nw.lit(0, dtype=dtype)) if otherwise else there
            return put(kept, figure.value, brought)

        return self.rows.workings.once(("chosen", figure, brought, dtype), compute)

    def total(self, figure: Figure, brought: Flag) -> nw.Expr:
        """Add up floats of the rows in which a flag is set."""
        value = self.floats(figure, brought)
        return nw.col(self._keep(("total", value), value.column.sum)).fill_null(0.0)

    def variance(self, figure: Figure, brought: Flag) -> nw.Expr:
        """Give the sample variance of numbers of the rows in which a flag is set."""
        value = self.floats(figure, brought)
        return nw.col(self._keep(("variance", value), value.column.var))

    def quantile(self, measure: Percentile, figure: Figure, brought: Flag) -> nw.Expr:
        """Give a percentile as the engine of a lazy frame computes it."""
        value, p = self.floats(figure, brought), measure.p
        if measure.method is Method.LINEAR:
            return nw.col(
                self._keep(
                    ("quantile", value, p), lambda: value.column.quantile(float(p), "linear")
                )
            )
        ranked = self._of_rank(value, brought, p)
        return nw.col(self._keep(("ranked", ranked), ranked.column.max))

    def _of_rank(self, value: Cell, brought: Flag, p: Exact) -> Cell:
        """Give the value of the nearest rank, where it stands, elsewhere null."""
        put, once = self.rows.workings.put, self.rows.workings.once
        keys = self.keys or [self.rows.source.anything()]
        names = [cell.name for cell in keys]
        whole = self.rows.workings.column(brought).cast(nw.Int64)
        one = once(("one", brought), lambda: put(whole, brought))
        n = once(("n", brought), lambda: put(one.column.sum().over(*names), one, *keys))
        ranks = value.column.rank("ordinal").over(*names)
        rank = once(("rank", value), lambda: put(ranks, value, *keys))
        top, bottom = p.as_integer_ratio()
        up = put((n.column * top + (bottom - 1)) // bottom, n)
        at = put(nw.when(up.column > 0).then(up.column).otherwise(nw.lit(1)), up)
        return put(nw.when(rank.column == at.column).then(value.column), rank, at)


def _whole(name: str) -> nw.Expr:
    """Read a sum of whole numbers: that of no rows is 0."""
    return nw.col(name).fill_null(0).cast(nw.Int64)


def columns_of(kpi: Kpi, sums: Sums) -> Columns:
    """Give the columns that a KPI has in a result."""
    match kpi.measure:
        case Count(of):
            asked = sums.rows.asked(of, None)
            yes = sums.count(asked.yes)
            return {"": yes, "numerator": yes, "denominator": _NOTHING} | _counts(asked, sums)
        case Share(of, among):
            asked = sums.rows.asked(of, among)
            yes, n = sums.count(asked.yes), sums.count(asked.counted)
            return {"": _divided(yes, n), "numerator": yes, "denominator": n} | _counts(asked, sums)
        case Total() | Mean():
            return _gathered(kpi.measure, sums)
        case Ratio():
            return _ratio(kpi.measure, sums)
        case Percentile():
            return _percentile(kpi.measure, sums)
        case _:
            assert_never(kpi.measure)


_NOTHING: Final = nw.lit(None, dtype=nw.Float64)


def _divided(top: nw.Expr, bottom: nw.Expr) -> nw.Expr:
    some = bottom != 0
    by = nw.when(some).then(bottom).otherwise(nw.lit(1))
    return nw.when(some).then(top.cast(nw.Float64) / by.cast(nw.Float64))


def _counts(asked: Asked, sums: Sums) -> Columns:
    n, still_open = sums.count(asked.counted), sums.count(asked.still_open)
    unknown = sums.size() - sums.count(asked.out) - n - still_open
    return {"n": n, "unknown": unknown, "still_open": still_open}


@frozen
class _Added:
    """A sum for reading, and the whole numbers that it is made of; over 0 where it is of floats."""

    total: nw.Expr
    high: nw.Expr
    low: nw.Expr
    per: int

    def columns(self, name: str) -> Columns:
        """Name the parts."""
        per = nw.lit(self.per, dtype=nw.Int64)
        return {f"{name}_high": self.high, f"{name}_low": self.low, f"{name}_per": per}


def _added(figure: Figure, brought: Flag, sums: Sums) -> _Added:
    zero = nw.lit(0, dtype=nw.Int64)
    if figure.floats:
        total = sums.total(figure, brought)
        return _Added(total / float(figure.per), zero, zero, 0)
    high, low = sums.parts(figure, brought)
    total = high.cast(nw.Float64) * float(HALF) + low.cast(nw.Float64)
    return _Added(total / float(figure.per), high, low, figure.per)


def _gathered(measure: Total | Mean, sums: Sums) -> Columns:
    asked, figure = sums.rows.asked(measure.of, measure.among), sums.rows.figure(measure.of)
    added, n = _added(figure, asked.yes, sums), sums.count(asked.counted)
    rest = _counts(asked, sums) | added.columns("numerator")
    if isinstance(measure, Total):
        value = nw.when(n > 0).then(added.total)
        return {"": value, "numerator": added.total, "denominator": _NOTHING} | rest
    value, spread = _divided(added.total, n), sums.variance(figure, asked.yes)
    variance = {"variance": spread / float(figure.per) / float(figure.per)}
    return {"": value, "numerator": added.total, "denominator": n} | rest | variance


def _percentile(measure: Percentile, sums: Sums) -> Columns:
    asked, figure = sums.rows.asked(measure.of, measure.among), sums.rows.figure(measure.of)
    counts = _counts(asked, sums)
    if sums.rows.source.opened.eager:
        names = tuple(sums.rows.source.fresh() for _ in range(5))
        sums.wanted.append(Wanted(measure, figure, asked.yes, names))
        value, below, above, low, high = map(nw.col, names)
        per = 0 if figure.floats else figure.per
    else:
        value = sums.quantile(measure, figure, asked.yes) / float(figure.per)
        below = above = value
        low = high = _NOTHING
        per = 0
    return (
        {"": value, "numerator": _NOTHING, "denominator": counts["n"]}
        | counts
        | {"below": below, "above": above, "per": nw.lit(per, dtype=nw.Int64)}
        | {"low": low, "high": high, "approximate": nw.lit(value=False)}
    )


def _ratio(ratio: Ratio, sums: Sums) -> Columns:
    workings = sums.rows.workings
    sides = [_side(side, sums) for side in (ratio.of, ratio.to)]
    one, other = (asked for asked, _ in sides)
    still_open = workings.either(one.still_open, other.still_open)
    out = workings.both(one.out, other.out)
    said = workings.both(*(workings.either(asked.out, asked.counted) for asked in (one, other)))
    counted = workings.unless(said, out)
    asked = Asked(counted, counted, out, still_open)
    top, bottom = (
        _brought(figure, workings.both(counted, side.yes), sums) for side, figure in sides
    )
    value = _divided(top.total, bottom.total)
    return (
        {"": value, "numerator": top.total, "denominator": bottom.total}
        | _counts(asked, sums)
        | top.columns("numerator")
        | bottom.columns("denominator")
    )


def _side(side: Count | Total, sums: Sums) -> tuple[Asked, Figure | None]:
    if isinstance(side, Count):
        return sums.rows.asked(side.of, None), None
    return sums.rows.asked(side.of, side.among), sums.rows.figure(side.of)


def _brought(figure: Figure | None, brought: Flag, sums: Sums) -> _Added:
    if figure is not None:
        return _added(figure, brought, sums)
    count = sums.count(brought)
    return _Added(count.cast(nw.Float64), nw.lit(0, dtype=nw.Int64), count, 1)
