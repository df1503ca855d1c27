"""Laws of measuring, most of them against a slow and obvious oracle."""

import importlib.util
import pickle
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kpi_strategies import (
    HOUR,
    NOW,
    conditions,
    instants,
    kpi,
    kpis,
    measures,
    spans,
    tables,
    zones,
)
from servicekit.kpi import (
    Column,
    Count,
    Period,
    Share,
    Total,
    Within,
    _measure,
    measure,
)

_SPEC = importlib.util.spec_from_file_location(
    "kpi_oracle", Path(__file__).with_name("kpi_oracle.py")
)
oracle = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(oracle)


def figures(measurement):
    """Give what the oracle gives."""
    one = measurement
    return (one.n, one.unknown, one.still_open, one.numerator, one.denominator, one.value)


class TestOracle:
    """Every measure of every table is what it means, row by row."""

    @given(measures, tables)
    def test_as_the_oracle_says(self, what, table):
        """n, unknown, still open, numerator, denominator and value are the oracle's, exactly."""
        assert oracle.figures(what, table, NOW) == figures(
            measure([kpi(what)], table, as_of=NOW)["k"]
        )

    @given(st.lists(measures, min_size=1, max_size=3), tables)
    def test_grouped_as_the_oracle_says(self, many, table):
        """Each group has the figures of its rows alone, and all rows are in some group."""
        found = measure(kpis(many), table, as_of=NOW, by="group")
        for group, one in found.items():
            own = [row for row in table if row["group"] == group]
            expected = [oracle.figures(what, own, NOW) for what in many]
            assert expected == [figures(each) for each in one.values()]
        assert {row["group"] for row in table} == set(found)


class TestParts:
    """Parts add up to the whole, however they are cut and in whatever order they come."""

    @given(st.lists(measures, min_size=1, max_size=3), tables, tables)
    def test_parts_add_up(self, many, first, second):
        """The measurements of two tables add up to those of both together."""
        asked = kpis(many)
        parts = measure(asked, first, as_of=NOW) + measure(asked, second, as_of=NOW)
        whole = measure(asked, first + second, as_of=NOW)
        assert whole == parts
        assert hash(whole) == hash(parts)
        assert list(map(figures, whole.values())) == list(map(figures, parts.values()))

    @given(st.lists(measures, min_size=1, max_size=3), tables, tables)
    def test_groups_of_parts_add_up(self, many, first, second):
        """So they do group by group, also where a part lacks a group."""
        asked = kpis(many)
        parts = [measure(asked, part, as_of=NOW, by="group") for part in (first, second)]
        whole = measure(asked, first + second, as_of=NOW, by="group")
        assert whole == parts[0] + parts[1]
        assert list(whole) == list(parts[0] + parts[1])

    @given(st.lists(measures, min_size=1, max_size=3), tables)
    def test_groups_partition_the_whole(self, many, table):
        """The groups of a table, added up, are the whole table."""
        asked = kpis(many)
        whole = measure(asked, [], as_of=NOW)
        for one in measure(asked, table, as_of=NOW, by="group").values():
            whole += one
        assert whole == measure(asked, table, as_of=NOW)

    @given(st.lists(measures, min_size=1, max_size=3), st.data())
    def test_order_is_irrelevant(self, many, data):
        """Rows in another order give the same measurements."""
        table = data.draw(tables)
        shuffled = data.draw(st.permutations(table))
        asked = kpis(many)
        assert measure(asked, table, as_of=NOW) == measure(asked, shuffled, as_of=NOW)

    @given(st.lists(measures, min_size=1, max_size=3), tables, st.integers(1, 5))
    def test_chunks_are_irrelevant(self, many, table, size):
        """How many rows are taken at once changes nothing."""
        asked = kpis(many)
        whole = measure(asked, table, as_of=NOW, by=["group", "few"])
        with patch.object(_measure, "_ROWS", size):
            assert whole == measure(asked, iter(table), as_of=NOW, by=["group", "few"])

    @given(measures, tables)
    def test_pickles(self, what, table):
        """Measurements come back from another process as they were."""
        found = measure([kpi(what)], table, as_of=NOW, by="group")
        assert found == pickle.loads(pickle.dumps(found))


class TestWindows:
    """What is still open neither helps nor harms."""

    @given(tables, st.integers(1, 5000), st.booleans())
    def test_an_open_row_changes_no_value(self, table, minutes, answered):
        """A row whose window is open changes no value, whether it has been answered or not."""
        begun = NOW - timedelta(minutes=minutes)
        row = dict.fromkeys(["day", "last", "few", "size", "flag", "mixed", "group"])
        row |= {"begun": begun, "done": begun if answered else None}
        window = Within("begun", "done", timedelta(days=5))
        for what in (Share(window), Share(window & (Column("few") > 1)), Count(~window)):
            before = measure([kpi(what)], table, as_of=NOW)["k"]
            after = measure([kpi(what)], [*table, row], as_of=NOW)["k"]
            assert (before.value, before.n, before.unknown, before.still_open + 1) == (
                after.value,
                after.n,
                after.unknown,
                after.still_open,
            )

    @given(tables, spans)
    def test_within_never_rises_by_an_unanswered_row(self, table, span):
        """One more row without an answer cannot raise the share answered in time."""
        row = {"begun": NOW + span, "done": None}
        what = kpi(Share(Within("begun", "done", 3 * HOUR)))
        before = measure([what], table, as_of=NOW)["k"]
        after = measure([what], [*table, row], as_of=NOW)["k"]
        assume(before.value is not None)
        assert before.value >= after.value


class TestLogic:
    """Conditions follow SQL's three-valued logic."""

    @given(conditions, conditions, tables)
    def test_de_morgan(self, left, right, table):
        """Not (a and b) is (not a) or (not b), for unknown ones as well."""
        one = measure([kpi(Share(~(left & right)))], table, as_of=NOW)["k"]
        other = measure([kpi(Share(~left | ~right))], table, as_of=NOW)["k"]
        assert figures(one) == figures(other)

    @given(conditions, tables)
    def test_a_share_and_its_opposite_make_one(self, condition, table):
        """What holds and what does not are together all that is known."""
        asked = kpis([Share(condition), Share(~condition)])
        yes, no = measure(asked, table, as_of=NOW).values()
        assert (yes.n, yes.unknown, yes.still_open) == (no.n, no.unknown, no.still_open)
        assert yes.numerator + no.numerator == yes.n

    @given(conditions, conditions)
    def test_definitions_are_values(self, left, right):
        """Conditions that say the same are equal, hash alike and survive pickling."""
        assert left & right == pickle.loads(pickle.dumps(left & right))
        assert hash(left | right) == hash(pickle.loads(pickle.dumps(left | right)))
        assert (left & right) & left == left & (right & left)


class TestColumns:
    """A KPI needs the columns that it names and no other."""

    @given(measures, tables)
    def test_named_columns_suffice(self, what, table):
        """Rows of the named columns alone give the same measurement."""
        asked = kpi(what)
        bare = [{name: row[name] for name in asked.columns} for row in table]
        assert measure([asked], bare, as_of=NOW) == measure([asked], table, as_of=NOW)

    @given(measures)
    def test_formulas_name_their_columns(self, what):
        """The formula says every column that the KPI needs."""
        asked = kpi(what)
        assert all(name in str(asked) for name in asked.columns)


class TestPeriods:
    """Periods are those of the calendar where the clocks hang."""

    @given(st.lists(instants.filter(bool), max_size=9), zones)
    def test_days_as_the_zone_counts_them(self, given_instants, tz):
        """The day of an instant is its date by the zone's clocks."""
        table = [{"at": at} for at in given_instants]
        found = measure([kpi(Count())], table, as_of=NOW, by=Period("at", "day", tz))
        assert {str(at.astimezone(tz).date()) for at in given_instants} == set(found)

    @given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.dates(date(1, 1, 1), date(9999, 12, 31)))
    def test_names_of_periods_are_in_the_order_of_time(self, one, other):
        """As texts, the names of periods stand in the order of the periods."""
        first, last = sorted([one, other])
        for length in ("day", "week", "month", "quarter", "year"):
            period = Period("at", length)
            assert period.label(first) <= period.label(last)


@given(st.lists(st.floats(-1e300, 1e300), max_size=20), st.randoms())
def test_sums_of_floats_do_not_depend_on_their_order(values, shuffle):
    """The total of floats is their exact sum, rounded once."""
    expected = float(sum(map(Fraction, values))) if values else None
    shuffle.shuffle(values)
    found = measure([kpi(Total(Column("x")))], [{"x": value} for value in values], as_of=NOW)
    assert expected == found["k"].value


def test_the_oracle_can_say_no():
    """The oracle tells a wrong figure from a right one."""
    row = {"few": 3}
    assert (1, 0, 0, 1, 1, 1) == oracle.figures(Share(Column("few") > 2), [row], NOW)
    with pytest.raises(AssertionError):
        oracle.number(None, row, NOW)
