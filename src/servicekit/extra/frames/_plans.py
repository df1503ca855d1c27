"""What plans over frames need, whatever they compute: names of their own, and the order of rows."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, cast

from servicekit.errors import Problem
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import Frame, Opened, absent, unsupported

__all__ = [
    "apart",
    "computed",
    "few",
    "in_order",
    "keeps_floats",
    "keeps_order",
    "known",
    "place",
    "quotient",
    "text_problem",
]

_TEXTS: Final = "text, or categories that are text"
_REPORTED: Final = 100
"""How many rows one error names at most."""


def apart(columns: Iterable[str]) -> Callable[[str], str]:
    """Give a way to name columns that no other column is called by."""
    prefix = "_"
    taken = tuple(columns)
    while any(column.startswith(prefix) for column in taken):
        prefix += "_"
    return lambda name: f"{prefix}{name}"


def keeps_floats(plan: Frame) -> bool:
    """Whether the engine turns whole numbers to floats where some are missing, as pandas does."""
    return plan.implementation.is_pandas_like() or plan.implementation.is_dask()


def keeps_order(plan: Frame) -> bool:
    """Whether the rows have an order."""
    return isinstance(plan, nw.DataFrame) or plan.implementation.is_polars()


def in_order(plan: Frame, name: str) -> Frame:
    """Add the number of each row, from 0 on; null where the rows have no order."""
    if isinstance(plan, nw.DataFrame):
        return plan.with_row_index(name)
    if plan.implementation.is_polars():
        native: Any = plan.to_native()
        return cast("Frame", nw.from_native(native.with_row_index(name)))
    return plan.with_columns(nw.lit(None, nw.Float64).alias(name))


def quotient(number: nw.Expr, divisor: int) -> nw.Expr:
    """Divide floats, to the nearest float on every engine.

    Polars multiplies by the rounded reciprocal of a constant, but divides by a column exactly.
    """
    return number / (number * 0 + divisor)


def computed(plan: Frame) -> nw.DataFrame[Any]:
    """Compute a plan."""
    return plan.collect() if isinstance(plan, nw.LazyFrame) else plan


def known(value: Any) -> Any:
    """Give a value from a frame; None for whatever an engine has for a missing one."""
    try:
        return value if value == value else None  # noqa: PLR0124 - NaN differs from itself
    except TypeError:  # what pandas calls NA is neither the same nor another
        return None


def few(plan: Frame, columns: Sequence[str]) -> list[dict[str, Any]]:
    """Compute some columns of the first few rows."""
    rows = computed(plan.select(*columns).head(_REPORTED)).rows(named=True)
    return [{name: known(value) for name, value in row.items()} for row in rows]


def text_problem(frame: Opened, column: str) -> Problem | None:
    """Say what is wrong with a column that has to hold text, if anything is."""
    dtype = frame.schema.get(column)
    if dtype is None:
        return absent(column, frame.schema)
    if isinstance(dtype, (nw.String, nw.Categorical, nw.Enum)):
        return None
    return unsupported(column, dtype, _TEXTS)


def place(column: str, row: int | None) -> str:
    """Name the place of a value in a frame."""
    return f"column {column!r}" if row is None else f"row {row}, column {column!r}"
