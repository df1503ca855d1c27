"""Which cases go up the chain, to whom, by when and why."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from operator import attrgetter
from types import MappingProxyType
from typing import Final

from attrs import frozen

from servicekit._instants import aware
from servicekit._rules import is_a
from servicekit.errors import Problem, RecordError, shown
from servicekit.policy._asked import check
from servicekit.policy._authority import Authority
from servicekit.policy._grounds import EscalationRule, Ground
from servicekit.resolution import Case, Cause, FollowUp, Outcome, PromiseStatus, Stage, Step
from servicekit.resolution._replay import counting, moves

__all__ = ["Referral", "escalate"]


@frozen
class Referral:
    """A case that is to be taken to somebody: on what ground, since when, to whom, by when, why."""

    ground: Ground
    since: datetime
    to: str
    by: datetime
    why: str

    def __str__(self) -> str:
        return f"to {self.to} by {self.by.isoformat(' ', 'minutes')}: {self.why}"


_CASE: Final = is_a(Case)
_AUTHORITY: Final = is_a(Authority)


def escalate(case: Case, authority: Authority, as_of: datetime) -> tuple[Referral, ...]:
    """Say to whom a case is to be taken, the most pressing first; nothing if it stays where it is.

    The rules are those of ``authority.escalation``. A ground on which the case has been escalated
    since, to that role or further up, is settled; so is one after which it went to somebody whom
    the chain does not name, for that may be anybody. A case whose customer is satisfied stays where
    it is, and a closed one goes up for its broken promises alone.

    Raises `RecordError` for an instant before the complaint was received.
    """
    check("escalate", _CASE.problem("case", case), _AUTHORITY.problem("authority", authority))
    at = aware(as_of, "as_of")
    if at < case.complaint.received_at:
        allowed = f"an instant not before the receipt, {case.complaint.received_at}"
        raise RecordError("escalate", (Problem("as_of", shown(at), allowed),))
    then = case.as_of(at)
    if then.stage is Stage.RESOLVED:
        return ()
    found = (
        _referral(then, authority, rule, at)
        for rule in authority.escalation
        if then.stage is not Stage.CLOSED or rule.ground is Ground.BROKEN_PROMISE
    )
    return tuple(sorted(filter(None, found), key=attrgetter("by")))


def _referral(
    case: Case, authority: Authority, rule: EscalationRule, at: datetime
) -> Referral | None:
    """Find the first ground of a rule that is not settled."""
    to = rule.to or authority.top
    enough = authority.chain(to)
    taken = [
        step.at for step in case.escalations if step.to in enough or step.to not in authority.asks
    ]
    for since, why in _FIND[rule.ground](case, rule, at):
        if not any(when >= since for when in taken):
            return Referral(rule.ground, since, to, since + rule.within, why)
    return None


_Found = Iterator[tuple[datetime, str]]


def _severity(case: Case, rule: EscalationRule, _: datetime) -> _Found:
    said = case.complaint
    about = {*map(str, said.causes), *filter(None, [said.category])} & rule.grave
    if about:
        yield said.received_at, f"grave: {', '.join(sorted(about))}"
    for step in _steps(case):
        if isinstance(step, Cause) and step.key in rule.grave:
            yield step.at, f"grave: {step.key}"


def _broken(case: Case, rule: EscalationRule, at: datetime) -> _Found:
    made = sorted(case.promises(at), key=attrgetter("due"))
    broken = [one for one in made if one.status is PromiseStatus.BROKEN]
    for one in broken[rule.at_least - 1 :]:
        yield one.due, f"promised and not done in time: {one.what}"


def _rounds(case: Case, rule: EscalationRule, _: datetime) -> _Found:
    again = [step.at for step, outcome, _ in moves(_steps(case)) if outcome in _NEW_ROUND]
    for number, since in enumerate(again, start=1):
        if number >= rule.at_least:
            yield since, f"listening begins again, round {number + 1}"


def _waiting(case: Case, rule: EscalationRule, at: datetime) -> _Found:
    heard = [step.at for step in _steps(case) if step.is_contact]
    last = max(heard, default=case.complaint.received_at)
    if rule.longest is not None and at - last > rule.longest:
        yield last + rule.longest, f"no word from a person since {last.isoformat(' ', 'minutes')}"


def _negative(case: Case, rule: EscalationRule, _: datetime) -> _Found:
    said = [one for one in _steps(case) if isinstance(one, FollowUp) and one.satisfied is False]
    for one in said[rule.at_least - 1 :]:
        yield one.at, "the customer was asked and is not satisfied"


def _steps(case: Case) -> tuple[Step, ...]:
    return counting(case.steps)


_NEW_ROUND: Final = frozenset({Outcome.DISSATISFIED, Outcome.REOPENED})

_Find = Callable[[Case, EscalationRule, datetime], _Found]

_FIND: Final[Mapping[Ground, _Find]] = MappingProxyType({
    Ground.SEVERITY: _severity,
    Ground.BROKEN_PROMISE: _broken,
    Ground.ROUNDS: _rounds,
    Ground.WAITING: _waiting,
    Ground.NEGATIVE_FEEDBACK: _negative,
})  # fmt: skip
