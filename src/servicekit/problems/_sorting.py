"""What each signal counts as: under which key, with which impact, or apart and why."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Final

from attrs import frozen

from servicekit._terms import Term
from servicekit.kpi._written import Exact
from servicekit.problems._signal import QUESTIONS, Signal
from servicekit.problems._standing import Apart, Reason
from servicekit.problems._taxonomy import Problem, Taxonomy
from servicekit.problems._weighing import Portion, in_time

__all__ = ["Grouping", "Sorting"]


class Grouping(Term):
    """What signals are put together by."""

    PROBLEM = "problem"
    """The problem, as it goes by now."""
    WIDEST = "widest"
    """The widest problem of the taxonomy that it belongs to."""
    POLICY = "policy"
    """The policy that stood in the way."""


_ASK: Final[Mapping[Reason, str]] = {
    Reason.VAGUE: "What happened, and what should have happened?",
    Reason.UNKNOWN: "Which problem of the taxonomy is it?",
    Reason.NO_IMPACT: "What does it cost when it happens once?",
    Reason.NO_POLICY: "Did a policy stand in the way?",
}


@frozen
class _Label:
    """What signals count as; with a reason where they are not ranked."""

    key: str
    title: str
    reason: Reason | None = None
    ask: str = ""

    def apart(self, reason: Reason, ask: str | None = None) -> "_Label":
        return _Label(self.key, self.title, reason, ask or _ASK[reason])


_Path = tuple[Problem, ...]


@frozen
class Sorting:
    """By what signals are sorted, as of an instant."""

    by: Grouping
    impact: Mapping[str, Exact]
    in_money: bool
    taxonomy: Taxonomy | None
    at: datetime | None

    def sort(self, signals: Iterable[Signal]) -> tuple[list[Portion], tuple[Apart, ...]]:
        """Sort signals into portions to be weighed, and those that are not ranked."""
        alike: dict[tuple[str, str | None, bool], list[Signal]] = {}
        for signal in signals:
            policy = signal.policy if self.by is Grouping.POLICY else None
            alike.setdefault((signal.problem, policy, signal.actionable), []).append(signal)
        portions: list[Portion] = []
        apart: dict[_Label, list[Signal]] = {}
        impacts = self._impacts()
        for (problem, policy, actionable), told in alike.items():
            path = self.taxonomy.path(problem, self.at) if self.taxonomy else ()
            named = _Label(path[-1].key, path[-1].title) if path else _Label(problem, problem)
            label = self._label(named, policy, path, actionable=actionable)
            impact = self._impact(impacts, problem, path)
            if impact is None and label.reason is None:
                label = named.apart(Reason.NO_IMPACT)
            if impact is None or label.reason:
                apart.setdefault(label, []).extend(told)
            else:
                portions.append(Portion(label.key, label.title, Fraction(impact), told))
        return portions, _in_order(apart)

    def _label(self, named: _Label, policy: str | None, path: _Path, *, actionable: bool) -> _Label:
        """Say what signals of a problem count as, and whether they are ranked."""
        if self.by is Grouping.POLICY:
            return _Label(policy, policy) if policy else named.apart(Reason.NO_POLICY)
        if self.taxonomy and not path:
            return named.apart(Reason.UNKNOWN)
        ask = path[-1].ask if path else None
        if ask or not actionable:
            return named.apart(Reason.VAGUE, ask or QUESTIONS.get(named.key))
        return _Label(path[0].key, path[0].title) if self.by is Grouping.WIDEST and path else named

    def _impacts(self) -> dict[str, Exact]:
        """Give the impacts under the keys that they were given for and under today's."""
        found = dict(self.impact)
        for key, impact in self.impact.items():
            if self.taxonomy and (current := self.taxonomy.current(key, self.at)):
                found.setdefault(current.key, impact)
        return found

    def _impact(self, impacts: Mapping[str, Exact], problem: str, path: _Path) -> Exact | None:
        """Give the impact of a problem, or of the narrowest one above it that has one."""
        for key in (problem, *(above.key for above in reversed(path))):
            if key in impacts:
                return impacts[key]
        return None if self.in_money else 1


def _in_order(apart: Mapping[_Label, list[Signal]]) -> tuple[Apart, ...]:
    """Put first what was told of most."""
    found = (
        Apart(
            label.key,
            label.title,
            reason=label.reason,
            ask=label.ask,
            signals=in_time(told),
        )
        for label, told in apart.items()
        if label.reason
    )
    return tuple(sorted(found, key=lambda one: (-one.frequency, one.key, one.reason)))
