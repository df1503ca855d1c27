"""Comments coded by a codebook or by hand, and how far two codings agree."""

import csv
import json
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from math import inf, nan
from typing import Any, Final

import attrs
import pytest

from samples import BY_HAND, CODEBOOK, CODING, COMMENTS, at
from servicekit.complaint import Channel
from servicekit.errors import DefinitionError, RecordError
from servicekit.feedback import (
    Code,
    Codebook,
    CodedComment,
    Coding,
    Comment,
    Match,
    agreement,
    code,
    code_by_hand,
)

LATE: Final = Code("late", "Late", words=["late", "delay*"], but_not=["not late", "late fee*"])
RUDE: Final = Code("rude", "Rude", words=["rude*", "impolite"])
BOOK: Final = Codebook("book", [LATE, RUDE])


def said(*texts: str, **known: Any) -> list[Comment]:
    """Make comments of texts, numbered from 1."""
    return [Comment(str(n), text, at=at(n), **known) for n, text in enumerate(texts, 1)]


def codes(text: str, codebook: Codebook = BOOK, **known: Any) -> tuple[str, ...] | None:
    """Give the codes of one text; None where it cannot be read."""
    coding = code(said(text, **known), codebook)
    return coding.read[0].codes if coding.read else None


# --- Comments -------------------------------------------------------------------------------------


def test_a_comment_keeps_its_offset():
    """The instant of a comment is kept with its UTC offset, as that of a complaint is."""
    east = datetime(2026, 5, 4, 12, tzinfo=timezone(timedelta(hours=3)))
    assert east.isoformat() == Comment("1", "", at=east).at.isoformat()


def test_what_is_no_comment_is_refused_with_all_its_problems():
    """Every field at fault is named, and what it may hold."""
    with pytest.raises(RecordError) as refused:
        Comment(
            " ",
            None,
            at=datetime(2026, 5, 4),  # noqa: DTZ001 - a naive one, on purpose
            language="Finnish!",
            rating="5",
            question="",
            channel="phone",
            source=5,
            customer=" ",
            agent="",
        )
    named = [problem.field for problem in refused.value.problems]
    assert [field.name for field in attrs.fields(Comment)] == named


@pytest.mark.parametrize("rating", [0, -3, 4.5, Fraction(1, 3), 10**100])
def test_ratings(rating):
    """Any finite number is a rating: its scale is the survey's own."""
    assert rating == Comment("1", "", at=at(0), rating=rating).rating


@pytest.mark.parametrize("rating", [True, "5", nan, inf, 10**400])
def test_no_ratings(rating):
    """Flags, text and what is no finite number are no ratings."""
    with pytest.raises(RecordError, match=r"rating is .*, allowed: a number"):
        Comment("1", "", at=at(0), rating=rating)


# --- Codebooks ------------------------------------------------------------------------------------


def test_every_phrase_at_fault_is_named():
    """A phrase that cannot be is refused by its place, in words and in exceptions."""
    with pytest.raises(DefinitionError) as refused:
        Code("a", "A", words={"en": ["late", "*"], "fi": ["*n"]}, but_not={"en": ["la*te"]})
    assert ["words['en'][1]", "words['fi'][0]", "but_not['en'][0]"] == [
        problem.field for problem in refused.value.problems
    ]


@pytest.mark.parametrize(
    ("words", "but_not"),
    [({}, ["late"]), ({}, {"en": "late"}), ({"en": "late"}, {"fi": "ei"})],
    ids=repr,
)
def test_exceptions_to_nothing(words, but_not):
    """An exception in a language in which nothing is looked for is a mistake."""
    with pytest.raises(DefinitionError, match=r"but_not is .*, allowed: a language of words"):
        Code("a", "A", words=words, but_not=but_not)


@pytest.mark.parametrize(
    ("words", "but_not"),
    [(["late"], {"en": "not late"}), ({"en": "late"}, ["not late"]), (["late"], ["not late"])],
    ids=repr,
)
def test_exceptions_to_something(words, but_not):
    """Exceptions for every language go with any words, and words of every one with any."""
    book = Codebook("b", Code("a", "A", words=words, but_not=but_not))
    assert [(), ("a",)] == [codes(text, book, language="en") for text in ("Not late", "Late")]


def test_keys_are_used_once():
    """Two codes with one key are refused."""
    with pytest.raises(DefinitionError, match="code key 'late' is used 2 times"):
        Codebook("b", [LATE, attrs.evolve(LATE, title="Other")])


def test_a_codebook_has_a_code():
    """A codebook without codes is refused."""
    with pytest.raises(DefinitionError, match=r"codes is .*at least 1"):
        Codebook("b", [])


def test_every_code_has_words_in_every_language():
    """A code that lacks a language of the others is refused, with what it lacks."""
    english = Code("a", "A", words={"en": "late"})
    both = Code("b", "B", words={"en": "rude", "fi": "töykeä", "lv": "rupjš"})
    with pytest.raises(DefinitionError, match=r"codes\['a'\].words is only in en, .* also fi, lv"):
        Codebook("b", [english, both])


def test_words_of_every_language_and_none_at_all_fit_any_codebook():
    """Words for all languages lack none, and a code given by hand needs none."""
    book = Codebook("b", [LATE, Code("c", "C"), Code("b", "B", words={"EN": "x", "fi": "y"})])
    assert ("en", "fi") == book.languages


# --- Coding ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It came late", ("late",)),
        ("It was not late", ()),
        ("Not late, but the late fee was rude", ("rude",)),
        ("Not late at first, then late", ("late",)),
        ("Late. Not late", ("late",)),
        ("LATE FEES", ()),
        ("Rudely delayed", ("late", "rude")),
        ("Fine", ()),
    ],
)
def test_codes_of_a_text(text, expected):
    """Words in an exception do not count, but the same words elsewhere do; codes as in the book."""
    assert expected == codes(text)


def test_an_exception_covers_what_it_overlaps():
    """A longer phrase that begins within an exception does not count either."""
    book = Codebook("b", Code("a", "A", words=["late delivery"], but_not=["not late"]))
    assert [(), ("a",)] == [codes(f"{word} late delivery", book) for word in ("not", "a")]


def test_an_exception_is_that_of_its_own_code():
    """What one code excepts another may find."""
    other = Code("again", "Again", words=["late"])
    assert ("again",) == codes("not late", Codebook("b", [LATE, other]))


def test_each_code_says_why():
    """The phrase of the codebook and the words of the comment, once for each phrase."""
    coding = code(said("Late, LATE and delays; impolite"), BOOK)
    assert (
        Match("late", "late", words="Late"),
        Match("late", "delay*", words="delays"),
        Match("rude", "impolite", words="impolite"),
    ) == coding.read[0].matches


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("late",)),
        ("en-GB", ("late",)),
        ("EN", ("late",)),
        ("fi", ()),
        ("fi-FI", ()),
        ("sv", None),
        (None, ("late",)),
    ],
)
def test_a_comment_is_read_in_its_own_language(language, expected):
    """The nearest language counts, and each one where the comment's own is not known."""
    book = Codebook("b", Code("late", "L", words={"en": "late", "fi": "myöhäs*"}))
    assert expected == codes("Late", book, language=language)


def test_a_phrase_of_two_languages_counts_once():
    """Where all languages are looked through, the same word tells of a code once."""
    book = Codebook("b", Code("taxi", "T", words={"en": "taxi", "fi": "taxi", "mul": "taxi"}))
    assert 1 == len(code(said("Taxi!"), book).read[0].matches)


def test_words_of_every_language():
    """A codebook whose words are those of every language reads every comment."""
    assert ("late",) == codes("late", language="sv")
    book = Codebook("b", [LATE, Code("b", "B", words={"en": "x", "fi": "y"})])
    assert [("late",), None] == [codes("late", book, language=tag) for tag in ("fi", "sv")]


@pytest.mark.parametrize("text", ["", " ", "...", "?!", "-"])
def test_a_comment_without_a_word_is_not_read(text):
    """Nothing said is not the same as something said of which no code knows."""
    coding = code(said(text), BOOK)
    assert (0, (), 1) == (coding.n, coding.uncoded, len(coding.unread))
    assert None is coding.themes[0].share
    assert None is coding.themes[0].interval()


def test_nothing_is_lost():
    """Every comment is coded, uncoded or not read, once and in the order given."""
    coding = code(said("late", "", "fine", "rude", "..."), BOOK)
    assert ["1", "4"] == [one.comment.id for one in coding.coded]
    assert ["3"] == [one.id for one in coding.uncoded]
    assert ["2", "5"] == [one.id for one in coding.unread]


def test_counts_and_shares():
    """Themes are counted by comment, most frequent first, as shares of what was read."""
    coding = code(said("late late delayed", "rude", "rudely late", "rude", "fine", ""), BOOK)
    assert {"late": 2, "rude": 3} == coding.counts
    assert [("rude", Fraction(3, 5)), ("late", Fraction(2, 5))] == [
        (theme.code.key, theme.share) for theme in coding.themes
    ]
    interval = coding.themes[0].interval()
    assert (0.2307, 0.8824) == (round(interval.low, 4), round(interval.high, 4))


def test_equally_frequent_themes_stand_as_in_the_codebook():
    """Ties keep the order of the codebook, and a theme nobody speaks of is there with none."""
    coding = code(said("fine"), BOOK)
    assert [("late", 0), ("rude", 0)] == [(theme.code.key, theme.count) for theme in coding.themes]


def test_by_source():
    """Each source apart, the comments without one first; together they are the whole."""
    given = [
        *said("late", "fine", source="web"),
        Comment("a", "rude", at=at(0), source="carrier"),
        Comment("b", "", at=at(0)),
    ]
    by_source = code(given, BOOK).by_source
    assert [None, "carrier", "web"] == list(by_source)
    assert [0, 1, 2] == [coding.n for coding in by_source.values()]
    assert {"late": 1, "rude": 0} == by_source["web"].counts
    assert 1 == len(by_source[None].unread)


def test_mentions_are_what_a_ranking_takes():
    """One for each comment and theme, with instant, source, words, and whether one can act."""
    assert [
        ("late", "1", at(1), "web", True, ("Delayed",)),
        ("late", "2", at(2), "survey", True, ("viivästyi",)),
        ("bad", "2", at(2), "survey", False, ("😡",)),
    ] == [
        (one.code, one.comment, one.at, one.source, one.actionable, one.words)
        for one in CODING.mentions
    ]
    assert () == BY_HAND.mentions[0].words


def test_a_table_of_themes():
    """Themes with counts, shares and intervals in per cent, and what is left."""
    assert [
        "delivery: 3 comments",
        "Theme           Comments     %  from    to",
        "Late                   2  66.7  20.8  93.9",
        "Bad in general         1  33.3   6.1  79.2",
        "1 with no code, 2 not read",
    ] == str(CODING).splitlines()


def test_a_table_of_nothing():
    """Without comments there are no shares to show."""
    assert "Late          0  -     -   -" in str(code([], BOOK))


def test_any_iterable_will_do():
    """Comments are run through once."""
    assert code(said("late"), BOOK) == code(iter(said("late")), BOOK)


def test_what_cannot_be_coded():
    """Everything that is no comment is named by its place, and what is no codebook too."""
    with pytest.raises(RecordError) as refused:
        code([*COMMENTS, "late", None], [LATE])
    assert ["comments[5]", "comments[6]", "codebook"] == [
        problem.field for problem in refused.value.problems
    ]


def test_one_id_for_one_comment():
    """Two comments with one id are refused: one would count twice."""
    with pytest.raises(RecordError, match="comment id '1' is used 2 times, allowed: each id once"):
        code([*said("late"), *said("")], BOOK)


def test_a_code_without_words_cannot_be_looked_for():
    """It would never be found, which is not the same as never meant."""
    with pytest.raises(DefinitionError, match=r"code: codes\['tone'\].words is {}, allowed: words"):
        code(said("late"), Codebook("b", [LATE, Code("tone", "Tone")]))


def test_codes_of_another_codebook_are_refused():
    """A coding holds the codes of its codebook alone."""
    with pytest.raises(RecordError, match=r"read\[0\].matches\[0\].code is 'x', allowed: .*rude"):
        Coding(BOOK, CodedComment(COMMENTS[0], Match("x")))


def test_products_of_a_real_register(data_folder):
    """Product names coded by words give the counts of products, and channels those of channels."""
    folder = data_folder / "cfpb"
    expected = json.loads((folder / "expected.json").read_text("utf-8"))["computed"]
    products, channels = expected["by_product"], expected["by_channel"]
    phrases = {
        "debt": ["debt collection"],
        "mortgage": ["MORTGAGE"],
        "report": ["report*"],
        "card": ["card"],
        "loan": ["loan"],
    }
    book = Codebook("b", [Code(key, key, words=words) for key, words in phrases.items()])
    with (folder / "complaints_slim.csv").open(encoding="utf-8", newline="") as file:
        coding = code(
            (
                Comment(
                    row["Complaint ID"],
                    row["Product"],
                    at=datetime.fromisoformat(row["Date received"]).replace(tzinfo=UTC),
                    source=row["Submitted via"],
                )
                for row in csv.DictReader(file)
            ),
            book,
        )
    plain = {key: words[0].lower().rstrip("*") for key, words in phrases.items()}
    assert {
        key: sum(n for product, n in products.items() if word in product.lower())
        for key, word in plain.items()
    } == coding.counts
    assert channels == {source: part.n for source, part in coding.by_source.items()}


# --- By hand --------------------------------------------------------------------------------------


def test_codes_given_by_hand():
    """Comments that are named were read, with or without codes; the others were not."""
    assert [("late",), ("late", "bad"), (), ()] == [one.codes for one in BY_HAND.read]
    assert ["3"] == [one.id for one in BY_HAND.unread]
    assert Match("late") == BY_HAND.read[0].matches[0]


def test_codes_by_hand_that_cannot_be():
    """An id that no comment has, and a code that the codebook has not, are refused."""
    with pytest.raises(RecordError, match="codes is '9', allowed: the id of a comment"):
        code_by_hand(COMMENTS, {"1": "late", "9": "late"}, CODEBOOK)
    with pytest.raises(RecordError, match="code is 'lat', allowed: a code of the codebook"):
        code_by_hand(COMMENTS, {"1": ["late", "lat"]}, CODEBOOK)
    with pytest.raises(RecordError, match="code is 5, allowed"):
        code_by_hand(COMMENTS, {"1": [5]}, CODEBOOK)


# --- Agreement ------------------------------------------------------------------------------------


def coded(pattern: str) -> Coding:
    """Make a coding by hand: l late, r rude, b both, - none, a dot for not read."""
    keys = {"l": ["late"], "r": ["rude"], "b": ["late", "rude"], "-": []}
    given = {str(n): keys[one] for n, one in enumerate(pattern, 1) if one != "."}
    return code_by_hand(said(*("x" for _ in pattern)), given, BOOK)


def test_agreement_code_by_code_and_over_all():
    """Kappa over having a code or not, and over all codes of a comment together."""
    found = agreement(coded("llb--r"), coded("lbb-lr"))
    late, rude = (one.kappa for one in found.codes)
    assert (6, Fraction(5, 6), Fraction(1, 2)) == (late.n, late.observed, late.expected)
    assert Fraction(2, 3) == late.estimate
    assert (Fraction(5, 6), Fraction(2, 3)) == (rude.observed, rude.estimate)
    assert Fraction(4, 6) == found.overall.observed


def test_only_what_both_have_read_counts():
    """What one of them has not read, or neither, is left out and counted."""
    found = agreement(coded("l-.l."), coded("l-l.."))
    assert (2, 3) == (found.n, found.left_out)
    assert Fraction(1) == found.overall.estimate


def test_comments_of_one_coding_alone_are_left_out():
    """Codings of different comments are compared on those that they share."""
    one, other = code(said("late", "rude"), BOOK), code(said("late"), BOOK)
    assert [(1, 1), (1, 1)] == [
        (found.n, found.left_out) for found in (agreement(one, other), agreement(other, one))
    ]


def test_nothing_in_common():
    """Without a comment that both have read there is no kappa."""
    found = agreement(coded(".l"), coded("l."))
    assert (0, 2, None, None) == (found.n, found.left_out, found.overall, found.codes[0].kappa)
    assert "All codes together         -      -     -   -" in str(found)


def test_agreement_on_the_obvious():
    """Where both give one code to all or none, chance leaves nothing to agree on."""
    found = agreement(coded("lll"), coded("lll"))
    assert (Fraction(1), None, None) == (
        found.overall.observed,
        found.overall.estimate,
        found.overall.interval,
    )


def test_a_table_of_agreement():
    """Codes with shares and kappas, the whole below them, and what is left out."""
    assert [
        "Agreement on 6 comments",
        "Code                Agreed %  Kappa  from    to",
        "Late                    83.3   0.67  0.10  1.00",
        "Rude                    83.3   0.67  0.10  1.00",
        "All codes together      66.7   0.56  0.05  1.00",
        "0 left out: not read by both",
    ] == str(agreement(coded("llb--r"), coded("lbb-lr"))).splitlines()


def test_what_cannot_be_compared():
    """Codings by other codes, and of other comments with the same ids, are refused."""
    other = Codebook("other", [LATE])
    with pytest.raises(RecordError, match=r"another.codebook is late, allowed: .*: late, rude"):
        agreement(code(said("late"), BOOK), code(said("late"), other))
    with pytest.raises(RecordError, match="comment '1' is two comments, allowed: the same"):
        agreement(code(said("late"), BOOK), code(said("later"), BOOK))
    with pytest.raises(RecordError) as refused:
        agreement(BOOK, None, level=95)
    assert ["one", "another", "level"] == [one.field for one in refused.value.problems]


def test_the_level_is_that_of_the_intervals():
    """A higher level gives a wider interval."""
    one, other = coded("llb--r"), coded("lbb-lr")
    narrow, wide = (agreement(one, other, level=level).overall for level in (0.5, 0.99))
    assert (0.5, 0.99) == (narrow.interval.level, wide.interval.level)
    assert narrow.interval.width < wide.interval.width


def test_channels_are_those_of_complaints():
    """A comment comes by one of the channels that a complaint may come by."""
    assert (
        Channel.WEB
        is Comment("1", "", at=datetime(2026, 5, 4, tzinfo=UTC), channel=Channel.WEB).channel
    )
