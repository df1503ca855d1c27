"""A scorecard: many targets at once, worst first."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Final, Self

from attrs import field, frozen

from servicekit._rules import TEXT, each
from servicekit._tables import NOTHING, Line, Table, Tabled, rounded
from servicekit._values import Value, several
from servicekit.errors import DefinitionError, Problem
from servicekit.kpi._measurement import Measurement
from servicekit.kpi._targets import Assessment, Status, Target, assess

__all__ = ["Scorecard"]

_HEADS: Final = ("KPI", "Status", "Value", "Goal", "Gap", "Unit", "n", "Sure", "On track", "Owner")
_ORDER: Final = {status: place for place, status in enumerate(Status)}
_DIGITS: Final = 3


def _several(
    values: Assessment | list[Assessment] | tuple[Assessment, ...],
) -> tuple[Assessment, ...]:
    """Take assessments, one or several."""
    return several(values)


@frozen
class Scorecard(Tabled, Value):
    """Assessments in the order in which they want attention.

    Missed targets come first, then near ones, those without data and those met; within a status the
    widest gap in proportion to its goal comes first.
    """

    title: str = field(validator=TEXT)
    assessments: tuple[Assessment, ...] = field(converter=_several, validator=each(Assessment))

    @classmethod
    def of(
        cls,
        title: str,
        targets: Iterable[Target],
        measurements: Mapping[str, Measurement],
        *,
        as_of: datetime,
    ) -> Self:
        """Assess every target against the measurement with its KPI's key.

        Raises `DefinitionError` with the keys of all KPIs that have not been measured.
        """
        given = tuple(targets)
        missing = dict.fromkeys(one.kpi.key for one in given if one.kpi.key not in measurements)
        if missing:
            had = f"one of {', '.join(measurements)}"
            raise DefinitionError("Scorecard", tuple(Problem("kpi", key, had) for key in missing))
        found = (assess(one, measurements[one.kpi.key], as_of=as_of) for one in given)
        return cls(title, tuple(sorted(found, key=_urgency)))

    def __iter__(self) -> Iterator[Assessment]:
        return iter(self.assessments)

    def __len__(self) -> int:
        return len(self.assessments)

    def _table(self) -> Table:
        return _table(self)


def _urgency(assessment: Assessment) -> tuple[int, Fraction]:
    gap = Fraction(0 if assessment.gap is None else assessment.gap)
    goal = abs(Fraction(assessment.target.goal))
    return _ORDER[assessment.status], gap / (goal or Fraction(1))


def _table(card: Scorecard) -> Table:
    lines = tuple(Line(one.target.kpi.title, _cells(one)) for one in card.assessments)
    return Table(card.title, _HEADS, lines)


def _cells(one: Assessment) -> tuple[str, ...]:
    return (
        str(one.status),
        rounded(one.measurement.value, _DIGITS),
        ("<= " if one.target.at_least is None else ">= ") + rounded(one.target.goal, _DIGITS),
        rounded(one.gap, _DIGITS),
        one.target.kpi.unit,
        str(one.measurement.n),
        _said(one.certain),
        _said(one.on_track),
        one.target.owner or NOTHING,
    )


def _said(answer: bool | None) -> str:  # noqa: FBT001 - a cell, not a switch
    return NOTHING if answer is None else "yes" if answer else "no"
