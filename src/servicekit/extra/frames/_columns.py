"""The columns that a KPI has in a result, worked out of the sums of each group."""

from typing import Final, assert_never

from attrs import frozen

from servicekit.extra.frames._figures import Figure
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._percentiles import Wanted
from servicekit.extra.frames._rows import Asked
from servicekit.extra.frames._sums import HALF, Sums
from servicekit.extra.frames._workings import Flag
from servicekit.kpi import Count, Kpi, Mean, Percentile, Ratio, Share, Total
from servicekit.kpi._numbers import Unreadable

__all__ = ["Columns", "columns_of"]

Columns = dict[str, nw.Expr]
"""Columns of the result, by what is put after the key of the KPI."""


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
            return _percentile(kpi, kpi.measure, sums)
        case _:
            assert_never(kpi.measure)


_ON_DASK: Final = "measures that are sums: Dask has no percentile by group, exact or approximate"
_NOTHING: Final = nw.lit(None, dtype=nw.Float64)


def _divided(top: nw.Expr, bottom: nw.Expr) -> nw.Expr:
    some = bottom != 0
    by = nw.when(some).then(bottom).otherwise(nw.lit(1))
    return nw.when(some).then(top / by)


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
    total = high / 1 * float(HALF) + low / 1
    return _Added(total / float(figure.per), high, low, figure.per)


def _gathered(measure: Total | Mean, sums: Sums) -> Columns:
    asked, figure = sums.rows.asked(measure.of, measure.among), sums.rows.figure(measure.of)
    added, n = _added(figure, asked.yes, sums), sums.count(asked.counted)
    rest = _counts(asked, sums) | added.columns("numerator")
    if isinstance(measure, Total):
        known = nw.when(n > 0).then(added.total)
        return {"": known, "numerator": added.total, "denominator": _NOTHING} | rest
    value, spread = _divided(added.total, n), sums.variance(figure, asked.yes)
    variance = {"variance": spread / float(figure.per) / float(figure.per)}
    return {"": value, "numerator": added.total, "denominator": n} | rest | variance


def _percentile(kpi: Kpi, measure: Percentile, sums: Sums) -> Columns:
    if sums.rows.source.plan.implementation.is_dask():
        raise Unreadable(kpi.key, "a percentile", _ON_DASK)
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
        | {"low": low, "high": high, "approximate": nw.lit(sums.sketches)}
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
    return _Added(count / 1, nw.lit(0, dtype=nw.Int64), count, 1)
