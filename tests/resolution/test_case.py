"""Cases: built, advanced, looked at as of any instant."""

import pytest

from samples import (
    FULL_CASE,
    START,
    TO_STAGE,
    at,
    case,
    cause,
    closure,
    complaint,
    correction,
    fix,
    follow_up,
    kept,
    note,
    promise,
    proposal,
    reopening,
    understanding,
)
from servicekit.errors import FlowError, RecordError
from servicekit.money import Money
from servicekit.resolution import (
    Acknowledgement,
    Case,
    Escalation,
    Goodwill,
    Outcome,
    Prevention,
    Stage,
)

ROUND = TO_STAGE[Stage.RESOLVED]


def test_fresh():
    """A case without steps has been received and no more."""
    fresh = Case(complaint())
    assert (Stage.RECEIVED, 1, ()) == (fresh.stage, fresh.rounds, fresh.steps)
    assert (None, None, None) == (fresh.resolved_at, fresh.first_response_at, fresh.followed_up_at)
    assert ((), {}, (), (), ()) == (
        fresh.actions,
        dict(fresh.compensation),
        fresh.goodwill,
        fresh.prevention,
        fresh.escalations,
    )
    assert () == fresh.promises(at(99))
    assert frozenset({Outcome.CONFIRMED, Outcome.UNCONFIRMED, Outcome.CLOSED}) == fresh.allowed


def test_steps_from_a_list_or_alone():
    """A history may be given as a list; it is kept as a tuple."""
    assert (note(),) == Case(complaint(), [note()]).steps == Case(complaint(), note()).steps


@pytest.mark.parametrize("steps", ["note", [None], None, [note(), "note"], {note()}, [[note()]]])
def test_what_is_no_step(steps):
    """What is no step is refused as a record, with what steps look like."""
    with pytest.raises(RecordError, match=r"Case: steps is .*, allowed: steps, such as Underst"):
        Case(complaint(), steps)


@pytest.mark.parametrize("step", ["called", None, (note(),), complaint(), note])
def test_advance_by_what_is_no_step(step):
    """A case is not advanced by what is no step."""
    with pytest.raises(RecordError, match="Case: steps is"):
        case(understanding()).advance(step)


def test_what_is_no_complaint():
    """A case is one of a complaint."""
    with pytest.raises(RecordError, match="Case: complaint is 'C-17', allowed: a Complaint"):
        Case("C-17")


def test_advance_leaves_the_old_case():
    """Advancing gives a new case, and the old one stays what it was."""
    before = case(understanding())
    after = before.advance(cause())
    assert (case(understanding()), case(understanding(), cause())) == (before, after)


@pytest.mark.parametrize("first", [note(-1), understanding(-0.001)])
def test_not_before_the_complaint(first):
    """No step is older than the complaint."""
    for build in (case, case().advance):
        with pytest.raises(FlowError) as caught:
            build(first)
        assert (0, ("an instant not before 2026-05-04T09:30:00+00:00",)) == (
            caught.value.position,
            caught.value.missing,
        )


@pytest.mark.parametrize(
    "step", [note(2), promise(2), kept(2), correction(2, 0), cause(2)], ids=lambda s: repr(s)[:9]
)
def test_time_order(step):
    """No step is older than the one before it, of whatever kind it is."""
    before = case(understanding(1), promise(3, "call"))
    for build in (before.advance, lambda step: case(*before.steps, step)):
        with pytest.raises(FlowError, match="an instant not before 2026-05-04T09:33:00"):
            build(step)


def test_at_one_instant():
    """Steps may share an instant, that of the complaint too."""
    assert Stage.EXPLAINED is case(understanding(0), cause(0)).stage


def test_rounds():
    """Listening begins again with each dissatisfaction and each reopening."""
    steps = [*ROUND, follow_up(6, satisfied=False), understanding(7), closure(8), reopening(9)]
    assert [1, 1, 1, 1, 1, 1, 2, 2, 2, 3] == [
        case(*steps[:length]).rounds for length in range(len(steps) + 1)
    ]


def test_not_confirmed_is_no_new_round():
    """Listening longer is the same round, also after a confirmation was taken back."""
    assert 1 == case(understanding(1), understanding(2, confirmed=False)).rounds


def test_resolved_at():
    """A round is resolved when the customer says so first; asked again, that instant stays."""
    assert at(5) == case(*ROUND).resolved_at
    assert at(5) == case(*ROUND, follow_up(6), follow_up(7, satisfied=None)).resolved_at


def test_no_longer_resolved():
    """A case that started over is not resolved, until it is again."""
    again = case(*ROUND, reopening(6))
    assert None is again.resolved_at
    later = [understanding(11), cause(12), proposal(13), fix(14), follow_up(15)]
    for step in later:
        again = again.advance(step)
    assert (at(15), 2) == (again.resolved_at, again.rounds)


def test_closed_is_not_resolved():
    """A case that was closed has no word of a satisfied customer."""
    assert None is case(closure()).resolved_at


def test_first_response():
    """Automatic messages, notes and failed attempts are no response of a person."""
    started = [
        Acknowledgement(automatic=True, at=at(1), by="robot"),
        note(2),
        Escalation("Salla", "r", at=at(3), by="Mika"),
    ]
    assert None is case(*started).first_response_at
    assert at(4) == case(*started, promise(4), understanding(5)).first_response_at
    assert at(4) == case(*started, Acknowledgement(at=at(4), by="M")).first_response_at


@pytest.mark.parametrize("first", [understanding(1), understanding(1, confirmed=False)])
def test_listening_is_a_response(first):
    """Whoever listened was in touch with the customer."""
    assert at(1) == case(first, note(2)).first_response_at


def test_first_response_annulled():
    """A response that never was does not count."""
    assert at(3) == case(promise(1), correction(2, 0), understanding(3)).first_response_at


def test_followed_up():
    """The last time that the customer was reached counts, whatever they said."""
    fixed = TO_STAGE[Stage.FIXED]
    assert None is case(*fixed, follow_up(5, satisfied=None)).followed_up_at
    assert at(6) == case(*fixed, follow_up(6, satisfied=False)).followed_up_at
    asked = [follow_up(5), follow_up(6), follow_up(7, satisfied=None)]
    assert at(6) == case(*fixed, *asked).followed_up_at


def test_actions_of_all_rounds():
    """What was done adds up over the rounds."""
    assert ("Sent a new kettle", "Gave a lesson") == FULL_CASE.actions
    again = [understanding(11), cause(12), proposal(13), fix(14)]
    assert ("Sent it", "Sent it") == case(*ROUND, reopening(6), *again).actions


def test_compensation_per_currency():
    """Redress adds up over the rounds, within each currency; goodwill is none."""
    steps = [understanding(1), cause(2), proposal(3), fix(4, Money(1, "GBP"), Money(2, "EUR"))]
    gift = Goodwill("tea", Money(100, "EUR"), at=at(5), by="Mika")
    again = [understanding(11), cause(12), proposal(13), fix(14, Money("0.5", "EUR"))]
    full = case(*steps, gift, follow_up(6, satisfied=False), *again)
    assert {"EUR": Money("2.5", "EUR"), "GBP": Money(1, "GBP")} == full.compensation
    assert (gift,) == full.goodwill


def test_an_annulled_fix_compensates_nothing():
    """What was recorded wrongly counts nowhere."""
    steps = [*TO_STAGE[Stage.AGREED], fix(4, Money(1, "GBP")), correction(5, 3)]
    corrected = case(*steps)
    assert ({}, (), Stage.AGREED) == (corrected.compensation, corrected.actions, corrected.stage)


def test_collected():
    """Suggestions and escalations are collected, in order."""
    escalated = Escalation("Salla", "r", at=at(1), by="Mika")
    hints = [Prevention(text, at=at(2), by="Mika") for text in ("a", "b")]
    collected = case(escalated, *hints)
    assert (("a", "b"), (escalated,)) == (collected.prevention, collected.escalations)


def test_as_of():
    """A case as of an instant has the steps taken by then, that instant included."""
    steps = [note(1, "a"), note(2, "b"), note(2, "c"), note(3, "d")]
    assert ["", "a", "a", "abc", "abc", "abcd", "abcd"] == [
        "".join(step.text for step in case(*steps).as_of(at(minute)).steps)
        for minute in (-5, 1, 1.5, 2, 2.5, 3, 9)
    ]


def test_as_of_now_is_the_case():
    """Where no step is left out, the case is the same one."""
    assert FULL_CASE is FULL_CASE.as_of(at(99))


def test_as_of_before_a_correction():
    """What was thought then is what the case was then."""
    corrected = case(understanding(1), correction(3, 0))
    assert (Stage.UNDERSTOOD, Stage.RECEIVED) == (corrected.as_of(at(2)).stage, corrected.stage)


@pytest.mark.parametrize("instant", [START.replace(tzinfo=None), "2026-05-04", None, 0])
def test_asked_for_no_instant(instant):
    """A question about an instant names one with its offset."""
    with pytest.raises(RecordError, match=r"instant: at is .*, allowed: an instant with its UTC"):
        FULL_CASE.as_of(instant)
    with pytest.raises(RecordError, match="allowed: an instant with its UTC"):
        FULL_CASE.promises(instant)
