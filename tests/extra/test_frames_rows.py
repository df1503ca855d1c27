"""Scores, summaries and working time over frames are those of Python objects, on every engine."""

import csv
import random
import re
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any, Final
from zoneinfo import ZoneInfo

import attrs
import duckdb
import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from engines import make
from frame_rows import AT_HAND, ELSEWHERE, ENGINES, rows
from servicekit.benchmark import (
    Answers,
    Band,
    Instrument,
    Scale,
    Section,
    Statement,
    score,
    summarize,
)
from servicekit.catalogue.excellence import EXCELLENCE
from servicekit.catalogue.helpfulness import HELPFULNESS
from servicekit.errors import DefinitionError, RecordError
from servicekit.extra.frames import score_frame, summarize_frame, worktime_frame
from servicekit.worktime import CalendarHistory, WorkCalendar, always

NOTHING: Final = {"en": "-"}


def instrument(*sections: tuple[int, int], low: int, high: int, key: str = "mood") -> Instrument:
    """Make an instrument of sections of so many statements, so many of them reverse ones."""
    return Instrument(
        key,
        NOTHING,
        scale=Scale(low, high),
        sections=[
            Section(
                f"s{at}",
                NOTHING,
                statements=[
                    Statement(f"q{at}{place}", NOTHING, reverse=place < turned)
                    for place in range(size)
                ],
            )
            for at, (size, turned) in enumerate(sections)
        ],
        bands=[
            Band("low", NOTHING, NOTHING),
            Band("middle", NOTHING, NOTHING, at_least=Fraction(len(sections) * low * 2 + 1, 2)),
            Band("high", NOTHING, NOTHING, at_least=len(sections) * low + 2),
        ],
    )


MOOD: Final = instrument((3, 1), (1, 0), (4, 4), low=-2, high=3)
WIDE_SCALE: Final = instrument((2, 1), low=-120, high=127, key="degrees")
INSTRUMENTS: Final = (HELPFULNESS, EXCELLENCE, MOOD, WIDE_SCALE)
ROLES: Final = (None, "owner", "customer")

Ratings = dict[str, int | None]


def ratings(of: Instrument, n: int, gaps: float) -> list[Ratings]:
    """Make up ratings, the same every time; the last respondent says nothing if there are gaps."""
    draw = random.Random(n)  # noqa: S311 - nothing secret
    made: list[Ratings] = [
        {
            one.key: None if draw.random() < gaps else draw.choice(of.scale.values)
            for one in of.statements
        }
        for _ in range(n)
    ]
    if gaps:
        made[-1] = dict.fromkeys(made[-1])
    return made


def answers(row: Ratings, role: str | None = None) -> Answers:
    """Give the same as answers."""
    return Answers({key: one for key, one in row.items() if one is not None}, role=role)


def wide(given: list[Ratings], dtype: pa.DataType, **more: Any) -> pa.Table:
    """Lay ratings out in a column for each statement, after the number of the respondent."""
    columns = {key: pa.array([row[key] for row in given], dtype) for key in given[0]}
    return pa.table({"who": list(range(len(given))), **more, **columns})


def long(given: list[Ratings], dtype: pa.DataType, roles: list[str | None]) -> pa.Table:
    """Lay ratings out one below the other, in any order; some that are missing have no row."""
    found = [
        (who, roles[who], key, rating)
        for who, row in enumerate(given)
        for at, (key, rating) in enumerate(row.items())
        if rating is not None or at < 2
    ]
    random.Random(0).shuffle(found)  # noqa: S311 - nothing secret
    who, role, key, rating = zip(*found, strict=True)
    return pa.table(
        {
            "who": list(who),
            "role": pa.array(role, pa.string()),
            "asked": list(key),
            "said": pa.array(rating, dtype),
        }
    )


LONG: Final = {"statement": "asked", "rating": "said"}


def scored(of: Instrument, row: Ratings, missing: str) -> dict[str, Any]:
    """Give what the columns of a score are to hold."""
    result = score(of, answers(row), missing=missing)
    means = {f"{each.section.key}_mean": each.mean for each in result.sections}
    columns = {
        **{name: None if mean is None else float(mean) for name, mean in means.items()},
        "total": None if result.total is None else float(result.total),
        "answered": result.answered,
    }
    if of.bands:
        columns |= {"band": result.band and result.band.key, "between_bands": result.between_bands}
    return {f"{of.key}_{name}": value for name, value in columns.items()}


def exact(of: Instrument, row: dict[str, Any]) -> Fraction | None:
    """Read the exact total of a row."""
    numerator = row[f"{of.key}_numerator"]
    return None if numerator is None else Fraction(int(numerator), row[f"{of.key}_denominator"])


def assert_scored(of: Instrument, given: list[Ratings], missing: str, frame: Any) -> None:
    """Compare the rows of a result with the scores of objects."""
    found = {row["who"]: row for row in rows(frame)}
    assert set(range(len(given))) == set(found)
    for who, row in enumerate(given):
        expected = scored(of, row, missing)
        assert expected == {name: found[who][name] for name in expected}
        assert score(of, answers(row), missing=missing).total == exact(of, found[who])
        assert not found[who].get(f"{of.key}_refused")


class TestScoreFrame:
    """The scores of every row."""

    @ENGINES
    @pytest.mark.parametrize("of", INSTRUMENTS, ids=lambda of: of.key)
    def test_complete_answers(self, engine, of):
        """Complete answers in 8 bits score as objects do, without an overflow."""
        given = ratings(of, 20, gaps=0)
        result = score_frame(of, make(engine, wide(given, pa.int8())))
        assert_scored(of, given, "refuse", result)

    @ENGINES
    @pytest.mark.parametrize("missing", ["omit", "prorate"])
    @pytest.mark.parametrize("dtype", [pa.int8(), pa.float64()], ids=str)
    def test_gaps(self, engine, missing, dtype):
        """What was left out counts by the rule, in columns of integers and of floats."""
        for of in (HELPFULNESS, MOOD):
            given = ratings(of, 20, gaps=0.2)
            result = score_frame(of, make(engine, wide(given, dtype)), missing=missing)
            assert_scored(of, given, missing, result)

    @ENGINES
    @pytest.mark.parametrize("missing", ["omit", "prorate"])
    def test_long_layout(self, engine, missing):
        """A row for each rating gives a row for each respondent, with the same scores."""
        given = ratings(MOOD, 20, gaps=0.2)
        table = long(given, pa.int64(), [None] * 20).select(["who", "asked", "said"])
        result = score_frame(MOOD, make(engine, table), missing=missing, respondent="who", **LONG)
        assert_scored(MOOD, given, missing, result)

    @AT_HAND
    def test_columns_stay(self, engine):
        """All columns and the order of the rows stay; the scores stand behind them."""
        given = ratings(EXCELLENCE, 5, gaps=0)
        table = wide(given, pa.int8(), note=list("edcba"))
        result = rows(score_frame(EXCELLENCE, make(engine, table)))
        assert ["who", "note", *given[0]] == list(result[0])[: 2 + len(given[0])]
        assert list("edcba") == [row["note"] for row in result]
        assert [0, 1, 2, 3, 4] == [row["who"] for row in result]

    def test_kinds_of_frames(self):
        """Eager gives eager, lazy gives lazy, and a frame of narwhals gives one of narwhals."""
        frame = make("polars", wide(ratings(EXCELLENCE, 2, gaps=0), pa.int8()))
        assert isinstance(score_frame(EXCELLENCE, frame), pl.DataFrame)
        assert isinstance(score_frame(EXCELLENCE, frame.lazy()), pl.LazyFrame)
        assert isinstance(score_frame(EXCELLENCE, nw.from_native(frame)), nw.DataFrame)
        long_one = pl.DataFrame({"who": ["a"], "asked": ["same_for_all"], "said": [3]})
        result = score_frame(EXCELLENCE, long_one, missing="omit", respondent="who", **LONG)
        assert isinstance(result, pl.DataFrame)

    def test_index_of_pandas(self):
        """A pandas frame keeps its index, even one with a label twice."""
        frame = (
            wide(ratings(EXCELLENCE, 3, gaps=0), pa.int8())
            .to_pandas()
            .set_index(pd.Index(list("aba")))
        )
        assert list("aba") == list(score_frame(EXCELLENCE, frame).index)

    def test_names_of_columns(self):
        """Columns are named after the instrument, or after a prefix of one's own."""
        frame = make("polars", wide(ratings(MOOD, 2, gaps=0), pa.int8()))
        suffixes = ["s0_mean", "s1_mean", "s2_mean", "total", "numerator", "denominator", "band"]
        suffixes += ["between_bands", "answered"]
        named = score_frame(MOOD, frame, prefix="now").columns
        assert [f"now_{each}" for each in suffixes] == named[len(frame.columns) :]
        lazy = score_frame(MOOD, frame.lazy()).collect_schema().names()
        assert [f"mood_{each}" for each in [*suffixes, "refused"]] == lazy[len(frame.columns) :]

    @pytest.mark.parametrize("taken", ["mood_total", "MOOD_Total"])
    def test_names_that_are_taken(self, taken):
        """A name that is there already, be it in capitals, is refused."""
        table = wide(ratings(MOOD, 2, gaps=0), pa.int8(), **{taken: [1, 2]})
        with pytest.raises(RecordError, match="'mood_total', which is there already"):
            score_frame(MOOD, table)
        again = score_frame(MOOD, table, prefix="again")
        assert "again_total" in again.column_names

    def test_names_of_ones_own(self):
        """No name of a column is in the way of the work, and none is left behind."""
        given = ratings(MOOD, 3, gaps=0)
        own = {"_points_0": [1, 2, 3], "__row": [4, 5, 6], "rating_0": [7, 8, 9]}
        result = score_frame(MOOD, make("polars", wide(given, pa.int8(), **own)))
        assert_scored(MOOD, given, "refuse", result)
        assert own == result.select(own.keys()).to_dict(as_series=False)
        assert not [name for name in result.columns if name[0] == "_" and name not in own]

    def test_one_band(self):
        """With one band all who have a total are in it, and nobody is between bands."""
        of = attrs.evolve(MOOD, bands=MOOD.bands[:1])
        given = ratings(of, 3, gaps=0.1)
        assert_scored(of, given, "omit", score_frame(of, wide(given, pa.int8()), missing="omit"))

    @AT_HAND
    def test_wrong_ratings_at_hand(self, engine):
        """A rating off the scale is refused with its row, its column, and what is allowed."""
        given = ratings(HELPFULNESS, 4, gaps=0)
        given[2] |= {"in_touch": 9, "other_teams": None}
        with pytest.raises(RecordError) as error:
            score_frame(HELPFULNESS, make(engine, wide(given, pa.int8())), missing="omit")
        said = "frame: row 2, column 'in_touch' is 9, allowed: a whole number from 1 to 5"
        assert said == str(error.value).replace("9.0", "9")

    @AT_HAND
    def test_missing_ratings_at_hand(self, engine):
        """A missing rating is refused by the rule "refuse", the usual one."""
        given = ratings(HELPFULNESS, 4, gaps=0)
        given[1]["in_touch"] = None
        for dtype in (pa.int8(), pa.float64()):
            with pytest.raises(RecordError, match="row 1, column 'in_touch' is missing"):
                score_frame(HELPFULNESS, make(engine, wide(given, dtype)))

    @pytest.mark.parametrize("wrong", [4.5, float("inf"), 0.0, -1e300])
    def test_floats_that_are_no_ratings(self, wrong):
        """A float that is no whole number of the scale is refused; no number at all is missing."""
        given = make("polars", wide(ratings(EXCELLENCE, 2, gaps=0), pa.float64()))
        (key, *_) = (one.key for one in EXCELLENCE.statements)
        spoiled = given.with_columns(pl.Series(key, [wrong, 1.0]))
        with pytest.raises(RecordError, match=re.escape(f"row 0, column '{key}' is {wrong}")):
            score_frame(EXCELLENCE, spoiled)
        blank = given.with_columns(pl.Series(key, [float("nan"), 1.0]))
        assert 12 == score_frame(EXCELLENCE, blank, missing="omit")["excellence_answered"][0]

    @ELSEWHERE
    def test_wrong_ratings_elsewhere(self, engine):
        """In a lazy frame a row with wrong ratings has no scores, and they are counted."""
        given = ratings(MOOD, 4, gaps=0)
        given[1] |= {"q00": 4, "q10": None}
        given[2]["q21"] = -3
        found = rows(score_frame(MOOD, make(engine, wide(given, pa.int8())), missing="omit"))
        by_rule = rows(score_frame(MOOD, make(engine, wide(given, pa.int8()))))
        assert [0, 1, 1, 0] == [row["mood_refused"] for row in sorted(found, key=who)]
        assert [0, 2, 1, 0] == [row["mood_refused"] for row in sorted(by_rule, key=who)]
        for row in (*found, *by_rule):
            scores = {row[f"mood_{name}"] for name in ("s0_mean", "s2_mean", "total", "band")}
            assert ({None} == scores) == (row["who"] in {1, 2})

    def test_at_most_a_hundred_rows_are_named(self):
        """An error names the wrong ratings of a hundred rows."""
        given = [dict.fromkeys(ratings(EXCELLENCE, 1, gaps=0)[0], 9)] * 150
        with pytest.raises(RecordError) as error:
            score_frame(EXCELLENCE, wide(given, pa.int8()))
        assert 100 * 13 == len(error.value.problems)

    @pytest.mark.parametrize(
        "column",
        [
            pl.Series(["4", "5"]),
            pl.Series([True, False]),
            pl.Series(["4", "5"], dtype=pl.Categorical),
            pl.Series([date(2026, 5, 4)] * 2),
            pl.Series([4, 5], dtype=pl.Decimal(3, 0)),
        ],
        ids=lambda column: str(column.dtype),
    )
    def test_types_that_are_no_ratings(self, column):
        """A column of another type is refused by name and type, whatever its values are."""
        frame = make("polars", wide(ratings(EXCELLENCE, 2, gaps=0), pa.int8()))
        with pytest.raises(RecordError, match=r"same_for_all is of type .*, allowed: integers"):
            score_frame(EXCELLENCE, frame.with_columns(column.alias("same_for_all")))

    def test_columns_that_are_not_there(self):
        """Every missing column is named."""
        with pytest.raises(RecordError) as error:
            score_frame(EXCELLENCE, pl.DataFrame({"same_for_all": [1]}))
        assert 12 == len(error.value.problems)

    @AT_HAND
    def test_statements_that_nobody_answered(self, engine):
        """A column of nothing but nulls, of whatever type, is one that nobody answered."""
        given = ratings(MOOD, 2, gaps=0)
        table = wide(given, pa.int8())
        at = table.column_names.index("q10")
        for dtype in (pa.null(), pa.string(), pa.int8()):
            empty = table.set_column(at, "q10", pa.nulls(2, dtype))
            found = rows(score_frame(MOOD, make(engine, empty), missing="omit"))
            assert [None, None] == [row["mood_s1_mean"] for row in found]
            assert [7, 7] == [row["mood_answered"] for row in found]

    @ENGINES
    def test_no_rows(self, engine):
        """A frame without rows has scores of nobody."""
        table = wide(ratings(EXCELLENCE, 1, gaps=0), pa.int8()).slice(1)
        assert [] == rows(score_frame(EXCELLENCE, make(engine, table)))

    def test_sections_too_large_for_whole_numbers(self):
        """An instrument whose totals have no exact form in 64 bits is refused when prorating."""
        large = instrument((61, 0), (59, 0), low=1, high=5)
        frame = pl.DataFrame({one.key: [3] for one in large.statements})
        assert [6.0] == score_frame(large, frame)["mood_total"].to_list()
        with pytest.raises(DefinitionError, match="'mood' is scored in parts of 1/"):
            score_frame(large, frame, missing="prorate")

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ({"missing": "skip"}, "missing is 'skip', allowed: a Missing: refuse, prorate, omit"),
            ({"respondent": "who"}, "statement is None, allowed: the name of a column"),
            ({"statement": "asked", "rating": "said"}, r"respondent is \(None,\)"),
            ({"respondent": [], **LONG}, r"respondent is \(\)"),
            ({"prefix": 3}, "prefix is 3, allowed: well-formed text"),
        ],
    )
    def test_options_that_cannot_be(self, asked, said):
        """Options are refused by their names."""
        with pytest.raises(RecordError, match=said):
            score_frame(EXCELLENCE, pl.DataFrame({"who": [1]}), **asked)
        with pytest.raises(RecordError, match="instrument is 'excellence'"):
            score_frame("excellence", pl.DataFrame({"who": [1]}))


def who(row: dict[str, Any]) -> int:
    """Give the number of the respondent."""
    number: int = row["who"]
    return number


class TestLongLayout:
    """What can be wrong with rows of ratings."""

    RATED: Final = [("a", "q00", 1), ("a", "q01", 2), ("b", "q00", 3), ("b", "q01", 3)]
    OF: Final = instrument((2, 0), low=1, high=5)

    def frame(self, *changed: tuple[Any, Any, Any]) -> pl.DataFrame:
        """Make a frame, with rows in place of the first ones."""
        found = [*changed, *self.RATED[len(changed) :]]
        return pl.DataFrame(found, ["who", "asked", "said"], orient="row")

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            (("a", "q9", 1), "row 0, column 'asked' is 'q9', allowed: a statement of the"),
            (("a", None, 1), "row 0, column 'asked' is None, allowed: a statement of the"),
            (("a", "q00", 6), "row 0, column 'said' is 6, allowed: a whole number from 1 to 5"),
            ((None, "q00", 1), "who None: ratings without a respondent is 1, allowed: none"),
            (("a", "q01", 1), "who 'a': statements rated more than once is 1, allowed: none"),
            (("a", "q00", None), "who 'a': statements left unanswered is 1, allowed: none"),
        ],
    )
    def test_problems(self, changed, said):
        """At hand a problem is refused with its place; elsewhere its respondent has no score."""
        with pytest.raises(RecordError, match=said):
            score_frame(self.OF, self.frame(changed), respondent="who", **LONG)
        lazy = score_frame(self.OF, self.frame(changed).lazy(), respondent="who", **LONG)
        found = {row["who"]: row for row in rows(lazy)}
        assert (3.0, 0) == (found["b"]["mood_total"], found["b"]["mood_refused"])
        others = [row for name, row in found.items() if name != "b"]
        assert all(row["mood_refused"] and row["mood_total"] is None for row in others)
        with pytest.raises(RecordError, match=said.replace("row 0, ", "")):
            summarize_frame(
                self.OF, duckdb.from_arrow(self.frame(changed)), missing="refuse",
                respondent="who", **LONG,
            )  # fmt: skip

    def test_several_columns_make_a_respondent(self):
        """A respondent may be told by several columns, all of which stay; NaN tells nobody."""
        frame = self.frame().with_columns(wave=pl.Series([1.0, 1.0, 2.0, 2.0]))
        result = score_frame(self.OF, frame, respondent=["who", "wave"], **LONG).sort("who")
        assert [("a", 1.0, 1.5), ("b", 2.0, 3.0)] == result.select(
            "who", "wave", "mood_total"
        ).rows()
        spoiled = frame.with_columns(wave=pl.Series([float("nan"), 1.0, 2.0, 2.0]))
        with pytest.raises(RecordError, match="ratings without a respondent is 1"):
            score_frame(self.OF, spoiled, respondent=["who", "wave"], **LONG)

    def test_columns_that_cannot_be(self):
        """Columns that are missing, or of another type, are refused by name."""
        with pytest.raises(RecordError, match=r"(?s)person is missing.*question is missing"):
            score_frame(
                self.OF, self.frame(), respondent="person", statement="question", rating="said"
            )
        with pytest.raises(RecordError, match="said is of type Int64, allowed: text"):
            score_frame(self.OF, self.frame(), respondent="who", statement="said", rating="said")
        with pytest.raises(RecordError, match="asked is of type String, allowed: integers"):
            score_frame(self.OF, self.frame(), respondent="who", statement="asked", rating="asked")


class TestSummarizeFrame:
    """The summary of all rows."""

    @ENGINES
    @pytest.mark.parametrize("missing", ["omit", "prorate"])
    def test_wide(self, engine, missing):
        """Answers in a frame have the very summary that they have as objects, role by role."""
        given = ratings(MOOD, 30, gaps=0.1)
        roles = [ROLES[at % 3] for at in range(30)]
        table = wide(given, pa.int8(), role=pa.array(roles, pa.string()))
        expected = summarize(MOOD, map(answers, given, roles), missing=missing)
        result = summarize_frame(MOOD, make(engine, table), role="role", missing=missing)
        assert expected == result
        assert expected.sections == result.sections

    @ENGINES
    def test_long(self, engine):
        """So have answers in the long layout."""
        given = ratings(MOOD, 30, gaps=0.1)
        roles = [ROLES[at % 3] for at in range(30)]
        frame = make(engine, long(given, pa.float64(), roles))
        expected = summarize(MOOD, map(answers, given, roles), missing="prorate")
        result = summarize_frame(
            MOOD, frame, role="role", missing="prorate", respondent="who", **LONG
        )
        assert expected == result

    @ENGINES
    def test_no_rows(self, engine):
        """The summary of a frame without rows is that of no answers."""
        table = wide(ratings(EXCELLENCE, 1, gaps=0), pa.int8()).slice(1)
        assert summarize(EXCELLENCE, []) == summarize_frame(EXCELLENCE, make(engine, table))

    def test_without_roles(self):
        """Without a column of roles there are none, whatever the frame has besides."""
        given = ratings(HELPFULNESS, 7, gaps=0)
        expected = summarize(HELPFULNESS, map(answers, given), missing="refuse")
        frame = wide(given, pa.int8(), role=list("abcdefg"))
        assert expected == summarize_frame(HELPFULNESS, frame, missing="refuse")

    def test_roles_of_categories(self):
        """A role may be a category; a column of anything but text is refused, and so is a blank."""
        given = ratings(EXCELLENCE, 2, gaps=0)
        frame = make("polars", wide(given, pa.int8(), role=["own", "buy"]))
        expected = summarize(EXCELLENCE, map(answers, given, ["own", "buy"]))
        categories = frame.with_columns(pl.col("role").cast(pl.Categorical))
        assert expected == summarize_frame(EXCELLENCE, categories, role="role")
        with pytest.raises(RecordError, match="who is of type Int64, allowed: text"):
            summarize_frame(EXCELLENCE, frame, role="who")
        with pytest.raises(RecordError, match="part is missing"):
            summarize_frame(EXCELLENCE, frame, role="part")
        with pytest.raises(RecordError, match="column 'role' is ' ', allowed: well-formed text"):
            summarize_frame(EXCELLENCE, frame.with_columns(role=pl.lit(" ")), role="role")

    @ENGINES
    def test_wrong_ratings(self, engine):
        """Ratings off the scale are refused on every engine, by row where rows have an order."""
        given = ratings(MOOD, 3, gaps=0)
        given[1]["q10"] = 99
        with pytest.raises(RecordError, match=r"column 'q10' is 99(\.0)?, allowed: a whole number"):
            summarize_frame(MOOD, make(engine, wide(given, pa.int8())))


OFFICE: Final = WorkCalendar(
    dict.fromkeys(range(5), (("09:00", "12:00"), ("13:00", "17:00"), ("22:00", "03:00"))),
    ZoneInfo("Europe/Helsinki"),
    closed=[date(2026, 5, 1)],
    overrides={date(2026, 3, 29): [("01:00", "06:00")], date(2026, 10, 25): [("01:00", "06:00")]},
    breaks={date(2026, 6, 1): [("10:00", "10:30"), ("11:00", "11:15")]},
)
LATER: Final = WorkCalendar({5: [("00:00", "24:00")]}, ZoneInfo("Europe/Helsinki"))
TIMETABLES: Final = (
    OFFICE,
    CalendarHistory(OFFICE, {date(2026, 7, 1): LATER}),
    always(ZoneInfo("Australia/Lord_Howe")),
)
YEAR: Final = (date(2025, 12, 1), date(2027, 1, 31))


def moments(n: int) -> list[datetime | None]:
    """Make up instants of a year, some at the very edge of a day or an opening, some missing."""
    draw = random.Random(n)  # noqa: S311 - nothing secret
    start = datetime(2025, 12, 30, tzinfo=UTC)
    steps = (timedelta(microseconds=1), timedelta(hours=1), timedelta(days=1))
    found: list[datetime | None] = [
        start + draw.randrange(1, 366 * timedelta(days=1) // step) * step
        for step in steps
        for _ in range(n)
    ]
    return [*found, None, start, None]


class TestWorktimeFrame:
    """Working time of every row."""

    STARTS: Final = moments(30)
    ENDS: Final = [*moments(31)[3:-1], None]
    CASES: Final = pa.table(
        {
            "id": list(range(len(STARTS))),
            "start": pa.array(STARTS, pa.timestamp("us", "UTC")),
            "end": pa.array(ENDS, pa.timestamp("us", "Asia/Tokyo")),
        }
    )

    def elapsed(self, timetable: Any) -> list[float | None]:
        """Give what objects say."""
        return [
            None if None in (start, end) else timetable.elapsed(start, end).total_seconds()
            for start, end in zip(self.STARTS, self.ENDS, strict=True)
        ]

    @ENGINES
    def test_parity(self, engine):
        """Every row has what the timetable says of its instants, exactly, both ways round."""
        for timetable in TIMETABLES:
            frame = make(engine, self.CASES)
            result = worktime_frame(timetable, frame, "start", "end", "worked", between=YEAR)
            found = {row["id"]: row["worked"] for row in rows(result)}
            assert self.elapsed(timetable) == [found[at] for at in range(len(self.STARTS))]

    @AT_HAND
    def test_rows_at_hand(self, engine):
        """Of an eager frame the days are looked up; its rows and columns stay as they were."""
        result = rows(worktime_frame(OFFICE, make(engine, self.CASES), "start", "end", "worked"))
        assert ["id", "start", "end", "worked"] == list(result[0])
        assert list(range(len(self.STARTS))) == [row["id"] for row in result]
        assert self.elapsed(OFFICE) == [row["worked"] for row in result]
        assert self.STARTS == [row["start"] for row in result]

    def test_order_of_lazy_rows(self):
        """A lazy Polars frame keeps the order of its rows."""
        lazy = make("polars_lazy", self.CASES)
        result = worktime_frame(OFFICE, lazy, "start", "end", "worked", between=YEAR)
        assert isinstance(result, pl.LazyFrame)
        assert self.elapsed(OFFICE) == result.collect()["worked"].to_list()

    def test_index_of_pandas(self):
        """A pandas frame keeps its index."""
        frame = self.CASES.slice(0, 3).to_pandas().set_index(pd.Index([7, 5, 7]))
        result = worktime_frame(OFFICE, frame, "start", "end", "worked")
        assert [7, 5, 7] == list(result.index)
        assert self.elapsed(OFFICE)[:3] == result["worked"].to_list()

    def test_outside_of_the_dates(self):
        """Where an instant lies outside of the dates that were given nothing is said."""
        dates = (date(2026, 4, 1), date(2026, 6, 30))
        for engine in ("polars", "duckdb"):
            result = worktime_frame(
                OFFICE, make(engine, self.CASES), "start", "end", "worked", between=dates
            )
            pairs = zip(sorted(rows(result), key=number), self.elapsed(OFFICE), strict=True)
            found = [(row["worked"], expected) for row, expected in pairs]
            assert any(worked is None and expected is not None for worked, expected in found)
            assert all(worked in (None, expected) for worked, expected in found)
            assert any(worked is not None for worked, _ in found)

    def test_clocks_without_a_zone(self):
        """Clock readings need a zone, and are read as its clocks show them."""
        naive = make("polars", self.CASES).with_columns(
            start=pl.col("start").dt.convert_time_zone("Europe/Helsinki").dt.replace_time_zone(None)
        )
        zone = ZoneInfo("Europe/Helsinki")
        expected = [
            None
            if start is None or end is None
            else OFFICE.elapsed(start.replace(tzinfo=zone), end).total_seconds()
            for start, end in zip(naive["start"], self.ENDS, strict=True)
        ]
        result = worktime_frame(OFFICE, naive, "start", "end", "worked", zone=zone)
        assert expected == result["worked"].to_list()
        with pytest.raises(RecordError, match="start is naive, allowed: instants with a zone"):
            worktime_frame(OFFICE, naive, "start", "end", "worked")

    def test_no_instants(self):
        """Without any instant, or any row, there is nothing to say."""
        empty = make("polars", self.CASES)
        blank = empty.with_columns(start=None)
        result = worktime_frame(OFFICE, blank, "start", "end", "worked")
        assert len(blank) == result["worked"].null_count()
        assert [] == worktime_frame(OFFICE, empty[:0], "start", "end", "w")["w"].to_list()

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"timetable": 3}, "timetable is 3, allowed: a Timetable"),
            ({"name": "ID"}, "name is 'ID', allowed: a name that no column of the frame has"),
            ({"name": " "}, "name is ' ', allowed: well-formed text"),
            ({"start": "begun"}, "begun is missing, allowed: a column of the frame"),
            ({"end": "id"}, "id is of type Int64, allowed: instants"),
            ({"end": "day"}, "day is a column of dates, allowed: instants"),
            ({"end": "late"}, "late is 253402214400000000 microseconds after 1970, allowed: inst"),
            ({"between": YEAR[::-1]}, "between is .*, allowed: two dates in the years 2 to 9998"),
            ({"between": 2026}, "between is 2026, allowed: two dates"),
        ],
    )
    def test_what_cannot_be(self, change, said):
        """What cannot be is refused by name."""
        frame = make("polars", self.CASES).with_columns(
            day=date(2026, 5, 4), late=datetime(9999, 12, 31, tzinfo=UTC)
        )
        asked = {"timetable": OFFICE, "start": "start", "end": "end", "name": "worked"} | change
        with pytest.raises(RecordError, match=said):
            worktime_frame(frame=frame, **asked)

    def test_lazy_frames_need_dates(self):
        """A lazy frame is not computed to find its dates."""
        with pytest.raises(RecordError, match="between is None, allowed: two dates"):
            worktime_frame(OFFICE, make("duckdb", self.CASES), "start", "end", "worked")


def number(row: dict[str, Any]) -> int:
    """Give the number of a case."""
    case: int = row["id"]
    return case


# --- Real answers: 2,800 people, 25 statements, with holes and reverse statements ----------------


@pytest.fixture(scope="module")
def personality(data_folder):
    """Read the instrument, and say where the answers are."""
    with (data_folder / "psych_bfi" / "bfi.keys.csv").open() as lines:
        keyed = list(csv.DictReader(lines))
    sections = [
        Section(
            name,
            NOTHING,
            statements=[
                Statement(row[name].lstrip("-"), NOTHING, reverse=row[name].startswith("-"))
                for row in keyed
            ],
        )
        for name in keyed[0]
        if name != "rownames"
    ]
    of = Instrument("bfi", NOTHING, scale=Scale(1, 6), sections=sections)
    return of, data_folder / "psych_bfi" / "bfi.csv"


def test_real_answers(personality):
    """Read by Polars, pandas and DuckDB real answers score as they do as objects."""
    of, path = personality
    keys = [one.key for one in of.statements]
    frame = pl.read_csv(path, null_values="NA")
    given = frame.select(keys).to_dicts()
    expected = summarize(of, map(answers, given), missing="prorate")
    for native in (frame, frame.lazy(), pd.read_csv(path), duckdb.read_csv(str(path))):
        assert expected == summarize_frame(of, native, missing="prorate")
    found = score_frame(of, frame, missing="omit")
    assert [score(of, answers(row), missing="omit").total for row in given] == [
        exact(of, row) for row in found.to_dicts()
    ]
