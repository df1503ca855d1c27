"""A complaint is created and taken through five transitions: ours against state-machine libraries.

Every contender does the same work: it builds the complaint with its customer, then understands,
finds the cause, proposes, fixes and follows up; each step carries its full evidence, which is
checked (no blank text, aware instants, steps in time order, flags that are flags), illegal steps
are refused, and the audit of all evidence stays with the case.

    python benchmarks/flow.py
"""

import pickle
import tracemalloc
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import statemachine
import transitions

import servicekit as sk
from _paired import report
from _pydantic_case import AT, pydantic_case

# --- servicekit ---------------------------------------------------------------------------------


def ours() -> sk.Case:
    case = sk.Case(
        sk.Complaint(
            "C-17",
            sk.Customer("Aino Virtanen", phone="+358 40 1234567"),
            channel=sk.Channel.PHONE,
            received_at=AT[0],
            received_by="Mika",
            concern="The kettle leaks",
        )
    )
    case = case.advance(
        sk.Understanding(
            ("Bought on Friday",), "It leaks at the seam", confirmed=True, at=AT[1], by="Mika"
        )
    )
    case = case.advance(
        sk.Cause("Boiled water", "A dry table", problem="A cracked seam", at=AT[2], by="Mika")
    )
    solutions = (sk.Solution("A new kettle", "replacement", promised_by=AT[5]),)
    case = case.advance(sk.Proposal("A new one", solutions, accepted=True, at=AT[3], by="Mika"))
    case = case.advance(
        sk.Fix(
            ("Sent a new kettle",),
            "We are sorry",
            compensation=(sk.Money(10, "EUR"),),
            at=AT[4],
            by="Mika",
        )
    )
    return case.advance(sk.FollowUp(satisfied=True, at=AT[6], by="Mika"))


# --- What the two state-machine libraries leave to their user: the evidence and its checks ------


def is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and not value.isspace()


def is_instant(value: Any) -> bool:
    return isinstance(value, datetime) and value.tzinfo is not None


def is_money(value: Any) -> bool:
    return (
        isinstance(value["amount"], Decimal)
        and value["amount"].is_finite()
        and is_text(value["currency"])
        and len(value["currency"]) == 3
    )


def require(*checks: bool) -> bool:
    if not all(checks):
        raise ValueError("evidence refused")
    return True


def plain_complaint() -> dict[str, Any]:
    customer = {
        "name": "Aino Virtanen",
        "address": None,
        "phone": "+358 40 1234567",
        "email": None,
        "language": None,
    }
    complaint = {
        "id": "C-17",
        "customer": customer,
        "channel": "phone",
        "received_at": AT[0],
        "received_by": "Mika",
        "concern": "The kettle leaks",
        "category": None,
        "causes": frozenset(),
        "remedy_sought": None,
        "on_behalf_of": None,
        "about": None,
    }
    require(
        is_text(customer["name"]),
        is_text(customer["phone"]),
        is_text(complaint["id"]),
        complaint["channel"] in CHANNELS,
        is_instant(complaint["received_at"]),
        is_text(complaint["received_by"]),
        is_text(complaint["concern"]),
    )
    return complaint


CHANNELS = frozenset({"in_person", "phone", "email", "letter", "web", "chat", "social_media"})


def understood(last: datetime, e: dict[str, Any]) -> bool:
    return require(
        is_instant(e["at"]),
        e["at"] >= last,
        is_text(e["by"]),
        bool(e["facts"]),
        *map(is_text, e["facts"]),
        is_text(e["restatement"]),
        e["confirmed"] is True,
    )


def caused(last: datetime, e: dict[str, Any]) -> bool:
    return require(
        is_instant(e["at"]),
        e["at"] >= last,
        is_text(e["by"]),
        is_text(e["customer_did"]),
        is_text(e["should_have_happened"]),
        is_text(e["problem"]),
        e["responsible"] in {"company", "customer", "supplier", "nobody"},
    )


def proposed(last: datetime, e: dict[str, Any]) -> bool:
    return require(
        is_instant(e["at"]),
        e["at"] >= last,
        is_text(e["by"]),
        e["wish"] is None or is_text(e["wish"]),
        bool(e["solutions"]),
        *(
            is_text(s["what"]) and is_text(s["remedy"]) and s["promised_by"] >= e["at"]
            for s in e["solutions"]
        ),
        e["accepted"] is True,
    )


def fixed(last: datetime, e: dict[str, Any]) -> bool:
    return require(
        is_instant(e["at"]),
        e["at"] >= last,
        is_text(e["by"]),
        bool(e["actions"]),
        *map(is_text, e["actions"]),
        is_text(e["apology"]),
        *map(is_money, e["compensation"]),
    )


def followed_up(last: datetime, e: dict[str, Any]) -> bool:
    return require(
        is_instant(e["at"]),
        e["at"] >= last,
        is_text(e["by"]),
        e["satisfied"] is True,
        isinstance(e["note"], str),
    )


def take_five_steps(case: Any) -> Any:
    case.understand(
        at=AT[1],
        by="Mika",
        facts=("Bought on Friday",),
        restatement="It leaks at the seam",
        confirmed=True,
    )
    case.find_cause(
        at=AT[2],
        by="Mika",
        customer_did="Boiled water",
        should_have_happened="A dry table",
        problem="A cracked seam",
        responsible="company",
        escaped_because=None,
        cause_key=None,
    )
    solution = {"what": "A new kettle", "remedy": "replacement", "promised_by": AT[5]}
    case.propose(at=AT[3], by="Mika", wish="A new one", solutions=(solution,), accepted=True)
    case.fix(
        at=AT[4],
        by="Mika",
        actions=("Sent a new kettle",),
        apology="We are sorry",
        compensation=({"amount": Decimal(10), "currency": "EUR"},),
    )
    case.follow_up(at=AT[6], by="Mika", satisfied=True, note="")
    return case


# --- transitions, one machine shared by all cases -------------------------------------------------


class TransitionsCase:
    def __init__(self) -> None:
        self.complaint = plain_complaint()
        self.audit: list[tuple[str, dict[str, Any]]] = []

    @property
    def last(self) -> datetime:
        return self.audit[-1][1]["at"] if self.audit else self.complaint["received_at"]

    def understood(self, event: Any) -> bool:
        return understood(self.last, event.kwargs)

    def caused(self, event: Any) -> bool:
        return caused(self.last, event.kwargs)

    def proposed(self, event: Any) -> bool:
        return proposed(self.last, event.kwargs)

    def fixed(self, event: Any) -> bool:
        return fixed(self.last, event.kwargs)

    def followed_up(self, event: Any) -> bool:
        return followed_up(self.last, event.kwargs)

    def keep(self, event: Any) -> None:
        self.audit.append((event.event.name, event.kwargs))


MACHINE = transitions.Machine(
    model=None,
    states=["received", "understood", "explained", "agreed", "fixed", "resolved", "closed"],
    initial="received",
    send_event=True,
    auto_transitions=False,
    after_state_change="keep",
    transitions=[
        ["understand", "received", "understood", "understood"],
        ["find_cause", "understood", "explained", "caused"],
        ["propose", "explained", "agreed", "proposed"],
        ["fix", "agreed", "fixed", "fixed"],
        ["follow_up", "fixed", "resolved", "followed_up"],
        ["close", ["received", "understood", "explained", "agreed", "fixed"], "closed"],
    ],
)


def transitions_case() -> TransitionsCase:
    case = TransitionsCase()
    MACHINE.add_model(case)
    take_five_steps(case)
    MACHINE.remove_model(case)
    return case


# --- python-statemachine --------------------------------------------------------------------------


class StateMachineCase(statemachine.StateMachine):
    received = statemachine.State(initial=True)
    understood = statemachine.State()
    explained = statemachine.State()
    agreed = statemachine.State()
    fixed = statemachine.State()
    resolved = statemachine.State(final=True)
    closed = statemachine.State(final=True)

    understand = received.to(understood, cond="is_understood")
    find_cause = understood.to(explained, cond="is_caused")
    propose = explained.to(agreed, cond="is_proposed")
    fix = agreed.to(fixed, cond="is_fixed")
    follow_up = fixed.to(resolved, cond="is_followed_up")
    close = closed.from_(received, understood, explained, agreed, fixed)

    def __init__(self) -> None:
        self.complaint = plain_complaint()
        self.audit: list[tuple[str, dict[str, Any]]] = []
        super().__init__()

    @property
    def last(self) -> datetime:
        return self.audit[-1][1]["at"] if self.audit else self.complaint["received_at"]

    def is_understood(self, **evidence: Any) -> bool:
        return understood(self.last, evidence)

    def is_caused(self, **evidence: Any) -> bool:
        return caused(self.last, evidence)

    def is_proposed(self, **evidence: Any) -> bool:
        return proposed(self.last, evidence)

    def is_fixed(self, **evidence: Any) -> bool:
        return fixed(self.last, evidence)

    def is_followed_up(self, **evidence: Any) -> bool:
        return followed_up(self.last, evidence)

    def after_transition(self, event: str, event_data: Any) -> None:
        self.audit.append((event, event_data.trigger_data.kwargs))


def statemachine_case() -> StateMachineCase:
    return take_five_steps(StateMachineCase())


# --- the run ------------------------------------------------------------------------------------

CONTENDERS = {
    "servicekit": ours,
    "pydantic, frozen models and model_copy": pydantic_case,
    "transitions, shared machine": transitions_case,
    "python-statemachine": statemachine_case,
}


def memory_per_case(make: Any, count: int = 500) -> float:
    """Give the bytes that one finished case holds on to."""
    make()
    tracemalloc.start()
    kept = [make() for _ in range(count)]
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / len(kept)


def long_history(length: int = 5000) -> None:
    """Take a case through many steps; it pickles, compares and prints like a short one."""
    case = ours()
    later = AT[6]
    for number in range(length - len(case.steps)):
        later += timedelta(minutes=1)
        case = case.advance(sk.Note(f"call {number}", at=later, by="Mika"))
    same = pickle.loads(pickle.dumps(case))
    assert same == case
    assert len(same.steps) == length
    print(f"a history of {length} steps: pickled, equal again, printed in {len(repr(case))} signs")


def main() -> None:
    stages = [
        ours().stage,
        pydantic_case()._stage,
        transitions_case().state,
        statemachine_case().current_state_value,
    ]
    assert stages == ["resolved"] * len(CONTENDERS), stages
    report("create a case and take it through five transitions", CONTENDERS)
    print("bytes per finished case")
    for name, make in CONTENDERS.items():
        print(f"  {name:<42} {memory_per_case(make):>10.0f}")
    long_history()


if __name__ == "__main__":
    main()
