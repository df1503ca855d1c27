"""A signal: a source says that a problem occurred, how often, and what it rests on."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from servicekit._instants import instant
from servicekit._rules import ANY_TEXT, FLAG, INSTANT, NATURAL, TEXT, TEXT_OR_NONE, Rule
from servicekit._terms import Term
from servicekit._values import Value, unchanged_when
from servicekit.complaint import Dissatisfaction

__all__ = ["QUESTIONS", "UNCODED", "Signal", "Source", "key_of", "key_or_none"]


class Source(Term):
    """Who tells of problems. These are the usual ones; a key of your own will do as well."""

    COMPLAINTS = "complaints"
    """What customers complained of."""
    SURVEY = "survey"
    """What customers said when asked."""
    CONTACTS = "contacts"
    """What calls, chats and visits show."""
    SUPPLIER = "supplier"
    """What carriers, site administrators and other contractors report."""
    STAFF = "staff"
    """What employees say."""
    OPERATIONS = "operations"
    """What the company counts itself."""


UNCODED: Final = "uncoded"
"""The problem of a signal for which nobody has named one yet."""

QUESTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        UNCODED: "What went wrong? Find the cause and give it a key.",
        Dissatisfaction.BAD_RESULT.value: "What is wrong with the result?",
        Dissatisfaction.NOT_RIGHT_FIRST_TIME.value: "What went wrong the first time?",
    }
)
"""What to ask before anybody can act: the problems that are vague whoever tells of them."""


def key_of(value: str) -> str:
    """Make plain text of a term; leave anything else as it is, for the rule to refuse."""
    return str(value.value) if isinstance(value, Term) else value


def key_or_none(value: str | None) -> str | None:
    """Do as `key_of`, where there may be none."""
    return None if value is None else key_of(value)


unchanged_when("{v}.__class__ is str", key_of)
unchanged_when("{v} is None or {v}.__class__ is str", key_or_none)


_WEIGHT: Final = Rule(
    NATURAL.holds, f"{NATURAL.allowed}: how many occurrences it stands for; how bad is the impact"
)


@frozen
class Signal(Value):
    """A source tells of a problem at an instant.

    ``problem``, ``source`` and ``policy`` are keys of your own; terms such as `Source.SURVEY` stand
    for their text. Sources count as independent of each other as they are named: two carriers are
    two, a hotline that logs the shop's own complaints is not another one.

    ``weight`` is the number of occurrences that the signal stands for, such as the 14 refusals of a
    carrier's report; 0 is for what is said about a problem without being one more of it.
    ``actionable`` is False for what nobody can act on before they have asked further. ``policy`` is
    the rule of the company that stood in the way, ``evidence`` the key of what the signal rests on.

    Raises `RecordError`.

    >>> from datetime import datetime, timezone
    >>> Signal("late", Source.SUPPLIER, datetime(2026, 5, 4, tzinfo=timezone.utc), weight=14).source
    'supplier'
    """

    problem: str = field(converter=key_of, validator=TEXT)
    source: str = field(converter=key_of, validator=TEXT)
    at: datetime = field(converter=instant, validator=INSTANT)
    weight: int = field(default=1, kw_only=True, validator=_WEIGHT)
    actionable: bool = field(default=True, kw_only=True, validator=FLAG)
    policy: str | None = field(
        default=None, kw_only=True, converter=key_or_none, validator=TEXT_OR_NONE
    )
    note: str = field(default="", kw_only=True, validator=ANY_TEXT)
    evidence: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
