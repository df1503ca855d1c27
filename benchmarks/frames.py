"""12 KPIs by 30 groups over a frame: ours and the best native code, results compared first.

Usage: python benchmarks/frames.py [rows] [--growth]

The frame is made by a seeded generator. Each engine computes the same figures twice: by
`measure_frame`, and by what somebody would write who knows the engine well and needs nothing but
the values. ``--growth`` runs every engine alone, from 100,000 rows up to those asked for, and
prints time and peak memory, that of the frame itself included.
"""

import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from time import perf_counter, perf_counter_ns
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from _paired import report
from servicekit.extra.frames import measure_frame
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
)

NOW = datetime(2026, 7, 1, tzinfo=UTC)
HOUR = 3_600_000_000
NOW_MICROS = (NOW - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
DAY = timedelta(days=1)
ANSWER = Elapsed("received_at", "answered_at", unit=timedelta(hours=1))
RESOLUTION = Elapsed("received_at", "resolved_at", unit=timedelta(hours=1))
MEASURES = {
    "cases": Count(),
    "answered_in_24_h": Share(Within("received_at", "answered_at", DAY)),
    "resolved_in_5_d": Share(Within("received_at", "resolved_at", 5 * DAY)),
    "answer_mean": Mean(ANSWER),
    "resolution_mean": Mean(RESOLUTION),
    "resolution_p50": Percentile(RESOLUTION, 0.5),
    "resolution_p90": Percentile(RESOLUTION, 0.9),
    "satisfied": Share(Column("satisfied").is_true()),
    "satisfied_by_phone": Share(Column("satisfied").is_true(), Column("channel").equals("phone")),
    "reopened": Share(Column("reopened") > 0),
    "promises_kept": Ratio(Total(Column("kept")), Total(Column("due"))),
    "compensation": Total(Column("compensation")),
}
KPIS = [Kpi(key, key, what, unit="-", better=Better.NEITHER) for key, what in MEASURES.items()]
KEYS = list(MEASURES)

Table = dict[str, list[float]]


def made(n: int) -> pa.Table:
    """Make a register of n cases; some answers and resolutions lie ahead, and are null."""
    draw = np.random.default_rng(5)
    received = NOW_MICROS - draw.integers(1, 120 * 86_400, n) * 1_000_000
    answered = received + (draw.exponential(50_000, n) * 1e6).astype("int64")
    resolved = answered + (draw.exponential(300_000, n) * 1e6).astype("int64")
    sites = pa.array([f"site {number:02}" for number in range(30)])
    channels = pa.array(["phone", "e-mail", "chat"])
    due = draw.integers(0, 3, n)
    return pa.table(
        {
            "site": sites.take(pa.array(draw.integers(0, 30, n))),
            "channel": channels.take(pa.array(draw.integers(0, 3, n))),
            "received_at": instants(received, None),
            "answered_at": instants(answered, answered > NOW_MICROS),
            "resolved_at": instants(resolved, resolved > NOW_MICROS),
            "satisfied": pa.array(draw.random(n) < 2 / 3, mask=draw.random(n) < 1 / 4),
            "reopened": (draw.random(n) < 0.1).astype("int64"),
            "due": due,
            "kept": (draw.random(n) * (due + 1)).astype("int64"),
            "compensation": draw.choice([0, 0, 0, 1000, 2500], n),
        }
    )


def instants(micros: Any, unknown: Any) -> pa.Array:
    return pa.array(micros, pa.int64(), mask=unknown).cast(pa.timestamp("us", "UTC"))


def ours(frame: Any) -> Any:
    return measure_frame(KPIS, frame, as_of=NOW, by="site")


def ours_collected(frame: Any) -> Any:
    """Compute a lazy result in the engine's own way, into Arrow."""
    result = ours(frame)
    return result.to_arrow_table() if hasattr(result, "to_arrow_table") else result.collect()


def in_polars(frame: pl.LazyFrame) -> pl.DataFrame:
    micros = {name: pl.col(name).dt.epoch("us") for name in ("received_at", "answered_at")}
    answer = micros["answered_at"] - micros["received_at"]
    resolution = pl.col("resolved_at").dt.epoch("us") - micros["received_at"]
    age = NOW_MICROS - micros["received_at"]
    flags = frame.select(
        "site",
        a=pl.when(age >= 24 * HOUR).then((answer <= 24 * HOUR).fill_null(value=False)),
        r=pl.when(age >= 120 * HOUR).then((resolution <= 120 * HOUR).fill_null(value=False)),
        answer=answer / HOUR,
        resolution=resolution / HOUR,
        satisfied="satisfied",
        phone=pl.when(pl.col("channel") == "phone").then(pl.col("satisfied")),
        reopened=pl.col("reopened") > 0,
        kept="kept",
        due="due",
        compensation="compensation",
    )
    return flags.group_by("site").agg(
        cases=pl.len(),
        answered_in_24_h=pl.col("a").mean(),
        resolved_in_5_d=pl.col("r").mean(),
        answer_mean=pl.col("answer").mean(),
        resolution_mean=pl.col("resolution").mean(),
        resolution_p50=pl.col("resolution").quantile(0.5, "linear"),
        resolution_p90=pl.col("resolution").quantile(0.9, "linear"),
        satisfied=pl.col("satisfied").mean(),
        satisfied_by_phone=pl.col("phone").mean(),
        reopened=pl.col("reopened").mean(),
        promises_kept=pl.col("kept").sum() / pl.col("due").sum(),
        compensation=pl.col("compensation").sum(),
    )


def in_pandas(frame: pd.DataFrame) -> pd.DataFrame:
    received = frame["received_at"]
    answer = (frame["answered_at"] - received) / pd.Timedelta(hours=1)
    resolution = (frame["resolved_at"] - received) / pd.Timedelta(hours=1)
    age = (pd.Timestamp(NOW) - received) / pd.Timedelta(hours=1)
    satisfied = frame["satisfied"].astype("float64")
    flags = pd.DataFrame(
        {
            "site": frame["site"],
            "answered_in_24_h": (answer <= 24).astype("float64").where(age >= 24),
            "resolved_in_5_d": (resolution <= 120).astype("float64").where(age >= 120),
            "answer_mean": answer,
            "resolution_mean": resolution,
            "satisfied": satisfied,
            "satisfied_by_phone": satisfied.where(frame["channel"] == "phone"),
            "reopened": frame["reopened"] > 0,
        }
    )
    groups = flags.groupby("site")
    found = groups.mean()
    found["cases"] = groups.size()
    for p in (0.5, 0.9):
        found[f"resolution_p{p * 100:.0f}"] = groups["resolution_mean"].quantile(p)
    sums = frame.groupby("site")[["kept", "due", "compensation"]].sum()
    found["promises_kept"] = sums["kept"] / sums["due"]
    found["compensation"] = sums["compensation"]
    return found.reset_index()


def in_duckdb(relation: duckdb.DuckDBPyRelation) -> pa.Table:
    at = int(NOW_MICROS)
    hours = "(epoch_us({end}) - epoch_us(received_at)) / 3600000000"
    flags = relation.project(
        f"""site, {at} - epoch_us(received_at) AS age,
        {hours.format(end="answered_at")} AS answer,
        {hours.format(end="resolved_at")} AS resolution,
        satisfied, channel, reopened, kept, due, compensation"""
    )
    return flags.aggregate(
        f"""site, count(*) AS cases,
        avg(CASE WHEN age >= {24 * HOUR} THEN coalesce((answer <= 24)::INT, 0) END)
            AS answered_in_24_h,
        avg(CASE WHEN age >= {120 * HOUR} THEN coalesce((resolution <= 120)::INT, 0) END)
            AS resolved_in_5_d,
        avg(answer) AS answer_mean, avg(resolution) AS resolution_mean,
        quantile_cont(resolution, 0.5) AS resolution_p50,
        quantile_cont(resolution, 0.9) AS resolution_p90,
        avg(satisfied::INT) AS satisfied,
        avg(CASE WHEN channel = 'phone' THEN satisfied::INT END) AS satisfied_by_phone,
        avg((reopened > 0)::INT) AS reopened, sum(kept) / sum(due) AS promises_kept,
        sum(compensation) AS compensation""",
        "site",
    ).to_arrow_table()


def in_pyarrow(table: pa.Table) -> pa.Table:
    micros = {name: table[name].cast("int64") for name in ("received_at", "answered_at")}
    answer = pc.subtract(micros["answered_at"], micros["received_at"])
    resolution = pc.subtract(table["resolved_at"].cast("int64"), micros["received_at"])
    age = pc.subtract(pa.scalar(NOW_MICROS), micros["received_at"])
    null = pa.scalar(None, pa.bool_())

    def within(span: Any, hours: int) -> Any:
        in_time = pc.fill_null(pc.less_equal(span, hours * HOUR), fill_value=False)
        return pc.if_else(pc.greater_equal(age, hours * HOUR), in_time, null)

    phone = pc.equal(table["channel"], "phone")
    flags = pa.table(
        {
            "site": table["site"],
            "answered_in_24_h": within(answer, 24),
            "resolved_in_5_d": within(resolution, 120),
            "answer_mean": answer,
            "resolution_mean": resolution,
            "satisfied": table["satisfied"],
            "satisfied_by_phone": pc.if_else(phone, table["satisfied"], null),
            "reopened": pc.greater(table["reopened"], 0),
            "kept": table["kept"],
            "due": table["due"],
            "compensation": table["compensation"],
        }
    )
    means = ("answered_in_24_h", "resolved_in_5_d", "answer_mean", "resolution_mean")
    means += ("satisfied", "satisfied_by_phone", "reopened")
    asked = [(name, "mean") for name in means] + [("site", "count"), ("resolution_mean", "list")]
    asked += [(name, "sum") for name in ("kept", "due", "compensation")]
    found = flags.group_by("site").aggregate(asked)
    lists = found["resolution_mean_list"]
    quantiles = [pc.quantile(one.values, q=[0.5, 0.9]).to_pylist() for one in lists]
    columns = {name: found[f"{name}_mean"] for name in means}
    for name in ("answer_mean", "resolution_mean"):
        columns[name] = pc.divide(columns[name], float(HOUR))
    return pa.table(
        columns
        | {
            "site": found["site"],
            "cases": found["site_count"],
            "resolution_p50": [low / HOUR for low, _ in quantiles],
            "resolution_p90": [high / HOUR for _, high in quantiles],
            "promises_kept": pc.divide(found["kept_sum"].cast("double"), found["due_sum"]),
            "compensation": found["compensation_sum"],
        }
    )


def of_polars(table: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame


def of_duckdb(table: pa.Table) -> duckdb.DuckDBPyRelation:
    connection = duckdb.connect()
    connection.register("given", table)
    connection.execute("create table kept as select * from given")
    return connection.table("kept")


Job = Callable[[Any], Any]
ENGINES: dict[str, tuple[Callable[[pa.Table], Any], Job, Job, float]] = {
    "Polars": (
        of_polars,
        ours,
        lambda frame: in_polars(frame.lazy()).collect(),
        1.25,
    ),
    "Polars, lazy": (
        lambda table: of_polars(table).lazy(),
        ours_collected,
        lambda frame: in_polars(frame).collect(),
        1.25,
    ),
    "DuckDB": (of_duckdb, ours_collected, in_duckdb, 1.25),
    "pandas": (lambda table: table.to_pandas(), ours, in_pandas, 1.5),
    "PyArrow": (lambda table: table, ours, in_pyarrow, 1.5),
}
"""How a frame is made, ours, native code, and what the ratio should not be above."""


def table_of(result: Any) -> Table:
    rows = nw.from_native(result, eager_only=True).iter_rows(named=True)
    return {row["site"]: [float(row[key]) for key in KEYS] for row in rows}


def same(expected: Table, actual: Table) -> None:
    assert expected.keys() == actual.keys()
    for site, figures in expected.items():
        for one, other in zip(figures, actual[site], strict=True):
            assert abs(one - other) <= 1e-9 * max(1, abs(one)), (site, figures, actual[site])


def compare(n: int) -> None:
    table = made(n)
    for name, (make, by_us, natively, most) in ENGINES.items():
        frame = make(table)
        same(table_of(natively(frame)), table_of(by_us(frame)))
        jobs = {
            "servicekit": partial(by_us, frame),
            "native": partial(natively, frame),
        }
        title = f"{name}, {n:,} rows, 12 KPIs, 30 groups; native at least {1 / most:.2f} x"
        report(title, jobs, turns=5, clock=perf_counter_ns)


def growth(most: int) -> None:
    for name in ENGINES:
        print(name)
        for n in (size for size in (0, 100_000, 1_000_000, 10_000_000) if size <= most):
            command = [sys.executable, __file__, "--alone", name, str(n)]
            print(
                subprocess.run(command, check=True, capture_output=True, text=True).stdout, end=""
            )


def alone(name: str, n: int) -> None:
    """Run one engine once, in a process of its own: nothing at first, so that it is warm."""
    make, by_us, _, _ = ENGINES[name]
    by_us(make(made(1000)))
    frame = make(made(n))
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = perf_counter()
    by_us(frame)
    taken = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {n:>10,} rows {taken:8.3f} s, peak {peak:8.0f} MB, {held:8.0f} MB before")


if __name__ == "__main__":
    rows = next((int(each) for each in sys.argv[1:] if each.isdigit()), 10_000_000)
    if "--alone" in sys.argv:
        alone(sys.argv[2], rows)
    elif "--growth" in sys.argv:
        growth(rows)
    else:
        compare(rows)
