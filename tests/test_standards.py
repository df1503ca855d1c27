"""The published response standards, on days counted by hand."""

from datetime import UTC, date, datetime
from typing import Final

import pytest

from servicekit.catalogue import standards
from servicekit.catalogue.standards import STANDARDS
from servicekit.complaint import Channel
from servicekit.policy import ResponseStandard, due
from servicekit.worktime import WorkCalendar

BANK: Final = WorkCalendar(
    dict.fromkeys(range(5), (("09:00", "17:00"),)),
    UTC,
    closed=[date(2026, 5, 4), date(2026, 5, 25)],  # bank holidays in England
)
THURSDAY: Final = datetime(2026, 4, 30, 15, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("key", "by"),
    [
        ("written_answer", "2026-05-01T15:20:30"),
        ("next_day_call_back", "2026-05-01T17:00:00"),
        ("fca_summary_resolution", "2026-05-06T17:00:00"),
        ("fca_final_response", "2026-06-26T00:00:00"),
        ("fca_payment_response", "2026-05-22T17:00:00"),
        ("fca_payment_response_exceptional", "2026-06-22T17:00:00"),
        ("cfpb_response", "2026-05-16T00:00:00"),
        ("cfpb_final_response", "2026-06-30T00:00:00"),
    ],
)
def test_a_standard_ends_where_its_source_says(key: str, by: str) -> None:
    """Each limit, from a Thursday afternoon before a bank holiday, ends as counted by hand."""
    assert due(STANDARDS[key], THURSDAY, BANK) == datetime.fromisoformat(by).replace(tzinfo=UTC)


def test_all_standards_are_there_by_key() -> None:
    """The mapping has every constant of the module, under its own key."""
    constants = [value for value in vars(standards).values() if isinstance(value, ResponseStandard)]

    assert {standard.key: standard for standard in constants} == STANDARDS
    assert len(STANDARDS) == 8


def test_standards_say_which_channels_they_are_for() -> None:
    """A written answer goes to those who wrote, a call back to those who called."""
    assert Channel.EMAIL in standards.WRITTEN_ANSWER.applies_to
    assert Channel.PHONE not in standards.WRITTEN_ANSWER.applies_to
    assert standards.NEXT_DAY_CALL_BACK.applies_to == {Channel.PHONE}
