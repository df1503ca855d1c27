"""What a field may hold: each rule is an expression that is true of it, and the same in words.

Rules are attrs validators. They are kept as expressions so that a constructor can be compiled with
all its rules in line (see `servicekit._values`).
"""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime, timezone
from typing import Any, Final

import attrs

from servicekit._terms import Term
from servicekit.errors import INSTANT as AN_INSTANT
from servicekit.errors import Problem, RecordError, shown

__all__ = [
    "ANY_TEXT",
    "ANY_TEXTS",
    "DATE",
    "DATE_OR_NONE",
    "FLAG",
    "FLAG_OR_NONE",
    "INSTANT",
    "INSTANT_OR_NONE",
    "LANGUAGE",
    "LANGUAGE_OR_NONE",
    "LEVEL",
    "NATURAL",
    "TEXT",
    "TEXTS",
    "TEXT_OR_NONE",
    "Rule",
    "all_are",
    "described",
    "each",
    "is_a",
    "set_of",
]


class Rule:
    """What a field may hold.

    ``holds`` is an expression over ``{v}``, the value, and over ``names``, also in braces;
    ``allowed`` says the same to a reader.
    """

    __slots__ = ("allowed", "holds", "names")

    def __init__(self, holds: str, allowed: str, /, **names: object) -> None:
        self.holds = holds
        self.allowed = allowed
        self.names: Mapping[str, object] = names

    def problem(self, field: str, value: object) -> Problem | None:
        """Say what is wrong with a value, if anything is."""
        expression = self.holds.format(v="v", **{name: name for name in self.names})
        holds = eval(expression, {**self.names, "v": value})  # noqa: S307 - a literal of ours
        return None if holds else Problem(field, shown(value), self.allowed)

    def __call__(self, instance: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
        """Check a value for attrs."""
        if problem := self.problem(attribute.name, value):
            raise RecordError(type(instance).__name__, (problem,))


def _is_well_formed(text: str) -> bool:
    """Whether a text can be written in UTF-8: no half of a surrogate pair stands alone in it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


_WELL_FORMED: Final = "({v}.isascii() or {well_formed}({v}))"
_TEXT: Final = f"{{v}}.__class__ is str and {{v}} and not {{v}}.isspace() and {_WELL_FORMED}"
_CHECKS: Final = {"well_formed": _is_well_formed}
_INSTANT: Final = "{v}.__class__ is {datetime} and {v}.tzinfo.__class__ is {timezone}"
_TYPES: Final = {"datetime": datetime, "timezone": timezone}

TEXT: Final = Rule(_TEXT, "well-formed text that is not blank", **_CHECKS)
TEXT_OR_NONE: Final = Rule(
    f"{{v}} is None or {_TEXT}",
    "well-formed text that is not blank, or None where nothing is known",
    **_CHECKS,
)
ANY_TEXT: Final = Rule(f"{{v}}.__class__ is str and {_WELL_FORMED}", "well-formed text", **_CHECKS)
FLAG: Final = Rule("({v} is True or {v} is False)", "True or False")
FLAG_OR_NONE: Final = Rule(
    "({v} is None or {v} is True or {v} is False)", "True, False, or None where it is not known"
)
INSTANT: Final = Rule(_INSTANT, AN_INSTANT, **_TYPES)
INSTANT_OR_NONE: Final = Rule(f"{{v}} is None or {_INSTANT}", f"{AN_INSTANT}, or None", **_TYPES)
_DATE: Final = "isinstance({v}, {date}) and not isinstance({v}, {datetime})"
_DATES: Final = {"date": date, "datetime": datetime}
DATE: Final = Rule(_DATE, "a datetime.date that is no datetime", **_DATES)
DATE_OR_NONE: Final = Rule(
    f"{{v}} is None or {_DATE}", "a datetime.date that is no datetime, or None", **_DATES
)
NATURAL: Final = Rule(
    "{v}.__class__ is int and 0 <= {v} < 2**53", "a whole number from 0 to 2**53 - 1"
)

LEVEL: Final = Rule(
    "isinstance({v}, float) and 0 < {v} < 1", "a confidence level between 0 and 1, such as 0.95"
)


def _all_texts(values: tuple[Any, ...]) -> bool:
    for value in values:
        if value.__class__ is not str or not value or value.isspace():
            return False
        if not value.isascii() and not _is_well_formed(value):
            return False
    return bool(values)


TEXTS: Final = Rule(
    "{all_texts}({v})", "well-formed text, one or several, none blank", all_texts=_all_texts
)

ANY_TEXTS: Final = Rule(
    "({v} == () or {all_texts}({v}))",
    "well-formed texts, one, several or none, none blank",
    all_texts=_all_texts,
)

_LANGUAGE_TAG: Final = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}"  # language and its extensions
    r"(?:-[a-z]{4})?"  # script
    r"(?:-(?:[a-z]{2}|[0-9]{3}))?"  # region
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"  # variants
    r"(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*"  # extensions
    r"(?:-x(?:-[a-z0-9]{1,8})+)?"  # private use
    r"|x(?:-[a-z0-9]{1,8})+",
    re.IGNORECASE | re.ASCII,
)
LANGUAGE: Final = Rule(
    "isinstance({v}, str) and {tag}({v})",
    "a BCP 47 (RFC 5646) language tag such as 'fi' or 'en-GB'",
    tag=_LANGUAGE_TAG.fullmatch,
)
LANGUAGE_OR_NONE: Final = Rule(
    "{v} is None or isinstance({v}, str) and {tag}({v})",
    "a BCP 47 (RFC 5646) language tag such as 'fi' or 'en-GB', or None where it is not known",
    tag=_LANGUAGE_TAG.fullmatch,
)


def described(kind: type) -> str:
    """Say what a value of a class is; of a vocabulary, all its terms."""
    name = f"a {kind.__name__}"
    return f"{name}: {', '.join(kind)}" if issubclass(kind, Term) else name


def is_a(kind: type, *, optional: bool = False) -> Rule:
    """Make the rule for one value of a class; ``optional`` lets None stand for nothing known."""
    if optional:
        return Rule(
            "{v} is None or isinstance({v}, {kind})", f"{described(kind)}, or None", kind=kind
        )
    return Rule("isinstance({v}, {kind})", described(kind), kind=kind)


def all_are(values: Collection[object], kind: type) -> bool:
    """Whether every value is of a class."""
    for value in values:  # noqa: SIM110 - a third of the cost of all() with a generator
        if not isinstance(value, kind):
            return False
    return True


def each(kind: type, *, at_least: int = 0) -> Rule:
    """Make the rule for a tuple of values of a class."""
    number = f", at least {at_least}" if at_least else ""
    return Rule(
        f"len({{v}}) >= {at_least} and {{all_are}}({{v}}, {{kind}})",
        f"a tuple, each element {described(kind)}{number}",
        all_are=all_are,
        kind=kind,
    )


def set_of(kind: type) -> Rule:
    """Make the rule for a frozen set of values of a class."""
    return Rule(
        "isinstance({v}, frozenset) and {all_are}({v}, {kind})",
        f"a set, each element {described(kind)}",
        all_are=all_are,
        kind=kind,
    )
