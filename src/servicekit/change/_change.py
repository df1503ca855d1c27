"""Before and after: one verdict for each KPI."""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import add
from typing import Final, cast

from attrs import evolve, field, frozen

from servicekit._mappings import Keyed, read_only
from servicekit._rules import FLAG, LEVEL, Rule
from servicekit._tables import NOTHING, Line, Table, Tabled, rounded
from servicekit.change._caveats import Caveat, caveats
from servicekit.change._contrasts import Exposure, contrast
from servicekit.change._verdicts import Change
from servicekit.errors import DefinitionError, Problem, RecordError, shown
from servicekit.inference import Interval, holm
from servicekit.inference._rates import EXPOSURE
from servicekit.kpi import Groups, Kpi, Measurement, Measurements

__all__ = ["Asked", "Changes", "Measured", "change"]


def _by_key(changes: Mapping[str, Change]) -> Mapping[str, Change]:
    return cast("Mapping[str, Change]", read_only(changes))


@frozen(repr=False)
class Changes(Tabled, Keyed[str, Change]):
    """What became of several KPIs, by their keys, and what to bear in mind with it.

    A read-only mapping of key to `Change`. ``together`` says that the p-values are adjusted for the
    number of KPIs judged.
    """

    _items: Mapping[str, Change] = field(alias="by_key", converter=_by_key)
    caveats: tuple[Caveat, ...] = field(kw_only=True)
    together: bool = field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        if wrong := [key for key, one in self._items.items() if one.kpi.key != key]:
            allowed = "the keys of the KPIs that were judged"
            raise RecordError("Changes", (Problem("by_key", shown(wrong[0]), allowed),))

    def __hash__(self) -> int:
        return hash((tuple(self._items.items()), self.caveats, self.together))

    def __repr__(self) -> str:
        return f"Changes({', '.join(f'{key}: {one.verdict}' for key, one in self.items())})"

    def _table(self) -> Table:
        lines = tuple(Line(one.kpi.title, _cells(one)) for one in self.values())
        return Table("Before and after", _HEADS, lines, tuple(self._remarks()))

    def _remarks(self) -> Iterator[str]:
        judged = sum(one.p_value is not None for one in self.values())
        if self.together and judged > 1:
            yield f"p adjusted by Holm's method for {judged} KPIs judged together"
        yield from (f"{one.kpi.title}: {one.why}" for one in self.values() if one.why)
        yield from map(str, self.caveats)


_HEADS: Final = ("KPI", "Before", "After", "Difference", "Interval", "Effect", "p", "Verdict")
_DIGITS: Final = 3
_LEAST: Final = 0.0001


def _cells(one: Change) -> tuple[str, ...]:
    estimate = None if one.difference is None else one.difference.estimate
    values = (one.before.value, one.after.value, estimate)
    figures = (rounded(value, _DIGITS) for value in values)
    return (*figures, _ends(one.interval), _effect(one), _p(one.p_value), str(one.verdict))


def _p(value: float | None) -> str:
    return "<0.0001" if value is not None and value < _LEAST else rounded(value, 4)


def _ends(interval: Interval | None) -> str:
    if interval is None:
        return NOTHING
    return f"{rounded(interval.low, _DIGITS)} to {rounded(interval.high, _DIGITS)}"


def _effect(one: Change) -> str:
    if one.effect is None:
        return NOTHING
    said = f"{one.effect.scale} {rounded(one.effect.value)}"
    return said if one.interval else f"{said} ({_ends(one.effect.interval)})"


Asked = Iterable[Kpi | str] | Kpi | str | None
"""The KPIs to judge, as such or by their keys; None for all."""

Measured = Measurements | Groups
"""What was measured, as a whole or in groups."""


def _is_pair(value: object) -> bool:
    pair = cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
    return len(pair) == 2 and not any(EXPOSURE.problem("", one) for one in pair)  # noqa: PLR2004 - a pair


_EXPOSURE: Final = Rule(
    "{v} is None or {pair}({v})",
    f"two of these, before and after: {EXPOSURE.allowed}; or None",
    pair=_is_pair,
)
_RULES: Final = {"exposure": _EXPOSURE, "level": LEVEL, "together": FLAG}


def change(  # noqa: PLR0913 - three of them are options
    before: Measured,
    after: Measured,
    kpis: Asked = None,
    *,
    exposure: Exposure | None = None,
    level: float = 0.95,
    together: bool = True,
) -> Changes:
    """Say of each KPI whether it is better, worse, or no clear difference is to be seen.

    ``before`` and ``after`` are what `servicekit.kpi.measure` gives for rows of two times or of two
    places; each row is in one of them only. Without ``kpis``, given as such or by their keys, all
    that were measured are judged. How, depends on the measure:

    - a share: Newcombe's interval, and Cohen's h;
    - a mean: Welch's interval, and Hedges' g;
    - a percentile: the interval made of those of both percentiles, and Cliff's delta of all values;
    - a count: the exact ratio of rates over ``exposure``, a pair such as the days before and after,
      for what comes one by one and independently of each other;
    - totals and ratios: cannot be told, for sums do not show how far they vary by themselves.

    Where several KPIs are judged some move by chance; ``together`` adjusts for that by Holm's
    method. Groups, both by the same, are judged as a whole, and their mix is compared.

    Raises `DefinitionError` for a KPI that is not measured on both sides, or not in the same way,
    and `RecordError` for anything else that cannot be.
    """
    given = {"exposure": exposure, "level": level, "together": together}
    _check(before, after, given)
    old, new = _whole(before), _whole(after)
    asked = _asked(old, new, kpis)
    sides = ((old[key], evolve(new[key], kpi=kpi)) for key, kpi in asked.items())
    found = [_judged(one, other, exposure, level) for one, other in sides]
    if together:
        found = _adjusted(found)
    groups = (before, after) if isinstance(before, Groups) and isinstance(after, Groups) else None
    by_key = {one.kpi.key: one for one in found}
    return Changes(by_key, caveats=caveats(found, groups), together=together)


def _check(before: object, after: object, given: Mapping[str, object]) -> None:
    problems = [_RULES[name].problem(name, value) for name, value in given.items()]
    for name, side in (("before", before), ("after", after)):
        if not isinstance(side, (Measurements, Groups)) or not side:
            problems.append(Problem(name, shown(side), "what measure gives, of one KPI or more"))
    if isinstance(before, Groups) != isinstance(after, Groups):
        problems.append(Problem("after", shown(after), "groups where before is groups"))
    if isinstance(before, Groups) and isinstance(after, Groups) and before.by != after.by:
        problems.append(Problem("after", f"by {after.by}", f"by {before.by}, like before"))
    if wrong := tuple(filter(None, problems)):
        raise RecordError("change", wrong)


def _whole(side: Measured) -> Measurements:
    return reduce(add, side.values()) if isinstance(side, Groups) else side


def _asked(before: Measurements, after: Measurements, kpis: Asked) -> dict[str, Kpi]:
    """Give the KPIs to judge, each once; refuse what is not measured alike on both sides."""
    if kpis is None:
        given: list[Kpi | str] = [*before, *after]
    else:
        given = [kpis] if isinstance(kpis, (Kpi, str)) else list(kpis)
    if problems := tuple(_problems(before, after, given)):
        raise DefinitionError("change", problems)
    return {_key(kpi): kpi if isinstance(kpi, Kpi) else after[kpi].kpi for kpi in given}


def _key(kpi: Kpi | str) -> str:
    return kpi.key if isinstance(kpi, Kpi) else kpi


def _problems(
    before: Measurements, after: Measurements, asked: Iterable[Kpi | str]
) -> Iterator[Problem]:
    for kpi in dict.fromkeys(asked):
        key = _key(kpi)
        if key not in before or key not in after:
            both = ", ".join(one for one in before if one in after)
            yield Problem("kpis", shown(key), f"KPIs measured before and after: {both or 'none'}")
            continue
        known = [before[key].kpi, after[key].kpi, *([kpi] if isinstance(kpi, Kpi) else [])]
        for other in known[1:]:
            if not known[0].measures_as(other):
                ours = f"{known[0]} ({known[0].unit}), like before"
                yield Problem(f"kpis[{key!r}]", f"{other} ({other.unit})", ours)


def _judged(
    before: Measurement, after: Measurement, exposure: Exposure | None, level: float
) -> Change:
    difference, effect, why = contrast(before, after, exposure, level)
    p_value = None if difference is None else difference.p_value
    return Change(
        before,
        after,
        difference=difference,
        effect=effect,
        p_value=p_value,
        level=level,
        why=why,
    )


def _adjusted(changes: list[Change]) -> list[Change]:
    """Adjust the p-values for their number; what has none stays as it is."""
    adjusted = iter(holm(one.p_value for one in changes if one.p_value is not None))
    return [one if one.p_value is None else evolve(one, p_value=next(adjusted)) for one in changes]
