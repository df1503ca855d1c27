"""Whether the values of one group are above those of another: by order alone, at any scale.

Fit for ratings and durations: no distribution is assumed, ties are, and a few values far out weigh
no more than others.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from math import comb, sqrt
from operator import add, mul
from statistics import NormalDist
from typing import Final, NamedTuple, cast

from attrs import field, frozen

from servicekit._rules import FLAG_OR_NONE, LEVEL, Rule
from servicekit.errors import Problem, RecordError, shown
from servicekit.inference._differences import Difference
from servicekit.inference._distributions import StudentT
from servicekit.inference._estimates import tail
from servicekit.inference._interval import COUNT, Interval, Real, check, numeric

__all__ = ["MannWhitney", "Ratings", "cliffs_delta", "mann_whitney"]

Ratings = Iterable[Real] | Mapping[Real, int]
"""Values of a group one by one, or how often there is each."""

_SMALL: Final = 50
_MOST_PAIRS: Final = 10_000
_NORMAL: Final = 10**12
"""Degrees of freedom from which on Student's t is the normal distribution, to all digits."""
_RULES: Final[Mapping[str, Rule]] = {"level": LEVEL, "exact": FLAG_OR_NONE}


class _Pairs(NamedTuple):
    """What comes of comparing each value of the one group with each value of the other."""

    n: int
    """How many values the base has."""
    m: int
    """How many the other group has."""
    sum: int
    """Pairs in which the other value is larger less those in which it is smaller."""
    base_squares: int
    """Over the values of the base, the sum of the squares of what each contributes to that."""
    other_squares: int
    tied: int
    ties: int
    """Over all values of both, how often each is there: the sum of the cubes less these."""

    @property
    def all(self) -> int:
        """How many pairs there are."""
        return self.n * self.m


@frozen
class MannWhitney:
    """What the Mann-Whitney test says of two groups having one distribution.

    ``u`` counts the pairs in which the other value is larger, a tie as half of one, of so many
    ``pairs``. ``p_value`` is two-sided, and None where all values are alike; ``exact`` says whether
    it is exact or comes from the normal approximation.
    """

    u: Fraction
    pairs: int
    p_value: float | None = field(kw_only=True)
    exact: bool = field(kw_only=True)


def mann_whitney(base: Ratings, other: Ratings, *, exact: bool | None = None) -> MannWhitney | None:
    """Test whether two groups of different people have the same distribution; None if one is empty.

    Without ties, and with fewer than 50 values in each group, the p-value is exact; otherwise it is
    from the normal approximation, with the variance that ties leave and with continuity correction.
    ``exact`` asks for the one or the other; the exact one needs values without ties that make no
    more than 10,000 pairs. The cost is that of sorting. Sources: Mann and Whitney, "On a test of
    whether one of two random variables is stochastically larger than the other", Annals of
    Mathematical Statistics 18 (1947), 50-60; for ties, Lehmann, "Nonparametrics" (1975), 1.4.

    Raises `RecordError` for what is no number, and where an exact p-value cannot be had.

    >>> found = mann_whitney([20, 11, 17, 12], [19, 22, 16, 29, 24])
    >>> found.u, found.pairs, round(found.p_value, 4), found.exact
    (Fraction(17, 1), 20, 0.1111, True)
    """
    check("mann_whitney", _RULES, exact=exact)
    pairs = _compared("mann_whitney", base, other)
    if not pairs.all:
        return None
    if exact is None:
        exact = not pairs.ties and max(pairs.n, pairs.m) < _SMALL
    elif exact and (pairs.ties or pairs.all > _MOST_PAIRS):
        allowed = f"None or False, unless there are no ties and at most {_MOST_PAIRS:,} pairs"
        raise RecordError("mann_whitney", (Problem("exact", "True", allowed),))
    u = Fraction(pairs.sum + pairs.all, 2)
    p_value = _exact_p_value(pairs) if exact else _normal_p_value(pairs)
    return MannWhitney(u, pairs.all, p_value=p_value, exact=exact)


def _exact_p_value(pairs: _Pairs) -> float:
    """Count the arrangements that are no more likely: coefficients of a Gaussian binomial."""
    few, many = sorted((pairs.n, pairs.m))
    most = (pairs.all - abs(pairs.sum)) // 2
    ways = [1] + [0] * most
    for size in range(1, few + 1):
        for u in range(most, many + size - 1, -1):
            ways[u] -= ways[u - many - size]
        for u in range(size, most + 1):
            ways[u] += ways[u - size]
    return min(2 * sum(ways) / comb(few + many, few), 1.0)


def _normal_p_value(pairs: _Pairs) -> float | None:
    whole = pairs.n + pairs.m
    spread = whole**3 - whole - pairs.ties
    if not spread:
        return None
    variance = Fraction(pairs.all * spread, 12 * whole * (whole - 1))
    off = max(abs(pairs.sum) - 1, 0)
    return 2 * NormalDist().cdf(-sqrt(Fraction(off * off, 4) / variance))


def cliffs_delta(base: Ratings, other: Ratings, *, level: float = 0.95) -> Difference | None:
    """Give how much more often the other group's value is the larger one; None if one is empty.

    Delta is the share of pairs in which the other value is larger less that in which it is smaller:
    1 where all are, 0 where neither prevails, -1 where none is. The interval is the asymmetric one,
    with the unbiased variance and the quantile of Student's t for n + m - 2 degrees of freedom, the
    p-value what belongs to it; where the groups do not overlap it is that for the largest variance.
    Neither exists for a group of one, or where all values are alike. In groups of ten that hardly
    overlap an interval at 0.95 holds in some 0.91 of all samples. The cost is that of sorting.
    Sources: Cliff, "Dominance statistics: ordinal analyses to answer ordinal questions",
    Psychological Bulletin 114 (1993), 494-509, and "Ordinal Methods for Behavioral Data Analysis"
    (1996), 5.12; Feng and Cliff, Journal of Modern Applied Statistical Methods 3 (2004), 322-332.

    Raises `RecordError` for what is no number.

    >>> delta = cliffs_delta([10, 20, 30, 40, 40, 50], [10, 10, 20, 20, 20, 30, 30, 30, 40, 50])
    >>> f"{delta.estimate}, {delta.interval.low:.3f} to {delta.interval.high:.3f}"
    '-0.25, -0.727 to 0.389'
    """
    check("cliffs_delta", _RULES, level=level)
    pairs = _compared("cliffs_delta", base, other)
    if not pairs.all:
        return None
    delta = Fraction(pairs.sum, pairs.all)
    if min(pairs.n, pairs.m) < 2 or pairs.tied == pairs.all:  # noqa: PLR2004 - one shows no spread
        return Difference(float(delta), None)
    student = StudentT(min(pairs.n + pairs.m - 2, _NORMAL))
    low, high, turning = _delta_interval(pairs, delta, -student.inv_cdf(tail(level)))
    interval = Interval(low, high, level=level)
    return Difference(float(delta), interval, p_value=2 * student.cdf(-turning))


def _delta_interval(pairs: _Pairs, delta: Fraction, q: float) -> tuple[float, float, float]:
    """Give both ends at a quantile, and the quantile at which one of them would be 0."""
    if abs(delta) == 1:
        fewer = min(pairs.n, pairs.m)
        end = (fewer - q * q) / (fewer + q * q)
        return (*((end, 1.0) if delta > 0 else (-1.0, -end)), sqrt(fewer))
    variance = float(_delta_variance(pairs, delta))
    rest, d = float(1 - delta * delta), float(delta)
    width = q * q * variance
    reach = sqrt(width * (rest * rest + width))
    turning = 2 * rest * d * d / (sqrt(rest * rest + 4 * d * d) + rest)
    return (
        (d * rest - reach) / (rest + width),
        (d * rest + reach) / (rest + width),
        sqrt(turning / variance),
    )


def _delta_variance(pairs: _Pairs, delta: Fraction) -> Fraction:
    """Give the unbiased variance of delta, or the smallest there can be if that is larger."""
    squared = delta * pairs.sum
    unbiased = (
        pairs.base_squares
        - squared * pairs.m
        + pairs.other_squares
        - squared * pairs.n
        - (pairs.all - pairs.tied - squared)
    )
    unbiased = Fraction(unbiased, pairs.all * (pairs.n - 1) * (pairs.m - 1))
    return max(unbiased, (1 - delta * delta) / (pairs.all - 1))


def _compared(function: str, base: Ratings, other: Ratings) -> _Pairs:
    """Compare all values with all others, by way of how many lie below each one."""
    ours, theirs = _counted(function, "base", base), _counted(function, "other", other)
    values = sorted({*ours, *theirs})
    here, there = ([counts.get(value, 0) for value in values] for counts in (ours, theirs))
    base_margins, other_margins = _margins(there), _margins(here)
    both = list(map(add, here, there))
    return _Pairs(
        sum(here),
        sum(there),
        sum=sum(map(mul, there, other_margins)),
        base_squares=sum(map(mul, here, map(mul, base_margins, base_margins))),
        other_squares=sum(map(mul, there, map(mul, other_margins, other_margins))),
        tied=sum(map(mul, here, there)),
        ties=sum(times**3 - times for times in both if times > 1),
    )


def _margins(counts: Sequence[int]) -> list[int]:
    """Give for every value how many of a group lie below it less how many lie above it."""
    n = sum(counts)
    return [2 * so_far - at - n for at, so_far in zip(counts, accumulate(counts), strict=True)]


_A_NUMBER: Final = Rule("{numeric}({v})", "a number, at most 1e150 either way", numeric=numeric)


def _counted(function: str, name: str, given: Ratings) -> Mapping[Real, int]:
    """Count values; say what is no number, and what is no count."""
    if isinstance(given, Mapping):
        counts = cast("Mapping[Real, int]", given)
        asked = [COUNT.problem(f"{name}[{shown(at)}]", count) for at, count in counts.items()]
        asked += [_A_NUMBER.problem(name, value) for value in counts]
    else:
        values = list(given)
        wrong = [at for at, value in enumerate(values) if not numeric(value)]
        asked = [_A_NUMBER.problem(f"{name}[{at}]", values[at]) for at in wrong]
        counts = Counter(() if wrong else values)
    if problems := tuple(filter(None, asked)):
        raise RecordError(function, problems)
    return counts
