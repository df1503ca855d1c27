"""Service quality by dimensions: what was perceived, with or without what was expected."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import zip_longest
from typing import Any, Self, cast

import attrs
from attrs import field, frozen

from servicekit._rules import TEXT, each, is_a
from servicekit._tables import NOTHING, Displayed, Line, Listed, Table, rounded
from servicekit._values import Definition, refusal, several, unchanged_when
from servicekit.benchmark import Scale
from servicekit.catalogue.satisfaction._answers import Answer, Reading, Row
from servicekit.catalogue.satisfaction._items import (
    Item,
    Weight,
    exact,
    items_of,
    key_problems,
    weight_problems,
    worded,
)
from servicekit.catalogue.satisfaction._scores import Scoring, Sums, with_interval
from servicekit.errors import Problem, RecordError, shown
from servicekit.inference import Interval

__all__ = ["Dimension", "GapScoring", "PartScore", "PerformanceScoring", "QualityScore"]


@frozen
class Dimension(Definition):
    """Items that are scored together."""

    key: str = field(validator=TEXT)
    title: str = field(validator=TEXT)
    items: tuple[Item, ...] = field(
        kw_only=True, converter=items_of, validator=each(Item, at_least=1)
    )


def _dimensions(
    values: Dimension | list[Dimension] | tuple[Dimension, ...],
) -> tuple[Dimension, ...]:
    return several(values)


unchanged_when("{v}.__class__ is tuple", _dimensions)


@frozen
class _ByDimension(Scoring):
    """What both scorings share: dimensions of items, rated on one ``scale``."""

    dimensions: tuple[Dimension, ...] = field(
        kw_only=True, converter=_dimensions, validator=each(Dimension, at_least=1)
    )
    scale: Scale = field(kw_only=True, validator=is_a(Scale))

    def __attrs_post_init__(self) -> None:
        found = [
            *key_problems("dimensions", (one.key for one in self.dimensions)),
            *key_problems("items", (item.key for item in self.items)),
        ]
        if found:
            raise refusal(self, found)

    @property
    def factor(self) -> int:
        """Ratings and gaps are given as they are."""
        return 1

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in the order in which they are answered."""
        return tuple(item for dimension in self.dimensions for item in dimension.items)

    def worded(self, texts: Mapping[str, str]) -> Self:
        """Give the same scoring with your own wording: a mapping of item key to text."""
        items = iter(worded(self.key, self.items, texts))
        dimensions = [
            attrs.evolve(one, items=[next(items) for _ in one.items]) for one in self.dimensions
        ]
        return attrs.evolve(self, dimensions=dimensions)


@frozen
class GapScoring(_ByDimension):
    """Service quality as the gap between what was perceived and what was expected.

    Raises `DefinitionError` with all that does not fit.
    """

    @property
    def lowest(self) -> int:
        """The lowest gap: the best was expected and the worst perceived."""
        return self.scale.low - self.scale.high

    @property
    def highest(self) -> int:
        """The highest gap."""
        return self.scale.high - self.scale.low

    def score(
        self,
        perceived: Iterable[Iterable[Answer]],
        expected: Iterable[Iterable[Answer]],
        *,
        level: float = 0.95,
    ) -> "QualityScore":
        """Score respondents: for each a row of what was perceived, and one of what was expected.

        Both come in the same order of respondents, each row in the order of the items, None for a
        blank. An item's gap needs both answers; a dimension takes in those who left none of its
        items blank. Reads the rows once and keeps only sums. Raises `RecordError` with every row
        and every answer that cannot be.
        """
        reading = Reading(self.scale)
        reading.level(level)
        return _scored(self, reading, _gaps(reading, perceived, expected, len(self.items)), level)


@frozen
class PerformanceScoring(_ByDimension):
    """Service quality as what was perceived, whatever was expected.

    Raises `DefinitionError` with all that does not fit.
    """

    @property
    def lowest(self) -> int:
        """The lowest rating."""
        return self.scale.low

    @property
    def highest(self) -> int:
        """The highest rating."""
        return self.scale.high

    def score(
        self, perceived: Iterable[Iterable[Answer]], *, level: float = 0.95
    ) -> "QualityScore":
        """Score respondents: one row of answers each, in the order of the items, None for a blank.

        A dimension takes in those who left none of its items blank. Reads the rows once and keeps
        only sums. Raises `RecordError` with every row and every answer that cannot be.
        """
        reading = Reading(self.scale)
        reading.level(level)
        rows = reading.rows("perceived", perceived, len(self.items))
        return _scored(self, reading, rows, level)


@frozen(kw_only=True)
class PartScore(Listed):
    """The score of one dimension or one item, with all that it rests on.

    ``numerator`` adds up ratings or gaps, ``denominator`` says how many they are; ``answered`` and
    ``unanswered`` count respondents.
    """

    key: str
    title: str | None
    numerator: int
    denominator: int
    answered: int
    unanswered: int
    variance: Fraction | None
    interval: Interval | None

    @property
    def value(self) -> Fraction | None:
        """The mean, exact; None where nobody answered."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@frozen(kw_only=True)
class QualityScore(Displayed):
    """Service quality by dimension and by item; they add up, weighted or not."""

    scoring: GapScoring | PerformanceScoring
    dimensions: tuple[PartScore, ...]
    items: tuple[PartScore, ...]

    @property
    def value(self) -> Fraction | None:
        """The mean of the dimensions, each with the same weight however many items it has."""
        even = Fraction(1, len(self.dimensions))
        return self._total({one.key: even for one in self.dimensions})

    @property
    def weakest(self) -> tuple[PartScore, ...]:
        """The dimensions in order of need, the lowest first; those nobody answered come last."""
        return tuple(sorted(self.dimensions, key=_need))

    def weighted(self, weights: Mapping[str, Weight]) -> Fraction | None:
        """Give the weighted sum of the dimensions: by dimension key, exact, and adding up to 1.

        Raises `RecordError` with every weight that is missing, unknown or wrong.
        """
        problems = tuple(_weight_problems([one.key for one in self.dimensions], weights))
        if problems:
            raise RecordError(f"{self.scoring.key}.weighted", problems)
        return self._total({key: exact(weight) for key, weight in weights.items()})

    def _total(self, weights: Mapping[str, Fraction]) -> Fraction | None:
        total = Fraction(0)
        for one in self.dimensions:
            if (value := one.value) is None:
                return None
            total += weights[one.key] * value
        return total

    def __str__(self) -> str:
        width = max(len(str(one.title)) for one in self.dimensions)
        figure, better = with_interval(self.value, None, 2), self.scoring.better
        lines = [f"  {one.title:<{width}}  {_line(one)}" for one in self.weakest]
        return "\n".join([f"{self.scoring.title}: {figure}; {better} is better", *lines])

    def _table(self) -> Table:
        lines = tuple(Line(str(one.title), _cells(one)) for one in self.weakest)
        whole = Line("All dimensions", (rounded(self.value), NOTHING, "", ""))
        heads = ("Dimension, weakest first", "Mean", "Interval", "Answered", "Blank")
        note = f"{self.scoring.better} is better"
        return Table(self.scoring.title, heads, (*lines, whole), (note,))


def _cells(part: PartScore) -> tuple[str, ...]:
    interval = part.interval
    ends = interval and f"{rounded(interval.low)} to {rounded(interval.high)}"
    return (rounded(part.value), ends or NOTHING, str(part.answered), str(part.unanswered))


def _need(part: PartScore) -> tuple[bool, Fraction]:
    return part.value is None, part.value or Fraction(0)


def _line(part: PartScore) -> str:
    figure = with_interval(part.value, part.interval, 2)
    return f"{figure}; {part.answered} answered, {part.unanswered} blank"


def _gaps(reading: Reading, perceived: Any, expected: Any, length: int) -> Iterator[Row]:
    """Take what was expected off what was perceived, respondent by respondent."""
    seen = asked = 0
    rows = reading.rows("perceived", perceived, length), reading.rows("expected", expected, length)
    for ours, theirs in zip_longest(*rows):
        seen += ours is not None
        asked += theirs is not None
        if ours is not None and theirs is not None:
            pairs = zip(ours, theirs, strict=True)
            yield tuple(None if p is None or e is None else p - e for p, e in pairs)
    if seen != asked:
        reading.wrong("expected", f"{asked} rows", f"{seen} rows, as many as perceived")


@frozen
class _Part:
    """A dimension or an item: where in a row it stands, and what has been added up of it."""

    key: str
    title: str | None
    place: slice
    sums: Sums = field(factory=Sums)

    def take(self, row: Row) -> None:
        points = 0
        for one in row[self.place]:
            if one is None:
                return self.sums.add(None)
            points += one
        return self.sums.add(points)

    def score(self, level: float) -> PartScore:
        length, sums = self.place.stop - self.place.start, self.sums
        known = sums.known(Fraction(1, length), level)
        return PartScore(
            key=self.key,
            title=self.title,
            numerator=sums.total,
            denominator=sums.answered * length,
            answered=sums.answered,
            unanswered=sums.unanswered,
            variance=known.variance,
            interval=known.interval,
        )


def _scored(
    scoring: GapScoring | PerformanceScoring, reading: Reading, rows: Iterable[Row], level: float
) -> QualityScore:
    """Add up rows of ratings or gaps, dimension by dimension and item by item."""
    dimensions = list(_dimension_parts(scoring.dimensions))
    items = [_Part(one.key, one.text, slice(i, i + 1)) for i, one in enumerate(scoring.items)]
    parts = [*dimensions, *items]
    for row in rows:
        for part in parts:
            part.take(row)
    reading.refuse(scoring.key)
    return QualityScore(
        scoring=scoring,
        dimensions=tuple(part.score(level) for part in dimensions),
        items=tuple(part.score(level) for part in items),
    )


def _dimension_parts(dimensions: Iterable[Dimension]) -> Iterator[_Part]:
    start = 0
    for one in dimensions:
        stop = start + len(one.items)
        yield _Part(one.key, one.title, slice(start, stop))
        start = stop


def _weight_problems(keys: list[str], weights: object) -> Iterator[Problem]:
    if not isinstance(weights, Mapping):
        yield Problem("weights", shown(weights), "a mapping of dimension key to weight")
        return
    given = cast("Mapping[object, object]", weights)
    for key in given:
        if key not in keys:
            yield Problem("weights", shown(key), f"the keys {', '.join(keys)}")
    for key in keys:
        if key not in given:
            yield Problem(f"weights[{key!r}]", "missing", "a weight for every dimension")
    yield from weight_problems({key: exact(weight) for key, weight in given.items()})
