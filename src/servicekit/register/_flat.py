"""Fields of several values in a flat row: each value stands under the field's name and its own.

A cause of dissatisfaction is ``causes_overcharged`` (true, false, or None where no cause is on
record), an amount ``compensation_eur``, the second reopening ``reopenings_2``. They are attributes
of the row and columns of a table alike, so that a KPI names them in the same way for both.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Final

from attrs import frozen

from servicekit.complaint import Dissatisfaction
from servicekit.money import Totals

__all__ = ["AMOUNTS", "CAUSES", "INSTANTS", "Flat", "Parts"]

_CODE_LENGTH: Final = 3


@frozen
class Parts:
    """How a field of several values is taken apart.

    ``read`` gives the part of a value under a key, and raises KeyError where no such part can be;
    ``keys`` lists what the parts of many values are called.
    """

    read: Callable[[Any, str], Any]
    keys: Callable[[Iterable[Any]], Iterable[str]]


def _amount(totals: Totals | None, key: str) -> Decimal | None:
    """Read what was given in a currency: nothing given is zero, nothing known is None."""
    if not (len(key) == _CODE_LENGTH and key.isascii() and key.isalpha() and key.islower()):
        raise KeyError(key)
    if totals is None:
        return None
    money = totals.get(key.upper())
    return Decimal(0) if money is None else money.amount


def _currencies(values: Iterable[Totals | None]) -> list[str]:
    return sorted({currency.lower() for totals in values for currency in totals or ()})


_TERMS: Final = {str(term): term for term in Dissatisfaction}


def _cause(causes: frozenset[Dissatisfaction], key: str) -> bool | None:
    term = _TERMS[key]
    return term in causes if causes else None


def _nth(instants: tuple[datetime, ...], key: str) -> datetime | None:
    if not (key.isascii() and key.isdecimal() and not key.startswith("0")):
        raise KeyError(key)
    return instants[int(key) - 1] if int(key) <= len(instants) else None


def _positions(values: Iterable[tuple[datetime, ...]]) -> list[str]:
    return [str(n + 1) for n in range(max(1, *map(len, values)))]


AMOUNTS: Final = Parts(_amount, _currencies)
CAUSES: Final = Parts(_cause, lambda _: _TERMS)
INSTANTS: Final = Parts(_nth, _positions)


class Flat:
    """A row whose fields of several values can be read part by part."""

    __slots__ = ()

    PARTS: ClassVar[Mapping[str, Parts]]


def _part(row: Flat, name: str) -> Any:
    for field, parts in type(row).PARTS.items():
        if name.startswith(f"{field}_"):
            try:
                return parts.read(getattr(row, field), name[len(field) + 1 :])
            except KeyError:
                break
    raise AttributeError(f"{type(row).__name__} has no {name!r}", name=name, obj=row)


# Out of sight of type checkers, to whom a misspelt field shall remain an error.
setattr(Flat, "__getattr__", _part)  # noqa: B010 - see above
