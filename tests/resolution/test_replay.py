"""Corrections: annulled steps stay in the history and count no more."""

import pytest

from samples import (
    FULL_CASE,
    TO_STAGE,
    at,
    case,
    cause,
    correction,
    fix,
    follow_up,
    kept,
    note,
    promise,
    proposal,
    understanding,
)
from servicekit.errors import FlowError
from servicekit.resolution import PromiseStatus, Stage
from servicekit.resolution._replay import counting


def test_of_a_note():
    """A note that was annulled stays in the history, and the case stays where it is."""
    corrected = case(understanding(1), note(2), correction(3, 1))
    assert (3, Stage.UNDERSTOOD) == (len(corrected.steps), corrected.stage)


def test_of_a_moving_step():
    """A step annulled takes its move with it."""
    corrected = case(*TO_STAGE[Stage.FIXED], correction(9, 3))
    assert Stage.AGREED is corrected.stage
    assert Stage.FIXED is corrected.advance(fix(10)).stage


def test_of_all_steps_from_the_last():
    """Annulled one after the other from the last, all steps of a history can be taken back."""
    steps = TO_STAGE[Stage.RESOLVED]
    corrected = case(*steps)
    for position in reversed(range(len(steps))):
        corrected = corrected.advance(correction(10, position))
    assert (Stage.RECEIVED, (), {}) == (corrected.stage, corrected.actions, corrected.compensation)


def test_one_of_two_like_steps():
    """A step can be annulled from the middle where the rest holds without it."""
    corrected = case(understanding(1), understanding(2), cause(3), correction(4, 0))
    assert Stage.EXPLAINED is corrected.stage


@pytest.mark.parametrize("position", [0, 1, 2])
def test_of_what_later_steps_stand_on(position):
    """A step that later ones stand on cannot be annulled."""
    fixed = case(*TO_STAGE[Stage.FIXED])
    with pytest.raises(FlowError) as caught:
        fixed.advance(correction(9, position))
    assert (4, "Correction", None) == (
        caught.value.position,
        caught.value.step,
        caught.value.outcome,
    )
    assert (Stage.FIXED, ("satisfied", "dissatisfied", "unreached", "closed")) == (
        caught.value.stage,
        caught.value.allowed,
    )
    (missing,) = caught.value.missing
    assert missing.startswith(f"a history that holds without step {position} (step ")
    assert None is caught.value.__cause__
    assert Stage.FIXED is fixed.stage


@pytest.mark.parametrize("position", [1, 2, 7, 2**53 - 1])
def test_of_what_is_not_there(position):
    """Neither the correction itself nor a later step can be annulled."""
    with pytest.raises(FlowError, match=f"an earlier step in force at position {position}"):
        case(note(1), correction(2, position))


def test_twice():
    """What no longer counts cannot be annulled again."""
    with pytest.raises(FlowError, match="an earlier step in force at position 0"):
        case(note(1), correction(2, 0), correction(3, 0))


def test_of_a_correction():
    """A correction annulled brings its step back, and that can be annulled again."""
    corrected = case(understanding(1), correction(2, 0))
    brought_back = corrected.advance(correction(3, 1))
    again = brought_back.advance(correction(4, 0))
    assert [Stage.RECEIVED, Stage.UNDERSTOOD, Stage.RECEIVED] == [
        each.stage for each in (corrected, brought_back, again)
    ]


def test_of_a_correction_of_a_correction():
    """A chain of corrections counts from its end."""
    chain = [correction(2 + number, number) for number in range(7)]
    assert [Stage.RECEIVED, Stage.UNDERSTOOD] * 3 == [
        case(understanding(1), *chain[:length]).stage for length in range(1, 7)
    ]


def test_of_a_correction_that_came_too_late():
    """A correction cannot be annulled where its step would no longer fit."""
    moved_on = case(understanding(1), correction(2, 0), understanding(3, confirmed=False))
    assert Stage.RECEIVED is moved_on.advance(correction(4, 1)).stage
    fixed = case(note(0), *TO_STAGE[Stage.FIXED], correction(9, 4), fix(10))
    with pytest.raises(FlowError, match="a history that holds without step 5"):
        fixed.advance(correction(11, 5))


def test_of_a_promise():
    """A promise annulled was never made, and its key is free again."""
    corrected = case(promise(1), correction(2, 0))
    assert () == corrected.promises(at(99))
    assert 1 == len(corrected.advance(promise(3)).promises(at(99)))


def test_of_a_promise_that_was_kept():
    """A promise that was kept or replaced cannot be annulled before that is."""
    with pytest.raises(FlowError, match=r"without step 0 \(.*an open promise 'call'"):
        case(promise(1), kept(2), correction(3, 0))
    with pytest.raises(FlowError, match=r"without step 0 \(.*an open promise 'call'"):
        case(promise(1), promise(2, "again", replaces="call"), correction(3, 0))


def test_of_a_promise_kept():
    """A promise wrongly said to be kept is open again, and can be kept."""
    corrected = case(promise(1), kept(2), correction(3, 1))
    assert [PromiseStatus.PENDING] == [state.status for state in corrected.promises(at(9))]
    later = corrected.advance(kept(11))
    assert [PromiseStatus.KEPT_LATE] == [state.status for state in later.promises(at(12))]


def test_brings_back_a_promise():
    """The key of a promise that came back is taken again."""
    corrected = case(promise(1), correction(2, 0))
    with pytest.raises(FlowError, match="a key other than 'call'"):
        corrected.advance(correction(3, 1)).advance(promise(4))
    with pytest.raises(FlowError, match=r"without step 1 .*a key other than 'call'"):
        corrected.advance(promise(3)).advance(correction(4, 1))


def test_two_that_annul_the_same_step():
    """A step is back in force only once no correction in force annuls it."""
    twice = case(
        understanding(1),
        correction(2, 0),
        correction(3, 1),
        correction(4, 0),
        correction(5, 2),  # now the first one annuls it as well
        correction(6, 3),
    )
    assert (Stage.RECEIVED, 1) == (twice.stage, twice.rounds)
    back = twice.advance(correction(7, 1))
    assert Stage.UNDERSTOOD is back.stage
    with pytest.raises(FlowError, match="an earlier step in force at position 0"):
        twice.advance(correction(7, 0))


def test_of_a_promise_between_others():
    """A promise that was kept, or took the place of another one, cannot be annulled from below."""
    given = case(promise(1), promise(2, "visit", replaces="call"), kept(3, "visit"))
    with pytest.raises(FlowError, match=r"without step 0 .*an open promise 'call'"):
        given.advance(correction(4, 0))
    with pytest.raises(FlowError, match=r"without step 1 .*an open promise 'visit'"):
        given.advance(correction(4, 1))
    undone = given.advance(correction(4, 2)).advance(correction(5, 1))
    assert Stage.RECEIVED is undone.advance(kept(6)).stage


def test_keeps_the_history():
    """Nothing is ever deleted."""
    corrected = case(*TO_STAGE[Stage.FIXED]).advance(correction(9, 3))
    assert (*TO_STAGE[Stage.FIXED], correction(9, 3)) == corrected.steps


def test_an_order_of_steps_that_only_corrections_make_legal():
    """The whole history counts: a later correction does not heal a step that did not fit."""
    with pytest.raises(FlowError) as caught:
        case(cause(1), correction(2, 0))
    assert 0 == caught.value.position


def test_goes_on_after_a_correction():
    """From a corrected history a case goes on as from any other."""
    corrected = case(understanding(1), cause(2), proposal(3), correction(4, 2))
    resolved = corrected
    for step in (proposal(5, accepted=False), proposal(6), fix(7), follow_up(8)):
        resolved = resolved.advance(step)
    assert (Stage.EXPLAINED, Stage.RESOLVED) == (corrected.stage, resolved.stage)
    assert case(*resolved.steps) == resolved


def test_the_full_case():
    """The history of all kinds of step ends where its second round begins."""
    assert (Stage.RECEIVED, 3) == (FULL_CASE.stage, FULL_CASE.rounds)


def test_what_a_later_correction_would_mend():
    """A correction has to leave a history that holds then, whatever the next one takes back."""
    steps = [promise(1), kept(2), correction(3, 0)]
    with pytest.raises(FlowError) as caught:
        case(*steps, correction(4, 1))
    assert 2 == caught.value.position


def test_counting_leaves_out_corrections():
    """What counts of a history are the steps in force, without the corrections."""
    steps = (note(1), note(2), correction(3, 0))
    assert (steps[1],) == counting(steps)
