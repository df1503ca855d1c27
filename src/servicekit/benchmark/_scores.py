"""Scores of many respondents, and how those of one group differ from those of another."""

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt

from attrs import frozen

from servicekit._tables import Listed
from servicekit.benchmark._parts import Section
from servicekit.inference import Difference, Interval, Sample, mean_interval, welch

__all__ = ["Contrast", "Scores", "contrast", "scores_among", "scores_of"]


@frozen
class Scores(Listed):
    """How many scores there are, their mean and their sample variance, both exact.

    No score has no mean, one score has no variance.
    """

    n: int
    mean: Fraction | None
    variance: Fraction | None

    @property
    def spread(self) -> float | None:
        """The standard deviation."""
        return None if self.variance is None else sqrt(self.variance)

    @property
    def sample(self) -> Sample | None:
        """The same for the functions of `servicekit.inference`; None without scores."""
        return None if self.mean is None else Sample(self.n, self.mean, variance=self.variance)

    def interval(self, level: float = 0.95) -> Interval | None:
        """Give the t interval of the mean; None for less than two scores or none that differ."""
        return None if self.sample is None else mean_interval(self.sample, level=level)


def scores_of(n: int, total: int | Fraction, squares: int | Fraction, *, parts: int = 1) -> Scores:
    """Make scores of their number, sum and sum of squares, the latter in parts of 1."""
    if not n:
        return Scores(0, None, None)
    mean = Fraction(total, n * parts)
    spread = n * squares - total**2
    return Scores(n, mean, Fraction(spread, n * (n - 1) * parts**2) if n > 1 else None)


def scores_among(values: Sequence[Fraction]) -> Scores:
    """Make scores of all of them."""
    return scores_of(len(values), sum(values), sum(value * value for value in values))


@frozen
class Contrast(Listed):
    """How far the scores of one group lie above those of another: ``value`` less ``against``.

    ``section`` is None for the total. ``difference`` has the interval and the verdict; it is None
    where one side has no scores.
    """

    section: Section | None
    value: Scores
    against: Scores
    difference: Difference | None

    @property
    def change(self) -> Fraction | None:
        """The difference of the means, exact."""
        if self.value.mean is None or self.against.mean is None:
            return None
        return self.value.mean - self.against.mean

    @property
    def interval(self) -> Interval | None:
        """The interval of the difference; None where the scores cannot tell."""
        return None if self.difference is None else self.difference.interval

    @property
    def more_than_noise(self) -> bool | None:
        """Whether the interval leaves out 0; None without an interval."""
        return None if self.difference is None else self.difference.more_than_noise


def contrast(
    section: Section | None, value: Scores, against: Scores, *, level: float = 0.95
) -> Contrast:
    """Compare the scores of two groups of different people."""
    base, other = against.sample, value.sample
    difference = None if base is None or other is None else welch(base, other, level=level)
    return Contrast(section, value, against, difference)
