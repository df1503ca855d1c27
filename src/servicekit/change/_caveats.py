"""What to bear in mind with a verdict: reasons why a difference may not be what it seems."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from servicekit._tables import rounded
from servicekit._terms import Term
from servicekit.change._verdicts import Change, Verdict
from servicekit.inference import Gamma, Proportion, newcombe
from servicekit.kpi import Groups, Mean, Measurement, Share

__all__ = ["Caveat", "Concern", "caveats"]


class Concern(Term):
    """What a caveat is about."""

    OPPOSED = "moved against each other"
    MIX = "other mix"
    UNKNOWN = "unknown differs"
    STILL_OPEN = "still open"


@frozen
class Caveat:
    """A reason to look twice: what it is about, the keys of the KPIs, and how it shows."""

    concern: Concern
    kpis: tuple[str, ...]
    said: str = field(kw_only=True)

    def __str__(self) -> str:
        return f"{self.concern}: {', '.join(self.kpis)}: {self.said}"


_SMALLEST: Final = 5
"""How many rows a group is expected to have on each side, or else it is taken with others: Cochran,
"Some methods for strengthening the common chi-squared tests", Biometrics 10 (1954), 417-451."""


def caveats(changes: Iterable[Change], groups: tuple[Groups, Groups] | None) -> tuple[Caveat, ...]:
    """Find all that is to be borne in mind."""
    given = tuple(changes)
    found = [*_opposed(given)]
    for change in given:
        found += [*_mix(change, groups), *_unknown(change), *_still_open(change)]
    return tuple(found)


def _opposed(changes: tuple[Change, ...]) -> Iterator[Caveat]:
    better, worse = (
        [change.kpi.key for change in changes if change.verdict is verdict]
        for verdict in (Verdict.BETTER, Verdict.WORSE)
    )
    if better and worse:
        said = f"{', '.join(better)} better, {', '.join(worse)} worse"
        yield Caveat(Concern.OPPOSED, (*better, *worse), said=said)


def _still_open(change: Change) -> Iterator[Caveat]:
    sides = ((change.before, "before"), (change.after, "after"))
    waiting = [f"{one.still_open} {when}" for one, when in sides if one.still_open]
    if waiting:
        said = f"rows whose window has not closed: {', '.join(waiting)}"
        yield Caveat(Concern.STILL_OPEN, (change.kpi.key,), said=said)


def _unknown(change: Change) -> Iterator[Caveat]:
    base, other = (
        Proportion(one.unknown, one.n + one.unknown) for one in (change.before, change.after)
    )
    difference = newcombe(base, other, level=change.level)
    if difference is not None and difference.more_than_noise:
        said = f"{_percent(base.share)} of rows before, {_percent(other.share)} after"
        yield Caveat(Concern.UNKNOWN, (change.kpi.key,), said=said)


def _mix(change: Change, groups: tuple[Groups, Groups] | None) -> Iterator[Caveat]:
    """Compare how rows spread over the groups, by the chi-squared test of homogeneity."""
    if groups is None:
        return
    key = change.kpi.key
    before, after = ({group: one[key] for group, one in side.items()} for side in groups)
    names = [*before, *(group for group in after if group not in before)]
    counts = [
        [side[group].n if group in side else 0 for group in names] for side in (before, after)
    ]
    if not all(map(sum, counts)) or not _differ(*counts, change.level):
        return
    shares = [[Fraction(count, sum(side)) for count in side] for side in counts]
    moved = sum(abs(now - then) for then, now in zip(*shares, strict=True)) / 2
    said = f"{_percent(moved)} of rows would have to be in other groups"
    if (same := _at_former_mix(before, after)) is not None:
        said += f"; at the mix of before, the difference would be {rounded(same, 3)}"
    yield Caveat(Concern.MIX, (key,), said=said)


def _differ(ours: Sequence[int], theirs: Sequence[int], level: float) -> bool:
    n, m = sum(ours), sum(theirs)
    cells = _pooled(ours, theirs, Fraction(_SMALLEST * (n + m), min(n, m)))
    if len(cells) < 2:  # noqa: PLR2004 - there is no mix of one
        return False
    squares = sum(Fraction((one * m - other * n) ** 2, one + other) for one, other in cells)
    return Gamma((len(cells) - 1) / 2).cdf(float(squares / (2 * n * m))) > level


def _pooled(ours: Sequence[int], theirs: Sequence[int], enough: Fraction) -> list[tuple[int, int]]:
    """Take small groups together until there are enough rows in each, the smallest ones first."""
    cells: list[tuple[int, int]] = []
    one, other = 0, 0
    for here, there in sorted(zip(ours, theirs, strict=True), key=sum):
        one, other = one + here, other + there
        if one + other >= enough:
            cells.append((one, other))
            one, other = 0, 0
    if cells and one + other:
        cells[-1] = (cells[-1][0] + one, cells[-1][1] + other)
    return cells


def _at_former_mix(
    before: Mapping[object, Measurement], after: Mapping[object, Measurement]
) -> Fraction | None:
    """Give the difference that there would be had each group kept its share of the rows.

    Direct standardization, of shares and means; None where a group has gone.
    """
    there = {group: one.tally for group, one in before.items() if one.n}
    now = {group: one.tally for group, one in after.items() if one.n}
    measure = next(iter(before.values())).kpi.measure
    if not isinstance(measure, (Share, Mean)) or there.keys() - now.keys():
        return None
    n = sum(tally.n for tally in there.values())
    differences = (
        tally.n * (now[group].total / now[group].n - tally.total / tally.n)
        for group, tally in there.items()
    )
    return sum(differences, start=Fraction(0)) / n


def _percent(share: Fraction | None) -> str:
    return f"{rounded(None if share is None else 100 * share, 1)} %"
