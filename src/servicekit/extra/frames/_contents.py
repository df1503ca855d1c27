"""What else columns of a frame hold: flags, values to be equal to, and whatever may be known."""

from typing import Any, Final

from attrs import frozen

from servicekit.extra.frames._figures import LARGEST, number
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._source import Source
from servicekit.extra.frames._workings import NEVER, Flag
from servicekit.kpi._chunk import TRUE, UNKNOWN, flags, matched
from servicekit.kpi._numbers import is_unknown
from servicekit.kpi._plain import Plain

__all__ = ["FLOATS", "MOMENTS", "TEXTS", "Truth", "is_one_of", "is_set", "stands"]

FLOATS: Final = (nw.Float32, nw.Float64)
TEXTS: Final = (nw.String, nw.Categorical, nw.Enum)
MOMENTS: Final = (nw.Date, nw.Datetime)
_NO_VALUES: Final = (nw.List, nw.Array, nw.Struct, nw.Object, nw.Unknown, nw.Binary)
_FLAGS: Final = "flags: true, false, or null where it is not known"
_VALUES: Final = "texts, flags, numbers, instants or dates"


@frozen
class Truth:
    """Where a condition is known, and where it is true of what is known."""

    yes: Flag
    known: Flag


def _of_bytes(source: Source, states: bytes) -> Truth:
    """Take in what was found out in Python."""
    yes = source.add((state == TRUE for state in states), nw.Boolean)
    return Truth(yes, source.add((state != UNKNOWN for state in states), nw.Boolean))


def is_set(source: Source, column: str) -> Truth:
    """Read a column of flags."""
    dtype = source.dtype(column)
    if dtype is None:
        return Truth(NEVER, NEVER)
    if dtype == nw.Boolean:
        holds = source.workings.put(nw.col(column).fill_null(value=False))
        known = source.there(column)
        return Truth(source.workings.both(known, holds), known)
    if source.holds_objects(column):
        name = source.with_flags(column)
        if name is None:
            return _of_bytes(source, flags(column, source.objects(column)))
        known = source.workings.put(~nw.col(name).is_null())
        holds = source.workings.put(nw.col(name).fill_null(value=False))
        return Truth(source.workings.both(known, holds), known)
    raise source.refusal(column, _FLAGS)


def stands(source: Source, column: str) -> Flag:
    """Say where anything stands in a column that is no instant and no date."""
    dtype = source.dtype(column)
    if dtype is None:
        return NEVER
    if dtype in FLOATS:
        return _no_nan(source, column)
    if source.is_of_objects(column):
        given = source.objects(column)
        return source.add((not is_unknown(value) for value in given), nw.Boolean)
    return source.there(column)


def _no_nan(source: Source, column: str) -> Flag:
    put, values = source.workings.put, nw.col(column)
    ordered = (values >= float("-inf")) & (values <= float("inf"))
    return source.workings.once(("stands", column), lambda: put(ordered.fill_null(value=False)))


def is_one_of(source: Source, column: str, values: tuple[Plain, ...]) -> Truth:
    """Say where a column is one of some values: a flag among flags, a number among numbers."""
    if source.is_of_objects(column):
        return _of_bytes(source, matched(source.objects(column), values))
    if source.dtype(column) in _NO_VALUES:
        raise source.refusal(column, _VALUES)
    known = stands(source, column)
    return Truth(source.workings.both(known, _equal(source, column, values)), known)


def _equal(source: Source, column: str, values: tuple[Plain, ...]) -> Flag:
    dtype, held, put = source.dtype(column), nw.col(column), source.workings.put
    if dtype is None or dtype in MOMENTS or dtype in (nw.Time, nw.Duration):
        return NEVER
    if dtype in TEXTS:
        texts = [value for value in values if isinstance(value, str)]
        return put(held.cast(nw.String).is_in(texts).fill_null(value=False)) if texts else NEVER
    if dtype == nw.Boolean:
        return _same_flag(source, column, {value for value in values if isinstance(value, bool)})
    whole = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
    return _same_number(source, column, whole)


def _same_flag(source: Source, column: str, asked: set[bool]) -> Flag:
    if len(asked) != 1:
        return bool(asked)
    held = nw.col(column)
    return source.workings.put((held if True in asked else ~held).fill_null(value=False))


def _same_number(source: Source, column: str, asked: list[int]) -> Flag:
    figure = number(source, column)
    if figure.floats:
        exact: list[Any] = [
            float(one) for one in asked if abs(one) <= LARGEST and int(float(one)) == one
        ]
    else:
        exact = [one * figure.per for one in asked if abs(one * figure.per) <= LARGEST]
    if not exact:
        return NEVER
    return source.workings.put(figure.value.column.is_in(exact), figure.value)
