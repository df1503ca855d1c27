"""What to bear in mind with a verdict: reasons why a difference may not be what it seems."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import fsum
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
    """Find all that is to be borne in mind; what is said of several KPIs alike is said once."""
    given = tuple(changes)
    found = [*_opposed(given)]
    for change in given:
        found += [*_mix(change, groups), *_unknown(change), *_still_open(change)]
    kpis: dict[tuple[Concern, str], list[str]] = {}
    for one in found:
        kpis.setdefault((one.concern, one.said), []).extend(one.kpis)
    return tuple(Caveat(concern, tuple(keys), said=said) for (concern, said), keys in kpis.items())


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
    ours, theirs = (
        [side[name].n if name in side else 0 for name in names] for side in (before, after)
    )
    n, m = sum(ours), sum(theirs)
    if not n or not m or not _differ(ours, theirs, change.level):
        return
    apart = sum(abs(one * m - other * n) for one, other in zip(ours, theirs, strict=True))
    moved = Fraction(apart, 2 * n * m)
    said = f"{_percent(moved)} of rows would have to be in other groups"
    if (same := _at_former_mix(before, after)) is not None:
        said += f"; at the mix of before, the difference would be {rounded(same, 3)}"
    yield Caveat(Concern.MIX, (key,), said=said)


def _differ(ours: Sequence[int], theirs: Sequence[int], level: float) -> bool:
    n, m = sum(ours), sum(theirs)
    cells = _pooled(ours, theirs, Fraction(_SMALLEST * (n + m), min(n, m)))
    if len(cells) < 2:  # noqa: PLR2004 - there is no mix of one
        return False
    squares = ((one * m - other * n) ** 2 / ((one + other) * n * m) for one, other in cells)
    return Gamma((len(cells) - 1) / 2).cdf(sum(squares) / 2) > level


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
) -> float | None:
    """Give the difference that there would be had each group kept its share of the rows.

    Direct standardization, of shares and means; None where a group has gone.
    """
    there = {group: one for group, one in before.items() if one.n}
    if not all(_is_share_or_mean(after.get(group)) for group in there):
        return None
    n = sum(one.n for one in there.values())
    try:
        return fsum(one.n / n * _apart(one, after[group]) for group, one in there.items())
    except OverflowError:  # numbers that no float can hold
        return None


def _is_share_or_mean(one: Measurement | None) -> bool:
    return one is not None and one.n > 0 and isinstance(one.kpi.measure, (Share, Mean))


def _apart(before: Measurement, after: Measurement) -> float:
    then, now = (one.tally.total / one.n for one in (before, after))
    return float(now - then)


def _percent(share: Fraction | None) -> str:
    return f"{rounded(None if share is None else 100 * share, 1)} %"
