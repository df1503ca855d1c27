"""Laws of cases: everything derived is replayed from the steps, for any instant."""

import pickle
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from functools import reduce

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples import complaint, note
from servicekit.errors import FlowError
from servicekit.extra.strategies import cases, instants, steps
from servicekit.resolution import (
    TRANSITIONS,
    Case,
    Correction,
    Fix,
    Promise,
    PromiseStatus,
    Proposal,
    Stage,
)
from strategies import fits

DERIVED = (
    "stage",
    "rounds",
    "allowed",
    "resolved_at",
    "first_response_at",
    "followed_up_at",
    "actions",
    "compensation",
    "goodwill",
    "prevention",
    "escalations",
)


def derived(case: Case) -> dict[str, object]:
    """Give everything that is derived from a case, at an instant after all that it holds."""
    facts = {name: getattr(case, name) for name in DERIVED}
    late = case.complaint.received_at + timedelta(days=10_000)
    return facts | {"record": case.record(), "promises": case.promises(late)}


@given(cases())
def test_replay(case):
    """A case built at once is the case advanced step by step."""
    folded = reduce(Case.advance, case.steps, Case(case.complaint))
    assert case == folded == Case(case.complaint, case.steps)
    assert derived(case) == derived(folded) == derived(Case(case.complaint, case.steps))


@given(cases(), st.data())
def test_any_start_of_a_history_is_one(case, data):
    """A history cut off anywhere is a history."""
    length = data.draw(st.integers(0, len(case.steps)))
    assert case.steps[:length] == Case(case.complaint, case.steps[:length]).steps


@given(cases(), st.data())
def test_as_of(case, data):
    """A case as of an instant is the case of the steps taken by then."""
    at = data.draw(instants(case))
    then = Case(case.complaint, tuple(step for step in case.steps if step.at <= at))
    assert then == case.as_of(at)
    assert derived(then) == derived(case.as_of(at))
    assert then.promises(at) == case.promises(at)
    assert then.timeline() == case.as_of(at).timeline()


@given(cases(), st.data())
def test_as_of_twice(case, data):
    """Of two instants the earlier one decides."""
    one, two = data.draw(instants(case)), data.draw(instants(case))
    assert case.as_of(min(one, two)) == case.as_of(one).as_of(two)


@given(cases())
def test_time_order(case):
    """The steps of any case are in time order, none before the complaint."""
    instants = [case.complaint.received_at, *(step.at for step in case.steps)]
    assert sorted(instants) == instants


@given(cases(), st.timedeltas(timedelta(microseconds=1), timedelta(days=1)), st.data())
def test_no_step_into_the_past(case, earlier, data):
    """A step older than the last one is refused, whatever it is."""
    last = case.steps[-1].at if case.steps else case.complaint.received_at
    with pytest.raises(FlowError, match="an instant not before"):
        case.advance(data.draw(steps(at=st.just(last - earlier))))


@given(cases(), st.data())
def test_advance_agrees_with_replay(case, data):
    """Whatever step comes, advancing and building anew say the same, error or case."""
    last = case.steps[-1].at if case.steps else case.complaint.received_at
    step = data.draw(steps(at=st.just(last)))
    longer = (*case.steps, step)
    if fits(case, step):
        assert Case(case.complaint, longer) == case.advance(step)
        assert Case(case.complaint, longer).stage is case.advance(step).stage
    else:
        with pytest.raises(FlowError) as built:
            Case(case.complaint, longer)
        with pytest.raises(FlowError) as advanced:
            case.advance(step)
        assert str(built.value) == str(advanced.value)
        assert len(case.steps) == built.value.position


@given(cases())
def test_moves_by_the_table(case):
    """Without corrections, each step leads where the table says."""
    stage = Stage.RECEIVED
    if any(isinstance(step, Correction) for step in case.steps):
        return
    for step in case.steps:
        stage = stage if step.outcome is None else TRANSITIONS[stage][step.outcome]
    assert stage is case.stage


def without(case: Case) -> list[object]:
    """Leave out corrections and what they annul, read from the end as the history grew."""
    counts = [True] * len(case.steps)
    for position in reversed(range(len(case.steps))):
        step = case.steps[position]
        if counts[position] and isinstance(step, Correction):
            counts[position] = counts[step.annuls] = False
    return [step for step, counting in zip(case.steps, counts, strict=True) if counting]


@given(cases())
def test_corrections(case):
    """A case with corrections says what the case without the annulled steps says."""
    assert derived(Case(case.complaint, without(case))) == derived(case)


@given(cases(), st.lists(st.integers(0, 30), max_size=12))
def test_many_corrections(case, positions):
    """However corrections pile up, a case says what the case without the annulled steps says."""
    for position in positions:
        last = case.steps[-1].at if case.steps else case.complaint.received_at
        step = Correction(position % (len(case.steps) + 1), "wrong", at=last, by="Mika")
        if fits(case, step):
            case = case.advance(step)
    assert derived(Case(case.complaint, without(case))) == derived(case)


@given(cases())
def test_annulling_the_last_note(case):
    """A note written and annulled changes nothing that is derived; the history keeps both."""
    last = case.steps[-1].at if case.steps else case.complaint.received_at
    noted = case.advance(attrs.evolve(note(), at=last))
    annulled = noted.advance(Correction(len(case.steps), "wrong case", at=last, by="Mika"))
    assert derived(case) == derived(annulled)
    assert noted.steps == annulled.steps[:-1]


@given(cases(), st.data())
def test_annulling_is_undone_by_annulling(case, data):
    """A correction that was annulled at once changes nothing that is derived."""
    if not case.steps:
        return
    last = case.steps[-1].at
    position = data.draw(st.integers(0, len(case.steps) - 1))
    step = Correction(position, "wrong", at=last, by="Mika")
    if not fits(case, step):
        return
    again = Correction(len(case.steps), "right after all", at=last, by="Mika")
    assert derived(case) == derived(case.advance(step).advance(again))


@given(cases())
def test_compensation_is_the_sum(case):
    """Compensation is the sum of what the fixes that count granted, currency by currency."""
    sums = defaultdict(Decimal)
    for step in without(case):
        if isinstance(step, Fix):
            for money in step.compensation:
                sums[money.currency] += money.amount
    assert sums == {currency: money.amount for currency, money in case.compensation.items()}


@given(cases(), st.data())
def test_promises_by_definition(case, data):
    """The promises of a case have the status that the definition gives them."""
    at = data.draw(instants(case))
    known = without(case.as_of(at))
    given = [state for state in case.promises(at) if state.key is not None]
    made = [step for step in known if isinstance(step, Promise)]
    assert [step.key for step in made] == [state.key for state in given]
    for step, state in zip(made, given, strict=True):
        done = [s.at for s in known if type(s).__name__ == "PromiseKept" and s.key == step.key]
        instead = [s.at for s in made if s.replaces == step.key]
        if done:
            expected = PromiseStatus.KEPT if done[0] <= step.due else PromiseStatus.KEPT_LATE
        elif instead and instead[0] <= step.due:
            expected = PromiseStatus.RENEGOTIATED
        elif instead or step.due < at:
            expected = PromiseStatus.BROKEN
        else:
            expected = PromiseStatus.PENDING
        assert expected is state.status


@given(cases(), st.data())
def test_a_decided_promise_stays_decided(case, data):
    """Once kept, kept late or renegotiated, a promise stays that, unless a correction says else."""
    if any(isinstance(step, Correction) for step in case.steps):
        return
    one, two = sorted([data.draw(instants(case)), data.draw(instants(case))])
    decided = {PromiseStatus.KEPT, PromiseStatus.KEPT_LATE, PromiseStatus.RENEGOTIATED}
    later = {(s.made_at, s.key, s.what, s.due): s.status for s in case.promises(two)}
    for state in case.promises(one):
        if state.status in decided:
            assert state.status is later[state.made_at, state.key, state.what, state.due]


@given(cases(), st.data())
def test_every_accepted_solution_with_an_instant_is_a_promise(case, data):
    """No promised solution is lost, none is invented."""
    at = data.draw(instants(case))
    promised = [
        solution
        for step in without(case.as_of(at))
        if isinstance(step, Proposal) and step.accepted
        for solution in step.solutions
        if solution.promised_by is not None
    ]
    assert promised == [state.solution for state in case.promises(at) if state.solution]


@given(cases())
def test_rounds_and_ends(case):
    """A case is resolved when it stands there, and at no other stage."""
    assert (case.stage is Stage.RESOLVED) == (case.resolved_at is not None)
    assert 1 <= case.rounds <= 1 + len(case.steps)
    assert frozenset(TRANSITIONS[case.stage]) == case.allowed


@given(cases())
def test_timeline_has_every_step(case):
    """A timeline has the head, the complaint and a line for each step."""
    assert 2 == len(Case(complaint()).timeline().split("\n"))
    told = case.timeline()
    assert all(f"  {position} " in told for position in range(len(case.steps)))


@given(cases())
def test_pickles(case):
    """A case comes out of a pickle as it went in, with all that is derived."""
    again = pickle.loads(pickle.dumps(case))
    assert (case, hash(case), derived(case)) == (again, hash(again), derived(again))
