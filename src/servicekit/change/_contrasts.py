"""How each kind of measure is compared with itself, before and after."""

from fractions import Fraction
from math import hypot
from statistics import NormalDist
from typing import Final, NamedTuple

from servicekit.change._verdicts import Effect, EffectSize
from servicekit.errors import RecordError
from servicekit.inference import (
    Difference,
    Interval,
    Proportion,
    Rate,
    Real,
    Sample,
    cliffs_delta,
    cohens_h,
    hedges_g,
    newcombe,
    rate_ratio,
    welch,
)
from servicekit.inference._estimates import tail
from servicekit.inference._turning import turning_p_value
from servicekit.kpi import Count, Mean, Measurement, Percentile, Share
from servicekit.kpi._order_statistics import ranks
from servicekit.kpi._tally import Ordered, Tally

__all__ = ["Contrast", "Exposure", "contrast"]

Exposure = tuple[Real, Real]
"""Over what events were counted, before and after: days, visits, orders."""

_NO_ROWS: Final = "no rows count before, or after"
_NO_SPREAD: Final = "too few values, or too much alike, to judge a mean by"
_TOO_FEW: Final = "too few values to judge this percentile by"
_TOO_LARGE: Final = "numbers too large to judge by"
_NO_EXPOSURE: Final = "a count needs its exposure, before and after, such as days"
_SUM: Final = "sums do not show how far they vary by themselves; a trend does"


class Contrast(NamedTuple):
    """How far before and after are apart, or why that cannot be told."""

    difference: Difference | None
    effect: Effect | None = None
    why: str | None = None


def contrast(
    before: Measurement, after: Measurement, exposure: Exposure | None, level: float
) -> Contrast:
    """Compare two measurements of one KPI."""
    measure = after.kpi.measure
    try:
        match measure:
            case Share():
                return _of_shares(before.tally, after.tally, level)
            case Mean():
                return _of_means(before.tally, after.tally, level)
            case Percentile(_, p):
                return _of_percentiles(before, after, float(p), level)
            case Count():
                return _of_counts(before.tally, after.tally, exposure, level)
            case _:
                return Contrast(None, why=_SUM)
    except (RecordError, OverflowError):  # beyond what can be inferred from
        return Contrast(None, why=_TOO_LARGE)


def _of_shares(before: Tally, after: Tally, level: float) -> Contrast:
    base, other = (Proportion(tally.top, tally.n) for tally in (before, after))
    difference = newcombe(base, other, level=level)
    if difference is None:
        return Contrast(None, why=_NO_ROWS)
    return Contrast(difference, _effect(EffectSize.COHENS_H, cohens_h(base, other, level=level)))


def _of_means(before: Tally, after: Tally, level: float) -> Contrast:
    if not before.n or not after.n:
        return Contrast(None, why=_NO_ROWS)
    base, other = (
        Sample.from_sums(tally.n, tally.total, tally.squared) for tally in (before, after)
    )
    difference = welch(base, other, level=level)
    if difference.p_value is None:
        return Contrast(difference, why=_NO_SPREAD)
    return Contrast(difference, _effect(EffectSize.HEDGES_G, hedges_g(base, other, level=level)))


def _of_percentiles(before: Measurement, after: Measurement, p: float, level: float) -> Contrast:
    if before.value is None or after.value is None:
        return Contrast(None, why=_NO_ROWS)
    base = _Percentile(float(before.value), before.tally.ordered, p)
    other = _Percentile(float(after.value), after.tally.ordered, p)
    estimate, ends = other.value - base.value, _apart(base, other, tail(level))
    if ends is None:
        return Contrast(Difference(estimate, None), why=_TOO_FEW)

    def leaves_out_zero(z: float) -> bool:
        ends = _apart(base, other, NormalDist().cdf(-z))
        return ends is not None and not ends[0] <= 0 <= ends[1]

    interval, p_value = Interval(*ends, level=level), turning_p_value(leaves_out_zero)
    delta = cliffs_delta(*_on_one_scale(before.tally.ordered, after.tally.ordered), level=level)
    found = Difference(estimate, interval, p_value=p_value)
    return Contrast(found, _effect(EffectSize.CLIFFS_DELTA, delta))


class _Percentile(NamedTuple):
    """A percentile of values in order, whose interval lies between two of them."""

    value: float
    ordered: Ordered
    p: float

    def ends(self, tail: float) -> tuple[float, float] | None:
        """Give both ends with so much left out on each side; None where values are too few."""
        found = ranks(len(self.ordered.values), self.p, tail)
        if found is None:
            return None
        low, high = (float(self.ordered.at(rank - 1)) for rank in found)
        return min(low, self.value), max(high, self.value)


def _apart(base: _Percentile, other: _Percentile, tail: float) -> tuple[float, float] | None:
    """Take the distances of both percentiles from the ends of their own intervals together.

    As Newcombe's method 10 does for shares; for any two figures, Zou and Donner, "Construction of
    confidence limits about effect measures: a general approach", Statistics in Medicine 27 (2008),
    1693-1702.
    """
    ours, theirs = base.ends(tail), other.ends(tail)
    if ours is None or theirs is None:
        return None
    difference = other.value - base.value
    return (
        difference - hypot(other.value - theirs[0], ours[1] - base.value),
        difference + hypot(theirs[1] - other.value, base.value - ours[0]),
    )


def _on_one_scale(base: Ordered, other: Ordered) -> tuple[list[Real], list[Real]]:
    """Give the values of both sides over one divisor: their order is all that counts."""
    if base.per == other.per:
        return base.values, other.values
    return _times(base, other.per), _times(other, base.per)


def _times(ordered: Ordered, factor: int) -> list[Real]:
    return [Fraction(value) * factor for value in ordered.values]


def _of_counts(before: Tally, after: Tally, exposure: Exposure | None, level: float) -> Contrast:
    if exposure is None:
        return Contrast(None, why=_NO_EXPOSURE)
    base, other = (
        Rate(tally.top, over) for tally, over in zip((before, after), exposure, strict=True)
    )
    ratio = rate_ratio(base, other, level=level)
    interval = None if ratio.high is None else Interval(ratio.low, ratio.high, level=level)
    return Contrast(
        Difference(float(other.value - base.value), None, p_value=ratio.p_value),
        Effect(EffectSize.RATE_RATIO, ratio.estimate, interval=interval),
    )


def _effect(scale: EffectSize, found: Difference | None) -> Effect | None:
    return None if found is None else Effect(scale, found.estimate, interval=found.interval)
