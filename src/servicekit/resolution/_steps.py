"""The steps of a case: frozen values that say what was done, when (``at``) and by whom (``by``).

Seven kinds move a case, each by its ``outcome``; the others add to the record at any stage, and
their outcome is None. Both hold their evidence: a step that lacks it cannot be made.
"""

from datetime import datetime
from typing import Final

from attrs import field, frozen

from servicekit._instants import instant, instant_or_none
from servicekit._rules import (
    ANY_TEXT,
    FLAG,
    FLAG_OR_NONE,
    INSTANT,
    INSTANT_OR_NONE,
    NATURAL,
    TEXT,
    TEXT_OR_NONE,
    TEXTS,
    each,
    is_a,
)
from servicekit._terms import Term
from servicekit._values import Value, refuse, several, unchanged_when
from servicekit.money import Money
from servicekit.resolution._flow import Outcome

__all__ = [
    "Acknowledgement",
    "Basis",
    "Cause",
    "Closure",
    "Correction",
    "Dated",
    "Escalation",
    "Fix",
    "FollowUp",
    "Goodwill",
    "Note",
    "Prevention",
    "Promise",
    "PromiseKept",
    "Proposal",
    "Reopening",
    "Responsible",
    "Solution",
    "Step",
    "Understanding",
]


# Read once: until Python 3.12 every look at a member of an enumeration runs Python code.
_CONFIRMED: Final = {True: Outcome.CONFIRMED, False: Outcome.UNCONFIRMED}
_CAUSE_FOUND: Final = Outcome.CAUSE_FOUND
_ACCEPTED: Final = {True: Outcome.ACCEPTED, False: Outcome.DECLINED}
_FIXED: Final = Outcome.FIXED
_SATISFIED: Final = {
    True: Outcome.SATISFIED,
    False: Outcome.DISSATISFIED,
    None: Outcome.UNREACHED,
}
_CLOSED: Final = Outcome.CLOSED
_REOPENED: Final = Outcome.REOPENED


class Responsible(Term):
    """Whose fault the problem was."""

    COMPANY = "company"
    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    NOBODY = "nobody"


class Basis(Term):
    """On what basis a case was closed without the customer's word that they are satisfied."""

    WITHDRAWN = "withdrawn"
    NO_AGREEMENT = "no_agreement"
    REFERRED_ELSEWHERE = "referred_elsewhere"
    UNREACHABLE = "unreachable"


def _texts(values: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return several(values)


def _amounts(values: Money | list[Money] | tuple[Money, ...]) -> tuple[Money, ...]:
    return several(values)


unchanged_when("{v}.__class__ is tuple", _texts, _amounts)


@frozen
class Dated(Value):
    """What every step says first: when, and by whom."""

    at: datetime = field(kw_only=True, converter=instant, validator=INSTANT)
    by: str = field(kw_only=True, validator=TEXT)

    @property
    def outcome(self) -> Outcome | None:
        """What the step came to; None for a step that moves nothing."""
        return None

    @property
    def is_contact(self) -> bool:
        """Whether a person was in touch with the customer in this step."""
        return False


@frozen
class Understanding(Dated):
    """UNDERSTAND: the customer spoke; the facts were noted, repeated back and confirmed, or not."""

    facts: tuple[str, ...] = field(converter=_texts, validator=TEXTS)
    restatement: str = field(validator=TEXT)
    confirmed: bool = field(validator=FLAG)

    @property
    def outcome(self) -> Outcome:
        """CONFIRMED or UNCONFIRMED."""
        return _CONFIRMED[self.confirmed]

    @property
    def is_contact(self) -> bool:
        """Always: the customer was listened to."""
        return True


@frozen
class Cause(Dated):
    """CAUSE: what the customer did, what should have happened, what went wrong, and whose fault.

    The company is responsible unless said otherwise. ``escaped_because`` is the second cause, why
    the problem was not caught earlier; ``key`` names the cause for counting.
    """

    customer_did: str = field(validator=TEXT)
    should_have_happened: str = field(validator=TEXT)
    problem: str = field(validator=TEXT)
    responsible: Responsible = field(
        default=Responsible.COMPANY, kw_only=True, validator=is_a(Responsible)
    )
    escaped_because: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    key: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)

    @property
    def outcome(self) -> Outcome:
        """CAUSE_FOUND."""
        return _CAUSE_FOUND


@frozen
class Solution(Value):
    """One thing that the company is to do: at once, or promised by an instant.

    ``remedy`` is a key of your own, such as refund, replacement, repair or explanation.
    """

    what: str = field(validator=TEXT)
    remedy: str = field(validator=TEXT)
    promised_by: datetime | None = field(
        default=None, kw_only=True, converter=instant_or_none, validator=INSTANT_OR_NONE
    )


def _solutions(
    values: Solution | list[Solution] | tuple[Solution, ...],
) -> tuple[Solution, ...]:
    return several(values)


unchanged_when("{v}.__class__ is tuple", _solutions)


@frozen
class Proposal(Dated):
    """PROPOSE: the customer's wish, asked first, and the solutions put to them, accepted or not.

    ``wish`` has no default: it is what the customer asked for, or None for a customer who was asked
    and has no clear wish. No solution may be promised by an instant before the proposal.
    """

    wish: str | None = field(validator=TEXT_OR_NONE)
    solutions: tuple[Solution, ...] = field(
        converter=_solutions, validator=each(Solution, at_least=1)
    )
    accepted: bool = field(validator=FLAG)

    def __attrs_post_init__(self) -> None:
        for solution in self.solutions:
            if solution.promised_by is not None and solution.promised_by < self.at:
                refuse(self, "solutions", f"none promised by an instant before {self.at}")

    @property
    def outcome(self) -> Outcome:
        """ACCEPTED or DECLINED."""
        return _ACCEPTED[self.accepted]

    @property
    def is_contact(self) -> bool:
        """Always: the customer was asked."""
        return True


@frozen
class Fix(Dated):
    """FIX: the corrective actions, the apology, and preferably something for the trouble."""

    actions: tuple[str, ...] = field(converter=_texts, validator=TEXTS)
    apology: str = field(validator=TEXT)
    compensation: tuple[Money, ...] = field(
        default=(), kw_only=True, converter=_amounts, validator=each(Money)
    )

    def __attrs_post_init__(self) -> None:
        for money in self.compensation:
            if money.amount < 0:
                refuse(self, "compensation", "no amount below zero")

    @property
    def outcome(self) -> Outcome:
        """FIXED."""
        return _FIXED

    @property
    def is_contact(self) -> bool:
        """Always: somebody apologised."""
        return True


@frozen
class FollowUp(Dated):
    """The customer was asked whether they are satisfied: yes, no, or None for not reached."""

    satisfied: bool | None = field(validator=FLAG_OR_NONE)
    note: str = field(default="", validator=ANY_TEXT)

    @property
    def outcome(self) -> Outcome:
        """SATISFIED, DISSATISFIED or UNREACHED."""
        return _SATISFIED[self.satisfied]

    @property
    def is_contact(self) -> bool:
        """Whether the customer was reached."""
        return self.satisfied is not None


@frozen
class Closure(Dated):
    """The case ends without the customer's word that they are satisfied."""

    basis: Basis = field(validator=is_a(Basis))
    note: str = field(default="", validator=ANY_TEXT)

    @property
    def outcome(self) -> Outcome:
        """CLOSED."""
        return _CLOSED


@frozen
class Reopening(Dated):
    """A finished case starts its next round."""

    reason: str = field(validator=TEXT)

    @property
    def outcome(self) -> Outcome:
        """REOPENED."""
        return _REOPENED


@frozen
class Acknowledgement(Dated):
    """The customer was told that the complaint has arrived, by a person or automatically."""

    automatic: bool = field(default=False, validator=FLAG)

    @property
    def is_contact(self) -> bool:
        """Whether a person wrote or spoke."""
        return not self.automatic


@frozen
class Promise(Dated):
    """The customer was promised something by an instant, such as being called back.

    ``key`` names the promise within the case; ``replaces`` is the key of an earlier one that this
    one takes the place of; ``in_writing`` marks what may bind legally.
    """

    key: str = field(validator=TEXT)
    what: str = field(validator=TEXT)
    due: datetime = field(converter=instant, validator=INSTANT)
    replaces: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    in_writing: bool = field(default=False, kw_only=True, validator=FLAG)

    def __attrs_post_init__(self) -> None:
        if self.due < self.at:
            refuse(self, "due", f"an instant not before the promise itself, {self.at}")

    @property
    def is_contact(self) -> bool:
        """Always: a promise is made to somebody."""
        return True


@frozen
class PromiseKept(Dated):
    """What was promised under ``key`` has been done."""

    key: str = field(validator=TEXT)


@frozen
class Escalation(Dated):
    """The case was taken to somebody who may do more."""

    to: str = field(validator=TEXT)
    reason: str = field(validator=TEXT)


@frozen
class Goodwill(Dated):
    """Something extra that nobody was owed; it is no redress and counts apart from it."""

    what: str = field(validator=TEXT)
    value: Money | None = field(default=None, validator=is_a(Money, optional=True))

    def __attrs_post_init__(self) -> None:
        if self.value is not None and self.value.amount < 0:
            refuse(self, "value", "no amount below zero")


@frozen
class Prevention(Dated):
    """How the problem could be avoided in the near future."""

    suggestion: str = field(validator=TEXT)


@frozen
class Note(Dated):
    """Anything else worth keeping."""

    text: str = field(validator=TEXT)


@frozen
class Correction(Dated):
    """The step at position ``annuls`` (from 0) was recorded wrongly and no longer counts."""

    annuls: int = field(validator=NATURAL)
    reason: str = field(validator=TEXT)


Step = (
    Understanding
    | Cause
    | Proposal
    | Fix
    | FollowUp
    | Closure
    | Reopening
    | Acknowledgement
    | Promise
    | PromiseKept
    | Escalation
    | Goodwill
    | Prevention
    | Note
    | Correction
)
"""Any step. In data each one is tagged with the name of its class under ``"step"``."""
