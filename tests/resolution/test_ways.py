"""Ways: where a history leads after any of its steps has changed."""

from hypothesis import given
from hypothesis import strategies as st

from servicekit.resolution import TRANSITIONS, Outcome, Stage
from servicekit.resolution._ways import Ways

outcomes = st.none() | st.sampled_from(Outcome)


def walked(history):
    """Walk the table step by step; None where a step is not possible."""
    stage = Stage.RECEIVED
    for outcome in history:
        if outcome is not None and (stage := TRANSITIONS[stage].get(outcome)) is None:
            return None
    return stage


@given(st.lists(outcomes, max_size=20))
def test_leads_where_the_table_leads(history):
    """A tree of ways leads where walking step by step does."""
    assert walked(history) is Ways(history).end


@given(st.data(), st.lists(outcomes, min_size=1, max_size=20))
def test_a_step_changed(data, history):
    """After any change the tree leads where the changed history does."""
    ways = Ways(history)
    for _ in range(5):
        position = data.draw(st.integers(0, len(history) - 1))
        ways[position] = history[position] = data.draw(outcomes)
        assert walked(history) is ways.end


def test_possible_and_impossible():
    """The two laws above see both kinds."""
    assert Stage.UNDERSTOOD is Ways([Outcome.CONFIRMED, None]).end
    assert None is Ways([None, Outcome.FIXED, Outcome.CONFIRMED]).end
