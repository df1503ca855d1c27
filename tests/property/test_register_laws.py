"""Laws of the register, over any history that the flow allows."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import attrs
from hypothesis import given
from hypothesis import strategies as st

from servicekit.catalogue import kpis
from servicekit.complaint import Channel, Complaint, Customer
from servicekit.kpi import measure
from servicekit.money import Money, Totals
from servicekit.register import (
    Entry,
    ReopenPolicy,
    backlog,
    columns,
    entries,
    entry,
    promise_entries,
)
from servicekit.resolution import (
    Acknowledgement,
    Basis,
    Case,
    Cause,
    Closure,
    Fix,
    FollowUp,
    Goodwill,
    Outcome,
    Promise,
    PromiseKept,
    Proposal,
    Reopening,
    Solution,
    Stage,
    Understanding,
)
from servicekit.worktime import always

MONDAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
DAYS = 30
ENDS = {Stage.RESOLVED, Stage.CLOSED}
ALWAYS = always(UTC)


def at(hours: float) -> datetime:
    """Give the instant so many hours after the start."""
    return MONDAY + timedelta(hours=hours)


MOVES = {
    Outcome.CONFIRMED: lambda when: Understanding("F", "R", confirmed=True, **when),
    Outcome.UNCONFIRMED: lambda when: Understanding("F", "R", confirmed=False, **when),
    Outcome.CAUSE_FOUND: lambda when: Cause("D", "S", problem="P", **when),
    Outcome.ACCEPTED: lambda when: Proposal(
        None,
        Solution("W", "R", promised_by=when["at"] + timedelta(hours=9)),
        accepted=True,
        **when,
    ),
    Outcome.DECLINED: lambda when: Proposal(None, Solution("W", "R"), accepted=False, **when),
    Outcome.FIXED: lambda when: Fix("A", "S", compensation=Money("0.10", "EUR"), **when),
    Outcome.SATISFIED: lambda when: FollowUp(True, **when),  # noqa: FBT003
    Outcome.DISSATISFIED: lambda when: FollowUp(False, **when),  # noqa: FBT003
    Outcome.UNREACHED: lambda when: FollowUp(None, **when),
    Outcome.CLOSED: lambda when: Closure(Basis.WITHDRAWN, **when),
    Outcome.REOPENED: lambda when: Reopening("R", **when),
}
HOURS = st.integers(0, 24 * DAYS)


@st.composite
def histories(draw: st.DrawFn, id_: str = "C") -> Case:
    """Draw a case; it shrinks to one without a step."""
    received = draw(HOURS)
    complaint = Complaint(
        id_,
        Customer("Aino"),
        channel=Channel.WEB,
        received_at=at(received),
        received_by="Mika",
        concern="Leaks",
    )
    case = Case(complaint)
    for number, after in enumerate(sorted(draw(st.lists(HOURS, max_size=15)))):
        when = {"at": at(received + after), "by": "Mika"}
        case = case.advance(draw(st.sampled_from(choices(case, f"P{number}", when))))
    return case


def choices(case: Case, key: str, when: dict[str, object]) -> list[object]:
    """List steps that are possible now, those that lead to an end more often."""
    moves = [MOVES[outcome](when) for outcome in sorted(case.allowed)]
    onward = [step for step in moves if step.outcome not in {Outcome.UNCONFIRMED, Outcome.DECLINED}]
    due = when["at"] + timedelta(hours=5)
    kept = {step.key for step in case.steps if isinstance(step, PromiseKept)}
    made = [step.key for step in case.steps if isinstance(step, Promise) if step.key not in kept]
    return [
        *onward * 2,
        *moves,
        Acknowledgement(**when),
        Goodwill("Coupon", Money(1, "EUR"), **when),
        Promise(key, "Call", due=due, **when),
        *(PromiseKept(one, **when) for one in made),
    ]


REGISTERS = st.integers(0, 6).flatmap(lambda n: st.tuples(*(histories(f"C{i}") for i in range(n))))
LATE = at(10_000)
POLICIES = st.sampled_from(ReopenPolicy)


@given(histories(), HOURS, POLICIES)
def test_nothing_is_known_before_it_happens(case: Case, hours: int, policy: ReopenPolicy) -> None:
    """An entry is that of the case as it stood then: what follows changes nothing."""
    then = max(at(hours), case.complaint.received_at)
    assert entry(case.as_of(then), as_of=then, reopening=policy) == entry(
        case, as_of=then, reopening=policy
    )


@given(REGISTERS, st.tuples(HOURS, HOURS, HOURS))
def test_the_backlog_adds_up(cases: tuple[Case, ...], hours: tuple[int, int, int]) -> None:
    """Opening + received + reopened - ended = closing, and periods add up to the whole."""
    start, middle, end = (at(hour + n) for n, hour in enumerate(sorted(hours)))
    register = entries(cases, as_of=LATE, reopening=ReopenPolicy.FIRST_END)
    whole = backlog(register, start, end)
    parts = backlog(register, start, middle), backlog(register, middle, end)

    assert whole.opening + whole.received + whole.reopened - whole.ended == whole.closing
    assert parts[0].closing == parts[1].opening
    for name in ("received", "reopened", "ended"):
        assert getattr(whole, name) == sum(getattr(part, name) for part in parts)


@given(REGISTERS, HOURS)
def test_the_backlog_is_what_is_open(cases: tuple[Case, ...], hour: int) -> None:
    """What is open at the end of a period is what the cases themselves say, replayed until then."""
    end = at(hour + 1)
    before = end - timedelta(microseconds=1)
    register = entries(cases, as_of=LATE, reopening=ReopenPolicy.RESTART)
    open_then = [
        case
        for case in cases
        if case.complaint.received_at < end and case.as_of(before).stage not in ENDS
    ]
    assert len(open_then) == backlog(register, at(0), end).closing


def clocked(case: Case, policy: ReopenPolicy) -> Entry:
    """Read an entry with a calendar that never closes."""
    return entry(case, as_of=LATE, reopening=policy, calendar=ALWAYS)


@given(histories())
def test_the_rules_are_in_order(case: Case) -> None:
    """Restarting never shows more than skipping, nor skipping more than counting closed time."""
    restart, skip, count = (
        clocked(case, policy)
        for policy in (ReopenPolicy.RESTART, ReopenPolicy.SKIP_CLOSED, ReopenPolicy.COUNT_CLOSED)
    )
    assert restart.clock_started_at >= skip.clock_started_at >= count.clock_started_at
    assert count.clock_started_at == case.complaint.received_at
    assert restart.ended_at == skip.ended_at == count.ended_at


@given(histories(), POLICIES)
def test_working_time_of_a_calendar_that_never_closes(case: Case, policy: ReopenPolicy) -> None:
    """Always open, working time on the clock is the real time from where the clock started."""
    found = clocked(case, policy)
    for name in ("understood", "agreed", "fixed", "resolved", "closed", "ended"):
        instant = getattr(found, f"{name}_at")
        seconds = instant and (instant - found.clock_started_at).total_seconds()
        assert seconds == getattr(found, f"{name}_working")
    assert found.clock_working == (LATE - found.clock_started_at).total_seconds()


@given(histories(), POLICIES)
def test_skipping_counts_open_time_only(case: Case, policy: ReopenPolicy) -> None:
    """By each rule the clock at the last end shows what an hourly count of the case shows."""
    found = entry(case, as_of=LATE, reopening=policy)
    if found.ended_at is None:
        return
    last = max(found.reopenings, default=case.complaint.received_at)
    start = last if policy is ReopenPolicy.RESTART else case.complaint.received_at
    hours = (found.ended_at - start) // timedelta(hours=1)
    walked = [start + timedelta(hours=n) for n in range(hours)]
    if policy is ReopenPolicy.SKIP_CLOSED:
        walked = [instant for instant in walked if case.as_of(instant).stage not in ENDS]
    assert timedelta(hours=len(walked)) == found.ended_at - found.clock_started_at


@given(histories(), POLICIES)
def test_an_entry_agrees_with_its_case(case: Case, policy: ReopenPolicy) -> None:
    """What the case itself can say, the entry says alike; by the first end, before a reopening."""
    found = entry(case, as_of=LATE, reopening=policy)
    assert case.stage is found.stage
    assert case.rounds == found.rounds
    assert case.first_response_at == found.first_response_at
    assert case.compensation == found.compensation
    assert (case.stage in ENDS) == (found.open_since is None)
    assert len(found.reopenings) == found.reopened
    if policy is not ReopenPolicy.FIRST_END or not found.reopened:
        assert case.resolved_at == found.resolved_at
    else:
        assert found.ended_at == found.endings_1


@given(histories())
def test_the_way_is_in_order(case: Case) -> None:
    """Understood, explained, agreed, fixed, ended: each is there only after the one before."""
    found = entry(case, as_of=LATE, reopening=ReopenPolicy.RESTART)
    way = [found.understood_at, found.explained_at, found.agreed_at, found.fixed_at]
    known = [instant for instant in way if instant is not None]
    assert known == sorted(known) == way[: len(known)]
    assert found.resolved_at is None or (len(known) == len(way) and found.resolved_at >= known[-1])
    assert found.followed_up_at is None or found.followed_up_at >= (found.fixed_at or MONDAY)


@given(histories(), HOURS)
def test_promises_add_up(case: Case, hours: int) -> None:
    """Made = due + renegotiated + open, due = kept + kept late + broken, as rows and as counts."""
    then = max(at(hours), case.complaint.received_at)
    found = entry(case, as_of=then, reopening=ReopenPolicy.RESTART)
    due = found.promises_kept + found.promises_kept_late + found.promises_broken
    assert found.promises_due == due
    assert found.promises_made == due + found.promises_renegotiated + found.promises_open
    rows = promise_entries([case], as_of=then)
    assert found.promises_made == len(rows) == len(case.promises(then))
    assert [row.status for row in rows] == [state.status for state in case.promises(then)]


@given(REGISTERS)
def test_columns_lose_nothing(cases: tuple[Case, ...]) -> None:
    """From the columns every entry can be put together again."""
    register = entries(cases, as_of=LATE, reopening=ReopenPolicy.SKIP_CLOSED)
    table = columns(register)
    rows = [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)]
    assert [plain(row) for row in register] == [
        {name: again(name, row) for name in plain(register[0])} for row in rows
    ]


@given(REGISTERS, HOURS)
def test_a_table_measures_as_the_rows_do(cases: tuple[Case, ...], hours: int) -> None:
    """Every key figure is the same over the entries and over the rows of their table."""
    then = at(hours)
    register = entries(cases, as_of=then, reopening=ReopenPolicy.COUNT_CLOSED)
    asked = [*kpis.COMPLAINTS, *kpis.CARE, kpis.compensation_per_case("EUR")]
    table = columns(register, currencies=["EUR"])
    rows = [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)]
    assert measure(asked, register, as_of=then) == measure(asked, rows, as_of=then)


def plain(row: Entry) -> dict[str, object]:
    """Give the fields of an entry."""
    return {field.name: getattr(row, field.name) for field in attrs.fields(Entry)}


def again(name: str, row: dict[str, object]) -> object:
    """Put a field together from a row of the table."""
    parts = {key[len(name) + 1 :]: value for key, value in row.items() if part_of(name, key)}
    if name in {"compensation", "goodwill"}:
        given = [Money(value, key.upper()) for key, value in parts.items() if value != Decimal(0)]
        return Totals(given)
    if name in {"endings", "reopenings"}:
        return tuple(parts[n] for n in sorted(parts, key=int) if parts[n] is not None)
    if name == "causes":
        return frozenset(key for key, value in parts.items() if value)
    return row[name]


def part_of(name: str, key: str) -> bool:
    """Whether a column is part of a field of several values."""
    several = {"compensation", "goodwill", "endings", "reopenings", "causes"}
    return name in several and key.startswith(f"{name}_")
