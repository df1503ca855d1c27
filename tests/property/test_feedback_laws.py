"""Laws of coding, agreement, routing and recognition."""

from collections import Counter
from datetime import timedelta
from fractions import Fraction
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples import START
from servicekit.feedback import (
    Code,
    Codebook,
    Comment,
    Destination,
    RoutingRule,
    RoutingRules,
    agreement,
    code,
    code_by_hand,
    recognition,
    route,
)
from servicekit.feedback._words import Phrases, excerpts, words_of
from servicekit.inference import cohen_kappa
from servicekit.kpi import Column

WORDS = ["late", "not", "later", "delay", "so", "ä"]
BOOK = Codebook(
    "book",
    [
        Code("late", "Late", words=["late", "delay*"], but_not="not late"),
        Code("so", "So", words=["so * late", "ä"]),
    ],
)
texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
sources = st.sampled_from([None, "web", "shop"])


@st.composite
def comments(draw):
    """Draw comments with ids of their own, shrinking to none."""
    said = draw(st.lists(st.tuples(texts, sources, st.none() | st.integers(1, 5)), max_size=12))
    return [
        Comment(str(n), text, at=START + timedelta(minutes=n % 5), source=source, rating=rating)
        for n, (text, source, rating) in enumerate(said)
    ]


def late_by_hand(words):
    """Look for the first code in the plainest way that there is."""
    return any(
        (word == "late" and (n == 0 or words[n - 1] != "not")) or word.startswith("delay")
        for n, word in enumerate(words)
    )


def so_by_hand(words):
    """Look for the second code in the plainest way that there is."""
    threes = zip(words, words[1:], words[2:], strict=False)
    return "ä" in words or any((a, c) == ("so", "late") for a, _, c in threes)


@given(comments())
def test_codes_are_those_that_one_finds_by_looking(given_comments):
    """A comment has a code just where its words, exceptions apart, say so."""
    for one in code(given_comments, BOOK).read:
        words = one.comment.text.split()
        expected = {"late": late_by_hand(words), "so": so_by_hand(words)}
        assert {key for key, has in expected.items() if has} == set(one.codes)


@given(comments())
def test_every_comment_once(given_comments):
    """Coded, uncoded and unread comments are together those that were given."""
    coding = code(given_comments, BOOK)
    parts = [*(one.comment for one in coding.coded), *coding.uncoded, *coding.unread]
    assert sorted(given_comments, key=lambda one: int(one.id)) == sorted(
        parts, key=lambda one: int(one.id)
    )
    assert len(coding.mentions) == sum(coding.counts.values())


@given(comments())
def test_sources_add_up(given_comments):
    """The counts of the sources add up to those of the whole."""
    coding = code(given_comments, BOOK)
    total = sum((Counter(one.counts) for one in coding.by_source.values()), Counter())
    assert +Counter(coding.counts) == total
    assert coding.n == sum(one.n for one in coding.by_source.values())


@given(comments(), st.randoms(use_true_random=False))
def test_the_order_of_comments_does_not_matter(given_comments, random):
    """Codes and themes are the same in whatever order the comments come."""
    shuffled = random.sample(given_comments, len(given_comments))
    one, other = code(given_comments, BOOK), code(shuffled, BOOK)
    assert one.themes == other.themes
    assert set(one.read) == set(other.read)


@given(st.text(max_size=200), st.sampled_from(["NFC", "NFD"]), st.booleans())
def test_reading_any_text(text, form, shout):
    """Any text is read; its case and composition change nothing of what is found."""
    phrases = Phrases([("a*", 0, False), ("ä", 0, False), ("x * y", 0, False), ("!😡", 0, False)])
    other = normalize(form, text.upper() if shout and text.upper().lower() == text else text)
    found, again = ([*phrases.found(words_of(one))] for one in (text, other))
    assert found == again
    assert all(excerpts(text, [place[:2] for place in found]))


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
def test_a_text_finds_itself(words):
    """A phrase made of the words of a text stands in it from the first to the last."""
    text = " ".join(words)
    assert (0, len(words)) in [place[:2] for place in Phrases([(text, 0, False)]).found(words)]


codings = st.lists(
    st.none() | st.sets(st.sampled_from(["late", "so"])).map(sorted), min_size=6, max_size=6
)


def by_hand(codes):
    """Make a coding by hand of six comments, None for those that were not read."""
    given_comments = [Comment(str(n), "x", at=START) for n in range(6)]
    said = {str(n): keys for n, keys in enumerate(codes) if keys is not None}
    return code_by_hand(given_comments, said, BOOK)


@given(codings, codings)
def test_agreement_does_not_depend_on_who_comes_first(one, other):
    """Turning two codings around changes neither kappa nor interval."""
    there, back = agreement(by_hand(one), by_hand(other)), agreement(by_hand(other), by_hand(one))
    assert (there.n, there.left_out) == (back.n, back.left_out)
    for here, turned in zip(
        [there.overall, *(each.kappa for each in there.codes)],
        [back.overall, *(each.kappa for each in back.codes)],
        strict=True,
    ):
        assert (here is None) == (turned is None)
        if here and turned:
            assert here.estimate == turned.estimate
            assert (here.interval is None) == (turned.interval is None)
    assert 6 == there.n + there.left_out


@given(codings)
def test_a_coding_agrees_with_itself(codes):
    """With itself a coding agrees wholly, or on what leaves nothing open."""
    overall = agreement(by_hand(codes), by_hand(codes)).overall
    assert overall is None or (overall.observed == 1 and overall.estimate in {1, None})


tables = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(0, 50), max_size=16
)


@given(tables, st.sampled_from([0.5, 0.95, 0.999]))
def test_kappa_lies_within_its_interval(counts, level):
    """The estimate is between -1 and 1, and within its interval."""
    kappa = cohen_kappa(counts, level=level)
    if kappa and kappa.estimate is not None:
        assert -1 <= kappa.estimate <= 1
        assert kappa.interval is None or (
            kappa.interval.low - 1e-12 <= kappa.estimate <= kappa.interval.high + 1e-12
        )


@given(tables, st.permutations(range(4)))
def test_names_of_categories_do_not_matter(counts, names):
    """Kappa knows categories apart, and nothing else of them."""
    renamed = {(names[a], names[b]): times for (a, b), times in counts.items()}
    assert cohen_kappa(counts) == cohen_kappa(renamed)


@given(tables, st.integers(2, 9))
def test_more_of_the_same_is_surer(counts, times):
    """The same shares of more things give the same kappa and a narrower interval."""
    few, many = cohen_kappa(counts), cohen_kappa({k: times * n for k, n in counts.items()})
    assert (few and few.estimate) == (many and many.estimate)
    if few and few.interval and many and many.interval:
        assert pytest.approx(min(few.interval.width, many.interval.width)) == many.interval.width


RULES = RoutingRules(
    [
        RoutingRule("angry", Destination("owner", timedelta(0)), when=Column("rating") <= 1),
        RoutingRule("bad", Destination("boss", timedelta(hours=1)), when=Column("rating") <= 2),
        RoutingRule("late", Destination("boss", timedelta(hours=2)), codes="late"),
    ],
    Destination("desk", timedelta(days=1)),
)


@given(comments())
def test_everything_is_routed_once_and_by_the_first_rule(given_comments):
    """Nothing is dropped, and each decision is the one that the rules, tried in order, make."""
    coding = code(given_comments, BOOK)
    late = {one.comment.id for one in coding.read if "late" in one.codes}
    routed = route(coding, RULES)
    assert Counter(one.id for one in given_comments) == Counter(one.feedback.id for one in routed)
    for one in routed:
        rating, key = one.feedback.rating, one.feedback.id
        low = 9 if rating is None else rating
        expected = "angry" if low <= 1 else "bad" if low <= 2 else "late" if key in late else None
        assert expected == (one.rule.key if one.rule else None)
        assert one.destination == (one.rule.destination if one.rule else RULES.fallback)
        assert one.due == one.feedback.at + one.destination.within
    assert sorted(one.due for one in routed) == [one.due for one in routed]


answers = st.lists(
    st.tuples(st.sampled_from([None, "A", "B", "C"]), st.sampled_from([None, True, False])),
    max_size=40,
)


@given(answers, st.integers(0, 8), st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)]))
def test_praise_adds_up(said, smallest, at_least):
    """Every contact counts once; rewards are a part of thanks or ask for nothing."""
    rows = [
        {"id": str(n), "agent": agent, "represented_well": well}
        for n, (agent, well) in enumerate(said)
    ]
    found = recognition(rows, smallest=smallest, at_least=at_least)
    assert len(rows) == found.unnamed + sum(one.n + one.unknown for one in found)
    named = [key for one in found for key in (*one.praise, *one.blame)]
    assert len(named) == len(set(named)) == sum(one.n for one in found)
    assert set(found.weakest) <= set(found)
    if at_least:
        assert set(found.rewarded) <= set(found.thanked)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 30))
def test_one_more_praise_never_puts_anybody_back(good, bad, more):
    """With more praise and no more blame one stands no lower."""
    rows = [
        *({"id": f"a{n}", "agent": "A", "represented_well": n < good} for n in range(good + bad)),
        *(
            {"id": f"b{n}", "agent": "B", "represented_well": n < good + more}
            for n in range(good + bad + more)
        ),
    ]
    found = {one.who: one for one in recognition(rows)}
    if "A" in found:
        assert found["A"].worst_case <= found["B"].worst_case + 1e-12
