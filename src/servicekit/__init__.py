"""Customer complaints and service: a domain model and a scoring engine. Values in, values out."""

from servicekit.complaint import Channel, Complaint, Customer, Dissatisfaction
from servicekit.errors import ServicekitError
from servicekit.money import Money
from servicekit.resolution import (
    Acknowledgement,
    Case,
    Cause,
    Closure,
    Correction,
    Escalation,
    Fix,
    FollowUp,
    Goodwill,
    Note,
    Outcome,
    Prevention,
    Promise,
    PromiseKept,
    Proposal,
    Reopening,
    Solution,
    Stage,
    Understanding,
)

__all__ = [
    "Acknowledgement",
    "Case",
    "Cause",
    "Channel",
    "Closure",
    "Complaint",
    "Correction",
    "Customer",
    "Dissatisfaction",
    "Escalation",
    "Fix",
    "FollowUp",
    "Goodwill",
    "Money",
    "Note",
    "Outcome",
    "Prevention",
    "Promise",
    "PromiseKept",
    "Proposal",
    "Reopening",
    "ServicekitError",
    "Solution",
    "Stage",
    "Understanding",
]

__version__ = "0.1.0"
