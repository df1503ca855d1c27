"""Words and phrases: what is found in a text, and what is not."""

from unicodedata import normalize

import pytest

from samples import numbered
from servicekit.feedback._words import (
    WORDS,
    Phrases,
    excerpts,
    is_phrase,
    says_anything,
    words_by_language,
    words_of,
)

FOUND = [
    ("late", "Late again", ["Late"]),
    ("late", "latest, later, relate, l-ate", []),
    ("late", "LATE!late?(late)", ["LATE", "late", "late"]),
    ("late", "too_late", ["late"]),
    ("delay*", "Delays. delay! DELAYED; un-delayed", ["Delays", "delay", "DELAYED", "delayed"]),
    ("delay*", "undelayed", []),
    ("viiväst*", "Paketti viivästyi, VIIVÄSTYNEITÄ toimituksia", ["viivästyi", "VIIVÄSTYNEITÄ"]),
    ("kavē*", "Piegāde kavējās; kavēta KAVĒ", ["kavējās", "kavēta", "KAVĒ"]),
    ("kavē*", "kaveta", []),
    ("straße", "Die STRASSE", ["STRASSE"]),
    ("STRASSE", "die straße", ["straße"]),
    ("not on time", "It was not  on\n time", ["not on time"]),
    ("not on time", "not on timetable; on time; not, on, time", ["not, on, time"]),
    ("not on time", "It was not. On time though", []),
    ("not * late", "not very late, not late, not so very late, not. late", ["not very late"]),
    ("ei ol* myöhäs*", "Ei ollut myöhässä", ["Ei ollut myöhässä"]),
    ("e-mail", "e-mail, E mail, email", ["e-mail", "E mail"]),
    ("e mail", "e-mail", ["e-mail"]),
    ("don't work", "It don\u2019t work", ["don\u2019t work"]),
    ("24 h", "open 24/h", ["24/h"]),
    ("😡", "So bad😡😡!", ["😡", "😡"]),
    ("👍", "👍🏽", ["👍"]),
    ("👩\u200d💻", "the 👩\u200d💻 helped", ["👩\u200d💻"]),
    ("very 😡", "very 😡", ["very 😡"]),
    ("late!", "late", ["late"]),
    ("sms:n", "SMS:N", ["SMS:N"]),
    ("no. 5", "no. 5, no 5", ["no. 5"]),
    ("i̇stanbul", "İSTANBUL", ["İSTANBUL"]),
    ("ab", "aba ab", ["ab"]),
    ("a a", "a a a", ["a a", "a a"]),
]


@pytest.mark.parametrize(("phrase", "text", "expected"), FOUND, ids=numbered(FOUND))
def test_what_a_phrase_finds(phrase, text, expected):
    """A phrase stands where all its words do, whatever their case and what parts them."""
    places = [place[:2] for place in Phrases([(phrase, 0, False)]).found(words_of(text))]
    assert expected == excerpts(text, places)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_however_it_is_composed(form):
    """A letter with its marks is the same in composed and decomposed texts and phrases."""
    words = words_of(normalize(form, "Paketti VIIVÄSTYI"))
    phrases = Phrases([(normalize(form, "viiväst*"), 0, False)])
    assert [(1, 2)] == [(start, end) for start, end, _ in phrases.found(words)]


@pytest.mark.parametrize("mark", ["\u00ad", "\u2060", "\ufeff"])
def test_marks_that_nobody_sees(mark):
    """A soft hyphen or a mark without width within a word does not part it."""
    assert ["viivästyi"] == words_of(f"vii{mark}västyi")


def test_marks_without_a_composed_form_belong_to_their_word():
    """A letter whose mark stays apart in Unicode is no end of a word."""
    assert ["q\u0303uelle"] == words_of("q\u0303uelle")


def test_several_phrases_that_begin_alike():
    """Of phrases with the same first word each is found where it stands."""
    phrases = Phrases([("on", 0, False), ("on time", 1, False), ("o*", 2, True)])
    found = [(start, end, one.owner) for start, end, one in phrases.found(words_of("on time"))]
    assert [(0, 1, 0), (0, 2, 1), (0, 1, 2)] == found


GOOD = [
    "late",
    "late*",
    "not * late",
    "e-mail",
    "😡",
    "24/7",
    "a.b",
    "late.",
    "ä*",
]
BAD = [
    "",
    " ",
    "*",
    "**",
    "* late",
    "late *",
    "*late",
    "la*te",
    "late**",
    "...",
    "-",
    "not *late",
    "!*",
    "a !* b",
]


@pytest.mark.parametrize("phrase", GOOD)
def test_a_phrase(phrase):
    """A phrase begins and ends with a word; a star ends one or stands between two."""
    assert is_phrase(phrase)


@pytest.mark.parametrize("phrase", BAD)
def test_no_phrase(phrase):
    """A star where it has no meaning, and what has no word in it, is no phrase."""
    assert not is_phrase(phrase)


SAYING = [
    ("", False),
    (" \n", False),
    ("?!...", False),
    ("-", False),
    ("5", True),
    ("😀", True),
    (". ok", True),
]


@pytest.mark.parametrize(("text", "expected"), SAYING)
def test_what_says_anything(text, expected):
    """A word, a number or an emoji says something; ends of sentences alone do not."""
    assert expected is says_anything(words_of(text))


GIVEN = [
    ("late", {"mul": ("late",)}),
    (["late", "slow"], {"mul": ("late", "slow")}),
    (("late",), {"mul": ("late",)}),
    ((), {}),
    ("", {}),
    ({}, {}),
    ({"en": "late", "FI": ["myöhäs*"]}, {"en": ("late",), "fi": ("myöhäs*",)}),
]


@pytest.mark.parametrize(("given", "expected"), GIVEN, ids=numbered(GIVEN))
def test_words_by_language(given, expected):
    """Words alone are those of every language; one word is as good as a list of one."""
    words = words_by_language(given)
    assert expected == dict(words)
    assert None is WORDS.problem("words", words)


WRONG = [
    None,
    5,
    {"late"},
    {"english": ["late"]},
    {None: ["late"]},
    {5: "late"},
    {"en": []},
    {"en": [5]},
    {"en": " "},
    {"en": None},
    [" "],
    [None],
]


@pytest.mark.parametrize("given", WRONG, ids=repr)
def test_what_are_no_words(given):
    """Whatever else is given is left for the rule to refuse."""
    assert "words and phrases, or these by language" in str(
        WORDS.problem("words", words_by_language(given))
    )


LONG = [
    ("late " * 60_000, 60_000),
    ("not " * 60_000, 0),
    ("not on time " * 20_000, 20_000),
    ("á" * 300_000, 1),
    ("." * 300_000, 0),
    ("*" * 300_000, 0),
    ("😡" * 100_000, 100_000),
    ("a" + "\u0301\u0316" * 100_000, 1),
    ("\u05b0\u05bc" * 100_000, 0),
    ("\u0316" * 200_000, 0),
    ("la\u00adte " * 60_000, 60_000),
]


@pytest.mark.parametrize(("text", "expected"), LONG, ids=numbered(LONG))
def test_long_texts(text, expected):
    """A text of any kind is read whole, in a time that grows with its length."""
    looked_for = ("late", "not on time", "not late", "á*", "😡")
    phrases = Phrases((phrase, 0, False) for phrase in looked_for)
    assert expected == sum(1 for _ in phrases.found(words_of(text)))
