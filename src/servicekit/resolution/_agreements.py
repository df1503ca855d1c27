"""What was agreed with the customer, and what became of it."""

from collections.abc import Iterable
from datetime import datetime

import attrs
from attrs import frozen

from servicekit.resolution._flow import Outcome, Stage
from servicekit.resolution._replay import moves
from servicekit.resolution._steps import Fix, Proposal, Step

__all__ = ["Agreement", "agreements"]


@frozen
class Agreement:
    """A proposal that the customer accepted, and the fix or the instant that ended it."""

    proposal: Proposal
    fix: Fix | None = None
    dropped_at: datetime | None = None


def agreements(steps: Iterable[Step]) -> tuple[Agreement, ...]:
    """Read every agreement off a history without corrections.

    An agreement stands until the next proposal in the same round takes its place, be that accepted
    or declined. A closure does not take it away: what was agreed stays promised.
    """
    made: list[Agreement] = []
    stage = Stage.RECEIVED
    for step, outcome, there in moves(steps):
        if isinstance(step, Proposal) and stage is Stage.AGREED:
            made[-1] = attrs.evolve(made[-1], dropped_at=step.at)
        if isinstance(step, Proposal) and outcome is Outcome.ACCEPTED:
            made.append(Agreement(step))
        if isinstance(step, Fix):
            made[-1] = attrs.evolve(made[-1], fix=step)
        stage = there
    return tuple(made)
