"""What is wrong with data, each problem with its path."""

from cattrs import ClassValidationError, transform_error
from cattrs.v import format_exception

from servicekit.errors import Problem, RecordError, ServicekitError, shown

__all__ = ["DataError", "explain", "refusal", "wrong"]


class DataError(ClassValidationError, ServicekitError, ValueError):
    """Data were refused; the message lists every problem with its path.

    It is an exception group of cattrs as well, so that ``cattrs.transform_error`` and ``except*``
    work on it.
    """

    def __repr__(self) -> str:
        return f"DataError({self.message!r}, {list(self.exceptions)!r}, {self.cl.__name__})"

    def __str__(self) -> str:
        lines = explain(self)
        title = f"{self.message} has {len(lines)} problem{'s' if len(lines) > 1 else ''}:"
        return "\n  ".join([title, *lines])


def refusal(title: str, problems: list[Exception], kind: type = object) -> DataError:
    """Make the error for data that cannot be a value, of a class or of any of several."""
    # The arguments are those of __new__, of which pyright looks at the typeshed's __init__.
    return DataError(title, problems, kind)  # pyright: ignore[reportCallIssue]


def wrong(value: object, allowed: str, name: str = "") -> RecordError:
    """Make the error for data of the wrong form."""
    return RecordError("data", (Problem(name, shown(value), allowed),))


def explain(error: BaseException) -> list[str]:
    """List the problems of an error that a converter raised, each as ``path: problem``."""
    said: list[str] = []

    def say(problem: BaseException, kind: type | None) -> str:
        said.append(_said(problem, kind))
        return said[-1]

    # Cut off by length: a text, a key and with it a path may hold anything, " @ " as well.
    found = zip(transform_error(error, format_exception=say), said, strict=True)
    return [f"{line[len(what) + len(' @ ') :]}: {what}" for line, what in found]


def _said(error: BaseException, kind: type | None) -> str:
    match error:
        case RecordError(problems=(problem,)):
            return f"{problem.value}, allowed: {problem.allowed}"
        case KeyError():  # says nothing but the key
            return format_exception(error, kind)
        case _:
            return str(error)
