"""The flow: which outcome leads from which stage to which.

The four steps of settling a complaint - understand, find the cause, propose, fix - are the way from
RECEIVED to FIXED; the customer's own word then leads on to RESOLVED, or back to RECEIVED, where
listening begins again. A pair that the table does not have is not possible.
"""

from collections import deque
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from servicekit._terms import Term

__all__ = ["EVIDENCE", "TRANSITIONS", "Outcome", "Stage", "missing"]


class Stage(Term):
    """Where a case stands."""

    RECEIVED = "received"
    UNDERSTOOD = "understood"
    EXPLAINED = "explained"
    AGREED = "agreed"
    FIXED = "fixed"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Outcome(Term):
    """What a step that moves a case came to."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    CAUSE_FOUND = "cause_found"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    FIXED = "fixed"
    SATISFIED = "satisfied"
    DISSATISFIED = "dissatisfied"
    UNREACHED = "unreached"
    CLOSED = "closed"
    REOPENED = "reopened"


TRANSITIONS: Final[Mapping[Stage, Mapping[Outcome, Stage]]] = MappingProxyType({
    Stage.RECEIVED: MappingProxyType({
        Outcome.CONFIRMED: Stage.UNDERSTOOD,
        Outcome.UNCONFIRMED: Stage.RECEIVED,
        Outcome.CLOSED: Stage.CLOSED,
    }),
    Stage.UNDERSTOOD: MappingProxyType({
        Outcome.CAUSE_FOUND: Stage.EXPLAINED,
        Outcome.CONFIRMED: Stage.UNDERSTOOD,
        Outcome.UNCONFIRMED: Stage.RECEIVED,
        Outcome.CLOSED: Stage.CLOSED,
    }),
    Stage.EXPLAINED: MappingProxyType({
        Outcome.ACCEPTED: Stage.AGREED,
        Outcome.DECLINED: Stage.EXPLAINED,
        Outcome.CAUSE_FOUND: Stage.EXPLAINED,
        Outcome.CLOSED: Stage.CLOSED,
    }),
    Stage.AGREED: MappingProxyType({
        Outcome.FIXED: Stage.FIXED,
        Outcome.ACCEPTED: Stage.AGREED,
        Outcome.DECLINED: Stage.EXPLAINED,
        Outcome.CLOSED: Stage.CLOSED,
    }),
    Stage.FIXED: MappingProxyType({
        Outcome.SATISFIED: Stage.RESOLVED,
        Outcome.DISSATISFIED: Stage.RECEIVED,
        Outcome.UNREACHED: Stage.FIXED,
        Outcome.CLOSED: Stage.CLOSED,
    }),
    Stage.RESOLVED: MappingProxyType({
        Outcome.SATISFIED: Stage.RESOLVED,
        Outcome.UNREACHED: Stage.RESOLVED,
        Outcome.DISSATISFIED: Stage.RECEIVED,
        Outcome.REOPENED: Stage.RECEIVED,
    }),
    Stage.CLOSED: MappingProxyType({
        Outcome.REOPENED: Stage.RECEIVED,
    }),
})  # fmt: skip

EVIDENCE: Final[Mapping[Outcome, str]] = MappingProxyType({
    Outcome.CONFIRMED: "the customer's confirmation of the restated facts (Understanding)",
    Outcome.UNCONFIRMED: "a restatement that the customer did not confirm (Understanding)",
    Outcome.CAUSE_FOUND: "the cause (Cause)",
    Outcome.ACCEPTED: "a solution that the customer accepted (Proposal)",
    Outcome.DECLINED: "a solution that the customer declined (Proposal)",
    Outcome.FIXED: "the corrective action, with an apology (Fix)",
    Outcome.SATISFIED: "the customer's word that they are satisfied (FollowUp)",
    Outcome.DISSATISFIED: "the customer's word that they are not satisfied (FollowUp)",
    Outcome.UNREACHED: "an attempt to ask the customer (FollowUp)",
    Outcome.CLOSED: "an end of the case (Closure)",
    Outcome.REOPENED: "a reopening (Reopening)",
})  # fmt: skip
"""What stands on record once a step has come to this outcome."""


def missing(stage: Stage, outcome: Outcome) -> tuple[str, ...]:
    """Name the evidence on the shortest way from a stage to one where the outcome is possible."""
    ways: deque[tuple[Stage, tuple[str, ...]]] = deque([(stage, ())])
    while True:  # every stage leads to every other one, and every outcome has a stage
        here, evidence = ways.popleft()
        if outcome in TRANSITIONS[here]:
            return evidence
        ways += ((there, (*evidence, EVIDENCE[o])) for o, there in TRANSITIONS[here].items())
