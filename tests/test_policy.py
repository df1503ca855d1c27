"""By when a standard is to be met, and where a matter stands by it."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any, Final
from zoneinfo import ZoneInfo

import attrs
import pytest

from servicekit.complaint import Channel
from servicekit.errors import RecordError
from servicekit.policy import Clock, ResponseStandard, Standing, Status, due, standing
from servicekit.worktime import CalendarHistory, Pauses, WorkCalendar, always

HELSINKI: Final = ZoneInfo("Europe/Helsinki")
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
OFFICE: Final = WorkCalendar(
    dict.fromkeys(range(5), (("09:00", "17:00"),)), HELSINKI, closed=[date(2026, 5, 1)]
)
THURSDAY: Final = datetime(2026, 4, 30, 15, 0, tzinfo=HELSINKI)


def standard(clock: Clock, limit: timedelta, warn_at: Fraction | None = None) -> ResponseStandard:
    """Make a standard of a limit."""
    return ResponseStandard(
        "key", "Title", source="Source", limit=limit, clock=clock, warn_at=warn_at
    )


REPLY: Final = standard(Clock.WORKING_TIME, 8 * HOUR, Fraction(3, 4))


def at(text: str) -> datetime:
    """Read a wall time of Helsinki."""
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


@pytest.mark.parametrize(
    ("clock", "limit", "by"),
    [
        (Clock.CLOCK_TIME, DAY, "2026-05-01T15:00"),
        (Clock.WORKING_TIME, 3 * HOUR, "2026-05-04T10:00"),
        (Clock.CALENDAR_DAYS, DAY, "2026-05-02T00:00"),
        (Clock.BUSINESS_DAYS, DAY, "2026-05-04T17:00"),
    ],
)
def test_a_limit_ends_as_its_clock_says(clock: Clock, limit: timedelta, by: str) -> None:
    """Time ends to the second, days end at midnight or at the close of business."""
    assert at(by) == due(standard(clock, limit), THURSDAY, OFFICE)


def test_real_time_is_real_when_the_clocks_change() -> None:
    """24 hours over the night that has 23 end an hour later on the clock."""
    by = due(standard(Clock.CLOCK_TIME, DAY), at("2026-03-28T12:00"), OFFICE)

    assert by.isoformat() == "2026-03-29T13:00:00+03:00"


def test_real_time_needs_no_calendar() -> None:
    """Without a calendar the instant comes back on the clock of the start; with one, on its own."""
    start = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
    day = standard(Clock.CLOCK_TIME, DAY)

    assert due(day, start).isoformat() == "2026-05-02T12:00:00+00:00"
    assert due(day, start, OFFICE).isoformat() == "2026-05-02T15:00:00+03:00"


@pytest.mark.parametrize("clock", sorted(set(Clock) - {Clock.CLOCK_TIME}), ids=str)
def test_all_other_clocks_need_a_calendar(clock: Clock) -> None:
    """Without a calendar nobody knows when it is open, or when a day ends."""
    with pytest.raises(RecordError, match=f"calendar is None, allowed: .* limit in {clock}"):
        due(standard(clock, DAY), THURSDAY)


def test_a_history_will_do_for_a_calendar() -> None:
    """Opening hours that changed are asked like those that did not."""
    history = CalendarHistory(OFFICE, {date(2026, 5, 4): always(HELSINKI)})

    assert due(REPLY, THURSDAY, history) == at("2026-05-04T06:00")


def test_pauses_put_off_what_is_due() -> None:
    """In real time a pause counts whole, in working time as much as is open in it."""
    pauses = Pauses(((at("2026-04-30T16:00"), at("2026-04-30T18:00")),))
    day = standard(Clock.CLOCK_TIME, DAY)

    assert due(REPLY, THURSDAY, OFFICE, pauses=pauses) == at("2026-05-04T16:00")
    assert due(day, THURSDAY, OFFICE, pauses=pauses) == at("2026-05-01T17:00")


@pytest.mark.parametrize("clock", [Clock.CALENDAR_DAYS, Clock.BUSINESS_DAYS])
def test_whole_days_cannot_be_paused(clock: Clock) -> None:
    """A pause within days that are counted whole is refused rather than left out."""
    pauses = Pauses(((THURSDAY, THURSDAY + HOUR),))

    with pytest.raises(RecordError, match=f"pauses is .* none for a limit in {clock}"):
        due(standard(clock, DAY), THURSDAY, OFFICE, pauses=pauses)


@pytest.mark.parametrize(
    ("done", "as_of", "status", "left"),
    [
        (None, "2026-04-30T16:00", Status.RUNNING, 7 * HOUR),
        (None, "2026-05-04T12:59", Status.RUNNING, 2 * HOUR + HOUR / 60),
        (None, "2026-05-04T13:00", Status.WARNING, 2 * HOUR),
        (None, "2026-05-04T15:00", Status.WARNING, 0 * HOUR),
        (None, "2026-05-04T16:00", Status.OVERRUN, -HOUR),
        ("2026-05-04T15:00", "2026-05-05T12:00", Status.MET, 0 * HOUR),
        ("2026-04-30T16:00", "2026-04-30T16:00", Status.MET, 7 * HOUR),
        ("2026-05-04T16:30", "2026-05-05T12:00", Status.MISSED, -1.5 * HOUR),
        ("2026-05-05T12:00", "2026-04-30T16:00", Status.RUNNING, 7 * HOUR),
    ],
)
def test_where_a_matter_stands(
    done: str | None, as_of: str, status: Status, left: timedelta
) -> None:
    """Met at or before the due instant, missed after it; else running, near its end or overrun."""
    found = standing(REPLY, THURSDAY, at(done) if done else None, at(as_of), OFFICE)

    assert found == Standing(status, at("2026-05-04T15:00"), left)


def test_without_a_fraction_nobody_is_warned() -> None:
    """A standard that states no fraction runs until it is overrun."""
    quiet = attrs.evolve(REPLY, warn_at=None)

    assert standing(quiet, THURSDAY, None, at("2026-05-04T14:59"), OFFICE).status is Status.RUNNING


@pytest.mark.parametrize(
    ("clock", "left"),
    [
        (Clock.CLOCK_TIME, 21 * HOUR),
        (Clock.CALENDAR_DAYS, 30 * HOUR),
        (Clock.BUSINESS_DAYS, 8 * HOUR),
    ],
)
def test_what_is_left_is_measured_as_the_limit_is(clock: Clock, left: timedelta) -> None:
    """Real time is left for real time and dates, working time for business days."""
    found = standing(standard(clock, DAY), THURSDAY, None, THURSDAY + 3 * HOUR, OFFICE)

    assert left == found.left
    assert found.status is Status.RUNNING


def test_a_clock_that_stands_still_does_not_run_out() -> None:
    """While it lasts, a pause puts off what is due and leaves what is left."""
    waiting = Pauses(((at("2026-04-30T16:00"), None), (at("2026-06-01T10:00"), None)))
    early = standing(REPLY, THURSDAY, None, at("2026-04-30T16:30"), OFFICE, pauses=waiting)
    late = standing(REPLY, THURSDAY, None, at("2026-05-29T09:30"), OFFICE, pauses=waiting)

    assert early.left == late.left == 7 * HOUR
    assert early.due < late.due
    assert late.status is Status.RUNNING


def test_nothing_is_done_or_asked_before_the_start() -> None:
    """An instant before the start is refused by its name."""
    with pytest.raises(RecordError, match=r"done is .*, allowed: an instant not before the start"):
        standing(REPLY, THURSDAY, THURSDAY - HOUR, THURSDAY + HOUR, OFFICE)
    with pytest.raises(RecordError, match=r"as_of is .*, allowed: an instant not before the start"):
        standing(REPLY, THURSDAY, None, THURSDAY - HOUR, OFFICE)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("key", " "),
        ("title", None),
        ("source", ""),
        ("limit", 24),
        ("limit", timedelta(0)),
        ("limit", -DAY),
        ("clock", "working_time"),
        ("applies_to", [Channel.PHONE, "phone call"]),
        ("applies_to", set()),
        ("applies_to", [["phone"]]),
        ("applies_to", None),
        ("warn_at", 0.75),
        ("warn_at", Fraction(1)),
        ("warn_at", Fraction(0)),
    ],
    ids=repr,
)
def test_what_is_no_standard_is_refused(name: str, wrong: Any) -> None:
    """Every field says what it may hold."""
    with pytest.raises(RecordError, match=f"ResponseStandard: {name} is .*, allowed: "):
        attrs.evolve(REPLY, **{name: wrong})


@pytest.mark.parametrize("clock", [Clock.CALENDAR_DAYS, Clock.BUSINESS_DAYS])
def test_days_are_counted_whole(clock: Clock) -> None:
    """Half a day is no number of days."""
    with pytest.raises(RecordError, match=r"limit is .*, allowed: a whole number of days"):
        standard(clock, DAY / 2)
