"""Surveys, comments, what is found in them, and to whom they go."""

from fractions import Fraction
from typing import Any, Final

from attrs import evolve
from hypothesis import strategies as st

from servicekit.complaint import Channel
from servicekit.extra.strategies._register import contacts
from servicekit.extra.strategies._texts import LANGUAGES, TEXTS, WORDS, wordings
from servicekit.extra.strategies._times import INSTANTS, LATER
from servicekit.extra.strategies._worktime import work_calendars
from servicekit.feedback import (
    Agreement,
    Code,
    Codebook,
    CodedComment,
    Coding,
    Comment,
    Criteria,
    Destination,
    Finding,
    Flaw,
    Invitation,
    Match,
    Mention,
    Option,
    Purpose,
    Question,
    Recognition,
    Response,
    Routes,
    RoutingRule,
    RoutingRules,
    Survey,
    Tone,
    WordList,
    agreement,
    code_by_hand,
    recognition,
    route,
)
from servicekit.feedback import code as coded
from servicekit.kpi import Column

__all__ = ["agreements", "codebooks", "coded_comments", "codes", "codings", "comments", "criteria"]
__all__ += ["destinations", "feedback_findings", "invitations", "matches", "mentions", "options"]
__all__ += ["questions", "recognitions"]
__all__ += ["responses", "routes", "routing_rule_sets", "routing_rules", "surveys", "word_lists"]

_PERHAPS: Final = st.none() | TEXTS
_PHRASES: Final = st.sampled_from(["late", "delay*", "not * time", "rude", "myöhäs*", "ei", "5"])
_LATE: Final = st.lists(_PHRASES, min_size=1, max_size=3)
_RATINGS: Final = st.integers(0, 10) | st.floats(0, 10) | st.fractions(0, 10, max_denominator=9)


def codes(key: str = "late", languages: tuple[str, ...] = ("en",)) -> st.SearchStrategy[Code]:
    """Give codes with words in some languages, and with words that do not count."""
    return st.builds(
        Code,
        st.just(key),
        TEXTS,
        words=st.fixed_dictionaries(dict.fromkeys(languages, _LATE)),
        but_not=st.fixed_dictionaries({}, optional=dict.fromkeys(languages, _LATE)),
        actionable=st.booleans(),
    )


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """Give codebooks of a few codes, all in the same languages."""
    languages = tuple(draw(st.lists(LANGUAGES, min_size=1, max_size=2, unique=True)))
    number = draw(st.integers(1, 3))
    return Codebook(draw(TEXTS), [draw(codes(f"c{place}", languages)) for place in range(number)])


_SPOKEN: Final = st.lists(st.sampled_from(["late", "delayed", "rude", "not in time", "ok"])).map(
    " ".join
)


def comments(*, ids: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Comment]:
    """Give comments, some with words that codebooks look for; they shrink to an empty text."""
    return st.builds(
        Comment,
        TEXTS if ids is None else ids,
        _SPOKEN | WORDS,
        at=INSTANTS,
        language=st.none() | LANGUAGES,
        rating=st.none() | _RATINGS,
        question=_PERHAPS,
        channel=st.none() | st.sampled_from(Channel),
        source=_PERHAPS,
        customer=_PERHAPS,
        agent=_PERHAPS,
    )


@st.composite
def _several_comments(draw: st.DrawFn, at_least: int = 0) -> list[Comment]:
    number = draw(st.integers(at_least, 4))
    return [draw(comments(ids=st.just(str(place)))) for place in range(number)]


@st.composite
def codings(draw: st.DrawFn) -> Coding:
    """Give what was found in a few comments, by words or by hand."""
    book, told = draw(codebooks()), draw(_several_comments())
    if draw(st.booleans()):
        return coded(told, book)
    keys = st.sets(st.sampled_from([code.key for code in book.codes]))
    return code_by_hand(told, {one.id: draw(keys) for one in told}, book)


def matches() -> st.SearchStrategy[Match]:
    """Give codes that were found, by words or by hand."""
    return st.builds(Match, TEXTS, _PERHAPS, words=_PERHAPS)


def coded_comments() -> st.SearchStrategy[CodedComment]:
    """Give comments with what was found in them."""
    return st.builds(CodedComment, comments(), st.lists(matches(), max_size=2))


def mentions() -> st.SearchStrategy[Mention]:
    """Give what a comment speaks of."""
    return st.builds(
        Mention,
        TEXTS,
        TEXTS,
        at=INSTANTS,
        source=_PERHAPS,
        actionable=st.booleans(),
        words=st.lists(TEXTS, max_size=2).map(tuple),
    )


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    """Give how far two who coded the same comments agree."""
    book, told = draw(codebooks()), draw(_several_comments(at_least=1))
    keys = st.sets(st.sampled_from([code.key for code in book.codes]))
    one, other = (
        code_by_hand(told, {comment.id: draw(keys) for comment in told}, book) for _ in "ab"
    )
    return agreement(one, other)


def invitations() -> st.SearchStrategy[Invitation]:
    """Give invitations to answer, answered or not."""
    return st.builds(_invitation, INSTANTS, st.none() | LATER)


def _invitation(sent_at: Any, wait: Any) -> Invitation:
    return Invitation(sent_at, None if wait is None else sent_at + wait)


def options(languages: list[str] | None = None) -> st.SearchStrategy[Option]:
    """Give options of a closed question, in some languages."""
    said = wordings(["en"] if languages is None else languages)
    return st.builds(Option, said, st.none() | st.sampled_from(Tone))


def questions(key: str = "q0", languages: list[str] | None = None) -> st.SearchStrategy[Question]:
    """Give questions, open or closed, in some languages; they shrink to an open one."""
    spoken = ["en"] if languages is None else languages
    closed = st.lists(options(spoken), min_size=2, max_size=4)
    return st.builds(
        Question,
        st.just(key),
        wordings(spoken),
        options=st.just(()) | closed,
        asks=st.none() | st.sampled_from(Purpose),
    )


@st.composite
def surveys(draw: st.DrawFn) -> Survey:
    """Give surveys of a few questions, with those who were asked."""
    spoken = draw(st.lists(LANGUAGES, min_size=1, max_size=2, unique=True))
    number = draw(st.integers(1, 3))
    asked = [draw(questions(f"q{place}", spoken)) for place in range(number)]
    return Survey(asked, draw(st.lists(invitations(), max_size=3)))


def responses() -> st.SearchStrategy[Response]:
    """Give how many were asked, and how many answered."""
    return st.builds(_response, st.integers(0, 1000), st.integers(0, 1000))


def _response(answered: int, silent: int) -> Response:
    return Response(answered + silent, answered)


_SHARES: Final = st.integers(0, 10).map(lambda tenths: Fraction(tenths, 10))


def criteria() -> st.SearchStrategy[Criteria]:
    """Give what a survey is judged by."""
    return st.builds(Criteria, open_share=_SHARES, response_rate=_SHARES)


def word_lists() -> st.SearchStrategy[WordList]:
    """Give words that make a question a bad one."""
    some = st.lists(_PHRASES, max_size=2)
    return st.builds(WordList, some, some, absolute=some)


def feedback_findings() -> st.SearchStrategy[Finding]:
    """Give what is wrong with a survey."""
    return st.builds(Finding, st.sampled_from(Flaw), _PERHAPS, TEXTS, TEXTS)


def destinations() -> st.SearchStrategy[Destination]:
    """Give to whom feedback goes, and how soon."""
    return st.builds(Destination, TEXTS, LATER)


_WHEN: Final = st.integers(0, 10).map(lambda rating: Column("rating") <= rating)


def routing_rules(key: str = "rule") -> st.SearchStrategy[RoutingRule]:
    """Give rules that look at the rating of a comment."""
    return st.builds(RoutingRule, st.just(key), destinations(), when=_WHEN)


@st.composite
def routing_rule_sets(draw: st.DrawFn) -> RoutingRules:
    """Give a few rules, and where everything else goes."""
    number = draw(st.integers(0, 2))
    rules = [draw(routing_rules(f"rule_{place}")) for place in range(number)]
    return RoutingRules(rules, draw(destinations()))


@st.composite
def routes(draw: st.DrawFn, *, at_least: int = 0) -> Routes:
    """Give to whom a few comments go, or contacts, by when; at least so many."""
    by_contact = draw(st.booleans())
    if by_contact:
        told: list[Any] = draw(st.lists(contacts(), min_size=at_least, max_size=3))
        rules = RoutingRules([], draw(destinations()))
    else:
        told, rules = draw(_several_comments(at_least)), draw(routing_rule_sets())
    return route(told, rules, calendar=draw(st.none() | work_calendars()))


@st.composite
def recognitions(draw: st.DrawFn) -> Recognition:
    """Give who earned praise in a few comments; everybody may who has one comment."""
    agents = st.sampled_from(["Mika", "Salla"])
    told = [evolve(one, agent=draw(agents)) for one in draw(_several_comments(at_least=1))]
    return recognition(told, praise=Column("rating") >= draw(st.integers(0, 10)), smallest=1)
