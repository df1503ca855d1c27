"""Cases: histories that walk the flow, and the steps that may come next, or may not."""

from collections import deque
from collections.abc import Callable
from datetime import timedelta, timezone
from functools import partial
from typing import Final

from hypothesis import strategies as st

from servicekit.complaint import Complaint
from servicekit.errors import FlowError
from servicekit.extra.strategies._complaints import complaints as any_complaints
from servicekit.extra.strategies._steps import (
    ADDING,
    COMING_TO,
    PROMISES,
    Promised,
    Taken,
    correcting,
    keeping,
    promising,
    steps,
)
from servicekit.extra.strategies._texts import TEXTS
from servicekit.extra.strategies._times import LATER, OFFSETS, WAITS, last_of
from servicekit.resolution import (
    TRANSITIONS,
    Case,
    Correction,
    Outcome,
    Promise,
    PromiseState,
    Stage,
    Step,
)

__all__ = ["cases", "impossible_steps", "next_steps", "promise_states", "with_promise"]

_LONGEST: Final = 10
"""How many steps a case wanders before it takes the shortest way to its stage."""


@st.composite
def cases(
    draw: st.DrawFn,
    stage: Stage | None = None,
    *,
    complaints: st.SearchStrategy[Complaint] | None = None,
) -> Case:
    """Give cases that stand at a stage, or at any, with steps of every kind on the way there.

    They shrink to the shortest history that leads to the stage; without one to a fresh case. Every
    stage is as likely as any other. The complaints may be your own.

    >>> from hypothesis import find
    >>> case = find(cases(Stage.AGREED), lambda case: True)
    >>> [type(step).__name__ for step in case.steps]
    ['Understanding', 'Cause', 'Proposal']
    """
    end = draw(st.sampled_from(Stage)) if stage is None else stage
    case = Case(draw(any_complaints() if complaints is None else complaints))
    for _ in range(draw(st.integers(0, _LONGEST))):
        case = case.advance(draw(next_steps(case)))
    for outcome in _shortest_way(case.stage, end):
        case = case.advance(draw(_later(case, draw(COMING_TO[outcome]))))
    return case


def _shortest_way(here: Stage, end: Stage) -> tuple[Outcome, ...]:
    """Give the outcomes on the shortest way from one stage to another."""
    ways: deque[tuple[Stage, tuple[Outcome, ...]]] = deque([(here, ())])
    while True:  # every stage leads to every other one
        there, way = ways.popleft()
        if there is end:
            return way
        ways += ((stage, (*way, outcome)) for outcome, stage in TRANSITIONS[there].items())


@st.composite
def next_steps(draw: st.DrawFn, case: Case) -> Step:
    """Give steps that a case can take next, of every kind; half of them move it.

    They shrink to an acknowledgement at the instant of the last step.
    """
    if draw(st.booleans()):
        return draw(_later(case, draw(_MOVES[case.stage])))
    adding = draw(st.sampled_from(_kinds(case)))
    return draw(_later(case, adding(draw, case)))


_MOVES: Final = {
    stage: st.one_of([COMING_TO[outcome] for outcome in row]) for stage, row in TRANSITIONS.items()
}
"""The steps that move a case from each stage."""


def _later(case: Case, take: Taken) -> st.SearchStrategy[Step]:
    """Give a step taken some time after the last one, or at the same instant."""
    return st.builds(partial(_after, case, take), WAITS, OFFSETS)


def _after(case: Case, take: Taken, wait: timedelta, offset: timezone) -> Step:
    return take((last_of(case) + wait).astimezone(offset))


_Adding = Callable[[st.DrawFn, Case], Taken]


def _kinds(case: Case) -> list[_Adding]:
    """Say what may be added to a case."""
    kinds: list[_Adding] = [_anything, _promise]
    if case.steps:
        kinds.append(_correction)
    if _keys(case, still_open=True):
        kinds += [_promise_kept, _promise_renewed]
    return kinds


def _anything(draw: st.DrawFn, _: Case) -> Taken:
    taken: Taken = draw(ADDING)
    return taken


def _promise(draw: st.DrawFn, case: Case) -> Taken:
    return draw(PROMISES)(_unused(case, draw(TEXTS)), None)


def _promise_renewed(draw: st.DrawFn, case: Case) -> Taken:
    replaced = draw(st.sampled_from(_keys(case, still_open=True)))
    return draw(PROMISES)(_unused(case, draw(TEXTS)), replaced)


def _promise_kept(draw: st.DrawFn, case: Case) -> Taken:
    return draw(keeping(st.sampled_from(_keys(case, still_open=True))))


def _correction(draw: st.DrawFn, case: Case) -> Taken:
    return draw(correcting(st.sampled_from(_annullable(case))))


def _unused(case: Case, key: str) -> str:
    """Make a key one that no promise has had, not even one that was annulled and may come back."""
    used = {step.key for step in case.steps if isinstance(step, Promise)}
    return max(used, key=len) + key if key in used else key


def _keys(case: Case, *, still_open: bool) -> list[str]:
    """Give the keys of the promises that count, or of those of them that are still open."""
    return [
        state.key
        for state in case.promises(last_of(case))
        if state.key is not None and not (still_open and (state.kept_at or state.replaced_at))
    ]


def _annullable(case: Case) -> list[int]:
    """Give the positions of the steps that may be annulled now; the last one always may."""
    wrong = partial(Correction, reason="-", at=last_of(case), by="-")
    return [position for position in range(len(case.steps)) if _fits(case, wrong(position))]


def _fits(case: Case, step: Step) -> bool:
    try:
        case.advance(step)
    except FlowError:
        return False
    return True


def impossible_steps(case: Case) -> st.SearchStrategy[Step]:
    """Give steps that a case cannot take now, though each for itself is as good as any.

    They come out of turn or before the last step, keep a promise that was never made, make one
    twice, or correct what is not there: your app has to refuse them all. They shrink to a note
    just before the last step.
    """
    out_of_turn = [COMING_TO[outcome] for outcome in Outcome if outcome not in case.allowed]
    nowhere = st.integers(len(case.steps), len(case.steps) + 9)
    unfit = [*out_of_turn, correcting(nowhere), keeping(TEXTS.map(partial(_unused, case)))]
    if keys := _keys(case, still_open=False):
        unfit.append(promising(st.sampled_from(keys), st.none()))
    earlier = st.timedeltas(timedelta(microseconds=1), timedelta(days=60))
    too_early = steps(at=earlier.map(lambda wait: last_of(case) - wait))
    return too_early | st.one_of(unfit).flatmap(partial(_later, case))


def with_promise(case: Case) -> st.SearchStrategy[Case]:
    """Give a case with one more promise."""
    promises = st.builds(_promise_of, PROMISES, TEXTS.map(partial(_unused, case)))
    return promises.flatmap(partial(_later, case)).map(case.advance)


def _promise_of(promise: Promised, key: str) -> Taken:
    return promise(key, None)


def promise_states() -> st.SearchStrategy[PromiseState]:
    """Give promises as they stood at some instant; they shrink to one made at that instant."""
    return st.builds(_promises, cases().flatmap(with_promise), LATER).flatmap(st.sampled_from)


def _promises(case: Case, wait: timedelta) -> tuple[PromiseState, ...]:
    return case.promises(last_of(case) + wait)
