"""Columns of small numbers, one byte for each respondent, counted and added without a loop.

A column of bytes is also one large integer with a lane of eight bits for each respondent. Adding
two such integers adds all respondents at once, as long as no lane overflows, and counting bits
counts respondents. That keeps up with compiled array code, and it is exact.
"""

from collections.abc import Sequence
from functools import lru_cache, reduce
from typing import Final

__all__ = [
    "LONGEST",
    "SHORT",
    "byte_sum",
    "lane_sums",
    "narrow_sums",
    "reaching",
    "short_square_sum",
    "square_sum",
    "value_counts",
    "weighted_lanes",
]

LONGEST: Final = 1 << 14
"""The most respondents in a column: `byte_sum` is right up to 65,000; shorter ones fit a cache."""
SHORT: Final = 1 << 14
"""What weighted sums have to stay below."""

_BYTE: Final = 256
_LOW_OF_SQUARE: Final = bytes(value * value % _BYTE for value in range(_BYTE))
_HIGH_OF_SQUARE: Final = bytes(value * value // _BYTE for value in range(_BYTE))


@lru_cache(maxsize=64)
def _every(lane: bytes, lanes: int) -> int:
    """Give an integer with the same bits in every lane."""
    return int.from_bytes(lane * lanes, "little")


@lru_cache(maxsize=8)
def _masks(lanes: int) -> tuple[int, ...]:
    """Give, for each bit of a byte, an integer with that bit set in every lane."""
    return tuple(_every(bytes([1 << bit]), lanes) for bit in range(8))


@lru_cache(maxsize=256)
def _flags(values: range) -> tuple[bytes, ...]:
    """Make tables that translate all values but the last to fields of two bits, four to a byte."""
    fours = [values[start : start + 4] for start in range(0, len(values) - 1, 4)]
    return tuple(
        bytes(1 << 2 * (value - four[0]) if value in four else 0 for value in range(_BYTE))
        for four in fours
    )


def value_counts(column: bytes, values: range) -> list[int]:
    """Count how often each value occurs in a column that holds no others.

    Three respondents are added in every field of two bits before bits are counted; the last value
    has what the others leave.
    """
    third = -(-len(column) // 3)
    counts: list[int] = []
    for table in _flags(values):
        flags = column.translate(table)
        thirds = (flags[start : start + third] for start in (0, third, 2 * third))
        packed = sum(int.from_bytes(part, "little") for part in thirds)
        bits = [(packed & mask).bit_count() for mask in _masks(third)]
        counts += [one + 2 * two for one, two in zip(bits[::2], bits[1::2], strict=True)]
    counts = counts[: len(values) - 1]
    return [*counts, len(column) - sum(counts)]


def lane_sums(columns: Sequence[bytes]) -> bytes:
    """Add columns up for each respondent; no sum may be above 255."""
    total = sum(int.from_bytes(column, "little") for column in columns)
    return total.to_bytes(len(columns[0]), "little")


def narrow_sums(columns: Sequence[bytes]) -> bytes | None:
    """Add columns up for each respondent; None where their values leave room for more than 255."""
    count = len(columns[0])
    lanes = [int.from_bytes(column, "little") for column in columns]
    most = (1 << _width(reduce(int.__or__, lanes), count)) - 1
    return sum(lanes).to_bytes(count, "little") if most * len(columns) < _BYTE else None


def _width(lanes: int, count: int) -> int:
    """Give the number of bits that the largest of so many lanes takes."""
    masks = _masks(count)
    return next((bit + 1 for bit in reversed(range(8)) if lanes & masks[bit]), 0)


def byte_sum(column: bytes) -> int:
    """Add up a column: as lanes of three bytes, whose sum is the rest of a division by 2^24 - 1."""
    lanes = len(column) // 3 + 1
    values, low = int.from_bytes(column, "little"), _every(b"\xff\0\0", lanes)
    total = (values & low) + (values >> 8 & low) + (values >> 16 & low)
    for half in (lanes // 2, lanes // 4, lanes // 8):  # adding two halves is quicker than dividing
        total = (total & _every(b"\xff\xff\xff", half)) + (total >> 24 * half)
    return total % 0xFFFFFF


def square_sum(column: bytes) -> int:
    """Add up the squares of all values in a column."""
    low, high = column.translate(_LOW_OF_SQUARE), column.translate(_HIGH_OF_SQUARE)
    return byte_sum(low) + _BYTE * byte_sum(high)


def weighted_lanes(columns: Sequence[bytes], weights: Sequence[int]) -> int:
    """Add weighted columns up, in lanes of two bytes; no sum may reach `SHORT`."""
    total = 0
    for column, weight in zip(columns, weights, strict=True):
        lanes = bytearray(2 * len(column))
        lanes[::2] = column
        total += weight * int.from_bytes(lanes, "little")
    return total


def short_square_sum(total: int, count: int) -> int:
    """Add up the squares of so many lanes of two bytes, each below `SHORT`.

    With ``a`` and ``b`` the upper and lower seven bits of a lane, its square is
    ``128^2 a^2 + 128 * 2ab + b^2``, and ``2ab`` is ``(a + b)^2 - a^2 - b^2``.
    """
    halves = (total << 1).to_bytes(2 * count, "little")
    upper, lower = halves[1::2], int.from_bytes(halves[::2], "little") >> 1
    both = lower + int.from_bytes(upper, "little")
    a, b, ab = map(square_sum, (upper, *(one.to_bytes(count, "little") for one in (lower, both))))
    return SHORT * a + 128 * (ab - a - b) + b


def reaching(total: int, count: int, floor: int) -> int:
    """Count the lanes of two bytes that are not below a floor; all are at most `SHORT`."""
    carried = total + _every((2 * SHORT - floor).to_bytes(2, "little"), count)
    return (carried & _every(b"\0\x80", count)).bit_count()
