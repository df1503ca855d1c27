"""A look over a survey: what in it may spoil the answers."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from servicekit._instants import aware
from servicekit._mappings import nearest
from servicekit._rules import Rule, all_are, is_a
from servicekit._tables import rounded
from servicekit._terms import Term
from servicekit._values import Definition
from servicekit.feedback._survey import Purpose, Question, Survey, Tone
from servicekit.feedback._wordings import WORD_LISTS, WordList
from servicekit.feedback._words import Phrases, excerpts, words_of
from servicekit.inference._interval import check
from servicekit.kpi._written import span_in_words

__all__ = ["Criteria", "Finding", "Flaw", "review"]


class Flaw(Term):
    """What may be wrong with a survey."""

    DOUBLE_BARRELLED = "double_barrelled"
    """A question may ask two things at once."""
    LEADING = "leading"
    """A question may lead to an answer."""
    ABSOLUTE = "absolute"
    """A question leaves no room between all and nothing."""
    UNJUDGED = "unjudged"
    """There is no list of words in a language of the survey."""
    UNBALANCED = "unbalanced"
    """A scale has more good answers than bad ones, or fewer."""
    FEW_OPEN = "few_open"
    """Too few questions can be answered in one's own words."""
    SOLVED_NOT_ASKED = "solved_not_asked"
    """Nobody asks whether the matter was solved."""
    REPRESENTATIVE_NOT_ASKED = "representative_not_asked"
    """Nobody asks how the representative did."""
    OLD_ANSWERS = "old_answers"
    """Answers tell what customers needed then, not what they need today."""
    LOW_RESPONSE = "low_response"
    """Few have answered, and perhaps not those who are like the others."""


_ADVICE: Final[Mapping[Flaw, str]] = {
    Flaw.DOUBLE_BARRELLED: "ask one thing at a time: make two questions of it",
    Flaw.LEADING: "ask so that no answer is nearer than another",
    Flaw.ABSOLUTE: "ask how often or how far, and leave room between all and nothing",
    Flaw.UNJUDGED: "give a WordList for the language, or have somebody read the questions",
    Flaw.UNBALANCED: "offer as many good answers as bad ones",
    Flaw.FEW_OPEN: "let customers say in their own words what they need",
    Flaw.SOLVED_NOT_ASKED: "ask whether the matter was solved",
    Flaw.REPRESENTATIVE_NOT_ASKED: "ask how the representative did",
    Flaw.OLD_ANSWERS: "ask right after the contact, and read what is fresh",
    Flaw.LOW_RESPONSE: "ask fewer questions and sooner, and look who does not answer",
}


@frozen
class Finding:
    """One thing that may be wrong: with a question, or with the survey where that is None.

    ``found`` says in words what was seen, ``advice`` what to do about it.
    """

    flaw: Flaw
    question: str | None
    found: str
    advice: str


_SHARE: Final = Rule(
    "isinstance({v}, {fraction}) and 0 <= {v} <= 1",
    "a Fraction from 0 to 1, such as Fraction(1, 2)",
    fraction=Fraction,
)
_SPAN: Final = Rule(
    "isinstance({v}, {timedelta}) and {v} > {zero}",
    "a timedelta longer than nothing",
    timedelta=timedelta,
    zero=timedelta(0),
)


@frozen
class Criteria(Definition):
    """What a survey is held against.

    ``open_share`` is the smallest share of open questions, ``fresh`` how old an answer may be, and
    ``response_rate`` the smallest share of those asked who should have answered. That half of the
    questions be open and that answers be no older than 60 days follows the advice to prefer open
    questions to grades, and not to learn what customers needed two months ago; that a quarter
    answer is our own. Set what fits you.
    """

    open_share: Fraction = field(default=Fraction(1, 2), kw_only=True, validator=_SHARE)
    fresh: timedelta = field(default=timedelta(days=60), kw_only=True, validator=_SPAN)
    response_rate: Fraction = field(default=Fraction(1, 4), kw_only=True, validator=_SHARE)


_USUAL: Final = Criteria()


def review(
    survey: Survey,
    *,
    as_of: datetime | None = None,
    criteria: Criteria | None = None,
    words: Mapping[str, WordList] | None = None,
) -> tuple[Finding, ...]:
    """Say what may be wrong with a survey; an empty tuple where nothing was found.

    Wordings are judged by lists of words in their language and by nothing else: they find "and" in
    "terms and conditions", and miss what is badly said in good words. ``words`` gives the lists,
    `WORD_LISTS` if None. How old answers are is reckoned up to ``as_of``, or without it up to the
    last instant that the survey knows, since when they have only grown older. What was sent or
    answered later than ``as_of`` was not known then.

    Raises `RecordError` for what is no survey, no criteria or no lists, and for a naive instant.

    >>> from servicekit.feedback import Option, Purpose, Question, Tone
    >>> price = Question("price", {"en": "How do you like our price and quality?"})
    >>> solved = Question("solved", {"en": "Was your matter solved?"}, asks=Purpose.SOLVED)
    >>> for finding in review(Survey([price, solved])):
    ...     print(finding.question, finding.flaw, "-", finding.found)
    price double_barrelled - 'and' in the wording in en
    None representative_not_asked - no question asks for it
    """
    check("review", _RULES, survey=survey, criteria=criteria, words=words)
    held = _USUAL if criteria is None else criteria
    lists = WORD_LISTS if words is None else words
    return (
        *_of_wordings(survey, lists),
        *(found for question in survey.questions for found in _of_scale(question)),
        *_of_questions(survey, held),
        *_of_answers(survey, as_of, held),
    )


def _are_lists(lists: Mapping[object, object]) -> bool:
    return all_are(lists, str) and all_are(lists.values(), WordList)


_LISTS: Final = Rule(
    "{v} is None or isinstance({v}, {mapping}) and {are_lists}({v})",
    "a mapping of language to WordList, or None for WORD_LISTS",
    mapping=Mapping,
    are_lists=_are_lists,
)
_RULES: Final[Mapping[str, Rule]] = {
    "survey": is_a(Survey),
    "criteria": is_a(Criteria, optional=True),
    "words": _LISTS,
}


def _finding(flaw: Flaw, question: str | None, found: str) -> Finding:
    return Finding(flaw, question, found, _ADVICE[flaw])


# --- Questions ------------------------------------------------------------------------------------

_BY_WORDS: Final = (Flaw.DOUBLE_BARRELLED, Flaw.LEADING, Flaw.ABSOLUTE)


def _of_wordings(survey: Survey, lists: Mapping[str, WordList]) -> Iterator[Finding]:
    known = {language: nearest(language, lists) for language in survey.languages}
    for language, near in known.items():
        if near is None:
            yield _finding(Flaw.UNJUDGED, None, f"no list of words in {language}")
    phrases = {language: _phrases(lists[near]) for language, near in known.items() if near}
    for question in survey.questions:
        for language, looked_for in phrases.items():
            yield from _of_wording(question, language, looked_for)


def _phrases(words: WordList) -> Phrases:
    """Make the lists ready, each phrase with the place of its flaw."""
    lists = enumerate((words.joining, words.leading, words.absolute))
    return Phrases((phrase, flaw, False) for flaw, phrases in lists for phrase in phrases)


def _of_wording(question: Question, language: str, phrases: Phrases) -> Iterator[Finding]:
    text = question.text[language]
    words = words_of(text)
    found: dict[Flaw, dict[str, tuple[int, int]]] = {flaw: {} for flaw in _BY_WORDS}
    for start, end, phrase in phrases.found(words):
        flaw = _BY_WORDS[phrase.owner]
        if flaw is not Flaw.DOUBLE_BARRELLED or (start > 0 and end < len(words)):
            found[flaw].setdefault(phrase.written, (start, end))
    for flaw, places in found.items():
        if places:
            seen = ", ".join(map(repr, excerpts(text, list(places.values()))))
            yield _finding(flaw, question.key, f"{seen} in the wording in {language}")


def _of_scale(question: Question) -> Iterator[Finding]:
    tones = [option.tone for option in question.options]
    good, neutral, bad = map(tones.count, (Tone.POSITIVE, Tone.NEUTRAL, Tone.NEGATIVE))
    if good != bad:
        found = f"{good} positive, {neutral} neutral and {bad} negative options"
        yield _finding(Flaw.UNBALANCED, question.key, found)


def _of_questions(survey: Survey, held: Criteria) -> Iterator[Finding]:
    n, open_ = len(survey.questions), sum(question.is_open for question in survey.questions)
    if open_ < held.open_share * n:
        wanted = f"at least {_percent(held.open_share)} are wanted"
        yield _finding(Flaw.FEW_OPEN, None, f"{open_} of {n} questions are open; {wanted}")
    asked = {question.asks for question in survey.questions}
    for purpose, flaw in _TO_ASK.items():
        if purpose not in asked:
            yield _finding(flaw, None, "no question asks for it")


_TO_ASK: Final = {
    Purpose.SOLVED: Flaw.SOLVED_NOT_ASKED,
    Purpose.REPRESENTATIVE: Flaw.REPRESENTATIVE_NOT_ASKED,
}

# --- Answers --------------------------------------------------------------------------------------


def _of_answers(survey: Survey, as_of: datetime | None, held: Criteria) -> Iterator[Finding]:
    at = _last(survey) if as_of is None else aware(as_of, "as_of")
    if at is None:
        return
    answers = [one.answered_at for one in survey.known(at) if one.answered_at is not None]
    if old := sum(at - answered > held.fresh for answered in answers):
        found = f"{old} of {len(answers)} answers are older than {span_in_words(held.fresh)}"
        yield _finding(Flaw.OLD_ANSWERS, None, f"{found} at {at.isoformat()}")
    response = survey.response(at)
    rate, interval = response.rate, response.interval()
    if rate is not None and interval is not None and rate < held.response_rate:
        ends = f"interval {_percent(interval.low)} to {_percent(interval.high)}"
        counts = f"{response.answered} of {response.sent} have answered, {_percent(rate)}"
        wanted = f"at least {_percent(held.response_rate)} are wanted"
        yield _finding(Flaw.LOW_RESPONSE, None, f"{counts} ({ends}); {wanted}")


def _last(survey: Survey) -> datetime | None:
    """Give the last instant at which somebody was asked or answered."""
    return max((one.answered_at or one.sent_at for one in survey.invitations), default=None)


def _percent(share: Fraction | float) -> str:
    return f"{rounded(100 * share, 1)} %"
