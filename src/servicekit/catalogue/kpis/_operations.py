"""KPIs of operations: returns, refused deliveries, stock-outs, rejects, surveys, complaints."""

from datetime import timedelta
from typing import Final

from servicekit.catalogue.kpis._made import HIGHER, LOWER, NEITHER, SHARE, in_key
from servicekit.kpi import Column, Kpi, Per, Ratio, Total, Within
from servicekit.kpi._written import span_in_words

__all__ = [
    "COMPLAINTS_PER_1000_ORDERS",
    "INTERNAL_REJECTS",
    "OPERATIONS",
    "REFUSED_DELIVERIES",
    "REORDERED",
    "RETURNED_ORDERS",
    "RETURNED_UNITS",
    "STOCK_OUTS",
    "SURVEY_RESPONSE",
    "refunded_revenue",
    "returned_orders",
    "returned_units",
]

_RETURNS: Final = (
    "Returns of what was sold in the period, once the time for returns has passed; by units, by "
    "orders and by revenue they are three KPIs (12.0 %, 18.0 % and 13.1 % in one published quarter)"
)
_FIGURES: Final = (
    "A guide to customer service policies, on the figures that tell of trouble before a customer "
    "does: backlog, stock-outs, internal rejects, deliveries refused and ordered again"
)
_SURVEYS: Final = (
    "Answered / sent, as AAPOR's Response Rate 1 where every survey sent counts (Standard "
    "Definitions)"
)
_VOLUME: Final = "Complaints against the volume of orders, so that growth is not taken for decline"

_MONTH: Final = timedelta(days=30)


def _rate(part: str, whole: str) -> Ratio:
    return Ratio(Total(Column(part)), Total(Column(whole)))


def _returns(what: str, part: str, whole: str, after: timedelta) -> Kpi:
    settled = Within("end", "end", after)
    return Kpi(
        f"{part}_within_{in_key(after)}",
        f"{what}, {span_in_words(after)} after the period",
        Ratio(Total(Column(part), settled), Total(Column(whole), settled)),
        unit=SHARE,
        better=LOWER,
        source=_RETURNS,
    )


def returned_units(after: timedelta) -> Kpi:
    """Give the share of units returned; a period counts once so much time has passed since."""
    return _returns("Units returned", "returned", "sold", after)


def returned_orders(after: timedelta) -> Kpi:
    """Give the share of orders with a return; a period counts once so much time has passed."""
    return _returns("Orders with a return", "orders_returned", "orders", after)


def refunded_revenue(currency: str, after: timedelta) -> Kpi:
    """Give the share of revenue refunded, in one currency; as for `returned_units`."""
    code = currency.lower()
    return _returns(f"Revenue refunded, {currency}", f"refunded_{code}", f"revenue_{code}", after)


RETURNED_UNITS: Final = returned_units(_MONTH)
RETURNED_ORDERS: Final = returned_orders(_MONTH)

COMPLAINTS_PER_1000_ORDERS: Final = Kpi(
    "complaints_per_1000_orders",
    "Complaints per 1,000 orders",
    Ratio(Total(Column("complaints")), Total(Per(Column("orders"), 1000))),
    unit="complaints per 1,000 orders",
    better=LOWER,
    source=_VOLUME,
)
REFUSED_DELIVERIES: Final = Kpi(
    "refused_deliveries",
    "Orders whose delivery was refused",
    _rate("refused_deliveries", "orders"),
    unit=SHARE,
    better=LOWER,
    source=_FIGURES,
)
REORDERED: Final = Kpi(
    "reordered",
    "Refused deliveries that were ordered again",
    _rate("reorders", "refused_deliveries"),
    unit=SHARE,
    better=NEITHER,
    source=_FIGURES,
)
STOCK_OUTS: Final = Kpi(
    "stock_outs",
    "Orders for what was not in stock",
    _rate("stock_outs", "orders"),
    unit=SHARE,
    better=LOWER,
    source=_FIGURES,
)
INTERNAL_REJECTS: Final = Kpi(
    "internal_rejects",
    "Rejected by own inspection, of what was produced",
    _rate("rejected", "produced"),
    unit=SHARE,
    better=LOWER,
    source=_FIGURES,
)
SURVEY_RESPONSE: Final = Kpi(
    "survey_response",
    "Surveys answered, of those sent",
    _rate("surveys_answered", "surveys_sent"),
    unit=SHARE,
    better=HIGHER,
    source=_SURVEYS,
)

OPERATIONS: Final = (
    COMPLAINTS_PER_1000_ORDERS,
    RETURNED_UNITS,
    RETURNED_ORDERS,
    REFUSED_DELIVERIES,
    REORDERED,
    STOCK_OUTS,
    INTERNAL_REJECTS,
    SURVEY_RESPONSE,
)
"""All KPIs whose rows are `Operations`, but for revenue, which needs a currency."""
