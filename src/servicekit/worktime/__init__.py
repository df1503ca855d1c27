"""Working time: opening hours, deadlines and elapsed time that are right to the second.

A `WorkCalendar` says when it is open: by the week, with closures, overrides and breaks of single
dates, in a time zone that the caller brings. A `CalendarHistory` is one that changes from a date
on. Both answer the same questions, in real time across changes of the clocks:

>>> from datetime import datetime, timedelta, timezone
>>> office = WorkCalendar(
...     dict.fromkeys(range(5), [("09:00", "12:00"), ("13:00", "17:00")]),
...     timezone(timedelta(hours=3)),
... )
>>> friday = datetime(2026, 5, 8, 15, 0, tzinfo=office.tz)
>>> print(office.deadline(friday, timedelta(hours=4)))
2026-05-11 11:00:00+03:00
>>> print(office.elapsed(friday, datetime(2026, 5, 11, 12, 30, tzinfo=office.tz)))
5:00:00
>>> for span in office.spans(friday, datetime(2026, 5, 11, 11, 0, tzinfo=office.tz)):
...     print(span)
2026-05-08 15:00+03:00 - 2026-05-08 17:00+03:00  open
2026-05-08 17:00+03:00 - 2026-05-11 09:00+03:00  closed hours
2026-05-11 09:00+03:00 - 2026-05-11 11:00+03:00  open
"""

from servicekit.worktime._calendar import WorkCalendar, always
from servicekit.worktime._history import CalendarHistory
from servicekit.worktime._hours import Weekday
from servicekit.worktime._pauses import NO_PAUSES, Pauses
from servicekit.worktime._spans import Reason, Span
from servicekit.worktime._timetable import Timetable

__all__ = [
    "NO_PAUSES",
    "CalendarHistory",
    "Pauses",
    "Reason",
    "Span",
    "Timetable",
    "Weekday",
    "WorkCalendar",
    "always",
]
