"""Working time between two instants, and the deadline after so much of it, against peers.

Monday to Friday, 9 to 17, in Helsinki, with the Finnish holidays of 28 years; spans of a day, of 30
days and of ten years. Every peer's answer is compared with ours first. business-duration and NumPy
know no zones: they are given wall times, which here are worth the same, since no opening hours of
an office lie in the night in which the clocks change. business-duration has no deadlines.

Ours is timed with instants in UTC, which cost least to subtract, and with instants in a zone.

    python benchmarks/worktime.py
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import businesstimedelta
import holidays
import numpy as np
import pytz
from business_duration import businessDuration

from _paired import report
from servicekit.worktime import Pauses, WorkCalendar

HELSINKI = ZoneInfo("Europe/Helsinki")
YEARS = range(2000, 2028)
CLOSED = frozenset(holidays.country_holidays("FI", years=YEARS))
NINE, FIVE = time(9), time(17)
WEEKLY = {weekday: [(NINE, FIVE)] for weekday in range(5)}
CALENDAR = WorkCalendar(WEEKLY, HELSINKI, closed=CLOSED)
START = datetime(2015, 3, 2, 10, 30, tzinfo=HELSINKI)
SPANS = {
    "1 day": timedelta(days=1, hours=3),
    "30 days": timedelta(days=30, hours=3),
    "10 years": timedelta(days=3650, hours=3),
}

Answer = Callable[[], object]

# --- A loop over days, as one writes it by hand, in real time ------------------------------------


def loop_elapsed(start: datetime, end: datetime) -> timedelta:
    first, last = start.astimezone(HELSINKI).date(), end.astimezone(HELSINKI).date()
    low, high = start.timestamp(), end.timestamp()
    total = 0.0
    while first <= last:
        if first.weekday() < 5 and first not in CLOSED:
            opens = max(datetime.combine(first, NINE, HELSINKI).timestamp(), low)
            closes = min(datetime.combine(first, FIVE, HELSINKI).timestamp(), high)
            if opens < closes:
                total += closes - opens
        first += timedelta(days=1)
    return timedelta(seconds=total)


def loop_deadline(start: datetime, working: timedelta) -> datetime:
    day = start.astimezone(HELSINKI).date()
    low, rest = start.timestamp(), working.total_seconds()
    while True:
        if day.weekday() < 5 and day not in CLOSED:
            opens = max(datetime.combine(day, NINE, HELSINKI).timestamp(), low)
            closes = datetime.combine(day, FIVE, HELSINKI).timestamp()
            if opens < closes:
                if rest <= closes - opens:
                    return datetime.fromtimestamp(opens + rest, HELSINKI)
                rest -= closes - opens
        day += timedelta(days=1)


# --- businesstimedelta ---------------------------------------------------------------------------

RULES = businesstimedelta.Rules(
    [
        businesstimedelta.WorkDayRule(
            NINE, FIVE, [0, 1, 2, 3, 4], tz=pytz.timezone("Europe/Helsinki")
        ),
        businesstimedelta.HolidayRule(CLOSED, tz=pytz.timezone("Europe/Helsinki")),
    ]
)


def btd_elapsed(start: datetime, end: datetime) -> timedelta:
    return RULES.difference(start, end).timedelta


def btd_deadline(start: datetime, working: timedelta) -> datetime:
    return start + businesstimedelta.BusinessTimeDelta(RULES, timedelta=working)


# --- business-duration ---------------------------------------------------------------------------


def duration_elapsed(start: datetime, end: datetime) -> timedelta:
    seconds = businessDuration(
        start.replace(tzinfo=None),
        end.astimezone(HELSINKI).replace(tzinfo=None),
        NINE,
        FIVE,
        holidaylist=CLOSED,
        unit="sec",
    )
    return timedelta(seconds=float(seconds))


# --- NumPy ---------------------------------------------------------------------------------------

BUSDAYS = np.busdaycalendar(holidays=sorted(CLOSED))
DAY = timedelta(hours=8)


def opened_on(at: datetime) -> timedelta:
    """What is open of a day, if it is one, up to an instant."""
    if not np.is_busday(at.date(), busdaycal=BUSDAYS):
        return timedelta(0)
    since_nine = timedelta(hours=at.hour - 9, minutes=at.minute, seconds=at.second)
    return min(max(since_nine, timedelta(0)), DAY)


def numpy_elapsed(start: datetime, end: datetime) -> timedelta:
    low, high = start.astimezone(HELSINKI), end.astimezone(HELSINKI)
    days = int(np.busday_count(low.date(), high.date(), busdaycal=BUSDAYS))
    return days * DAY + opened_on(high) - opened_on(low)


def numpy_deadline(start: datetime, working: timedelta) -> datetime:
    low = start.astimezone(HELSINKI)
    days, rest = divmod(working + opened_on(low), DAY)
    if not rest:
        days, rest = days - 1, DAY
    last = np.busday_offset(low.date(), days, roll="forward", busdaycal=BUSDAYS).astype(date)
    return datetime.combine(last, NINE, HELSINKI) + rest


# -------------------------------------------------------------------------------------------------


def compared(answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
    """Make sure that all contenders give what the first one gives."""
    expected = next(iter(answers.values()))()
    for name, answer in answers.items():
        assert answer() == expected, f"{name}: {answer()} instead of {expected}"
    return answers


def at(span: timedelta) -> datetime:
    return (START.astimezone(UTC) + span).astimezone(HELSINKI)


def growth(title: str, job: Callable[[timedelta], Answer]) -> None:
    """Time the same question over the longest span and over the shortest one."""
    report(title, {name: job(span) for name, span in SPANS.items()})


def main() -> None:
    for name, span in SPANS.items():
        end = at(span)
        working = CALENDAR.elapsed(START, end)
        report(
            f"elapsed, {name}",
            compared(
                {
                    "servicekit": partial(
                        CALENDAR.elapsed, START.astimezone(UTC), end.astimezone(UTC)
                    ),
                    "servicekit, instants in Helsinki": partial(CALENDAR.elapsed, START, end),
                    "loop over days": partial(loop_elapsed, START, end),
                    "business-duration": partial(duration_elapsed, START, end),
                    "businesstimedelta": partial(btd_elapsed, START, end),
                    "numpy.busday": partial(numpy_elapsed, START, end),
                }
            ),
            turns=11,
        )
        report(
            f"deadline, {name}",
            compared(
                {
                    "servicekit": partial(CALENDAR.deadline, START.astimezone(UTC), working),
                    "servicekit, instants in Helsinki": partial(CALENDAR.deadline, START, working),
                    "loop over days": partial(loop_deadline, START, working),
                    "businesstimedelta": partial(btd_deadline, START, working),
                    "numpy.busday": partial(numpy_deadline, START, working),
                }
            ),
            turns=11,
        )
    growth("elapsed by span", lambda span: partial(CALENDAR.elapsed, START, at(span)))
    growth(
        "deadline by span",
        lambda span: partial(CALENDAR.deadline, START, CALENDAR.elapsed(START, at(span))),
    )
    waiting = Pauses(((START, at(timedelta(hours=5))), (at(timedelta(days=2)), None)))
    report(
        "with two pauses",
        {"elapsed": partial(CALENDAR.elapsed, START, at(SPANS["30 days"]), waiting)},
    )
    report(
        f"a calendar with the holidays of {len(YEARS)} years",
        {
            "make it": lambda: WorkCalendar(WEEKLY, HELSINKI, closed=CLOSED),
            "make it and ask about the first year": lambda: WorkCalendar(
                WEEKLY, HELSINKI, closed=CLOSED
            ).is_open(START),
            "make it and ask about all years": lambda: WorkCalendar(
                WEEKLY, HELSINKI, closed=CLOSED
            ).elapsed(
                datetime(YEARS[0], 2, 1, tzinfo=HELSINKI),
                datetime(YEARS[-1], 2, 1, tzinfo=HELSINKI),
            ),
        },
    )


if __name__ == "__main__":
    main()
