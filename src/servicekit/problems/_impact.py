"""What problems come to each time they occur: exact numbers, or money of one currency."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final, cast

from servicekit._mappings import ReadOnly, read_only
from servicekit._rules import TEXT, Rule
from servicekit.errors import DefinitionError, Problem, shown
from servicekit.kpi._written import Exact, Written, as_written
from servicekit.money import Money
from servicekit.problems._signal import key_of

__all__ = ["IMPACTS", "NO_IMPACTS", "Impact", "impacts", "read_impact"]

Impact = Mapping[str, Written | Money]
"""What each problem comes to each time: numbers as they are written, or money."""

NO_IMPACTS: Final[Mapping[str, Exact]] = ReadOnly({})


def impacts(values: Mapping[str, Exact]) -> Mapping[str, Exact]:
    """Keep impacts as they are now."""
    return cast("Mapping[str, Exact]", read_only(values))


def _are_impacts(values: object) -> bool:
    if not isinstance(values, ReadOnly):
        return False
    given = cast("ReadOnly[object, object]", values).items()
    return all(_is_key(key) and _is_impact(value) for key, value in given)


def _is_key(key: object) -> bool:
    return TEXT.problem("", key) is None


def _is_impact(value: object) -> bool:
    return isinstance(value, (int, Fraction)) and not isinstance(value, bool) and value >= 0


IMPACTS: Final = Rule(
    "{are_impacts}({v})",
    "a mapping of problem to a whole number or a Fraction, none below 0",
    are_impacts=_are_impacts,
)
_EACH: Final = "a finite number or Money, not below 0"
_KEY: Final = "the key of a problem"
_ALIKE: Final = "numbers alone, or Money of one currency alone"


def read_impact(impact: Impact) -> tuple[dict[str, Exact], str | None]:
    """Read impacts exactly, and the currency that they are in; refuse all that cannot be."""
    if not isinstance(impact, Mapping):
        raise DefinitionError("impact", (Problem("impact", shown(impact), _ALIKE),))
    found = {key_of(key): _exact(value) for key, value in impact.items()}
    if problems := tuple(_problems(impact, found)):
        raise DefinitionError("impact", problems)
    return found, next(iter(_units(impact)), None)


def _exact(value: Any) -> Any:
    return as_written(Fraction(value.amount) if isinstance(value, Money) else value)


def _units(impact: Impact) -> set[str | None]:
    return {value.currency if isinstance(value, Money) else None for value in impact.values()}


def _problems(impact: Impact, found: Mapping[Any, Any]) -> Iterator[Problem]:
    for key, value in impact.items():
        if not _is_key(key_of(key)):
            yield Problem("impact", shown(key), _KEY)
        elif not _is_impact(found[key_of(key)]):
            yield Problem(f"impact[{key_of(key)!r}]", shown(value), _EACH)
    if len(units := _units(impact)) > 1:
        yield Problem("impact", ", ".join(sorted(unit or "numbers" for unit in units)), _ALIKE)
