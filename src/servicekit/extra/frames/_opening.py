"""Opening a frame of any engine, and giving the result back in the kind that came in."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, NoReturn, cast

from attrs import field, frozen

from servicekit.errors import Problem, RecordError
from servicekit.extra.frames._narwhals import nw
from servicekit.kpi._numbers import is_unknown

__all__ = ["Frame", "Opened", "absent", "opened", "plain", "refuse_frame", "unsupported"]

Frame = nw.LazyFrame[Any] | nw.DataFrame[Any]
"""A frame of any engine, as narwhals shows it."""

_FRAME: Final = (
    "a frame of pandas, Polars, PyArrow, DuckDB, Dask, Ibis, PySpark or any other engine that "
    "narwhals knows, each column under a name of its own"
)

_INSTANTS: Final = re.compile(r"datetime64\[(s|ms|us|ns), (.+)\]")


@frozen
class Opened:
    """A frame that was opened: what is to be computed on it, and what its columns hold.

    Polars frames are made lazy, so that their engine sees the whole plan at once; any other frame
    stays as it is. ``schema`` has the type of every column; nothing is computed to know it.
    """

    plan: Frame
    schema: Mapping[str, nw.dtypes.DType]
    eager: bool
    _native: bool = field(alias="native")

    def close(self, result: Frame) -> Any:
        """Give a result in the kind of frame that was opened: eager, lazy, or one of narwhals."""
        if self.eager and isinstance(result, nw.LazyFrame):
            result = result.collect()
        return result.to_native() if self._native else result

    def looked_up(self, make: Callable[[], Frame]) -> tuple[Any, ...] | None:
        """Give the one row of a result, where the frame is eager; a lazy one is not computed."""
        if not self.eager:
            return None
        result = make()
        found = result.collect() if isinstance(result, nw.LazyFrame) else result
        return tuple(None if is_unknown(value) else value for value in map(plain, found.row(0)))

    @property
    def has_sketches(self) -> bool:
        """Whether the engine has an approximate percentile of its own."""
        engine = self.plan.implementation
        return engine.is_duckdb() or engine.is_ibis() or engine.is_pyspark()

    def holds_nothing(self, column: str) -> bool:
        """Whether a column is of the type that an engine has for nothing but nulls."""
        return _stored(self.plan, column).strip('"').casefold() == "null"


def opened(frame: Any) -> Opened:
    """Open a frame.

    Raises `RecordError` for what is no frame, or one that has two columns of one name.
    """
    given = _known(frame)
    eager = isinstance(given, nw.DataFrame)
    plan = given.lazy() if isinstance(given, nw.DataFrame) and _is_polars(given) else given
    schema = {name: _type(given, name, kind) for name, kind in given.collect_schema().items()}
    return Opened(plan, schema, eager, native=given is not frame)


def _type(frame: Frame, column: str, dtype: Any) -> Any:
    """Give the type of a column, also of some instants that narwhals does not know.

    These are instants of pandas in zones like New_York or +02:00, and nanoseconds of DuckDB.
    """
    if dtype != nw.Unknown:
        return dtype
    stored = _stored(frame, column)
    if stored == "TIMESTAMPTZ_NS":
        return nw.Datetime("ns", "UTC")
    found = _INSTANTS.fullmatch(stored)
    return nw.Datetime(cast("Any", found[1]), found[2]) if found else dtype


def _stored(frame: Frame, column: str) -> str:
    """Name the type of a column as its engine does."""
    native, engine = frame.to_native(), frame.implementation
    if engine.is_duckdb():
        return str(dict(zip(native.columns, native.types, strict=True))[column])
    if engine.is_pyarrow():
        return str(native.schema.field(column).type)
    if engine.is_polars():
        return str(native.collect_schema()[column])
    return str(native.dtypes[column]) if engine.is_pandas_like() or engine.is_dask() else ""


def _is_polars(frame: Frame) -> bool:
    return frame.implementation.is_polars()


def _known(frame: Any) -> Frame:
    try:
        given: Frame = nw.from_native(frame)
        given.collect_schema()
    except (TypeError, nw.exceptions.DuplicateError):
        refuse_frame([Problem("frame", f"of type {type(frame).__name__}", _FRAME)])
    return given


def refuse_frame(problems: Collection[Problem]) -> NoReturn:
    """Refuse a frame with all that is wrong with it."""
    raise RecordError("frame", tuple(problems))


def absent(column: str, schema: Collection[str]) -> Problem:
    """Say that a column is missing, and which there are."""
    there = ", ".join(map(str, schema)) or "none"
    return Problem(column, "missing", f"a column of the frame, which has {there}")


def unsupported(column: str, dtype: object, allowed: str) -> Problem:
    """Say that a column is of a type that cannot be read as what it is asked for."""
    return Problem(column, f"of type {dtype}", allowed)


def plain(value: Any) -> Any:
    """Give a value of a frame as Python knows it; None for pandas' NA, which is no value at all."""
    return None if type(value).__name__ == "NAType" else value
