"""KPIs written as data, and measured over rows."""

import csv
import pickle
import tracemalloc
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from fractions import Fraction
from types import MappingProxyType, SimpleNamespace
from zoneinfo import ZoneInfo

import attrs
import pytest

from servicekit.complaint import Channel
from servicekit.errors import DefinitionError, RecordError
from servicekit.kpi import (
    Better,
    Column,
    Compare,
    Count,
    Elapsed,
    Kpi,
    Length,
    Mean,
    Measurements,
    Method,
    OneOf,
    Per,
    Percentile,
    Period,
    Plus,
    Ratio,
    Share,
    Sign,
    Total,
    Within,
    measure,
)
from servicekit.kpi._order_statistics import ranks

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NAN = float("nan")


def kpi(what, unit="units"):
    """Make a KPI of a measure."""
    return Kpi("k", "A KPI", what, unit=unit, better=Better.NEITHER)


def measured(what, *rows, as_of=NOW):
    """Measure one thing."""
    return measure([kpi(what)], rows, as_of=as_of)["k"]


def column(*values):
    """Make rows of one column, x."""
    return [{"x": value} for value in values]


X = Column("x")
KEPT = Column("x").is_true()
YES = [True]


class TestFormulas:
    """A KPI says itself in words."""

    @pytest.mark.parametrize(
        ("said", "what"),
        [
            ("number of rows", Count()),
            ("number of rows where x is known", Count(X.known())),
            ("total of x", Total(X)),
            ("total of (x / 1000) where y is 'a'", Total(Per(X, 1000), Column("y").equals("a"))),
            ("mean of (a + b)", Mean(Column("a") + Column("b"))),
            ("mean of (a + (b / c))", Mean(Column("a") + Per(Column("b"), Column("c")))),
            ("share of rows where x is true", Share(KEPT)),
            (
                "share of rows where b within 15 days of a, among rows where not (x is 1 or True)",
                Share(Within("a", "b", 15 * DAY), ~X.one_of(1, *YES)),
            ),
            ("share of rows where b within 90 minutes of a", Share(Within("a", "b", HOUR * 1.5))),
            ("share of rows where b within 1 hour of a", Share(Within("a", "b", HOUR))),
            ("(total of x) / (number of rows)", Ratio(Total(X), Count())),
            ("percentile 90, of hours from a to b", Percentile(Elapsed("a", "b", unit=HOUR), 0.9)),
            ("percentile 99.9, of x", Percentile(X, 0.999)),
            ("percentile 100/3, of x", Percentile(X, Fraction(1, 3))),
            ("percentile 50, nearest rank, of x", Percentile(X, 0.5, method=Method.NEAREST_RANK)),
            (
                "mean of (units of 0:00:30 from a to b)",
                Mean(Elapsed("a", "b", unit=timedelta(seconds=30))),
            ),
            ("number of rows where b within 48 hours of a", Count(Within("a", "b", 2 * DAY))),
            ("number of rows where b within 3 days of a", Count(Within("a", "b", 3 * DAY))),
            ("number of rows where x < -0.5", Count(X < -0.5)),
            ("number of rows where x < 1.25", Count(X < 1.25)),
            ("number of rows where x < 0.000000000001", Count(X < Fraction(1, 10**12))),
            ("number of rows where x < 1/10000000000000", Count(X < Fraction(1, 10**13))),
            (
                "number of rows where (x > 1, or x <= 2), and x >= 3",
                Count(((X > 1) | (X <= 2)) & (X >= 3)),
            ),
        ],
    )
    def test_formula(self, said, what):
        """The text of a KPI is its formula."""
        assert said == str(kpi(what))

    def test_columns(self):
        """A KPI names the columns that it needs once each, in the order of its formula."""
        what = Share(Within("a", "b", DAY) & X.known(), among=(Elapsed("b", "c") + X < 3) | KEPT)
        assert ("a", "b", "x", "c") == kpi(what).columns
        assert () == kpi(Count()).columns

    def test_pieces_are_values(self):
        """Pieces that say the same are equal; True and 1 do not say the same."""
        assert (X > 1) == Compare(X, Sign.ABOVE, than=1)
        assert (X > 0.5) == (X > Decimal("0.5"))
        assert X.equals("a") == OneOf(X, ("a",))
        assert X.equals(Channel.PHONE) == X.equals("phone")
        assert X.equals(True) != X.equals(1)  # noqa: FBT003 - that is the point
        assert hash(X.equals(1)) == hash(X.equals(1))
        assert Column("a") + Column("b") + X == Plus((Column("a"), Column("b"), X))

    def test_numbers_may_stand_on_the_left(self):
        """3 > x is x < 3."""
        assert (X < 3) == (3 > X)

    def test_a_condition_has_no_truth_of_its_own(self):
        """A chained comparison, and, or, not: each would lose a part, and is refused."""
        for chained in (lambda: 1 < X < 3, lambda: KEPT and KEPT, lambda: not KEPT):
            with pytest.raises(TypeError, match="combine conditions with &"):
                chained()

    @pytest.mark.parametrize(
        ("make", "said"),
        [
            (lambda: Column(" "), "name is ' '"),
            (lambda: X < HOUR, "than is datetime.timedelta(seconds=3600), allowed: a finite"),
            (lambda: X < NAN, "than is nan"),
            (lambda: X < True, "than is True"),
            (lambda: X.equals(None), "values is (None,)"),
            (lambda: X.equals(1.5), "values is (1.5,)"),
            (X.one_of, "values is ()"),
            (lambda: Elapsed("a", "b", unit=timedelta()), "allowed: a timedelta above zero"),
            (lambda: Within("a", "b", -HOUR), "allowed: a timedelta of zero or more"),
            (lambda: Per(X, 0), "by is 0"),
            (lambda: Per(X, True), "by is True"),  # noqa: FBT003 - refused
            (lambda: Plus((X,)), "allowed: two quantities or more"),
            (lambda: Share(X), "of is Column(name='x'), allowed: a condition"),
            (lambda: Mean(KEPT), "allowed: a quantity"),
            (lambda: Count(X), "allowed: a condition"),
            (lambda: Ratio(Mean(X), Count()), "allowed: a Count or a Total"),
            (lambda: Percentile(X, 90), "p is 90, allowed: a number from 0 to 1, such as 0.9"),
            (lambda: kpi(X), "measure is Column(name='x')"),
            (lambda: Period("a", "fortnight"), "length is 'fortnight'"),
            (lambda: Period("a", "day", "UTC"), "tz is 'UTC'"),
        ],
    )
    def test_what_cannot_be_is_refused(self, make, said):
        """A definition that cannot be is refused with what is wrong and what is allowed."""
        with pytest.raises(DefinitionError) as refused:
            make()
        assert said in str(refused.value)

    @pytest.mark.parametrize(
        "make", [lambda: KEPT & X, lambda: KEPT | 1, lambda: X + 1], ids=["and", "or", "plus"]
    )
    def test_only_like_pieces_combine(self, make):
        """Conditions combine with conditions, quantities with quantities."""
        with pytest.raises(TypeError, match="unsupported operand"):
            make()


class TestFigures:
    """What each measure comes to."""

    def test_as_a_user_types_it(self):
        """A share has its numerator, denominator, unknown rows and interval."""
        timely = Kpi(
            "timely",
            "Answered in time",
            Share(Column("timely").equals("Yes")),
            unit="share",
            better=Better.HIGHER,
        )
        rows = [{"timely": "Yes"}] * 8 + [{"timely": "No"}] * 2 + [{"timely": None}]
        m = measure([timely], rows, as_of=NOW)["timely"]
        assert (Fraction(4, 5), 8, 10, 1, 0) == (
            m.value,
            m.numerator,
            m.denominator,
            m.unknown,
            m.still_open,
        )
        assert "share of rows where timely is 'Yes'" == m.definition
        assert pytest.approx((0.490, 0.943), abs=5e-4) == (m.interval.low, m.interval.high)
        assert "Answered in time: 0.8 share (n 10, unknown 1, still open 0)" == str(m)

    def test_service_level_by_its_five_definitions(self):
        """One data set has five service levels, as published under 'Contact measures'."""
        answered = [
            {"answered": True, "late": place >= 860, "short": False} for place in range(1000)
        ]
        lost = [
            {"answered": False, "late": place >= 20, "short": place < 10} for place in range(60)
        ]
        was, late, short = (Column(name).is_true() for name in ("answered", "late", "short"))
        levels = {
            83.02: Share(~late),
            86.00: Share(~late, among=was),
            81.13: Share(was & ~late),
            82.69: Share(was & ~late, among=was | late),
            82.08: Share((was & ~late) | short),
        }
        for percent, level in levels.items():
            value = measured(level, *answered, *lost).value
            assert pytest.approx(percent, abs=0.005) == float(value * 100)

    def test_handle_time(self):
        """(5000 + 1000 + 2000) s over 100 handled contacts are 80 s."""
        rows = [{"talk": 50, "hold": 10, "after": 20}] * 100
        parts = Column("talk") + Column("hold") + Column("after")
        assert 80 == measured(Mean(parts), *rows).value
        assert 80 == measured(Ratio(Total(parts), Count()), *rows).value

    def test_per_thousand(self):
        """12 complaints over 38,000 orders are 6/19 per 1,000 orders."""
        what = Ratio(Total(Column("complaints")), Total(Per(Column("orders"), 1000)))
        m = measured(what, {"complaints": 5, "orders": 30_000}, {"complaints": 7, "orders": 8000})
        assert (Fraction(6, 19), 12, 38) == (m.value, m.numerator, m.denominator)

    def test_quotients_of_a_row(self):
        """A quantity per another is a float of each row, unknown by zero or by what is unknown."""
        rows = [{"a": 1, "b": 3}, {"a": 1, "b": 0}, {"a": None, "b": 1}, {"a": 1, "b": None}]
        m = measured(Mean(Per(Column("a"), Column("b"))), *rows)
        assert (1 / 3, 1, 3) == (m.value, m.n, m.unknown)
        assert measured(Count()).denominator is None

    def test_sums_of_unlike_parts(self):
        """Parts of a sum may be counted in different units; one unknown part makes it unknown."""
        parts = Per(Column("a"), 2) + Column("b")
        m = measured(Total(parts), {"a": 1, "b": Decimal("0.1")}, {"a": 1, "b": None})
        assert (Fraction(3, 5), 1, 1) == (m.value, m.n, m.unknown)
        assert 0.6 == measured(Total(parts), {"a": 1, "b": 0.1}).value
        assert Fraction(3, 2) == measured(Total(parts), {"a": 1, "b": 1}).value

    def test_nothing_gives_none(self):
        """Without rows there is nothing, and an empty denominator is no zero."""
        for what in (Share(KEPT), Mean(X), Total(X), Percentile(X, 0.5), Ratio(Count(), Count())):
            m = measured(what)
            assert (None, None) == (m.value, m.interval)
        assert 0 == measured(Count()).value
        assert measured(Total(X), {"x": None}).value is None
        assert measured(Ratio(Count(), Total(X)), {"x": 0}).value is None
        assert measured(Ratio(Count(), Total(X)), {"x": 0.0}).value is None
        assert "A KPI: nothing known units (n 0, unknown 0, still open 0)" == str(measured(Mean(X)))

    def test_exact_where_exact(self):
        """Whole numbers, decimals and fractions stay exact; one float makes a result a float."""
        assert Fraction(1, 3) == measured(Mean(X), *column(1, 0, 0)).value
        assert Fraction(3, 10) == measured(Total(X), *column(Decimal("0.1"), Decimal("0.2"))).value
        assert isinstance(measured(Total(X), *column(0.5, Fraction(1, 2))).value, float)
        assert 1.0 == measured(Total(X), *column(*[0.1] * 10)).value
        assert isinstance(measured(Total(X), *column(2**80, 1)).value, int)
        for ratio in (Ratio(Total(X), Count()), Ratio(Count(), Total(X))):
            assert isinstance(measured(ratio, *column(0.5)).value, float)

    def test_ratio_takes_both_sides_from_the_same_rows(self):
        """A row that knows only one side counts for neither, so that no rate passes 100 %."""
        what = Ratio(Total(Column("back")), Total(Column("sold")))
        m = measured(what, {"back": 3, "sold": 10}, {"back": 9, "sold": None})
        assert (Fraction(3, 10), 1, 1) == (m.value, m.n, m.unknown)

    def test_ratio_of_what_only_some_rows_are_asked(self):
        """A row that one side does not ask for brings nothing to that side."""
        what = Ratio(Total(X, among=Column("y").equals("a")), Count())
        m = measured(what, {"x": 3, "y": "a"}, {"x": 5, "y": "b"}, {"x": None, "y": "b"})
        assert (1, 3, 3) == (m.value, m.numerator, m.denominator)

    def test_ratio_of_what_a_row_is_not_asked_at_all(self):
        """A row that neither side asks for does not count; one that one side asks for does."""
        asked = Column("y").equals("a")
        rows = [{"x": 3, "y": "a"}, {"x": None, "y": "b"}]
        both = measured(Ratio(Total(X, among=asked), Total(X, among=asked)), *rows)
        assert (1, 1, 0) == (both.value, both.n, both.unknown)
        one = measured(Ratio(Count(), Total(X, among=asked)), *rows)
        assert (Fraction(2, 3), 2, 0) == (one.value, one.n, one.unknown)

    def test_among_whom_is_unknown(self):
        """A row that may or may not belong to those asked is unknown."""
        m = measured(Share(KEPT, among=Column("y").equals("a")), {"x": True, "y": None})
        assert (None, 0, 1) == (m.value, m.n, m.unknown)

    def test_percentiles(self):
        """Type 7 interpolates, nearest rank does not; 0.7 of ten values is the seventh."""
        rows = column(*range(10, 101, 10))
        nearest = Percentile(X, 0.7, method=Method.NEAREST_RANK)
        assert Fraction(73) == measured(Percentile(X, 0.7), *rows).value
        assert 70 == measured(nearest, *rows).value
        assert 10 == measured(Percentile(X, 0), *rows).value
        assert (None, 10) == (
            measured(nearest, *rows).numerator,
            measured(nearest, *rows).denominator,
        )
        assert 0.25 == measured(Percentile(X, 0.5), *column(0.0, 0.5)).value
        assert Fraction(1, 2) == measured(Percentile(X, 0.5), *column(Decimal(0), 1)).value
        assert 2**70 == measured(Percentile(X, 1), *column(1, 2**70)).value

    def test_percentiles_of_unlike_rows(self):
        """Percentiles of other columns, or among other rows, are each of their own values."""
        of = [Percentile(X, 0.5), Percentile(Column("y"), 0.5), Percentile(X, 0.5, among=X > 1)]
        kpis = [attrs.evolve(kpi(what), key=str(what)) for what in of]
        found = measure(kpis, [{"x": 1, "y": 5}, {"x": 3, "y": 5}], as_of=NOW)
        assert [2, 5, 3] == [one.value for one in found.values()]

    def test_interval_of_a_percentile(self):
        """Between the 2nd and the 9th of ten values lies the median (Conover, table A3)."""
        interval = measured(Percentile(X, 0.5), *column(*range(1, 11))).interval
        assert (2, 9) == (interval.low, interval.high)
        assert measured(Percentile(X, 0.9), *column(1, 2)).interval is None
        for p in (0, 1):
            assert measured(Percentile(X, p), *column(*range(1000))).interval is None

    def test_ranks_where_much_may_be_left_out(self):
        """Both of two values lie on their own side of the median in three cases of four."""
        assert (1, 2) == ranks(2, 0.5, 0.25)

    @pytest.mark.parametrize(
        ("n", "p"), [(6, 0.5), (17, 0.5), (100, 0.9), (1000, 0.99), (5000, 0.1)]
    )
    def test_ranks_leave_out_what_they_may(self, n, p):
        """The ranks are the innermost with at most 2.5 % of the binomial beyond them."""
        binomial = pytest.importorskip("scipy.stats").binom(n, p)
        low, high = ranks(n, p)
        assert binomial.cdf(low - 1) <= 0.025 < binomial.cdf(low)
        assert binomial.sf(high - 1) <= 0.025 < binomial.sf(high - 2)

    def test_interval_of_a_mean(self):
        """Student's t: 4 +- 4.303 / sqrt(3) of the values 3, 4, 5; none of one value."""
        interval = measured(Mean(X), *column(3, 4, 5)).interval
        assert pytest.approx((1.516, 6.484), abs=5e-4) == (interval.low, interval.high)
        assert measured(Mean(X), *column(3)).interval is None

    def test_interval_of_a_mean_of_close_floats(self):
        """A spread that is small next to the values is not lost in rounding."""
        rows = column(1e9, 1e9 + 1, 1e9 + 2)
        interval = measured(Mean(X), *rows).interval
        assert pytest.approx(2.4841, abs=5e-4) == interval.high - 1e9 - 1


class TestWhatRowsHold:
    """Rows are any objects or mappings, and what they hold is read strictly."""

    @pytest.mark.parametrize("unknown", [None, NAN, Decimal("NaN")])
    def test_unknown(self, unknown):
        """None and not-a-number are unknown, for every kind of question."""
        rows = column(1, unknown)
        for what in (Mean(X), Share(X > 0), Share(X.equals(1)), Percentile(X, 0.5)):
            m = measured(what, *rows)
            assert (1, 1) == (m.n, m.unknown)
        assert (1, 2) == (measured(Share(X.known()), *rows).numerator, 2)

    def test_unknown_flags(self):
        """A flag may be None or not-a-number as well."""
        m = measured(Share(KEPT), *column(*YES, NAN, None))
        assert (1, 2) == (m.n, m.unknown)

    def test_a_flag_is_no_number(self):
        """True equals True, not 1; it is neither added up nor compared."""
        rows = column(*YES, 1, "1", None)
        assert 1 == measured(Count(X.equals(True)), *rows).value  # noqa: FBT003 - see above
        assert 1 == measured(Count(X.equals(1)), *rows).value
        assert 2 == measured(Count(X.equals(1)), *column(1, Decimal(1), "1")).value
        with pytest.raises(
            RecordError, match="x is True, allowed: a finite number that is no flag"
        ):
            measured(Total(X), *column(*YES))

    def test_terms_are_their_text(self):
        """A member of an enumeration is its value."""

        class Mood(Enum):
            GOOD = "good"

        class Level(IntEnum):
            TOP = 3

        assert 2 == measured(Count(X.equals("good")), *column(Mood.GOOD, "good", "bad")).value
        assert 1 == measured(Count(X.equals(Mood.GOOD)), *column("good")).value
        assert 1 == measured(Count(X.equals("phone")), *column(Channel.PHONE)).value
        assert 3 == measured(Total(X), *column(Level.TOP)).value
        groups = measure([kpi(Count())], column(Mood.GOOD, "good"), as_of=NOW, by="x")
        assert {"good": 2} == {group: one["k"].value for group, one in groups.items()}

    def test_what_cannot_be_a_key_equals_nothing(self):
        """A list in a column is simply another value."""
        assert 1 == measured(Count(X.equals("a")), *column(["a"], "a")).value
        assert 1 == measured(Count(X.known()), *column(["a"])).value

    def test_numbers_of_other_libraries(self):
        """NumPy's numbers are numbers."""
        numpy = pytest.importorskip("numpy")
        rows = column(numpy.int64(2), numpy.float32(0.5))
        assert 2.5 == measured(Total(X), *rows).value

    def test_objects_mappings_and_generators(self):
        """Objects with and without slots, mappings of any kind, and generators are all rows."""

        @attrs.frozen
        class Row:
            x: int

        rows = [Row(1), SimpleNamespace(x=2), {"x": 3}, MappingProxyType({"x": 4}), Counter(x=5)]
        assert 15 == measured(Total(X), *rows).value
        assert 3 == measure([kpi(Total(X))], (row for row in rows[:2]), as_of=NOW)["k"].value

    def test_a_column_of_a_mapping_is_no_attribute(self):
        """A column may be called as the methods of mappings are."""
        assert 3 == measured(Total(Column("values")), MappingProxyType({"values": 3})).value

    @pytest.mark.parametrize(
        "row", [{"y": 1}, SimpleNamespace(y=1), Counter(y=1), defaultdict(int), {}]
    )
    def test_a_missing_column_is_an_error(self, row):
        """A row without a column is refused with KPI and column, and is no zero."""
        with pytest.raises(
            RecordError, match="KPI k: x is missing, allowed: a column of every row"
        ):
            measured(Total(X), {"x": 1}, row)
        with pytest.raises(RecordError, match="by: x is missing"):
            measure([kpi(Count())], [row], as_of=NOW, by="x")

    @pytest.mark.parametrize(
        ("what", "value", "said"),
        [
            (Total(X), "3", "x is '3', allowed: a finite number"),
            (Mean(X), float("inf"), "x is inf, allowed: a finite number"),
            (Mean(X), Decimal("Infinity"), r"x is Decimal\('Infinity'\), allowed: a finite"),
            (Mean(X), 1j, "x is 1j, allowed: a finite number"),
            (Share(KEPT), "Yes", "x is 'Yes', allowed: True, False, or None"),
            (Share(KEPT), 1, "x is 1, allowed: True, False, or None"),
            (Mean(Elapsed("x", "x")), datetime(2026, 5, 4), "x is datetime.*UTC offset"),  # noqa: DTZ001 - refused
            (Mean(Elapsed("x", "x")), "2026-05-04", "x is '2026-05-04', allowed: an instant"),
            (Share(Within("x", "x", DAY)), 5, "x is 5, allowed: an instant"),
            (Share(X.known()), datetime(2026, 5, 4), "x is datetime.*UTC offset"),  # noqa: DTZ001 - refused
        ],
    )
    def test_what_cannot_be_read_is_refused(self, what, value, said):
        """What cannot be read is refused with KPI, column, value and what is allowed."""
        with pytest.raises(RecordError, match=f"^KPI k: {said}"):
            measured(what, {"x": value})

    def test_as_of_is_an_instant(self):
        """A naive instant to measure at is refused by name."""
        with pytest.raises(RecordError, match="as_of is"):
            measure([], [], as_of=datetime(2026, 5, 4))  # noqa: DTZ001 - refused

    def test_keys_are_unique(self):
        """Two KPIs of one key cannot be told apart."""
        kpis = [attrs.evolve(kpi(Count()), key="j"), kpi(Count()), kpi(Total(X))]
        with pytest.raises(
            DefinitionError, match=r"^measure: kpis is 'k', allowed: each key once$"
        ):
            measure(kpis, [], as_of=NOW)

    def test_numbers_as_written(self):
        """0.3 is three tenths to exact numbers, and to floats the float that it is."""
        for value in (0.3, Decimal("0.3"), Fraction(3, 10)):
            assert 1 == measured(Count(X <= 0.3), *column(value)).value
            assert 1 == measured(Count(X >= 0.3), *column(value)).value
            assert 0 == measured(Count(X < 0.3), *column(value)).value
            assert 0 == measured(Count(X > 0.3), *column(value)).value
        assert 1 == measured(Count(X < 10**400), *column(0.5)).value


class TestTime:
    """Time is real time, and nothing is known of what lies ahead."""

    def test_elapsed_is_real_time(self):
        """Across the end of summer time the same clock reading is an hour more."""
        berlin = ZoneInfo("Europe/Berlin")
        row = {
            "a": datetime(2025, 10, 26, 0, tzinfo=berlin),
            "b": datetime(2025, 10, 26, 12, tzinfo=berlin),
        }
        assert 13 == measured(Mean(Elapsed("a", "b", unit=HOUR)), row).value

    def test_what_lies_ahead_is_unknown(self):
        """An instant after as_of has not happened: neither measured nor known."""
        row = {"a": NOW - HOUR, "b": NOW + HOUR}
        assert (0, 1) == (
            measured(Mean(Elapsed("a", "b")), row).n,
            measured(Mean(Elapsed("a", "b")), row).unknown,
        )
        known = Share(Column("b").known())
        assert 0 == measured(known, row).value
        assert 1 == measured(known, row, as_of=NOW + HOUR).value

    def test_an_end_before_the_start_is_below_zero(self):
        """Elapsed has a sign."""
        row = {"a": NOW, "b": NOW - HOUR}
        assert -3600 == measured(Mean(Elapsed("a", "b")), row).value
        assert 1 == measured(Share(Elapsed("a", "b") < 0), row).value

    @pytest.mark.parametrize(
        ("age", "answer", "expected"),
        [
            (DAY, DAY, (1, 1, 0)),
            (DAY, DAY + timedelta(microseconds=1), (0, 1, 0)),
            (DAY, None, (0, 1, 0)),
            (DAY, -HOUR, (1, 1, 0)),
            (DAY - timedelta(microseconds=1), HOUR, (0, 0, 1)),
            (DAY - timedelta(microseconds=1), None, (0, 0, 1)),
            (-HOUR, None, (0, 0, 1)),
            (40 * DAY, 39 * DAY, (0, 1, 0)),
        ],
    )
    def test_within(self, age, answer, expected):
        """A row is decided once its window has closed; at the limit itself it is met."""
        begun = NOW - age
        row = {"a": begun, "b": None if answer is None else begun + answer}
        m = measured(Share(Within("a", "b", DAY)), row)
        assert expected == (m.numerator, m.n, m.still_open)

    def test_within_without_start_is_unknown(self):
        """Without a start there is no window."""
        m = measured(Share(Within("a", "b", DAY)), {"a": None, "b": NOW})
        assert (0, 1, 0) == (m.n, m.unknown, m.still_open)

    def test_a_due_instant_kept(self):
        """A limit of zero asks whether something was done when it was due, or earlier."""
        kept = Share(Within("due", "done", timedelta()))
        rows = [
            {"due": NOW - HOUR, "done": NOW - 2 * HOUR},
            {"due": NOW - HOUR, "done": NOW},
            {"due": NOW + HOUR, "done": NOW},
        ]
        m = measured(kept, *rows)
        assert (Fraction(1, 2), 1) == (m.value, m.still_open)

    def test_an_open_window_leaves_the_whole_row_out(self):
        """Also what could be told already waits, or quick answers would count before slow ones."""
        row = {"a": NOW - HOUR, "b": NOW, "x": False}
        window = Within("a", "b", DAY)
        for what in (Share(window & KEPT), Share(window | ~KEPT), Share(KEPT, among=window)):
            m = measured(what, row)
            assert (0, 1) == (m.n, m.still_open)

    def test_who_is_not_asked_is_not_open(self):
        """The window of a row that is not among those asked does not matter."""
        m = measured(Share(Within("a", "b", DAY), among=KEPT), {"a": NOW, "b": None, "x": False})
        assert (0, 0, 0) == (m.n, m.unknown, m.still_open)

    def test_ratio_with_an_open_side(self):
        """A ratio waits for the windows on both of its sides."""
        what = Ratio(Count(Within("a", "b", DAY)), Total(X))
        m = measured(what, {"a": NOW, "b": None, "x": None}, {"a": NOW - DAY, "b": NOW, "x": 2})
        assert (Fraction(1, 2), 1, 1) == (m.value, m.n, m.still_open)

    def test_dates(self):
        """Dates are counted in whole days, and a date's window closes when its last day is over."""
        today = NOW.date()
        row = {"a": today - 3 * DAY, "b": today}
        assert 3 == measured(Mean(Elapsed("a", "b", unit=DAY)), row).value
        window = Share(Within("a", "b", 3 * DAY))
        assert 1 == measured(window, row).still_open
        assert 1 == measured(window, row, as_of=NOW + DAY).value
        assert 1 == measured(Mean(Elapsed("a", "b")), row, as_of=NOW - DAY).unknown
        shorter = Within("a", "b", 3 * DAY - timedelta(microseconds=1))
        assert 0 == measured(Share(shorter), row).value

    def test_today_is_the_date_where_it_is_measured(self):
        """A date has come when it is today by the clock of as_of, though not yet in UTC."""
        ahead = datetime(2026, 5, 5, 2, tzinfo=timezone(14 * HOUR))
        row = {"a": date(2026, 5, 4), "b": date(2026, 5, 5)}
        assert 1 == measured(Mean(Elapsed("a", "b", unit=DAY)), row, as_of=ahead).value
        assert 1 == measured(Share(Column("b").known()), row, as_of=ahead).value

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            (
                {"a": date(2026, 5, 1), "b": NOW},
                r"b is datetime\.datetime.*, allowed: a date, like a",
            ),
            (
                {"a": NOW, "b": date(2026, 5, 1)},
                r"b is datetime\.date\(.*, allowed: an instant, like a",
            ),
        ],
    )
    def test_dates_and_instants_do_not_mix(self, row, said):
        """From a date to an instant no time can be told."""
        for what in (Mean(Elapsed("a", "b")), Share(Within("a", "b", DAY))):
            with pytest.raises(RecordError, match=said):
                measured(what, {"a": None, "b": None}, row)

    def test_one_column_holds_one_kind(self):
        """Dates and instants in one column are refused, and the first instant is named."""
        said = r"x is datetime\.datetime.*one column holds one kind"
        with pytest.raises(RecordError, match=said):
            measured(Mean(Elapsed("x", "x")), *column(NOW.date(), NOW))

    def test_subclasses_of_datetime(self):
        """Pandas' Timestamp is an instant, its NaT is unknown."""
        pandas = pytest.importorskip("pandas")
        rows = [
            {"a": pandas.Timestamp(NOW), "b": pandas.Timestamp(NOW) + pandas.Timedelta(hours=1)},
            {"a": pandas.Timestamp(NOW), "b": pandas.NaT},
        ]
        m = measured(Mean(Elapsed("a", "b", unit=HOUR)), *rows, as_of=NOW + DAY)
        assert (1, 1) == (m.value, m.unknown)


class TestGroups:
    """Rows by group."""

    def test_by_column(self):
        """Each group has its measurements; rows that do not know theirs are under None, last."""
        rows = [{"g": "b", "x": 1}, {"g": None, "x": 2}, {"g": "a", "x": 3}, {"g": NAN, "x": 4}]
        found = measure([kpi(Total(X))], rows, as_of=NOW, by="g")
        assert [("a", 3), ("b", 1), (None, 6)] == [(g, one["k"].value) for g, one in found.items()]
        assert "Groups by g ('a', 'b', None)" == repr(found)
        assert "a\nA KPI: 3 units (n 1, unknown 0, still open 0)" == "\n".join(
            str(found).splitlines()[:2]
        )
        assert 6 == len(str(found).splitlines())
        assert "Measurements(k)" == repr(found["a"])

    def test_by_period(self):
        """Months are those of the zone: 23:30 in UTC on the 30th is the 1st in Helsinki."""
        at = datetime(2026, 4, 30, 23, 30, tzinfo=UTC)
        rows = [{"at": at}, {"at": at - HOUR * 3}, {"at": None}]
        by = Period("at", "month", ZoneInfo("Europe/Helsinki"))
        found = measure([kpi(Count())], rows, as_of=NOW, by=by)
        assert ["2026-04", "2026-05", None] == list(found)
        assert [None] == list(measure([kpi(Count())], rows[2:], as_of=NOW, by=by))

    @pytest.mark.parametrize("day", [date(2026, 5, 1), date(1970, 1, 1), date(1970, 1, 2)])
    @pytest.mark.parametrize("offset", [timedelta(minutes=7), timedelta(microseconds=1)])
    def test_a_quarter_of_an_hour_may_fall_in_two_periods(self, day, offset):
        """Where clocks stood at odd minutes, a period begins between quarters of an hour."""
        odd = timezone(offset)
        midnight = datetime.combine(day, time(), odd)
        rows = [{"at": midnight}, {"at": midnight - timedelta(microseconds=1)}]
        found = measure([kpi(Count())], rows, as_of=NOW, by=Period("at", Length.DAY, odd))
        assert [str(day - DAY), str(day)] == list(found)

    def test_by_period_of_dates(self):
        """Dates need no zone."""
        rows = [{"at": date(2026, 5, 4)}, {"at": None}, {"at": date(2026, 12, 31)}]
        for length, names in {
            "day": ["2026-05-04", "2026-12-31", None],
            "week": ["2026-W19", "2026-W53", None],
            "month": ["2026-05", "2026-12", None],
            "quarter": ["2026-Q2", "2026-Q4", None],
            "year": ["2026", None],
        }.items():
            found = measure([kpi(Count())], rows, as_of=NOW, by=Period("at", length))
            assert names == list(found)
            assert f"{length} of at" == found.by

    def test_instants_need_a_zone(self):
        """Which day an instant falls in depends on where the clock hangs."""
        rows = [{"at": at} for at in (None, NAN, NOW)]
        said = r"^by: at is datetime.*, allowed: a date, or a Period with the zone it is in$"
        with pytest.raises(RecordError, match=said):
            measure([], rows, as_of=NOW, by=Period("at", "day"))

    def test_by_several(self):
        """Several give tuples."""
        rows = [{"g": "a", "at": NOW}, {"g": "a", "at": NOW - 9 * DAY}]
        found = measure([kpi(Count())], rows, as_of=NOW, by=["g", Period("at", "week", UTC)])
        assert [("a", "2026-W17"), ("a", "2026-W19")] == list(found)
        assert "g, week of at in UTC" == found.by


class TestComparing:
    """Measurements are compared and added only with their like."""

    def test_order_by_value(self):
        """Measurements of one definition are ordered by value, whatever the KPIs are called."""
        low, high = (measured(Share(KEPT), *column(*flags)) for flags in ([False], [True]))
        named = Kpi("other", "Another name", Share(KEPT), unit="units", better=Better.HIGHER)
        alike = measure([named], column(*YES), as_of=NOW)["other"]
        assert low < high
        assert low <= high
        assert high > low
        assert not low >= alike
        assert not high < alike
        assert high <= alike

    @pytest.mark.parametrize(
        "compare",
        [lambda a, b: a < b, lambda a, b: a >= b, lambda a, b: a + b],
        ids=["below", "at least", "plus"],
    )
    def test_other_definitions_are_refused(self, compare):
        """Another measure or another unit is another definition."""
        mean = measured(Mean(X), *column(1))
        for other in (
            measured(Percentile(X, 0.5), *column(1)),
            measure([kpi(Mean(X), "s")], column(1), as_of=NOW)["k"],
        ):
            with pytest.raises(DefinitionError, match="comparison: definition is"):
                compare(mean, other)
            assert mean != other

    def test_nothing_is_not_compared(self):
        """A measurement without a value is neither more nor less."""
        with pytest.raises(DefinitionError, match="value is None, allowed: a value on both sides"):
            measured(Mean(X)) < measured(Mean(X), *column(1))  # noqa: B015 - it raises

    def test_parts_are_of_one_measuring(self):
        """Parts add up if they have the same KPIs, the same instant and the same grouping."""
        now, later = (measured(Count(), {}, as_of=at) for at in (NOW, NOW + HOUR))
        with pytest.raises(DefinitionError, match="as_of is"):
            now + later
        a, b, c, d = (attrs.evolve(kpi(Count()), key=key) for key in "abcd")
        with pytest.raises(DefinitionError, match="KPIs is c, d, allowed: a, b, like the part"):
            measure([a, b], [], as_of=NOW) + measure([c, d], [], as_of=NOW)
        with pytest.raises(DefinitionError, match="by is y, allowed: x"):
            measure([], [], as_of=NOW, by="x") + measure([], [], as_of=NOW, by="y")

    def test_parts_with_other_divisors_add_up(self):
        """Values are the same however each part could keep them: whole, as floats, as fractions."""
        what = [kpi(Percentile(X, 0.5))]
        for parts in (
            [column(2**62), column(Decimal("0.001"))],
            [column(0.5), column(1)],
            [column(Decimal("0.1")), column(Fraction(1, 4))],
            [column(0.1), column(Fraction(1, 3))],
        ):
            first, last = (measure(what, part, as_of=NOW) for part in parts)
            whole = measure(what, parts[0] + parts[1], as_of=NOW)
            assert whole == first + last
            assert whole["k"].value == (first + last)["k"].value

    def test_ratios_with_other_divisors_add_up(self):
        """Both sides of a ratio may be counted in other units in each part."""
        what = Ratio(Total(X), Total(Column("y")))
        rows = [{"x": 1, "y": Decimal("0.5")}, {"x": Decimal("0.1"), "y": Decimal("0.25")}]
        first, last = (measured(what, row) for row in rows)
        assert (Fraction(11, 10), Fraction(3, 4)) == (
            (first + last).numerator,
            (first + last).denominator,
        )

    def test_equal_by_what_they_rest_on(self):
        """Measurements of other counts, or of other values behind a percentile, are not equal."""
        assert measured(Count(), {}) != measured(Count(), {}, {})
        assert measured(Percentile(X, 0), *column(1, 2)) != measured(
            Percentile(X, 0), *column(1, 3)
        )

    def test_only_sums_that_can_be(self):
        """A measurement of sums that its KPI cannot come to is refused, and a wrong key as well."""
        one = measured(Count(), {})
        with pytest.raises(
            RecordError, match=r"^Measurement: tally is .* sums that number of rows"
        ):
            attrs.evolve(one, tally=measured(Mean(X), *column(-2)).tally)
        with pytest.raises(
            RecordError, match=r"^Measurements: by_key is 'other', allowed: the keys"
        ):
            Measurements({"other": one})

    @pytest.mark.parametrize(
        "operate",
        [lambda a: a < 1, lambda a: a <= 1, lambda a: a + 1],
        ids=["below", "at most", "plus"],
    )
    def test_only_measurements(self, operate):
        """A number is no measurement."""
        with pytest.raises(TypeError):
            operate(measured(Count(), {}))

    def test_groups_of_parts_add_up(self):
        """Groups add up group by group, in order; one that a part lacks is as the other has it."""
        parts = [[{"g": "b", "x": 1}], [{"g": "a", "x": 2}, {"g": "b", "x": 3}]]
        first, last = (measure([kpi(Mean(X))], part, as_of=NOW, by="g") for part in parts)
        whole = measure([kpi(Mean(X))], parts[0] + parts[1], as_of=NOW, by="g")
        assert whole == first + last
        assert hash(whole) == hash(first + last)
        assert [("a", 2), ("b", 2)] == [(g, one["k"].value) for g, one in (first + last).items()]
        assert [None] == [measured(Count(), {}).interval]

    def test_only_parts(self):
        """Measurements and groups add up with their like only."""
        for found in (measure([], [], as_of=NOW), measure([], [], as_of=NOW, by="x")):
            with pytest.raises(TypeError):
                found + 1
            assert found != 1
            assert found == pickle.loads(pickle.dumps(found))
            assert hash(found) == hash(pickle.loads(pickle.dumps(found)))
        assert (measured(Count()).tally == 1) is False


class TestMemory:
    """What a pass keeps."""

    def kept(self, what, n, make=int):
        """Measure what a pass over n generated rows leaves, and its peak, in bytes."""
        rows = ({"x": make(number)} for number in range(n))
        tracemalloc.start()
        found = measure([kpi(what)], rows, as_of=NOW)
        kept, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert n == found["k"].n
        return kept, peak

    def test_sums_keep_nothing(self):
        """Sums leave nothing behind, and their pass needs no more for four times the rows."""
        kept, peak = self.kept(Mean(X), 2**16)
        kept_of_more, peak_of_more = self.kept(Mean(X), 2**18)
        assert max(kept, kept_of_more) < 50_000
        assert peak_of_more < 1.1 * peak

    @pytest.mark.parametrize("make", [int, lambda number: number / 7], ids=["whole", "floats"])
    def test_percentiles_keep_eight_bytes_per_value(self, make):
        """A percentile leaves its values, eight bytes each, whether whole numbers or floats."""
        kept, _ = self.kept(Percentile(X, 0.5), 2**17, make)
        assert 8 * 2**17 <= kept < 9.5 * 2**17


def test_read_from_csv():
    """Rows as the csv module gives them are rows."""
    rows = csv.DictReader(["timely,channel", "Yes,phone", "No,web", "Yes,web"])
    found = measure([kpi(Share(Column("timely").equals("Yes")))], rows, as_of=NOW, by="channel")
    assert {"phone": 1, "web": Fraction(1, 2)} == {g: one["k"].value for g, one in found.items()}


class TestBeyondFloats:
    """What no float can hold."""

    NOW = datetime(2026, 5, 4, tzinfo=UTC)

    def measured(self, measure_of, rows):
        """Measure one KPI."""
        kpi = Kpi("k", "Sum", measure_of, "points", Better.HIGHER)
        return measure([kpi], rows, as_of=self.NOW)["k"]

    def test_a_total_stays_exact(self):
        """A total that no float can hold is given exactly, and said in short."""
        found = self.measured(Total(Column("n")), [{"n": 1.5e308}, {"n": 1e308}])
        assert int(1.5e308) + int(1e308) == found.value
        assert "Sum: beyond 1.8e+308 points (n 2, unknown 0, still open 0)" == str(found)

    def test_a_quotient_is_unknown(self):
        """A quotient of two quantities that no float can hold is unknown."""
        rows = [{"n": 1, "by": 5e-324}, {"n": 3, "by": 2}]
        found = self.measured(Mean(Per(Column("n"), Column("by"))), rows)
        assert (1.5, 1, 1) == (found.value, found.n, found.unknown)
