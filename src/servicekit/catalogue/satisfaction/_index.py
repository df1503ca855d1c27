"""An index: several items of each respondent, weighted and put on a scale of 0 to 100."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import lcm

import attrs
from attrs import field, frozen

from servicekit._rules import each, is_a
from servicekit._values import refusal, several
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
from servicekit.catalogue.satisfaction._scores import Score, Scoring, Sums
from servicekit.errors import Problem

__all__ = ["IndexScore", "IndexScoring"]


def _exact_all(values: Weight | list[Weight] | tuple[Weight, ...]) -> tuple[Fraction, ...]:
    return tuple(map(exact, several(values)))


@frozen
class IndexScoring(Scoring):
    """How several ratings of each respondent become one index from 0 to 100.

    Every rating is taken as its distance from the low end of the ``scale``; the distances are
    weighted with ``weights``, which are exact and add up to 1, and put in relation to the largest
    distance there is. Raises `DefinitionError` with all that does not fit.
    """

    items: tuple[Item, ...] = field(
        kw_only=True, converter=items_of, validator=each(Item, at_least=1)
    )
    scale: Scale = field(kw_only=True, validator=is_a(Scale))
    weights: tuple[Fraction, ...] = field(
        kw_only=True, converter=_exact_all, validator=each(object)
    )

    def __attrs_post_init__(self) -> None:
        if problems := tuple(_problems(self)):
            raise refusal(self, problems)

    @property
    def lowest(self) -> int:
        """The lowest index."""
        return 0

    @property
    def highest(self) -> int:
        """The highest index."""
        return 100

    def weighted(self, *weights: Weight) -> "IndexScoring":
        """Give the same index with other weights, one per item in their order.

        >>> from servicekit.catalogue.satisfaction import ACSI
        >>> float(ACSI.weighted("0.3885", "0.3190", "0.2925").score([(8, 7, 6)]).value)
        67.73333333333333
        """
        return attrs.evolve(self, weights=weights)

    def worded(self, texts: Mapping[str, str]) -> "IndexScoring":
        """Give the same index with your own wording: a mapping of item key to text."""
        return attrs.evolve(self, items=worded(self.key, self.items, texts))

    def score(self, rows: Iterable[Iterable[Answer]], *, level: float = 0.95) -> "IndexScore":
        """Score respondents: one row of answers each, in the order of the items, None for a blank.

        A respondent who left an item blank does not enter. Reads the rows once and keeps only sums.
        Raises `RecordError` with every row and every answer that cannot be.
        """
        reading = Reading(self.scale)
        reading.level(level)
        whole = lcm(*(weight.denominator for weight in self.weights))
        shares = [int(weight * whole) for weight in self.weights]
        sums, span = Sums(), whole * (self.scale.high - self.scale.low)
        for row in reading.rows("rows", rows, len(self.items)):
            sums.add(self._points(row, shares))
        reading.refuse(self.key)
        known = sums.known(Fraction(self.factor, span), level)
        return IndexScore(
            scoring=self,
            numerator=sums.total,
            denominator=sums.answered * span,
            answered=sums.answered,
            unanswered=sums.unanswered,
            variance=known.variance,
            interval=known.interval,
        )

    def _points(self, row: Row, shares: list[int]) -> int | None:
        points = 0
        for share, rating in zip(shares, row, strict=True):
            if rating is None:
                return None
            points += share * (rating - self.scale.low)
        return points


@frozen(kw_only=True)
class IndexScore(Score):
    """An index over respondents: of those ``answered`` who left no item blank."""

    scoring: IndexScoring


def _problems(scoring: IndexScoring) -> Iterator[Problem]:
    keys = [item.key for item in scoring.items]
    yield from key_problems("items", keys)
    if len(scoring.weights) != len(keys):
        yield Problem("weights", f"{len(scoring.weights)} weights", f"{len(keys)}, one per item")
    else:
        yield from weight_problems(dict(enumerate(scoring.weights)))
