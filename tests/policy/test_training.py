"""Who needs which course, when, and who is overdue."""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, Final

import attrs
import pytest

from servicekit.errors import DefinitionError, RecordError
from servicekit.policy import (
    Attendance,
    Course,
    Format,
    Gap,
    ModelRow,
    Topic,
    TrainingPlan,
    TrainingRecord,
    checklist,
    overdue,
)
from servicekit.recurrence import Recurrence, Unit

HALF_YEAR: Final = Recurrence(6, Unit.MONTH)
STARTS: Final = date(2026, 5, 4)
BASICS: Final = Course("basics", "How we serve", every=HALF_YEAR)
MEETING: Final = Course("meeting", "The new policy", format=Format.MEETING, starts=STARTS)


def may(day: int, month: int = 5, year: int = 2026) -> date:
    """Give a day, in May 2026 unless said otherwise."""
    return date(year, month, day)


def mika(hired: date, *attended: tuple[str, date], **changes: Any) -> TrainingRecord:
    """Make the record of somebody in one role."""
    days = [Attendance(course, day) for course, day in attended]
    return TrainingRecord("Mika", "agent", hired, attended=days, **changes)


def due(course: Course, record: TrainingRecord, day: date) -> list[date]:
    """Say by when a course was due, if it is overdue on a day."""
    return [one.due for one in overdue(TrainingPlan(course), [record], day)]


def test_a_course_is_due_at_hiring() -> None:
    """On the day of hiring it may still be attended; the day after it is overdue."""
    assert [] == due(BASICS, mika(may(4)), may(4))
    assert [may(4)] == due(BASICS, mika(may(4)), may(5))
    assert [] == due(BASICS, mika(may(4), ("basics", may(5))), may(5))


def test_a_course_is_due_again() -> None:
    """So long after it was last attended; a month without that day has it on its last."""
    trained = mika(may(1), ("basics", may(7)), ("basics", may(31, 8)))

    assert [] == due(BASICS, trained, may(28, 2, 2027))
    assert [may(28, 2, 2027)] == due(BASICS, trained, may(1, 3, 2027))
    assert [may(7, 11)] == due(BASICS, mika(may(1), ("basics", may(7))), may(8, 11))


def test_a_course_without_recurrence_is_attended_once() -> None:
    """Then it is never due again."""
    once = attrs.evolve(BASICS, every=None)

    assert [] == due(once, mika(may(1), ("basics", may(1))), may(1, 1, 2090))


def test_a_meeting_is_due_by_the_day_on_which_the_policy_starts() -> None:
    """For those who are there by then; for those who come later, at hiring."""
    assert [] == due(MEETING, mika(may(1)), STARTS)
    assert [STARTS] == due(MEETING, mika(may(1)), may(5))
    assert [STARTS] == due(MEETING, mika(STARTS), may(5))
    assert [may(6)] == due(MEETING, mika(may(6)), may(7))
    assert [] == due(MEETING, mika(may(1), ("meeting", may(2))), may(5))


def test_a_meeting_that_is_not_for_later_ones() -> None:
    """Without hiring it is due only for those who were there."""
    for_those_there = attrs.evolve(MEETING, at_hiring=False)

    assert [STARTS] == due(for_those_there, mika(may(1)), may(5))
    assert [] == due(for_those_there, mika(may(6)), may(1, 6))


def test_a_course_that_comes_round_without_hiring() -> None:
    """It is first due when it comes round first, counted from its start if it has one."""
    round_only = attrs.evolve(BASICS, at_hiring=False, every=Recurrence(1, Unit.MONTH))

    assert [may(4, 6)] == due(round_only, mika(may(4)), may(5, 6))
    assert [may(4, 7)] == due(attrs.evolve(round_only, starts=STARTS), mika(may(10, 6)), may(5, 7))


def test_only_the_audience_needs_it() -> None:
    """A course is for the roles that it names, or for everyone."""
    for_cooks = attrs.evolve(BASICS, audience="cook")

    assert [] == due(for_cooks, mika(may(1)), may(5))
    assert [may(1)] == due(attrs.evolve(BASICS, audience={"cook", "agent"}), mika(may(1)), may(5))
    assert (False, True, True) == (
        for_cooks.is_for(frozenset({"agent"})),
        for_cooks.is_for(frozenset({"agent", "cook"})),
        BASICS.is_for(frozenset({"agent"})),
    )


def test_who_is_not_there_needs_nothing() -> None:
    """Neither before being hired nor from the day of leaving on."""
    gone = mika(may(1), left=may(10))

    assert [may(1)] == due(BASICS, gone, may(9))
    assert [] == due(BASICS, gone, may(10))
    assert 0 == overdue(TrainingPlan(BASICS), [mika(may(2))], may(1)).needed


def test_what_is_attended_later_was_not_attended_then() -> None:
    """The answer belongs to the day asked about."""
    assert [may(1)] == due(BASICS, mika(may(1), ("basics", may(9))), may(8))


def test_the_longest_overdue_comes_first() -> None:
    """Then by name and by course; each with when it was last attended."""
    others = [attrs.evolve(mika(may(2)), name=name) for name in ("Sanna", "Aino")]
    old = attrs.evolve(mika(may(1, 1)), name="Zoe", attended=[Attendance("basics", may(2, 1))])
    found = overdue(TrainingPlan([MEETING, BASICS]), [*others, old], may(3, 8))

    assert [
        ("Aino", "basics", may(2), None),
        ("Sanna", "basics", may(2), None),
        ("Aino", "meeting", STARTS, None),
        ("Sanna", "meeting", STARTS, None),
        ("Zoe", "meeting", STARTS, None),
        ("Zoe", "basics", may(2, 7), may(2, 1)),
    ] == [(one.name, one.course, one.due, one.last) for one in found]
    assert (6, 6, Fraction(0)) == (len(found), found.needed, found.share_current)


def test_the_share_that_is_current() -> None:
    """It is exact, and there is none where nothing is needed."""
    half = overdue(TrainingPlan([BASICS, MEETING]), [mika(may(1), ("basics", may(1)))], may(9))
    none = overdue(TrainingPlan(BASICS), [], may(9))

    assert (Fraction(1, 2), None) == (half.share_current, none.share_current)
    assert str(half).splitlines() == [
        "Training on 2026-05-09",
        "Overdue   Course         Due  Days  Last attended",
        "Mika     meeting  2026-05-04     5          never",
        "2 needed, 1 overdue, 50.0 % current",
    ]
    assert str(none).splitlines()[-1] == "0 needed, 0 overdue, nothing needed"


def test_an_instant_stands_for_its_date() -> None:
    """It is the date on its own clock; a naive one is refused."""
    at = datetime(2026, 5, 5, 0, 30, tzinfo=UTC)

    assert may(5) == overdue(TrainingPlan(BASICS), [], at).as_of
    with pytest.raises(RecordError, match=r"as_of is .* with its UTC offset"):
        overdue(TrainingPlan(BASICS), [], at.replace(tzinfo=None))
    with pytest.raises(RecordError, match="as_of is '2026-05-05'"):
        overdue(TrainingPlan(BASICS), [], "2026-05-05")


def test_one_record_for_each_name() -> None:
    """Two records of one name, and what is no record, are refused."""
    with pytest.raises(RecordError, match="records is 'Mika', allowed: one record for each name"):
        overdue(TrainingPlan(BASICS), [mika(may(1)), mika(may(2))], may(5))
    with pytest.raises(RecordError, match="records is None, allowed: a TrainingRecord"):
        overdue(TrainingPlan(BASICS), [mika(may(1)), None], may(5))


WHOLE: Final = TrainingPlan(
    [
        attrs.evolve(BASICS, topics=set(Topic)),
        attrs.evolve(MEETING, every=HALF_YEAR),
        Course("practice", "Practice", format=Format.WORKSHOP),
    ]
)


def lacking(*courses: Course, starts: date | None = STARTS) -> list[str]:
    """Say what a plan of some courses lacks."""
    found = checklist(TrainingPlan(courses), starts)
    assert {(Gap.MISSING, ModelRow.B9)} >= {(one.gap, one.row) for one in found}
    return [one.about.removeprefix("training: ") for one in found]


def test_a_whole_plan_lacks_nothing() -> None:
    """Every topic, something at hiring and again, meetings and a workshop."""
    assert () == checklist(WHOLE, STARTS)
    assert () == checklist(WHOLE)


@pytest.mark.parametrize("topic", Topic)
def test_each_topic_is_missed(topic: Topic) -> None:
    """A topic that no course covers is named."""
    basics, *rest = WHOLE.courses

    assert [topic] == lacking(attrs.evolve(basics, topics=set(Topic) - {topic}), *rest)


def test_each_occasion_is_missed() -> None:
    """So is an occasion to learn that there is not."""
    basics, meeting, practice = WHOLE.courses
    later = [attrs.evolve(one, at_hiring=False, starts=STARTS) for one in WHOLE.courses]

    assert ["hiring"] == lacking(*later)
    assert ["start", "meetings"] == lacking(basics, practice)
    assert ["start"] == lacking(*WHOLE.courses, starts=may(5))
    assert ["meetings"] == lacking(basics, attrs.evolve(meeting, every=None), practice)
    assert ["workshops"] == lacking(basics, meeting)
    assert ["recurrence", "meetings"] == lacking(
        attrs.evolve(basics, every=None), attrs.evolve(meeting, every=None), practice
    )
    assert ["start"] == lacking(basics, attrs.evolve(meeting, starts=None), practice, starts=None)


@pytest.mark.parametrize(
    ("start", "name", "wrong"),
    [
        (BASICS, "key", ""),
        (BASICS, "title", None),
        (BASICS, "audience", ()),
        (BASICS, "audience", [""]),
        (BASICS, "audience", 5),
        (BASICS, "topics", "policy"),
        (BASICS, "format", "course"),
        (BASICS, "at_hiring", None),
        (BASICS, "every", HALF_YEAR.unit),
        (BASICS, "starts", datetime(2026, 5, 4, tzinfo=UTC)),
        (TrainingPlan(BASICS), "courses", []),
        (TrainingPlan(BASICS), "courses", ["basics"]),
        (TrainingPlan(BASICS), "courses", [BASICS, BASICS]),
    ],
    ids=str,
)
def test_what_is_no_plan_is_refused(start: Any, name: str, wrong: object) -> None:
    """Every field says what it may hold, and keys differ."""
    with pytest.raises(DefinitionError, match=f": {name} is .*, allowed: "):
        attrs.evolve(start, **{name: wrong})


def test_a_course_that_is_never_due_is_refused() -> None:
    """It is due at hiring, on a day, or when it comes round."""
    with pytest.raises(DefinitionError, match="Course: at_hiring is False, allowed: True where"):
        Course("never", "Never", at_hiring=False)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("name", " "),
        ("roles", ()),
        ("roles", None),
        ("roles", [""]),
        ("hired", None),
        ("hired", datetime(2026, 5, 4, tzinfo=UTC)),
        ("attended", [date(2026, 5, 4)]),
        ("left", date(2026, 4, 30)),
        ("left", "2027"),
    ],
    ids=str,
)
def test_what_is_no_record_is_refused(name: str, wrong: object) -> None:
    """Every field says what it may hold, and nobody leaves before being hired."""
    with pytest.raises(RecordError, match=f"TrainingRecord: {name} is .*, allowed: "):
        attrs.evolve(mika(may(1)), **{name: wrong})


def test_an_attendance_has_a_course_and_a_day() -> None:
    """An instant is no day."""
    with pytest.raises(RecordError, match="Attendance has 2 problems"):
        Attendance("", datetime(2026, 5, 4, tzinfo=UTC))
