"""What to know of a customer before talking to them again."""

from datetime import datetime
from typing import Any, Final

import attrs
import pytest

from samples import (
    FULL_CASE,
    TO_STAGE,
    at,
    case,
    cause,
    closure,
    complaint,
    correction,
    fix,
    kept,
    note,
    promise,
    proposal,
    understanding,
)
from servicekit.complaint import Channel, Customer, Subject
from servicekit.errors import RecordError
from servicekit.policy import Conversation, CustomerHistory
from servicekit.register import Contact
from servicekit.resolution import Acknowledgement, Case, Escalation, Responsible, Stage

CALL: Final = Contact(
    "T-1",
    Channel.PHONE,
    queued_at=at(30),
    answered_at=at(31),
    agent="Sanna",
    language_wanted="sv",
    matter="an invoice",
)


def later(minutes: float, **changes: Any) -> Case:
    """Make a case of a later complaint of the same customer."""
    return Case(complaint(id=f"C-{minutes}", received_at=at(minutes), **changes))


def past(
    *cases: Case, contacts: tuple[Contact, ...] = (), as_of: datetime | None = None
) -> CustomerHistory:
    """Make the history of some cases and contacts."""
    return CustomerHistory(cases, contacts, as_of or at(99))


def test_nothing_is_known_of_a_stranger() -> None:
    """Without cases and contacts there is nothing to tell, and one starts afresh all the same."""
    found = past()

    assert (None, None, None, None, (), None) == (
        found.name,
        found.language,
        found.last_contact,
        found.last_purchase,
        found.open_promises,
        found.how_it_went,
    )
    assert str(found).splitlines() == [
        "name:          -",
        "language:      -",
        "last contact:  -",
        "last purchase: -",
        "last time:     -",
        "Start afresh: listen from the beginning, whatever was said before.",
    ]


def test_tells_all_that_helps() -> None:
    """Name, language, conversation, purchase, promises and how it stands, a line each."""
    said = complaint(
        customer=Customer("Aino Virtanen", language="fi"), about=Subject("O-1", "Kettle")
    )
    steps = (understanding(), promise(2, due=at(10)), promise(3, "visit", due=at(200)))

    assert str(past(Case(said, steps), contacts=(CALL,))).splitlines() == [
        "name:          Aino Virtanen",
        "language:      sv",
        "last contact:  2026-05-04 10:01+00:00, with Sanna, by phone, about: an invoice",
        "last purchase: Kettle, O-1",
        "promised:      To call back by 2026-05-04 09:40+00:00, overdue",
        "promised:      To call back by 2026-05-04 12:50+00:00",
        "last time:     open, the cause is to be found",
        "Start afresh: listen from the beginning, whatever was said before.",
    ]


def test_the_language_is_the_one_last_wanted() -> None:
    """By whatever channel it was said; what is not known changes nothing."""
    finnish = later(40, customer=Customer("Aino Virtanen", language="fi"))

    assert "sv" == past(case(), contacts=(CALL,)).language
    assert "fi" == past(case(), finnish, contacts=(CALL,)).language
    assert "sv" == past(case(), finnish, contacts=(CALL,), as_of=at(39)).language
    assert "fi" == past(finnish, later(50)).language


def test_the_last_contact_is_the_last_conversation() -> None:
    """A call that was answered, a step in which somebody was in touch, or the complaint itself."""
    listened = case(understanding(40))

    assert Conversation(at(31), "Sanna", about="an invoice", channel=Channel.PHONE) == (
        past(case(), contacts=(CALL,)).last_contact
    )
    assert Conversation(at(40), "Mika", about="The kettle leaks") == (
        past(listened, contacts=(CALL,)).last_contact
    )
    assert Conversation(at(0), "Mika", about="The kettle leaks", channel=Channel.PHONE) == (
        past(listened, contacts=(CALL,), as_of=at(30)).last_contact
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"answered_at": None, "abandoned_at": at(32)},
        {"answered_at": None},
        {"answered_by_person": False},
        {"answered_at": at(100)},
    ],
    ids=str,
)
def test_what_is_no_conversation(changes: dict[str, Any]) -> None:
    """Hanging up, waiting, talking to a machine, and what is still to come."""
    found = past(contacts=(attrs.evolve(CALL, **changes),))

    assert found.last_contact is None


def test_notes_and_machines_are_no_contact() -> None:
    """Only a person counts, and nothing that was annulled."""
    robot = Acknowledgement(automatic=True, at=at(20), by="robot")
    steps = (understanding(1), note(10), robot, understanding(30), correction(31, 3))

    assert at(1) == past(case(*steps)).last_contact.at


def test_the_last_purchase_is_what_was_last_complained_of() -> None:
    """An order or a product; a policy is no purchase."""
    kettle = later(10, about=Subject("O-1"))
    rule = later(20, about=Subject(policy="P-1"))

    assert Subject("O-1") == past(rule, case(), kettle).last_purchase
    assert None is past(rule, case(), kettle, as_of=at(9)).last_purchase


def test_open_promises_are_owed() -> None:
    """Pending and overdue ones, the one due first in front; neither kept nor replaced ones."""
    steps = (
        promise(1, "late", due=at(10)),
        promise(2, "done", due=at(20)),
        kept(3, "done"),
        promise(4, "moved", due=at(30)),
        promise(5, "new", due=at(60), replaces="moved"),
        promise(6, "soon", due=at(8)),
    )
    found = past(case(*steps), as_of=at(40)).open_promises

    assert ["soon", "late", "new"] == [one.key for one in found]


def test_a_solution_done_late_is_done() -> None:
    """It was a broken promise, but nobody waits for it any more."""
    agreed = (understanding(1), cause(2), proposal(3, due=at(20)))

    assert ["New one"] == [one.what for one in past(case(*agreed)).open_promises]
    assert () == past(case(*agreed, fix(30))).open_promises


@pytest.mark.parametrize("stage", Stage)
def test_how_the_last_case_went(stage: Stage) -> None:
    """Each stage is told in words."""
    told = past(case(*TO_STAGE[stage])).how_it_went

    assert ("open" in told, "satisfied" in told) == (
        stage not in {Stage.FIXED, Stage.RESOLVED, Stage.CLOSED},
        stage in {Stage.FIXED, Stage.RESOLVED, Stage.CLOSED},
    )


def test_the_last_time_is_when_something_was_last_done() -> None:
    """In a case or in a contact, in whatever order they come; what is to come is not known."""
    closed, opened = case(closure(60)), later(50)
    told = attrs.evolve(CALL, answered_at=at(70), solved=False, resolved=True)

    assert past(opened, closed).how_it_went.startswith("closed")
    assert "open, to be listened to" == past(closed, opened, as_of=at(59)).how_it_went
    assert "the matter was not solved" == past(closed, contacts=(told,)).how_it_went
    assert past(closed, contacts=(told,), as_of=at(69)).how_it_went.startswith("closed")


@pytest.mark.parametrize(
    ("flags", "went"),
    [
        ({"solved": True, "resolved": False}, "the matter was solved"),
        ({"resolved": True}, "the matter was solved"),
        ({"resolved": False}, "the matter was not solved"),
        ({}, None),
        ({"resolved": True, "answered_at": None}, None),
    ],
    ids=str,
)
def test_the_customer_s_word_comes_before_the_agent_s(
    flags: dict[str, Any], went: str | None
) -> None:
    """Where the customer was asked whether the matter was solved, that counts."""
    assert went == past(contacts=(attrs.evolve(CALL, **flags),)).how_it_went


def test_never_carries_blame() -> None:
    """Who was at fault, what was noted, why it went up: none of it is told."""
    blamed = Case(
        FULL_CASE.complaint,
        (
            note(0, "rude again"),
            understanding(1),
            attrs.evolve(cause(2), responsible=Responsible.CUSTOMER, customer_did="Dropped it"),
            Escalation("Salla", "shouted", at=at(3), by="Mika"),
        ),
    )
    told = str(past(blamed)).casefold()

    assert not [word for word in ("rude", "dropped", "shouted", "fault", "seam") if word in told]


def test_one_history_is_of_one_customer() -> None:
    """Two names, or two keys, would give one away to the other."""
    other = later(1, customer=Customer("Eero Virtanen"))
    same = later(1, customer=Customer("aino  virtanen"))
    calls = [attrs.evolve(CALL, customer=key) for key in ("K-1", None, "K-2")]

    assert past(case(), same).name == "aino  virtanen"
    assert past(contacts=tuple(calls[:2])).last_contact
    with pytest.raises(RecordError, match=r"CustomerHistory: cases is .* the same name"):
        past(case(), other)
    with pytest.raises(RecordError, match=r"CustomerHistory: contacts is .* the same key"):
        past(contacts=tuple(calls))


@pytest.mark.parametrize(
    ("name", "wrong"), [("cases", [complaint()]), ("contacts", "T-1"), ("as_of", None)], ids=str
)
def test_what_is_no_history_is_refused(name: str, wrong: object) -> None:
    """Every field says what it may hold."""
    with pytest.raises(RecordError, match=f"CustomerHistory: {name} is .*, allowed: "):
        attrs.evolve(past(case()), **{name: wrong})
