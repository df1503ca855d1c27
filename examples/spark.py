"""A month of calls of any size, measured by Spark in local mode and by Dask: one scorecard.

Usage: python examples/spark.py [rows]

It needs ``pip install 'servicekit[frames]' pyspark 'dask[dataframe]'`` and Java 17. An engine that
is not installed is left out. Both come to the same figures, for both measure the same KPI values.
"""

import sys
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from servicekit.catalogue import kpis
from servicekit.extra.frames import measure_frame, read_measurements
from servicekit.kpi import Scorecard, Target

START = datetime(2026, 5, 1, tzinfo=UTC)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
TARGETS = [
    Target(kpis.SERVICE_LEVEL_ANSWERED_OF_OFFERED, at_least=0.8, warn=0.7),
    Target(kpis.ABANDONED_WITHOUT_SHORT, at_most=0.05),
    Target(kpis.ANSWER_DELAY_MEAN, at_most=30),
]
KPIS = [target.kpi for target in TARGETS]


def calls(rows: int) -> pd.DataFrame:
    """Make calls of a month: every seventh is given up, the others wait some seconds."""
    number = pd.Series(range(rows))
    queued = START + pd.to_timedelta(number * 2_000_000 // max(rows, 1), unit="s")
    waited = pd.to_timedelta(number * 7919 % 97, unit="s")
    given_up = number % 7 == 3  # noqa: PLR2004 - one of seven
    ended = (queued + waited).astype("datetime64[us, UTC]")
    return pd.DataFrame(
        {
            "queued_at": queued.astype("datetime64[us, UTC]"),
            "answered_at": ended.mask(given_up),
            "abandoned_at": ended.where(given_up),
        }
    )


def frames(month: pd.DataFrame) -> Iterator[tuple[str, Any]]:
    """Give the month to each engine that is there."""
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        print("PySpark is not installed")
    else:
        builder = SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false")
        settings = {"spark.sql.session.timeZone": "UTC", "spark.log.level": "ERROR"}
        for key, value in settings.items():
            builder = builder.config(key, value)
        yield "Spark", builder.getOrCreate().createDataFrame(month)
    try:
        import dask.dataframe
    except ModuleNotFoundError:
        print("Dask is not installed")
    else:
        yield "Dask", dask.dataframe.from_pandas(month, npartitions=4)


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # of engines about each other's versions
    month = calls(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    for name, frame in frames(month):
        result = measure_frame(KPIS, frame, as_of=NOW)
        print(Scorecard.of(name, TARGETS, read_measurements(result, KPIS), as_of=NOW), "\n")
