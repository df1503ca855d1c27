"""Items: the places of a questionnaire for which one brings one's own wording."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, cast

import attrs
from attrs import field, frozen

from servicekit._rules import TEXT, TEXT_OR_NONE
from servicekit._values import Definition, several, unchanged_when
from servicekit.errors import Problem, RecordError, shown

__all__ = ["Item", "Weight", "exact", "items_of", "key_problems", "weight_problems", "worded"]

Weight = Fraction | Decimal | int | str
"""An exact number; the text of one is '0.3885' or '1/3'."""

_EXACT: Final = "an exact number, 0 or more, such as '0.3885' or Fraction(1, 3); never a float"


@frozen
class Item(Definition):
    """One thing to be rated: the key of its place, and the wording that you give it."""

    key: str = field(validator=TEXT)
    text: str | None = field(default=None, validator=TEXT_OR_NONE)


def items_of(values: Item | list[Item] | tuple[Item, ...]) -> tuple[Item, ...]:
    """Take items, one or several."""
    return several(values)


unchanged_when("{v}.__class__ is tuple", items_of)


def worded(owner: str, items: tuple[Item, ...], texts: Mapping[str, str]) -> tuple[Item, ...]:
    """Give the items with texts, by their keys; those not named keep what they have."""
    if problems := tuple(_text_problems({item.key for item in items}, texts)):
        raise RecordError(owner, problems)
    return tuple(attrs.evolve(item, text=texts.get(item.key, item.text)) for item in items)


def _text_problems(known: set[str], texts: object) -> Iterator[Problem]:
    if not isinstance(texts, Mapping):
        yield Problem("texts", shown(texts), "a mapping of item key to text")
        return
    for key, text in cast("Mapping[object, object]", texts).items():
        if key not in known:
            yield Problem("texts", shown(key), f"the keys {', '.join(sorted(known))}")
        elif problem := TEXT.problem(f"texts[{key!r}]", text):
            yield problem


def exact(value: Any) -> Any:
    """Make a Fraction of an exact number; anything else stays as it is, to be refused."""
    if isinstance(value, bool) or not isinstance(value, (Fraction, Decimal, int, str)):
        return value
    try:
        return Fraction(value)
    except (ArithmeticError, ValueError):
        return value


def key_problems(name: str, keys: Iterable[str]) -> Iterator[Problem]:
    """Find keys used more than once."""
    for key, times in Counter(keys).items():
        if times > 1:
            yield Problem(name, f"{key!r} used {times} times", "each key once")


def weight_problems(weights: Mapping[Any, Any]) -> Iterator[Problem]:
    """Find what is wrong with weights: each is exact and not negative, together they make 1."""
    wrong = [key for key, one in weights.items() if not (isinstance(one, Fraction) and one >= 0)]
    for key in wrong:
        yield Problem(f"weights[{key!r}]", shown(weights[key]), _EXACT)
    if not wrong and (total := sum(weights.values())) != 1:
        yield Problem("weights", f"together {total}", "weights that add up to exactly 1")
