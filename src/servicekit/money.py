"""Money: an exact amount in one currency, added within a currency and never across.

>>> Money("12.50", "EUR") + Money(3, "EUR")
Money(amount=Decimal('15.50'), currency='EUR')
>>> print(Totals([Money(10, "EUR"), Money(5, "GBP"), Money("0.50", "EUR")]))
10.50 EUR, 5 GBP
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Context, Decimal, Inexact, InvalidOperation
from functools import total_ordering
from typing import Any, Final, cast

from attrs import field, frozen

from servicekit._rules import Rule, all_are
from servicekit._values import Value
from servicekit.errors import CurrencyError

__all__ = ["Money", "Totals"]

_DIGITS: Final = 1000
_BOUNDS: Final = Context(
    prec=_DIGITS, Emax=_DIGITS - 1, Emin=1 - _DIGITS, traps=[Inexact, InvalidOperation]
)
_EXACT: Final = Context(prec=4 * _DIGITS)


_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def _exact(value: Decimal | int | str) -> Any:
    """Make a Decimal of what is exact and bounded; anything else stays, or becomes, no Decimal."""
    if isinstance(value, str):
        readable = _NUMBER.fullmatch(value) is not None
    else:
        readable = isinstance(value, (Decimal, int)) and not isinstance(value, bool)
    try:
        return _BOUNDS.plus(Decimal(value)) if readable else value
    except ArithmeticError:
        return str(value) if isinstance(value, Decimal) else value


_AMOUNT: Final = Rule(
    "isinstance({v}, {decimal}) and {v}.is_finite()",
    "a finite Decimal, a whole number or the text of one, such as '12.50', "
    f"of at most {_DIGITS} digits; never a float",
    decimal=Decimal,
)
_CURRENCY: Final = Rule(
    "isinstance({v}, str) and len({v}) == 3 and {v}.isascii() and {v}.isalpha() and {v}.isupper()",
    "an ISO 4217 code of three capital letters, such as 'EUR'",
)


@total_ordering
@frozen
class Money(Value):
    """An amount of one currency, exact and of either sign.

    The amount is a Decimal, or a whole number or text that becomes one; a float is refused, for it
    is not the amount that was meant. The currency is an ISO 4217 code; its form is checked, not
    the list, which changes. Adding, subtracting and ordering two currencies is a `CurrencyError`.
    """

    amount: Decimal = field(converter=_exact, validator=_AMOUNT)
    currency: str = field(validator=_CURRENCY)

    def _same(self, other: "Money") -> Decimal:
        if self.currency != other.currency:
            raise CurrencyError(str(self), str(other))
        return other.amount

    def __add__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(_EXACT.add(self.amount, self._same(other)), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(_EXACT.subtract(self.amount, self._same(other)), self.currency)

    def __lt__(self, other: "Money") -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount < self._same(other)

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"


def _per_currency(amounts: Iterable[Money] | Mapping[str, Money]) -> Any:
    """Add up what is money; leave anything else for the rule to refuse."""
    values: Any = cast("Any", amounts).values() if isinstance(amounts, Mapping) else amounts
    try:
        given = tuple(values)
    except TypeError:
        return values
    if not all_are(given, Money):
        return given
    sums: dict[str, Money] = {}
    for money in given:
        known = sums.get(money.currency)
        sums[money.currency] = money if known is None else known + money
    return tuple(sums[currency] for currency in sorted(sums))


_AMOUNTS: Final = Rule(
    "isinstance({v}, tuple) and {all_are}({v}, {kind})",
    "amounts of Money",
    all_are=all_are,
    kind=Money,
)


@frozen(eq=False)
class Totals(Value, Mapping[str, Money]):
    """Amounts added up per currency: a read-only mapping of currency to `Money`.

    >>> totals = Totals([Money(10, "EUR"), Money(5, "GBP")])
    >>> totals["EUR"]
    Money(amount=Decimal('10'), currency='EUR')
    >>> "USD" in totals
    False
    """

    amounts: tuple[Money, ...] = field(default=(), converter=_per_currency, validator=_AMOUNTS)

    def __getitem__(self, currency: str) -> Money:
        for money in self.amounts:
            if money.currency == currency:
                return money
        raise KeyError(currency)

    def __iter__(self) -> Iterator[str]:
        return (money.currency for money in self.amounts)

    def __len__(self) -> int:
        return len(self.amounts)

    def __hash__(self) -> int:
        return hash(self.amounts)

    def __str__(self) -> str:
        return ", ".join(map(str, self.amounts)) or "nothing"
