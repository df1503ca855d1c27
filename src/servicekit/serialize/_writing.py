"""From values to JSON-ready data: cattrs writes the function for each class, from these forms."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.fns import identity
from cattrs.gen import make_dict_unstructure_fn, override

from servicekit._terms import Term
from servicekit.resolution import Step
from servicekit.serialize._types import STEP, STEPS, without_none

__all__ = ["step_writer", "writer"]

_Write = Callable[[Any], Any]

_SCALARS: Final[dict[Any, _Write]] = {
    bool: identity,
    Decimal: str,
    int: identity,
    str: identity,
}

_MINUTE: Final = timedelta(minutes=1)

_text_of: Final = attrgetter("_value_")


def writer(cls: Any, converter: Converter) -> _Write:
    """Make the hook that writes a value of one class as data; a step says that it is one."""
    forms: dict[str, Any] = {
        field.name: override(unstruct_hook=_form(field.type, converter))
        for field in attrs.fields(cls)
    }
    write = make_dict_unstructure_fn(
        cls, converter, _cattrs_omit_if_default=converter.omit_if_default, **forms
    )
    tag = cls.__name__
    return (lambda value: {STEP: tag, **write(value)}) if tag in STEPS else write


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
    if (collection := get_origin(kind)) in {tuple, frozenset}:
        return _all_of(collection, _form(get_args(kind)[0], converter))
    if kind == Step:
        return step_writer(converter)
    if isinstance(kind, type) and issubclass(kind, Term):
        return _text_of
    return converter.get_unstructure_hook(kind)


def _all_of(collection: type, write: _Write) -> _Write:
    if collection is frozenset:
        return lambda values: sorted(map(write, values))
    return list if write is identity else lambda values: [write(value) for value in values]
