"""A vision, worked out stage by stage, and what each stage still lacks."""

import re
from collections.abc import Iterator
from typing import Final
from unicodedata import category, normalize

from attrs import field, frozen

from servicekit._rules import ANY_TEXT, ANY_TEXTS, LANGUAGE, Rule, is_a
from servicekit._values import Value, several, unchanged_when
from servicekit.policy._asked import check
from servicekit.policy._findings import Finding, Gap, ModelRow

__all__ = ["Vision", "review"]

_REASONS: Final = 5
_YEARS: Final = range(3, 6)
_BREATH: Final = 25
_END_OF_SENTENCE: Final = re.compile(r"[.!?\u2026](?=\s|$)")

_YEARS_OR_NONE: Final = Rule(
    "{v} is None or {v}.__class__ is int and {v} > 0", "a whole number of years, or None"
)


def _texts(values: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return several(values)


unchanged_when("{v}.__class__ is tuple", _texts)


@frozen
class Vision(Value):
    """A worksheet that ends in one sentence: what the company will be for its customers.

    Imagine that the company is a success in ``years`` from now. ``reasons`` say why,
    ``customer_reasons`` say the same as a customer would, one for each; ``steps`` are those already
    taken. ``summary`` sums up all of it, ``verbs`` are the verbs of the summary, and ``statement``
    is one short sentence made with them. Stages that are not worked out yet are left empty.

    A verb stands for the forms that English makes of it (``listen``: listens, listening). For any
    other form give a stem with an asterisk (``kuunt*``), or several forms with a stroke between
    them (``keep/kept``).
    """

    reasons: tuple[str, ...] = field(default=(), converter=_texts, validator=ANY_TEXTS)
    customer_reasons: tuple[str, ...] = field(default=(), converter=_texts, validator=ANY_TEXTS)
    steps: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, validator=ANY_TEXTS)
    summary: str = field(default="", kw_only=True, validator=ANY_TEXT)
    verbs: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, validator=ANY_TEXTS)
    statement: str = field(default="", kw_only=True, validator=ANY_TEXT)
    years: int | None = field(default=None, kw_only=True, validator=_YEARS_OR_NONE)
    language: str = field(default="en", kw_only=True, validator=LANGUAGE)


def review(vision: Vision) -> tuple[Finding, ...]:
    """Say what each stage of a vision lacks, stage by stage; nothing where it is complete.

    Five different reasons are asked for, each also in other words by the customer, a time from 3 to
    5 years, verbs that the summary and the statement use, and a statement of one sentence of at
    most 25 words, which is about a breath. Whether any of it is well said is not judged.

    >>> for finding in review(Vision(["We answer"], summary="We answer and listen",
    ...         customer_reasons=["They answer"], steps=["A second telephone"], years=4,
    ...         verbs=["answer", "listen"], statement="We answer within the hour.")):
    ...     print(finding)
    reasons: 1 of 5 (B1)
    customer_reasons: 1 of 5 (B1)
    statement: does not use the verb 'listen' (B1)
    """
    check("review", _VISION.problem("vision", vision))
    return tuple(
        Finding(gap, about, says, ModelRow.B1)
        for stage in (_reasons, _customer_reasons, _time_and_steps, _summary, _statement)
        for gap, about, says in stage(vision)
    )


_VISION: Final = is_a(Vision)

_Found = Iterator[tuple[Gap, str, str]]


def _reasons(vision: Vision) -> _Found:
    different = len(set(map(_plain, vision.reasons)))
    if different < _REASONS:
        yield Gap.TOO_FEW, "reasons", f"{different} of {_REASONS}"


def _customer_reasons(vision: Vision) -> _Found:
    ours, theirs = vision.reasons, vision.customer_reasons
    wanted = max(_REASONS, len(ours))
    different = len(set(map(_plain, theirs)))
    if different < wanted:
        yield Gap.TOO_FEW, "customer_reasons", f"{different} of {wanted}"
    for number, (own, said) in enumerate(zip(ours, theirs, strict=False), start=1):
        if _plain(own) == _plain(said):
            yield Gap.SAME_WORDS, "customer_reasons", f"number {number} is in the company's words"


def _time_and_steps(vision: Vision) -> _Found:
    if vision.years is None:
        yield Gap.MISSING, "years", "not said in how many"
    elif vision.years < _YEARS[0]:
        yield Gap.TOO_FEW, "years", f"{vision.years}, asked for are 3 to 5"
    elif vision.years > _YEARS[-1]:
        yield Gap.TOO_LONG, "years", f"{vision.years}, asked for are 3 to 5"
    if not vision.steps:
        yield Gap.MISSING, "steps", "none of those already taken"


def _summary(vision: Vision) -> _Found:
    if not _words(vision.summary):
        yield Gap.MISSING, "summary", "not written"
    if not vision.verbs:
        yield Gap.MISSING, "verbs", "none listed"
    if _words(vision.summary):
        yield from _unused(vision, "summary", vision.summary)


def _statement(vision: Vision) -> _Found:
    words = _words(vision.statement)
    if not words:
        yield Gap.MISSING, "statement", "not written"
        return
    if len(words) > _BREATH:
        yield Gap.TOO_LONG, "statement", f"{len(words)} words, at most {_BREATH} make a breath"
    sentences = sum(bool(_words(part)) for part in _END_OF_SENTENCE.split(vision.statement))
    if sentences > 1:
        yield Gap.TOO_LONG, "statement", f"{sentences} sentences, asked for is one"
    yield from _unused(vision, "statement", vision.statement)


def _unused(vision: Vision, about: str, text: str) -> _Found:
    words = frozenset(_words(text))
    english = vision.language.partition("-")[0].casefold() == "en"
    for verb in vision.verbs:
        if not any(_occurs(form, words, english=english) for form in _plain(verb).split("/")):
            yield Gap.NOT_USED, about, f"does not use the verb {verb!r}"


def _occurs(form: str, words: frozenset[str], *, english: bool) -> bool:
    """Tell whether a form of a verb is among words; all that follows the verb must be, too."""
    verb, *rest = form.split() or [""]
    if not words.issuperset(rest):
        return False
    if verb.endswith("*"):
        return any(word.startswith(verb[:-1]) for word in words)
    return not words.isdisjoint(_english(verb) if english else {verb})


def _english(verb: str) -> set[str]:
    """Give the forms of a regular verb, and those of one that doubles its last letter."""
    short = verb.removesuffix("e")
    soft = f"{verb[:-1]}i" if verb.endswith("y") else short
    stems = {verb, short, f"{verb}{verb[-1:]}"}
    made = {f"{stem}{ending}" for stem in stems for ending in ("ed", "ing")}
    return {verb, f"{verb}s", f"{verb}es", f"{soft}es", f"{soft}ed"} | made


def _plain(text: str) -> str:
    """Give a text without what makes no difference: case, spaces, and how accents are encoded."""
    return " ".join(normalize("NFC", text).casefold().split())


def _words(text: str) -> list[str]:
    """Split a text at its spaces, and take punctuation and signs off the ends of words."""
    found = (_bare(word) for word in _plain(text).split())
    return [word for word in found if word]


def _bare(word: str) -> str:
    return word.strip("".join(sign for sign in set(word) if category(sign)[0] in "PS"))
