"""Training: who needs which course, when it is due again, and who is overdue."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from fractions import Fraction
from operator import attrgetter
from typing import Final, cast

from attrs import field, frozen

from servicekit._instants import aware
from servicekit._rules import DATE, DATE_OR_NONE, FLAG, TEXT, Rule, each, is_a, set_of
from servicekit._tables import Line, Table, Tabled, rounded
from servicekit._terms import Term
from servicekit._values import Definition, Value, as_set, in_order, refuse, several, unchanged_when
from servicekit.errors import Problem, shown
from servicekit.policy._asked import check
from servicekit.policy._findings import Finding, Gap, ModelRow
from servicekit.recurrence import Recurrence

__all__ = [
    "Attendance",
    "Course",
    "Format",
    "Overdue",
    "Topic",
    "TrainingPlan",
    "TrainingRecord",
    "TrainingStatus",
    "checklist",
    "overdue",
]


class Format(Term):
    """In what form people learn."""

    COURSE = "course"
    MEETING = "meeting"
    WORKSHOP = "workshop"


class Topic(Term):
    """What training in service has to cover."""

    POLICY = "policy"
    """What the service policy promises."""
    FOUR_STEPS = "four_steps"
    """How a complaint is settled: understand, find the cause, propose, fix."""
    AUTHORITY = "authority"
    """What one may grant, and whom to ask beyond that."""
    CALL_LENGTH = "call_length"
    """How long a call may take."""
    ALLOWED_TRANSACTIONS = "allowed_transactions"
    """Which transactions one may make for a customer."""
    PRODUCTS = "products"
    """What is sold, in full."""


_COVERS: Final[dict[Topic, str]] = {
    Topic.POLICY: "what the policy promises",
    Topic.FOUR_STEPS: "how a complaint is settled",
    Topic.AUTHORITY: "what one may grant, and whom to ask",
    Topic.CALL_LENGTH: "how long a call may take",
    Topic.ALLOWED_TRANSACTIONS: "which transactions one may make",
    Topic.PRODUCTS: "what is sold",
}


_RECURRENCE: Final = is_a(Recurrence, optional=True)
_NO_TOPICS: Final[frozenset[Topic]] = frozenset()


def _roles(values: Collection[str]) -> frozenset[str]:
    return cast("frozenset[str]", as_set([values] if isinstance(values, str) else values))


def _roles_or_none(values: Collection[str] | None) -> frozenset[str] | None:
    return None if values is None else _roles(values)


def _topics(values: Topic | Collection[Topic]) -> frozenset[Topic]:
    return cast("frozenset[Topic]", as_set([values] if isinstance(values, str) else values))


def _shown(values: frozenset[str] | None) -> str:
    return "None" if values is None else in_order(values)


def _are_roles(values: object) -> bool:
    if not isinstance(values, frozenset) or not values:
        return False
    return not any(TEXT.problem("", role) for role in cast("frozenset[object]", values))


_ROLES: Final = Rule("{are_roles}({v})", "a role, or a set of roles", are_roles=_are_roles)
_ROLES_OR_NONE: Final = Rule(
    "{v} is None or {are_roles}({v})",
    "a role, a set of roles, or None for everyone",
    are_roles=_are_roles,
)


@frozen
class Course(Definition):
    """What people learn, who needs it, and when they need it.

    ``audience`` are roles, or None for everyone. A course is due on the day of hiring; with
    ``every`` it is due again so long after it was last attended. ``starts`` is the day on which a
    policy starts that the course, usually a compulsory meeting, introduces: it is due by that day
    for those who are there, and at hiring for those who come later; whoever attended it earlier has
    attended it. Without ``at_hiring`` a course is only for those who are there when it starts, or
    due first when it comes round first.

    Raises `DefinitionError`, also for a course that would never be due.
    """

    key: str = field(validator=TEXT)
    title: str = field(validator=TEXT)
    audience: frozenset[str] | None = field(
        default=None, kw_only=True, converter=_roles_or_none, validator=_ROLES_OR_NONE, repr=_shown
    )
    topics: frozenset[Topic] = field(
        default=_NO_TOPICS,
        kw_only=True,
        converter=_topics,
        validator=set_of(Topic),
        repr=in_order,
    )
    format: Format = field(default=Format.COURSE, kw_only=True, validator=is_a(Format))
    at_hiring: bool = field(default=True, kw_only=True, validator=FLAG)
    every: Recurrence | None = field(default=None, kw_only=True, validator=_RECURRENCE)
    starts: date | None = field(default=None, kw_only=True, validator=DATE_OR_NONE)

    def __attrs_post_init__(self) -> None:
        if not self.at_hiring and self.every is None and self.starts is None:
            refuse(self, "at_hiring", "True where the course neither recurs nor starts on a day")

    def is_for(self, roles: frozenset[str]) -> bool:
        """Whether somebody with these roles needs it."""
        return self.audience is None or not self.audience.isdisjoint(roles)

    def due(self, hired: date, last: date | None) -> date | None:
        """Give the day by which it is due for somebody who last attended on a day, or never.

        None where it is not due, or not again.
        """
        if last is not None:
            return None if self.every is None else self.every.next_after(last, last)
        if self.starts is not None and hired <= self.starts:
            return self.starts
        if self.at_hiring:
            return hired
        return None if self.every is None else self.every.next_after(self.starts or hired, hired)


def _courses(values: Course | list[Course] | tuple[Course, ...]) -> tuple[Course, ...]:
    return several(values)


@frozen
class TrainingPlan(Definition):
    """The courses of a company; no two have one key."""

    courses: tuple[Course, ...] = field(converter=_courses, validator=each(Course, at_least=1))

    def __attrs_post_init__(self) -> None:
        times = Counter(course.key for course in self.courses)
        if twice := [key for key, number in times.items() if number > 1]:
            refuse(self, "courses", f"keys that differ; {', '.join(twice)} is there twice")


@frozen
class Attendance(Value):
    """Somebody attended a course, by its key, on a day."""

    course: str = field(validator=TEXT)
    on: date = field(validator=DATE)


def _attended(
    values: Attendance | list[Attendance] | tuple[Attendance, ...],
) -> tuple[Attendance, ...]:
    return several(values)


@frozen
class TrainingRecord(Value):
    """What somebody has attended: who, in which roles, hired and perhaps gone on which day."""

    name: str = field(validator=TEXT)
    roles: frozenset[str] = field(converter=_roles, validator=_ROLES, repr=in_order)
    hired: date = field(validator=DATE)
    attended: tuple[Attendance, ...] = field(
        default=(), kw_only=True, converter=_attended, validator=each(Attendance)
    )
    left: date | None = field(default=None, kw_only=True, validator=DATE_OR_NONE)

    def __attrs_post_init__(self) -> None:
        if self.left is not None and self.left < self.hired:
            refuse(self, "left", f"a day not before {self.hired}")

    def is_there(self, day: date) -> bool:
        """Whether they work here on a day; on the day on which they leave they do not."""
        return self.hired <= day and (self.left is None or day < self.left)

    def last(self, course: str, day: date) -> date | None:
        """Give the last day, up to one, on which they attended a course."""
        days = (one.on for one in self.attended if one.course == course and one.on <= day)
        return max(days, default=None)


unchanged_when("{v}.__class__ is tuple", _courses, _attended)
unchanged_when("{v}.__class__ is frozenset", _roles, _roles_or_none, _topics)


@frozen
class Overdue:
    """A course that somebody should have attended: by which day, and when they last did."""

    name: str
    course: str
    due: date
    last: date | None


@frozen
class TrainingStatus(Tabled):
    """Where training stands on a day: ``needed`` courses of people, and those that are overdue."""

    as_of: date
    needed: int
    overdue: tuple[Overdue, ...]

    @property
    def share_current(self) -> Fraction | None:
        """The share of the needed courses that are not overdue; None where none is needed."""
        return Fraction(self.needed - len(self.overdue), self.needed) if self.needed else None

    def __iter__(self) -> Iterator[Overdue]:
        return iter(self.overdue)

    def __len__(self) -> int:
        return len(self.overdue)

    def _table(self) -> Table:
        lines = tuple(Line(one.name, _cells(one, self.as_of)) for one in self.overdue)
        share = self.share_current
        percent = "nothing needed" if share is None else f"{rounded(100 * share, 1)} % current"
        notes = (f"{self.needed} needed, {len(self.overdue)} overdue, {percent}",)
        return Table(f"Training on {self.as_of}", _HEADS, lines, notes)


_HEADS: Final = ("Overdue", "Course", "Due", "Days", "Last attended")


def _cells(one: Overdue, as_of: date) -> tuple[str, ...]:
    last = "never" if one.last is None else str(one.last)
    return (one.course, str(one.due), str((as_of - one.due).days), last)


def overdue(
    plan: TrainingPlan, records: Iterable[TrainingRecord], as_of: datetime | date
) -> TrainingStatus:
    """Say who is overdue with which course, the longest overdue first, and what share is current.

    A course may still be attended on the day on which it is due. What was attended later than
    ``as_of`` was not attended then; who is not hired yet, or has left, needs nothing. An instant
    stands for its date on its own clock.

    Raises `RecordError` for two records of one name.
    """
    day = _day(as_of)
    given = tuple(records)
    _check(plan, given)
    there = [one for one in given if one.is_there(day)]
    needs = [(one, course) for one in there for course in plan.courses if course.is_for(one.roles)]
    found = (_overdue(one, course, day) for one, course in needs)
    late = sorted(filter(None, found), key=attrgetter("due", "name", "course"))
    return TrainingStatus(day, len(needs), tuple(late))


def _overdue(record: TrainingRecord, course: Course, day: date) -> Overdue | None:
    last = record.last(course.key, day)
    due = course.due(record.hired, last)
    if due is None or due >= day:
        return None
    return Overdue(record.name, course.key, due, last)


def _day(as_of: datetime | date) -> date:
    if isinstance(as_of, date) and not isinstance(as_of, datetime):
        return as_of
    return aware(as_of, "as_of").date()


_PLAN: Final = is_a(TrainingPlan)
_RECORD: Final = is_a(TrainingRecord)


def _check(plan: TrainingPlan, records: tuple[TrainingRecord, ...]) -> None:
    found = (_RECORD.problem("records", one) for one in records)
    check("overdue", _PLAN.problem("plan", plan), *found)
    times = Counter(one.name for one in records)
    twice = (name for name, number in times.items() if number > 1)
    check("overdue", *(Problem("records", shown(name), _ONCE) for name in twice))


_ONCE: Final = "one record for each name"


def checklist(plan: TrainingPlan, starts: date | None = None) -> tuple[Finding, ...]:
    """Say what training in service lacks: topics that no course covers, and occasions to learn.

    ``starts`` is the day on which a policy starts; without it any compulsory meeting on such a day
    will do.
    """
    check("checklist", _PLAN.problem("plan", plan), DATE_OR_NONE.problem("starts", starts))
    return tuple(
        Finding(Gap.MISSING, f"training: {about}", says, ModelRow.B9)
        for about, says in (*_uncovered(plan), *_never(plan, starts))
    )


def _uncovered(plan: TrainingPlan) -> Iterator[tuple[str, str]]:
    covered = frozenset[Topic]().union(*(course.topics for course in plan.courses))
    for topic, covers in _COVERS.items():
        if topic not in covered:
            yield topic, f"no course covers {covers}"


def _never(plan: TrainingPlan, starts: date | None) -> Iterator[tuple[str, str]]:
    meetings = [one for one in plan.courses if one.format is Format.MEETING]
    begun = [one.starts for one in meetings if one.starts is not None]
    if not any(one.at_hiring for one in plan.courses):
        yield "hiring", "nothing at hiring"
    if not any(one.every for one in plan.courses):
        yield "recurrence", "nothing recurs"
    if not (begun if starts is None else starts in begun):
        on = "a policy starts" if starts is None else f"the policy starts, {starts}"
        yield "start", f"no compulsory meeting by the day on which {on}"
    if not any(one.every for one in meetings):
        yield "meetings", "no regular meetings"
    if not any(one.format is Format.WORKSHOP for one in plan.courses):
        yield "workshops", "no workshops"
