"""Reading and writing working time: calendars with their zones, durations, standards."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import cattrs
import dateutil.tz
import holidays
import pytest
from attrs import frozen

from samples import HELSINKI, HISTORY, OFFICE, REPLY, at
from servicekit.errors import RecordError
from servicekit.policy import ResponseStandard, Standing, Status
from servicekit.serialize import DataError, configure_converter, explain, make_converter
from servicekit.worktime import CalendarHistory, Pauses, WorkCalendar, always

zoned = make_converter(zone=ZoneInfo)
zoneless = make_converter()

WRITTEN = {
    "weekly": {
        "monday": [["09:00", "12:00"], ["13:00", "17:00"]],
        "friday": [["22:00", "06:00"]],
    },
    "tz": "Europe/Helsinki",
    "closed": ["2026-05-11", "2026-06-01"],
    "overrides": {"2026-05-18": [["10:00", "24:00"]], "2026-05-25": []},
    "breaks": {"2026-05-04": [["14:00", "14:00:30"]]},
}
"""The sample calendar as data."""

LEAST = {"weekly": {"monday": [["09:00", "17:00"]]}, "tz": "UTC"}


def problems(data, kind=WorkCalendar, by=zoned):
    """Read data that must be refused and list what is wrong with them."""
    with pytest.raises(DataError) as caught:
        by.structure(data, kind)
    return explain(caught.value)


# --- Calendars ------------------------------------------------------------------------------------


def test_a_calendar_as_data():
    """A calendar is written part by part: days by name, dates in order, hours as kept, its zone."""
    assert WRITTEN == zoned.unstructure(OFFICE)
    assert OFFICE == zoned.structure(WRITTEN, WorkCalendar)
    assert [*WRITTEN["weekly"]] == [*zoned.unstructure(OFFICE)["weekly"]]


def test_a_day_overridden_by_nothing_is_closed():
    """An empty override is kept, for it closes its day."""
    again = zoned.structure(zoned.unstructure(OFFICE), WorkCalendar)
    assert not again.is_open(datetime(2026, 5, 25, 10, tzinfo=HELSINKI))
    assert again.is_open(datetime(2026, 6, 8, 10, tzinfo=HELSINKI))


def test_empty_parts():
    """Empty parts are written, and may be left out of what is read."""
    calendar = zoned.structure(LEAST, WorkCalendar)
    assert LEAST | {"closed": [], "overrides": {}, "breaks": {}} == zoned.unstructure(calendar)
    assert WorkCalendar({0: [("09:00", "17:00")]}, UTC) == calendar


def test_dates_and_times_that_are_such_already():
    """The plain converter reads dates and times as well as their text."""
    day = date(2026, 5, 4)
    data = LEAST | {"closed": [day], "overrides": {day: []}}
    expected = WorkCalendar({0: [("09:00", "17:00")]}, UTC, closed=[day], overrides={day: []})
    assert expected == zoned.structure(data, WorkCalendar)


A_PAIR = (
    "allowed: a pair (start, end) of times, each a datetime.time without a zone or text such as "
    "'09:00' or '09:00:30'; the end may be '24:00'"
)
SOME_LENGTH = "allowed: a start and an end that differ; the whole day is ('00:00', '24:00')"
A_DATE = "allowed: a date, such as 2026-05-01"
A_WEEKDAY = "allowed: a weekday: monday, tuesday, wednesday, thursday, friday, saturday, sunday"


def test_all_problems_of_a_calendar_at_once():
    """Whatever is wrong with a calendar is said at once, each with the path in the data."""
    data = {
        "weekly": {
            "mon": [],
            "monday": [["9:00", "17:00"], ["10:00", "10:00"], 5],
            "friday": "all day",
        },
        "tz": 2,
        "closed": ["2026-02-30", "2026-05-01", 5, "2026-W18-5"],
        "overrides": {"1 May": [], "2026-05-01": [["a"]]},
        "breaks": [],
        "colour": "red",
    }
    only = "no such entry, only weekly, tz, closed, overrides, breaks"
    assert [
        f"$.colour: 'red', allowed: {only}",
        f"$.weekly['mon']: 'mon', {A_WEEKDAY}",
        f"$.weekly['monday'][0]: ['9:00', '17:00'], {A_PAIR}",
        f"$.weekly['monday'][1]: ['10:00', '10:00'], {SOME_LENGTH}",
        f"$.weekly['monday'][2]: 5, {A_PAIR}",
        "$.weekly['friday']: 'all day', allowed: a list",
        "$.tz: 2, allowed: the key of a time zone, such as 'Europe/Helsinki' or 'UTC+02:00'",
        f"$.closed[0]: '2026-02-30', {A_DATE}",
        f"$.closed[2]: 5, {A_DATE}",
        f"$.closed[3]: '2026-W18-5', {A_DATE}",
        f"$.overrides['1 May']: '1 May', {A_DATE}",
        f"$.overrides['2026-05-01'][0]: ['a'], {A_PAIR}",
        "$.breaks: [], allowed: a mapping",
    ] == problems(data)


@pytest.mark.parametrize("key", [0, None, "Monday", "1"])
def test_only_names_of_weekdays(key):
    """A weekday stands in data under its name and nothing else."""
    assert [f"$.weekly[{key!r}]: {key!r}, {A_WEEKDAY}"] == problems(LEAST | {"weekly": {key: []}})


def test_a_calendar_that_never_opens():
    """What only the whole calendar shows is said with its part."""
    some = "allowed: opening hours on some weekday, or on some date that is not closed"
    assert [f"$.weekly: {{}}, {some}"] == problems(LEAST | {"weekly": {}})


# --- Zones ----------------------------------------------------------------------------------------

OFFSETS = {
    "UTC": UTC,
    "UTC+02:00": timezone(timedelta(hours=2)),
    "UTC-05:30": timezone(-timedelta(hours=5, minutes=30)),
    "UTC+01:39:49": timezone(timedelta(hours=1, minutes=39, seconds=49)),
    "UTC-23:59:59.999999": timezone(timedelta(microseconds=1) - timedelta(days=1)),
}


@pytest.mark.parametrize("key", OFFSETS)
def test_fixed_offsets_need_no_function(key):
    """A fixed offset is its own key, to the microsecond."""
    read = zoneless.structure(LEAST | {"tz": key}, WorkCalendar)
    assert OFFSETS[key] == read.tz
    assert key == zoneless.unstructure(read)["tz"]


@pytest.mark.parametrize(
    "key", ["Europe/Helsinki", "UTC+24:00", "UTC+2", "utc", "", "UTC+0\u0662:00"]
)
def test_other_keys_need_a_function(key):
    """Without a function no other key can be read, and the refusal says what to do."""
    needed = (
        "'UTC' or a fixed offset such as 'UTC+02:00'; for any other key give the converter a "
        "function from key to zone, as in make_converter(zone=zoneinfo.ZoneInfo)"
    )
    assert [f"$.tz: {key!r}, allowed: {needed}"] == problems(LEAST | {"tz": key}, by=zoneless)


UNKNOWN = "allowed: a key for which the function given as zone= has a time zone"


@pytest.mark.parametrize(
    "key", ["Europe/Helsinky", "Europe", "../UTC", "/etc/localtime", "a\0b", ""]
)
def test_keys_that_zoneinfo_refuses(key):
    """A key that the function does not know is refused in its place, whatever it raises."""
    assert [f"$.tz: {key!r}, {UNKNOWN}"] == problems(LEAST | {"tz": key})


@pytest.mark.parametrize("zone", [{}.__getitem__, {}.get, str])
def test_functions_that_give_no_zone(zone):
    """A function may raise, or give None or anything that is no zone."""
    assert [f"$.tz: 'X', {UNKNOWN}"] == problems(LEAST | {"tz": "X"}, by=make_converter(zone=zone))


def test_mistakes_within_the_function_are_not_hidden():
    """What a function raises that is no answer about a key comes through."""

    def broken(key: str) -> tzinfo:
        raise RuntimeError(key)

    with pytest.raises(RuntimeError):
        make_converter(zone=broken).structure(LEAST | {"tz": "X"}, WorkCalendar)


def test_zones_of_another_make():
    """The function may give zones of any make; what is read answers alike."""
    read = make_converter(zone=dateutil.tz.gettz).structure(WRITTEN, WorkCalendar)
    assert read.tz == dateutil.tz.gettz("Europe/Helsinki")
    friday = datetime(2026, 3, 27, 20, tzinfo=HELSINKI)
    week = timedelta(days=7)
    assert OFFICE.elapsed(friday, friday + week) == read.elapsed(friday, friday + week)


def test_equal_whatever_makes_the_zone():
    """A calendar that is read is equal to the one written, though its zone is another object."""
    fresh = make_converter(zone=ZoneInfo.no_cache)
    again = fresh.structure(WRITTEN, WorkCalendar)
    assert again.tz is not OFFICE.tz
    assert (OFFICE, hash(OFFICE)) == (again, hash(again))
    assert (
        always(UTC)
        == always(ZoneInfo("UTC"))
        == zoned.structure(zoned.unstructure(always(ZoneInfo("UTC"))), WorkCalendar)
    )
    assert always(UTC) != always(HELSINKI)
    assert always(dateutil.tz.gettz("Europe/Helsinki")) != OFFICE


def test_the_zones_of_the_user_are_left_alone():
    """A converter learns nothing about zones and durations in the user's own classes."""

    @frozen
    class Mine:
        tz: tzinfo

    @frozen
    class Yours:
        limit: timedelta

    plain = cattrs.Converter()
    configure_converter(plain, zone=ZoneInfo)
    for kind, data in ((Mine, {"tz": "UTC"}), (Yours, {"limit": "PT1H"})):
        with pytest.raises(cattrs.StructureHandlerNotFoundError):
            plain.structure(data, kind)


class Nameless(tzinfo):
    """A zone that nobody can ask for by a key."""

    def utcoffset(self, _):
        """Two hours."""
        return timedelta(hours=2)

    def dst(self, _):
        """None, ever."""
        return timedelta(0)

    def tzname(self, _):
        """Name it."""
        return "nameless"


def test_what_cannot_be_read_again_is_not_written():
    """A zone without a key and closures that grow on demand are refused, both at once."""
    grown = WorkCalendar(
        {0: [("09:00", "17:00")]}, Nameless(), closed=holidays.country_holidays("FI")
    )
    with pytest.raises(RecordError) as caught:
        zoned.unstructure(grown)
    zone, closed = caught.value.problems
    assert ("WorkCalendar", "tz", "closed") == (caught.value.record, zone.field, closed.field)
    assert "a zone with a key" in zone.allowed
    assert "calendar.freeze(first, last)" in closed.allowed


def test_frozen_closures_are_written():
    """Closures that grow on demand can be saved for the dates that one asks for."""
    grown = WorkCalendar(
        {0: [("09:00", "17:00")]}, HELSINKI, closed=holidays.country_holidays("FI")
    )
    frozen_calendar = grown.freeze(date(2026, 5, 1), date(2026, 6, 30))
    data = zoned.unstructure(frozen_calendar)
    assert {"2026-05-01", "2026-05-14", "2026-06-20"} <= set(data["closed"])
    assert sorted(data["closed"]) == data["closed"]
    assert frozen_calendar == zoned.structure(data, WorkCalendar)


# --- Histories and pauses -------------------------------------------------------------------------


def test_a_history_as_data():
    """A history is its first calendar and the others by date."""
    data = zoned.unstructure(HISTORY)
    assert {
        "first": WRITTEN,
        "changes": {"2026-07-01": zoned.unstructure(always(HELSINKI))},
    } == data


def test_problems_of_a_history():
    """The problems within a history are told with their paths."""
    data = {
        "first": LEAST | {"tz": "X"},
        "changes": {"2026-07-01": LEAST | {"closed": [0]}, "x": {}},
    }
    assert [
        f"$.first.tz: 'X', {UNKNOWN}",
        f"$.changes['2026-07-01'].closed[0]: 0, {A_DATE}",
        f"$.changes['x']: 'x', {A_DATE}",
    ] == problems(data, CalendarHistory)


def test_a_history_in_two_zones():
    """A calendar in another zone than the first is refused under its date."""
    data = {"first": WRITTEN, "changes": {"2026-07-01": LEAST}}
    assert [
        (
            "$.changes['2026-07-01']: datetime.timezone.utc, "
            "allowed: a WorkCalendar in the time zone of the first"
        )
    ] == problems(data, CalendarHistory)


def test_pauses_as_data():
    """Pauses are pairs of instants; one that lasts has no end."""
    pauses = Pauses([(at(0), at(1)), (at(5), None)])
    assert {
        "stretches": [
            ["2026-05-04T09:30:00+00:00", "2026-05-04T09:31:00+00:00"],
            ["2026-05-04T09:35:00+00:00", None],
        ]
    } == zoned.unstructure(pauses)
    assert ["$.stretches[1]: ['x'], allowed: a list of 2"] == problems(
        {"stretches": [["2026-05-04T09:30:00Z", None], ["x"]]}, Pauses
    )


# --- Standards and durations ----------------------------------------------------------------------


def test_a_standard_as_data():
    """A standard is written in text throughout."""
    assert {
        "key": "reply",
        "title": "A reply within an hour and a half of working time",
        "source": "our own",
        "limit": "PT1H30M",
        "clock": "working_time",
        "applies_to": ["chat", "web"],
        "warn_at": "3/4",
    } == zoned.unstructure(REPLY)


DURATIONS = {
    "P0D": timedelta(0),
    "P56D": timedelta(weeks=8),
    "-P1D": timedelta(days=-1),
    "PT30H": timedelta(hours=30),
    "PT1H30M": timedelta(minutes=90),
    "-PT30M": timedelta(minutes=-30),
    "PT0.000001S": timedelta(microseconds=1),
    "PT1M0.5S": timedelta(seconds=60.5),
    "-PT1H1S": timedelta(seconds=-3601),
    "P999999999D": timedelta(days=999_999_999),
    "-P999999999D": timedelta.min,
    "PT23999999999H59M59.999999S": timedelta.max,
}


@pytest.mark.parametrize("text", DURATIONS)
def test_durations(text):
    """A duration is ISO 8601 text, to the microsecond, and comes back."""
    standing = Standing(Status.RUNNING, at(0), DURATIONS[text])
    data = zoned.unstructure(standing)
    assert text == data["left"]
    assert standing == zoned.structure(data, Standing)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("P1DT2H3M4.5S", timedelta(days=1, hours=2, minutes=3, seconds=4.5)),
        ("PT0S", timedelta(0)),
        ("PT90M", timedelta(minutes=90)),
        ("PT36H", timedelta(days=1.5)),
    ],
)
def test_durations_that_are_written_otherwise(text, duration):
    """Durations are read in any mixture of days, hours, minutes and seconds."""
    data = {"status": "running", "due": "2026-05-04T09:30:00Z", "left": text}
    assert duration == zoned.structure(data, Standing).left


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "P1DT", "-", "P1Y", "P1M", "P1W", "PT1H1D", "PT1.5H", "PT.5S", "PT1.0000001S",
     "1H", "p1d", "P-1D", "P1000000000D", "P9999999999999999D", "-PT23999999999H59M59.999999S",
     "PT1S\n", "P\u0661D", 90, 1.5, None,
     "P" + "9" * 5000 + "D"],
)  # fmt: skip
def test_no_durations(text):
    """What has no exact length, or another form, is refused with what is allowed."""
    (line,) = problems(zoned.unstructure(REPLY) | {"limit": text}, ResponseStandard)
    assert line.startswith("$.limit: ")
    assert line.endswith(
        ", allowed: a duration in days, hours, minutes and seconds, such as P3D or PT1H30M"
    )


def test_problems_of_a_standard():
    """A standard is judged by its own rules."""
    data = zoned.unstructure(REPLY) | {"limit": "P0D", "clock": "sundial", "warn_at": "5/4"}
    assert ["$.limit", "$.clock", "$.warn_at"] == [
        line.partition(":")[0] for line in problems(data, ResponseStandard)
    ]
