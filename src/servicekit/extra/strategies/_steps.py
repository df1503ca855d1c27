"""Steps, each as something that is taken at an instant.

What is drawn is everything of a step but when it is taken, so that making a step at any instant
costs no new strategy.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, TypeVar, overload

from hypothesis import strategies as st

from servicekit.extra.strategies._money import AMOUNTS
from servicekit.extra.strategies._texts import NAMES, TEXTS, WORDS, several_texts
from servicekit.extra.strategies._times import INSTANTS, LATER
from servicekit.resolution import (
    Acknowledgement,
    Basis,
    Cause,
    Closure,
    Correction,
    Escalation,
    Fix,
    FollowUp,
    Goodwill,
    Note,
    Outcome,
    Prevention,
    Promise,
    PromiseKept,
    Proposal,
    Reopening,
    Responsible,
    Solution,
    Step,
    Understanding,
)

__all__ = ["ADDING", "COMING_TO", "PROMISES", "Promised", "Taken", "correcting", "keeping"]
__all__ += ["promising", "solutions", "steps"]

_S = TypeVar("_S")

Taken = Callable[[datetime], Step]
"""A step without its instant."""

Promised = Callable[[str, str | None], Taken]
"""A promise without its key, the key of the one that it replaces, and its instant."""

_PERHAPS: Final = st.none() | TEXTS


def _without_instant(kind: Any, *args: Any, **fields: Any) -> Taken:
    made = partial(kind, *args, **fields)
    return lambda at: made(at=at)


def _taking(kind: Any, *args: st.SearchStrategy[Any], **fields: Any) -> st.SearchStrategy[Taken]:
    return st.builds(_without_instant, st.just(kind), *args, by=NAMES, **fields)


def _promised(what: str, remedy: str, wait: timedelta | None, at: datetime) -> Solution:
    return Solution(what, remedy, promised_by=None if wait is None else at + wait)


_SOLUTIONS: Final = st.lists(
    st.builds(partial, st.just(_promised), TEXTS, TEXTS, st.none() | LATER),
    min_size=1,
    max_size=3,
)


def _proposing(
    wish: str | None, offers: list[Callable[[datetime], Solution]], by: str, *, accepted: bool
) -> Taken:
    return lambda at: Proposal(
        wish, [offer(at) for offer in offers], accepted=accepted, at=at, by=by
    )


def _proposals(*, accepted: bool) -> st.SearchStrategy[Taken]:
    return st.builds(_proposing, _PERHAPS, _SOLUTIONS, NAMES, accepted=st.just(accepted))


def _promise(wait: timedelta, what: str, by: str, *, in_writing: bool) -> Promised:
    def promise(key: str, replaces: str | None) -> Taken:
        said: dict[str, Any] = {"replaces": replaces, "in_writing": in_writing, "by": by}
        return lambda at: Promise(key, what, due=at + wait, at=at, **said)

    return promise


PROMISES: Final = st.builds(_promise, LATER, TEXTS, NAMES, in_writing=st.booleans())
"""Promises without their key and what they replace."""


def _under(promise: Promised, key: str, replaces: str | None) -> Taken:
    return promise(key, replaces)


def promising(
    keys: st.SearchStrategy[str], replaces: st.SearchStrategy[str | None]
) -> st.SearchStrategy[Taken]:
    """Give promises under some keys, in place of others or of none."""
    return st.builds(_under, PROMISES, keys, replaces)


def keeping(keys: st.SearchStrategy[str]) -> st.SearchStrategy[Taken]:
    """Give kept promises under some keys."""
    return _taking(PromiseKept, keys)


def correcting(positions: st.SearchStrategy[int]) -> st.SearchStrategy[Taken]:
    """Give corrections of the steps at some positions."""
    return _taking(Correction, positions, TEXTS)


def _understandings(*, confirmed: bool) -> st.SearchStrategy[Taken]:
    return _taking(Understanding, several_texts, TEXTS, confirmed=st.just(confirmed))


def _follow_ups(*, satisfied: bool | None) -> st.SearchStrategy[Taken]:
    return _taking(FollowUp, st.just(satisfied), WORDS)


COMING_TO: Final[Mapping[Outcome, st.SearchStrategy[Taken]]] = {
    Outcome.CONFIRMED: _understandings(confirmed=True),
    Outcome.UNCONFIRMED: _understandings(confirmed=False),
    Outcome.CAUSE_FOUND: _taking(
        Cause,
        TEXTS,
        TEXTS,
        problem=TEXTS,
        responsible=st.sampled_from(Responsible),
        escaped_because=_PERHAPS,
        key=_PERHAPS,
    ),
    Outcome.ACCEPTED: _proposals(accepted=True),
    Outcome.DECLINED: _proposals(accepted=False),
    Outcome.FIXED: _taking(Fix, several_texts, TEXTS, compensation=st.lists(AMOUNTS, max_size=3)),
    Outcome.SATISFIED: _follow_ups(satisfied=True),
    Outcome.DISSATISFIED: _follow_ups(satisfied=False),
    Outcome.UNREACHED: _follow_ups(satisfied=None),
    Outcome.CLOSED: _taking(Closure, st.sampled_from(Basis), WORDS),
    Outcome.REOPENED: _taking(Reopening, TEXTS),
}
"""The steps that come to each outcome."""

_ADDING: Final[Mapping[type, st.SearchStrategy[Taken]]] = {
    Acknowledgement: _taking(Acknowledgement, st.booleans()),
    Note: _taking(Note, TEXTS),
    Escalation: _taking(Escalation, TEXTS, TEXTS),
    Goodwill: _taking(Goodwill, TEXTS, st.none() | AMOUNTS),
    Prevention: _taking(Prevention, TEXTS),
}

ADDING: Final = st.one_of(*_ADDING.values())
"""The steps that are possible at every stage and after any history; the simplest is the first."""

_KEYS: Final = st.sampled_from(["call", "visit", "letter"]) | TEXTS


def _of(*outcomes: Outcome) -> st.SearchStrategy[Taken]:
    return st.one_of([COMING_TO[outcome] for outcome in outcomes])


_OF_KIND: Final[Mapping[type, st.SearchStrategy[Taken]]] = {
    **_ADDING,
    Understanding: _of(Outcome.CONFIRMED, Outcome.UNCONFIRMED),
    Cause: _of(Outcome.CAUSE_FOUND),
    Proposal: _of(Outcome.ACCEPTED, Outcome.DECLINED),
    Fix: _of(Outcome.FIXED),
    FollowUp: _of(Outcome.SATISFIED, Outcome.DISSATISFIED, Outcome.UNREACHED),
    Closure: _of(Outcome.CLOSED),
    Reopening: _of(Outcome.REOPENED),
    Promise: promising(_KEYS, st.none() | _KEYS),
    PromiseKept: keeping(_KEYS),
    Correction: correcting(st.integers(0, 12)),
}
"""The steps of each class."""

_ANY: Final = st.one_of(*_OF_KIND.values())  # made once: making strategies costs more than drawing


def _take(take: Taken, at: datetime) -> Step:
    return take(at)


@overload
def steps(*, at: st.SearchStrategy[datetime] | None = None) -> st.SearchStrategy[Step]: ...
@overload
def steps(
    *kinds: type[_S], at: st.SearchStrategy[datetime] | None = None
) -> st.SearchStrategy[_S]: ...
def steps(*kinds: type[Any], at: st.SearchStrategy[datetime] | None = None) -> Any:
    """Give steps of some kinds, or of any, at some instants or at any; alone, not in a history.

    They shrink to the simplest kind, an acknowledgement first of all, and to the first of 2000.

    >>> from hypothesis import find
    >>> from servicekit.resolution import Note, Promise
    >>> find(steps(Note, Promise), lambda step: step.by == "Salla").text
    '0'
    """
    takes = st.one_of([_OF_KIND[kind] for kind in kinds]) if kinds else _ANY
    return st.builds(_take, takes, INSTANTS if at is None else at)


def solutions() -> st.SearchStrategy[Solution]:
    """Give solutions; they shrink to one that is carried out at once."""
    return st.builds(Solution, TEXTS, TEXTS, promised_by=st.none() | INSTANTS)
