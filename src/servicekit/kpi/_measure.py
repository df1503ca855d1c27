"""Measuring: one pass over any rows, chunk by chunk."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final, overload

from servicekit._instants import aware
from servicekit._values import several
from servicekit.errors import DefinitionError, Problem, RecordError, shown
from servicekit.kpi._arrangement import ALL, Arrangement, By, arrangement
from servicekit.kpi._chunk import Chunk, Now
from servicekit.kpi._intake import intake, tallies
from servicekit.kpi._kpi import Kpi
from servicekit.kpi._measurement import Groups, Measurement, Measurements, in_order
from servicekit.kpi._numbers import Unreadable
from servicekit.kpi._tally import Tally

__all__ = ["by_key", "measure"]

_ROWS: Final = 2**14
"""How many rows are taken at once: few enough for the caches of a processor, and so many that what
is done per chunk and group does not show."""


@overload
def measure(
    kpis: Iterable[Kpi], rows: Iterable[Any], *, as_of: datetime, by: None = None
) -> Measurements: ...
@overload
def measure(
    kpis: Iterable[Kpi], rows: Iterable[Any], *, as_of: datetime, by: By | Sequence[By]
) -> Groups: ...
def measure(
    kpis: Iterable[Kpi],
    rows: Iterable[Any],
    *,
    as_of: datetime,
    by: By | Sequence[By] | None = None,
) -> Measurements | Groups:
    """Measure KPIs over rows, as of an instant, all together or by group.

    Rows are objects or mappings with the columns that the KPIs name; any iterable will do, and
    is run through once. Nothing of the rows is kept but sums and, for percentiles, eight bytes per
    value. What lies after ``as_of`` is not known yet. ``by`` is a column, a `Period`, or several of
    these, whose groups are tuples.

    Raises `RecordError` with the KPI and the column for a row that lacks a column that a KPI names
    or holds there what cannot be read: a text for a number, a naive instant.

    >>> from datetime import timezone
    >>> from servicekit.kpi import Better, Column, Share
    >>> timely = Kpi("timely", "Answered in time", Share(Column("timely").equals("Yes")),
    ...     unit="share", better=Better.HIGHER)
    >>> now = datetime(2026, 5, 4, tzinfo=timezone.utc)
    >>> rows = [{"timely": "Yes"}, {"timely": "No"}, {"timely": "Yes"}, {"timely": None}]
    >>> m = measure([timely], rows, as_of=now)["timely"]
    >>> m.value, m.numerator, m.denominator, m.unknown
    (Fraction(2, 3), 2, 3, 1)
    """
    wanted = by_key(kpis)
    at = aware(as_of, "as_of")
    found = _run(wanted, rows, at, by)
    if by is None:
        return _measurements(wanted, at, found.get(ALL, {}))
    return Groups(
        ", ".join(map(str, several(by))),
        {group: _measurements(wanted, at, found[group]) for group in sorted(found, key=in_order)},
    )


def by_key(kpis: Iterable[Kpi]) -> dict[str, Kpi]:
    """Give KPIs by their keys; a key that comes twice is refused."""
    given = tuple(kpis)
    asked = {kpi.key: kpi for kpi in given}
    if len(asked) < len(given):
        keys = [kpi.key for kpi in given]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise DefinitionError("measure", (Problem("kpis", shown(twice), "each key once"),))
    return asked


_Found = dict[Hashable, Tally]
"""What was taken in for each intake."""


def _measurements(asked: Mapping[str, Kpi], at: datetime, found: _Found) -> Measurements:
    nothing = Tally()
    return Measurements(
        {
            key: Measurement(kpi, at, found.get(intake(kpi.measure), nothing))
            for key, kpi in asked.items()
        }
    )


def _run(
    asked: Mapping[str, Kpi], rows: Iterable[Any], at: datetime, by: By | Sequence[By] | None
) -> dict[Hashable, _Found]:
    """Take all rows in, chunk by chunk."""
    now = Now.at(at)
    needed = {intake(kpi.measure): kpi for kpi in reversed(list(asked.values()))}
    groups: dict[Hashable, _Found] = {}
    for given in _in_chunks(rows):
        chunk = Chunk(given, now)
        arranged = _arranged(chunk, by)
        cells = [groups.setdefault(group, {}) for group in arranged.groups]
        for key, kpi in needed.items():
            _take_in(key, _taken(kpi, chunk, arranged), cells)
    return groups


def _take_in(key: Hashable, taken: Iterable[Tally], cells: Iterable[_Found]) -> None:
    for tally, cell in zip(taken, cells, strict=True):
        known = cell.get(key)
        cell[key] = tally if known is None else known + tally


def _in_chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(rows)
    while chunk := list(islice(rest, _ROWS)):
        yield chunk


def _taken(kpi: Kpi, chunk: Chunk, arranged: Arrangement) -> list[Tally]:
    try:
        return list(tallies(kpi.measure, chunk, arranged))
    except Unreadable as error:
        raise RecordError(f"KPI {kpi.key}", (error.problem,)) from None


def _arranged(chunk: Chunk, by: By | Sequence[By] | None) -> Arrangement:
    single = isinstance(by, By)
    try:
        return arrangement(chunk, several(() if by is None else by), single=single)
    except Unreadable as error:
        raise RecordError("by", (error.problem,)) from None
