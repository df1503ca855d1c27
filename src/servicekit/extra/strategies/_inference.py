"""Samples, intervals, and what is inferred from them."""

from fractions import Fraction
from typing import Final

from hypothesis import strategies as st

from servicekit.inference import (
    Beta,
    Difference,
    FisherF,
    Interval,
    Real,
    Sample,
    StudentT,
    welch,
)

__all__ = ["betas", "differences", "fisher_fs", "intervals", "samples", "student_ts"]

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
