"""Shares of two groups of different people, and how far they are apart."""

from collections.abc import Mapping
from fractions import Fraction
from math import hypot
from statistics import NormalDist
from typing import Final

from attrs import field, frozen

from servicekit._rules import LEVEL, Rule, is_a
from servicekit._values import Value, refuse
from servicekit.inference._differences import Difference
from servicekit.inference._estimates import score_ends, tail
from servicekit.inference._interval import COUNT, Interval, check
from servicekit.inference._turning import turning_p_value

__all__ = ["Proportion", "newcombe"]


@frozen
class Proportion(Value):
    """What a share is judged by: so many ``successes`` of ``n``.

    Raises `RecordError` for counts that cannot be.

    >>> Proportion(8, 10).share
    Fraction(4, 5)
    """

    successes: int = field(validator=COUNT)
    n: int = field(validator=COUNT)

    def __attrs_post_init__(self) -> None:
        if self.successes > self.n:
            refuse(self, "successes", f"a whole number from 0 to {self.n}")

    @property
    def share(self) -> Fraction | None:
        """The successes divided by n; None where that is 0."""
        return Fraction(self.successes, self.n) if self.n else None


_RULES: Final[Mapping[str, Rule]] = {
    "level": LEVEL,
    **dict.fromkeys(("base", "other"), is_a(Proportion)),
}


def newcombe(base: Proportion, other: Proportion, *, level: float = 0.95) -> Difference | None:
    """Give the difference of two shares, other less base; None where a group has nobody in it.

    The interval is the hybrid score interval, method 10: made of the two Wilson intervals, without
    continuity correction. It holds for small groups and for shares near 0 or 1. The p-value is what
    belongs to that interval: 1 less the level at which it would end at 0. Source: Newcombe,
    "Interval estimation for the difference between independent proportions: comparison of eleven
    methods", Statistics in Medicine 17 (1998), 873-890.

    >>> difference = newcombe(Proportion(48, 80), Proportion(56, 70))
    >>> f"{difference.interval.low:.4f} to {difference.interval.high:.4f}"
    '0.0524 to 0.3339'
    """
    check("newcombe", _RULES, base=base, other=other, level=level)
    if not base.n or not other.n:
        return None
    estimate = float(Fraction(other.successes, other.n) - Fraction(base.successes, base.n))

    def leaves_out_zero(z: float) -> bool:
        low, high = _ends(base, other, z)
        return low > 0 or high < 0

    low, high = _ends(base, other, NormalDist().inv_cdf(tail(level)))
    interval = Interval(low, high, level=level)
    return Difference(estimate, interval, p_value=turning_p_value(leaves_out_zero))


def _ends(base: Proportion, other: Proportion, z: float) -> tuple[float, float]:
    """Take the distances of both shares from the ends of their own intervals together."""
    before, after = (one.successes / one.n for one in (base, other))
    (low, high), (other_low, other_high) = (
        score_ends(one.successes, one.n, z) for one in (base, other)
    )
    difference = after - before
    return (
        max(difference - hypot(after - other_low, high - before), -1.0),
        min(difference + hypot(other_high - after, before - low), 1.0),
    )
