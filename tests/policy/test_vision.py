"""A vision, worked out stage by stage."""

import attrs
import pytest

from servicekit.errors import RecordError
from servicekit.policy import Gap, ModelRow, Vision, review

WHOLE = Vision(
    ["We answer", "We deliver", "We listen", "We know the product", "We stay"],
    ["They answer", "It comes", "They hear me", "They know", "They are still there"],
    steps=["A second telephone"],
    summary="We answer, we deliver and we keep what we promise.",
    verbs=["answer", "deliver", "keep/kept"],
    statement="Whoever asks is answered within the hour, and what is delivered is kept.",
    years=5,
)


def lacking(**changes):
    """Say what a vision lacks that was whole before it was changed."""
    return [(one.gap, one.about, one.says) for one in review(attrs.evolve(WHOLE, **changes))]


def test_a_whole_vision_lacks_nothing():
    """Nothing is found where every stage is worked out."""
    assert () == review(WHOLE)


def test_an_empty_worksheet_lacks_every_stage():
    """Each stage is named, in the order in which it is worked out."""
    found = review(Vision())
    assert [
        (Gap.TOO_FEW, "reasons"),
        (Gap.TOO_FEW, "customer_reasons"),
        (Gap.MISSING, "years"),
        (Gap.MISSING, "steps"),
        (Gap.MISSING, "summary"),
        (Gap.MISSING, "verbs"),
        (Gap.MISSING, "statement"),
    ] == [(one.gap, one.about) for one in found]
    assert {ModelRow.B1} == {one.row for one in found}


def test_reasons_count_once():
    """The same reason said again, in whatever case and spacing, is no further reason."""
    reasons = ["We answer", "we  ANSWER", "We deliver", "We listen", "We know"]
    assert [(Gap.TOO_FEW, "reasons", "4 of 5")] == lacking(reasons=reasons)


def test_each_reason_has_a_customer_s_wording():
    """Six reasons want six wordings."""
    reasons = [*WHOLE.reasons, "We care"]
    assert [(Gap.TOO_FEW, "customer_reasons", "5 of 6")] == lacking(reasons=reasons)


def test_the_customer_s_words_are_not_the_company_s():
    """A reason that was only copied is pointed out by its number."""
    copied = ["They answer", "we deliver", *WHOLE.customer_reasons[2:]]
    expected = (Gap.SAME_WORDS, "customer_reasons", "number 2 is in the company's words")
    assert [expected] == lacking(customer_reasons=copied)


@pytest.mark.parametrize(
    ("years", "gap"),
    [(None, Gap.MISSING), (2, Gap.TOO_FEW), (3, None), (5, None), (6, Gap.TOO_LONG)],
)
def test_success_is_three_to_five_years_away(years, gap):
    """Another time, or none, is pointed out."""
    assert ([gap] if gap else []) == [found for found, _, _ in lacking(years=years)]


def test_a_statement_is_said_in_a_breath():
    """25 words are a breath, 26 are not; a dash between words is no word."""
    words = ["we", "answer", "-", "deliver", "keep", *["soon"] * 21]
    assert [] == lacking(statement=" ".join(words))
    expected = (Gap.TOO_LONG, "statement", "26 words, at most 25 make a breath")
    assert [expected] == lacking(statement=" ".join([*words, "now."]))


@pytest.mark.parametrize(
    ("statement", "sentences"),
    [
        ("We answer, deliver and keep in 3.5 hours.", 1),
        ("We answer! We deliver... We keep?", 3),
        ("We answer. Deliver and keep", 2),
        ("We answer, deliver & keep... ", 1),
    ],
)
def test_a_statement_is_one_sentence(statement, sentences):
    """Sentences are counted by how they end."""
    expected = (Gap.TOO_LONG, "statement", f"{sentences} sentences, asked for is one")
    assert ([expected] if sentences > 1 else []) == lacking(statement=statement)


def test_no_text_takes_long():
    """Dots, signs and words without end are read once."""
    long = "." * 10**6 + "x"
    assert [] == lacking(statement=f"We answer, deliver and keep {long}")


def test_summary_and_statement_use_the_verbs():
    """A verb that either does not use is named for it."""
    assert [
        (Gap.NOT_USED, "summary", "does not use the verb 'care'"),
        (Gap.NOT_USED, "statement", "does not use the verb 'care'"),
    ] == lacking(verbs="care")


@pytest.mark.parametrize(
    ("verb", "text"),
    [
        ("listen", "Listening first"),
        ("make", "in the making"),
        ("agree", "agreeing"),
        ("agree", "(agreed)"),
        ("stop", "stopped"),
        ("try", "it tries"),
        ("try", "she tried"),
        ("reach", "it reaches"),
        ("keep/kept", "is kept"),
        ("kuunt*", "me kuuntelemme"),
        ("look after", "looks well after"),
        ("caf\u00e9", "cafe\u0301s"),
    ],
)
def test_forms_of_a_verb(verb, text):
    """Regular English forms, stems with an asterisk and forms with a stroke are found."""
    assert [] == lacking(verbs=verb, summary=text, statement=text)


@pytest.mark.parametrize(
    ("verb", "text"),
    [("listen", "glisten"), ("keep", "kept"), ("kuunt*", "en kuule"), ("look after", "looks"),
     ("/", "anything")],
)  # fmt: skip
def test_what_is_no_form_of_a_verb(verb, text):
    """A longer word, an irregular form and half a verb are not found."""
    found = lacking(verbs=verb, summary=text, statement=text)
    assert [Gap.NOT_USED] * 2 == [gap for gap, _, _ in found]


def test_other_languages_have_other_endings():
    """English endings are not tried in a text of another language."""
    found = lacking(verbs="pane", summary="paned", statement="paned", language="fi")
    assert [Gap.NOT_USED] * 2 == [gap for gap, _, _ in found]


def test_a_blank_stage_is_an_empty_one():
    """Blanks and signs alone are no text."""
    assert [Gap.MISSING, Gap.MISSING] == [gap for gap, _, _ in lacking(summary=" ", statement="-")]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("reasons", [""]),
        ("reasons", 5),
        ("customer_reasons", [None]),
        ("steps", " "),
        ("verbs", [1]),
        ("summary", None),
        ("statement", b"text"),
        ("years", 0),
        ("years", 4.0),
        ("years", True),
        ("language", None),
        ("language", "in English"),
    ],
)
def test_what_is_no_vision_is_refused(name, wrong):
    """Every field says what it may hold."""
    with pytest.raises(RecordError, match=f"Vision: {name} is .*, allowed: "):
        attrs.evolve(WHOLE, **{name: wrong})
