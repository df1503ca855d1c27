"""A million answers scored in a frame, and working time of a million rows, against native code.

Scores: 25 statements in 8 bits, every contender checks the ratings and gives the same columns:
section means, total, exact numerator over its denominator, band, whether it lies between bands, and
the number of answers. Working time: Monday to Friday, 9 to 17, in Helsinki, with the holidays of 28
years; against the object paths of the published packages, row by row. Results are compared before
anything is timed.

    python benchmarks/frames_rows.py [rows]
"""

import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial, reduce
from operator import add, or_
from pathlib import Path
from subprocess import run
from time import perf_counter, perf_counter_ns
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl

from _paired import report
from servicekit.benchmark import summarize_columns
from servicekit.catalogue.helpfulness import HELPFULNESS
from servicekit.extra.frames import score_frame, summarize_frame, worktime_frame
from worktime import CALENDAR, btd_elapsed, duration_elapsed, numpy_elapsed

SECTIONS = [[one.key for one in section.statements] for section in HELPFULNESS.sections]
NAMES = [section.key for section in HELPFULNESS.sections]
KEYS = [key for section in SECTIONS for key in section]
PARTS = 60
ASSET, ADEQUATE = 28 * PARTS, 21 * PARTS
GAPS = [(27 * PARTS, ASSET), (20 * PARTS, ADEQUATE)]


def ratings(rows: int) -> pl.DataFrame:
    """Draw complete answers, in 8 bits."""
    draw = np.random.default_rng(1)
    return pl.DataFrame({key: draw.integers(1, 6, rows, dtype=np.int8) for key in KEYS})


# --- scores by hand -----------------------------------------------------------------------------


def polars_native(frame: pl.DataFrame) -> pl.DataFrame:
    """Score as one does who knows Polars, and that 25 ratings of at most 5 fit into 8 bits."""
    lows = frame.lazy().select(pl.min_horizontal(pl.col(KEYS).min()))
    highs = frame.lazy().select(pl.max_horizontal(pl.col(KEYS).max()))
    gaps = frame.lazy().select(pl.sum_horizontal(pl.col(KEYS).null_count()))
    low, high, gap = (each.item() for each in pl.collect_all([lows, highs, gaps]))
    if low < 1 or high > 5 or gap:
        raise ValueError("a rating is off the scale, or missing")
    sums = [
        pl.sum_horizontal(keys).alias(f"_{name}")
        for name, keys in zip(NAMES, SECTIONS, strict=True)
    ]
    sizes = dict(zip(NAMES, map(len, SECTIONS), strict=True))
    number = reduce(
        add, (pl.col(f"_{name}").cast(pl.Int32) * (PARTS // size) for name, size in sizes.items())
    )
    total = pl.col("helpfulness_numerator")
    band = pl.when(total >= ASSET).then(pl.lit("asset")).when(total >= ADEQUATE)
    return (
        frame.lazy()
        .with_columns(sums)
        .with_columns(number.cast(pl.Int64).alias("helpfulness_numerator"))
        .select(
            *KEYS,
            *(
                (pl.col(f"_{name}") / size).alias(f"helpfulness_{name}_mean")
                for name, size in sizes.items()
            ),
            (total / PARTS).alias("helpfulness_total"),
            total,
            pl.lit(PARTS, pl.Int64).alias("helpfulness_denominator"),
            band.then(pl.lit("adequate")).otherwise(pl.lit("losing")).alias("helpfulness_band"),
            reduce(or_, ((total > low) & (total < high) for low, high in GAPS)).alias(
                "helpfulness_between_bands"
            ),
            pl.lit(len(KEYS), pl.Int64).alias("helpfulness_answered"),
        )
        .collect()
    )


def duckdb_native(frame: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """Score in one statement of SQL, with ratings off the scale counted as in a lazy frame."""
    named = dict(zip(NAMES, SECTIONS, strict=True))
    sums = ", ".join(
        f"({'+'.join(f'{key}::INT' for key in keys)}) AS _{name}" for name, keys in named.items()
    )
    right = " + ".join(f"CASE WHEN {key} BETWEEN 1 AND 5 THEN 0 ELSE 1 END" for key in KEYS)
    number = " + ".join(f"_{name} * {PARTS // len(keys)}" for name, keys in named.items())
    means = ", ".join(
        f"CASE WHEN _wrong = 0 THEN _{name} / {len(keys)} END AS helpfulness_{name}_mean"
        for name, keys in named.items()
    )
    between = " OR ".join(f"(_n > {low} AND _n < {high})" for low, high in GAPS)
    return frame.query(
        "ratings",
        f"""SELECT {", ".join(KEYS)}, {means}, _n / {PARTS} AS helpfulness_total,
        _n::BIGINT AS helpfulness_numerator, {PARTS}::BIGINT AS helpfulness_denominator,
        CASE WHEN _n >= {ASSET} THEN 'asset' WHEN _n >= {ADEQUATE} THEN 'adequate'
        WHEN _n IS NOT NULL THEN 'losing' END AS helpfulness_band,
        coalesce({between}, FALSE) AS helpfulness_between_bands,
        ({len(KEYS)} - _wrong)::BIGINT AS helpfulness_answered,
        _wrong::BIGINT AS helpfulness_refused
        FROM (SELECT *, CASE WHEN _wrong = 0 THEN {number} END AS _n
        FROM (SELECT *, {sums}, {right} AS _wrong FROM ratings))""",  # noqa: S608 - of constants
    )


def pandas_native(frame: pd.DataFrame) -> pd.DataFrame:
    """Score column by column."""
    if not all(frame[key].between(1, 5).all() for key in KEYS):
        raise ValueError("a rating is off the scale, or missing")
    named = dict(zip(NAMES, SECTIONS, strict=True))
    sums = {name: frame[keys].to_numpy().sum(axis=1, dtype="int32") for name, keys in named.items()}
    number = reduce(add, (sums[name] * (PARTS // len(keys)) for name, keys in named.items()))
    between = reduce(or_, ((number > low) & (number < high) for low, high in GAPS))
    bands = np.array(["losing", "adequate", "asset"], dtype=object)
    return frame.assign(
        **{f"helpfulness_{name}_mean": sums[name] / len(keys) for name, keys in named.items()},
        helpfulness_total=number / PARTS,
        helpfulness_numerator=number.astype("int64"),
        helpfulness_denominator=PARTS,
        helpfulness_band=pd.array(
            bands[np.searchsorted([ADEQUATE, ASSET], number, "right")], "str"
        ),
        helpfulness_between_bands=between,
        helpfulness_answered=len(KEYS),
    )


def same(ours: pl.DataFrame, theirs: pl.DataFrame) -> None:
    """Make sure that two results are one."""
    assert ours.columns == theirs.columns, set(ours.columns) ^ set(theirs.columns)
    for name in ours.columns:
        if ours[name].dtype == pl.Float64:
            assert float((ours[name] - theirs[name]).abs().max()) < 1e-9, name
        else:
            assert ours[name].to_list() == theirs[name].to_list(), name


def scores(rows: int) -> None:
    """Time scores, complete and with gaps, and the summary."""
    frame = ratings(rows)
    pandas = frame.to_pandas()
    relation = duckdb.from_arrow(frame.to_arrow())
    ours = partial(score_frame, HELPFULNESS)
    same(ours(frame), polars_native(frame))
    same(pl.from_pandas(ours(pandas)), pl.from_pandas(pandas_native(pandas)))
    same(ours(relation).pl(), duckdb_native(relation).pl())
    same(ours(frame), ours(relation).pl().drop("helpfulness_refused"))
    timed = partial(report, turns=11, clock=perf_counter_ns)
    timed(
        f"score {rows} x 25, Polars",
        {"score_frame": partial(ours, frame), "by hand": partial(polars_native, frame)},
    )
    timed(
        f"score {rows} x 25, DuckDB",
        {
            "score_frame": lambda: ours(relation).to_arrow_table(),
            "by hand": lambda: duckdb_native(relation).to_arrow_table(),
        },
    )
    timed(
        f"score {rows} x 25, pandas",
        {"score_frame": partial(ours, pandas), "by hand": partial(pandas_native, pandas)},
    )
    timed(
        f"summarize {rows} x 25",
        {
            "summarize_frame, Polars": partial(summarize_frame, HELPFULNESS, frame),
            "summarize_frame, DuckDB": partial(summarize_frame, HELPFULNESS, relation),
            "summarize_columns": lambda: summarize_columns(HELPFULNESS, frame.to_dict()),
        },
    )


# --- working time -------------------------------------------------------------------------------


def instants(rows: int) -> pl.DataFrame:
    """Draw stretches of up to a month within ten years, in Helsinki."""
    draw, second = np.random.default_rng(2), 1_000_000
    start = draw.integers(1_420_070_400, 1_735_000_000, rows)
    spans = draw.integers(0, 30 * 86_400, rows)
    moments = pl.DataFrame({"start": start * second, "end": (start + spans) * second})
    zoned = pl.all().cast(pl.Datetime("us", "UTC")).dt.convert_time_zone("Europe/Helsinki")
    return moments.select(zoned).with_row_index("id")


def worked(rows: int) -> None:
    """Time working time by row, of frames and of the object paths."""
    frame = instants(rows)
    pandas, arrow = frame.to_pandas(), frame.to_arrow()
    relation = duckdb.from_arrow(arrow)
    dates = (date(2014, 12, 1), date(2025, 3, 1))
    ask = {"start": "start", "end": "end", "name": "worked"}
    some = [tuple(pair) for pair in frame.head(200).drop("id").iter_rows()]
    expected = [CALENDAR.elapsed(*pair) for pair in some]
    objects = {
        "servicekit, objects": CALENDAR.elapsed,
        "business-duration": duration_elapsed,
        "businesstimedelta": btd_elapsed,
        "numpy.busday": numpy_elapsed,
    }
    frames: dict[str, Callable[[], Any]] = {
        "worktime_frame, Polars": lambda: worktime_frame(CALENDAR, frame, **ask),
        "worktime_frame, pandas": lambda: worktime_frame(CALENDAR, pandas, **ask),
        "worktime_frame, PyArrow": lambda: worktime_frame(CALENDAR, arrow, **ask),
        "worktime_frame, DuckDB": lambda: worktime_frame(
            CALENDAR, relation, **ask, between=dates
        ).to_arrow_table(),
    }
    found = {
        name: pl.DataFrame(job()).sort("id")["worked"].head(200).to_list()
        for name, job in frames.items()
    }
    for name, elapsed in objects.items():
        found[name] = [elapsed(*pair).total_seconds() for pair in some]
    for name, seconds in found.items():
        assert seconds == [each.total_seconds() for each in expected], name
    print(f"working time of {rows} rows, per row")
    first = None
    for name, job in frames.items():
        taken = min(seconds_of(job) for _ in range(5)) / rows
        first = first or taken
        print(f"  {name:<42} {taken * 1e6:>12.3f} us {taken / first:>10.1f} x")
    for name, elapsed in objects.items():
        taken = (
            min(seconds_of(lambda e=elapsed: [e(*pair) for pair in some]) for _ in range(3)) / 200
        )
        print(f"  {name:<42} {taken * 1e6:>12.3f} us {taken / first:>10.1f} x")


def seconds_of(job: Callable[[], Any]) -> float:
    start = perf_counter()
    job()
    return perf_counter() - start


# --- growth -------------------------------------------------------------------------------------

JOBS: Mapping[str, Callable[[int], Callable[[], Any]]] = {
    "score_frame": lambda rows: partial(score_frame, HELPFULNESS, ratings(rows)),
    "summarize_frame": lambda rows: partial(summarize_frame, HELPFULNESS, ratings(rows)),
    "worktime_frame": lambda rows: partial(
        worktime_frame, CALENDAR, instants(rows), "start", "end", "worked"
    ),
}


def growth(rows: int) -> None:
    """Print time and peak memory of each job, each size in a process of its own."""
    print("growth on Polars: seconds, and peak memory above that of the input")
    for name in JOBS:
        for size in (rows // 10, rows, rows * 10):
            run([sys.executable, __file__, name, str(size)], check=True)


def alone(name: str, rows: int) -> None:
    """Run one job, and print how long it took and how much more memory it had at its peak."""
    job = JOBS[name](rows)
    Path("/proc/self/clear_refs").write_text("5")  # from now on the peak is a new one
    before = memory("VmRSS")
    taken = seconds_of(job)
    print(f"  {name:<20} {rows:>12} rows {taken:>10.3f} s {memory('VmHWM') - before:>10.0f} MB")


def memory(what: str) -> float:
    (line,) = (one for one in Path("/proc/self/status").read_text().splitlines() if what in one)
    return int(line.split()[1]) / 1024


def main(arguments: list[str]) -> None:
    """Run everything, or one job alone."""
    if len(arguments) > 1:
        alone(arguments[0], int(arguments[1]))
        return
    rows = int(arguments[0]) if arguments else 1_000_000
    scores(rows)
    worked(rows)
    growth(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
