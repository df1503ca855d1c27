"""Words that make a question a bad one, by language: lists to extend, and no understanding.

The lists are our own. They hold what handbooks on questionnaires advise against: two questions in
one, questions that lead to an answer, and words that leave nothing between always and never.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from servicekit._rules import Rule
from servicekit._values import Definition, refusal, several, unchanged_when
from servicekit.errors import Problem
from servicekit.feedback._words import A_PHRASE, is_phrase

__all__ = ["WORD_LISTS", "WordList"]


def _phrases(given: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Take phrases, one or several."""
    return several(given)


unchanged_when("{v}.__class__ is tuple", _phrases)


def _are_texts(values: tuple[object, ...]) -> bool:
    return all(value.__class__ is str for value in values)


_PHRASES: Final = Rule("{are_texts}({v})", "words and phrases, or none", are_texts=_are_texts)


@frozen
class WordList(Definition):
    """What to look for in the questions of one language: words and phrases as those of a `Code`.

    ``joining`` words make two questions of one where they stand within it, ``leading`` ones tell
    which answer is hoped for, ``absolute`` ones leave no room between all and nothing.
    """

    joining: tuple[str, ...] = field(default=(), converter=_phrases, validator=_PHRASES)
    leading: tuple[str, ...] = field(default=(), converter=_phrases, validator=_PHRASES)
    absolute: tuple[str, ...] = field(
        default=(), kw_only=True, converter=_phrases, validator=_PHRASES
    )

    def __attrs_post_init__(self) -> None:
        if problems := tuple(_no_phrases(self)):
            raise refusal(self, problems)


def _no_phrases(words: WordList) -> Iterator[Problem]:
    for name in ("joining", "leading", "absolute"):
        for position, phrase in enumerate(getattr(words, name)):
            if not is_phrase(phrase):
                yield Problem(f"{name}[{position}]", repr(phrase), A_PHRASE)


WORD_LISTS: Final[Mapping[str, WordList]] = MappingProxyType(
    {
        "en": WordList(
            joining=("and", "or", "as well as"),
            leading=(
                "agree that",
                "as you know",
                "didn't you",
                "do you agree",
                "don't you",
                "how good",
                "how great",
                "how much did you enjoy",
                "how well",
                "isn't it",
                "obviously",
                "of course",
                "surely",
                "wasn't it",
                "wouldn't you",
                "amazing*",
                "excellen*",
                "fantastic*",
                "outstanding*",
                "terribl*",
                "wonderful*",
            ),
            absolute=(
                "absolutely",
                "always",
                "completely",
                "entirely",
                "every",
                "everybody",
                "everyone",
                "everything",
                "never",
                "nobody",
                "none",
                "totally",
            ),
        ),
        "fi": WordList(
            joining=("ja", "sekä", "tai"),
            leading=(
                "eikö",
                "eivätkö",
                "ettekö",
                "etkö",
                "kuinka erinomai*",
                "kuinka hyv*",
                "miten hyv*",
                "oletko samaa mieltä",
                "oletteko samaa mieltä",
                "kuten tiedät",
                "kuten tiedätte",
                "tietenkin",
                "tietysti",
                "totta kai",
                "erinomai*",
                "fantasti*",
                "kamala*",
                "loistav*",
                "mahtav*",
                "surke*",
            ),
            absolute=(
                "aina",
                "ehdottomasti",
                "ei koskaan",
                "ikinä",
                "joka kerta",
                "jokai*",
                "kaikki",
                "kaikkia",
                "kaikkiin",
                "kaikissa",
                "koskaan",
                "kukaan",
                "täydelli*",
                "täysin",
            ),
        ),
        "lv": WordList(
            joining=("un", "kā arī"),
            leading=(
                "cik lab*",
                "cik lielisk*",
                "kā jūs zināt",
                "kā zināms",
                "protams",
                "vai nav",
                "vai nē",
                "vai piekrītat",
                "vai tad",
                "acīmredzami",
                "brīnišķīg*",
                "fantastisk*",
                "izcil*",
                "lielisk*",
                "šausmīg*",
            ),
            absolute=(
                "absolūti",
                "ikvien*",
                "nevien*",
                "nekad",
                "pilnīgi",
                "pilnībā",
                "vienmēr",
                "visi",
                "visas",
                "visu",
                "visiem",
            ),
        ),
    }
)
"""The lists by language, in English, Finnish and Latvian; ``WORD_LISTS | {...}`` extends them."""
