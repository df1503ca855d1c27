"""KPIs of care: follow-up, promises, escalation, what is open, and what was given."""

from datetime import timedelta
from typing import Final

from servicekit.catalogue.kpis._made import HIGHER, LOWER, NEITHER, SHARE, in_key
from servicekit.kpi import (
    Column,
    Count,
    Elapsed,
    Kpi,
    Mean,
    Percentile,
    Ratio,
    Share,
    Total,
    Within,
)
from servicekit.kpi._written import span_in_words
from servicekit.resolution import PromiseStatus, Stage

__all__ = [
    "BACKLOG",
    "BACKLOG_AGE_MEAN",
    "BACKLOG_AGE_MEDIAN",
    "BACKLOG_AGE_P90",
    "CARE",
    "CASE_PROMISES_KEPT",
    "ESCALATED_IN_TIME",
    "FOLLOWED_UP",
    "GOODWILL_GIVEN",
    "PREVENTION_SUGGESTED",
    "PROMISES",
    "PROMISES_KEPT",
    "PROMISES_KEPT_IN_WRITING",
    "REOPENED",
    "compensation_per_case",
    "escalated_in_time",
    "followed_up_within",
    "goodwill_per_case",
    "reopened_within",
    "total_compensation",
]

_CARE: Final = (
    "A guide to after-care: come back when you said you would, and ask whether the customer is "
    "satisfied"
)
_EARLY: Final = "A guide to customer service policies: bring senior managers in early"
_REOPENED: Final = "Reopened cases of those ended, as help desks count them"
_BACKLOG: Final = "Cases received or reopened and not ended, at the instant of the rows"
_RECORD: Final = (
    "The record of a complaint in nine items, among them all compensation and suggestions for "
    "avoiding the problem"
)
_EXTRAS: Final = "What is given beyond redress, counted apart from it"

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)

_ENDS: Final = Column("stage").one_of(Stage.RESOLVED.value, Stage.CLOSED.value)


def followed_up_within(limit: timedelta) -> Kpi:
    """Give the share of fixed cases whose customer was asked, and reached, in time."""
    return Kpi(
        f"followed_up_within_{in_key(limit)}",
        f"Customer asked within {span_in_words(limit)} of the fix",
        Share(Within("fixed_at", "followed_up_at", limit), Column("fixed_at").known()),
        unit=SHARE,
        better=HIGHER,
        source=_CARE,
    )


def reopened_within(window: timedelta) -> Kpi:
    """Give the share of ended cases that were reopened in a window after their first end."""
    return Kpi(
        f"reopened_within_{in_key(window)}",
        f"Reopened within {span_in_words(window)}",
        Share(Within("endings_1", "reopenings_1", window), Column("endings_1").known()),
        unit=SHARE,
        better=LOWER,
        source=_REOPENED,
    )


def escalated_in_time(limit: timedelta) -> Kpi:
    """Give the share escalated in time, of the cases that had not ended by then."""
    return Kpi(
        f"escalated_within_{in_key(limit)}",
        f"Escalated within {span_in_words(limit)} if not ended by then",
        Share(
            Within("received_at", "escalated_at", limit),
            ~Within("received_at", "endings_1", limit),
        ),
        unit=SHARE,
        better=HIGHER,
        source=_EARLY,
    )


FOLLOWED_UP: Final = followed_up_within(_WEEK)
REOPENED: Final = reopened_within(timedelta(days=30))
ESCALATED_IN_TIME: Final = escalated_in_time(_WEEK)

BACKLOG: Final = Kpi(
    "backlog", "Open cases", Count(~_ENDS), unit="cases", better=LOWER, source=_BACKLOG
)

_AGE_DAYS: Final = Elapsed("open_since", "as_of", unit=_DAY)
_OPEN: Final = Column("open_since").known()

BACKLOG_AGE_MEAN: Final = Kpi(
    "backlog_age_mean",
    "Age of open cases, mean",
    Mean(_AGE_DAYS, _OPEN),
    unit="days",
    better=LOWER,
    source=_BACKLOG,
)
BACKLOG_AGE_MEDIAN: Final = Kpi(
    "backlog_age_median",
    "Age of open cases, median",
    Percentile(_AGE_DAYS, 0.5, among=_OPEN),
    unit="days",
    better=LOWER,
    source=_BACKLOG,
)
BACKLOG_AGE_P90: Final = Kpi(
    "backlog_age_p90",
    "Age of open cases, 90th percentile",
    Percentile(_AGE_DAYS, 0.9, among=_OPEN),
    unit="days",
    better=LOWER,
    source=_BACKLOG,
)


def compensation_per_case(currency: str) -> Kpi:
    """Give the redress per case in one currency; a case without any counts as zero."""
    return Kpi(
        f"compensation_per_case_{currency.lower()}",
        f"Compensation per case, {currency}",
        Mean(Column(f"compensation_{currency.lower()}")),
        unit=f"{currency} per case",
        better=NEITHER,
        source=_RECORD,
    )


def total_compensation(currency: str) -> Kpi:
    """Give all redress in one currency."""
    return Kpi(
        f"total_compensation_{currency.lower()}",
        f"Compensation, {currency}",
        Total(Column(f"compensation_{currency.lower()}")),
        unit=currency,
        better=NEITHER,
        source=_RECORD,
    )


def goodwill_per_case(currency: str) -> Kpi:
    """Give what was granted beyond redress per case, as far as it has a value in the currency."""
    return Kpi(
        f"goodwill_per_case_{currency.lower()}",
        f"Goodwill per case, {currency}",
        Mean(Column(f"goodwill_{currency.lower()}")),
        unit=f"{currency} per case",
        better=NEITHER,
        source=_EXTRAS,
    )


GOODWILL_GIVEN: Final = Kpi(
    "goodwill_given",
    "Cases with something extra",
    Share(Column("goodwills") >= 1),
    unit=SHARE,
    better=NEITHER,
    source=_EXTRAS,
)
PREVENTION_SUGGESTED: Final = Kpi(
    "prevention_suggested",
    "Cases with a suggestion for avoiding the problem",
    Share(Column("suggestions") >= 1),
    unit=SHARE,
    better=HIGHER,
    source=_RECORD,
)
CASE_PROMISES_KEPT: Final = Kpi(
    "case_promises_kept",
    "Promises kept in time, of those that fell due, over cases",
    Ratio(Total(Column("promises_kept")), Total(Column("promises_due"))),
    unit=SHARE,
    better=HIGHER,
    source=_CARE,
)

_KEPT: Final = Within("due_at", "kept_at", timedelta())
_STANDING: Final = ~Column("status").equals(PromiseStatus.RENEGOTIATED.value)

PROMISES_KEPT: Final = Kpi(
    "promises_kept",
    "Promises kept in time, of those that fell due",
    Share(_KEPT, _STANDING),
    unit=SHARE,
    better=HIGHER,
    source=_CARE,
)
PROMISES_KEPT_IN_WRITING: Final = Kpi(
    "promises_kept_in_writing",
    "Promises made in writing kept in time, of those that fell due",
    Share(_KEPT, _STANDING & Column("in_writing").is_true()),
    unit=SHARE,
    better=HIGHER,
    source=_CARE,
)

CARE: Final = (
    FOLLOWED_UP,
    REOPENED,
    ESCALATED_IN_TIME,
    BACKLOG,
    BACKLOG_AGE_MEAN,
    BACKLOG_AGE_MEDIAN,
    BACKLOG_AGE_P90,
    GOODWILL_GIVEN,
    PREVENTION_SUGGESTED,
    CASE_PROMISES_KEPT,
)
"""All of these KPIs whose rows are `Entry`, but for those that need a currency."""

PROMISES: Final = (PROMISES_KEPT, PROMISES_KEPT_IN_WRITING)
"""All KPIs whose rows are `PromiseEntry`; group them by ``due_at`` for what fell due in a month."""
