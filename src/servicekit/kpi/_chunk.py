"""Many rows at once: each piece of a definition becomes one column of them, computed once.

The truth of a condition is a byte per row: 0 false, 1 unknown, 3 true. So encoded, SQL's AND and OR
are the bitwise ones, taken on all rows at once as one long integer.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from math import ceil, floor, lcm
from operator import attrgetter, itemgetter
from types import NoneType
from typing import Any, Final, TypeVar, assert_never, cast

import attrs

from servicekit.errors import shown
from servicekit.kpi._expressions import (
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
    Within,
    pieces,
)
from servicekit.kpi._numbers import (
    DAY,
    EPOCH,
    EPOCH_DAY,
    Instants,
    Numbers,
    Unreadable,
    is_unknown,
    label,
    micros,
    nearest_float,
    read_instants,
    read_numbers,
    whole_numbers,
)
from servicekit.kpi._plain import Plain, Sign
from servicekit.kpi._written import Exact

__all__ = ["FALSE", "TRUE", "UNKNOWN", "Chunk", "Now", "either", "every", "flags"]
__all__ += ["matched", "meant"]

FALSE: Final = 0
UNKNOWN: Final = 1
TRUE: Final = 3

_NEGATED: Final = bytes.maketrans(bytes([FALSE, TRUE]), bytes([TRUE, FALSE]))
_T = TypeVar("_T")


@attrs.frozen
class Now:
    """The instant at which is measured, and its date, in microseconds since 1970."""

    instant: int
    day: int

    @classmethod
    def at(cls, as_of: datetime) -> "Now":
        """Read an aware instant."""
        return cls(micros(as_of - EPOCH), (as_of.toordinal() - EPOCH_DAY) * DAY)


def every(columns: Iterable[bytes], size: int) -> bytes:
    """Combine columns of bytes, of each row the bits that are in all of them."""
    whole = -1
    for column in columns:
        whole &= int.from_bytes(column, "little")
    return whole.to_bytes(size, "little")


def either(columns: Iterable[bytes], size: int) -> bytes:
    """Combine columns of bytes, of each row the bits that are in any of them."""
    whole = 0
    for column in columns:
        whole |= int.from_bytes(column, "little")
    return whole.to_bytes(size, "little")


class Chunk:
    """Some rows, and whatever has been computed of them so far."""

    def __init__(self, rows: Sequence[Any], now: Now) -> None:
        self.rows = rows
        self.size = len(rows)
        self._now = now
        self._kinds = set(map(type, rows))
        self._known: dict[Hashable, Any] = {}

    def once(self, what: Hashable, compute: Callable[[], _T]) -> _T:
        """Compute something of these rows the first time that it is asked for."""
        if what not in self._known:
            self._known[what] = compute()
        return cast("_T", self._known[what])

    def column(self, name: str) -> Sequence[Any]:
        """Read a column as it stands."""
        return self.once(("column", name), lambda: self._read(name))

    def _read(self, name: str) -> list[Any]:
        try:
            if self._kinds == {dict}:
                return list(map(itemgetter(name), self.rows))
            if not any(issubclass(kind, Mapping) for kind in self._kinds):
                return list(map(attrgetter(name), self.rows))
        except (AttributeError, KeyError):
            pass
        return [_held(row, name) for row in self.rows]

    def instants(self, name: str) -> Instants:
        """Read a column of instants or dates."""
        return self.once(("instants", name), lambda: read_instants(name, self.column(name)))

    def _happened(self, name: str) -> list[int | None]:
        """Read a column of instants or dates, those that lie ahead as unknown."""
        values, dates = self.instants(name)
        latest = self._now.day if dates else self._now.instant
        return [at if at is None or at <= latest else None for at in values]

    def numbers(self, quantity: Quantity) -> Numbers:
        """Compute a quantity."""
        return self.once(quantity, lambda: self._numbers(quantity))

    def _numbers(self, quantity: Quantity) -> Numbers:
        match quantity:
            case Column(name):
                return read_numbers(name, self.column(name))
            case Elapsed():
                return self._elapsed(quantity)
            case Per(of, by):
                return self._quotient(self.numbers(of), by)
            case Plus(parts):
                return self._sum([self.numbers(part) for part in parts])
            case _:
                assert_never(quantity)

    def _pair(self, start: str, end: str) -> tuple[Instants, Instants]:
        starts, ends = self.instants(start), self.instants(end)
        if None not in (starts.dates, ends.dates) and starts.dates is not ends.dates:
            odd = next(value for value in self.column(end) if not is_unknown(value))
            kind = "a date" if starts.dates else "an instant"
            raise Unreadable(end, shown(odd), f"{kind}, like {start}")
        return starts, ends

    def _elapsed(self, elapsed: Elapsed) -> Numbers:
        starts, ends = self._pair(elapsed.start, elapsed.end)
        latest = self._now.day if starts.dates else self._now.instant
        both = zip(starts.values, ends.values, strict=True)
        values = [
            None if a is None or b is None or a > latest or b > latest else b - a for a, b in both
        ]
        return Numbers(values, micros(elapsed.unit))

    def _quotient(self, of: Numbers, by: Quantity | int) -> Numbers:
        if isinstance(by, int):
            return of._replace(per=of.per * by)
        to = self.numbers(by)
        both = zip(of.values, to.values, strict=True)
        quotients = (
            None if a is None or not b else nearest_float(a * to.per, b * of.per) for a, b in both
        )
        return whole_numbers(quotients)

    def _sum(self, parts: list[Numbers]) -> Numbers:
        per = lcm(*(part.per for part in parts))
        scaled = (_scaled(part.values, per // part.per) for part in parts)
        values = [None if None in row else sum(row) for row in zip(*scaled, strict=True)]
        floats = [part.floats for part in parts if part.floats]
        return Numbers(values, per, either(floats, self.size) if floats else None)

    def truth(self, condition: Condition) -> bytes:
        """Compute a condition, windows taken as if they had closed."""
        return self.once(condition, lambda: self._truth(condition))

    def _truth(self, condition: Condition) -> bytes:  # noqa: PLR0911 - one line per kind
        match condition:
            case And(conditions):
                return every(map(self.truth, conditions), self.size)
            case Or(conditions):
                return either(map(self.truth, conditions), self.size)
            case Not(of):
                return self.truth(of).translate(_NEGATED)
            case Compare():
                return self._compared(condition)
            case OneOf(of, values):
                return matched(self.column(of.name), values)
            case IsTrue(of):
                return flags(of.name, self.column(of.name))
            case Known(of):
                return self._known_of(of)
            case Within():
                return self._within(condition)
            case _:
                assert_never(condition)

    def _known_of(self, quantity: Quantity) -> bytes:
        """Compute where a quantity is known, or whatever stands in a column: true, or false."""
        values = self._known_values(quantity)
        return bytes([FALSE if value is None else TRUE for value in values])

    def _known_values(self, quantity: Quantity) -> Sequence[Any]:
        if not isinstance(quantity, Column):
            return self.numbers(quantity).values
        given = self.column(quantity.name)
        kinds = set(map(type, given))
        if kinds <= {str, int, bool, NoneType}:
            return given
        if any(issubclass(kind, date) for kind in kinds):
            return self._happened(quantity.name)
        return [None if is_unknown(value) else value for value in given]

    def _compared(self, condition: Compare) -> bytes:
        values, per, floats, _ = self.numbers(condition.of)
        holds = _TESTS[condition.sign](condition.than * per)
        if floats is None:
            return bytes([UNKNOWN if v is None else TRUE if holds(v) else FALSE for v in values])
        nearest = _TESTS[condition.sign](meant(condition.than) * per)
        tests = (holds, nearest)
        rows = zip(values, floats, strict=True)
        return bytes([UNKNOWN if v is None else TRUE if tests[f](v) else FALSE for v, f in rows])

    def _within(self, condition: Within) -> bytes:
        starts, ends = self._pair(condition.start, condition.end)
        limit = micros(condition.limit)
        rows = zip(starts.values, ends.values, strict=True)
        return bytes(
            [
                UNKNOWN if a is None else TRUE if b is not None and b - a <= limit else FALSE
                for a, b in rows
            ]
        )

    def still_open(self, piece: object) -> bytes | None:
        """Compute where a window of a definition is open: 1, or else 0; None if it has none."""
        windows = {each for each in pieces(piece) if isinstance(each, Within)}
        if not windows:
            return None
        return self.once(
            ("open", frozenset(windows)),
            lambda: either(map(self._open, windows), self.size),
        )

    def _open(self, window: Within) -> bytes:
        starts, dates = self.instants(window.start)
        closed = (self._now.day - 1 if dates else self._now.instant) - micros(window.limit)
        return bytes([at is not None and at > closed for at in starts])


def _held(row: Any, name: str) -> Any:
    try:
        if not isinstance(row, Mapping):
            return attrgetter(name)(row)
        held = cast("Mapping[str, Any]", row)
        if name in held:  # asked first, for some mappings make up what they lack
            return held[name]
    except AttributeError:
        pass
    raise Unreadable(
        name, "missing", f"a column of every row; one lacks it: {shown(cast('object', row))}"
    )


def _scaled(values: Sequence[int | None], factor: int) -> Sequence[int | None]:
    if factor == 1:
        return values
    return [None if value is None else value * factor for value in values]


_TESTS: Final[Mapping[Sign, Callable[[Exact], Callable[[int], bool]]]] = {
    Sign.BELOW: lambda than: ceil(than).__gt__,
    Sign.AT_MOST: lambda than: floor(than).__ge__,
    Sign.ABOVE: lambda than: floor(than).__lt__,
    Sign.AT_LEAST: lambda than: ceil(than).__le__,
}
"""How a whole number is compared with any exact number: with the whole number next to it."""


def meant(number: Exact) -> Exact:
    """Give the float that is meant where floats are compared with a written number."""
    try:
        return Fraction(float(number))
    except OverflowError:
        return number


class _Verdicts(dict[Hashable, int]):
    """What becomes of each value that a column holds, judged when it is first met."""

    def __init__(self, judge: Callable[[Any], int]) -> None:
        self._judge = judge

    def __missing__(self, value: Hashable) -> int:
        self[value] = verdict = self._judge(value)
        return verdict


def matched(given: Sequence[Any], values: tuple[Plain, ...]) -> bytes:
    """Say of each value whether it is one of some."""

    def judge(value: Any) -> int:
        if is_unknown(value):
            return UNKNOWN
        value = label(value)
        flag = isinstance(value, bool)
        same = (value == one for one in values if isinstance(one, bool) is flag)
        return TRUE if any(same) else FALSE

    kinds = set(map(type, given))
    if bool in kinds and not kinds <= {bool, str, NoneType}:  # as a key True is 1
        return bytes(map(judge, given))
    try:
        return bytes(map(_Verdicts(judge).__getitem__, given))
    except TypeError:  # something that cannot be a key
        return bytes(map(judge, given))


def flags(name: str, given: Sequence[Any]) -> bytes:
    """Read a column of flags; anything but True, False and unknowns is refused."""
    return bytes(
        [
            TRUE
            if v is True
            else FALSE
            if v is False
            else UNKNOWN
            if v is None
            else _no_flag(name, v)
            for v in given
        ]
    )


def _no_flag(name: str, value: Any) -> int:
    if is_unknown(value):
        return UNKNOWN
    raise Unreadable(name, shown(value), "True, False, or None where it is not known")
