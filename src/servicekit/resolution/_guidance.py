"""What the person who holds a case does next, and what they ask."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from servicekit._rules import described
from servicekit._tables import Listed
from servicekit.errors import Problem, RecordError, shown
from servicekit.resolution._flow import Stage

__all__ = ["Guidance", "guidance"]


@frozen
class Guidance(Listed):
    """What to do and what to ask while a case stands at a stage."""

    do: tuple[str, ...]
    ask: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(
            [*(f"- {line}" for line in self.do), *(f'? "{line}"' for line in self.ask)]
        )


_GUIDANCE: Final[Mapping[Stage, Guidance]] = MappingProxyType({
    Stage.RECEIVED: Guidance(
        do=(
            "Let the customer speak without interrupting, calm and friendly whatever the tone.",
            "Start afresh, however rough the last conversation was.",
            "Say that you are sorry that it happened, even where the company is not at fault.",
            "Write down the important facts, repeat them back and have them confirmed.",
            "If you cannot do anything now, say so, promise when you come back, and record it.",
        ),
        ask=(
            "What happened, from the beginning?",
            "Let me make sure that I have understood you: ... Is that right?",
        ),
    ),
    Stage.UNDERSTOOD: Guidance(
        do=(
            "Find out what the customer did, what should have happened and what went wrong.",
            "Take the fault to be the company's unless the facts say otherwise, and admit it.",
            "Find out as well why nobody noticed before the customer did.",
            "If it takes longer, tell the customer when you come back, and do come back.",
        ),
        ask=(
            "What did you do, and what did you expect to happen?",
            "What happened instead?",
        ),
    ),
    Stage.EXPLAINED: Guidance(
        do=(
            "Ask the customer first how they would like it to be settled.",
            "If the wish is clear, agree to it or work out a plan that suits both sides.",
            "Offer solutions, not policy; beyond your limits, get somebody who may decide.",
            "Say by when each thing will be done; what you put in writing can bind the company.",
        ),
        ask=(
            "How would you like us to settle this?",
            "Would this suit you?",
        ),
    ),
    Stage.AGREED: Guidance(
        do=(
            "Do what was agreed, in the time that was promised.",
            "Apologise, and preferably give something for the trouble.",
            "If a date cannot be held, call before it has passed and agree on another.",
        ),
        ask=("Does the date that we agreed on still suit you?",),
    ),
    Stage.FIXED: Guidance(
        do=(
            "Ask whether the customer is satisfied, on the spot or by coming back to them.",
            "If they are not, listen again from the beginning.",
            "Write down how the problem could be avoided from now on.",
        ),
        ask=(
            "Are you satisfied with how this was settled?",
            "What should we do differently next time?",
        ),
    ),
    Stage.RESOLVED: Guidance(
        do=(
            "Thank the customer for having told you.",
            "Keep what you said you would keep, and remember the customer next time.",
            "If the same trouble comes back, reopen the case rather than start a new one.",
        ),
        ask=("Is there anything else that we can do for you?",),
    ),
    Stage.CLOSED: Guidance(
        do=(
            "Tell the customer on what basis the case was closed and where else they can turn.",
            "Reopen it if the customer comes back to it.",
        ),
        ask=("May we contact you again about this?",),
    ),
})  # fmt: skip


def guidance(stage: Stage) -> Guidance:
    """Say what to do and what to ask at a stage of the flow.

    >>> print(guidance(Stage.AGREED))
    - Do what was agreed, in the time that was promised.
    - Apologise, and preferably give something for the trouble.
    - If a date cannot be held, call before it has passed and agree on another.
    ? "Does the date that we agreed on still suit you?"
    """
    if stage not in _GUIDANCE:
        raise RecordError("guidance", (Problem("stage", shown(stage), described(Stage)),))
    return _GUIDANCE[stage]
