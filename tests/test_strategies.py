"""Strategies: what they give is legal, reaches everything, and shrinks to the simplest."""

import importlib
import json
import pickle
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib.metadata import entry_points
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from servicekit.benchmark import Answers, Comparison, Score, Summary, score
from servicekit.catalogue.helpfulness import HELPFULNESS
from servicekit.errors import FlowError
from servicekit.extra import strategies
from servicekit.extra.strategies import (
    CaseMachine,
    answers,
    assessments,
    cases,
    comparisons,
    complaints,
    conditions,
    impossible_steps,
    instants,
    instruments,
    kpis,
    measurements,
    measures,
    next_steps,
    quantities,
    registers,
    scores,
    steps,
    summaries,
    targets,
    texts,
    work_calendars,
)
from servicekit.extra.strategies._by_type import STRATEGIES
from servicekit.kpi import And, Column, Count, Per, Within, measure
from servicekit.resolution import (
    Case,
    Fix,
    Note,
    Promise,
    PromiseKept,
    Stage,
    Step,
)
from tour import public_modules

MONDAY = datetime(2026, 5, 4, tzinfo=UTC)

CALM = settings(max_examples=1000, database=None, derandomize=True, report_multiple_bugs=False)
ONCE = settings(CALM, phases=[Phase.generate])
SHRUNK = settings(CALM, phases=[Phase.generate, Phase.shrink])


def simplest(strategy, condition=lambda _: True):
    """Give what a strategy shrinks to, of what meets a condition."""
    return find(strategy, condition, settings=SHRUNK)


def classes_of_values():
    """Give the public attrs classes, but for errors."""
    modules = map(importlib.import_module, public_modules())
    public = [getattr(module, name) for module in modules for name in module.__all__]
    kinds = {kind for kind in public if isinstance(kind, type) and attrs.has(kind)}
    return {kind for kind in kinds if not issubclass(kind, BaseException)}


# --- All of them ----------------------------------------------------------------------------------


def test_every_public_class_of_values_has_a_strategy():
    """The table knows each public class, and no other."""
    assert classes_of_values() == set(STRATEGIES)


@pytest.mark.parametrize("kind", STRATEGIES, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_a_type_gives(kind, data):
    """``from_type`` gives values of just that class, each a value like any other."""
    value = data.draw(st.from_type(kind))
    assert kind is type(value)
    assert value == pickle.loads(pickle.dumps(value))
    assert isinstance(hash(value), int)
    assert str(value)


@pytest.mark.parametrize("name", sorted(set(strategies.__all__) - {"CaseMachine"}))
def test_every_function_gives_a_strategy(name):
    """Each function can be asked for nothing in particular, and says in few words what it gives."""
    given_ = {"next_steps", "impossible_steps"}
    arguments = [Case(simplest(complaints()))] if name in given_ else []
    strategy = getattr(strategies, name)(*arguments)
    assert isinstance(strategy, st.SearchStrategy)
    assert len(repr(strategy)) < 9000


# --- Cases ----------------------------------------------------------------------------------------

SHORTEST = {
    Stage.RECEIVED: [],
    Stage.UNDERSTOOD: ["Understanding"],
    Stage.EXPLAINED: ["Understanding", "Cause"],
    Stage.AGREED: ["Understanding", "Cause", "Proposal"],
    Stage.FIXED: ["Understanding", "Cause", "Proposal", "Fix"],
    Stage.RESOLVED: ["Understanding", "Cause", "Proposal", "Fix", "FollowUp"],
    Stage.CLOSED: ["Closure"],
}


def kinds(case):
    """Name the classes of the steps of a case."""
    return [type(step).__name__ for step in case.steps]


@pytest.mark.parametrize("stage", Stage)
def test_a_case_shrinks_to_the_shortest_way(stage):
    """The simplest case at a stage is the shortest one."""
    assert SHORTEST[stage] == kinds(simplest(cases(stage)))


@pytest.mark.parametrize("stage", Stage)
@settings(max_examples=10)
@given(st.data())
def test_a_case_stands_where_asked(stage, data):
    """Every case that is drawn for a stage stands there."""
    assert stage is data.draw(cases(stage)).stage


def test_a_case_shrinks_to_a_fresh_one():
    """The simplest case of all has no steps, and a complaint that says no more than it must."""
    case = simplest(cases())
    assert () == case.steps
    assert ("0", None, frozenset()) == (
        case.complaint.concern,
        case.complaint.about,
        case.complaint.causes,
    )
    assert datetime(2000, 1, 1, tzinfo=UTC) == case.complaint.received_at


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_is_reached_without_asking(stage):
    """Cases in general stand at all stages."""
    assert stage is find(cases(), lambda case: case.stage is stage, settings=ONCE).stage


@pytest.mark.parametrize("kind", Step.__args__, ids=lambda kind: kind.__name__)
def test_steps_of_every_kind_are_taken(kind):
    """Histories hold steps of every class, also promises kept and corrections."""
    assert find(cases(), lambda case: any(type(s) is kind for s in case.steps), settings=ONCE)


def test_steps_shrink_away():
    """What a failing test did not need is not left in the history that it shows."""
    fixed = simplest(cases(), lambda case: any(isinstance(step, Fix) for step in case.steps))
    assert SHORTEST[Stage.FIXED] == kinds(fixed)
    kept = simplest(cases(), lambda case: any(isinstance(s, PromiseKept) for s in case.steps))
    assert ["Promise", "PromiseKept"] == kinds(kept)


@given(cases(), st.data())
def test_next_steps_fit(case, data):
    """A next step can be taken, whatever the case has been through."""
    assert len(case.steps) + 1 == len(case.advance(data.draw(next_steps(case))).steps)


@given(cases(), st.data())
def test_impossible_steps_do_not_fit(case, data):
    """An impossible step cannot be taken."""
    with pytest.raises(FlowError):
        case.advance(data.draw(impossible_steps(case)))


@settings(max_examples=20)
@given(st.data())
def test_a_key_used_before_is_not_used_again(data):
    """Promises get keys of their own, even where the text that was drawn is taken."""
    case = data.draw(cases())
    for _ in range(12):
        case = case.advance(data.draw(next_steps(case)))
    keys = [step.key for step in case.steps if isinstance(step, Promise)]
    assert len(set(keys)) == len(keys)


def test_promises_are_renewed():
    """Some promises take the place of an earlier one."""

    def renewed(case):
        return any(isinstance(step, Promise) and step.replaces for step in case.steps)

    assert find(cases(), renewed, settings=ONCE)


@given(cases(complaints=complaints(ids=st.just("C-1"), received_at=st.just(MONDAY))))
def test_complaints_of_ones_own(case):
    """Cases are made of the complaints that one gives."""
    assert ("C-1", MONDAY) == (case.complaint.id, case.complaint.received_at)


@given(steps(Note, Promise, at=st.just(MONDAY)))
def test_steps_of_some_kinds(step):
    """Steps are of the classes named, at the instants given."""
    assert isinstance(step, Note | Promise)
    assert MONDAY == step.at


@given(cases(), st.data())
def test_instants_of_a_case(case, data):
    """Instants of a case lie around its steps."""
    at = data.draw(instants(case))
    last = case.steps[-1].at if case.steps else case.complaint.received_at
    assert case.complaint.received_at - timedelta(days=1) <= at <= last + timedelta(days=90)


def test_instants_hit_every_step():
    """Sooner or later an instant is that of the last step, or just before it."""
    case = simplest(cases(Stage.AGREED)).advance(
        Note("x", at=datetime(2000, 1, 7, tzinfo=UTC), by="x")
    )
    for at in (case.steps[-1].at, case.steps[-1].at - timedelta(microseconds=1)):
        assert at == find(instants(case), lambda each, at=at: each == at, settings=ONCE)


@given(texts())
def test_texts_are_texts(text):
    """A text is one that any field takes."""
    assert Note(text, at=MONDAY, by=text)


@pytest.mark.parametrize("character", [" ", "\n", "\0", "ä"])
def test_texts_hold_anything(character):
    """Blanks and control characters stand in texts as well."""
    assert character in find(texts(), lambda text: character in text, settings=ONCE)


# --- Calendars, benchmark, KPIs, register ---------------------------------------------------------


@given(work_calendars(zones=st.sampled_from([ZoneInfo("Europe/Helsinki")])))
def test_calendars_in_zones_of_ones_own(calendar):
    """Calendars are in the zones that one gives, and open some time."""
    assert ("Europe/Helsinki", True) == (calendar.zone_key, bool(calendar.weekly))


@settings(max_examples=15)
@given(instruments(), st.data())
def test_answers_can_be_scored(instrument, data):
    """Answers are complete unless gaps are asked for."""
    assert score(instrument, data.draw(answers(instrument))).answered == len(instrument.statements)
    some = data.draw(answers(instrument, gaps=True))
    assert score(instrument, some, missing="omit").answered == len(some.ratings)


def test_answers_have_gaps_only_where_asked():
    """Gaps come up, with an instrument and without."""
    number = len(HELPFULNESS.statements)
    gappy = answers(HELPFULNESS, gaps=True)
    assert find(gappy, lambda one: 0 < len(one.ratings) < number, settings=ONCE)
    assert Answers({}) == simplest(answers(gaps=True))
    assert {"q0_0": 0} == dict(simplest(answers()).ratings)


@given(scores(HELPFULNESS), summaries(HELPFULNESS, at_least=1), comparisons(HELPFULNESS))
def test_scores_by_one_instrument(one, many, change):
    """Scores, summaries and comparisons are by the instrument that one gives."""
    assert [HELPFULNESS] * 3 == [one.instrument, many.instrument, change.instrument]
    assert many.n > 0
    assert (Score, Summary, Comparison) == (type(one), type(many), type(change))


@settings(max_examples=15)
@given(registers(), st.lists(kpis(), max_size=3, unique_by=lambda kpi: kpi.key))
def test_kpis_measure_registers(rows, measured):
    """Any KPI can be measured over any register."""
    as_of = rows[0].as_of if rows else MONDAY
    found = measure(measured, rows, as_of=as_of)
    assert [kpi.key for kpi in measured] == list(found)


@settings(max_examples=15)
@given(registers(at_least=2))
def test_registers_are_of_one_instant(rows):
    """The rows of a register are those of different cases as of one instant."""
    assert len(rows) >= 2
    assert (1, len(rows)) == (len({row.as_of for row in rows}), len({row.id for row in rows}))


@given(
    quantities(Column, Per), conditions(And, Within), measures(Count), kpis(keys=st.just("share"))
)
def test_pieces_of_some_kinds(quantity, condition, counted, kpi):
    """Pieces are of the classes named, a KPI has the key given."""
    assert isinstance(quantity, Column | Per)
    assert isinstance(condition, And | Within)
    assert (Count, "share") == (type(counted), kpi.key)


@settings(max_examples=15)
@given(measurements().map(lambda found: next(iter(found.values()))), st.data())
def test_targets_of_one_kpi(one, data):
    """A target is for the KPI that one gives."""
    assert one.kpi == data.draw(targets(one.kpi)).kpi


@settings(max_examples=15)
@given(assessments())
def test_assessments_can_be_read(assessment):
    """An assessment says how it stands."""
    assert f": {assessment.status}" in str(assessment)


# --- The machine ----------------------------------------------------------------------------------


class InMemory(CaseMachine):
    """An app that keeps cases in a dictionary."""

    def __init__(self):
        super().__init__()
        self.store = {}

    def save(self, case):
        """Keep it."""
        self.store[case.complaint.id] = case

    def load(self, id):  # noqa: A002 - as in the class above
        """Give it back."""
        return self.store[id]


class Forgetful(InMemory):
    """An app that loses every third step."""

    def save(self, case):
        """Keep some of it."""
        super().save(Case(case.complaint, case.steps[:2]))


class Careless(InMemory):
    """An app that takes whatever step it is given."""

    def refuses(self, *_):
        """Never."""
        return False


class Rewriting(InMemory):
    """An app that changes what was said once the case has ended."""

    def load(self, id):  # noqa: A002 - as in the class above
        """Give something back."""
        case = super().load(id)
        if case.stage is not Stage.CLOSED:
            return case
        return attrs.evolve(case, complaint=attrs.evolve(case.complaint, concern="nothing"))


class OfOneId(InMemory):
    """An app that gives every complaint the same id."""

    def complaints(self):
        """Give complaints."""
        return complaints(ids=st.just("C-1"))


class OnPaper(CaseMachine):
    """An app of which nobody has said how it keeps cases."""


QUICK = settings(max_examples=20, stateful_step_count=12, database=None, derandomize=True)
TestInMemory = InMemory.TestCase
TestInMemory.settings = QUICK
TestOfOneId = OfOneId.TestCase
TestOfOneId.settings = QUICK


@pytest.mark.parametrize(
    ("machine", "message"),
    [
        (Forgetful, "was loaded as"),
        (Careless, "took a step that the flow does not allow"),
        (Rewriting, "nothing"),
    ],
)
def test_the_machine_finds_what_is_wrong(machine, message):
    """An app that loses, changes or takes what it must not is found out."""
    finding = settings(QUICK, max_examples=200, phases=[Phase.generate])
    with pytest.raises(AssertionError, match=message):
        run_state_machine_as_test(machine, settings=finding)


def test_a_step_is_tried_on_what_was_loaded():
    """Unless an app says more, it refuses what the case that it gives back refuses."""
    machine, case = InMemory(), simplest(cases(Stage.AGREED))
    machine.save(case)
    known = case.complaint.id
    wrong, right = simplest(impossible_steps(case)), simplest(next_steps(case))
    assert (True, False) == (machine.refuses(known, wrong), machine.refuses(known, right))


@pytest.mark.parametrize("missing", ["save", "load"])
def test_the_machine_wants_to_know_how(missing):
    """Without a way to save or to load there is nothing to run."""
    case = Case(simplest(complaints()))
    argument = case if missing == "save" else case.complaint.id
    with pytest.raises(NotImplementedError):
        getattr(OnPaper(), missing)(argument)


# --- What Hypothesis loads ------------------------------------------------------------------------

IN_ORDER = """
import sys
first, second = sys.argv[1:]
__import__(first)
loaded = [name for name in sys.modules if name.partition(".")[0] == "servicekit"]
__import__(second)
import attrs
from hypothesis import Phase, find, settings, strategies as st
from servicekit import Case
from servicekit.kpi import Kpi
eager = [name for name in sys.modules if name.startswith("servicekit.extra")]
registered = repr(st.from_type(Case))
from servicekit.benchmark import Score
@attrs.frozen
class Ticket:
    number: int
    case: Case
    kpis: list[Kpi]
quick = settings(database=None, phases=[Phase.generate])
kinds = (Case, Kpi, Score, Ticket)
found = [find(st.from_type(kind), lambda _: True, settings=quick) for kind in kinds]
import json
print(json.dumps([loaded + eager, registered, [type(each).__name__ for each in found]]))
"""


def in_a_fresh_process(code, *arguments, **environment):
    """Run code elsewhere, as a project does that has the library installed, and read its JSON."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment or None,
    )
    assert (0, "") == (done.returncode, done.stderr)
    return json.loads(done.stdout)


@pytest.mark.parametrize("first", ["hypothesis", "servicekit", "servicekit.kpi"])
def test_types_are_known_in_any_order(first):
    """Hypothesis first or the library first: ``from_type`` knows its values, also within others."""
    second = "servicekit" if first == "hypothesis" else "hypothesis"
    loaded, registered, found = in_a_fresh_process(IN_ORDER, first, second)
    assert (first == "hypothesis") == (loaded == [])
    assert not any(name.startswith("servicekit.extra") for name in loaded)
    assert "cases()" == registered
    assert ["Case", "Kpi", "Score", "Ticket"] == found


def test_one_entry_point():
    """What is installed has the one entry point that Hypothesis looks for."""
    ours = [each for each in entry_points(group="hypothesis") if each.name == "servicekit"]
    assert ["_servicekit_hypothesis:install"] == [each.value for each in ours]


def test_ones_own_strategy_stays():
    """What a project registers itself for a class is not replaced by anything loaded later."""
    code = """
import json
from hypothesis import find, strategies as st
from servicekit import Money
st.register_type_strategy(Money, st.just(Money(7, "EUR")))
import servicekit.kpi, servicekit.extra.strategies
print(json.dumps(str(find(st.from_type(Money), bool))))
"""
    assert "7 EUR" == in_a_fresh_process(code)


def test_a_class_without_a_strategy_is_left_to_hypothesis():
    """A public class that the table does not know is built as any other."""
    plugin = importlib.import_module("_servicekit_hypothesis")
    assert NotImplemented is plugin._on_demand(int)


def test_a_module_that_is_not_there():
    """A module of ours that does not exist is not found, with or without Hypothesis."""
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("servicekit.nowhere")
