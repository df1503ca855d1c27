"""How often intervals hold what they are to hold: samples drawn where the truth is known.

Usage: python benchmarks/coverage.py [draws]

For each procedure and setting: the share of intervals at a level of 0.95 that hold the true value,
and the share of samples without any difference in which one was called clear, which is to be 0.05
or less. Exact procedures hold it more often than asked, for counts come in steps. An interval that
does not exist counts as one that holds everything.
"""

import random
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from math import exp, log, sqrt
from statistics import NormalDist

from servicekit.change import Verdict, change
from servicekit.inference import (
    Difference,
    Interval,
    Proportion,
    Rate,
    RateRatio,
    Sample,
    cliffs_delta,
    mann_whitney,
    newcombe,
    rate_interval,
    rate_ratio,
    welch,
    xmr,
)
from servicekit.kpi import Better, Column, Kpi, Percentile, Share, measure

NOW = datetime(2026, 5, 4, tzinfo=UTC)
Draw = random.Random
Held = tuple[bool, bool | None]
"""Whether the true value was held, and whether a difference was called clear where none is."""


def held(found: Difference | None, truth: float) -> Held:
    """Judge a difference."""
    interval: Interval | None = found.interval if found else None
    clear = bool(found and found.more_than_noise)
    return interval is None or truth in interval, clear if truth == 0 else None


def poisson(draw: Draw, mean: float) -> int:
    """Draw a number of events."""
    if mean > 30:
        return poisson(draw, mean / 2) + poisson(draw, mean / 2)
    events, left = 0, exp(-mean)
    product = draw.random()
    while product > left:
        events += 1
        product *= draw.random()
    return events


def successes(draw: Draw, n: int, share: float) -> Proportion:
    """Draw a number of successes."""
    return Proportion(sum(draw.random() < share for _ in range(n)), n)


def shares(draw: Draw, n: int, p: float, m: int, q: float) -> Held:
    """Newcombe's interval."""
    return held(newcombe(successes(draw, n, p), successes(draw, m, q)), q - p)


def means(draw: Draw, n: int, spread: float, m: int, other: float) -> Held:
    """Welch's interval, of normal values with unequal spread."""
    sides = []
    for size, sigma in ((n, spread), (m, other)):
        values = [draw.gauss(0, sigma) for _ in range(size)]
        mean = sum(values) / size
        variance = sum((value - mean) ** 2 for value in values) / (size - 1)
        sides.append(Sample(size, mean, variance=variance))
    return held(welch(*sides), 0)


def rate(draw: Draw, mean: float) -> Held:
    """Garwood's interval."""
    return mean in rate_interval(Rate(poisson(draw, mean), 1)), None


def rates(draw: Draw, base: float, other: float) -> Held:
    """The exact ratio of two rates."""
    found: RateRatio = rate_ratio(Rate(poisson(draw, base), 1), Rate(poisson(draw, other), 1))
    truth = other / base
    holds = found.low <= truth and (found.high is None or truth <= found.high)
    return holds, found.more_than_noise if truth == 1 else None


def deltas(draw: Draw, n: int, m: int, shift: float) -> Held:
    """Cliff's delta of normal values, of which it is 2 Phi(shift / sqrt 2) - 1."""
    base, other = ([draw.gauss(at, 1) for _ in range(k)] for k, at in ((n, 0), (m, shift)))
    truth = 2 * NormalDist().cdf(shift / sqrt(2)) - 1 if shift else 0
    return held(cliffs_delta(base, other), truth)


def rating_deltas(draw: Draw, n: int, m: int) -> Held:
    """Cliff's delta of ratings from 1 to 5, alike in both groups."""
    base, other = ([draw.choice((1, 2, 3, 4, 4, 5, 5, 5)) for _ in range(k)] for k in (n, m))
    return held(cliffs_delta(base, other), 0)


def ranks(draw: Draw, n: int, m: int) -> Held:
    """Mann and Whitney's test of ratings, alike in both groups."""
    base, other = ([draw.choice((1, 2, 3, 4, 4, 5, 5, 5)) for _ in range(k)] for k in (n, m))
    found = mann_whitney(base, other)
    clear = bool(found and found.p_value is not None and found.p_value < 0.05)
    return not clear, clear


def percentiles(draw: Draw, n: int, p: float, factor: float) -> Held:
    """The interval of the difference of two percentiles of exponential waits."""
    kpi = Kpi("k", "K", Percentile(Column("x"), p), "hours", Better.LOWER)
    sides = [
        measure([kpi], [{"x": draw.expovariate(1) * times} for _ in range(n)], as_of=NOW)
        for times in (1, factor)
    ]
    return held(change(*sides)["k"].difference, -log(1 - p) * (factor - 1))


def many(draw: Draw, kpis: int, n: int) -> Held:
    """A change of several KPIs to which nothing happened: is any of them called clear?"""
    asked = [
        Kpi(f"k{k}", f"K {k}", Share(Column(f"x{k}") > 0), "share", Better.HIGHER)
        for k in range(kpis)
    ]
    sides = [
        measure(
            asked,
            [{f"x{k}": draw.choice((0, 1)) for k in range(kpis)} for _ in range(n)],
            as_of=NOW,
        )
        for _ in range(2)
    ]
    moved = {Verdict.BETTER, Verdict.WORSE}
    clear = any(one.verdict in moved for one in change(*sides).values())
    return not clear, clear


def chart(draw: Draw, n: int) -> Held:
    """A series without any change: does its chart show a signal by any of the five patterns?"""
    clear = bool(xmr([draw.gauss(0, 1) for _ in range(n)]).signals)
    return not clear, clear


SETTINGS: dict[str, Callable[[Draw], Held]] = {
    "newcombe: 50 % of 20, 50 % of 20": partial(shares, n=20, p=0.5, m=20, q=0.5),
    "newcombe: 2 % of 50, 2 % of 400": partial(shares, n=50, p=0.02, m=400, q=0.02),
    "newcombe: 90 % of 80, 95 % of 80": partial(shares, n=80, p=0.9, m=80, q=0.95),
    "newcombe: 5 % of 10, 60 % of 30": partial(shares, n=10, p=0.05, m=30, q=0.6),
    "welch: 8 and 20, spread 1 and 4": partial(means, n=8, spread=1, m=20, other=4),
    "rate_interval: mean 2": partial(rate, mean=2),
    "rate_interval: mean 40": partial(rate, mean=40),
    "rate_ratio: 8 and 8": partial(rates, base=8, other=8),
    "rate_ratio: 60 and 60": partial(rates, base=60, other=60),
    "rate_ratio: 20 and 35": partial(rates, base=20, other=35),
    "cliffs_delta: 10 and 15, alike": partial(deltas, n=10, m=15, shift=0),
    "cliffs_delta: 30 and 30, shift 1": partial(deltas, n=30, m=30, shift=1),
    "cliffs_delta: 10 and 10, shift 2": partial(deltas, n=10, m=10, shift=2),
    "cliffs_delta: ratings, 40 and 60": partial(rating_deltas, n=40, m=60),
    "mann_whitney: ratings, 40 and 60": partial(ranks, n=40, m=60),
    "median: 60 and 60, alike": partial(percentiles, n=60, p=0.5, factor=1),
    "median: 60 and 60, twice as long": partial(percentiles, n=60, p=0.5, factor=2),
    "90th percentile: 150 and 150, alike": partial(percentiles, n=150, p=0.9, factor=1),
    "change: 8 KPIs, 100 rows, any clear": partial(many, kpis=8, n=100),
    "xmr: 24 values, any signal": partial(chart, n=24),
}


def figures(setting: Callable[[Draw], Held], draws: int) -> Iterator[str]:
    """Draw from one setting, and give both shares as text."""
    draw = random.Random(20260504)
    found = [setting(draw) for _ in range(draws)]
    yield f"{sum(holds for holds, _ in found) / draws:.3f}"
    clear = [one for _, one in found if one is not None]
    yield f"{sum(clear) / draws:.3f}" if clear else "-"


def main() -> None:
    """Print all settings."""
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    print(f"{draws} draws each, standard error at 0.95: {sqrt(0.95 * 0.05 / draws):.4f}")
    print(f"{'setting':<40} {'held':>6} {'false':>6}")
    for name, setting in SETTINGS.items():
        share, false = figures(setting, draws)
        print(f"{name:<40} {share:>6} {false:>6}")


if __name__ == "__main__":
    main()
