"""What conditions say of rows of feedback, on what is on record of them."""

from collections.abc import Hashable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from servicekit.errors import RecordError
from servicekit.kpi import Condition
from servicekit.kpi._chunk import FALSE, TRUE, UNKNOWN, Chunk, Now
from servicekit.kpi._numbers import Unreadable

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


def column_of(function: str, rows: Sequence[Any], name: str) -> Sequence[Hashable]:
    """Read a column; raises `RecordError` for a row that lacks it."""
    try:
        return _chunk(rows).column(name)
    except Unreadable as error:
        raise RecordError(function, (error.problem,)) from None
