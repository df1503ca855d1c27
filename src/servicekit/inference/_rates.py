"""Events over an exposure: how often something happens, and whether it happens as often as before.

Both intervals are exact for events that come one by one and independently of each other (Poisson):
whatever the true rate is, they miss it in no more than 1 - level of all samples.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import exp, inf, log
from typing import Final

from attrs import field, frozen

from servicekit._rules import LEVEL, Rule, is_a
from servicekit._values import Value
from servicekit.inference._beta import log_beta_cdf, log_odds_at
from servicekit.inference._estimates import tail
from servicekit.inference._gamma import log_place_at
from servicekit.inference._interval import COUNT, Interval, Real, check, numeric

__all__ = ["EXPOSURE", "Rate", "RateRatio", "rate_interval", "rate_ratio"]

EXPOSURE: Final = Rule(
    "{numeric}({v}) and 1e-100 <= {v} <= 1e100",
    "a number from 1e-100 to 1e100, such as days, visits or orders",
    numeric=numeric,
)


@frozen
class Rate(Value):
    """What a rate is judged by: so many ``events`` over an ``exposure``.

    The exposure is what gives rise to events: days, visits, orders, customers. Raises `RecordError`
    with every field that is wrong.

    >>> Rate(12, 31).value
    Fraction(12, 31)
    """

    events: int = field(validator=COUNT)
    exposure: Real = field(validator=EXPOSURE)

    @property
    def value(self) -> Fraction:
        """Events by unit of exposure."""
        return self.events / Fraction(self.exposure)


_RULES: Final[Mapping[str, Rule]] = {
    "level": LEVEL,
    **dict.fromkeys(("rate", "base", "other"), is_a(Rate)),
}


def rate_interval(rate: Rate, *, level: float = 0.95) -> Interval:
    """Give the exact interval of a rate, by unit of exposure.

    Without any event it begins at 0. Source: Garwood, "Fiducial limits for the Poisson
    distribution", Biometrika 28 (1936), 437-442.

    >>> interval = rate_interval(Rate(10, 1))
    >>> round(interval.low, 3), round(interval.high, 3)
    (4.795, 18.39)
    """
    check("rate_interval", _RULES, rate=rate, level=level)
    beyond, events = tail(level), rate.events
    low = events * exp(log_place_at(beyond, events)) if events else 0.0
    high = (events + 1) * exp(log_place_at(beyond, events + 1, above=True))
    return Interval(low, high, level=level).scaled(1 / float(rate.exposure))


@frozen
class RateRatio:
    """How many times as often something happens as before, and whether that is more than noise.

    The ratio lies between ``low`` and ``high``, at a ``level``. Where the base saw no event there
    is no ``estimate``, and no upper end: both are None. ``p_value`` is two-sided: twice the smaller
    tail, so that it is below 1 - level where 1 is not between the ends, and only there.
    """

    estimate: float | None
    low: float
    high: float | None = field(kw_only=True)
    level: float = field(kw_only=True)
    p_value: float = field(kw_only=True)

    @property
    def more_than_noise(self) -> bool:
        """Whether the interval leaves out 1, which is as often as before."""
        return self.low > 1 or (self.high is not None and self.high < 1)


def rate_ratio(base: Rate, other: Rate, *, level: float = 0.95) -> RateRatio:
    """Give how many times the base's rate the other rate is, with its exact interval.

    Of all events together, those of the other side are binomial, with a share that follows from the
    ratio and the exposures; the ends are those of Clopper and Pearson for that share. Sources:
    Przyborowski and Wilenski, "Homogeneity of results in testing samples from Poisson series",
    Biometrika 31 (1940), 313-323; Clopper and Pearson, "The use of confidence or fiducial limits
    illustrated in the case of the binomial", Biometrika 26 (1934), 404-413; for the p-value that
    agrees with the interval, Fay, The R Journal 2 (2010), 53-58.

    >>> ratio = rate_ratio(Rate(30, 31), Rate(12, 28))
    >>> f"{ratio.estimate:.2f}, {ratio.low:.2f} to {ratio.high:.2f}", ratio.more_than_noise
    ('0.44, 0.21 to 0.89', True)
    """
    check("rate_ratio", _RULES, base=base, other=other, level=level)
    k, rest = other.events, base.events
    even = log(other.exposure) - log(base.exposure)
    below = exp(log_beta_cdf(-even, rest, k + 1)) if rest else 1.0
    above = exp(log_beta_cdf(even, k, rest + 1)) if k else 1.0
    low = log_odds_at(tail(level), k, rest + 1) - even if k else -inf
    high = -log_odds_at(tail(level), rest, k + 1) - even if rest else None
    return RateRatio(
        float(other.value / base.value) if rest else None,
        exp(low),
        high=None if high is None else exp(high),
        level=level,
        p_value=min(2 * below, 2 * above, 1.0),
    )
