"""Whether one share differs from another."""

from math import sqrt
from statistics import NormalDist

__all__ = ["share_p_value"]


def share_p_value(yes: int, n: int, others_yes: int, others: int) -> float | None:
    """Give the two-sided p-value of two shares being alike; None where too little was seen.

    The N - 1 chi-squared test, for expected numbers of at least 1. Source: Campbell, "Chi-squared
    and Fisher-Irwin tests of two-by-two tables with small sample recommendations", Statistics in
    Medicine 26 (2007), 3661-3675.

    >>> round(share_p_value(10, 100, 25, 100), 4)
    0.0054
    """
    whole, whole_yes = n + others, yes + others_yes
    if not whole or min(n, others) * min(whole_yes, whole - whole_yes) < whole:
        return None
    difference = yes * (others - others_yes) - others_yes * (n - yes)
    squares = n * others * whole_yes * (whole - whole_yes)
    return 2 * NormalDist().cdf(-abs(difference) * sqrt((whole - 1) / squares))
