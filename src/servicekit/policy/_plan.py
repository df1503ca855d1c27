"""What the service model calls for next: a list to read, each line with the row it comes from."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from servicekit._instants import aware
from servicekit._tables import NOTHING, Line, Table, Tabled, rounded
from servicekit.errors import Problem, RecordError, shown
from servicekit.kpi import Assessment, Scorecard, Status
from servicekit.policy._findings import ModelRow
from servicekit.policy._history import owed
from servicekit.problems import Grouping, Ranking, Standing
from servicekit.resolution import Case, PromiseStatus, Stage, guidance

__all__ = ["Action", "Plan", "plan"]


@frozen
class Action:
    """One thing that the model calls for: what, by when if there is such a time, and its row."""

    what: str
    row: ModelRow
    by: datetime | None = field(default=None, kw_only=True)

    def __str__(self) -> str:
        by = "" if self.by is None else f" by {self.by.isoformat(' ', 'minutes')}"
        return f"{self.what}{by} ({self.row})"


@frozen
class Plan(Tabled):
    """What is called for next, the most pressing first. Nothing of it happens by itself."""

    title: str
    actions: tuple[Action, ...]

    def __iter__(self) -> Iterator[Action]:
        return iter(self.actions)

    def __len__(self) -> int:
        return len(self.actions)

    def _table(self) -> Table:
        lines = tuple(Line(one.what, (_by(one), one.row)) for one in self.actions)
        rows = sorted({one.row for one in self.actions}, key=list(ModelRow).index)
        notes = tuple(f"{row}: {row.asks_for}" for row in rows)
        return Table(self.title, ("What to do", "By", "Row"), lines, notes)


def _by(action: Action) -> str:
    return NOTHING if action.by is None else action.by.isoformat(" ", "minutes")


def plan(subject: Case | Ranking | Scorecard, *, as_of: datetime | None = None) -> Plan:
    """List what the model calls for next in a case, or after a ranking or a scorecard.

    Of a case: what was promised, what to do where it stands, and what its record lacks. Of a
    ranking: which problems to act on, which policies stand behind them, and what to ask further. Of
    a scorecard: which targets to work on, what to measure, and whom to praise.

    A case is seen as of an instant, without one as of the last thing on its record; rankings and
    scorecards have their own.

    Raises `RecordError` for anything else.
    """
    match subject:
        case Case():
            return _of_case(subject, as_of)
        case Scorecard():
            lines = (action for one in subject for action in _of_assessment(one))
            return Plan(subject.title, tuple(lines))
        case Ranking():
            return Plan(_RANKED[subject.by], tuple(_of_ranking(subject)))
        case _:
            raise RecordError("plan", (Problem("subject", shown(subject), _SUBJECTS),))


_SUBJECTS: Final = "a Case, a Ranking or a Scorecard"


# --- A case ---------------------------------------------------------------------------------------


def _of_case(case: Case, as_of: datetime | None) -> Plan:
    received = case.complaint.received_at
    last = case.steps[-1].at if case.steps else received
    at = last if as_of is None else aware(as_of, "as_of")
    if at < received:
        allowed = f"an instant not before the receipt, {received}"
        raise RecordError("plan", (Problem("as_of", shown(at), allowed),))
    then = case.as_of(at)
    actions = (*_promised(then, at), *_called_for(then), *_unrecorded(then))
    return Plan(f"{case.complaint.id}, {then.stage}", actions)


def _promised(case: Case, at: datetime) -> Iterator[Action]:
    for one in sorted(owed(case, at), key=lambda one: one.due):
        late = one.status is PromiseStatus.BROKEN
        start = "Overdue, come back to the customer now" if late else "Promised"
        yield Action(f"{start}: {one.what}", ModelRow.B7, by=one.due)


def _called_for(case: Case) -> Iterator[Action]:
    if case.first_response_at is None and case.stage is not Stage.CLOSED:
        yield Action("Be in touch in person; nobody has been yet.", ModelRow.B8)
    for what, row in zip(guidance(case.stage).do, _ROWS[case.stage], strict=True):
        yield Action(what, row)


_ROWS: Final[Mapping[Stage, tuple[ModelRow, ...]]] = MappingProxyType({
    Stage.RECEIVED: (ModelRow.B6, ModelRow.B11, ModelRow.B7, ModelRow.B6, ModelRow.B7),
    Stage.UNDERSTOOD: (ModelRow.B6, ModelRow.B6, ModelRow.B6, ModelRow.B7),
    Stage.EXPLAINED: (ModelRow.B6, ModelRow.B6, ModelRow.B5, ModelRow.B7),
    Stage.AGREED: (ModelRow.B7, ModelRow.B6, ModelRow.B7),
    Stage.FIXED: (ModelRow.B6, ModelRow.B6, ModelRow.A1),
    Stage.RESOLVED: (ModelRow.A12, ModelRow.B11, ModelRow.B7),
    Stage.CLOSED: (ModelRow.B7, ModelRow.B7),
})  # fmt: skip
"""Which row each line of the guidance for a stage comes from."""


def _unrecorded(case: Case) -> Iterator[Action]:
    customer = case.complaint.customer
    for name in ("address", "phone"):
        if getattr(customer, name) is None:
            yield Action(f"Ask for the customer's {name}; it is not on record.", ModelRow.A1)
    if customer.language is None:
        yield Action("Ask in which language the customer wants to be served.", ModelRow.B11)
    if not case.complaint.causes:
        yield Action("Note what made the customer dissatisfied.", ModelRow.A7)
    if case.stage in _AFTER_FIX and not case.prevention:
        yield Action("Suggest how the problem could be avoided.", ModelRow.A1)
    if case.stage in _AFTER_FIX and not (case.compensation or case.goodwill):
        yield Action("Consider something extra for the trouble.", ModelRow.B12)


_AFTER_FIX: Final = frozenset({Stage.FIXED, Stage.RESOLVED})


# --- A scorecard ----------------------------------------------------------------------------------


def _of_assessment(one: Assessment) -> Iterator[Action]:
    target = one.target
    title = target.kpi.title
    if one.status is Status.NO_DATA:
        columns = ", ".join(target.kpi.columns) or "rows"
        yield Action(f"Measure '{title}': nothing is known yet ({columns}).", ModelRow.A4)
    elif one.status is Status.MET:
        who = target.owner or "those whose work it is"
        yield Action(f"Praise {who}: '{title}' is met.", ModelRow.B4)
    else:
        value = rounded(one.measurement.value, 3).rstrip("0").rstrip(".")
        yield Action(f"Work on '{target}'; it stands at {value}.", ModelRow.B2, by=target.due)
    if one.certain is False:
        n = one.measurement.n
        yield Action(f"Conclude nothing from '{title}' yet; n = {n} leaves it open.", ModelRow.A10)
    if one.on_track is False and one.status is not Status.MET:
        yield Action(f"'{title}' is behind its line from baseline to goal.", ModelRow.B2)
    if target.owner is None:
        yield Action(f"Name somebody who answers for '{title}'.", ModelRow.B2)


# --- A ranking ------------------------------------------------------------------------------------

_RANKED: Final = {
    Grouping.PROBLEM: "The big problems",
    Grouping.WIDEST: "The big problems",
    Grouping.POLICY: "The policies behind them",
}


def _of_ranking(ranking: Ranking) -> Iterator[Action]:
    of_policies = ranking.by is Grouping.POLICY
    for one in ranking.top:
        yield _simplified(one) if of_policies else _acted_on(one)
        if not one.corroborated:
            yield Action(f"Ask others about '{one.title}': only {_told(one)}.", ModelRow.A5)
    for one in ranking.contenders:
        yield Action(f"Look at '{one.title}' as well: it may be as big.", ModelRow.A6)
    if not of_policies:
        names = dict.fromkeys(name for one in ranking.top for name in one.policies)
        for name in names:
            yield Action(f"See whether the policy '{name}' can go or be simpler.", ModelRow.B3)
    for apart in ranking.apart:
        yield Action(f"Ask about '{apart.title}': {apart.ask}", ModelRow.A9)


def _acted_on(one: Standing) -> Action:
    share = "" if one.share is None else f", {rounded(100 * one.share, 1)} %"
    what = f"Act on '{one.title}': {one.frequency} times{share}, {_told(one)}."
    return Action(what, ModelRow.A6)


def _told(one: Standing) -> str:
    return f"told by {', '.join(source for source, times in one.sources.items() if times)}"


def _simplified(one: Standing) -> Action:
    behind = ", ".join(one.problems)
    return Action(f"See whether the policy '{one.title}' can go: behind {behind}.", ModelRow.B3)
