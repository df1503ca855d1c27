"""Any step thrown at a case moves it by the table, or raises and changes nothing."""

from datetime import timedelta

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from samples import TO_STAGE
from servicekit.errors import FlowError
from servicekit.extra.strategies import complaints, steps
from servicekit.extra.strategies._times import WAITS
from servicekit.resolution import (
    TRANSITIONS,
    Case,
    Correction,
    Promise,
    PromiseKept,
    Stage,
)


class AnyStep(RuleBasedStateMachine):
    """A case, and beside it a model that knows the table, promise keys and nothing more."""

    @initialize(complaint=complaints())
    def receive(self, complaint):
        """Take a complaint."""
        self.case = Case(complaint)
        self.at = complaint.received_at
        self.steps = []

    @rule(pause=WAITS, data=st.data())
    def throw(self, pause, data):
        """Throw any step at the case."""
        step = data.draw(steps(at=st.just(self.at + pause)))
        before, shown = self.case, repr(self.case)
        stage = self.model([*self.steps, step])
        try:
            after = before.advance(step)
        except FlowError as error:
            assert None is stage
            assert len(self.steps) == error.position
            assert (before.stage, tuple(TRANSITIONS[before.stage])) == (error.stage, error.allowed)
            assert error.missing
        else:
            assert stage is after.stage
            assert (*before.steps, step) == after.steps
            self.case, self.at = after, step.at
            self.steps.append(step)
        assert shown == repr(before)

    @rule(pause=st.timedeltas(timedelta(microseconds=1), timedelta(days=9)), data=st.data())
    def throw_into_the_past(self, pause, data):
        """Throw a step that is too late at the case."""
        step = data.draw(steps(at=st.just(self.at - pause)))
        before, shown = self.case, repr(self.case)
        try:
            before.advance(step)
        except FlowError as error:
            assert "an instant not before" in error.missing[0]
        else:
            raise AssertionError
        assert shown == repr(before)

    @rule(back=st.timedeltas(timedelta(0), timedelta(days=60)))
    def look_back(self, back):
        """Look at the case as it was."""
        then = self.case.as_of(self.at - back)
        assert [step for step in self.steps if step.at <= self.at - back] == list(then.steps)

    @invariant()
    def stands_where_the_model_stands(self):
        """Compare the case with what the model makes of its steps."""
        if hasattr(self, "case"):
            assert self.model(self.steps) is self.case.stage
            assert Case(self.case.complaint, self.steps) == self.case

    @classmethod
    def model(cls, steps):
        """Say where a history leads, from its definition; None where it is not possible."""
        for length in range(1, len(steps) + 1):
            step = steps[length - 1]
            known = cls.in_force(steps[: length - 1])
            if isinstance(step, Correction) and step.annuls not in known:
                return None
            stage = cls.walk([steps[p] for p in sorted(cls.in_force(steps[:length]))])
            if stage is None:
                return None
        return stage if steps else Stage.RECEIVED

    @staticmethod
    def in_force(steps):
        """Give the positions of the steps that nothing in force annuls."""
        annulled = set()
        for position in reversed(range(len(steps))):
            if isinstance(steps[position], Correction) and position not in annulled:
                annulled.add(steps[position].annuls)
        return set(range(len(steps))) - annulled

    @staticmethod
    def walk(steps):
        """Walk the table, with every promise kept or replaced once while it is open."""
        stage, known, open_ = Stage.RECEIVED, set(), set()
        for step in steps:
            if isinstance(step, Promise) and step.key in known:
                return None
            settled = step.key if isinstance(step, PromiseKept) else getattr(step, "replaces", None)
            if settled is not None:
                if settled not in open_:
                    return None
                open_.remove(settled)
            if isinstance(step, Promise):
                known.add(step.key)
                open_.add(step.key)
            if step.outcome is not None:
                stage = TRANSITIONS[stage].get(step.outcome)
                if stage is None:
                    return None
        return stage


AnyStep.TestCase.settings = settings(max_examples=30, stateful_step_count=25)
TestAnyStep = AnyStep.TestCase


def test_the_model_knows_the_way():
    """The model itself refuses and moves: the machine above compares with something."""
    assert {stage: stage for stage in Stage} == {
        stage: AnyStep.model(list(steps)) for stage, steps in TO_STAGE.items()
    }
    assert None is AnyStep.model(list(TO_STAGE[Stage.RESOLVED][1:]))
