"""Laws of reading and writing: what is written is read back as it was; the rest is refused."""

import json
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import cattrs
import pytest
from cattrs.preconf import json as plain_json
from cattrs.preconf import msgspec, orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from samples import (
    FULL_CASE,
    at,
)
from servicekit.benchmark import (
    Answers,
    Comparison,
    Instrument,
    Score,
    Summary,
    compare,
    score,
    summarize,
)
from servicekit.complaint import Complaint
from servicekit.extra.strategies import (
    calendar_histories,
    cases,
    complaints,
    moneys,
    samples,
    steps,
    work_calendars,
)
from servicekit.inference import Sample
from servicekit.kpi import (
    Better,
    Column,
    Count,
    Kpi,
    Mean,
    Measurements,
    Percentile,
    Ratio,
    Share,
    Total,
    measure,
)
from servicekit.money import Money
from servicekit.policy import Standing, Status
from servicekit.resolution import Case, PromiseState, Record, Step
from servicekit.serialize import DataError, configure_converter, explain, make_converter
from servicekit.worktime import CalendarHistory, WorkCalendar
from strategies import names, surveys


def configured(converter: cattrs.Converter) -> cattrs.Converter:
    """Teach a converter the values."""
    configure_converter(converter, zone=ZoneInfo)
    return converter


OURS = make_converter(zone=ZoneInfo)
CONVERTERS = {
    "ours": OURS,
    "plain": configured(cattrs.Converter()),
    "json": configured(plain_json.make_converter()),
    "orjson": configured(orjson.make_converter()),
    "msgspec": configured(msgspec.make_converter()),
    "sparing": make_converter(zone=ZoneInfo, omit_if_default=True),
    "careless": make_converter(zone=ZoneInfo, detailed_validation=False),
}


def round_trips(converter, value, kind):
    """Say whether a value comes back, from data and from text, as it was."""
    data = converter.unstructure(value, kind)
    again = [converter.structure(data, kind)]
    if converter is not CONVERTERS["orjson"]:  # which leaves it to orjson to write instants
        again.append(converter.structure(json.loads(json.dumps(data)), kind))
    if hasattr(converter, "dumps"):
        again.append(converter.loads(converter.dumps(value, unstructure_as=kind), kind))
    return [value] * len(again) == again


@pytest.mark.parametrize("name", CONVERTERS)
@settings(max_examples=25)
@given(st.data())
def test_round_trip(name, data):
    """Every value comes back as it was, through data and through JSON text."""
    converter = CONVERTERS[name]
    assert round_trips(converter, data.draw(complaints()), Complaint)
    assert round_trips(converter, data.draw(steps()), Step)
    assert round_trips(converter, data.draw(moneys()), Money)
    case = data.draw(cases())
    assert round_trips(converter, case, Case)
    assert round_trips(converter, case.record(), Record)
    assert round_trips(converter, case.promises(at(99)), tuple[PromiseState, ...])


@pytest.mark.parametrize("name", CONVERTERS)
@settings(max_examples=15)
@given(st.data())
def test_round_trip_of_the_benchmark(name, data):
    """Instruments, answers, scores and what they add up to come back as they were."""
    converter = CONVERTERS[name]
    instrument, rows = data.draw(surveys())
    given_answers = [Answers(row, role=data.draw(names)) for row in rows]
    summary = summarize(instrument, given_answers)
    assert round_trips(converter, instrument, Instrument)
    assert round_trips(converter, given_answers, list[Answers])
    assert round_trips(converter, score(instrument, given_answers[0]), Score)
    assert round_trips(converter, summary, Summary)
    assert round_trips(converter, compare(summary, summary), Comparison)


@pytest.mark.parametrize("name", [name for name in CONVERTERS if name != "orjson"])
@given(samples())
def test_numbers_come_back_as_they_were(name, sample):
    """Every number is read as it was written, its kind and its last digit too."""
    converter = CONVERTERS[name]
    again = converter.structure(json.loads(json.dumps(converter.unstructure(sample))), Sample)
    assert repr(sample) == repr(again)


offsets = st.timedeltas(timedelta(microseconds=1) - timedelta(days=1), timedelta(hours=23))
zones = offsets.map(timezone) | st.sampled_from(["UTC", "Asia/Kathmandu"]).map(ZoneInfo)


@pytest.mark.parametrize("name", CONVERTERS)
@settings(max_examples=15)
@given(st.data())
def test_round_trip_of_working_time(name, data):
    """Calendars, their histories and how long something takes come back as they were."""
    converter = CONVERTERS[name]
    standing = Standing(
        Status.RUNNING, datetime(2026, 5, 4, tzinfo=UTC), data.draw(st.timedeltas())
    )
    assert round_trips(converter, data.draw(work_calendars(zones=zones)), WorkCalendar)
    assert round_trips(converter, data.draw(calendar_histories(zones=zones)), CalendarHistory)
    assert round_trips(converter, standing, Standing)


@given(cases())
def test_all_converters_write_the_same(case):
    """Which converter writes a value makes no difference to the JSON; orjson's offsets aside."""
    names = ("ours", "plain", "json", "msgspec", "careless")
    expected, *others = (CONVERTERS[name].unstructure(case) for name in names)
    assert [expected] * len(others) == others
    assert expected == json.loads(OURS.dumps(case))
    assert expected == json.loads(CONVERTERS["msgspec"].dumps(case))


WRITTEN = json.loads(OURS.dumps(FULL_CASE))


def places(data, path=()):
    """Give the path to every place in data."""
    yield path
    if isinstance(data, dict):
        for key, value in data.items():
            yield from places(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from places(value, (*path, index))


PLACES = list(places(WRITTEN))


@given(st.sampled_from([path for path in PLACES if path and isinstance(path[-1], str)]))
def test_one_entry_taken_away(path):
    """A good case without one entry is a case that has a default there, or is refused there."""
    data = json.loads(json.dumps(WRITTEN))
    *way, last = path
    target = data
    for key in way:
        target = target[key]
    del target[last]
    try:
        OURS.structure(data, Case)
    except DataError as error:
        where = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
        assert any(
            line.startswith(f"${where}: missing") or "$.steps[" in line for line in explain(error)
        )


LAW_KPIS = (
    Kpi("share", "S", Share(Column("x") > 0.5), unit="share", better=Better.HIGHER),
    Kpi("mean", "M", Mean(Column("x")), unit="points", better=Better.HIGHER),
    Kpi("p90", "P", Percentile(Column("x"), 0.9), unit="points", better=Better.HIGHER),
    Kpi("per", "R", Ratio(Total(Column("x")), Count()), unit="points", better=Better.HIGHER),
)
numbers = st.none() | st.integers() | st.floats(-1e9, 1e9) | st.fractions(max_denominator=999)
rows_of_x = st.lists(st.builds(lambda x: {"x": x}, numbers), max_size=9)


@pytest.mark.parametrize("name", CONVERTERS)
@settings(max_examples=25)
@given(rows_of_x, rows_of_x)
def test_parts_that_were_saved_add_up_to_the_whole(name, some, others):
    """Measurements read back add up with others to what all rows together come to."""
    converter = CONVERTERS[name]
    part, rest = (measure(LAW_KPIS, rows, as_of=at(0)) for rows in (some, others))
    assert round_trips(converter, part, Measurements)
    again = converter.structure(converter.unstructure(part), Measurements)
    assert measure(LAW_KPIS, some + others, as_of=at(0)) == again + rest
