"""Intervals and comparisons, each with its published source.

The functions take counts, or a `Sample` of sizes, means and variances, so that a caller needs one
pass over the data. What the data cannot tell is None, never zero and never not-a-number: nothing
observed, one observation where a spread is needed, no spread at all.

>>> wilson(0, 0) is None
True
>>> satisfied = wilson(8, 10)
>>> f"{satisfied.low:.3f} to {satisfied.high:.3f}"
'0.490 to 0.943'
"""

from servicekit.inference._agreement import Kappa, cohen_kappa
from servicekit.inference._differences import Difference, paired_difference, welch
from servicekit.inference._distributions import Beta, FisherF, StudentT
from servicekit.inference._estimates import (
    Sample,
    feldt,
    mean_interval,
    net_interval,
    net_variance,
    wilson,
)
from servicekit.inference._interval import Interval, Real

__all__ = [
    "Beta",
    "Difference",
    "FisherF",
    "Interval",
    "Kappa",
    "Real",
    "Sample",
    "StudentT",
    "cohen_kappa",
    "feldt",
    "mean_interval",
    "net_interval",
    "net_variance",
    "paired_difference",
    "welch",
    "wilson",
]
