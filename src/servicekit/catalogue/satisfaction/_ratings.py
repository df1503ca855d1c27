"""One rating question: the share of good answers, good less bad, or the mean."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final, cast

from attrs import field, frozen

from servicekit._rules import Rule, is_a
from servicekit._terms import Term
from servicekit._values import as_set, refusal, unchanged_when
from servicekit.benchmark import Scale
from servicekit.catalogue.satisfaction._answers import Answer, Reading, Tally
from servicekit.catalogue.satisfaction._scores import Score, Scoring, Sums
from servicekit.errors import Problem, shown
from servicekit.inference import Interval, net_interval, net_variance, wilson

__all__ = ["Figure", "RatingScore", "RatingScoring"]


class Figure(Term):
    """What is made of the answers to a rating question."""

    SHARE = "share"
    """Good answers in a hundred."""
    SHARE_OF_DECIDED = "share_of_decided"
    """Good answers in a hundred that are good or bad; those in between do not count."""
    NET = "net"
    """Good less bad answers, in a hundred."""
    MEAN = "mean"
    """The mean rating."""


def _whole_numbers(value: object) -> bool:
    ratings = cast("Iterable[object]", value) if isinstance(value, frozenset) else (None,)
    return all(type(rating) is int for rating in ratings)


_RATINGS: Final = Rule(
    "{whole_numbers}({v})", "a set of ratings, such as {4, 5}", whole_numbers=_whole_numbers
)
_NONE: Final[frozenset[int]] = frozenset()


def _ratings(values: Collection[int]) -> frozenset[int]:
    return cast("frozenset[int]", as_set(values))


unchanged_when("{v}.__class__ is frozenset", _ratings)


@frozen
class RatingScoring(Scoring):
    """How the answers to one rating question become one figure.

    ``good`` and ``bad`` are the ratings of the ``scale`` that count for and against. Raises
    `DefinitionError` with all that does not fit.

    >>> easy = RatingScoring("easy", "Easy to reach", scale=Scale(1, 5), figure=Figure.SHARE,
    ...     good={5}, source="own survey")
    >>> easy.score([5, 4, 5, None, 1]).value
    Fraction(50, 1)
    """

    scale: Scale = field(kw_only=True, validator=is_a(Scale))
    figure: Figure = field(kw_only=True, validator=is_a(Figure))
    good: frozenset[int] = field(
        default=_NONE, kw_only=True, converter=_ratings, validator=_RATINGS
    )
    bad: frozenset[int] = field(default=_NONE, kw_only=True, converter=_ratings, validator=_RATINGS)

    def __attrs_post_init__(self) -> None:
        if problems := tuple(_problems(self)):
            raise refusal(self, problems)

    @property
    def factor(self) -> int:
        """Shares are given in a hundred, means as they are."""
        return 1 if self.figure is Figure.MEAN else 100

    @property
    def lowest(self) -> int:
        """The lowest figure that answers can come to."""
        return {Figure.MEAN: self.scale.low, Figure.NET: -100}.get(self.figure, 0)

    @property
    def highest(self) -> int:
        """The highest figure that answers can come to."""
        return self.scale.high if self.figure is Figure.MEAN else 100

    def score(
        self, answers: Iterable[Answer] | Mapping[Answer, int], *, level: float = 0.95
    ) -> "RatingScore":
        """Score answers, or answers counted before: a mapping of rating to how often it was given.

        None is a blank answer. Reads an iterable once and keeps only counts. A share has Wilson's
        interval, a net figure that of the normal approximation, a mean the t interval, which may
        reach beyond the scale. Raises `RecordError` with every answer off the scale, True, False
        and floats among them.
        """
        reading = Reading(self.scale)
        reading.level(level)
        tally = reading.tally(answers)
        reading.refuse(self.key)
        made = _MADE[self.figure](self, tally, level)
        return RatingScore(
            scoring=self,
            numerator=made.numerator,
            denominator=made.denominator,
            answered=tally.answered,
            unanswered=tally.unanswered,
            variance=made.variance,
            interval=made.interval,
            counts=tuple(tally.counts.get(rating, 0) for rating in self.scale.values),
        )


@frozen(kw_only=True)
class RatingScore(Score):
    """The answers to one rating question, scored.

    ``counts`` says how often each rating was given, from the lowest of the scale to the highest.
    """

    scoring: RatingScoring
    counts: tuple[int, ...]


_NEEDED: Final[Mapping[Figure, frozenset[str]]] = {
    Figure.SHARE: frozenset({"good"}),
    Figure.SHARE_OF_DECIDED: frozenset({"good", "bad"}),
    Figure.NET: frozenset({"good", "bad"}),
    Figure.MEAN: frozenset(),
}
"""The sets of ratings that a figure is made of; it has no others."""


def _problems(scoring: RatingScoring) -> Iterator[Problem]:
    for name in ("good", "bad"):
        ratings: frozenset[int] = getattr(scoring, name)
        if (name in _NEEDED[scoring.figure]) is not bool(ratings):
            allowed = "some ratings" if name in _NEEDED[scoring.figure] else "none"
            yield Problem(name, shown(set(ratings)), f"{allowed} for a {scoring.figure}")
        if not ratings.issubset(scoring.scale.values):
            allowed = f"ratings from {scoring.scale.low} to {scoring.scale.high}"
            yield Problem(name, shown(set(ratings)), allowed)
    if both := scoring.good & scoring.bad:
        yield Problem(
            "bad", shown(set(scoring.bad)), f"none of the good ratings {shown(set(both))}"
        )


@frozen
class _Made:
    """A figure before it is given to people."""

    numerator: int
    denominator: int
    variance: Fraction | None
    interval: Interval | None


def _share(scoring: RatingScoring, tally: Tally, level: float) -> _Made:
    return _part(tally.of(scoring.good), tally.answered, level)


def _share_of_decided(scoring: RatingScoring, tally: Tally, level: float) -> _Made:
    good, bad = tally.of(scoring.good), tally.of(scoring.bad)
    return _part(good, good + bad, level)


def _part(good: int, n: int, level: float) -> _Made:
    return _in_a_hundred(good, n, net_variance(good, 0, n), wilson(good, n, level=level))


def _net(scoring: RatingScoring, tally: Tally, level: float) -> _Made:
    counts = tally.of(scoring.good), tally.of(scoring.bad), tally.answered
    interval = net_interval(*counts, level=level)
    return _in_a_hundred(counts[0] - counts[1], counts[2], net_variance(*counts), interval)


def _in_a_hundred(
    numerator: int, denominator: int, variance: Fraction | None, interval: Interval | None
) -> _Made:
    squared = None if variance is None else variance * 100**2
    return _Made(numerator, denominator, squared, interval and interval.scaled(100))


def _mean(_scoring: RatingScoring, tally: Tally, level: float) -> _Made:
    counts = tally.counts.items()
    total = sum(rating * times for rating, times in counts)
    squares = sum(rating * rating * times for rating, times in counts)
    known = Sums(tally.answered, tally.unanswered, total, squares).known(Fraction(1), level)
    return _Made(total, tally.answered, known.variance, known.interval)


_MADE: Final[Mapping[Figure, Callable[[RatingScoring, Tally, float], _Made]]] = {
    Figure.SHARE: _share,
    Figure.SHARE_OF_DECIDED: _share_of_decided,
    Figure.NET: _net,
    Figure.MEAN: _mean,
}
