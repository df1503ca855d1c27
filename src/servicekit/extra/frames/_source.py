"""The frame that is measured: its columns, their types, and what was read of them once."""

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import Any

from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import Frame, Opened, plain, unsupported
from servicekit.extra.frames._workings import ALWAYS, Cell, Flag, Workings
from servicekit.kpi._numbers import Unreadable

__all__ = ["Source"]


class Source:
    """A frame, and what is worked out of it.

    What Python or an engine's own function has to read is added to the frame, under names that
    begin as no column of it does; everything else is a piece of the workings.
    """

    def __init__(self, opened: Opened, zone: tzinfo | None) -> None:
        self.opened = opened
        self.plan = opened.plan
        self.schema = opened.schema
        self.zone = zone
        self._prefix = _free(opened.schema)
        self._added = 0
        self.workings = Workings(f"{self._prefix}p")

    def dtype(self, column: str) -> Any:
        """Give the type of a column; None for one that can hold nothing but nulls."""
        dtype = self.schema[column]
        return None if dtype == nw.Unknown and self.opened.holds_nothing(column) else dtype

    def is_of_objects(self, column: str) -> bool:
        """Whether a column is one of any Python objects, which can be read one by one."""
        return self.schema[column] == nw.Object and self.holds_objects(column)

    def holds_objects(self, column: str) -> bool:
        """Whether a column is one of Python objects; where all are texts it is one of texts too."""
        plan = self.opened.plan
        if not (isinstance(plan, nw.DataFrame) and plan.implementation.is_pandas_like()):
            return False
        return str(plan.to_native()[column].dtype) == "object"

    def objects(self, column: str) -> Sequence[Any]:
        """Give the objects of a column of them."""
        return self.workings.once(
            ("objects", column), lambda: list(map(plain, self._objects(column)))
        )

    def _objects(self, column: str) -> Iterable[Any]:
        plan = self.opened.plan
        assert isinstance(plan, nw.DataFrame)  # noqa: S101 - asked for eager frames only
        return plan.get_column(column).to_list()

    def fresh(self) -> str:
        """Give a name that no column has."""
        self._added += 1
        return f"{self._prefix}r{self._added}"

    def with_flags(self, column: str) -> str | None:
        """Have pandas read flags among gaps at once; None where something else is among them."""
        series = self.opened.plan.to_native()[column]
        pandas = self.opened.plan.implementation.to_native_namespace()
        if pandas.api.types.infer_dtype(series, skipna=True) != "boolean":
            return None
        name = self.fresh()
        read = nw.from_native(series.astype("boolean"), series_only=True)
        self.plan = self.plan.with_columns(read.alias(name))
        return name

    def ends(self, column: str, of: nw.Expr) -> tuple[int, int] | None:
        """Give the least and the largest whole number where a column is not null; 0 where it is.

        None where the frame is lazy.
        """
        known, value = self.fresh(), self.fresh()
        low, high = nw.col(value).min(), nw.col(value).max().alias(known)

        def compute() -> Frame:
            if self.there(column) is ALWAYS or not self.plan.implementation.is_pandas_like():
                return self.plan.select(of.alias(value)).select(low, high)
            there = self.plan.select((~nw.col(column).is_null()).alias(known), of.alias(value))
            return there.filter(nw.col(known)).select(low, high)

        found = self.opened.looked_up(compute)
        if found is None:
            return None
        return (0, 0) if None in found else (int(found[0]), int(found[1]))

    @property
    def size(self) -> int | None:
        """How many rows there are; None of a lazy frame."""
        found = self.workings.once("size", lambda: self.opened.looked_up(self._counted))
        return None if found is None else int(found[0])

    def _counted(self) -> Frame:
        return self.opened.plan.select(nw.len())

    def add(self, values: Iterable[Any], dtype: Any) -> Cell:
        """Take in a column that was made in Python, without gaps."""
        name = self.fresh()
        engine = self.plan.implementation
        series = nw.new_series(name, list(values), dtype, backend=engine)
        self.plan = self.plan.with_columns(series)
        return self.workings.put(nw.col(name))

    def add_nullable(self, values: Sequence[Any], dtype: str | None) -> Cell:
        """Take in a column with gaps: of texts, or of a type that pandas names so."""
        name = self.fresh()
        series = nw.new_series(
            name,
            values,
            nw.String if dtype is None else nw.Object,
            backend=self.plan.implementation,
        )
        if dtype is not None:
            series = nw.from_native(series.to_native().astype(dtype), series_only=True)
        self.plan = self.plan.with_columns(series)
        return self.workings.put(nw.col(name))

    def there(self, column: str) -> Flag:
        """Say where a column is not null."""
        return self.workings.once(("there", column), lambda: self._there(column))

    def _there(self, column: str) -> Flag:
        missing = nw.col(column).is_null()
        found = self.opened.looked_up(lambda: self.opened.plan.select(missing.any()))
        return ALWAYS if found == (False,) else self.workings.put(~missing)

    def anything(self) -> Cell:
        """Give a column of zeros, to stand where nothing is known."""
        column = nw.col(next(iter(self.schema)))
        put = self.workings.put
        return self.workings.once("zeros", lambda: put(column.is_null().cast(nw.Int64) * 0))

    def refusal(self, column: str, allowed: str) -> Unreadable:
        """Make the error for a column of a type that cannot be read so."""
        problem = unsupported(column, self.schema[column], allowed)
        return Unreadable(problem.field, problem.value, problem.allowed)


def _free(schema: Iterable[str]) -> str:
    """Give a beginning that no name has; engines of SQL do not tell small letters from capitals."""
    names, prefix = [str(name).casefold() for name in schema], "k"
    while any(name.startswith(prefix) for name in names):
        prefix += "_"
    return prefix
