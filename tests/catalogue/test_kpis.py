"""The key figures of the catalogue, each on rows whose result one can see."""

import importlib
import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from servicekit.catalogue import kpis
from servicekit.complaint import Channel, Complaint, Customer
from servicekit.errors import RecordError
from servicekit.kpi import Better, Column, Kpi, Measurement, Total, measure
from servicekit.money import Money, Totals
from servicekit.register import (
    Contact,
    Entry,
    Operations,
    columns,
    entries,
    entry,
    promise_entries,
)
from servicekit.resolution import (
    Acknowledgement,
    Case,
    Promise,
    PromiseKept,
    PromiseStatus,
    Stage,
    Step,
)
from servicekit.worktime import WorkCalendar

MONDAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
SERVICE_LEVELS = json.loads(
    (Path(__file__).parents[1] / "vectors/service_levels.json").read_text("utf-8")
)


def at(hours: float) -> datetime:
    """Give the instant so many hours after the start."""
    return MONDAY + timedelta(hours=hours)


def measured(kpi: Kpi, rows, as_of: float = 10_000) -> Measurement:
    """Measure one KPI."""
    return measure([kpi], rows, as_of=at(as_of))[kpi.key]


def contact(**changes) -> Contact:
    """Make a phone call; times are in seconds after the start."""
    given = {
        name: at(value / 3600) if name.endswith("_at") else value for name, value in changes.items()
    }
    return Contact("1", Channel.PHONE, **{"queued_at": at(0)} | given)


def case(*steps: Step, received: float = 0, channel: Channel = Channel.EMAIL) -> Case:
    """Make a case."""
    complaint = Complaint(
        f"C-{received}",
        Customer("Aino"),
        channel=channel,
        received_at=at(received),
        received_by="Mika",
        concern="Leaks",
    )
    return Case(complaint, steps)


ROW = entry(case(), as_of=at(10_000))


def row(**changes) -> Entry:
    """Make an entry; times are in hours after the start."""
    timed = {
        name: at(value) if isinstance(value, (int, float)) and name.endswith("_at") else value
        for name, value in changes.items()
    }
    if "received_at" in timed:
        timed["clock_started_at"] = timed["received_at"]
    return attrs.evolve(ROW, **timed)


def answered(hours: float, received: float = 0, channel: Channel = Channel.EMAIL) -> Entry:
    """Make an entry of a case that was answered so many hours after its receipt."""
    return row(received_at=received, first_response_at=received + hours, channel=channel)


class TestCatalogue:
    """What holds for every KPI."""

    @pytest.mark.parametrize("kpi", kpis.EVERY, ids=lambda kpi: kpi.key)
    def test_says_what_it_is_and_where_it_comes_from(self, kpi):
        """Each has a source, and a definition that reads as a sentence."""
        assert kpi.source
        assert len(str(kpi)) > len("mean of")

    def test_keys_and_titles_are_used_once(self):
        """Nothing in the catalogue can be taken for something else."""
        made = [
            kpis.responded_within(timedelta(hours=4)),
            kpis.responded_within_working(timedelta(hours=4)),
            kpis.resolved_within(timedelta(days=15)),
            kpis.resolved_within_working(timedelta(days=15)),
            kpis.compensation_per_case("EUR"),
            kpis.total_compensation("EUR"),
            kpis.goodwill_per_case("EUR"),
            kpis.refunded_revenue("EUR", timedelta(days=30)),
        ]
        every = [*kpis.EVERY, *made]
        assert len(every) == len({kpi.key for kpi in every}) == len({kpi.title for kpi in every})
        assert len(every) == len({(str(kpi), kpi.unit) for kpi in every})

    def test_every_constant_is_listed(self):
        """``EVERY`` holds each constant of the module, and each group is part of it."""
        constants = {name for name, value in vars(kpis).items() if isinstance(value, Kpi)}
        assert len(kpis.EVERY) == len(constants)
        assert constants | {"EVERY"} <= set(kpis.__all__)

    @pytest.mark.parametrize(
        ("group", "rows"),
        [
            ("COMPLAINTS", [ROW]),
            ("CARE", [ROW]),
            ("CONTACTS", [contact()]),
            ("OPERATIONS", [Operations(at(0), at(1))]),
            (
                "PROMISES",
                promise_entries(
                    [case(Promise("a", "Call", due=at(2), at=at(1), by="M"))], as_of=at(9)
                ),
            ),
        ],
    )
    def test_rows_have_the_columns(self, group, rows):
        """The rows of the register have every column of their group, as a table too."""
        table = columns(rows)
        for kpi in getattr(kpis, group):
            assert set(kpi.columns) <= set(table)
            assert measured(kpi, rows).as_of == at(10_000)

    def test_limits_are_part_of_the_key(self):
        """Two limits are two KPIs."""
        day, days = timedelta(hours=24), timedelta(days=5)
        assert kpis.written_answered_within(day) == kpis.WRITTEN_ANSWERED_IN_24_HOURS
        assert kpis.resolved_within(days).key == "resolved_within_5_days"


class TestServiceLevels:
    """Five service levels on the published data set."""

    CALLS = (
        [contact(answered_at=20)] * 860
        + [contact(answered_at=20.5)] * 140
        + [contact(abandoned_at=5)] * 10
        + [contact(abandoned_at=20)] * 10
        + [contact(abandoned_at=21)] * 40
    )

    @pytest.mark.parametrize(
        "kpi", [k for k in kpis.CONTACTS if "service_level" in k.key], ids=lambda k: k.key
    )
    def test_published(self, kpi):
        """Each formula gives its published figure."""
        found = measured(kpi, self.CALLS)
        assert SERVICE_LEVELS["levels"][kpi.key] == [found.numerator, found.denominator]
        assert SERVICE_LEVELS["per_cent"][kpi.key] == f"{float(found.value) * 100:.2f}"

    def test_all_five_are_there(self):
        """No formula is missing."""
        assert set(SERVICE_LEVELS["levels"]) <= {kpi.key for kpi in kpis.CONTACTS}

    def test_who_still_waits_beyond_the_limit_is_a_miss(self):
        """A call that nobody answers counts against the level, not only once it is abandoned."""
        waiting = [contact(answered_at=5), contact(queued_at=0)]
        assert measured(kpis.SERVICE_LEVEL_ANSWERED_OF_OFFERED, waiting).value == Fraction(1, 2)

    def test_a_young_call_is_neither(self):
        """Within the limit a call is open, answered or not."""
        young = [contact(answered_at=3), contact(queued_at=0)]
        found = measured(kpis.SERVICE_LEVEL_ANSWERED_OF_OFFERED, young, as_of=10 / 3600)
        assert (None, 2) == (found.value, found.still_open)

    def test_abandonment(self):
        """60 of 1,060 leave; without the 10 who leave within 5 s it is 50 of 1,050."""
        assert measured(kpis.ABANDONED, self.CALLS).value == Fraction(60, 1060)
        assert measured(kpis.ABANDONED_WITHOUT_SHORT, self.CALLS).value == Fraction(50, 1050)
        assert measured(kpis.ANSWERED, self.CALLS).value == Fraction(1000, 1060)


class TestContacts:
    """Waiting, handling, and whether it helped."""

    DELAYS = tuple(contact(answered_at=seconds) for seconds in range(0, 101, 10))

    def test_answer_delay(self):
        """The waiting of those answered: 0, 10, ... 100 s."""
        rows = [*self.DELAYS, contact(abandoned_at=500)]
        assert measured(kpis.ANSWER_DELAY_MEAN, rows).value == 50
        assert measured(kpis.ANSWER_DELAY_MEDIAN, rows).value == 50
        assert measured(kpis.ANSWER_DELAY_P90, rows).value == 90
        assert measured(kpis.ANSWER_DELAY_MEAN, rows).unknown == 0

    def test_handle_time(self):
        """5,000 s of talk, 1,000 s on hold and 2,000 s of work after, over 100, are 80 s."""
        calls = [
            contact(
                answered_at=10,
                ended_at=70,
                hold=timedelta(seconds=10),
                after_call_work=timedelta(seconds=20),
            )
        ] * 100
        assert measured(kpis.HANDLE_TIME, calls).value == 80
        unknown = contact(answered_at=10, ended_at=70)
        assert measured(kpis.HANDLE_TIME, [*calls, unknown]).unknown == 1

    def test_first_contact_resolution_by_word(self):
        """By flag or by answer, of first contacts; who was not asked is unknown."""
        calls = [
            contact(answered_at=1, resolved=True, solved=False),
            contact(answered_at=1, resolved=True, solved=None),
            contact(answered_at=1, resolved=False, solved=True),
            contact(answered_at=1, resolved=True, solved=True, previous_at=-9),
            contact(answered_at=1, resolved=True, solved=None, previous_at=-8 * 86_400),
            contact(abandoned_at=1),
        ]
        by_flag = measured(kpis.FIRST_CONTACT_RESOLUTION_BY_FLAG, calls)
        by_survey = measured(kpis.FIRST_CONTACT_RESOLUTION_BY_SURVEY, calls)
        assert (Fraction(3, 4), 0) == (by_flag.value, by_flag.unknown)
        assert (Fraction(1, 2), 2) == (by_survey.value, by_survey.unknown)
        assert measured(kpis.SOLVED, calls).value == Fraction(2, 3)

    def test_first_contact_resolution_without_repeat(self):
        """Decided after seven days, and only for contacts whose customer and matter are known."""
        who = {"customer": "Aino", "matter": "leak", "answered_at": 1}
        day = 86_400
        calls = [
            contact(**who),
            contact(**who, next_at=6 * day),
            contact(**who, next_at=8 * day),
            contact(answered_at=1),
        ]
        found = measured(kpis.FIRST_CONTACT_RESOLUTION_NO_REPEAT, calls)
        assert (Fraction(2, 3), 3) == (found.value, found.n)
        early = measured(kpis.FIRST_CONTACT_RESOLUTION_NO_REPEAT, calls, as_of=24)
        assert (None, 3) == (early.value, early.still_open)

    @pytest.mark.parametrize(
        ("kpi", "column"),
        [
            (kpis.REPRESENTED_WELL, "represented_well"),
            (kpis.ANSWERED_BY_PERSON, "answered_by_person"),
        ],
    )
    def test_flags(self, kpi, column):
        """True of those who said so or not; None is unknown."""
        calls = [contact(answered_at=1, **{column: flag}) for flag in (True, True, False, None)]
        found = measured(kpi, calls)
        assert (Fraction(2, 3), 1) == (found.value, found.unknown)

    def test_own_language(self):
        """Served in Finnish who wanted Finnish; a language not on record is unknown."""
        calls = [
            contact(answered_at=1, language_wanted="fi", language_served="fi-FI"),
            contact(answered_at=1, language_wanted="fi", language_served="en"),
            contact(answered_at=1, language_wanted="fi"),
        ]
        found = measured(kpis.OWN_LANGUAGE, calls)
        assert (Fraction(1, 2), 1) == (found.value, found.unknown)


class TestComplaints:
    """Answering and settling."""

    def test_written_answers(self):
        """Of what came in writing; late and unanswered ones are misses, young ones neither."""
        rows = [
            answered(24),
            answered(25),
            answered(1, channel=Channel.PHONE),
            row(received_at=0),
            answered(1, received=9990),
            row(received_at=9990),
        ]
        found = measured(kpis.WRITTEN_ANSWERED_IN_24_HOURS, rows)
        assert (1, 3, 2) == (found.numerator, found.denominator, found.still_open)
        assert measured(kpis.responded_within(timedelta(hours=24)), rows).denominator == 4

    def test_first_response(self):
        """0 to 10 hours: mean and median 5, nine tenths within 9; no answer is unknown."""
        rows = [*(answered(hours) for hours in range(11)), row(received_at=0)]
        assert measured(kpis.FIRST_RESPONSE_MEAN, rows).value == 5
        assert measured(kpis.FIRST_RESPONSE_MEDIAN, rows).value == 5
        assert measured(kpis.FIRST_RESPONSE_P90, rows).value == 9
        assert measured(kpis.FIRST_RESPONSE_MEAN, rows).unknown == 1

    def test_resolution(self):
        """The time runs on the clock that the rule for reopenings has set."""
        rows = [row(clock_started_at=2, resolved_at=2 + hours) for hours in range(11)]
        assert measured(kpis.RESOLUTION_TIME_MEAN, rows).value == 5
        assert measured(kpis.RESOLUTION_TIME_MEDIAN, rows).value == 5
        assert measured(kpis.RESOLUTION_TIME_P90, rows).value == 9
        closed = row(closed_at=1, ended_at=1)
        found = measured(kpis.resolved_within(timedelta(hours=4)), [*rows, closed])
        assert (5, 12) == (found.numerator, found.denominator)

    def test_in_working_time(self):
        """Monday 16:00 to Tuesday 10:00 is two hours; without an answer the limit decides."""
        office = WorkCalendar({day: [("09:00", "17:00")] for day in range(5)}, UTC)
        monday_16 = 7

        def received(*steps: Step) -> Case:
            return case(*steps, received=monday_16)

        cases = [
            received(Acknowledgement(at=at(25), by="Mika")),
            received(Acknowledgement(at=at(25.5), by="Mika")),
            received(),
        ]
        two_hours = kpis.responded_within_working(timedelta(hours=2))
        late = measured(two_hours, entries(cases, as_of=at(26), calendar=office), as_of=26)
        assert (1, 3) == (late.numerator, late.denominator)
        early = measured(two_hours, entries(cases, as_of=at(24), calendar=office), as_of=24)
        assert early.value is None
        resolved = kpis.resolved_within_working(timedelta(hours=2))
        found = measured(resolved, entries(cases, as_of=at(26), calendar=office), as_of=26)
        assert (0, 3) == (found.numerator, found.denominator)

    def test_satisfied(self):
        """Of those who said; the number of satisfied ones is a count."""
        rows = [row(satisfied=word) for word in (True, True, False, None)]
        found = measured(kpis.SATISFIED, rows)
        assert (Fraction(2, 3), 1) == (found.value, found.unknown)
        assert measured(kpis.SATISFIED_CUSTOMERS, rows).value == 2

    def test_resolved_in_first_round(self):
        """Of resolved cases, those in which listening began once."""
        rows = [row(resolved_at=1), row(resolved_at=1, rounds=2), row(rounds=2)]
        assert measured(kpis.RESOLVED_IN_FIRST_ROUND, rows).value == Fraction(1, 2)


class TestCare:
    """Follow-up, promises, escalation, what is open and what was given."""

    def test_follow_up(self):
        """Of fixed cases, within seven days of the fix."""
        week = 7 * 24
        rows = [
            row(fixed_at=0, followed_up_at=week),
            row(fixed_at=0, followed_up_at=week + 1),
            row(fixed_at=0),
            row(),
            row(fixed_at=9999, followed_up_at=9999),
        ]
        found = measured(kpis.FOLLOWED_UP, rows)
        assert (1, 3, 1) == (found.numerator, found.denominator, found.still_open)

    def test_reopened(self):
        """Of ended cases, within 30 days of the first end."""
        rows = [
            row(endings=(at(0),), reopenings=(at(1),), reopened=1),
            row(endings=(at(0),), reopenings=(at(31 * 24),), reopened=1),
            row(endings=(at(0),)),
            row(endings=(at(9999),)),
            row(),
        ]
        found = measured(kpis.REOPENED, rows)
        assert (1, 3, 1) == (found.numerator, found.denominator, found.still_open)

    def test_escalation(self):
        """Of cases that had not ended within seven days, those escalated by then."""
        week = 7 * 24
        rows = [
            row(received_at=0, escalated_at=week),
            row(received_at=0, escalated_at=week + 1),
            row(received_at=0, endings=(at(week + 1),)),
            row(received_at=0, endings=(at(1),)),
            row(received_at=9999, escalated_at=9999),
        ]
        found = measured(kpis.ESCALATED_IN_TIME, rows)
        assert (1, 3, 1) == (found.numerator, found.denominator, found.still_open)

    def test_backlog(self):
        """Open cases are counted and aged; ended ones are not."""
        day = 24
        rows = [
            row(stage=Stage.RESOLVED, open_since=None),
            row(stage=Stage.CLOSED, open_since=None),
            *(row(open_since=at(10_000 - n * day), as_of=at(10_000)) for n in range(11)),
        ]
        assert measured(kpis.BACKLOG, rows).value == 11
        assert measured(kpis.BACKLOG_AGE_MEAN, rows).value == 5
        assert measured(kpis.BACKLOG_AGE_MEDIAN, rows).value == 5
        assert measured(kpis.BACKLOG_AGE_P90, rows).value == 9

    def test_money(self):
        """Compensation and goodwill are exact, per case and currency, and kept apart."""
        rows = [
            paid(Money("0.10", "EUR"), Money(9, "SEK")),
            paid(Money("0.20", "EUR")),
            paid(),
        ]
        assert measured(kpis.compensation_per_case("EUR"), rows).value == Fraction(1, 10)
        assert measured(kpis.total_compensation("EUR"), rows).value == Decimal("0.30")
        assert measured(kpis.total_compensation("USD"), rows).value == 0
        assert measured(kpis.goodwill_per_case("EUR"), rows).value == 0

    @pytest.mark.parametrize("column", ["compensation_euro", "compensation"])
    def test_what_is_no_amount_is_no_zero(self, column):
        """A misspelt currency, or none, is refused by the KPI and the column."""
        kpi = attrs.evolve(kpis.total_compensation("EUR"), measure=Total(Column(column)))
        with pytest.raises(RecordError, match=f"total_compensation_eur: {column}"):
            measured(kpi, [paid(Money(5, "EUR"))])

    def test_extras_and_suggestions(self):
        """Cases with at least one."""
        rows = [row(goodwills=2, suggestions=1), row(goodwills=1), row(), row()]
        assert measured(kpis.GOODWILL_GIVEN, rows).value == Fraction(1, 2)
        assert measured(kpis.PREVENTION_SUGGESTED, rows).value == Fraction(1, 4)

    def test_promises_over_cases(self):
        """Kept of those due, whatever the case."""
        rows = [row(promises_kept=1, promises_due=2), row(promises_kept=2, promises_due=2), row()]
        assert measured(kpis.CASE_PROMISES_KEPT, rows).value == Fraction(3, 4)
        assert measured(kpis.CASE_PROMISES_KEPT, [row()]).value is None

    def test_promises(self):
        """Kept in time of those due: late, broken and replaced too late are misses."""

        def promise(key: str, due: float, **more) -> Promise:
            return Promise(key, "Call", due=at(due), at=at(1), by="Mika", **more)

        def done(hours: float, key: str) -> PromiseKept:
            return PromiseKept(key, at=at(hours), by="Mika")

        made = case(
            promise("in time", 5, in_writing=True),
            promise("late", 5, in_writing=True),
            promise("broken", 5),
            promise("moved", 5),
            promise("moved too late", 5),
            promise("early", 50),
            Promise("new", "Call", due=at(50), at=at(2), by="Mika", replaces="moved"),
            done(5, "in time"),
            done(6, "early"),
            done(7, "late"),
            Promise("newer", "Call", due=at(50), at=at(8), by="Mika", replaces="moved too late"),
        )
        rows = promise_entries([made], as_of=at(10))
        found = measured(kpis.PROMISES_KEPT, rows, as_of=10)
        assert (1, 4, 3) == (found.numerator, found.denominator, found.still_open)
        in_writing = measured(kpis.PROMISES_KEPT_IN_WRITING, rows, as_of=10)
        assert (1, 2) == (in_writing.numerator, in_writing.denominator)
        (whole,) = entries([made], as_of=at(10))
        assert (whole.promises_kept, whole.promises_due) == (found.numerator, found.denominator)
        assert {PromiseStatus.KEPT} == {row.status for row in rows if row.key == "early"}


def paid(*money: Money) -> Entry:
    """Make the entry of a case in which this was granted."""
    return attrs.evolve(ROW, compensation=Totals(money))


class TestOperations:
    """Figures of periods."""

    WEEK = Operations(
        at(-168),
        at(0),
        orders=2000,
        complaints=7,
        sold=120,
        returned=12,
        orders_returned=360,
        revenue=Money(1000, "EUR"),
        refunded=Money(131, "EUR"),
        refused_deliveries=10,
        reorders=4,
        stock_outs=20,
        produced=500,
        rejected=5,
        surveys_sent=400,
        surveys_answered=100,
    )

    @pytest.mark.parametrize(
        ("kpi", "value"),
        [
            (kpis.COMPLAINTS_PER_1000_ORDERS, Fraction(7, 2)),
            (kpis.RETURNED_UNITS, Fraction(12, 120)),
            (kpis.RETURNED_ORDERS, Fraction(18, 100)),
            (kpis.refunded_revenue("EUR", timedelta(days=30)), Fraction(131, 1000)),
            (kpis.REFUSED_DELIVERIES, Fraction(1, 200)),
            (kpis.REORDERED, Fraction(2, 5)),
            (kpis.STOCK_OUTS, Fraction(1, 100)),
            (kpis.INTERNAL_REJECTS, Fraction(1, 100)),
            (kpis.SURVEY_RESPONSE, Fraction(1, 4)),
        ],
        ids=lambda kpi: getattr(kpi, "key", ""),
    )
    def test_rates(self, kpi, value):
        """Each rate is of the whole it belongs to; a period without the figure is unknown."""
        found = measured(kpi, [self.WEEK, Operations(at(-168), at(0))])
        assert (value, 1) == (found.value, found.unknown)

    def test_a_young_period_has_no_return_rate_yet(self):
        """Until 30 days after its end a period's returns are open, for more may come."""
        found = measured(kpis.RETURNED_UNITS, [self.WEEK], as_of=30 * 24 - 1)
        assert (None, 1) == (found.value, found.still_open)


class TestLoyalty:
    """Rows of the caller's own."""

    def test_repurchase(self):
        """Customers who bought again within 90 days; a young complaint is open."""
        day = 24
        rows = [
            {"complained_at": at(0), "bought_next_at": at(90 * day)},
            {"complained_at": at(0), "bought_next_at": at(91 * day)},
            {"complained_at": at(0), "bought_next_at": None},
            {"complained_at": at(9990), "bought_next_at": at(9991)},
            {"complained_at": None, "bought_next_at": at(1)},
        ]
        found = measured(kpis.REPURCHASE_AFTER_COMPLAINT, rows)
        assert (1, 3, 1) == (found.numerator, found.denominator, found.still_open)

    @pytest.mark.parametrize(
        ("kpi", "column", "values", "value"),
        [
            (kpis.REPEAT_PURCHASE, "purchases", [0, 1, 2, 5], Fraction(2, 3)),
            (kpis.PROMOTERS, "recommend", [10, 9, 8, None], Fraction(2, 3)),
            (kpis.DETRACTORS, "recommend", [0, 6, 7, None], Fraction(2, 3)),
            (kpis.STAFF_SATISFIED, "job_satisfaction", [5, 4, 3, None], Fraction(2, 3)),
            (kpis.JOB_SATISFACTION, "job_satisfaction", [5, 4, 3, None], 4),
        ],
    )
    def test_one_column(self, kpi, column, values, value):
        """What each needs is one column."""
        assert measured(kpi, [{column: one} for one in values]).value == value

    def test_retention(self):
        """Of those who were customers at the start."""
        rows = [
            {"customer_at_start": True, "customer_at_end": True},
            {"customer_at_start": True, "customer_at_end": False},
            {"customer_at_start": False, "customer_at_end": True},
        ]
        assert measured(kpis.RETENTION, rows).value == Fraction(1, 2)

    def test_baskets(self):
        """Regulars and first-timers apart."""
        rows = [
            {"amount": Decimal("10.50"), "regular": True},
            {"amount": Decimal("20.50"), "regular": True},
            {"amount": 3, "regular": False},
            {"amount": 9, "regular": None},
        ]
        assert measured(kpis.BASKET_OF_REGULARS, rows).value == Decimal("15.50")
        assert measured(kpis.BASKET_OF_FIRST_TIMERS, rows).value == 3


LOWER = {
    *(kpi.key for kpi in kpis.CONTACTS if kpi.key.startswith(("answer_delay", "abandoned"))),
    *(kpi.key for kpi in kpis.COMPLAINTS if kpi.unit == "hours"),
    *(kpi.key for kpi in kpis.CARE if kpi.key.startswith(("backlog", "reopened"))),
    *(kpi.key for kpi in kpis.OPERATIONS),
    "handle_time",
    "detractors",
} - {"survey_response", "reordered"}


def test_directions_are_those_that_a_reader_expects():
    """Waiting, leaving, returns and rejects are better low; of gifts nobody can say."""
    of = {better: {kpi.key for kpi in kpis.EVERY if kpi.better is better} for better in Better}
    assert LOWER == of[Better.LOWER]
    assert {"goodwill_given", "reordered"} == of[Better.NEITHER]


def test_the_page_of_key_figures_is_that_of_the_catalogue(monkeypatch):
    """The documentation shows every constant with the definition that it has now."""
    monkeypatch.syspath_prepend(Path(__file__).parents[2] / "docs")
    written = importlib.import_module("key_figures")
    assert set(written.NAMES) == {kpi.key for kpi in kpis.EVERY}
    assert written.PAGE.read_text("utf-8") == written.page()
