"""Measuring: one pass over any rows, chunk by chunk."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final, overload

from attrs import frozen

from servicekit._instants import aware
from servicekit._values import several
from servicekit.errors import DefinitionError, Problem, RecordError, shown
from servicekit.kpi._chunk import Chunk, Now
from servicekit.kpi._intake import Span, intake, tallies
from servicekit.kpi._kpi import Kpi
from servicekit.kpi._measurement import Groups, Measurement, Measurements, in_order
from servicekit.kpi._numbers import Unreadable, label
from servicekit.kpi._period import Period, labels
from servicekit.kpi._tally import Tally

__all__ = ["By", "measure"]

By = str | Period
"""What rows are grouped by: a column, or a calendar period."""

_ROWS: Final = 2**15
"""How many rows are taken at once: enough that work per chunk and group does not show."""


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
    asked = _asked(kpis)
    at = aware(as_of, "as_of")
    if by is None:
        found = _run(asked, rows, at, ()).get((), {})
        return _measurements(asked, at, found)
    several_of = several(by)
    groups = _run(asked, rows, at, several_of)
    single = not isinstance(by, (list, tuple))
    named = {group[0] if single else group: found for group, found in groups.items()}
    return Groups(
        ", ".join(map(str, several_of)),
        {group: _measurements(asked, at, named[group]) for group in sorted(named, key=in_order)},
    )


def _asked(kpis: Iterable[Kpi]) -> dict[str, Kpi]:
    given = tuple(kpis)
    asked = {kpi.key: kpi for kpi in given}
    if len(asked) < len(given):
        keys = [kpi.key for kpi in given]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise DefinitionError("measure", (Problem("kpis", shown(twice), "each key once"),))
    return asked


_Group = tuple[Hashable, ...]
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
    asked: Mapping[str, Kpi], rows: Iterable[Any], at: datetime, by: Sequence[By]
) -> dict[_Group, _Found]:
    """Take all rows in, chunk by chunk."""
    now = Now.at(at)
    needed = {intake(kpi.measure): kpi for kpi in reversed(list(asked.values()))}
    groups: dict[_Group, _Found] = {}
    for given in _in_chunks(rows):
        arranged = _arranged(given, now, by)
        cells = [groups.setdefault(group, {}) for group in arranged.spans]
        spans = list(arranged.spans.values())
        for key, kpi in needed.items():
            _take_in(key, _taken(kpi, arranged.chunk, spans), cells)
    return groups


def _take_in(key: Hashable, taken: Iterable[Tally], cells: Iterable[_Found]) -> None:
    for tally, cell in zip(taken, cells, strict=True):
        known = cell.get(key)
        cell[key] = tally if known is None else known + tally


def _in_chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(rows)
    while chunk := list(islice(rest, _ROWS)):
        yield chunk


def _taken(kpi: Kpi, chunk: Chunk, spans: Sequence[Span]) -> list[Tally]:
    try:
        return tallies(kpi.measure, chunk, spans)
    except Unreadable as error:
        raise RecordError(f"KPI {kpi.key}", (error.problem,)) from None


@frozen
class _Arranged:
    """A chunk whose rows stand together by group, and from where to where each group goes."""

    chunk: Chunk
    spans: dict[_Group, Span]


def _arranged(rows: list[Any], now: Now, by: Sequence[By]) -> _Arranged:
    chunk = Chunk(rows, now)
    if not by:
        return _Arranged(chunk, {(): (0, len(rows))})
    together: dict[_Group, list[Any]] = {}
    for group, row in zip(_groups(chunk, by), rows, strict=True):
        together.setdefault(group, []).append(row)
    spans: dict[_Group, Span] = {}
    ordered: list[Any] = []
    start = 0
    for group, members in together.items():
        spans[group] = (start, start := start + len(members))
        ordered += members
    return _Arranged(Chunk(ordered, now), spans)


def _groups(chunk: Chunk, by: Sequence[By]) -> Iterable[_Group]:
    try:
        return zip(*(_labels(chunk, one) for one in by), strict=True)
    except Unreadable as error:
        raise RecordError("by", (error.problem,)) from None


def _labels(chunk: Chunk, by: By) -> list[Hashable]:
    if isinstance(by, Period):
        return list(labels(by, chunk))
    return list(map(label, chunk.column(by)))
