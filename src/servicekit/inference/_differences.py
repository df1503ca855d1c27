"""Differences of two means: of two groups, and of the same respondents twice."""

from collections.abc import Mapping
from math import sqrt
from typing import Final

from attrs import field, frozen

from servicekit._rules import LEVEL, Rule, is_a
from servicekit._tables import Listed
from servicekit.inference._distributions import StudentT
from servicekit.inference._estimates import Sample, tail
from servicekit.inference._interval import Interval, check

__all__ = ["Difference", "paired_difference", "welch"]

_RULES: Final[Mapping[str, Rule]] = {
    "level": LEVEL,
    **dict.fromkeys(("base", "other", "differences"), is_a(Sample)),
}


@frozen
class Difference(Listed):
    """How far one figure is from another, and whether that is more than noise.

    ``p_value`` is two-sided: the probability of a difference at least so large where there is none
    to be found. It and the interval are None where the samples cannot tell.
    """

    estimate: float
    interval: Interval | None
    p_value: float | None = field(default=None, kw_only=True)

    @property
    def more_than_noise(self) -> bool | None:
        """Whether the interval leaves out 0; None where there is no interval."""
        return None if self.interval is None else 0 not in self.interval


def welch(base: Sample, other: Sample, *, level: float = 0.95) -> Difference:
    """Give the difference of the means of two groups of different people: other less base.

    The groups may differ in size and in spread. Where one of them is a single observation, or
    neither shows any spread, the difference has no interval. Sources: Welch, "The generalization of
    'Student's' problem when several different population variances are involved", Biometrika 34
    (1947), 28-35; degrees of freedom by Satterthwaite, Biometrics Bulletin 2 (1946), 110-114.

    >>> difference = welch(Sample(5, 20, variance=2), Sample(5, 23, variance=3))
    >>> difference.estimate, difference.more_than_noise
    (3.0, True)
    """
    check("welch", _RULES, base=base, other=other, level=level)
    estimate = float(other.mean - base.mean)
    if base.variance is None or other.variance is None:
        return Difference(estimate, None)
    parts = float(base.variance / base.n), float(other.variance / other.n)
    if not (squared_error := sum(parts)):
        return Difference(estimate, None)
    ours, theirs = (part / squared_error for part in parts)
    df = 1 / (ours**2 / (base.n - 1) + theirs**2 / (other.n - 1))
    return _judged(estimate, sqrt(squared_error), df, level)


def paired_difference(differences: Sample, *, level: float = 0.95) -> Difference:
    """Give the mean of the differences within pairs, such as each respondent's after less before.

    For one pair, or where all pairs differ alike, it has no interval. Source: Student, "The
    probable error of a mean", Biometrika 6 (1908), 1-25.

    >>> paired_difference(Sample(10, 1.58, variance=1.513)).more_than_noise
    True
    """
    check("paired_difference", _RULES, differences=differences, level=level)
    estimate, n = float(differences.mean), differences.n
    if not differences.variance or not (squared_error := float(differences.variance / n)):
        return Difference(estimate, None)
    return _judged(estimate, sqrt(squared_error), n - 1, level)


def _judged(estimate: float, error: float, df: float, level: float) -> Difference:
    distribution = StudentT(df)
    margin = -distribution.inv_cdf(tail(level)) * error
    interval = Interval(estimate - margin, estimate + margin, level=level)
    return Difference(estimate, interval, p_value=2 * distribution.cdf(-abs(estimate) / error))
