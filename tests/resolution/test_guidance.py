"""Guidance: what to do and what to ask at each stage."""

import pytest

from servicekit.errors import RecordError
from servicekit.resolution import Guidance, Stage, guidance


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_some(stage):
    """At every stage there is something to do and something to ask."""
    told = guidance(stage)
    assert told.do
    assert told.ask
    assert [] == [line for line in told.do if not line.endswith(".")]
    assert [] == [line for line in told.ask if not line.endswith("?")]


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage.RECEIVED, "without interrupting"),
        (Stage.RECEIVED, "repeat them back"),
        (Stage.RECEIVED, "sorry that it happened, even where the company is not at fault"),
        (Stage.RECEIVED, "promise when you come back"),
        (Stage.UNDERSTOOD, "what should have happened"),
        (Stage.UNDERSTOOD, "tell the customer when you come back"),
        (Stage.EXPLAINED, "Ask the customer first"),
        (Stage.EXPLAINED, "in writing can bind"),
        (Stage.AGREED, "Apologise, and preferably give something for the trouble"),
        (Stage.FIXED, "Ask whether the customer is satisfied"),
        (Stage.FIXED, "how the problem could be avoided"),
        (Stage.CLOSED, "where else they can turn"),
    ],
)
def test_says(stage, words):
    """The guidance says what the four steps and the after-care ask for."""
    assert words in str(guidance(stage))


def test_to_a_reader():
    """What to do stands before what to ask, a line each."""
    assert '- Do it.\n- Do that.\n? "Why?"' == str(
        Guidance(do=("Do it.", "Do that."), ask=("Why?",))
    )


def test_no_such_stage():
    """What is no stage is refused with the stages there are."""
    with pytest.raises(RecordError) as caught:
        guidance("nonsense")
    assert (
        "guidance: stage is 'nonsense', allowed: a Stage: received, understood, explained, agreed, "
        "fixed, resolved, closed"
    ) == str(caught.value)
