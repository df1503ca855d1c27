"""The groups of a frame: what rows are grouped by, and how groups are named in a result."""

from collections.abc import Callable, Mapping
from typing import Final

from attrs import frozen

from servicekit.extra.frames._calendar import number_of, text_of
from servicekit.extra.frames._contents import FLOATS
from servicekit.extra.frames._moments import days_of
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._source import Source
from servicekit.extra.frames._workings import Cell, Put
from servicekit.kpi import By, Length, Period
from servicekit.kpi._numbers import label

__all__ = ["Group", "group"]

_NO_GROUPS: Final = (nw.List, nw.Array, nw.Struct, nw.Object, nw.Unknown, nw.Binary)
_LABELS: Final = "texts, flags, numbers, instants or dates"
_OF_ONE_KIND: Final = "texts, flags or whole numbers, of one kind, or null"
_UNKNOWN: Final = -(2**40)
"""The number of the period of rows that do not know it."""


@frozen
class Group:
    """One thing that rows are grouped by: its name, its column, and what names groups in it."""

    name: str
    cell: Cell
    named: Callable[[Put, Cell], Cell]


def group(source: Source, by: By) -> Group:
    """Read what rows are grouped by."""
    if isinstance(by, Period):
        return _period(source, by)
    dtype, column = source.dtype(by), nw.col(by)
    if dtype is None:
        zeros = source.anything()
        nothing = nw.when(zeros.column != 0).then(nw.lit(""))
        return Group(by, source.workings.put(nothing, zeros), _as_it_is)
    if source.is_of_objects(by):
        return Group(by, _objects(source, by), _as_it_is)
    if dtype in _NO_GROUPS:
        raise source.refusal(by, _LABELS)
    if dtype in FLOATS:
        ordered = (column >= float("-inf")) & (column <= float("inf"))
        column = nw.when(ordered).then(column)
    named = _as_text if dtype in (nw.Categorical, nw.Enum) else _as_it_is
    return Group(by, source.workings.put(column), named)


def _as_it_is(put: Put, cell: Cell) -> Cell:
    return put(cell.column)


def _as_text(put: Put, cell: Cell) -> Cell:
    return put(cell.column.cast(nw.String))


_NULLABLE: Final[Mapping[type, str]] = {bool: "boolean", int: "Int64"}
"""The types of pandas that hold flags and whole numbers with gaps."""


def _objects(source: Source, column: str) -> Cell:
    labels = [label(value) for value in source.objects(column)]
    kinds: set[type] = {type(value) for value in labels if value is not None} or {str}
    kind = kinds.pop()
    if kinds or kind not in {str, *_NULLABLE}:
        raise source.refusal(column, _OF_ONE_KIND)
    return source.add_nullable(labels, _NULLABLE.get(kind))


def _period(source: Source, period: Period) -> Group:
    put = source.workings.put
    day, known = days_of(source, period.column, period.tz)
    number = number_of(period.length, put, day)
    there = source.workings.column(known)
    kept = nw.when(there).then(number.column).otherwise(nw.lit(_UNKNOWN, dtype=nw.Int64))
    return Group(str(period), put(kept, number, known), _Text(period.length))


@frozen
class _Text:
    """How periods of a length are named by their numbers."""

    _length: Length

    def __call__(self, put: Put, number: Cell) -> Cell:
        """Name the periods of a column of numbers."""
        known = put(number.column > _UNKNOWN)
        zero = nw.lit(0, dtype=nw.Int64)
        there = put(nw.when(known.column).then(number.column).otherwise(zero), known)
        text = text_of(self._length, put, there)
        return put(nw.when(known.column).then(text.column), known, text)
