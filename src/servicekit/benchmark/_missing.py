"""What becomes of statements that were not answered: a rule with a name, never a silent default."""

from typing import Final, Literal, cast

from servicekit._terms import Term

__all__ = ["Missing", "MissingRule", "rule"]


class Missing(Term):
    """What becomes of a section in which statements were not answered."""

    REFUSE = "refuse"
    """The answers are refused."""
    PRORATE = "prorate"
    """It scores the mean of what was answered, if that is at least half of it."""
    OMIT = "omit"
    """It has no score, and so there is no total."""


MissingRule = Missing | Literal["refuse", "prorate", "omit"]
"""A rule, or its name."""

_NAMED: Final[dict[str, Missing]] = {str(term): term for term in Missing}


def rule(value: MissingRule) -> Missing:
    """Make a rule of its name; leave anything else for the check to refuse."""
    return cast("Missing", _NAMED.get(value, value) if isinstance(value, str) else value)
