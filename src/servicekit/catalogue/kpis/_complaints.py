"""KPIs of complaints: how quickly they are answered and settled, and what it leaves behind."""

from datetime import timedelta
from typing import Final

from servicekit.catalogue.kpis._made import HIGHER, LOWER, NEITHER, SHARE, within_text
from servicekit.complaint import Channel
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
from servicekit.resolution import PromiseStatus, Stage

__all__ = [
    "BACKLOG",
    "BACKLOG_AGE_MEAN",
    "BACKLOG_AGE_MEDIAN",
    "BACKLOG_AGE_P90",
    "CASE_PROMISES_KEPT",
    "COMPLAINTS",
    "ESCALATED_IN_TIME",
    "FIRST_RESPONSE_MEAN",
    "FIRST_RESPONSE_MEDIAN",
    "FIRST_RESPONSE_P90",
    "FOLLOWED_UP",
    "GOODWILL_GIVEN",
    "PREVENTION_SUGGESTED",
    "PROMISES",
    "PROMISES_KEPT",
    "PROMISES_KEPT_IN_WRITING",
    "REOPENED",
    "RESOLUTION_TIME_MEAN",
    "RESOLUTION_TIME_MEDIAN",
    "RESOLUTION_TIME_P90",
    "RESOLVED_IN_FIRST_ROUND",
    "SATISFIED",
    "SATISFIED_CUSTOMERS",
    "WRITTEN_ANSWERED_IN_24_HOURS",
    "compensation_per_case",
    "escalated_in_time",
    "followed_up_within",
    "goodwill_per_case",
    "reopened_within",
    "resolved_within",
    "resolved_within_working",
    "responded_within",
    "responded_within_working",
    "total_compensation",
    "written_answered_within",
]

_GOALS: Final = (
    "A guide to customer service policies, which sets such goals: returned goods, the delay in "
    "answering, customers satisfied with how their complaint was handled"
)
_WRITTEN: Final = "Many firms promise to answer what is written within 24 hours"
_RESPONSE: Final = "First reply by a person, from receipt; automatic messages do not count"
_RESOLUTION: Final = (
    "From receipt to the customer's word that they are satisfied, by the rule for reopenings that "
    "the rows were made with"
)
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
_ISO: Final = "ISO 10002, on tracking a complaint until the complainant is satisfied"

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)

_ON_PAPER: Final = Column("channel").one_of(*(c.value for c in Channel if c.written))
_ENDS: Final = Column("stage").one_of(Stage.RESOLVED.value, Stage.CLOSED.value)


def responded_within(limit: timedelta) -> Kpi:
    """Give the share of complaints to which a person responded in time."""
    return Kpi(
        f"responded_within_{within_text(limit)}",
        f"First response within {within_text(limit, ' ')}",
        Share(Within("received_at", "first_response_at", limit)),
        unit=SHARE,
        better=HIGHER,
        source=_RESPONSE,
    )


def written_answered_within(limit: timedelta) -> Kpi:
    """Give the share of complaints in writing to which a person responded in time."""
    return Kpi(
        f"written_answered_in_{within_text(limit)}",
        f"Written complaints answered within {within_text(limit, ' ')}",
        Share(Within("received_at", "first_response_at", limit), _ON_PAPER),
        unit=SHARE,
        better=HIGHER,
        source=_WRITTEN,
    )


def _working_seconds(limit: timedelta) -> float:
    return limit / timedelta(seconds=1)


def responded_within_working(limit: timedelta) -> Kpi:
    """Give the share to which a person responded within so much working time.

    The rows need a calendar. A complaint is asked once that much working time has passed since it
    was received, answered or not.
    """
    seconds = _working_seconds(limit)
    answer = Column("first_response_working")
    return Kpi(
        f"responded_within_{within_text(limit)}_working",
        f"First response within {within_text(limit, ' ')} of working time",
        Share(answer.known() & (answer <= seconds), Column("waited_working") >= seconds),
        unit=SHARE,
        better=HIGHER,
        source=_RESPONSE,
    )


WRITTEN_ANSWERED_IN_24_HOURS: Final = written_answered_within(timedelta(hours=24))

_RESPONSE_HOURS: Final = Elapsed("received_at", "first_response_at", unit=_HOUR)

FIRST_RESPONSE_MEAN: Final = Kpi(
    "first_response_mean",
    "First response, mean",
    Mean(_RESPONSE_HOURS),
    unit="hours",
    better=LOWER,
    source=_RESPONSE,
)
FIRST_RESPONSE_MEDIAN: Final = Kpi(
    "first_response_median",
    "First response, median",
    Percentile(_RESPONSE_HOURS, 0.5),
    unit="hours",
    better=LOWER,
    source=_RESPONSE,
)
FIRST_RESPONSE_P90: Final = Kpi(
    "first_response_p90",
    "First response, 90th percentile",
    Percentile(_RESPONSE_HOURS, 0.9),
    unit="hours",
    better=LOWER,
    source=_RESPONSE,
)

_RESOLUTION_HOURS: Final = Elapsed("clock_started_at", "resolved_at", unit=_HOUR)

RESOLUTION_TIME_MEAN: Final = Kpi(
    "resolution_time_mean",
    "Resolution time, mean",
    Mean(_RESOLUTION_HOURS),
    unit="hours",
    better=LOWER,
    source=_RESOLUTION,
)
RESOLUTION_TIME_MEDIAN: Final = Kpi(
    "resolution_time_median",
    "Resolution time, median",
    Percentile(_RESOLUTION_HOURS, 0.5),
    unit="hours",
    better=LOWER,
    source=_RESOLUTION,
)
RESOLUTION_TIME_P90: Final = Kpi(
    "resolution_time_p90",
    "Resolution time, 90th percentile",
    Percentile(_RESOLUTION_HOURS, 0.9),
    unit="hours",
    better=LOWER,
    source=_RESOLUTION,
)


def resolved_within(limit: timedelta) -> Kpi:
    """Give the share of complaints resolved in time; closed without a resolution is a miss."""
    return Kpi(
        f"resolved_within_{within_text(limit)}",
        f"Resolved within {within_text(limit, ' ')}",
        Share(Within("clock_started_at", "resolved_at", limit)),
        unit=SHARE,
        better=HIGHER,
        source=_RESOLUTION,
    )


def resolved_within_working(limit: timedelta) -> Kpi:
    """Give the share resolved within so much working time; the rows need a calendar."""
    seconds = _working_seconds(limit)
    end = Column("resolved_working")
    return Kpi(
        f"resolved_within_{within_text(limit)}_working",
        f"Resolved within {within_text(limit, ' ')} of working time",
        Share(end.known() & (end <= seconds), Column("clock_working") >= seconds),
        unit=SHARE,
        better=HIGHER,
        source=_RESOLUTION,
    )


RESOLVED_IN_FIRST_ROUND: Final = Kpi(
    "resolved_in_first_round",
    "Resolved without starting again",
    Share(Column("rounds") <= 1, Column("resolved_at").known()),
    unit=SHARE,
    better=HIGHER,
    source=_ISO,
)
SATISFIED: Final = Kpi(
    "satisfied",
    "Satisfied with how the complaint was handled",
    Share(Column("satisfied").is_true()),
    unit=SHARE,
    better=HIGHER,
    source=_GOALS,
)
SATISFIED_CUSTOMERS: Final = Kpi(
    "satisfied_customers",
    "Cases whose customer is satisfied with how the complaint was handled",
    Count(Column("satisfied").is_true()),
    unit="cases",
    better=HIGHER,
    source=_GOALS,
)


def followed_up_within(limit: timedelta) -> Kpi:
    """Give the share of fixed cases whose customer was asked, and reached, in time."""
    return Kpi(
        f"followed_up_within_{within_text(limit)}",
        f"Customer asked within {within_text(limit, ' ')} of the fix",
        Share(Within("fixed_at", "followed_up_at", limit), Column("fixed_at").known()),
        unit=SHARE,
        better=HIGHER,
        source=_CARE,
    )


def reopened_within(window: timedelta) -> Kpi:
    """Give the share of ended cases that were reopened in a window after their first end."""
    return Kpi(
        f"reopened_within_{within_text(window)}",
        f"Reopened within {within_text(window, ' ')}",
        Share(Within("endings_1", "reopenings_1", window), Column("endings_1").known()),
        unit=SHARE,
        better=LOWER,
        source=_REOPENED,
    )


def escalated_in_time(limit: timedelta) -> Kpi:
    """Give the share escalated in time, of the cases that had not ended by then."""
    return Kpi(
        f"escalated_within_{within_text(limit)}",
        f"Escalated within {within_text(limit, ' ')} if not ended by then",
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

COMPLAINTS: Final = (
    WRITTEN_ANSWERED_IN_24_HOURS,
    FIRST_RESPONSE_MEAN,
    FIRST_RESPONSE_MEDIAN,
    FIRST_RESPONSE_P90,
    RESOLUTION_TIME_MEAN,
    RESOLUTION_TIME_MEDIAN,
    RESOLUTION_TIME_P90,
    RESOLVED_IN_FIRST_ROUND,
    SATISFIED,
    SATISFIED_CUSTOMERS,
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
"""All KPIs whose rows are `Entry`, but for those that need a limit, a currency or a calendar."""

PROMISES: Final = (PROMISES_KEPT, PROMISES_KEPT_IN_WRITING)
"""All KPIs whose rows are `PromiseEntry`; group them by ``due_at`` for what fell due in a month."""
