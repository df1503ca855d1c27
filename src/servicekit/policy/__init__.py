"""The service policy: what a company promises its customers, and who sees to it.

A `ServicePolicy` holds the commitments of a company in seven aspects, and `audit` says what a
customer would find missing in them. Its parts also stand alone: a `Vision` to `review`; an
`Authority`, which says who `may` grant what and when to `escalate` a case; `Standards`, by which
every `clock` of a case runs; a `TrainingPlan`, by which training is `overdue`. `plan` lists what is
called for next, a `CustomerHistory` tells what to know before talking to somebody again, and a
`ServiceReview` puts the whole into one report.

>>> from servicekit.money import Money
>>> authority = Authority({"agent": "owner"}, Limit("agent", Money(50, "EUR"), "a usual order"))
>>> print(may(authority, "agent", "refund", Money(80, "EUR")))
ask owner: agent may grant anything up to 50 EUR (a usual order)
>>> policy = ServicePolicy("Service", [
...     Commitment("wait", Aspect.SPEED, "An answer within the day",
...                meets=Expectation.MAXIMUM_WAIT, visible_to=Audience.CUSTOMERS)
... ])
>>> for finding in audit(policy)[-3:]:
...     print(finding)
supervision: praise: no praise for staff who reach their goals (B4)
wait: nobody answers for it (B2)
wait: neither a standard nor a KPI tells whether it is kept (B2)

A `ResponseStandard` says by when a customer is answered; `due` gives the instant, and `standing`
where a matter stands by it.

>>> from datetime import datetime, timedelta, timezone
>>> from servicekit.worktime import WorkCalendar
>>> office = WorkCalendar(
...     dict.fromkeys(range(5), [("09:00", "17:00")]), timezone(timedelta(hours=3))
... )
>>> reply = ResponseStandard(
...     "reply", "A reply within one working day", source="our own promise",
...     limit=timedelta(hours=8), clock=Clock.WORKING_TIME,
... )
>>> friday = datetime(2026, 5, 8, 15, 0, tzinfo=office.tz)
>>> print(due(reply, friday, office))
2026-05-11 15:00:00+03:00
>>> now = datetime(2026, 5, 11, 13, 30, tzinfo=office.tz)
>>> now_stands = standing(reply, friday, None, now, office)
>>> print(now_stands.status, now_stands.left)
running 1:30:00
"""

from servicekit.policy._aspects import EXPECTATIONS, Aspect, Audience, Expectation
from servicekit.policy._audit import audit
from servicekit.policy._authority import Authority, Limit, Permission, may
from servicekit.policy._clocks import CaseClock, Milestone, Obligation, Standards, clock
from servicekit.policy._commitments import Commitment, Measure, ServicePolicy
from servicekit.policy._escalate import Referral, escalate
from servicekit.policy._findings import Finding, Gap, ModelRow
from servicekit.policy._grounds import ESCALATE_EARLY, EscalationRule, Ground
from servicekit.policy._history import Conversation, CustomerHistory
from servicekit.policy._plan import Action, Plan, plan
from servicekit.policy._service_review import ReviewFigures, ServiceReview
from servicekit.policy._standards import Clock, ResponseStandard, Standing, Status, due, standing
from servicekit.policy._training import (
    Attendance,
    Course,
    Format,
    Overdue,
    Topic,
    TrainingPlan,
    TrainingRecord,
    TrainingStatus,
    checklist,
    overdue,
)
from servicekit.policy._vision import Vision, review

__all__ = [
    "ESCALATE_EARLY",
    "EXPECTATIONS",
    "Action",
    "Aspect",
    "Attendance",
    "Audience",
    "Authority",
    "CaseClock",
    "Clock",
    "Commitment",
    "Conversation",
    "Course",
    "CustomerHistory",
    "EscalationRule",
    "Expectation",
    "Finding",
    "Format",
    "Gap",
    "Ground",
    "Limit",
    "Measure",
    "Milestone",
    "ModelRow",
    "Obligation",
    "Overdue",
    "Permission",
    "Plan",
    "Referral",
    "ResponseStandard",
    "ReviewFigures",
    "ServicePolicy",
    "ServiceReview",
    "Standards",
    "Standing",
    "Status",
    "Topic",
    "TrainingPlan",
    "TrainingRecord",
    "TrainingStatus",
    "Vision",
    "audit",
    "checklist",
    "clock",
    "due",
    "escalate",
    "may",
    "overdue",
    "plan",
    "review",
    "standing",
]
