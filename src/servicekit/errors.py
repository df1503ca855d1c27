"""The errors of the library, sorted by whose mistake it is.

Each one can be caught as `ServicekitError`, or as the builtin that it is as well::

    ServicekitError
    ├── RecordError (ValueError)    a record that cannot be: which fields, and what is allowed there
    ├── DefinitionError (ValueError)  a definition that cannot be: which parts, and what is allowed
    ├── FlowError (ValueError)      a step that the flow does not allow at this point of a history
    └── CurrencyError (ValueError)  two currencies where one amount was asked for

Every error keeps its facts as fields and turns them into a sentence only in ``str()``; it pickles,
with its notes, and it is raised before anything has changed.
"""

from reprlib import Repr
from typing import Final

from attrs import frozen

__all__ = [
    "CurrencyError",
    "DefinitionError",
    "FlowError",
    "Problem",
    "RecordError",
    "ServicekitError",
]

INSTANT: Final = "an instant with its UTC offset, such as 2026-05-04T09:30:00+03:00"
"""What a naive instant is refused with, wherever one is given."""

_LONGEST: Final = 120
_SHORT: Final = Repr()
_SHORT.maxstring = _SHORT.maxother = _LONGEST // 2
_SHORT.maxlevel = 2


def shown(value: object) -> str:
    """Say what a value looks like, in a line of bounded length whatever the value is."""
    try:
        text = _SHORT.repr(value)
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
    except ValueError:  # an integer of more digits than Python agrees to print
        return f"<{type(value).__name__}>"


class ServicekitError(Exception):
    """Whatever this library raises on purpose."""


@frozen
class Problem:
    """One thing that is wrong with one field: what stands there and what may stand there."""

    field: str
    value: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.field} is {self.value}, allowed: {self.allowed}"


@frozen(getstate_setstate=False)
class RecordError(ServicekitError, ValueError):
    """A record was refused; ``problems`` names every field at fault, not only the first."""

    record: str
    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        return _listed(self.record, self.problems)


@frozen
class DefinitionError(ServicekitError, ValueError):
    """A definition was refused; ``problems`` names every part at fault, not only the first."""

    definition: str
    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        return _listed(self.definition, self.problems)


def _listed(name: str, problems: tuple[Problem, ...]) -> str:
    if len(problems) == 1:
        return f"{name}: {problems[0]}"
    lines = "".join(f"\n  {problem}" for problem in problems)
    return f"{name} has {len(problems)} problems:{lines}"


@frozen(getstate_setstate=False)
class FlowError(ServicekitError, ValueError):
    """A step does not fit the history that it was to continue.

    ``step`` and ``position`` say which step it was, ``stage`` where the case stood, ``outcome``
    what the step came to (None for one that moves nothing), ``allowed`` which outcomes the stage
    knows, ``missing`` what has to be there first.
    """

    step: str
    position: int
    stage: str
    outcome: str | None
    allowed: tuple[str, ...]
    missing: tuple[str, ...]

    def __str__(self) -> str:
        what = f"{self.step} ({self.outcome})" if self.outcome else self.step
        return (
            f"step {self.position}: {what} is not possible at stage {self.stage}; "
            f"missing: {', '.join(self.missing)}; allowed: {', '.join(self.allowed)}"
        )


@frozen(getstate_setstate=False)
class CurrencyError(ServicekitError, ValueError):
    """An amount in one currency met an amount in another."""

    left: str
    right: str

    def __str__(self) -> str:
        return f"cannot combine {self.left} with {self.right}, allowed: amounts of one currency"
