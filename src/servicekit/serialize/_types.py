"""Which types are this library's own, and what a field's type is made of."""

from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin

import attrs

from servicekit.resolution import Step
from servicekit.worktime import WorkCalendar

__all__ = [
    "KIND",
    "NUMBERS",
    "STEP",
    "STEPS",
    "is_calendar",
    "is_choice",
    "is_value",
    "members",
    "without_none",
]

STEP: Final = "step"
"""The key under which a step says of which class it is."""

STEPS: Final[dict[str, type]] = {kind.__name__: kind for kind in get_args(Step)}
"""The classes of steps by what stands there."""

KIND: Final = "kind"
"""The key under which a value says of which class it is, where it may be of one of several."""

NUMBERS: Final = frozenset({int, float, Fraction})
"""What numbers may be: the first two are written as numbers, fractions as text."""


def is_value(kind: Any) -> bool:
    """Whether a type is one of this library's attrs classes."""
    return attrs.has(kind) and kind.__module__.partition(".")[0] == "servicekit"


def is_calendar(kind: Any) -> bool:
    """Whether a type is the one that holds a time zone."""
    return kind is WorkCalendar


def members(kind: Any) -> tuple[Any, ...]:
    """Give the types of which a union is made; any other type is made of itself."""
    return get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)


def without_none(kind: Any) -> tuple[Any, bool]:
    """Take None out of the union of it and other types; say whether it was there."""
    every = members(kind)
    if NoneType not in every:
        return kind, False
    return Union[tuple(each for each in every if each is not NoneType)], True  # noqa: UP007 - made of a tuple


def is_choice(kind: Any) -> bool:
    """Whether a type is a union of this library's attrs classes; steps have a tag of their own."""
    every = members(kind)
    return len(every) > 1 and all(map(is_value, every)) and kind != Step
