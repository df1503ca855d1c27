"""KPIs of contacts: how long customers wait, whether they are served, and whether it helped."""

from datetime import timedelta
from typing import Final

from servicekit.catalogue.kpis._made import HIGHER, LOWER, SHARE, in_key
from servicekit.kpi import Column, Condition, Elapsed, Kpi, Mean, Percentile, Share, Within
from servicekit.kpi._written import span_in_words

__all__ = [
    "ABANDONED",
    "ABANDONED_WITHOUT_SHORT",
    "ANSWERED",
    "ANSWERED_BY_PERSON",
    "ANSWER_DELAY_MEAN",
    "ANSWER_DELAY_MEDIAN",
    "ANSWER_DELAY_P90",
    "CONTACTS",
    "FIRST_CONTACT_RESOLUTION_BY_FLAG",
    "FIRST_CONTACT_RESOLUTION_BY_SURVEY",
    "FIRST_CONTACT_RESOLUTION_NO_REPEAT",
    "HANDLE_TIME",
    "OWN_LANGUAGE",
    "REPRESENTED_WELL",
    "SERVICE_LEVEL_ANSWERED_OF_ANSWERED",
    "SERVICE_LEVEL_ANSWERED_OF_OFFERED",
    "SERVICE_LEVEL_ANSWERED_OR_ABANDONED",
    "SERVICE_LEVEL_ANSWERED_OR_SHORT",
    "SERVICE_LEVEL_WITHOUT_EARLY_ABANDONED",
    "SOLVED",
    "abandoned_without_short",
    "first_contact_resolution_no_repeat",
    "service_level_answered_of_answered",
    "service_level_answered_of_offered",
    "service_level_answered_or_abandoned",
    "service_level_answered_or_short",
    "service_level_without_early_abandoned",
]

_QUEUE_TIPS: Final = (
    'ICMI Queue Tips, "Service level calculations", 2002, which compares five formulas in use'
)
_DELAY: Final = (
    "Average speed of answer: the waiting of those answered; read it with the share abandoned"
)
_HANDLE: Final = "Average handle time: talk, hold and after-call work per contact handled"
_ABANDON: Final = "Abandoned / (abandoned + answered), as contact centre software counts it"
_FIRST: Final = (
    "First-contact resolution is measured by the agent's flag, by asking the customer, or by no "
    "repeat within a window; seven days are usual (Call Centre Helper, glossary, 2022)"
)
_ASKED: Final = (
    "Two questions put to customers after a contact: was the matter solved, did the representative "
    "do well"
)
_POLICY: Final = "A guide to good service: a person answers, in the customer's own language"

_SHORT: Final = timedelta(seconds=5)
_TWENTY_SECONDS: Final = timedelta(seconds=20)
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)

_ANSWERED: Final = Column("answered_at").known()
_LEFT: Final = Column("abandoned_at").known()
_LINKED: Final = Column("customer").known() & Column("matter").known()


def _answered_within(limit: timedelta) -> Within:
    return Within("queued_at", "answered_at", limit)


def _left_within(limit: timedelta) -> Within:
    return Within("queued_at", "abandoned_at", limit)


def _is_first(window: timedelta) -> Condition:
    """Say which contacts are first ones: answered, and none on the matter in the window before."""
    since = Elapsed("previous_at", "queued_at", unit=_DAY)
    return _ANSWERED & ~(since.known() & (since <= window / _DAY))


_FIRST_ONE: Final = _is_first(_WEEK)
_DELAY_SECONDS: Final = Elapsed("queued_at", "answered_at")

ANSWER_DELAY_MEAN: Final = Kpi(
    "answer_delay_mean",
    "Answer delay, mean",
    Mean(_DELAY_SECONDS, _ANSWERED),
    unit="seconds",
    better=LOWER,
    source=_DELAY,
)
ANSWER_DELAY_MEDIAN: Final = Kpi(
    "answer_delay_median",
    "Answer delay, median",
    Percentile(_DELAY_SECONDS, 0.5, among=_ANSWERED),
    unit="seconds",
    better=LOWER,
    source=_DELAY,
)
ANSWER_DELAY_P90: Final = Kpi(
    "answer_delay_p90",
    "Answer delay, 90th percentile",
    Percentile(_DELAY_SECONDS, 0.9, among=_ANSWERED),
    unit="seconds",
    better=LOWER,
    source=_DELAY,
)
ANSWERED: Final = Kpi(
    "answered",
    "Answered, of those who waited to the end or left",
    Share(_ANSWERED, _ANSWERED | _LEFT),
    unit=SHARE,
    better=HIGHER,
    source=_ABANDON,
)
ABANDONED: Final = Kpi(
    "abandoned",
    "Abandoned, short waits included",
    Share(_LEFT, _ANSWERED | _LEFT),
    unit=SHARE,
    better=LOWER,
    source=_ABANDON,
)


def abandoned_without_short(short: timedelta) -> Kpi:
    """Give the share abandoned in which a customer who left at once does not count at all."""
    return Kpi(
        f"abandoned_without_short_{in_key(short)}",
        f"Abandoned, without those who left within {span_in_words(short)}",
        Share(_LEFT, (_ANSWERED | _LEFT) & ~_left_within(short)),
        unit=SHARE,
        better=LOWER,
        source=_ABANDON,
    )


ABANDONED_WITHOUT_SHORT: Final = abandoned_without_short(_SHORT)


def service_level_answered_or_abandoned(limit: timedelta) -> Kpi:
    """Give formula 1: answered or abandoned in time, of all; leaving in time counts as served."""
    return Kpi(
        f"service_level_answered_or_abandoned_{in_key(limit)}",
        f"Answered or abandoned within {span_in_words(limit)}, of all offered",
        Share(_answered_within(limit) | _left_within(limit)),
        unit=SHARE,
        better=HIGHER,
        source=_QUEUE_TIPS,
    )


def service_level_answered_of_answered(limit: timedelta) -> Kpi:
    """Give formula 2: answered in time, of those answered; who leaves is not counted."""
    return Kpi(
        f"service_level_answered_of_answered_{in_key(limit)}",
        f"Answered within {span_in_words(limit)}, of those answered",
        Share(_answered_within(limit), _ANSWERED),
        unit=SHARE,
        better=HIGHER,
        source=_QUEUE_TIPS,
    )


def service_level_answered_of_offered(limit: timedelta) -> Kpi:
    """Give formula 3: answered in time, of all; whoever leaves counts as not served."""
    return Kpi(
        f"service_level_answered_of_offered_{in_key(limit)}",
        f"Answered within {span_in_words(limit)}, of all offered",
        Share(_answered_within(limit)),
        unit=SHARE,
        better=HIGHER,
        source=_QUEUE_TIPS,
    )


def service_level_without_early_abandoned(limit: timedelta) -> Kpi:
    """Give formula 4: answered in time, of all but those who left in time."""
    return Kpi(
        f"service_level_without_early_abandoned_{in_key(limit)}",
        f"Answered within {span_in_words(limit)}, of all who did not leave before",
        Share(_answered_within(limit), ~_left_within(limit)),
        unit=SHARE,
        better=HIGHER,
        source=_QUEUE_TIPS,
    )


def service_level_answered_or_short(limit: timedelta, short: timedelta) -> Kpi:
    """Give formula 5: answered in time or abandoned at once, of all."""
    return Kpi(
        f"service_level_answered_or_short_{in_key(limit)}_{in_key(short)}",
        f"Answered within {span_in_words(limit)} or abandoned within {span_in_words(short)}, "
        "of all offered",
        Share(_answered_within(limit) | _left_within(short)),
        unit=SHARE,
        better=HIGHER,
        source=_QUEUE_TIPS,
    )


SERVICE_LEVEL_ANSWERED_OR_ABANDONED: Final = service_level_answered_or_abandoned(_TWENTY_SECONDS)
SERVICE_LEVEL_ANSWERED_OF_ANSWERED: Final = service_level_answered_of_answered(_TWENTY_SECONDS)
SERVICE_LEVEL_ANSWERED_OF_OFFERED: Final = service_level_answered_of_offered(_TWENTY_SECONDS)
SERVICE_LEVEL_WITHOUT_EARLY_ABANDONED: Final = service_level_without_early_abandoned(
    _TWENTY_SECONDS
)
SERVICE_LEVEL_ANSWERED_OR_SHORT: Final = service_level_answered_or_short(_TWENTY_SECONDS, _SHORT)

HANDLE_TIME: Final = Kpi(
    "handle_time",
    "Handle time, mean",
    Mean(Elapsed("answered_at", "ended_at") + Column("after_call_seconds"), _ANSWERED),
    unit="seconds",
    better=LOWER,
    source=_HANDLE,
)
FIRST_CONTACT_RESOLUTION_BY_FLAG: Final = Kpi(
    "first_contact_resolution_by_flag",
    "Resolved at the first contact, by the agent's flag",
    Share(Column("resolved").is_true(), _FIRST_ONE),
    unit=SHARE,
    better=HIGHER,
    source=_FIRST,
)
FIRST_CONTACT_RESOLUTION_BY_SURVEY: Final = Kpi(
    "first_contact_resolution_by_survey",
    "Resolved at the first contact, by the customer's answer",
    Share(Column("solved").is_true(), _FIRST_ONE),
    unit=SHARE,
    better=HIGHER,
    source=_FIRST,
)


def first_contact_resolution_no_repeat(window: timedelta) -> Kpi:
    """Give the share of first contacts after which the customer did not come back in a window.

    A contact is a first one if none on the matter came within the window before it. It counts once
    its own window has closed, and only if its customer and matter are known: nobody would notice
    that another one came back.
    """
    return Kpi(
        f"first_contact_resolution_no_repeat_{in_key(window)}",
        f"Resolved at the first contact, no repeat within {span_in_words(window)}",
        Share(~Within("answered_at", "next_at", window), _is_first(window) & _LINKED),
        unit=SHARE,
        better=HIGHER,
        source=_FIRST,
    )


FIRST_CONTACT_RESOLUTION_NO_REPEAT: Final = first_contact_resolution_no_repeat(_WEEK)

SOLVED: Final = Kpi(
    "solved",
    "Matter solved, say customers asked after a contact",
    Share(Column("solved").is_true()),
    unit=SHARE,
    better=HIGHER,
    source=_ASKED,
)
REPRESENTED_WELL: Final = Kpi(
    "represented_well",
    "Representative did well, say customers asked after a contact",
    Share(Column("represented_well").is_true()),
    unit=SHARE,
    better=HIGHER,
    source=_ASKED,
)
ANSWERED_BY_PERSON: Final = Kpi(
    "answered_by_person",
    "Answered by a person",
    Share(Column("answered_by_person").is_true(), _ANSWERED),
    unit=SHARE,
    better=HIGHER,
    source=_POLICY,
)
OWN_LANGUAGE: Final = Kpi(
    "own_language",
    "Served in the language the customer wanted",
    Share(Column("own_language").is_true(), _ANSWERED),
    unit=SHARE,
    better=HIGHER,
    source=_POLICY,
)

CONTACTS: Final = (
    ANSWER_DELAY_MEAN,
    ANSWER_DELAY_MEDIAN,
    ANSWER_DELAY_P90,
    ANSWERED,
    ABANDONED,
    ABANDONED_WITHOUT_SHORT,
    SERVICE_LEVEL_ANSWERED_OR_ABANDONED,
    SERVICE_LEVEL_ANSWERED_OF_ANSWERED,
    SERVICE_LEVEL_ANSWERED_OF_OFFERED,
    SERVICE_LEVEL_WITHOUT_EARLY_ABANDONED,
    SERVICE_LEVEL_ANSWERED_OR_SHORT,
    HANDLE_TIME,
    FIRST_CONTACT_RESOLUTION_BY_FLAG,
    FIRST_CONTACT_RESOLUTION_BY_SURVEY,
    FIRST_CONTACT_RESOLUTION_NO_REPEAT,
    SOLVED,
    REPRESENTED_WELL,
    ANSWERED_BY_PERSON,
    OWN_LANGUAGE,
)
"""All KPIs whose rows are `Contact`."""
