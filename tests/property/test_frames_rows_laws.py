"""Laws of frames by rows: whatever the instrument, the answers or the hours, as with objects."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any, Final
from zoneinfo import ZoneInfo

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engines import LARGER, make
from frame_rows import ENGINES, rows
from servicekit.benchmark import Answers, Instrument, score, summarize
from servicekit.extra.frames import score_frame, summarize_frame, worktime_frame
from servicekit.extra.strategies import instruments
from servicekit.worktime import WorkCalendar

TYPES: Final = (pa.int8(), pa.int16(), pa.int64(), pa.float32(), pa.float64())


def hold(law: Callable[..., None], engine: str, *drawn: st.SearchStrategy[Any]) -> None:
    """Try a law on an engine, with few examples where each takes long."""
    examples = settings(
        max_examples=max(2, settings().max_examples // (50 if engine in LARGER else 8)),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    examples(given(st.tuples(*drawn))(lambda values: law(engine, *values)))()


@st.composite
def tables(draw):
    """Draw an instrument, answers with gaps, and the table they are in; shrinks to one answer."""
    of: Instrument = draw(instruments())
    rating = st.none() | st.integers(of.scale.low, of.scale.high)
    keys = [one.key for one in of.statements]
    people = draw(
        st.lists(st.fixed_dictionaries(dict.fromkeys(keys, rating)), min_size=1, max_size=6)
    )
    roles = draw(
        st.lists(st.sampled_from([None, "a", "b"]), min_size=len(people), max_size=len(people))
    )
    columns = {
        key: pa.array([row[key] for row in people], draw(st.sampled_from(TYPES))) for key in keys
    }
    table = pa.table({"role": pa.array(roles, pa.string()), "who": range(len(people)), **columns})
    objects = [
        Answers({key: one for key, one in row.items() if one is not None}, role=role)
        for row, role in zip(people, roles, strict=True)
    ]
    return of, objects, table


def scores_like_objects(engine, survey, missing):
    """Check the scores of every row."""
    of, people, table = survey
    result = score_frame(of, make(engine, table), missing=missing, prefix="is")
    found = {row["who"]: row for row in rows(result)}
    for at, one in enumerate(people):
        expected, row = score(of, one, missing=missing), found[at]
        means = [each.mean for each in expected.sections]
        assert [None if mean is None else float(mean) for mean in means] == [
            row[f"is_{section.key}_mean"] for section in of.sections
        ]
        assert expected.answered == row["is_answered"]
        if expected.total is None:
            assert (None, None) == (row["is_total"], row["is_numerator"])
        else:
            assert float(expected.total) == row["is_total"]
            assert expected.total == Fraction(int(row["is_numerator"]), row["is_denominator"])


def summary_like_objects(engine, survey, missing):
    """Check the summary."""
    of, people, table = survey
    result = summarize_frame(of, make(engine, table), role="role", missing=missing)
    assert summarize(of, people, missing=missing) == result


ZONES: Final = {
    "Europe/Helsinki": datetime(2026, 3, 29, 1, tzinfo=UTC),
    "America/New_York": datetime(2024, 11, 3, 6, tzinfo=UTC),
    "Australia/Lord_Howe": datetime(2024, 4, 6, 15, tzinfo=UTC),  # half an hour
    "Pacific/Apia": datetime(2011, 12, 30, 10, tzinfo=UTC),  # a day that was skipped
    "America/St_Johns": datetime(2006, 4, 2, 3, 31, tzinfo=UTC),  # one minute past midnight
}
"""Zones, and instants at which their clocks change."""


@st.composite
def spans(draw):
    """Draw a calendar, and instants around a change of its clocks."""
    name = draw(st.sampled_from(sorted(ZONES)))
    minutes = st.integers(0, 24 * 60 - 1)
    hours = draw(
        st.dictionaries(
            st.integers(0, 6),
            st.lists(
                st.tuples(minutes, minutes).filter(lambda ends: ends[0] != ends[1]), max_size=3
            ),
        )
    )
    weekly = {
        day: [tuple(f"{at // 60:02}:{at % 60:02}" for at in ends) for ends in of]
        for day, of in hours.items()
    }
    day = ZONES[name].date()
    near = st.integers(-3, 3).map(lambda days: day + timedelta(days))
    closed = draw(st.frozensets(near, max_size=2))
    # Some day has hours, and is not closed.
    calendar = WorkCalendar(
        weekly,
        ZoneInfo(name),
        closed=closed,
        overrides={day + timedelta(days=5): [("08:00", "16:00")]},
    )
    steps = st.sampled_from([timedelta(microseconds=1), timedelta(minutes=1), timedelta(hours=1)])
    instants = st.builds(lambda n, step: ZONES[name] + n * step, st.integers(-200, 200), steps)
    return calendar, draw(
        st.lists(st.tuples(instants, st.none() | instants), min_size=1, max_size=5)
    )


def works_like_objects(engine, drawn):
    """Check the working time of every row."""
    calendar, pairs = drawn
    starts, ends = zip(*pairs, strict=True)
    kind = pa.timestamp("us", "UTC")
    table = pa.table(
        {"id": range(len(pairs)), "a": pa.array(starts, kind), "b": pa.array(ends, kind)}
    )
    dates = (min(starts).date() - timedelta(days=10), max(starts).date() + timedelta(days=20))
    found = rows(worktime_frame(calendar, make(engine, table), "a", "b", "c", between=dates))
    for row in found:
        start, end = pairs[row["id"]]
        expected = None if end is None else calendar.elapsed(start, end).total_seconds()
        assert expected == row["c"]


rules = st.sampled_from(["omit", "prorate"])


@ENGINES
class TestRows:
    """Laws that hold on every engine."""

    def test_scores(self, engine):
        """Any answers to any instrument score in a frame as they do as objects."""
        hold(scores_like_objects, engine, tables(), rules)

    def test_summaries(self, engine):
        """They have the very same summary."""
        hold(summary_like_objects, engine, tables(), rules)

    def test_working_time(self, engine):
        """Any hours count alike, across changes of the clocks, for any two instants."""
        hold(works_like_objects, engine, spans())
