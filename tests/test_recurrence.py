"""Dates that come round."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule
from hypothesis import given
from hypothesis import strategies as st

from servicekit.errors import RecordError
from servicekit.recurrence import Recurrence, Unit

dates = st.dates(date(1990, 1, 1), date(2060, 12, 31))
recurrences = st.builds(Recurrence, st.integers(1, 40), st.sampled_from(Unit)) | st.builds(
    Recurrence, st.integers(1, 40), st.just(Unit.MONTH), month_end=st.just(value=True)
)


def test_the_last_day_of_the_month_is_found_again() -> None:
    """From 31 January it is the last of February, and back to the 31st in March."""
    days = Recurrence(1, Unit.MONTH).occurrences(date(2028, 1, 31), date(2028, 5, 30))

    assert days == (date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31), date(2028, 4, 30))


def test_the_end_of_the_month_may_be_meant() -> None:
    """With month_end a start on the 30th, or in mid-month, still gives every month's last day."""
    every = Recurrence(2, Unit.MONTH, month_end=True)

    assert every.occurrences(date(2027, 4, 15), date(2027, 8, 31)) == (
        date(2027, 4, 30),
        date(2027, 6, 30),
        date(2027, 8, 31),
    )


def test_days_and_weeks() -> None:
    """Every so many days or weeks from the start, the start included."""
    start = date(2026, 5, 4)

    assert Recurrence(10, Unit.DAY).occurrences(start, date(2026, 5, 24)) == (
        start,
        date(2026, 5, 14),
        date(2026, 5, 24),
    )
    assert Recurrence(2, Unit.WEEK).next_after(start, start) == date(2026, 5, 18)
    assert start == Recurrence(2, Unit.WEEK).next_after(start, date(2020, 1, 1))


def test_none_come_before_the_start() -> None:
    """Up to a date before the start there are no occurrences."""
    assert Recurrence(1, Unit.DAY).occurrences(date(2026, 5, 4), date(2026, 5, 3)) == ()


def test_the_calendar_has_a_last_year() -> None:
    """Occurrences end with the year 9999, and to ask for a later one is refused."""
    yearly, start = Recurrence(12, Unit.MONTH), date(9997, 6, 1)

    assert len(yearly.occurrences(start, date.max)) == 3
    assert len(Recurrence(1000, Unit.DAY).occurrences(start, date.max)) == 1
    with pytest.raises(RecordError, match="after is .* an occurrence after it"):  # noqa: RUF043 - a pattern
        yearly.next_after(start, date(9999, 6, 1))


@given(recurrences, dates, dates)
def test_the_next_one_is_the_first_of_those_after(
    recurrence: Recurrence, start: date, after: date
) -> None:
    """What comes next after a date is the first occurrence that is later than it."""
    following = recurrence.next_after(start, after)
    until = recurrence.occurrences(start, following)

    assert [day for day in until if day > after] == [following]
    assert list(until) == sorted(set(until))


@given(st.integers(1, 40), st.sampled_from([Unit.DAY, Unit.WEEK]), dates)
def test_days_and_weeks_agree_with_rfc_5545(every: int, unit: Unit, start: date) -> None:
    """Dates are those that dateutil's reading of RFC 5545 gives."""
    until = start + timedelta(days=900)
    known = rrule(DAILY if unit is Unit.DAY else WEEKLY, start, interval=every, until=until)

    assert tuple(at.date() for at in known) == Recurrence(every, unit).occurrences(start, until)


@given(st.integers(1, 40), dates)
def test_month_ends_agree_with_rfc_5545(every: int, start: date) -> None:
    """The last days of months are those that dateutil gives for BYMONTHDAY=-1."""
    until = start + timedelta(days=3000)
    known = rrule(MONTHLY, start, interval=every, until=until, bymonthday=-1)

    assert tuple(at.date() for at in known) == Recurrence(
        every, Unit.MONTH, month_end=True
    ).occurrences(start, until)


@pytest.mark.parametrize("wrong", [0, -1, 1.0, True, "1", None])
def test_a_recurrence_counts_in_whole_numbers(wrong: Any) -> None:
    """Every nothing, or every part of a day, is refused."""
    with pytest.raises(RecordError, match=r"every is .*, allowed: a whole number, 1 or more"):
        Recurrence(wrong, Unit.DAY)


def test_only_months_have_an_end() -> None:
    """The last day of the month makes no sense in weeks."""
    with pytest.raises(RecordError, match=r"month_end is True, allowed: True only where"):
        Recurrence(1, Unit.WEEK, month_end=True)


@pytest.mark.parametrize("wrong", [datetime(2026, 5, 4, tzinfo=UTC), "2026-05-04", None])
def test_recurrences_are_asked_about_dates(wrong: Any) -> None:
    """An instant is no date, for it is one in one zone and another elsewhere."""
    monthly = Recurrence(1, Unit.MONTH)

    with pytest.raises(RecordError, match=r"start is .* no datetime"):
        monthly.occurrences(wrong, date(2026, 5, 4))
    with pytest.raises(RecordError, match=r"after is .* no datetime"):
        monthly.next_after(date(2026, 5, 4), wrong)


def test_the_core_does_not_import_dateutil() -> None:
    """Working time, the register and KPIs stay light: who recurs in nothing has no dateutil."""
    code = (
        "import sys, servicekit, servicekit.worktime, servicekit.register, servicekit.kpi; "
        "sys.exit('dateutil' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
