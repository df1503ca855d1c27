"""A ranking: signals, by what they are ranked, and all that follows from it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any, Final

import attrs
from attrs import field, frozen

from servicekit._instants import instant_or_none
from servicekit._rules import INSTANT_OR_NONE, TEXT_OR_NONE, Rule, each, is_a
from servicekit._tables import NOTHING, Line, Table, Tabled, rounded
from servicekit._values import Value, refuse, several, unchanged_when
from servicekit.kpi._written import Exact
from servicekit.problems._impact import IMPACTS, NO_IMPACTS, impacts
from servicekit.problems._signal import Signal
from servicekit.problems._sorting import Grouping, Sorting
from servicekit.problems._standing import Apart, Standing
from servicekit.problems._taxonomy import Taxonomy
from servicekit.problems._weighing import Weight, clearly_ahead, leading, standings, weights

__all__ = ["Ranking", "WithoutSource"]


_SIZE: Final = Rule("{v}.__class__ is int and {v} > 0", "a whole number, 1 or more")


def _signals(values: Signal | list[Signal] | tuple[Signal, ...]) -> tuple[Signal, ...]:
    return several(values)


unchanged_when("{v}.__class__ is tuple", _signals)


@frozen
class WithoutSource:
    """What would be on the first places without what one source tells: ``top``, by its keys.

    ``entering`` are the keys that would come up to them, ``leaving`` those that would drop out.
    """

    source: str
    top: tuple[str, ...]
    entering: tuple[str, ...] = field(kw_only=True)
    leaving: tuple[str, ...] = field(kw_only=True)


@frozen
class Ranking(Tabled, Value):
    """Problems, or policies, by what they come to: frequency times impact.

    It holds the ``signals`` it was made from and by what they were ranked; all else is worked out.
    Signals from before ``since`` or after ``as_of`` do not count. ``impact`` is what a problem
    comes to each time, in ``currency`` where that is money; ``size`` is how many places are asked
    for. See `rank`.
    """

    signals: tuple[Signal, ...] = field(converter=_signals, validator=each(Signal))
    by: Grouping = field(default=Grouping.PROBLEM, kw_only=True, validator=is_a(Grouping))
    impact: Mapping[str, Exact] = field(
        default=NO_IMPACTS, kw_only=True, converter=impacts, validator=IMPACTS
    )
    currency: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    since: datetime | None = field(
        default=None, kw_only=True, converter=instant_or_none, validator=INSTANT_OR_NONE
    )
    as_of: datetime | None = field(
        default=None, kw_only=True, converter=instant_or_none, validator=INSTANT_OR_NONE
    )
    size: int = field(default=3, kw_only=True, validator=_SIZE)
    taxonomy: Taxonomy | None = field(
        default=None, kw_only=True, validator=is_a(Taxonomy, optional=True)
    )
    _weights: Mapping[str, Weight] = field(init=False, eq=False, repr=False)
    _standings: tuple[Standing, ...] = field(init=False, eq=False, repr=False)
    _apart: tuple[Apart, ...] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.since is not None and self.as_of is not None and self.as_of < self.since:
            refuse(self, "as_of", f"an instant not before since, {self.since}")
        sorting = Sorting(
            self.by, self.impact, self.currency is not None, self.taxonomy, self.as_of
        )
        portions, apart = sorting.sort(filter(self._counts, self.signals))
        weighed = weights(portions)
        _set_weights(self, weighed)
        _set_standings(self, standings(weighed, portions))
        _set_apart(self, apart)

    def __reduce__(self) -> tuple[Any, ...]:
        given = [one.name for one in attrs.fields(Ranking) if one.init and one.name != "signals"]
        options = {name: getattr(self, name) for name in given}
        return partial(Ranking, **options), (self.signals,)

    def _counts(self, signal: Signal) -> bool:
        begun = self.since is None or self.since <= signal.at
        return begun and (self.as_of is None or signal.at <= self.as_of)

    @property
    def standings(self) -> tuple[Standing, ...]:
        """All that were ranked, the heaviest first; of equals the first by its key."""
        return self._standings

    @property
    def top(self) -> tuple[Standing, ...]:
        """Those on the first places: more than asked for where the last ones tie.

        What comes to nothing is not among them.
        """
        return tuple(one for one in self._standings if one.place <= self.size and one.score)

    @property
    def contenders(self) -> tuple[Standing, ...]:
        """Those below that are behind the last of the top by no more than noise."""
        top = self.top
        if not top:
            return ()
        last = self._weights[top[-1].key]
        below = self._standings[len(top) :]
        return tuple(one for one in below if not clearly_ahead(last, self._weights[one.key]))

    @property
    def apart(self) -> tuple[Apart, ...]:
        """What was not ranked, why not, and what to ask: the most frequent first."""
        return self._apart

    @property
    def without(self) -> tuple[WithoutSource, ...]:
        """What would be on the first places if a source were left out, for each source."""
        sources = {source for weight in self._weights.values() for source in weight.by_source}
        return tuple(map(self._without, sorted(sources)))

    def _without(self, source: str) -> WithoutSource:
        scores = {key: weight.without(source) for key, weight in self._weights.items()}
        now, then = [one.key for one in self.top], leading(scores, self.size)
        return WithoutSource(
            source,
            then,
            entering=tuple(key for key in then if key not in now),
            leaving=tuple(key for key in now if key not in then),
        )

    def __iter__(self) -> Iterator[Standing]:
        return iter(self._standings)

    def __len__(self) -> int:
        return len(self._standings)

    def _table(self) -> Table:
        return _table(self)


_set_weights: Final = vars(Ranking)["_weights"].__set__
_set_standings: Final = vars(Ranking)["_standings"].__set__
_set_apart: Final = vars(Ranking)["_apart"].__set__


_TITLES: Final[Mapping[Grouping, str]] = {
    Grouping.PROBLEM: "Problem",
    Grouping.WIDEST: "Problem",
    Grouping.POLICY: "Policy",
}
_HEADS: Final = ("Place", "Times", "Comes to", "Share %", "from", "to", "Sum %", "Told by")
_FEW: Final = 5


def _table(ranking: Ranking) -> Table:
    times = sum(one.frequency for one in ranking)
    unit = f", in {ranking.currency}" if ranking.currency else ""
    title = f"{len(ranking)} ranked, {times} occurrences{unit}"
    lines = tuple(map(_line, (*ranking.top, *ranking.contenders)))
    return Table(title, (_TITLES[ranking.by], *_HEADS), lines, tuple(_notes(ranking)))


def _line(one: Standing) -> Line:
    ends = (None, None) if one.interval is None else (one.interval.low, one.interval.high)
    shares = map(_percent, (one.share, *ends, one.cumulative))
    place = f"{one.place}=" if one.tied else str(one.place)
    told = ", ".join(f"{source} {times}" for source, times in one.sources.items() if times)
    cells = (place, str(one.frequency), rounded(one.score), *shares, told)
    return Line(one.title, cells, one.share)


def _percent(share: Fraction | float | None) -> str:
    return NOTHING if share is None else rounded(100 * share, 1)


def _notes(ranking: Ranking) -> Iterator[str]:
    titles = {one.key: one.title for one in ranking}
    top = tuple(one.key for one in ranking.top)
    shown = len(top) + len(ranking.contenders)
    if len(ranking) > shown:
        yield f"{len(ranking) - shown} more"
    for one, other in pairwise(ranking.standings[: len(top) + 1]):
        if one.ahead is False:
            yield f"{one.title} and {other.title} are not clearly apart"
    for left_out in ranking.without:
        if left_out.top != top:
            titled = ", ".join(titles[key] for key in left_out.top)
            yield f"Without {left_out.source}: {titled or NOTHING}"
    for away in ranking.apart[:_FEW]:
        yield f"Apart, {away.reason}: {away.title} ({away.frequency}): {away.ask}"
    if len(ranking.apart) > _FEW:
        yield f"Apart: {len(ranking.apart) - _FEW} more"
