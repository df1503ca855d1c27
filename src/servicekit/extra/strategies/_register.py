"""The register: cases, contacts and operating figures as rows."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from servicekit.complaint import Channel
from servicekit.extra.strategies._cases import cases, with_promise
from servicekit.extra.strategies._complaints import complaints
from servicekit.extra.strategies._money import AMOUNTS, totals
from servicekit.extra.strategies._texts import LANGUAGES, TEXTS
from servicekit.extra.strategies._times import INSTANTS, LATER, last_of
from servicekit.extra.strategies._worktime import work_calendars
from servicekit.money import Money, Totals
from servicekit.register import (
    Backlog,
    Contact,
    Entry,
    Operations,
    PromiseEntry,
    ReopenPolicy,
    backlog,
    entries,
    promise_entries,
)
from servicekit.resolution import Case

__all__ = ["backlogs", "contacts", "operations", "promise_registers", "registers"]

_FEW: Final = 4
_PERHAPS: Final = st.none() | TEXTS


@st.composite
def _cases_of_one_time(draw: st.DrawFn, start: datetime, at_least: int = 0) -> list[Case]:
    """Give cases received within some weeks, each with an id of its own."""
    received_at = LATER.map(lambda wait: start + wait)
    return [
        draw(cases(complaints=complaints(ids=st.just(f"C-{number}"), received_at=received_at)))
        for number in range(1, draw(st.integers(at_least, _FEW)) + 1)
    ]


def _latest(start: datetime, made: list[Case]) -> datetime:
    return max((case.complaint.received_at for case in made), default=start)


@st.composite
def registers(draw: st.DrawFn, *, at_least: int = 0) -> tuple[Entry, ...]:
    """Give registers of a few cases as of one instant, under any rule for reopenings.

    Some of them have working time. They shrink to no case, or to ``at_least`` so many fresh ones.
    """
    start = draw(INSTANTS)
    made = draw(_cases_of_one_time(start, at_least))
    return entries(
        made,
        as_of=_latest(start, made) + draw(LATER),
        calendar=draw(st.none() | work_calendars()),
        reopening=draw(st.sampled_from(ReopenPolicy)),
    )


@st.composite
def promise_registers(draw: st.DrawFn, *, at_least: int = 0) -> tuple[PromiseEntry, ...]:
    """Give the promises of a few cases as of one instant; at least so many."""
    start = draw(INSTANTS)
    made = draw(_cases_of_one_time(start, at_least))
    promised = [draw(with_promise(case)) for case in made[:at_least]]
    known = [*promised, *made[at_least:]]
    return promise_entries(known, as_of=max(map(last_of, known), default=start) + draw(LATER))


@st.composite
def backlogs(draw: st.DrawFn) -> Backlog:
    """Give the backlog of a period that ends when the register was made."""
    register = draw(registers(at_least=1))
    length = draw(st.timedeltas(timedelta(microseconds=1), timedelta(days=90)))
    return backlog(register, register[0].as_of - length, register[0].as_of)


@st.composite
def _called(draw: st.DrawFn) -> dict[str, Any]:
    """Give the instants of a contact: it waits, was abandoned, goes on, or has ended."""
    queued = draw(INSTANTS)
    said: dict[str, Any] = {"queued_at": queued}
    fate = draw(st.sampled_from(["waits", "abandoned", "answered", "ended"]))
    if fate == "waits":
        return said
    began = queued + draw(_WAITING)
    if fate == "abandoned":
        return said | {"abandoned_at": began}
    said |= {"answered_at": began, "hold": draw(st.none() | _WAITING)}
    if fate == "answered":
        return said
    return said | {"ended_at": began + (said["hold"] or timedelta()) + draw(_WAITING)}


_WAITING: Final = st.timedeltas(timedelta(0), timedelta(hours=9))
_OF_A_CONTACT: Final = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(["agent", "customer", "matter", "case", "source"], TEXTS),
        **dict.fromkeys(["language_wanted", "language_served"], LANGUAGES),
        **dict.fromkeys(
            ["answered_by_person", "resolved", "solved", "represented_well"], st.booleans()
        ),
        "after_call_work": _WAITING,
    },
)


def _contact(id_: str, channel: Channel, when: dict[str, Any], said: dict[str, Any]) -> Contact:
    return Contact(id_, channel, **when, **said)


def contacts() -> st.SearchStrategy[Contact]:
    """Give contacts of any fate: waiting, abandoned, answered, ended; they shrink to waiting."""
    return st.builds(_contact, TEXTS, st.sampled_from(Channel), _called(), _OF_A_CONTACT)


_WHOLES: Final[Mapping[str, tuple[str, ...]]] = {
    "sold": ("returned",),
    "orders": ("orders_returned", "refused_deliveries"),
    "refused_deliveries": ("reorders",),
    "produced": ("rejected",),
    "surveys_sent": ("surveys_answered",),
}
"""What is counted among what."""


@st.composite
def operations(draw: st.DrawFn) -> Operations:
    """Give operating figures of a period, no part more than its whole; they shrink to none."""
    start = draw(INSTANTS)
    end = start + draw(st.timedeltas(timedelta(microseconds=1), timedelta(days=400)))
    count = st.none() | st.integers(0, 10**6)
    given: dict[str, Any] = {name: draw(count) for name in ("complaints", "stock_outs")}
    for whole, parts in _WHOLES.items():
        given.setdefault(whole, draw(count))
        for part in parts:
            most = given[whole]
            given[part] = draw(count if most is None else st.none() | st.integers(0, most))
    revenue = draw(st.none() | totals())
    given |= {"revenue": revenue, "refunded": draw(_refunds(revenue))}
    return Operations(start, end, source=draw(_PERHAPS), product=draw(_PERHAPS), **given)


def _refunds(revenue: Totals | None) -> st.SearchStrategy[Totals | None]:
    """Give as much as was paid, less, or none of it."""
    if revenue is None:
        return st.none() | totals()
    less = [st.builds(_less, st.just(money), AMOUNTS) for money in revenue.values()]
    return st.none() | st.builds(Totals, st.tuples(*less))


def _less(money: Money, by: Money) -> Money:
    return Money(money.amount - by.amount, money.currency)
