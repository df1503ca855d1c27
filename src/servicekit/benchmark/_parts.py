"""What an instrument is made of: statements in sections, the scale, the bands."""

from fractions import Fraction
from typing import Final

from attrs import field, frozen

from servicekit._mappings import WORDING, Wording, wording
from servicekit._rules import FLAG, TEXT, Rule, each
from servicekit._values import Definition, refuse, several, unchanged_when
from servicekit.errors import shown

__all__ = ["Band", "Scale", "Section", "Statement"]

_LONGEST: Final = 1000
_WHOLE: Final = Rule("isinstance({v}, int) and not isinstance({v}, bool)", "a whole number")
_FLOOR_OR_NONE: Final = Rule(
    "{v} is None or isinstance({v}, (int, {fraction})) and not isinstance({v}, bool)",
    "a whole number or a Fraction, or None for the lowest band; never a float",
    fraction=Fraction,
)


@frozen
class Statement(Definition):
    """One statement to rate.

    Where agreement is bad news the statement is a ``reverse`` one: its ratings are turned, so that
    high is good everywhere.
    """

    key: str = field(validator=TEXT)
    text: Wording = field(converter=wording, validator=WORDING)
    reverse: bool = field(default=False, kw_only=True, validator=FLAG)


def _statements(
    values: Statement | list[Statement] | tuple[Statement, ...],
) -> tuple[Statement, ...]:
    return several(values)


unchanged_when("{v}.__class__ is tuple", _statements)


@frozen
class Section(Definition):
    """Statements that are scored together: the section's score is the mean of its ratings."""

    key: str = field(validator=TEXT)
    title: Wording = field(converter=wording, validator=WORDING)
    statements: tuple[Statement, ...] = field(converter=_statements, validator=each(Statement))


@frozen
class Scale(Definition):
    """The whole numbers that a statement is rated with, from the worst to the best.

    There are at most 1,001 of them: summaries count each one.

    >>> Scale(1, 5).turn(2)
    4
    """

    low: int = field(validator=_WHOLE)
    high: int = field(validator=_WHOLE)

    def __attrs_post_init__(self) -> None:
        if not self.low < self.high <= self.low + _LONGEST:
            low = shown(self.low)
            allowed = f"a whole number above the lowest rating, {low}, by at most {_LONGEST}"
            refuse(self, "high", allowed)

    @property
    def values(self) -> range:
        """Every rating of the scale, in order."""
        return range(self.low, self.high + 1)

    def turn(self, rating: int) -> int:
        """Give the rating that lies as far from the other end of the scale."""
        return self.low + self.high - rating


@frozen
class Band(Definition):
    """A range of totals: what it means, and what to do about it.

    A band is reached at its floor, ``at_least``, and ends where the next one begins; the lowest
    band has no floor.
    """

    key: str = field(validator=TEXT)
    title: Wording = field(converter=wording, validator=WORDING)
    advice: Wording = field(converter=wording, validator=WORDING)
    at_least: int | Fraction | None = field(default=None, kw_only=True, validator=_FLOOR_OR_NONE)
