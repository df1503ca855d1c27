"""Intervals and comparisons, each with its published source.

The functions take counts, a `Proportion`, a `Rate`, or a `Sample` of size, mean and variance, so
that a caller needs one pass over the data; those that go by order take the values or how often
there is each. What the data cannot tell is None, never zero and never not-a-number: nothing
observed, one observation where a spread is needed, no spread at all.

>>> wilson(0, 0) is None
True
>>> satisfied = wilson(8, 10)
>>> f"{satisfied.low:.3f} to {satisfied.high:.3f}"
'0.490 to 0.943'
"""

from servicekit.inference._agreement import Kappa, cohen_kappa
from servicekit.inference._differences import Difference, paired_difference, welch
from servicekit.inference._distributions import Beta, FisherF, Gamma, StudentT
from servicekit.inference._dominance import MannWhitney, Ratings, cliffs_delta, mann_whitney
from servicekit.inference._effects import cohens_h, hedges_g
from servicekit.inference._estimates import (
    Sample,
    feldt,
    mean_interval,
    net_interval,
    net_variance,
    wilson,
)
from servicekit.inference._holm import holm
from servicekit.inference._interval import Interval, Real
from servicekit.inference._rates import Rate, RateRatio, rate_interval, rate_ratio
from servicekit.inference._shares import Proportion, newcombe
from servicekit.inference._xmr import (
    Average,
    ChartSignal,
    Limits,
    Pattern,
    ProcessChart,
    Side,
    xmr,
)

__all__ = [
    "Average",
    "Beta",
    "ChartSignal",
    "Difference",
    "FisherF",
    "Gamma",
    "Interval",
    "Kappa",
    "Limits",
    "MannWhitney",
    "Pattern",
    "ProcessChart",
    "Proportion",
    "Rate",
    "RateRatio",
    "Ratings",
    "Real",
    "Sample",
    "Side",
    "StudentT",
    "cliffs_delta",
    "cohen_kappa",
    "cohens_h",
    "feldt",
    "hedges_g",
    "holm",
    "mann_whitney",
    "mean_interval",
    "net_interval",
    "net_variance",
    "newcombe",
    "paired_difference",
    "rate_interval",
    "rate_ratio",
    "welch",
    "wilson",
    "xmr",
]
