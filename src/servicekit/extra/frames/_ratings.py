"""Ratings in the columns of a frame: which columns can hold them, and which of them are right."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import frozen

from servicekit.benchmark import Scale
from servicekit.errors import Problem, shown
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import Opened, absent, refuse_frame, unsupported

__all__ = ["RatingColumn", "rating_columns"]

_RATINGS: Final = "integers, or floats that are whole numbers"


@frozen
class RatingColumn:
    """A column of ratings, read so that the habits of no engine show: NaN means missing."""

    name: str
    scale: Scale
    floats: bool
    empty: bool = False

    @property
    def given(self) -> nw.Expr:
        """What was answered, null where nothing was."""
        column = nw.col(self.name)
        if self.empty:
            return nw.when(~column.is_null()).then(nw.lit(0.0))
        return nw.when(~column.is_nan()).then(column) if self.floats else column

    @property
    def right(self) -> nw.Expr:
        """Whether what was answered is on the scale; it may be null where nothing was."""
        if self.floats:
            return self.given.is_in([float(value) for value in self.scale.values])
        return self.given.is_between(self.scale.low, self.scale.high)

    @property
    def missing(self) -> nw.Expr:
        """Whether nothing was answered."""
        return self.given.is_null()

    @property
    def wrong(self) -> nw.Expr:
        """Whether what was answered is off the scale."""
        return ~self.right & ~self.missing

    @property
    def marked(self) -> nw.Expr:
        """What was answered, as a float; one below the scale in place of what is off it."""
        given, below = self.given.cast(nw.Float64), nw.lit(self.scale.low - 1.0)
        return nw.when(self.wrong).then(below).otherwise(given)

    def problems(self, rating: Any, place: str, *, gaps: bool) -> Iterator[Problem]:
        """Find what is wrong with one rating of the column."""
        allowed = f"a whole number from {self.scale.low} to {self.scale.high}"
        if rating is None:
            if not gaps:
                yield Problem(place, "missing", allowed)
        elif rating not in self.scale.values:
            yield Problem(place, shown(rating), allowed)


def rating_columns(scale: Scale, frame: Opened, names: Iterable[str]) -> list[RatingColumn]:
    """Find columns of ratings; refuse all that are not there or of another type."""
    problems: list[Problem] = []
    columns: list[RatingColumn] = []
    for name in names:
        dtype = frame.schema.get(name)
        if dtype is None:
            problems.append(absent(name, frame.schema))
        elif dtype.is_integer() or dtype.is_float():
            columns.append(RatingColumn(name, scale, dtype.is_float()))
        elif frame.holds_nothing(name) or _is_empty(frame, name):
            columns.append(RatingColumn(name, scale, floats=True, empty=True))
        else:
            problems.append(unsupported(name, dtype, _RATINGS))
    if problems:
        refuse_frame(problems)
    return columns


def _is_empty(frame: Opened, column: str) -> bool:
    """Whether a column of any type has nothing but nulls, in a frame that is at hand."""
    given = ~nw.col(column).is_null()
    found = frame.looked_up(lambda: frame.plan.select(given.any()))
    return found is not None and not found[0]
