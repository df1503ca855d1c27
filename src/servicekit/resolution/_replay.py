"""Reading a history step by step: what counts of it, where it leads, and whether it may."""

from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, NoReturn, get_args

from servicekit.errors import FlowError
from servicekit.resolution._flow import TRANSITIONS, Outcome, Stage, missing
from servicekit.resolution._steps import Correction, Promise, PromiseKept, Step
from servicekit.resolution._ways import Ways

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
    reading.read(range(len(steps)))
    return reading.stage


class _Reading:
    """A history as far as it has been read."""

    def __init__(self, received_at: datetime, steps: Sequence[Step]) -> None:
        self.received_at = received_at
        self.steps = steps
        self.position = 0
        self.at = received_at
        self.stage = Stage.RECEIVED
        self.annulled: dict[int, int] = {}
        """How many corrections in force annul the step at a position."""
        self.promised: dict[str, list[tuple[int, bool]]] = {}
        """By its key, where a promise was made (True), and where kept or replaced (False)."""
        self.ways: Ways | None = None
        """Where the steps in force lead, once some correction changes that."""

    def read(self, positions: Iterable[int]) -> None:
        for position in positions:
            self.take(position)

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

    def move(self, step: Step) -> None:
        outcome = step.outcome
        if outcome is None:
            return
        if outcome not in TRANSITIONS[self.stage]:
            self.refuse(step, *missing(self.stage, outcome))
        self.stage = TRANSITIONS[self.stage][outcome]
        if self.ways is not None:
            self.ways[self.position] = outcome

    def promise(self, step: Promise) -> None:
        if self.promised.get(step.key):
            self.refuse(step, f"a key other than {step.key!r}, which an earlier promise has")
        if step.replaces is not None:
            self.settle(step, step.replaces)
        self.promised.setdefault(step.key, []).append((self.position, True))

    def settle(self, step: Step, key: str) -> None:
        known = self.promised.get(key, [])
        if len(known) != 1:
            self.refuse(step, f"an open promise {key!r}")
        known.append((self.position, False))

    def correct(self, step: Correction) -> None:
        if step.annuls >= self.position or self.annulled.get(step.annuls):
            self.refuse(step, f"an earlier step in force at position {step.annuls}")
        changed = self.annul(step.annuls)
        if changed is None or self.holds(changed):
            return
        left = sorted(standing(self.steps[: self.position + 1]))
        try:
            _Reading(self.received_at, self.steps).read(
                position for position in left if not isinstance(self.steps[position], Correction)
            )
        except FlowError as broken:
            self.refuse(step, f"a history that holds without step {step.annuls} ({broken})")

    def annul(self, position: int) -> int | None:
        """Annul a step, and give the position of the one that this takes off the history or adds.

        That is another one where the step is a correction itself: what that had annulled is in
        force again, and so on; and it is none where another correction still annuls it.
        """
        change = 1
        while True:
            before = self.annulled.get(position, 0)
            self.annulled[position] = after = before + change
            if bool(before) == bool(after):
                return None
            step = self.steps[position]
            if not isinstance(step, Correction):
                return position
            position, change = step.annuls, -1 if after else 1

    def holds(self, changed: int) -> bool:
        """Take a step out that is annulled, or put it back, and say whether the rest holds."""
        step, in_force = self.steps[changed], not self.annulled[changed]
        match step:
            case Promise():
                keys = {step.key: True, step.replaces: False}
            case PromiseKept():
                keys = {step.key: False}
            case _:
                return step.outcome is None or self.leads(changed, in_force=in_force)
        made = [self.keeps(key, (changed, new), in_force) for key, new in keys.items() if key]
        return all(made)

    def keeps(self, key: str, done: tuple[int, bool], in_force: bool) -> bool:  # noqa: FBT001
        """Change what was done about a promise; that is to make it, then to settle it once."""
        known = self.promised[key]
        if in_force:
            insort(known, done)
        else:
            known.remove(done)
        return [new for _, new in known] in ([], [True], [True, False])

    def leads(self, changed: int, *, in_force: bool) -> bool:
        """Change where the history leads; nowhere, if a step of it is then out of turn."""
        if self.ways is None:
            self.ways = Ways([self.outcome(position) for position in range(len(self.steps))])
        self.ways[changed] = self.steps[changed].outcome if in_force else None
        end = self.ways.end
        self.stage = end or self.stage
        return end is not None

    def outcome(self, position: int) -> Outcome | None:
        """Say what a step counts for so far."""
        counts = position < self.position and not self.annulled.get(position)
        return self.steps[position].outcome if counts else None

    def refuse(self, step: Step, *what_is_missing: str) -> NoReturn:
        raise FlowError(
            type(step).__name__,
            self.position,
            self.stage,
            step.outcome,
            tuple(TRANSITIONS[self.stage]),
            what_is_missing,
        ) from None
