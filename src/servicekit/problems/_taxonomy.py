"""The taxonomy of problems: what each is called, what it belongs to, and what became of it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from graphlib import CycleError, TopologicalSorter
from typing import Any

from attrs import field, frozen

from servicekit._instants import aware, instant_or_none
from servicekit._rules import INSTANT_OR_NONE, TEXT, TEXT_OR_NONE, each
from servicekit._values import Definition, refusal, refuse, several
from servicekit.errors import Problem as Fault
from servicekit.errors import shown
from servicekit.problems._signal import key_of, key_or_none

__all__ = ["Problem", "Taxonomy"]


@frozen
class Problem(Definition):
    """A problem that signals name by its key.

    ``parent`` is the key of the wider problem that it belongs to. It is in use from the instant
    ``since`` until ``until``, where these are known; from then on it is part of the problem
    ``becomes``, for a problem that was renamed or merged keeps its past. With ``becomes`` and no
    ``until`` it always was: another name for the same, such as a carrier's. ``ask`` is what to ask
    those who say no more than this; it marks a problem that nobody can act on as it stands.

    Raises `DefinitionError`.
    """

    key: str = field(converter=key_of, validator=TEXT)
    title: str = field(validator=TEXT)
    parent: str | None = field(
        default=None, kw_only=True, converter=key_or_none, validator=TEXT_OR_NONE
    )
    since: datetime | None = field(
        default=None, kw_only=True, converter=instant_or_none, validator=INSTANT_OR_NONE
    )
    until: datetime | None = field(
        default=None, kw_only=True, converter=instant_or_none, validator=INSTANT_OR_NONE
    )
    becomes: str | None = field(
        default=None, kw_only=True, converter=key_or_none, validator=TEXT_OR_NONE
    )
    ask: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)

    def __attrs_post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.until <= self.since:
            refuse(self, "until", f"an instant after since, {self.since}")

    def in_use(self, at: datetime) -> bool:
        """Whether the problem goes by this key at an instant."""
        at = aware(at)
        if self.since is not None and at < self.since:
            return False
        return self.becomes is None if self.until is None else at < self.until


def _problems(values: Problem | list[Problem] | tuple[Problem, ...]) -> tuple[Problem, ...]:
    return several(values)


@frozen
class Taxonomy(Definition):
    """The problems that a company knows, from the widest to the narrowest, with their past.

    Raises `DefinitionError` for a key that stands twice, a ``parent`` or ``becomes`` that is no key
    of the taxonomy, and for problems that come to be part of themselves.

    >>> from datetime import datetime, timezone
    >>> may = datetime(2026, 5, 1, tzinfo=timezone.utc)
    >>> known = Taxonomy([
    ...     Problem("delivery", "Delivery"),
    ...     Problem("slow_post", "Slow post", until=may, becomes="late"),
    ...     Problem("late", "Delivered late", since=may, parent="delivery"),
    ... ])
    >>> known.current("slow_post").title
    'Delivered late'
    >>> [problem.key for problem in known.path("slow_post")]
    ['delivery', 'late']
    """

    problems: tuple[Problem, ...] = field(converter=_problems, validator=each(Problem))
    _by_key: Mapping[str, Problem] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        by_key = {problem.key: problem for problem in self.problems}
        if faults := tuple(_faults(self.problems, by_key)):
            raise refusal(self, faults)
        _set_by_key(self, by_key)

    def __reduce__(self) -> tuple[Any, ...]:
        return Taxonomy, (self.problems,)

    def current(self, key: str, at: datetime | None = None) -> Problem | None:
        """Give what a problem goes by at an instant; None for a key that nobody knows.

        Without an instant it is the last name that it has taken.
        """
        at = None if at is None else aware(at)
        problem = self._by_key.get(key)
        while problem is not None and problem.becomes is not None:
            if problem.until is not None and at is not None and at < problem.until:
                break
            problem = self._by_key[problem.becomes]
        return problem

    def path(self, key: str, at: datetime | None = None) -> tuple[Problem, ...]:
        """Give a problem as it goes by at an instant, after all that it belongs to, widest first.

        Nothing for a key that nobody knows.
        """
        found: list[Problem] = []
        above: str | None = key
        while above is not None and (problem := self.current(above, at)) is not None:
            found.append(problem)
            above = problem.parent
        return tuple(reversed(found))

    def in_use(self, at: datetime) -> tuple[Problem, ...]:
        """Give the problems that are in use at an instant."""
        return tuple(problem for problem in self.problems if problem.in_use(at))


_set_by_key: Any = vars(Taxonomy)["_by_key"].__set__


def _faults(problems: tuple[Problem, ...], by_key: Mapping[str, Problem]) -> Iterator[Fault]:
    """Find what keeps problems from being a taxonomy."""
    links: dict[str, list[str]] = {}
    for place, problem in enumerate(problems):
        named = f"problems[{place}]"
        if problem.key in links:
            yield Fault(f"{named}.key", shown(problem.key), "every key once")
        linked = {"parent": problem.parent, "becomes": problem.becomes}
        for name, key in linked.items():
            if key is not None and key not in by_key:
                yield Fault(f"{named}.{name}", shown(key), f"one of {', '.join(by_key)}")
        links[problem.key] = [key for key in linked.values() if key is not None]
    try:
        TopologicalSorter(links).prepare()
    except CycleError as error:
        cycle = shown(" - ".join(reversed(error.args[1])))
        yield Fault("problems", cycle, "problems that never come to be part of themselves")
