"""Groups: which rows of a chunk belong together."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import accumulate, chain, pairwise
from operator import itemgetter
from types import NoneType
from typing import Any, Final

from attrs import frozen

from servicekit.kpi._chunk import Chunk
from servicekit.kpi._numbers import label
from servicekit.kpi._period import Period, labels

__all__ = ["ALL", "Arrangement", "By", "arrangement"]

By = str | Period
"""What rows are grouped by: a column, or a calendar period."""

_Span = tuple[int, int]
"""The rows of one group, once arranged: from the first to before the last."""

ALL: Final = ()
"""The group of all rows, where nothing was asked."""


@frozen
class Arrangement:
    """The groups of a chunk, and how what was computed of its rows is put together by group.

    Results are moved rather than rows or columns, for they are small: what a processor reads one
    after the other it reads many times faster than what is scattered over memory.
    """

    groups: tuple[Hashable, ...]
    spans: tuple[_Span, ...]
    _arrange: Callable[[Any], Sequence[Any]] | None = None

    def states(self, states: bytes) -> bytes:
        """Arrange a byte per row."""
        if self._arrange is None or states == states[:1] * len(states):
            return states
        return bytes(self._arrange(states))

    def values(self, values: Sequence[int | None]) -> Sequence[int | None]:
        """Arrange a number per row."""
        return self._arrange(values) if self._arrange else values


def arrangement(chunk: Chunk, by: Sequence[By], *, single: bool) -> Arrangement:
    """Find the groups of a chunk; a single ``by`` names them itself, several do so in tuples."""
    if not by:
        return Arrangement((ALL,), ((0, chunk.size),))
    named = [_labels(chunk, one) for one in by]
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, group in enumerate(named[0] if single else zip(*named, strict=True)):
        places[group].append(place)
    order = itemgetter(*chain.from_iterable(places.values())) if len(places) > 1 else None
    ends = accumulate(map(len, places.values()), initial=0)
    return Arrangement(tuple(places), tuple(pairwise(ends)), order)


def _labels(chunk: Chunk, by: By) -> Iterable[Hashable]:
    if isinstance(by, Period):
        return labels(by, chunk)
    given = chunk.column(by)
    plain = set(map(type, given)) <= {str, int, bool, NoneType}
    return given if plain else map(label, given)
