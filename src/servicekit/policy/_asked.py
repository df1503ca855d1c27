"""Checking what a question is asked about."""

from servicekit.errors import Problem, RecordError

__all__ = ["check"]


def check(question: str, *found: Problem | None) -> None:
    """Refuse to answer a question if anything is wrong with it, naming all that is."""
    if problems := tuple(filter(None, found)):
        raise RecordError(question, problems)
