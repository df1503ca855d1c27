"""Quantities and conditions over the rows of a frame: each piece of a definition once."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import reduce
from math import ceil, floor, inf, lcm, nextafter
from operator import add, ge, gt, le, lt
from typing import Any, Final, assert_never

from attrs import evolve, frozen

from servicekit.extra.frames._contents import MOMENTS, Truth, is_one_of, is_set, stands
from servicekit.extra.frames._figures import LARGEST, LARGEST_FLOAT, Figure, as_float, number
from servicekit.extra.frames._moments import Moments, moments
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._source import Source
from servicekit.extra.frames._workings import ALWAYS, NEVER, Cell, Flag
from servicekit.kpi import (
    And,
    Column,
    Compare,
    Condition,
    Elapsed,
    IsTrue,
    Known,
    Not,
    OneOf,
    Or,
    Per,
    Plus,
    Quantity,
    Sign,
    Within,
)
from servicekit.kpi._chunk import Now, meant
from servicekit.kpi._expressions import pieces
from servicekit.kpi._numbers import Unreadable, micros
from servicekit.kpi._written import Exact

__all__ = ["Asked", "Rows"]

_SPAN: Final = 2**59
"""More microseconds than there are between any two instants."""
_LIKELY: Final = {_SPAN: 2**50, LARGEST + 1: 2**30}
"""What is likely not to be exceeded, where all that is known is what cannot be: some 35 years."""


class Rows:
    """The rows of a frame at an instant."""

    def __init__(self, source: Source, now: Now) -> None:
        self.source = source
        self.workings = source.workings
        self._now = now

    # --- Quantities -----------------------------------------------------------------------------

    def figure(self, quantity: Quantity) -> Figure:
        """Compute a quantity."""
        return self.workings.once(("figure", quantity), lambda: self._figure(quantity))

    def _figure(self, quantity: Quantity) -> Figure:
        match quantity:
            case Column(name):
                return number(self.source, name)
            case Elapsed():
                return self._elapsed(quantity)
            case Per(of, by):
                return self._quotient(self.figure(of), by)
            case Plus(parts):
                return self._sum([self.figure(part) for part in parts])
            case _:
                assert_never(quantity)

    def _happened(self, found: Moments) -> Flag:
        """Say where an instant or a date is known and does not lie ahead."""
        latest = self._now.day if found.dates else self._now.instant
        if found.none_after(latest):
            return found.known
        not_ahead = self.workings.put(found.at.column <= latest, found.at)
        return self.workings.both(found.known, not_ahead)

    def happened(self, column: str) -> Flag:
        """Say where the instant or date of a column is known and does not lie ahead."""
        found = moments(self.source, column)
        return self.workings.once(("happened", column), lambda: self._happened(found))

    def _pair(self, start: str, end: str) -> tuple[Moments, Moments]:
        starts, ends = moments(self.source, start), moments(self.source, end)
        if None not in {starts.dates, ends.dates} and starts.dates is not ends.dates:
            kinds = ("dates", "instants") if starts.dates else ("instants", "dates")
            raise Unreadable(end, f"a column of {kinds[1]}", f"{kinds[0]}, like {start}")
        return starts, ends

    def _span(self, start: str, end: str) -> Cell:
        starts, ends = self._pair(start, end)
        span = ends.at.column - starts.at.column
        put = self.workings.put
        return self.workings.once(("span", start, end), lambda: put(span, starts.at, ends.at))

    def _elapsed(self, elapsed: Elapsed) -> Figure:
        span = self._span(elapsed.start, elapsed.end)
        known = self.workings.both(self.happened(elapsed.start), self.happened(elapsed.end))
        return Figure(span, known, micros(elapsed.unit), most=self._longest(elapsed))

    def _longest(self, elapsed: Elapsed) -> int:
        """Give what no span is longer than, either way."""
        starts, ends = self._pair(elapsed.start, elapsed.end)
        if starts.ends is None or ends.ends is None:
            return _SPAN
        return max(abs(ends.ends[1] - starts.ends[0]), abs(starts.ends[1] - ends.ends[0]))

    def _quotient(self, of: Figure, by: Quantity | int) -> Figure:
        if isinstance(by, int):
            return self._over(of, of.per * by)
        to = self.figure(by)
        known = self.workings.both(of.known, to.known, self._put(to.value.column != 0, to.value))
        if isinstance(known, bool):
            return Figure(self.source.anything(), NEVER)
        ratio = Fraction(to.per, of.per)
        top = as_float(of) * float(ratio.numerator)
        bottom = as_float(to) * float(ratio.denominator)
        guarded = nw.when(known.column).then(bottom).otherwise(nw.lit(1.0))
        value = self._put(top / guarded, of.value, to.value, known)
        finite = self._put(_at_most(value.column, LARGEST_FLOAT), value)
        return Figure(value, self.workings.both(known, finite), floats=True)

    def _over(self, of: Figure, per: int) -> Figure:
        if per <= LARGEST:
            return evolve(of, per=per)
        value = self._put(as_float(of) / float(per), of.value)
        return Figure(value, of.known, floats=True)

    def _sum(self, parts: list[Figure]) -> Figure:
        known = self.workings.both(*(part.known for part in parts))
        per = lcm(*(part.per for part in parts))
        limits = [LARGEST // len(parts) // (per // part.per) for part in parts]
        if any(part.floats for part in parts) or not all(map(_plausible, parts, limits)):
            value = self._added([_in_full(part) for part in parts], parts)
            return Figure(value, known, floats=True)
        parts = list(map(self._within, parts, limits))
        known = self.workings.both(*(part.known for part in parts))
        columns = [self._scaled(part, per // part.per) for part in parts]
        return Figure(self._added(columns, parts), known, per)

    def _within(self, part: Figure, limit: int) -> Figure:
        """Take a number that is too large to be added to others as unknown."""
        if part.most <= limit:
            return part
        fits = self._put(_at_most(part.value.column, limit), part.value)
        kept = nw.when(fits.column).then(part.value.column).otherwise(nw.lit(0))
        return evolve(
            part,
            value=self._put(kept, part.value, fits),
            known=self.workings.both(part.known, fits),
        )

    def _scaled(self, part: Figure, factor: int) -> nw.Expr:
        """Multiply a number where it is known: what stands elsewhere may be too large."""
        if factor == 1:
            return part.value.column
        known = self.workings.column(part.known)
        return nw.when(known).then(part.value.column).otherwise(nw.lit(0)) * factor

    def _added(self, columns: list[nw.Expr], parts: list[Figure]) -> Cell:
        needs = (need for part in parts for need in (part.value, part.known))
        return self._put(reduce(add, columns), *needs)

    def _put(self, expression: nw.Expr, *needs: Flag) -> Cell:
        return self.workings.put(expression, *needs)

    # --- Conditions -----------------------------------------------------------------------------

    def truth(self, condition: Condition) -> Truth:
        """Compute a condition, windows taken as if they had closed."""
        return self.workings.once(("truth", condition), lambda: self._truth(condition))

    def _truth(self, condition: Condition) -> Truth:  # noqa: PLR0911 - one line per kind
        match condition:
            case And(conditions):
                return self._all(list(map(self.truth, conditions)))
            case Or(conditions):
                return self._any(list(map(self.truth, conditions)))
            case Not(of):
                truth = self.truth(of)
                return Truth(self.no(truth), truth.known)
            case Compare():
                return self._compared(condition)
            case OneOf(of, values):
                return is_one_of(self.source, of.name, values)
            case IsTrue(of):
                return is_set(self.source, of.name)
            case Known(of):
                return Truth(self._known(of), ALWAYS)
            case Within():
                return self._window(condition)
            case _:
                assert_never(condition)

    def no(self, truth: Truth) -> Flag:
        """Say where a condition is false."""
        return self.workings.unless(truth.known, truth.yes)

    def _all(self, truths: list[Truth]) -> Truth:
        yes = self.workings.both(*(truth.yes for truth in truths))
        no = self.workings.either(*map(self.no, truths))
        return Truth(yes, self.workings.either(yes, no))

    def _any(self, truths: list[Truth]) -> Truth:
        yes = self.workings.either(*(truth.yes for truth in truths))
        no = self.workings.both(*map(self.no, truths))
        return Truth(yes, self.workings.either(yes, no))

    def _known(self, quantity: Quantity) -> Flag:
        if not isinstance(quantity, Column):
            return self.figure(quantity).known
        column = quantity.name
        if self.source.dtype(column) in MOMENTS or self._holds_dates(column):
            return self.happened(column)
        return stands(self.source, column)

    def _holds_dates(self, column: str) -> bool:
        if not self.source.is_of_objects(column):
            return False
        return any(isinstance(value, date) for value in self.source.objects(column))

    def _compared(self, condition: Compare) -> Truth:
        figure = self.figure(condition.of)
        holds = self._test(condition, figure)
        return Truth(self.workings.both(figure.known, holds), figure.known)

    def _test(self, condition: Compare, figure: Figure) -> Flag:
        sign, value = condition.sign, figure.value
        limit = _threshold(sign, condition.than, figure)
        if not figure.floats and not -LARGEST <= limit <= LARGEST:
            return (limit > 0) is (sign in {Sign.BELOW, Sign.AT_MOST})
        return self._put(_TESTS[sign](value.column, limit), value)

    def _window(self, window: Within) -> Truth:
        starts, ends = self._pair(window.start, window.end)
        span = self._span(window.start, window.end)
        in_time = self._put(span.column <= micros(window.limit), span)
        return Truth(self.workings.both(starts.known, ends.known, in_time), starts.known)

    def still_open(self, piece: object) -> Flag:
        """Say where a window of a definition is open."""
        windows = dict.fromkeys(each for each in pieces(piece) if isinstance(each, Within))
        return self.workings.either(*map(self._open, windows))

    def _open(self, window: Within) -> Flag:
        found = moments(self.source, window.start)
        closed = (self._now.day - 1 if found.dates else self._now.instant) - micros(window.limit)

        def compute() -> Flag:
            if found.none_after(closed):
                return NEVER
            return self.workings.both(found.known, self._put(found.at.column > closed, found.at))

        return self.workings.once(("open", window.start, closed), compute)

    # --- Rows -----------------------------------------------------------------------------------

    def asked(self, of: Condition | Quantity | None, among: Condition | None) -> "Asked":
        """Say of each row whether it is asked and what it says."""
        return self.workings.once(("asked", of, among), lambda: self._asked(of, among))

    def _asked(self, of: Condition | Quantity | None, among: Condition | None) -> "Asked":
        both, unless = self.workings.both, self.workings.unless
        yes, known = self._says(of)
        waits = self.still_open(of)
        belongs, out, unsure_yet = ALWAYS, NEVER, NEVER
        if among is not None:
            group, unsure_yet = self.truth(among), self.still_open(among)
            belongs, out = unless(group.yes, unsure_yet), unless(self.no(group), unsure_yet)
        counts = both(belongs, self.workings.negated(waits))
        still_open = self.workings.either(unsure_yet, both(belongs, waits))
        return Asked(both(counts, yes), both(counts, known), out, still_open)

    def _says(self, of: Condition | Quantity | None) -> tuple[Flag, Flag]:
        if of is None:
            return ALWAYS, ALWAYS
        if isinstance(of, Quantity):
            known = self.figure(of).known
            return known, known
        truth = self.truth(of)
        return truth.yes, truth.known


@frozen
class Asked:
    """What becomes of each row: it counts, and maybe says yes; is out; waits; or is unknown."""

    yes: Flag
    counted: Flag
    out: Flag
    still_open: Flag


def _at_most(values: nw.Expr, most: float) -> nw.Expr:
    """Say where numbers are from -most to most; what is not a number is not."""
    return (values >= -most) & (values <= most)


def _plausible(part: Figure, limit: int) -> bool:
    """Whether no number is beyond a limit; of a lazy frame, none that one would measure."""
    return limit >= _LIKELY.get(part.most, part.most)


def _in_full(figure: Figure) -> nw.Expr:
    return as_float(figure) / float(figure.per)


_TESTS: Final[Mapping[Sign, Callable[[nw.Expr, Any], nw.Expr]]] = {
    Sign.BELOW: lt,
    Sign.AT_MOST: le,
    Sign.ABOVE: gt,
    Sign.AT_LEAST: ge,
}


def _threshold(sign: Sign, than: Exact, figure: Figure) -> int | float:
    """Give the number, of the kind of a figure, next to the one that it is compared with."""
    up = sign in {Sign.BELOW, Sign.AT_LEAST}
    if not figure.floats:
        return ceil(than * figure.per) if up else floor(than * figure.per)
    return _next_float(meant(than) * figure.per, up=up)


def _next_float(number: Exact, *, up: bool) -> float:
    """Give the least float that is not below a number, or the largest one that is not above it."""
    try:
        found = float(number)
    except OverflowError:
        found = inf if number > 0 else -inf
    if found in {inf, -inf}:
        return found if (found > 0) is up else nextafter(found, 0)
    if found < number and up:
        return nextafter(found, inf)
    return nextafter(found, -inf) if found > number and not up else found
