"""Laws of bad data: a value, or a `DataError` that lists its problems, and nothing else."""

import json
from copy import deepcopy
from functools import reduce
from operator import getitem
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servicekit.extra.strategies._by_type import STRATEGIES
from servicekit.kpi import Compare, Condition, Kpi, Measure, Quantity
from servicekit.resolution import Step
from servicekit.serialize import DataError, explain, make_converter

CONVERTER = make_converter(zone=ZoneInfo)
FEW = settings(
    max_examples=max(1, settings.default.max_examples // 8),
    suppress_health_check=[HealthCheck.too_slow],
)
"""So many for each class; there are more than a hundred of them."""

KINDS = [*STRATEGIES, Step, Condition, Quantity, Measure]
NAMES = [f"{number} {getattr(kind, '__name__', 'union')}" for number, kind in enumerate(KINDS)]

TEXTS = [
    *("", " ", "\ud800", "\0", "EUR", "12.50", "1e999999999", "7/3", "1/0", "-0", "phone", "en"),
    *("2026-05-04T09:30:00+03:00", "2026-05-04T09:30", "0001-01-01T00:00:00+23:59", "2026-02-30"),
    *("UTC", "UTC+24:00", "Europe/Helsinki", "../etc", "09:00", "24:00", "P1D", "P9999999999D"),
    *("Note", "Fix", "Not", "Or", "monday", "9" * 5000),
]
KEYS = [
    *("step", "kind", "at", "by", "text", "complaint", "steps", "amount", "currency", "scoring"),
    *("ratings", "n", "mean", "variance", "key", "title", "scale", "sections", "measure", "of"),
    *("weekly", "tz", "closed", "overrides", "limit", "stretches", "every", "tally", "0", "-1"),
]
NUMBERS = [0, -1, 2**53, 10**30, -(10**4000), 1e308, -0.0, float("inf"), float("nan")]

texts = st.text() | st.sampled_from(TEXTS)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(NUMBERS) | texts
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS) | texts, inner, max_size=5)
    ),
    max_leaves=12,
)
"""Whatever a JSON reader may come up with."""


def read(data, kind):
    """Read data as a value that comes back, or find them refused with every problem placed."""
    try:
        value = CONVERTER.structure(data, kind)
    except DataError as error:
        assert explain(error)
        assert all(line.startswith("$") for line in explain(error))
        assert len(str(error)) < 100_000
    else:
        assert value == CONVERTER.structure(CONVERTER.unstructure(value, kind), kind)


def places(data, path=()):
    """Give the path to every place in data."""
    yield path
    if isinstance(data, dict):
        for key, value in data.items():
            yield from places(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from places(value, (*path, index))


@st.composite
def spoiled(draw, kind):
    """Give the data of a value with one place or a few replaced, doubled, taken away or added."""
    data = [CONVERTER.unstructure(draw(st.from_type(kind)), kind)]
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from([path for path in places(data) if path]))
        here = reduce(getitem, way, data)
        match draw(st.sampled_from(["replace", "take", "copy", "add"])):
            case "take" if len(way) > 0:
                del here[last]
            case "copy":
                here[last] = deepcopy(
                    reduce(getitem, draw(st.sampled_from(list(places(data)))), data)
                )
            case "add" if isinstance(here, dict):
                here[draw(st.sampled_from(KEYS) | texts)] = draw(anything)
            case _:
                here[last] = draw(anything)
    return data[0]


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
@FEW
@given(anything)
def test_arbitrary_json(kind, data):
    """Arbitrary JSON is a value or is refused."""
    read(data, kind)


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
@FEW
@given(st.data())
def test_spoiled_values(kind, data):
    """A value with anything wrong in some places is a value still, or is refused."""
    read(data.draw(spoiled(kind)), kind)


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
@FEW
@given(st.data())
def test_values_come_back(kind, data):
    """Any value of any class comes back as it was, through JSON text."""
    value = data.draw(st.from_type(kind))
    text = CONVERTER.dumps(value, unstructure_as=kind)
    assert value == CONVERTER.loads(text, kind)
    json.loads(text, parse_constant=pytest.fail)


@pytest.mark.parametrize("kind", STRATEGIES, ids=NAMES[: len(STRATEGIES)])
def test_a_list_of_entries_is_no_mapping(kind):
    """A list that holds the names of entries is refused like any other."""
    names = [field.alias for field in attrs.fields(kind)]
    for data in (names, set(names)):
        assert explain(refused(data, kind))


def nested(depth):
    """Give the data of a KPI with a condition within a condition, and so on."""
    condition = {"kind": "IsTrue", "of": {"name": "resolved"}}
    for _ in range(depth):
        condition = {"kind": "Not", "condition": condition}
    said = {"key": "k", "title": "K", "unit": "rows", "better": "higher"}
    return {**said, "measure": {"kind": "Count", "of": condition}}


def test_nesting_has_an_end():
    """What is nested as deep as people would is read; what is nested without end is refused."""
    assert 1 == str(CONVERTER.structure(nested(50), Kpi)).count("resolved")
    assert "at most 64 within one another" in str(refused(nested(100_000), Kpi))
    assert Kpi is type(CONVERTER.structure(nested(50), Kpi))


def test_a_fault_deep_down_is_found_once():
    """The problems of nested data are looked for once at each level, not twice, which doubles."""
    data = nested(50)
    inner = data["measure"]["of"]
    while inner["kind"] == "Not":
        inner = inner["condition"]
    inner["of"]["name"] = " "
    (problem,) = explain(refused(data, Kpi))
    assert problem.startswith(f"$.measure.of{'.condition' * 50}.of.name: ' ', allowed: ")


def refused(data, kind):
    """Give the error that data are refused with."""
    with pytest.raises(DataError) as found:
        CONVERTER.structure(data, kind)
    return found.value


HUGE = 10**5000


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (Compare, {"of": {"kind": "Column", "name": "x"}, "sign": "<", "than": HUGE, "x": 1}),
        *[(kind, dict.fromkeys(KEYS, HUGE)) for kind in STRATEGIES],
    ],
)
def test_huge_numbers_are_shown_short(kind, data):
    """An integer of more digits than Python prints does not get in the way of the message."""
    assert explain(refused(data, kind))
