"""Strategies for KPIs and for the rows that they are measured over."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from servicekit.kpi import (
    Better,
    Column,
    Count,
    Elapsed,
    Kpi,
    Mean,
    Method,
    Per,
    Percentile,
    Ratio,
    Share,
    Total,
    Within,
)

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

spans = st.integers(-5 * 3600, 5 * 3600).map(lambda n: timedelta(seconds=n)) | st.timedeltas(
    timedelta(days=-400), timedelta(days=2)
)
zones = st.sampled_from([UTC, timezone(HOUR), timezone(-5 * HOUR)])
instants = st.none() | st.builds(lambda span, tz: (NOW + span).astimezone(tz), spans, zones)
dates = st.none() | st.integers(-9, 3).map(lambda days: NOW.date() + timedelta(days=days))
small = st.none() | st.integers(-3, 9)
numbers = st.one_of(
    small,
    st.integers(-(10**30), 10**30),
    st.floats(-1e9, 1e9),
    st.just(float("nan")),
    st.decimals(-99, 99, places=2),
    st.fractions(max_denominator=12),
)
rows = st.fixed_dictionaries(
    {
        "begun": instants,
        "done": instants,
        "day": dates,
        "last": dates,
        "few": small,
        "size": numbers,
        "flag": st.sampled_from([True, False, None]),
        "mixed": st.sampled_from(["a", "b", 1, 0, True, False, None, float("nan"), 1.0]),
        "group": st.sampled_from(["x", "y", None]),
    }
)
tables = st.lists(rows, max_size=12)

pairs = st.sampled_from([("begun", "done"), ("done", "begun"), ("day", "last")])
units = st.sampled_from([timedelta(seconds=1), HOUR, timedelta(microseconds=7)])
simple = st.sampled_from([Column("few"), Column("size")]) | st.builds(
    lambda pair, unit: Elapsed(*pair, unit=unit), pairs, units
)
quantities = st.recursive(
    simple,
    lambda inner: st.one_of(
        st.builds(lambda left, right: left + right, inner, inner),
        st.builds(Per, inner, st.integers(1, 7) | inner),
    ),
    max_leaves=3,
)
bounds = st.integers(-3, 9) | st.sampled_from([0.1, 2.5, Fraction(1, 3), Decimal("0.3")])
limits = st.integers(0, 9 * 3600).map(lambda n: timedelta(seconds=n)) | st.integers(0, 4).map(
    lambda n: timedelta(days=n)
)
plain = st.sampled_from(["a", "b", 1, 0, True, False])
atoms = st.one_of(
    st.builds(lambda of, than: of < than, quantities, bounds),
    st.builds(lambda of, than: of <= than, quantities, bounds),
    st.builds(lambda of, than: of > than, quantities, bounds),
    st.builds(lambda of, than: of >= than, quantities, bounds),
    st.just(Column("flag").is_true()),
    st.lists(plain, min_size=1, max_size=3).map(lambda values: Column("mixed").one_of(*values)),
    (quantities | st.sampled_from([Column("mixed"), Column("done"), Column("last")])).map(
        lambda of: of.known()
    ),
    st.builds(lambda pair, limit: Within(*pair, limit), pairs, limits),
)
conditions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds(lambda left, right: left & right, inner, inner),
        st.builds(lambda left, right: left | right, inner, inner),
        inner.map(lambda one: ~one),
    ),
    max_leaves=4,
)
among = st.none() | conditions
shares = st.sampled_from([0, 1, 0.5, 0.9, 0.7, Fraction(1, 3)])
sums = st.builds(Count, among) | st.builds(Total, quantities, among)
measures = st.one_of(
    sums,
    st.builds(Share, conditions, among),
    st.builds(Mean, quantities, among),
    st.builds(Ratio, sums, sums),
    st.builds(
        lambda of, p, among, method: Percentile(of, p, among=among, method=method),
        quantities,
        shares,
        among,
        st.sampled_from(Method),
    ),
)


def kpi(what, key="k"):
    """Make a KPI of a measure."""
    return Kpi(key, "A KPI", what, unit="units", better=Better.NEITHER)


def kpis(many):
    """Make KPIs of measures, numbered."""
    return [kpi(what, str(place)) for place, what in enumerate(many)]
