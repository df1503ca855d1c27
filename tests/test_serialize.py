"""Reading and writing data: strict, with every problem and its path, on any cattrs converter."""

import json
import pickle
from collections import UserDict
from collections.abc import Mapping
from copy import copy, deepcopy
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import partial
from math import inf, nan
from types import MappingProxyType
from zoneinfo import ZoneInfo

import cattrs
import pytest
from attrs import field, frozen
from cattrs.preconf import json as plain_json
from cattrs.preconf import msgspec, orjson

from samples import (
    BEFORE,
    FULL_CASE,
    GAPS,
    INSTRUMENT,
    PERFORMANCE,
    START,
    SUMMARY,
    VALUES,
    WITH_GAP,
    at,
    case,
    note,
    numbered,
)
from servicekit.benchmark import (
    Answers,
    Instrument,
    Scale,
    Score,
    Scores,
    StatementSummary,
    Summary,
    Tally,
    score,
)
from servicekit.catalogue.satisfaction import (
    ACSI,
    GapScoring,
    IndexScoring,
    PerformanceScoring,
    QualityScore,
)
from servicekit.complaint import Channel, Complaint, Customer, Subject
from servicekit.errors import FlowError, RecordError, ServicekitError
from servicekit.inference import Difference, Sample
from servicekit.money import Money, Totals
from servicekit.resolution import Case, Correction, Fix, FollowUp, Note, Proposal, Step
from servicekit.serialize import DataError, configure_converter, explain, make_converter

FACTORIES = {
    "ours": partial(make_converter, zone=ZoneInfo),
    "plain": cattrs.Converter,
    "json": plain_json.make_converter,
    "orjson": orjson.make_converter,
    "msgspec": msgspec.make_converter,
}


@pytest.fixture(params=FACTORIES)
def converter(request):
    """Give each kind of converter, taught the values."""
    made = FACTORIES[request.param]()
    if request.param != "ours":
        configure_converter(made, zone=ZoneInfo)
    return made


ours = make_converter(zone=ZoneInfo)


def problems(data, kind, by=ours):
    """Read data that must be refused and list what is wrong with them."""
    with pytest.raises(DataError) as caught:
        by.structure(data, kind)
    lines = explain(caught.value)
    number = f"{len(lines)} problem{'s' if len(lines) > 1 else ''}"
    assert f"{caught.value.message} has {number}:" == str(caught.value).splitlines()[0]
    return lines


CUSTOMER = {"name": "Aino"}
COMPLAINT = {
    "id": "C-17",
    "customer": CUSTOMER,
    "channel": "phone",
    "received_at": "2026-05-04T09:30:00+00:00",
    "received_by": "Mika",
    "concern": "It leaks",
}
SAID = {"at": "2026-05-04T09:31:00+00:00", "by": "Mika"}
NOTE = {"step": "Note", **SAID, "text": "Called"}
MONEY = {"amount": "12.50", "currency": "EUR"}
AN_INSTANT = "allowed: an instant with its UTC offset, such as 2026-05-04T09:30:00+03:00"


# --- Writing and reading back ---------------------------------------------------------------------


@pytest.mark.parametrize("value", VALUES, ids=numbered(VALUES))
def test_every_public_value_comes_back(converter, value):
    """A value is read back as it was written, from data and from text."""
    kind = type(value)
    assert value == converter.structure(converter.unstructure(value), kind)
    if hasattr(converter, "dumps"):
        again = converter.loads(converter.dumps(value), kind)
        assert (kind, value, repr(value)) == (type(again), again, repr(again))


def test_written(converter):
    """Instants, amounts, terms, sets and steps are written as text and lists."""
    dumped = (
        json.loads(converter.dumps(FULL_CASE))
        if hasattr(converter, "dumps")
        else converter.unstructure(FULL_CASE)
    )
    assert {
        "id": "C-17",
        "customer": {
            "name": "Aino Virtanen",
            "address": "Kaivokatu 1, Helsinki",
            "phone": "+358 40 123 4567",
            "email": "aino@example.org",
            "language": "fi",
        },
        "channel": "social_media",
        "received_at": "2026-05-04T09:30:00+00:00",
        "received_by": "Mika",
        "concern": "The kettle leaks",
        "category": "leak",
        "causes": ["not_right_first_time", "slow_answer"],
        "remedy_sought": "replacement",
        "on_behalf_of": {
            "name": "Eero Virtanen",
            "address": None,
            "phone": "+358 9 1234",
            "email": None,
            "language": None,
        },
        "about": {"order": "O-1", "product": "K-2", "policy": "P-3"},
    } == dumped["complaint"]
    assert {
        "step": "Fix",
        "at": "2026-05-04T09:50:00+00:00",
        "by": "Salla",
        "actions": ["Sent a new kettle", "Gave a lesson"],
        "apology": "We are sorry",
        "compensation": [MONEY, {"amount": "3", "currency": "GBP"}],
    } == dumped["steps"][12]
    assert {"complaint", "steps"} == set(dumped)
    assert [type(step).__name__ for step in FULL_CASE.steps] == [
        step["step"] for step in dumped["steps"]
    ]


def test_only_text_lists_and_mappings_are_written():
    """Data are JSON-ready: nothing but what JSON knows, of the plain types."""

    def kinds(data):
        yield type(data)
        for inner in data.values() if isinstance(data, dict) else data:
            yield from kinds(inner) if isinstance(inner, dict | list) else [type(inner)]

    assert {dict, list, str, bool, int, type(None)} == set(kinds(ours.unstructure(FULL_CASE)))


@pytest.mark.parametrize("value", [FULL_CASE, FULL_CASE.complaint, FULL_CASE.record()])
def test_written_twice_alike(value):
    """The same value is written the same way, sets too."""
    assert ours.dumps(value) == ours.dumps(deepcopy(value))


def test_the_offset_is_kept(converter):
    """An instant is read back in the offset in which it was recorded."""
    zone = timezone(timedelta(hours=5, minutes=45))
    step = Note("text", at=START.astimezone(zone), by="Mika")
    again = converter.structure(converter.unstructure(step), Note)
    assert "2026-05-04T15:15:00+05:45" == again.at.isoformat()


def test_an_offset_with_seconds(converter):
    """An instant in an offset with seconds is the same instant when it is read back."""
    zone = timezone(timedelta(hours=1, minutes=39, seconds=49))
    step = Note("text", at=datetime(1900, 1, 1, tzinfo=zone), by="Mika")
    assert step == converter.structure(converter.unstructure(step), Note)
    if hasattr(converter, "dumps"):
        assert step == converter.loads(converter.dumps(step), Note)


def test_microseconds(converter):
    """Not a microsecond is lost."""
    step = Note("text", at=START.replace(microsecond=1), by="Mika")
    assert step.at == converter.structure(converter.unstructure(step), Note).at


def test_digits_of_an_amount(converter):
    """An amount is read back with its digits, trailing zeros too."""
    again = converter.structure(converter.unstructure(Money("12.50", "EUR")), Money)
    assert "12.50" == str(again.amount)


def test_defaults_may_be_left_out(converter):
    """What has a default need not stand in the data."""
    least = COMPLAINT | {"customer": {"name": "Aino Virtanen"}, "concern": "The kettle leaks"}
    assert case() == converter.structure({"complaint": least}, Case)


def test_the_tag_is_only_needed_where_it_tells():
    """Where the kind of step is known, data need not say it."""
    untagged = {key: value for key, value in NOTE.items() if key != "step"}
    assert note().text == ours.structure(untagged, Note).text
    assert note() == ours.structure(NOTE, Step)


def test_data_are_left_as_they_are():
    """Reading changes nothing in the data, whether it succeeds or not."""
    good, bad = deepcopy(NOTE), NOTE | {"at": "x"}
    ours.structure(good, Step)
    with pytest.raises(DataError):
        ours.structure(bad, Step)
    assert (NOTE, NOTE | {"at": "x"}) == (good, bad)


def test_instants_that_are_instants_already():
    """The plain converter reads datetimes as well as their text."""
    assert note() == ours.structure(NOTE | {"at": at(1)}, Note)


# --- What is refused ------------------------------------------------------------------------------

TEXT = "allowed: well-formed text that is not blank"
NO_MONEY = "allowed: the text of a number, such as '12.50'"
NO_AMOUNT = (
    "allowed: a finite Decimal, a whole number or the text of one, such as '12.50', "
    "of at most 1000 digits; never a float"
)
REFUSED = {
    "unknown entry": (
        NOTE | {"extra": 1},
        Step,
        "$.extra: 1, allowed: no such entry, only at, by, text",
    ),
    "unknown tag": (
        NOTE | {"step": "Memo"},
        Step,
        (
            "$.step: 'Memo', allowed: one of Acknowledgement, Cause, Closure, Correction, "
            "Escalation, "
            "Fix, FollowUp, Goodwill, Note, Prevention, Promise, PromiseKept, Proposal, Reopening, "
            "Understanding"
        ),
    ),
    "wrong tag": (NOTE | {"step": "Fix"}, Note, "$.step: 'Fix', allowed: Note"),
    "tag null": (NOTE | {"step": None}, Note, "$.step: None, allowed: Note"),
    "tag a list": (NOTE | {"step": ["Note"]}, Note, "$.step: ['Note'], allowed: Note"),
    "naive": (
        NOTE | {"at": "2026-05-04T09:30:00"},
        Step,
        f"$.at: '2026-05-04T09:30:00', {AN_INSTANT}",
    ),
    "a date": (NOTE | {"at": "2026-05-04"}, Step, f"$.at: '2026-05-04', {AN_INSTANT}"),
    "a number": (NOTE | {"at": 1777887000}, Step, f"$.at: 1777887000, {AN_INSTANT}"),
    "naive datetime": (
        NOTE | {"at": START.replace(tzinfo=None)},
        Step,
        f"$.at: datetime.datetime(2026, 5, 4, 9, 30), {AN_INSTANT}",
    ),
    "no such day": (
        NOTE | {"at": "2026-02-30T09:30:00Z"},
        Step,
        f"$.at: '2026-02-30T09:30:00Z', {AN_INSTANT}",
    ),
    "null": (NOTE | {"by": None}, Step, f"$.by: None, {TEXT}"),
    "blank": (NOTE | {"by": " "}, Step, f"$.by: ' ', {TEXT}"),
    "number for text": (NOTE | {"text": 5}, Step, f"$.text: 5, {TEXT}"),
    "missing": ({**SAID}, Note, f"$.text: missing, {TEXT}"),
    "float": (MONEY | {"amount": 12.5}, Money, f"$.amount: 12.5, {NO_MONEY}"),
    "int": (MONEY | {"amount": 12}, Money, f"$.amount: 12, {NO_MONEY}"),
    "Decimal": (MONEY | {"amount": Decimal(12)}, Money, f"$.amount: Decimal('12'), {NO_MONEY}"),
    "true": (MONEY | {"amount": True}, Money, f"$.amount: True, {NO_MONEY}"),
    "no number": (MONEY | {"amount": "12,50"}, Money, f"$.amount: '12,50', {NO_AMOUNT}"),
    "spaced": (MONEY | {"amount": " 1_0 "}, Money, f"$.amount: ' 1_0 ', {NO_AMOUNT}"),
    "NaN": (MONEY | {"amount": "NaN"}, Money, f"$.amount: 'NaN', {NO_AMOUNT}"),
    "huge": (MONEY | {"amount": "1E+1000"}, Money, f"$.amount: '1E+1000', {NO_AMOUNT}"),
    "currency": (
        MONEY | {"currency": "euro"},
        Money,
        "$.currency: 'euro', allowed: an ISO 4217 code of three capital letters, such as 'EUR'",
    ),
    "a list": ([], Money, "$: [], allowed: a mapping with the entries of Money"),
    "a text": ("12.50 EUR", Money, "$: '12.50 EUR', allowed: a mapping with the entries of Money"),
    "nothing": (None, Customer, "$: None, allowed: a mapping with the entries of Customer"),
    "a set": ({"name"}, Customer, "$: {'name'}, allowed: a mapping with the entries of Customer"),
    "pairs": (
        [("name", "Aino")],
        Customer,
        "$: [('name', 'Aino')], allowed: a mapping with the entries of Customer",
    ),
    "a value": (
        Subject("O"),
        Subject,
        (
            "$: Subject(order='O', product=None, policy=None), allowed: a mapping with the "
            "entries of "
            "Subject"
        ),
    ),
    "nested null": (
        COMPLAINT | {"customer": None},
        Complaint,
        "$.customer: None, allowed: a mapping with the entries of Customer",
    ),
    "nested": (
        COMPLAINT | {"customer": {"name": ""}},
        Complaint,
        f"$.customer.name: '', {TEXT}",
    ),
    "optional": (
        COMPLAINT | {"on_behalf_of": {"name": 1}},
        Complaint,
        f"$.on_behalf_of.name: 1, {TEXT}",
    ),
    "term": (
        COMPLAINT | {"channel": "fax"},
        Complaint,
        (
            "$.channel: 'fax', allowed: a Channel: in_person, phone, email, letter, web, chat, "
            "social_media"
        ),
    ),
    "term in capitals": (
        COMPLAINT | {"channel": "PHONE"},
        Complaint,
        (
            "$.channel: 'PHONE', allowed: a Channel: in_person, phone, email, letter, web, chat, "
            "social_media"
        ),
    ),
    "term of a list": (
        COMPLAINT | {"channel": ["phone"]},
        Complaint,
        (
            "$.channel: ['phone'], allowed: a Channel: in_person, phone, email, letter, web, chat, "
            "social_media"
        ),
    ),
    "text for a set": (
        COMPLAINT | {"causes": "overcharged"},
        Complaint,
        "$.causes: 'overcharged', allowed: a list",
    ),
    "dict for a set": (
        COMPLAINT | {"causes": {"overcharged": 1}},
        Complaint,
        "$.causes: {'overcharged': 1}, allowed: a list",
    ),
    "null for a set": (COMPLAINT | {"causes": None}, Complaint, "$.causes: None, allowed: a list"),
    "term in a set": (
        COMPLAINT | {"causes": ["overcharged", "weather"]},
        Complaint,
        (
            "$.causes[1]: 'weather', allowed: a Dissatisfaction: unprofessional, impersonal, "
            "not_right_first_time, bad_result, not_solved, treated_badly, overcharged, "
            "slow_answer, "
            "bad_attitude"
        ),
    ),
    "subject of nothing": (
        COMPLAINT | {"about": {}},
        Complaint,
        "$.about.order: None, allowed: an order, a product or a policy",
    ),
    "text for actions": (
        {**SAID, "actions": "Sent", "apology": "Sorry"},
        Fix,
        "$.actions: 'Sent', allowed: a list",
    ),
    "dict for actions": (
        {**SAID, "actions": {"Sent": 1}, "apology": "Sorry"},
        Fix,
        "$.actions: {'Sent': 1}, allowed: a list",
    ),
    "no actions": (
        {**SAID, "actions": [], "apology": "Sorry"},
        Fix,
        "$.actions: (), allowed: well-formed text, one or several, none blank",
    ),
    "number in actions": (
        {**SAID, "actions": ["a", 1], "apology": "Sorry"},
        Fix,
        "$.actions[1]: 1, allowed: text",
    ),
    "below zero": (
        {**SAID, "actions": ["a"], "apology": "s", "compensation": [MONEY | {"amount": "-1"}]},
        Fix,
        (
            "$.compensation: (Money(amount=Decimal('-1'), currency='EUR'),), allowed: no amount "
            "below "
            "zero"
        ),
    ),
    "amount in compensation": (
        {**SAID, "actions": ["a"], "apology": "s", "compensation": [MONEY, {"amount": 1}, 5]},
        Fix,
        f"$.compensation[1].amount: 1, {NO_MONEY}",
    ),
    "one for true": (
        {**SAID, "satisfied": 1},
        FollowUp,
        "$.satisfied: 1, allowed: True, False, or None where it is not known",
    ),
    "text for true": (
        {**SAID, "satisfied": "false"},
        FollowUp,
        "$.satisfied: 'false', allowed: True, False, or None where it is not known",
    ),
    "float for a position": (
        {**SAID, "annuls": 1.0, "reason": "r"},
        Correction,
        "$.annuls: 1.0, allowed: a whole number from 0 to 2**53 - 1",
    ),
    "true for a position": (
        {**SAID, "annuls": True, "reason": "r"},
        Correction,
        "$.annuls: True, allowed: a whole number from 0 to 2**53 - 1",
    ),
    "wish left out": (
        {**SAID, "solutions": [{"what": "w", "remedy": "r"}], "accepted": True},
        Proposal,
        f"$.wish: missing, {TEXT}, or None where nothing is known",
    ),
    "private": (
        {"complaint": COMPLAINT, "_stage": "resolved"},
        Case,
        "$._stage: 'resolved', allowed: no such entry, only complaint, steps",
    ),
    "derived": (
        {"complaint": COMPLAINT, "stage": "resolved"},
        Case,
        "$.stage: 'resolved', allowed: no such entry, only complaint, steps",
    ),
    "dict for steps": (
        {"complaint": COMPLAINT, "steps": NOTE},
        Case,
        f"$.steps: {dict(sorted(NOTE.items()))!r}, allowed: a list",
    ),
    "flow": (
        {"complaint": COMPLAINT, "steps": [NOTE, {"step": "Reopening", **SAID, "reason": "r"}]},
        Case,
        (
            "$.steps[1]: step 1: Reopening (reopened) is not possible at stage received; missing: "
            "an "
            "end of the case (Closure); allowed: confirmed, unconfirmed, closed"
        ),
    ),
    "time order": (
        {"complaint": COMPLAINT, "steps": [NOTE | {"at": "2026-05-04T09:00:00Z"}]},
        Case,
        (
            "$.steps[0]: step 0: Note is not possible at stage received; missing: an instant not "
            "before 2026-05-04T09:30:00+00:00; allowed: confirmed, unconfirmed, closed"
        ),
    ),
    "step without tag": (
        {"complaint": COMPLAINT, "steps": [NOTE, {**SAID, "text": "a"}]},
        Case,
        (
            "$.steps[1].step: 'missing', allowed: one of Acknowledgement, Cause, Closure, "
            "Correction, "
            "Escalation, Fix, FollowUp, Goodwill, Note, Prevention, Promise, PromiseKept, "
            "Proposal, "
            "Reopening, Understanding"
        ),
    ),
    "null for amounts": ({"amounts": None}, Totals, "$.amounts: None, allowed: a list"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    """What is wrong with data is said with its path, its value and what is allowed."""
    data, kind, expected = REFUSED[name]
    assert expected == problems(data, kind)[0]


ALL = (
    {
        "complaint": COMPLAINT
        | {
            "customer": {"name": "", "language": "Finnish", "nick": "A"},
            "channel": "fax",
            "received_at": "2026-05-04",
            "causes": ["overcharged", "weather", 5],
            "about": {"order": "", "product": 7},
            "priority": 1,
        },
        "steps": [
            NOTE,
            {"step": "Memo"},
            "Note",
            NOTE | {"at": None, "text": " "},
            {
                "step": "Fix",
                **SAID,
                "actions": ["a", None],
                "compensation": [{"amount": 1.5, "currency": "E"}, {"amount": "1"}],
            },
        ],
        "owner": None,
    },
    [
        "$.owner",
        "$.complaint.priority",
        "$.complaint.customer.nick",
        "$.complaint.customer.name",
        "$.complaint.customer.language",
        "$.complaint.channel",
        "$.complaint.received_at",
        "$.complaint.causes[1]",
        "$.complaint.causes[2]",
        "$.complaint.about.order",
        "$.complaint.about.product",
        "$.steps[1].step",
        "$.steps[2].step",
        "$.steps[3].at",
        "$.steps[3].text",
        "$.steps[4].actions[1]",
        "$.steps[4].apology",
        "$.steps[4].compensation[0].amount",
        "$.steps[4].compensation[0].currency",
        "$.steps[4].compensation[1].currency",
    ],
)


def test_all_problems_at_once(converter):
    """Every problem of a whole case is reported, each with its path, in one error."""
    data, paths = ALL
    assert sorted(paths) == sorted(
        line.partition(": ")[0] for line in problems(data, Case, by=converter)
    )


@pytest.mark.parametrize("options", [{}, {"detailed_validation": False}])
def test_the_options_of_a_converter(options):
    """The problems are those, also where the converter itself says less."""
    assert 20 == len(problems(ALL[0], Case, by=make_converter(**options)))


def test_a_mapping_that_is_no_dict():
    """Any mapping is read, the quick way or not."""
    assert note() == ours.structure(MappingProxyType(NOTE), Note)
    assert note() == ours.structure(UserDict(NOTE), Step)
    assert [f"$.by: '', {TEXT}"] == problems(UserDict(NOTE | {"by": ""}), Note)


class Bare(Mapping):
    """A mapping without a copy method."""

    def __init__(self, data):
        self.data = data

    def __getitem__(self, key):
        return self.data[key]

    def __iter__(self):
        return iter(self.data)

    def __len__(self):
        return len(self.data)


def test_a_mapping_without_copy():
    """A mapping need not know how to copy itself."""
    bare = Bare(NOTE)
    assert note() == ours.structure(bare, Note)


def test_keys_that_are_no_text():
    """A key that is no text names no entry."""
    assert "$.1: 2, allowed: no such entry, only amount, currency" == problems({1: 2}, Money)[0]


# --- Numbers, mappings, choices and definitions ---------------------------------------------------

A_FRACTION = "allowed: the text of a fraction, such as '7/3'"
A_REAL = "allowed: a finite number or the text of a fraction, such as '7/3'"
A_FLOOR = "allowed: a whole number or the text of a fraction, such as '7/3'"
SECTION = {
    "key": "s",
    "title": {"en": "S"},
    "statements": [{"key": "a", "text": {"en": "A"}}, {"key": "b", "text": {"en": "B"}}],
}
DESK = {
    "key": "i",
    "title": {"en": "I"},
    "scale": {"low": 1, "high": 5},
    "sections": [SECTION],
    "bands": [
        {"key": "low", "title": {"en": "L"}, "advice": {"en": "l"}},
        {"key": "high", "title": {"en": "H"}, "advice": {"en": "h"}, "at_least": "7/2"},
    ],
}


@pytest.mark.parametrize(
    "mean", [2, 2.0, -0.0, 1e150, Fraction(7, 3), Fraction(2), Fraction(-1, 2)]
)
def test_numbers_keep_their_kind(converter, mean):
    """A whole number, a float and a fraction each come back as what they were."""
    again = converter.structure(converter.unstructure(Sample(2, mean, variance=1)), Sample)
    assert repr(mean) == repr(again.mean)
    if hasattr(converter, "dumps"):
        text = converter.dumps(Sample(2, mean, variance=1))
        assert repr(mean) == repr(converter.loads(text, Sample).mean)


def test_written_numbers_and_mappings():
    """Fractions are text, other numbers are numbers, mappings are objects with text for keys."""
    assert {"n": 2, "mean": "7/3", "variance": 0.5} == ours.unstructure(
        Sample(2, Fraction(7, 3), variance=0.5)
    )
    assert {"0": 0, "1": 1, "2": 2, "3": 0, "4": 0} == ours.unstructure(SUMMARY.statements[0])[
        "counts"
    ]
    assert {"soon": 2, "once": 1, "kind": 2} == ours.unstructure(WITH_GAP.answers)["ratings"]
    assert {"kind": "GapScoring", "key": "gaps"}.items() <= ours.unstructure(GAPS.score([], []))[
        "scoring"
    ].items()
    assert {"key", "better", "source", "title", "dimensions", "scale"} == set(
        ours.unstructure(GAPS)
    )


def test_an_instrument_is_compiled_again(converter):
    """An instrument that was read scores as the one that was written; a score is still a score."""
    again = converter.structure(converter.unstructure(INSTRUMENT), Instrument)
    assert BEFORE[0].total == score(again, BEFORE[0].answers).total
    assert BEFORE[0].total == converter.structure(converter.unstructure(BEFORE[0]), Score).total
    assert ["en", "fi"] == list(again.languages)


NUMBERS_REFUSED = [
    *((value, A_REAL) for value in (nan, inf, -inf, True, "1/0", "7/-3", " 7/3", "0.5", "", "x")),
    *((value, A_REAL) for value in ("1e3", "7/3/2", "\u0661", "+1", [7, 3], {}, None, Decimal(1))),
]


@pytest.mark.parametrize(("value", "allowed"), NUMBERS_REFUSED, ids=numbered(NUMBERS_REFUSED))
def test_no_number(value, allowed):
    """What is neither a finite number nor the text of a fraction is no number."""
    found = problems({"n": 2, "mean": value, "variance": 1}, Sample)
    assert [f"$.mean: {value!r}, {allowed}"] == found


def test_digits_beyond_what_python_reads():
    """The text of a number that Python does not agree to read is refused like any other."""
    (line,) = problems({"n": 2, "mean": "9" * 5000, "variance": 1}, Sample)
    assert line.endswith(A_REAL)
    counts = {"9" * 5000: 1}
    (line,) = problems({"statement": SECTION["statements"][0], "counts": counts}, StatementSummary)
    assert line.endswith("the text of a whole number as a key")


@pytest.mark.parametrize("value", [0.25, 1, True, "0.5", "1/0"])
def test_no_fraction(value):
    """Where only a fraction will do, no number stands for one."""
    data = {"n": 1, "mean": value, "variance": None}
    assert [f"$.mean: {value!r}, {A_FRACTION}"] == problems(data, Scores)


@pytest.mark.parametrize("value", ["1/2", True, nan])
def test_no_float(value):
    """A field of no rule that takes floats takes no fraction, no truth value and no NaN."""
    data = {"estimate": value, "interval": None}
    assert [f"$.estimate: {value!r}, allowed: a finite number"] == problems(data, Difference)


REFUSED_OF_THE_BENCHMARK = {
    "a float for a floor": (
        DESK | {"bands": [DESK["bands"][0], DESK["bands"][1] | {"at_least": 3.5}]},
        Instrument,
        [f"$.bands[1].at_least: 3.5, {A_FLOOR}"],
    ),
    "no language": (
        DESK | {"title": {}},
        Instrument,
        ["$.title: {}, allowed: a mapping of language (BCP 47) to text that is not blank, "],
    ),
    "no mapping": (DESK | {"title": "I"}, Instrument, ["$.title: 'I', allowed: a mapping"]),
    "pairs": (DESK | {"title": [["en", "I"]]}, Instrument, ["$.title: [['en', 'I']], allowed: a"]),
    "no text in a mapping": (
        DESK | {"title": {"en": 1, "fi": None, 3: "x"}},
        Instrument,
        [
            "$.title['en']: 1, allowed: text",
            "$.title['fi']: None, allowed: text",
            "$.title[3]: 3, allowed: text",
        ],
    ),
    "the whole": (
        DESK | {"bands": DESK["bands"][::-1], "sections": [SECTION, SECTION]},
        Instrument,
        [
            "$.section key 's': used 2 times, allowed: each key once",
            "$.statement key 'a': used 2 times",
            "$.statement key 'b': used 2 times",
            "$.bands['high'].at_least: 7/2, allowed: None",
            "$.bands['low'].at_least: None, allowed: a number",
        ],
    ),
    "ratings": (
        {"ratings": {"a": 4.0, "b": True, "c": "4", "d": None, "e": 9}},
        Answers,
        [
            "$.ratings['a']: 4.0, allowed: a whole number",
            "$.ratings['b']: True, allowed: a whole number",
            "$.ratings['c']: '4', allowed: a whole number",
            "$.ratings['d']: None, allowed: a whole number",
        ],
    ),
    "keys of counts": (
        {"statement": SECTION["statements"][0], "counts": {"1": 1, "01": 1, "x": 1, "2": "1"}},
        StatementSummary,
        [
            "$.counts['01']: '01', allowed: the text of a whole number as a key",
            "$.counts['x']: 'x', allowed: the text of a whole number as a key",
            "$.counts['2']: '1', allowed: a whole number",
        ],
    ),
    "off the scale": (
        {"instrument": DESK, "answers": {"ratings": {"a": 4, "b": 9}}},
        Score,
        ["$.ratings['b']: 9, allowed: a whole number from 1 to 5"],
    ),
    "tallies of another form": (
        {"instrument": DESK, "missing": "omit", "tallies": [ours.unstructure(SUMMARY.tallies[0])]},
        Summary,
        ["$.tallies: (Tally("],
    ),
    "moments": (
        ours.unstructure(SUMMARY.tallies[0]) | {"total": [1, 2], "prorated": [[1, 2, "3"], 4]},
        Tally,
        [
            "$.prorated[0][2]: '3', allowed: a whole number",
            "$.prorated[1]: 4, allowed: a list",
            "$.total: [1, 2], allowed: a list of 3",
        ],
    ),
    "no kind": (
        {"scoring": {}, "dimensions": [], "items": []},
        QualityScore,
        ["$.scoring.kind: 'missing', allowed: one of GapScoring, PerformanceScoring"],
    ),
    "another kind": (
        {"scoring": {"kind": "IndexScoring"}, "dimensions": [], "items": []},
        QualityScore,
        ["$.scoring.kind: 'IndexScoring', allowed: one of GapScoring, PerformanceScoring"],
    ),
    "no scoring": (
        {"scoring": 5, "dimensions": [], "items": []},
        QualityScore,
        ["$.scoring.kind: 5, allowed: one of"],
    ),
    "kind elsewhere": (
        {"kind": "Scale", "low": 1, "high": 5},
        Scale,
        ["$.kind: 'Scale', allowed: no such entry, only low, high"],
    ),
    "weights": (
        ours.unstructure(ACSI) | {"weights": ["1/2", 0.25, "0.25"]},
        IndexScoring,
        [f"$.weights[1]: 0.25, {A_FRACTION}", f"$.weights[2]: '0.25', {A_FRACTION}"],
    ),
}


@pytest.mark.parametrize("name", REFUSED_OF_THE_BENCHMARK)
def test_refused_of_the_benchmark(converter, name):
    """Whatever is wrong with an instrument, answers or scores is told, all of it, with its path."""
    data, kind, expected = REFUSED_OF_THE_BENCHMARK[name]
    found = problems(data, kind, by=converter)
    assert [] == [line for line, start in zip(found, expected, strict=True) if start not in line]


def test_a_choice_within_a_class_of_the_user():
    """A union of classes of this library is read by its kind wherever it stands."""
    kind = list[GapScoring | PerformanceScoring]
    data = ours.unstructure([GAPS, PERFORMANCE], kind)
    assert ["GapScoring", "PerformanceScoring"] == [one["kind"] for one in data]
    assert [GAPS, PERFORMANCE] == ours.structure(data, kind)
    assert "kind" not in ours.unstructure(GAPS)


# --- The error --------------------------------------------------------------------------------


@pytest.fixture
def refused():
    """Give the error of a case with many problems."""
    with pytest.raises(DataError) as caught:
        ours.structure(ALL[0], Case)
    return caught.value


def test_kinds_of_the_error(refused):
    """The error is one of this library, of cattrs, and a ValueError."""
    for kind in (ServicekitError, cattrs.ClassValidationError, ValueError, ExceptionGroup):
        assert isinstance(refused, kind)


def test_transform_error(refused):
    """What cattrs offers for its errors works on this one."""
    lines = cattrs.transform_error(refused)
    assert 20 == len(lines)
    assert any(line.endswith(" @ $.steps[4].compensation[1].currency") for line in lines)


def test_star(refused):
    """The problems can be caught by kind."""
    caught = []
    try:
        raise refused
    except* RecordError as group:
        caught.append(group)
    assert 20 == len(explain(caught[0]))
    assert (DataError, None) == tuple(
        type(refused.split(RecordError)[0]) if i == 0 else refused.split(RecordError)[1]
        for i in (0, 1)
    )


def test_the_error_shows_how_it_is_made(refused):
    """The error's repr names its class, its message, what it groups and for what."""
    assert f"DataError('Case', {list(refused.exceptions)!r}, Case)" == repr(refused)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_the_error_pickles(refused, protocol):
    """The error comes out of a pickle with every problem and its path."""
    again = pickle.loads(pickle.dumps(refused, protocol))
    assert (DataError, str(refused), explain(refused)) == (type(again), str(again), explain(again))


def test_the_error_copies(refused):
    """A copy of the error says the same."""
    assert str(refused) == str(copy(refused)) == str(deepcopy(refused))


def test_one_problem():
    """One problem is said in the singular."""
    with pytest.raises(DataError) as caught:
        ours.structure({"name": ""}, Customer)
    assert """\
Customer has 1 problem:
  $.name: '', allowed: well-formed text that is not blank""" == str(caught.value)


def test_flow_errors_are_within():
    """A history that the flow refuses is told as its `FlowError`."""
    data = {"complaint": COMPLAINT, "steps": [{"step": "Reopening", **SAID, "reason": "r"}]}
    with pytest.raises(DataError) as caught:
        ours.structure(data, Case)
    (inner,) = caught.value.exceptions
    assert (FlowError, 0) == (type(inner), inner.position)


# --- Within what is the user's ----------------------------------------------------------------


class Colour(StrEnum):
    """A vocabulary of the user."""

    RED = "red"


@frozen
class Ticket:
    """A class of the user that knows nothing of this library."""

    number: int
    tags: tuple[str, ...] = ()
    colour: Colour = Colour.RED
    opened: float = 0.0


@frozen
class Desk:
    """A class of the user that holds values of this library."""

    case: Case
    last: Step
    others: dict[str, Case] = field(factory=dict)
    channels: list[Channel] = field(factory=list)
    limit: Money | None = None


def test_classes_of_the_user_are_as_before():
    """What a converter does with other classes stays as it was, coercion and all."""
    taught, plain = cattrs.Converter(), cattrs.Converter()
    configure_converter(taught)
    data = {"number": "5", "tags": ["a", 1], "colour": "red", "opened": 1, "more": 1}
    assert plain.structure(data, Ticket) == taught.structure(data, Ticket)
    assert Ticket(5, ("a", "1"), Colour.RED, 1.0) == taught.structure(data, Ticket)
    assert plain.unstructure(Ticket(1)) == taught.unstructure(Ticket(1))
    for kind, value in ((int, "5"), (str, 5), (bool, 1), (list[int], "12"), (Colour, "red")):
        assert plain.structure(value, kind) == taught.structure(value, kind)


def test_decimals_and_datetimes_stay_the_users_own():
    """How the user's own Decimals and datetimes are read is left to the user."""
    taught, plain = cattrs.Converter(), cattrs.Converter()
    configure_converter(taught)
    for kind in (Decimal, datetime):
        with pytest.raises(cattrs.StructureHandlerNotFoundError):
            plain.structure("1", kind)
        with pytest.raises(cattrs.StructureHandlerNotFoundError):
            taught.structure("1", kind)


def test_a_hook_of_the_users_does_not_reach_in():
    """A lenient hook of the user's own for text and numbers changes nothing here."""
    taught = cattrs.Converter()
    taught.register_structure_hook(datetime, lambda *_: datetime(2000, 1, 1, tzinfo=UTC))
    taught.register_structure_hook(str, lambda value, _: f"<{value}>")
    taught.register_unstructure_hook(str, lambda value: f"<{value}>")
    configure_converter(taught)
    assert note() == taught.structure(taught.unstructure(note()), Note)
    assert NOTE == taught.unstructure(note())
    assert [f"$.text: 5, {TEXT}"] == problems(NOTE | {"text": 5}, Note, by=taught)


def test_a_class_of_the_user_with_cases(converter):
    """A user's class may hold cases, steps, terms and money in any container."""
    desk = Desk(FULL_CASE, note(), {"a": case()}, [Channel.WEB], Money(1, "EUR"))
    assert desk == converter.structure(converter.unstructure(desk), Desk)
    if hasattr(converter, "dumps"):
        assert desk == converter.loads(converter.dumps(desk), Desk)


def test_explain_within_a_class_of_the_user(converter):
    """The problems within a user's class are told with their paths from its root."""
    data = {
        "case": {"complaint": COMPLAINT, "steps": [{"step": "Memo"}]},
        "last": NOTE | {"by": ""},
        "others": {"a": {"complaint": COMPLAINT, "steps": [NOTE | {"at": ""}]}},
        "limit": {"amount": 5, "currency": "EUR"},
    }
    with pytest.raises(cattrs.ClassValidationError) as caught:
        converter.structure(data, Desk)
    assert [
        "$.case.steps[0].step: 'Memo'",
        f"$.last.by: '', {TEXT}",
        f"$.others['a'].steps[0].at: '', {AN_INSTANT}",
        f"$.limit.amount: 5, {NO_MONEY}",
    ] == [line.partition(", allowed: one of")[0] for line in explain(caught.value)]


def test_explain_a_list():
    """The problems within a list are told with their index."""
    with pytest.raises(cattrs.IterableValidationError) as caught:
        ours.structure([NOTE, NOTE | {"by": ""}, 3], list[Step])
    assert [f"$[1].by: '', {TEXT}", "$[2].step: 3"] == [
        line.partition(", allowed: one of")[0] for line in explain(caught.value)
    ]


def test_explain_a_key_that_looks_like_a_path():
    """Whatever a key or a value holds, the path and the problem stay apart."""
    data = {"amount": "x @ $.y", "currency": "EUR", "a @ b": 1}
    assert ["$.a @ b: 1, allowed: no such entry, only amount, currency"] == problems(data, Money)[
        :1
    ]
    assert f"$.amount: 'x @ $.y', {NO_AMOUNT}" == problems(data, Money)[1]


def test_explain_what_cattrs_refuses():
    """What is wrong with the user's own entries is said as well."""
    with pytest.raises(cattrs.ClassValidationError) as caught:
        ours.structure({"opened": "x"}, Ticket)
    assert [
        "$.number: required field missing",
        "$.opened: could not convert string to float: 'x'",
    ] == explain(caught.value)


def test_explain_another_error():
    """An error of no converter is explained by what it says."""
    assert ["$: no file"] == explain(ValueError("no file"))
    two = RecordError("Customer", problems=())
    assert ["$: Customer has 0 problems:"] == explain(two)


def test_configured_twice():
    """Teaching a converter twice does no harm."""
    converter = make_converter()
    configure_converter(converter)
    assert FULL_CASE == converter.loads(converter.dumps(FULL_CASE), Case)


def test_defaults_left_out_in_writing():
    """A converter that omits defaults writes less and reads the same."""
    sparing = make_converter(omit_if_default=True)
    assert {"complaint"} == set(sparing.unstructure(case()))
    assert FULL_CASE == sparing.structure(sparing.unstructure(FULL_CASE), Case)
    assert {"name": "Aino"} == sparing.unstructure(Customer("Aino"))
