"""Words and phrases, and where they stand in a text.

A text is read as words: runs of letters and digits, whatever their case, in Unicode's composed form
(NFC). A hyphen, an apostrophe or a comma only parts words; the end of a sentence and an emoji are
words of their own. A phrase is some words in a row, and as an end of a sentence is a word, no
phrase reaches over one by chance.

In a phrase a star stands for the rest of a word (``viiväst*``), or by itself for any one word
(``not * late``).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, cast
from unicodedata import normalize

from attrs import frozen

from servicekit._mappings import ReadOnly
from servicekit._rules import LANGUAGE_OR_NONE, TEXTS, Rule
from servicekit._values import several

__all__ = [
    "A_PHRASE",
    "EVERY_LANGUAGE",
    "WORDS",
    "Phrase",
    "Phrases",
    "Words",
    "excerpts",
    "is_phrase",
    "says_anything",
    "words_by_language",
    "words_of",
]

EVERY_LANGUAGE: Final = "mul"
"""The BCP 47 tag of words that are looked for in texts of every language."""

_END: Final = "."
_WORD: Final = (
    r"(?:[^\W_]|[\u0300-\u036f])+"  # letters, digits, and marks that have no composed form
    r"|[.!?;\u2026\u3002]+"  # the end of a sentence
    r"|[\u2190-\u2bff\U0001f000-\U0001faff]"  # an arrow, a symbol or an emoji
)
_WORDS: Final = re.compile(_WORD)
_WRITTEN: Final = re.compile(rf"(?:{_WORD})\*?|\*")
_STRAY: Final = re.compile(r"\*(?:[^\W_]|\*)")
_ENDS: Final = frozenset(".!?;\u2026\u3002")
_UNSEEN: Final = ("\u00ad", "\u2060", "\ufeff")
"""The soft hyphen and two marks of no width, which may stand within a word."""
_MARKS: Final = re.compile(r"[^\w\s\x00-\x7f]{30}")


def _composed(text: str) -> str:
    if text.isascii():
        return text
    for mark in _UNSEEN:
        text = text.replace(mark, "")
    # Of marks without end only so many are put in order at once, which else takes their square.
    return normalize("NFC", _MARKS.sub(r"\g<0> ", text))


def words_of(text: str) -> list[str]:
    """Give the words of a text, as they are written there."""
    return _WORDS.findall(_composed(text))


def excerpts(text: str, places: Collection[tuple[int, int]]) -> list[str]:
    """Give what stands in a text from one of its words up to another, for each pair of places."""
    composed, last = _composed(text), max((end for _, end in places), default=0)
    wanted = {place for start, end in places for place in (start, end - 1)}
    found = enumerate(islice(_WORDS.finditer(composed), last))
    spans = {place: word.span() for place, word in found if place in wanted}
    ends = ((spans[start][0], spans[end - 1][1]) for start, end in places)
    return [" ".join(composed[first:after].split()) for first, after in ends]


def _folded(word: str) -> str:
    return _END if word[0] in _ENDS else normalize("NFC", word.casefold())


def says_anything(words: Iterable[str]) -> bool:
    """Whether there is a word among words, and not only ends of sentences."""
    return any(word[0] not in _ENDS for word in words)


@frozen
class Phrase:
    """One or more words in a row, each whole or the beginning of one; for whom it is looked for."""

    written: str
    words: tuple[tuple[str, bool], ...]
    owner: int
    excludes: bool

    def goes_on(self, words: Sequence[str]) -> bool:
        """Whether words, which follow its first one, are its others."""
        return len(words) == len(self.words) - 1 and all(map(_is, self.words[1:], words))


def _is(wanted: tuple[str, bool], written: str) -> bool:
    text, stem = wanted
    word = _folded(written)
    return word.startswith(text) and word != _END if stem else word == text


def _parts(written: str) -> tuple[tuple[str, bool], ...]:
    """Take a phrase apart; ends of sentences around it are no part of it."""
    found = _WRITTEN.findall(_composed(written))
    parts = [
        (_folded(stem) if (stem := part.removesuffix("*")) else "", part.endswith("*"))
        for part in found
    ]
    while parts and parts[0][0] == _END:
        parts.pop(0)
    while parts and parts[-1][0] == _END:
        parts.pop()
    return tuple(parts)


A_PHRASE: Final = (
    "a word or a phrase, with a star only at the end of a word, for the rest of it, or by itself "
    "between words, for any one word"
)


def is_phrase(written: str) -> bool:
    """Whether a text is a phrase: a word at either end, each star at the end of one or alone."""
    parts = _parts(written)
    if not parts or not parts[0][0] or not parts[-1][0]:
        return False
    return (_END, True) not in parts and not _STRAY.search(written)


class Phrases(dict[str, tuple[Phrase, ...]]):
    """For each word as it is written the phrases that may begin with it.

    A word is looked up once, however often it stands in the texts, and the cost of that does not
    grow with the number of phrases.
    """

    def __init__(self, phrases: Iterable[tuple[str, int, bool]]) -> None:
        super().__init__()
        self.excluding = False
        self._begin: dict[tuple[str, bool], list[Phrase]] = {}
        for written, owner, excludes in phrases:
            phrase = Phrase(written, _parts(written), owner, excludes)
            self._begin.setdefault(phrase.words[0], []).append(phrase)
            self.excluding |= excludes
        self._lengths = sorted({len(text) for text, stem in self._begin if stem})

    def __missing__(self, word: str) -> tuple[Phrase, ...]:
        folded = _folded(word)
        found = list(self._begin.get((folded, False), ()))
        for length in self._lengths:
            if length <= len(folded):
                found += self._begin.get((folded[:length], True), ())
        self[word] = phrases = tuple(found)
        return phrases

    def found(self, words: Sequence[str]) -> Iterator[tuple[int, int, Phrase]]:
        """Give each phrase that stands there, with the positions from and up to which it does."""
        for start, phrases in enumerate(map(self.__getitem__, words)):
            for phrase in phrases:
                end = start + len(phrase.words)
                if end == start + 1 or phrase.goes_on(words[start + 1 : end]):
                    yield start, end, phrase


# --- Words as a field -----------------------------------------------------------------------------

Words = Mapping[str, tuple[str, ...]]
"""Words and phrases by language: BCP 47 tag to phrases."""

_Given = str | Sequence[str] | Mapping[str, str | Sequence[str]]


def words_by_language(given: _Given) -> Words:
    """Take words by language; words alone are those of every language."""
    if isinstance(given, (str, list, tuple)):
        return ReadOnly({EVERY_LANGUAGE: several(given)} if given else {})
    if isinstance(given, Mapping):
        return ReadOnly({_tag(language): several(words) for language, words in given.items()})
    return cast("Words", given)


def _tag(language: str) -> str:
    """Write a tag in the one way in which tags are compared: without capitals."""
    return language.lower() if isinstance(language, str) else language


def _are_words(value: Any) -> bool:
    if not isinstance(value, ReadOnly):
        return False
    return not any(
        language is None or LANGUAGE_OR_NONE.problem("", language) or TEXTS.problem("", words)
        for language, words in cast("ReadOnly[object, Any]", value).items()
    )


WORDS: Final = Rule(
    "{are_words}({v})",
    "words and phrases, or these by language, such as {{'en': ['late', 'delay*', 'not on time']}}",
    are_words=_are_words,
)
