"""Groups: which rows of a chunk belong together."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import chain
from operator import itemgetter
from types import NoneType
from typing import Any, Final

from attrs import frozen

from servicekit.kpi._chunk import Chunk
from servicekit.kpi._numbers import label
from servicekit.kpi._period import Period, labels

__all__ = ["ALL", "Arrangement", "By", "Span", "arrangement"]

By = str | Period
"""What rows are grouped by: a column, or a calendar period."""

Span = tuple[int, int]
"""The rows of one group, once arranged: from the first to before the last."""

ALL: Final = ()
"""The group of all rows, where nothing was asked."""


@frozen
class Arrangement:
    """How to bring what was computed of the rows of a chunk together by group."""

    spans: dict[Hashable, Span]
    _arrange: Callable[[Any], Sequence[Any]] | None

    def states(self, states: bytes) -> bytes:
        """Arrange a byte per row."""
        if self._arrange is None or states == states[:1] * len(states):
            return states
        return bytes(self._arrange(states))

    def values(self, values: Sequence[int | None]) -> Sequence[int | None]:
        """Arrange a number per row."""
        return self._arrange(values) if self._arrange else values


def arrangement(chunk: Chunk, by: Sequence[By], *, single: bool) -> Arrangement:
    """Find the groups of a chunk, each with its rows; a single ``by`` names them itself."""
    if not by:
        return Arrangement({ALL: (0, chunk.size)}, None)
    named = [_labels(chunk, one) for one in by]
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, group in enumerate(named[0] if single else zip(*named, strict=True)):
        places[group].append(place)
    spans: dict[Hashable, Span] = {}
    start = 0
    for group, members in places.items():
        spans[group] = (start, start := start + len(members))
    together = chain.from_iterable(places.values())
    return Arrangement(spans, itemgetter(*together) if len(spans) > 1 else None)


def _labels(chunk: Chunk, by: By) -> Iterable[Hashable]:
    if isinstance(by, Period):
        return labels(by, chunk)
    given = chunk.column(by)
    plain = set(map(type, given)) <= {str, int, bool, NoneType}
    return given if plain else map(label, given)
