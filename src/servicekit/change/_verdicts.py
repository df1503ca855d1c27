"""What became of one KPI: before, after, how far apart, and what to make of that."""

from typing import Final

from attrs import field, frozen

from servicekit._terms import Term
from servicekit.inference import Difference, Interval
from servicekit.kpi import Better, Kpi, Measurement

__all__ = ["Change", "Effect", "EffectSize", "Verdict", "direction"]


class Verdict(Term):
    """What to make of a change of a KPI.

    ``DIFFERENT`` is said of a clear difference of a KPI that has no good direction.
    """

    BETTER = "better"
    WORSE = "worse"
    DIFFERENT = "different"
    NO_CLEAR_DIFFERENCE = "no clear difference"
    CANNOT_TELL = "cannot tell"


class EffectSize(Term):
    """On which scale an effect is given: one for each kind of measure."""

    COHENS_H = "Cohen's h"
    HEDGES_G = "Hedges' g"
    CLIFFS_DELTA = "Cliff's delta"
    RATE_RATIO = "rate ratio"


@frozen
class Effect:
    """How large a change is, on a scale that does not depend on the KPI's unit.

    Above 0, and for a rate ratio above 1, there is more of it than before. A rate ratio has no
    value where nothing was counted before; the interval is None where there is none.
    """

    scale: EffectSize
    value: float | None
    interval: Interval | None = field(kw_only=True)


@frozen
class Change:
    """What became of one KPI.

    ``difference`` is after less before in the KPI's unit, for a count by unit of exposure, with an
    interval of its own; it and the effect are None where the data cannot tell, and ``why`` says
    why. ``p_value`` is that of the difference, adjusted for the number of KPIs if they were judged
    together: the change is clear where it is below 1 - ``level``.
    """

    before: Measurement
    after: Measurement
    difference: Difference | None = field(kw_only=True)
    effect: Effect | None = field(kw_only=True)
    p_value: float | None = field(kw_only=True)
    level: float = field(kw_only=True)
    why: str | None = field(default=None, kw_only=True)

    @property
    def kpi(self) -> Kpi:
        """The KPI."""
        return self.after.kpi

    @property
    def interval(self) -> Interval | None:
        """The interval of the difference; None for a count, whose rate ratio has one instead."""
        return None if self.difference is None else self.difference.interval

    @property
    def verdict(self) -> Verdict:
        """Better, worse, or nothing that one could say so of."""
        if self.difference is None or self.p_value is None:
            return Verdict.CANNOT_TELL
        if self.p_value >= 1 - self.level:
            return Verdict.NO_CLEAR_DIFFERENCE
        return direction(self.kpi, rose=self.difference.estimate > 0)

    def __str__(self) -> str:
        return f"{self.kpi.title}: {self.verdict}"


_DIRECTIONS: Final = {
    (Better.HIGHER, True): Verdict.BETTER,
    (Better.HIGHER, False): Verdict.WORSE,
    (Better.LOWER, True): Verdict.WORSE,
    (Better.LOWER, False): Verdict.BETTER,
}


def direction(kpi: Kpi, *, rose: bool) -> Verdict:
    """Say what a clear rise or fall of a KPI is."""
    return _DIRECTIONS.get((kpi.better, rose), Verdict.DIFFERENT)
