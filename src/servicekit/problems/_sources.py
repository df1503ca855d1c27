"""Signals from what a company has: cases, contacts, operating figures, coded comments."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from servicekit.complaint import Dissatisfaction
from servicekit.errors import Problem, RecordError, shown
from servicekit.feedback import Mention
from servicekit.problems._signal import QUESTIONS, UNCODED, Signal, Source
from servicekit.register import Contact, Operations
from servicekit.resolution import Case, Cause, Prevention
from servicekit.resolution._replay import counting

__all__ = ["Telling", "signals_from"]

Telling = Case | Contact | Operations | Mention
"""What signals are read from."""

_ALLOWED: Final = "a Case, Contact, Operations or Mention"
_LAST: Final = timedelta(microseconds=1)


def signals_from(told: Iterable[Telling]) -> tuple[Signal, ...]:
    """Read the signals that cases, contacts, operating figures and comments give.

    - A *case* tells of its cause, by the key of the last one found, or else by the category of the
      complaint; of each cause of dissatisfaction; and each suggestion how to prevent the problem is
      what staff say about it, with weight 0, for it is not one more occurrence. What has no key at
      all is `UNCODED`. A bad result and what was not right the first time are too vague to act on.
      Steps that were annulled do not count; instants are those at which the complaint was received
      and the suggestion made.
    - A *contact* tells of a slow answer if it was abandoned, of what is not solved if the customer
      says so (or the agent, where nobody asked), and of unprofessional service if the customer
      says that the representative did not do well.
    - *Operating figures* count refused deliveries (or the orders sent again for one, where that is
      all that was counted), stock-outs, rejects and returns, under these names, at the last instant
      of their period.

    - A *mention* tells that a comment speaks of a theme: `servicekit.feedback.code` finds them, and
      the codebook says which themes are too vague to act on.

    Contacts, operating figures and comments name their own sources, if they have one. For a case as
    it stood at an instant, give ``case.as_of(at)``. Raises `RecordError` for anything else.
    """
    found: list[Signal] = []
    for place, one in enumerate(told):
        match one:
            case Case():
                found.extend(_of_case(one))
            case Contact():
                found.extend(_of_contact(one))
            case Operations():
                found.extend(_of_operations(one))
            case Mention():
                found.append(_of_mention(one))
            case _:
                raise RecordError("signals_from", (Problem(f"[{place}]", shown(one), _ALLOWED),))
    return tuple(found)


def _of_case(case: Case) -> Iterator[Signal]:
    complaint, steps = case.complaint, counting(case.steps)
    policy = complaint.about.policy if complaint.about else None
    causes = [step for step in steps if isinstance(step, Cause)]
    named = (causes[-1].key if causes else None) or complaint.category
    said = causes[-1].problem if causes else complaint.concern

    def heard(problem: str, note: str) -> Signal:
        return Signal(
            problem,
            Source.COMPLAINTS,
            complaint.received_at,
            actionable=problem not in QUESTIONS,
            policy=policy,
            note=note,
            evidence=complaint.id,
        )

    if named or causes or not complaint.causes:
        yield heard(named or UNCODED, said)
    for felt in sorted(complaint.causes.difference({named})):
        yield heard(felt.value, complaint.concern)
    for step in steps:
        if isinstance(step, Prevention):
            yield Signal(
                named or UNCODED,
                Source.STAFF,
                step.at,
                weight=0,
                actionable=named is not None,
                policy=policy,
                note=step.suggestion,
                evidence=complaint.id,
            )


def _of_contact(contact: Contact) -> Iterator[Signal]:
    abandoned = contact.abandoned_at is not None
    flag = None if abandoned else contact.resolved
    solved = flag if contact.solved is None else contact.solved
    told = {
        Dissatisfaction.SLOW_ANSWER: abandoned,
        Dissatisfaction.NOT_SOLVED: solved is False,
        Dissatisfaction.UNPROFESSIONAL: contact.represented_well is False,
    }
    for felt, so in told.items():
        if so:
            yield Signal(
                felt.value,
                contact.source or Source.CONTACTS,
                contact.queued_at,
                note=contact.matter or "",
                evidence=contact.id,
            )


def _of_operations(counts: Operations) -> Iterator[Signal]:
    refused, again = counts.refused_deliveries, counts.reorders
    told = {
        "refused_deliveries": again if refused is None else refused,
        "stock_outs": counts.stock_outs,
        "rejected": counts.rejected,
        "returned": counts.returned,
    }
    for problem, times in told.items():
        if times:
            yield Signal(
                problem,
                counts.source or Source.OPERATIONS,
                counts.end - _LAST,
                weight=times,
                note=counts.product or "",
            )


def _of_mention(mention: Mention) -> Signal:
    return Signal(
        mention.code,
        mention.source or Source.SURVEY,
        mention.at,
        actionable=mention.actionable,
        note=", ".join(mention.words),
        evidence=mention.comment,
    )
