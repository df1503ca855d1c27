"""Which cases go up the chain, to whom, by when and why."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

import attrs
import pytest

from samples import (
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
from servicekit.complaint import Dissatisfaction
from servicekit.errors import DefinitionError, RecordError
from servicekit.policy import ESCALATE_EARLY, Authority, EscalationRule, Ground, Referral, escalate
from servicekit.resolution import Acknowledgement, Case, Escalation, Stage, Step

CHAIN: Final = {"agent": "supervisor", "supervisor": "owner"}
MINUTE: Final = timedelta(minutes=1)
AFTER: Final = timedelta(minutes=7)
FIXED: Final = TO_STAGE[Stage.FIXED]


def rule(ground: Ground, **changes: Any) -> EscalationRule:
    """Make a rule that takes a case to the supervisor within seven minutes."""
    return EscalationRule(ground, AFTER, **{"to": "supervisor"} | changes)


PROMISE: Final = rule(Ground.BROKEN_PROMISE)
ROUNDS: Final = rule(Ground.ROUNDS)
ANSWER: Final = rule(Ground.NEGATIVE_FEEDBACK)
WAITING: Final = rule(Ground.WAITING, longest=30 * MINUTE)
GRAVE: Final = rule(Ground.SEVERITY, grave={"leak", "seam", Dissatisfaction.TREATED_BADLY})


def taken(minutes: float, to: str) -> Escalation:
    """Take the case to somebody."""
    return Escalation(to, "Above my limit", at=at(minutes), by="Mika")


def found(
    rules: EscalationRule | Iterable[EscalationRule], *steps: Step, as_of: float = 60
) -> list[tuple[Ground, float, str]]:
    """Give the grounds on which a case of some steps goes up, since which minute and to whom."""
    given = [rules] if isinstance(rules, EscalationRule) else list(rules)
    referrals = escalate(case(*steps), Authority(CHAIN, escalation=given), at(as_of))
    assert [one.since + AFTER for one in referrals] == [one.by for one in referrals]
    return [(one.ground, (one.since - at(0)) / MINUTE, one.to) for one in referrals]


def test_a_broken_promise() -> None:
    """A promise goes up once it is past due, and no longer once it was kept, however late."""
    made = promise(1, due=at(10))

    assert [] == found(PROMISE, made, as_of=10)
    assert [(Ground.BROKEN_PROMISE, 10, "supervisor")] == found(PROMISE, made, as_of=10.1)
    assert [] == found(PROMISE, made, kept(11), as_of=12)
    assert [(Ground.BROKEN_PROMISE, 10, "supervisor")] == found(
        PROMISE, made, promise(11, "visit", due=at(90), replaces="call"), as_of=12
    )


def test_a_number_of_broken_promises() -> None:
    """The second of three is the ground where it takes two."""
    made = [promise(1, key, due=at(due)) for key, due in (("a", 30), ("b", 10), ("c", 20))]

    assert [(Ground.BROKEN_PROMISE, 20, "supervisor")] == found(
        attrs.evolve(PROMISE, at_least=2), *made
    )
    assert [] == found(attrs.evolve(PROMISE, at_least=4), *made)


def test_a_further_round() -> None:
    """Dissatisfaction and reopening begin another round."""
    again = (*FIXED, follow_up(5, satisfied=False))

    assert [] == found(ROUNDS, *FIXED)
    assert [(Ground.ROUNDS, 5, "supervisor")] == found(ROUNDS, *again)
    assert [(Ground.ROUNDS, 7, "supervisor")] == found(
        attrs.evolve(ROUNDS, at_least=2), *again, closure(6), reopening(7)
    )


def test_a_dissatisfied_answer() -> None:
    """Only the customer's own no counts, not that they were not reached."""
    assert [] == found(ANSWER, *FIXED, follow_up(5, satisfied=None))
    assert [(Ground.NEGATIVE_FEEDBACK, 5, "supervisor")] == found(
        ANSWER, *FIXED, follow_up(5, satisfied=False)
    )
    assert [] == found(attrs.evolve(ANSWER, at_least=2), *FIXED, follow_up(5, satisfied=False))


def test_a_long_wait() -> None:
    """It begins with the receipt, and again with every word from a person."""
    robot = Acknowledgement(automatic=True, at=at(20), by="mail robot")

    assert [] == found(WAITING, robot, as_of=30)
    assert [(Ground.WAITING, 30, "supervisor")] == found(WAITING, robot, as_of=30.1)
    assert [(Ground.WAITING, 50, "supervisor")] == found(WAITING, understanding(20))
    assert [] == found(WAITING, understanding(40))


def test_something_grave() -> None:
    """A category, a cause of dissatisfaction, and the key of a cause that was found."""
    authority = Authority(CHAIN, escalation=GRAVE)
    said = complaint(category="leak", causes={Dissatisfaction.TREATED_BADLY})
    seam = attrs.evolve(cause(2), key="seam")
    [of_complaint] = escalate(Case(said), authority, at(9))
    [of_cause] = escalate(case(understanding(), seam), authority, at(9))

    assert (at(0), "grave: leak, treated_badly") == (of_complaint.since, of_complaint.why)
    assert (at(2), "grave: seam") == (of_cause.since, of_cause.why)
    assert () == escalate(case(*TO_STAGE[Stage.EXPLAINED]), authority, at(9))


def test_what_was_annulled_does_not_count() -> None:
    """A promise recorded wrongly is not broken."""
    assert [] == found(PROMISE, promise(1, due=at(10)), correction(2, 0))


@pytest.mark.parametrize(
    ("to", "settled"),
    [("supervisor", True), ("owner", True), ("Salla", True), ("agent", False)],
)
def test_what_was_escalated_since_is_settled(to: str, settled: bool) -> None:  # noqa: FBT001 - an expectation
    """To the role, further up or to a person by name; to somebody below it is not."""
    steps = promise(1, due=at(10)), taken(10, to)

    assert settled is (found(PROMISE, *steps) == [])


def test_what_came_after_an_escalation_goes_up_again() -> None:
    """An escalation settles what was before it, and nothing that is broken later."""
    early = promise(1, "a", due=at(10)), promise(1, "b", due=at(20)), taken(15, "owner")

    assert [] == found(PROMISE, *early, as_of=20)
    assert [(Ground.BROKEN_PROMISE, 20, "supervisor")] == found(PROMISE, *early, as_of=21)


def test_without_a_role_it_goes_to_the_top() -> None:
    """Then an escalation to the supervisor is not enough."""
    to_top = attrs.evolve(PROMISE, to=None)

    assert [(Ground.BROKEN_PROMISE, 10, "owner")] == found(
        to_top, promise(1, due=at(10)), taken(11, "supervisor")
    )


def test_a_satisfied_customer_is_left_in_peace() -> None:
    """A resolved case stays where it is, whatever went wrong before."""
    steps = promise(0, due=at(0)), *TO_STAGE[Stage.RESOLVED]

    assert [] == found([PROMISE, WAITING, ANSWER], *steps, as_of=999)


def test_a_closed_case_goes_up_for_broken_promises_alone() -> None:
    """A closure releases nobody from a promise."""
    steps = promise(1, due=at(10)), closure(5)

    assert [(Ground.BROKEN_PROMISE, 10, "supervisor")] == found([WAITING, PROMISE], *steps)


def test_the_most_pressing_comes_first() -> None:
    """Referrals are in the order in which they are due, whatever that of the rules."""
    steps = (*FIXED, promise(5, due=at(10)), follow_up(20, satisfied=False))
    quick = attrs.evolve(ANSWER, within=timedelta(0))
    authority = Authority(CHAIN, escalation=[WAITING, PROMISE, ROUNDS, quick])

    assert [
        Ground.BROKEN_PROMISE,
        Ground.NEGATIVE_FEEDBACK,
        Ground.ROUNDS,
        Ground.WAITING,
    ] == [one.ground for one in escalate(case(*steps), authority, at(999))]


def test_nothing_is_known_before_it_happens() -> None:
    """A case is seen as it stood at the instant asked about."""
    steps = (*FIXED, follow_up(20, satisfied=False), taken(25, "owner"))

    assert [] == found(ANSWER, *steps, as_of=19)
    assert [(Ground.NEGATIVE_FEEDBACK, 20, "supervisor")] == found(ANSWER, *steps, as_of=24)
    assert [] == found(ANSWER, *steps, as_of=25)


def test_says_to_whom_by_when_and_why() -> None:
    """A referral is told in a line."""
    [one] = escalate(case(promise(1, due=at(10))), Authority(CHAIN, escalation=PROMISE), at(11))

    assert str(one) == (
        "to supervisor by 2026-05-04 09:47+00:00: promised and not done in time: To call back"
    )
    assert one == Referral(Ground.BROKEN_PROMISE, at(10), "supervisor", at(17), one.why)


def test_there_are_rules_to_begin_with() -> None:
    """Every ground has one, and they lead to the top whatever it is called."""
    assert set(Ground) == {one.ground for one in ESCALATE_EARLY}
    found = escalate(case(note()), Authority({"desk": "Liisa"}), at(99999))

    assert [(Ground.WAITING, "Liisa")] == [(one.ground, one.to) for one in found]


def test_nobody_asks_before_the_receipt() -> None:
    """An instant before the complaint is refused, and so is a naive one."""
    with pytest.raises(RecordError, match=r"escalate: as_of is .* not before the receipt"):
        escalate(case(), Authority(CHAIN), at(-1))
    with pytest.raises(RecordError, match=r"as_of is .* with its UTC offset"):
        escalate(case(), Authority(CHAIN), at(1).replace(tzinfo=None))


@pytest.mark.parametrize(
    ("start", "changes"),
    [
        (PROMISE, {"ground": "rounds"}),
        (PROMISE, {"within": -MINUTE}),
        (PROMISE, {"within": 7}),
        (PROMISE, {"within": timedelta.max}),
        (PROMISE, {"to": ""}),
        (PROMISE, {"at_least": 0}),
        (PROMISE, {"at_least": 1.0}),
        (PROMISE, {"longest": MINUTE}),
        (PROMISE, {"grave": "leak"}),
        (WAITING, {"longest": None}),
        (WAITING, {"longest": 30}),
        (GRAVE, {"grave": ()}),
        (GRAVE, {"grave": [" "]}),
        (GRAVE, {"grave": 3}),
    ],
    ids=str,
)
def test_what_is_no_rule_is_refused(start: EscalationRule, changes: dict[str, Any]) -> None:
    """Every field says what it may hold, and a rule has what its ground needs and no more."""
    [name] = changes
    with pytest.raises(DefinitionError, match=f"EscalationRule: {name} is .*, allowed: "):
        attrs.evolve(start, **changes)


def test_a_solution_not_delivered_in_time() -> None:
    """What was agreed by an instant is a promise as well."""
    agreed = (understanding(), cause(), proposal(3, due=at(20)))

    assert [(Ground.BROKEN_PROMISE, 20, "supervisor")] == found(PROMISE, *agreed)
    assert [] == found(PROMISE, *agreed, fix(19))
