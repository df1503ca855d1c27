"""The regularised incomplete gamma functions and their inverse, over the log of their argument.

P(a, x) is the distribution of a gamma variate x of shape a; it is also the probability that a
Poisson variate of mean x is at least a, which is what exact intervals of a rate rest on. As the
limit of I(x/b; a, b) for large b it is computed as that is in `servicekit.inference._beta`: over
``u = log(x / a)``, whose density is log-concave, and by the limits of the same continued fractions.

Source: NIST Digital Library of Mathematical Functions (DLMF), 8.2, 8.9.2, 8.17.22 and 3.10.
"""

from math import exp, expm1, inf, lgamma, log, log1p, pi, sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

from servicekit.inference._beta import CLOSE, SETTLED, stirling_rest

__all__ = ["Tails", "gamma_tails", "log_place_at"]

_HUGE: Final = 700.0
"""About where the exponential leaves the floating-point numbers."""


class Tails(NamedTuple):
    """The logarithms of what lies below and above some ``u``, and of the density there."""

    below: float
    above: float
    density: float


def gamma_tails(u: float, a: float) -> Tails:
    """Give log P(a, x), log Q(a, x) and the log density of u, for ``x = a exp(u)``."""
    if u > _HUGE:
        return Tails(0.0, -inf, -inf)
    x = a * exp(u)
    density = 0.5 * log(a / (2 * pi)) - stirling_rest(a) + a * (u - expm1(u))
    if u > 0:
        above = density - log(_fraction_above(x, a))
        return Tails(log1p(-exp(above)), above, density)
    below = density - log(_fraction_below(x, a))
    return Tails(below, log1p(-exp(below)), density)


def log_place_at(p: float, a: float, *, above: bool = False) -> float:
    """Give the ``u`` at which P(a, x), or with ``above`` Q(a, x), is p, for 0 < p < 1.

    Newton's method on the logarithm of that tail, which is concave: from the first step on the
    iterates approach the root from one side. It keeps its digits where p is small.
    """
    target, sign = log(p), -1 if above else 1
    u, step = _start(p, a, sign), inf
    while abs(step) * sqrt(a) > CLOSE:
        tails = gamma_tails(u, a)
        reached = tails.above if above else tails.below
        step = sign * (target - reached) * exp(reached - tails.density)
        u += step
    return u


def _start(p: float, a: float, sign: int) -> float:
    """Begin near the root for large shapes; for small ones beyond it, towards the end."""
    if a >= 1:
        return sign * NormalDist().inv_cdf(p) / sqrt(a)
    if sign < 0:
        return log(-log(p) / a)
    return (log(p) + lgamma(a + 1)) / a - log(a)


def _fraction_above(x: float, a: float) -> float:
    """Give the continued fraction by which x^a exp(-x) / gamma(a) is divided to give Q(a, x)."""
    value = c = x - a + 1
    d, change, m = 0.0, inf, 0
    while abs(change - 1) > SETTLED:
        m += 1
        top, bottom = m * (a - m), x - a + 1 + 2 * m
        d = 1 / (bottom + top * d)
        c = bottom + top / c
        change = c * d
        value *= change
    return value


def _fraction_below(x: float, a: float) -> float:
    """Give the continued fraction by which x^a exp(-x) / gamma(a) is divided to give P(a, x)."""
    above = a - x + 1
    value = c = a * above / (a + 1)
    d, change, m = 0.0, inf, 0
    while abs(change - 1) > SETTLED:
        m += 1
        even = a + 2 * m - 1
        top = m * x / even
        bottom = m + top + (a + m) * (above + 2 * m) / (even + 2)
        top *= (a + m - 1) * x / even
        d = 1 / (bottom + top * d)
        c = bottom + top / c
        change = c * d
        value *= change
    return value
