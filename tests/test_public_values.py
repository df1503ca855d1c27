"""What holds for every public value: it pickles, hashes, copies, and shows how it is made."""

import datetime as dt
import importlib
import pickle
import zoneinfo
from collections.abc import Mapping
from copy import copy, deepcopy
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

import servicekit.benchmark
import servicekit.catalogue.satisfaction
import servicekit.change
import servicekit.complaint
import servicekit.errors
import servicekit.feedback
import servicekit.inference
import servicekit.kpi
import servicekit.money
import servicekit.policy
import servicekit.problems
import servicekit.recurrence
import servicekit.register
import servicekit.resolution
import servicekit.worktime
from samples import ERRORS, VALUES, at, case, note, numbered
from servicekit.benchmark import Comparison, Score, Summary
from servicekit.resolution import Case, Stage
from servicekit.worktime import Timetable

PUBLIC = [
    getattr(module, name)
    for module in (
        servicekit.benchmark,
        servicekit.catalogue.satisfaction,
        servicekit.change,
        servicekit.complaint,
        servicekit.errors,
        servicekit.feedback,
        servicekit.inference,
        servicekit.kpi,
        servicekit.money,
        servicekit.policy,
        servicekit.problems,
        servicekit.recurrence,
        servicekit.register,
        servicekit.resolution,
        servicekit.worktime,
    )
    for name in module.__all__
]
NAMESPACE = {getattr(one, "__name__", ""): one for one in PUBLIC} | {
    "datetime": dt,
    "Decimal": Decimal,
    "Fraction": Fraction,
    "zoneinfo": zoneinfo,
}


ABSTRACT = {Timetable}
"""What has no values of its own: a calendar and a history of calendars are one each."""

ABBREVIATED = (Comparison, Score, Summary)
"""What shows the instrument that it rests on by its key alone: it fills pages."""

RESULTS = (
    servicekit.change.Change,
    servicekit.change.Changes,
    servicekit.kpi.Assessment,
    servicekit.kpi.Equity,
    servicekit.kpi.Groups,
    servicekit.kpi.Measurement,
    servicekit.kpi.Measurements,
    servicekit.kpi.Scorecard,
    servicekit.kpi.Standing,
    servicekit.policy.ReviewFigures,
    servicekit.policy.ServiceReview,
)
"""What shows what was measured, and not the sums that it rests on."""

SHOWN = [value for value in VALUES if not isinstance(value, ABBREVIATED + RESULTS)]
RECORDS = [value for value in VALUES if attrs.has(type(value))]


def beside(kind):
    """Give the public names of the module that a class is of: some stand in several modules."""
    module = importlib.import_module(".".join(kind.__module__.split(".")[:2]))
    return {name: getattr(module, name) for name in module.__all__}


def test_every_class_has_a_sample():
    """No public class is left out of the laws below."""
    classes = {kind for kind in PUBLIC if isinstance(kind, type)}
    assert classes - ABSTRACT == {type(value) for value in (*VALUES, *ERRORS)}


@pytest.mark.parametrize("value", VALUES, ids=numbered(VALUES))
def test_pickles(value):
    """A value comes out of a pickle of any protocol as it went in."""
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(value, protocol))
        assert (type(value), value, repr(value)) == (type(again), again, repr(again))


@pytest.mark.parametrize("value", VALUES, ids=numbered(VALUES))
def test_hashes(value):
    """Equal values have equal hashes."""
    assert hash(value) == hash(pickle.loads(pickle.dumps(value)))


@pytest.mark.parametrize("value", [*SHOWN, *ERRORS[1:]], ids=numbered((*SHOWN, *ERRORS[1:])))
def test_repr_is_a_constructor_call(value):
    """What a value or an error shows is the expression that makes it."""
    own = {type(value).__name__: type(value)}
    again = eval(repr(value), NAMESPACE | beside(type(value)) | own)  # noqa: S307 - our own repr
    assert (type(value), repr(value)) == (type(again), repr(again))
    assert value == again or isinstance(value, Exception)


@pytest.mark.parametrize("value", [v for v in VALUES if isinstance(v, ABBREVIATED)], ids=repr)
def test_abbreviated(value):
    """A score, a summary and a comparison show the key of their instrument."""
    assert f"{type(value).__name__}(instrument=<Instrument 'desk'>, " in repr(value)


@pytest.mark.parametrize("value", VALUES, ids=numbered(VALUES))
def test_copies(value):
    """A copy, deep or not, is an equal value."""
    assert value == copy(value) == deepcopy(value)


@pytest.mark.parametrize("value", RECORDS, ids=numbered(RECORDS))
def test_evolves_to_itself(value):
    """A copy with nothing changed is an equal value."""
    assert value == attrs.evolve(value)


@pytest.mark.parametrize("value", VALUES, ids=numbered(VALUES))
def test_differs_from_all_others(value):
    """A value is equal to itself and to none other of its class."""
    assert [value] == [other for other in VALUES if type(other) is type(value) and other == value]


@pytest.mark.parametrize("value", VALUES, ids=numbered(VALUES))
def test_frozen(value):
    """No attribute of a value can be set."""
    names = [field.name for field in attrs.fields(type(value))] if attrs.has(type(value)) else []
    for name in [*names, "value", "name"]:
        with pytest.raises(AttributeError):
            setattr(value, name, None)


def test_keeps_a_mapping_as_it_was():
    """What becomes of a mapping that a value was made of is nothing to the value."""
    tried = set()
    for value in RECORDS:
        for one in attrs.fields(type(value)):
            held = getattr(value, one.name)
            if one.init and isinstance(held, Mapping) and not attrs.has(type(held)):
                given = dict(held)
                made = attrs.evolve(value, **{one.alias: given})
                given.clear()
                assert value == made
                tried.add(type(value))
    assert {servicekit.benchmark.Answers, servicekit.kpi.Groups} <= tried


def test_long_histories():
    """A case of 5,000 steps pickles, compares, hashes, prints and is replayed."""
    steps = tuple(note(minute) for minute in range(1, 5001))
    long = case()
    for step in steps:
        long = long.advance(step)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(long, protocol))
        assert (long, hash(long), repr(long)) == (again, hash(again), repr(again))
    assert case(*steps) == long
    assert 5002 == long.timeline().count("\n") + 1
    assert 2500 == len(long.as_of(at(2500)).steps)
    assert Stage.RECEIVED is long.stage


def test_a_pickle_holds_no_derived_stage():
    """What is derived is not stored: the stage of an unpickled case is replayed."""
    assert (Case, (case().complaint, ())) == case().__reduce__()
