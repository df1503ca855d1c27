"""The interval of a percentile between two of the values observed."""

from bisect import bisect_right
from math import ceil
from typing import Final

from servicekit.inference import Beta
from servicekit.kpi._measures import Method
from servicekit.kpi._written import Exact

__all__ = ["place", "ranks"]


_TAIL: Final = (1 - 0.95) / 2


def place(n: int, p: Exact, method: Method) -> Exact:
    """Give the place of a percentile among n ordered values, counted from 0."""
    return max(ceil(n * p), 1) - 1 if method is Method.NEAREST_RANK else (n - 1) * p


def ranks(n: int, p: float, tail: float = _TAIL) -> tuple[int, int] | None:
    """Give the ranks, from 1 to n, of the two ordered values that a percentile lies between.

    The number of values below the percentile is binomial, so that no assumption on the
    distribution is needed; the ranks are the narrowest that leave out at most ``tail`` on each
    side. None where n values are too few for that. Source: Conover, "Practical Nonparametric
    Statistics", 3rd edition (1999), section 3.2; Hahn and Meeker, "Statistical Intervals" (1991),
    section 5.2.

    >>> ranks(10, 0.5)
    (2, 9)
    >>> ranks(5, 0.5) is None
    True
    """
    low = _most(n, p, tail)
    high = n + 1 - _most(n, 1 - p, tail)
    return (low, high) if low >= 1 and high <= n else None


def _most(n: int, p: float, tail: float) -> int:
    """Give the largest rank r with P(fewer than r of n below) <= tail; 0 if there is none."""
    return bisect_right(range(1, n + 1), tail, key=lambda rank: _fewer(n, p, rank))


def _fewer(n: int, p: float, rank: int) -> float:
    """Give the probability that fewer than ``rank`` of n come up, each with probability p."""
    return Beta(n - rank + 1, rank).cdf(1 - p)
