"""Effect sizes: how large a difference is, apart from how sure one is of it."""

from collections.abc import Mapping
from math import asin, hypot, sqrt
from statistics import NormalDist
from typing import Final

from servicekit._rules import LEVEL, Rule, is_a
from servicekit.inference._differences import Difference
from servicekit.inference._estimates import Sample, tail
from servicekit.inference._interval import Interval, check
from servicekit.inference._shares import Proportion

__all__ = ["cohens_h", "hedges_g"]

_MOST: Final = 1e150
_OF_SHARES: Final[Mapping[str, Rule]] = {
    "level": LEVEL,
    **dict.fromkeys(("base", "other"), is_a(Proportion)),
}
_OF_MEANS: Final[Mapping[str, Rule]] = {
    "level": LEVEL,
    **dict.fromkeys(("base", "other"), is_a(Sample)),
}


def cohens_h(base: Proportion, other: Proportion, *, level: float = 0.95) -> Difference | None:
    """Give the difference of two shares on the arcsine scale; None where a group has nobody in it.

    From 95 to 98 % is as far as from 50 to 58 %: on that scale a difference is as hard to see
    anywhere. Its variance is 1/n + 1/m. Source: Cohen, "Statistical Power Analysis for the
    Behavioral Sciences", 2nd edition (1988), chapter 6; there 0.2 is small, 0.5 medium, 0.8 large.

    >>> round(cohens_h(Proportion(50, 100), Proportion(65, 100)).estimate, 3)
    0.305
    """
    check("cohens_h", _OF_SHARES, base=base, other=other, level=level)
    if not base.n or not other.n:
        return None
    before, after = (2 * asin(sqrt(one.successes / one.n)) for one in (base, other))
    return _around(after - before, sqrt(1 / base.n + 1 / other.n), level)


def hedges_g(base: Sample, other: Sample, *, level: float = 0.95) -> Difference | None:
    """Give the difference of two means in standard deviations, those of both groups taken together.

    Corrected for small samples; the interval is that of large ones. None where a group is a single
    observation, or the spread is nothing beside the difference. Sources: Hedges, "Distribution
    theory for Glass's estimator of effect size and related estimators", Journal of Educational
    Statistics 6 (1981), 107-128; Hedges and Olkin, "Statistical Methods for Meta-Analysis" (1985).

    >>> round(hedges_g(Sample(10, 20, variance=4), Sample(10, 21, variance=4)).estimate, 3)
    0.479
    """
    check("hedges_g", _OF_MEANS, base=base, other=other, level=level)
    if base.variance is None or other.variance is None:
        return None
    df = base.n + other.n - 2
    pooled = float(((base.n - 1) * base.variance + (other.n - 1) * other.variance) / df)
    difference, n = float(other.mean - base.mean), base.n + other.n
    if abs(difference) > _MOST * sqrt(pooled) or not pooled:
        return None
    g = (1 - 3 / (4 * df - 1)) * difference / sqrt(pooled)
    return _around(g, hypot(sqrt(n / (base.n * other.n)), g / sqrt(2 * n)), level)


def _around(estimate: float, error: float, level: float) -> Difference:
    margin = -NormalDist().inv_cdf(tail(level)) * error
    return Difference(estimate, Interval(estimate - margin, estimate + margin, level=level))
