"""The engines that frames are tested on: how each is handed a table, and how a result is read.

Those of the group ``test`` are always tried. Dask, Ibis and PySpark are tried where they are
installed; with SERVICEKIT_ENGINES=all it is a failure if they are not.
"""

import importlib
import os
from collections.abc import Callable, Iterable
from functools import cache
from importlib.util import find_spec
from typing import Any, Final

import duckdb
import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

NULLABLE: Final = {
    pa.int8(): pd.Int8Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
}


def _polars(table: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame


def _dask(table: pa.Table) -> Any:
    return importlib.import_module("dask.dataframe").from_pandas(table.to_pandas(), npartitions=2)


def _ibis(table: pa.Table) -> Any:
    return importlib.import_module("ibis").memtable(table)


@cache
def spark() -> Any:
    """Give one session of Spark, which does not show instants in UTC."""
    builder = importlib.import_module("pyspark.sql").SparkSession.builder.master("local[1]")
    for option, value in {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.session.timeZone": "Asia/Tokyo",
    }.items():
        builder = builder.config(option, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _spark(table: pa.Table) -> Any:
    return spark().createDataFrame(table)


MAKERS: Final[dict[str, Callable[[pa.Table], Any]]] = {
    "polars": _polars,
    "polars lazy": lambda table: _polars(table).lazy(),
    "pandas": lambda table: table.to_pandas(),
    "pandas nullable": lambda table: table.to_pandas(types_mapper=NULLABLE.get),
    "pandas arrow": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
    "pyarrow": lambda table: table,
    "duckdb": duckdb.from_arrow,
    "dask": _dask,
    "ibis": _ibis,
    "pyspark": _spark,
}
"""How to make a frame of each engine from a table."""

_PACKAGES: Final = {"dask": "dask.dataframe", "ibis": "ibis", "pyspark": "pyspark"}
_HARMLESS: Final = (
    "ignore:Dask support is moving:FutureWarning",
    "ignore:PySpark does not yet fully support pandas:FutureWarning",
    "ignore::ResourceWarning",
)


def _engine(name: str) -> Any:
    package = _PACKAGES.get(name)
    marks = [pytest.mark.filterwarnings(each) for each in _HARMLESS if package]
    if package and os.environ.get("SERVICEKIT_ENGINES") != "all":
        missing = find_spec(package.partition(".")[0]) is None
        marks.append(pytest.mark.skipif(missing, reason=f"{package} is not installed"))
    return pytest.param(name, marks=marks)


def _engines(names: Iterable[str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("engine", list(map(_engine, names)))


EAGER: Final = ("polars", "pandas", "pandas nullable", "pandas arrow", "pyarrow")

ENGINES: Final = _engines(MAKERS)
"""Every engine."""
AT_HAND: Final = _engines(EAGER)
"""Those whose frames hold their rows."""
ELSEWHERE: Final = _engines(name for name in MAKERS if name not in EAGER)
"""Those whose frames are plans."""


def rows(frame: Any) -> list[dict[str, Any]]:
    """Read a small result: one mapping for each row, None for whatever is missing."""
    known = nw.from_native(frame)
    table = (
        known.collect(backend="pyarrow").to_native()
        if isinstance(known, nw.LazyFrame)
        else known.to_arrow()
    )
    return [
        {name: None if value != value else value for name, value in row.items()}  # noqa: PLR0124
        for row in table.to_pylist()
    ]
