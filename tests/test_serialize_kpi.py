"""KPIs, measurements and rows of the register, written and read."""

import json
from datetime import date, timedelta, timezone, tzinfo
from fractions import Fraction

import cattrs
import pytest
from cattrs.preconf import msgspec, orjson

from samples import (
    CARD,
    IN_GROUPS,
    KPIS,
    MEASURED,
    MEDIAN,
    NOTED,
    OPERATIONS,
    PER_TRY,
    REGISTER,
    START,
    TALK,
    at,
)
from servicekit.errors import DefinitionError, RecordError
from servicekit.kpi import (
    Assessment,
    Better,
    Column,
    Condition,
    Elapsed,
    Groups,
    Kpi,
    Mean,
    Measure,
    Measurement,
    Measurements,
    Per,
    Percentile,
    Period,
    Quantity,
    Total,
    Within,
    measure,
)
from servicekit.register import Backlog, Contact, Entry, Operations, backlog
from servicekit.serialize import DataError, configure_converter, explain, make_converter

ours = make_converter()
CONVERTERS = {"ours": ours}
for name, make in {
    "plain": cattrs.Converter,
    "orjson": orjson.make_converter,
    "msgspec": msgspec.make_converter,
}.items():
    CONVERTERS[name] = make()
    configure_converter(CONVERTERS[name])


@pytest.fixture(params=CONVERTERS)
def converter(request):
    """Give each kind of converter, taught the values."""
    return CONVERTERS[request.param]


def changed(value: object, **changes: object) -> dict:
    """Write a value and put other entries in."""
    return ours.unstructure(value) | changes


def problems(data: object, kind: object) -> list[str]:
    """Read data that must be refused and list what is wrong with them."""
    with pytest.raises(DataError) as caught:
        ours.structure(data, kind)
    return explain(caught.value)


@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.key)
def test_measures_say_of_which_class_they_are(converter, kpi):
    """A measure is read back as what it was, wherever any measure may stand."""
    data = converter.unstructure(kpi.measure, Measure)
    assert type(kpi.measure).__name__ == data["kind"]
    assert kpi.measure == converter.structure(data, Measure)


def test_written():
    """A KPI is written as it is made, each part of one of several kinds with its kind."""
    slow = Elapsed("queued_at", "answered_at", unit=timedelta(minutes=1)) > Fraction(1, 3)
    kpi = Kpi("slow", "Slow", Total(Per(Column("a"), 3), slow), unit="a", better=Better.NEITHER)
    assert {
        "key": "slow",
        "title": "Slow",
        "measure": {
            "kind": "Total",
            "of": {"kind": "Per", "of": {"kind": "Column", "name": "a"}, "by": 3},
            "among": {
                "kind": "Compare",
                "of": {
                    "kind": "Elapsed",
                    "start": "queued_at",
                    "end": "answered_at",
                    "unit": "PT1M",
                },
                "sign": ">",
                "than": "1/3",
            },
        },
        "unit": "a",
        "better": "neither",
        "source": None,
    } == ours.unstructure(kpi)


def test_a_true_is_no_one(converter):
    """A flag that a column is compared with stays a flag, a number a number."""
    for condition in (Column("a").one_of(*(True, False)), Column("a").one_of(1, 0)):
        again = converter.structure(converter.unstructure(condition, Condition), Condition)
        assert (condition, repr(condition)) == (again, repr(again))


@pytest.mark.parametrize(
    "limit", [timedelta(), timedelta(microseconds=1), timedelta(days=400, seconds=1), timedelta.max]
)
def test_limits_are_exact(converter, limit):
    """A limit comes back to the microsecond."""
    within = Within("a", "b", limit)
    assert within == converter.structure(converter.unstructure(within), Within)


KEYS = {"kind": "Column", "name": "a"}
REFUSED = {
    "no kind": ({"name": "a"}, Quantity, "$.kind: 'missing', allowed: one of Column, Elapsed,"),
    "another kind": ({"kind": "Sum"}, Measure, "$.kind: 'Sum', allowed: one of Count, Mean,"),
    "no mapping": ("a", Condition, "$.kind: 'a', allowed: one of And, Compare,"),
    "a condition for a quantity": (
        {"kind": "Total", "of": {"kind": "Known", "of": KEYS}},
        Measure,
        "$.of.kind: 'Known', allowed: one of Column,",
    ),
    "more": ({**KEYS, "as": "b"}, Quantity, "$.as: 'b', allowed: no such entry, only name"),
    "a float divisor": ({"of": KEYS, "by": 1.5}, Per, "$.by: 1.5, allowed: a whole number"),
    "divided by none": ({"of": KEYS, "by": 0}, Per, "$.by: 0, allowed: a quantity, or a whole"),
    "a number for a limit": (
        {"start": "a", "end": "b", "limit": 24},
        Within,
        "$.limit: 24, allowed: a duration",
    ),
    "a float value": (
        {"kind": "OneOf", "of": {"name": "a"}, "values": [1.5]},
        Condition,
        "$.values[0]: 1.5, allowed: text or true or false or a whole number",
    ),
    "one condition": (
        {"kind": "And", "conditions": [{"kind": "IsTrue", "of": {"name": "a"}}]},
        Condition,
        "$.conditions: ",
    ),
    "no number": (
        {"of": KEYS, "p": "half"},
        Percentile,
        "$.p: 'half', allowed: a whole number or the text of a fraction",
    ),
    "no zone": ({"column": "a", "length": "day", "tz": "Mars"}, Period, "$.tz: 'Mars', allowed: "),
    "no direction": (changed(NOTED, better="up"), Kpi, "$.better: 'up', allowed: a Better"),
    "a naive instant": (
        changed(MEASURED["late"], as_of="2026-05-04T10:00"),
        Measurement,
        "$.as_of: '2026-05-04T10:00', allowed: an instant",
    ),
    "a negative count": (
        changed(MEASURED["late"], tally=changed(MEASURED["late"])["tally"] | {"unknown": -1}),
        Measurement,
        "$.tally.unknown: -1, allowed: a whole number",
    ),
    "another key": (
        {"by_key": {"late": ours.unstructure(MEASURED["tries"])}},
        Measurements,
        "$.by_key: 'late', allowed: the keys of the KPIs",
    ),
    "a group twice": (
        {"by": "a", "by_group": [["x", {"by_key": {}}], ["x", {"by_key": {}}]]},
        Groups,
        "$.by_group: ",
    ),
    "no group": (
        {"by": "a", "by_group": [[{}, {"by_key": {}}]]},
        Groups,
        "$.by_group[0][0]: {}, allowed: text, a finite number",
    ),
    "a status": (
        changed(CARD.assessments[0], status="met"),
        Assessment,
        "$.status: 'met', allowed: no such entry, only target, measurement, as_of",
    ),
    "another KPI": (
        changed(CARD.assessments[0], measurement=ours.unstructure(MEASURED["talk"])),
        Assessment,
        "$.definition: ",
    ),
    "a backlog that does not add up": (
        changed(backlog(REGISTER, START, at(60)), closing=9),
        Backlog,
        "$.closing: 9, allowed: opening + received",
    ),
    "a backlog of no time": (
        changed(backlog(REGISTER, START, at(60)), end=START.isoformat()),
        Backlog,
        "$.end: ",
    ),
    "a stage": (changed(REGISTER[0], stage="done"), Entry, "$.stage: 'done', allowed: a Stage"),
    "revenue of one currency twice": (
        changed(OPERATIONS, revenue={"EUR": "x"}),
        Operations,
        "$.revenue",
    ),
    "hold in seconds": (
        {"id": "a", "channel": "phone", "queued_at": START.isoformat(), "hold": 30},
        Contact,
        "$.hold: 30, allowed: a duration",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    """What is wrong is told with its path, and with what is allowed there."""
    data, kind, said = REFUSED[name]
    (problem,) = problems(data, kind)
    assert problem.startswith(said)


READ = {"value": "5/2", "low": 1.0, "high": 4.0, "approximate": True}
IMPOSSIBLE = [
    ("late", {"total": "4"}),
    ("late", {"total": "1/2"}),
    ("late", {"read": READ}),
    ("noted", {"divisor": "1/2"}),
    ("talk", {"squared": "1"}),
    ("tries", {"values": [1]}),
    ("median", {"values": [1]}),
    ("median", {"read": READ}),
    ("per_row", {"values": [1]}),
    ("per_row", {"read": READ}),
    ("per_try", {"n": 2}),
]


@pytest.mark.parametrize(("key", "sums"), IMPOSSIBLE)
def test_sums_that_cannot_be(key, sums):
    """Sums to which a measure cannot come over any rows are refused."""
    data = ours.unstructure(MEASURED[key])
    (problem,) = problems(data | {"tally": data["tally"] | sums}, Measurement)
    assert problem.startswith("$.tally: ")
    assert "allowed: sums that " in problem


class TestSums:
    """What a measurement rests on goes with it."""

    def test_what_is_read_adds_up(self, converter):
        """Measurements that were saved add up like those that were not."""
        again = converter.structure(converter.unstructure(MEASURED), Measurements)
        assert MEASURED + MEASURED == again + MEASURED
        groups = converter.structure(converter.unstructure(IN_GROUPS), Groups)
        assert list(IN_GROUPS) == list(groups)
        assert IN_GROUPS + IN_GROUPS == groups + IN_GROUPS

    @pytest.mark.parametrize(
        "values",
        [
            [1, 2, 2],
            [0.1, 2.5, 1e300],
            [0.1, 3],
            [Fraction(1, 3), 2**60, 2**80],
            [2**53, -(2**53)],
            [2**70],
            [5e-324, 1e60],
        ],
    )
    def test_any_numbers(self, converter, values):
        """Sums and values come back exactly, through JSON text as well, however large they are."""
        mean = Kpi("mean", "Mean", Mean(Column("score")), unit="points", better=Better.HIGHER)
        rows = [{"score": value, "tries": 1} for value in values]
        measured = measure([MEDIAN, mean], rows, as_of=at(1))
        data = converter.unstructure(measured)
        again = [converter.structure(data, Measurements)]
        if hasattr(converter, "dumps"):
            again.append(converter.loads(converter.dumps(measured), Measurements))
        for one in again:
            assert measured == one
            assert [m.value for m in measured.values()] == [m.value for m in one.values()]
            assert [m.interval for m in measured.values()] == [m.interval for m in one.values()]

    def test_text(self):
        """Large sums are text, so that no program that reads JSON rounds them."""
        measured = measure([TALK, PER_TRY], [], as_of=at(1))["talk"]
        assert {
            "n": 0,
            "unknown": 0,
            "still_open": 0,
            "total": "0",
            "divisor": "0",
            "squared": "0",
            "exact": True,
            "values": [],
            "read": None,
        } == json.loads(ours.dumps(measured))["tally"]

    def test_values_of_added_parts(self):
        """Floats are written as they are; beside others they are exact, large ones as text."""
        parts = [measure([MEDIAN], [{"score": one}], as_of=at(1))["median"] for one in (0.5, 2**60)]
        assert [0.5] == ours.unstructure(parts[0])["tally"]["values"]
        assert ["1/2", str(2**60)] == ours.unstructure(parts[0] + parts[1])["tally"]["values"]


class TestReadOff:
    """A percentile that was read off a data frame comes without its values."""

    def median(self, **changes):
        """Read a median whose values stayed where they were."""
        data = ours.unstructure(MEASURED["median"])
        data["tally"] |= {"values": [], "exact": True, "read": READ | changes}
        return ours.structure(data, Measurement)

    def test_what_it_says(self):
        """It has its value and its interval, and says whether it comes from a sketch."""
        found = self.median()
        assert (Fraction(5, 2), 1, 4) == (found.value, found.interval.low, found.interval.high)
        assert 0.95 == found.interval.level
        assert [True, False, False] == [
            one.approximate for one in (found, self.median(approximate=False), MEASURED["median"])
        ]
        assert str(found).startswith("Median score: about 2.5 points")
        assert str(self.median(approximate=False)).startswith("Median score: 2.5 points")
        assert ">about 2.500<" in found._repr_html_()
        assert ">2.500<" in self.median(approximate=False)._repr_html_()

    @pytest.mark.parametrize("end", ["low", "high"])
    def test_no_interval_of_one_end(self, end):
        """An interval has both its ends, or there is none."""
        assert self.median(**{end: None}).interval is None

    def test_it_does_not_add_up(self):
        """It cannot be added to anything, nor anything to it: its values are not there."""
        said = "percentile is read off a data frame, allowed: percentiles with their values"
        for one, other in (
            (self.median(), MEASURED["median"]),
            (MEASURED["median"], self.median()),
        ):
            with pytest.raises(DefinitionError, match=said):
                one + other


class TestGroups:
    """Labels of groups are more than text."""

    @pytest.mark.parametrize("label", ["a", 1, True, None, 1.5, (None, 1), ("a", True)])
    def test_labels(self, converter, label):
        """A label comes back as what it was."""
        groups = Groups("x", {label: Measurements({})})
        again = converter.structure(converter.unstructure(groups), Groups)
        assert [(type(label), label)] == [(type(one), one) for one in again]

    @pytest.mark.parametrize("label", [date(2026, 5, 4), ("a", Fraction(1, 2)), float("inf")])
    def test_labels_that_could_not_be_read_again(self, converter, label):
        """A label that data cannot tell from text is refused, with what to do instead."""
        with pytest.raises(RecordError, match="a Period has days as text"):
            converter.unstructure(Groups("x", {label: Measurements({})}))


class Local(tzinfo):
    """A zone without a key."""


def test_zones_of_periods(converter):
    """A period keeps its zone, if the zone has a key."""
    for zone in (None, timezone.utc, timezone(timedelta(hours=-5, minutes=-30))):  # noqa: UP017 - as any other offset
        period = Period("a", "month", zone)
        assert period == converter.structure(converter.unstructure(period), Period)
    with pytest.raises(RecordError, match="a zone with a key"):
        converter.unstructure(Period("a", "month", Local()))
