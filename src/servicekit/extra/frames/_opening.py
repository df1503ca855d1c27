"""Opening a frame of any engine, and giving the result back in the kind that came in."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, NoReturn

from attrs import frozen

from servicekit.errors import Problem, RecordError
from servicekit.extra.frames._narwhals import nw

__all__ = ["Frame", "Opened", "absent", "opened", "plain", "refuse_frame", "unsupported"]

Frame = nw.LazyFrame[Any] | nw.DataFrame[Any]
"""A frame of any engine, as narwhals shows it."""

_FRAME: Final = (
    "a frame of pandas, Polars, PyArrow, DuckDB, Dask, Ibis, PySpark or any other engine that "
    "narwhals knows, each column under a name of its own"
)


@frozen
class Opened:
    """A frame that was opened: what is to be computed on it, and what its columns hold.

    Polars frames are made lazy, so that their engine sees the whole plan at once; any other frame
    stays as it is. ``schema`` has the type of every column; nothing is computed to know it.
    """

    plan: Frame
    schema: Mapping[str, nw.dtypes.DType]
    _native: bool
    eager: bool

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
        return found.row(0)

    def holds_nothing(self, column: str) -> bool:
        """Whether a column is of the type that an engine has for nothing but nulls."""
        native = self.plan.to_native()
        if self.plan.implementation.is_polars():
            return str(native.collect_schema()[column]) == "Null"
        return (
            self.plan.implementation.is_pyarrow()
            and str(native.schema.field(column).type) == "null"
        )


def opened(frame: Any) -> Opened:
    """Open a frame.

    Raises `RecordError` for what is no frame, or one that has two columns of one name.
    """
    given = _known(frame)
    eager = isinstance(given, nw.DataFrame)
    plan = given.lazy() if isinstance(given, nw.DataFrame) and _is_polars(given) else given
    return Opened(plan, dict(given.collect_schema()), native=given is not frame, eager=eager)


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
