"""A case: how a complaint is settled, step by step, each step with its evidence.

A `Case` is a complaint and the steps taken. Seven kinds of step move it along `TRANSITIONS`, the
others add to its record. Where it stands, what was promised, granted and done is replayed
from the history, for any instant:

>>> from datetime import datetime, timedelta, timezone
>>> from servicekit.complaint import Channel, Complaint, Customer
>>> monday = datetime(2026, 5, 4, 9, 30, tzinfo=timezone.utc)
>>> case = Case(Complaint("C-17", Customer("Aino Virtanen"), channel=Channel.PHONE,
...     received_at=monday, received_by="Mika", concern="The kettle leaks"))
>>> case = case.advance(Understanding("Bought on Friday", "It leaks at the seam",
...     confirmed=True, at=monday + timedelta(minutes=4), by="Mika"))
>>> case.stage
Stage.UNDERSTOOD
>>> case.advance(Fix("Sent a new one", "We are sorry", at=monday + timedelta(hours=1), by="Mika"))
Traceback (most recent call last):
    ...
servicekit.errors.FlowError: step 1: Fix (fixed) is not possible at stage understood; missing: the \
cause (Cause), a solution that the customer accepted (Proposal); allowed: cause_found, confirmed, \
unconfirmed, closed
>>> case.as_of(monday).stage
Stage.RECEIVED
"""

from servicekit.resolution._case import Case
from servicekit.resolution._flow import TRANSITIONS, Outcome, Stage
from servicekit.resolution._guidance import Guidance, guidance
from servicekit.resolution._promises import PromiseState, PromiseStatus
from servicekit.resolution._record import AgreedSolution, Record
from servicekit.resolution._steps import (
    Acknowledgement,
    Basis,
    Cause,
    Closure,
    Correction,
    Escalation,
    Fix,
    FollowUp,
    Goodwill,
    Note,
    Prevention,
    Promise,
    PromiseKept,
    Proposal,
    Reopening,
    Responsible,
    Solution,
    Step,
    Understanding,
)

__all__ = [
    "TRANSITIONS",
    "Acknowledgement",
    "AgreedSolution",
    "Basis",
    "Case",
    "Cause",
    "Closure",
    "Correction",
    "Escalation",
    "Fix",
    "FollowUp",
    "Goodwill",
    "Guidance",
    "Note",
    "Outcome",
    "Prevention",
    "Promise",
    "PromiseKept",
    "PromiseState",
    "PromiseStatus",
    "Proposal",
    "Record",
    "Reopening",
    "Responsible",
    "Solution",
    "Stage",
    "Step",
    "Understanding",
    "guidance",
]
