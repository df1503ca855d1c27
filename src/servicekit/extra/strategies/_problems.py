"""Signals of problems, what they are called, and how they rank."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from attrs import evolve
from hypothesis import strategies as st

from servicekit.extra.strategies._texts import TEXTS, WORDS
from servicekit.extra.strategies._times import INSTANTS, LATER
from servicekit.problems import (
    Depth,
    Effectiveness,
    Grouping,
    Iceberg,
    Problem,
    Ranking,
    Ratios,
    Reference,
    Signal,
    Source,
    Taxonomy,
    Watch,
    recurrence,
)

__all__ = ["depths", "effectivenesses", "icebergs", "plain_rankings", "problems"]
__all__ += ["rankings", "ratios", "references", "signals", "taxonomies", "vague_rankings"]
__all__ += ["watches"]

_PERHAPS: Final = st.none() | TEXTS
_PROBLEMS: Final = st.sampled_from(["p0", "p1", "p2"]) | TEXTS
_SIGNALS: Final = st.builds(
    Signal,
    _PROBLEMS,
    st.sampled_from(Source) | TEXTS,
    INSTANTS,
    weight=st.integers(0, 1000),
    actionable=st.booleans(),
    policy=_PERHAPS,
    note=WORDS,
    evidence=_PERHAPS,
)


def signals() -> st.SearchStrategy[Signal]:
    """Give signals, some of them of the same few problems; they shrink to one of no weight."""
    return _SIGNALS


@st.composite
def taxonomies(draw: st.DrawFn) -> Taxonomy:
    """Give taxonomies in which later problems belong to, or become, earlier ones."""
    keys = [f"p{number}" for number in range(draw(st.integers(0, 4)))]
    return Taxonomy([draw(_problem(key, keys[:place])) for place, key in enumerate(keys)])


@st.composite
def _problem(draw: st.DrawFn, key: str, earlier: list[str]) -> Problem:
    others = st.none() | st.sampled_from(earlier) if earlier else st.none()
    since, wait = draw(INSTANTS), timedelta(microseconds=1)
    return Problem(
        key,
        draw(TEXTS),
        parent=draw(others),
        since=draw(st.sampled_from([None, since])),
        until=draw(st.none() | LATER.map(lambda later: since + wait + later)),
        becomes=draw(others),
        ask=draw(_PERHAPS),
    )


def problems() -> st.SearchStrategy[Problem]:
    """Give problems that stand for themselves."""
    return _problem("p0", [])


def _plain(weights: list[int]) -> Ranking:
    told = [
        Signal(f"p{place}", f"source {place % 2}", _SOME_TIME, weight=weight)
        for place, weight in enumerate(weights)
    ]
    return Ranking(told)


_SOME_TIME: Final = datetime(2026, 5, 4, tzinfo=UTC)


def plain_rankings() -> st.SearchStrategy[Ranking]:
    """Give rankings of two to five problems that anybody can act on, told by two sources."""
    return st.lists(st.integers(1, 99), min_size=2, max_size=5).map(_plain)


def vague_rankings() -> st.SearchStrategy[Ranking]:
    """Give rankings of signals that nobody can act on."""
    vague = _SIGNALS.map(lambda signal: evolve(signal, actionable=False))
    return st.lists(vague, min_size=1, max_size=3).map(Ranking)


@st.composite
def rankings(draw: st.DrawFn) -> Ranking:
    """Give rankings of a few signals, weighed or not, with or without a taxonomy."""
    since = draw(st.none() | INSTANTS)
    until = draw(INSTANTS if since is None else LATER.map(lambda wait: since + wait))
    return Ranking(
        draw(st.lists(_SIGNALS, max_size=6)),
        by=draw(st.sampled_from(Grouping)),
        impact=draw(st.dictionaries(_PROBLEMS, st.integers(0, 99), max_size=2)),
        since=since,
        as_of=draw(st.sampled_from([None, until])),
        size=draw(st.integers(1, 4)),
        taxonomy=draw(st.none() | taxonomies()),
    )


@st.composite
def watches(draw: st.DrawFn) -> Watch:
    """Give how often a problem was seen in a stretch of time."""
    start = draw(INSTANTS)
    return Watch(
        start,
        start + timedelta(microseconds=1) + draw(LATER),
        draw(st.integers(0, 1000)),
        exposure=draw(st.none() | st.integers(1, 10**6)),
    )


@st.composite
def effectivenesses(draw: st.DrawFn) -> Effectiveness:
    """Give whether a problem came back after it was fixed, by a few signals."""
    fixed_at: datetime = draw(INSTANTS)
    told = draw(st.lists(_SIGNALS, max_size=4))
    day = timedelta(days=1)
    return recurrence(
        "p0", told, fixed_at, since=fixed_at - day - draw(LATER), as_of=fixed_at + day + draw(LATER)
    )


def _reference(low: Any, more: Any, said: dict[str, str]) -> Reference:
    return Reference(low=low, high=low + more, **said)


_SAID: Final = st.fixed_dictionaries(
    {"key": TEXTS, "title": TEXTS, "source": TEXTS}, optional={"caution": WORDS}
)


def references(most: int = 100) -> st.SearchStrategy[Reference]:
    """Give figures that others quote, from 0 to twice the most."""
    numbers = st.fractions(0, most, max_denominator=99) | st.integers(0, most)
    return st.builds(_reference, numbers, numbers, _SAID)


def _halved(low: Any, more: Any, said: dict[str, str]) -> Reference:
    return _reference(low / 2, more / 2, said)


def ratios() -> st.SearchStrategy[Ratios]:
    """Give the ratios of an iceberg."""
    parts = st.fractions(0, 1, max_denominator=99)
    shares = st.builds(_halved, parts, parts, _SAID)
    return st.builds(Ratios, references(), shares, told=references())


def icebergs() -> st.SearchStrategy[Iceberg]:
    """Give what lies under some voiced complaints."""
    return st.builds(Iceberg, st.integers(0, 10**6), ratios())


def depths() -> st.SearchStrategy[Depth]:
    """Give how much lies below, by one figure."""
    parts = st.fractions(0, 1000, max_denominator=99)
    return st.builds(Depth, parts, parts.map(lambda more: more + 1000), references())
