"""The frame that is measured: its columns, their types, and what was read of them once."""

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import Any, cast

from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import Opened, plain
from servicekit.extra.frames._workings import Cell, Workings
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
        return cast("list[Any]", plan.get_column(column).to_list())

    def fresh(self) -> str:
        """Give a name that no column has."""
        self._added += 1
        return f"{self._prefix}r{self._added}"

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

    def there(self, column: str) -> Cell:
        """Say where a column is not null."""
        put = self.workings.put
        return self.workings.once(("there", column), lambda: put(~nw.col(column).is_null()))

    def anything(self) -> Cell:
        """Give a column to stand where nothing is known."""
        put = self.workings.put
        return self.workings.once("anything", lambda: put(nw.lit(0, dtype=nw.Int64)))

    def refusal(self, column: str, allowed: str) -> Unreadable:
        """Make the error for a column of a type that cannot be read so."""
        return Unreadable(column, f"of type {self.schema[column]}", allowed)


def _free(schema: Iterable[str]) -> str:
    """Give a beginning that no name has; engines of SQL do not tell small letters from capitals."""
    names, prefix = [str(name).casefold() for name in schema], "k"
    while any(name.startswith(prefix) for name in names):
        prefix += "_"
    return prefix
