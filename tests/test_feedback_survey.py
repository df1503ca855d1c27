"""Surveys: what they are, who has answered, and what may be wrong with them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, Final

import attrs
import pytest

from samples import START, at
from servicekit.errors import DefinitionError, RecordError
from servicekit.feedback import (
    WORD_LISTS,
    Criteria,
    Finding,
    Flaw,
    Invitation,
    Option,
    Purpose,
    Question,
    Survey,
    Tone,
    WordList,
    review,
)

DAY: Final = timedelta(days=1)
YES_NO: Final = (Option({"en": "Yes"}, Tone.POSITIVE), Option({"en": "No"}, Tone.NEGATIVE))
GOOD: Final = Survey(
    [
        Question("need", {"en": "What do you need today?"}),
        Question("solved", {"en": "Was it solved?"}, options=YES_NO, asks=Purpose.SOLVED),
        Question("agent", {"en": "How did Aino do?"}, asks=Purpose.REPRESENTATIVE),
    ]
)
"""A survey with which nothing is wrong."""


def with_question(text: str | Mapping[str, str], **more: Any) -> Survey:
    """Put a question before those of the good survey."""
    wording = {"en": text} if isinstance(text, str) else text
    return attrs.evolve(GOOD, questions=(Question("q", wording, **more), *GOOD.questions))


def asked(text: str, language: str = "en") -> list[tuple[Flaw, str]]:
    """Review the wording of one question."""
    survey = Survey([Question("q", {language: text})])
    return [(one.flaw, one.found) for one in review(survey) if one.question == "q"]


def answered(*days: int | None) -> tuple[Invitation, ...]:
    """Make invitations sent at the start and answered so many days later, or not."""
    return tuple(Invitation(START, None if n is None else START + n * DAY) for n in days)


# --- What a survey is -----------------------------------------------------------------------------


def test_an_open_question_has_no_options():
    """A question with options to choose from is closed."""
    assert [True, False, True] == [question.is_open for question in GOOD.questions]


def test_one_option_is_no_choice():
    """A closed question has two options or more."""
    with pytest.raises(DefinitionError, match=r"options is .*, allowed: two options or more"):
        Question("q", {"en": "Well?"}, options=YES_NO[0])


def test_question_keys_are_used_once():
    """Two questions with one key are refused."""
    with pytest.raises(DefinitionError, match="question key 'need' is used 2 times"):
        Survey([GOOD.questions[0]] * 2)


def test_a_survey_asks_something():
    """A survey without questions is refused."""
    with pytest.raises(DefinitionError, match=r"questions is .*at least 1"):
        Survey([])


def test_every_wording_in_every_language():
    """A question or an option that lacks a language of the others is refused by its place."""
    with pytest.raises(DefinitionError) as refused:
        Survey([Question("q", {"en": "Well?", "fi": "No?"}, options=YES_NO)])
    assert ["questions['q'].options[0].text", "questions['q'].options[1].text"] == [
        problem.field for problem in refused.value.problems
    ]


def test_nobody_answers_before_they_are_asked():
    """An answer before the invitation is refused."""
    with pytest.raises(RecordError, match=r"answered_at is .*, allowed: an instant not before"):
        Invitation(at(1), at(0))
    assert at(1) == Invitation(at(1), at(1)).answered_at


def test_response():
    """How many were asked and have answered, with Wilson's interval of their share."""
    response = attrs.evolve(GOOD, invitations=answered(*[1] * 8, None, None)).response()
    assert (10, 8, Fraction(4, 5)) == (response.sent, response.answered, response.rate)
    interval = response.interval()
    assert (0.49, 0.943) == (round(interval.low, 3), round(interval.high, 3))


def test_response_at_an_instant():
    """What was sent or answered later was not known then."""
    survey = attrs.evolve(GOOD, invitations=[*answered(1, 2, None), Invitation(START + 2 * DAY)])
    counts = [survey.response(START + n * DAY) for n in (-1, 0, 1, 2)]
    assert [(0, 0), (3, 0), (3, 1), (4, 2)] == [(one.sent, one.answered) for one in counts]
    assert (None, None) == (counts[0].rate, counts[0].interval())
    with pytest.raises(RecordError, match="as_of is"):
        survey.response(START.replace(tzinfo=None))


# --- What may be wrong ----------------------------------------------------------------------------


def test_nothing_wrong():
    """Where nothing is found the answer is empty."""
    assert () == review(GOOD)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "How do you like price and quality?", [(Flaw.DOUBLE_BARRELLED, "'and'")]),
        ("en", "Was it quick or good?", [(Flaw.DOUBLE_BARRELLED, "'or'")]),
        ("en", "And how was it?", []),
        ("en", "How was the sand, the order?", []),
        ("en", "Wasn't it excellent?", [(Flaw.LEADING, "\"Wasn't it\", 'excellent'")]),
        ("en", "Don\u2019t you agree?", [(Flaw.LEADING, "'Don\u2019t you'")]),
        ("en", "Do we ALWAYS answer?", [(Flaw.ABSOLUTE, "'ALWAYS'")]),
        (
            "en",
            "Is it always, Always quick and great and never bad?",
            [(Flaw.DOUBLE_BARRELLED, "'and'"), (Flaw.ABSOLUTE, "'always', 'never'")],
        ),
        ("en-GB", "Do we always answer?", [(Flaw.ABSOLUTE, "'always'")]),
        ("fi", "Oliko palvelu nopeaa ja ystävällistä?", [(Flaw.DOUBLE_BARRELLED, "'ja'")]),
        ("fi", "Eikö palvelu ollut hyvää?", [(Flaw.LEADING, "'Eikö'")]),
        ("fi", "Saitko aina vastauksen?", [(Flaw.ABSOLUTE, "'aina'")]),
        ("fi", "Miten asiasi hoidettiin?", []),
        ("lv", "Vai apkalpošana bija ātra un laipna?", [(Flaw.DOUBLE_BARRELLED, "'un'")]),
        ("lv", "Cik labi mēs strādājam?", [(Flaw.LEADING, "'Cik labi'")]),
        ("lv", "Vai vienmēr saņēmāt atbildi?", [(Flaw.ABSOLUTE, "'vienmēr'")]),
        ("lv", "Vai jautājums tika atrisināts?", []),
    ],
)
def test_wordings(language, text, expected):
    """Words of the list of the language are found, each once, and nothing else is."""
    tail = f" in the wording in {language}"
    assert [(flaw, words + tail) for flaw, words in expected] == asked(text, language)


def test_every_language_is_looked_at():
    """A question that is bad in one language alone is found there."""
    survey = Survey([Question("q", {"en": "What and why?", "fi": "Mitä?"})])
    assert ["'and' in the wording in en"] == [
        one.found for one in review(survey) if one.question == "q"
    ]


def test_a_language_without_a_list_is_not_passed_over():
    """Wordings that nobody judged are said to be so; a list of one's own judges them."""
    survey = Survey([Question("q", {"sv": "Hur var det och varför?"})])
    assert (Flaw.UNJUDGED, "no list of words in sv") == (
        review(survey)[0].flaw,
        review(survey)[0].found,
    )
    found = review(survey, words={**WORD_LISTS, "sv": WordList(joining="och")})
    assert (Flaw.DOUBLE_BARRELLED, "q") == (found[0].flaw, found[0].question)


def test_other_lists_instead():
    """Only the lists that are given count."""
    assert () == review(with_question("Price and quality?"), words={"en": WordList()})


@pytest.mark.parametrize("tones", ["++-", "+--", "++", "-?", "+0", "+++--0?"])
def test_unbalanced_scales(tones):
    """A scale with more good answers than bad ones, or fewer, is found and counted."""
    found = of_tones(tones)
    counts = [tones.count(one) for one in "+0-"]
    expected = "{} positive, {} neutral and {} negative options".format(*counts)
    assert [(Flaw.UNBALANCED, "q", expected)] == [
        (one.flaw, one.question, one.found) for one in found
    ]


@pytest.mark.parametrize("tones", ["+-", "++0--", "??", "+0-?", "00"])
def test_balanced_scales(tones):
    """As many good answers as bad ones are balance, and options of no scale do not matter."""
    assert () == of_tones(tones)


def of_tones(tones: str) -> tuple[Finding, ...]:
    """Review a closed question whose options have these tones."""
    meant = {"+": Tone.POSITIVE, "0": Tone.NEUTRAL, "-": Tone.NEGATIVE, "?": None}
    options = [Option({"en": f"No. {n}"}, meant[tone]) for n, tone in enumerate(tones)]
    return review(with_question("How was it?", options=options))


def test_too_few_open_questions():
    """At least half of the questions are open, or what the criteria say."""
    survey = attrs.evolve(GOOD, questions=GOOD.questions[1:])
    assert () == review(survey)
    stricter = Criteria(open_share=Fraction(2, 3))
    assert [(Flaw.FEW_OPEN, "1 of 2 questions are open; at least 66.7 % are wanted")] == [
        (one.flaw, one.found) for one in review(survey, criteria=stricter)
    ]
    assert () == review(GOOD, criteria=stricter)


def test_what_has_to_be_asked():
    """Whether it was solved and how the representative did: either is missed."""
    found = review(attrs.evolve(GOOD, questions=GOOD.questions[0]))
    assert [Flaw.SOLVED_NOT_ASKED, Flaw.REPRESENTATIVE_NOT_ASKED] == [one.flaw for one in found]


def test_old_answers():
    """An answer of sixty days is fresh, a later look finds it old; by when is said."""
    survey = attrs.evolve(GOOD, invitations=answered(0, 1))
    assert () == review(survey, as_of=START + 60 * DAY)
    (found,) = review(survey, as_of=START + 61 * DAY)
    assert Flaw.OLD_ANSWERS is found.flaw
    assert "1 of 2 answers are older than 60 days at 2026-07-04T09:30:00+00:00" == found.found


def test_without_an_instant_the_last_one_known_counts():
    """Since the last thing that the survey knows its answers have only grown older."""
    survey = attrs.evolve(GOOD, invitations=[*answered(0, None), Invitation(START + 61 * DAY)])
    assert ["1 of 1 answers are older than 60 days at 2026-07-04T09:30:00+00:00"] == [
        one.found for one in review(survey)
    ]
    assert () == review(survey, criteria=Criteria(fresh=61 * DAY))


def test_a_review_knows_nothing_of_what_came_later():
    """Answers after the instant asked about are none yet."""
    survey = attrs.evolve(GOOD, invitations=answered(3, 3))
    assert [Flaw.LOW_RESPONSE] == [one.flaw for one in review(survey, as_of=START)]
    assert () == review(survey, as_of=START + 3 * DAY)
    assert () == review(survey, as_of=START - DAY)


def test_low_response():
    """Fewer than a quarter have answered: said with the interval."""
    survey = attrs.evolve(GOOD, invitations=answered(1, *[None] * 4))
    (found,) = review(survey)
    assert (
        "1 of 5 have answered, 20.0 % (interval 3.6 % to 62.4 %); at least 25.0 % are wanted"
        == found.found
    )
    assert () == review(survey, criteria=Criteria(response_rate=Fraction(1, 5)))


def test_every_flaw_has_its_advice():
    """Each finding says what to do about it, another thing for each kind of flaw."""
    options = [Option({"en": word, "sv": word}, Tone.POSITIVE) for word in ("Yes", "Very")]
    text = {"en": "Don't you always like price and quality?", "sv": "Och?"}
    invitations = [*answered(0, *[None] * 9), Invitation(START + 99 * DAY)]
    survey = Survey(Question("q", text, options=options), invitations)
    found = review(survey)
    assert set(Flaw) == {one.flaw for one in found}
    assert len(Flaw) == len({one.advice for one in found})


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("open_share", 0.5),
        ("open_share", Fraction(3, 2)),
        ("fresh", 60),
        ("fresh", timedelta(0)),
        ("response_rate", Fraction(-1, 4)),
    ],
)
def test_criteria_that_cannot_be(name, wrong):
    """Shares are fractions from 0 to 1, and the time is longer than nothing."""
    with pytest.raises(DefinitionError, match=f"Criteria: {name} is .*, allowed"):
        Criteria(**{name: wrong})


def test_a_list_of_phrases_alone():
    """A phrase that cannot be one is refused by its list and place."""
    with pytest.raises(DefinitionError, match=r"leading\[1\] is '\*ly', allowed: a word or a phr"):
        WordList("and", ["so", "*ly"])
    with pytest.raises(DefinitionError, match="absolute is"):
        WordList(absolute=[5])


@pytest.mark.parametrize("words", [[], {"en": ["and"]}, {5: WordList()}], ids=repr)
def test_what_cannot_be_reviewed(words):
    """What is no survey, no criteria and no lists is refused, all at once."""
    with pytest.raises(RecordError) as refused:
        review(GOOD.questions, criteria=5, words=words)
    assert ["survey", "criteria", "words"] == [one.field for one in refused.value.problems]
    with pytest.raises(RecordError, match="as_of is"):
        review(GOOD, as_of=datetime(2026, 5, 4))  # noqa: DTZ001 - a naive one, on purpose


def test_the_lists_are_in_three_languages():
    """English, Finnish and Latvian, each with words of every kind; extending them is easy."""
    assert {"en", "fi", "lv"} == set(WORD_LISTS)
    assert all(one.joining and one.leading and one.absolute for one in WORD_LISTS.values())
    assert {"en", "fi", "lv", "sv"} == set(WORD_LISTS | {"sv": WordList("och")})
