"""Strategies for the laws that are of no use outside them; the others are in the library."""

from hypothesis import strategies as st

from servicekit.errors import FlowError
from servicekit.extra.strategies import instruments
from servicekit.resolution import Case, Step

names = st.sampled_from(["Mika", "Salla", "Ö"])


def fits(case: Case, step: Step) -> bool:
    """Say whether a case can be advanced by a step."""
    try:
        case.advance(step)
    except FlowError:
        return False
    return True


@st.composite
def surveys(draw):
    """Draw an instrument and rows of complete answers to it."""
    instrument = draw(instruments())
    rating = st.sampled_from(instrument.scale.values)
    rated = {statement.key: rating for statement in instrument.statements}
    return instrument, draw(st.lists(st.fixed_dictionaries(rated), min_size=1))
