"""A case: a complaint and the steps taken; everything else about it is replayed from them."""

from bisect import bisect_right
from datetime import datetime
from operator import attrgetter
from typing import Any, Final, TypeVar

from attrs import field, frozen

from servicekit._instants import aware
from servicekit._rules import Rule, all_are, is_a
from servicekit._tables import Displayed, Table
from servicekit._values import Value, several, unchanged_when
from servicekit.complaint import Complaint
from servicekit.money import Totals
from servicekit.resolution._agreements import agreements
from servicekit.resolution._flow import TRANSITIONS, Outcome, Stage
from servicekit.resolution._promises import PromiseState, promises
from servicekit.resolution._record import Record, agreed_solutions
from servicekit.resolution._replay import STAGE_DECIDES, counting, moves, replay
from servicekit.resolution._steps import (
    Dated,
    Escalation,
    Fix,
    FollowUp,
    Goodwill,
    Prevention,
    Step,
)
from servicekit.resolution._timeline import history, timeline

__all__ = ["Case"]

_S = TypeVar("_S", bound=Dated)

_NEW_ROUND: Final = frozenset({Outcome.DISSATISFIED, Outcome.REOPENED})

_STEPS: Final = Rule(
    "{all_are}({v}, {kind})",
    "steps, such as Understanding(...) or Note(...)",
    all_are=all_are,
    kind=Dated,
)


def _history(steps: Step | list[Step] | tuple[Step, ...]) -> tuple[Step, ...]:
    return several(steps)


unchanged_when("{v}.__class__ is tuple", _history)


@frozen
class Case(Displayed, Value):
    """A complaint and its history.

    The whole history is checked when a case is built: the steps in time order, none before the
    complaint was received, each one possible where the case stood. ``advance`` gives a new case.

    Raises `FlowError` for the first step that does not fit, `RecordError` for what is no step.
    """

    complaint: Complaint = field(validator=is_a(Complaint))
    steps: tuple[Step, ...] = field(default=(), converter=_history, validator=_STEPS)
    _stage: Stage = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        _set_stage(self, replay(self.complaint.received_at, self.steps))

    def __reduce__(self) -> tuple[Any, ...]:
        return Case, (self.complaint, self.steps)

    def advance(self, step: Step) -> "Case":
        """Give the case with one more step; this case stays as it is.

        Raises `FlowError` if the step is not possible now, naming the stage, the outcome, what is
        allowed and which evidence is missing.
        """
        stage = self._after(step)
        if stage is None:
            return Case(self.complaint, (*self.steps, step))
        case = _new(Case)
        _set_complaint(case, self.complaint)
        _set_steps(case, self.steps + (step,))  # noqa: RUF005 - the quicker way
        _set_stage(case, stage)
        return case

    def _after(self, step: Step) -> Stage | None:
        """Say where a step leads; None where the stage alone does not tell, or says no."""
        if step.__class__ not in STAGE_DECIDES:
            return None
        if step.at < (self.steps[-1].at if self.steps else self.complaint.received_at):
            return None
        outcome = step.outcome
        return self._stage if outcome is None else TRANSITIONS[self._stage].get(outcome)

    @property
    def _counting(self) -> tuple[Step, ...]:
        return counting(self.steps)

    @property
    def stage(self) -> Stage:
        """Where the case stands."""
        return self._stage

    @property
    def allowed(self) -> frozenset[Outcome]:
        """The outcomes that are possible now."""
        return frozenset(TRANSITIONS[self._stage])

    @property
    def rounds(self) -> int:
        """How many times listening began: once, and again for each dissatisfaction or reopening."""
        return 1 + sum(outcome in _NEW_ROUND for _, outcome, _ in moves(self._counting))

    @property
    def resolved_at(self) -> datetime | None:
        """When this round was resolved: the customer said so; None for a case not RESOLVED."""
        resolved_at = None
        for step, _, stage in moves(self._counting):
            if stage is not Stage.RESOLVED:
                resolved_at = None
            elif resolved_at is None:
                resolved_at = step.at
        return resolved_at

    @property
    def first_response_at(self) -> datetime | None:
        """When a person was first in touch with the customer; automatic messages do not count."""
        return next((step.at for step in self._counting if step.is_contact), None)

    @property
    def followed_up_at(self) -> datetime | None:
        """When the customer was last asked, and reached, whether they are satisfied."""
        asked = [step.at for step in self._of(FollowUp) if step.satisfied is not None]
        return asked[-1] if asked else None

    @property
    def actions(self) -> tuple[str, ...]:
        """The corrective actions of all rounds."""
        return tuple(action for fix in self._of(Fix) for action in fix.actions)

    @property
    def compensation(self) -> Totals:
        """What the customer was given as redress, per currency."""
        return Totals(money for fix in self._of(Fix) for money in fix.compensation)

    @property
    def goodwill(self) -> tuple[Goodwill, ...]:
        """What the customer was given beyond redress."""
        return self._of(Goodwill)

    @property
    def prevention(self) -> tuple[str, ...]:
        """The suggestions how to avoid the problem from now on."""
        return tuple(step.suggestion for step in self._of(Prevention))

    @property
    def escalations(self) -> tuple[Escalation, ...]:
        """To whom the case was taken, and why."""
        return self._of(Escalation)

    def _of(self, kind: type[_S]) -> tuple[_S, ...]:
        return tuple(step for step in self._counting if isinstance(step, kind))

    def as_of(self, at: datetime) -> "Case":
        """Give the case as it stood at an instant, with the steps taken by then."""
        until = bisect_right(self.steps, aware(at), key=attrgetter("at"))
        return self if until == len(self.steps) else Case(self.complaint, self.steps[:until])

    def promises(self, as_of: datetime) -> tuple[PromiseState, ...]:
        """Give every promise made by an instant, and what had become of it then.

        A `Promise` is one, and so is a `Solution` that the customer accepted and that is promised
        by an instant; the `Fix` of that agreement keeps those that it is in time for.
        """
        at = aware(as_of, "as_of")
        return promises(counting(self.as_of(at).steps), at)

    def record(self) -> Record:
        """Give the nine items that a company keeps of a complaint."""
        return Record(
            customer=self.complaint.customer,
            received_by=self.complaint.received_by,
            received_at=self.complaint.received_at,
            resolved_at=self.resolved_at,
            concern=self.complaint.concern,
            solutions=agreed_solutions(agreements(self._counting)),
            actions=self.actions,
            followed_up_at=self.followed_up_at,
            compensation=self.compensation,
            prevention=self.prevention,
        )

    def timeline(self) -> str:
        """Tell the complaint and every step to a reader, in the order in which they happened."""
        return timeline(self.complaint, self.steps)

    def _table(self) -> Table:
        title = f"{self.complaint.id}, {self.complaint.customer.name}"
        lines = tuple(history(self.complaint, self.steps))
        stands = f"{self.stage}, round {self.rounds}"
        return Table(title, ("When", "Who", "What"), lines, (stands,), words=True)


# A case that grows by one step has nothing to check again, so it is put together field by field.
_new: Final = object.__new__
_set_complaint: Final = vars(Case)["complaint"].__set__
_set_steps: Final = vars(Case)["steps"].__set__
_set_stage: Final = vars(Case)["_stage"].__set__
