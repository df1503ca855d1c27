"""How instants and lists are shown to a reader."""

from collections.abc import Iterable
from datetime import datetime

__all__ = ["flat", "listed", "shown_at"]


def shown_at(at: datetime | None) -> str:
    """Show an instant to the minute, with its offset."""
    return "not yet" if at is None else at.isoformat(" ", "minutes")


def flat(text: str) -> str:
    """Show a text on one line, however many it has."""
    return " ".join(text.splitlines())


def listed(things: Iterable[object]) -> str:
    """Show things one after the other."""
    return "; ".join(map(str, things)) or "none"
