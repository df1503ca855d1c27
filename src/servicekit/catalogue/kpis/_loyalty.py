"""KPIs of loyalty: who stays, who comes back, what they buy, and how those feel who serve them.

Their rows are the caller's own. One row per customer has ``complained_at`` and ``bought_next_at``
for repurchase, ``customer_at_start`` and ``customer_at_end`` (true or false) for retention,
``purchases`` (a number) for repeat purchase. One row per order has ``amount``, in one currency, and
``regular`` (whether the customer had bought before). One row per answer has ``recommend`` (0-10)
or ``job_satisfaction`` (1-5).
"""

from datetime import timedelta
from typing import Final

from servicekit.catalogue.kpis._made import HIGHER, LOWER, SHARE, in_key
from servicekit.kpi import Column, Kpi, Mean, Share, Within
from servicekit.kpi._written import span_in_words

__all__ = [
    "BASKET_OF_FIRST_TIMERS",
    "BASKET_OF_REGULARS",
    "DETRACTORS",
    "JOB_SATISFACTION",
    "LOYALTY",
    "PROMOTERS",
    "REPEAT_PURCHASE",
    "REPURCHASE_AFTER_COMPLAINT",
    "RETENTION",
    "STAFF_SATISFIED",
    "repurchase_after_complaint",
]

_TARP: Final = (
    "TARP, Consumer Complaint Handling in America, 1979 and 1986: customers, not complaints, once "
    "the time for buying again has passed"
)
_LOYAL: Final = (
    "A guide to good service: regular customers come back and buy more at a time than first-timers"
)
_STAFF: Final = "A guide to good service: content employees are behind it"
_NPS: Final = 'Reichheld, "The one number you need to grow", Harvard Business Review 81(12), 2003'

_REGULAR: Final = Column("regular").is_true()


def repurchase_after_complaint(window: timedelta) -> Kpi:
    """Give the share of customers who bought again in a window after their complaint."""
    return Kpi(
        f"repurchase_after_complaint_{in_key(window)}",
        f"Complained and bought again within {span_in_words(window)}",
        Share(Within("complained_at", "bought_next_at", window), Column("complained_at").known()),
        unit=SHARE,
        better=HIGHER,
        source=_TARP,
    )


REPURCHASE_AFTER_COMPLAINT: Final = repurchase_after_complaint(timedelta(days=90))

RETENTION: Final = Kpi(
    "retention",
    "Customers at the start who still are at the end",
    Share(Column("customer_at_end").is_true(), Column("customer_at_start").is_true()),
    unit=SHARE,
    better=HIGHER,
    source=_LOYAL,
)
REPEAT_PURCHASE: Final = Kpi(
    "repeat_purchase",
    "Customers who bought more than once, of those who bought",
    Share(Column("purchases") >= 2, Column("purchases") >= 1),  # noqa: PLR2004 - that is twice
    unit=SHARE,
    better=HIGHER,
    source=_LOYAL,
)
BASKET_OF_REGULARS: Final = Kpi(
    "basket_of_regulars",
    "Amount per order, customers who had bought before",
    Mean(Column("amount"), _REGULAR),
    unit="amount per order",
    better=HIGHER,
    source=_LOYAL,
)
BASKET_OF_FIRST_TIMERS: Final = Kpi(
    "basket_of_first_timers",
    "Amount per order, customers who had not bought before",
    Mean(Column("amount"), ~_REGULAR),
    unit="amount per order",
    better=HIGHER,
    source=_LOYAL,
)
PROMOTERS: Final = Kpi(
    "promoters",
    "Would recommend us, 9 or 10 of 10",
    Share(Column("recommend") >= 9),  # noqa: PLR2004 - the published bound
    unit=SHARE,
    better=HIGHER,
    source=_NPS,
)
DETRACTORS: Final = Kpi(
    "detractors",
    "Would not recommend us, 0 to 6 of 10",
    Share(Column("recommend") <= 6),  # noqa: PLR2004 - the published bound
    unit=SHARE,
    better=LOWER,
    source=_NPS,
)
STAFF_SATISFIED: Final = Kpi(
    "staff_satisfied",
    "Employees satisfied with their work, 4 or 5 of 5",
    Share(Column("job_satisfaction") >= 4),  # noqa: PLR2004 - the two best of five
    unit=SHARE,
    better=HIGHER,
    source=_STAFF,
)
JOB_SATISFACTION: Final = Kpi(
    "job_satisfaction",
    "Employees' satisfaction with their work, mean",
    Mean(Column("job_satisfaction")),
    unit="points of 5",
    better=HIGHER,
    source=_STAFF,
)

LOYALTY: Final = (
    REPURCHASE_AFTER_COMPLAINT,
    RETENTION,
    REPEAT_PURCHASE,
    BASKET_OF_REGULARS,
    BASKET_OF_FIRST_TIMERS,
    PROMOTERS,
    DETRACTORS,
    STAFF_SATISFIED,
    JOB_SATISFACTION,
)
"""All KPIs whose rows are the caller's own."""
