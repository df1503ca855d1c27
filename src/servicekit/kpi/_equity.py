"""Equal service: the same KPI in every group, how far the groups are apart, and who stands out."""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any, Final, cast

from attrs import evolve, field, frozen

from servicekit._tables import Line, Listed, Table, Tabled, rounded
from servicekit.inference import Real, Sample, holm, welch
from servicekit.kpi._arrangement import By
from servicekit.kpi._kpi import Better, Kpi
from servicekit.kpi._measure import measure
from servicekit.kpi._measurement import Measurement
from servicekit.kpi._measures import Mean, Percentile, Share
from servicekit.kpi._numbers import nearest_float
from servicekit.kpi._tally import Tally
from servicekit.kpi._two_shares import share_p_value

__all__ = ["Equity", "Standing", "equity"]

_SMALL: Final = 30
_LEVEL: Final = 0.05


@frozen
class Standing(Listed):
    """How one group stands to all others together.

    ``p_value`` is that of the group and the others being served alike, adjusted by Holm's method
    for all the groups compared; ``differs`` says that it is below 0.05. Both are None for a group
    that is ``small``, and where the measure has no test or the data are too few for one.
    """

    group: Hashable
    measurement: Measurement
    small: bool = field(kw_only=True)
    p_value: float | None = field(default=None, kw_only=True)

    @property
    def differs(self) -> bool | None:
        """Whether the group differs from the others by more than noise."""
        return None if self.p_value is None else self.p_value < _LEVEL


@frozen
class Equity(Tabled):
    """A KPI in every group: the best first, and last those that are too small to be ranked."""

    kpi: Kpi
    standings: tuple[Standing, ...]

    @property
    def ranked(self) -> tuple[Standing, ...]:
        """The groups that are large enough to be ranked and have a value, the best first."""
        return tuple(one for one in self.standings if _is_ranked(one))

    @property
    def small(self) -> tuple[Standing, ...]:
        """The groups that are too small to be ranked."""
        return tuple(one for one in self.standings if one.small)

    @property
    def differing(self) -> tuple[Standing, ...]:
        """The groups that differ from the others by more than noise."""
        return tuple(one for one in self.standings if one.differs)

    @property
    def best(self) -> Standing | None:
        """The group with the best value; the highest, where no direction is better."""
        return self.ranked[0] if self.ranked else None

    @property
    def worst(self) -> Standing | None:
        """The group with the worst value."""
        return self.ranked[-1] if self.ranked else None

    @property
    def difference(self) -> Real | None:
        """How far best and worst are apart, in the KPI's unit; None where nothing is ranked."""
        values = self._extremes()
        return None if values is None else values[1] - values[0]

    @property
    def ratio(self) -> Real | None:
        """The larger of best and worst divided by the smaller; None where that is not above 0."""
        values = self._extremes()
        if values is None or values[0] <= 0:
            return None
        quotient = Fraction(values[1]) / Fraction(values[0])
        nearest = nearest_float(*quotient.as_integer_ratio())
        return quotient if nearest is None or float not in map(type, values) else nearest

    def _extremes(self) -> tuple[Real, Real] | None:
        ends = self.ranked[:1] + self.ranked[-1:]
        values = sorted(cast("Real", one.measurement.value) for one in ends)
        return (values[0], values[1]) if values else None

    def __iter__(self) -> Iterator[Standing]:
        return iter(self.standings)

    def __len__(self) -> int:
        return len(self.standings)

    def _table(self) -> Table:
        return _table(self)


def equity(
    kpi: Kpi,
    rows: Iterable[Any],
    by: By | Sequence[By],
    as_of: datetime,
    *,
    smallest: int = _SMALL,
) -> Equity:
    """Measure a KPI for every group, and say which groups are served differently.

    Each group is compared with all others together: shares by the N - 1 chi-squared test, means by
    Welch's t test, percentiles by the share of values above the percentile of all (the quantile
    test: Conover, "Practical Nonparametric Statistics", 3rd edition (1999), section 3.2), counts,
    totals and ratios not at all. With many groups some look different by chance, hence Holm's
    adjustment. Groups with fewer than ``smallest`` rows that count are shown but neither ranked nor
    compared, though they are among the others of the rest.

    Raises as `measure` does.
    """
    groups = measure([kpi], rows, as_of=as_of, by=by)
    found = {group: measured[kpi.key] for group, measured in groups.items()}
    p_values = _p_values(kpi, {g: one for g, one in found.items() if one.n >= smallest}, found)
    standings = [
        Standing(group, one, small=one.n < smallest, p_value=p_values.get(group))
        for group, one in found.items()
    ]
    return Equity(kpi, tuple(sorted(standings, key=_place)))


def _is_ranked(standing: Standing) -> bool:
    return not standing.small and standing.measurement.value is not None


def _place(standing: Standing) -> tuple[bool, bool, Real | None]:
    """Give the key that puts the best first, and last those that are not ranked."""
    value = standing.measurement.value
    if value is not None and standing.measurement.kpi.better is not Better.LOWER:
        value = -value
    return not _is_ranked(standing), value is None, value


def _p_values(
    kpi: Kpi, compared: Mapping[Hashable, Measurement], found: Mapping[Hashable, Measurement]
) -> dict[Hashable, float]:
    """Compare each group with all others, where that can be done, and adjust for their number."""
    tallies = [one.tally for one in found.values()]
    whole = sum(tallies, start=Tally())
    test = _TESTS.get(type(kpi.measure))
    if test is None or len(found) < 2:  # noqa: PLR2004 - with one there are no others
        return {}
    tested = {group: test(one, whole) for group, one in compared.items()}
    known = {group: p_value for group, p_value in tested.items() if p_value is not None}
    return dict(zip(known, holm(known.values()), strict=True))


def _shares(one: Measurement, whole: Tally) -> float | None:
    ours = one.tally
    return share_p_value(ours.top, ours.n, whole.top - ours.top, whole.n - ours.n)


def _means(one: Measurement, whole: Tally) -> float | None:
    ours = one.tally
    n = whole.n - ours.n
    if not ours.n or not n:
        return None
    others = Sample.from_sums(n, whole.total - ours.total, whole.squared - ours.squared)
    return welch(others, Sample.from_sums(ours.n, ours.total, ours.squared)).p_value


def _percentiles(one: Measurement, whole: Tally) -> float | None:
    if not whole.n:
        return None
    ours, bound = one.tally, evolve(one, tally=whole).value
    above, all_above = (_above(tally, cast("Real", bound)) for tally in (ours, whole))
    return share_p_value(above, ours.n, all_above - above, whole.n - ours.n)


def _above(tally: Tally, bound: Real) -> int:
    ordered = tally.ordered
    return tally.n - bisect_right(ordered.values, Fraction(bound) * ordered.per)


_TESTS: Final[Mapping[type, Callable[[Measurement, Tally], float | None]]] = {
    Share: _shares,
    Mean: _means,
    Percentile: _percentiles,
}


_HEADS: Final = ("Group", "Value", "n", "Unknown", "Still open", "p", "")


def _table(equity: Equity) -> Table:
    lines = tuple(Line(str(one.group), _cells(one)) for one in equity.standings)
    spread = f"Difference {rounded(equity.difference, 3)} {equity.kpi.unit}"
    notes = (f"{spread}, ratio {rounded(equity.ratio, 3)}",)
    return Table(f"{equity.kpi.title}: {equity.kpi}", _HEADS, lines, notes)


def _cells(one: Standing) -> tuple[str, ...]:
    found = one.measurement
    counts = (str(found.n), str(found.unknown), str(found.still_open))
    remark = "too few to rank" if one.small else "differs" if one.differs else ""
    return (rounded(found.value, 3), *counts, rounded(one.p_value, 4), remark)
