"""Frames of every engine come to the same measurements as objects do, and say what is wrong."""

import csv
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from inspect import signature
from types import FunctionType
from zoneinfo import ZoneInfo

import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from engines import AT_HAND, check, duckdb, engines, make, same
from servicekit.catalogue import kpis as catalogue
from servicekit.errors import DefinitionError, RecordError
from servicekit.extra.frames import measure_frame, read_measurements
from servicekit.kpi import (
    Better,
    Column,
    Compare,
    Count,
    Elapsed,
    IsTrue,
    Kpi,
    Length,
    Mean,
    Method,
    OneOf,
    Per,
    Percentile,
    Period,
    Ratio,
    Share,
    Total,
    Within,
    measure,
)
from servicekit.kpi._expressions import pieces

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HELSINKI = ZoneInfo("Europe/Helsinki")
NEW_YORK = ZoneInfo("America/New_York")
EVERY = pytest.mark.parametrize("name", engines())
QUICK = pytest.mark.parametrize("name", engines(of=AT_HAND))
PANDAS = pytest.mark.parametrize("name", ["pandas", "pandas_nullable", "pandas_arrow"])


def kpis(**measures):
    """Make KPIs of measures by key."""
    return [Kpi(key, key, what, unit="-", better=Better.NEITHER) for key, what in measures.items()]


def measured(frame, *, zone=None, as_of=NOW, by=None, **measures):
    """Measure a frame and read the result."""
    asked = kpis(**measures)
    return read_measurements(measure_frame(asked, frame, as_of=as_of, by=by, zone=zone), asked)


def value(frame, what, **options):
    """Give the value of one measure of a frame."""
    return measured(frame, k=what, **options)["k"].value


def refused(frame, *, zone=None, by=None, **measures):
    """Give the problems with which a frame is refused."""
    with pytest.raises(RecordError) as error:
        measured(frame, zone=zone, by=by, **measures)
    return [str(problem) for problem in error.value.problems]


# --- The catalogue --------------------------------------------------------------------------------

GIVEN = {
    "limit": 4 * HOUR,
    "window": 7 * DAY,
    "after": 30 * DAY,
    "short": timedelta(seconds=5),
    "currency": "EUR",
}


def catalogued():
    """Give every KPI of the catalogue, those that depend on a limit or a currency too."""
    found = {}
    for name in catalogue.__all__:
        one = getattr(catalogue, name)
        if isinstance(one, FunctionType):
            one = one(**{parameter: GIVEN[parameter] for parameter in signature(one).parameters})
        for kpi in one.values() if isinstance(one, dict) else [one]:
            if isinstance(kpi, Kpi):
                found[kpi.key] = kpi
    return list(found.values())


def columns_of(asked):
    """Say what the columns that KPIs name hold: instants, flags, texts, else numbers."""
    kinds = {}
    for piece in (piece for kpi in asked for piece in pieces(kpi.measure)):
        match piece:
            case Elapsed(start, end) | Within(start, end):
                kinds |= dict.fromkeys((start, end), "instant")
            case IsTrue(of):
                kinds[of.name] = "flag"
            case OneOf(of, values):
                text = isinstance(values[0], str)
                kinds[of.name] = list(values) if text else type(values[0]).__name__
            case Compare(Column(column)):
                kinds[column] = "number"
            case _:
                pass
    return {name: kinds.get(name, "number") for kpi in asked for name in kpi.columns}


def column(kind, place, n):
    """Make a column of a kind; every fifth value or so is unknown, at places of its own."""
    gap = 5 + place % 3
    match kind:
        case "instant":
            span = timedelta(minutes=7919)
            values = [NOW - 9 * DAY + (i * (place + 3) % 17 - 6) * span / 3 for i in range(n)]
            type_ = pa.timestamp("us", "UTC")
        case "flag" | "bool":
            values, type_ = [(i * (place + 2)) % 3 > 0 for i in range(n)], pa.bool_()
        case "int" | "number":
            values, type_ = [(i * (place + 5)) % 11 for i in range(n)], pa.int64()
        case list():
            values, type_ = [[*kind, "other"][i % (len(kind) + 1)] for i in range(n)], pa.string()
    return pa.array([None if i % gap == place % gap else one for i, one in enumerate(values)], type_)


def register(asked, n=40):
    """Make a register that has every column that KPIs name, and a channel."""
    kinds = columns_of(asked) | {"channel": ["phone", "chat"]}
    return pa.table({name: column(kind, i, n) for i, (name, kind) in enumerate(kinds.items())})


@EVERY
def test_the_catalogue(name):
    """Every KPI of the catalogue comes to the same by every engine, as a whole and by channel."""
    asked = catalogued()
    assert len(asked) > 40
    if name == "dask":
        asked = [kpi for kpi in asked if not isinstance(kpi.measure, Percentile)]
    table = register(asked)
    if name != "pyspark":
        check(name, asked, table, as_of=NOW)
    check(name, asked, table, as_of=NOW, by="channel")
