"""Instants: aware, kept with their offset, in the order in which they happened."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest

from samples import at, complaint
from servicekit._instants import aware, instant, instant_or_none
from servicekit.errors import RecordError
from servicekit.resolution import Case, Note

HELSINKI = ZoneInfo("Europe/Helsinki")
FIRST = datetime(2026, 10, 25, 3, 30, tzinfo=HELSINKI, fold=0)
SECOND = datetime(2026, 10, 25, 3, 10, tzinfo=HELSINKI, fold=1)


class Vague(tzinfo):
    """A zone that does not know its offset."""

    def utcoffset(self, _):
        """Know nothing."""
        return


class Later(datetime):
    """A kind of datetime of somebody else's."""


def test_keeps_the_offset():
    """The offset in force takes the place of the zone; the wall clock stays."""
    assert "2026-10-25T03:30:00+03:00" == instant(FIRST).isoformat()
    assert "2026-10-25T03:10:00+02:00" == instant(SECOND).isoformat()


def test_order_is_that_of_the_instants():
    """When the clocks go back, the second 03:10 comes after the first 03:30."""
    assert SECOND < FIRST  # Python's order of one zone: that of the wall clocks
    assert instant(FIRST) < instant(SECOND)
    assert timedelta(minutes=40) == instant(SECOND) - instant(FIRST)


def test_steps_over_a_clock_change():
    """A history goes on through the hour that the clocks repeat."""
    received = Case(complaint(received_at=FIRST))
    step = Note("Called", at=SECOND, by="Mika")
    assert (step,) == received.advance(step).steps


def test_a_gap_is_read_as_python_reads_it():
    """A wall time that the clocks skip has the offset that Python gives it."""
    skipped = datetime(2026, 3, 29, 3, 30, tzinfo=HELSINKI)
    assert "2026-03-29T03:30:00+02:00" == instant(skipped).isoformat()


def test_a_fixed_offset_is_left_as_it_is():
    """An instant that has its offset already is the same object."""
    given = datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=2)))
    assert given is instant(given)


def test_another_kind_of_datetime_becomes_a_datetime():
    """What a subclass brings along is not kept."""
    taken = instant(Later(2026, 1, 1, tzinfo=UTC))
    assert (datetime, datetime(2026, 1, 1, tzinfo=UTC)) == (type(taken), taken)


@pytest.mark.parametrize(
    "value",
    [
        datetime(2026, 1, 1),  # noqa: DTZ001 - that is the point
        datetime(2026, 1, 1, tzinfo=Vague()),
        date(2026, 1, 1),
        "2026-01-01",
        None,
    ],
)
def test_leaves_and_refuses_what_is_no_instant(value):
    """What has no offset is left as it is, for the rule to refuse by name."""
    assert value is instant(value)
    with pytest.raises(
        RecordError, match=r"instant: since is .*, allowed: an instant with its UTC"
    ):
        aware(value, "since")


def test_aware_gives_the_offset():
    """An instant that a caller asks about is taken with its offset."""
    assert instant(SECOND) == aware(SECOND)
    assert timezone is type(aware(SECOND).tzinfo)


def test_none_stays_none():
    """Where there may be no instant, None says so."""
    assert None is instant_or_none(None)
    assert at(0) == instant_or_none(at(0))
