"""What stands in a definition besides its pieces: plain values, signs and spans of time."""

from datetime import timedelta
from enum import Enum
from typing import Final

from servicekit._rules import Rule
from servicekit._terms import Term
from servicekit._values import several

__all__ = ["ANY_TIME", "PLAIN", "SIGN", "SOME_TIME", "Plain", "Sign", "as_plain", "by_kind"]

Plain = str | bool | int
"""What a column can be compared with for equality: text, a flag, a whole number."""


def as_plain(values: Plain | list[Plain] | tuple[Plain, ...]) -> tuple[Plain, ...]:
    """Take each term of a vocabulary as its text."""
    return tuple(value.value if isinstance(value, Enum) else value for value in several(values))


def _all_plain(values: tuple[object, ...]) -> bool:
    return bool(values) and all(isinstance(value, Plain) for value in values)


def by_kind(values: tuple[Plain, ...]) -> tuple[tuple[bool, Plain], ...]:
    """Tell True from 1, which Python takes for equal."""
    return tuple((isinstance(value, bool), value) for value in values)


def _a_span(value: object, least: timedelta) -> bool:
    return isinstance(value, timedelta) and value >= least


PLAIN: Final = Rule("{are}({v})", "texts, flags or whole numbers, one or several", are=_all_plain)
SOME_TIME: Final = Rule(
    "{span}({v}, {least})",
    "a timedelta above zero",
    span=_a_span,
    least=timedelta(microseconds=1),
)
ANY_TIME: Final = Rule(
    "{span}({v}, {least})", "a timedelta of zero or more", span=_a_span, least=timedelta()
)


class Sign(Term):
    """How a quantity is compared with a number."""

    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="


SIGN: Final = Rule("isinstance({v}, {kind})", "a Sign: <, <=, >, >=", kind=Sign)
