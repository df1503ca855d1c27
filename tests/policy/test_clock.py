"""The clocks of a case: which ones there are, where they stand, and how that adds up."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import attrs
import pytest

from samples import (
    TO_STAGE,
    at,
    case,
    closure,
    complaint,
    fix,
    follow_up,
    note,
    reopening,
    step_with,
)
from servicekit.catalogue.standards import CFPB_RESPONSE, NEXT_DAY_CALL_BACK, WRITTEN_ANSWER
from servicekit.complaint import Channel
from servicekit.errors import DefinitionError, RecordError
from servicekit.policy import (
    CaseClock,
    Clock,
    Milestone,
    Obligation,
    ResponseStandard,
    Standards,
    Status,
    clock,
)
from servicekit.register import ReopenPolicy
from servicekit.resolution import Acknowledgement, Case, Outcome, Stage, Step
from servicekit.worktime import Pauses, Reason, WorkCalendar, always

MINUTE: Final = timedelta(minutes=1)
HELSINKI: Final = ZoneInfo("Europe/Helsinki")
OFFICE: Final = WorkCalendar(
    dict.fromkeys(range(5), (("09:00", "12:00"), ("13:00", "17:00"))),
    HELSINKI,
    closed=[date(2026, 5, 6)],
)
NIGHT_AND_DAY: Final = always(UTC)


def within(minutes: int, kind: Clock = Clock.CLOCK_TIME, key: str = "k") -> ResponseStandard:
    """Make a standard of so many minutes."""
    return ResponseStandard(key, "T", source="own", limit=minutes * MINUTE, clock=kind)


def standards(**limits: int) -> Standards:
    """Make standards in real time, a limit in minutes for each milestone."""
    return Standards(
        [Obligation(Milestone(milestone), within(limit)) for milestone, limit in limits.items()]
    )


def statuses(*steps: Step, as_of: float, **limits: int) -> dict[str, str]:
    """Say where each clock of a case stands, in order."""
    found = clock(case(*steps), standards(**limits), None, at(as_of))
    return {str(one.milestone): str(one.status) for one in found}


def the(milestone: str, *steps: Step, as_of: float = 60, **options: Any) -> CaseClock:
    """Give the clock of one milestone, which has thirty minutes."""
    [found] = clock(case(*steps), standards(**{milestone: 30}), None, at(as_of), **options)
    return found


ALL: Final = dict.fromkeys(Milestone, 30)
ENDS: Final = {"acknowledged": 1, "answered": 1, "fixed": 4, "resolved": 5, "ended": 5}


def test_each_milestone_ends_its_clock() -> None:
    """A resolved case has come to all of them, each at its own instant."""
    found = clock(case(*TO_STAGE[Stage.RESOLVED]), standards(**ALL), None, at(60))

    assert ENDS == {str(one.milestone): (one.end - at(0)) / MINUTE for one in found}
    assert {Status.MET} == {one.status for one in found}


@pytest.mark.parametrize("milestone", Milestone)
def test_a_clock_runs_from_the_receipt(milestone: Milestone) -> None:
    """It runs, and is overrun a moment after it is due."""
    assert Status.RUNNING is the(milestone, as_of=30).status
    assert Status.OVERRUN is the(milestone, as_of=30.1).status
    assert (at(0), at(30)) == (the(milestone).start, the(milestone).due)


def test_what_is_done_late_is_missed() -> None:
    """At the due instant it is met, a moment later it is missed."""
    assert Status.MET is the("fixed", *TO_STAGE[Stage.AGREED], fix(30)).status
    assert Status.MISSED is the("fixed", *TO_STAGE[Stage.AGREED], fix(30.1)).status


def test_whoever_answers_acknowledges() -> None:
    """The earlier of the two counts, by whatever means."""
    robot = Acknowledgement(automatic=True, at=at(2), by="robot")

    assert at(2) == the("acknowledged", robot, *(step_with(Outcome.CONFIRMED, 5),)).end
    assert at(1) == the("acknowledged", step_with(Outcome.CONFIRMED, 1), robot).end
    assert Status.OVERRUN is the("answered", robot).status


def test_the_most_urgent_comes_first() -> None:
    """Those that run in the order in which they are due, then the missed, then those met."""
    steps = (*TO_STAGE[Stage.AGREED], fix(40))

    assert ["resolved", "ended", "fixed", "answered"] == list(
        statuses(*steps, as_of=60, ended=70, answered=20, fixed=30, resolved=50)
    )


def test_nothing_is_known_before_it_happens() -> None:
    """A clock that was stopped later was running."""
    assert {"fixed": "running"} == statuses(*TO_STAGE[Stage.FIXED], as_of=3, fixed=30)


def test_a_dissatisfied_customer_sets_the_clock_going_again() -> None:
    """What was fixed and did not help is not fixed."""
    steps = (*TO_STAGE[Stage.FIXED], follow_up(5, satisfied=False))

    assert {"fixed": "overrun"} == statuses(*steps, as_of=60, fixed=30)


def test_a_closed_case_has_no_running_clocks() -> None:
    """What was not due by then is left out; what was overrun stays so, up to the closure."""
    assert {"ended": "met"} == statuses(closure(5), as_of=60, ended=30, fixed=30)
    assert {"fixed": "overrun", "ended": "missed"} == statuses(
        closure(45), as_of=60, ended=30, fixed=30
    )
    assert at(45) == the("fixed", closure(45), as_of=99).end


AGAIN: Final = (*TO_STAGE[Stage.RESOLVED], reopening(20))


@pytest.mark.parametrize(
    ("rule", "start", "due", "status"),
    [
        (ReopenPolicy.FIRST_END, 0, 30, Status.MET),
        (ReopenPolicy.RESTART, 20, 50, Status.RUNNING),
        (ReopenPolicy.SKIP_CLOSED, 0, 45, Status.RUNNING),
        (ReopenPolicy.COUNT_CLOSED, 0, 30, Status.OVERRUN),
    ],
)
def test_a_reopened_case_goes_by_the_rule(
    rule: ReopenPolicy, start: int, due: int, status: Status
) -> None:
    """The first end counts, or the clock restarts, goes on without the closed time, or with it."""
    found = the("ended", *AGAIN, as_of=40, reopening=rule)

    assert (at(start), at(due), status) == (found.start, found.due, found.status)
    assert Status.MET is the("answered", *AGAIN, as_of=40, reopening=rule).status
    assert at(0) == the("answered", *AGAIN, as_of=40, reopening=rule).start


def test_a_reopened_case_needs_the_rule() -> None:
    """There is no hidden default."""
    with pytest.raises(RecordError, match="reopening of 'C-17' is None"):
        the("ended", *AGAIN, as_of=40)


def test_pauses_put_off_what_is_due() -> None:
    """The caller knows when the customer was waited for; of pauses only the past counts."""
    waiting = Pauses([(at(10), at(25)), (at(70), None)])
    found = the("ended", note(), as_of=60, pauses=waiting)

    assert (at(45), Status.OVERRUN) == (found.due, found.status)
    assert [
        (Reason.OPEN, 10 * MINUTE),
        (Reason.PAUSED, 15 * MINUTE),
        (Reason.OPEN, 35 * MINUTE),
    ] == [(one.reason, one.duration) for one in found.spans(None)]
    assert (45 * MINUTE, 60 * MINUTE) == (found.counted, found.wall)


def test_whole_days_count_on() -> None:
    """A standard in days knows no pause, and closed time counts."""
    every = Standards(Obligation(Milestone.ENDED, NEXT_DAY_CALL_BACK))
    [found] = clock(
        case(*AGAIN),
        every,
        OFFICE,
        at(40),
        reopening=ReopenPolicy.SKIP_CLOSED,
        pauses=Pauses([(at(1), at(2))]),
    )

    assert datetime(2026, 5, 5, 17, tzinfo=HELSINKI) == found.due
    assert Reason.PAUSED not in {one.reason for one in found.spans(OFFICE)}


def test_the_explanation_adds_up() -> None:
    """Each stretch has its line and its reason; the sums come to the time on the wall."""
    standard = within(480, Clock.WORKING_TIME)
    said = complaint(received_at=datetime(2026, 5, 5, 15, 30, tzinfo=HELSINKI))
    now = datetime(2026, 5, 7, 10, tzinfo=HELSINKI)
    pauses = Pauses([(now - 30 * MINUTE, None)])
    [found] = clock(
        Case(said), Standards(Obligation(Milestone.FIXED, standard)), OFFICE, now, pauses=pauses
    )

    assert found.explanation(OFFICE).splitlines() == [
        "fixed: T: running, due 2026-05-07 17:00+03:00",
        "2026-05-05 15:30+03:00 - 2026-05-05 17:00+03:00  open  1:30:00",
        "2026-05-05 17:00+03:00 - 2026-05-06 09:00+03:00  closed hours  16:00:00",
        "2026-05-06 09:00+03:00 - 2026-05-06 12:00+03:00  closure  3:00:00",
        "2026-05-06 12:00+03:00 - 2026-05-06 13:00+03:00  closed hours  1:00:00",
        "2026-05-06 13:00+03:00 - 2026-05-06 17:00+03:00  closure  4:00:00",
        "2026-05-06 17:00+03:00 - 2026-05-07 09:00+03:00  closed hours  16:00:00",
        "2026-05-07 09:00+03:00 - 2026-05-07 09:30+03:00  open  0:30:00",
        "2026-05-07 09:30+03:00 - 2026-05-07 10:00+03:00  paused  0:30:00",
        (
            "open 2:00:00 + closed hours 1 day, 9:00:00 + closure 7:00:00 + paused 0:30:00 "
            "= 1 day, 18:30:00"
        ),
    ]


def test_another_calendar_explains_nothing() -> None:
    """By another one the sums would be wrong; it is refused."""
    every = Standards(Obligation(Milestone.FIXED, within(30, Clock.WORKING_TIME)))
    [found] = clock(case(), every, OFFICE, at(1440))

    with pytest.raises(RecordError, match=r"CaseClock: calendar is .* by which 7:00:00 counts"):
        found.spans(NIGHT_AND_DAY)


def test_no_time_has_an_explanation_as_well() -> None:
    """At the receipt nothing has passed."""
    assert "nothing = 0:00:00" == the("fixed", as_of=0).explanation(None).splitlines()[-1]


def test_real_time_is_shown_on_the_clock_of_the_calendar() -> None:
    """Without a calendar spans are in UTC, with one in its own zone."""
    [found] = clock(case(), standards(fixed=30), OFFICE, at(5))

    assert [timedelta(hours=3)] == [one.start.utcoffset() for one in found.spans(OFFICE)]
    assert [timedelta(0)] == [one.start.utcoffset() for one in the("fixed", as_of=5).spans(None)]


def test_a_limit_in_working_time_needs_a_calendar() -> None:
    """It is refused by name."""
    every = Standards(Obligation(Milestone.FIXED, within(30, Clock.WORKING_TIME)))
    with pytest.raises(RecordError, match="calendar is None"):
        clock(case(), every, None, at(5))


def test_nobody_asks_before_the_receipt() -> None:
    """An instant before the complaint is refused."""
    with pytest.raises(RecordError, match=r"as_of is .* not before the complaint was received"):
        the("fixed", as_of=-1)


CHOICE: Final = Standards(
    [
        Obligation(Milestone.ANSWERED, WRITTEN_ANSWER),
        Obligation(Milestone.ANSWERED, NEXT_DAY_CALL_BACK),
        Obligation(Milestone.ANSWERED, within(60, key="hour"), priority="high"),
        Obligation(Milestone.ENDED, CFPB_RESPONSE),
        Obligation(Milestone.ENDED, within(90, key="low"), priority="low"),
    ]
)


@pytest.mark.parametrize(
    ("channel", "priority", "chosen"),
    [
        (Channel.EMAIL, None, ["written_answer", "cfpb_response"]),
        (Channel.PHONE, None, ["next_day_call_back", "cfpb_response"]),
        (Channel.IN_PERSON, None, ["cfpb_response"]),
        (Channel.EMAIL, "high", ["hour", "cfpb_response"]),
        (Channel.EMAIL, "low", ["written_answer", "low"]),
        (Channel.EMAIL, "unheard of", ["written_answer", "cfpb_response"]),
    ],
)
def test_standards_are_chosen_by_channel_and_priority(
    channel: Channel, priority: str | None, chosen: list[str]
) -> None:
    """Those of the very priority stand in, milestone by milestone, for those of every priority."""
    assert chosen == [one.standard.key for one in CHOICE.chosen(channel, priority)]


def test_a_priority_has_its_own_clocks() -> None:
    """A case is held against the standards of its channel and priority."""
    found = clock(case(), CHOICE, OFFICE, at(5), priority="high")

    assert ["hour", "cfpb_response"] == [one.obligation.standard.key for one in found]


@pytest.mark.parametrize("wrong", [(), ["standard"], [CHOICE.obligations[0]] * 2], ids=str)
def test_what_are_no_standards_is_refused(wrong: object) -> None:
    """There is at least one obligation, and each one once."""
    with pytest.raises(DefinitionError, match=r"Standards: obligations is .*, allowed: "):
        Standards(wrong)


@pytest.mark.parametrize(
    ("name", "wrong"), [("milestone", "fixed"), ("standard", 30), ("priority", "")]
)
def test_what_is_no_obligation_is_refused(name: str, wrong: object) -> None:
    """Every field says what it may hold."""
    with pytest.raises(DefinitionError, match=f"Obligation: {name} is .*, allowed: "):
        attrs.evolve(CHOICE.obligations[0], **{name: wrong})
