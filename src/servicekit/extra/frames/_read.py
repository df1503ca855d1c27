"""Reading a measured frame: the same measurements as those of rows that are Python objects."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from math import isfinite
from typing import Any, Final

from servicekit._instants import instant
from servicekit.errors import Problem, shown
from servicekit.extra.frames._measure_frame import AS_OF
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import absent, opened, plain, refuse_frame
from servicekit.extra.frames._sums import HALF
from servicekit.kpi import (
    Count,
    Groups,
    Kpi,
    Mean,
    Measure,
    Measurement,
    Measurements,
    Percentile,
    Ratio,
    Share,
    Total,
)
from servicekit.kpi._measure import by_key
from servicekit.kpi._measurement import in_order
from servicekit.kpi._numbers import is_unknown, label
from servicekit.kpi._order_statistics import place
from servicekit.kpi._tally import Read, Tally

__all__ = ["read_measurements"]

_Row = Mapping[str, Any]


def read_measurements(result: Any, kpis: Iterable[Kpi]) -> Measurements | Groups:
    """Read what `measure_frame` gave as the measurements that `servicekit.kpi.measure` gives.

    A lazy result is computed now. The KPIs are those that were measured, or some of them. Targets,
    scorecards and additions work as on others, but for percentiles, which do not add up: their
    values stayed in the frame.

    Raises `RecordError` for a frame that lacks columns of a result, or holds what is no figure.

    >>> import polars as pl
    >>> from datetime import timezone
    >>> from servicekit.extra.frames import measure_frame
    >>> from servicekit.kpi import Better, Column
    >>> talk = Kpi("talk", "Talk time", Mean(Column("talk")), unit="s", better=Better.NEITHER)
    >>> now = datetime(2026, 5, 4, tzinfo=timezone.utc)
    >>> calls = pl.LazyFrame({"talk": [120, 181, None]})
    >>> read_measurements(measure_frame([talk], calls, as_of=now), [talk])["talk"].value
    Fraction(301, 2)
    """
    wanted = by_key(kpis)
    given = opened(result)
    frame = given.plan.collect() if isinstance(given.plan, nw.LazyFrame) else given.plan
    _check(frame.columns, wanted)
    rows = list(frame.iter_rows(named=True))
    names = frame.columns[: frame.columns.index(AS_OF)]
    if not names:
        return _measurements(rows[0], wanted)
    found = {_group(row, names): _measurements(row, wanted) for row in rows}
    return Groups(", ".join(names), {group: found[group] for group in sorted(found, key=in_order)})


def _check(columns: Sequence[str], kpis: Mapping[str, Kpi]) -> None:
    needed = [AS_OF, *(_column(key, part) for key, kpi in kpis.items() for part in _parts(kpi))]
    if missing := [absent(name, columns) for name in needed if name not in columns]:
        refuse_frame(missing)


def _column(key: str, part: str) -> str:
    return f"{key}_{part}" if part else key


_COUNTS: Final = ("", "n", "unknown", "still_open", "numerator", "denominator")
_SUM: Final = ("numerator_high", "numerator_low", "numerator_per")
_DIVISOR: Final = ("denominator_high", "denominator_low", "denominator_per")
_PARTS: Final[Mapping[type[Measure], tuple[str, ...]]] = {
    Count: _COUNTS,
    Share: _COUNTS,
    Total: (*_COUNTS, *_SUM),
    Mean: (*_COUNTS, *_SUM, "variance"),
    Ratio: (*_COUNTS, *_SUM, *_DIVISOR),
    Percentile: (*_COUNTS, "below", "above", "per", "low", "high", "approximate"),
}
"""The columns of each measure, by what stands after the key."""


def _parts(kpi: Kpi) -> tuple[str, ...]:
    return _PARTS[type(kpi.measure)]


def _group(row: _Row, names: Sequence[str]) -> Any:
    labels = tuple(label(plain(row[name])) for name in names)
    return labels if len(names) > 1 else labels[0]


def _measurements(row: _Row, kpis: Mapping[str, Kpi]) -> Measurements:
    at = instant(datetime.fromisoformat(row[AS_OF]))
    return Measurements(
        {
            key: Measurement(
                kpi,
                at,
                _tally(kpi.measure, {part: _value(row, key, part) for part in _parts(kpi)}),
            )
            for key, kpi in kpis.items()
        }
    )


def _value(row: _Row, key: str, part: str) -> Any:
    """Read one cell; whatever an engine has for null is None."""
    value = plain(row[_column(key, part)])
    if is_unknown(value):
        return None
    if isinstance(value, float) and not isfinite(value):
        refuse_frame([Problem(_column(key, part), shown(value), "a finite number")])
    return value


def _tally(measure: Measure, parts: _Row) -> Tally:
    n, unknown, still_open = (int(parts[name]) for name in ("n", "unknown", "still_open"))
    match measure:
        case Count() | Share():
            return Tally(n, unknown, still_open, int(parts["numerator"]), n)
        case Percentile(_, p, method=method):
            read = _read(parts, place(n, p, method)) if n else None
            exact = not n or bool(parts["per"])
            return Tally(n, unknown, still_open, bottom=n, exact=exact, read=read)
        case _:
            return Tally.of(n, unknown, still_open, **_sums(measure, parts, n))


def _sums(measure: Total | Mean | Ratio, parts: _Row, n: int) -> dict[str, Any]:
    total, exact = _sum(parts, "numerator")
    divisor, also_exact = _sum(parts, "denominator") if isinstance(measure, Ratio) else (n, True)
    sums = {"total": total, "divisor": divisor, "exact": not n or (exact and also_exact)}
    if isinstance(measure, Mean) and n:
        spread = Fraction(parts["variance"] or 0) * (n - 1)
        sums["squared"] = spread + Fraction(total) ** 2 / n
    return sums


def _sum(parts: _Row, name: str) -> tuple[Fraction, bool]:
    """Put a sum together; one of floats is as it is."""
    per = int(parts[f"{name}_per"])
    if not per:
        return Fraction(parts[name]), False
    return Fraction(int(parts[f"{name}_high"]) * HALF + int(parts[f"{name}_low"]), per), True


def _read(parts: _Row, at: int | Fraction) -> Read:
    below, above = Fraction(parts["below"]), Fraction(parts["above"])
    rest = at - at.__floor__()
    value = (below + (above - below) * rest) / (int(parts["per"]) or 1)
    approximate = bool(parts["approximate"])
    return Read(value, low=parts["low"], high=parts["high"], approximate=approximate)
