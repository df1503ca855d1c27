"""Measurements: what was measured, for one KPI, for several, and for several in every group."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final, NoReturn, cast

from attrs import evolve, field, frozen

from servicekit._mappings import Keyed, read_only
from servicekit._tables import NOTHING, Displayed, Line, Table, rounded
from servicekit._values import several
from servicekit.errors import DefinitionError, Problem, RecordError, shown
from servicekit.inference import Interval, Real, Sample, mean_interval, wilson
from servicekit.kpi._kpi import Kpi
from servicekit.kpi._measures import Count, Mean, Measure, Method, Percentile, Ratio, Share, Total
from servicekit.kpi._numbers import nearest_float
from servicekit.kpi._order_statistics import place, ranks
from servicekit.kpi._tally import Tally
from servicekit.kpi._written import Exact, shortened

__all__ = ["Groups", "Measurement", "Measurements", "in_order"]


@frozen
class Measurement(Displayed):
    """What a KPI came to, as of an instant, with what it rests on.

    ``n`` rows count; ``unknown`` ones cannot say what was asked; ``still_open`` ones wait for a
    window to close. Numbers are exact unless a float was among the data. Two measurements are
    ordered by their values, and measurements of parts add up to that of the whole; with one of
    another definition either is refused with a `DefinitionError`.
    """

    kpi: Kpi
    as_of: datetime
    _tally: Tally = field(alias="tally", repr=False)

    def __attrs_post_init__(self) -> None:
        if not _may_rest_on(self.kpi.measure, self._tally):
            allowed = f"sums that {self.kpi} can come to"
            raise RecordError("Measurement", (Problem("tally", shown(self._tally), allowed),))

    @property
    def tally(self) -> Tally:
        """The sums that it rests on."""
        return self._tally

    @property
    def definition(self) -> str:
        """The formula of the KPI."""
        return str(self.kpi)

    @property
    def n(self) -> int:
        """How many rows count."""
        return self._tally.n

    @property
    def unknown(self) -> int:
        """How many rows cannot say what was asked."""
        return self._tally.unknown

    @property
    def still_open(self) -> int:
        """How many rows wait for a window to close."""
        return self._tally.still_open

    @property
    def numerator(self) -> Real | None:
        """What is divided, or simply what there is; None for a percentile."""
        if isinstance(self.kpi.measure, Percentile):
            return None
        return shortened(self._presented(self._tally.total))

    @property
    def denominator(self) -> Real | None:
        """What it is divided by; None for a count or a total."""
        match self.kpi.measure:
            case Count() | Total():
                return None
            case Ratio():
                return shortened(self._presented(self._tally.divisor))
            case _:
                return self._tally.n

    @property
    def value(self) -> Real | None:
        """What the KPI came to; None where nothing is known, or nothing to divide by."""
        match self.kpi.measure:
            case Count():
                return self._tally.top
            case Total():
                return self.numerator if self.n else None
            case Percentile(_, p, method=method):
                return shortened(self._percentile(p, method)) if self.n else None
            case _:
                quotient = self._tally.quotient
                return None if quotient is None else self._presented(quotient)

    def _presented(self, number: Exact) -> Real:
        """Give the nearest float where floats counted; exact where no float is that large."""
        nearest = None if self._tally.exact else nearest_float(*number.as_integer_ratio())
        return number if nearest is None else nearest

    def _percentile(self, p: Exact, method: Method) -> Real:
        if self._tally.read is not None:
            return self._presented(self._tally.read.value)
        return self._presented(self._tally.ordered.at(place(self.n, p, method)))

    @property
    def approximate(self) -> bool:
        """Whether the value comes from a sketch of the data rather than from all of them."""
        return self._tally.read is not None and self._tally.read.approximate

    @property
    def interval(self) -> Interval | None:
        """The interval at a level of 0.95; None where the data cannot tell, and for sums.

        Wilson's for a share, Student's t for a mean, order statistics for a percentile; one that
        was read off a lazy data frame has none.
        """
        match self.kpi.measure:
            case Share():
                return wilson(self._tally.top, self.n)
            case Mean():
                return self._interval_of_mean()
            case Percentile(_, p):
                return self._interval_of_percentile(p)
            case _:
                return None

    def _interval_of_mean(self) -> Interval | None:
        tally = self._tally
        if tally.n < 2:  # noqa: PLR2004 - one shows no spread
            return None
        try:
            return mean_interval(Sample.from_sums(tally.n, tally.total, tally.squared))
        except RecordError:  # numbers too large to infer anything from
            return None

    def _interval_of_percentile(self, p: Exact) -> Interval | None:
        if (read := self._tally.read) is not None:
            if read.low is None or read.high is None:
                return None
            return Interval(read.low, read.high, level=0.95)
        found = ranks(self.n, float(p))
        if found is None:
            return None
        low, high = (float(self._tally.ordered.at(rank - 1)) for rank in found)
        return Interval(low, high, level=0.95)

    def __add__(self, other: "Measurement") -> "Measurement":
        if not isinstance(other, Measurement):
            return NotImplemented
        _refuse_other(self, other)
        if self.as_of != other.as_of:
            _refuse("as_of", str(other.as_of), f"{self.as_of}, like the part it is added to")
        if self._tally.read is not None or other.tally.read is not None:
            _refuse("percentile", "read off a data frame", "percentiles with their values at hand")
        return evolve(self, tally=self._tally + other.tally)

    def __lt__(self, other: "Measurement") -> bool:
        if not isinstance(other, Measurement):
            return NotImplemented
        ours, theirs = _values(self, other)
        return ours < theirs

    def __le__(self, other: "Measurement") -> bool:
        if not isinstance(other, Measurement):
            return NotImplemented
        ours, theirs = _values(self, other)
        return ours <= theirs

    def __str__(self) -> str:
        parts = f"n {self.n}, unknown {self.unknown}, still open {self.still_open}"
        value = "nothing known" if self.value is None else _in_short(self.value)
        value = f"about {value}" if self.approximate else value
        return f"{self.kpi.title}: {value} {self.kpi.unit} ({parts})"

    def _table(self) -> Table:
        return _table([self])


_HEADS: Final = ("KPI", "Value", "Unit", "Interval", "n", "Unknown", "Still open")
_FAR: Final = 10**15
"""From here on a figure is shown in short."""


def _table(measured: Iterable[Measurement]) -> Table:
    """Show what was measured, a line for each KPI."""
    found = tuple(measured)
    title = f"As of {found[0].as_of.isoformat(' ', 'minutes')}" if found else "Nothing was measured"
    return Table(title, _HEADS, tuple(Line(one.kpi.title, _cells(one)) for one in found))


def _cells(one: Measurement) -> tuple[str, ...]:
    ends = one.interval and " to ".join(map(_shown, (one.interval.low, one.interval.high)))
    counts = map(str, (one.n, one.unknown, one.still_open))
    about = "about " if one.approximate else ""
    return (f"{about}{_shown(one.value)}", one.kpi.unit, ends or NOTHING, *counts)


def _shown(value: Real | None) -> str:
    if value is not None and not -_FAR < value < _FAR:
        return _in_short(value)
    return rounded(value, 3)


def _in_short(value: Real) -> str:
    nearest = nearest_float(*value.as_integer_ratio())
    return "beyond 1.8e+308" if nearest is None else f"{nearest:.6g}"


def _may_rest_on(measure: Measure, tally: Tally) -> bool:
    """Whether a measure can have come to these sums over any rows."""
    kept = sum(len(values) for _, values in tally.runs)
    bare = not kept and tally.read is None
    divided_by_n = tally.bottom == tally.n * tally.bottom_per
    match measure:
        case Count() | Share():
            return divided_by_n and 0 <= tally.top <= tally.n and tally.per == 1 and bare
        case Total():
            return divided_by_n and bare
        case Mean():  # no sum is larger than by Cauchy and Schwarz
            return divided_by_n and tally.top**2 <= tally.n * tally.squares and bare
        case Percentile():
            return divided_by_n and kept == (tally.n if tally.read is None else 0)
        case _:
            return bare


def _values(left: Measurement, right: Measurement) -> tuple[Real, Real]:
    _refuse_other(left, right)
    if left.value is None or right.value is None:
        _refuse("value", "None", "a value on both sides")
    return left.value, right.value


def _refuse(what: str, value: str, allowed: str) -> NoReturn:
    raise DefinitionError("comparison", (Problem(what, value, allowed),))


def _refuse_other(measurement: Measurement, other: Measurement) -> None:
    ours, theirs = measurement.kpi, other.kpi
    if not ours.measures_as(theirs):
        _refuse("definition", f"{theirs} ({theirs.unit})", f"{ours} ({ours.unit})")


def _by_key(measured: Mapping[str, Measurement]) -> Mapping[str, Measurement]:
    return cast("Mapping[str, Measurement]", read_only(measured))


@frozen(repr=False)
class Measurements(Displayed, Keyed[str, Measurement]):
    """What several KPIs came to over the same rows: a read-only mapping of key to `Measurement`.

    Measurements of parts of the rows, by the same KPIs as of the same instant, add up exactly to
    those of the whole, also where percentiles are among them.
    """

    _items: Mapping[str, Measurement] = field(alias="by_key", converter=_by_key)

    def __attrs_post_init__(self) -> None:
        wrong = [key for key, one in self._items.items() if one.kpi.key != key]
        if wrong:
            allowed = "the keys of the KPIs that were measured"
            raise RecordError("Measurements", (Problem("by_key", shown(wrong[0]), allowed),))

    def __hash__(self) -> int:
        return hash(tuple(self._items.items()))

    def __add__(self, other: "Measurements") -> "Measurements":
        if not isinstance(other, Measurements):
            return NotImplemented
        if list(self) != list(other):
            _refuse("KPIs", ", ".join(other), f"{', '.join(self)}, like the part it is added to")
        return Measurements({key: measurement + other[key] for key, measurement in self.items()})

    def __str__(self) -> str:
        return "\n".join(map(str, self.values()))

    def _table(self) -> Table:
        return _table(self.values())

    def __repr__(self) -> str:
        return f"Measurements({', '.join(self)})"


def _by_group(measured: Mapping[Hashable, Measurements]) -> Mapping[Hashable, Measurements]:
    return cast("Mapping[Hashable, Measurements]", read_only(measured))


@frozen(repr=False)
class Groups(Displayed, Keyed[Any, Measurements]):
    """What several KPIs came to in each group: a read-only mapping of group to `Measurements`.

    A group is what the rows hold in the column, a period's text, or a tuple of these; None stands
    for rows that do not know. Groups of parts of the rows add up like their measurements; a group
    that one part lacks is as the other has it.
    """

    by: str
    _items: Mapping[Hashable, Measurements] = field(alias="by_group", converter=_by_group)

    def __hash__(self) -> int:
        return hash((self.by, frozenset(self._items.items())))

    def __add__(self, other: "Groups") -> "Groups":
        if not isinstance(other, Groups):
            return NotImplemented
        if self.by != other.by:
            _refuse("by", other.by, self.by)
        merged = dict(self._items)
        for group, found in other.items():
            merged[group] = merged[group] + found if group in merged else found
        return Groups(self.by, {group: merged[group] for group in sorted(merged, key=in_order)})

    def __str__(self) -> str:
        return "\n".join(f"{group}\n{found}" for group, found in self.items())

    def _table(self) -> Table:
        return _group_table(self)

    def __repr__(self) -> str:
        return f"Groups by {self.by} ({', '.join(map(repr, self))})"


def _group_table(groups: Groups) -> Table:
    """Show a line for each group and a column for each KPI: its value, and how many rows count."""
    kpis = dict.fromkeys(one.kpi for found in groups.values() for one in found.values())
    heads = (groups.by, *(f"{kpi.title}, {kpi.unit} (n)" for kpi in kpis))
    lines = (
        Line(_named(group), tuple(f"{_shown(one.value)} ({one.n})" for one in found.values()))
        for group, found in groups.items()
    )
    return Table(f"By {groups.by}", heads, tuple(lines))


def _named(group: object) -> str:
    return ", ".join(NOTHING if part is None else str(part) for part in several(group))


def in_order(group: object) -> tuple[Any, ...]:
    """Give the key that puts groups of any kind in order, the unknown ones last."""
    parts = several(group)
    return tuple((True,) if part is None else (False, type(part).__name__, part) for part in parts)
