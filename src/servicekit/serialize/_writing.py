"""From values to JSON-ready data: cattrs writes the function for each class, from these forms."""

from collections.abc import Callable, Container, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Any, Final, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.fns import identity
from cattrs.gen import make_dict_unstructure_fn, override

from servicekit._terms import Term
from servicekit.serialize._calendars import check_saveable, duration_text, weekday_key
from servicekit.serialize._types import KIND, NUMBERS, STEP, STEPS, members, without_none
from servicekit.worktime import Weekday
from servicekit.worktime._zone import zone_key

__all__ = ["calendar_writer", "choice_writer", "step_writer", "writer"]

_Write = Callable[[Any], Any]

_SCALARS: Final[dict[Any, _Write]] = {
    bool: identity,
    date: date.isoformat,
    Decimal: str,
    Fraction: str,
    float: identity,
    int: identity,
    str: identity,
    timedelta: duration_text,
    tzinfo: zone_key,
}

_KEYS: Final[dict[Any, _Write]] = {Weekday: weekday_key}

_MINUTE: Final = timedelta(minutes=1)

_text_of: Final = attrgetter("_value_")


def writer(cls: Any, converter: Converter) -> _Write:
    """Make the hook that writes a value of one class as data; a step says that it is one."""
    forms: dict[str, Any] = {
        field.name: override(unstruct_hook=_form(field.type, converter))
        for field in attrs.fields(cls)
        if field.init
    }
    write = make_dict_unstructure_fn(
        cls, converter, _cattrs_omit_if_default=converter.omit_if_default, **forms
    )
    tag = cls.__name__
    return (lambda value: {STEP: tag, **write(value)}) if tag in STEPS else write


def calendar_writer(cls: Any, converter: Converter) -> _Write:
    """Make the hook that writes a calendar, if it can be read again."""
    write = writer(cls, converter)

    def write_calendar(calendar: Any) -> Any:
        check_saveable(calendar)
        return write(calendar)

    return write_calendar


def _writes_instants(converter: Converter) -> bool:
    """Whether the library behind a converter writes instants as we do, only faster: orjson."""
    return "cattrs.preconf.orjson" in {kind.__module__ for kind in type(converter).__mro__}


def _left_to_orjson(at: datetime) -> datetime | str:
    """Leave an instant as it is, but for a finer offset, which orjson would round to a minute."""
    if at.tzinfo is UTC or not at.utcoffset() % _MINUTE:  # type: ignore[operator] # all are aware
        return at
    return at.isoformat()


def step_writer(converter: Converter) -> _Write:
    """Make the hook that writes any step."""
    writers = {kind: converter.get_unstructure_hook(kind) for kind in STEPS.values()}
    return lambda step: writers[step.__class__](step)


def choice_writer(kind: Any, converter: Converter) -> _Write:
    """Make the hook that writes a value of one of several classes and says which one it is."""
    writers = {each: converter.get_unstructure_hook(each) for each in members(kind)}
    return lambda value: {KIND: type(value).__name__, **writers[value.__class__](value)}


# --- Forms: how the entry of a field is written ---------------------------------------------------


def _form(kind: Any, converter: Converter) -> _Write:
    kind, optional = without_none(kind)
    write = _required_form(kind, converter)
    if optional and write is not identity:
        return lambda value: None if value is None else write(value)
    return write


def _required_form(kind: Any, converter: Converter) -> _Write:
    if kind in _SCALARS:
        return _SCALARS[kind]
    if kind is datetime:
        return _left_to_orjson if _writes_instants(converter) else datetime.isoformat
    if get_origin(kind) in {tuple, frozenset, Container, Mapping}:
        return _collection_form(kind, converter)
    if isinstance(kind, type) and issubclass(kind, Term):
        return _text_of
    if NUMBERS.issuperset(members(kind)):
        return _number
    return converter.get_unstructure_hook(kind)


def _number(value: Any) -> Any:
    return str(value) if isinstance(value, Fraction) else value


def _collection_form(kind: Any, converter: Converter) -> _Write:
    collection, kinds = get_origin(kind), get_args(kind)
    if collection is Mapping:
        return _all_under_keys(_KEYS.get(kinds[0], str), _form(kinds[1], converter))
    if collection is tuple and kinds[-1] is not Ellipsis:
        return _one_by_one([_form(each, converter) for each in kinds])
    return _all_of(collection, _form(kinds[0], converter))


def _all_of(collection: Any, write: _Write) -> _Write:
    if collection in {frozenset, Container}:
        return lambda values: sorted(map(write, values))
    return list if write is identity else lambda values: [write(value) for value in values]


def _one_by_one(writes: list[_Write]) -> _Write:
    return lambda values: [write(value) for write, value in zip(writes, values, strict=True)]


def _all_under_keys(name: _Write, write: _Write) -> _Write:
    return lambda entries: {name(key): write(value) for key, value in entries.items()}
