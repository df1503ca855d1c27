"""Values: attrs' own constructor, compiled with the rules of its fields."""

import inspect
import typing
import weakref

import attrs
import pytest
from attrs import field, frozen

from samples import FULL_COMPLAINT, START, complaint, numbered
from servicekit import complaint as complaint_module
from servicekit import money as money_module
from servicekit import resolution
from servicekit._rules import TEXT, TEXT_OR_NONE
from servicekit._values import Value, refuse, several
from servicekit.complaint import Channel, Complaint, Customer, Dissatisfaction, Subject
from servicekit.errors import Problem, RecordError
from servicekit.resolution import Case, Fix, Note, Promise, Proposal, Solution, Understanding

CLASSES = sorted(
    {
        value
        for module in (complaint_module, money_module, resolution)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Value) and value is not Value
    },
    key=lambda kind: kind.__name__,
)


def test_all_classes_are_here():
    """The steps, the complaint with its parts, money, totals, solutions and cases are values."""
    assert 22 == len(CLASSES)


@pytest.mark.parametrize("kind", CLASSES)
def test_signature_is_the_declared_one(kind):
    """Names, order, kinds and defaults of the parameters are those that attrs declares."""
    taken = [each for each in attrs.fields(kind) if each.init]
    positional = [each for each in taken if not each.kw_only]
    keyword = [each for each in taken if each.kw_only]
    expected = [
        (each.name, each.default if each.default is not attrs.NOTHING else inspect.Parameter.empty)
        for each in [*positional, *keyword]
    ]
    parameters = inspect.signature(kind).parameters.values()
    assert expected == [(each.name, each.default) for each in parameters]
    assert [each.name for each in keyword] == [
        each.name for each in parameters if each.kind is inspect.Parameter.KEYWORD_ONLY
    ]


@pytest.mark.parametrize("kind", CLASSES)
def test_annotations_are_the_declared_ones(kind):
    """The constructor says of each parameter the type that attrs would say."""
    expected = {
        each.name: next(iter(typing.get_type_hints(each.converter).values()))
        if each.converter
        else each.type
        for each in attrs.fields(kind)
        if each.init
    }
    assert expected | {"return": type(None)} == typing.get_type_hints(kind.__init__)


@pytest.mark.parametrize("kind", CLASSES)
def test_named_as_attrs_names_it(kind):
    """Tracebacks and documentation find the constructor where it belongs."""
    init = kind.__init__
    assert (f"{kind.__name__}.__init__", kind.__module__) == (init.__qualname__, init.__module__)


@pytest.mark.parametrize("kind", CLASSES)
def test_no_dict(kind):
    """Values have slots and nothing else."""
    assert not hasattr(object.__new__(kind), "__dict__")


@pytest.mark.parametrize("kind", CLASSES)
def test_options_are_keyword_only_from_the_third_field(kind):
    """What is required may be given by position, and of the rest at most the first two fields."""
    positional = [each for each in attrs.fields(kind) if each.init and not each.kw_only]
    assert [] == [each.name for each in positional[2:] if each.default is not attrs.NOTHING]


def test_every_problem_at_once():
    """A record is refused with all that is wrong with it, in the order of its fields."""
    with pytest.raises(RecordError) as caught:
        Complaint(
            " ",
            "Aino",
            channel="phone",
            received_at=START.replace(tzinfo=None),
            received_by=None,
            concern="",
            category=" ",
            causes="slow",
            remedy_sought=1,
            on_behalf_of="Eero",
            about="O-1",
        )
    assert """\
Complaint has 11 problems:
  id is ' ', allowed: well-formed text that is not blank
  customer is 'Aino', allowed: a Customer
  channel is 'phone', allowed: a Channel: in_person, phone, email, letter, web, chat, social_media
  received_at is datetime.datetime(2026, 5, 4, 9, 30), allowed: an instant with its UTC offset, \
such as 2026-05-04T09:30:00+03:00
  received_by is None, allowed: well-formed text that is not blank
  concern is '', allowed: well-formed text that is not blank
  category is ' ', allowed: well-formed text that is not blank, or None where nothing is known
  causes is 'slow', allowed: a set, each element a Dissatisfaction: unprofessional, impersonal, \
not_right_first_time, bad_result, not_solved, treated_badly, overcharged, slow_answer, bad_attitude
  remedy_sought is 1, allowed: well-formed text that is not blank, or None where nothing is known
  on_behalf_of is 'Eero', allowed: a Customer, or None
  about is 'O-1', allowed: a Subject, or None""" == str(caught.value)


MISFITS = [
    Customer,
    lambda: Customer("A", "B", "C"),
    lambda: Customer("A", nickname="B"),
    lambda: Note("text", "Mika", START),
    lambda: Case(complaint(), (), _stage="resolved"),
    lambda: Case(complaint(), (), stage="resolved"),
]


@pytest.mark.parametrize("make", MISFITS, ids=numbered(MISFITS))
def test_a_call_that_does_not_fit_is_a_type_error(make):
    """What is not a parameter is refused as Python refuses it."""
    with pytest.raises(TypeError):
        make()


@pytest.mark.parametrize("name", ["name", "address", "other", "__class__"])
def test_frozen(name):
    """A value cannot be changed, nor given anything more."""
    with pytest.raises(AttributeError):
        setattr(FULL_COMPLAINT.customer, name, "B")


def test_cannot_be_deleted_from():
    """Nothing can be taken from a value."""
    with pytest.raises(AttributeError):
        del FULL_COMPLAINT.customer.name


def test_evolve_checks_again():
    """A changed copy is checked as a new value is."""
    with pytest.raises(RecordError, match="Complaint: concern is ''"):
        attrs.evolve(FULL_COMPLAINT, concern="")


def test_weakly_referenced():
    """Values can be weakly referenced, as attrs' slotted classes can."""
    customer = Customer("A")
    assert customer is weakref.ref(customer)()


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ((1, 2), (1, 2)),
        ([1, 2], (1, 2)),
        ([], ()),
        ("abc", ("abc",)),
        (None, (None,)),
        ({1: 2}, ({1: 2},)),
    ],
)
def test_several(given, taken):
    """A list is a tuple, and one thing, a text above all, is a tuple of it."""
    assert taken == several(given)


@pytest.mark.parametrize(
    "given",
    [
        {Dissatisfaction.OVERCHARGED},
        [Dissatisfaction.OVERCHARGED, Dissatisfaction.OVERCHARGED],
        (Dissatisfaction.OVERCHARGED,),
        frozenset({Dissatisfaction.OVERCHARGED}),
    ],
    ids=["set", "list", "tuple", "frozenset"],
)
def test_causes_become_a_frozen_set(given):
    """Sets, lists and tuples of causes become frozen sets."""
    assert frozenset({Dissatisfaction.OVERCHARGED}) == complaint(causes=given).causes


@pytest.mark.parametrize("given", ["overcharged", {1: 2}, [[]], None])
def test_causes_that_cannot_be_a_set(given):
    """Anything else stays as it is for the rule to refuse."""
    with pytest.raises(RecordError, match="Complaint: causes is "):
        complaint(causes=given)


REFUSALS = [
    (
        lambda: Understanding("facts", "r", confirmed=1, at=START, by=""),
        (
            "Understanding has 2 problems:\n"
            "  by is '', allowed: well-formed text that is not blank\n"
            "  confirmed is 1, allowed: True or False"
        ),
    ),
    (
        lambda: Fix([], "sorry", at=START, by="Mika"),
        "Fix: actions is (), allowed: well-formed text, one or several, none blank",
    ),
    (
        lambda: Fix("Sent", " ", compensation=5, at=START, by="Mika"),
        (
            "Fix has 2 problems:\n  apology is ' ', allowed: well-formed text that is not blank\n"
            "  compensation is (5,), allowed: a tuple, each element a Money"
        ),
    ),
    (
        lambda: Proposal("w", "a new one", accepted=True, at=START, by="Mika"),
        (
            "Proposal: solutions is ('a new one',), allowed: a tuple, each element a Solution, "
            "at least 1"
        ),
    ),
    (
        lambda: Solution("w", "r", promised_by="soon"),
        (
            "Solution: promised_by is 'soon', allowed: an instant with its UTC offset, such as "
            "2026-05-04T09:30:00+03:00, or None"
        ),
    ),
    (
        lambda: Promise("k", "w", due="soon", at=START, by="Mika"),
        (
            "Promise: due is 'soon', allowed: an instant with its UTC offset, such as "
            "2026-05-04T09:30:00+03:00"
        ),
    ),
    (Subject, "Subject: order is None, allowed: an order, a product or a policy"),
]


@pytest.mark.parametrize(("build", "sentence"), REFUSALS, ids=numbered(REFUSALS))
def test_words(build, sentence):
    """A refusal says field, value and what is allowed."""
    with pytest.raises(RecordError) as caught:
        build()
    assert sentence == str(caught.value)


@frozen
class Loose(Value):
    """A value of the tests: one field has a rule, one a converter of its own, one nothing."""

    name: str = field(validator=TEXT)
    length: int = field(default=0, converter=lambda value: value * 2)
    rest: object = field(default=None, kw_only=True)
    note: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)


def test_any_converter_is_called():
    """A converter that is none of the library's own is called whatever is given."""
    assert (0, 6) == (Loose("a").length, Loose("a", 3).length)


def test_a_field_without_a_rule_holds_anything():
    """Only fields with rules are asked; the others are not among the problems."""
    assert 1j == Loose("a", rest=1j).rest
    with pytest.raises(RecordError) as caught:
        Loose("", 1, rest=1j, note="")
    assert ("name", "note") == tuple(problem.field for problem in caught.value.problems)


def test_refuse():
    """A value is refused for one field with what stands there."""
    with pytest.raises(RecordError) as caught:
        refuse(Customer("A"), "name", "a longer name")
    assert ("Customer", (Problem("name", "'A'", "a longer name"),)) == (
        caught.value.record,
        caught.value.problems,
    )


def test_terms_show_as_they_are_written():
    """A term is its text, and its repr the expression that names it."""
    assert ("phone", "phone", "Channel.PHONE") == (
        Channel.PHONE,
        str(Channel.PHONE),
        repr(Channel.PHONE),
    )
