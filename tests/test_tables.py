"""Numbers and tables shown to people."""

from fractions import Fraction

import pytest

from servicekit._tables import Line, Table, as_html, as_markdown, as_text, literal, rounded


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
