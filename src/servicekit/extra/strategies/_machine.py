"""A state machine that holds the store of an app against cases kept in memory."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
)

from servicekit.complaint import Complaint
from servicekit.errors import FlowError
from servicekit.extra.strategies._cases import impossible_steps, next_steps
from servicekit.extra.strategies._complaints import complaints as any_complaints
from servicekit.extra.strategies._times import instants
from servicekit.resolution import Case, Step

__all__ = ["CaseMachine"]

_COMPLAINTS: Any = st.runner().flatmap(lambda machine: machine.complaints())


class CaseMachine(RuleBasedStateMachine):
    """Takes complaints, settles them step by step, and sees that your app keeps every case.

    Subclass it and say how your app saves a case and loads it again. Whatever happened, each case
    that is loaded has to equal ours, also as of any earlier instant, and a step that the flow does
    not allow has to be refused and change nothing. ``ours`` holds the cases as they should be, by
    id; rules of your own, such as a crash, may draw from ``ids``.

    >>> class StoreMachine(CaseMachine):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.store = {}
    ...     def save(self, case):
    ...         self.store[case.complaint.id] = case
    ...     def load(self, id):
    ...         return self.store[id]
    >>> TestStore = StoreMachine.TestCase

    pytest and unittest then run it like any other test; ``TestStore.settings`` takes
    `hypothesis.settings`. What differs is an `AssertionError` with the shortest history that shows
    it.
    """

    ids: Bundle[str] = Bundle("ids")
    """The ids of the cases so far."""

    def __init__(self) -> None:
        super().__init__()
        self.ours: dict[str, Case] = {}

    def save(self, case: Case) -> None:
        """Have the app keep a case: a new one, or one with one more step than before."""
        raise NotImplementedError

    def load(self, id: str) -> Case:  # noqa: A002 - named as in `Complaint`
        """Ask the app for a case that was saved."""
        raise NotImplementedError

    def refuses(self, id: str, step: Step) -> bool:  # noqa: A002 - likewise
        """Say whether the app refuses a step that does not fit.

        As it stands the step is tried on the case that was loaded. Override it where steps come
        in by themselves, as in a request, and have the app take the step.
        """
        try:
            self.load(id).advance(step)
        except FlowError:
            return True
        return False

    def complaints(self) -> st.SearchStrategy[Complaint]:
        """Give the complaints that the app may receive; as it stands, any."""
        return any_complaints()

    @initialize(target=ids, complaint=_COMPLAINTS)
    def begin(self, complaint: Complaint) -> str:
        """Receive the first complaint."""
        self._keep(Case(complaint))
        return complaint.id

    @rule(target=ids, complaint=_COMPLAINTS)
    def receive(self, complaint: Complaint) -> str | MultipleResults[str]:
        """Receive a complaint, unless there is one with its id."""
        if complaint.id in self.ours:
            return multiple()
        return self.begin(complaint)

    @rule(id=ids, data=st.data())
    def take_step(self, id: str, data: st.DataObject) -> None:  # noqa: A002 - likewise
        """Take a step that the flow allows, and have the case saved."""
        case = self.ours[id]
        self._keep(case.advance(data.draw(next_steps(case), "step")))

    @rule(id=ids, data=st.data())
    def take_impossible_step(self, id: str, data: st.DataObject) -> None:  # noqa: A002 - likewise
        """Try a step that the flow does not allow."""
        step = data.draw(impossible_steps(self.ours[id]), "step")
        if not self.refuses(id, step):
            message = f"case {id!r} took a step that the flow does not allow: {step!r}"
            raise AssertionError(message)

    @rule(id=ids, data=st.data())
    def look_back(self, id: str, data: st.DataObject) -> None:  # noqa: A002 - likewise
        """Replay a case as of any instant."""
        at = data.draw(instants(self.ours[id]), "at")
        _compare(f"case {id!r} as of {at}", self.load(id).as_of(at), self.ours[id].as_of(at))

    @invariant()
    def keeps_every_case(self) -> None:
        """Load every case and compare it with ours."""
        for id_, case in self.ours.items():
            _compare(f"case {id_!r}", self.load(id_), case)

    def _keep(self, case: Case) -> None:
        self.save(case)
        self.ours[case.complaint.id] = case


def _compare(what: str, loaded: object, ours: Case) -> None:
    if loaded != ours:
        message = f"{what} was loaded as {loaded!r}, and should be {ours!r}"
        raise AssertionError(message)
