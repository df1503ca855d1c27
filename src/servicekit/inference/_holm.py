"""Many comparisons at once: the more there are, the more of them look like something by chance."""

from collections.abc import Iterable
from typing import Final

from servicekit._rules import Rule
from servicekit.errors import RecordError

__all__ = ["holm"]

_PROBABILITY: Final = Rule(
    "{v}.__class__ in (int, float) and 0 <= {v} <= 1", "a probability, from 0 to 1"
)


def holm(p_values: Iterable[float]) -> tuple[float, ...]:
    """Adjust p-values for being many, each in its place.

    Those that stay below a level may all be believed together: the probability that any of them
    is a mistake is no more than that level, however the comparisons hang together. Source: Holm, "A
    simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6
    (1979), 65-70.

    Raises `RecordError` for what is no probability, by its place.

    >>> holm([0.01, 0.04, 0.03])
    (0.03, 0.06, 0.06)
    """
    given = tuple(p_values)
    asked = (_PROBABILITY.problem(f"p_values[{at}]", p) for at, p in enumerate(given))
    if problems := tuple(filter(None, asked)):
        raise RecordError("holm", problems)
    adjusted = [0.0] * len(given)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(given)), key=given.__getitem__)):
        highest = max(highest, min((len(given) - rank) * given[place], 1.0))
        adjusted[place] = highest
    return tuple(adjusted)
