"""Many comparisons at once, and one share against another."""

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist

__all__ = ["holm", "share_p_value"]


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjust p-values for being many: below a level they may be believed together.

    Source: Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
    Statistics 6 (1979), 65-70.

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, min((len(p_values) - rank) * p_values[place], 1.0))
        adjusted[place] = highest
    return adjusted


def share_p_value(yes: int, n: int, others_yes: int, others: int) -> float | None:
    """Give the two-sided p-value of two shares being alike; None where too little was seen.

    The N - 1 chi-squared test, for expected numbers of at least 1. Source: Campbell, "Chi-squared
    and Fisher-Irwin tests of two-by-two tables with small sample recommendations", Statistics in
    Medicine 26 (2007), 3661-3675.

    >>> round(share_p_value(10, 100, 25, 100), 4)
    0.0054
    """
    whole, whole_yes = n + others, yes + others_yes
    if min(n, others) * min(whole_yes, whole - whole_yes) < max(whole, 1):
        return None
    difference = yes * (others - others_yes) - others_yes * (n - yes)
    squares = n * others * whole_yes * (whole - whole_yes)
    return 2 * NormalDist().cdf(-abs(difference) * sqrt((whole - 1) / squares))
