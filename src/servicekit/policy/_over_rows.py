"""Measuring KPIs over whatever rows they are about: complaints, promises, contacts, operations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import attrs
from attrs import frozen

from servicekit.kpi import (
    Equity,
    Kpi,
    Mean,
    Measurement,
    Measurements,
    Percentile,
    Share,
    equity,
    measure,
)
from servicekit.register import Contact, Entry, Operations, PromiseEntry

__all__ = ["Rows"]

_KINDS: Final = (Entry, PromiseEntry, Contact, Operations)
_COMPARED: Final = (Share, Mean, Percentile)
"""The measures by which groups can be compared."""


@frozen
class Rows:
    """Rows of all kinds, as of an instant; each KPI is measured over those that have its columns.

    ``known`` are KPIs measured elsewhere, over other rows.
    """

    of: Mapping[type, Sequence[Any]]
    known: Measurements
    as_of: datetime

    def unmeasured(self, kpis: Iterable[Kpi]) -> Iterator[Kpi]:
        """Give the KPIs that no kind of row has the columns for, and that are not known."""
        return (kpi for kpi in kpis if kpi.key not in self.known and _kind(kpi) is None)

    def measured(self, kpis: Iterable[Kpi]) -> Measurements:
        """Measure KPIs, each over its rows; what is known already stays as it is."""
        given = {kpi: None if kpi.key in self.known else _kind(kpi) for kpi in kpis}
        found: dict[str, Measurement] = {}
        for kind in _KINDS:
            of_kind = [kpi for kpi in given if given[kpi] is kind]
            found |= measure(of_kind, self.of[kind], as_of=self.as_of)
        found |= {kpi.key: self.known[kpi.key] for kpi in given if kpi.key in self.known}
        return Measurements({kpi.key: found[kpi.key] for kpi in given})

    def equity(self, kpis: Iterable[Kpi], by: Sequence[str]) -> Iterator[Equity]:
        """Compare groups by each KPI that can be compared, where there is more than one group."""
        for kpi in kpis:
            kind = None if kpi.key in self.known else _kind(kpi)
            column = next((one for one in by if kind is not None and _has(kind, one)), None)
            if kind is None or column is None or not isinstance(kpi.measure, _COMPARED):
                continue
            found = equity(kpi, self.of[kind], column, self.as_of)
            if len(found) > 1:
                yield found


def _kind(kpi: Kpi) -> type | None:
    """Find the kind of row that has all the columns of a KPI."""
    kinds = (kind for kind in _KINDS if all(_has(kind, column) for column in kpi.columns))
    return next(kinds, None)


def _has(kind: type, column: str) -> bool:
    names = {field.name for field in attrs.fields(kind)}
    names.update(getattr(kind, "DERIVED", ()))
    parted = getattr(kind, "PARTS", {})
    return column in names or any(column.startswith(f"{name}_") for name in parted)
