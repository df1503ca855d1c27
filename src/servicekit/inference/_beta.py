"""The regularised incomplete beta function and its inverse, over the log odds of its argument.

I(x; a, b) is the distribution of a beta variate x. Taken over ``v = log(x / (1 - x))`` neither end
of the unit interval crowds the floating-point numbers, Student's t and Fisher's F are plain
functions of ``v``, and the density of ``v`` is log-concave, which is what makes the inverse safe.

Sources: NIST Digital Library of Mathematical Functions (DLMF), 8.17 and 5.11; the even part of
the continued fraction and the scaling of the leading factor as in DiDonato and Morris, "Algorithm
708: Significant digit computation of the incomplete beta function ratios", ACM Transactions on
Mathematical Software 18 (1992), 360-373.
"""

from math import exp, expm1, inf, lgamma, log, log1p, pi, sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

__all__ = ["CLOSE", "MEDIAN", "SETTLED", "log_beta_cdf", "log_odds_at", "stirling_rest"]

MEDIAN: Final = 0.5
_HUGE: Final = 700.0
"""About where the exponential leaves the floating-point numbers."""
SETTLED: Final = 1e-15
CLOSE: Final = 1e-8
"""Steps converge quadratically: the one after a step so small would change nothing."""
_STIRLING_FROM: Final = 15.0


class _Reached(NamedTuple):
    """How much of the distribution lies below some ``v``."""

    log_cdf: float
    slope: float
    """Of log_cdf, by v."""


def log_beta_cdf(v: float, a: float, b: float) -> float:
    """Give log I(x; a, b) for ``x = 1 / (1 + exp(-v))``."""
    return _reached(v, a, b).log_cdf


def log_odds_at(p: float, a: float, b: float) -> float:
    """Give the ``v`` at which I(x; a, b) is p, for 0 < p < 1.

    Newton's method on the logarithm of the distribution: a log-concave density has a log-concave
    distribution, so from the first step on the iterates rise towards the root and cannot leave it.
    """
    if p > MEDIAN:
        return -log_odds_at(1 - p, b, a)
    spread, target = sqrt(1 / a + 1 / b), log(p)
    v = log(a / b) + NormalDist().inv_cdf(p) * spread
    step = inf
    while abs(step) > CLOSE * spread:
        reached = _reached(v, a, b)
        step = (target - reached.log_cdf) / reached.slope
        v += step
    return v


def _reached(v: float, a: float, b: float) -> _Reached:
    """Use the fraction on the side of the mean where it converges quickly, or its complement."""
    front = _log_front(v, a, b)
    if v > log((a + 1) / (b + 1)):
        density = exp(front)
        above = density / _fraction(-v, b, a)
        return _Reached(log1p(-above), density / (1 - above))
    fraction = _fraction(v, a, b)
    return _Reached(front - log(fraction), fraction)


def _log_front(v: float, a: float, b: float) -> float:
    """Give the logarithm of x^a (1 - x)^b / B(a, b), which is the density of ``v``.

    It is taken relative to its peak, at x = a / (a + b), where powers and beta function would all
    but cancel; the peak itself needs only what Stirling's formula leaves over.
    """
    if a > b:
        a, b, v = b, a, -v
    mode = a / (a + b)
    off = v - log(a / b)
    peak = 0.5 * log(a * (b / (a + b)) / (2 * pi))
    rest = stirling_rest(a + b) - stirling_rest(a) - stirling_rest(b)
    return peak + rest + a * off - (a + b) * _log_mixed(mode, off)


def _log_mixed(share: float, power: float) -> float:
    """Give log(1 - share + share exp(power))."""
    return power + log(share) if power > _HUGE else log1p(share * expm1(power))


def stirling_rest(z: float) -> float:
    """Give log gamma(z) less Stirling's formula for it (DLMF 5.11.1)."""
    if z < _STIRLING_FROM:
        return lgamma(z) - (z - 0.5) * log(z) + z - 0.5 * log(2 * pi)
    w = 1 / (z * z)
    return (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w / 1188)))) / z


def _fraction(v: float, a: float, b: float) -> float:
    """Give the continued fraction by which x^a (1 - x)^b / B(a, b) is divided to give I(x; a, b).

    It is the even part of DLMF 8.17.22 times a, evaluated forwards by Lentz's method (DLMF 3.10).
    """
    small = exp(-abs(v))
    x, y = (small, 1.0) if v < 0 else (1.0, small)
    x, y = x / (1 + small), y / (1 + small)
    above = a * y - b * x + 1
    value = c = a * above / (a + 1)
    d, change, m = 0.0, inf, 0
    while abs(change - 1) > SETTLED:
        m += 1
        even = a + 2 * m - 1
        top = m * (b - m) * x / even
        bottom = m + top + (a + m) * (above + m * (1 + y)) / (even + 2)
        top *= (a + m - 1) * (a + b + m - 1) * x / even
        d = 1 / (bottom + top * d)
        c = bottom + top / c
        change = c * d
        value *= change
    return value
