"""A case told to a reader, step by step."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Final, assert_never

from servicekit._tables import Line
from servicekit._terms import Term
from servicekit.complaint import Complaint, Customer
from servicekit.resolution._replay import standing
from servicekit.resolution._steps import (
    Acknowledgement,
    Cause,
    Closure,
    Correction,
    Escalation,
    Fix,
    FollowUp,
    Goodwill,
    Note,
    Prevention,
    Promise,
    PromiseKept,
    Proposal,
    Reopening,
    Solution,
    Step,
    Understanding,
)
from servicekit.resolution._text import flat, listed, shown_at

__all__ = ["history", "timeline"]


def timeline(complaint: Complaint, steps: Sequence[Step]) -> str:
    """Tell a complaint and every step taken; a step that was annulled says so."""
    counted = standing(steps)
    names = [flat(complaint.received_by), *(flat(step.by) for step in steps)]
    width = max(map(len, names))
    start = f"{shown_at(complaint.received_at)}  {names[0]:<{width}}      "
    head = flat(f"{complaint.id}  {_who(complaint.customer)}")
    lines = [head, *_told(start, _received(complaint))]
    for position, step in enumerate(steps):
        start = f"{shown_at(step.at)}  {names[position + 1]:<{width}}  {position:>2}  "
        annulled = () if position in counted else ("annulled, does not count",)
        lines += _told(start, (*_parts(step), *annulled))
    return "\n".join(lines)


def history(complaint: Complaint, steps: Sequence[Step]) -> Iterator[Line]:
    """Give the complaint and every step as lines of a table: when, who, what."""
    counted = standing(steps)
    yield _entered(complaint.received_at, complaint.received_by, _received(complaint))
    for position, step in enumerate(steps):
        annulled = () if position in counted else ("annulled, does not count",)
        yield _entered(step.at, step.by, (*_parts(step), *annulled))


def _entered(at: datetime, by: str, parts: Iterable[str | None]) -> Line:
    return Line(shown_at(at), (flat(by), flat("; ".join(filter(None, parts)))))


def _told(start: str, parts: Iterable[str | None]) -> Iterator[str]:
    """Put the first line of the parts behind the start, and each other one below it."""
    for line in chain.from_iterable(part.splitlines() for part in parts if part):
        yield start + line
        start = " " * len(start)


def _who(customer: Customer) -> str:
    known = (customer.name, customer.address, customer.phone, customer.email, customer.language)
    return ", ".join(filter(None, known))


def _in_words(term: Term) -> str:
    return term.replace("_", " ")


def _received(complaint: Complaint) -> list[str]:
    facts = {
        "on behalf of": complaint.on_behalf_of and _who(complaint.on_behalf_of),
        "category": complaint.category,
        "causes": ", ".join(sorted(map(_in_words, complaint.causes))),
        "asks for": complaint.remedy_sought,
        "order": complaint.about and complaint.about.order,
        "product": complaint.about and complaint.about.product,
        "policy": complaint.about and complaint.about.policy,
    }
    more = [f"{title}: {fact}" for title, fact in facts.items() if fact]
    return [f"received by {_in_words(complaint.channel)}: {complaint.concern}", *more]


def _parts(step: Step) -> Iterator[str | None]:
    """Say what kind of step it was, then everything that it holds; None for what it does not."""
    match step:
        case Understanding():
            yield "understood" if step.confirmed else "not yet understood"
            yield from (*step.facts, f"repeated back: {step.restatement}")
        case Cause():
            yield f"cause: {step.problem}"
            yield f"the customer did: {step.customer_did}"
            yield f"should have happened: {step.should_have_happened}"
            yield f"responsible: {step.responsible}"
            yield step.escaped_because and f"not caught earlier because: {step.escaped_because}"
            yield step.key and f"counted as: {step.key}"
        case Proposal():
            yield f"proposal {'accepted' if step.accepted else 'declined'}"
            yield f"wish: {step.wish or 'asked, none'}"
            yield from map(_solution, step.solutions)
        case Fix():
            yield f"fixed: {listed(step.actions)}"
            yield f"apology: {step.apology}"
            if step.compensation:
                yield f"compensation: {', '.join(map(str, step.compensation))}"
        case FollowUp():
            yield f"asked whether satisfied: {_ANSWERS[step.satisfied]}"
            yield step.note
        case Closure():
            yield f"closed: {_in_words(step.basis)}"
            yield step.note
        case Reopening():
            yield f"reopened: {step.reason}"
        case _:
            yield from _added(step)


def _added(
    step: Acknowledgement
    | Promise
    | PromiseKept
    | Escalation
    | Goodwill
    | Prevention
    | Note
    | Correction,
) -> Iterator[str | None]:
    match step:
        case Acknowledgement():
            yield "acknowledged automatically" if step.automatic else "acknowledged"
        case Promise():
            written = " in writing" if step.in_writing else ""
            yield f"promised{written} by {shown_at(step.due)}: {step.what} ({step.key})"
            yield step.replaces and f"in place of: {step.replaces}"
        case PromiseKept():
            yield f"promise kept: {step.key}"
        case Escalation():
            yield f"escalated to {step.to}: {step.reason}"
        case Goodwill():
            yield f"goodwill: {step.what}"
            yield str(step.value) if step.value else None
        case Prevention():
            yield f"prevention: {step.suggestion}"
        case Note():
            yield f"note: {step.text}"
        case Correction():
            yield f"correction: step {step.annuls} does not count: {step.reason}"
        case _:
            assert_never(step)


_ANSWERS: Final = {True: "yes", False: "no", None: "not reached"}


def _solution(solution: Solution) -> str:
    when = f" by {shown_at(solution.promised_by)}" if solution.promised_by else ""
    return f"{solution.what} ({solution.remedy}){when}"
