"""Mappings that stay as they were made."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeVar, cast, final

from servicekit._rules import LANGUAGE_OR_NONE, TEXT, Rule

__all__ = ["WORDING", "Keyed", "ReadOnly", "Wording", "nearest", "read_only", "wording"]

_K = TypeVar("_K")
_V = TypeVar("_V")


class Keyed(Mapping[_K, _V]):
    """A mapping for values to derive from: they hold its items in one of their fields."""

    __slots__ = ()

    _items: Mapping[_K, _V]

    def __getitem__(self, key: _K) -> _V:
        return self._items[key]

    def __iter__(self) -> Iterator[_K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)


@final
class ReadOnly(Keyed[_K, _V]):
    """A copy of a mapping that nobody can change; it hashes, compares and pickles as a value."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[_K, _V]) -> None:
        self._items = dict(items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return ReadOnly, (self._items,)

    def __repr__(self) -> str:
        return repr(self._items)


def read_only(value: Any) -> Any:
    """Make a mapping read-only; leave anything else for the rule to refuse."""
    if not isinstance(value, Mapping):
        return value
    return ReadOnly(cast("Mapping[object, object]", value))


Wording = Mapping[str, str]
"""The same said in several languages: BCP 47 tag to text."""


def wording(said: Mapping[str, str]) -> Wording:
    """Keep what is said in each language as it is now."""
    return cast("Wording", read_only(said))


def _is_wording(value: object) -> bool:
    if not isinstance(value, ReadOnly) or not value:
        return False
    said = cast("ReadOnly[object, object]", value).items()
    return not any(
        language is None or LANGUAGE_OR_NONE.problem("", language) or TEXT.problem("", text)
        for language, text in said
    )


WORDING: Final = Rule(
    "{is_wording}({v})",
    "a mapping of language (BCP 47) to text that is not blank, such as {{'en': 'We answer'}}",
    is_wording=_is_wording,
)


def nearest(language: str, spoken: Iterable[str]) -> str | None:
    """Look a language up as RFC 4647 (3.4) does, from the special to the general.

    ``fi-FI`` finds ``fi``; None where there is nothing near.
    """
    known = {tag.lower(): tag for tag in spoken}
    wanted = language.lower()
    while wanted and wanted not in known:
        wanted = wanted.rpartition("-")[0].removesuffix("-x")
    return known.get(wanted)
