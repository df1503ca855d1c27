"""The p-value that belongs to an interval: 1 less the level at which 0 comes to lie on its end."""

from collections.abc import Callable
from statistics import NormalDist
from typing import Final

__all__ = ["turning_p_value"]

_STEPS: Final = 40
_FARTHEST: Final = 64.0
"""A normal quantile with less beyond it than floating-point numbers can say."""


def turning_p_value(leaves_out_zero: Callable[[float], bool]) -> float:
    """Find the p-value of an interval that widens with a normal quantile z.

    Asked for a z, ``leaves_out_zero`` says whether the interval leaves out 0 there. Judged by this
    p-value and by the interval a difference is the same at every level.
    """
    low, high = 0.0, 1.0
    while high < _FARTHEST and leaves_out_zero(high):
        low, high = high, 2 * high
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if leaves_out_zero(middle) else (low, middle)
    return 2 * NormalDist().cdf(-low)
