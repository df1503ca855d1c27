"""An interval; what the functions here take and how they refuse the rest."""

from collections.abc import Mapping
from fractions import Fraction
from math import inf, nextafter
from typing import Final

from attrs import field, frozen

from servicekit._rules import LEVEL, Rule
from servicekit._values import Value, refuse
from servicekit.errors import Problem, RecordError

__all__ = ["COUNT", "Interval", "Real", "check", "check_part", "numeric"]

Real = float | Fraction
"""A number that may be exact."""

_LARGEST: Final = 1e150
COUNT: Final = Rule(
    "isinstance({v}, int) and not isinstance({v}, bool) and 0 <= {v} <= 10**12",
    "a whole number from 0 to 10^12",
)
_END: Final = Rule(
    "{v}.__class__ in (int, float) and -{most} <= {v} <= {most}",
    "a finite number",
    most=nextafter(inf, 0),
)


def numeric(value: object, most: float = _LARGEST) -> bool:
    """Whether a value is a number, exact or not, whose square is no larger than a float can be."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Fraction)):
        return False
    return -most <= value <= most


@frozen
class Interval(Value):
    """A confidence interval: between ``low`` and ``high``, both included, at a ``level``.

    The procedure that gave it covers the true value in that share of all samples; 0.95 is usual.
    Raises `RecordError` with every field that is wrong.

    >>> Interval(0.49, 0.943, level=0.95)
    Interval(low=0.49, high=0.943, level=0.95)
    >>> 0.5 in Interval(0.49, 0.943, level=0.95)
    True
    """

    low: float = field(validator=_END)
    high: float = field(validator=_END)
    level: float = field(kw_only=True, validator=LEVEL)

    def __attrs_post_init__(self) -> None:
        if self.low > self.high:
            refuse(self, "high", f"a number not below low = {self.low}")

    def __contains__(self, value: Real) -> bool:
        return self.low <= value <= self.high

    @property
    def width(self) -> float:
        """How far apart the ends are."""
        return self.high - self.low

    def scaled(self, factor: float) -> "Interval":
        """Give the interval in another unit: 100 turns shares into percentages.

        The factor is above 0.
        """
        return Interval(self.low * factor, self.high * factor, level=self.level)


def check(function: str, rules: Mapping[str, Rule], **given: object) -> None:
    """Refuse the arguments of a function that break their rules, all at once."""
    asked = (rules[name].problem(name, value) for name, value in given.items())
    if problems := tuple(filter(None, asked)):
        raise RecordError(function, problems)


def check_part(function: str, name: str, part: int, whole: int) -> None:
    """Refuse a count that is larger than that of which it is part."""
    if part > whole:
        allowed = f"a whole number from 0 to {whole}"
        raise RecordError(function, (Problem(name, str(part), allowed),))
