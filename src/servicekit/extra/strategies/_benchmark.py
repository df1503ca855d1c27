"""Instruments, answers to them, and what they come to."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final, Literal

from hypothesis import strategies as st

from servicekit.benchmark import (
    Answers,
    Band,
    Comparison,
    Instrument,
    Scale,
    Score,
    Section,
    Statement,
    Summary,
    compare,
    score,
    summarize,
)
from servicekit.extra.strategies._texts import LANGUAGES, TEXTS, wordings
from servicekit.extra.strategies._times import INSTANTS

__all__ = ["answers", "comparisons", "instruments", "scales", "scores", "summaries"]

_FEW: Final = 4
_SIXTIETHS: Final = 60
_ROLES: Final = st.none() | st.sampled_from(["owner", "employee", "customer"])


def _scale(low: int, steps: int) -> Scale:
    return Scale(low, low + steps)


def scales() -> st.SearchStrategy[Scale]:
    """Give scales of up to thirteen ratings, from below zero or above; they shrink to 0 and 1."""
    return st.builds(_scale, st.integers(-3, 3), st.integers(1, 12))


@st.composite
def instruments(draw: st.DrawFn) -> Instrument:
    """Give questionnaires of a few sections, with reverse statements, bands and languages.

    They shrink to a single statement on a scale from 0 to 1, without bands, in English.
    """
    said = wordings(draw(st.lists(LANGUAGES, min_size=1, max_size=3, unique=True)))
    scale = draw(scales())
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=_FEW))
    sections = [draw(_section(number, size, said)) for number, size in enumerate(sizes)]
    return Instrument(
        draw(TEXTS),
        draw(said),
        scale,
        sections,
        draw(_bands(len(sections) * scale.low, len(sections) * scale.high, said)),
        draw(st.none() | TEXTS),
    )


def _section(number: int, size: int, said: st.SearchStrategy[Any]) -> st.SearchStrategy[Section]:
    statements = [
        st.builds(Statement, st.just(f"q{number}_{place}"), said, reverse=st.booleans())
        for place in range(size)
    ]
    return st.builds(Section, st.just(f"s{number}"), said, st.tuples(*statements))


@st.composite
def _bands(draw: st.DrawFn, lowest: int, highest: int, said: st.SearchStrategy[Any]) -> list[Band]:
    """Give bands in order, each one within reach; or none."""
    steps = st.integers(1, (highest - lowest) * _SIXTIETHS)
    above = draw(st.none() | st.sets(steps, max_size=_FEW))
    if above is None:
        return []
    floors = [None, *(lowest + Fraction(step, _SIXTIETHS) for step in sorted(above))]
    return [
        Band(f"b{number}", draw(said), draw(said), at_least=floor)
        for number, floor in enumerate(floors)
    ]


def answers(
    instrument: Instrument | None = None, *, gaps: bool = False
) -> st.SearchStrategy[Answers]:
    """Give answers to an instrument, or each to one of its own; with ``gaps`` some are missing.

    They shrink to the lowest ratings, and with gaps to no answer.

    >>> from hypothesis import find
    >>> from servicekit.benchmark import score
    >>> from servicekit.catalogue.helpfulness import HELPFULNESS
    >>> best = find(answers(HELPFULNESS), lambda given: score(HELPFULNESS, given).total >= 8)
    >>> score(HELPFULNESS, best).total
    Fraction(8, 1)
    """
    if instrument is None:
        return instruments().flatmap(_to_any_with_gaps if gaps else _to_any)
    rating = st.sampled_from(instrument.scale.values)
    rated = {statement.key: rating for statement in instrument.statements}
    kept = st.fixed_dictionaries({}, optional=rated) if gaps else st.fixed_dictionaries(rated)
    return st.builds(Answers, kept, st.none() | TEXTS, role=_ROLES, at=st.none() | INSTANTS)


def _to_any(instrument: Instrument) -> st.SearchStrategy[Answers]:
    return answers(instrument)


def _to_any_with_gaps(instrument: Instrument) -> st.SearchStrategy[Answers]:
    return answers(instrument, gaps=True)


_Rule = Literal["refuse", "prorate", "omit"]
_RULES: Final[Sequence[_Rule]] = ("refuse", "prorate", "omit")


@st.composite
def scores(draw: st.DrawFn, instrument: Instrument | None = None) -> Score:
    """Give scores by an instrument, or by any, complete or with gaps under either rule."""
    by = draw(instruments()) if instrument is None else instrument
    rule = draw(st.sampled_from(_RULES))
    return score(by, draw(answers(by, gaps=rule != "refuse")), missing=rule)


@st.composite
def summaries(
    draw: st.DrawFn, instrument: Instrument | None = None, *, at_least: int = 0
) -> Summary:
    """Give summaries of a few answers to an instrument, or to any; they shrink to nobody's.

    There are ``at_least`` so many answers.
    """
    by = draw(instruments()) if instrument is None else instrument
    rule = draw(st.sampled_from(_RULES))
    many = st.lists(answers(by, gaps=rule != "refuse"), min_size=at_least, max_size=_FEW)
    return summarize(by, draw(many), missing=rule)


@st.composite
def comparisons(draw: st.DrawFn, instrument: Instrument | None = None) -> Comparison:
    """Give comparisons of two groups who answered the same instrument."""
    by = draw(instruments()) if instrument is None else instrument
    sides = st.lists(answers(by), max_size=_FEW)
    return compare(summarize(by, draw(sides)), summarize(by, draw(sides)))
