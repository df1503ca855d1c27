"""A codebook: the themes that comments are coded by, and the words that tell of each."""

from collections import Counter
from collections.abc import Iterator

from attrs import field, frozen

from servicekit._rules import FLAG, TEXT, each
from servicekit._values import Definition, refusal, several, unchanged_when
from servicekit.errors import Problem
from servicekit.feedback._words import (
    A_PHRASE,
    EVERY_LANGUAGE,
    WORDS,
    Words,
    is_phrase,
    words_by_language,
)

__all__ = ["Code", "Codebook"]


@frozen
class Code(Definition):
    """A theme that comments may speak of, and the words that tell of it.

    ``words`` are words and phrases by language (BCP 47), or alone for every language, which is kept
    as ``mul``: ``"late"`` is that word, ``"viiväst*"`` any word that begins so, ``"not on time"``
    these words in a row and ``"not * late"`` any one word between. Where a phrase of ``but_not``
    stands, the words in it do not count. A code without words can only be given by hand.

    ``actionable`` says whether one can do something about it: "my order was faulty", not "I was not
    satisfied". Raises `DefinitionError` with everything that is wrong.
    """

    key: str = field(validator=TEXT)
    title: str = field(validator=TEXT)
    words: Words = field(default=(), kw_only=True, converter=words_by_language, validator=WORDS)
    but_not: Words = field(default=(), kw_only=True, converter=words_by_language, validator=WORDS)
    actionable: bool = field(default=True, kw_only=True, validator=FLAG)

    def __attrs_post_init__(self) -> None:
        found = (*_no_phrases("words", self.words), *_no_phrases("but_not", self.but_not))
        if problems := (*found, *_idle(self)):
            raise refusal(self, problems)


def _no_phrases(name: str, words: Words) -> Iterator[Problem]:
    for language, phrases in words.items():
        for position, phrase in enumerate(phrases):
            if not is_phrase(phrase):
                yield Problem(f"{name}[{language!r}][{position}]", repr(phrase), A_PHRASE)


def _idle(code: Code) -> Iterator[Problem]:
    """Find exceptions in a language in which there is nothing to except."""
    wide = EVERY_LANGUAGE in code.words
    for language in code.but_not:
        if language not in code.words and not (wide or (code.words and language == EVERY_LANGUAGE)):
            allowed = f"a language of words: {', '.join(code.words) or 'there is none'}"
            yield Problem("but_not", repr(language), allowed)


def _codes(values: Code | list[Code] | tuple[Code, ...]) -> tuple[Code, ...]:
    """Take codes, one or several."""
    return several(values)


unchanged_when("{v}.__class__ is tuple", _codes)


@frozen
class Codebook(Definition):
    """The codes that comments are given, in the order in which they are shown.

    Each code that has words has them in every language of the codebook, so that no share counts a
    comment in which nobody looked. Raises `DefinitionError` with everything that is wrong.
    """

    key: str = field(validator=TEXT)
    codes: tuple[Code, ...] = field(converter=_codes, validator=each(Code, at_least=1))

    def __attrs_post_init__(self) -> None:
        if problems := (*_used_twice(self), *_unlike(self)):
            raise refusal(self, problems)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it has words in; none where its words are those of every language."""
        spoken = (language for code in self.codes for language in code.words)
        return tuple(dict.fromkeys(tag for tag in spoken if tag != EVERY_LANGUAGE))


def _used_twice(codebook: Codebook) -> Iterator[Problem]:
    for key, times in Counter(code.key for code in codebook.codes).items():
        if times > 1:
            yield Problem(f"code key {key!r}", f"used {times} times", "each key once")


def _unlike(codebook: Codebook) -> Iterator[Problem]:
    """Find the codes that lack words in a language of the others."""
    for code in codebook.codes:
        missing = set(codebook.languages).difference(code.words)
        if code.words and EVERY_LANGUAGE not in code.words and missing:
            allowed = f"words in every language used elsewhere, also {', '.join(sorted(missing))}"
            yield Problem(f"codes[{code.key!r}].words", f"only in {', '.join(code.words)}", allowed)
