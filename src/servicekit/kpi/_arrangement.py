"""Groups: which rows of a chunk belong together."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import accumulate, chain, pairwise
from types import NoneType
from typing import Final

from servicekit.kpi._chunk import Chunk
from servicekit.kpi._numbers import label
from servicekit.kpi._period import Period, labels

__all__ = ["ALL", "By", "Span", "arrange"]

By = str | Period
"""What rows are grouped by: a column, or a calendar period."""

Span = tuple[int, int]
"""The rows of one group, once arranged: from the first to before the last."""

ALL: Final = ()
"""The group of all rows, where nothing was asked."""


def arrange(chunk: Chunk, by: Sequence[By], *, single: bool) -> dict[Hashable, Span]:
    """Bring the rows of a chunk together by group; a single ``by`` names the groups itself."""
    if not by:
        return {ALL: (0, chunk.size)}
    named = [_labels(chunk, one) for one in by]
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, group in enumerate(named[0] if single else zip(*named, strict=True)):
        places[group].append(place)
    if len(places) > 1:
        chunk.arrange(list(chain.from_iterable(places.values())))
    ends = accumulate(map(len, places.values()), initial=0)
    return dict(zip(places, pairwise(ends), strict=True))


def _labels(chunk: Chunk, by: By) -> Iterable[Hashable]:
    if isinstance(by, Period):
        return labels(by, chunk)
    given = chunk.column(by)
    plain = set(map(type, given)) <= {str, int, bool, NoneType}
    return given if plain else map(label, given)
