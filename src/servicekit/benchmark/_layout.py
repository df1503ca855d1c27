"""An instrument compiled for scoring: where each statement stands, and everything in whole numbers.

Means of different sections meet only as multiples of one unit, a fraction with the least common
multiple of the section sizes below the line; neither floats nor fractions are added or compared.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil, lcm
from operator import itemgetter
from typing import Any, Final

from attrs import frozen

from servicekit.benchmark._answers import Ratings, Shape, shape_of
from servicekit.benchmark._parts import Band, Scale, Section

__all__ = ["Layout", "Unit", "layout", "places", "ratio"]

_BYTE: Final = 1 << 8


@lru_cache(maxsize=8192)
def ratio(numerator: int, denominator: int) -> Fraction:
    """Give a fraction; scores consist of few of them, and to make one anew is slow."""
    return Fraction(numerator, denominator)


@frozen(eq=False)
class Unit:
    """The part of 1 in which section scores, totals and floors are counted."""

    parts: int
    weights: tuple[int, ...]
    """What a point in each section is worth, where all of it was answered."""
    floors: tuple[int, ...]
    gaps: tuple[int, ...]
    """Where each gap of the printed bands begins and ends, one after the other."""
    most: int
    """The highest total."""

    def band(self, total: int) -> int:
        """Give the position of the band that a total reaches."""
        return bisect_right(self.floors, total)

    def between(self, total: int) -> bool:
        """Whether a total lies in a gap of the bands as they are printed, its ends excluded."""
        before = bisect_left(self.gaps, total)
        return before % 2 == 1 and before == bisect_right(self.gaps, total)


def _unit(parts: int, sizes: Sequence[int], highest: int, bands: Iterable[Band]) -> Unit:
    """Cut floors and gaps into parts.

    A band whose floor is a whole number is printed as whole numbers, so that the one below it ends
    in print one lower: from 21 on, and up to 20.
    """
    floors = [Fraction(band.at_least) for band in bands if band.at_least is not None]
    printed = [int(floor) for floor in floors if floor.denominator == 1]
    return Unit(
        parts,
        tuple(parts // size for size in sizes),
        tuple(ceil(floor * parts) for floor in floors),
        tuple(end * parts for floor in printed for end in (floor - 1, floor)),
        highest * parts,
    )


@frozen(eq=False)
class Layout:
    """What scoring needs to know of an instrument."""

    scale: Scale
    sections: tuple[Section, ...]
    valid: bytes | None
    """The ratings of the scale, where they fit into bytes."""
    narrow: bool
    """Whether the ratings of a section add up to no more than a byte holds."""
    shape: Shape
    turned: frozenset[int]
    """The positions of the reverse statements."""
    sizes: tuple[int, ...]
    spans: tuple[slice, ...]
    cut: Callable[[bytes], tuple[bytes, ...]]
    """Cuts a row into its sections."""
    bands: int
    exact: Unit
    fine: Unit
    """A unit that also fits the means of sections of which half or more was answered."""

    def whole(self, ratings: Ratings) -> bytes | None:
        """Give a row of ratings, turned and in order; None unless every one is there and valid."""
        row: Any = ratings.row
        if row.__class__ is not bytes or self.valid is None:
            return None
        if ratings.shape is not self.shape:
            order: Any = places(ratings.shape, self.shape)
            if order is None or None in order:
                return None
            row = bytes([row[place] for place in order])
        if row.translate(None, self.valid):
            return None
        return self.turn(row) if self.turned else row

    def turn(self, row: bytes) -> bytes:
        """Turn the ratings of the reverse statements in a valid row."""
        ratings = bytearray(row)
        for position in self.turned:
            ratings[position] = self.scale.turn(ratings[position])
        return bytes(ratings)

    def turn_columns(self, columns: Sequence[bytes]) -> list[bytes]:
        """Turn the columns of the reverse statements."""
        values = self.scale.values
        table = bytes(self.scale.turn(value) if value in values else 0 for value in range(_BYTE))
        return [
            column.translate(table) if position in self.turned else column
            for position, column in enumerate(columns)
        ]

    def unit(self, *, prorating: bool) -> Unit:
        """Give the unit that fits every score under a rule for missing answers."""
        return self.fine if prorating else self.exact

    def needed(self, position: int, *, prorating: bool) -> int:
        """Say how many answers a section needs to have a score."""
        size = self.sizes[position]
        return (size + 1) // 2 if prorating else size

    def points(
        self, sums: Sequence[int], answered: Sequence[int], *, prorating: bool
    ) -> list[int | None]:
        """Give the score of each section in units, None for one with too many gaps."""
        parts = self.unit(prorating=prorating).parts
        return [
            points * (parts // count) if count >= self.needed(at, prorating=prorating) else None
            for at, (points, count) in enumerate(zip(sums, answered, strict=True))
        ]


@lru_cache(maxsize=4096)
def places(given: Shape, wanted: Shape) -> tuple[int | None, ...] | None:
    """Find where the wanted keys stand among the given ones, None for one that is not there.

    No places at all for a shape with keys that are not wanted.
    """
    if given.position.keys() - wanted.position.keys():
        return None
    return tuple(map(given.position.get, wanted.keys))


def layout(scale: Scale, sections: Sequence[Section], bands: Sequence[Band]) -> Layout:
    """Compile an instrument."""
    statements = [statement for section in sections for statement in section.statements]
    sizes = tuple(len(section.statements) for section in sections)
    enough = [count for size in sizes for count in range((size + 1) // 2, size + 1)]
    exact, fine = (
        _unit(parts, sizes, len(sections) * scale.high, bands)
        for parts in (lcm(*sizes), lcm(*enough))
    )
    spans = tuple(slice(*ends) for ends in pairwise(accumulate(sizes, initial=0)))
    in_bytes = scale.low >= 0 and scale.high < _BYTE
    return Layout(
        scale,
        tuple(sections),
        valid=bytes(scale.values) if in_bytes else None,
        narrow=in_bytes and max(sizes) * scale.high < _BYTE,
        shape=shape_of(tuple(statement.key for statement in statements)),
        turned=frozenset(position for position, one in enumerate(statements) if one.reverse),
        sizes=sizes,
        spans=spans,
        cut=itemgetter(*spans) if len(spans) > 1 else lambda row: (row,),
        bands=len(bands),
        exact=exact,
        fine=fine,
    )
