"""The sections of a service review, each with what it was made from."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from servicekit._tables import Line, Table, Tabled, table_of
from servicekit.benchmark import Comparison, Summary
from servicekit.change import Changes
from servicekit.kpi import Equity, Scorecard
from servicekit.policy._findings import Finding, ModelRow
from servicekit.policy._report import Part
from servicekit.policy._training import TrainingStatus
from servicekit.problems import Ranking

__all__ = [
    "of_benchmark",
    "of_changes",
    "of_equity",
    "of_gaps",
    "of_goals",
    "of_problems",
    "of_training",
]


def of_benchmark(summary: Summary | None) -> Part:
    """Show how the service was rated."""
    rests_on = "No answers."
    if summary is not None:
        rests_on = f"From answers to '{summary.instrument.key}': {summary.n}."
    return Part("Benchmark", ModelRow.C3, rests_on, _tables(summary))


def of_goals(card: Scorecard, counts: Mapping[str, int]) -> Part:
    """Show the goals, worst first, and what each figure was measured over."""
    tables = (table_of(card), _behind(card)) if len(card) else ()
    return Part("Goals", ModelRow.B2, _from(counts), tables)


_BEHIND: Final = ("KPI", "n", "Unknown", "Still open")


def _behind(card: Scorecard) -> Table:
    found = {one.target.kpi.key: one.measurement for one in card}
    lines = (
        Line(one.kpi.title, (str(one.n), str(one.unknown), str(one.still_open)))
        for one in found.values()
    )
    formulas = (f"{one.kpi.title}: {one.definition}" for one in found.values())
    return Table("What the figures rest on", _BEHIND, tuple(lines), tuple(formulas))


def of_problems(ranking: Ranking) -> Part:
    """Show the big problems and who tells of them."""
    tables = _tables(ranking) if ranking.signals else ()
    return Part("Problems", ModelRow.A6, f"From signals: {len(ranking.signals)}.", tables)


def of_changes(
    changes: Changes | None, comparison: Comparison | None, since: datetime | None
) -> Part:
    """Show what changed since the last review."""
    rests_on = "No review before this one."
    if since is not None:
        rests_on = f"Since the review as of {since.isoformat(' ', 'minutes')}."
    return Part("Changes", ModelRow.A10, rests_on, _tables(changes, comparison))


def of_equity(equities: Sequence[Equity], by: Sequence[str]) -> Part:
    """Show whether everyone is served alike."""
    rests_on = f"By {', '.join(by)}." if equities else f"No groups by {', '.join(by)} to compare."
    return Part("Equal service", ModelRow.B10, rests_on, _tables(*equities))


def of_gaps(findings: Sequence[Finding], title: str) -> Part:
    """Show what the policy lacks."""
    lines = tuple(Line(f"{one.about}: {one.says}", (one.row,)) for one in findings)
    rows = sorted({one.row for one in findings}, key=list(ModelRow).index)
    notes = tuple(f"{row}: {row.asks_for}" for row in rows)
    table = Table(f"{len(findings)} found", ("What is missing", "Row"), lines, notes)
    rests_on = f"From the policy '{title}'."
    return Part("Policy gaps", ModelRow.B4, rests_on, (table,) if findings else ())


def of_training(status: TrainingStatus | None, records: int) -> Part:
    """Show who is overdue."""
    rests_on = "No training plan."
    if status is not None:
        rests_on = f"From records: {records}."
    return Part("Training", ModelRow.B9, rests_on, _tables(status))


def _from(counts: Mapping[str, int]) -> str:
    known = [f"{name} {number}" for name, number in counts.items() if number]
    return f"From rows: {', '.join(known)}." if known else "No rows."


def _tables(*shown: Tabled | None) -> tuple[Table, ...]:
    return tuple(table_of(one) for one in shown if one is not None)
