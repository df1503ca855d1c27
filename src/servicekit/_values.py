"""Values: frozen attrs classes that check every field when they are built.

A value is refused with all its problems at once, not only with the first. Its constructor is the
one that attrs declares, compiled once more with the rules of its fields in line and with the slots
set directly; that makes a value about a third cheaper to build than one call per rule and field.
It is compiled when the first value is built, not on import.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timezone
from functools import wraps
from typing import Any, Final, NoReturn, cast

import attrs

from servicekit._instants import instant, instant_or_none
from servicekit._rules import Rule
from servicekit.errors import DefinitionError, Problem, RecordError, shown

__all__ = [
    "Definition",
    "Value",
    "as_set",
    "in_order",
    "refusal",
    "refuse",
    "several",
    "unchanged_when",
]


def several(value: Any) -> tuple[Any, ...]:
    """Take a list or a tuple as it is and anything else as the one element of a tuple."""
    return tuple(cast("list[Any]", value)) if isinstance(value, (list, tuple)) else (value,)


def as_set(value: Any) -> Any:
    """Make a frozen set of a set, list or tuple; leave anything else for the rule to refuse."""
    try:
        return frozenset(value) if value.__class__ in {set, list, tuple} else value
    except TypeError:  # something in it cannot be in a set
        return value


def in_order(values: frozenset[Any]) -> str:
    """Show a set in order: as it comes, its order differs from run to run."""
    return f"frozenset({sorted(values)})" if values else "frozenset()"


class Value:
    """What all values share: the compiled constructor."""

    __slots__ = ()

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        declared = cls.__init__

        @wraps(declared)
        def first_time(self: Value, *args: Any, **kwargs: Any) -> None:
            type.__setattr__(cls, "__init__", _constructor(cls, declared))
            self.__init__(*args, **kwargs)  # type: ignore[misc] # the compiled one, this time

        # An assignment in so many words would be a declaration to type checkers.
        type.__setattr__(cls, "__init__", first_time)


class Definition(Value):
    """A value by which others are made or judged; a wrong one is a DefinitionError."""

    __slots__ = ()


def refusal(value: object, problems: Iterable[Problem]) -> DefinitionError | RecordError:
    """Make the error with which a value is refused."""
    error = DefinitionError if isinstance(value, Definition) else RecordError
    return error(type(value).__name__, tuple(problems))


def refuse(value: object, name: str, allowed: str) -> NoReturn:
    """Refuse a value for a field that is wrong only in the light of another one."""
    raise refusal(value, [Problem(name, shown(getattr(value, name)), allowed)])


def _refuse_all(value: Value) -> NoReturn:
    fields = attrs.fields(cast("Any", type(value)))
    asked = ((f.validator, f.name) for f in fields if isinstance(f.validator, Rule))
    found = (rule.problem(name, getattr(value, name)) for rule, name in asked)
    raise refusal(value, filter(None, found))


_UNCHANGED: Final[dict[Callable[..., Any], str]] = {}


def unchanged_when(expression: str, *converters: Callable[..., Any]) -> None:
    """Tell when converters give back what they are given, so that they need not be called."""
    _UNCHANGED.update(dict.fromkeys(converters, expression))


unchanged_when(
    "{v}.__class__ is _datetime and {v}.tzinfo.__class__ is _timezone", instant, instant_or_none
)


def _constructor(cls: type, declared: Callable[..., None]) -> Callable[..., None]:
    fields = [field for field in attrs.fields(cls) if field.init]
    names: dict[str, Any] = {"_datetime": datetime, "_timezone": timezone, "_refuse": _refuse_all}
    lines = [
        f"def __init__({', '.join(_parameters(fields, names))}):",
        *(line for field in fields for line in _taken(cls, field, names)),
        f"    if not ({' and '.join(_ruled(fields, names))}): _refuse(self)",
    ]
    if hasattr(cls, "__attrs_post_init__"):
        lines.append("    self.__attrs_post_init__()")
    code = compile("\n".join(lines), f"<constructor of {cls.__qualname__}>", "exec")
    exec(code, names)  # noqa: S102 - put together above, from the declarations of the class alone
    init: Callable[..., None] = names["__init__"]
    return wraps(declared)(init)


_Fields = Iterable["attrs.Attribute[Any]"]


def _parameters(fields: _Fields, names: dict[str, Any]) -> Iterator[str]:
    yield "self"
    yield from (_parameter(field, names) for field in fields if not field.kw_only)
    keyword = [_parameter(field, names) for field in fields if field.kw_only]
    if keyword:
        yield from ("*", *keyword)


def _parameter(field: "attrs.Attribute[Any]", names: dict[str, Any]) -> str:
    if field.default is attrs.NOTHING:
        return field.name
    names[f"_default_{field.name}"] = field.default
    return f"{field.name}=_default_{field.name}"


def _taken(cls: type, field: Any, names: dict[str, Any]) -> Iterator[str]:
    """Convert an argument, if its converter would change it, and put it in its slot."""
    name = field.name
    if field.converter is not None:
        names[f"_convert_{name}"] = field.converter
        unchanged = _UNCHANGED.get(field.converter, "False").format(v=name)
        yield f"    if not ({unchanged}): {name} = _convert_{name}({name})"
    names[f"_set_{name}"] = getattr(cls, name).__set__
    yield f"    _set_{name}(self, {name})"


def _ruled(fields: _Fields, names: dict[str, Any]) -> Iterator[str]:
    for field in fields:
        if isinstance(rule := field.validator, Rule):
            own = {name: f"_{name}_of_{field.name}" for name in rule.names}
            names |= {own[name]: value for name, value in rule.names.items()}
            yield f"({rule.holds.format(v=field.name, **own)})"
