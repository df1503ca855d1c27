"""Frames of every engine made from the same rows, and how what they give is compared."""

import importlib.util
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from fractions import Fraction
from functools import cache
from typing import Any

import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest

from servicekit.extra.frames import measure_frame, read_measurements
from servicekit.kpi import Groups, Measurement, Measurements, Percentile, measure

ALL = os.environ.get("SERVICEKIT_ENGINES") == "all"
"""Whether an engine that is not there is a failure rather than a test left out."""


def polars(table: pa.Table) -> Any:
    """Make a Polars frame."""
    import polars as pl

    return pl.DataFrame(pl.from_arrow(table))


def pandas(table: pa.Table) -> Any:
    """Make a frame of pandas on NumPy: whole numbers with gaps are floats, flags objects."""
    return table.to_pandas()


def pandas_nullable(table: pa.Table) -> Any:
    """Make a frame of pandas' own types with gaps."""
    return table.to_pandas().convert_dtypes()


def pandas_arrow(table: pa.Table) -> Any:
    """Make a frame of pandas on Arrow."""
    import pandas as pd

    return table.to_pandas(types_mapper=pd.ArrowDtype)


def duckdb(table: pa.Table) -> Any:
    """Make a relation of DuckDB, in a session that shows instants as Helsinki has them."""
    connection = _connection()
    connection.register("given", table)
    return connection.sql("select * from given")


def _connection() -> Any:
    import duckdb

    connection = duckdb.connect()
    connection.execute("set timezone = 'Europe/Helsinki'; set threads = 1")
    return connection


def dask(table: pa.Table) -> Any:
    """Make a frame of Dask, in three parts."""
    import dask.dataframe

    return dask.dataframe.from_pandas(pandas_arrow(table), npartitions=3)


def ibis(table: pa.Table) -> Any:
    """Make a table of Ibis, on DuckDB, in a session that shows instants as Helsinki has them."""
    connection = _ibis()
    connection.con.register("given", table)
    connection.raw_sql("create or replace table kept as select * from given")
    return connection.table("kept")


@cache
def _ibis() -> Any:
    import ibis

    connection = ibis.duckdb.connect()
    connection.raw_sql("set timezone = 'Europe/Helsinki'")
    return connection


def pyspark(table: pa.Table) -> Any:
    """Make a frame of Spark, in a session that shows instants as Helsinki has them."""
    naive = [field.name for field in table.schema if str(field.type) == "timestamp[us]"]
    for name in naive:
        place = table.column_names.index(name)
        table = table.set_column(place, name, table[name].cast(pa.int64()))
    frame = _session().createDataFrame(table)
    return frame.withColumns({name: _reading(name) for name in naive}) if naive else frame


def _reading(name: str) -> Any:
    """Make what a clock shows of microseconds; Spark would take it for one of its own session."""
    from pyspark.sql.functions import expr

    seconds = f"cast(`{name}` AS decimal(20, 0)) / 1000000"
    return expr(f"timestamp_ntz'1970-01-01' + make_dt_interval(0, 0, 0, {seconds})")


@cache
def _session() -> Any:
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.session.timeZone": "Europe/Helsinki",
        "spark.log.level": "OFF",
        "spark.sql.codegen.wholeStage": "false",  # compiling takes longer than these rows do
    }
    builder = SparkSession.builder.master("local[1]")
    for key, value in settings.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


Make = Callable[[pa.Table], Any]
AT_HAND: Mapping[str, Make] = {
    "polars": polars,
    "polars_lazy": lambda table: polars(table).lazy(),
    "pandas": pandas,
    "pandas_nullable": pandas_nullable,
    "pandas_arrow": pandas_arrow,
    "pyarrow": lambda table: table,
    "duckdb": duckdb,
}
"""Engines that the tests always have."""
LARGER: Mapping[str, Make] = {"ibis": ibis, "dask": dask, "pyspark": pyspark}
"""Engines that take longer to install and to start."""


SAID: Mapping[str, tuple[str, ...]] = {
    "dask": ("Dask support is moving out", "DataFrame is highly fragmented", "invalid value"),
    "ibis": ("fetch_arrow_table",),
    "pyspark": ("PySpark does not yet fully support pandas",),
}
"""What engines say of each other's versions, and of many columns and no rows."""


def engines(*, of: Iterable[str] = (*AT_HAND, *LARGER)) -> list[Any]:
    """Give the engines to run a test with; one that is not installed is left out by name."""
    return [pytest.param(name, marks=_marks(name)) for name in of]


def _marks(name: str) -> list[Any]:
    missing = name in LARGER and not ALL and importlib.util.find_spec(name) is None
    marks = [pytest.mark.skip(reason=f"{name} is not installed")] if missing else []
    return [*marks, *(pytest.mark.filterwarnings(f"ignore:{text}") for text in SAID.get(name, ()))]


def make(name: str, table: pa.Table) -> Any:
    """Make a frame of an engine."""
    return (AT_HAND | LARGER)[name](table)


def rows_of(name: str, table: pa.Table) -> list[dict[str, Any]]:
    """Give the rows as an engine holds them: NumPy has no whole number for a gap but a float."""
    columns = table.to_pydict()
    if name == "pandas":
        for key, values in columns.items():
            if pa.types.is_integer(table.schema.field(key).type) and None in values:
                columns[key] = [None if value is None else float(value) for value in values]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


NAMES = ("kpi", "as_of", "n", "unknown", "still_open", "numerator", "denominator", "value")


def same(expected: Any, actual: Any, *, lazy: bool = False, loose: bool = False) -> None:
    """Compare measurements: what is exact exactly, floats to 1e-9.

    A lazy frame gives percentiles as floats, and no interval of them.
    """
    assert type(expected) is type(actual)
    if isinstance(expected, (Groups, Measurements)):
        assert list(expected) == list(actual)
        assert not isinstance(expected, Groups) or expected.by == actual.by
        for key in expected:
            same(expected[key], actual[key], lazy=lazy, loose=loose)
    else:
        computed = lazy and isinstance(expected.kpi.measure, Percentile)
        for name in NAMES:
            wanted = _near(getattr(expected, name), loose=loose or computed)
            assert wanted == getattr(actual, name), (name, str(expected.kpi))
        interval = None if computed else _ends(expected)
        assert _near(interval) == _ends(actual), str(expected.kpi)


def _ends(one: Measurement) -> tuple[float, float] | None:
    interval = one.interval
    return interval and (interval.low, interval.high)


def _near(value: Any, *, loose: bool = False) -> Any:
    if isinstance(value, (float, tuple)) or (
        loose and isinstance(value, (int, Fraction)) and not isinstance(value, bool)
    ):
        value = value if isinstance(value, tuple) else float(value)
        return pytest.approx(value, rel=1e-9, abs=1e-9)
    return value


def check(
    name: str, kpis: Any, table: pa.Table, *, zone: Any = None, loose: bool = False, **asked: Any
) -> None:
    """Measure a table by an engine and as objects; ``loose`` takes floats where those are exact."""
    frame = make(name, table)
    result = measure_frame(kpis, frame, zone=zone, **asked)
    assert type(frame) is type(result)
    rows = [_zoned(row, zone) for row in rows_of(name, table)]
    lazy = isinstance(nw.from_native(frame), nw.LazyFrame)
    expected = measure(kpis, rows, **asked)
    same(expected, read_measurements(result, kpis), lazy=lazy, loose=loose)


def _zoned(row: Mapping[str, Any], zone: Any) -> Mapping[str, Any]:
    def read(value: Any) -> Any:
        naive = isinstance(value, datetime) and value.tzinfo is None
        return value.replace(tzinfo=zone) if naive else value

    return {key: read(value) for key, value in row.items()} if zone else row
