"""Ratings read against an instrument: all of them right, or all that is wrong in one error."""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any, Final

from servicekit.benchmark._answers import Answers, Ratings
from servicekit.benchmark._layout import Layout, places
from servicekit.errors import Problem, shown

__all__ = ["added_up", "ratings_of", "ratings_problems", "row_with_gaps"]

ratings_of: Final[Callable[[Answers], Ratings]] = attrgetter("ratings")
"""Gives the ratings as they are held."""


def ratings_problems(layout: Layout, ratings: Ratings, *, gaps: bool) -> Iterator[Problem]:
    """Find everything that is wrong with ratings; ``gaps`` says that statements may be left out."""
    scale = layout.scale
    allowed = f"a whole number from {scale.low} to {scale.high}"
    known = layout.shape.position
    rating: Any
    for key, rating in ratings.items():
        if key not in known:
            other = f"a statement of the instrument, such as {layout.shape.keys[0]!r}"
            yield Problem(f"ratings[{key!r}]", "unknown", other)
        elif not isinstance(rating, int) or isinstance(rating, bool) or rating not in scale.values:
            yield Problem(f"ratings[{key!r}]", shown(rating), allowed)
    if not gaps:
        for key in layout.shape.keys:
            if key not in ratings.shape.position:
                yield Problem(f"ratings[{key!r}]", "missing", allowed)


def row_with_gaps(layout: Layout, ratings: Ratings) -> list[int | None]:
    """Give valid ratings in order and turned, None where a statement was not answered."""
    given, order = ratings.row, places(ratings.shape, layout.shape) or ()
    row = [None if place is None else given[place] for place in order]
    for position in layout.turned:
        rating = row[position]
        row[position] = None if rating is None else layout.scale.turn(rating)
    return row


def added_up(layout: Layout, row: Sequence[int | None]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Add up each section's ratings, and count them."""
    given = [[rating for rating in row[span] if rating is not None] for span in layout.spans]
    return tuple(map(sum, given)), tuple(map(len, given))
