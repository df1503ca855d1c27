"""Laws of working time, and a slow and obvious oracle that walks from minute to minute."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from itertools import pairwise
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import dateutil.tz
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servicekit.worktime import CalendarHistory, Pauses, Reason, WorkCalendar

PATIENT: Final = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
"""Walking takes its time, on a busy machine above all."""

MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
NOTHING: Final = timedelta(0)

ODD_DATES: Final = {
    "Europe/Helsinki": [date(2026, 3, 29), date(2026, 10, 25)],
    "America/New_York": [date(2024, 3, 10), date(2024, 11, 3)],
    "Australia/Lord_Howe": [date(2024, 4, 7), date(2024, 10, 6)],  # half an hour
    "America/Sao_Paulo": [date(2018, 2, 18), date(2018, 11, 4)],  # at midnight
    "Asia/Beirut": [date(2023, 3, 30), date(2023, 10, 29)],  # at midnight
    "America/Havana": [date(2024, 3, 10), date(2024, 11, 3)],  # at midnight and at 1
    "Europe/Dublin": [date(2024, 3, 31), date(2024, 10, 27)],  # negative summer time
    "Antarctica/Troll": [date(2024, 3, 31), date(2024, 10, 27)],  # two hours
    "Pacific/Apia": [date(2011, 9, 24), date(2011, 12, 30)],  # a day that was skipped
    "Pacific/Kwajalein": [date(1993, 8, 21)],  # likewise
    "Asia/Manila": [date(2026, 6, 1)],
    "Asia/Kathmandu": [date(1986, 1, 1)],  # a quarter of an hour
    "Africa/Casablanca": [date(2026, 2, 15), date(2026, 3, 22)],  # two changes in five weeks
    "Antarctica/Casey": [date(2020, 10, 4), date(2021, 3, 14)],  # three hours
    "UTC": [date(2025, 1, 1)],
}
"""Zones, and dates on which something happens to their clocks."""


class Written(NamedTuple):
    """Opening hours as they are written, in minutes since midnight."""

    tz: ZoneInfo
    weekly: dict[int, list[tuple[int, int]]]
    closed: set[date]
    overrides: dict[date, list[tuple[int, int]]]
    breaks: dict[date, list[tuple[int, int]]]

    def calendar(self, tz: tzinfo | None = None) -> WorkCalendar:
        """Build the calendar."""
        return WorkCalendar(
            {day: in_text(hours) for day, hours in self.weekly.items()},
            tz or self.tz,
            closed=self.closed,
            overrides={day: in_text(hours) for day, hours in self.overrides.items()},
            breaks={day: in_text(hours) for day, hours in self.breaks.items()},
        )


def in_text(hours: list[tuple[int, int]]) -> list[tuple[str, str]]:
    """Write intervals as text."""
    return [tuple(f"{at // 60:02}:{at % 60:02}" for at in each) for each in hours]  # type: ignore[misc] # pairs


# --- The oracle: the rules word for word, minute by minute ---------------------------------------


def on_the_clock(day: date, minutes: int, tz: ZoneInfo) -> int:
    """Give the minute, since 1970 in UTC, of a wall time, as zoneinfo resolves it with fold=0."""
    days, minutes = divmod(minutes, 24 * 60)
    wall = time(minutes // 60, minutes % 60)
    return int(datetime.combine(day + days * DAY, wall, tz).timestamp()) // 60


def minutes_of(day: date, hours: list[tuple[int, int]], tz: ZoneInfo) -> set[int]:
    """Give every minute of some intervals of a date."""
    return {
        minute
        for start, end in hours
        for minute in range(
            on_the_clock(day, start, tz),
            on_the_clock(day, end if end > start else end + 24 * 60, tz),
        )
    }


def oracle(written: Written, first: int, last: int) -> dict[int, Reason]:
    """Say of every minute why it is open or closed."""
    opened: set[int] = set()
    broken: set[int] = set()
    shut: set[int] = set()
    day = (datetime.fromtimestamp(first * 60, UTC) - 4 * DAY).date()
    while day <= (datetime.fromtimestamp(last * 60, UTC) + 4 * DAY).date():
        hours = written.overrides.get(day, written.weekly.get(day.weekday(), []))
        where = shut if day in written.closed else opened
        where |= minutes_of(day, hours, written.tz)
        broken |= minutes_of(day, written.breaks.get(day, []), written.tz)
        day += DAY
    return {minute: reason(minute, opened, broken, shut) for minute in range(first, last)}


def reason(minute: int, opened: set[int], broken: set[int], shut: set[int]) -> Reason:
    """Say why a minute is open or closed."""
    if minute in opened:
        return Reason.BREAK if minute in broken else Reason.OPEN
    return Reason.CLOSURE if minute in shut else Reason.CLOSED_HOURS


# --- Calendars and instants about the odd dates --------------------------------------------------

minutes = st.sampled_from([0, 30, 60, 90, 120, 150, 180, 1410, 1439]) | st.integers(0, 1439)
pairs = st.tuples(minutes, minutes | st.just(1440))
intervals = st.lists(pairs.filter(lambda each: each[0] != each[1]), max_size=2)


@st.composite
def writings(draw: st.DrawFn) -> tuple[Written, datetime]:
    """Draw opening hours in a zone, and an instant near an odd date of it; shrink to few hours."""
    name = draw(st.sampled_from(sorted(ODD_DATES)))
    odd = draw(st.sampled_from(ODD_DATES[name]))
    near = st.integers(-4, 4).map(lambda days: odd + days * DAY)
    weekly = st.dictionaries(st.integers(0, 6), intervals, max_size=7)
    written = Written(
        ZoneInfo(name),
        draw(weekly.filter(lambda week: any(week.values()))),
        draw(st.sets(near, max_size=2)),
        draw(st.dictionaries(near, intervals, max_size=2)),
        draw(st.dictionaries(near, intervals, max_size=3)),
    )
    start = datetime.combine(odd, time(), UTC)
    return written, start + draw(st.integers(-4 * 24 * 60, 2 * 24 * 60)) * MINUTE


def seen_from(at: datetime) -> int:
    """Give the minute, since 1970, of an instant."""
    return int(at.timestamp()) // 60


lengths = st.integers(0, 4 * 24 * 60)


@PATIENT
@given(writings(), lengths)
def test_elapsed_is_the_number_of_open_minutes(
    writing: tuple[Written, datetime], length: int
) -> None:
    """The time elapsed is what one counts minute by minute, and the other way it is negative."""
    written, start = writing
    end = start + length * MINUTE
    walked = list(oracle(written, seen_from(start), seen_from(end)).values())
    calendar = written.calendar()

    assert walked.count(Reason.OPEN) * MINUTE == calendar.elapsed(start, end)
    assert walked.count(Reason.OPEN) * MINUTE == -calendar.elapsed(end, start)


@PATIENT
@given(writings(), lengths)
def test_spans_say_of_every_minute_what_the_rules_say(
    writing: tuple[Written, datetime], length: int
) -> None:
    """Spans join without a gap, differ from their neighbours, and give each minute its reason."""
    written, start = writing
    end = start + length * MINUTE
    spans = written.calendar().spans(start, end)
    told = {
        minute: span.reason
        for span in spans
        for minute in range(seen_from(span.start), seen_from(span.end))
    }

    assert oracle(written, seen_from(start), seen_from(end)) == told
    assert end - start == sum((span.duration for span in spans), NOTHING)
    assert all(one.end == other.start for one, other in pairwise(spans))
    assert all(one.reason is not other.reason for one, other in pairwise(spans))


@PATIENT
@given(writings())
def test_questions_about_an_instant(writing: tuple[Written, datetime]) -> None:
    """Openings and closings next to an instant are where a walk from it comes upon them."""
    written, at = writing
    here = seen_from(at)
    walked = oracle(written, here - 2 * 1440, here + 2 * 1440)
    opened = {minute for minute, why in walked.items() if why is Reason.OPEN}
    closings = [minute for minute in range(here + 1, here + 2 * 1440) if minute not in opened]
    closings = [minute for minute in closings if minute - 1 in opened]
    openings = [minute for minute in range(here, here + 2 * 1440) if minute in opened]
    before = [minute + 1 for minute in range(here - 2 * 1440, here) if minute in opened]
    calendar = written.calendar()

    assert (here in opened) == calendar.is_open(at)
    if openings:
        assert openings[0] == seen_from(calendar.next_opening(at))
    if closings:
        assert closings[0] == seen_from(calendar.next_closing(at))
    if before:
        assert before[-1] == seen_from(calendar.previous_opening(at))


@PATIENT
@given(writings(), st.integers(1, 600))
def test_a_deadline_is_where_a_walk_ends(writing: tuple[Written, datetime], working: int) -> None:
    """A deadline is the first minute by which so many open ones have passed, either way."""
    written, start = writing
    here = seen_from(start)
    walked = oracle(written, here - 3 * 1440, here + 3 * 1440)
    after = [minute + 1 for minute in range(here, here + 3 * 1440) if walked[minute] is Reason.OPEN]
    ahead = [m for m in range(here - 1, here - 3 * 1440, -1) if walked[m] is Reason.OPEN]
    calendar = written.calendar()

    if len(after) >= working:
        assert after[working - 1] == seen_from(calendar.deadline(start, working * MINUTE))
    if len(ahead) >= working:
        assert ahead[working - 1] == seen_from(calendar.deadline(start, -working * MINUTE))


@PATIENT
@given(writings(), st.integers(0, 6))
def test_business_days_are_those_with_open_minutes_of_their_own(
    writing: tuple[Written, datetime], length: int
) -> None:
    """A business day has hours that start on it and are left open; it ends when the last close."""
    written, start = writing
    first = start.astimezone(written.tz).date()
    dates = [first + days * DAY for days in range(1, length + 1)]
    closings = []
    for day in dates:
        hours = written.overrides.get(day, written.weekly.get(day.weekday(), []))
        own = set() if day in written.closed else minutes_of(day, hours, written.tz)
        for other in (day - DAY, day, day + DAY, day + 2 * DAY):
            own -= minutes_of(other, written.breaks.get(other, []), written.tz)
        closings += [max(own) + 1] if own else []
    calendar = written.calendar()
    ends = [calendar.end_of_business_day(first, n + 1) for n in range(len(closings))]

    assert len(closings) == calendar.business_days(start, first + length * DAY)
    assert -len(closings) == calendar.business_days(first + length * DAY, start)
    assert closings == [seen_from(end) for end in ends]


def open_for(hours: list[tuple[int, int]]) -> int:
    """Give the length of the longest interval, in minutes."""
    return max(((end - start) % 1440 or 1440 for start, end in hours), default=0)


# --- Laws ----------------------------------------------------------------------------------------

instants = st.datetimes(datetime(2017, 9, 1), datetime(2019, 2, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive
durations = st.timedeltas(timedelta(microseconds=1), timedelta(hours=10))
calendars = (
    writings()
    .map(lambda writing: writing[0])
    .filter(lambda written: any(open_for(hours) >= 60 for hours in written.weekly.values()))
    .map(Written.calendar)
)


@PATIENT
@given(calendars, instants, instants, instants)
def test_elapsed_time_adds_up(
    calendar: WorkCalendar, a: datetime, b: datetime, c: datetime
) -> None:
    """Elapsed(a, b) + elapsed(b, c) = elapsed(a, c), in whatever order they are."""
    assert calendar.elapsed(a, c) == calendar.elapsed(a, b) + calendar.elapsed(b, c)


@PATIENT
@given(calendars, instants, durations)
def test_a_deadline_is_so_much_working_time_away(
    calendar: WorkCalendar, start: datetime, working: timedelta
) -> None:
    """Elapsed(s, deadline(s, w)) = w, to the microsecond, and a moment before it is less."""
    deadline = calendar.deadline(start, working)
    reverse = calendar.deadline(start, -working)
    moment = timedelta(microseconds=1)

    assert working == calendar.elapsed(start, deadline)
    assert working - moment == calendar.elapsed(start, deadline - moment)
    assert -working == calendar.elapsed(start, reverse)
    assert moment - working == calendar.elapsed(start, reverse + moment)


@PATIENT
@given(calendars, instants, instants, durations, durations)
def test_deadlines_keep_order(
    calendar: WorkCalendar, a: datetime, b: datetime, v: timedelta, w: timedelta
) -> None:
    """A later start or more working time never gives an earlier deadline."""
    early, late = sorted([a, b])
    less, more = sorted([v, w])

    assert calendar.deadline(early, less) <= calendar.deadline(late, less)
    assert calendar.deadline(early, less) <= calendar.deadline(early, more)


@PATIENT
@given(calendars, instants, durations, st.sampled_from(sorted(ODD_DATES)))
def test_the_zone_of_an_instant_makes_no_difference(
    calendar: WorkCalendar, at: datetime, working: timedelta, name: str
) -> None:
    """Every question has the same answer whatever zone its instants are shown in."""
    shown = at.astimezone(ZoneInfo(name))

    assert calendar.is_open(at) == calendar.is_open(shown)
    assert calendar.deadline(at, working) == calendar.deadline(shown, working)
    assert calendar.next_opening(at) == calendar.next_opening(shown)
    assert not calendar.elapsed(at, shown)
    assert calendar.business_days(at, shown) == 0


@PATIENT
@given(calendars, instants, durations)
def test_answers_show_the_clock_of_the_calendar(
    calendar: WorkCalendar, at: datetime, working: timedelta
) -> None:
    """An instant comes back with the offset that the calendar's zone has there, as a fixed one."""
    deadline = calendar.deadline(at, working)

    assert isinstance(deadline.tzinfo, timezone)
    assert deadline.astimezone(calendar.tz).utcoffset() == deadline.utcoffset()


@PATIENT
@given(calendars, instants, st.lists(st.tuples(durations, durations), max_size=4), durations)
def test_pauses_and_deadlines_agree(
    calendar: WorkCalendar,
    start: datetime,
    gaps: list[tuple[timedelta, timedelta]],
    working: timedelta,
) -> None:
    """The earliest instant by which so much unpaused working time has passed is the deadline."""
    pauses = Pauses(
        [(start + 9 * gap - DAY, start + 9 * gap + 3 * long - DAY) for gap, long in gaps]
    )
    deadline = calendar.deadline(start, working, pauses)
    reverse = calendar.deadline(start, -working, pauses)
    moment = timedelta(microseconds=1)
    stood = [
        min(end or deadline, deadline) - moment
        for start, end in pauses.stretches
        if start < deadline
    ]

    opened = [
        s.duration for s in calendar.spans(start, deadline, pauses) if s.reason is Reason.OPEN
    ]
    assert working == calendar.elapsed(start, deadline, pauses) == sum(opened, NOTHING)
    assert -working == calendar.elapsed(deadline, start, pauses)
    assert working > calendar.elapsed(start, deadline - moment, pauses)
    assert -working == calendar.elapsed(start, reverse, pauses)
    assert -working < calendar.elapsed(start, reverse + moment, pauses)
    assert working >= max((calendar.elapsed(start, at, pauses) for at in stood), default=NOTHING)


@PATIENT
@given(calendars, instants, instants, instants, instants)
def test_paused_and_unpaused_time_make_up_the_whole(
    calendar: WorkCalendar, a: datetime, b: datetime, c: datetime, d: datetime
) -> None:
    """What elapses within a pause and what elapses outside it add up to all that elapses."""
    start, end = sorted([a, b])
    begin, over = sorted([c, d])
    first, last = max(start, begin), min(end, over)
    within = calendar.elapsed(first, last) if first < last else NOTHING

    assert calendar.elapsed(start, end) == within + calendar.elapsed(
        start, end, Pauses(((begin, over),))
    )


@PATIENT
@given(writings(), writings(), lengths)
def test_a_history_is_the_calendar_in_force(
    old: tuple[Written, datetime], new: tuple[Written, datetime], length: int
) -> None:
    """Away from the change, a history is the one calendar or the other, minute by minute."""
    before, start = old
    after = new[0].calendar(before.tz)
    change = (start + length * MINUTE).date()
    history = CalendarHistory(before.calendar(), {change: after})
    midnight = datetime.combine(change, time(), UTC)
    early, late = midnight - 3 * DAY, midnight + 3 * DAY

    assert before.calendar().spans(early - 9 * DAY, early) == history.spans(early - 9 * DAY, early)
    assert after.spans(late, late + 9 * DAY) == history.spans(late, late + 9 * DAY)
    assert before.calendar().elapsed(early - 40 * DAY, early) == history.elapsed(
        early - 40 * DAY, early
    )


# --- Zones of any make ---------------------------------------------------------------------------


def of_dateutil(name: str) -> tzinfo:
    """Give a zone of dateutil."""
    zone = dateutil.tz.gettz(name)
    assert zone is not None
    return zone


class Abroad(tzinfo):
    """A zone that only knows what its clocks show at an instant, as some do."""

    def __init__(self, name: str) -> None:
        self.zone = ZoneInfo(name)

    def fromutc(self, dt: datetime) -> datetime:
        """Show an instant on the clock."""
        return dt.replace(tzinfo=UTC).astimezone(self.zone).replace(tzinfo=self)

    def utcoffset(self, _dt: datetime | None) -> timedelta:
        """Give an offset, and not the right one."""
        return NOTHING

    def tzname(self, _dt: datetime | None) -> str:
        """Give no name."""
        return "abroad"

    def dst(self, dt: datetime | None) -> None:
        """Know nothing of summer time."""


@PATIENT
@pytest.mark.parametrize("make", [of_dateutil, Abroad])
@given(writing=writings(), length=lengths)
def test_any_make_of_zone_will_do(
    make: Callable[[str], tzinfo], writing: tuple[Written, datetime], length: int
) -> None:
    """Zones of dateutil, and any that show the time right, give what those of zoneinfo give."""
    written, start = writing
    end = start + length * MINUTE
    spans = written.calendar().spans(start, end)

    assert spans == written.calendar(make(written.tz.key)).spans(start, end)


@PATIENT
@given(writings(), st.integers(-14 * 60, 14 * 60))
def test_fixed_offsets_will_do(writing: tuple[Written, datetime], offset: int) -> None:
    """Under a fixed offset every wall time is that much away from UTC."""
    written, start = writing
    shift = offset * MINUTE
    in_utc = written.calendar(UTC).elapsed(start, start + 9 * DAY)
    shifted = written.calendar(timezone(shift))

    assert in_utc == shifted.elapsed(start - shift, start - shift + 9 * DAY)
