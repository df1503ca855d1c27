"""When a case goes up the chain by itself: rules as data, and those to begin with."""

from collections.abc import Collection
from datetime import timedelta
from typing import Final, cast

from attrs import field, frozen

from servicekit._rules import NATURAL, TEXT, TEXT_OR_NONE, Rule, is_a
from servicekit._terms import Term
from servicekit._values import Definition, as_set, in_order, refuse
from servicekit.complaint import Dissatisfaction

__all__ = ["ESCALATE_EARLY", "EscalationRule", "Ground"]


class Ground(Term):
    """Why a case goes to somebody who may do more."""

    SEVERITY = "severity"
    """It is about something grave."""
    BROKEN_PROMISE = "broken_promise"
    """Something that was promised was not done in time."""
    ROUNDS = "rounds"
    """Listening had to begin again."""
    WAITING = "waiting"
    """The customer has not heard from a person for long."""
    NEGATIVE_FEEDBACK = "negative_feedback"
    """The customer was asked, and is not satisfied."""


_NOTHING: Final[frozenset[str]] = frozenset()
_SOME_TIME: Final = Rule(
    "isinstance({v}, {timedelta}) and {zero} <= {v} <= {longest}",
    "a timedelta from zero to a hundred years",
    timedelta=timedelta,
    zero=timedelta(),
    longest=timedelta(days=36525),
)
_SOME_TIME_OR_NONE: Final = Rule(
    f"{{v}} is None or {_SOME_TIME.holds}", f"{_SOME_TIME.allowed}, or None", **_SOME_TIME.names
)


def _keys(values: Collection[str]) -> frozenset[str]:
    """Take a key or several, terms of a vocabulary as their text."""
    given = as_set([values] if isinstance(values, str) else values)
    if not isinstance(given, frozenset):
        return cast("frozenset[str]", given)
    keys = cast("frozenset[str]", given)
    return frozenset(str(key) if isinstance(key, Term) else key for key in keys)


def _are_keys(values: object) -> bool:
    if not isinstance(values, frozenset):
        return False
    return not any(TEXT.problem("", key) for key in cast("frozenset[object]", values))


_KEYS: Final = Rule("{are_keys}({v})", "a set of keys, none blank", are_keys=_are_keys)


@frozen
class EscalationRule(Definition):
    """On what ground a case goes up, within which time of it, and to whom.

    ``to`` is a role, or None for the top of the chain. The time is real time. Of the grounds,
    SEVERITY needs to know what is ``grave``: categories, causes of dissatisfaction, keys of causes.
    WAITING needs to know the ``longest`` wait. The others count: ``at_least`` is how many broken
    promises, further rounds or dissatisfied answers it takes.
    """

    ground: Ground = field(validator=is_a(Ground))
    within: timedelta = field(validator=_SOME_TIME)
    to: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    at_least: int = field(default=1, kw_only=True, validator=NATURAL)
    longest: timedelta | None = field(default=None, kw_only=True, validator=_SOME_TIME_OR_NONE)
    grave: frozenset[str] = field(
        default=_NOTHING, kw_only=True, converter=_keys, validator=_KEYS, repr=in_order
    )

    def __attrs_post_init__(self) -> None:
        if not self.at_least:
            refuse(self, "at_least", "1 or more")
        if (self.longest is None) == (self.ground is Ground.WAITING):
            refuse(self, "longest", "a timedelta for WAITING, and None for any other ground")
        if bool(self.grave) != (self.ground is Ground.SEVERITY):
            refuse(self, "grave", "keys for SEVERITY, and none for any other ground")


_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)

ESCALATE_EARLY: Final = (
    EscalationRule(
        Ground.SEVERITY,
        _DAY,
        grave={Dissatisfaction.TREATED_BADLY, Dissatisfaction.BAD_RESULT},
    ),
    EscalationRule(Ground.NEGATIVE_FEEDBACK, _HOUR),
    EscalationRule(Ground.BROKEN_PROMISE, _DAY),
    EscalationRule(Ground.ROUNDS, _DAY),
    EscalationRule(Ground.WAITING, _DAY, longest=2 * _DAY),
)
"""Rules to begin with: senior people come in early. The times are the library's own suggestion."""
