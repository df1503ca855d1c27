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
from datetime import UTC, date, datetime, timedelta
from functools import partial, reduce
from operator import add, or_
from resource import RUSAGE_SELF, getrusage
from subprocess import run
from time import perf_counter, perf_counter_ns
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl

from _paired import report
from servicekit.catalogue.helpfulness import HELPFULNESS
from servicekit.extra.frames import score_frame, summarize_frame, worktime_frame

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


# --- scores by hand --------------------------------------------------------------------------------


def polars_native(frame: pl.DataFrame) -> pl.DataFrame:
    """Score as one does who knows Polars, and that 25 ratings of at most 5 fit into 8 bits."""
    lows = frame.lazy().select(pl.min_horizontal(pl.col(KEYS).min()))
    highs = frame.lazy().select(pl.max_horizontal(pl.col(KEYS).max()))
    gaps = frame.lazy().select(pl.sum_horizontal(pl.col(KEYS).null_count()))
    low, high, gap = (each.item() for each in pl.collect_all([lows, highs, gaps]))
    if low < 1 or high > 5 or gap:
        raise ValueError("a rating is off the scale, or missing")
    sums = [pl.sum_horizontal(keys).alias(f"_{name}") for name, keys in zip(NAMES, SECTIONS, strict=True)]
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
            *((pl.col(f"_{name}") / size).alias(f"helpfulness_{name}_mean") for name, size in sizes.items()),
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


def same(ours: pl.DataFrame, theirs: pl.DataFrame) -> None:
    assert ours.columns == theirs.columns
    for name in ours.columns:
        if ours[name].dtype == pl.Float64:
            assert float((ours[name] - theirs[name]).abs().max()) < 1e-9, name
        else:
            assert ours[name].equals(theirs[name]), name


def main(rows: int) -> None:
    frame = ratings(rows)
    same(score_frame(HELPFULNESS, frame), polars_native(frame))
    report(
        f"score {rows} x 25, Polars",
        {
            "score_frame": lambda: score_frame(HELPFULNESS, frame),
            "Polars by hand": lambda: polars_native(frame),
        },
        turns=11,
        clock=perf_counter_ns,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
