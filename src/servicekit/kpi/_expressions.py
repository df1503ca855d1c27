"""Quantities and conditions: what a KPI asks of one row, as values that say themselves in words.

A quantity is a number per row, or unknown. A condition is true, false or unknown, and stays in
SQL's three-valued logic through ``&``, ``|`` and ``~``. Both are data: every piece is a frozen
value whose fields are its parts, so that a KPI can be stored, walked through and computed
elsewhere.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain
from typing import Any, Final, NoReturn, TypeGuard, cast

import attrs
from attrs import field, frozen

from servicekit._rules import TEXT, Rule
from servicekit._values import Definition, several
from servicekit.kpi._plain import (
    ANY_TIME,
    PLAIN,
    SIGN,
    SOME_TIME,
    Plain,
    Sign,
    as_plain,
    by_kind,
)
from servicekit.kpi._written import (
    EXACT,
    Exact,
    Written,
    as_written,
    in_units,
    number_in_words,
    span_in_words,
)

__all__ = [
    "CONDITION",
    "QUANTITY",
    "And",
    "Column",
    "Compare",
    "Condition",
    "Elapsed",
    "IsTrue",
    "Known",
    "Not",
    "OneOf",
    "Or",
    "Per",
    "Plus",
    "Quantity",
    "Within",
    "bracketed",
    "is_condition",
    "is_quantity",
    "pieces",
]


class _Logic:
    """What all conditions share: combining them."""

    __slots__ = ()

    def __and__(self, other: "Condition") -> "And":
        return And(_joined(And, self, other)) if is_condition(other) else NotImplemented

    def __or__(self, other: "Condition") -> "Or":
        return Or(_joined(Or, self, other)) if is_condition(other) else NotImplemented

    def __invert__(self) -> "Not":
        return Not(cast("Condition", self))

    def __bool__(self) -> NoReturn:
        message = "a condition is true or false of a row; combine conditions with &, | and ~"
        raise TypeError(message)


def _joined(kind: "type[And | Or]", *sides: Any) -> "tuple[Condition, ...]":
    return tuple(
        part for side in sides for part in (side.conditions if isinstance(side, kind) else (side,))
    )


class _Number:
    """What all quantities share: comparing them with a number, and adding them up."""

    __slots__ = ()

    def __lt__(self, than: Written) -> "Compare":
        return Compare(cast("Quantity", self), Sign.BELOW, than=than)

    def __le__(self, than: Written) -> "Compare":
        return Compare(cast("Quantity", self), Sign.AT_MOST, than=than)

    def __gt__(self, than: Written) -> "Compare":
        return Compare(cast("Quantity", self), Sign.ABOVE, than=than)

    def __ge__(self, than: Written) -> "Compare":
        return Compare(cast("Quantity", self), Sign.AT_LEAST, than=than)

    def __add__(self, other: "Quantity") -> "Plus":
        if not is_quantity(other):
            return NotImplemented
        own = cast("Quantity", self)
        sides = (side.parts if isinstance(side, Plus) else (side,) for side in (own, other))
        return Plus(tuple(chain.from_iterable(sides)))

    def known(self) -> "Known":
        """Ask whether the row knows it; this is true or false, never unknown."""
        return Known(cast("Quantity", self))


def is_quantity(value: object) -> "TypeGuard[Quantity]":
    """Whether a value is a quantity."""
    return isinstance(value, _Number)


def is_condition(value: object) -> "TypeGuard[Condition]":
    """Whether a value is a condition."""
    return isinstance(value, _Logic)


def _quantities(values: "list[Quantity] | tuple[Quantity, ...]") -> "tuple[Quantity, ...]":
    """Take quantities."""
    return several(values)


def _conditions(values: "list[Condition] | tuple[Condition, ...]") -> "tuple[Condition, ...]":
    """Take conditions."""
    return several(values)


def _all_conditions(values: tuple[object, ...]) -> bool:
    return len(values) > 1 and all(map(is_condition, values))


def _all_quantities(values: tuple[object, ...]) -> bool:
    return len(values) > 1 and all(map(is_quantity, values))


QUANTITY: Final = Rule("{ok}({v})", "a quantity, such as Column('score')", ok=is_quantity)
CONDITION: Final = Rule(
    "{ok}({v})", "a condition, such as Column('kept').is_true()", ok=is_condition
)
_CONDITIONS: Final = Rule("{are}({v})", "two conditions or more", are=_all_conditions)
_QUANTITIES: Final = Rule("{are}({v})", "two quantities or more", are=_all_quantities)
_DIVISOR: Final = Rule(
    "{ok}({v}) or {v}.__class__ is int and {v} > 0",
    "a quantity, or a whole number above 0",
    ok=is_quantity,
)


@frozen(order=False)
class Column(Definition, _Number):
    """What a row holds under a name.

    As a quantity it is a number: int, float, Decimal or Fraction, never a flag. None and
    not-a-number mean unknown, and so does an instant that lies after ``as_of``.

    >>> print(Column("score") >= 4)
    score >= 4
    >>> print(Column("channel").one_of("phone", "chat") & ~Column("automatic").is_true())
    channel is 'phone' or 'chat', and not (automatic is true)
    """

    name: str = field(validator=TEXT)

    def equals(self, value: Plain) -> "OneOf":
        """Ask whether it is this value; unknown where the row does not know it.

        A flag equals flags only, a number numbers, and a term of a vocabulary is its text.
        """
        return OneOf(self, (value,))

    def one_of(self, *values: Plain) -> "OneOf":
        """Ask whether it is one of these values, as `equals` does."""
        return OneOf(self, values)

    def is_true(self) -> "IsTrue":
        """Ask whether a flag is set; anything but True, False and None is refused."""
        return IsTrue(self)

    def __str__(self) -> str:
        return self.name


@frozen(order=False)
class Elapsed(Definition, _Number):
    """The real time from one instant of a row to another, as a plain number of units.

    It is unknown where either is, or lies after ``as_of``, and below zero where the end comes
    first. Two dates do as well as two instants; a date and an instant do not.

    >>> print(Elapsed("received_at", "resolved_at", unit=timedelta(hours=1)) <= 48)
    hours from received_at to resolved_at <= 48
    """

    start: str = field(validator=TEXT)
    end: str = field(validator=TEXT)
    unit: timedelta = field(default=timedelta(seconds=1), kw_only=True, validator=SOME_TIME)

    def __str__(self) -> str:
        return f"{in_units(self.unit)} from {self.start} to {self.end}"


@frozen(order=False)
class Per(Definition, _Number):
    """One quantity of a row divided by another one of it, or by a whole number.

    Divided by zero it is unknown. By a number the result is exact, by a quantity it is the
    nearest float, unknown where none is that large: exact quotients of many rows would have no
    common denominator of bearable size.

    >>> print(Per(Column("orders"), 1000))
    orders / 1000
    """

    of: "Quantity" = field(validator=QUANTITY)
    by: "Quantity | int" = field(validator=_DIVISOR)

    def __str__(self) -> str:
        return f"{bracketed(self.of)} / {bracketed(self.by)}"


@frozen(order=False)
class Plus(Definition, _Number):
    """The sum of quantities of a row; unknown where one of them is. Written with ``+``.

    >>> print(Column("talk") + Column("after_call_work"))
    talk + after_call_work
    """

    parts: "tuple[Quantity, ...]" = field(converter=_quantities, validator=_QUANTITIES)

    def __str__(self) -> str:
        return " + ".join(map(bracketed, self.parts))


@frozen
class Compare(Definition, _Logic):
    """Whether a quantity is below, at most, above or at least a number.

    The number is meant as it is written: 0.1 is a tenth.
    """

    of: "Quantity" = field(validator=QUANTITY)
    sign: Sign = field(validator=SIGN)
    than: Exact = field(kw_only=True, converter=as_written, validator=EXACT)

    def __str__(self) -> str:
        return f"{self.of} {self.sign} {number_in_words(self.than)}"


@frozen
class OneOf(Definition, _Logic):
    """Whether a column is one of some values."""

    of: Column = field(validator=Rule("isinstance({v}, {kind})", "a Column", kind=Column))
    values: tuple[Plain, ...] = field(converter=as_plain, validator=PLAIN, eq=by_kind)

    def __str__(self) -> str:
        return f"{self.of} is {' or '.join(map(repr, self.values))}"


@frozen
class IsTrue(Definition, _Logic):
    """Whether a flag is set."""

    of: Column = field(validator=Rule("isinstance({v}, {kind})", "a Column", kind=Column))

    def __str__(self) -> str:
        return f"{self.of} is true"


@frozen
class Known(Definition, _Logic):
    """Whether a row knows a quantity, or anything that stands in a column; never unknown."""

    of: "Quantity" = field(validator=QUANTITY)

    def __str__(self) -> str:
        return f"{self.of} is known"


@frozen
class Within(Definition, _Logic):
    """Whether the end came at most so long after the start, once that can be told.

    A row is decided when its window has closed at ``as_of``: the end at or before start + limit is
    true, a later end or none is false. While the window is open the row is neither, whether it has
    been answered or not, and the whole measure leaves it out, counting it as still open: else young
    rows would show only their quick answers. A row without a start is unknown. An end before the
    start is within every limit, so that a limit of zero asks whether a due instant was kept.

    >>> print(Within("received_at", "answered_at", timedelta(hours=24)))
    answered_at within 24 hours of received_at
    """

    start: str = field(validator=TEXT)
    end: str = field(validator=TEXT)
    limit: timedelta = field(validator=ANY_TIME)

    def __str__(self) -> str:
        return f"{self.end} within {span_in_words(self.limit)} of {self.start}"


@frozen
class And(Definition, _Logic):
    """Whether all conditions hold: false where one is false, else unknown where one is."""

    conditions: "tuple[Condition, ...]" = field(converter=_conditions, validator=_CONDITIONS)

    def __str__(self) -> str:
        return ", and ".join(map(bracketed, self.conditions))


@frozen
class Or(Definition, _Logic):
    """Whether some condition holds: true where one is true, else unknown where one is."""

    conditions: "tuple[Condition, ...]" = field(converter=_conditions, validator=_CONDITIONS)

    def __str__(self) -> str:
        return ", or ".join(map(bracketed, self.conditions))


@frozen
class Not(Definition, _Logic):
    """Whether a condition is false; unknown where it is unknown."""

    condition: "Condition" = field(validator=CONDITION)

    def __str__(self) -> str:
        return f"not ({self.condition})"


Quantity = Column | Elapsed | Per | Plus
"""A number of each row, or unknown."""

Condition = Compare | OneOf | IsTrue | Known | Within | And | Or | Not
"""True, false or unknown of each row."""


def bracketed(piece: "Quantity | Condition | int") -> str:
    loose = isinstance(piece, (And, Or, Per, Plus, Elapsed))
    return f"({piece})" if loose else str(piece)


def pieces(piece: Any) -> Iterator[Any]:
    """Walk through a definition: the piece itself, then all that it is made of, in order."""
    if isinstance(piece, tuple):
        yield from chain.from_iterable(map(pieces, cast("Iterable[Any]", piece)))
    elif isinstance(piece, Definition):
        yield piece
        for each in attrs.fields(cast("Any", type(piece))):
            yield from pieces(getattr(piece, each.name))
