"""Answers: what one respondent said, held so that a million of them are cheap to keep and to read.

Ratings come with the same keys again and again. The keys are therefore kept once, in a `Shape` that
all ratings alike share, and the ratings themselves in a few bytes.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from operator import countOf
from typing import Any, Final, final

from attrs import field, frozen

from servicekit._instants import instant_or_none
from servicekit._rules import INSTANT_OR_NONE, TEXT_OR_NONE, Rule
from servicekit._values import Value

__all__ = ["Answers", "Ratings", "Shape", "plain", "shape_of"]


@final
class Shape:
    """Which statements were answered, in the order given; it is equal to nothing but itself."""

    __slots__ = ("keys", "position")

    def __init__(self, keys: tuple[str, ...]) -> None:
        self.keys = keys
        self.position = {key: position for position, key in enumerate(keys)}

    def __reduce__(self) -> tuple[Any, ...]:
        return shape_of, (self.keys,)


@lru_cache(maxsize=4096)
def shape_of(keys: tuple[str, ...]) -> Shape:
    """Give the shape of some keys, the same one whenever it is still known."""
    return Shape(keys)


def plain(values: tuple[Any, ...]) -> bytes | None:
    """Put whole numbers from 0 to 255 into bytes; None for anything else, True and False as well.

    Whole numbers of a class of their own, such as an IntEnum, count as what they are.
    """
    if countOf(map(type, values), int) != len(values) and not all(map(_is_whole, values)):
        return None
    try:
        return bytes(values)
    except ValueError:
        return None


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


@final
class Ratings(Mapping[str, int]):
    """A read-only mapping of statement key to rating; what is not `plain` is held as it is."""

    __slots__ = ("row", "shape")

    def __init__(self, shape: Shape, row: bytes | tuple[Any, ...]) -> None:
        self.shape = shape
        self.row = row

    def __getitem__(self, key: str) -> int:
        return self.row[self.shape.position[key]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.shape.keys)

    def __len__(self) -> int:
        return len(self.row)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Ratings) and self.shape is other.shape:
            return self.row == other.row
        return super().__eq__(other)

    def __hash__(self) -> int:
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return Ratings, (self.shape, self.row)

    def __repr__(self) -> str:
        return repr(dict(self))


def _ratings(given: Mapping[str, int]) -> Mapping[str, int]:
    if given.__class__ is Ratings or not isinstance(given, Mapping):
        return given
    values = tuple(given.values())
    row = plain(values)
    return Ratings(shape_of(tuple(given)), values if row is None else row)


_RATINGS: Final = Rule(
    "isinstance({v}, {ratings})",
    "a mapping of statement key to rating, such as {{'q1': 4}}",
    ratings=Ratings,
)


@frozen
class Answers(Value):
    """What one respondent answered: statement key to rating, and what is known of who and when.

    A statement that was not answered is left out. ``respondent`` is a key of your own by which the
    same person is found again, ``role`` the group whose view it is, such as owner or customer.
    The ratings are checked against an instrument when they are scored.

    >>> Answers({"q1": 4, "q2": 5}, role="owner").ratings["q2"]
    5
    """

    ratings: Mapping[str, int] = field(converter=_ratings, validator=_RATINGS)
    respondent: str | None = field(default=None, validator=TEXT_OR_NONE)
    role: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    at: datetime | None = field(
        default=None, kw_only=True, converter=instant_or_none, validator=INSTANT_OR_NONE
    )
