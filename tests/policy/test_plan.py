"""What the model calls for next."""

from datetime import UTC, datetime
from typing import Final

import pytest

from samples import (
    FULL_COMPLAINT,
    TO_STAGE,
    TRIES,
    at,
    case,
    complaint,
    fix,
    follow_up,
    promise,
    understanding,
)
from servicekit.complaint import Customer
from servicekit.errors import RecordError
from servicekit.kpi import Better, Column, Kpi, Scorecard, Share, Target, measure
from servicekit.money import Money
from servicekit.policy import Action, ModelRow, Plan, plan
from servicekit.problems import Signal, Source, policies, rank
from servicekit.resolution import Case, Goodwill, Prevention, Stage, guidance

KNOWN: Final = FULL_COMPLAINT


def whats(found: Plan, row: ModelRow) -> list[str]:
    """Give what is called for by one row."""
    return [one.what for one in found if one.row is row]


@pytest.mark.parametrize("stage", Stage)
def test_a_case_calls_for_what_its_stage_does(stage: Stage) -> None:
    """The guidance for the stage is in the plan, in order, each line with a row."""
    found = plan(Case(KNOWN, TO_STAGE[stage]))
    told = [one.what for one in found]
    do = list(guidance(stage).do)

    assert do == [line for line in told if line in do]
    assert found.title == f"C-17, {stage}"
    assert all(one.row.asks_for for one in found)


def test_what_was_promised_comes_first() -> None:
    """Overdue promises before the others, each by when it is due."""
    steps = (promise(1, "visit", due=at(90)), promise(2, "call", due=at(10)))
    late, pending, *_ = plan(case(*steps), as_of=at(11))

    assert ("Overdue, come back to the customer now: To call back", at(10)) == (late.what, late.by)
    assert ("Promised: To call back", at(90)) == (pending.what, pending.by)
    assert {ModelRow.B7} == {late.row, pending.row}


def test_a_case_is_seen_as_of_its_last_step_or_an_instant() -> None:
    """Nothing that came later is known, and without an instant nothing is overdue by itself."""
    steps = (promise(1, "call", due=at(10)), understanding(5))

    assert plan(case(*steps)) == plan(case(*steps), as_of=at(5))
    assert "C-17, received" == plan(case(*steps), as_of=at(4)).title
    assert "C-17, received" == plan(case()).title
    with pytest.raises(RecordError, match=r"plan: as_of is .* not before the receipt"):
        plan(case(), as_of=at(-1))


def test_somebody_has_to_answer() -> None:
    """As long as nobody was in touch in person, that is called for; not after the end."""
    assert 1 == len(whats(plan(case()), ModelRow.B8))
    assert [] == whats(plan(case(understanding())), ModelRow.B8)
    assert [] == whats(plan(case(*TO_STAGE[Stage.CLOSED])), ModelRow.B8)


def test_what_the_record_lacks() -> None:
    """Address, phone, language and the causes are asked for where they are not known."""
    bare = plan(case())
    whole = plan(Case(KNOWN))

    assert ["address", "phone"] == [
        what.removeprefix("Ask for the customer's ").partition(";")[0]
        for what in whats(bare, ModelRow.A1)
    ]
    assert 2 == len(whats(bare, ModelRow.B11))
    assert 1 == len(whats(bare, ModelRow.A7))
    assert ([], 1, []) == (
        whats(whole, ModelRow.A1),
        len(whats(whole, ModelRow.B11)),
        whats(whole, ModelRow.A7),
    )


def test_after_a_fix() -> None:
    """Prevention and something extra are called for, until they are there."""
    fixed = Case(KNOWN, TO_STAGE[Stage.FIXED])
    [extra] = whats(plan(fixed), ModelRow.B12)
    given = fixed.advance(Goodwill("Tea", at=at(5), by="Mika"))
    paid = Case(KNOWN, (*TO_STAGE[Stage.AGREED], fix(4, Money(5, "EUR"))))
    learned = fixed.advance(Prevention("Test seams", at=at(5), by="Mika"))

    assert "something extra" in extra
    assert [] == whats(plan(given), ModelRow.B12) == whats(plan(paid), ModelRow.B12)
    assert (2, 1) == tuple(len(whats(plan(one), ModelRow.A1)) for one in (fixed, learned))
    assert 1 == len(whats(plan(fixed.advance(follow_up(9))), ModelRow.A1))


GOOD: Final = Kpi(
    "good", "Good", Share(Column("good").is_true()), unit="share", better=Better.HIGHER
)


def card(target: Target, signs: str = "+") -> Plan:
    """Plan after a scorecard of one target over rows that are good, bad or unknown."""
    rows = [{"good": {"+": True, "-": False}.get(sign), "tries": 3} for sign in signs]
    measured = measure([GOOD, TRIES], rows, as_of=at(0))
    return plan(Scorecard.of("May", [target], measured, as_of=at(50)))


def test_a_missed_target_is_worked_on() -> None:
    """By the day on which it is due, and from where it stands."""
    target = Target(TRIES, at_most=5, due=at(99), owner="Mika")

    assert [
        Action("Work on 'Tries: at most 5 tries'; it stands at 6.", ModelRow.B2, by=at(99))
    ] == list(card(target, "+-"))


def test_a_target_that_is_met_is_praised() -> None:
    """Its owner, or whoever it was."""
    assert ["Praise Mika: 'Tries' is met."] == whats(
        card(Target(TRIES, at_most=9, owner="Mika")), ModelRow.B4
    )
    found = card(Target(TRIES, at_most=9))
    assert ["Praise those whose work it is: 'Tries' is met."] == whats(found, ModelRow.B4)
    assert ["Name somebody who answers for 'Tries'."] == whats(found, ModelRow.B2)


def test_what_is_not_known_is_measured() -> None:
    """The columns that it needs are named."""
    assert ["Measure 'Good': nothing is known yet (good)."] == whats(
        card(Target(GOOD, at_least=0.5, owner="M"), "?"), ModelRow.A4
    )


def test_too_little_is_no_conclusion() -> None:
    """Where the interval spans the goal, the number of rows is told."""
    found = card(Target(GOOD, at_least=0.5, owner="M"), "++-")

    assert ["Conclude nothing from 'Good' yet; n = 3 leaves it open."] == whats(found, ModelRow.A10)


def test_what_is_behind_its_line() -> None:
    """A target on its way is told when it falls behind, not when it is met."""
    line = {"baseline": 9, "since": at(0), "due": at(100), "owner": "M"}

    assert 2 == len(whats(card(Target(TRIES, at_most=1, **line), "++"), ModelRow.B2))
    assert 1 == len(whats(card(Target(TRIES, at_most=2, **line)), ModelRow.B2))
    assert [] == whats(card(Target(TRIES, at_most=3, **line)), ModelRow.B2)


def test_shown_as_a_table() -> None:
    """What to do, by when, and the row, with what each row asks for below."""
    target = Target(TRIES, at_most=5, due=datetime(2026, 6, 1, tzinfo=UTC), owner="Mika")
    found = card(target, "+-")

    assert str(found).splitlines() == [
        "May",
        "What to do                                                             By  Row",
        "Work on 'Tries: at most 5 tries'; it stands at 6.  2026-06-01 00:00+00:00   B2",
        "B2: Goals with targets that can be measured",
    ]
    assert (1, "<table>" in found._repr_html_()) == (len(found), True)
    assert str(found.actions[0]).endswith("6. by 2026-06-01 00:00+00:00 (B2)")


def told(*signals: Signal, **options: object) -> list[tuple[str, ModelRow]]:
    """Give what is called for after a ranking of some signals."""
    return [(one.what, one.row) for one in plan(rank(signals, **options))]


LATE: Final = Signal("late", Source.COMPLAINTS, at(0), weight=60, policy="one slot")
CARRIER: Final = Signal("late", "carrier", at(0), weight=20)
FEE: Final = Signal("fee", Source.STAFF, at(0), weight=10, policy="fee by phone")


def test_big_problems_are_acted_on() -> None:
    """Each with how often and who tells of it; one that a single source tells of is asked about."""
    assert told(LATE, CARRIER, FEE, top=2) == [
        ("Act on 'late': 80 times, 88.9 %, told by complaints, carrier.", ModelRow.A6),
        ("Act on 'fee': 10 times, 11.1 %, told by staff.", ModelRow.A6),
        ("Ask others about 'fee': only told by staff.", ModelRow.A5),
        ("See whether the policy 'one slot' can go or be simpler.", ModelRow.B3),
        ("See whether the policy 'fee by phone' can go or be simpler.", ModelRow.B3),
    ]


def test_a_mention_without_an_occurrence_corroborates_nothing() -> None:
    """Who only suggests something does not tell that it happened."""
    thought = Signal("fee", "shop", at(0), weight=0, note="Drop it")

    assert ("Ask others about 'fee': only told by staff.", ModelRow.A5) in told(FEE, thought)


def test_what_may_be_as_big_is_looked_at() -> None:
    """A problem that is behind the last of the top by no more than noise is named."""
    close = Signal("torn", Source.COMPLAINTS, at(0), weight=9)

    assert ("Look at 'torn' as well: it may be as big.", ModelRow.A6) in told(FEE, close, top=1)
    assert [] == [what for what, _ in told(LATE, FEE, top=1) if what.startswith("Look")]


def test_what_is_vague_is_asked_about() -> None:
    """What nobody can act on yet comes with its question."""
    vague = Signal("unhappy", Source.SURVEY, at(0), actionable=False)
    [asked] = told(vague)

    assert ModelRow.A9 is asked[1]
    assert asked[0].startswith("Ask about 'unhappy': What happened")


def test_policies_are_simplified() -> None:
    """A ranking of policies calls for fewer of them, and names what they stand behind."""
    found = plan(policies([LATE, FEE]))

    assert "The policies behind them" == found.title
    assert (
        Action("See whether the policy 'one slot' can go: behind late.", ModelRow.B3)
        == found.actions[0]
    )


def test_nothing_told_calls_for_nothing() -> None:
    """An empty ranking is an empty plan."""
    assert [] == told()


@pytest.mark.parametrize("wrong", [None, complaint(), [case()], TRIES], ids=str)
def test_what_cannot_be_planned_for_is_refused(wrong: object) -> None:
    """The error says what can."""
    with pytest.raises(RecordError, match=r"plan: subject is .*, allowed: a Case"):
        plan(wrong)


def test_a_customer_may_be_known_in_part() -> None:
    """Only what is missing is asked for."""
    known = complaint(customer=Customer("Aino", phone="5", language="fi"))
    found = plan(Case(known))

    assert ["Ask for the customer's address; it is not on record."] == whats(found, ModelRow.A1)
