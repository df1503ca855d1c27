"""Laws of instants: given in whatever zone, they are the same values."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from samples import complaint
from servicekit._instants import instant
from servicekit.resolution import Case, Note, Promise

ZONES = [
    "Europe/Helsinki",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Africa/Monrovia",
    "UTC",
]
zones = st.sampled_from(ZONES).map(ZoneInfo)
walls = st.datetimes(datetime(1950, 1, 1), datetime(2035, 1, 1))  # noqa: DTZ001 - made aware below
aware = walls.map(lambda wall: wall.replace(tzinfo=UTC))


def at_utc(at: datetime) -> datetime:
    """Give the instant in UTC, by its offset alone."""
    return (at.replace(tzinfo=None) - at.utcoffset()).replace(tzinfo=UTC, fold=0)


@given(walls, zones, st.sampled_from([0, 1]))
@example(datetime(2026, 10, 25, 3, 30), ZoneInfo("Europe/Helsinki"), 0)  # noqa: DTZ001 - fold
@example(datetime(2026, 10, 25, 3, 30), ZoneInfo("Europe/Helsinki"), 1)  # noqa: DTZ001 - fold
@example(datetime(2026, 3, 29, 3, 30), ZoneInfo("Europe/Helsinki"), 0)  # noqa: DTZ001 - gap
@example(datetime(2026, 3, 29, 3, 30), ZoneInfo("Europe/Helsinki"), 1)  # noqa: DTZ001 - gap
def test_any_wall_time_of_any_zone(wall, zone, fold):
    """A wall time, also one that is repeated or skipped, is the instant that its offset says."""
    local = wall.replace(tzinfo=zone, fold=fold)
    taken = instant(local)
    assert at_utc(local) == taken
    assert hash(at_utc(local)) == hash(taken)
    assert (local.replace(tzinfo=None, fold=0), local.utcoffset()) == (
        taken.replace(tzinfo=None),
        taken.utcoffset(),
    )
    assert 0 == taken.fold
    assert taken is instant(taken)


@given(aware, zones, zones)
def test_the_same_values_from_any_zone(at, one, two):
    """Values made of one instant, given in two zones, are equal and hash alike."""
    notes = [Note("text", at=at.astimezone(zone), by="Mika") for zone in (one, two)]
    made = [
        Case(complaint(received_at=at.astimezone(zone)), (step,))
        for zone, step in zip((one, two), notes, strict=True)
    ]
    assert notes[0] == notes[1]
    assert (made[0], hash(made[0])) == (made[1], hash(made[1]))


@given(aware, st.timedeltas(timedelta(0), timedelta(days=2)), zones, zones)
def test_time_order_is_that_of_the_instants(at, pause, one, two):
    """Two steps in order are taken in order, whatever the zones and what their clocks do."""
    first = Note("first", at=at.astimezone(one), by="Mika")
    second = Note("second", at=(at + pause).astimezone(two), by="Mika")
    made = Case(complaint(received_at=at.astimezone(two)), (first, second))
    assert pause == made.steps[1].at - made.steps[0].at


@given(aware, st.timedeltas(timedelta(-2), timedelta(2)), zones, zones)
def test_asked_in_any_zone(at, wait, one, two):
    """A question about one instant has one answer, in whatever zone it is asked."""
    made = Case(complaint(received_at=at), (promise_at(at),))
    asked = at + wait
    first, second = asked.astimezone(one), asked.astimezone(two)
    assert made.as_of(first) == made.as_of(second)
    assert made.promises(first) == made.promises(second)


def promise_at(at: datetime) -> Promise:
    """Promise something at an instant, by then."""
    return Promise("call", "To call back", due=at, at=at, by="Mika")
