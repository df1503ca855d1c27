"""Vocabularies that the model fixes: each term is its own text and is shown as one writes it."""

from enum import StrEnum

__all__ = ["Term"]


class Term(StrEnum):
    """A member of a fixed vocabulary; ``repr`` gives the expression that names it."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"
