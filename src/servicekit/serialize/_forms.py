"""How the entry of a field is read: one small form for each type that fields have."""

import re
from collections.abc import Callable, Container, Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from operator import length_hint
from typing import Any, Final, Union, cast, get_args, get_origin

from cattrs import BaseValidationError, Converter, IterableValidationError
from cattrs.errors import IterableValidationNote

from servicekit._rules import Rule, described
from servicekit._terms import Term
from servicekit.errors import INSTANT
from servicekit.serialize._calendars import (
    read_date,
    read_duration,
    read_interval,
    read_weekday,
)
from servicekit.serialize._errors import wrong
from servicekit.serialize._measurements import read_group
from servicekit.serialize._types import NUMBERS, is_value, members, without_none
from servicekit.worktime import Weekday
from servicekit.worktime._hours import Times

__all__ = ["UNREADABLE", "Read", "field_form", "or_none"]

Read = Callable[[Any], Any]

UNREADABLE: Final = (AttributeError, KeyError, TypeError, ValueError, BaseValidationError)
"""What reading raises for data that are wrong."""


def field_form(field: Any, converter: Converter) -> Read | None:
    """Make the form of a field; None where the class takes what it finds as it is."""
    kind, _ = without_none(field.type)
    if (kind in _PLAIN or kind is float) and isinstance(field.validator, Rule):
        return None
    return _form(field.type, converter)


def _form(kind: Any, converter: Converter) -> Read:
    kind, optional = without_none(kind)
    read = _required_form(kind, converter)
    return or_none(read) if optional else read


def or_none(read: Read) -> Read:
    """Read None as None, and anything else as it is to be read."""
    return lambda value: None if value is None else read(value)


def _required_form(kind: Any, converter: Converter) -> Read:
    if kind in _PLAIN:
        return _exactly(kind)
    if kind in _SCALARS:
        return _SCALARS[kind]
    if get_origin(kind) in {tuple, frozenset, Container, Mapping}:
        return _collection_form(kind, converter)
    if isinstance(kind, type) and issubclass(kind, Term):
        return _term(kind)
    if NUMBERS.issuperset(members(kind)):
        return _number(frozenset(members(kind)))
    return _other_form(kind, converter)


def _other_form(kind: Any, converter: Converter) -> Read:
    every = members(kind)
    if _PLAIN.keys() >= set(every):
        return _any_of(every)
    if any(map(is_value, every)) and not all(map(is_value, every)):
        return _value_or_plain(kind, converter)
    hook = converter.get_structure_hook(kind)
    return lambda value: hook(value, kind)


_PLAIN: Final[Mapping[Any, str]] = {str: "text", int: "a whole number", bool: "true or false"}


def _exactly(kind: type) -> Read:
    def read(value: Any) -> Any:
        if value.__class__ is not kind:
            raise wrong(value, _PLAIN[kind])
        return value

    return read


def _any_of(kinds: tuple[type, ...]) -> Read:
    allowed = " or ".join(_PLAIN[kind] for kind in kinds)

    def read(value: Any) -> Any:
        if value.__class__ not in kinds:
            raise wrong(value, allowed)
        return value

    return read


def _value_or_plain(kind: Any, converter: Converter) -> Read:
    """Read a mapping as one of our values, and anything else as what the type takes besides."""
    values = tuple(each for each in members(kind) if is_value(each))
    others = tuple(each for each in members(kind) if not is_value(each))
    read_value = _form(Union[values], converter)  # noqa: UP007 - made of a tuple
    read_other = _form(Union[others], converter)  # noqa: UP007 - likewise
    return lambda found: (read_value if isinstance(found, Mapping) else read_other)(found)


def _instant(value: Any) -> datetime:
    try:
        at = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise wrong(value, INSTANT) from None
    if at.tzinfo is None:
        raise wrong(value, INSTANT)
    return at


def _decimal(value: Any) -> Any:
    """Take a number as text, and leave to the class what number it may be."""
    if value.__class__ is not str:
        raise wrong(value, "the text of a number, such as '12.50'")
    return value


_SCALARS: Final[Mapping[Any, Read]] = {
    date: read_date,
    datetime: _instant,
    Decimal: _decimal,
    timedelta: read_duration,
    Hashable: read_group,
}


_DIGITS: Final = "[0-9]{0,3999}"  # Python reads 4,300 digits unless told otherwise
_FRACTION: Final = re.compile(f"-?[0-9]{_DIGITS}(?:/[1-9]{_DIGITS})?", re.ASCII)
_WHOLE: Final = re.compile(f"0|-?[1-9]{_DIGITS}", re.ASCII)
_NUMBER: Final[Mapping[Any, str]] = {
    int: "a whole number",
    float: "a finite number",
    Fraction: "the text of a fraction, such as '7/3'",
}


def _number(kinds: frozenset[Any]) -> Read:
    """Take a number as it is, and a fraction as text."""
    allowed = " or ".join(said for kind, said in _NUMBER.items() if kind in kinds)

    def read(value: Any) -> Any:
        if value.__class__ is int and (int in kinds or float in kinds):
            return value
        if value.__class__ is float and float in kinds and isfinite(value):
            return value
        if value.__class__ is str and Fraction in kinds and _FRACTION.fullmatch(value):
            return Fraction(value)
        raise wrong(value, allowed)

    return read


def _term(kind: type[Term]) -> Read:
    members = {term.value: term for term in kind}

    def read(value: Any) -> Term:
        try:
            return members[value]
        except (KeyError, TypeError):
            raise wrong(value, described(kind)) from None

    return read


def _collection_form(kind: Any, converter: Converter) -> Read:
    if kind == Times:
        return _all_of(tuple, read_interval)
    collection, kinds = get_origin(kind), get_args(kind)
    if collection is Mapping and kinds[0] is Hashable:
        return _in_pairs(_form(kinds[1], converter))
    if collection is Mapping:
        return _all_under_keys(_KEYS[kinds[0]], _form(kinds[1], converter))
    if collection is tuple and kinds[-1] is not Ellipsis:
        return _one_by_one([_form(each, converter) for each in kinds])
    kept = frozenset if collection is Container else collection
    return _all_of(cast("Any", kept), _form(kinds[0], converter))


def _all_of(collection: Callable[[list[Any]], Any], read: Read) -> Read:
    def read_all(values: Any) -> Any:
        elements = _listed(values)
        rest = iter(elements)
        try:
            return collection([read(element) for element in rest])
        except UNREADABLE as error:
            raise _within(read, elements, rest, error) from None

    return read_all


def _one_by_one(reads: list[Read]) -> Read:
    def read_one(pair: tuple[Read, Any]) -> Any:
        return pair[0](pair[1])

    def read_all(values: Any) -> Any:
        elements = _listed(values)
        if len(elements) != len(reads):
            raise wrong(values, f"a list of {len(reads)}")
        pairs = list(zip(reads, elements, strict=True))
        rest = iter(pairs)
        try:
            return tuple([read_one(pair) for pair in rest])
        except UNREADABLE as error:
            raise _within(read_one, pairs, rest, error) from None

    return read_all


def _listed(values: Any) -> Sequence[Any]:
    """Take a list, or what stands for one in Python; no other sequence does."""
    if values.__class__ is not list and values.__class__ is not tuple:
        raise wrong(values, "a list")
    return values


def _whole(key: Any) -> int:
    if key.__class__ is not str or not _WHOLE.fullmatch(key):
        raise wrong(key, "the text of a whole number as a key")
    return int(key)


_KEYS: Final[Mapping[Any, Read]] = {
    str: _exactly(str),
    int: _whole,
    Weekday: read_weekday,
    date: read_date,
}


def _all_under_keys(name: Read, read: Read) -> Read:
    def read_entry(entry: tuple[Any, Any]) -> tuple[Any, Any]:
        return name(entry[0]), read(entry[1])

    def read_all(entries: Any) -> Any:
        if not isinstance(entries, Mapping):
            raise wrong(entries, "a mapping")
        found = list(cast("Any", entries).items())
        rest = iter(found)
        try:
            return dict([read_entry(entry) for entry in rest])
        except UNREADABLE as error:
            raise _within(read_entry, found, rest, error, [key for key, _ in found]) from None

    return read_all


def _in_pairs(read: Read) -> Read:
    read_pairs = _all_of(tuple, _one_by_one([read_group, read]))

    def read_all(pairs: Any) -> Any:
        entries = read_pairs(pairs)
        found = dict(entries)
        if len(found) < len(entries):
            raise wrong(pairs, "every group once")
        return found

    return read_all


def _within(
    read: Read,
    elements: Sequence[Any],
    rest: Iterator[Any],
    error: Exception,
    places: Sequence[Any] | None = None,
) -> Exception:
    """Make the error for all elements that cannot be read, each with its index or key.

    The first is the one before the rest. What was read is not read again: where values are nested,
    that would double the work at every level.
    """
    named = range(len(elements)) if places is None else places
    failed = len(elements) - length_hint(rest) - 1
    wrong = [_placed(error, named[failed])]
    for place, element in zip(named[failed + 1 :], rest, strict=True):
        try:
            read(element)
        except UNREADABLE as another:
            wrong.append(_placed(another, place))
    return IterableValidationError("elements", wrong, list)  # pyright: ignore[reportCallIssue] # see refusal


def _placed(error: Exception, place: Any) -> Exception:
    error.add_note(IterableValidationNote(f"at {place}", place, None))
    return error.with_traceback(None)
