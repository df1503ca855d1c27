"""Charts: what they draw is what the value says, and every one of them can be drawn."""

import importlib
import json
import sys
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from functools import cache
from itertools import pairwise

import altair as alt
import pytest
from attrs import evolve

from samples import FULL_CASE, at, case, complaint, kept, note, promise, proposal
from samples import TO_STAGE as HISTORIES
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
from servicekit.change import trend
from servicekit.errors import RecordError
from servicekit.extra.charts import (
    _looks,
    equity_chart,
    flow_chart,
    pareto_chart,
    score_chart,
    scorecard_chart,
    timeline_chart,
    trend_chart,
)
from servicekit.extra.charts._data import as_float, milliseconds, padded
from servicekit.inference import xmr
from servicekit.kpi import (
    Better,
    Column,
    Count,
    Kpi,
    Mean,
    Scorecard,
    Share,
    Target,
    equity,
    measure,
)
from servicekit.money import Money
from servicekit.problems import Signal, rank
from servicekit.resolution import Case, Stage

NOW = datetime(2026, 5, 4, tzinfo=UTC)
LONG = "A name that goes on and on " * 8
KEYS = [statement.key for statement in HELPFULNESS.statements]
X = Column("x")
KEPT = Kpi("kept", "Answered in time", Share(X.is_true()), unit="share", better=Better.HIGHER)
WAIT = Kpi("wait", "Waiting time", Mean(X), unit="minutes", better=Better.LOWER)
YES = Kpi("yes", "Answered", Count(X.is_true()), unit="answers", better=Better.NEITHER)


def rated(rating, **changes):
    """Score answers that are all alike but for some."""
    return score(HELPFULNESS, Answers(dict.fromkeys(KEYS, rating) | changes))


def instrument(sections=1, low=1, high=5, bands=(), title="Desk"):
    """Make an instrument with a statement in each section."""
    parts = [
        Section(f"s{at}", {"en": f"{title} {at}"}, Statement(f"q{at}", {"en": "Q"}))
        for at in range(sections)
    ]
    return Instrument("desk", {"en": title}, Scale(low, high), parts, bands)


def card(*targets, values=(), title="May"):
    """Make a scorecard of targets, their KPIs measured over values of x."""
    rows = [{"x": value, "n": int(value)} for value in values]
    found = measure({target.kpi for target in targets}, rows, as_of=NOW)
    return Scorecard.of(title, targets, found, as_of=NOW)


def served(smallest=1, kpi=KEPT, **values):
    """Make equity of values of x by group."""
    rows = [{"group": group, "x": value} for group, some in values.items() for value in some]
    return equity(kpi, rows, "group", NOW, smallest=smallest)


def spec_of(chart):
    """Give a chart as Vega-Lite reads it, its data put back where Altair shares them."""
    spec = chart.to_dict()
    data = spec.pop("datasets", {})

    def whole(node):
        if isinstance(node, list):
            return [whole(each) for each in node]
        if not isinstance(node, dict):
            return node
        if list(node) == ["name"] and node["name"] in data:
            return {"values": data[node["name"]]}
        return {key: whole(value) for key, value in node.items()}

    return whole(spec)


def rows_of(chart, panel=None):
    """Give the rows that a chart, or a panel of it, draws."""
    spec = spec_of(chart)
    drawn = spec if panel is None else spec["vconcat"][panel]
    return drawn.get("data", spec.get("data"))[
        "values"
    ]  # a lone panel leaves its data to the whole


def names_of(axis):
    """Give the names of rows, each as its lines."""
    return json.loads(axis["labelExpr"].removesuffix("[datum.value]"))


class TestScore:
    """A score, its bands and the one before."""

    def test_sections_weakest_first(self):
        """Each section has a row with its score, the weakest on top, in the wanted language."""
        chart = score_chart(rated(4, in_touch=2), language="fi-FI")
        rows = rows_of(chart, 0)
        assert list(range(7)) == [row["row"] for row in rows]
        assert ("Asiakkaiden tuntemus", "3.33") == (rows[0]["section"], rows[0]["said"])
        assert [10 / 3, *[4.0] * 6] == [row["score"] for row in rows]
        assert ["Palvelun avuliaisuus"] == spec_of(chart)["title"]["text"]

    def test_scales_are_those_of_the_instrument(self):
        """Bars begin at the lowest score there can be, and the axes say what they range over."""
        spec = spec_of(score_chart(rated(4)))
        bars, total = spec["vconcat"][0]["layer"][0], spec["vconcat"][1]["layer"][-2]
        assert (1, [1, 5]) == (
            bars["encoding"]["x2"]["datum"],
            bars["encoding"]["x"]["scale"]["domain"],
        )
        assert "Section score, from 1 to 5" == bars["encoding"]["x"]["title"]
        assert "Total, from 7 to 35" == total["encoding"]["x"]["title"]

    def test_bands_lie_from_floor_to_floor(self):
        """Each band begins at its floor, the lowest at the lowest total, and ends at the next."""
        spec = spec_of(score_chart(rated(4)))
        bands = spec["vconcat"][1]["layer"][0]["data"]["values"]
        assert [(7, 21), (21, 28), (28, 35)] == [(band["low"], band["high"]) for band in bands]

    def test_a_floor_of_zero_is_a_floor(self):
        """A band from 0 on does not begin at the lowest total, which lies below."""
        bands = (
            Band("no", {"en": "No"}, {"en": "-"}),
            Band("yes", {"en": "Yes"}, {"en": "-"}, at_least=0),
        )
        of = instrument(low=-2, high=2, bands=bands)
        spec = spec_of(score_chart(score(of, Answers({"q0": 1}))))
        drawn = spec["vconcat"][1]["layer"][0]["data"]["values"]
        assert [(-2, 0), (0, 2)] == [(band["low"], band["high"]) for band in drawn]

    def test_before(self):
        """The score before stands beside each section and the total, with how far they moved."""
        chart = score_chart(rated(4), rated(4, in_touch=1))
        moved = {row["section"]: (row["before"], row["said"]) for row in rows_of(chart, 0)}
        assert (3.0, "4.00\n+1.00") == moved["Knowing the customers"]
        assert (4.0, "4.00\n0.00") == moved["Staff competence"]
        assert [(28.0, 27.0, "28.00\n+1.00")] == [
            (row["score"], row["before"], row["said"]) for row in rows_of(chart, 1)
        ]
        assert "Total 28.00, from 7 to 35, before 27.00: An asset." in chart.description

    def test_no_score(self):
        """A section without a score has no bar, and says so; so does the total."""
        some = Answers(dict.fromkeys(KEYS[4:], 4))
        chart = score_chart(score(HELPFULNESS, some, missing="omit"), rated(3))
        last = rows_of(chart, 0)[-1]
        assert (None, 3.0, "no score") == (last["score"], last["before"], last["said"])
        assert (None, "no score") == tuple(rows_of(chart, 1)[0][key] for key in ("score", "said"))
        assert chart.description.endswith(
            "Customer-centred culture -. Total -, from 7 to 35, before 21.00."
        )

    def test_summary(self):
        """The means of many have intervals, and the chart says how many they are."""
        many = [Answers(dict.fromkeys(KEYS, rating)) for rating in (3, 4, 5)]
        summary = summarize(HELPFULNESS, many)
        chart = score_chart(summary, summary)
        interval = summary.total.interval()
        assert (28.0, interval.low, interval.high) == tuple(
            rows_of(chart, 1)[0][key] for key in ("score", "low", "high")
        )
        assert "mean of 3 respondents" in spec_of(chart)["title"]["subtitle"][0]

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("high",), "result is 'high', allowed: a Score or a Summary"),
            ((rated(4), 3), "before is 3, allowed: a Score or a Summary"),
            (
                (
                    rated(4),
                    score(EXCELLENCE, Answers({one.key: 4 for one in EXCELLENCE.statements})),
                ),
                "before.instrument is 'excellence', allowed: that of the result, 'helpfulness'",
            ),
        ],
    )
    def test_refused(self, arguments, said):
        """What is no score, or one of another instrument, is refused by name."""
        with pytest.raises(RecordError, match=said):
            score_chart(*arguments)

    def test_language_refused(self):
        """A language that the instrument does not have is refused with those that it has."""
        with pytest.raises(RecordError, match="score_chart: language is 'sv', allowed: one of en"):
            score_chart(rated(4), language="sv")


class TestScorecard:
    """Targets, each on a scale of its own."""

    def test_a_row_for_each_target(self):
        """Targets keep their order; each row has its figures, its unit and its words."""
        targets = (Target(KEPT, at_least=0.9, warn=0.7), Target(YES, at_least=3))
        spec = spec_of(scorecard_chart(card(*targets, values=[True] * 4 + [False])))
        near, met = (panel["data"]["values"][0] for panel in spec["vconcat"])
        assert ("near", 0.8, 0.9, 0.7) == tuple(
            near[k] for k in ("status", "value", "goal", "warn")
        )
        assert ("near: 0.8\nat least 0.9", "met: 4\nat least 3") == (near["said"], met["said"])
        assert near["low"] < 0.8 < near["high"]
        assert (None, None) == (met["low"], met["high"])
        units = [panel["layer"][0]["encoding"]["x"]["title"] for panel in spec["vconcat"]]
        assert [["share"], ["answers"]] == units

    @pytest.mark.parametrize(
        ("target", "end"), [(Target(YES, at_least=3), 1), (Target(YES, at_most=3), 0)]
    )
    def test_the_side_where_the_goal_is_met(self, target, end):
        """The ground is shaded from the goal to that end of the scale where it is met."""
        spec = spec_of(scorecard_chart(card(target, values=[True] * 5)))
        ground = spec["vconcat"][0]["layer"][0]["encoding"]
        assert "goal" == ground["x"]["field"]
        assert ground["x"]["scale"]["domain"][end] == ground["x2"]["datum"]

    def test_no_data(self):
        """A KPI without data keeps its row, without a point."""
        row = rows_of(scorecard_chart(card(Target(KEPT, at_least=0.9))), 0)[0]
        assert (None, "no data\nat least 0.9") == (row["value"], row["said"])

    def test_description(self):
        """In words: how many targets there are of each kind, and which are missed."""
        targets = (Target(KEPT, at_least=0.9), Target(YES, at_least=1))
        chart = scorecard_chart(card(*targets, values=[True, False]))
        assert chart.description == (
            "May, 2 targets: 1 missed, 1 met. "
            "Missed: Answered in time: at least 0.9 share: missed: 0.5."
        )

    def test_nothing(self):
        """A scorecard without targets says so."""
        chart = scorecard_chart(card(title="Empty"))
        assert "Empty, 0 targets." == chart.description
        assert "no targets" in json.dumps(spec_of(chart))

    def test_refused(self):
        """What is no scorecard is refused."""
        with pytest.raises(RecordError, match="card is None, allowed: a Scorecard"):
            scorecard_chart(None)


class TestEquity:
    """One KPI in every group."""

    def test_a_row_for_each_group(self):
        """Groups keep their order, each with its value, interval, number and verdict."""
        chart = equity_chart(
            served(30, fi=[True] * 90 + [False] * 10, sv=[True] * 5 + [False] * 95, en=[True] * 9)
        )
        rows = rows_of(chart)
        assert ["fi", "sv", "en"] == [row["group"] for row in rows]
        assert [0.9, 0.05, 1.0] == [row["value"] for row in rows]
        assert ["0.9\nn 100", "0.05\nn 100", "1\nn 9"] == [row["said"] for row in rows]
        verdicts = ["differs from the others", "differs from the others", "too few to rank"]
        assert verdicts == [row["verdict"] for row in rows]
        assert rows[0]["low"] < 0.9 < rows[0]["high"]

    def test_all_groups_together(self):
        """The line is the value over the rows of all groups, not the mean of the groups."""
        chart = equity_chart(served(fi=[True] * 3, sv=[False]))
        assert [{"together": 0.75}] == spec_of(chart)["layer"][0]["data"]["values"]

    def test_groups_that_do_not_add_up(self):
        """Where measurements of the groups do not add up there is no line."""
        one = served(fi=[True] * 3)
        other = equity(KEPT, [{"group": "sv", "x": True}], "group", at(0), smallest=1)
        mixed = evolve(one, standings=(*one.standings, *other.standings))
        assert ["rule", "point", "text"] == [
            layer["mark"]["type"] for layer in spec_of(equity_chart(mixed))["layer"]
        ]

    def test_no_clear_difference(self):
        """A group that may differ by chance says so, and so does one that nothing is told of."""
        alike = rows_of(equity_chart(served(fi=[True, False], sv=[True, False])))
        alone = rows_of(equity_chart(served(fi=[True, False])))
        assert ["no clear difference"] * 2 == [row["verdict"] for row in alike]
        assert ["cannot be told"] == [row["verdict"] for row in alone]

    def test_the_legend_has_what_is_there(self):
        """The legend tells the verdicts that occur, in one order, and no others."""
        points = spec_of(equity_chart(served(fi=[True, False])))["layer"][2]["encoding"]
        assert ["cannot be told"] == points["fill"]["legend"]["values"]
        assert points["fill"]["legend"] == points["shape"]["legend"]
        assert 4 == len(points["fill"]["scale"]["domain"])

    def test_no_value(self):
        """Where nothing is known, rows have no point, and there is no line."""
        chart = equity_chart(served(fi=[None], sv=[None]))
        assert ["no value\nn 0"] * 2 == [row["said"] for row in rows_of(chart)]
        assert ["rule", "point", "text"] == [
            layer["mark"]["type"] for layer in spec_of(chart)["layer"]
        ]

    def test_groups_of_any_kind(self):
        """A group of several parts is named by them, an unknown part says so."""
        rows = [{"a": "fi", "b": None, "x": True}, {"a": "sv", "b": 7, "x": True}]
        found = equity(KEPT, rows, ["a", "b"], NOW, smallest=1)
        assert {"fi, not known", "sv, 7"} == {row["group"] for row in rows_of(equity_chart(found))}

    def test_description(self):
        """In words: the best, the worst, and who differs."""
        chart = equity_chart(served(kpi=WAIT, fi=[1, 2, 1, 2], sv=[8, 9, 9, 8]))
        assert chart.description == (
            "Waiting time in minutes, 2 groups, the best first. Best: fi 1.5. Worst: sv 8.5. "
            "Differing from the others by more than noise: fi 1.5; sv 8.5."
        )

    def test_nothing(self):
        """Without groups the chart says so."""
        chart = equity_chart(served())
        assert chart.description.startswith("Answered in time in share, 0 groups")
        assert "no groups" in json.dumps(spec_of(chart))

    def test_refused(self):
        """What is no equity is refused."""
        with pytest.raises(RecordError, match="equity is 5, allowed: a Equity"):
            equity_chart(5)


class TestTimeline:
    """A case through time."""

    def test_the_path_is_what_was_known_then(self):
        """Each step stands at the stage that the case had right after it, annulled or not."""
        rows = rows_of(timeline_chart(FULL_CASE, at(99)), 0)
        stages = [FULL_CASE.complaint, *FULL_CASE.steps]
        expected = [0]
        then = case()
        for step in FULL_CASE.steps:
            then = then.advance(step)
            expected.append(list(Stage).index(then.stage))
        assert len(stages) == len(rows)
        assert expected == [row["row"] for row in rows]
        assert ["Note"] == [row["step"] for row in rows if row["kind"] == "annulled"]
        assert ("complaint", "Complaint") == (rows[0]["kind"], rows[0]["step"])

    def test_later_steps_are_not_there(self):
        """The chart shows the case as it stood at the instant."""
        assert 3 == len(rows_of(timeline_chart(FULL_CASE, at(1)), 0))

    def test_promises(self):
        """Each promise has a row, until when it was due and where it was settled."""
        made = case(
            promise(1, "a", due=at(5)), promise(2, "b", due=at(9)), kept(6, "a"), kept(7, "b")
        )
        late, in_time = rows_of(timeline_chart(made, at(20)), 1)
        assert ("kept late", milliseconds(at(5), UTC), milliseconds(at(6), UTC)) == (
            late["status"],
            late["due"],
            late["end"],
        )
        assert late["end"] == late["late"]
        assert ("kept", milliseconds(at(7), UTC)) == (in_time["status"], in_time["end"])
        assert in_time["due"] == in_time["late"]

    def test_where_a_promise_ended(self):
        """A broken promise is marked where it was due, a renegotiated one where it was replaced."""
        made = case(
            promise(1, "a", due=at(5)),
            promise(2, "b", due=at(8)),
            promise(3, "c", due=at(30), replaces="b"),
        )
        rows = rows_of(timeline_chart(made, at(20)), 1)
        marks = [("broken", at(5)), ("renegotiated", at(3)), ("pending", at(30))]
        assert marks == [
            (row["status"], at(0) + timedelta(milliseconds=row["end"] - milliseconds(at(0), UTC)))
            for row in rows
        ]

    def test_a_promise_replaced_too_late_is_marked_where_it_was_due(self):
        """What was replaced after it was due is broken, and marked there."""
        made = case(promise(1, "a", due=at(5)), promise(9, "b", due=at(30), replaces="a"))
        first = rows_of(timeline_chart(made, at(20)), 1)[0]
        assert ("broken", first["due"]) == (first["status"], first["end"])

    def test_without_promises(self):
        """A case without promises has the one panel, and does not speak of them."""
        chart = timeline_chart(case(note(1)), at(5))
        assert 1 == len(spec_of(chart)["vconcat"])
        assert 1 == len(spec_of(chart)["title"]["subtitle"])

    def test_clock(self):
        """Times are by the complaint's own offset, which the axis names."""
        zone = timezone(timedelta(hours=3))
        made = Case(complaint(received_at=at(0).astimezone(zone)))
        chart = timeline_chart(made, at(60))
        row = rows_of(chart, 0)[0]
        assert "2026-05-04 12:30+03:00" == row["time"]
        assert datetime(2026, 5, 4, 12, 30, tzinfo=UTC).timestamp() * 1000 == row["at"]
        x = spec_of(chart)["vconcat"][0]["layer"][0]["encoding"]["x"]
        assert ("Time (UTC+03:00)", "utc") == (x["title"], x["scale"]["type"])

    @pytest.mark.parametrize("end", [datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59)])
    def test_any_instant(self, end):
        """The first and the last instant that Python knows can be drawn."""
        chart = timeline_chart(case(), end.replace(tzinfo=timezone(timedelta(hours=-5))))
        low, high = spec_of(chart)["vconcat"][0]["layer"][0]["encoding"]["x"]["scale"]["domain"]
        assert low < high

    def test_description(self):
        """In words: when it came, where it stands, and what became of each promise."""
        chart = timeline_chart(case(promise(1, due=at(5))), at(20))
        assert chart.description == (
            "Case C-17, received 2026-05-04 09:30+00:00, steps: 1, received as of "
            "2026-05-04 09:50+00:00. Promise, To call back, due 2026-05-04 09:35+00:00: broken"
        )

    def test_refused(self):
        """What is no case, and an instant without an offset, are refused by name."""
        with pytest.raises(RecordError, match="case is 'C-17', allowed: a Case"):
            timeline_chart("C-17", at(0))
        with pytest.raises(RecordError, match="as_of is"):
            timeline_chart(case(), at(0).replace(tzinfo=None))


class TestFlow:
    """Many cases on their way."""

    def test_stages(self):
        """Each stage has how many came to it, stand there, and came back to it."""
        back = case(*HISTORIES[Stage.EXPLAINED], proposal(3), proposal(4, accepted=False))
        rows = rows_of(flow_chart([*(case(*steps) for steps in HISTORIES.values()), back], at(99)))
        assert [str(stage) for stage in Stage] == [row["stage"] for row in rows]
        assert [8, 6, 5, 4, 2, 1, 1] == [row["reached"] for row in rows]
        assert [1, 1, 2, 1, 1, 1, 1] == [row["here"] for row in rows]
        assert [0, 0, 1, 0, 0, 0, 0] == [row["back"] for row in rows]
        assert "5\n2 here, 1 came back" == rows[2]["said"]

    def test_as_of(self):
        """Cases received later are left out, and later steps do not count."""
        later = Case(complaint(received_at=at(60)))
        rows = rows_of(flow_chart(iter([case(*HISTORIES[Stage.FIXED]), later]), at(2)))
        assert [1, 1, 1, 0, 0, 0, 0] == [row["reached"] for row in rows]

    def test_annulled_steps_do_not_count(self):
        """A case counts where its corrected history leads."""
        rows = rows_of(flow_chart([FULL_CASE], at(99)))
        assert str(FULL_CASE.stage) == next(row["stage"] for row in rows if row["here"])

    @pytest.mark.parametrize(("many", "most", "ticks"), [(0, 1, 1), (1, 1, 1), (20, 20, 8)])
    def test_scale(self, many, most, ticks):
        """The scale counts whole cases, however few."""
        x = spec_of(flow_chart([case()] * many, at(9)))["layer"][0]["encoding"]["x"]
        assert ([0, most], ticks) == (x["scale"]["domain"], x["axis"]["tickCount"])

    def test_refused(self):
        """What is no case is refused by its place."""
        with pytest.raises(RecordError, match=r"cases\[1\] is 7, allowed: a Case"):
            flow_chart([case(), 7], at(9))


def moving(values, better=Better.LOWER, name="2026-{:02}", unit="minutes", baseline=None):
    """Make the trend of a mean that has these values, one after the other; None is no data."""
    kpi = Kpi("wait", "Waiting time", Mean(X), unit=unit, better=better)
    rows = [[] if value is None else [{"x": value}] for value in values]
    found = [measure([kpi], some, as_of=NOW) for some in rows]
    by_period = {name.format(at): one for at, one in enumerate(found, start=1)}
    return trend(by_period, kpi, baseline=baseline)


OUTLIER = [10, 9, 11, 10, 10, 11, 9, 10, 25]


class TestTrend:
    """A figure over time."""

    def test_values_between_their_limits(self):
        """The values by period, with centre and limits across, and their moving ranges below."""
        found = moving(OUTLIER)
        spec = spec_of(trend_chart(found))
        values, moves = (panel["data"]["values"] for panel in spec["vconcat"])
        assert OUTLIER == [row["value"] for row in values]
        assert [f"2026-{at:02}" for at in range(1, 10)] == [row["period"] for row in values]
        assert [1, 2, 1, 0, 1, 2, 1, 15] == [row["value"] for row in moves]
        assert "2026-02" == moves[0]["period"]
        limits = found.chart.limits
        lines = [
            layer["data"]["values"][0]["line"]
            for panel in spec["vconcat"]
            for layer in panel["layer"]
            if layer["mark"]["type"] == "rule"
        ]
        expected = [limits.centre, limits.lower, limits.upper]
        assert [*expected, limits.moving_range, limits.range_limit] == pytest.approx(lines)

    @pytest.mark.parametrize(
        ("better", "kind"),
        [
            (Better.LOWER, "signal, worse"),
            (Better.HIGHER, "signal, better"),
            (Better.NEITHER, "signal"),
        ],
    )
    def test_signals_are_marked(self, better, kind):
        """A value, or a range, that is no routine variation says whether it is good or bad."""
        chart = trend_chart(moving(OUTLIER, better, baseline=8))
        for panel in (0, 1):
            kinds = [row["kind"] for row in rows_of(chart, panel)]
            assert kind == kinds[-1]
            assert {"routine"} == set(kinds[:-1])

    def test_a_chart_alone(self):
        """Of a chart without names the places stand for the periods, and no signal is good."""
        rows = rows_of(trend_chart(xmr(OUTLIER)), 0)
        assert [str(at) for at in range(9)] == [row["period"] for row in rows]
        assert "signal" == rows[-1]["kind"]

    def test_no_limits(self):
        """Values that are all alike have no lines and no signals, and the chart says so."""
        chart = trend_chart(moving([4, 4, 4]))
        assert "No limits: successive values show no spread" in chart.title.subtitle
        assert chart.description == (
            "Waiting time in minutes, 3 periods, 2026-01 to 2026-03. "
            "No limits: successive values show no spread. No signals."
        )

    def test_one_period(self):
        """A single value has no moving range, and its panel names the period."""
        panels = spec_of(trend_chart(moving([4])))["vconcat"]
        assert 1 == len(panels)
        assert "Period" == panels[0]["layer"][-1]["encoding"]["x"]["axis"]["title"]

    def test_many_periods(self):
        """A chart of very many periods does not become wider than one can look at."""
        panels = spec_of(trend_chart(moving([at % 3 for at in range(400)])))["vconcat"]
        assert {1300} == {panel["width"] for panel in panels}

    def test_left_out(self):
        """Periods without a value are named; where there is nothing else, there is no panel."""
        chart = trend_chart(moving([None, 3, 4]))
        assert "Without a value: 2026-01" in chart.title.subtitle
        empty = trend_chart(moving([None]))
        assert "no values" in json.dumps(empty.to_dict())
        assert "0 periods." in empty.description

    def test_description(self):
        """In words: the limits, and every signal with its periods."""
        assert "signal, worse, beyond limit: 2026-09" in trend_chart(moving(OUTLIER)).description

    def test_refused(self):
        """What is no trend is refused."""
        with pytest.raises(
            RecordError, match=r"trend is \[1\], allowed: a Trend or a ProcessChart"
        ):
            trend_chart([1])


def told(*signals):
    """Make signals of a problem, a source and a weight each."""
    return [Signal(problem, source, NOW, weight=weight) for problem, source, weight in signals]


class TestPareto:
    """A ranking of problems."""

    def test_a_bar_for_each(self):
        """Problems keep their order, with their shares, the sum so far and how often they came."""
        ranking = rank(
            told(("late", "carrier", 60), ("torn", "staff", 30), ("fee", "staff", 10)), top=1
        )
        rows = rows_of(pareto_chart(ranking))
        assert ["late", "torn", "fee"] == [row["title"] for row in rows]
        assert [0.6, 0.3, 0.1] == [row["share"] for row in rows]
        assert [0.6, 0.9, 1.0] == [row["cumulative"] for row in rows]
        assert ["1: 60\nn 60", "2: 30\nn 30", "3: 10\nn 10"] == [row["said"] for row in rows]
        assert rows[0]["low"] < 0.6 < rows[0]["high"]

    def test_where_they_stand(self):
        """Bars tell the first places from what is not clearly behind them, and from the rest."""
        signals = told(("late", "a", 50), ("torn", "a", 48), ("fee", "a", 2))
        rows = rows_of(pareto_chart(rank(signals, top=1)))
        assert ["on the first places", "not clearly behind", "behind"] == [
            row["standing"] for row in rows
        ]

    def test_money(self):
        """Where impacts are money, scores are amounts, and what has none is named apart."""
        signals = told(("late", "a", 5), ("torn", "a", 48))
        chart = pareto_chart(rank(signals, impact={"late": Money("2.50", "EUR")}))
        assert ["1: 12.5 EUR\nn 5"] == [row["said"] for row in rows_of(chart)]
        assert ["1 ranked in EUR, 5 occurrences"] == chart.title.text
        assert "Not ranked: torn (no impact)" in chart.title.subtitle

    def test_ties_and_nothing(self):
        """Equals share a place; where all come to nothing there are no bars."""
        chart = pareto_chart(rank(told(("a", "a", 1), ("b", "a", 1)), impact={"a": 0, "b": 0}))
        assert ["1=: 0\nn 1"] * 2 == [row["said"] for row in rows_of(chart)]
        assert [None, None] == [row["share"] for row in rows_of(chart)]
        assert "2 ranked, 2 occurrences." == chart.description

    def test_description(self):
        """In words: what is on the first places, and what is not clearly behind."""
        chart = pareto_chart(rank(told(("late", "a", 50), ("torn", "a", 50)), top=1))
        assert "2 ranked, 100 occurrences. First: late 50 %; torn 50 %." == chart.description
        chart = pareto_chart(rank(told(("late", "a", 51), ("torn", "a", 49)), top=1))
        assert chart.description.endswith("First: late 51 %. Not clearly behind: torn.")

    def test_refused(self):
        """What is no ranking is refused."""
        with pytest.raises(RecordError, match="ranking is 5, allowed: a Ranking"):
            pareto_chart(5)


# --- What holds for all of them -------------------------------------------------------------------


def many_targets(number, title="Figure"):
    """Make a scorecard of so many targets."""
    few = Mean(Column("n"))
    kinds = [(Share(X.is_true()), "at_least"), (few, "at_most"), (Count(X.is_true()), "at_least")]
    targets = []
    for at_ in range(number):
        kind, bound = kinds[at_ % 3]
        better = Better.LOWER if bound == "at_most" else Better.HIGHER
        kpi = Kpi(f"k{at_}", f"{title} {at_}", kind, unit="units", better=better)
        targets.append(Target(kpi, **{bound: 0.5}))
    return card(*targets, values=[True, False, True], title=title)


GALLERY = {
    "score": lambda: score_chart(rated(4, in_touch=2), rated(3, respected=5)),
    "score of one": lambda: score_chart(score(instrument(), Answers({"q0": 3}))),
    "score with long names": lambda: score_chart(
        score(
            instrument(
                2,
                bands=[
                    Band("low", {"en": LONG}, {"en": "-"}),
                    Band("high", {"en": LONG}, {"en": "-"}, at_least=9),
                ],
                title=LONG,
            ),
            Answers({"q0": 3, "q1": 5}),
        )
    ),
    "score of many": lambda: score_chart(
        score(instrument(60), Answers({f"q{at}": 1 + at % 5 for at in range(60)}))
    ),
    "score of nobody": lambda: score_chart(summarize(HELPFULNESS, [])),
    "scorecard": lambda: scorecard_chart(many_targets(5)),
    "scorecard of one": lambda: scorecard_chart(many_targets(1)),
    "scorecard with long names": lambda: scorecard_chart(many_targets(3, LONG)),
    "scorecard of many": lambda: scorecard_chart(many_targets(20)),
    "scorecard of none": lambda: scorecard_chart(card()),
    "equity": lambda: equity_chart(served(fi=[True, False] * 9, sv=[True] * 20)),
    "equity of one": lambda: equity_chart(served(fi=[True])),
    "equity with long names": lambda: equity_chart(served(**{LONG: [True], "x" * 200: [False]})),
    "equity of many": lambda: equity_chart(served(**{f"g{at}": [True, False] for at in range(60)})),
    "equity of none": lambda: equity_chart(served()),
    "timeline": lambda: timeline_chart(FULL_CASE, at(45)),
    "timeline of one": lambda: timeline_chart(case(), at(0)),
    "timeline with long names": lambda: timeline_chart(
        Case(
            complaint(id="x" * 200, concern=LONG),
            [*HISTORIES[Stage.EXPLAINED], proposal(9, what=LONG, due=at(99))],
        ),
        at(50),
    ),
    "timeline of many": lambda: timeline_chart(
        case(*(promise(at_, f"p{at_}", due=at(at_ + 9)) for at_ in range(60))), at(99)
    ),
    "flow": lambda: flow_chart([case(*steps) for steps in HISTORIES.values()], at(99)),
    "flow of one": lambda: flow_chart([case()], at(99)),
    "flow of many": lambda: flow_chart([FULL_CASE] * 60, at(99)),
    "trend": lambda: trend_chart(moving(OUTLIER)),
    "trend of one": lambda: trend_chart(moving([3])),
    "trend with long names": lambda: trend_chart(moving(OUTLIER, name=LONG + "{}", unit=LONG)),
    "trend of many": lambda: trend_chart(moving([at * 37 % 11 for at in range(60)])),
    "trend of none": lambda: trend_chart(moving([None])),
    "pareto": lambda: pareto_chart(rank(told(("late", "a", 9), ("torn", "b", 7)), top=1)),
    "pareto of one": lambda: pareto_chart(rank(told(("late", "a", 9)))),
    "pareto with long names": lambda: pareto_chart(rank(told((LONG, "a", 9), ("x" * 200, "b", 7)))),
    "pareto of many": lambda: pareto_chart(
        rank(told(*((f"p{at}", "a", 99 - at) for at in range(60))))
    ),
    "pareto of none": lambda: pareto_chart(rank([])),
    "flow of none": lambda: flow_chart([], at(99)),
}
"""Every chart: as usual, of one, with long names, of many, of nothing."""

EVERY = pytest.mark.parametrize("name", GALLERY)


@cache
def spec_from(name):
    """Make a chart of the gallery and give it as Vega-Lite reads it."""
    return spec_of(GALLERY[name]())


def layers(spec):
    """Give every layer of a chart and of its panels."""
    for panel in spec.get("vconcat", [spec]):
        yield from panel["layer"]


@EVERY
def test_said(name):
    """Every chart has a title, says in a subtitle what its marks mean, and is told in words."""
    spec = spec_from(name)
    assert all(spec["title"]["text"])
    assert all(spec["title"]["subtitle"])
    assert spec["description"].endswith((".", "kept", "broken", "pending"))


@EVERY
def test_same_again(name):
    """The same value gives the same chart, to the letter, and JSON can hold it."""
    assert json.dumps(spec_from(name), allow_nan=False) == json.dumps(spec_of(GALLERY[name]()))


@EVERY
def test_axes_have_titles(name):
    """Every quantity has a title on its axis, and within a panel the same one."""
    for panel in spec_from(name).get("vconcat", [spec_from(name)]):
        titles = {
            str(layer["encoding"]["x"].get("title") or layer["encoding"]["x"]["axis"].get("title"))
            for layer in panel["layer"]
            if "field" in (x := layer["encoding"].get("x", {})) and x.get("axis", {}) is not None
        }
        assert len(titles) < 2
        assert all(titles)


@EVERY
def test_names_fit(name):
    """No name has more lines than its row has room for, and no line is cut without a sign."""
    for layer in layers(spec_from(name)):
        axis = layer["encoding"].get("y", {}).get("axis")
        for lines in names_of(axis) if axis else ():
            assert 1 <= len(lines) <= 3
            assert max(map(len, lines)) <= 30


@pytest.mark.parametrize("name", [name for name in GALLERY if "of" not in name])
def test_charts_stand_beside_each_other(name):
    """A chart can be put beside another one: nothing in it is for the whole page."""
    both = alt.hconcat(GALLERY[name](), GALLERY[name]()).to_dict(validate=False)
    assert 2 == len(both["hconcat"])


@EVERY
def test_every_colour_has_a_shape(name):
    """Where points are told apart by colour they are told apart by shape as well."""
    for layer in layers(spec_from(name)):
        if layer["mark"]["type"] == "point":
            encoding = layer["encoding"]
            assert encoding["fill"].get("field") == encoding["shape"].get("field")


@EVERY
def test_rendered(name):
    """Every chart can be drawn as SVG and PNG without the net, and the SVG tells it in words."""
    renderer = pytest.importorskip("vl_convert", reason="drawing needs vl-convert-python")
    svg = renderer.vegalite_to_svg(spec_from(name))
    assert svg.startswith("<svg ")
    assert "NaN" not in svg
    assert b"\x89PNG" == renderer.svg_to_png(svg)[:4]


def luminance(colour):
    """Give the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Give the contrast of two colours (WCAG 2.2), from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_marks_stand_out():
    """Lines and outlines have the contrast of 3 that WCAG 2.2 (1.4.11) asks for."""
    assert contrast("#000000", "#FFFFFF") == 21
    for colour in (_looks.INK, _looks.GREY, _looks.BLUE, _looks.VERMILLION):
        assert contrast(colour, "#FFFFFF") >= 3
    for ground in (
        _looks.SKY,
        _looks.ORANGE,
        _looks.PALE,
        _looks.LIGHT,
        _looks.PURPLE,
        _looks.BLUE,
    ):
        assert contrast(_looks.INK, ground) >= 3


@EVERY
def test_kinds_differ_in_grey(name):
    """Colours of one chart that tell kinds apart differ in luminance, and no shape serves twice."""
    for layer in layers(spec_from(name)):
        fill, shape = (layer["encoding"].get(name, {}).get("scale") for name in ("fill", "shape"))
        if layer["mark"]["type"] == "point" and fill:
            assert len(shape["range"]) == len(set(shape["range"]))
            greys = sorted(map(luminance, fill["range"]))
            assert all(b - a > 0.03 for a, b in pairwise(greys))


# --- The parts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (Fraction(1, 3), 1 / 3),
        (7, 7.0),
        (10**400, None),
        (-(10**400), None),
        (float("nan"), None),
        (float("inf"), None),
    ],
)
def test_as_float(value, expected):
    """An exact number becomes a float only here; what no scale can hold is not drawn."""
    assert expected == as_float(value)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], [0.0, 1.0]),
        ([None], [0.0, 1.0]),
        ([0.0], [0.0, 1.0]),
        ([5.0, None], [4.5, 5.5]),
        ([0.0, 100.0], [0.0, 108.0]),
        ([-100.0, 0.0], [-108.0, 8.0]),
    ],
)
def test_padded(values, expected):
    """A range is never empty, and one that begins at 0 still does."""
    assert expected == pytest.approx(padded(values))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Fraction(1, 3), "0.333"),
        (100, "100"),
        (-0.5, "-0.5"),
        (2 * 10**15, "2e+15"),
        (10**400, "beyond 10^300"),
    ],
)
def test_figure(value, said):
    """A figure has no more decimal places than it needs, and a large one few digits."""
    assert said == _looks.figure(value)


def test_wrapped():
    """A name has up to three lines; that there was more shows; a blank one is a line."""
    assert [""] == _looks.wrapped(" ")
    assert ["a b"] == _looks.wrapped("a\n b")
    assert 3 == len(_looks.wrapped(LONG))
    assert _looks.wrapped(LONG)[-1].endswith(" …")


def test_without_altair(monkeypatch):
    """Without Altair the import says what to install."""
    monkeypatch.setitem(sys.modules, "altair", None)
    monkeypatch.delitem(sys.modules, "servicekit.extra.charts")
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'servicekit\[charts\]'") as raised:
        importlib.import_module("servicekit.extra.charts")
    assert "altair" == raised.value.name
