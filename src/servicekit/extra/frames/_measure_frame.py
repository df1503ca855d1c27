"""Measuring a frame: every KPI as sums by group, computed by the engine of the frame."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any, Final

from servicekit._instants import aware
from servicekit._values import several
from servicekit.errors import DefinitionError, Problem
from servicekit.extra.frames._groups import Group, group
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import Frame, absent, opened, refuse_frame
from servicekit.extra.frames._percentiles import with_values
from servicekit.extra.frames._rows import Rows
from servicekit.extra.frames._source import Source
from servicekit.extra.frames._sums import Columns, Sums, columns_of
from servicekit.extra.frames._workings import Workings
from servicekit.kpi import By, Kpi, Period
from servicekit.kpi._chunk import Now
from servicekit.kpi._measure import by_key
from servicekit.kpi._numbers import Unreadable

__all__ = ["AS_OF", "measure_frame"]

AS_OF: Final = "as_of"
"""The column that says as of when was measured; those before it are of the groups."""


def measure_frame(
    kpis: Iterable[Kpi],
    frame: Any,
    *,
    as_of: datetime,
    by: By | Sequence[By] | None = None,
    zone: tzinfo | None = None,
    approximate: bool = False,
) -> Any:
    """Measure KPIs over a frame.

    >>> 1
    1
    """
    wanted = by_key(kpis)
    instant = aware(as_of, "as_of")
    given = opened(frame)
    groups_by: tuple[By, ...] = several(() if by is None else by)
    _check_columns(wanted.values(), groups_by, given.schema)
    source = Source(given, zone)
    sums = Sums(Rows(source, Now.at(instant)))
    groups, columns = _compiled(wanted, groups_by, sums)
    _check_names(groups, columns)
    return given.close(_computed(sums, instant, groups, columns))


def _check_columns(kpis: Iterable[Kpi], by: Iterable[By], schema: Mapping[str, Any]) -> None:
    named = [one.column if isinstance(one, Period) else one for one in by]
    needed = dict.fromkeys([*named, *(column for kpi in kpis for column in kpi.columns)])
    missing = [absent(column, schema) for column in needed if column not in schema]
    if missing:
        refuse_frame(missing)


def _compiled(
    kpis: Mapping[str, Kpi], by: Iterable[By], sums: Sums
) -> tuple[list[Group], dict[str, Columns]]:
    """Work out what is needed, or refuse the frame with all that cannot be read."""
    problems: dict[Problem, None] = {}
    groups: list[Group] = []
    columns: dict[str, Columns] = {}
    for one in by:
        try:
            groups.append(group(sums.rows.source, one))
        except Unreadable as error:
            problems[error.problem] = None
    sums.keys = [one.cell for one in groups]
    for key, kpi in kpis.items():
        try:
            columns[key] = columns_of(kpi, sums)
        except Unreadable as error:
            problems[error.problem] = None
    if problems:
        refuse_frame(problems)
    return groups, columns


def _named(columns: Mapping[str, Columns]) -> list[tuple[str, nw.Expr]]:
    return [
        (f"{key}_{part}" if part else key, column)
        for key, parts in columns.items()
        for part, column in parts.items()
    ]


def _check_names(groups: Sequence[Group], columns: Mapping[str, Columns]) -> None:
    names = [*(one.name for one in groups), AS_OF] + [name for name, _ in _named(columns)]
    folded = [name.casefold() for name in names]
    twice = dict.fromkeys(name for name in names if folded.count(name.casefold()) > 1)
    if twice:
        allowed = "names that differ in more than small letters and capitals"
        raise DefinitionError(
            "measure_frame", tuple(Problem("column", repr(name), allowed) for name in twice)
        )


def _computed(
    sums: Sums, as_of: datetime, groups: Sequence[Group], columns: Mapping[str, Columns]
) -> Frame:
    source, keys = sums.rows.source, [one.cell.name for one in groups]
    plan = source.workings.carried_out(source.plan)
    summed = _summed(plan, keys, list(sums.aggregates.values()))
    if sums.wanted:
        summed = with_values(summed, plan, keys, sums.wanted)
    naming = Workings(source.fresh())
    named = [one.named(naming.put, one.cell) for one in groups]
    summed = naming.carried_out(summed)
    if named:
        summed = summed.sort(*(cell.name for cell in named), nulls_last=True)
    labels = [cell.column.alias(one.name) for cell, one in zip(named, groups, strict=True)]
    instant = nw.lit(as_of.isoformat()).alias(AS_OF)
    figures = (column.alias(name) for name, column in _named(columns))
    return summed.select(*labels, instant, *figures)


def _summed(plan: Frame, keys: Sequence[str], aggregates: Sequence[nw.Expr]) -> Frame:
    if keys:
        return plan.group_by(*keys, drop_null_keys=False).agg(*aggregates)
    return plan.select(*aggregates)
