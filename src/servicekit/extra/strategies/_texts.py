"""Texts, and what is said in several languages."""

from collections.abc import Mapping
from typing import Final

from hypothesis import strategies as st

__all__ = [
    "KEYS",
    "LANGUAGES",
    "NAMES",
    "TEXTS",
    "WORDINGS",
    "WORDS",
    "several_texts",
    "texts",
    "wordings",
]

_VISIBLE: Final = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"])
_ANY: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
_BARE: Final = st.text(_VISIBLE, min_size=1, max_size=8)
_TEXTS: Final = _BARE | st.tuples(_ANY, _VISIBLE, _ANY).map("".join)


@st.composite  # for the sake of its repr, which stands in that of every strategy made of it
def _text(draw: st.DrawFn) -> str:
    return draw(_TEXTS)


TEXTS: Final = _text()
"""Any text that a field may hold: well-formed and not blank, whatever stands around it."""

WORDS: Final = _ANY
"""Any text, none as well."""

NAMES: Final = st.sampled_from(["Mika", "Salla", "Ö"]) | TEXTS
"""Who did something; a few of them do most."""

KEYS: Final = st.text("abcdefghijklmnopqrstuvwxyz0123456789_", min_size=1, max_size=6)
"""Keys such as one finds in a database; they shrink to "a"."""

LANGUAGES: Final = st.sampled_from(["en", "fi", "lv", "en-GB", "zh-Hant-TW", "de-CH-1901", "x-own"])
"""Language tags; "en" is the simplest."""


def texts() -> st.SearchStrategy[str]:
    """Give texts that any text field takes: well-formed, and not blank.

    Spaces, control characters and every script may be in them. They shrink to "0".
    """
    return TEXTS


several_texts: Final = st.lists(TEXTS, min_size=1, max_size=3)
"""Texts, one or a few."""


def wordings(languages: list[str]) -> st.SearchStrategy[Mapping[str, str]]:
    """Give the same said in each of some languages."""
    return st.fixed_dictionaries(dict.fromkeys(languages, TEXTS))


WORDINGS: Final = st.dictionaries(LANGUAGES, TEXTS, min_size=1, max_size=2)
"""The same said in one language or two."""
