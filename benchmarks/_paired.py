"""Time several ways of doing the same work, in turns within one run, and print ratios."""

import gc
from collections.abc import Callable, Mapping
from statistics import median
from time import process_time_ns

Job = Callable[[], object]
Clock = Callable[[], int]


def one_turn(job: Job, calls: int, clock: Clock) -> int:
    """Take the time of some calls, with the garbage collector still."""
    gc.collect()
    gc.disable()
    try:
        start = clock()
        for _ in range(calls):
            job()
        return clock() - start
    finally:
        gc.enable()


def calls_per_turn(job: Job, clock: Clock, at_least_ns: int = 20_000_000) -> int:
    """Find how many calls make a turn long enough for the clock."""
    calls = 1
    while (taken := one_turn(job, calls, clock)) < at_least_ns:
        calls = max(calls * 2, calls * at_least_ns // max(taken, 1))
    return calls


def report(
    title: str, jobs: Mapping[str, Job], turns: int = 25, clock: Clock = process_time_ns
) -> None:
    """Run all jobs once in every turn; print median times and median ratios to the first, ours.

    Processor time is the steadier clock on a shared machine; where a contender computes on several
    threads, the clock on the wall is the fair one (``time.perf_counter_ns``).
    """
    calls = {name: calls_per_turn(job, clock) for name, job in jobs.items()}
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(turns):
        for name, job in jobs.items():
            times[name].append(one_turn(job, calls[name], clock) / calls[name] / 1000)
    ours = next(iter(times.values()))
    print(title)
    for name, taken in times.items():
        ratio = median(one / other for one, other in zip(taken, ours, strict=True))
        print(f"  {name:<42} {median(taken):>12.2f} us {ratio:>10.2f} x")
