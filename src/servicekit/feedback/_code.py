"""Coding comments: by the words of a codebook, or by hand."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from servicekit._mappings import nearest
from servicekit._rules import is_a
from servicekit.errors import DefinitionError, Problem, RecordError, shown
from servicekit.feedback._codebook import Codebook
from servicekit.feedback._coding import CodedComment, Coding, Match
from servicekit.feedback._comments import Comment
from servicekit.feedback._words import (
    EVERY_LANGUAGE,
    Phrases,
    Words,
    excerpts,
    says_anything,
    words_of,
)

__all__ = ["code", "code_by_hand"]

_COMMENT: Final = is_a(Comment)
_CODEBOOK: Final = is_a(Codebook)


def _checked(function: str, comments: Iterable[Comment], codebook: Codebook) -> list[Comment]:
    """Take the comments; refuse what is no comment or no codebook."""
    given = list(comments)
    others = (n for n, one in enumerate(given) if not isinstance(one, Comment))
    asked = (_COMMENT.problem(f"comments[{n}]", given[n]) for n in others)
    if problems := tuple(filter(None, (*asked, _CODEBOOK.problem("codebook", codebook)))):
        raise RecordError(function, problems)
    return given


def code(comments: Iterable[Comment], codebook: Codebook) -> Coding:
    """Give comments the codes whose words stand in them, each with the words that told of it.

    No model, no guessing: the same words give the same codes, whatever their case. A comment is
    looked through in the nearest language of the codebook, and in all of them where its own is not
    known. What this cannot see: irony, words that the codebook lacks, a negation that ``but_not``
    does not list, and words in a script that does not part them by spaces. The time it takes grows
    with the length of the texts, and hardly with the number of codes.

    Raises `DefinitionError` for a code without words, and `RecordError` for what is no comment and
    for comments with one id.
    """
    given = _checked("code", comments, codebook)
    _check_words(codebook)
    reader = _Reader(codebook)
    read: list[CodedComment] = []
    unread: list[Comment] = []
    for comment in given:
        words = words_of(comment.text)
        phrases = reader.phrases(comment.language)
        if phrases is None or not says_anything(words):
            unread.append(comment)
        else:
            read.append(CodedComment(comment, reader.matches(comment.text, words, phrases)))
    return Coding(codebook, read, unread=unread)


def _check_words(codebook: Codebook) -> None:
    wordless = (one.key for one in codebook.codes if not one.words)
    allowed = "words to look for; a code without any can only be given by hand"
    if problems := tuple(Problem(f"codes[{key!r}].words", "{}", allowed) for key in wordless):
        raise DefinitionError("code", problems)


class _Reader:
    """A codebook made ready: for each language of comments, the phrases to look for."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._known: dict[str | None, Phrases | None] = {}

    def phrases(self, language: str | None) -> Phrases | None:
        """Give the phrases to look for in texts of a language; None where there are none."""
        if language not in self._known:
            self._known[language] = self._phrases(language)
        return self._known[language]

    def _phrases(self, language: str | None) -> Phrases | None:
        spoken = self._codebook.languages
        if language is not None and spoken and nearest(language, spoken) is None:
            return None
        return Phrases(
            (written, owner, excludes)
            for owner, one in enumerate(self._codebook.codes)
            for words, excludes in ((one.words, False), (one.but_not, True))
            for written in _for(language, words)
        )

    def matches(self, text: str, words: Sequence[str], phrases: Phrases) -> tuple[Match, ...]:
        """Give every phrase that tells of a code, with the first words that do, code by code."""
        told = sorted(_told(words, phrases).items(), key=lambda item: item[0][0])
        found = zip(told, excerpts(text, [place for _, place in told]), strict=True)
        codes = self._codebook.codes
        return tuple(
            Match(codes[owner].key, phrase, words=excerpt)
            for ((owner, phrase), _), excerpt in found
        )


def _told(words: Sequence[str], phrases: Phrases) -> dict[tuple[int, str], tuple[int, int]]:
    """Say where each phrase of each code stands first, exceptions apart."""
    covered = {
        (phrase.owner, at)
        for start, end, phrase in (phrases.found(words) if phrases.excluding else ())
        if phrase.excludes
        for at in range(start, end)
    }
    told: dict[tuple[int, str], tuple[int, int]] = {}
    for start, end, phrase in phrases.found(words):
        key = (phrase.owner, phrase.written)
        if phrase.excludes or key in told:
            continue
        if covered.isdisjoint((phrase.owner, at) for at in range(start, end)):
            told[key] = (start, end)
    return told


def _for(language: str | None, words: Words) -> Iterator[str]:
    """Give the phrases to look for in texts of a language: of all, where it is not known."""
    wanted = words if language is None else {nearest(language, words), EVERY_LANGUAGE}
    return chain.from_iterable(words[tag] for tag in words if tag in wanted)


_HAND: Final = "code_by_hand"


def code_by_hand(
    comments: Iterable[Comment], codes: Mapping[str, str | Collection[str]], codebook: Codebook
) -> Coding:
    """Take the codes that a person gave: the id of each comment to the keys of its codes.

    A comment with an empty collection was read and has no code; one that is not there was not read.
    Raises `RecordError` for ids that no comment has and for codes that the codebook does not have.
    """
    given = _checked(_HAND, comments, codebook)
    known = {comment.id for comment in given}
    strangers = (shown(key) for key in codes if key not in known)
    if problems := tuple(Problem("codes", key, "the id of a comment") for key in strangers):
        raise RecordError(_HAND, problems)
    read = [
        CodedComment(one, [Match(key) for key in _in_order(codes[one.id], codebook)])
        for one in given
        if one.id in codes
    ]
    return Coding(codebook, read, unread=[one for one in given if one.id not in codes])


def _in_order(codes: str | Collection[str], codebook: Codebook) -> list[str]:
    """Give codes once each and as in the codebook; what is not in it last, to be refused."""
    places = {one.key: place for place, one in enumerate(codebook.codes)}
    given = {codes} if isinstance(codes, str) else set(codes)
    return sorted(given, key=lambda key: (places.get(key, len(places)), str(key)))
