"""Cronbach's alpha: how well the statements of a section agree with each other."""

from collections.abc import Sequence
from fractions import Fraction

from attrs import field, frozen

from servicekit._tables import Listed
from servicekit.inference import Interval, feldt

__all__ = ["Reliability", "alpha_of_sums", "alpha_of_variances"]


@frozen
class Reliability(Listed):
    """Cronbach's alpha of the ratings that ``respondents`` gave to ``items`` statements; exact.

    Source: Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika 16
    (1951), 297-334.
    """

    alpha: Fraction
    respondents: int
    items: int = field(kw_only=True)

    def interval(self, level: float = 0.95) -> Interval | None:
        """Give the interval of alpha by Feldt's method; None for an alpha of 1."""
        return feldt(self.alpha, self.respondents, self.items, level=level)


def alpha_of_sums(
    n: int, items: Sequence[tuple[int, int]], total: tuple[int, int]
) -> Reliability | None:
    """Make alpha of sums and sums of squares over n respondents, for each item and for the total.

    None with fewer than two items or respondents, and where the total does not vary.
    """
    own = sum(n * squares - points**2 for points, squares in items)
    return alpha_of_variances(n, len(items), own, n * total[1] - total[0] ** 2)


def alpha_of_variances(
    n: int, items: int, own: int | Fraction, total: int | Fraction
) -> Reliability | None:
    """Make alpha of the summed variances of the items and of the variance of their total."""
    if n < 2 or items < 2 or not total:  # noqa: PLR2004 - it takes two to agree
        return None
    alpha = Fraction(items, items - 1) * (1 - Fraction(own) / total)
    return Reliability(alpha, n, items=items)
