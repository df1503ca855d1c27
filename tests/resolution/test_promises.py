"""Promises: pending, kept, kept late, broken, renegotiated, at any instant."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from samples import (
    START,
    TO_STAGE,
    at,
    case,
    cause,
    closure,
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
from servicekit.resolution import Case, PromiseStatus, Proposal, Solution, Stage

PENDING, KEPT, KEPT_LATE, BROKEN, RENEGOTIATED = PromiseStatus
EXPLAINED = TO_STAGE[Stage.EXPLAINED]
DUE = at(10)
TICK = 1 / 60 / 1_000_000
"""A microsecond, in minutes."""


def statuses(made: Case, minutes: float) -> list[PromiseStatus]:
    """Say what has become of the promises so many minutes after the complaint."""
    return [state.status for state in made.promises(at(minutes))]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0.5, []), (1, [PENDING]), (9, [PENDING]), (10, [PENDING]), (10 + TICK, [BROKEN])],
)
def test_not_kept(minutes, expected):
    """A promise is pending up to the instant at which it is due, and broken after it."""
    assert expected == statuses(case(promise(1, due=DUE)), minutes)


@pytest.mark.parametrize(
    ("minutes", "status"), [(1, KEPT), (10, KEPT), (10 + TICK, KEPT_LATE), (99, KEPT_LATE)]
)
def test_kept(minutes, status):
    """A promise is kept up to the instant at which it is due, and after it kept late."""
    made = case(promise(1, due=DUE), kept(minutes))
    assert [status] == statuses(made, minutes) == statuses(made, 999)


@pytest.mark.parametrize(
    ("minutes", "status"),
    [(1, RENEGOTIATED), (10, RENEGOTIATED), (10 + TICK, BROKEN), (99, BROKEN)],
)
def test_replaced(minutes, status):
    """A promise replaced in time was renegotiated; replaced after that it was broken."""
    made = case(promise(1, due=DUE), promise(minutes, "later", due=at(200), replaces="call"))
    assert [status, PENDING] == statuses(made, minutes)


def test_as_it_stood_then():
    """What happened later is not known then."""
    made = case(promise(1, due=DUE), kept(20))
    assert [[PENDING], [BROKEN], [KEPT_LATE]] == [statuses(made, m) for m in (5, 15, 20)]


def test_replaced_in_a_chain():
    """Each promise of a chain has its own fate, and the last can be kept."""
    made = case(
        promise(1, "a", due=at(10)),
        promise(2, "b", due=at(11), replaces="a"),
        promise(12, "c", due=at(30), replaces="b"),
        kept(30, "c"),
    )
    assert [RENEGOTIATED, BROKEN, KEPT] == statuses(made, 40)


def test_what_a_state_says():
    """A state tells what was promised, when, by when, how, and under which key."""
    (state,) = case(promise(1, due=DUE, in_writing=True)).promises(at(3))
    assert ("To call back", DUE, at(3), at(1), True, "call", None, None, None) == (
        state.what,
        state.due,
        state.as_of,
        state.made_at,
        state.in_writing,
        state.key,
        state.solution,
        state.kept_at,
        state.replaced_at,
    )


REFUSED = {
    "a key twice": ((promise(1), promise(2)), "a key other than 'call', which an earlier promise"),
    "a key of a kept one": ((promise(1), kept(2), promise(3)), "a key other than 'call'"),
    "kept without promise": ((kept(1),), "an open promise 'call'"),
    "kept twice": ((promise(1), kept(2), kept(3)), "an open promise 'call'"),
    "kept when replaced": (
        (promise(1), promise(2, "b", replaces="call"), kept(3)),
        "an open promise 'call'",
    ),
    "replaced when kept": (
        (promise(1), kept(2), promise(3, "b", replaces="call")),
        "an open promise 'call'",
    ),
    "replaced twice": (
        (promise(1), promise(2, "b", replaces="call"), promise(3, "c", replaces="call")),
        "an open promise 'call'",
    ),
    "replacing nothing": ((promise(1, replaces="b"),), "an open promise 'b'"),
    "replacing itself": ((promise(1, replaces="call"),), "an open promise 'call'"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    """A promise is made once, and kept or replaced once, while it is open."""
    (*before, step), missing = REFUSED[name]
    for build in (case(*before).advance, lambda step: case(*before, step)):
        with pytest.raises(FlowError, match=missing) as caught:
            build(step)
        assert (len(before), type(step).__name__, None) == (
            caught.value.position,
            caught.value.step,
            caught.value.outcome,
        )


@pytest.mark.parametrize(
    ("minutes", "status"), [(4, KEPT), (10, KEPT), (10 + TICK, BROKEN), (99, BROKEN)]
)
def test_solution_fixed(minutes, status):
    """A fix keeps a solution that it is in time for; done late, it was a broken promise."""
    made = case(*EXPLAINED, proposal(3, due=DUE), fix(minutes))
    assert [status] == statuses(made, minutes)


@pytest.mark.parametrize(("minutes", "status"), [(3, PENDING), (10, PENDING), (11, BROKEN)])
def test_solution_not_yet_fixed(minutes, status):
    """An accepted solution promised by an instant is a promise."""
    made = case(*EXPLAINED, proposal(3, due=DUE))
    assert [status] == statuses(made, minutes)
    assert [] == statuses(made, 2)


def test_what_a_solution_says():
    """The state of a solution has the solution in place of a key."""
    made = case(*EXPLAINED, proposal(3, due=DUE), fix(4))
    (state,) = made.promises(at(5))
    assert ("New one", DUE, at(3), at(4), None, None, None) == (
        state.what,
        state.due,
        state.made_at,
        state.kept_at,
        state.key,
        state.in_writing,
        state.replaced_at,
    )
    assert Solution("New one", "replacement", promised_by=DUE) == state.solution


def test_solutions_each_by_its_own_instant():
    """One fix may be in time for one solution and too late for another."""
    solutions = [
        Solution("early", "r", promised_by=at(4)),
        Solution("at once", "r"),
        Solution("late", "r", promised_by=at(40)),
    ]
    step = Proposal(None, solutions, accepted=True, at=at(3), by="Mika")
    made = case(*EXPLAINED, step, fix(5))
    assert [("early", BROKEN), ("late", KEPT)] == [
        (state.what, state.status) for state in made.promises(at(6))
    ]


@pytest.mark.parametrize("due", [None, DUE])
def test_declined(due):
    """What the customer declined was not promised."""
    assert [] == statuses(case(*EXPLAINED, proposal(3, accepted=False, due=due)), 99)


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize(("minutes", "status"), [(10, RENEGOTIATED), (10 + TICK, BROKEN)])
def test_dropped(accepted, minutes, status):
    """The next proposal takes the place of an agreement: in time, or after it was broken."""
    made = case(*EXPLAINED, proposal(3, due=DUE), proposal(minutes, accepted=accepted))
    assert [status] == statuses(made, minutes)


def test_dropped_for_another_promise():
    """A fix keeps what was agreed last, not what was dropped for it."""
    made = case(*EXPLAINED, proposal(3, due=at(50)), proposal(4, due=at(60)), fix(5))
    assert [RENEGOTIATED, KEPT] == statuses(made, 6)


def test_dropped_twice():
    """An agreement is dropped once; a proposal after a declined one drops nothing more."""
    made = case(
        *EXPLAINED, proposal(3, due=DUE), proposal(4, accepted=False), proposal(20, due=at(30))
    )
    first, _ = made.promises(at(25))
    assert (RENEGOTIATED, at(4)) == (first.status, first.replaced_at)


@pytest.mark.parametrize(("minutes", "status"), [(6, PENDING), (10, PENDING), (11, BROKEN)])
def test_closed(minutes, status):
    """A closure does not take away what was promised."""
    made = case(*EXPLAINED, proposal(3, due=DUE), closure(5))
    assert [status] == statuses(made, minutes)


def test_reopened():
    """What an earlier round promised is not kept by the fix of a later one."""
    made = case(*EXPLAINED, proposal(3, due=at(50)), closure(4), reopening(5))
    again = case(*made.steps, understanding(6), cause(7), proposal(8, due=at(60)), fix(9))
    assert [PENDING, KEPT] == statuses(again, 50)
    assert [BROKEN, KEPT] == statuses(again, 51)


def test_of_two_rounds():
    """What one round kept stays kept in the next."""
    made = case(*EXPLAINED, proposal(3, due=at(50)), fix(4), follow_up(5, satisfied=False))
    again = case(*made.steps, understanding(6), cause(7), proposal(8, due=at(60)))
    assert [KEPT, BROKEN] == statuses(again, 61)


def test_a_late_fix_is_no_new_agreement():
    """An agreement fixed too late was not dropped for that of the next round."""
    made = case(*EXPLAINED, proposal(3, due=DUE), fix(20), follow_up(21, satisfied=False))
    again = case(*made.steps, understanding(22), cause(23), proposal(24, due=at(60)))
    first, _ = again.promises(at(25))
    assert (BROKEN, None) == (first.status, first.replaced_at)


def test_a_fix_annulled():
    """A fix that never was keeps nothing."""
    made = case(*EXPLAINED, proposal(3, due=DUE), fix(4), correction(5, 3))
    assert [PENDING] == statuses(made, 9)
    assert [KEPT] == statuses(made, 4)


def test_in_the_order_made():
    """Promises and solutions stand in the order in which they were made."""
    made = case(*EXPLAINED, promise(2, "a"), proposal(3, due=DUE), promise(4, "b"), note(5))
    assert ["a", None, "b"] == [state.key for state in made.promises(at(5))]


def test_asked_in_any_zone():
    """A question about one instant has one answer, also in an hour that the clocks repeat."""
    local = datetime(2026, 10, 25, 3, 30, tzinfo=ZoneInfo("Europe/Helsinki"), fold=1)
    made = case(promise(1), *EXPLAINED)
    assert made.promises(local.astimezone(UTC)) == made.promises(local)


def test_asked_for_no_instant():
    """A question without an offset is refused by the name of its parameter."""
    with pytest.raises(
        RecordError, match=r"instant: as_of is .*, allowed: an instant with its UTC"
    ):
        case().promises(START.replace(tzinfo=None))
