"""Operating figures: what a company counted in a period."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar, Final

from attrs import field, frozen

from servicekit._instants import instant
from servicekit._rules import INSTANT, NATURAL, TEXT_OR_NONE, Rule, is_a
from servicekit._values import Value, refuse, several
from servicekit.money import Money, Totals
from servicekit.register._flat import AMOUNTS, Flat, Parts

__all__ = ["Operations"]

_COUNT: Final = Rule(
    f"{{v}} is None or {NATURAL.holds}", f"{NATURAL.allowed}, or None where it was not counted"
)
_AMOUNTS: Final = is_a(Totals, optional=True)
_PARTS: Final = MappingProxyType({"revenue": AMOUNTS, "refunded": AMOUNTS})

_WITHIN: Final = (
    ("returned", "sold"),
    ("orders_returned", "orders"),
    ("refused_deliveries", "orders"),
    ("reorders", "refused_deliveries"),
    ("rejected", "produced"),
    ("surveys_answered", "surveys_sent"),
)
"""What is counted among what; it cannot be more."""


_Revenue = Money | list[Money] | tuple[Money, ...] | Totals | None


def _totals(value: _Revenue) -> Totals | None:
    """Take one amount, or a list of them, as totals; leave anything else for the rule to refuse."""
    if isinstance(value, (Money, list, tuple)):
        return Totals(several(value))
    return value


@frozen
class Operations(Flat, Value):
    """What was counted from ``start`` until ``end``; None is what was not counted.

    What is returned belongs to what was sold: ``returned`` is how many of the units ``sold`` in the
    period have come back since, whenever that was, ``orders_returned`` how many of the ``orders``,
    ``refunded`` how much of the ``revenue``.

    ``refused_deliveries`` are orders that the customer refused for a fault, ``reorders`` those of
    them that were ordered again. ``stock_outs`` are orders for what was not in stock, ``rejected``
    is what the company's own inspection found among what it ``produced``. ``source`` says who
    counted, such as a supplier or a site, ``product`` of what.

    Amounts are `Totals`, or money from which totals are made; ``revenue_eur`` reads one currency.

    Raises `RecordError`, also for a part that is more than its whole.
    """

    PARTS: ClassVar[Mapping[str, Parts]] = _PARTS

    start: datetime = field(converter=instant, validator=INSTANT)
    end: datetime = field(converter=instant, validator=INSTANT)
    source: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    product: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    orders: int | None = field(default=None, kw_only=True, validator=_COUNT)
    complaints: int | None = field(default=None, kw_only=True, validator=_COUNT)
    sold: int | None = field(default=None, kw_only=True, validator=_COUNT)
    returned: int | None = field(default=None, kw_only=True, validator=_COUNT)
    orders_returned: int | None = field(default=None, kw_only=True, validator=_COUNT)
    revenue: Totals | None = field(
        default=None, kw_only=True, converter=_totals, validator=_AMOUNTS
    )
    refunded: Totals | None = field(
        default=None, kw_only=True, converter=_totals, validator=_AMOUNTS
    )
    refused_deliveries: int | None = field(default=None, kw_only=True, validator=_COUNT)
    reorders: int | None = field(default=None, kw_only=True, validator=_COUNT)
    stock_outs: int | None = field(default=None, kw_only=True, validator=_COUNT)
    produced: int | None = field(default=None, kw_only=True, validator=_COUNT)
    rejected: int | None = field(default=None, kw_only=True, validator=_COUNT)
    surveys_sent: int | None = field(default=None, kw_only=True, validator=_COUNT)
    surveys_answered: int | None = field(default=None, kw_only=True, validator=_COUNT)

    def __attrs_post_init__(self) -> None:
        if self.end <= self.start:
            refuse(self, "end", f"an instant after start, {self.start}")
        for part, whole in _WITHIN:
            count, among = getattr(self, part), getattr(self, whole)
            if count is not None and among is not None and count > among:
                refuse(self, part, f"a count among {whole}, which is {among}")
        if self.refunded is not None and self.revenue is not None:
            _refuse_more(self, self.refunded, self.revenue)


def _refuse_more(operations: Operations, refunded: Totals, revenue: Totals) -> None:
    """Refuse to have refunded more than there was, in any currency."""
    for currency, money in refunded.items():
        if money > revenue.get(currency, Money(0, currency)):
            refuse(operations, "refunded", f"no more than the revenue, {revenue}")
