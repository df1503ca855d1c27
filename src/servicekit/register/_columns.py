"""Rows as columns, for any data-frame library."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, Final

import attrs

from servicekit._terms import Term
from servicekit.errors import Problem, RecordError
from servicekit.money import Money, Totals
from servicekit.register._contact import Contact
from servicekit.register._entry import Entry
from servicekit.register._flat import AMOUNTS, Flat, Parts
from servicekit.register._operations import Operations
from servicekit.register._promises import PromiseEntry

__all__ = ["Row", "columns"]

Row = Entry | PromiseEntry | Contact | Operations

_KINDS: Final = (Entry, PromiseEntry, Contact, Operations)


def columns(rows: Iterable[Row], *, currencies: Iterable[str] = ()) -> dict[str, list[Any]]:
    """Give rows of one kind as a dict of lists, which every data-frame library takes.

    Terms become their text, fields of several values one column per part. Instants are given in
    UTC, for one column can have only one offset in most libraries; where any of a column had
    another, it stands beside it as a timedelta, ``received_at_offset``, and the sum of both is the
    wall clock. Nothing else changes: amounts are Decimals and None is what is not known.

    Amounts have a column for every currency that is there, and for ``currencies``.

    >>> columns([])
    {}
    """
    given = tuple(rows)
    if not given:
        return {}
    kind = _kind(given)
    table: dict[str, list[Any]] = {}
    several: Mapping[str, Parts] = kind.PARTS if issubclass(kind, Flat) else {}
    wanted = Totals(Money(0, currency) for currency in currencies)
    for name in _names(kind):
        values = list(map(attrgetter(name), given))
        if name in several:
            table |= _parted(name, values, several[name], wanted)
        else:
            table |= _plain(name, values)
    return table


def _kind(rows: Sequence[object]) -> type[Row]:
    kinds = {type(row) for row in rows}
    for kind in _KINDS:
        if kinds == {kind}:
            return kind
    found = ", ".join(sorted(kind.__name__ for kind in kinds))
    allowed = f"rows of one kind: {', '.join(kind.__name__ for kind in _KINDS)}"
    raise RecordError("columns", (Problem("rows", found, allowed),))


def _names(kind: type[Row]) -> tuple[str, ...]:
    derived = kind.DERIVED if issubclass(kind, Contact) else ()
    return tuple(field.name for field in attrs.fields(kind)) + derived


def _parted(name: str, values: list[Any], parts: Parts, wanted: Totals) -> dict[str, list[Any]]:
    keys = parts.keys([*values, wanted] if parts is AMOUNTS else values)
    return {f"{name}_{key}": [parts.read(value, key) for value in values] for key in keys}


def _plain(name: str, values: list[Any]) -> dict[str, list[Any]]:
    known = next((value for value in values if value is not None), None)
    if isinstance(known, Term):
        return {name: [None if value is None else value.value for value in values]}
    if not isinstance(known, datetime):
        return {name: values}
    offsets = [None if value is None else value.utcoffset() for value in values]
    shown = {name: [None if value is None else value.astimezone(UTC) for value in values]}
    return shown | {f"{name}_offset": offsets} if any(offsets) else shown
