"""From rows to tallies: which rows count for a measure, and what they bring to it."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, compress, pairwise, repeat
from operator import is_not, mul
from typing import Any, Final, NamedTuple, assert_never, cast

from servicekit.kpi._arrangement import Arrangement
from servicekit.kpi._chunk import FALSE, TRUE, UNKNOWN, Chunk, either, every
from servicekit.kpi._expressions import Condition, Quantity
from servicekit.kpi._measures import Count, Mean, Measure, Percentile, Ratio, Share, Total
from servicekit.kpi._numbers import Numbers
from servicekit.kpi._tally import Run, Tally, run_of

__all__ = ["intake", "tallies"]

_OUT: Final = 0
_UNSURE: Final = 1
_OPEN: Final = 2
_NO: Final = 3
_YES: Final = 4


def _state(code: int) -> int:
    """Say what becomes of a row, from the truth of what is asked and among whom, and the windows.

    Bits 0-1 are the truth of the condition, 2-3 that of being among those asked, 4 says that a
    window of the former is open, 5 one of the latter.
    """
    truth, among = code & 3, code >> 2 & 3
    if code & 32:
        return _OPEN
    if among != TRUE:
        return _OUT if among == FALSE else _UNSURE
    if code & 16:
        return _OPEN
    return {TRUE: _YES, FALSE: _NO}.get(truth, _UNSURE)


_STATES: Final = bytes(map(_state, range(256)))
_STATES_OF_ALL: Final = bytes(_state(code | TRUE << 2) for code in range(256))
"""The same where every row is among those asked."""


def _both(code: int) -> int:
    """Say what becomes of a row of which two things are asked: bits 0-2 and 3-5 are its states."""
    states = {code & 7, code >> 3}
    if _OPEN in states:
        return _OPEN
    if _UNSURE in states:
        return _UNSURE
    return _OUT if states == {_OUT} else _YES


_BOTH: Final = bytes(map(_both, range(256)))
_CHOSEN: Final = bytes(state == _YES for state in range(256))
_AS_TRUTH: Final = bytes([UNKNOWN, TRUE]) + bytes(254)


def intake(measure: Measure) -> Hashable:
    """Give what two measures share if they take the same from every row."""
    match measure:
        case Percentile(of, _, among=among):
            return (Percentile, of, among)
        case _:
            return measure


def tallies(measure: Measure, chunk: Chunk, arranged: Arrangement) -> Iterable[Tally]:
    """Take a chunk in for a measure: one tally for each group of it."""
    match measure:
        case Count(of):
            return _counted(_states(chunk, of, None), arranged)
        case Share(of, among):
            return _counted(_states(chunk, of, among), arranged)
        case Total() | Mean() | Percentile():
            return _gathered(measure, chunk, arranged)
        case Ratio():
            return _divided(measure, chunk, arranged)
        case _:
            assert_never(measure)


def _states(chunk: Chunk, of: Condition | Quantity | None, among: Condition | None) -> bytes:
    """Say of each row whether it is asked and what it says: yes, no, unsure, still open, out."""
    return chunk.once(("states", of, among), lambda: _combined(chunk, of, among))


def _combined(chunk: Chunk, of: Condition | Quantity | None, among: Condition | None) -> bytes:
    layers = [(_truth(chunk, of), 0), (chunk.still_open(of), 4)]
    if among is not None:
        layers += [(chunk.truth(among), 2), (chunk.still_open(among), 5)]
    there = [_shifted(layer, bits) for layer, bits in layers if layer is not None]
    table = _STATES_OF_ALL if among is None else _STATES
    return either(there, chunk.size).translate(table)


def _shifted(states: bytes, bits: int) -> bytes:
    """Shift the bits of every row, which leave room for that."""
    return (int.from_bytes(states, "little") << bits).to_bytes(len(states), "little")


def _truth(chunk: Chunk, of: Condition | Quantity | None) -> bytes:
    if isinstance(of, Condition):
        return chunk.truth(of)
    if of is None or not (numbers := chunk.numbers(of)).gaps:
        return bytes([TRUE]) * chunk.size
    return bytes(map(is_not, numbers.values, repeat(None))).translate(_AS_TRUTH)


class _Counts(NamedTuple):
    """How many rows of each group count, split by what they say, and how many cannot."""

    yes: list[int]
    no: list[int]
    unsure: list[int]
    still_open: list[int]


def _counts(states: bytes, arranged: Arrangement) -> _Counts:
    """Count by group; the states have been arranged."""
    spans = arranged.spans
    return _Counts(
        *(
            [states.count(state, *span) for span in spans] if state in states else [0] * len(spans)
            for state in (_YES, _NO, _UNSURE, _OPEN)
        )
    )


def _counted(states: bytes, arranged: Arrangement) -> Iterator[Tally]:
    rows = zip(*_counts(arranged.states(states), arranged), strict=True)
    return (Tally(yes + no, unsure, waiting, yes, yes + no) for yes, no, unsure, waiting in rows)


class _Taken(NamedTuple):
    """What the rows of a group that count bring: numbers, and which of them are floats."""

    values: Sequence[int]
    per: int
    floats: bytes | None

    @property
    def exact(self) -> bool:
        """Whether no float is among them."""
        return not self.floats or 1 not in self.floats

    def total(self) -> int:
        """Add them up."""
        return sum(self.values)

    def squares(self) -> int:
        """Add up their squares."""
        return sum(map(mul, self.values, self.values))

    def runs(self) -> tuple[Run, ...]:
        """Keep them."""
        if not self.values:
            return ()
        only_floats = self.floats is not None and 0 not in self.floats
        return (run_of(self.values, self.per, floats=only_floats),)


def _taken(
    numbers: Numbers, states: bytes, arranged: Arrangement, ns: Iterable[int]
) -> list[_Taken]:
    """Give the numbers of the rows that count, group by group; the states have been arranged."""
    chosen = states.translate(_CHOSEN)
    values = cast("list[int]", list(compress(arranged.values(numbers.values), chosen)))
    floats = numbers.floats and bytes(compress(arranged.states(numbers.floats), chosen))
    return [
        _Taken(values[start:end], numbers.per, floats and floats[start:end])
        for start, end in pairwise(accumulate(ns, initial=0))
    ]


def _all_known(numbers: Numbers, arranged: Arrangement) -> tuple[_Counts, list[_Taken]]:
    """Give what `_counts` and `_taken` do where all rows are asked: the shorter way."""
    values = arranged.values(numbers.values)
    groups = [values[start:end] for start, end in arranged.spans]
    known = [[value for value in group if value is not None] for group in groups]
    ns, none = list(map(len, known)), [0] * len(groups)
    unknown = [len(group) - n for group, n in zip(groups, ns, strict=True)]
    return _Counts(ns, none, unknown, none), [_Taken(one, numbers.per, None) for one in known]


_Gather = Callable[[_Taken], dict[str, Any]]
_GATHERED: Final[Mapping[type[Total | Mean | Percentile], _Gather]] = {
    Total: lambda taken: {"top": taken.total()},
    Mean: lambda taken: {"top": taken.total(), "squares": taken.squares()},
    Percentile: lambda taken: {"runs": taken.runs()},
}


def _gathered(
    measure: Total | Mean | Percentile, chunk: Chunk, arranged: Arrangement
) -> Iterator[Tally]:
    of, among = measure.of, measure.among

    def compute() -> tuple[_Counts, list[_Taken]]:
        numbers = chunk.numbers(of)
        if among is None and numbers.floats is None:
            return _all_known(numbers, arranged)
        states = arranged.states(_states(chunk, of, among))
        counts = _counts(states, arranged)
        return counts, _taken(numbers, states, arranged, counts.yes)

    counts, taken = chunk.once(("taken", of, among), compute)
    gather = _GATHERED[type(measure)]
    rows = zip(taken, counts.yes, counts.unsure, counts.still_open, strict=True)
    return (
        Tally(n, unsure, waiting, bottom=n, per=one.per, exact=one.exact, **gather(one))
        for one, n, unsure, waiting in rows
    )


def _divided(ratio: Ratio, chunk: Chunk, arranged: Arrangement) -> Iterator[Tally]:
    (of_states, of), (to_states, to) = _side(chunk, ratio.of), _side(chunk, ratio.to)
    both = either([of_states, _shifted(to_states, 3)], chunk.size).translate(_BOTH)
    states = arranged.states(both)
    counts = _counts(states, arranged)
    tops, bottoms = (_taken(side, states, arranged, counts.yes) for side in (of, to))
    rows = zip(tops, bottoms, counts.yes, counts.unsure, counts.still_open, strict=True)
    return (
        Tally(
            n,
            unsure,
            waiting,
            top.total(),
            bottom.total(),
            per=top.per,
            bottom_per=bottom.per,
            exact=top.exact and bottom.exact,
        )
        for top, bottom, n, unsure, waiting in rows
    )


def _side(chunk: Chunk, side: Count | Total) -> tuple[bytes, Numbers]:
    """Give what each row brings to one side of a ratio: nothing, where it is not asked."""
    among = side.among if isinstance(side, Total) else None
    states = _states(chunk, side.of, among)
    chosen = states.translate(_CHOSEN)
    if isinstance(side, Count):
        return states, Numbers(list(chosen), 1)
    numbers = chunk.numbers(side.of)
    if among is None:
        return states, numbers
    values, per, floats, _ = numbers
    brought = [value if yes else 0 for value, yes in zip(values, chosen, strict=True)]
    return states, Numbers(brought, per, floats and every([floats, chosen], chunk.size))
