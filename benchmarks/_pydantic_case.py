"""The same complaint and steps as frozen pydantic models with the same checks."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Literal

import pydantic

import servicekit as sk
from servicekit.resolution import Responsible

MONDAY = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
AT = [MONDAY + timedelta(hours=hour) for hour in range(9)]

Text = Annotated[str, pydantic.StringConstraints(pattern=r"\S")]


class Frozen(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(frozen=True, extra="forbid")


class PydanticCustomer(Frozen):
    name: Text
    address: Text | None = None
    phone: Text | None = None
    email: Text | None = None
    language: Text | None = None


class PydanticComplaint(Frozen):
    id: Text
    customer: PydanticCustomer
    channel: sk.Channel
    received_at: pydantic.AwareDatetime
    received_by: Text
    concern: Text
    category: Text | None = None
    causes: frozenset[sk.Dissatisfaction] = frozenset()
    remedy_sought: Text | None = None
    on_behalf_of: PydanticCustomer | None = None
    about: dict[str, str] | None = None


class PydanticStep(Frozen):
    at: pydantic.AwareDatetime
    by: Text


class PydanticUnderstanding(PydanticStep):
    step: Literal["Understanding"] = "Understanding"
    facts: Annotated[tuple[Text, ...], pydantic.Field(min_length=1)]
    restatement: Text
    confirmed: bool


class PydanticCause(PydanticStep):
    step: Literal["Cause"] = "Cause"
    customer_did: Text
    should_have_happened: Text
    problem: Text
    responsible: Responsible = Responsible.COMPANY
    escaped_because: Text | None = None
    key: Text | None = None


class PydanticSolution(Frozen):
    what: Text
    remedy: Text
    promised_by: pydantic.AwareDatetime | None = None


class PydanticProposal(PydanticStep):
    step: Literal["Proposal"] = "Proposal"
    wish: Text | None
    solutions: Annotated[tuple[PydanticSolution, ...], pydantic.Field(min_length=1)]
    accepted: bool

    @pydantic.model_validator(mode="after")
    def not_promised_in_the_past(self) -> "PydanticProposal":
        for solution in self.solutions:
            if solution.promised_by is not None and solution.promised_by < self.at:
                raise ValueError("promised by an instant before the proposal")
        return self


class PydanticMoney(Frozen):
    amount: Annotated[Decimal, pydantic.Field(ge=0, allow_inf_nan=False)]
    currency: Annotated[str, pydantic.StringConstraints(pattern=r"^[A-Z]{3}$")]


class PydanticFix(PydanticStep):
    step: Literal["Fix"] = "Fix"
    actions: Annotated[tuple[Text, ...], pydantic.Field(min_length=1)]
    apology: Text
    compensation: tuple[PydanticMoney, ...] = ()


class PydanticFollowUp(PydanticStep):
    step: Literal["FollowUp"] = "FollowUp"
    satisfied: bool | None
    note: str = ""


NEXT = {
    ("received", "PydanticUnderstanding", True): "understood",
    ("understood", "PydanticCause", None): "explained",
    ("explained", "PydanticProposal", True): "agreed",
    ("agreed", "PydanticFix", None): "fixed",
    ("fixed", "PydanticFollowUp", True): "resolved",
}
ANSWER = {
    "PydanticUnderstanding": "confirmed",
    "PydanticProposal": "accepted",
    "PydanticFollowUp": "satisfied",
}


AnyStep = Annotated[
    PydanticUnderstanding | PydanticCause | PydanticProposal | PydanticFix | PydanticFollowUp,
    pydantic.Field(discriminator="step"),
]


class PydanticCase(Frozen):
    complaint: PydanticComplaint
    steps: tuple[AnyStep, ...] = ()
    _stage: str = pydantic.PrivateAttr("received")

    def model_post_init(self, context: object) -> None:
        """Check the whole history of a case that was not built step by step."""
        for position, step in enumerate(self.steps):
            self._stage = self.stage_after(step, self.steps[:position])

    def stage_after(self, step: PydanticStep, earlier: "tuple[PydanticStep, ...]") -> str:
        if step.at < (earlier[-1].at if earlier else self.complaint.received_at):
            raise ValueError("steps out of order")
        kind = type(step).__name__
        answer = getattr(step, ANSWER[kind]) if kind in ANSWER else None
        return NEXT[self._stage, kind, answer]

    def advance(self, step: AnyStep) -> "PydanticCase":
        case = self.model_copy(update={"steps": (*self.steps, step)})
        case._stage = self.stage_after(step, self.steps)
        return case


def pydantic_case() -> PydanticCase:
    case = PydanticCase(
        complaint=PydanticComplaint(
            id="C-17",
            customer=PydanticCustomer(name="Aino Virtanen", phone="+358 40 1234567"),
            channel=sk.Channel.PHONE,
            received_at=AT[0],
            received_by="Mika",
            concern="The kettle leaks",
        )
    )
    case = case.advance(
        PydanticUnderstanding(
            facts=("Bought on Friday",),
            restatement="It leaks at the seam",
            confirmed=True,
            at=AT[1],
            by="Mika",
        )
    )
    case = case.advance(
        PydanticCause(
            customer_did="Boiled water",
            should_have_happened="A dry table",
            problem="A cracked seam",
            at=AT[2],
            by="Mika",
        )
    )
    solutions = (PydanticSolution(what="A new kettle", remedy="replacement", promised_by=AT[5]),)
    case = case.advance(
        PydanticProposal(wish="A new one", solutions=solutions, accepted=True, at=AT[3], by="Mika")
    )
    case = case.advance(
        PydanticFix(
            actions=("Sent a new kettle",),
            apology="We are sorry",
            compensation=(PydanticMoney(amount=Decimal(10), currency="EUR"),),
            at=AT[4],
            by="Mika",
        )
    )
    return case.advance(PydanticFollowUp(satisfied=True, at=AT[6], by="Mika"))
