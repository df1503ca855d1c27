"""Opening hours as they are written, and what a calendar answers."""

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from importlib.resources import files
from typing import Any, Final
from zoneinfo import ZoneInfo

import holidays
import pytest

from servicekit.errors import DefinitionError, RecordError
from servicekit.worktime import (
    CalendarHistory,
    Pauses,
    Reason,
    Span,
    Weekday,
    WorkCalendar,
    always,
)
from servicekit.worktime._by_day import open_days

HELSINKI: Final = ZoneInfo("Europe/Helsinki")
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
WORKDAYS: Final = range(Weekday.MONDAY, Weekday.SATURDAY)
NINE_TO_FIVE: Final = dict.fromkeys(WORKDAYS, (("09:00", "17:00"),))
OFFICE: Final = WorkCalendar(NINE_TO_FIVE, HELSINKI)
MONDAY: Final = datetime(2026, 5, 4, 9, 30, tzinfo=HELSINKI)
NEVER_CLOSED: Final = always(HELSINKI)


def at(text: str) -> datetime:
    """Read a wall time of Helsinki."""
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


class Everything:
    """A container that has every date."""

    def __contains__(self, day: object) -> bool:
        """Say yes."""
        return True


# --- How hours are written -----------------------------------------------------------------------


def test_hours_may_be_written_in_several_ways() -> None:
    """Times and text, weekdays and numbers, lists and tuples make the same calendar."""
    by_name = WorkCalendar({Weekday.MONDAY: [("09:00", "17:30:15")]}, UTC)
    by_number = WorkCalendar({0: ((time(9), time(17, 30, 15)),), 3: []}, UTC)

    assert by_name == by_number
    assert hash(by_name) == hash(by_number)
    assert by_name.weekly == {Weekday.MONDAY: (("09:00", "17:30:15"),)}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (("18:00", "00:00"), ("18:00", "24:00")),
        ((time(18), time(0)), ("18:00", "24:00")),
        (("22:00", "06:00"), ("22:00", "06:00")),
        (["00:00:00", "24:00:00"], ("00:00", "24:00")),
        (("09:59:59", "23:59:59"), ("09:59:59", "23:59:59")),
        (("09:00:00.5", time(9, 0, 0, 600_000)), ("09:00:00.500000", "09:00:00.600000")),
    ],
)
def test_hours_are_kept_in_one_way(written: Any, kept: tuple[str, str]) -> None:
    """Seconds are kept where there are any, and midnight at the end of a day is 24:00."""
    assert {Weekday.FRIDAY: (kept,)} == WorkCalendar({4: [written]}, UTC).weekly


@pytest.mark.parametrize(
    "wrong",
    [
        ("9:00", "17:00"),
        ("09:00", "24:01"),
        ("09:60", "17:00"),
        ("09:00:60", "17:00"),
        ("09.00", "17.00"),
        ("24:00", "02:00"),
        ("٠٩:00", "17:00"),
        ("09:00", "17:00", "18:00"),
        ("09:00",),
        "09:00-17:00",
        (9, 17),
        (None, "17:00"),
        (time(9, tzinfo=UTC), time(17, tzinfo=UTC)),
        (time(9, fold=1), time(17)),
    ],
)
def test_times_that_cannot_be_read_are_refused(wrong: Any) -> None:
    """A pair that is not two times of day is refused with its place and value."""
    with pytest.raises(
        DefinitionError, match=r"weekly\[Weekday.MONDAY\]\[1\] is .* a pair"
    ) as info:
        WorkCalendar({0: [("06:00", "07:00"), wrong]}, UTC)

    assert len(info.value.problems) == 1


@pytest.mark.parametrize(
    "wrong", [("09:00", "09:00"), (time(0), time(0)), ("00:00", "00:00"), ("12:00", "12:00:00")]
)
def test_an_interval_of_no_length_is_refused(wrong: Any) -> None:
    """Equal start and end may mean nothing or a whole day, so one has to say which."""
    with pytest.raises(DefinitionError, match=r"allowed: a start and an end that differ"):
        WorkCalendar({0: [wrong]}, UTC)


def test_everything_wrong_with_a_calendar_is_said_at_once() -> None:
    """A refusal lists every key, interval, date and zone at fault."""
    with pytest.raises(DefinitionError) as info:
        WorkCalendar(
            {7: [], False: [], "monday": [], 1: "09:00-17:00", 2: [("a", "b"), ("c", "d")]},  # type: ignore[dict-item] # on purpose
            "Europe/Helsinki",  # type: ignore[arg-type] # on purpose
            closed=[MONDAY, "2026-05-01"],  # type: ignore[list-item] # on purpose
            overrides={MONDAY: [], "2026-05-01": []},  # type: ignore[dict-item] # on purpose
            breaks=[("12:00", "13:00")],  # type: ignore[arg-type] # on purpose
        )

    fields = [problem.field for problem in info.value.problems]
    assert fields == [
        "weekly key",
        "weekly key",
        "weekly key",
        "weekly[Weekday.TUESDAY]",
        "weekly[Weekday.WEDNESDAY][0]",
        "weekly[Weekday.WEDNESDAY][1]",
        "tz",
        "closed",
        "closed",
        "overrides key",
        "overrides key",
        "breaks",
    ]


@pytest.mark.parametrize(
    "wrong",
    [{"weekly": 5}, {"weekly": [("09:00", "17:00")]}, {"closed": "2026-05-01"}, {"closed": 5}],
)
def test_what_is_no_calendar_is_refused(wrong: dict[str, Any]) -> None:
    """What is no mapping of hours or no container of dates is refused by name."""
    with pytest.raises(DefinitionError, match=f"WorkCalendar: {next(iter(wrong))} is "):
        WorkCalendar(**{"weekly": NINE_TO_FIVE, "tz": UTC} | wrong)


@pytest.mark.parametrize(
    "hours",
    [
        {"weekly": {}},
        {"weekly": {0: []}},
        {"weekly": {}, "overrides": {date(2026, 5, 4): []}},
        {
            "weekly": {},
            "overrides": {date(2026, 5, 4): [("09:00", "17:00")]},
            "closed": {date(2026, 5, 4)},
        },
    ],
)
def test_a_calendar_that_can_never_open_is_refused(hours: dict[str, Any]) -> None:
    """Without hours on any weekday or open date there is no calendar."""
    with pytest.raises(DefinitionError, match=r"weekly is \{\}, allowed: opening hours"):
        WorkCalendar(**{"tz": UTC} | hours)


# --- What has precedence -------------------------------------------------------------------------


def test_a_closure_beats_an_override_and_an_override_beats_the_week() -> None:
    """Of a date that is closed and has other hours, none are left; of one that has, only those."""
    hours = WorkCalendar(
        NINE_TO_FIVE,
        HELSINKI,
        closed=[date(2026, 5, 4)],
        overrides={date(2026, 5, day): [("10:00", "12:00")] for day in (4, 5)},
    )

    assert not hours.is_open(at("2026-05-04T11:00"))
    assert at("2026-05-05T10:00") == hours.next_opening(MONDAY)
    assert at("2026-05-05T12:00") == hours.next_closing(MONDAY)


def test_an_override_may_open_a_day_that_the_week_has_not() -> None:
    """A Sunday with hours of its own is open."""
    sunday = WorkCalendar(
        NINE_TO_FIVE, HELSINKI, overrides={date(2026, 5, 3): [("12:00", "15:00")]}
    )

    assert timedelta(hours=3) == sunday.elapsed(at("2026-05-02T00:00"), at("2026-05-04T00:00"))


def test_intervals_may_overlap_and_touch() -> None:
    """Opening is the union of the intervals, whatever their order."""
    hours = WorkCalendar(
        {0: [("12:00", "17:00"), ("09:00", "13:00"), ("17:00", "18:00")]}, HELSINKI
    )

    assert at("2026-05-04T18:00") == hours.next_closing(MONDAY)
    assert hours.elapsed(at("2026-05-04T00:00"), at("2026-05-05T00:00")) == 9 * HOUR


def test_breaks_are_taken_off_whatever_is_open() -> None:
    """A break may lie within hours, over their ends, across midnight, or where nothing is open."""
    night = WorkCalendar(
        {0: [("20:00", "04:00")]},
        HELSINKI,
        breaks={
            date(2026, 5, 4): [("10:00", "11:00"), ("19:00", "20:30"), ("23:30", "00:30")],
            date(2026, 5, 5): [("03:00", "05:00")],
        },
    )
    reasons = [span.reason for span in night.spans(MONDAY, MONDAY + DAY)]
    assert night.elapsed(MONDAY, MONDAY + DAY) == 5.5 * HOUR
    assert at("2026-05-05T03:00") == night.end_of_business_day(MONDAY, 0)
    assert reasons == [
        Reason.CLOSED_HOURS,
        Reason.BREAK,
        Reason.OPEN,
        Reason.BREAK,
        Reason.OPEN,
        Reason.BREAK,
        Reason.CLOSED_HOURS,
    ]


def test_breaks_at_the_ends_of_hours_make_them_shorter() -> None:
    """Hours that begin or end with a break begin after it or end before it; all break is none."""
    office = WorkCalendar(
        NINE_TO_FIVE,
        HELSINKI,
        breaks={
            date(2026, 5, 5): [("09:00", "10:00"), ("16:00", "17:00")],
            date(2026, 5, 6): [("09:00", "17:00")],
        },
    )
    monday = at("2026-05-04T17:00")

    assert at("2026-05-05T10:00") == office.next_opening(monday)
    assert at("2026-05-05T16:00") == office.end_of_business_day(monday, 1)
    assert at("2026-05-07T09:00") == office.next_opening(at("2026-05-05T16:00"))
    assert office.business_days(date(2026, 5, 5), date(2026, 5, 6)) == 0


def test_a_closure_leaves_a_shift_alone_that_began_the_evening_before() -> None:
    """Hours belong to the date that they start on, whole."""
    nights = WorkCalendar(
        dict.fromkeys(Weekday, (("22:00", "06:00"),)), HELSINKI, closed=[date(2026, 5, 5)]
    )

    assert at("2026-05-05T06:00") == nights.next_closing(at("2026-05-04T23:00"))
    assert at("2026-05-06T22:00") == nights.next_opening(at("2026-05-05T06:00"))


def test_hours_may_end_two_days_after_their_date() -> None:
    """Far behind UTC a long shift of Wednesday still runs on UTC's Friday, into the new year."""
    far = WorkCalendar({Weekday.WEDNESDAY: [("23:30", "23:00")]}, timezone(-11 * HOUR))
    friday = datetime(2027, 1, 1, 5, 0, tzinfo=UTC)
    [span] = far.spans(friday, friday + HOUR)

    assert far.is_open(friday)
    assert span.reason is Reason.OPEN


def test_a_country_of_holidays_is_asked_as_it_is() -> None:
    """A holidays object grows years on demand; it is asked date by date, and never listed."""
    finland = holidays.country_holidays("FI")
    office = WorkCalendar(NINE_TO_FIVE, HELSINKI, closed=finland)

    assert at("2026-05-04T09:00") == office.next_opening(at("2026-04-30T17:00"))
    assert at("2031-12-29T09:00") == office.next_opening(at("2031-12-23T17:00"))
    assert finland is office.closed


def test_closures_can_be_frozen_to_dates() -> None:
    """The dates of a span of years take the place of a container that cannot be saved."""
    office = WorkCalendar(NINE_TO_FIVE, HELSINKI, closed=holidays.country_holidays("FI"))
    frozen = office.freeze(date(2026, 1, 1), date(2027, 12, 31))
    year = at("2026-01-01T00:00"), at("2028-01-01T00:00")

    assert isinstance(frozen.closed, frozenset)
    assert date(2026, 12, 25) in frozen.closed
    assert office.elapsed(*year) == frozen.elapsed(*year)
    assert frozen == frozen.freeze(date(2026, 1, 1), date(2027, 12, 31))


def test_the_first_and_the_last_date_asked_for_are_frozen() -> None:
    """Closures are listed from a date to another, both of them included, and no others."""
    shut = WorkCalendar(NINE_TO_FIVE, HELSINKI, closed=Everything())
    days = {date(2026, 5, day) for day in (4, 5, 6)}

    assert days == shut.freeze(date(2026, 5, 4), date(2026, 5, 6)).closed


# --- Real time -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "length"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-05-04", 24)]
)
def test_an_open_day_is_as_long_as_it_was(day: str, length: int) -> None:
    """Round the clock, a day has 23 or 25 hours when the clocks change."""
    start = at(f"{day}T00:00")
    end = datetime.combine(start.date() + DAY, time(), HELSINKI)

    assert length * HOUR == NEVER_CLOSED.elapsed(start, end)
    assert end == NEVER_CLOSED.deadline(start, length * HOUR)


def test_a_time_in_a_skipped_hour_moves_on_by_the_gap() -> None:
    """Hours from 03:30 to 05:00 begin at 04:30 where 03:00 to 04:00 was skipped."""
    sundays = WorkCalendar({6: [("03:30", "05:00")]}, HELSINKI)

    assert sundays.next_opening(at("2026-03-29T00:00")).isoformat() == "2026-03-29T04:30:00+03:00"
    assert sundays.elapsed(at("2026-03-29T00:00"), at("2026-03-30T00:00")) == HOUR / 2


@pytest.mark.parametrize("start", ["03:00", "03:30"])
def test_hours_that_a_skipped_hour_leaves_empty_are_none(start: str) -> None:
    """From 03:30, moved on to 04:30, to 04:00 nothing is left: closed that day, with its date."""
    sundays = WorkCalendar({6: [(start, "04:00")]}, HELSINKI)

    assert date(2026, 4, 5) == sundays.next_opening(at("2026-03-29T00:00")).date()
    assert not sundays.business_days(date(2026, 3, 28), date(2026, 3, 29))


def test_of_a_repeated_hour_the_first_one_counts() -> None:
    """Hours to 03:30 end at the first 03:30, and hours from it begin there."""
    until = WorkCalendar({6: [("00:00", "03:30")]}, HELSINKI)
    onwards = WorkCalendar({6: [("03:30", "05:00")]}, HELSINKI)
    midnight = at("2026-10-25T00:00")

    assert until.next_closing(midnight).isoformat() == "2026-10-25T03:30:00+03:00"
    assert onwards.next_opening(midnight).isoformat() == "2026-10-25T03:30:00+03:00"
    assert onwards.elapsed(midnight, midnight + DAY) == 2.5 * HOUR


def test_both_occurrences_of_a_repeated_time_are_told_apart() -> None:
    """Between 03:30 before and 03:30 after the clocks went back lies an hour."""
    first = datetime(2026, 10, 25, 3, 30, tzinfo=HELSINKI)

    assert NEVER_CLOSED.elapsed(first, first.replace(fold=1)) == HOUR


# --- Answers -------------------------------------------------------------------------------------


def test_a_deadline_lands_on_the_closing_instant() -> None:
    """The earliest instant by which so much has passed is the close, not the next opening."""
    assert at("2026-05-04T17:00") == OFFICE.deadline(MONDAY, 7.5 * HOUR)
    assert at("2026-05-04T09:00") == OFFICE.deadline(MONDAY, -HOUR / 2)
    assert at("2026-05-01T17:00") - HOUR == OFFICE.deadline(MONDAY, -1.5 * HOUR)


def test_no_working_time_at_all_gives_the_start() -> None:
    """Nothing needs no opening, in pauses and on a Sunday alike."""
    sunday = at("2026-05-03T12:00")

    assert sunday == OFFICE.deadline(sunday, timedelta(0))
    assert sunday == OFFICE.deadline(sunday, timedelta(0), Pauses(((sunday - DAY, None),)))


def test_an_opening_years_away_is_found() -> None:
    """There is no horizon: hours on one date ten years off are the next opening."""
    once = WorkCalendar({}, HELSINKI, overrides={date(2036, 2, 29): [("09:00", "17:00")]})

    assert at("2036-02-29T09:00") == once.next_opening(MONDAY)
    assert at("2036-02-29T17:00") == once.previous_opening(at("2090-01-01T00:00"))
    assert at("2036-02-29T17:00") == once.deadline(MONDAY, 8 * HOUR)
    assert at("2036-02-29T09:00") == once.deadline(at("2090-01-01T00:00"), -8 * HOUR)
    assert at("2036-02-29T17:00") == once.end_of_business_day(date(2036, 2, 29), 0)


def test_openings_are_found_over_empty_years_both_ways() -> None:
    """Between two dates with hours, twenty years apart, the one behind and the one ahead count."""
    leap_days = [date(2016, 2, 29), date(2036, 2, 29)]

    def rare() -> WorkCalendar:
        hours = dict.fromkeys(leap_days, (("09:00", "17:00"),))
        return WorkCalendar({}, HELSINKI, overrides=hours)

    assert at("2036-02-29T09:00") == rare().next_opening(MONDAY)
    assert at("2016-02-29T17:00") == rare().previous_opening(MONDAY)
    assert at("2036-02-29T10:00") == rare().deadline(MONDAY, HOUR)
    assert at("2016-02-29T16:00") == rare().deadline(MONDAY, -HOUR)
    assert at("2036-02-29T17:00") == rare().end_of_business_day(MONDAY, 1)
    assert at("2016-02-29T17:00") == rare().end_of_business_day(MONDAY, -1)


def test_a_year_of_closures_is_passed_over() -> None:
    """After the last year with closures, all of it closed, the plain week is open again."""
    year = [date(2026, 1, 1) + day * DAY for day in range(365)]
    shut = WorkCalendar(NINE_TO_FIVE, HELSINKI, closed=year)

    assert at("2027-01-01T09:00") == shut.next_opening(MONDAY)
    assert at("2025-12-31T17:00") == shut.previous_opening(MONDAY)


@pytest.mark.parametrize("years", [range(2, 5), range(1969, 1973), range(9998, 9995, -1)])
def test_a_year_begins_with_its_first_instant(years: range) -> None:
    """New Year belongs to the year that begins, whichever years were asked about before."""
    open_always = always(UTC)

    for year in years:
        assert open_always.is_open(datetime(year, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (lambda once: once.next_opening(MONDAY), "next_opening: at is .* an opening at or after"),
        (lambda once: once.next_closing(MONDAY), "next_closing: at is .* a closing after"),
        (
            lambda once: once.previous_opening(at("2020-01-01T00:00")),
            "previous_opening: at is .* an opening before it",
        ),
        (lambda once: once.deadline(MONDAY, HOUR), "deadline: working is .* no more than"),
        (lambda once: once.deadline(MONDAY, -9 * HOUR), "deadline: working is .* on that side"),
        (
            lambda once: once.end_of_business_day(MONDAY, 1),
            "end_of_business_day: n is 1, allowed: no",
        ),
        (lambda once: once.end_of_business_day(MONDAY, -2), "n is -2, allowed: no more than"),
        (lambda _: NEVER_CLOSED.next_closing(MONDAY), "next_closing: at is"),
    ],
)
def test_what_never_comes_is_an_error(question: Any, message: str) -> None:
    """An opening, closing or deadline that will never come is refused, and not looked for on."""
    once = WorkCalendar({}, HELSINKI, overrides={date(2025, 2, 28): [("09:00", "17:00")]})

    with pytest.raises(RecordError, match=message):
        question(once)


def test_a_container_that_closes_everything_is_searched_to_the_end_of_time() -> None:
    """Where any date might be open, all of them are asked before the answer is that none is."""

    def shut() -> WorkCalendar:
        return WorkCalendar({0: [("09:00", "17:00")]}, UTC, closed=Everything())

    with pytest.raises(RecordError, match="next_opening: at is"):
        shut().next_opening(datetime(9990, 1, 1, tzinfo=UTC))
    with pytest.raises(RecordError, match="previous_opening: at is"):
        shut().previous_opening(datetime(9, 1, 1, tzinfo=UTC))


def test_spans_give_the_reason_of_every_stretch() -> None:
    """Spans of a holiday weekend: what is open, what would be but for a closure, and the rest."""
    office = WorkCalendar(
        dict.fromkeys(WORKDAYS, (("09:00", "12:00"), ("13:00", "17:00"))),
        HELSINKI,
        closed=[date(2026, 5, 1)],
        breaks={date(2026, 4, 30): [("15:00", "24:00")]},
    )
    spans = office.spans(at("2026-04-30T14:00"), at("2026-05-01T13:30"))

    assert [(f"{span.start:%H:%M}", f"{span.end:%H:%M}", span.reason) for span in spans] == [
        ("14:00", "15:00", Reason.OPEN),
        ("15:00", "17:00", Reason.BREAK),
        ("17:00", "09:00", Reason.CLOSED_HOURS),
        ("09:00", "12:00", Reason.CLOSURE),
        ("12:00", "13:00", Reason.CLOSED_HOURS),
        ("13:00", "13:30", Reason.CLOSURE),
    ]
    assert str(spans[1]) == "2026-04-30 15:00+03:00 - 2026-04-30 17:00+03:00  break"


def test_a_pause_takes_off_only_what_is_open() -> None:
    """Of the hours that are open, the paused ones are named; closed hours stay what they are."""
    pauses = Pauses(((at("2026-05-04T16:00"), at("2026-05-05T10:00")),))
    spans = OFFICE.spans(at("2026-05-04T15:00"), at("2026-05-05T11:00"), pauses)

    assert [(f"{span.start:%H:%M}", f"{span.end:%H:%M}", span.reason) for span in spans] == [
        ("15:00", "16:00", Reason.OPEN),
        ("16:00", "17:00", Reason.PAUSED),
        ("17:00", "09:00", Reason.CLOSED_HOURS),
        ("09:00", "10:00", Reason.PAUSED),
        ("10:00", "11:00", Reason.OPEN),
    ]


def test_a_span_shows_its_seconds_if_it_has_any() -> None:
    """A stretch that does not start on a minute is shown as exactly as it is."""
    span = Span(datetime(2026, 5, 4, 9, 0, 30, tzinfo=UTC), MONDAY.astimezone(UTC), Reason.OPEN)

    assert str(span) == "2026-05-04 09:00:30+00:00 - 2026-05-04 06:30+00:00  open"


def test_no_time_has_no_spans() -> None:
    """From an instant to itself there is nothing to tell; to an earlier one it is refused."""
    assert OFFICE.spans(MONDAY, MONDAY) == ()
    with pytest.raises(RecordError, match=r"WorkCalendar.spans: end is .* not before the start"):
        OFFICE.spans(MONDAY, MONDAY - DAY)


def test_business_days_end_at_the_close_of_the_last() -> None:
    """Days are counted after the start's own, at whatever time of it; number 0 is that day."""
    friday, sunday = at("2026-05-08T20:00"), date(2026, 5, 10)

    assert at("2026-05-13T17:00") == OFFICE.end_of_business_day(friday, 3)
    assert at("2026-05-11T17:00") == OFFICE.end_of_business_day(sunday, 1)
    assert at("2026-05-08T17:00") == OFFICE.end_of_business_day(sunday, -1)
    assert at("2026-05-08T17:00") == OFFICE.end_of_business_day(friday, 0)
    with pytest.raises(RecordError, match="n is 0, allowed: a number other than 0"):
        OFFICE.end_of_business_day(sunday, 0)


def test_a_day_is_that_of_the_calendars_clock() -> None:
    """Late on Sunday in UTC it is Monday in Helsinki already."""
    late = datetime(2026, 5, 3, 22, 0, tzinfo=UTC)

    assert at("2026-05-05T17:00") == OFFICE.end_of_business_day(late, 1)
    assert OFFICE.business_days(date(2026, 5, 3), late) == 1


def test_a_calendar_day_ends_at_midnight() -> None:
    """The end of the n-th date after the start is midnight on the calendar's clock, or after it."""
    santiago = WorkCalendar(NINE_TO_FIVE, ZoneInfo("America/Santiago"))

    assert at("2026-05-19T00:00") == OFFICE.end_of_day(date(2026, 5, 3), 15)
    assert at("2026-05-04T00:00") == OFFICE.end_of_day(MONDAY, -1)
    assert santiago.end_of_day(date(2026, 9, 5), 0).isoformat() == "2026-09-06T01:00:00-03:00"


def test_a_day_may_end_in_the_year_after() -> None:
    """A closing or a midnight after New Year has the offset of its own year, to the very last."""

    class Moved(tzinfo):
        def fromutc(self, dt: datetime) -> datetime:
            """Show an instant on a clock that was put forward when 2026 began."""
            return (dt + (3 if dt.year > 2025 else 2) * HOUR).replace(tzinfo=self)

        def utcoffset(self, _dt: datetime | None) -> timedelta:
            """Give an offset, which nobody asks for."""
            return 2 * HOUR

    nights = WorkCalendar({2: [("22:00", "06:00")]}, Moved())
    end = WorkCalendar({0: [("22:00", "06:00")]}, timezone(-11 * HOUR))

    assert nights.end_of_business_day(date(2025, 12, 30), 1).isoformat() == (
        "2026-01-01T06:00:00+03:00"
    )
    assert always(Moved()).deadline(datetime(2025, 12, 31, tzinfo=UTC), DAY).isoformat() == (
        "2026-01-01T03:00:00+03:00"
    )
    assert end.end_of_day(date(9998, 12, 31), 0).isoformat() == "9999-01-01T00:00:00-11:00"


@pytest.mark.parametrize("n", [True, 1.0, "1", None, 10**9])
def test_a_number_of_days_is_a_whole_one(n: Any) -> None:
    """What is no whole number, or leads out of the years, is refused with its value."""
    with pytest.raises(RecordError, match=r"end_of_day: n is .*, allowed: a whole number"):
        OFFICE.end_of_day(MONDAY, n)


@pytest.mark.parametrize("n", [True, 1.0, "1", None])
def test_a_number_of_business_days_is_a_whole_one(n: Any) -> None:
    """What is no whole number is refused with its value, as for days of any kind."""
    with pytest.raises(RecordError, match=r"end_of_business_day: n is .*, allowed: a whole"):
        OFFICE.end_of_business_day(MONDAY, n)


@pytest.mark.parametrize(("day", "n"), [(date(9998, 12, 31), 1), (date(2, 1, 1), -1)])
def test_days_end_within_the_years(day: date, n: int) -> None:
    """The first and the last day of the years have an end, those before and after them none."""
    midnight = datetime.combine(day + DAY, time(), UTC)

    assert midnight == always(UTC).end_of_day(day, 0) == always(UTC).end_of_day(day - n * DAY, n)
    with pytest.raises(RecordError, match=r"n is .*, allowed: a whole number of days that ends"):
        always(UTC).end_of_day(day, n)


@pytest.mark.parametrize("day", ["2026-05-04", None, date(1, 12, 31), date(9999, 1, 1)])
def test_what_is_no_date_is_refused(day: Any) -> None:
    """A day is a date or an aware instant in the years of a calendar."""
    with pytest.raises(RecordError, match=r"WorkCalendar.day: start is .*, allowed: a date, or an"):
        OFFICE.business_days(day, MONDAY)


NAIVE: Final = datetime(2026, 5, 4, 9, 30)  # noqa: DTZ001 - what is to be refused
ASK: Final[dict[str, Any]] = {
    "is_open at": OFFICE.is_open,
    "next_opening at": OFFICE.next_opening,
    "next_closing at": OFFICE.next_closing,
    "previous_opening at": OFFICE.previous_opening,
    "elapsed start": lambda wrong: OFFICE.elapsed(wrong, MONDAY),
    "elapsed end": lambda wrong: OFFICE.elapsed(MONDAY, wrong),
    "deadline start": lambda wrong: OFFICE.deadline(wrong, HOUR),
    "end_of_business_day start": lambda wrong: OFFICE.end_of_business_day(wrong, 1),
    "business_days end": lambda wrong: OFFICE.business_days(MONDAY, wrong),
    "end_of_day start": lambda wrong: OFFICE.end_of_day(wrong, 1),
    "spans start": lambda wrong: OFFICE.spans(wrong, MONDAY),
    "spans end": lambda wrong: OFFICE.spans(MONDAY, wrong),
}


@pytest.mark.parametrize("question", ASK)
@pytest.mark.parametrize(
    ("wrong", "allowed"),
    [
        (NAIVE, "an instant with its UTC offset"),
        (datetime(9999, 1, 1, tzinfo=UTC), "an instant in the years 2 to 9998"),
        (datetime(1, 12, 31, 23, 59, 59, tzinfo=UTC), "an instant in the years 2 to 9998"),
    ],
)
def test_instants_are_aware_and_within_the_years(
    question: str, wrong: datetime, allowed: str
) -> None:
    """A naive instant, or one in the first or last year of all, is refused by its name."""
    name = question.split()[1]

    with pytest.raises(RecordError, match=f"instant: {name} is .*, allowed: {allowed}"):
        ASK[question](wrong)


@pytest.mark.parametrize("wrong", [8, 8.0, None, "8 h"])
def test_working_time_is_a_timedelta(wrong: Any) -> None:
    """A number has no unit, so it is refused."""
    with pytest.raises(RecordError, match=r"deadline: working is .* a datetime.timedelta"):
        OFFICE.deadline(MONDAY, wrong)


class Stamp(datetime):
    """A datetime of another make, as some libraries have, whose differences are of their own."""

    def __sub__(self, other: Any) -> Any:
        """Give a difference in seconds."""
        return datetime.__sub__(self, other).total_seconds()


def test_instants_of_another_make_will_do() -> None:
    """A subclass of datetime is taken for the instant that it is, at the start and at the end."""
    stamp = Stamp(2026, 5, 4, 9, 30, tzinfo=HELSINKI)
    elapsed = OFFICE.elapsed(stamp, MONDAY + HOUR)

    assert elapsed == HOUR
    assert type(elapsed) is timedelta
    assert OFFICE.elapsed(MONDAY - HOUR / 2, stamp) == HOUR / 2
    assert OFFICE.is_open(stamp)


# --- Pauses --------------------------------------------------------------------------------------


def test_pauses_put_a_deadline_off() -> None:
    """A pause takes as much off the clock as is open in it, and overlapping ones count once."""
    pauses = Pauses(
        [
            (at("2026-05-04T16:00"), at("2026-05-05T10:00")),
            (at("2026-05-04T15:00"), at("2026-05-04T16:30")),
            (at("2026-05-03T00:00"), at("2026-05-03T09:00")),
        ]
    )

    assert at("2026-05-05T11:30") == OFFICE.deadline(MONDAY, 7 * HOUR, pauses)
    assert OFFICE.elapsed(MONDAY, at("2026-05-05T11:30"), pauses) == 7 * HOUR
    assert at("2026-05-04T15:00") == OFFICE.deadline(MONDAY, 5.5 * HOUR, pauses)
    assert at("2026-05-05T10:00") == OFFICE.deadline(at("2026-05-05T11:00"), -HOUR, pauses)
    assert at("2026-05-04T14:00") == OFFICE.deadline(at("2026-05-05T11:00"), -2 * HOUR, pauses)


def test_a_clock_that_is_paused_for_good_never_comes_to_its_end() -> None:
    """While a pause lasts only what comes before it has a deadline."""
    lasting = Pauses(((at("2026-05-04T12:00"), None),))

    assert at("2026-05-04T11:30") == OFFICE.deadline(MONDAY, 2 * HOUR, lasting)
    assert OFFICE.elapsed(MONDAY, at("2027-05-04T12:00"), lasting) == 2.5 * HOUR
    assert at("2026-05-04T11:00") == OFFICE.deadline(at("2027-05-04T12:00"), -HOUR, lasting)
    with pytest.raises(RecordError, match=r"working is .* not paused"):
        OFFICE.deadline(MONDAY, 3 * HOUR, lasting)


def test_pauses_are_known_as_of_an_instant() -> None:
    """Those not begun before it are left out, and those that last end there."""
    pauses = Pauses(
        [
            (MONDAY, MONDAY + HOUR),
            (MONDAY + 2 * HOUR, None),
            (MONDAY + 3 * HOUR, MONDAY + 9 * HOUR),
            (MONDAY + 4 * HOUR, None),
            (MONDAY + 5 * HOUR, None),
        ]
    )
    known = Pauses(
        [
            (MONDAY, MONDAY + HOUR),
            (MONDAY + 2 * HOUR, MONDAY + 4 * HOUR),
            (MONDAY + 3 * HOUR, MONDAY + 4 * HOUR),
        ]
    )

    assert known == pauses.until(MONDAY + 4 * HOUR)


@pytest.mark.parametrize(
    "wrong",
    [
        ((NAIVE, MONDAY),),
        ((MONDAY, NAIVE),),
        ((NAIVE, None),),
        ((MONDAY, MONDAY - HOUR),),
        ((MONDAY,),),
        ((None, MONDAY),),
        "ab",
        MONDAY,
        (MONDAY, MONDAY + HOUR),
    ],
)
def test_what_is_no_pause_is_refused(wrong: Any) -> None:
    """A pause has aware ends, in order."""
    with pytest.raises(
        RecordError, match=r"Pauses: stretches is .*, allowed: pairs \(start, end\)"
    ):
        Pauses(wrong)


def test_a_pause_that_is_refused_is_shown() -> None:
    """The refusal has what was given in the place of a pair."""
    with pytest.raises(RecordError, match=r"stretches is \('ab',\), allowed"):
        Pauses("ab")  # type: ignore[arg-type] # on purpose


@pytest.mark.parametrize(
    "pause",
    [(datetime.min.replace(tzinfo=UTC), MONDAY), (MONDAY, datetime.max.replace(tzinfo=UTC))],
)
def test_pauses_are_within_the_years(pause: tuple[datetime, datetime]) -> None:
    """A pause that begins or ends in the first or last year of all is refused by its name."""
    with pytest.raises(RecordError, match=r"instant: pauses is .*, allowed: an instant in the"):
        OFFICE.elapsed(MONDAY, MONDAY + HOUR, Pauses((pause,)))


def test_pauses_are_given_as_pauses() -> None:
    """A bare list of pairs is refused by name."""
    with pytest.raises(RecordError, match=r"^pauses: pauses is .* a Pauses object$"):
        OFFICE.elapsed(MONDAY, MONDAY + HOUR, [(MONDAY, None)])  # type: ignore[arg-type] # on purpose


# --- Calendars as values -------------------------------------------------------------------------


def test_a_calendar_can_be_copied_and_pickled() -> None:
    """What has been built of the years stays behind; the copy is equal and answers the same."""
    office = WorkCalendar(
        NINE_TO_FIVE,
        HELSINKI,
        closed=[date(2026, 5, 1)],
        overrides={date(2026, 5, 2): [("10:00", "12:00")]},
        breaks={date(2026, 5, 4): [("12:00", "13:00")]},
    )
    office.is_open(MONDAY)
    history = CalendarHistory(office, {date(2026, 6, 1): NEVER_CLOSED})

    for value in (office, history):
        for again in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value)):
            assert value == again
            assert value.deadline(MONDAY, 99 * HOUR) == again.deadline(MONDAY, 99 * HOUR)


@pytest.mark.parametrize(
    "other",
    [
        {"weekly": {0: [("09:00", "17:00")]}},
        {"tz": UTC},
        {"closed": [date(2026, 5, 1)]},
        {"overrides": {date(2026, 5, 2): [("10:00", "12:00")]}},
        {"breaks": {date(2026, 5, 4): [("12:00", "13:00")]}},
    ],
)
def test_calendars_that_differ_are_not_equal(other: dict[str, Any]) -> None:
    """Hours, zone, closures, overrides or breaks of its own make another calendar."""
    office = WorkCalendar(**{"weekly": NINE_TO_FIVE, "tz": HELSINKI} | other)

    assert office != OFFICE
    assert CalendarHistory(OFFICE, {}) != CalendarHistory(office, {})


def test_a_calendar_is_shown_as_it_is_made() -> None:
    """The text of a calendar is the expression that makes it."""
    office = WorkCalendar({0: [("09:00", "17:00")]}, timezone.utc)  # noqa: UP017 - as repr has it

    assert repr(office) == (
        "WorkCalendar(weekly={Weekday.MONDAY: (('09:00', '17:00'),)}, tz=datetime.timezone.utc, "
        "closed=frozenset(), overrides={}, breaks={})"
    )


def test_a_calendar_cannot_be_changed() -> None:
    """Its mappings are read-only, and what was given may change without changing it."""
    closed = {date(2026, 5, 1)}
    office = WorkCalendar(NINE_TO_FIVE, HELSINKI, closed=closed)
    closed.clear()

    assert not office.is_open(at("2026-05-01T10:00"))
    with pytest.raises(TypeError):
        office.weekly[Weekday.SUNDAY] = ()  # type: ignore[index] # on purpose
    with pytest.raises(AttributeError):
        office.tz = UTC  # type: ignore[misc] # on purpose


@pytest.mark.parametrize(
    ("tz", "key"),
    [
        (HELSINKI, "Europe/Helsinki"),
        (UTC, "UTC"),
        (timezone(timedelta(hours=5, minutes=45)), "UTC+05:45"),
        (timezone(timedelta(hours=2), "EET"), "UTC+02:00"),
    ],
)
def test_a_zone_has_a_key_to_be_saved_with(tz: Any, key: str) -> None:
    """A zone of zoneinfo has its name, and a fixed offset is its own key."""
    assert key == always(tz).zone_key


def test_a_zone_of_another_make_has_no_key() -> None:
    """What cannot be had again by a key says so."""
    with files("tzdata.zoneinfo.Europe").joinpath("Helsinki").open("rb") as file:
        nameless = ZoneInfo.from_file(file)

    assert always(nameless).zone_key is None


def test_a_key_that_is_no_text_is_none() -> None:
    """A zone may have a number for a key, which no database of zones knows."""

    class Numbered(tzinfo):
        key = 7

    assert always(Numbered()).zone_key is None


def test_a_calendar_shows_the_container_of_its_closures() -> None:
    """Plain closures are shown in order, and any other container as it shows itself."""
    days = [date(2026, 12, day) for day in range(1, 32)]
    plain = WorkCalendar(NINE_TO_FIVE, HELSINKI, closed=days[::-1])
    other = WorkCalendar(NINE_TO_FIVE, HELSINKI, closed=range(5))  # type: ignore[arg-type] # of any kind

    assert f"closed=frozenset({days}), " in repr(plain)
    assert "closed=range(0, 5), " in repr(other)


def test_threads_may_ask_at_once() -> None:
    """Years that several threads build at the same time come out the same."""
    office = WorkCalendar(NINE_TO_FIVE, HELSINKI)
    starts = [datetime(1990 + 7 * number % 60, 3, 1, tzinfo=UTC) for number in range(64)]
    with ThreadPoolExecutor(8) as threads:
        deadlines = list(threads.map(lambda start: office.deadline(start, 99 * HOUR), starts))

    assert [OFFICE.deadline(start, 99 * HOUR) for start in starts] == deadlines


# --- Day by day ----------------------------------------------------------------------------------


def test_hours_are_laid_out_by_day() -> None:
    """Every day asked for has its stretches, one over midnight cut in two, and what came before."""
    nights = WorkCalendar({0: [("09:00", "10:00"), ("22:00", "03:00")]}, UTC)
    first = (date(2026, 5, 3) - date(1970, 1, 1)).days
    hour = HOUR // timedelta(microseconds=1)

    assert list(open_days(nights, first, first + 3)) == [
        (first, 0, ()),
        (first + 1, 0, ((9 * hour, hour), (22 * hour, 2 * hour))),
        (first + 2, 3 * hour, ((0, 3 * hour),)),
        (first + 3, 6 * hour, ()),
    ]
    assert list(open_days(nights, first + 2, first + 2)) == [(first + 2, 0, ((0, 3 * hour),))]
    evenings = WorkCalendar({0: [("18:00", "24:00")]}, UTC)
    assert [(18 * hour, 6 * hour)] == [
        stretch for day in open_days(evenings, first, first + 2) for stretch in day.stretches
    ]
    assert [(0, 24 * hour)] == [
        stretch for day in open_days(always(UTC), first, first) for stretch in day.stretches
    ]


def test_what_is_open_before_each_day_has_elapsed() -> None:
    """What is open from the first day up to each of the others is what `elapsed` measures."""
    midnight = datetime(2025, 12, 30, tzinfo=UTC)
    first = (midnight - datetime(1970, 1, 1, tzinfo=UTC)).days
    moment = timedelta(microseconds=1)

    for at, day in enumerate(open_days(OFFICE, first, first + 99)):
        before = OFFICE.elapsed(midnight, midnight + at * DAY)
        assert (first + at, before) == (day.day, day.before * moment)


# --- Calendars that change -----------------------------------------------------------------------


def test_an_old_deadline_keeps_the_calendar_of_its_day() -> None:
    """What fell due before the hours changed is what it was; afterwards the new hours count."""
    longer = WorkCalendar(dict.fromkeys(WORKDAYS, (("08:00", "20:00"),)), HELSINKI)
    history = CalendarHistory(OFFICE, {date(2026, 5, 6): longer})

    assert OFFICE.deadline(MONDAY, 12 * HOUR) == history.deadline(MONDAY, 12 * HOUR)
    assert at("2026-05-06T12:30") == history.deadline(MONDAY, 20 * HOUR)
    assert at("2026-05-06T20:00") == history.end_of_business_day(MONDAY, 2)
    assert longer == history.on(date(2026, 5, 6))
    assert history.on(date(2026, 5, 5)) == OFFICE


def test_a_shift_runs_on_into_another_calendar() -> None:
    """A shift begun the evening before a change ends as it was to end."""
    nights = WorkCalendar({1: [("22:00", "06:00")]}, HELSINKI)
    history = CalendarHistory(nights, {date(2026, 5, 6): OFFICE})

    assert at("2026-05-06T06:00") == history.next_closing(MONDAY)
    assert at("2026-05-06T09:00") == history.next_opening(at("2026-05-06T06:00"))


def test_a_history_is_searched_up_to_its_last_change() -> None:
    """New hours ten years off are found; and where none are left, that is known at once."""
    once = WorkCalendar({}, HELSINKI, overrides={date(2025, 2, 28): [("09:00", "17:00")]})

    assert at("2036-05-05T09:00") == CalendarHistory(once, {date(2036, 5, 3): OFFICE}).next_opening(
        MONDAY
    )
    ended = CalendarHistory(OFFICE, {date(2026, 5, 5): once})
    with pytest.raises(RecordError, match=r"CalendarHistory.next_opening: at is"):
        ended.next_opening(at("2026-05-05T00:00"))
    assert len(ended._timeline.line.years) < 9


def test_changes_are_put_in_order() -> None:
    """A history is the same in whatever order its changes are written."""
    changes = {date(2027, 1, 1): NEVER_CLOSED, date(2026, 7, 1): OFFICE}
    history = CalendarHistory(OFFICE, changes)
    same = CalendarHistory(OFFICE, dict(reversed(changes.items())))

    assert history == same
    assert hash(history) == hash(same)
    assert f"changes={dict(sorted(changes.items()))!r})" in repr(history)
    assert HELSINKI is history.tz
    assert history != CalendarHistory(OFFICE, {date(2027, 1, 1): NEVER_CLOSED})


def test_a_history_of_anything_else_is_refused() -> None:
    """All that is no calendar, no date or in another zone is named at once."""
    with pytest.raises(DefinitionError) as info:
        CalendarHistory(
            OFFICE,
            {MONDAY: OFFICE, date(2026, 5, 1): None, date(2026, 6, 1): always(UTC)},  # type: ignore[dict-item] # on purpose
        )

    assert [problem.field for problem in info.value.problems] == [
        "changes key",
        "changes[datetime.date(2026, 5, 1)]",
        "changes[datetime.date(2026, 6, 1)]",
    ]


@pytest.mark.parametrize(
    ("first", "changes", "name"),
    [(None, {date(2026, 5, 1): OFFICE}, "first"), (OFFICE, [OFFICE], "changes")],
)
def test_a_history_is_a_calendar_and_a_mapping(first: Any, changes: Any, name: str) -> None:
    """What cannot be a history at all is refused by name."""
    with pytest.raises(DefinitionError, match=f"CalendarHistory: {name} is"):
        CalendarHistory(first, changes)


def test_one_zone_may_come_as_two_objects() -> None:
    """Zones of the same key are one zone, whether or not they are one object."""
    again = WorkCalendar(NINE_TO_FIVE, ZoneInfo.no_cache("Europe/Helsinki"))

    assert again == CalendarHistory(OFFICE, {date(2026, 5, 1): again}).on(date(2026, 5, 1))
