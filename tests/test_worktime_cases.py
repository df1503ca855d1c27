"""Opening-hours cases from the tests of fifteen other libraries, and spans that peers agree on."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from servicekit.errors import DefinitionError, RecordError
from servicekit.worktime import Reason, WorkCalendar

VECTORS: Final = json.loads(
    Path(__file__).with_name("vectors").joinpath("business_time.json").read_text("utf-8")
)
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

OURS: Final = frozenset(
    {
        None,
        "edge=closing_instant",
        "zero=identity",
        "reversed=negative",
        "end=exclusive",
        "days_between=excl_start_incl_end_signed",
    }
)
"""The conventions that this library follows; None stands for what nobody disagrees on."""

NOT_OURS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "edge=next_opening": "a deadline lands on the closing instant, not on the opening after it",
        "zero=advance": "no working time from an instant is that instant",
        "reversed=zero": "the time from an instant to an earlier one is negative, not nothing",
        "reversed=absolute": "the time from an instant to an earlier one is negative",
        "end=inclusive": "at the closing instant it is closed",
        "days=biz": "a number of business days ends at the close of a day, not at a time of it",
        "days=keep_wall_time": "a number of business days ends at the close of a day",
        "days_between=inclusive": "the start's own day is not counted",
        "days_between=incl_start_excl_end": "the start's own day is not counted, the end's is",
        "days_between=excl_start_incl_end_absolute": "days to an earlier date are negative",
    }
)
"""The conventions that it does not follow, each with the rule that it follows instead."""

LEFT_OUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "biz-042": "a closure is the reason of hours that it takes away; at midnight are none",
        "biz-058": "a schedule without hours is no calendar; one with hours is tested in its place",
        "spatie_opening_hours-029": "a schedule without hours is refused",
        "businesstimedelta-017": "an interval of no length is refused when the calendar is built",
    }
)
"""Single cases that do not apply, by name; each has a test of its own below."""


def calendar(schedule: Mapping[str, Any]) -> WorkCalendar:
    """Build the calendar that a schedule describes."""
    breaks: dict[date, list[tuple[str, str]]] = {}
    for each in schedule.get("breaks", ()):
        breaks.setdefault(date.fromisoformat(each["date"]), []).append((each["start"], each["end"]))
    return WorkCalendar(
        {WEEKDAYS.index(day): hours for day, hours in schedule["week"].items()},
        ZoneInfo(schedule["time_zone"]),
        closed={date.fromisoformat(day) for day in schedule.get("holidays", ())},
        overrides={
            date.fromisoformat(day): hours for day, hours in schedule.get("overrides", {}).items()
        },
        breaks=breaks,
    )


def instant(text: str) -> datetime:
    """Read an instant."""
    return datetime.fromisoformat(text)


def seconds(given: Mapping[str, Any]) -> timedelta:
    """Read a duration."""
    return timedelta(seconds=given["seconds"])


def reason(hours: WorkCalendar, at: str) -> Reason:
    """Say why it is open or closed at an instant."""
    return hours.spans(instant(at), instant(at) + timedelta(microseconds=1))[0].reason


def open_spans(hours: WorkCalendar, start: datetime, end: datetime) -> list[list[datetime]]:
    """Give the open spans between two instants."""
    spans = hours.spans(start, end)
    return [[span.start, span.end] for span in spans if span.reason is Reason.OPEN]


def periods_after(hours: WorkCalendar, given: Mapping[str, Any]) -> list[list[datetime]]:
    """Give the next open spans after an instant."""
    start = instant(given["start"])
    return open_spans(hours, start, start + timedelta(weeks=3 + given["take"]))[: given["take"]]


def periods_before(hours: WorkCalendar, given: Mapping[str, Any]) -> list[list[datetime]]:
    """Give the open spans before an instant, the last one first."""
    start = instant(given["start"])
    spans = open_spans(hours, start - timedelta(weeks=3 + given["take"]), start)
    return spans[: -given["take"] - 1 : -1]


Operation = Callable[[WorkCalendar, Mapping[str, Any]], object]

OPERATIONS: Final[Mapping[str, Operation]] = MappingProxyType(
    {
        "add": lambda hours, given: hours.deadline(instant(given["start"]), seconds(given)),
        "subtract": lambda hours, given: hours.deadline(instant(given["start"]), -seconds(given)),
        "elapsed": lambda hours, given: hours.elapsed(
            instant(given["start"]), instant(given["end"])
        ).total_seconds(),
        "is_open": lambda hours, given: hours.is_open(instant(given["at"])),
        "on_break": lambda hours, given: reason(hours, given["at"]) is Reason.BREAK,
        "on_holiday": lambda hours, given: reason(hours, given["at"]) is Reason.CLOSURE,
        "next_open": lambda hours, given: hours.next_opening(instant(given["at"])),
        "next_close": lambda hours, given: hours.next_closing(instant(given["at"])),
        "prev_open": lambda hours, given: hours.previous_opening(instant(given["at"])),
        "periods_after": periods_after,
        "periods_before": periods_before,
        "business_days_between": lambda hours, given: hours.business_days(
            date.fromisoformat(given["start"]), date.fromisoformat(given["end"])
        ),
        "add_business_days_end_of_day": lambda hours, given: hours.end_of_business_day(
            instant(given["start"]), given["days"]
        ),
        "add_business_days_date": lambda hours, given: hours.end_of_business_day(
            date.fromisoformat(given["start"]), given["days"]
        ).date(),
    }
)


def expected(case: Mapping[str, Any]) -> object:
    """Read what a case expects."""
    match case["expected"]:
        case str(text) if "T" in text:
            return instant(text)
        case str(text):
            return date.fromisoformat(text)
        case list(spans):
            return [[instant(start), instant(end)] for start, end in spans]
        case value:
            return value


APPLICABLE: Final = [
    case
    for case in VECTORS["cases"]
    if case.get("convention") in OURS and case["id"] not in LEFT_OUT
]


@pytest.mark.parametrize("case", APPLICABLE, ids=lambda case: case["id"])
def test_published_case(case: Mapping[str, Any]) -> None:
    """A case from another library's tests holds, unless it follows another convention."""
    hours = calendar(VECTORS["schedules"][case["schedule"]])

    assert expected(case) == OPERATIONS[case["operation"]](hours, case["input"])


def test_no_published_case_is_skipped_silently() -> None:
    """Every case runs, or its convention or its name is listed with a reason."""
    conventions = {case.get("convention") for case in VECTORS["cases"]}
    named = {case["id"] for case in VECTORS["cases"]}
    others = [case for case in VECTORS["cases"] if case.get("convention") in NOT_OURS]

    assert conventions == OURS | set(NOT_OURS)
    assert set(LEFT_OUT) < named
    assert len(VECTORS["cases"]) == len(APPLICABLE) + len(others) + len(LEFT_OUT) == 494
    assert len(APPLICABLE) == 445


def test_a_closure_is_no_reason_outside_opening_hours() -> None:
    """At midnight of a closed date it is closed because nothing would open it (biz-042)."""
    hours = calendar(VECTORS["schedules"]["biz_on_holiday"])

    assert Reason.CLOSED_HOURS is reason(hours, "2006-01-04T00:00:00Z")
    assert Reason.CLOSURE is reason(hours, "2006-01-04T09:00:00Z")


def test_a_wall_time_becomes_an_instant() -> None:
    """Hours that begin at 12:30:09 in Los Angeles open at that wall time (biz-058)."""
    zone, day = ZoneInfo("America/Los_Angeles"), date(2006, 1, 4)
    hours = WorkCalendar({}, zone, overrides={day: [("12:30:09", "24:00")]})
    opening = hours.next_opening(datetime(2006, 1, 4, tzinfo=zone))

    assert instant("2006-01-04T12:30:09-08:00") == opening


def test_a_schedule_without_hours_is_refused() -> None:
    """A calendar that can never open is refused when it is built (spatie_opening_hours-029)."""
    with pytest.raises(DefinitionError, match=r"weekly is \{\}, allowed: opening hours on some"):
        calendar(VECTORS["schedules"]["sp_none"])


def test_an_interval_of_no_length_is_refused() -> None:
    """A schedule of 9 to 9 cannot be told from a whole day, so it is no calendar."""
    with pytest.raises(DefinitionError, match="the whole day is"):
        calendar(VECTORS["schedules"]["btd_empty"])


def test_random_spans_on_which_peers_agree(data_folder: Path) -> None:
    """All of nearly 1,500 random spans and deadlines come out as several libraries have them."""
    text = data_folder.joinpath("business_time", "random_agreement.json").read_text("utf-8")
    data = json.loads(text)
    calendars = {name: calendar(schedule) for name, schedule in data["schedules"].items()}

    wrong = [
        case["id"]
        for case in data["cases"]
        if expected(case) != OPERATIONS[case["operation"]](calendars[case["schedule"]], case)
    ]

    assert len(data["cases"]) == 1476
    assert wrong == []


def test_a_refused_question_names_its_field() -> None:
    """A number of days that is none is refused by name and value."""
    hours = calendar(VECTORS["schedules"]["wh_default"])

    with pytest.raises(RecordError, match=r"n is 1\.5, allowed: a whole number"):
        hours.end_of_business_day(date(2026, 5, 4), 1.5)  # type: ignore[arg-type] # on purpose
