"""What a pass over many answers keeps: whole numbers that add up, however many answers come."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import add, mul
from typing import Any, Final

import attrs
from attrs import frozen

from servicekit.benchmark._lanes import (
    SHORT,
    byte_sum,
    lane_sums,
    reaching,
    short_square_sum,
    square_sum,
    value_counts,
    weighted_lanes,
)
from servicekit.benchmark._layout import Layout
from servicekit.benchmark._reading import added_up

__all__ = ["Moments", "Tally", "Tallying", "of_one_form"]

_DISTINCT: Final = 1 << 14
"""How many different totals are kept apart before they are added up."""


Moments = tuple[int, int, int]
"""How many numbers there are, their sum and the sum of their squares."""

_NOTHING: Final[Moments] = (0, 0, 0)


def _observed(moments: Moments, value: int) -> Moments:
    n, total, squares = moments
    return n + 1, total + value, squares + value * value


@frozen
class Tally:
    """The answers of one role, counted.

    Ratings are turned, and counted for each statement and value of the scale: ``whole`` in sections
    that were answered completely, ``partial`` in the others. ``squares`` adds up, over the complete
    ones, the squared sum of the ratings. ``prorated`` and ``total`` hold the number, the sum and
    the sum of squares of prorated section scores and of totals, in parts of the unit of scoring.
    """

    role: str | None
    n: int
    incomplete: int
    whole: tuple[tuple[int, ...], ...]
    partial: tuple[tuple[int, ...], ...]
    squares: tuple[int, ...]
    prorated: tuple[Moments, ...]
    total: Moments
    bands: tuple[int, ...]
    between: int

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.role, *_added(_counts(self), _counts(other)))


def _counts(tally: Tally) -> tuple[Any, ...]:
    return attrs.astuple(tally, recurse=False)[1:]


def _added(left: Any, right: Any) -> Any:
    """Add whole numbers, or each to each in tuples of the same form."""
    return left + right if isinstance(left, int) else tuple(map(_added, left, right))


def of_one_form(one: Tally, other: Tally) -> bool:
    """Whether two tallies count the same things, however often."""
    return _alike(_counts(one), _counts(other))


def _alike(left: Any, right: Any) -> bool:
    """Whether two are whole numbers, or tuples of the same form."""
    if left.__class__ is not tuple or right.__class__ is not tuple:
        return left.__class__ is right.__class__ is int
    return len(left) == len(right) and all(map(_alike, left, right))


class Tallying:
    """The counters of one role while a pass goes on."""

    def __init__(self, layout: Layout, *, prorating: bool) -> None:
        values, statements = len(layout.scale.values), len(layout.shape.keys)
        self._layout = layout
        self._prorating = prorating
        self._unit = layout.unit(prorating=prorating)
        self._n = self._incomplete = self._between = 0
        self._whole = [[0] * values for _ in range(statements)]
        self._partial = [[0] * values for _ in range(statements)]
        self._squares = [0] * len(layout.sizes)
        self._prorated: list[Moments] = [_NOTHING] * len(layout.sizes)
        self._total: Moments = _NOTHING
        self._bands = [0] * (len(self._unit.floors) + 1)
        self._totals: Counter[int] = Counter()

    def add_columns(self, columns: Sequence[bytes]) -> None:
        """Count complete and valid ratings: a column for each statement, in order, not turned."""
        layout = self._layout
        for position, column in enumerate(columns):
            counts = value_counts(column, layout.scale.values)
            ordered = reversed(counts) if position in layout.turned else counts
            self._whole[position] = list(map(add, self._whole[position], ordered))
        turned = layout.turn_columns(columns)
        sums = [_sums(turned[span], narrow=layout.narrow) for span in layout.spans]
        self._squares = list(map(add, self._squares, map(_squared, sums)))
        self._n += len(columns[0])
        if layout.narrow and self._unit.most < SHORT:
            self._add_lanes([each for each in sums if isinstance(each, bytes)])
        else:
            weighed = (sum(map(mul, each, self._unit.weights)) for each in zip(*sums, strict=True))
            self._count_totals(weighed)

    def _add_lanes(self, sums: Sequence[bytes]) -> None:
        """Add up the totals of all respondents, and find their bands, without a loop over them."""
        unit, n = self._unit, len(sums[0])
        points = sum(map(mul, unit.weights, map(byte_sum, sums)))
        total = weighted_lanes(sums, unit.weights)
        self._total = _added(self._total, (n, points, short_square_sum(total, n)))
        reached = [n, *(reaching(total, n, floor) for floor in unit.floors), 0]
        inside = [here - above for here, above in pairwise(reached)]
        self._bands = list(map(add, self._bands, inside))
        for low, high in zip(unit.gaps[::2], unit.gaps[1::2], strict=True):
            self._between += reaching(total, n, low + 1) - reaching(total, n, high)

    def add_row(self, row: Sequence[int | None]) -> None:
        """Count one respondent's valid ratings, in order and turned, None where there is none."""
        layout = self._layout
        sums, answered = added_up(layout, row)
        points = layout.points(sums, answered, prorating=self._prorating)
        for at, span in enumerate(layout.spans):
            if answered[at] == layout.sizes[at]:
                self._count(self._whole, row, span)
                self._squares[at] += sums[at] ** 2
            else:
                self._count(self._partial, row, span)
                if (scored := points[at]) is not None:
                    self._prorated[at] = _observed(self._prorated[at], scored)
        self._n += 1
        self._incomplete += None in row
        if None not in points:
            self._count_totals([sum(filter(None, points))])

    def add_counts(
        self,
        ratings: Iterable[tuple[int, int, bool, int]],
        sums: Iterable[tuple[int, int, int, int]],
        totals: Iterable[tuple[int, int]],
        gaps: Iterable[tuple[bool, int]],
    ) -> None:
        """Count respondents who were counted elsewhere; the last number of each is how many.

        ``ratings`` have a statement's position, a rating, not turned, and whether its section is
        complete; ``sums`` a section's position, the sum of its ratings, turned, and their number;
        ``totals`` are in units, ``gaps`` say whether a statement was left out.
        """
        scale, turned = self._layout.scale, self._layout.turned
        for position, rating, whole, times in ratings:
            counts = self._whole if whole else self._partial
            value = scale.turn(rating) if position in turned else rating
            counts[position][value - scale.low] += times
        for at, points, answered, times in sums:
            self._add_sum(at, points, answered, times)
        for total, times in totals:
            self._totals[total] += times
        for incomplete, times in gaps:
            self._n += times
            self._incomplete += incomplete * times

    def _add_sum(self, at: int, points: int, answered: int, times: int) -> None:
        if answered == self._layout.sizes[at]:
            self._squares[at] += points**2 * times
        elif answered >= self._layout.needed(at, prorating=self._prorating):
            scored = points * (self._unit.parts // answered)
            moments = times, scored * times, scored**2 * times
            self._prorated[at] = _added(self._prorated[at], moments)

    def _count(self, counts: list[list[int]], row: Sequence[int | None], span: slice) -> None:
        low = self._layout.scale.low
        for counted, rating in zip(counts[span], row[span], strict=True):
            if rating is not None:
                counted[rating - low] += 1

    def _count_totals(self, totals: Iterable[int]) -> None:
        self._totals.update(totals)
        if len(self._totals) > _DISTINCT:
            self._add_totals()

    def _add_totals(self) -> None:
        totals, times = self._totals.keys(), self._totals.values()
        squares = map(mul, totals, totals)
        added = sum(times), sum(map(mul, totals, times)), sum(map(mul, squares, times))
        self._total = _added(self._total, added)
        for total, count in self._totals.items():
            self._between += count * self._unit.between(total)
            self._bands[self._unit.band(total)] += count
        self._totals.clear()

    def tally(self, role: str | None) -> Tally:
        """Give what was counted."""
        self._add_totals()
        return Tally(
            role,
            n=self._n,
            incomplete=self._incomplete,
            whole=tuple(map(tuple, self._whole)),
            partial=tuple(map(tuple, self._partial)),
            squares=tuple(self._squares),
            prorated=tuple(self._prorated),
            total=self._total,
            bands=tuple(self._bands[: self._layout.bands]),
            between=self._between,
        )


def _sums(columns: Sequence[bytes], *, narrow: bool) -> Sequence[int]:
    """Add up a section's ratings for each respondent, in bytes if they are narrow enough."""
    return lane_sums(columns) if narrow else list(map(sum, zip(*columns, strict=True)))


def _squared(sums: Sequence[int]) -> int:
    return square_sum(sums) if isinstance(sums, bytes) else sum(map(mul, sums, sums))
