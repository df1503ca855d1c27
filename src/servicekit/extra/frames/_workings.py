"""What is worked out of the columns of a frame, row by row: every piece once, level by level.

A piece is a column of its own. Those that need nothing but the frame are the first level, a piece
that needs others comes one level after them, and each level is computed in one go. No piece has
gaps: where a number is unknown there stands any number, and a flag beside it says so. So what an
engine makes of null and not-a-number decides nothing.
"""

from collections.abc import Callable, Hashable
from functools import reduce
from typing import Any, Final, TypeVar, cast

from attrs import frozen

from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import Frame

__all__ = ["ALWAYS", "NEVER", "Cell", "Flag", "Workings"]

_T = TypeVar("_T")


@frozen
class Cell:
    """A piece: the column that it is in, and its level."""

    name: str
    level: int

    @property
    def column(self) -> nw.Expr:
        """The column."""
        return nw.col(self.name)


Flag = Cell | bool
"""Whether something is so in each row: a column without gaps, or the same for all rows."""
ALWAYS: Final = True
NEVER: Final = False


class Workings:
    """The pieces that were asked for so far."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._levels: list[dict[str, nw.Expr]] = []
        self._known: dict[Hashable, Any] = {}

    def once(self, what: Hashable, compute: Callable[[], _T]) -> _T:
        """Work something out the first time that it is asked for."""
        if what not in self._known:
            self._known[what] = compute()
        return cast("_T", self._known[what])

    def put(self, expression: nw.Expr, *needs: Flag) -> Cell:
        """Have an expression computed, after the pieces that it needs."""
        level = max((need.level + 1 for need in needs if isinstance(need, Cell)), default=0)
        while level >= len(self._levels):
            self._levels.append({})
        name = f"{self._prefix}{level}_{len(self._levels[level])}"
        self._levels[level][name] = expression
        return Cell(name, level)

    def carried_out(self, plan: Frame) -> Frame:
        """Compute all pieces."""
        for level in self._levels:
            plan = plan.with_columns(**level)
        return plan

    def column(self, flag: Flag) -> nw.Expr:
        """Give a flag as a column."""
        return nw.lit(flag) if isinstance(flag, bool) else flag.column

    def both(self, *flags: Flag) -> Flag:
        """Say where all of some flags are set."""
        return reduce(self._both, flags, ALWAYS)

    def either(self, *flags: Flag) -> Flag:
        """Say where any of some flags is set."""
        return reduce(self._either, flags, NEVER)

    def unless(self, flag: Flag, not_so: Flag) -> Flag:
        """Say where one flag is set and another is not."""
        return self.both(flag, self.negated(not_so))

    def negated(self, flag: Flag) -> Flag:
        """Say where a flag is not set."""
        if isinstance(flag, bool):
            return not flag
        return self.once(("not", flag), lambda: self.put(~flag.column, flag))

    def _both(self, one: Flag, other: Flag) -> Flag:
        if isinstance(one, bool):
            return other if one else NEVER
        if isinstance(other, bool):
            return one if other else NEVER
        return self.once(
            ("and", one, other), lambda: self.put(one.column & other.column, one, other)
        )

    def _either(self, one: Flag, other: Flag) -> Flag:
        if isinstance(one, bool):
            return ALWAYS if one else other
        if isinstance(other, bool):
            return ALWAYS if other else one
        return self.once(
            ("or", one, other), lambda: self.put(one.column | other.column, one, other)
        )
