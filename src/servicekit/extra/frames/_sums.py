"""What is added up of a frame, by group.

Sums of whole numbers are exact however large they grow: each number is split into a high and a low
part, whose sums stay far from the largest whole number of any engine.
"""

from typing import Final, NamedTuple

from servicekit.extra.frames._figures import LARGEST, Figure, as_float
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._percentiles import Wanted
from servicekit.extra.frames._rows import Rows
from servicekit.extra.frames._workings import Cell, Flag
from servicekit.kpi import Method, Percentile
from servicekit.kpi._written import Exact

__all__ = ["HALF", "Aggregate", "Sums"]

HALF: Final = 2**31
"""What the high part of a whole number is counted in."""
_HIGHEST: Final = LARGEST // HALF
"""The largest high part; engines that divide by way of floats may come to one more."""
_SMALL: Final = 2**32
"""Numbers up to this size need no high part: it would take 2**31 rows to fill a sum."""


class Aggregate(NamedTuple):
    """What a column comes to in each group: how, of which column, and for a percentile its p."""

    how: str
    column: str
    p: float = 0

    def expression(self) -> nw.Expr:
        """Write it for narwhals."""
        column = nw.col(self.column)
        if self.how == "len":
            return nw.len()
        if self.how == "wide":
            return column.cast(nw.Int128).sum()
        if self.how == "quantile":
            return column.quantile(self.p, "linear")
        made: nw.Expr = getattr(column, self.how)()
        return made


class Sums:
    """What was asked for so far, and the columns in which it will be."""

    def __init__(self, rows: Rows, *, approximate: bool) -> None:
        self.rows = rows
        self.aggregates: dict[str, Aggregate] = {}
        self.wanted: list[Wanted] = []
        self.keys: list[Cell] = []
        self.sketches = approximate and rows.source.opened.has_sketches

    @property
    def needed(self) -> list[str]:
        """The pieces that are aggregated, grouped by or read off."""
        read = [one.figure.value.name for one in self.wanted]
        read += [one.chosen.name for one in self.wanted if isinstance(one.chosen, Cell)]
        groups = [cell.name for cell in self.keys]
        return [*groups, *read, *(one.column for one in self.aggregates.values())]

    def _keep(self, how: str, cell: Cell | None = None, p: float = 0) -> str:
        aggregate = Aggregate(how, cell.name if cell else "", p)

        def compute() -> str:
            name = self.rows.source.fresh()
            self.aggregates[name] = aggregate
            return name

        return self.rows.workings.once(aggregate, compute)

    def size(self) -> nw.Expr:
        """Count all rows."""
        return _whole(self._keep("len"))

    def count(self, flag: Flag) -> nw.Expr:
        """Count the rows in which a flag is set."""
        if isinstance(flag, bool):
            return self.size() if flag else nw.lit(0, dtype=nw.Int64)
        column, workings = flag.column, self.rows.workings
        ones = workings.once(("ones", flag), lambda: workings.put(column.cast(nw.Int8), flag))
        return _whole(self._keep("sum", ones))

    def parts(self, figure: Figure, brought: Flag) -> tuple[nw.Expr, nw.Expr]:
        """Add up whole numbers of the rows in which a flag is set: a high part and a low one."""
        value, workings = self._chosen(figure, brought), self.rows.workings
        engine = self.rows.source.plan.implementation
        if figure.most > _SMALL and (engine.is_duckdb() or engine.is_polars()):
            return _parted(self._keep("wide" if engine.is_polars() else "sum", value))
        size = self.rows.source.size
        if figure.most <= _SMALL or (size is not None and figure.most * size <= LARGEST):
            return nw.lit(0, dtype=nw.Int64), _whole(self._keep("sum", value))
        halves = workings.once(("halves", value), lambda: self._halves(value, figure.most))
        high, low = (_whole(self._keep("sum", half)) for half in halves)
        return high, low

    def _halves(self, value: Cell, most: int) -> tuple[Cell, Cell]:
        put, halved = self.rows.workings.put, value.column // HALF
        high = put(halved.clip(-_HIGHEST - 1, _HIGHEST) if most >= LARGEST else halved, value)
        return high, put(value.column - high.column * HALF, value, high)

    def _chosen(self, figure: Figure, brought: Flag) -> Cell:
        """Give the whole numbers of the rows in which a flag is set, elsewhere zero."""
        put, value, zero = self.rows.workings.put, figure.value, nw.lit(0, dtype=nw.Int64)
        if isinstance(brought, bool):
            return value if brought else self.rows.source.anything()
        kept = nw.when(brought.column).then(value.column).otherwise(zero)
        return self.rows.workings.once(
            ("chosen", value, brought), lambda: put(kept, value, brought)
        )

    def _floats(self, figure: Figure, brought: Flag) -> Cell:
        """Give floats of the rows in which a flag is set, elsewhere null."""
        workings, value = self.rows.workings, as_float(figure)
        there = nw.when(workings.column(brought)).then(value)
        return workings.once(
            ("floats", figure.value, brought), lambda: workings.put(there, figure.value, brought)
        )

    def total(self, figure: Figure, brought: Flag) -> nw.Expr:
        """Add up floats of the rows in which a flag is set."""
        return nw.col(self._keep("sum", self._floats(figure, brought))).fill_null(0.0)

    def variance(self, figure: Figure, brought: Flag) -> nw.Expr:
        """Give the sample variance of numbers of the rows in which a flag is set."""
        return nw.col(self._keep("var", self._floats(figure, brought)))

    def quantile(self, measure: Percentile, figure: Figure, brought: Flag) -> nw.Expr:
        """Give a percentile as the engine of a lazy frame computes it."""
        value, p = self._floats(figure, brought), measure.p
        if self.sketches:
            return nw.col(self._keep("sketch", value, float(p)))
        if measure.method is Method.LINEAR:
            return nw.col(self._keep("quantile", value, float(p)))
        return nw.col(self._keep("max", self._of_rank(value, brought, p)))

    def _of_rank(self, value: Cell, brought: Flag, p: Exact) -> Cell:
        """Give the value of the nearest rank, where it stands, elsewhere null."""
        put, once = self.rows.workings.put, self.rows.workings.once
        keys = self.keys or [self.rows.source.anything()]
        names = [cell.name for cell in keys]
        whole = self.rows.workings.column(brought).cast(nw.Int64)
        one = once(("one", brought), lambda: put(whole, brought, self.rows.source.anything()))
        n = once(("n", brought), lambda: put(one.column.sum().over(*names), one, *keys))
        ranks = value.column.rank("ordinal").over(*names)
        rank = once(("rank", value), lambda: put(ranks, value, *keys))
        top, bottom = p.as_integer_ratio()
        up = put((n.column * top + (bottom - 1)) // bottom, n)
        at = put(nw.when(up.column > 0).then(up.column).otherwise(nw.lit(1)), up)
        return put(nw.when(rank.column == at.column).then(value.column), rank, at, value)


def _parted(name: str) -> tuple[nw.Expr, nw.Expr]:
    """Take a sum apart that has more bits than whole numbers have."""
    total = nw.col(name).fill_null(0)
    high = total // HALF
    return high.cast(nw.Int64), (total - high * HALF).cast(nw.Int64)


def _whole(name: str) -> nw.Expr:
    """Read a sum of whole numbers: that of no rows is 0."""
    return nw.col(name).fill_null(0).cast(nw.Int64)
