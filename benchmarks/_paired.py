"""Time several ways of doing the same work, in turns within one run, and print ratios."""

import gc
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter_ns

Job = Callable[[], object]


def calls_per_turn(job: Job, at_least_ns: int = 20_000_000) -> int:
    """Find how many calls make a turn long enough for the clock."""
    calls = 1
    while (taken := one_turn(job, calls)) < at_least_ns:
        calls = max(calls * 2, calls * at_least_ns // max(taken, 1))
    return calls


def one_turn(job: Job, calls: int) -> int:
    """Take the time of some calls, with the garbage collector still."""
    gc.collect()
    gc.disable()
    try:
        start = perf_counter_ns()
        for _ in range(calls):
            job()
        return perf_counter_ns() - start
    finally:
        gc.enable()


def paired(jobs: Mapping[str, Job], turns: int = 15) -> dict[str, float]:
    """Run all jobs once in every turn; give each one's median time per call in microseconds."""
    calls = {name: calls_per_turn(job) for name, job in jobs.items()}
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(turns):
        for name, job in jobs.items():
            times[name].append(one_turn(job, calls[name]) / calls[name] / 1000)
    return {name: median(taken) for name, taken in times.items()}


def report(title: str, times: Mapping[str, float]) -> None:
    """Print each time and its ratio to the first, which is ours."""
    print(title)
    ours = next(iter(times.values()))
    for name, microseconds in times.items():
        print(f"  {name:<42} {microseconds:>10.2f} us {microseconds / ours:>8.2f} x")
