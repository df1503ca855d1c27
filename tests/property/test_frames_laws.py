"""Laws of measuring frames: whatever the engine, the same as measuring rows that are objects."""

from datetime import timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines import AT_HAND, check, engines
from kpi_strategies import NOW, kpis, measures

instants = st.none() | st.one_of(
    st.integers(-5 * 3600, 5 * 3600).map(lambda n: NOW + timedelta(seconds=n)),
    st.timedeltas(timedelta(days=-400), timedelta(days=2)).map(lambda span: NOW + span),
)
dates = st.none() | st.integers(-9, 3).map(lambda days: NOW.date() + timedelta(days=days))
whole = st.none() | st.integers(-3, 9)
sizes = st.sampled_from(
    [
        (pa.int8(), whole),
        (pa.int64(), whole | st.integers(-(2**62), 2**62)),
        (pa.float64(), st.none() | st.integers(-40, 40).map(lambda n: n / 4)),
        (pa.decimal128(9, 2), st.none() | st.decimals(-99, 99, places=2)),
    ]
)
mixed = st.sampled_from(
    [
        (pa.string(), st.sampled_from(["a", "b", "c", None])),
        (pa.dictionary(pa.int32(), pa.string()), st.sampled_from(["a", "b", None])),
        (pa.int32(), st.sampled_from([0, 1, 2, None])),
        (pa.bool_(), st.sampled_from([True, False, None])),
        (pa.float64(), st.sampled_from([0.0, 1.0, 1.5, None])),
    ]
)


@st.composite
def frames(draw, *, most=12):
    """Make tables with every pattern of nulls; they shrink to none, or few, plain rows."""
    size, other = draw(sizes), draw(mixed)
    unit = draw(st.sampled_from(["us", "ns"]))
    columns = {
        "begun": (pa.timestamp(unit, "UTC"), instants),
        "done": (pa.timestamp("us", "America/New_York"), instants),
        "day": (pa.date32(), dates),
        "last": (pa.date32(), dates),
        "few": (draw(st.sampled_from([pa.int16(), pa.int64()])), whole),
        "size": size,
        "flag": (pa.bool_(), st.sampled_from([True, False, None])),
        "mixed": other,
        "group": (pa.string(), st.sampled_from(["x", "y", None])),
    }
    n = draw(st.integers(0, most))
    made = {
        name: pa.array(draw(st.lists(values, min_size=n, max_size=n)), kind)
        for name, (kind, values) in columns.items()
    }
    return pa.table(made)


@pytest.mark.parametrize("name", engines(of=AT_HAND))
class TestEveryEngine:
    """An engine comes to what one pass over objects comes to."""

    @settings(max_examples=6)
    @given(many=st.lists(measures, min_size=3, max_size=6), table=frames())
    def test_all_together(self, name, many, table):
        """Any KPIs of any rows."""
        check(name, kpis(many), table, as_of=NOW, loose=True)

    @settings(max_examples=6)
    @given(many=st.lists(measures, min_size=3, max_size=6), table=frames())
    def test_in_groups(self, name, many, table):
        """Any KPIs of any rows by group, those of rows that do not know their group too."""
        check(name, kpis(many), table, as_of=NOW, by=["group", "flag"], loose=True)
