"""What a check finds: one thing that is lacking or does not go together, as a value."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from servicekit._terms import Term

__all__ = ["Finding", "Gap", "ModelRow"]


class ModelRow(Term):
    """The rows of the service model, by their codes; ``asks_for`` says it in words.

    Part A is about knowing what customers need, part B about the service policy, part C about
    evaluating the service.
    """

    A1 = "A1"
    A2 = "A2"
    A3 = "A3"
    A4 = "A4"
    A5 = "A5"
    A6 = "A6"
    A7 = "A7"
    A8 = "A8"
    A9 = "A9"
    A10 = "A10"
    A11 = "A11"
    A12 = "A12"
    A13 = "A13"
    B1 = "B1"
    B2 = "B2"
    B3 = "B3"
    B4 = "B4"
    B5 = "B5"
    B6 = "B6"
    B7 = "B7"
    B8 = "B8"
    B9 = "B9"
    B10 = "B10"
    B11 = "B11"
    B12 = "B12"
    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"

    @property
    def asks_for(self) -> str:
        """What the row asks for, in a few words."""
        return _ASKS_FOR[self]


_ASKS_FOR: Final[Mapping[ModelRow, str]] = MappingProxyType({
    ModelRow.A1: "Every complaint on record with the same nine items",
    ModelRow.A2: "Every contact on record, whatever the channel",
    ModelRow.A3: "Customers asked openly, neutrally and while it is fresh",
    ModelRow.A4: "Operating figures and the voice of staff",
    ModelRow.A5: "Reports of suppliers and service providers",
    ModelRow.A6: "The three big problems, from all sources",
    ModelRow.A7: "Causes of dissatisfaction by one list",
    ModelRow.A8: "The silent ones behind those who complain",
    ModelRow.A9: "Open comments understood and not just counted",
    ModelRow.A10: "Before and after every change",
    ModelRow.A11: "Customers asked after a contact",
    ModelRow.A12: "Very negative feedback goes up, praise comes back",
    ModelRow.A13: "Loyal customers and content employees",
    ModelRow.B1: "A vision in one sentence",
    ModelRow.B2: "Goals with targets that can be measured",
    ModelRow.B3: "Fewer and simpler policies",
    ModelRow.B4: "The policy as the customer sees it, in seven aspects",
    ModelRow.B5: "Staff settle problems at their own discretion",
    ModelRow.B6: "Understand, find the cause, propose, fix",
    ModelRow.B7: "Promises kept",
    ModelRow.B8: "Prompt answers on every channel",
    ModelRow.B9: "Training at hiring and from time to time",
    ModelRow.B10: "The same help for everyone",
    ModelRow.B11: "A person who answers, in the customer's language, and remembers",
    ModelRow.B12: "Something extra, unasked",
    ModelRow.C1: "Helpfulness scored exactly",
    ModelRow.C2: "Seven sections of helpfulness",
    ModelRow.C3: "The band, and the sections that need work",
    ModelRow.C4: "Six marks of an excellent contact",
})  # fmt: skip


class Gap(Term):
    """The kinds of things that `review`, `audit` and `checklist` find."""

    TOO_FEW = "too_few"
    """There are fewer than asked for."""
    MISSING = "missing"
    """It is not there at all."""
    TOO_LONG = "too_long"
    """It has more words, sentences or years than asked for."""
    SAME_WORDS = "same_words"
    """The customer's words are the company's own."""
    NOT_USED = "not_used"
    """A verb that was listed does not occur."""
    NOT_PROMISED = "not_promised"
    """A customer would look for it, and nothing in the policy promises it."""
    UNSEEN = "unseen"
    """It is promised, and nobody whom it concerns gets to see it."""
    NO_MEASURE = "no_measure"
    """Neither a standard nor a KPI tells whether it is kept."""
    NO_TARGET = "no_target"
    """It is measured, and nothing says what is to be reached."""
    NO_OWNER = "no_owner"
    """Nobody answers for it."""
    CONTRADICTION = "contradiction"
    """Two of them cannot both be meant."""
    HARD_NO = "hard_no"
    """A rule says no, whatever the case; staff have no discretion."""


@frozen
class Finding:
    """One thing that a check found: what kind, about what, in words, and which row asks for it."""

    gap: Gap
    about: str
    says: str
    row: ModelRow

    def __str__(self) -> str:
        return f"{self.about}: {self.says} ({self.row})"
