"""What was measured as data: the groups, and the sums that a measurement rests on."""

from collections.abc import Callable
from fractions import Fraction
from math import isfinite, lcm
from typing import Any, Final

from attrs import field, frozen
from cattrs import Converter

from servicekit._rules import FLAG, NATURAL
from servicekit._values import Value, several
from servicekit.errors import Problem, RecordError, shown
from servicekit.kpi._tally import Read, Run, Tally, run_of
from servicekit.serialize._errors import wrong

__all__ = ["Sums", "group_data", "read_group", "tally_reader", "tally_writer"]

_A_GROUP: Final = (
    "text, a finite number, true, false or None, or a list of these; a Period has days as text"
)


def _is_label(value: object) -> bool:
    if isinstance(value, float):
        return isfinite(value)
    return value is None or value.__class__ in {str, int, bool}


def group_data(group: Any) -> Any:
    """Write a group; refuse one that could not be read again."""
    if not all(map(_is_label, several(group))):
        raise RecordError("data", (Problem("group", shown(group), _A_GROUP),))
    return list(several(group)) if isinstance(group, tuple) else group


def read_group(value: Any) -> Any:
    """Read a group."""
    if not all(map(_is_label, several(value))):
        raise wrong(value, _A_GROUP)
    return several(value) if isinstance(value, (list, tuple)) else value


@frozen(kw_only=True)
class Sums(Value):
    """A tally as data: sums as fractions, however large they are, and values in order."""

    n: int = field(validator=NATURAL)
    unknown: int = field(validator=NATURAL)
    still_open: int = field(validator=NATURAL)
    total: Fraction
    divisor: Fraction
    squared: Fraction
    exact: bool = field(validator=FLAG)
    values: tuple[int | float | Fraction, ...]
    read: Read | None = None


_LARGE: Final = 2**53
"""From here on, programs that read JSON lose digits of a whole number; it is text instead."""


def tally_writer(_: Any, converter: Converter) -> Callable[[Tally], Any]:
    """Make the hook that writes a tally."""
    write = converter.get_unstructure_hook(Sums)
    return lambda tally: write(
        Sums(
            n=tally.n,
            unknown=tally.unknown,
            still_open=tally.still_open,
            total=tally.total,
            divisor=tally.divisor,
            squared=tally.squared,
            exact=tally.exact,
            values=_values(tally),
            read=tally.read,
        )
    )


def _values(tally: Tally) -> tuple[int | float | Fraction, ...]:
    found, per = tally.ordered.values, tally.ordered.per
    if float in map(type, found):
        return tuple(found)
    exact = (Fraction(value) / per for value in found)
    return tuple(
        one.numerator if one.denominator == 1 and abs(one) < _LARGE else one for one in exact
    )


def tally_reader(_: Any, converter: Converter) -> Callable[[Any, Any], Tally]:
    """Make the hook that reads a tally."""
    read = converter.get_structure_hook(Sums)
    return lambda data, _: _tally(read(data, Sums))


def _tally(sums: Sums) -> Tally:
    return Tally.of(
        sums.n,
        sums.unknown,
        sums.still_open,
        total=sums.total,
        divisor=sums.divisor,
        squared=sums.squared,
        exact=sums.exact,
        runs=_runs(sums.values),
        read=sums.read,
    )


def _runs(values: tuple[int | float | Fraction, ...]) -> tuple[Run, ...]:
    if not values:
        return ()
    only_floats = {float} == set(map(type, values))
    exact = [Fraction(value) for value in values]
    per = lcm(*{value.denominator for value in exact})
    return (run_of([int(value * per) for value in exact], per, floats=only_floats),)
