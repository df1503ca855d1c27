"""Calendars, pauses, recurrences and response standards."""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from fractions import Fraction
from typing import Any, Final

from hypothesis import strategies as st

from servicekit.complaint import Channel
from servicekit.extra.strategies._texts import TEXTS
from servicekit.extra.strategies._times import DATES, INSTANTS, LATER, OFFSETS
from servicekit.policy import Clock, ResponseStandard, Standing, standing
from servicekit.recurrence import Recurrence, Unit
from servicekit.worktime import CalendarHistory, Pauses, Span, Weekday, WorkCalendar

__all__ = ["calendar_histories", "pauses", "recurrences", "response_standards", "spans"]
__all__ += ["standings", "work_calendars"]

_DAY: Final = 24 * 60
_NINE: Final = 9 * 60
_EIGHT_HOURS: Final = 8 * 60 - 1

_Hours = tuple[str, str]


def _hours(start: int, length: int) -> _Hours:
    """Write so many minutes from a minute of the day; both are counted from nine to five."""
    start = (start + _NINE) % _DAY
    end = start + (length + _EIGHT_HOURS) % (_DAY - 1) + 1
    return _clock(start), "24:00" if end == _DAY else _clock(end % _DAY)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


_STRETCH: Final = st.builds(_hours, st.integers(0, _DAY - 1), st.integers(0, _DAY - 2))
_OPEN: Final = st.lists(_STRETCH, min_size=1, max_size=2)
_WEEKS: Final = st.dictionaries(st.sampled_from(Weekday), _OPEN, min_size=1, max_size=7)
_BY_DATE: Final = st.dictionaries(DATES, st.lists(_STRETCH, max_size=2), max_size=2)


def work_calendars(
    *, zones: st.SearchStrategy[tzinfo] | None = None
) -> st.SearchStrategy[WorkCalendar]:
    """Give calendars, with closures, overrides and breaks; they shrink to one open on Mondays.

    ``zones`` gives their time zones, as `hypothesis.strategies.timezones` does; without it they
    are in fixed offsets.

    >>> from hypothesis import find
    >>> dict(find(work_calendars(), lambda calendar: True).weekly)
    {Weekday.MONDAY: (('09:00', '17:00'),)}
    """
    return st.builds(
        WorkCalendar,
        _WEEKS,
        OFFSETS if zones is None else zones,
        closed=st.frozensets(DATES, max_size=3),
        overrides=_BY_DATE,
        breaks=_BY_DATE,
    )


def calendar_histories(
    *, zones: st.SearchStrategy[tzinfo] | None = None
) -> st.SearchStrategy[CalendarHistory]:
    """Give calendars that change, all in one zone; they shrink to one that does not change."""
    return (OFFSETS if zones is None else zones).flatmap(_histories)


def _histories(zone: tzinfo) -> st.SearchStrategy[CalendarHistory]:
    calendars = work_calendars(zones=st.just(zone))
    return st.builds(CalendarHistory, calendars, st.dictionaries(DATES, calendars, max_size=2))


def spans() -> st.SearchStrategy[Span]:
    """Give stretches that count or do not, with the reason."""
    return work_calendars().flatmap(_spans)


def _spans(calendar: WorkCalendar) -> st.SearchStrategy[Span]:
    length = st.timedeltas(timedelta(microseconds=1), timedelta(days=9))
    return st.builds(_cut, st.just(calendar), INSTANTS, length).flatmap(st.sampled_from)


def _cut(calendar: WorkCalendar, start: datetime, length: timedelta) -> tuple[Span, ...]:
    return tuple(calendar.spans(start, start + length))


def _pause(start: datetime, length: timedelta | None) -> tuple[datetime, datetime | None]:
    return start, None if length is None else start + length


def pauses() -> st.SearchStrategy[Pauses]:
    """Give pauses, some of which last; they shrink to none."""
    pause = st.builds(_pause, INSTANTS, LATER | st.none())
    return st.builds(Pauses, st.lists(pause, max_size=3).map(tuple))


def _recurrence(every: int, unit: Unit, ends: bool) -> Recurrence:  # noqa: FBT001 - drawn
    return Recurrence(every, unit, month_end=ends and unit is Unit.MONTH)


def recurrences() -> st.SearchStrategy[Recurrence]:
    """Give recurrences; they shrink to every day."""
    return st.builds(_recurrence, st.integers(1, 400), st.sampled_from(Unit), st.booleans())


def _standard(limit: timedelta, days: int, clock: Clock, said: Mapping[str, Any]) -> Any:
    whole = timedelta(days=days)
    return ResponseStandard(limit=whole if clock.in_days else limit, clock=clock, **said)


_SAID: Final = st.fixed_dictionaries(
    {"key": TEXTS, "title": TEXTS, "source": TEXTS},
    optional={
        "applies_to": st.frozensets(st.sampled_from(Channel), min_size=1),
        "warn_at": st.integers(1, 9).map(lambda tenths: Fraction(tenths, 10)),
    },
)


def response_standards() -> st.SearchStrategy[ResponseStandard]:
    """Give standards of all clocks, up to sixty days; they shrink to a moment of real time."""
    limits = st.timedeltas(timedelta(microseconds=1), timedelta(days=60))
    return st.builds(_standard, limits, st.integers(1, 60), st.sampled_from(Clock), _SAID)


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    """Give where a matter stands by a standard, done or not."""
    start, standard = draw(INSTANTS), draw(response_standards())
    done = draw(st.none() | LATER.map(lambda wait: start + wait))
    return standing(standard, start, done, start + draw(LATER), draw(work_calendars()))
