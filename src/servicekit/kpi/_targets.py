"""Targets: what a KPI should reach, and whether it does."""

from datetime import datetime
from fractions import Fraction
from typing import cast

from attrs import field, frozen

from servicekit._instants import aware, instant_or_none
from servicekit._rules import INSTANT_OR_NONE, TEXT_OR_NONE, is_a
from servicekit._tables import Listed
from servicekit._terms import Term
from servicekit._values import Definition, refuse
from servicekit.errors import DefinitionError, Problem
from servicekit.inference import Real
from servicekit.kpi._kpi import Better, Kpi
from servicekit.kpi._measurement import Measurement
from servicekit.kpi._numbers import micros
from servicekit.kpi._written import (
    EXACT_OR_NONE,
    Exact,
    as_written_or_none,
    number_in_words,
    shortened,
)

__all__ = ["Assessment", "Status", "Target", "assess"]


@frozen
class Target(Definition):
    """What a KPI should reach: a value ``at_least`` or ``at_most``, one of the two.

    ``warn`` is the worse value up to which a miss still counts as near. ``baseline`` is where the
    KPI stood at the instant ``since``, ``due`` when the target is to be reached; the straight line
    between them says whether a KPI is on track. Numbers are meant as written: 0.9 is nine tenths.

    Raises `DefinitionError` for both bounds or neither, a bound on the worse side of the KPI's good
    direction, and a warning or a baseline that cannot be.

    >>> from servicekit.kpi import Column, Share
    >>> timely = Kpi("timely", "Answered in time", Share(Column("timely").is_true()),
    ...     unit="share", better=Better.HIGHER)
    >>> print(Target(timely, at_least=0.95, warn=0.9, owner="Mika"))
    Answered in time: at least 0.95 share
    """

    kpi: Kpi = field(validator=is_a(Kpi))
    at_least: Exact | None = field(
        default=None, kw_only=True, converter=as_written_or_none, validator=EXACT_OR_NONE
    )
    at_most: Exact | None = field(
        default=None, kw_only=True, converter=as_written_or_none, validator=EXACT_OR_NONE
    )
    warn: Exact | None = field(
        default=None, kw_only=True, converter=as_written_or_none, validator=EXACT_OR_NONE
    )
    baseline: Exact | None = field(
        default=None, kw_only=True, converter=as_written_or_none, validator=EXACT_OR_NONE
    )
    since: datetime | None = field(
        default=None, kw_only=True, converter=instant_or_none, validator=INSTANT_OR_NONE
    )
    due: datetime | None = field(
        default=None, kw_only=True, converter=instant_or_none, validator=INSTANT_OR_NONE
    )
    owner: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)

    def __attrs_post_init__(self) -> None:
        if (self.at_least is None) == (self.at_most is None):
            refuse(self, "at_least", "a number here or at_most, and not both")
        if self.kpi.better is Better.HIGHER and self.at_most is not None:
            refuse(self, "at_most", "None, for this KPI is better when higher: say at_least")
        if self.kpi.better is Better.LOWER and self.at_least is not None:
            refuse(self, "at_least", "None, for this KPI is better when lower: say at_most")
        if self.warn is not None and self.beyond(self.warn, self.goal) >= 0:
            refuse(self, "warn", f"a number worse than {number_in_words(self.goal)}")
        if self.since and self.due and self.since >= self.due:
            refuse(self, "since", f"an instant before {self.due}")

    @property
    def goal(self) -> Exact:
        """The number to reach."""
        goal = self.at_most if self.at_least is None else self.at_least
        return cast("Exact", goal)

    def beyond(self, value: Real, bound: Exact) -> Real:
        """Say by how much a value is better than a bound; below zero, how much worse."""
        try:
            return value - bound if self.at_most is None else bound - value
        except OverflowError:  # no float is as large as the bound
            return self.beyond(Fraction(value), bound)

    def expected(self, at: datetime) -> Exact | None:
        """Give where the line from baseline to goal stands at an instant; None without a line."""
        at = aware(at)
        if self.baseline is None or self.since is None or self.due is None:
            return None
        run = Fraction(micros(at - self.since), micros(self.due - self.since))
        return self.baseline + (self.goal - self.baseline) * min(max(run, Fraction(0)), Fraction(1))

    def __str__(self) -> str:
        bound = "at most" if self.at_least is None else "at least"
        return f"{self.kpi.title}: {bound} {number_in_words(self.goal)} {self.kpi.unit}"


class Status(Term):
    """How a measurement stands to a target."""

    MISSED = "missed"
    NEAR = "near"
    NO_DATA = "no data"
    MET = "met"


@frozen
class Assessment(Listed):
    """How a measurement stands to its target, at an instant.

    Raises `DefinitionError` for a measurement of another KPI than the target's.
    """

    target: Target
    measurement: Measurement
    as_of: datetime = field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        ours, theirs = self.target.kpi, self.measurement.kpi
        if not ours.measures_as(theirs):
            problem = Problem("definition", f"{theirs} ({theirs.unit})", f"{ours} ({ours.unit})")
            raise DefinitionError("assess", (problem,))

    @property
    def status(self) -> Status:
        """Whether the target is met, nearly met or missed; without data none of these."""
        target, value = self.target, self.measurement.value
        if value is None:
            return Status.NO_DATA
        if target.beyond(value, target.goal) >= 0:
            return Status.MET
        near = target.warn is not None and target.beyond(value, target.warn) >= 0
        return Status.NEAR if near else Status.MISSED

    @property
    def gap(self) -> Real | None:
        """The value less the goal in the KPI's unit, signed so that more of it is better.

        Below zero it is what is lacking; None without a value.
        """
        value = self.measurement.value
        return None if value is None else shortened(self.target.beyond(value, self.target.goal))

    @property
    def certain(self) -> bool | None:
        """Whether the interval lies on one side of the goal; None without an interval."""
        target, interval = self.target, self.measurement.interval
        if interval is None:
            return None
        ends = [target.beyond(end, target.goal) for end in (interval.low, interval.high)]
        return min(ends) >= 0 or max(ends) < 0

    @property
    def on_track(self) -> bool | None:
        """Whether the value is no worse than the line from baseline to due date at this instant.

        None without a value or without such a line.
        """
        value, expected = self.measurement.value, self.target.expected(self.as_of)
        if value is None or expected is None:
            return None
        return self.target.beyond(value, expected) >= 0

    def __str__(self) -> str:
        return f"{self.target}: {self.status}"


def assess(target: Target, measurement: Measurement, *, as_of: datetime) -> Assessment:
    """Hold a measurement against a target, at an instant.

    A missed target is a result, not an error. Raises `DefinitionError` for a measurement of another
    KPI than the target's.
    """
    return Assessment(target, measurement, as_of=aware(as_of, "as_of"))
