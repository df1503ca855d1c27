"""Rules: what a field may hold, checked and worded."""

from decimal import Decimal
from math import inf, nan

import attrs
import pytest

from samples import START, numbered
from servicekit import _rules as rules
from servicekit._rules import Rule, all_are, described, each, is_a, set_of
from servicekit.complaint import Channel, Customer
from servicekit.errors import Problem, RecordError
from servicekit.resolution import Note

BLANKS = ("", " ", "\t\n\u2003")
NAIVE = START.replace(tzinfo=None)

CASES = {
    "TEXT": ((" a ", "ä"), (*BLANKS, None, 1, b"a", ["a"], Channel.PHONE, "\ud800")),
    "TEXT_OR_NONE": (("a", None), (*BLANKS, 0, False, b"a")),
    "ANY_TEXT": (("", " ", "a"), (None, 1, b"")),
    "TEXTS": ((("a",), ("a", "ä")), ((), ("",), ("a", " "), ("a", None), ("a", 1), ("\udfff",))),
    "ANY_TEXTS": (((), ("a",), ("a", "ä")), (("",), ("a", None), ("\udfff",), [])),
    "DATE": ((START.date(),), (NAIVE, None, "2026-05-04", 0)),
    "DATE_OR_NONE": ((START.date(), None), (NAIVE, "", 0)),
    "FLAG": ((True, False), (None, 0, 1, "true")),
    "FLAG_OR_NONE": ((True, False, None), (0, 1, "", "false")),
    "INSTANT": ((START,), (NAIVE, None, "2026-05-04T09:30:00+00:00", START.date(), 0)),
    "INSTANT_OR_NONE": ((START, None), (NAIVE, "", 0)),
    "NATURAL": ((0, 7, 2**53 - 1), (2**53, -1, True, False, 1.0, "1", None, Decimal(1))),
    "LEVEL": ((0.95, 0.5, 5e-324), (0.0, 1.0, 1, 0, True, "0.95", None, nan, inf, Decimal("0.9"))),
    "LANGUAGE": (("fi", "en-GB", "x-whatever"), (None, "", "en_GB", "finnish language", 1)),
    "LANGUAGE_OR_NONE": (
        (
            None,
            "fi",
            "en-GB",
            "EN-gb",
            "zh-yue",
            "zh-Hant-TW",
            "es-419",
            "sl-rozaj-biske",
            "de-CH-1901",
            "de-a-value",
            "en-a-bbb-x-a-ccc",
            "x-whatever",
            "gsw",
        ),
        (
            "",
            "f",
            "finnish language",
            "en_GB",
            "fi-",
            "-fi",
            "fi\n",
            "fi-FIN-",
            "e1",
            "en-GB-US",
            "x-",
            "en-x",
            "en-a",
            "\u017fv",
            "de-toolongsubtag",
            1,
            b"fi",
            ("fi",),
        ),
    ),
}


HOLDING = [(name, good) for name, (goods, _) in CASES.items() for good in goods]
REFUSED = [(name, bad) for name, (_, bads) in CASES.items() for bad in bads]


@pytest.mark.parametrize(("name", "value"), HOLDING, ids=numbered(HOLDING))
def test_holds(name, value):
    """A rule finds nothing wrong with what it allows."""
    assert None is getattr(rules, name).problem("field", value)


@pytest.mark.parametrize(("name", "value"), REFUSED, ids=numbered(REFUSED))
def test_refuses(name, value):
    """A rule names the field, shows the value and says what is allowed."""
    rule = getattr(rules, name)
    problem = rule.problem("field", value)
    assert ("field", rule.allowed) == (problem.field, problem.allowed)
    assert repr(value) == problem.value


def test_every_rule_is_tried():
    """No rule of the module is left out above."""
    assert set(CASES) == {name for name, rule in vars(rules).items() if isinstance(rule, Rule)}


MADE = [
    (is_a(Customer), "a Customer", [Customer("A")], [None, "A", Note]),
    (is_a(Customer, optional=True), "a Customer, or None", [Customer("A"), None], ["A", 0]),
    (each(int), "a tuple, each element a int", [(), (1,), (1, 2)], [("a",), (1, None)]),
    (each(int, at_least=2), "a tuple, each element a int, at least 2", [(1, 2)], [(), (1,)]),
    (
        set_of(int),
        "a set, each element a int",
        [frozenset(), frozenset({1})],
        [{1}, (1,), "", None],
    ),
]


@pytest.mark.parametrize(("rule", "allowed", "goods", "bads"), MADE, ids=numbered(MADE))
def test_made_for_a_class(rule, allowed, goods, bads):
    """A rule for values of a class holds for those alone, and says so."""
    assert [None] * len(goods) == [rule.problem("f", good) for good in goods]
    assert [Problem("f", repr(bad), allowed) for bad in bads] == [
        rule.problem("f", bad) for bad in bads
    ]


def test_a_vocabulary_is_spelled_out():
    """The words of a rule for a term list every term."""
    assert "a Channel: in_person, phone, email, letter, web, chat, social_media" == described(
        Channel
    )


def test_all_are():
    """Every element counts, and none is no exception."""
    assert [True, True, False] == [all_are(v, int) for v in [(), (1, 2), (1, "a")]]


def test_is_an_attrs_validator():
    """`attrs.validate` asks the rules as well."""
    good = Customer("Aino")
    assert None is attrs.validate(good)
    broken = object.__new__(Customer)
    for field in attrs.fields(Customer):
        vars(Customer)[field.name].__set__(broken, " ")
    with pytest.raises(
        RecordError, match="Customer: name is ' ', allowed: well-formed text that is not blank"
    ):
        attrs.validate(broken)
