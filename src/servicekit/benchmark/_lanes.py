"""Columns of small numbers, one byte for each respondent, counted and added without a loop.

A column of bytes is also one large integer with a lane of eight bits for each respondent. Adding
two such integers adds all respondents at once, as long as no lane overflows, and counting bits
counts respondents. That keeps up with compiled array code, and it is exact.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from struct import unpack
from typing import Final

__all__ = ["LONGEST", "byte_sum", "lane_sums", "square_sum", "value_counts", "weighted_sums"]

LONGEST: Final = 1 << 14
"""The most respondents in a column: `byte_sum` is right up to 65,000; shorter ones fit a cache."""

_BYTE: Final = 256
_LOW_OF_SQUARE: Final = bytes(value * value % _BYTE for value in range(_BYTE))
_HIGH_OF_SQUARE: Final = bytes(value * value // _BYTE for value in range(_BYTE))
_FORMATS: Final = {1: "B", 2: "H", 4: "I", 8: "Q"}


@lru_cache(maxsize=8)
def _every(lane: bytes, lanes: int) -> int:
    """Give an integer with the same bits in every lane."""
    return int.from_bytes(lane * lanes, "little")


@lru_cache(maxsize=256)
def _flags(values: range) -> tuple[bytes, ...]:
    """Make tables that translate a value to one set bit, eight values to a table."""
    eights = [values[start : start + 8] for start in range(0, len(values), 8)]
    return tuple(
        bytes(1 << value - eight[0] if value in eight else 0 for value in range(_BYTE))
        for eight in eights
    )


def value_counts(column: bytes, values: range) -> list[int]:
    """Count how often each value occurs in a column."""
    ones = _every(b"\1", len(column))
    flagged = (int.from_bytes(column.translate(table), "little") for table in _flags(values))
    counts = [(flags >> bit & ones).bit_count() for flags in flagged for bit in range(8)]
    return counts[: len(values)]


def lane_sums(columns: Sequence[bytes]) -> bytes:
    """Add columns up for each respondent; no sum may be above 255."""
    total = sum(int.from_bytes(column, "little") for column in columns)
    return total.to_bytes(len(columns[0]), "little")


def square_sum(column: bytes) -> int:
    """Add up the squares of all values in a column."""
    low, high = column.translate(_LOW_OF_SQUARE), column.translate(_HIGH_OF_SQUARE)
    return byte_sum(low) + _BYTE * byte_sum(high)


def byte_sum(column: bytes) -> int:
    """Add up a column: as lanes of three bytes, whose sum is the rest of a division by 2^24 - 1."""
    lanes, low = int.from_bytes(column, "little"), _every(b"\xff\0\0", len(column) // 3 + 1)
    return ((lanes & low) + (lanes >> 8 & low) + (lanes >> 16 & low)) % 0xFFFFFF


def weighted_sums(columns: Sequence[bytes], weights: Sequence[int], most: int) -> tuple[int, ...]:
    """Add weighted columns up for each respondent; no sum is above ``most``, which fits 64 bits."""
    width = next(width for width in _FORMATS if most < _BYTE**width)
    wide = zip(weights, _widened(columns, width), strict=True)
    total = sum(weight * lanes for weight, lanes in wide)
    count = len(columns[0])
    return unpack(f"<{count}{_FORMATS[width]}", total.to_bytes(width * count, "little"))


def _widened(columns: Sequence[bytes], width: int) -> Iterator[int]:
    for column in columns:
        lanes = bytearray(width * len(column))
        lanes[::width] = column
        yield int.from_bytes(lanes, "little")
