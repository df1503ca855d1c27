"""What is known of a measure after some rows: exact sums, and the values where order matters.

Tallies add up. A pass over rows is a sum of tallies of chunks, a merged result a sum of tallies of
parts; as the sums are exact, they are the same.
"""

from array import array
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain
from math import lcm
from typing import Any, Self

from attrs import evolve, field, frozen

from servicekit.kpi._written import Exact

__all__ = ["Ordered", "Read", "Run", "Tally", "run_of"]

Run = tuple[int, "array[int] | array[float] | tuple[Exact, ...]"]
"""Values over a divisor, eight bytes each where they are whole numbers or floats."""


def run_of(values: Sequence[int], per: int, *, floats: bool) -> Run:
    """Pack values as tightly as they allow."""
    try:
        if floats:
            return 1, array("d", [value / per for value in values])
        return per, array("q", values)
    except OverflowError:
        return 1, tuple(Fraction(value, per) for value in values)


@frozen
class Ordered:
    """Values in ascending order, over a divisor; whole numbers, or floats over 1."""

    values: list[Any]
    per: int

    def at(self, place: Exact) -> Fraction:
        """Give the value at a place, counted from 0; between two places, in proportion."""
        below, rest = divmod(place.numerator, place.denominator)
        value = self.values[below]
        if rest:
            value, above = Fraction(value), Fraction(self.values[below + 1])
            value += (above - value) * rest / place.denominator
        return Fraction(value) / self.per


@frozen
class Read:
    """A percentile that was read off values which stayed where they are, in a data frame.

    ``low`` and ``high`` are the ends of its interval, where that was read off as well;
    ``approximate`` says that it comes from a sketch of the values.
    """

    value: Exact
    low: float | None = field(default=None, kw_only=True)
    high: float | None = field(default=None, kw_only=True)
    approximate: bool = field(default=False, kw_only=True)


@frozen(eq=False)
class Tally:
    """Sums over the rows that a measure looks at.

    ``n`` rows count, ``unknown`` cannot say, ``still_open`` wait for a window to close. ``top`` is
    the sum of the quantity, or how many rows the condition holds for, ``bottom`` what it is divided
    by, ``squares`` the sum of the squares; ``exact`` says that no float was among them. The sums
    are whole numbers: top over ``per``, squares over its square, bottom over ``bottom_per``. A
    percentile rests on the values in ``runs``, or was ``read`` off others.
    """

    n: int = 0
    unknown: int = 0
    still_open: int = 0
    top: int = 0
    bottom: int = 0
    squares: int = 0
    per: int = 1
    bottom_per: int = 1
    exact: bool = True
    runs: tuple[Run, ...] = ()
    read: Read | None = None
    _sorted: list[Ordered] = field(init=False, factory=list[Ordered], repr=False)

    @classmethod
    def of(  # noqa: PLR0913 - the counts and the sums
        cls,
        n: int,
        unknown: int,
        still_open: int,
        *,
        total: Exact,
        divisor: Exact,
        squared: Exact = 0,
        **others: Any,
    ) -> Self:
        """Make a tally of sums as fractions; whatever else it holds is given as it is."""
        per = lcm(total.denominator, squared.denominator)
        return cls(
            n,
            unknown,
            still_open,
            top=int(total * per),
            bottom=divisor.numerator,
            squares=int(squared * per**2),
            per=per,
            bottom_per=divisor.denominator,
            **others,
        )

    @property
    def total(self) -> Fraction:
        """The sum of the quantity."""
        return Fraction(self.top, self.per)

    @property
    def divisor(self) -> Fraction:
        """What the sum is divided by."""
        return Fraction(self.bottom, self.bottom_per)

    @property
    def quotient(self) -> Fraction | None:
        """The sum divided by what it is divided by; None by zero."""
        if not self.bottom:
            return None
        return Fraction(self.top * self.bottom_per, self.per * self.bottom)

    @property
    def squared(self) -> Fraction:
        """The sum of the squares of the quantity."""
        return Fraction(self.squares, self.per**2)

    def __add__(self, other: "Tally") -> "Tally":
        if (self.per, self.bottom_per) != (other.per, other.bottom_per):
            per, bottom_per = lcm(self.per, other.per), lcm(self.bottom_per, other.bottom_per)
            return self._over(per, bottom_per) + other._over(per, bottom_per)
        return Tally(
            self.n + other.n,
            self.unknown + other.unknown,
            self.still_open + other.still_open,
            self.top + other.top,
            self.bottom + other.bottom,
            self.squares + other.squares,
            self.per,
            self.bottom_per,
            self.exact and other.exact,
            self.runs + other.runs,
        )

    def _over(self, per: int, bottom_per: int) -> "Tally":
        factor = per // self.per
        return evolve(
            self,
            top=self.top * factor,
            squares=self.squares * factor**2,
            per=per,
            bottom=self.bottom * (bottom_per // self.bottom_per),
            bottom_per=bottom_per,
        )

    def _sums(self) -> tuple[object, ...]:
        counts = (self.n, self.unknown, self.still_open)
        return (*counts, self.total, self.divisor, self.squared, self.exact, self.read)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tally):
            return NotImplemented
        return self._sums() == other._sums() and _same(self.ordered, other.ordered)

    def __hash__(self) -> int:
        return hash(self._sums())

    @property
    def ordered(self) -> Ordered:
        """The values in ascending order; sorted when first asked for."""
        if not self._sorted:
            self._sorted.append(_in_order(self.runs))
        return self._sorted[0]


def _in_order(runs: tuple[Run, ...]) -> Ordered:
    pers = {per for per, _ in runs}
    whole = lcm(*pers)
    kinds = {values.typecode if isinstance(values, array) else "" for _, values in runs}
    if len(pers) <= 1 and len(kinds) <= 1:
        return Ordered(sorted(chain.from_iterable(run for _, run in runs)), whole)
    if kinds == {"q"}:
        return Ordered(sorted(value * (whole // per) for per, run in runs for value in run), whole)
    return Ordered(sorted(Fraction(value) / per for per, run in runs for value in run), 1)


def _same(left: Ordered, right: Ordered) -> bool:
    if left.per == right.per:
        return left.values == right.values
    return list(_exactly(left)) == list(_exactly(right))


def _exactly(ordered: Ordered) -> Iterator[Fraction]:
    return (Fraction(value) / ordered.per for value in ordered.values)
