"""The flow: each pair of stage and outcome moves by the table, or is refused."""

from collections import deque
from itertools import product
from types import MappingProxyType

import pytest

from samples import MOVING_NOTHING, TO_STAGE, at, case, numbered, step_with
from servicekit.errors import FlowError
from servicekit.resolution import TRANSITIONS, Case, Outcome, Stage
from servicekit.resolution._flow import EVIDENCE, missing

PAIRS = list(product(Stage, Outcome))


def test_table():
    """The table is the published one, pair by pair."""
    table = """\
received: confirmed -> understood, unconfirmed -> received, closed -> closed
understood: cause_found -> explained, confirmed -> understood, unconfirmed -> received, \
closed -> closed
explained: accepted -> agreed, declined -> explained, cause_found -> explained, closed -> closed
agreed: fixed -> fixed, accepted -> agreed, declined -> explained, closed -> closed
fixed: satisfied -> resolved, dissatisfied -> received, unreached -> fixed, closed -> closed
resolved: satisfied -> resolved, unreached -> resolved, dissatisfied -> received, \
reopened -> received
closed: reopened -> received"""
    assert table == "\n".join(
        f"{stage}: " + ", ".join(f"{outcome} -> {there}" for outcome, there in row.items())
        for stage, row in TRANSITIONS.items()
    )


def test_table_is_complete_and_read_only():
    """Every stage has its row, and nobody can change it."""
    assert list(Stage) == list(TRANSITIONS)
    tables = [TRANSITIONS, *TRANSITIONS.values()]
    assert [MappingProxyType] * 8 == [type(table) for table in tables]
    with pytest.raises(TypeError):
        TRANSITIONS[Stage.CLOSED][Outcome.FIXED] = Stage.FIXED


@pytest.mark.parametrize("stage", Stage)
def test_sample_histories(stage):
    """The histories that these tests start from lead where they say."""
    assert stage is case(*TO_STAGE[stage]).stage


@pytest.mark.parametrize("outcome", Outcome)
def test_sample_steps(outcome):
    """The steps that these tests take come to what they say."""
    assert outcome is step_with(outcome, 1).outcome


@pytest.mark.parametrize("stage", Stage)
def test_allowed(stage):
    """A case says which outcomes are possible: those of its row."""
    assert frozenset(TRANSITIONS[stage]) == case(*TO_STAGE[stage]).allowed


@pytest.mark.parametrize(("stage", "outcome"), PAIRS)
def test_every_pair(stage, outcome):
    """A pair of the table moves the case; any other is refused and leaves the case as it was."""
    before = case(*TO_STAGE[stage])
    shown, hashed = repr(before), hash(before)
    step = step_with(outcome, 30)

    if outcome in TRANSITIONS[stage]:
        after = before.advance(step)
        assert (*before.steps, step) == after.steps
        assert TRANSITIONS[stage][outcome] is after.stage
        assert Case(before.complaint, after.steps) == after
    else:
        for build in (before.advance, lambda step: Case(before.complaint, (*before.steps, step))):
            with pytest.raises(FlowError) as caught:
                build(step)
            assert (
                type(step).__name__,
                len(before.steps),
                stage,
                outcome,
                tuple(TRANSITIONS[stage]),
                missing(stage, outcome),
            ) == (
                caught.value.step,
                caught.value.position,
                caught.value.stage,
                caught.value.outcome,
                caught.value.allowed,
                caught.value.missing,
            )
            assert caught.value.missing
            assert None is caught.value.__cause__
    assert (shown, hashed, stage) == (repr(before), hash(before), before.stage)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("step", MOVING_NOTHING, ids=numbered(MOVING_NOTHING))
def test_what_moves_nothing(stage, step):
    """Steps that only add to the record are possible at any stage, and leave it as it is."""
    after = case(*TO_STAGE[stage]).advance(step)
    assert (None, stage, step) == (step.outcome, after.stage, after.steps[-1])


@pytest.mark.parametrize(("stage", "outcome"), PAIRS)
def test_missing_evidence_is_the_shortest_way(stage, outcome):
    """What is missing is the evidence on a shortest way to where the outcome is possible."""
    distance = {stage: 0}
    queue = deque([stage])
    while queue:
        here = queue.popleft()
        for there in TRANSITIONS[here].values():
            if there not in distance:
                distance[there] = distance[here] + 1
                queue.append(there)
    nearest = min(steps for here, steps in distance.items() if outcome in TRANSITIONS[here])
    assert nearest == len(missing(stage, outcome))
    assert set(missing(stage, outcome)) <= set(EVIDENCE.values())


@pytest.mark.parametrize(
    ("stage", "outcome", "expected"),
    [
        (
            Stage.RECEIVED,
            Outcome.CAUSE_FOUND,
            (
                "step 0: Cause (cause_found) is not possible at stage received; missing: the "
                "customer's confirmation of the restated facts (Understanding); allowed: "
                "confirmed, "
                "unconfirmed, closed"
            ),
        ),
        (
            Stage.UNDERSTOOD,
            Outcome.FIXED,
            (
                "step 1: Fix (fixed) is not possible at stage understood; missing: the cause "
                "(Cause), "
                "a solution that the customer accepted (Proposal); allowed: cause_found, "
                "confirmed, "
                "unconfirmed, closed"
            ),
        ),
        (
            Stage.AGREED,
            Outcome.SATISFIED,
            (
                "step 3: FollowUp (satisfied) is not possible at stage agreed; missing: the "
                "corrective action, with an apology (Fix); allowed: fixed, accepted, declined, "
                "closed"
            ),
        ),
        (
            Stage.CLOSED,
            Outcome.CLOSED,
            (
                "step 1: Closure (closed) is not possible at stage closed; missing: a reopening "
                "(Reopening); allowed: reopened"
            ),
        ),
        (
            Stage.RESOLVED,
            Outcome.CLOSED,
            (
                "step 5: Closure (closed) is not possible at stage resolved; missing: the "
                "customer's "
                "word that they are not satisfied (FollowUp); allowed: satisfied, unreached, "
                "dissatisfied, reopened"
            ),
        ),
        (
            Stage.EXPLAINED,
            Outcome.REOPENED,
            (
                "step 2: Reopening (reopened) is not possible at stage explained; missing: an end "
                "of "
                "the case (Closure); allowed: accepted, declined, cause_found, closed"
            ),
        ),
    ],
)
def test_sentence(stage, outcome, expected):
    """A refusal tells stage, outcome, what is missing and what is allowed."""
    with pytest.raises(FlowError) as caught:
        case(*TO_STAGE[stage]).advance(step_with(outcome, 30))
    assert expected == str(caught.value)


def test_the_first_that_does_not_fit():
    """A history is refused at its first step that does not fit."""
    with pytest.raises(FlowError) as caught:
        case(
            step_with(Outcome.CONFIRMED, 1),
            step_with(Outcome.FIXED, 2),
            step_with(Outcome.ACCEPTED, 3),
        )
    assert (1, "Fix") == (caught.value.position, caught.value.step)


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_its_evidence(outcome):
    """What stands on record names the step in which it stands."""
    assert EVIDENCE[outcome].endswith(f"({type(step_with(outcome, 1)).__name__})")
    assert at(1) == step_with(outcome, 1).at
