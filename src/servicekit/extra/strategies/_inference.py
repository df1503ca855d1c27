"""Samples, intervals, and what is inferred from them."""

from fractions import Fraction
from typing import Final

from hypothesis import strategies as st

from servicekit.inference import (
    Beta,
    ChartSignal,
    Difference,
    FisherF,
    Gamma,
    Interval,
    Kappa,
    Limits,
    MannWhitney,
    Pattern,
    ProcessChart,
    Proportion,
    Rate,
    RateRatio,
    Real,
    Sample,
    Side,
    StudentT,
    rate_ratio,
    welch,
    xmr,
)

__all__ = ["betas", "chart_signals", "differences", "fisher_fs", "gammas", "intervals", "kappas"]
__all__ += ["limits", "mann_whitneys", "process_charts", "proportions", "rate_ratios", "rates"]
__all__ += ["samples", "student_ts"]

_LARGEST: Final = 1e150
_NUMBERS: Final[st.SearchStrategy[Real]] = (
    st.integers(-(10**12), 10**12)
    | st.fractions(max_denominator=10**6)
    | st.floats(-_LARGEST, _LARGEST)
)
_SHAPES: Final = st.floats(1e-3, 1e6)


def _sample(n: int, mean: Real, variance: Real) -> Sample:
    return Sample(n, mean, variance=None if n == 1 else variance)


def samples() -> st.SearchStrategy[Sample]:
    """Give samples of exact numbers and of floats; they shrink to one observation of 0."""
    return st.builds(_sample, st.integers(1, 10**12), _NUMBERS, _NUMBERS.map(abs))


_ENDS: Final = st.floats(allow_nan=False, allow_infinity=False)


def _interval(one: float, other: float, level: float) -> Interval:
    return Interval(min(one, other), max(one, other), level=level)


def intervals() -> st.SearchStrategy[Interval]:
    """Give intervals at any level; they shrink to that from 0 to 0."""
    levels = st.just(0.95) | st.floats(0, 1, exclude_min=True, exclude_max=True)
    return st.builds(_interval, _ENDS, _ENDS, levels)


def _small(n: int, mean: float, variance: Fraction) -> Sample:
    return _sample(n, mean, variance)


_MODEST: Final = st.builds(
    _small, st.integers(1, 1000), st.floats(-1e6, 1e6), st.fractions(0, 1000, max_denominator=99)
)


def differences() -> st.SearchStrategy[Difference]:
    """Give differences of two groups; they shrink to none between single observations."""
    return st.builds(welch, _MODEST, _MODEST)


def betas() -> st.SearchStrategy[Beta]:
    """Give beta distributions."""
    return st.builds(Beta, _SHAPES, _SHAPES)


def fisher_fs() -> st.SearchStrategy[FisherF]:
    """Give F distributions."""
    return st.builds(FisherF, _SHAPES, _SHAPES)


def student_ts() -> st.SearchStrategy[StudentT]:
    """Give t distributions."""
    return st.builds(StudentT, _SHAPES)


def gammas() -> st.SearchStrategy[Gamma]:
    """Give gamma distributions."""
    return st.builds(Gamma, _SHAPES)


def _proportion(successes: int, failures: int) -> Proportion:
    return Proportion(successes, successes + failures)


def proportions() -> st.SearchStrategy[Proportion]:
    """Give shares of some number, of none as well."""
    return st.builds(_proportion, st.integers(0, 10**6), st.integers(0, 10**6))


def rates() -> st.SearchStrategy[Rate]:
    """Give numbers of events over an exposure."""
    exposures = st.integers(1, 1000) | st.fractions("1/9", 1000, max_denominator=9)
    return st.builds(Rate, st.integers(0, 1000), exposures)


def rate_ratios() -> st.SearchStrategy[RateRatio]:
    """Give ratios of two rates."""
    return st.builds(rate_ratio, rates(), rates())


def mann_whitneys() -> st.SearchStrategy[MannWhitney]:
    """Give comparisons of the values of two groups."""
    counts = st.integers(1, 99)
    return st.builds(_mann_whitney, counts, counts, st.integers(0, 100), st.booleans())


def _mann_whitney(one: int, other: int, percent: int, exact: bool) -> MannWhitney:  # noqa: FBT001
    pairs = one * other
    return MannWhitney(Fraction(pairs * percent, 100), pairs, p_value=percent / 100, exact=exact)


def kappas() -> st.SearchStrategy[Kappa]:
    """Give how far two agree, beyond chance."""
    shares = st.fractions(0, "9/10", max_denominator=99)
    return st.builds(Kappa, st.integers(1, 1000), shares, shares, st.none() | intervals())


_VALUES: Final = st.integers(-100, 100) | st.fractions(-100, 100, max_denominator=9)


def _limits(centre: Real, moving_range: Real) -> Limits:
    lower, upper = centre - 3 * moving_range, centre + 3 * moving_range
    return Limits(centre, moving_range, lower=lower, upper=upper, range_limit=3 * moving_range)


def limits() -> st.SearchStrategy[Limits]:
    """Give the limits of a process behaviour chart; they shrink to 0 all along."""
    return st.builds(_limits, _VALUES, _VALUES.map(abs))


def process_charts() -> st.SearchStrategy[ProcessChart]:
    """Give charts of a few values; they shrink to none."""
    return st.builds(xmr, st.lists(_VALUES, max_size=9))


def chart_signals() -> st.SearchStrategy[ChartSignal]:
    """Give what is more than routine on a chart."""
    places = st.lists(st.integers(0, 99), min_size=1, max_size=3).map(tuple)
    return st.builds(ChartSignal, st.sampled_from(Pattern), st.sampled_from(Side), places=places)
