"""From data to values: the quick way, and a diagnosis where it fails.

The quick way brings each entry into the form that Python has for it and lets the class judge the
whole. Only if that fails are all entries looked at one by one, for all their problems.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from datetime import date
from types import MappingProxyType
from typing import Any, Final, cast

import attrs
from cattrs import AttributeValidationNote, Converter

from servicekit._rules import Rule
from servicekit.errors import DefinitionError, FlowError, Problem, RecordError, shown
from servicekit.resolution import Step
from servicekit.serialize._errors import refusal, wrong
from servicekit.serialize._forms import UNREADABLE, Read, field_form
from servicekit.serialize._types import KIND, STEP, STEPS, fields_of, members

__all__ = ["choice_reader", "reader", "step_reader"]

_NO_FORMS: Final[Mapping[str, Read]] = MappingProxyType({})


def reader(
    cls: Any, converter: Converter, own: Mapping[str, Read] = _NO_FORMS
) -> Callable[[Any, Any], Any]:
    """Make the hook that reads data as a value of one class; a field may have its own form."""
    fields = fields_of(cls)
    forms = {
        name: own[name] if name in own else field_form(field, converter)
        for name, field in fields.items()
    }
    reads = [(name, read) for name, read in forms.items() if read]
    tag = cls.__name__ if cls.__name__ in STEPS else None

    def read_value(data: Any, _: Any) -> Any:
        entries: Any = None
        name: str | None = ""  # nothing is read yet
        try:
            entries = data.copy()
            if tag and entries.pop(STEP, tag) != tag:
                raise wrong(data, tag)
            for name, read in reads:
                if name in entries:
                    entries[name] = read(entries[name])
            name = None  # all is read
            return cls(**entries)
        except UNREADABLE as error:
            known = _known([name for name, _ in reads], entries, name, error)
        return _carefully(cls, fields, dict(reads) | known, data)

    return read_value


def _known(names: list[str], entries: Any, failed: str | None, error: Exception) -> dict[str, Read]:
    """Give what has been read, and what could not be, so that neither is read again.

    To do so would double the work, where values are nested at every level. ``failed`` is the last
    entry that was tried; None if all could be read, and no text if nothing was.
    """
    if failed == "" or not isinstance(entries, Mapping):
        return {}
    done = names if failed is None else names[: names.index(failed)]
    known = {name: _found(entries[name]) for name in done if name in entries}
    return known if failed is None else known | {failed: _found(error)}


def _found(found: Any) -> Read:
    """Make a form that has been read: it gives what was found, or raises what was wrong."""

    def read(_: Any) -> Any:
        if isinstance(found, Exception):
            raise found
        return found

    return read


def step_reader(converter: Converter) -> Callable[[Any, Any], Any]:
    """Make the hook that reads data as the step that they say they are."""
    hooks = {tag: converter.get_structure_hook(kind) for tag, kind in STEPS.items()}

    def read_step(data: Any, _: Any) -> Any:
        return _told(hooks, data, STEP, "Step")(data, Step)

    return read_step


_DEEPEST: Final = 64
_DEPTH: Final = ContextVar("depth", default=0)


def choice_reader(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    """Make the hook that reads data as that one of several classes which they say they are.

    Such choices may lie within one another. Data in which they do without end are refused before
    Python runs out of stack.
    """
    classes = {each.__name__: each for each in members(kind)}
    title = " or ".join(classes)

    def read_choice(data: Any, _: Any) -> Any:
        depth = _DEPTH.get()
        if depth == _DEEPEST:
            raise wrong(data, f"at most {_DEEPEST} within one another")
        cls = _told(classes, data, KIND, title)
        hook = converter.get_structure_hook(cls)  # now: what it is made of may be such a choice
        deeper = _DEPTH.set(depth + 1)
        try:
            return hook({name: entry for name, entry in data.items() if name != KIND}, cls)
        finally:
            _DEPTH.reset(deeper)

    return read_choice


def _told(found: Mapping[str, Any], data: Any, tag: str, title: str) -> Any:
    """Find what belongs to the class that data say they are of."""
    try:
        return found[data[tag]]
    except (KeyError, TypeError, IndexError):
        said = cast("Any", data).get(tag, "missing") if isinstance(data, Mapping) else data
        problem = wrong(said, f"one of {', '.join(sorted(found))}")
        raise refusal(title, [_noted(problem, tag)]) from None


# --- The diagnosis --------------------------------------------------------------------------------


def _noted(error: Exception, name: str) -> Exception:
    error.add_note(AttributeValidationNote(f"at {name}", name, None))
    return error.with_traceback(None)


def _carefully(cls: Any, fields: Mapping[str, Any], reads: Mapping[str, Read], data: Any) -> Any:
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
        except UNREADABLE as error:
            found.append(_noted(error, name))
    if not found:
        try:
            return cls(**entries)
        except (DefinitionError, RecordError, FlowError) as error:
            found.extend(_placed(error))
    raise refusal(cls.__name__, found, cls)


def _name(key: object) -> str:
    return key if isinstance(key, str) else shown(key)


def _entry(field: Any, read: Read | None, entries: Mapping[str, Any]) -> dict[str, Any]:
    """Read the entry of one field and ask the rule of the field about it."""
    name = field.alias
    rule = field.validator if isinstance(field.validator, Rule) else None
    if name not in entries:
        if field.default is not attrs.NOTHING:
            return {}
        raise RecordError("data", (Problem(name, "missing", _allowed(rule)),))
    entry = entries[name] if read is None else read(entries[name])
    value = entry if field.converter is None else field.converter(entry)
    if rule and (problem := rule.problem(name, value)):
        raise RecordError("data", (problem,))
    return {name: entry}


def _allowed(rule: Rule | None) -> str:
    return rule.allowed if rule else "an entry"


def _placed(error: DefinitionError | RecordError | FlowError) -> Iterator[Exception]:
    """Give the problems that only the whole value shows, each noted with its place."""
    if isinstance(error, FlowError):
        yield _noted(error, f"steps[{error.position}]")
    else:
        for problem in error.problems:
            yield _noted(attrs.evolve(error, problems=(problem,)), _place(problem.field))


_DATE: Final = re.compile(r"datetime\.date\((\d+), (\d+), (\d+)\)")


def _place(field: str) -> str:
    """Name the place of a problem as in the data, where a date is its text."""
    return _DATE.sub(lambda found: repr(date(*map(int, found.groups())).isoformat()), field)
