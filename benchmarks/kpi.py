"""From objects to a table of 12 KPIs by 30 groups: ours, pandas and Polars, results compared first.

Usage: python benchmarks/kpi.py [10000 100000 1000000] [--memory]

Three ways to build the frame: ``dicts``, the usual one, of whole objects; ``columns``, a list for
each attribute that is asked for; ``integers``, the same with instants as integer microseconds, the
best there is. The frames then compute what they would be asked for by somebody who knows them well.
"""

import random
import sys
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from operator import attrgetter
from typing import Any

import attrs
import pandas as pd
import polars as pl

from _paired import report
from servicekit.kpi import (
    Better,
    Column,
    Count,
    Elapsed,
    Kpi,
    Mean,
    Percentile,
    Ratio,
    Share,
    Total,
    Within,
    measure,
)

NOW = datetime(2026, 7, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@attrs.frozen
class Entry:
    """A row as a register of cases has it."""

    id: str
    site: str
    channel: str
    category: str
    responsible: str
    stage: str
    received_at: datetime
    acknowledged_at: datetime | None
    answered_at: datetime | None
    understood_at: datetime | None
    agreed_at: datetime | None
    fixed_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    followed_up_at: datetime | None
    escalated_at: datetime | None
    satisfied: bool | None
    reopened: int
    rounds: int
    promises_made: int
    promises_due: int
    promises_kept: int
    compensation: int
    goodwill: int


def entries(n: int) -> list[Entry]:
    draw = random.Random(5)
    sites = [f"site {number:02}" for number in range(30)]
    return [entry(number, draw, sites) for number in range(n)]


def entry(number: int, draw: random.Random, sites: list[str]) -> Entry:
    received = NOW - timedelta(seconds=draw.randrange(1, 120 * 86400))
    answered = received + timedelta(seconds=int(draw.expovariate(1 / 50_000)))
    resolved = answered + timedelta(seconds=int(draw.expovariate(1 / 300_000)))
    due = draw.randrange(3)
    return Entry(
        f"C-{number}",
        draw.choice(sites),
        draw.choice(["phone", "e-mail", "chat"]),
        draw.choice(["billing", "delivery", "quality"]),
        "company",
        "resolved" if resolved <= NOW else "received",
        received,
        *map(happened, (answered, answered, answered, resolved, resolved, resolved)),
        happened(resolved + DAY),
        None,
        None,
        draw.choice([True, True, False, None]),
        int(draw.random() < 0.1),
        1,
        due,
        due,
        draw.randint(0, due),
        draw.choice([0, 0, 0, 1000, 2500]),
        0,
    )


def happened(at: datetime) -> datetime | None:
    return at if at <= NOW else None


ANSWER = Elapsed("received_at", "answered_at", unit=HOUR)
RESOLUTION = Elapsed("received_at", "resolved_at", unit=HOUR)
MEASURES = {
    "cases": Count(),
    "answered in 24 h": Share(Within("received_at", "answered_at", DAY)),
    "resolved in 5 d": Share(Within("received_at", "resolved_at", 5 * DAY)),
    "answer, mean": Mean(ANSWER),
    "resolution, mean": Mean(RESOLUTION),
    "resolution, p50": Percentile(RESOLUTION, 0.5),
    "resolution, p90": Percentile(RESOLUTION, 0.9),
    "satisfied": Share(Column("satisfied").is_true()),
    "satisfied by phone": Share(Column("satisfied").is_true(), Column("channel").equals("phone")),
    "reopened": Share(Column("reopened") > 0),
    "promises kept": Ratio(Total(Column("promises_kept")), Total(Column("promises_due"))),
    "compensation": Total(Column("compensation")),
}
KPIS = [Kpi(key, key, what, unit="-", better=Better.NEITHER) for key, what in MEASURES.items()]
SUMS_ONLY = [kpi for kpi in KPIS if not isinstance(kpi.measure, Percentile)]


Rows = list[Entry]
Table = dict[str, list[float | None]]


def ours(rows: Rows) -> Table:
    found = measure(KPIS, rows, as_of=NOW, by="site")
    return {
        site: [None if one.value is None else float(one.value) for one in by_key.values()]
        for site, by_key in found.items()
    }


NAMES = ["site", *dict.fromkeys(name for kpi in KPIS for name in kpi.columns)]
INSTANTS = [name for name in NAMES if name.endswith("_at")]


Build = Callable[[Rows], Any]


def as_dicts(rows: Rows) -> list[dict[str, Any]]:
    return [attrs.asdict(row) for row in rows]


def as_columns(rows: Rows) -> dict[str, list[Any]]:
    return {name: list(map(attrgetter(name), rows)) for name in NAMES}


def as_integers(rows: Rows) -> dict[str, list[Any]]:
    columns = as_columns(rows)
    for name in INSTANTS:
        columns[name] = [
            None
            if at is None
            else ((span := at - EPOCH).days * 86_400 + span.seconds) * 1_000_000 + span.microseconds
            for at in columns[name]
        ]
    return columns


def with_pandas(build: Build, rows: Rows) -> Table:
    return in_pandas(pd.DataFrame(build(rows)))


def hours_in_pandas(frame: pd.DataFrame, end: str) -> "pd.Series[float]":
    span = frame[end] - frame["received_at"]
    integers = span.dtype.kind in "if"
    return span / 3_600_000_000 if integers else span / pd.Timedelta(hours=1)


def within_in_pandas(
    frame: pd.DataFrame, hours: "pd.Series[float]", limit: int
) -> "pd.Series[float]":
    received = frame["received_at"]
    closing = (NOW - EPOCH) // MICROSECOND if received.dtype.kind == "i" else pd.Timestamp(NOW)
    age = closing - received
    age = age / 3_600_000_000 if age.dtype.kind == "i" else age / pd.Timedelta(hours=1)
    return (hours <= limit).astype("float64").where(age >= limit)


def in_pandas(frame: pd.DataFrame) -> Table:
    answer, resolution = (hours_in_pandas(frame, end) for end in ("answered_at", "resolved_at"))
    satisfied = frame["satisfied"].astype("float64")
    flags = pd.DataFrame(
        {
            "site": frame["site"],
            "answered": within_in_pandas(frame, answer, 24),
            "resolved": within_in_pandas(frame, resolution, 120),
            "answer": answer,
            "resolution": resolution,
            "satisfied": satisfied,
            "by phone": satisfied.where(frame["channel"] == "phone"),
            "reopened": frame["reopened"] > 0,
            "kept": frame["promises_kept"],
            "due": frame["promises_due"],
            "compensation": frame["compensation"],
        }
    )
    groups = flags.groupby("site")
    means = groups.mean()
    sums = groups[["kept", "due", "compensation"]].sum()
    ranks = {p: groups["resolution"].quantile(p) for p in (0.5, 0.9)}
    table = pd.DataFrame(
        {
            "cases": groups.size(),
            "answered": means["answered"],
            "resolved": means["resolved"],
            "answer": means["answer"],
            "resolution": means["resolution"],
            "p50": ranks[0.5],
            "p90": ranks[0.9],
            "satisfied": means["satisfied"],
            "by phone": means["by phone"],
            "reopened": means["reopened"],
            "kept": sums["kept"] / sums["due"],
            "compensation": sums["compensation"],
        }
    )
    return dict(zip(table.index, table.to_numpy().tolist(), strict=True))


def with_polars(build: Build, rows: Rows) -> Table:
    return in_polars(pl.DataFrame(build(rows), infer_schema_length=None))


def in_polars(frame: pl.DataFrame) -> Table:
    integers = frame.schema["received_at"] == pl.Int64
    hour = 3_600_000_000
    micros = {name: pl.col(name) if integers else pl.col(name).dt.epoch("us") for name in INSTANTS}
    answer = micros["answered_at"] - micros["received_at"]
    resolution = micros["resolved_at"] - micros["received_at"]
    age = (NOW - EPOCH) // MICROSECOND - micros["received_at"]
    flags = frame.lazy().select(
        "site",
        answered=pl.when(age >= 24 * hour).then((answer <= 24 * hour).fill_null(value=False)),
        resolved=pl.when(age >= 120 * hour).then((resolution <= 120 * hour).fill_null(value=False)),
        answer=answer / hour,
        resolution=resolution / hour,
        satisfied=pl.col("satisfied"),
        phone=pl.when(pl.col("channel") == "phone").then(pl.col("satisfied")),
        reopened=pl.col("reopened") > 0,
        kept=pl.col("promises_kept"),
        due=pl.col("promises_due"),
        compensation=pl.col("compensation"),
    )
    mean = {name: pl.col(name).mean() for name in ("answered", "resolved", "answer", "resolution")}
    table = flags.group_by("site").agg(
        cases=pl.len(),
        **mean,
        p50=pl.col("resolution").quantile(0.5, "linear"),
        p90=pl.col("resolution").quantile(0.9, "linear"),
        satisfied=pl.col("satisfied").mean(),
        phone=pl.col("phone").mean(),
        reopened=pl.col("reopened").mean(),
        kept=pl.col("kept").sum() / pl.col("due").sum(),
        compensation=pl.col("compensation").sum(),
    )
    return {row[0]: list(row[1:]) for row in table.collect().iter_rows()}


def same(expected: Table, actual: Table) -> None:
    assert expected.keys() == actual.keys()
    for site, figures in expected.items():
        for one, other in zip(figures, actual[site], strict=True):
            assert abs(one - other) <= 1e-9 * max(1, abs(one)), (site, figures, actual[site])


def compare(n: int) -> None:
    rows = entries(n)
    ways = {
        f"{library}, {build.__name__[3:]}": partial(compute, build, rows)
        for build in (as_dicts, as_columns, as_integers)
        for library, compute in (("pandas", with_pandas), ("Polars", with_polars))
    }
    expected = ours(rows)
    for way in ways.values():
        same(expected, way())
    title = f"{n:,} entries, 12 KPIs, 30 groups"
    report(title, {"servicekit": lambda: ours(rows), **ways}, turns(n))


def turns(n: int) -> int:
    return {10_000: 15, 100_000: 7}.get(n, 3)


def memory(kpis: list[Kpi], n: int) -> None:
    """Measure what a pass over generated rows holds at its peak, and what it leaves, in bytes."""
    small = entries(1000)
    rows = (small[number % 1000] for number in range(n))
    tracemalloc.start()
    found = measure(kpis, rows, as_of=NOW, by="site")
    left, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    known = sum(one["resolution, p50"].n for one in found.values() if "resolution, p50" in one)
    each = f", {left / known:.1f} bytes per value of the percentiles" if known else ""
    print(f"  {n:>9,} rows: peak {peak / 1e6:6.1f} MB, kept {left / 1e6:6.2f} MB{each}")


if __name__ == "__main__":
    sizes = [int(each) for each in sys.argv[1:] if each.isdigit()] or [10_000, 100_000, 1_000_000]
    if "--memory" in sys.argv:
        for title, kpis in {"sums only": SUMS_ONLY, "with two percentiles": KPIS}.items():
            print(f"memory, {title}")
            for size in sizes:
                memory(kpis, size)
    else:
        for size in sizes:
            compare(size)
