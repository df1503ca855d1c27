"""Which types are this library's own, and what a field's type is made of."""

from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import attrs

from servicekit.resolution import Step

__all__ = ["STEP", "STEPS", "is_value", "without_none"]

STEP = "step"
"""The key under which a step says of which class it is."""

STEPS: dict[str, type] = {kind.__name__: kind for kind in get_args(Step)}
"""The classes of steps by what stands there."""


def is_value(kind: Any) -> bool:
    """Whether a type is one of this library's attrs classes."""
    return attrs.has(kind) and kind.__module__.partition(".")[0] == "servicekit"


def without_none(kind: Any) -> tuple[Any, bool]:
    """Take None out of the union of it and another type; say whether it was there."""
    if get_origin(kind) not in {Union, UnionType} or NoneType not in get_args(kind):
        return kind, False
    (other,) = (each for each in get_args(kind) if each is not NoneType)
    return other, True
