"""What conditions say of rows of feedback, on what is on record of them."""

from collections.abc import Hashable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from servicekit.errors import Problem, RecordError, shown
from servicekit.kpi import Condition
from servicekit.kpi._chunk import FALSE, TRUE, UNKNOWN, Chunk, Now
from servicekit.kpi._numbers import Unreadable, label

__all__ = ["column_of", "truth_of"]

_TRUTH: Final = {TRUE: True, FALSE: False, UNKNOWN: None}
_EVER: Final = datetime.max.replace(tzinfo=UTC)
"""Feedback is taken as it is recorded: no instant in it lies ahead."""


def _chunk(rows: Sequence[Any]) -> Chunk:
    return Chunk(rows, Now.at(_EVER))


def truth_of(function: str, rows: Sequence[Any], *conditions: Condition) -> list[list[bool | None]]:
    """Say of each condition of which rows it is true, false or unknown.

    Raises `RecordError` for a row that lacks a column or holds there what cannot be read.
    """
    chunk = _chunk(rows)
    try:
        return [[_TRUTH[one] for one in chunk.truth(condition)] for condition in conditions]
    except Unreadable as error:
        raise RecordError(function, (error.problem,)) from None


def column_of(function: str, rows: Sequence[Any], name: str) -> list[Hashable]:
    """Read a column of keys, terms as their text and what is unknown as None.

    Raises `RecordError` for a row that lacks it or holds there what cannot be a key.
    """
    try:
        keys = list(map(label, _chunk(rows).column(name)))
    except Unreadable as error:
        raise RecordError(function, (error.problem,)) from None
    others = (key for key in keys if not _is_key(key))
    if problems := tuple(Problem(name, shown(key), "a key, such as text") for key in others):
        raise RecordError(function, problems)
    return keys


def _is_key(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True
