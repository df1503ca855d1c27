"""Numbers and tables shown to people."""

import re
from datetime import UTC, datetime
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from attrs import frozen

from samples import FULL_CASE, VALUES, at, case, note, numbered
from servicekit import (
    benchmark,
    change,
    feedback,
    inference,
    kpi,
    policy,
    problems,
    register,
    resolution,
    worktime,
)
from servicekit._tables import (
    Line,
    Listed,
    Table,
    as_html,
    as_markdown,
    as_text,
    literal,
    rounded,
)
from servicekit.catalogue import satisfaction


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(5, 2), 0, "3"),
        (0.285, 2, "0.28"),
        (1e20, 1, "100000000000000000000.0"),
        (7, 2, "7.00"),
        (None, 2, "-"),
    ],
)
def test_rounded_half_up_from_the_exact_value(value, places, shown):
    """Halves are rounded away from zero, what a float really is decides, nothing is a dash."""
    assert shown == rounded(value, places)


TABLE = Table(
    "<Title>",
    ("What", "Figure"),
    (Line("a & b", ("1.00",), Fraction(1, 3)), Line("c", ("10.00",))),
    ("A <note>",),
)


def test_text_is_aligned():
    """Labels stand to the left, figures to the right, nothing trails."""
    assert "<Title>\nWhat   Figure\na & b    1.00\nc       10.00\nA <note>" == as_text(TABLE)


def test_html_is_escaped():
    """Every text is escaped, and a line without a bar has an empty cell where others have one."""
    html = as_html(TABLE)
    assert ["&lt;Title&gt;", "a &amp; b", "A &lt;note&gt;"] == [
        text for text in ("&lt;Title&gt;", "a &amp; b", "A &lt;note&gt;") if text in html
    ]
    assert 1 == html.count("width:33.3%")
    assert 2 == html.count("<td></td>")


def test_markdown_has_a_title_a_table_and_notes():
    """The title is a paragraph, figures are aligned to the right, notes are a list."""
    assert as_markdown(TABLE).splitlines() == [
        "\\<Title>",
        "",
        "| What | Figure |",
        "| --- | ---: |",
        "| a \\& b | 1.00 |",
        "| c | 10.00 |",
        "",
        "- A \\<note>",
    ]


def test_markdown_without_notes_has_no_list():
    """What is not there leaves nothing behind."""
    table = Table("T", ("What", "Figure"), (Line("a|b\nc", ("-",)),))
    assert "T\n\n| What | Figure |\n| --- | ---: |\n| a\\|b c | - |" == as_markdown(table)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain, 2.5 - and 2026-05-04", "plain, 2.5 - and 2026-05-04"),
        ("snake_case *x* `y` [z] a|b", "snake\\_case \\*x\\* \\`y\\` \\[z\\] a\\|b"),
        ("<b> &amp; ~~ $1 \\", "\\<b> \\&amp; \\~\\~ \\$1 \\\\"),
        ("- a", "\\- a"),
        ("# a", "\\# a"),
        ("> a", "\\> a"),
        ("+ a", "\\+ a"),
        ("1. a", "1\\. a"),
        ("12) a", "12\\) a"),
        ("a\n\n- b", "a - b"),
    ],
)
def test_markdown_takes_nothing_for_markup(text, written):
    """Signs that Markdown reads are escaped where it would read them, and lines are joined."""
    assert written == literal(text)


def test_words_stand_to_the_left():
    """Cells of a table in words stand to the left, those with figures to the right."""
    words = Table("T", ("When", "What"), (Line("a", ("b",)),), words=True)
    assert "text-align:right" not in as_html(words)
    assert 2 == as_html(TABLE).count('<td style="text-align:right">')


RESULTS = (
    benchmark.Comparison,
    benchmark.Contrast,
    benchmark.Reliability,
    benchmark.Score,
    benchmark.Scores,
    benchmark.SectionScore,
    benchmark.SectionSummary,
    benchmark.StatementSummary,
    benchmark.Summary,
    benchmark.Tipping,
    change.Caveat,
    change.Change,
    change.Changes,
    change.Effect,
    change.Trend,
    change.TrendSignal,
    feedback.Agreement,
    feedback.CodeAgreement,
    feedback.Coding,
    feedback.Credit,
    feedback.Finding,
    feedback.Mention,
    feedback.Recognition,
    feedback.Response,
    feedback.Routed,
    feedback.Routes,
    feedback.Theme,
    inference.ChartSignal,
    inference.Difference,
    inference.Interval,
    inference.Kappa,
    inference.Limits,
    inference.MannWhitney,
    inference.ProcessChart,
    inference.RateRatio,
    kpi.Assessment,
    kpi.Equity,
    kpi.Groups,
    kpi.Measurement,
    kpi.Measurements,
    kpi.Scorecard,
    kpi.Standing,
    policy.Action,
    policy.CaseClock,
    policy.Conversation,
    policy.CustomerHistory,
    policy.Finding,
    policy.Overdue,
    policy.Permission,
    policy.Plan,
    policy.Referral,
    policy.Standing,
    policy.TrainingStatus,
    problems.Apart,
    problems.Depth,
    problems.Effectiveness,
    problems.Iceberg,
    problems.Ranking,
    problems.Standing,
    problems.WithoutSource,
    register.Backlog,
    register.Entry,
    register.PromiseEntry,
    resolution.AgreedSolution,
    resolution.Case,
    resolution.Guidance,
    resolution.PromiseState,
    resolution.Record,
    satisfaction.IndexScore,
    satisfaction.PartScore,
    satisfaction.QualityScore,
    satisfaction.RatingScore,
    worktime.Span,
)
"""What the library gives back, each shown in a notebook."""

SHOWN = [value for value in VALUES if isinstance(value, RESULTS)]


class _Tags(HTMLParser):
    """The tags of a text, opened and closed."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.seen = set()

    def handle_starttag(self, tag, _):
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_every_result_has_a_sample():
    """No result is left out below."""
    assert set(RESULTS) == {kind for kind in RESULTS if any(isinstance(v, kind) for v in SHOWN)}


@pytest.mark.parametrize("value", SHOWN, ids=numbered(SHOWN))
def test_results_are_shown(value):
    """A notebook shows every result as a table, well formed, without script, link or colour."""
    html = value._repr_html_()
    tags = _Tags()
    tags.feed(html)
    assert [] == tags.open
    assert {"div", "table", "caption", "th"} <= tags.seen
    assert tags.seen <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "p"}
    assert not re.search(r"(?<!-)color:|#[0-9a-f]{3}|http|<br", html)
    assert ".0000000" not in html


def test_texts_of_results_are_escaped():
    """What people wrote cannot become part of the page."""
    html = case(note(1, "<script>alert(1)</script>"))._repr_html_()
    assert "<script>" not in html
    assert "note: &lt;script&gt;" in html


def test_a_case_is_a_line_for_each_step():
    """A case shows the complaint and all its steps; an annulled one says so."""
    html = FULL_CASE._repr_html_()
    assert len(FULL_CASE.steps) + 2 == html.count("<tr>")
    assert 1 == html.count(">note: Called; annulled, does not count<")
    assert "received, round 3" in html
    assert ["When", "Who", "What"] == re.findall(r'<th scope="col"[^>]*>([^<]+)', html)


def test_words_of_a_case_and_a_record_stand_to_the_left():
    """What is told in words is read from the left, and each table says what it is."""
    record = FULL_CASE.record()._repr_html_()
    assert "text-align:right" not in FULL_CASE._repr_html_() + record
    assert ">Record</caption>" in record


@frozen
class Part(Listed):
    """A result within another one."""

    low: float | None
    n: int


@frozen
class Whole(Listed):
    """A result with facts of every kind."""

    fact: object
    _hidden: int = 7

    @property
    def twice(self):
        """What is worked out."""
        return (self.fact, self.fact)


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (None, "-"),
        ((), "-"),
        (True, "yes"),
        (False, "no"),
        (7, "7"),
        pytest.param(10**5000, "&lt;int&gt;", id="huge"),
        (0.12345, "0.1235"),
        (float("inf"), "inf"),
        (float("nan"), "nan"),
        (Fraction(1, 3), "0.3333"),
        (Fraction(10**20, 3), "Fraction(100000000000000000000, 3)"),
        (datetime(2026, 5, 4, tzinfo=UTC), "2026-05-04 00:00+00:00"),
        (frozenset({"b", "a"}), "a; b"),
        ("one\ntwo", "one two"),
        ("x" * 700, f"{'x' * 599}…"),
        (inference.Interval(0.0, 1.0, level=0.95), "0.0000 to 1.0000"),
        (kpi.Better.LOWER, "lower"),
        (Part(None, 3), "low -, n 3"),
    ],
)
def test_facts(fact, said):
    """Each fact is said on one line: nothing as a dash, numbers rounded, long texts cut."""
    html = Whole(fact)._repr_html_()
    assert (
        f'<th scope="row" style="text-align:left">fact</th><td style="text-align:left">{said}<'
        in html
    )
    assert "twice" in html
    assert "hidden" not in html


def test_definitions_are_named():
    """A definition within a result is named by its key."""
    standing = next(value for value in VALUES if isinstance(value, benchmark.SectionScore))
    assert f">{standing.section.key}</td>" in standing._repr_html_()


def test_measurements_are_rounded_and_the_largest_shown_in_short():
    """A table has three decimal places, and few digits where a figure is very large."""
    tries = kpi.Kpi("t", "Tries", kpi.Total(kpi.Column("x")), unit="tries", better=kpi.Better.LOWER)
    shown = [
        kpi.measure([tries], [{"x": x}], as_of=at(0))._repr_html_()
        for x in (1.23456, 10**15, -(10**15), None)
    ]
    cells = [re.findall(r"<td[^>]*>([^<]*)</td>", html)[0] for html in shown]
    assert ["1.235", "1e+15", "-1e+15", "-"] == cells


def test_measurements_say_of_which_instant_they_are():
    """The title of measurements is their instant; a line has the ends of the interval."""
    median = kpi.Percentile(kpi.Column("x"), 0.5)
    asked = [
        kpi.Kpi(key, key, median, unit="tries", better=kpi.Better.LOWER) for key in ("one", "two")
    ]
    found = kpi.measure(asked, [{"x": x} for x in range(1, 11)], as_of=at(0))
    html = found._repr_html_()
    assert f">As of {at(0).isoformat(' ', 'minutes')}</caption>" in html
    assert 2 == html.count(">2.000 to 9.000</td>")
    assert [
        "one: 5.5 tries (n 10, unknown 0, still open 0)",
        "two: 5.5 tries (n 10, unknown 0, still open 0)",
    ] == str(found).splitlines()
    assert ">Nothing was measured</caption>" in kpi.measure([], [], as_of=at(0))._repr_html_()


def test_groups_are_named_by_their_parts():
    """A group by several has them side by side, and what is not known is a dash."""
    rows = [{"a": "x", "b": 1}, {"a": "x", "b": None}]
    tries = kpi.Kpi("t", "Tries", kpi.Count(), unit="tries", better=kpi.Better.LOWER)
    html = kpi.measure([tries], rows, as_of=at(0), by=["a", "b"])._repr_html_()
    assert ["x, 1", "x, -"] == re.findall(r'<th scope="row"[^>]*>([^<]*)', html)
