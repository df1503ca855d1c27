"""Instants with their offset, and the time from one to the next."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from hypothesis import strategies as st

from servicekit.resolution import Case

__all__ = ["DATES", "INSTANTS", "LATER", "OFFSETS", "WAITS", "instants", "last_of"]

OFFSETS: Final = st.sampled_from([
    UTC,
    timezone(timedelta(hours=3)),
    timezone(timedelta(hours=-9, minutes=-30)),
    timezone(timedelta(hours=5, minutes=45)),
    timezone(timedelta(hours=1, minutes=19, seconds=32)),
])  # fmt: skip
"""Offsets east and west, also of a quarter of an hour, and one that has seconds."""

DATES: Final = st.dates(date(1900, 1, 1), date(2200, 1, 1))

WAITS: Final = st.just(timedelta(0)) | st.timedeltas(timedelta(0), timedelta(days=40))
"""Time between one step and the next, often none."""

LATER: Final = st.timedeltas(timedelta(0), timedelta(days=60))
"""Time until something is due."""


def _aware(wall: datetime, offset: timezone) -> datetime:
    return wall.replace(tzinfo=UTC).astimezone(offset)


INSTANTS: Final = st.builds(
    _aware,
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)),  # noqa: DTZ001 - made aware above
    OFFSETS,
)


def instants(case: Case | None = None) -> st.SearchStrategy[datetime]:
    """Give instants, each with its UTC offset, from 1900 to 2200.

    They shrink to the first of 2000 in UTC. For a case they lie before, at, between and after its
    steps, where something changes above all, and shrink to when it was received.
    """
    return INSTANTS if case is None else _around(case)


def last_of(case: Case) -> datetime:
    """Give the instant before which no further step can be."""
    return case.steps[-1].at if case.steps else case.complaint.received_at


def _around(case: Case) -> st.SearchStrategy[datetime]:
    received_at = case.complaint.received_at
    known: Sequence[datetime] = [received_at, *(step.at for step in case.steps)]
    near = st.builds(_moved, st.sampled_from(known), _NUDGES)
    span = last_of(case) - received_at + timedelta(days=90)
    return near | st.builds(_moved, st.just(received_at), st.timedeltas(-timedelta(days=1), span))


_NUDGES: Final = st.sampled_from(
    [timedelta(0), timedelta(microseconds=-1), timedelta(microseconds=1)]
)


def _moved(at: datetime, by: timedelta) -> datetime:
    return at + by
