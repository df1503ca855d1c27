"""The register: cases, promises, contacts and operations as flat rows."""

import copy
import csv
import datetime as dt
import json
import pickle
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from runpy import run_path

import attrs
import pytest

import servicekit.complaint
import servicekit.money
import servicekit.resolution
from samples import OF_THE_REGISTER as ROWS
from samples import numbered
from servicekit import register
from servicekit.complaint import Channel, Complaint, Customer, Dissatisfaction, Subject
from servicekit.errors import RecordError
from servicekit.money import Money, Totals
from servicekit.register import (
    Backlog,
    Contact,
    Entry,
    Operations,
    PromiseEntry,
    ReopenPolicy,
    backlog,
    columns,
    entries,
    entry,
    promise_entries,
    with_repeats,
)
from servicekit.resolution import (
    Acknowledgement,
    Basis,
    Case,
    Cause,
    Closure,
    Correction,
    Escalation,
    Fix,
    FollowUp,
    Goodwill,
    Note,
    Prevention,
    Promise,
    PromiseKept,
    PromiseStatus,
    Proposal,
    Reopening,
    Responsible,
    Solution,
    Stage,
    Step,
    Understanding,
)
from servicekit.worktime import WorkCalendar

MONDAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
OFFICE = WorkCalendar({day: [("09:00", "17:00")] for day in range(5)}, UTC)


def at(hours: float) -> datetime:
    """Give the instant so many hours after the complaint was received."""
    return MONDAY + timedelta(hours=hours)


def complaint(id_: str = "C-17", **changes: object) -> Complaint:
    """Make a complaint."""
    given: dict[str, object] = {
        "channel": Channel.EMAIL,
        "received_at": MONDAY,
        "received_by": "Mika",
        "concern": "The kettle leaks",
    }
    return Complaint(id_, Customer("Aino"), **given | changes)


def understood(hours: float) -> Understanding:
    """Listen to the customer."""
    return Understanding("Leaks", "It leaks", confirmed=True, at=at(hours), by="Mika")


def explained(hours: float, **more: object) -> Cause:
    """Find the cause."""
    return Cause("Boiled", "Dry", problem="A seam", at=at(hours), by="Mika", **more)


def proposed(hours: float, *, accepted: bool = True, due: float | None = None) -> Proposal:
    """Put a solution to the customer."""
    by = None if due is None else at(due)
    solution = Solution("A new one", "replacement", promised_by=by)
    return Proposal("A new one", solution, accepted=accepted, at=at(hours), by="Mika")


def fixed(hours: float, *given: Money) -> Fix:
    """Do what was agreed."""
    return Fix("Sent it", "Sorry", compensation=given, at=at(hours), by="Mika")


def asked(hours: float, *, satisfied: bool | None = True) -> FollowUp:
    """Ask whether the customer is satisfied."""
    return FollowUp(satisfied, at=at(hours), by="Mika")


def closed(hours: float) -> Closure:
    """End the case."""
    return Closure(Basis.UNREACHABLE, at=at(hours), by="Mika")


def reopened(hours: float) -> Reopening:
    """Take the case up again."""
    return Reopening("Leaks again", at=at(hours), by="Mika")


def settled(hours: float) -> tuple[Step, ...]:
    """Go the whole way to a fix within four hours."""
    return (understood(hours), explained(hours + 1), proposed(hours + 2), fixed(hours + 3))


ONE_DAY = (*settled(1), asked(5))
"""Resolved five hours after receipt."""
COME_BACK = (*ONE_DAY, reopened(29), *settled(30), asked(34))
"""Resolved again 34 hours after receipt, closed for 24 of them."""


def case(*steps: Step, **changes: object) -> Case:
    """Make a case."""
    return Case(complaint(**changes), steps)


def row(*steps: Step, as_of: float = 1000, **options: object) -> Entry:
    """Read the entry of a case with these steps."""
    return entry(case(*steps), as_of=at(as_of), **options)


class TestEntry:
    """A case as one flat row."""

    def test_says_who_and_what(self) -> None:
        """The keys of the complaint and of the last cause found are columns of their own."""
        made = case(
            understood(1),
            explained(2, key="seam", responsible=Responsible.SUPPLIER),
            explained(3, key="valve"),
            category="leak",
            causes={Dissatisfaction.OVERCHARGED},
            remedy_sought="refund",
            on_behalf_of=Customer("Eero"),
            about=Subject("O-1", "K-2", policy="P-3"),
        )
        found = entry(made, as_of=at(4))
        assert ("C-17", Channel.EMAIL, "Mika", "Aino") == (
            found.id,
            found.channel,
            found.received_by,
            found.customer,
        )
        assert ("leak", "refund", "Eero") == (
            found.category,
            found.remedy_sought,
            found.on_behalf_of,
        )
        assert ("O-1", "K-2", "P-3") == (found.order, found.product, found.policy)
        assert ("valve", Responsible.COMPANY) == (found.cause, found.responsible)
        assert found.causes == {Dissatisfaction.OVERCHARGED}

    def test_knows_little_of_a_new_case(self) -> None:
        """What has not happened is None, neither false nor zero."""
        found = row(as_of=0)
        unknown = {
            name
            for name in (field.name for field in attrs.fields(Entry))
            if name.endswith(("_at", "_working")) and getattr(found, name) is None
        }
        known = {"received_at", "clock_started_at"}
        assert unknown == {
            field.name
            for field in attrs.fields(Entry)
            if field.name.endswith(("_at", "_working")) and field.name not in known
        }
        assert (None, None, None, None) == (
            found.satisfied,
            found.cause,
            found.responsible,
            found.language,
        )

    def test_dates_the_way(self) -> None:
        """Each stage on the way is dated, and so is the end."""
        found = row(Acknowledgement(at=at(0.5), by="Mika", automatic=True), *ONE_DAY)
        assert [at(hours) for hours in (0.5, 1, 1, 2, 3, 4, 5, 5, 5)] == [
            found.acknowledged_at,
            found.first_response_at,
            found.understood_at,
            found.explained_at,
            found.agreed_at,
            found.fixed_at,
            found.resolved_at,
            found.ended_at,
            found.followed_up_at,
        ]
        assert (True, Stage.RESOLVED, None) == (found.satisfied, found.stage, found.closed_at)

    def test_knows_nothing_after_its_instant(self) -> None:
        """A step after ``as_of`` is not known, one at ``as_of`` is."""
        assert row(*ONE_DAY, as_of=4).fixed_at == at(4)
        assert row(*ONE_DAY, as_of=3.9).fixed_at is None
        assert row(*ONE_DAY, as_of=3.9).satisfied is None

    @pytest.mark.parametrize(
        ("steps", "stage", "agreed", "fixed_"),
        [
            ((understood(1), explained(2), proposed(3), proposed(4)), Stage.AGREED, 3, None),
            (
                (understood(1), explained(2), proposed(3), proposed(4, accepted=False)),
                Stage.EXPLAINED,
                None,
                None,
            ),
            ((*settled(1), asked(5, satisfied=False)), Stage.RECEIVED, None, None),
            ((*settled(1), asked(5, satisfied=None)), Stage.FIXED, 3, 4),
            ((*settled(1), closed(6)), Stage.CLOSED, 3, 4),
        ],
    )
    def test_tells_the_way_to_where_the_case_stands(
        self, steps: tuple[Step, ...], stage: Stage, agreed: float | None, fixed_: float | None
    ) -> None:
        """A stage behind which the case has fallen back is not dated; an end takes nothing away."""
        found = row(*steps)
        assert stage is found.stage
        assert (agreed and at(agreed)) == found.agreed_at
        assert (fixed_ and at(fixed_)) == found.fixed_at

    def test_a_closure_is_no_resolution(self) -> None:
        """A closed case has its basis and its end, and no resolution."""
        found = row(closed(6))
        assert (None, at(6), at(6), Basis.UNREACHABLE, None) == (
            found.resolved_at,
            found.closed_at,
            found.ended_at,
            found.basis,
            found.satisfied,
        )

    def test_satisfaction_is_the_last_word(self) -> None:
        """An attempt changes nothing, a later no counts, and a reopening takes the word back."""
        assert row(*ONE_DAY, asked(6, satisfied=None)).satisfied is True
        assert row(*settled(1), asked(5, satisfied=False)).satisfied is False
        assert row(*settled(1), asked(5, satisfied=None)).satisfied is None
        assert row(*ONE_DAY, reopened(29), reopening=ReopenPolicy.RESTART).satisfied is None

    def test_a_new_fix_awaits_its_own_follow_up(self) -> None:
        """Having asked after the first fix is no follow-up of the second one."""
        unhappy = (*settled(1), asked(5, satisfied=False))
        assert row(*unhappy).followed_up_at == at(5)
        assert row(*unhappy, *settled(6)).followed_up_at is None
        assert row(*unhappy, *settled(6), asked(10, satisfied=None)).followed_up_at is None

    def test_corrections_count(self) -> None:
        """A step that was annulled is not in the row."""
        wrong = Correction(0, "Another case", at=at(2), by="Mika")
        assert row(Escalation("Ritva", "Angry", at=at(1), by="Mika"), wrong).escalations == 0

    def test_counts_what_was_added(self) -> None:
        """Escalations, suggestions, rounds and goodwill are counted."""
        found = row(
            Escalation("Ritva", "Angry", at=at(1), by="Mika"),
            Escalation("Owner", "Angrier", at=at(2), by="Mika"),
            Prevention("Check the seam", at=at(3), by="Mika"),
            Goodwill("Called first", at=at(4), by="Mika"),
            Goodwill("Coupon", Money(5, "EUR"), at=at(5), by="Mika"),
            Note("Asked again", at=at(6), by="Mika"),
        )
        assert (at(1), 2, 1, 1) == (
            found.escalated_at,
            found.escalations,
            found.suggestions,
            found.rounds,
        )
        assert (2, Totals([Money(5, "EUR")]), Decimal(5)) == (
            found.goodwills,
            found.goodwill,
            found.goodwill_eur,
        )
        assert not found.compensation

    def test_refuses_an_instant_before_the_receipt(self) -> None:
        """A case that is not there yet has no row, and the register leaves it out."""
        with pytest.raises(RecordError, match=r"as_of is .*not before the complaint was received"):
            row(as_of=-1)
        assert entries([case()], as_of=at(-1)) == ()
        assert len(entries([case(), case(id_="C-18", received_at=at(2))], as_of=at(1))) == 1

    def test_refuses_what_is_no_case_and_no_calendar(self) -> None:
        """All that is wrong is named at once."""
        with pytest.raises(RecordError) as refused:
            entries([case(), complaint(), 5], as_of=at(1), calendar="office", reopening="restart")
        assert ["cases[1]", "cases[2]", "calendar", "reopening"] == [
            problem.field for problem in refused.value.problems
        ]

    def test_refuses_a_naive_instant(self) -> None:
        """An instant without an offset is refused by name, even where there is no case."""
        with pytest.raises(RecordError, match="as_of"):
            entries([], as_of=datetime(2026, 5, 4))  # noqa: DTZ001
        with pytest.raises(RecordError, match="as_of"):
            entry(case(), as_of=datetime(2026, 5, 4))  # noqa: DTZ001


class TestParts:
    """Fields of several values, read part by part."""

    def test_causes(self) -> None:
        """A cause is true or false where causes are on record, and unknown where none are."""
        found = entry(case(causes={Dissatisfaction.NOT_RIGHT_FIRST_TIME}), as_of=MONDAY)
        assert (True, False) == (found.causes_not_right_first_time, found.causes_overcharged)
        assert row().causes_overcharged is None

    def test_amounts(self) -> None:
        """Amounts add up per currency; nothing granted in a currency is zero."""
        found = row(
            *settled(1)[:3], fixed(4, Money("2.50", "EUR"), Money(1, "EUR"), Money(3, "SEK"))
        )
        assert (Decimal("3.50"), Decimal(3), Decimal(0)) == (
            found.compensation_eur,
            found.compensation_sek,
            found.compensation_usd,
        )

    @pytest.mark.parametrize(
        "name",
        [
            "compensation_",
            "compensation_EUR",
            "compensation_euro",
            "compensation_e1r",
            "causes_bad_luck",
            "endings_0",
            "endings_01",
            "endings_x",
            "wages_eur",
            "__fspath__",
        ],
    )
    def test_no_other_names(self, name: str) -> None:
        """What cannot be a part is no attribute."""
        with pytest.raises(AttributeError, match=f"Entry has no '{name}'"):
            getattr(row(), name)

    def test_turns(self) -> None:
        """The ends and the reopenings are there one by one."""
        found = row(*COME_BACK, reopening=ReopenPolicy.RESTART)
        assert (at(5), at(34), None) == (found.endings_1, found.endings_2, found.endings_3)
        assert (at(29), None) == (found.reopenings_1, found.reopenings_2)


def clocks(*steps: Step, as_of: float = 1000) -> dict[str, tuple[float | None, ...]]:
    """Give, by rule, when the clock started, the end, the resolution and where age counts from."""

    def hours(instant: datetime | None) -> float | None:
        return None if instant is None else (instant - MONDAY) / timedelta(hours=1)

    found = {
        policy: entry(case(*steps), as_of=at(as_of), reopening=policy) for policy in ReopenPolicy
    }
    return {
        str(policy): (
            hours(made.clock_started_at),
            hours(made.ended_at),
            hours(made.resolved_at),
            hours(made.open_since),
        )
        for policy, made in found.items()
    }


class TestReopening:
    """What a reopening does to the clock."""

    def test_has_no_default(self) -> None:
        """A reopened case is refused, with its id, until a rule is named."""
        with pytest.raises(RecordError, match=r"'C-17' is None, allowed: a rule, .*: first_end"):
            row(*COME_BACK)
        with pytest.raises(RecordError) as refused:
            entries([case(*COME_BACK), case(), case(*COME_BACK, id_="C-18")], as_of=at(90))
        assert ["reopening of 'C-17'", "reopening of 'C-18'"] == [
            problem.field for problem in refused.value.problems
        ]

    def test_needs_no_rule_before_it(self) -> None:
        """Before the reopening nothing has to be decided, and the row names no rule."""
        assert row(*COME_BACK, as_of=28).resolved_at == at(5)
        assert row(*ONE_DAY, reopening=ReopenPolicy.RESTART).reopening is None
        assert row(*COME_BACK, reopening=ReopenPolicy.RESTART).reopening is ReopenPolicy.RESTART

    def test_refuses_what_is_no_rule(self) -> None:
        """A text is no rule, be there a reopening or not."""
        with pytest.raises(RecordError, match="reopening is 'restart'"):
            row(reopening="restart")

    def test_without_one_all_rules_agree(self) -> None:
        """A case that was never reopened has one clock."""
        assert set(clocks(*ONE_DAY).values()) == {(0, 5, 5, None)}
        assert set(clocks(*settled(1)).values()) == {(0, None, None, 0)}

    def test_each_rule_reads_its_own_clock(self) -> None:
        """First end 5 h; restart 34 - 29 h; skipping the 24 h closed 10 h; counting them 34 h."""
        assert clocks(*COME_BACK) == {
            "first_end": (0, 5, 5, None),
            "restart": (29, 34, 34, None),
            "skip_closed": (24, 34, 34, None),
            "count_closed": (0, 34, 34, None),
        }

    def test_a_reopened_case_is_open(self) -> None:
        """While it is open again only the first end is an end, and its age has a start."""
        assert clocks(*ONE_DAY, reopened(29), as_of=30) == {
            "first_end": (0, 5, 5, 29),
            "restart": (29, None, None, 29),
            "skip_closed": (24, None, None, 24),
            "count_closed": (0, None, None, 0),
        }

    def test_a_second_thought_reopens(self) -> None:
        """A customer who takes their satisfaction back reopens the case."""
        found = row(*ONE_DAY, asked(29, satisfied=False), reopening=ReopenPolicy.SKIP_CLOSED)
        assert (1, 2, False, at(24)) == (
            found.reopened,
            found.rounds,
            found.satisfied,
            found.clock_started_at,
        )

    def test_dissatisfaction_before_an_end_is_no_reopening(self) -> None:
        """A new round before any end leaves the clock alone."""
        found = row(*settled(1), asked(5, satisfied=False), *settled(6), asked(10))
        assert (0, 2, MONDAY, at(10)) == (
            found.reopened,
            found.rounds,
            found.clock_started_at,
            found.resolved_at,
        )

    def test_a_second_end_of_the_same_spell_is_none(self) -> None:
        """Being asked again when resolved neither ends nor reopens anything."""
        found = row(*ONE_DAY, asked(9))
        assert ((at(5),), at(5), at(9)) == (found.endings, found.resolved_at, found.followed_up_at)

    def test_the_first_end_may_be_a_closure(self) -> None:
        """By the first end, a case closed and resolved later counts as closed, not its stage."""
        steps = (closed(6), reopened(10), *ONE_DAY_LATER)
        found = row(*steps, reopening=ReopenPolicy.FIRST_END)
        assert (None, at(6), Basis.UNREACHABLE, Stage.RESOLVED) == (
            found.resolved_at,
            found.closed_at,
            found.basis,
            found.stage,
        )
        later = row(*steps, reopening=ReopenPolicy.COUNT_CLOSED)
        assert (at(15), None, None) == (later.resolved_at, later.closed_at, later.basis)


ONE_DAY_LATER = (*settled(11), asked(15))


class TestWorkingTime:
    """What a calendar adds."""

    def test_without_a_calendar_none_is_known(self) -> None:
        """No calendar, no working time."""
        assert row(*ONE_DAY).first_response_working is None

    def test_counts_opening_hours(self) -> None:
        """Monday 9 to 17 is open: 16 h on, on Tuesday at 1, eight hours have been worked."""
        found = row(
            Acknowledgement(at=at(0.5), by="Mika", automatic=True),
            understood(16),
            as_of=25,
            calendar=OFFICE,
        )
        assert [1800, 8 * 3600, 8 * 3600, 9 * 3600, 9 * 3600, None] == [
            found.acknowledged_working,
            found.first_response_working,
            found.understood_working,
            found.waited_working,
            found.clock_working,
            found.resolved_working,
        ]

    @pytest.mark.parametrize(
        ("policy", "ended", "clock"),
        [
            (ReopenPolicy.FIRST_END, 5, 16),
            (ReopenPolicy.RESTART, 3, 3),
            (ReopenPolicy.SKIP_CLOSED, 8, 8),
            (ReopenPolicy.COUNT_CLOSED, 16, 16),
        ],
    )
    def test_follows_the_rule(self, policy: ReopenPolicy, ended: float, clock: float) -> None:
        """The rule for reopenings holds in working time too; Tuesday 14 to 17 counts second."""
        found = row(*COME_BACK, as_of=34, calendar=OFFICE, reopening=policy)
        assert (ended * 3600, clock * 3600) == (found.ended_working, found.clock_working)


def given(hours: float, key: str, due: float, **more: object) -> Promise:
    """Promise something."""
    return Promise(key, "Call back", due=at(due), at=at(hours), by="Mika", **more)


def kept(hours: float, key: str) -> PromiseKept:
    """Do what was promised."""
    return PromiseKept(key, at=at(hours), by="Mika")


PROMISED = case(
    given(1, "kept", 5),
    given(1, "late", 5),
    given(1, "broken", 5, in_writing=True),
    given(1, "early", 50),
    given(1, "moved", 5),
    given(2, "open", 50, replaces="moved"),
    kept(3, "kept"),
    kept(3, "early"),
    kept(9, "late"),
)


class TestPromises:
    """Promises as rows, and counted in the row of their case."""

    def test_are_counted_when_due(self) -> None:
        """What is kept early is open until it falls due; what was renegotiated is neither."""
        found = entry(PROMISED, as_of=at(10))
        assert [6, 3, 1, 1, 1, 1, 2] == [
            found.promises_made,
            found.promises_due,
            found.promises_kept,
            found.promises_kept_late,
            found.promises_broken,
            found.promises_renegotiated,
            found.promises_open,
        ]
        assert entry(PROMISED, as_of=at(51)).promises_kept == 2

    def test_are_due_once_their_instant_has_passed(self) -> None:
        """At the instant at which it is due a promise can still be kept."""
        assert entry(PROMISED, as_of=at(5)).promises_due == 0

    def test_have_rows_of_their_own(self) -> None:
        """Each row says what was promised, what became of it and what it counts as."""
        found = {row.key: row for row in promise_entries([PROMISED], as_of=at(10))}
        assert {
            "kept": PromiseStatus.KEPT,
            "late": PromiseStatus.KEPT_LATE,
            "broken": PromiseStatus.BROKEN,
            "early": PromiseStatus.PENDING,
            "moved": PromiseStatus.RENEGOTIATED,
            "open": PromiseStatus.PENDING,
        } == {key: row.counts_as for key, row in found.items()}
        assert found["early"].status is PromiseStatus.KEPT
        assert (True, False) == (found["broken"].in_writing, found["open"].in_writing)
        assert ("C-17", Channel.EMAIL, at(2), at(50)) == (
            found["open"].case,
            found["open"].channel,
            found["open"].made_at,
            found["open"].due_at,
        )

    def test_solutions_are_promises(self) -> None:
        """A solution promised by an instant has its remedy, and nothing on whether in writing."""
        (found,) = promise_entries(
            [case(understood(1), explained(2), proposed(3, due=9))], as_of=at(10)
        )
        assert ("replacement", None, None, PromiseStatus.BROKEN) == (
            found.remedy,
            found.key,
            found.in_writing,
            found.counts_as,
        )

    def test_refuse_a_naive_instant(self) -> None:
        """An instant without an offset is refused by name."""
        with pytest.raises(RecordError, match="as_of"):
            promise_entries([], as_of=datetime(2026, 5, 4))  # noqa: DTZ001


def call(id_: str = "1", **changes: object) -> Contact:
    """Make a call that was answered after a minute and ended after eleven."""
    times = {"queued_at": at(0), "answered_at": at(1 / 60), "ended_at": at(11 / 60)}
    return Contact(id_, Channel.PHONE, **times | changes)


class TestContact:
    """A call, chat, visit or letter."""

    def test_durations_are_also_numbers(self) -> None:
        """Hold and after-call work are there in seconds, for a KPI to add up; unknown is None."""
        found = call(hold=timedelta(minutes=2), after_call_work=timedelta(seconds=1.5))
        assert (120, 1.5) == (found.hold_seconds, found.after_call_seconds)
        assert (None, None) == (call().hold_seconds, call().after_call_seconds)

    @pytest.mark.parametrize(
        ("wanted", "served", "own"),
        [
            ("fi", "fi-FI", True),
            ("EN-gb", "en-US", True),
            ("sv", "fi", False),
            (None, "fi", None),
            ("fi", None, None),
        ],
    )
    def test_own_language(self, wanted, served, own) -> None:
        """The primary subtag decides; without both languages it is unknown."""
        assert call(language_wanted=wanted, language_served=served).own_language is own

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"answered_at": at(-1)}, "answered_at"),
            ({"abandoned_at": at(1)}, "abandoned_at"),
            ({"answered_at": None, "abandoned_at": at(-1), "ended_at": None}, "abandoned_at"),
            ({"ended_at": at(0)}, "ended_at"),
            ({"answered_at": None, "ended_at": at(-1)}, "ended_at"),
            ({"next_at": at(-1)}, "next_at"),
            ({"hold": timedelta(hours=1)}, "hold"),
            ({"hold": timedelta(seconds=1), "answered_at": None}, "hold"),
            ({"previous_at": at(1)}, "previous_at"),
            ({"hold": timedelta(seconds=-1)}, "hold"),
            ({"after_call_work": 30}, "after_call_work"),
            ({"queued_at": datetime(2026, 5, 4)}, "queued_at"),  # noqa: DTZ001
        ],
    )
    def test_refuses_what_cannot_be(self, changes: dict[str, object], field: str) -> None:
        """Times that cannot follow one another are refused by the field at fault."""
        with pytest.raises(RecordError) as refused:
            call(**changes)
        assert [field] == [problem.field for problem in refused.value.problems]

    def test_abandoned(self) -> None:
        """A customer may leave the queue, and the contact ends there."""
        left = call(answered_at=None, abandoned_at=at(1), ended_at=at(1))
        assert at(1) == left.abandoned_at

    def test_hold_of_a_call_that_goes_on(self) -> None:
        """While the conversation goes on, nothing yet limits the time on hold."""
        assert call(ended_at=None, hold=timedelta(hours=1)).hold == timedelta(hours=1)


class TestRepeats:
    """Contacts linked to the next one of the same customer on the same matter."""

    def test_link_to_the_next_contact(self) -> None:
        """Order is kept; other matters, other customers and unknown ones do not count."""

        def of(id_: str, hours: float, customer: str | None, matter: str | None) -> Contact:
            return Contact(
                id_, Channel.PHONE, queued_at=at(hours), customer=customer, matter=matter
            )

        found = with_repeats(
            [
                of("third", 9, "Aino", "leak"),
                of("first", 1, "Aino", "leak"),
                of("second", 5, "Aino", "leak"),
                of("bill", 6, "Aino", "bill"),
                of("other", 2, "Eero", "leak"),
                of("nobody", 3, None, "leak"),
                of("nothing", 4, "Aino", None),
            ]
        )
        assert {"first": at(5), "second": at(9)} == {
            contact.id: contact.next_at for contact in found if contact.next_at is not None
        }
        assert {"second": at(1), "third": at(5)} == {
            contact.id: contact.previous_at for contact in found if contact.previous_at is not None
        }
        assert ["third", "first", "second"] == [contact.id for contact in found[:3]]

    def test_the_same_value_twice_is_two_contacts(self) -> None:
        """Equal contacts follow one another like any others."""
        one = call(customer="Aino", matter="leak")
        first, second = with_repeats([one, one])
        assert (at(0), None) == (first.next_at, second.next_at)
        assert (None, at(0)) == (first.previous_at, second.previous_at)


class TestOperations:
    """What was counted in a period."""

    def test_keeps_unknown_apart_from_none(self) -> None:
        """A figure not counted is None, one counted as nothing is 0; money likewise."""
        found = Operations(at(0), at(24), sold=5, returned=0, revenue=[Money(5, "EUR")])
        assert (0, None) == (found.returned, found.orders)
        assert (Decimal(5), Decimal(0), None) == (
            found.revenue_eur,
            found.revenue_usd,
            found.refunded_eur,
        )
        assert Operations(at(0), at(1), revenue=Totals()).revenue_eur == 0

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"end": at(0)}, "end"),
            ({"sold": 5, "returned": 6}, "returned"),
            ({"orders": 5, "orders_returned": 6}, "orders_returned"),
            ({"orders": 5, "refused_deliveries": 6}, "refused_deliveries"),
            ({"refused_deliveries": 5, "reorders": 6}, "reorders"),
            ({"produced": 5, "rejected": 6}, "rejected"),
            ({"surveys_sent": 5, "surveys_answered": 6}, "surveys_answered"),
            ({"sold": -1}, "sold"),
            ({"sold": 1.5}, "sold"),
            ({"revenue": 5}, "revenue"),
            ({"revenue": Money(5, "EUR"), "refunded": Money(6, "EUR")}, "refunded"),
            ({"revenue": Money(5, "EUR"), "refunded": Money(1, "SEK")}, "refunded"),
            ({"revenue": [5]}, "amounts"),
        ],
    )
    def test_refuses_what_cannot_be(self, changes: dict[str, object], field: str) -> None:
        """A part that is more than its whole is refused, and so is what is no count."""
        with pytest.raises(RecordError) as refused:
            Operations(**{"start": at(0), "end": at(24)} | changes)
        assert [field] == [problem.field for problem in refused.value.problems]


class TestColumns:
    """Rows as columns."""

    def test_no_rows_no_columns(self) -> None:
        """Without a row nothing says which columns there are."""
        assert columns([]) == {}

    def test_nothing_is_lost(self) -> None:
        """Every field of every kind of row is a column, or one per part, as long as the rows."""
        rows: tuple[list[Entry], list[PromiseEntry], list[Contact], list[Operations]] = (
            [row(*COME_BACK, reopening=ReopenPolicy.RESTART), row()],
            list(promise_entries([PROMISED], as_of=at(10))),
            [call(), call(resolved=True)],
            [Operations(at(0), at(24), revenue=Money(5, "EUR"))],
        )
        for of in rows:
            table = columns(of)
            assert {len(of)} == set(map(len, table.values()))
            for field in attrs.fields(type(of[0])):
                values = [getattr(row, field.name) for row in of]
                assert (
                    field.name in table
                    or not any(values)
                    or any(name.startswith(f"{field.name}_") for name in table)
                )
            for name, column in table.items():
                assert column == [getattr(row, name) for row in of]

    def test_terms_are_their_text(self) -> None:
        """A term becomes a plain text, an unknown one None."""
        table = columns([row(explained_first := understood(1)), row(explained_first, explained(2))])
        assert [None, "company"] == table["responsible"]
        assert {str} == {type(value) for value in table["channel"]}

    def test_instants_are_in_utc(self) -> None:
        """An instant is given in UTC; another offset it had stands beside it."""
        summer = timezone(timedelta(hours=3))
        found = columns(
            [
                Contact("1", Channel.WEB, queued_at=datetime(2026, 5, 4, 12, tzinfo=summer)),
                Contact("2", Channel.WEB, queued_at=MONDAY, answered_at=MONDAY),
            ]
        )
        assert [MONDAY, MONDAY] == found["queued_at"]
        assert {UTC} == {value.tzinfo for value in found["queued_at"]}
        assert [timedelta(hours=3), timedelta()] == found["queued_at_offset"]
        assert [None, MONDAY] == found["answered_at"]
        assert "answered_at_offset" not in found

    def test_some_parts_are_always_there(self) -> None:
        """Every cause has its column, and so has the first end, whatever the rows."""
        always = {f"causes_{term}" for term in Dissatisfaction} | {"endings_1", "reopenings_1"}
        assert always <= set(columns([row()]))

    def test_currencies_may_be_asked_for(self) -> None:
        """A currency has a column where a row has an amount in it, or where one is asked for."""
        rows = [row(), row(*settled(1)[:3], fixed(4, Money(3, "SEK")))]
        table = columns(rows, currencies=["EUR"])
        assert [Decimal(0), Decimal(3)] == table["compensation_sek"]
        assert [Decimal(0), Decimal(0)] == table["compensation_eur"] == table["goodwill_eur"]
        assert "goodwill_sek" not in table
        with pytest.raises(RecordError, match="currency"):
            columns(rows, currencies=["euro"])

    @pytest.mark.parametrize("rows", [[call(), row()], [{"id": "1"}], [1, 2]])
    def test_refuses_rows_of_several_kinds(self, rows: Iterable[object]) -> None:
        """One table holds rows of one kind that is known."""
        with pytest.raises(RecordError, match="rows of one kind: Entry, PromiseEntry"):
            columns(rows)


RECORDS = [value for value in ROWS if attrs.has(type(value))]
NAMESPACE = {
    name: getattr(module, name)
    for module in (servicekit.complaint, servicekit.money, register, servicekit.resolution)
    for name in module.__all__
} | {"datetime": dt, "Decimal": Decimal}


class TestValues:
    """What holds for every public value of the register."""

    def test_every_class_has_a_sample(self) -> None:
        """No public class is left out of the laws below."""
        public = {getattr(register, name) for name in register.__all__}
        assert {kind for kind in public if isinstance(kind, type)} == set(map(type, ROWS))

    @pytest.mark.parametrize("value", ROWS, ids=numbered(ROWS))
    def test_is_made_as_it_shows(self, value: object) -> None:
        """What a value shows is the expression that makes an equal one, with an equal hash."""
        again = eval(repr(value), dict(NAMESPACE))  # noqa: S307 - our own repr
        assert (type(value), value, hash(value)) == (type(again), again, hash(again))

    @pytest.mark.parametrize("value", ROWS, ids=numbered(ROWS))
    def test_copies_and_pickles(self, value: object) -> None:
        """Copies, deep or not, and what comes out of a pickle are equal values."""
        assert value == copy.copy(value) == copy.deepcopy(value)
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            assert value == pickle.loads(pickle.dumps(value, protocol))

    @pytest.mark.parametrize("value", RECORDS, ids=numbered(RECORDS))
    def test_is_frozen(self, value: object) -> None:
        """No field can be set, and nothing changed is an equal value."""
        assert value == attrs.evolve(value)
        for field in attrs.fields(type(value)):
            with pytest.raises(AttributeError):
                setattr(value, field.name, None)


class TestBacklog:
    """opening + received + reopened - ended = closing."""

    REGISTER = entries(
        [
            case(id_="old", received_at=at(-50)),
            case(*ONE_DAY, id_="day"),
            case(*COME_BACK, id_="back"),
            case(id_="new", received_at=at(40)),
        ],
        as_of=at(100),
        reopening=ReopenPolicy.FIRST_END,
    )

    @pytest.mark.parametrize(
        ("start", "end", "counts"),
        [
            (-100, 100, (0, 4, 1, 3, 2)),
            (0, 5, (1, 2, 0, 0, 3)),
            (5, 29, (3, 0, 0, 2, 1)),
            (29, 34, (1, 0, 1, 0, 2)),
            (34, 41, (2, 1, 0, 1, 2)),
        ],
    )
    def test_counts_a_period(
        self, start: float, end: float, counts: tuple[int, int, int, int, int]
    ) -> None:
        """What happens at the start belongs to the period, what happens at the end does not."""
        found = backlog(self.REGISTER, at(start), at(end))
        assert counts == (
            found.opening,
            found.received,
            found.reopened,
            found.ended,
            found.closing,
        )

    def test_says_itself(self) -> None:
        """The text reads like the identity."""
        found = backlog(self.REGISTER, at(-100), at(100))
        assert str(found) == "0 open, 4 received, 1 reopened, 3 ended, 2 open"
        assert isinstance(found, Backlog)

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"as_of": at(39)}, "as_of"),
            ({"endings": ()}, "endings"),
            ({"endings": (at(30), at(34)), "reopenings": (at(29),)}, "endings"),
            ({"endings": (at(-1), at(34)), "reopenings": (at(29),)}, "endings"),
            ({"endings": (at(5), at(6), at(7)), "reopenings": (at(5),)}, "endings"),
            ({"stage": Stage.FIXED}, "stage"),
            ({"endings": (at(5),), "reopenings": (at(29),)}, "stage"),
        ],
    )
    def test_refuses_what_breaks_it(self, changes: dict[str, object], field: str) -> None:
        """A row whose turns cannot be is refused by its id and the field at fault."""
        broken = attrs.evolve(self.REGISTER[2], **changes)
        with pytest.raises(RecordError) as refused:
            backlog([broken], at(0), at(40))
        assert [f"{field} of 'back'"] == [problem.field for problem in refused.value.problems]

    def test_refuses_a_case_twice(self) -> None:
        """A case that is in the register twice would count twice."""
        with pytest.raises(RecordError, match="id is 'day'"):
            backlog([*self.REGISTER, self.REGISTER[1]], at(0), at(40))

    def test_refuses_what_is_no_entry(self) -> None:
        """A case is not yet a row."""
        with pytest.raises(RecordError, match=r"entries is .* allowed: entries of a register"):
            backlog([case()], at(0), at(1))

    def test_refuses_an_empty_period(self) -> None:
        """A period has an end after its start."""
        with pytest.raises(RecordError, match="end is"):
            backlog([], at(1), at(1))


@pytest.fixture(scope="module")
def read(data_folder):
    """Read every complaint of the file as an entry, as of the newest day in it."""
    path = Path(__file__).parents[1] / "examples/cfpb.py"
    example = run_path(str(path))
    with (data_folder / "cfpb/complaints_slim.csv").open(encoding="utf-8", newline="") as file:
        cases = [made for _, made in example["cases_of"](csv.DictReader(file))]
    return entries(cases, as_of=max(made.steps[-1].at for made in cases))


@pytest.fixture(scope="module")
def expected(data_folder):
    """Give the published counts."""
    return json.loads((data_folder / "cfpb/expected.json").read_text("utf-8"))["computed"]


class TestRealComplaints:
    """The published complaints, read as cases, as rows."""

    def test_columns_hold_every_complaint(self, read, expected):
        """No row and no category gets lost on the way into a table."""
        table = columns(read)
        assert {expected["n"]} == set(map(len, table.values()))
        assert expected["by_product"] == Counter(table["category"])

    def test_backlog_of_every_month(self, read, expected):
        """Month by month the received ones are those counted, and what is left is what is open."""
        months = sorted({row.received_at.replace(day=1) for row in read})
        ends = [*months[1:], read[0].as_of]
        found = [backlog(read, *period) for period in zip(months, ends, strict=True)]
        received = [expected["by_month"][f"{month:%Y-%m}"] for month in months]
        assert received[:-1] == [period.received for period in found[:-1]]
        assert all(a.closing == b.opening for a, b in pairwise(found))
        answered = expected["by_company_response"]
        still = answered["In progress"] + answered["Untimely response"]
        assert still == sum(row.open_since is not None for row in read)
