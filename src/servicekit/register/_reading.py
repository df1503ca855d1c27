"""Reading an entry off a case."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from attrs import frozen

from servicekit._instants import aware
from servicekit._rules import is_a
from servicekit.complaint import Complaint
from servicekit.errors import Problem, RecordError, shown
from servicekit.money import Totals
from servicekit.register._clock import (
    ENDS,
    Clock,
    Move,
    ReopenPolicy,
    Spell,
    before_reopening,
    clock,
    spells,
)
from servicekit.register._entry import Entry
from servicekit.register._promises import DUE, counts_as
from servicekit.resolution import (
    Acknowledgement,
    Case,
    Cause,
    Closure,
    Escalation,
    Fix,
    FollowUp,
    Goodwill,
    Prevention,
    PromiseState,
    PromiseStatus,
    Reopening,
    Stage,
    Step,
)
from servicekit.resolution._promises import promises
from servicekit.resolution._replay import counting, moves
from servicekit.worktime import Timetable

__all__ = ["entries", "entry"]

_S = TypeVar("_S")
_SECOND: Final = timedelta(seconds=1)
_ORDER: Final = {stage: position for position, stage in enumerate(Stage)}
_CASE: Final = is_a(Case)
_CALENDAR: Final = is_a(Timetable, optional=True)
_POLICY: Final = is_a(ReopenPolicy, optional=True)
_RULE: Final = f"a rule, now that the case was reopened: {', '.join(ReopenPolicy)}"


@frozen
class _Known:
    """What was known of a case at an instant."""

    case: Case
    at: datetime
    steps: tuple[Step, ...]
    moved: tuple[Move, ...]
    spells: tuple[Spell, ...]

    def all(self, kind: type[_S]) -> list[_S]:
        """Give the steps of one kind."""
        return [step for step in self.steps if isinstance(step, kind)]


def _known(case: Case, at: datetime) -> _Known:
    then = case.as_of(at)
    steps = counting(then.steps)
    moved = tuple(moves(steps))
    return _Known(then, at, steps, moved, spells(case.complaint.received_at, moved))


def _check(cases: Sequence[object], calendar: object, policy: object) -> None:
    """Refuse what is no case, no calendar or no rule."""
    others = [n for n, case in enumerate(cases) if not isinstance(case, Case)]
    found = (
        *(_CASE.problem(f"cases[{n}]", cases[n]) for n in others),
        _CALENDAR.problem("calendar", calendar),
        _POLICY.problem("reopening", policy),
    )
    if problems := tuple(filter(None, found)):
        raise RecordError("entry", problems)


def entry(
    case: Case,
    *,
    as_of: datetime,
    calendar: Timetable | None = None,
    reopening: ReopenPolicy | None = None,
) -> Entry:
    """Give a case as one flat row: what was known of it at an instant.

    With a ``calendar`` the row holds working time as well. ``reopening`` has no rule by default: a
    case that was reopened by then is refused until the rule that its clock follows is named.

    Raises `RecordError` for such a case, and for one received after ``as_of``.
    """
    found = entries((case,), as_of=as_of, calendar=calendar, reopening=reopening)
    if not found:
        allowed = f"an instant not before the complaint was received, {case.complaint.received_at}"
        raise RecordError("entry", (Problem("as_of", shown(as_of), allowed),))
    return found[0]


def entries(
    cases: Iterable[Case],
    *,
    as_of: datetime,
    calendar: Timetable | None = None,
    reopening: ReopenPolicy | None = None,
) -> tuple[Entry, ...]:
    """Give the register at an instant: an `entry` for each case received by then.

    Raises `RecordError` that names every case whose reopening needs a rule.
    """
    at = aware(as_of, "as_of")
    given = tuple(cases)
    _check(given, calendar, reopening)
    known = [_known(case, at) for case in given if case.complaint.received_at <= at]
    if reopening is None:
        _refuse_reopened(known)
    return tuple(_entry(of, calendar, reopening) for of in known)


def _refuse_reopened(known: Iterable[_Known]) -> None:
    reopened = (of.case.complaint.id for of in known if len(of.spells) > 1)
    if problems := tuple(Problem(f"reopening of {shown(id_)}", "None", _RULE) for id_ in reopened):
        raise RecordError("entry", problems)


def _entry(of: _Known, calendar: Timetable | None, policy: ReopenPolicy | None) -> Entry:
    runs = clock(of.spells, policy)
    way = _way(of, policy)
    return Entry(
        as_of=of.at,
        stage=of.case.stage,
        clock_started_at=runs.started_at,
        **_complaint(of.case.complaint),
        **_cause(of),
        **way,
        **_course(of, runs, policy),
        **_promises(promises(of.steps, of.at)),
        **_given(of),
        **({} if calendar is None else _working(of, way, runs, calendar)),
    )


def _complaint(complaint: Complaint) -> dict[str, Any]:
    about, other = complaint.about, complaint.on_behalf_of
    return {
        "id": complaint.id,
        "channel": complaint.channel,
        "received_at": complaint.received_at,
        "received_by": complaint.received_by,
        "customer": complaint.customer.name,
        "language": complaint.customer.language,
        "on_behalf_of": other and other.name,
        "category": complaint.category,
        "remedy_sought": complaint.remedy_sought,
        "order": about and about.order,
        "product": about and about.product,
        "policy": about and about.policy,
        "causes": complaint.causes,
    }


def _cause(of: _Known) -> dict[str, Any]:
    found = of.all(Cause)
    return {"cause": found[-1].key, "responsible": found[-1].responsible} if found else {}


def _way(of: _Known, policy: ReopenPolicy | None) -> dict[str, Any]:
    moved = before_reopening(of.moved) if policy is ReopenPolicy.FIRST_END else of.moved
    reached = _reached(moved)
    last = moved[-1][0] if moved else None
    return {
        "acknowledged_at": next((step.at for step in of.all(Acknowledgement)), None),
        "first_response_at": next((step.at for step in of.steps if step.is_contact), None),
        "understood_at": reached.get(Stage.UNDERSTOOD),
        "explained_at": reached.get(Stage.EXPLAINED),
        "agreed_at": reached.get(Stage.AGREED),
        "fixed_at": reached.get(Stage.FIXED),
        "resolved_at": reached.get(Stage.RESOLVED),
        "closed_at": reached.get(Stage.CLOSED),
        "ended_at": reached.get(Stage.RESOLVED) or reached.get(Stage.CLOSED),
        "followed_up_at": _followed_up(moved),
        "basis": last.basis if isinstance(last, Closure) else None,
    }


def _reached(moved: Iterable[Move]) -> dict[Stage, datetime]:
    """Say when each stage on the way to the present one was reached."""
    reached: dict[Stage, datetime] = {}
    for step, _, stage in moved:
        if stage not in ENDS:  # an end leaves the way there as it was
            reached = {s: at for s, at in reached.items() if _ORDER[s] <= _ORDER[stage]}
        reached.setdefault(stage, step.at)
    return reached


def _followed_up(moved: Iterable[Move]) -> datetime | None:
    asked = None
    for step, *_ in moved:
        if isinstance(step, Fix):
            asked = None
        elif isinstance(step, FollowUp) and step.satisfied is not None:
            asked = step.at
    return asked


def _satisfied(moved: Iterable[Move]) -> bool | None:
    word = None
    for step, *_ in moved:
        if isinstance(step, Reopening):
            word = None
        elif isinstance(step, FollowUp) and step.satisfied is not None:
            word = step.satisfied
    return word


def _course(of: _Known, runs: Clock, policy: ReopenPolicy | None) -> dict[str, Any]:
    here = of.spells[-1]
    anew = policy is ReopenPolicy.FIRST_END
    escalated = of.all(Escalation)
    return {
        "satisfied": _satisfied(of.moved),
        "reopening": policy if len(of.spells) > 1 else None,
        "open_since": (here.start if anew else runs.started_at) if here.end is None else None,
        "endings": tuple(spell.end for spell in of.spells if spell.end is not None),
        "reopenings": tuple(spell.start for spell in of.spells[1:]),
        "reopened": len(of.spells) - 1,
        "rounds": of.case.rounds,
        "escalated_at": escalated[0].at if escalated else None,
        "escalations": len(escalated),
        "suggestions": len(of.all(Prevention)),
    }


def _promises(made: Sequence[PromiseState]) -> dict[str, Any]:
    count = Counter(map(counts_as, made))
    kept, late, broken = (count[status] for status in DUE)
    return {
        "promises_made": len(made),
        "promises_due": kept + late + broken,
        "promises_kept": kept,
        "promises_kept_late": late,
        "promises_broken": broken,
        "promises_renegotiated": count[PromiseStatus.RENEGOTIATED],
        "promises_open": count[PromiseStatus.PENDING],
    }


def _given(of: _Known) -> dict[str, Any]:
    extra = of.all(Goodwill)
    return {
        "compensation": Totals(money for fix in of.all(Fix) for money in fix.compensation),
        "goodwill": Totals(step.value for step in extra if step.value is not None),
        "goodwills": len(extra),
    }


_FROM_RECEIPT: Final = ("acknowledged", "first_response")
_ON_THE_CLOCK: Final = (
    "understood",
    "explained",
    "agreed",
    "fixed",
    "resolved",
    "closed",
    "ended",
)


def _working(of: _Known, way: Mapping[str, Any], runs: Clock, hours: Timetable) -> dict[str, Any]:
    receipt = Clock((), of.case.complaint.received_at)
    reads = dict.fromkeys(_FROM_RECEIPT, receipt) | dict.fromkeys(_ON_THE_CLOCK, runs)
    return {
        "waited_working": _seconds(receipt, of.at, hours),
        "clock_working": _seconds(runs, of.at, hours),
        **{f"{k}_working": _seconds(v, way[f"{k}_at"], hours) for k, v in reads.items()},
    }


def _seconds(runs: Clock, at: datetime | None, hours: Timetable) -> float | None:
    return None if at is None else runs.reads(at, hours) / _SECOND
