"""Frames of every engine come to the same measurements as objects do, and say what is wrong."""

import csv
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from inspect import signature
from pathlib import Path
from types import FunctionType
from zoneinfo import ZoneInfo

import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet

from engines import AT_HAND, check, engines, make, same
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
    return pa.array(
        [None if i % gap == place % gap else one for i, one in enumerate(values)], type_
    )


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
        asked = [kpi for kpi in asked if not isinstance(kpi.measure, Percentile)][::3]
    table = register(asked)
    if name not in {"dask", "pyspark"}:  # they plan for half a minute each time
        check(name, asked, table, as_of=NOW)
    check(name, asked, table, as_of=NOW, by="channel")


@pytest.mark.parametrize("name", engines(of=["pyspark"]))
def test_the_page_on_clusters(name, tmp_path):
    """What the page on clusters shows runs as it stands there, over a file in another folder."""
    page = (Path(__file__).parents[2] / "docs/how-to/spark.md").read_text("utf-8")
    (shown,) = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    table = register(catalogue.CONTACTS).rename_columns({"channel": "site"})
    make(name, table.slice(0, 0))  # a session as the other tests have it
    parquet.write_table(table, tmp_path / "calls.parquet")
    names = {}
    exec(shown.replace("calls.parquet", str(tmp_path / "calls.parquet")), names)  # noqa: S102 - a page of this project
    assert list(measured(table, by="site", n=Count())) == list(names["measured"])


# --- What columns hold ----------------------------------------------------------------------------


def of(name, values, type_, key="a"):
    """Make a frame of one column."""
    return make(name, pa.table({key: pa.array(values, type_)}))


@EVERY
@pytest.mark.parametrize(
    ("type_", "most"),
    [(pa.int8(), 127), (pa.int32(), 2**31 - 1), (pa.uint32(), 2**32 - 1), (pa.int64(), 2**63 - 1)],
)
def test_totals_exact_beyond_the_type(name, type_, most):
    """A total of whole numbers is exact, however far it is beyond what its column can hold."""
    if name == "pyspark" and type_ == pa.uint32():
        pytest.skip("Spark has no numbers without sign")
    given = [most] * 9 + [0, 3]
    found = measured(of(name, given, type_), t=Total(Column("a")), m=Mean(Column("a")))
    assert sum(given) == found["t"].value
    assert (
        measure(kpis(m=Mean(Column("a"))), [{"a": a} for a in given], as_of=NOW)["m"].value
        == found["m"].value
    )


@QUICK
def test_numbers_beyond_whole_ones(name):
    """What no whole number with a sign can hold is unknown; the next smaller float counts."""
    frame = of(name, [2**63 - 2**10, 2**63, 1], pa.uint64())
    found = measured(frame, t=Total(Column("a")))["t"]
    assert (2**63 - 2**10 + 1, 1) == (found.value, found.unknown)


@EVERY
def test_floats(name):
    """What is no finite number is unknown; known is all but not-a-number."""
    given = [0.5, float("nan"), None, float("inf"), -float("inf"), 2.0]
    found = measured(
        of(name, given, pa.float64()),
        total=Total(Column("a")),
        over=Share(Column("a") > 0),
        known=Count(Column("a").known()),
        one=Count(Column("a").equals(2)),
    )
    assert (2.5, 2, 4) == (found["total"].value, found["total"].n, found["total"].unknown)
    assert (1.0, 2, 4) == (found["over"].value, found["over"].n, found["over"].unknown)
    missing = 3 if name == "pandas_nullable" else 4  # pandas takes not-a-number for a gap
    assert found["known"].value in {missing, 4}
    assert found["one"].value == 1


@EVERY
def test_decimals(name):
    """Decimals are exact, compared as they are written, and 2.00 is 2."""
    given = [Decimal("0.10"), Decimal("2.00"), None, Decimal("-7.35")]
    table = pa.table({"a": pa.array(given, pa.decimal128(9, 2))})
    tenth = Column("a")
    asked = kpis(t=Total(tenth), m=Mean(tenth), c=Count(tenth <= 0.1), e=Count(tenth.equals(2)))
    check(name, asked, table, as_of=NOW)


@QUICK
def test_wide_decimals(name):
    """Decimals of more digits than whole numbers have are floats, on Polars exact if they fit."""
    given = [Decimal("0.10"), None, Decimal("12345678901.25")]
    frame = of(name, given, pa.decimal128(38, 2))
    assert pytest.approx(12345678901.35, rel=1e-12) == float(value(frame, Total(Column("a"))))


@EVERY
def test_flags_and_texts(name):
    """A flag equals flags, a number numbers and a text texts; nothing else is ever equal."""
    table = pa.table(
        {
            "flag": [True, False, None, True],
            "text": ["1", "x", None, "x"],
            "number": [1, 0, None, 7],
            "float": [1.0, 0.5, None, 2.0**60],
            "day": pa.array([date(2026, 1, 1)] * 3 + [None]),
        }
    )
    asked = [
        Share(Column(column).one_of(*values))
        for column in table.column_names
        for values in ([True], [False, True], [1], ["x"], [1, "x", True], [2**60, 2**60 + 1, 2**70])
    ]
    check(name, kpis(**{f"k{i}": one for i, one in enumerate(asked)}), table, as_of=NOW)


@pytest.mark.parametrize("name", ["polars", "polars_lazy", "pandas", "pandas_arrow", "pyarrow"])
def test_categories(name):
    """Categories are their texts, also as groups."""
    given = pa.array(["b", None, "a", "b"]).dictionary_encode()
    table = pa.table({"a": given, "n": [1, 2, 3, 4]})
    check(name, kpis(b=Count(Column("a").equals("b"))), table, as_of=NOW, by="a")


def test_enums_of_polars():
    """An Enum of Polars is its texts."""
    frame = pl.DataFrame({"a": pl.Series(["y", None, "x"], dtype=pl.Enum(["y", "x"]))})
    found = measured(frame, by="a", n=Count(Column("a").one_of("x")))
    assert {"x": 1, "y": 0, None: 0} == {group: one["n"].value for group, one in found.items()}


class Kind(Enum):
    """A vocabulary that is not text."""

    ONE = "one"


def test_objects_of_pandas():
    """What pandas keeps as Python objects is read like rows that are objects."""
    rows = [
        {
            "day": date(2026, 5, 1),
            "at": NOW - HOUR,
            "local": datetime(2026, 5, 4, 11),
            "money": Decimal("1.10"),
            "flag": True,
            "mixed": 1,
            "kind": Kind.ONE,
            "few": 3,
        },
        dict.fromkeys(("day", "at", "local", "money", "flag", "mixed", "kind", "few")),
        {
            "day": date(2026, 5, 3),
            "at": (NOW - DAY).astimezone(HELSINKI),
            "local": datetime(2026, 5, 4, 9),
            "money": Decimal(3),
            "flag": False,
            "mixed": "x",
            "kind": None,
            "few": 4,
        },
    ]
    frame = pd.DataFrame({key: pd.Series([r[key] for r in rows], dtype=object) for key in rows[0]})
    asked = kpis(
        since=Mean(Elapsed("day", "day")),
        local=Share(Within("at", "local", HOUR)),
        known=Count(Column("at").known() & Column("mixed").known() & Column("day").known()),
        money=Total(Column("money")),
        set=Share(Column("flag").is_true()),
        mixed=Count(Column("mixed").one_of(1, "y") | Column("kind").equals("one")),
        median=Percentile(Column("money"), 0.5),
    )
    zoned = [{**r, "local": r["local"] and r["local"].replace(tzinfo=UTC)} for r in rows]
    for by in (None, "few", "flag", "kind", Period("at", "day", HELSINKI)):
        result = measure_frame(asked, frame, as_of=NOW, by=by, zone=UTC)
        same(measure(asked, zoned, as_of=NOW, by=by), read_measurements(result, asked))


def test_objects_that_are_too_large():
    """Objects beyond the whole numbers of engines are floats; groups of two kinds are refused."""
    frame = pd.DataFrame({"a": [10**30, 1], "b": [1, "x"]}, dtype=object)
    assert float(10**30 + 1) == value(frame, Total(Column("a")))
    assert [
        "b is of type Object, allowed: texts, flags or whole numbers, of one kind, or null"
    ] == (refused(frame, by="b", n=Count()))


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame({"a": [None, None]}),
        pl.LazyFrame({"a": [None, None]}),
        pa.table({"a": pa.nulls(2)}),
        pd.DataFrame({"a": [None, None]}, dtype=object),
    ],
)
def test_a_column_of_nothing(frame):
    """A column without a type, all nulls, is unknown whatever it is asked for."""
    a = Column("a")
    found = measured(
        frame,
        number=Total(a),
        per=Mean(Per(a, a)),
        instant=Mean(Elapsed("a", "a")),
        window=Share(Within("a", "a", DAY)),
        flag=Share(a.is_true()),
        text=Share(a.equals("x")),
        known=Count(a.known()),
        median=Percentile(a, 0.5, method=Method.NEAREST_RANK),
    )
    assert found["known"].value == 0
    assert {(None, 0, 2)} == {
        (one.value, one.n, one.unknown) for key, one in found.items() if key != "known"
    }
    assert [None] == list(measured(frame, by="a", n=Count()))


# --- Time -----------------------------------------------------------------------------------------

TRANSITIONS = [
    datetime(2025, 3, 30, 2, 59, 59, 999_999),
    datetime(2025, 3, 30, 3, 30),
    datetime(2025, 3, 30, 4),
    datetime(2025, 10, 26, 3, 30),
    datetime(2025, 10, 26, 4),
    datetime(1969, 12, 31, 23, 59, 59, 1),
    None,
]


@EVERY
@pytest.mark.parametrize("zone", [HELSINKI, NEW_YORK, timezone(-HOUR)])
def test_clock_readings(name, zone):
    """What the clocks of a zone show is read as Python reads it, across changes of the clock."""
    table = pa.table(
        {
            "a": pa.array(TRANSITIONS, pa.timestamp("us")),
            "b": pa.array([datetime(2025, 1, 1)] * 7, pa.timestamp("us")),
        }
    )
    asked = kpis(t=Total(Elapsed("a", "b")), s=Share(Within("a", "b", DAY)))
    check(name, asked, table, as_of=NOW, zone=zone)


UNITS = pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])


@EVERY
@UNITS
def test_units_and_zones(name, unit):
    """Instants of any unit are read exactly, in whichever zone they are shown."""
    if name == "pyspark" and unit != "us":
        pytest.skip("Spark has microseconds only")
    if name == "ibis" and unit == "ns":
        pytest.skip("DuckDB has instants of nanoseconds that Ibis does not know")
    at = [datetime(1955, 1, 1, tzinfo=UTC), NOW, None]
    fine = [one and one + timedelta(microseconds=7) for one in at]
    table = pa.table(
        {
            "a": pa.array(at, pa.timestamp("us", "UTC")).cast(pa.timestamp(unit, "Asia/Kolkata")),
            "b": pa.array(fine, pa.timestamp("us", "America/New_York")),
        }
    )
    asked = kpis(t=Total(Elapsed("a", "b", unit=timedelta(microseconds=1))))
    check(name, asked, table, as_of=NOW + DAY)


@QUICK
def test_nanoseconds(name):
    """What is finer than a microsecond is cut off, before 1970 too."""
    given = pa.array([-1, 999, 1001, 1999], pa.timestamp("ns", "UTC"))
    table = pa.table({"a": given, "b": pa.array([0] * 4, pa.timestamp("us", "UTC"))})
    total = value(make(name, table), Total(Elapsed("b", "a", unit=timedelta(microseconds=1))))
    assert total == -1 + 0 + 1 + 1


DAYS = [
    datetime(2024, 12, 30, 22, 30, tzinfo=UTC),
    datetime(2024, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2025, 1, 1, tzinfo=UTC),
    datetime(2025, 3, 30, 0, 59, tzinfo=UTC),
    datetime(2026, 12, 31, 22, tzinfo=UTC),
    datetime(2027, 1, 3, 23, tzinfo=UTC),
    datetime(1969, 12, 31, 23, tzinfo=UTC),
    datetime(1900, 2, 28, 23, 30, tzinfo=UTC),
    None,
]


@EVERY
@pytest.mark.parametrize("length", Length)
def test_periods(name, length):
    """Periods have the names that they have for objects: year ends, leap years, clock changes."""
    if name == "pyspark" and length not in {Length.WEEK, Length.DAY}:
        pytest.skip("Spark takes half a minute for each")
    table = pa.table({"a": pa.array(DAYS, pa.timestamp("us", "UTC"))})
    check(name, kpis(n=Count()), table, as_of=NOW, by=Period("a", length, HELSINKI))


@QUICK
def test_periods_of_dates(name):
    """Dates need no zone; a period may stand beside a column, and rows may not know either."""
    days = [date(2026, 12, 31), date(2000, 2, 29), None, date(1, 1, 1), date(9999, 12, 31)]
    table = pa.table({"a": pa.array(days, pa.date32()), "g": [1, None, 1, 2, 2]})
    if name == "pandas":
        table = table.drop_columns("g").append_column("g", pa.array([1.5, None, 1.5, 2.0, 2.0]))
    for length in Length:
        check(name, kpis(n=Count()), table, as_of=NOW, by=[Period("a", length), "g"])


@EVERY
def test_what_lies_ahead(name):
    """What lies after the instant of measuring is not known yet; a date is from its day on."""
    table = pa.table(
        {
            "a": pa.array([NOW - DAY, NOW, NOW + HOUR, None], pa.timestamp("us", "UTC")),
            "b": pa.array([NOW, NOW + HOUR, NOW + 2 * HOUR, NOW], pa.timestamp("us", "UTC")),
            "c": pa.array([NOW.date(), (NOW + DAY).date(), None, date(2026, 5, 1)]),
        }
    )
    asked = kpis(
        n=Count(Column("a").known()),
        d=Count(Column("c").known()),
        e=Mean(Elapsed("a", "b")),
        w=Share(Within("a", "b", HOUR)),
        c=Share(Within("c", "c", DAY)),
    )
    check(name, asked, table, as_of=NOW)


# --- Frames ---------------------------------------------------------------------------------------


@EVERY
def test_empty_frames(name):
    """No rows: one row of nothing known as a whole, no groups by group."""
    table = pa.table({"a": pa.array([], pa.int64()), "g": pa.array([], pa.string())})
    asked = kpis(n=Count(), t=Total(Column("a")), m=Mean(Column("a")), s=Share(Column("a") > 1))
    check(name, asked, table, as_of=NOW)
    check(name, asked, table, as_of=NOW, by="g")


@EVERY
def test_one_row(name):
    """One row has no spread, and so no interval."""
    table = pa.table({"a": [3], "g": ["x"]})
    asked = kpis(m=Mean(Column("a")), p=Percentile(Column("a"), 0.5), r=Ratio(Count(), Count()))
    asked = asked[::2] if name == "dask" else asked
    check(name, asked, table, as_of=NOW, by=["g"] * (name != "none") and "g")


@EVERY
def test_groups_that_are_not_known(name):
    """Rows that do not know their group make one of their own; not-a-number is no group."""
    table = pa.table(
        {
            "g": pa.array([1.5, float("nan"), None, 1.5, -2.0]),
            "h": [True, None, False, True, None],
            "n": [1, 2, 3, 4, 5],
        }
    )
    check(name, kpis(n=Total(Column("n"))), table, as_of=NOW, by="g")
    check(name, kpis(n=Total(Column("n"))), table, as_of=NOW, by=["h", "g"])


@EVERY
def test_names_that_are_hard(name):
    """Columns and keys may have any names: spaces, quotes, dots, capitals, those that we use."""
    hard = ["a b", 'quo"te', "tick`s", "do.t", "Order", "kp0_0", "kr1", "äö"]
    at = pa.array([NOW - DAY, None], pa.timestamp("us", "UTC"))
    table = pa.table(dict.fromkeys(hard, at) | {"n.o": [1, None]})
    table = table.append_column("gr.oup", pa.array(["x", None]))
    asked = [
        Kpi(f"{one}!", one, Count(Column(one).known()), unit="-", better=Better.NEITHER)
        for one in [*hard, "n.o"]
    ]
    if name in {"pyspark", "dask"}:
        asked = [kpi for kpi in asked if "." not in kpi.title and "`" not in kpi.title]
        check(name, asked, table.rename_columns(table.column_names), as_of=NOW)
    else:
        check(name, asked, table, as_of=NOW, by="gr.oup")


def test_an_index_is_no_data():
    """An index of pandas, with repeats and gaps, changes nothing."""
    frame = pd.DataFrame({"a": [1, 2, 3], "b": pd.Series([True, None, False], dtype=object)})
    frame.index = [7, 7, 1]
    found = measured(frame, t=Total(Column("a")), s=Share(Column("b").is_true()))
    assert (6, 2) == (found["t"].value, found["s"].n)


def test_lazy_stays_lazy(monkeypatch):
    """Nothing of a lazy frame is computed before it is asked for, whatever is measured."""
    table = register(kpis(p=Percentile(Column("a"), 0.5), w=Share(Within("b", "c", DAY))))
    asked = kpis(
        p=Percentile(Column("a"), 0.5),
        q=Percentile(Column("a"), 0.5, method=Method.NEAREST_RANK),
        w=Share(Within("b", "c", DAY)),
    )
    frames = [make(name, table) for name in ("polars_lazy", "duckdb")]

    def computed(*_, **__):
        raise AssertionError

    with monkeypatch.context() as patched:
        patched.setattr(nw.LazyFrame, "collect", computed)
        patched.setattr(pl.LazyFrame, "collect", computed)
        for frame in frames:
            by = ["channel", Period("b", "day", NEW_YORK)]
            assert type(frame) is type(measure_frame(asked, frame, as_of=NOW, by=by))


def test_frames_of_narwhals():
    """A frame of narwhals gives one of narwhals."""
    frame = nw.from_native(pl.DataFrame({"a": [1]}))
    result = measure_frame(kpis(n=Count()), frame, as_of=NOW)
    assert isinstance(result, nw.DataFrame)
    assert read_measurements(result, kpis(n=Count()))["n"].value == 1


def test_columns_of_a_result():
    """A result has its groups, the instant, and for each KPI the value and what it rests on."""
    frame = pl.DataFrame({"g": ["x", None], "a": [1, 2]})
    asked = kpis(s=Share(Column("a") > 1), m=Mean(Column("a")))
    result = measure_frame(asked, frame, as_of=NOW, by="g")
    parts = ("", "_numerator", "_denominator", "_n", "_unknown", "_still_open")
    assert ["g", "as_of", *(f"s{part}" for part in parts)] == result.columns[:8]
    assert [0.0, 1.0] == result["s"].to_list()
    assert [1.0, 2.0] == result["m_numerator"].to_list()
    assert ["2026-05-04T12:00:00+00:00"] * 2 == result["as_of"].to_list()


class TestPercentiles:
    """Percentiles by the means of each engine."""

    TABLE = pa.table(
        {"a": [*range(40), None, 5, 5], "g": ["x", "y", None] * 14 + ["x"]},
        schema=pa.schema({"a": pa.int64(), "g": pa.string()}),
    )

    @pytest.mark.parametrize("name", engines(of=[*AT_HAND, "ibis", "pyspark"]))
    def test_both_methods(self, name):
        """Both methods, of groups and of all, at both ends and between."""
        a = Column("a")
        asked = kpis(
            **{f"l{p}": Percentile(a, p / 100) for p in (0, 35, 90)},
            **{
                f"n{p}": Percentile(a, p / 100, among=a > 3, method=Method.NEAREST_RANK)
                for p in (0, 55, 100)
            },
        )
        check(name, asked, self.TABLE, as_of=NOW)
        check(name, asked, self.TABLE, as_of=NOW, by="g")

    @pytest.mark.parametrize("name", engines(of=["dask"]))
    def test_refused_by_name(self, name):
        """Dask has none by group, and says so."""
        problem = refused(make(name, self.TABLE), p50=Percentile(Column("a"), 0.5))
        assert ["p50 is a percentile, allowed: measures that are sums"] == [
            problem[0].split(":")[0] + ":" + problem[0].split(":")[1]
        ]

    @pytest.mark.parametrize("name", engines(of=[*AT_HAND, "ibis", "pyspark"]))
    @pytest.mark.parametrize("by", [None, "g"])
    def test_approximate(self, name, by):
        """A sketch is only taken where asked for, and the measurement says that it was."""
        asked = kpis(p=Percentile(Column("a"), 0.5), m=Mean(Column("a")), n=Count())
        frame = make(name, self.TABLE)
        result = measure_frame(asked, frame, as_of=NOW, by=by, approximate=True)
        found = read_measurements(result, asked)
        found = found if by is None else found["x"]
        sketched = name in {"duckdb", "ibis", "pyspark"}
        assert (sketched, False) == (found["p"].approximate, found["m"].approximate)
        assert ("about" in str(found["p"])) is sketched
        assert pytest.approx(19, abs=2) == float(found["p"].value)

    def test_parts_do_not_add_up(self):
        """Percentiles that were read off frames cannot be added: their values are not there."""
        found = measured(pl.DataFrame({"a": [1, 2]}), p=Percentile(Column("a"), 0.5))
        with pytest.raises(DefinitionError, match="read off a data frame"):
            found + found

    def test_many_groups(self):
        """Thousands of groups are no hindrance."""
        frame = pa.table({"a": list(range(6000)), "g": [i % 2000 for i in range(6000)]})
        found = measured(frame, by="g", p=Percentile(Column("a"), 0.5))
        assert (2000, 2000 + 7) == (len(found), found[7]["p"].value)


# --- Mistakes -------------------------------------------------------------------------------------


class TestMistakes:
    """What is wrong is said by name, all of it at once, before anything is computed."""

    FRAME = pl.DataFrame(
        {"text": ["x"], "flag": [True], "list": [[1]], "at": [datetime(2026, 1, 1)]}
    )

    def test_missing_columns(self):
        """Every column that is missing, and which there are."""
        problems = refused(self.FRAME, by="g", a=Total(Column("a")), b=Count(Column("b").known()))
        there = "a column of the frame, which has text, flag, list, at"
        assert [f"{name} is missing, allowed: {there}" for name in "gab"] == problems

    @pytest.mark.parametrize(
        ("what", "problem"),
        [
            (Total(Column("text")), "text is of type String, allowed: numbers"),
            (Total(Column("flag")), "flag is of type Boolean, allowed: numbers"),
            (Share(Column("text").is_true()), "text is of type String, allowed: flags"),
            (Share(Column("list").equals(1)), "list is of type List(Int64), allowed: texts"),
            (Mean(Elapsed("text", "at")), "text is of type String, allowed: instants"),
            (Mean(Elapsed("at", "at")), "at is naive, allowed: instants with a zone; zone="),
        ],
    )
    def test_types(self, what, problem):
        """A column of a type that cannot be read: its name, its type and what is accepted."""
        (found,) = refused(self.FRAME, k=what)
        assert found.startswith(problem)

    def test_groups(self):
        """A list is no group; instants need the zone of their period."""
        assert [
            "list is of type List(Int64), allowed: texts, flags, numbers, instants or dates"
        ] == (refused(self.FRAME, by="list", n=Count()))
        (found,) = refused(self.FRAME, by=Period("at", "day"), zone=UTC, n=Count())
        assert found.startswith("at is a column of instants, allowed: dates, or a Period")

    def test_dates_and_instants(self):
        """A date and an instant do not make a span."""
        frame = pl.DataFrame({"a": [date(2026, 1, 1)], "b": [NOW]})
        (found,) = refused(frame, k=Mean(Elapsed("a", "b")))
        assert found == "b is a column of instants, allowed: dates, like a"

    @pytest.mark.parametrize("what", [1, None, [1], {"a": [1]}, pl.Series([1]), pl.col("a")])
    def test_no_frame(self, what):
        """What is no frame is refused by its type."""
        with pytest.raises(
            RecordError, match=f"frame is of type {type(what).__name__}, allowed: a"
        ):
            measure_frame([], what, as_of=NOW)

    def test_two_columns_of_a_name(self):
        """A frame that has two columns of one name is refused."""
        with pytest.raises(RecordError, match="each column under a name of its own"):
            measure_frame([], pd.DataFrame([[1, 2]], columns=["a", "a"]), as_of=NOW)

    def test_names_that_clash(self):
        """Names of the result that differ in nothing but capitals are refused, all of them."""
        frame = pl.DataFrame({"N_n": [1]})
        with pytest.raises(DefinitionError, match=r"N_n.*\n.*n_n"):
            measure_frame(kpis(n=Count()), frame, as_of=NOW, by="N_n")
        with pytest.raises(DefinitionError, match="as_of"):
            measure_frame(kpis(as_of=Count()), frame, as_of=NOW)

    def test_a_naive_instant_of_measuring(self):
        """The instant of measuring has an offset."""
        with pytest.raises(RecordError, match="as_of"):
            measure_frame([], self.FRAME, as_of=datetime(2026, 1, 1))

    def test_no_result(self):
        """A frame that is no result lacks columns, each by name."""
        with pytest.raises(RecordError, match="as_of is missing"):
            read_measurements(self.FRAME, kpis(n=Count()))

    def test_a_sum_beyond_floats(self):
        """A sum of floats that no float can hold is refused where it is read."""
        frame = pl.DataFrame({"a": [1.7e308, 1.7e308]})
        asked = kpis(t=Total(Column("a")))
        with pytest.raises(RecordError, match="allowed: a finite number"):
            read_measurements(measure_frame(asked, frame, as_of=NOW), asked)


def test_without_narwhals():
    """Without the extra, importing the module says what to install."""
    code = "import sys; sys.modules['narwhals'] = None; import servicekit.extra.frames"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "ModuleNotFoundError: servicekit.extra.frames needs narwhals: pip install" in done.stderr


# --- Edges of quantities --------------------------------------------------------------------------


@QUICK
def test_numbers_too_large_to_be_added(name):
    """Whole numbers too large to be added are floats; where the frame is lazy they are unknown."""
    table = pa.table({"a": [2**62 + 1, 5], "b": [2**62, 7]})
    found = measured(make(name, table), t=Total(Column("a") + Column("b")))["t"]
    lazy = name in {"polars_lazy", "duckdb"}
    assert ((12, 1) if lazy else (float(2**63 + 13), 0)) == (found.value, found.unknown)


@QUICK
def test_thresholds(name):
    """Limits beyond any column, between two floats and beyond all floats decide rightly."""
    table = pa.table({"a": [1, -1, None], "f": [0.1, 1e308, None]})
    a, f = Column("a"), Column("f")
    asked = [
        *(a < 10**30, a > 10**30, a <= -(10**30), a >= -(10**30)),
        *(f < 10**400, f > 10**400, f >= -(10**400), f <= -(10**400), f <= 0.1, f < 0.1),
        *(Per(f, 3) <= Decimal("0.0333333333333333333"), Per(f, 3) > 0, Per(f, 10**30) >= 0),
        *(Per(a, 10**30) < 1, Per(f, 7) < 0.1, Per(f, 7) >= Decimal("0.014285714285714285")),
        Per(a, f) < 0,
    ]
    check(name, kpis(**{f"k{i}": Share(one) for i, one in enumerate(asked)}), table, as_of=NOW)


@QUICK
def test_sums_of_odd_units(name):
    """Spans whose units have no common divisor of bearable size are added as floats."""
    at = pa.array([NOW - 90 * DAY, NOW - HOUR], pa.timestamp("us", "UTC"))
    table = pa.table({"a": at, "b": pa.array([NOW] * 2, pa.timestamp("us", "UTC"))})
    odd = Elapsed("a", "b", unit=timedelta(microseconds=7)) + Elapsed("a", "b", unit=HOUR)
    check(name, kpis(k=Total(odd)), table, as_of=NOW, loose=True)


# --- Real registers -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["polars", "polars_lazy", "pandas", "pyarrow", "duckdb"])
class TestRealRegisters:
    """Registers of others come to the same on every engine."""

    def test_complaints(self, name, data_folder):
        """6,623 complaints, by year and by channel."""
        with (data_folder / "cfpb" / "complaints_slim.csv").open(encoding="utf-8") as file:
            rows = [{k: v or None for k, v in row.items()} for row in csv.DictReader(file)]
        for row in rows:
            row["received"] = date.fromisoformat(row["Date received"])
            row["sent"] = date.fromisoformat(row["Date sent to company"])
        days = Elapsed("received", "sent", unit=DAY)
        asked = kpis(
            n=Count(),
            timely=Share(Column("Timely response?").equals("Yes")),
            mean=Mean(days),
            p90=Percentile(days, 0.9),
            soon=Share(Within("received", "sent", 2 * DAY)),
        )
        now, table = datetime(2020, 7, 1, tzinfo=UTC), pa.Table.from_pylist(rows)
        for by in (None, Period("received", "year"), "Submitted via"):
            check(name, asked, table, as_of=now, by=by)

    def test_requests(self, name, data_folder):
        """4,969 requests by the clocks of New York, across a change of the clock."""
        with (data_folder / "nyc311" / "requests.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            for key in ("created", "closed"):
                row[key] = datetime.fromisoformat(row[key]) if row[key] else None
        hours = Elapsed("created", "closed", unit=HOUR)
        asked = kpis(
            mean=Mean(hours),
            median=Percentile(hours, 0.5),
            nearest=Percentile(hours, 0.9, method=Method.NEAREST_RANK),
            day=Share(Within("created", "closed", DAY)),
        )
        now, table = datetime(2025, 3, 20, tzinfo=UTC), pa.Table.from_pylist(rows)
        for by in (None, "borough", Period("created", "day", NEW_YORK)):
            check(name, asked, table, as_of=now, by=by, zone=NEW_YORK)

    def test_incidents(self, name, data_folder):
        """24,918 incidents by priority and channel."""
        parquet = pytest.importorskip("pyarrow.parquet")
        table = parquet.read_table(data_folder / "incident_log" / "incidents.parquet")
        hours = Elapsed("opened_at", "resolved_at", unit=HOUR)
        asked = kpis(
            reopened=Share(Column("reopen_count") > 0),
            reassigned=Mean(Column("reassignment_count")),
            rate=Ratio(Total(Column("reassignment_count")), Count()),
            hours=Mean(hours),
            p50=Percentile(hours, 0.5),
        )
        now = datetime(2018, 1, 1, tzinfo=UTC)
        for by in (None, ["priority", "contact_type"]):
            check(name, asked, table, as_of=now, by=by, zone=UTC)
