"""Intervals of one share, one net share, one mean and one reliability."""

from collections.abc import Mapping
from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import Final, Self

from attrs import field, frozen

from servicekit._rules import LEVEL, Rule, is_a
from servicekit._values import Value, refuse
from servicekit.inference._distributions import FisherF, StudentT
from servicekit.inference._interval import COUNT, Interval, Real, check, check_part, numeric

__all__ = [
    "Sample",
    "feldt",
    "mean_interval",
    "net_interval",
    "net_variance",
    "score_ends",
    "tail",
    "wilson",
]

_NUMBER: Final = Rule("{numeric}({v})", "a number, at most 1e150 either way", numeric=numeric)
_VARIANCE: Final = Rule(
    "{v} is None or {numeric}({v}) and {v} >= 0",
    "a number, 0 or more, or None where there is only one observation",
    numeric=numeric,
)
_SIZE: Final = Rule(f"({COUNT.holds}) and {{v}} > 0", "a whole number from 1 to 10^12")
_EXACT: Final = Rule(
    "isinstance({v}, (int, {fraction})) and not isinstance({v}, bool)",
    "a whole number or a Fraction",
    fraction=Fraction,
)
_SUMS: Final = {"n": _SIZE, "total": _EXACT, "squares": _EXACT}


@frozen
class Sample(Value):
    """What a mean is judged by: ``n`` observations, their ``mean`` and their sample ``variance``.

    The variance is the sum of squared distances from the mean over n - 1; one observation has none.
    Exact numbers stay exact. Raises `RecordError` with every field that is wrong.

    >>> Sample(3, 4, variance=1)
    Sample(n=3, mean=4, variance=1)
    """

    n: int = field(validator=_SIZE)
    mean: Real = field(validator=_NUMBER)
    variance: Real | None = field(kw_only=True, validator=_VARIANCE)

    def __attrs_post_init__(self) -> None:
        if (self.variance is None) != (self.n == 1):
            refuse(self, "variance", "None for one observation, a number for more")

    @classmethod
    def from_sums(cls, n: int, total: int | Fraction, squares: int | Fraction) -> Self:
        """Make a sample of exact sums: of the values and of their squares, taken in one pass.

        >>> Sample.from_sums(3, 3 + 4 + 5, 9 + 16 + 25)
        Sample(n=3, mean=Fraction(4, 1), variance=Fraction(1, 1))
        """
        check("Sample.from_sums", _SUMS, n=n, total=total, squares=squares)
        mean = Fraction(total) / n
        variance = None if n == 1 else (squares - mean * total) / (n - 1)
        return cls(n, mean, variance=variance)


_ALPHA: Final = Rule("{numeric}({v}) and {v} <= 1", "a number of at most 1", numeric=numeric)
_COUNTED: Final = ("successes", "positive", "negative", "n", "respondents", "items")
_RULES: Final[Mapping[str, Rule]] = {
    "level": LEVEL,
    "sample": is_a(Sample),
    "alpha": _ALPHA,
    **dict.fromkeys(_COUNTED, COUNT),
}


def tail(level: float) -> float:
    """Give the probability that an interval leaves out on each side."""
    return (1 - level) / 2


def wilson(successes: int, n: int, *, level: float = 0.95) -> Interval | None:
    """Give the score interval of a share, without continuity correction; None where n is 0.

    It stays between 0 and 1 and needs no large sample. Source: Wilson, "Probable inference, the law
    of succession, and statistical inference", Journal of the American Statistical Association 22
    (1927), 209-212; recommended by Newcombe, Statistics in Medicine 17 (1998), 857-872.
    Raises `RecordError` for counts that cannot be.

    >>> interval = wilson(8, 10)
    >>> round(interval.low, 3), round(interval.high, 3)
    (0.49, 0.943)
    """
    check("wilson", _RULES, successes=successes, n=n, level=level)
    check_part("wilson", "successes", successes, n)
    if not n:
        return None
    low, high = score_ends(successes, n, NormalDist().inv_cdf(tail(level)))
    return Interval(low, high, level=level)


def score_ends(successes: int, n: int, z: float) -> tuple[float, float]:
    """Give both ends of Wilson's interval at a normal quantile; n is above 0."""
    z2 = z * z
    return _score_low(successes, n, z2), 1 - _score_low(n - successes, n, z2)


def _score_low(successes: int, n: int, z2: float) -> float:
    """Give the smaller root of (p - successes/n)^2 = z2 p (1 - p)/n by way of the larger one."""
    failures = n - successes
    root = 2 * successes + z2 + sqrt(z2 * (z2 + 4 * successes * failures / n))
    return 2 * successes * (successes / n) / root


def net_variance(positive: int, negative: int, n: int) -> Fraction | None:
    """Give the variance of a net share, positive less negative; exact, and None where n is 0.

    With the shares p and d it is [p + d - (p - d)^2]/n. Source: Rocks, "Interval estimation for the
    'Net Promoter Score'", The American Statistician 70 (2016), 365-372.
    Raises `RecordError` for counts that cannot be.

    >>> net_variance(2, 1, 4)
    Fraction(11, 64)
    """
    check("net_variance", _RULES, positive=positive, negative=negative, n=n)
    check_part("net_variance", "positive + negative", positive + negative, n)
    return _net_variance(positive, negative, n) if n else None


def _net_variance(positive: int, negative: int, n: int) -> Fraction:
    return Fraction(n * (positive + negative) - (positive - negative) ** 2, n**3)


def net_interval(positive: int, negative: int, n: int, *, level: float = 0.95) -> Interval | None:
    """Give the interval of a net share by the normal approximation, cut off at -1 and 1.

    None where n is 0 or all answers are alike, for then no spread was seen. It is too narrow for
    fewer than some dozens of answers. Source: as for `net_variance`, where it is called Wald's.
    Raises `RecordError` for counts that cannot be.

    >>> interval = net_interval(162, 54, 324)
    >>> round(interval.low, 3), round(interval.high, 3)
    (0.252, 0.414)
    """
    check("net_interval", _RULES, positive=positive, negative=negative, n=n, level=level)
    check_part("net_interval", "positive + negative", positive + negative, n)
    if not n or not (variance := _net_variance(positive, negative, n)):
        return None
    net, z = (positive - negative) / n, -NormalDist().inv_cdf(tail(level))
    margin = z * sqrt(variance)
    return Interval(max(net - margin, -1.0), min(net + margin, 1.0), level=level)


def mean_interval(sample: Sample, *, level: float = 0.95) -> Interval | None:
    """Give the t interval of a mean; None for one observation and where no spread was seen.

    Source: Student, "The probable error of a mean", Biometrika 6 (1908), 1-25.

    >>> interval = mean_interval(Sample(3, 4, variance=1))
    >>> round(interval.low, 2), round(interval.high, 2)
    (1.52, 6.48)
    """
    check("mean_interval", _RULES, sample=sample, level=level)
    if not sample.variance or not (squared_error := float(sample.variance / sample.n)):
        return None
    margin = -StudentT(sample.n - 1).inv_cdf(tail(level)) * sqrt(squared_error)
    mean = float(sample.mean)
    return Interval(mean - margin, mean + margin, level=level)


def feldt(alpha: Real, respondents: int, items: int, *, level: float = 0.95) -> Interval | None:
    """Give the interval of Cronbach's alpha, as computed from ``respondents`` times ``items``.

    None with fewer than two of either, where alpha does not exist, and for an alpha of 1, where no
    disagreement was seen. The lower end may be below 0, as alpha itself may. Source: Feldt, "The
    approximate sampling distribution of Kuder-Richardson reliability coefficient twenty",
    Psychometrika 30 (1965), 357-370.
    Raises `RecordError` for arguments that cannot be.

    >>> interval = feldt(0.5917188485995826, 15, 10)
    >>> round(interval.low, 3), round(interval.high, 3)
    (0.195, 0.84)
    """
    check("feldt", _RULES, alpha=alpha, respondents=respondents, items=items, level=level)
    if respondents < 2 or items < 2 or alpha == 1:  # noqa: PLR2004 - two make a comparison
        return None
    between = respondents - 1
    within = between * (items - 1)
    error, beyond = float(1 - alpha), tail(level)
    low = 1 - error / FisherF(within, between).inv_cdf(beyond)
    return Interval(low, 1 - error * FisherF(between, within).inv_cdf(beyond), level=level)
