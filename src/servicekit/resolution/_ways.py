"""Where a history leads when any step of it may be taken out or put back.

Reading a history anew for each correction would take the square of its length. Each outcome is a
way from every stage to another one, or nowhere; ways put one after the other are a way again. A
tree of them, over the positions of the steps, says after a change of one step where all lead.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from servicekit.resolution._flow import TRANSITIONS, Outcome, Stage

__all__ = ["Ways"]

_STAGES: Final = tuple(Stage)
_NOWHERE: Final = len(_STAGES)
_STAY: Final = bytes(range(_NOWHERE + 1))


def _way(outcome: Outcome) -> bytes:
    there = (TRANSITIONS[stage].get(outcome) for stage in _STAGES)
    return bytes([*(_NOWHERE if to is None else _STAGES.index(to) for to in there), _NOWHERE])


_WAYS: Final = {None: _STAY} | {outcome: _way(outcome) for outcome in Outcome}


@lru_cache(maxsize=2**14)  # there are few ways, and ever the same ones meet
def _then(first: bytes, second: bytes) -> bytes:
    return bytes([second[there] for there in first])


class Ways:
    """The ways of a history, by the positions of its steps; None for what moves nothing."""

    def __init__(self, outcomes: Sequence[Outcome | None]) -> None:
        self._size = 1 << max(len(outcomes) - 1, 0).bit_length()
        leaves = [_WAYS[outcome] for outcome in outcomes]
        spare = [_STAY] * (self._size - len(leaves))
        self._tree = [_STAY] * self._size + leaves + spare
        for node in range(self._size - 1, 0, -1):
            self._join(node)

    def __setitem__(self, position: int, outcome: Outcome | None) -> None:
        node = self._size + position
        self._tree[node] = _WAYS[outcome]
        while node := node // 2:
            self._join(node)

    def _join(self, node: int) -> None:
        self._tree[node] = _then(self._tree[2 * node], self._tree[2 * node + 1])

    @property
    def end(self) -> Stage | None:
        """The stage that a history leads to; None where some step of it is not possible."""
        end = self._tree[1][_STAGES.index(Stage.RECEIVED)]
        return None if end == _NOWHERE else _STAGES[end]
