"""The service policy: what a company promises its customers.

A `ResponseStandard` says by when a customer is answered; `due` gives the instant, and `standing`
where a matter stands by it.

>>> from datetime import datetime, timedelta, timezone
>>> from fractions import Fraction
>>> from servicekit.worktime import WorkCalendar
>>> office = WorkCalendar(
...     dict.fromkeys(range(5), [("09:00", "17:00")]), timezone(timedelta(hours=3))
... )
>>> reply = ResponseStandard(
...     "reply", "A reply within one working day", source="our own promise",
...     limit=timedelta(hours=8), clock=Clock.WORKING_TIME, warn_at=Fraction(3, 4),
... )
>>> friday = datetime(2026, 5, 8, 15, 0, tzinfo=office.tz)
>>> print(due(reply, friday, office))
2026-05-11 15:00:00+03:00
>>> now = datetime(2026, 5, 11, 13, 30, tzinfo=office.tz)
>>> now_stands = standing(reply, friday, None, now, office)
>>> print(now_stands.status, now_stands.left)
warning 1:30:00
"""

from servicekit.policy._standards import Clock, ResponseStandard, Standing, Status, due, standing

__all__ = ["Clock", "ResponseStandard", "Standing", "Status", "due", "standing"]
