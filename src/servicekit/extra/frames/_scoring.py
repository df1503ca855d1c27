"""Scores as expressions over the columns of a frame: whole numbers up to the last division.

Each section comes to units, so many to 1 as the denominator says; they add up exactly, and bands
are decided on them. What is to be read is divided once, from whole numbers that a float holds
exactly: it is the float nearest to the fraction.
"""

from collections.abc import Callable
from functools import reduce
from operator import add
from typing import Any, Final

from attrs import field, frozen

from servicekit.benchmark import Instrument, Missing
from servicekit.benchmark._instrument import layout_of
from servicekit.benchmark._layout import Layout, Unit
from servicekit.errors import DefinitionError, Problem
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import Frame

__all__ = ["Scoring", "Sums", "whole_numbers"]

_EXACT: Final = 1 << 53
"""Whole numbers below it are exact as floats."""
_WHOLE: Final = ((1 << 15, nw.Int16), (1 << 31, nw.Int32), (_EXACT, nw.Int64))
_NO: Final = nw.lit(value=False)
_FINE: Final = "one whose totals, counted in such parts, stay below 2**51"


def whole_numbers(bound: int) -> Any:
    """Give the narrowest type that holds whole numbers below a bound; 8 bits are never enough."""
    return next(dtype for above, dtype in _WHOLE if bound < above)


@frozen
class Sums:
    """A frame with columns for the sum of each section's ratings, turned, and for their number.

    ``name`` gives the names of these columns. ``gaps`` is false where every statement is known to
    be answered; nothing is counted then. ``refused`` says that a column counts the ratings of each
    row that cannot be scored; there are none otherwise. ``floats`` says that whole numbers are kept
    in floats, since the engine knows no integers with gaps.
    """

    plan: Frame
    name: Callable[[str], str]
    gaps: bool = field(kw_only=True)
    refused: bool = field(kw_only=True)
    floats: bool = field(kw_only=True)

    def column(self, what: str, at: int | None = None) -> nw.Expr:
        """Give one of the columns, that of a section by its position."""
        return nw.col(self.name(what if at is None else f"{what}_{at}"))


@frozen
class Scoring:
    """How an instrument scores under a rule for missing answers."""

    instrument: Instrument
    missing: Missing

    def __attrs_post_init__(self) -> None:
        if self.bound >= _EXACT:
            scored = f"scored in parts of 1/{self.unit.parts}"
            problem = Problem(f"instrument {self.instrument.key!r}", scored, _FINE)
            raise DefinitionError("frame", (problem,))

    @property
    def layout(self) -> Layout:
        """What scoring needs to know of the instrument."""
        return layout_of(self.instrument)

    @property
    def prorating(self) -> bool:
        """Whether sections with gaps may have a score."""
        return self.missing is Missing.PRORATE

    @property
    def unit(self) -> Unit:
        """The part of 1 in which everything is counted."""
        return self.layout.unit(prorating=self.prorating)

    @property
    def bound(self) -> int:
        """What no sum, turned or not, in units or not, comes to."""
        scale = self.layout.scale
        return 4 * max(abs(scale.low), abs(scale.high)) * len(self.layout.shape.keys) * self.parts

    @property
    def parts(self) -> int:
        """How many units make 1."""
        return self.unit.parts

    @property
    def ends(self) -> int:
        """The lowest and the highest rating together: what a turned rating is taken from."""
        return self.layout.scale.low + self.layout.scale.high

    def totals(self, sums: Sums) -> Frame:
        """Add columns for each section's score and for the total, both in units, and for parts.

        Polars multiplies by the rounded reciprocal of a constant, but divides by a column exactly:
        that is why parts are one.
        """
        units = {sums.name(f"units_{at}"): each for at, each in enumerate(self._units(sums))}
        parts = sums.column("points", 0).cast(nw.Float64) * 0 + self.parts
        total = reduce(add, map(nw.col, units))
        plan = sums.plan.with_columns(**units, **{sums.name("parts"): parts})
        return plan.with_columns(total.alias(sums.name("total")))

    def _units(self, sums: Sums) -> list[nw.Expr]:
        """Give the score of each section in units, null where it has none."""
        dtype = nw.Float64 if sums.floats else whole_numbers(self.bound)
        sections = range(len(self.layout.sizes))
        points = [sums.column("points", at).cast(dtype) for at in sections]
        if not sums.gaps:
            return [each * weight for each, weight in zip(points, self.unit.weights, strict=True)]
        scored = [self._scored(at, points[at], sums.column("answered", at)) for at in sections]
        if not sums.refused:
            return scored
        return [nw.when(sums.column("refused") == 0).then(each) for each in scored]

    def _scored(self, at: int, points: nw.Expr, answered: nw.Expr) -> nw.Expr:
        """Weigh the points of a section by the number of its answers, if they are enough."""
        size, needed = self.layout.sizes[at], self.layout.needed(at, prorating=self.prorating)
        scored: nw.Expr = nw.when(answered == size).then(points * (self.parts // size))
        for count in range(needed, size):
            weighed = points * (self.parts // count)
            scored = nw.when(answered == count).then(weighed).otherwise(scored)
        return scored

    def answered(self, sums: Sums) -> nw.Expr:
        """Count the statements that were answered and, where some may not be, are on the scale."""
        sections = range(len(self.layout.sizes))
        if not sums.gaps:
            return nw.lit(sum(self.layout.sizes), nw.Int64)
        return reduce(add, (sums.column("answered", at) for at in sections)).cast(nw.Int64)

    def band(self, total: nw.Expr, *, gaps: bool) -> nw.Expr:
        """Give the key of the band that a total in units reaches."""
        first, *others = (nw.lit(band.key) for band in self.instrument.bands)
        band: nw.Expr = nw.when(~total.is_null()).then(first) if gaps else first
        for floor, key in zip(self.unit.floors, others, strict=True):
            band = nw.when(total >= floor).then(key).otherwise(band)
        return band

    def between(self, total: nw.Expr) -> nw.Expr:
        """Say whether a total in units lies in a gap of the bands as they are printed."""
        if not self.unit.gaps:
            return _NO
        ends = self.unit.gaps
        pairs = zip(ends[::2], ends[1::2], strict=True)
        within = ((total > low) & (total < high) for low, high in pairs)
        return nw.any_horizontal(*within, ignore_nulls=True)
