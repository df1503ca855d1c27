"""From data to values: the quick way, and a diagnosis where it fails.

The quick way brings each entry into the form that Python has for it and lets the class judge the
whole. Only if that fails are all entries looked at one by one, for all their problems.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, cast, get_args, get_origin

import attrs
from cattrs import AttributeValidationNote, BaseValidationError, Converter, IterableValidationError
from cattrs.errors import IterableValidationNote

from servicekit._rules import Rule, described
from servicekit._terms import Term
from servicekit.errors import INSTANT, FlowError, Problem, RecordError, shown
from servicekit.resolution import Step
from servicekit.serialize._errors import refusal, wrong
from servicekit.serialize._types import STEP, STEPS, without_none

__all__ = ["reader", "step_reader"]

_Read = Callable[[Any], Any]

_UNREADABLE: Final = (AttributeError, KeyError, TypeError, ValueError, BaseValidationError)
"""What reading raises for data that are wrong."""


def reader(cls: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    """Make the hook that reads data as a value of one class."""
    fields = {field.name: field for field in attrs.fields(cls) if field.init}
    forms = {name: _field_form(field, converter) for name, field in fields.items()}
    reads = [(name, read) for name, read in forms.items() if read]
    tag = cls.__name__ if cls.__name__ in STEPS else None

    def read_value(data: Any, _: Any) -> Any:
        try:
            entries = data.copy()
            if tag and entries.pop(STEP, tag) != tag:
                raise wrong(data, tag)
            for name, read in reads:
                if name in entries:
                    entries[name] = read(entries[name])
            return cls(**entries)
        except _UNREADABLE:
            pass
        return _carefully(cls, fields, dict(reads), data)

    return read_value


def step_reader(converter: Converter) -> Callable[[Any, Any], Any]:
    """Make the hook that reads data as the step that they say they are."""
    hooks = {tag: converter.get_structure_hook(kind) for tag, kind in STEPS.items()}
    allowed = f"one of {', '.join(sorted(STEPS))}"

    def read_step(data: Any, _: Any) -> Any:
        try:
            hook = hooks[data[STEP]]
        except (KeyError, TypeError, IndexError):
            raise refusal("Step", [_noted(wrong(_tag_of(data), allowed), STEP)]) from None
        return hook(data, Step)

    return read_step


def _tag_of(data: Any) -> Any:
    return cast("Any", data).get(STEP, "missing") if isinstance(data, Mapping) else data


# --- Forms: how the entry of a field is read; None for what the class takes as it is -------------


def _field_form(field: Any, converter: Converter) -> _Read | None:
    kind, _ = without_none(field.type)
    if kind in _PLAIN and isinstance(field.validator, Rule):
        return None
    return _form(field.type, converter)


def _form(kind: Any, converter: Converter) -> _Read:
    kind, optional = without_none(kind)
    read = _required_form(kind, converter)
    return (lambda value: None if value is None else read(value)) if optional else read


def _required_form(kind: Any, converter: Converter) -> _Read:
    if kind in _PLAIN:
        return _exactly(kind)
    if kind in _SCALARS:
        return _SCALARS[kind]
    if (collection := get_origin(kind)) in {tuple, frozenset}:
        return _all_of(collection, _form(get_args(kind)[0], converter))
    if isinstance(kind, type) and issubclass(kind, Term):
        return _term(kind)
    hook = converter.get_structure_hook(kind)
    return lambda value: hook(value, kind)


_PLAIN: Final[Mapping[Any, str]] = {str: "text", int: "a whole number", bool: "true or false"}


def _exactly(kind: type) -> _Read:
    def read(value: Any) -> Any:
        if value.__class__ is not kind:
            raise wrong(value, _PLAIN[kind])
        return value

    return read


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


_SCALARS: Final[Mapping[Any, _Read]] = {datetime: _instant, Decimal: _decimal}


def _term(kind: type[Term]) -> _Read:
    members = {term.value: term for term in kind}

    def read(value: Any) -> Term:
        try:
            return members[value]
        except (KeyError, TypeError):
            raise wrong(value, described(kind)) from None

    return read


def _all_of(collection: Callable[[list[Any]], Any], read: _Read) -> _Read:
    def read_all(values: Any) -> Any:
        if values.__class__ is not list and values.__class__ is not tuple:
            raise wrong(values, "a list")
        try:
            return collection([read(value) for value in values])
        except _UNREADABLE:
            problems = list(_elements(read, values))
        raise IterableValidationError("elements", problems, list)  # pyright: ignore[reportCallIssue] # see refusal

    return read_all


# --- The diagnosis --------------------------------------------------------------------------------


def _noted(error: Exception, name: str) -> Exception:
    error.add_note(AttributeValidationNote(f"at {name}", name, None))
    return error.with_traceback(None)


def _elements(read: _Read, values: Iterable[Any]) -> Iterator[Exception]:
    for index, value in enumerate(values):
        try:
            read(value)
        except _UNREADABLE as error:
            error.add_note(IterableValidationNote(f"at {index}", index, None))
            yield error.with_traceback(None)


def _carefully(cls: Any, fields: Mapping[str, Any], reads: Mapping[str, _Read], data: Any) -> Any:
    """Build a value entry by entry, or raise with everything that keeps it from being one."""
    if not isinstance(data, Mapping):
        allowed = f"a mapping with the entries of {cls.__name__}"
        raise refusal(cls.__name__, [wrong(data, allowed)], cls)
    entries = {_name(key): entry for key, entry in cast("Any", data).items()}
    found: list[Exception] = []
    if cls.__name__ in STEPS and (tag := entries.pop(STEP, cls.__name__)) != cls.__name__:
        found.append(_noted(wrong(tag, cls.__name__), STEP))
    only = f"no such entry, only {', '.join(fields)}"
    found += [_noted(wrong(entries[name], only), name) for name in entries if name not in fields]
    for name, field in fields.items():
        try:
            entries |= _entry(field, reads.get(name), entries)
        except _UNREADABLE as error:
            found.append(_noted(error, name))
    if not found:
        try:
            return cls(**entries)
        except (RecordError, FlowError) as error:
            found.extend(_placed(error))
    raise refusal(cls.__name__, found, cls)


def _name(key: object) -> str:
    return key if isinstance(key, str) else shown(key)


def _entry(field: Any, read: _Read | None, entries: Mapping[str, Any]) -> dict[str, Any]:
    """Read the entry of one field and ask the rule of the field about it."""
    rule = field.validator if isinstance(field.validator, Rule) else None
    if field.name not in entries:
        if field.default is not attrs.NOTHING:
            return {}
        raise RecordError("data", (Problem(field.name, "missing", _allowed(rule)),))
    entry = entries[field.name] if read is None else read(entries[field.name])
    value = entry if field.converter is None else field.converter(entry)
    if rule and (problem := rule.problem(field.name, value)):
        raise RecordError("data", (problem,))
    return {field.name: entry}


def _allowed(rule: Rule | None) -> str:
    return rule.allowed if rule else "an entry"


def _placed(error: RecordError | FlowError) -> Iterator[Exception]:
    """Give the problems that only the whole value shows, each noted with its place."""
    if isinstance(error, FlowError):
        yield _noted(error, f"steps[{error.position}]")
    else:
        for problem in error.problems:
            yield _noted(RecordError(error.record, (problem,)), problem.field)
