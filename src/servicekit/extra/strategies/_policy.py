"""The service policy: commitments, who may grant what, training, and what comes of it."""

from datetime import datetime, timedelta
from typing import Any, Final

from attrs import evolve
from hypothesis import strategies as st

from servicekit.complaint import Channel
from servicekit.extra.strategies._benchmark import answers, instruments
from servicekit.extra.strategies._cases import cases
from servicekit.extra.strategies._complaints import complaints
from servicekit.extra.strategies._kpi import kpis, measurements, targets
from servicekit.extra.strategies._money import AMOUNTS
from servicekit.extra.strategies._problems import signals
from servicekit.extra.strategies._register import (
    contacts,
    operations,
    promise_registers,
    registers,
)
from servicekit.extra.strategies._texts import LANGUAGES, TEXTS, WORDS
from servicekit.extra.strategies._times import DATES, INSTANTS, LATER, last_of
from servicekit.extra.strategies._worktime import (
    recurrences,
    response_standards,
    work_calendars,
)
from servicekit.kpi import Measurements
from servicekit.policy import (
    Action,
    Aspect,
    Attendance,
    Audience,
    Authority,
    CaseClock,
    Commitment,
    Conversation,
    Course,
    CustomerHistory,
    EscalationRule,
    Expectation,
    Finding,
    Format,
    Gap,
    Ground,
    Limit,
    Milestone,
    ModelRow,
    Obligation,
    Overdue,
    Permission,
    Plan,
    Referral,
    ReviewFigures,
    ServicePolicy,
    ServiceReview,
    Standards,
    Topic,
    TrainingPlan,
    TrainingRecord,
    TrainingStatus,
    Vision,
    clock,
    may,
)
from servicekit.register import ReopenPolicy
from servicekit.resolution import TRANSITIONS, Outcome, Stage

__all__ = ["actions", "attendances", "authorities", "case_clocks", "commitments", "conversations"]
__all__ += ["courses", "customer_histories", "escalation_rules", "obligations", "overdues"]
__all__ += ["permissions", "plans", "policy_findings", "referrals", "review_figures"]
__all__ += ["service_policies", "service_reviews", "spending_limits", "standards"]
__all__ += ["training_plans", "training_records", "training_statuses", "visions"]

_PERHAPS: Final = st.none() | TEXTS
_SOME: Final = st.timedeltas(timedelta(microseconds=1), timedelta(days=60))
_ROLES: Final = ("owner", "supervisor", "agent")
_KEYS: Final = st.sampled_from(["meeting", "service", "calls"])


def visions() -> st.SearchStrategy[Vision]:
    """Give worksheets of a vision, at any stage; they shrink to an empty one."""
    some = st.lists(TEXTS, max_size=2)
    return st.builds(
        Vision,
        some,
        some,
        steps=some,
        summary=WORDS,
        verbs=some,
        statement=WORDS,
        years=st.none() | st.integers(1, 9),
        language=LANGUAGES,
    )


def _limit(role: str, remedy: str | None) -> st.SearchStrategy[Limit]:
    return st.builds(Limit, st.just(role), st.none() | AMOUNTS, TEXTS, remedy=st.just(remedy))


def spending_limits() -> st.SearchStrategy[Limit]:
    """Give limits to what an agent may grant."""
    return _limit("agent", None) | _limit("agent", "refund")


_NOTHING: Final[st.SearchStrategy[dict[str, Any]]] = st.fixed_dictionaries({})
_FOR: Final[dict[Ground, st.SearchStrategy[dict[str, Any]]]] = {
    Ground.WAITING: st.fixed_dictionaries({"longest": _SOME}),
    Ground.SEVERITY: st.fixed_dictionaries({"grave": st.sets(TEXTS, min_size=1, max_size=2)}),
}


@st.composite
def escalation_rules(draw: st.DrawFn) -> EscalationRule:
    """Give rules that take a case further up early."""
    ground = draw(st.sampled_from(Ground))
    return EscalationRule(
        ground,
        draw(_SOME),
        to=draw(st.none() | st.sampled_from(_ROLES)),
        at_least=draw(st.integers(1, 9)),
        **draw(_FOR.get(ground, _NOTHING)),
    )


@st.composite
def authorities(draw: st.DrawFn) -> Authority:
    """Give who asks whom, the limits of each, and what goes further up early."""
    asks = {"owner": None, "supervisor": "owner", "agent": draw(st.sampled_from(_ROLES[:2]))}
    wanted = draw(st.sets(st.tuples(st.sampled_from(_ROLES[1:]), _REMEDIES), max_size=3))
    limits = [draw(_limit(role, remedy)) for role, remedy in sorted(wanted, key=str)]
    return Authority(asks, limits, escalation=draw(st.lists(escalation_rules(), max_size=2)))


_REMEDIES: Final = st.sampled_from([None, "refund", "replacement"])


@st.composite
def permissions(draw: st.DrawFn) -> Permission:
    """Give whether a role may grant a remedy, or whom it asks."""
    amount = draw(st.none() | AMOUNTS)
    return may(draw(authorities()), draw(st.sampled_from(_ROLES)), "refund", amount)


def referrals() -> st.SearchStrategy[Referral]:
    """Give what is to be taken further up, and why."""
    return st.builds(_referral, INSTANTS, LATER, TEXTS, st.sampled_from(Ground), TEXTS)


def _referral(since: datetime, wait: timedelta, to: str, ground: Ground, why: str) -> Referral:
    return Referral(ground, since, to=to, by=since + wait, why=why)


def obligations() -> st.SearchStrategy[Obligation]:
    """Give what is to be done by which standard."""
    return st.builds(
        Obligation, st.sampled_from(Milestone), response_standards(), priority=_PERHAPS
    )


@st.composite
def standards(draw: st.DrawFn) -> Standards:
    """Give one or two obligations that differ."""
    one, other = draw(obligations()), draw(obligations())
    return Standards(list(dict.fromkeys([one, other])))


@st.composite
def case_clocks(draw: st.DrawFn) -> CaseClock:
    """Give the clock of a case that has not ended, by one standard."""
    stage = draw(
        st.sampled_from([stage for stage in Stage if Outcome.CLOSED in TRANSITIONS[stage]])
    )
    case = draw(cases(stage))
    standard = evolve(draw(response_standards()), applies_to=set(Channel))
    found = clock(
        case,
        Standards([Obligation(Milestone.ACKNOWLEDGED, standard)]),
        draw(work_calendars()),
        last_of(case) + draw(LATER),
        reopening=ReopenPolicy.RESTART,
    )
    return found[0]


@st.composite
def courses(draw: st.DrawFn, key: str = "service") -> Course:
    """Give courses at hiring, from a day on, or that recur."""
    starts, every = draw(st.none() | DATES), draw(st.none() | recurrences())
    return Course(
        key,
        draw(TEXTS),
        audience=draw(st.none() | st.sets(st.sampled_from(_ROLES), min_size=1)),
        topics=draw(st.sets(st.sampled_from(Topic))),
        format=draw(st.sampled_from(Format)),
        at_hiring=draw(st.booleans()) or (starts is None and every is None),
        every=every,
        starts=starts,
    )


@st.composite
def training_plans(draw: st.DrawFn) -> TrainingPlan:
    """Give plans of one to three courses."""
    keys = draw(st.lists(_KEYS, min_size=1, max_size=3, unique=True))
    return TrainingPlan([draw(courses(key)) for key in keys])


def attendances() -> st.SearchStrategy[Attendance]:
    """Give who was at a course, when."""
    return st.builds(Attendance, _KEYS, DATES)


def training_records(name: str = "Mika") -> st.SearchStrategy[TrainingRecord]:
    """Give somebody's courses, since they were hired."""
    return st.builds(_record, st.just(name), DATES, _GONE, st.lists(attendances(), max_size=3))


_GONE: Final = st.none() | st.integers(0, 9999)


def _record(name: str, hired: Any, stayed: int | None, attended: Any) -> TrainingRecord:
    left = None if stayed is None else hired + timedelta(days=stayed)
    return TrainingRecord(name, "agent", hired, attended=attended, left=left)


def overdues() -> st.SearchStrategy[Overdue]:
    """Give what somebody has missed."""
    return st.builds(Overdue, TEXTS, _KEYS, DATES, st.none() | DATES)


def training_statuses() -> st.SearchStrategy[TrainingStatus]:
    """Give who is overdue, of how many."""
    missed = st.lists(overdues(), max_size=2).map(tuple)
    return st.builds(TrainingStatus, DATES, st.integers(2, 99), missed)


@st.composite
def commitments(draw: st.DrawFn, key: str = "wait") -> Commitment:
    """Give what is promised to customers, and by what it is measured."""
    aspect = draw(st.sampled_from(Aspect))
    ours = [one for one in Expectation if one.aspect is aspect]
    return Commitment(
        key,
        aspect,
        draw(TEXTS),
        meets=draw(st.sets(st.sampled_from(ours))) if ours else set(),
        visible_to=draw(st.sets(st.sampled_from(Audience))),
        kept_by=draw(st.lists(response_standards() | targets() | kpis(), max_size=2)),
        owner=draw(_PERHAPS),
    )


@st.composite
def service_policies(draw: st.DrawFn) -> ServicePolicy:
    """Give service policies, whole or in part; they shrink to a title."""
    number = draw(st.integers(0, 2))
    return ServicePolicy(
        draw(TEXTS),
        [draw(commitments(f"c{place}")) for place in range(number)],
        starts=draw(st.none() | DATES),
        vision=draw(st.none() | visions()),
        standards=draw(st.none() | standards()),
        authority=draw(st.none() | authorities()),
        training=draw(st.none() | training_plans()),
    )


def policy_findings() -> st.SearchStrategy[Finding]:
    """Give what is missing from a policy."""
    return st.builds(Finding, st.sampled_from(Gap), TEXTS, TEXTS, st.sampled_from(ModelRow))


def actions() -> st.SearchStrategy[Action]:
    """Give what is to be done next."""
    return st.builds(Action, TEXTS, st.sampled_from(ModelRow), by=st.none() | INSTANTS)


def plans() -> st.SearchStrategy[Plan]:
    """Give plans of a few actions."""
    return st.builds(Plan, TEXTS, st.lists(actions(), max_size=3).map(tuple))


def conversations() -> st.SearchStrategy[Conversation]:
    """Give conversations with a customer."""
    channels = st.none() | st.sampled_from(Channel)
    return st.builds(Conversation, INSTANTS, _PERHAPS, about=_PERHAPS, channel=channels)


@st.composite
def customer_histories(draw: st.DrawFn) -> CustomerHistory:
    """Give what is known of one customer."""
    complaint = draw(complaints())
    known = draw(st.lists(cases(complaints=st.just(complaint)), max_size=1))
    talked = [evolve(one, customer="7") for one in draw(st.lists(contacts(), max_size=2))]
    return CustomerHistory(known, talked, draw(INSTANTS))


def review_figures() -> st.SearchStrategy[ReviewFigures]:
    """Give the figures of a review."""
    return st.builds(ReviewFigures, INSTANTS, measurements())


@st.composite
def service_reviews(draw: st.DrawFn) -> ServiceReview:
    """Give reviews of a register, with what else there is to look at."""
    entries = draw(registers(at_least=1))
    instrument = draw(st.none() | instruments())
    as_of = entries[0].as_of
    return ServiceReview(
        entries,
        draw(st.lists(contacts(), max_size=2)),
        draw(st.lists(operations(), max_size=1)),
        [] if instrument is None else draw(st.lists(answers(instrument), max_size=2)),
        draw(st.lists(signals(), max_size=3)),
        [],
        draw(service_policies()),
        as_of,
        instrument=instrument,
        promises=draw(promise_registers()),
        trained=draw(st.lists(training_records(), max_size=1)),
        previous=draw(st.none() | st.just(ReviewFigures(as_of - timedelta(1), Measurements({})))),
    )
