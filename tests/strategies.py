"""Strategies for the laws: complaints, histories that the flow allows, surveys, samples."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from attrs import evolve
from hypothesis import strategies as st

from samples import START, complaint, fix, proposal, step_with
from servicekit.benchmark import Instrument, Scale, Section, Statement
from servicekit.complaint import Channel, Complaint, Customer, Dissatisfaction, Subject
from servicekit.errors import FlowError
from servicekit.inference import Sample
from servicekit.money import Money
from servicekit.resolution import (
    TRANSITIONS,
    Acknowledgement,
    Basis,
    Case,
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

TEXT_CHARACTERS = st.characters(exclude_categories=["Cs"])

texts = st.text(TEXT_CHARACTERS, min_size=1, max_size=8).filter(lambda text: not text.isspace())
"""Text that is not blank; shrinks to "0"."""

names = st.sampled_from(["Mika", "Salla", "Ö"])

some_texts = st.lists(texts, min_size=1, max_size=3).map(tuple)

offsets = st.sampled_from([
    UTC,
    timezone(timedelta(hours=3)),
    timezone(timedelta(hours=-9, minutes=-30)),
    timezone(timedelta(hours=5, minutes=45)),
    timezone(timedelta(hours=1, minutes=19, seconds=32)),
])  # fmt: skip

instants = st.builds(
    lambda at, zone: at.replace(tzinfo=UTC).astimezone(zone),
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)),  # noqa: DTZ001 - made aware above
    offsets,
)
"""Aware instants in several offsets; they shrink to the first of 2000."""

pauses = st.one_of(st.just(timedelta(0)), st.timedeltas(timedelta(0), timedelta(days=40)))
"""Time between two steps, often none."""

moneys = st.builds(
    Money,
    st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=3),
    st.sampled_from(["EUR", "GBP", "JPY"]),
)
amounts = st.builds(Money, st.decimals(0, 10**6, places=2), st.sampled_from(["EUR", "GBP", "JPY"]))
"""Money that is not below zero; shrinks to 0 EUR."""

languages = st.sampled_from([None, "fi", "en-GB", "zh-Hant-TW"])
customers = st.builds(
    Customer,
    texts,
    st.none() | texts,
    phone=st.none() | texts,
    email=st.none() | texts,
    language=languages,
)
subjects = st.builds(Subject, texts, st.none() | texts, policy=st.none() | texts)
complaints = st.builds(
    Complaint,
    texts,
    customers,
    channel=st.sampled_from(Channel),
    received_at=instants,
    received_by=texts,
    concern=texts,
    category=st.none() | texts,
    causes=st.frozensets(st.sampled_from(Dissatisfaction)),
    remedy_sought=st.none() | texts,
    on_behalf_of=st.none() | customers,
    about=st.none() | subjects,
)
"""Complaints with any of what may be known; they shrink to what must be."""

KEYS = ("call", "visit", "letter")

_LATER = st.timedeltas(timedelta(0), timedelta(days=60))


def _steps_at_start() -> st.SearchStrategy[Step]:
    at = START
    said = {"at": st.just(at), "by": names}
    solutions = st.builds(
        Solution, texts, texts, promised_by=st.none() | _LATER.map(lambda wait: at + wait)
    )
    return st.one_of(
        st.builds(Understanding, some_texts, texts, confirmed=st.booleans(), **said),
        st.builds(
            Cause,
            texts,
            texts,
            problem=texts,
            responsible=st.sampled_from(Responsible),
            escaped_because=st.none() | texts,
            key=st.none() | texts,
            **said,
        ),
        st.builds(
            Proposal,
            st.none() | texts,
            st.lists(solutions, min_size=1, max_size=3),
            accepted=st.booleans(),
            **said,
        ),
        st.builds(Fix, some_texts, texts, compensation=st.lists(amounts, max_size=3), **said),
        st.builds(FollowUp, st.none() | st.booleans(), st.text(TEXT_CHARACTERS), **said),
        st.builds(Closure, st.sampled_from(Basis), st.text(TEXT_CHARACTERS), **said),
        st.builds(Reopening, texts, **said),
        st.builds(Acknowledgement, st.booleans(), **said),
        st.builds(
            Promise,
            st.sampled_from(KEYS) | texts,
            texts,
            due=_LATER.map(lambda wait: at + wait),
            replaces=st.none() | st.sampled_from(KEYS),
            in_writing=st.booleans(),
            **said,
        ),
        st.builds(PromiseKept, st.sampled_from(KEYS), **said),
        st.builds(Escalation, texts, texts, **said),
        st.builds(Goodwill, texts, st.none() | amounts, **said),
        st.builds(Prevention, texts, **said),
        st.builds(Note, texts, **said),
        st.builds(Correction, st.integers(0, 12), texts, **said),
    )


_STEPS: Final = _steps_at_start()  # made once: making strategies costs more than drawing


def steps_at(at: datetime) -> st.SearchStrategy[Step]:
    """Give any step taken at an instant, legal or not; shrinks to a confirmed understanding."""
    return _STEPS.map(lambda step: moved(step, at))


def moved(step: Step, at: datetime) -> Step:
    """Take a step of the start at another instant, with all that it promises."""
    match step:
        case Promise():
            return evolve(step, at=at, due=at + (step.due - START))
        case Proposal():
            return evolve(step, at=at, solutions=[_later(each, at) for each in step.solutions])
        case _:
            return evolve(step, at=at)


def _later(solution: Solution, at: datetime) -> Solution:
    due = solution.promised_by
    return solution if due is None else evolve(solution, promised_by=at + (due - START))


steps = st.builds(moved, _STEPS, instants)
"""Any step at any instant."""


def fits(case: Case, step: Step) -> bool:
    """Say whether a case can be advanced by a step."""
    try:
        case.advance(step)
    except FlowError:
        return False
    return True


_DUE = st.none() | _LATER.map(lambda wait: START + wait)
_MOVES: Final = {outcome: st.just(step_with(outcome, 0)) for outcome in Outcome} | {
    Outcome.ACCEPTED: st.builds(proposal, st.just(0), due=_DUE),
    Outcome.FIXED: st.builds(fix, st.just(0), amounts),
}
ALLOWED: Final = {stage: sorted(row) for stage, row in TRANSITIONS.items()}


@st.composite
def histories(draw: st.DrawFn, *, max_size: int = 14) -> Case:
    """Give cases that walk `TRANSITIONS`, with steps of every kind in between.

    They shrink to a fresh case.
    """
    case = Case(complaint())
    at = START
    for _ in range(draw(st.integers(0, max_size))):
        at += draw(pauses)
        if draw(st.booleans()):
            outcome = draw(st.sampled_from(ALLOWED[case.stage]))
            case = case.advance(moved(draw(_MOVES[outcome]), at.astimezone(draw(offsets))))
        else:
            step = draw(steps_at(at))
            if fits(case, step):
                case = case.advance(step)
    return case


cases = histories()


def instants_around(case: Case) -> st.SearchStrategy[datetime]:
    """Give instants before, at, between and after the steps of a case."""
    known: Sequence[datetime] = [START, *(step.at for step in case.steps)]
    nudges = st.sampled_from([timedelta(microseconds=-1), timedelta(0), timedelta(microseconds=1)])
    near = st.builds(lambda at, nudge: at + nudge, st.sampled_from(known), nudges)
    return near | st.timedeltas(timedelta(-1), timedelta(400)).map(lambda wait: START + wait)


@st.composite
def instruments(draw):
    """Draw any instrument of a few sections with reverse statements, shrinking to one statement."""
    low = draw(st.integers(-3, 3))
    scale = Scale(low, low + draw(st.integers(1, 12)))
    sizes = draw(st.lists(st.integers(1, 6), min_size=1, max_size=5))
    sections = [
        Section(
            f"s{at}",
            {"en": "s"},
            statements=[
                Statement(f"q{at}_{place}", {"en": "q"}, reverse=draw(st.booleans()))
                for place in range(size)
            ],
        )
        for at, size in enumerate(sizes)
    ]
    return Instrument("i", {"en": "i"}, scale=scale, sections=sections)


@st.composite
def surveys(draw):
    """Draw an instrument and complete answers to it."""
    instrument = draw(instruments())
    rating = st.integers(instrument.scale.low, instrument.scale.high)
    keys = [statement.key for statement in instrument.statements]
    return instrument, draw(
        st.lists(st.fixed_dictionaries(dict.fromkeys(keys, rating)), min_size=1)
    )


exact = st.fractions() | st.integers() | st.floats(-1e150, 1e150)
samples = st.builds(Sample, st.integers(2, 10**12), exact, variance=exact.map(abs))
"""Samples of any numbers that are small enough, shrinking to a whole mean of 0."""
