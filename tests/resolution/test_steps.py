"""Steps: each holds its evidence, or it cannot be made."""

from typing import get_args

import attrs
import pytest

from samples import (
    FULL_STEPS,
    MOVING_NOTHING,
    START,
    at,
    fix,
    numbered,
    promise,
    proposal,
    understanding,
)
from servicekit.errors import RecordError
from servicekit.money import Money
from servicekit.resolution import (
    Acknowledgement,
    Cause,
    Correction,
    Fix,
    FollowUp,
    Goodwill,
    Outcome,
    Promise,
    Proposal,
    Reopening,
    Responsible,
    Solution,
    Step,
    Understanding,
)

SAID = {"at": START, "by": "Mika"}


def test_a_sample_of_every_kind():
    """The full history holds all fifteen kinds of step."""
    assert set(get_args(Step)) == {type(step) for step in FULL_STEPS}
    assert 15 == len(get_args(Step))


@pytest.mark.parametrize("step", FULL_STEPS, ids=numbered(FULL_STEPS))
@pytest.mark.parametrize(("name", "bad"), [("at", START.replace(tzinfo=None)), ("by", " ")])
def test_when_and_by_whom(step, name, bad):
    """Every step says when, with its offset, and by whom."""
    with pytest.raises(RecordError) as caught:
        attrs.evolve(step, **{name: bad})
    assert [name] == [problem.field for problem in caught.value.problems]


@pytest.mark.parametrize("kind", get_args(Step))
def test_when_and_by_whom_have_no_default(kind):
    """Nothing is taken from a clock: a step without its instant is none."""
    with pytest.raises(TypeError, match="'at' and 'by'"):
        kind(*("x" for each in attrs.fields(kind) if not each.kw_only), **_required(kind))


def _required(kind):
    return {
        each.name: "x"
        for each in attrs.fields(kind)
        if each.kw_only and each.default is attrs.NOTHING and each.name not in {"at", "by"}
    }


@pytest.mark.parametrize(
    "step",
    [step for step in FULL_STEPS if step.outcome is None],
    ids=numbered([step for step in FULL_STEPS if step.outcome is None]),
)
def test_adding_to_the_record(step):
    """The steps that move nothing are the eight that only add to the record."""
    assert type(step).__name__ in {
        "Acknowledgement",
        "Promise",
        "PromiseKept",
        "Escalation",
        "Goodwill",
        "Prevention",
        "Note",
        "Correction",
    }


CONTACTS = [
    (understanding(confirmed=False), True),
    (proposal(accepted=False), True),
    (fix(), True),
    (Acknowledgement(**SAID), True),
    (Acknowledgement(automatic=True, **SAID), False),
    (FollowUp(True, **SAID), True),  # noqa: FBT003 - the one thing that it says
    (FollowUp(None, **SAID), False),
    (promise(), True),
    (Reopening("r", **SAID), False),
    (Cause("a", "b", problem="p", **SAID), False),
    *((step, False) for step in MOVING_NOTHING[3:]),
]


@pytest.mark.parametrize(("step", "is_contact"), CONTACTS, ids=numbered(CONTACTS))
def test_is_contact(step, is_contact):
    """A step says whether a person was in touch with the customer."""
    assert is_contact is step.is_contact


def test_the_company_is_responsible():
    """Unless said otherwise the fault is the company's, and the second cause is not known."""
    step = Cause("a", "b", problem="p", **SAID)
    assert (Responsible.COMPANY, None, None) == (step.responsible, step.escaped_because, step.key)


def test_one_text_for_several():
    """One fact, one action, one solution and one amount can be given alone."""
    solution, money = Solution("w", "r"), Money(1, "EUR")
    assert ("f",) == Understanding("f", "r", confirmed=True, **SAID).facts
    assert (solution,) == Proposal(None, solution, accepted=True, **SAID).solutions
    fix = Fix(["Sent"], "Sorry", compensation=money, **SAID)
    assert (("Sent",), (money,)) == (fix.actions, fix.compensation)


def test_wish_has_no_default():
    """Nobody proposes without having asked: the wish, or None for none, must be said."""
    with pytest.raises(TypeError, match="wish"):
        Proposal(solutions=(Solution("w", "r"),), accepted=True, **SAID)


@pytest.mark.parametrize("wish", ["", " ", False, 0])
def test_a_blank_wish_is_none(wish):
    """A wish is text, or None."""
    with pytest.raises(RecordError, match="Proposal: wish is "):
        Proposal(wish, Solution("w", "r"), accepted=True, **SAID)


def test_a_proposal_proposes():
    """Without a solution nothing is proposed."""
    with pytest.raises(RecordError, match="at least 1"):
        Proposal(None, (), accepted=True, **SAID)


def test_a_fix_apologises():
    """Neither the actions nor the apology may be empty."""
    with pytest.raises(RecordError) as caught:
        Fix((), "", **SAID)
    assert ["actions", "apology"] == [problem.field for problem in caught.value.problems]


def test_nobody_is_compensated_less_than_nothing():
    """Redress and goodwill are not below zero; zero is fine."""
    assert (Money(0, "EUR"),) == Fix("a", "s", compensation=Money(0, "EUR"), **SAID).compensation
    with pytest.raises(RecordError, match=r"Fix: compensation is \(Money.*no amount below zero"):
        Fix("a", "s", compensation=[Money(1, "EUR"), Money("-0.01", "EUR")], **SAID)
    assert Money(0, "EUR") == Goodwill("tea", Money(0, "EUR"), **SAID).value
    with pytest.raises(RecordError, match=r"Goodwill: value is Money.*no amount below zero"):
        Goodwill("tea", Money(-1, "EUR"), **SAID)


def test_promised_from_now_on():
    """A promise is due at its own instant at the earliest."""
    assert at(1) == promise(1, due=at(1)).due
    with pytest.raises(RecordError, match=r"Promise: due is .*an instant not before the promise"):
        Promise("k", "w", due=at(0.5), at=at(1), by="Mika")


def test_solutions_promised_from_now_on():
    """A solution is promised by the instant of its proposal at the earliest."""
    good = Solution("w", "r", promised_by=at(0))
    assert good == Proposal(None, good, accepted=True, **SAID).solutions[0]
    late = Solution("w", "r", promised_by=at(-1))
    with pytest.raises(RecordError, match=r"Proposal: solutions is .*none promised by an instant"):
        Proposal(None, [good, late], accepted=False, **SAID)


@pytest.mark.parametrize("annuls", [-1, True, 1.0, "1", None])
def test_a_position_is_a_whole_number(annuls):
    """What a correction annuls is a position, counted from 0."""
    with pytest.raises(
        RecordError, match=r"Correction: annuls is .*a whole number from 0 to 2\*\*53 - 1"
    ):
        Correction(annuls, "reason", **SAID)


@pytest.mark.parametrize(
    ("satisfied", "outcome"),
    [(True, Outcome.SATISFIED), (False, Outcome.DISSATISFIED), (None, Outcome.UNREACHED)],
)
def test_answers(satisfied, outcome):
    """A customer is satisfied, is not, or was not reached."""
    assert outcome is FollowUp(satisfied, **SAID).outcome


@pytest.mark.parametrize("satisfied", [1, 0, "yes", ""])
def test_no_other_answer(satisfied):
    """Whether a customer is satisfied is not guessed from anything else."""
    with pytest.raises(RecordError, match=r"FollowUp: satisfied is .*True, False, or None"):
        FollowUp(satisfied, **SAID)
