"""KPIs of complaints: how quickly they are answered and settled, and whether customers are glad."""

from datetime import timedelta
from typing import Final

from servicekit.catalogue.kpis._made import HIGHER, LOWER, SHARE, in_key
from servicekit.complaint import Channel
from servicekit.kpi import Column, Count, Elapsed, Kpi, Mean, Percentile, Share, Within
from servicekit.kpi._written import span_in_words

__all__ = [
    "COMPLAINTS",
    "FIRST_RESPONSE_MEAN",
    "FIRST_RESPONSE_MEDIAN",
    "FIRST_RESPONSE_P90",
    "RESOLUTION_TIME_MEAN",
    "RESOLUTION_TIME_MEDIAN",
    "RESOLUTION_TIME_P90",
    "RESOLVED_IN_FIRST_ROUND",
    "SATISFIED",
    "SATISFIED_CUSTOMERS",
    "WRITTEN_ANSWERED_IN_24_HOURS",
    "resolved_within",
    "resolved_within_working",
    "responded_within",
    "responded_within_working",
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
_ISO: Final = "ISO 10002, on tracking a complaint until the complainant is satisfied"

_HOUR: Final = timedelta(hours=1)

_ON_PAPER: Final = Column("channel").one_of(*(c.value for c in Channel if c.written))


def responded_within(limit: timedelta) -> Kpi:
    """Give the share of complaints to which a person responded in time."""
    return Kpi(
        f"responded_within_{in_key(limit)}",
        f"First response within {span_in_words(limit)}",
        Share(Within("received_at", "first_response_at", limit)),
        unit=SHARE,
        better=HIGHER,
        source=_RESPONSE,
    )


def written_answered_within(limit: timedelta) -> Kpi:
    """Give the share of complaints in writing to which a person responded in time."""
    return Kpi(
        f"written_answered_in_{in_key(limit)}",
        f"Written complaints answered within {span_in_words(limit)}",
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
        f"responded_within_{in_key(limit)}_working",
        f"First response within {span_in_words(limit)} of working time",
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
        f"resolved_within_{in_key(limit)}",
        f"Resolved within {span_in_words(limit)}",
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
        f"resolved_within_{in_key(limit)}_working",
        f"Resolved within {span_in_words(limit)} of working time",
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
)
"""All of these KPIs whose rows are `Entry`, but for those that need a limit or a calendar."""
