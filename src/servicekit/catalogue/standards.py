"""Response standards: by when a customer is answered, as published or as commonly promised.

Where exactly a limit ends follows from its `servicekit.policy.Clock`; what each source says about
it stands beside the constant. A calendar for them has the business days of the source: those of the
FCA are days other than Saturdays, Sundays and the bank holidays of that part of the United Kingdom.

>>> from datetime import datetime, timedelta, timezone
>>> from servicekit.policy import due
>>> from servicekit.worktime import WorkCalendar
>>> bank = WorkCalendar(dict.fromkeys(range(5), [("09:00", "17:00")]), timezone.utc)
>>> print(due(FCA_SUMMARY_RESOLUTION, datetime(2026, 5, 7, 11, 0, tzinfo=timezone.utc), bank))
2026-05-12 17:00:00+00:00
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from servicekit.complaint import Channel
from servicekit.policy import Clock, ResponseStandard

__all__ = [
    "CFPB_FINAL_RESPONSE",
    "CFPB_RESPONSE",
    "FCA_FINAL_RESPONSE",
    "FCA_PAYMENT_RESPONSE",
    "FCA_PAYMENT_RESPONSE_EXCEPTIONAL",
    "FCA_SUMMARY_RESOLUTION",
    "NEXT_DAY_CALL_BACK",
    "STANDARDS",
    "WRITTEN_ANSWER",
]

WRITTEN_ANSWER: Final = ResponseStandard(
    "written_answer",
    "Written answer within 24 hours",
    source="a promise that many firms make",
    limit=timedelta(hours=24),
    clock=Clock.CLOCK_TIME,
    applies_to=frozenset(channel for channel in Channel if channel.written),
)
"""24 hours of real time, nights and weekends included: it ends to the second."""

NEXT_DAY_CALL_BACK: Final = ResponseStandard(
    "next_day_call_back",
    "Call back by the end of the next business day",
    source="a promise that many firms make on the telephone",
    limit=timedelta(days=1),
    clock=Clock.BUSINESS_DAYS,
    applies_to=frozenset({Channel.PHONE}),
)
"""It ends at the close of the first business day after that of the call."""

FCA_SUMMARY_RESOLUTION: Final = ResponseStandard(
    "fca_summary_resolution",
    "Resolved by the close of the third business day",
    source="UK Financial Conduct Authority, FCA Handbook, DISP 1.5.1R",
    limit=timedelta(days=3),
    clock=Clock.BUSINESS_DAYS,
)
"""It ends at the close of business on the third business day following the day of receipt."""

FCA_FINAL_RESPONSE: Final = ResponseStandard(
    "fca_final_response",
    "Final response within eight weeks",
    source="UK Financial Conduct Authority, FCA Handbook, DISP 1.6.2R",
    limit=timedelta(weeks=8),
    clock=Clock.CALENDAR_DAYS,
)
"""It ends with the last of the eight weeks after receipt: at midnight after the 56th day."""

FCA_PAYMENT_RESPONSE: Final = ResponseStandard(
    "fca_payment_response",
    "Response to a payment-services complaint within 15 business days",
    source="UK Financial Conduct Authority, FCA Handbook, DISP 1.6.2AR",
    limit=timedelta(days=15),
    clock=Clock.BUSINESS_DAYS,
)
"""It ends with the 15th business day after the day of receipt."""

FCA_PAYMENT_RESPONSE_EXCEPTIONAL: Final = ResponseStandard(
    "fca_payment_response_exceptional",
    "Response to a payment-services complaint within 35 business days, exceptionally",
    source="UK Financial Conduct Authority, FCA Handbook, DISP 1.6.2AR",
    limit=timedelta(days=35),
    clock=Clock.BUSINESS_DAYS,
)
"""Where a holding reply says why: it ends with the 35th business day after the day of receipt."""

CFPB_RESPONSE: Final = ResponseStandard(
    "cfpb_response",
    "Response within 15 calendar days",
    source="US Consumer Financial Protection Bureau, Company Portal Manual (2016), section 8.1",
    limit=timedelta(days=15),
    clock=Clock.CALENDAR_DAYS,
)
"""Counted from when the complaint is sent to the company: it ends with the 15th day after that."""

CFPB_FINAL_RESPONSE: Final = ResponseStandard(
    "cfpb_final_response",
    "Final response within 60 calendar days",
    source="US Consumer Financial Protection Bureau, Company Portal Manual (2016), section 8.1",
    limit=timedelta(days=60),
    clock=Clock.CALENDAR_DAYS,
)
"""Where the first response was that work is in progress: it ends with the 60th day."""

STANDARDS: Final[Mapping[str, ResponseStandard]] = MappingProxyType(
    {
        standard.key: standard
        for standard in (
            WRITTEN_ANSWER,
            NEXT_DAY_CALL_BACK,
            FCA_SUMMARY_RESOLUTION,
            FCA_FINAL_RESPONSE,
            FCA_PAYMENT_RESPONSE,
            FCA_PAYMENT_RESPONSE_EXCEPTIONAL,
            CFPB_RESPONSE,
            CFPB_FINAL_RESPONSE,
        )
    }
)
"""All of them, by key."""
