"""What all scorings and their scores share."""

from decimal import Decimal
from fractions import Fraction
from math import floor, sqrt

from attrs import define, field, frozen

from servicekit._rules import TEXT, is_a
from servicekit._tables import Listed
from servicekit._values import Definition
from servicekit.inference import Interval, Real, Sample, mean_interval
from servicekit.kpi import Better

__all__ = ["Known", "Score", "Scoring", "Sums", "with_interval"]


@frozen
class Scoring(Definition):
    """How answers become one figure: its name, its direction and where it comes from."""

    key: str = field(validator=TEXT)
    title: str = field(validator=TEXT)
    better: Better = field(default=Better.HIGHER, kw_only=True, validator=is_a(Better))
    source: str = field(kw_only=True, validator=TEXT)

    @property
    def factor(self) -> int:
        """What a numerator over its denominator is multiplied by."""
        return 100


@frozen(kw_only=True)
class Score(Listed):
    """A figure with all that it rests on.

    ``unanswered`` counts what did not enter the denominator because it was left blank, ``variance``
    is the figure's own and exact; with the interval it is None where the answers do not tell.
    """

    scoring: Scoring
    numerator: int
    denominator: int
    answered: int
    unanswered: int
    variance: Fraction | None
    interval: Interval | None

    @property
    def value(self) -> Fraction | None:
        """The figure, exact; None where there is nothing to divide by."""
        if not self.denominator:
            return None
        return Fraction(self.scoring.factor * self.numerator, self.denominator)

    @property
    def standard_error(self) -> float | None:
        """The square root of the variance."""
        return None if self.variance is None else sqrt(self.variance)

    def __str__(self) -> str:
        digits = 1 if self.scoring.factor > 1 else 2
        figure = with_interval(self.value, self.interval, digits)
        return (
            f"{self.scoring.title}: {figure}; {self.answered} answered, "
            f"{self.unanswered} blank; {self.scoring.better} is better"
        )


@frozen
class Known:
    """How well a mean is known."""

    variance: Fraction | None
    interval: Interval | None


@define
class Sums:
    """What a mean of whole numbers is made of; None is somebody who left a blank."""

    answered: int = 0
    unanswered: int = 0
    total: int = 0
    squares: int = 0

    def add(self, points: int | None) -> None:
        """Take in one respondent."""
        if points is None:
            self.unanswered += 1
            return
        self.answered += 1
        self.total += points
        self.squares += points * points

    def known(self, unit: Fraction, level: float) -> Known:
        """Say how well the mean is known, where every point is worth one ``unit``."""
        if self.answered < 2:  # noqa: PLR2004 - two make a spread
            return Known(None, None)
        sample = Sample.from_sums(self.answered, self.total, self.squares)
        interval = mean_interval(sample, level=level)
        points = Fraction(sample.variance or 0)
        return Known(points * unit**2 / sample.n, interval and interval.scaled(float(unit)))


def with_interval(value: Fraction | None, interval: Interval | None, digits: int) -> str:
    """Write a figure for people, with its interval if it has one."""
    if value is None:
        return "not known"
    if interval is None:
        return _rounded(value, digits)
    low, high = (_rounded(end, digits) for end in (interval.low, interval.high))
    return f"{_rounded(value, digits)} ({100 * interval.level:.4g} % interval {low} to {high})"


def _rounded(value: Real, digits: int) -> str:
    """Write a number rounded half up, away from zero below it."""
    size = floor(abs(Fraction(value)) * 10**digits + Fraction(1, 2))
    return str(Decimal(size if value >= 0 else -size).scaleb(-digits))
