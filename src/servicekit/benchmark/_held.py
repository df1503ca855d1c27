"""Columns of ratings as they come from lists and arrays, taken over into bytes."""

from collections.abc import Iterable, Mapping
from struct import pack
from typing import Any, Final

from servicekit.benchmark._answers import plain
from servicekit.errors import Problem, RecordError

__all__ = ["Columns", "columns_held"]

Columns = Mapping[str, Iterable[int | None]]
"""Statement key to the ratings of all respondents, None where one did not answer.

A column is a list, a tuple, bytes, or an array of whole numbers (from the array module, NumPy or
anything else with a buffer).
"""

_WHOLE: Final = frozenset("bBhHiIlLqQnN")
"""The buffer formats of whole numbers."""
_LOWEST_FIRST: Final = pack("=H", 1) == b"\1\0"
"""Whether this machine stores the lowest byte of a number first."""


def columns_held(
    function: str, columns: Columns, keys: Iterable[str]
) -> dict[str, bytes | tuple[Any, ...]]:
    """Take columns in the order of their keys, as bytes where that is possible."""
    wanted = dict.fromkeys(keys)
    unknown = (key for key in columns if key not in wanted)
    problems = [Problem(f"columns[{key!r}]", "unknown", "a statement") for key in unknown]
    held = {key: _column(columns[key]) for key in wanted if key in columns}
    problems += (
        Problem(f"columns[{key!r}]", "missing", "a column for every statement")
        for key in wanted
        if key not in columns
    )
    lengths = {key: len(column) for key, column in held.items()}
    length = next(iter(lengths.values()), 0)
    problems += (
        Problem(f"columns[{key!r}]", f"{own} long", f"{length} ratings, as many as in the first")
        for key, own in lengths.items()
        if own != length
    )
    if problems:
        raise RecordError(function, tuple(problems))
    return held


def _column(values: Iterable[int | None]) -> bytes | tuple[Any, ...]:
    if isinstance(values, (bytes, bytearray)):
        return bytes(values)
    buffer: Any = values
    try:
        view = memoryview(buffer)
    except TypeError:
        return _of_any(tuple(values))
    if view.ndim != 1 or view.format not in _WHOLE:
        return _of_any(tuple(values))
    return _narrowed(view) or _of_any(tuple(view.tolist()))


def _of_any(values: tuple[Any, ...]) -> bytes | tuple[Any, ...]:
    column = plain(values)
    return values if column is None else column


def _narrowed(view: "memoryview[int]") -> bytes | None:
    """Take the lowest byte of each number, if nothing is lost with the others."""
    size, every = view.itemsize, view.tobytes()
    lowest = slice(0 if _LOWEST_FIRST else size - 1, None, size)
    widened = bytearray(len(every))
    widened[lowest] = narrow = every[lowest]
    return narrow if bytes(widened) == every else None
