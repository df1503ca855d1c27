"""Reading a history step by step: what counts of it, where it leads, and whether it may."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, NoReturn, get_args

from servicekit.errors import FlowError
from servicekit.resolution._flow import TRANSITIONS, Outcome, Stage, missing
from servicekit.resolution._steps import Correction, Promise, PromiseKept, Step

__all__ = ["STAGE_DECIDES", "counting", "moves", "replay", "standing"]

STAGE_DECIDES: Final = frozenset(get_args(Step)) - {Correction, Promise, PromiseKept}
"""The steps that fit or not by the stage alone; the others refer to earlier steps."""


def standing(steps: Sequence[Step]) -> set[int]:
    """Give the positions of the steps that no correction in force annuls."""
    positions = set(range(len(steps)))
    for position in range(len(steps) - 1, -1, -1):
        step = steps[position]
        if isinstance(step, Correction) and position in positions:
            positions.discard(step.annuls)
    return positions


def counting(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Leave out the corrections and the steps that they annul."""
    left = (steps[position] for position in sorted(standing(steps)))
    return tuple(step for step in left if not isinstance(step, Correction))


def moves(steps: Iterable[Step]) -> Iterator[tuple[Step, Outcome, Stage]]:
    """Give each step that moved the case, with its outcome and the stage it led to."""
    stage = Stage.RECEIVED
    for step in steps:
        if (outcome := step.outcome) is not None:
            stage = TRANSITIONS[stage][outcome]
            yield step, outcome, stage


def replay(received_at: datetime, steps: Sequence[Step]) -> Stage:
    """Read a whole history and say where it ends; the first step that does not fit is refused."""
    if not steps:
        return Stage.RECEIVED
    reading = _Reading(received_at, steps)
    for position in range(len(steps)):
        reading.take(position)
    return reading.stage


class _Reading:
    """A history as far as it has been read."""

    def __init__(self, received_at: datetime, steps: Sequence[Step]) -> None:
        self.received_at = received_at
        self.steps = steps
        self.position = 0
        self.at = received_at
        self.stage = Stage.RECEIVED
        self.in_force: set[int] = set()
        """The positions of the steps that no correction annuls."""
        self.open: dict[str, bool] = {}
        """Whether each promise, by its key, is still open."""

    def take(self, position: int) -> None:
        self.position = position
        step = self.steps[position]
        if step.at < self.at:
            self.refuse(step, f"an instant not before {self.at.isoformat()}")
        match step:
            case Promise():
                self.promise(step)
            case PromiseKept():
                self.settle(step, step.key)
            case Correction():
                self.correct(step)
            case _:
                self.move(step)
        self.at = step.at
        self.in_force.add(position)

    def move(self, step: Step) -> None:
        outcome = step.outcome
        if outcome is None:
            return
        if outcome not in TRANSITIONS[self.stage]:
            self.refuse(step, *missing(self.stage, outcome))
        self.stage = TRANSITIONS[self.stage][outcome]

    def promise(self, step: Promise) -> None:
        if step.key in self.open:
            self.refuse(step, f"a key other than {step.key!r}, which an earlier promise has")
        if step.replaces is not None:
            self.settle(step, step.replaces)
        self.open[step.key] = True

    def settle(self, step: Step, key: str) -> None:
        if not self.open.get(key):
            self.refuse(step, f"an open promise {key!r}")
        self.open[key] = False

    def correct(self, step: Correction) -> None:
        if step.annuls not in self.in_force:
            self.refuse(step, f"an earlier step in force at position {step.annuls}")
        changed = self.annul(step.annuls)
        if changed.__class__ in STAGE_DECIDES and changed.outcome is None:
            return
        rest = _Reading(self.received_at, self.steps)
        try:
            for position in sorted(self.in_force):
                if not isinstance(self.steps[position], Correction):
                    rest.take(position)
        except FlowError as broken:
            self.refuse(step, f"a history that holds without step {step.annuls} ({broken})")
        self.stage, self.open = rest.stage, rest.open

    def annul(self, position: int) -> Step:
        """Take a step out of force, and give the one that this adds to the history or takes off.

        That is another one where the step is a correction itself: what that had annulled is in
        force again, and so on.
        """
        annulled = True
        while True:
            (self.in_force.discard if annulled else self.in_force.add)(position)
            step = self.steps[position]
            if not isinstance(step, Correction):
                return step
            position, annulled = step.annuls, not annulled

    def refuse(self, step: Step, *what_is_missing: str) -> NoReturn:
        raise FlowError(
            type(step).__name__,
            self.position,
            self.stage,
            step.outcome,
            tuple(TRANSITIONS[self.stage]),
            what_is_missing,
        ) from None
