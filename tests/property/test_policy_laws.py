"""Laws of authority and of clocks."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples import START
from servicekit.errors import RecordError
from servicekit.extra.strategies import cases, complaints, instants
from servicekit.money import Money
from servicekit.policy import (
    Authority,
    Clock,
    EscalationRule,
    Ground,
    Limit,
    Milestone,
    Obligation,
    ResponseStandard,
    Standards,
    Status,
    clock,
    escalate,
    may,
)
from servicekit.register import ReopenPolicy
from servicekit.resolution import Case, Escalation, Stage
from servicekit.worktime import Pauses, Reason, WorkCalendar, always

ROLES = ("agent", "clerk", "lead", "head", "owner")
REMEDIES = ("refund", "voucher", "cash")
CURRENCIES = ("EUR", "GBP", "JPY")

received_at_start = cases(complaints=complaints(received_at=st.just(START)))

# --- Authority ------------------------------------------------------------------------------------

amounts = st.builds(
    Money, st.integers(0, 300).map(lambda cents: Decimal(cents) / 2), st.sampled_from(CURRENCIES)
)


@st.composite
def authorities(draw: st.DrawFn) -> Authority:
    """Draw a tree of roles, each asking one further on, with limits of all kinds below its top."""
    asks = {
        role: draw(st.sampled_from(ROLES[place + 1 :])) for place, role in enumerate(ROLES[:-1])
    }
    keys = st.tuples(st.sampled_from(ROLES[:-1]), st.none() | st.sampled_from(REMEDIES))
    limits = []
    for role, remedy in draw(st.sets(keys, max_size=8)):
        most = draw(st.none() | st.lists(amounts, min_size=1, unique_by=lambda one: one.currency))
        limits += [Limit(role, one, "reason", remedy=remedy) for one in most or [None]]
    return Authority(asks, limits)


questions = st.tuples(
    authorities(), st.sampled_from(ROLES), st.sampled_from(REMEDIES), st.none() | amounts
)


def limits_on(authority: Authority, role: str, remedy: str) -> list[Limit]:
    """Give the limits that a role has for a remedy, or else those for every remedy."""
    ours = [one for one in authority.limits if one.role == role]
    own = [one for one in ours if one.remedy == remedy]
    return own or [one for one in ours if one.remedy is None]


@given(questions)
def test_never_more_than_the_limit(question) -> None:
    """What is granted is within the limit in its currency, and nothing where there is a no."""
    authority, role, remedy, amount = question
    if may(authority, role, remedy, amount):
        for limit in limits_on(authority, role, remedy):
            assert limit.most is not None
            if amount is not None and limit.most.currency == amount.currency:
                assert amount <= limit.most


@given(questions, st.integers(0, 100))
def test_who_may_grant_much_may_grant_less(question, percent: int) -> None:
    """Permission is monotone in the amount, for the role itself and for who is to be asked."""
    authority, role, remedy, amount = question
    amount = amount or Money(100, "EUR")
    less = Money(amount.amount * percent / 100, amount.currency)
    much, little = (may(authority, role, remedy, one) for one in (amount, less))
    if much:
        assert little
    elif little.ask is not None:
        chain = authority.chain(role)
        assert chain.index(little.ask) <= chain.index(much.ask)


@given(questions)
def test_there_is_always_somebody_to_ask(question) -> None:
    """Whoever is to be asked is further up the chain, and may grant it; nobody before them may."""
    authority, role, remedy, amount = question
    found = may(authority, role, remedy, amount)
    chain = authority.chain(role)
    if found:
        assert (None, None) == (found.ask, found.limit)
    else:
        between = chain[: chain.index(found.ask)]
        assert between[0] == role
        assert not any(may(authority, one, remedy, amount) for one in between)
        assert may(authority, found.ask, remedy, amount)
    assert "owner" == chain[-1]


@given(authorities(), st.sampled_from(REMEDIES), st.none() | amounts)
def test_the_top_may_grant_anything(authority: Authority, remedy, amount) -> None:
    """No limit holds for who asks nobody."""
    assert may(authority, authority.top, remedy, amount)


@given(questions)
def test_a_limit_taken_away_takes_no_permission_away(question) -> None:
    """Without any limits everything is at everybody's discretion."""
    authority, role, remedy, amount = question
    assert may(Authority(authority.asks), role, remedy, amount)


rules = st.one_of(
    st.builds(
        EscalationRule,
        st.sampled_from([Ground.BROKEN_PROMISE, Ground.ROUNDS, Ground.NEGATIVE_FEEDBACK]),
        st.timedeltas(timedelta(0), timedelta(9)),
        to=st.none() | st.sampled_from(ROLES),
        at_least=st.integers(1, 3),
    ),
    st.builds(
        EscalationRule,
        st.just(Ground.WAITING),
        st.timedeltas(timedelta(0), timedelta(9)),
        to=st.none() | st.sampled_from(ROLES),
        longest=st.timedeltas(timedelta(0), timedelta(30)),
    ),
)


@given(received_at_start, st.lists(rules, max_size=6), st.data())
def test_escalations_are_reachable_and_settle(case: Case, given_rules, data) -> None:
    """Each is to a role of the chain, on a ground of the past; taken to the top, none is left."""
    authority = Authority(dict(pairwise(ROLES)), escalation=given_rules)
    at = data.draw(instants(case))
    if at < START:
        with pytest.raises(RecordError):
            escalate(case, authority, at)
        return
    found = escalate(case, authority, at)
    assert all(one.to in authority.asks and one.since <= at for one in found)
    assert sorted(one.by for one in found) == [one.by for one in found]
    settled = case.as_of(at).advance(Escalation("owner", "all of it", at=at, by="Mika"))
    assert () == escalate(settled, authority, at)
    if case.as_of(at).stage is Stage.RESOLVED:
        assert () == found


# --- Clocks ---------------------------------------------------------------------------------------

HOUR = timedelta(hours=1)
ZONE = timezone(2 * HOUR)
OFFICE = WorkCalendar(dict.fromkeys(range(5), (("09:00", "12:00"), ("13:00", "17:00"))), ZONE)
calendars = st.sampled_from([OFFICE, always(ZONE), always(UTC)])


@st.composite
def obligations(draw: st.DrawFn) -> Obligation:
    """Draw a standard of any clock for any milestone."""
    kind = draw(st.sampled_from(Clock))
    unit = timedelta(days=1) if kind.in_days else timedelta(minutes=7)
    standard = ResponseStandard(
        "k",
        "T",
        source="own",
        limit=draw(st.integers(1, 40)) * unit,
        clock=kind,
        warn_at=draw(st.none() | st.just(Fraction(3, 4))),
    )
    return Obligation(draw(st.sampled_from(Milestone)), standard)


standards = st.lists(obligations(), min_size=1, max_size=6, unique=True).map(Standards)
waits = st.lists(
    st.tuples(st.integers(0, 99), st.none() | st.integers(0, 99)).map(
        lambda pair: (
            START + pair[0] * HOUR,
            None if pair[1] is None else START + sum(pair) * HOUR,
        )
    ),
    max_size=3,
).map(Pauses)


def instant_from(data: st.DataObject, case: Case) -> datetime:
    """Draw an instant at which the case was on record."""
    return max(data.draw(instants(case)), START)


@given(received_at_start, standards, waits, st.sampled_from(ReopenPolicy), st.data())
def test_the_explanation_sums_to_wall_time(case, every, pauses, rule, data) -> None:
    """Spans join from start to end and add up; what counts and what is left make up the limit."""
    at, calendar = instant_from(data, case), data.draw(calendars)
    for one in clock(case, every, calendar, at, reopening=rule, pauses=pauses):
        spans = one.spans(calendar)
        assert one.wall == sum((span.duration for span in spans), timedelta())
        opened = (span.duration for span in spans if span.reason is Reason.OPEN)
        assert one.counted == sum(opened, timedelta())
        assert one.start <= one.end <= at
        ends = [one.start, *(span.end for span in spans)]
        assert [span.start for span in spans] == ends[:-1]
        assert one.end == ends[-1]
        assert one.explanation(calendar).endswith(f" = {one.wall}")
        standard = one.obligation.standard
        if not standard.clock.in_days:
            assert standard.limit == one.counted + one.standing.left


@given(received_at_start, standards, calendars, st.sampled_from(ReopenPolicy), st.data())
def test_clocks_are_in_order_of_urgency(case, every, calendar, rule, data) -> None:
    """What runs comes before what is missed and what is met; within each, what is due first."""
    at = instant_from(data, case)
    found = clock(case, every, calendar, at, reopening=rule)
    order = {Status.MISSED: 1, Status.MET: 2}
    keys = [(order.get(one.status, 0), one.due) for one in found]
    assert sorted(keys) == keys
    assert all(one.due < at for one in found if one.status is Status.OVERRUN)


@given(received_at_start, standards, calendars, st.sampled_from(ReopenPolicy), st.data())
def test_every_clock_of_an_open_case_is_there(case, every, calendar, rule, data) -> None:
    """An open case has a clock for each obligation; one that ended has those that say something."""
    at = instant_from(data, case)
    found = clock(case, every, calendar, at, reopening=rule)
    assert len(found) <= len(every.obligations)
    over = case.as_of(at).stage in {Stage.RESOLVED, Stage.CLOSED}
    if rule is not ReopenPolicy.FIRST_END and not over:
        assert len(every.obligations) == len(found)
    if over:
        assert not {Status.RUNNING, Status.WARNING} & {one.status for one in found}
