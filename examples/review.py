"""Review a quarter of a small firm: the whole model at once, as one report for its owner.

    python examples/review.py [folder]

Complaints, calls, figures, questionnaires, comments and the service policy go in. The report comes
out as text; with a folder it is written there in Markdown and HTML as well. Both quarters are made
up, without chance: every case and call follows from its number.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from servicekit import (
    Acknowledgement,
    Case,
    Cause,
    Channel,
    Complaint,
    Customer,
    Fix,
    FollowUp,
    Money,
    Promise,
    PromiseKept,
    Proposal,
    Solution,
    Understanding,
)
from servicekit.benchmark import Answers, questions
from servicekit.catalogue import kpis
from servicekit.catalogue.helpfulness import HELPFULNESS
from servicekit.catalogue.standards import NEXT_DAY_CALL_BACK, WRITTEN_ANSWER
from servicekit.complaint import Dissatisfaction, Subject
from servicekit.feedback import Code, Codebook, Comment, code
from servicekit.kpi import Target
from servicekit.policy import (
    Aspect,
    Attendance,
    Audience,
    Authority,
    Commitment,
    Course,
    CustomerHistory,
    Expectation,
    Format,
    Limit,
    Milestone,
    Obligation,
    ServicePolicy,
    ServiceReview,
    Standards,
    Topic,
    TrainingPlan,
    TrainingRecord,
    Vision,
    clock,
    escalate,
    may,
    plan,
)
from servicekit.problems import Signal, Source, signals_from
from servicekit.recurrence import Recurrence, Unit
from servicekit.register import Contact, Operations, entries, promise_entries
from servicekit.worktime import WorkCalendar

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
JANUARY, APRIL, JULY = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 4, 7))
OFFICE = WorkCalendar({day: [("09:00", "17:00")] for day in range(5)}, UTC)

# --- The policy: what the firm promises, who may settle what, who learns it -----------------------

VISION = Vision(
    ["We answer", "We deliver whole", "We repair for free", "We know kettles", "We listen"],
    ["They pick up", "It arrives in one piece", "They fix it", "They can tell", "They hear me"],
    steps=["A second telephone", "Boxes with more padding"],
    summary="We answer, deliver, repair and listen.",
    verbs=["answer", "deliver", "repair", "listen"],
    statement="We answer and listen to whoever calls, deliver whole, and repair what breaks.",
    years=4,
)
COMMITMENTS = [
    Commitment(
        "answers",
        Aspect.SPEED,
        "A written answer within 24 hours, a call back the next day",
        meets=Expectation.MAXIMUM_WAIT,
        visible_to={Audience.CUSTOMERS, Audience.STAFF},
        kept_by=[WRITTEN_ANSWER, Target(kpis.WRITTEN_ANSWERED_IN_24_HOURS, at_least=0.9)],
        owner="Mika",
    ),
    Commitment(
        "terms",
        Aspect.COMMUNICATION,
        "Delivery, returns and payment on one page, in plain words",
        meets={
            Expectation.DELIVERY_TERMS,
            Expectation.RETURN_TERMS,
            Expectation.PAYMENT_MEANS,
        },
        visible_to=Audience.CUSTOMERS,
        kept_by=Target(kpis.RETURNED_UNITS, at_most=0.05),
        owner="Ritva",
    ),
    Commitment(
        "word",
        Aspect.COMPLAINTS,
        "What we promise we do, and who answers the phone may settle it",
        meets={Expectation.STAFF_MAY_SETTLE, Expectation.COMPENSATION},
        visible_to=Audience.CUSTOMERS,
        kept_by=Target(kpis.PROMISES_KEPT, at_least=0.95, owner="Mika"),
        owner="Mika",
    ),
]
AUTHORITY = Authority(
    {"agent": "supervisor", "supervisor": "owner"},
    [
        Limit("agent", Money(60, "EUR"), "what nine kettles in ten cost", remedy="refund"),
        Limit("supervisor", Money(400, "EUR"), "a day's margin"),
    ],
)
STANDARDS = Standards(
    [
        Obligation(Milestone.ANSWERED, WRITTEN_ANSWER),
        Obligation(Milestone.ANSWERED, NEXT_DAY_CALL_BACK),
    ]
)
TRAINING = TrainingPlan(
    [
        Course(
            "service",
            "How we serve",
            topics=set(Topic) - {Topic.PRODUCTS},
            every=Recurrence(6, Unit.MONTH),
        ),
        Course("policy", "The new policy", format=Format.MEETING, starts=date(2026, 4, 1)),
    ]
)
POLICY = ServicePolicy(
    "Kettles Ltd, 2026",
    COMMITMENTS,
    starts=date(2026, 4, 1),
    vision=VISION,
    authority=AUTHORITY,
    standards=STANDARDS,
    training=TRAINING,
)
TRAINED = [
    TrainingRecord(
        name,
        "agent",
        date(2025, 6, 1),
        attended=[Attendance(course, day) for course, day in attended.items()],
    )
    for name, attended in {
        "Mika": {"service": date(2026, 3, 2), "policy": date(2026, 4, 1)},
        "Sanna": {"service": date(2025, 6, 1), "policy": date(2026, 3, 30)},
        "Ritva": {"service": date(2026, 3, 2)},
    }.items()
]

# --- What happened: a quarter of complaints, calls and figures ------------------------------------

CAUSES = ("dented", "dented", "seam", "invoice", "dented", "seam", "dented", "late")
SLOW = frozenset({Dissatisfaction.SLOW_ANSWER})


def case(start: datetime, number: int, patience: float) -> Case:
    """Make a complaint of a quarter, answered after so many hours or more."""
    received = start + number * 17 * HOUR
    key = CAUSES[number % 8]
    wait = patience * (1 + number % 5) * HOUR
    answered = received + wait
    said = {"at": answered, "by": ("Mika", "Sanna")[number % 2]}
    made = Case(
        Complaint(
            f"{start:%m}-{number:03}",
            Customer(f"Customer {number % 97}", language=("fi", "fi", "fi", "sv")[number % 4]),
            channel=(Channel.EMAIL, Channel.WEB, Channel.PHONE)[number % 3],
            received_at=received,
            received_by="Mika",
            concern="It is not as it should be",
            causes=SLOW if wait > DAY else (),
            about=Subject(product="kettle", policy="one parcel slot" if key == "late" else None),
        ),
        (Acknowledgement(automatic=True, at=received, by="mail robot"),),
    )
    if not (number - 5) % 23:  # nobody has come back to this customer yet
        return made
    steps = (
        Understanding("Bought a kettle", "It is faulty", confirmed=True, **said),
        Promise("call", "Call with an answer", due=answered + DAY, **said),
        Cause("Opened the box", "A whole kettle", problem="It is faulty", key=key, **said),
        Proposal("A new one", Solution("A new kettle", "replacement"), accepted=True, **said),
    )
    done = {"at": answered + (30 if number % 9 == 0 else 6) * HOUR, "by": "Mika"}
    finish = (
        PromiseKept("call", **done),
        Fix("Sent a new one", "We are sorry", compensation=Money(10, "EUR"), **done),
        FollowUp(satisfied=number % 7 != 0, **done),
    )
    return Case(made.complaint, (*made.steps, *steps, *finish))


def calls(start: datetime, wait: float) -> Iterator[Contact]:
    """Make the calls of a quarter; who wants Swedish waits longer and is seldom served in it."""
    for number in range(360):
        queued = start + number * 6 * HOUR
        swedish = not (number + 1) % 3
        seconds = wait * (1 + number * 37 % 101 / 20) * (2 if swedish else 1)
        answered = queued + timedelta(seconds=seconds)
        yield Contact(
            f"{start:%m}-T-{number:03}",
            Channel.PHONE,
            queued_at=queued,
            answered_at=None if number % 17 == 0 else answered,
            abandoned_at=answered if number % 17 == 0 else None,
            language_wanted="sv" if swedish else "fi",
            language_served="fi" if number % 4 else "sv" if swedish else "fi",
            customer=f"Customer {number % 97}",
        )


def months(start: datetime, returned: int) -> list[Operations]:
    """Count three months of trade."""
    days = [start + month * 30 * DAY for month in range(4)]
    return [
        Operations(first, last, orders=900, sold=1400, returned=returned, stock_outs=6)
        for first, last in pairwise(days)
    ]


WINTER = {
    "owner": ["5554 4545 454 445 555 54545 444"],
    "staff": ["3333 4343 222 332 333 33233 232", "3333 3443 232 233 343 32332 333"],
    "customer": ["3433 4343 222 223 323 33333 222", "3333 3434 212 232 333 33433 232"],
}
SPRING = {
    "owner": ["5454 4545 444 444 554 54544 444"],
    "staff": ["4343 4443 333 332 443 33233 333", "4433 3443 332 333 443 32332 343"],
    "customer": ["4433 4343 222 323 333 34333 323", "3333 3434 212 232 343 43433 333"],
}
KEYS = list(questions(HELPFULNESS, "en"))


def answers(sheets: dict[str, list[str]]) -> Iterator[Answers]:
    """Read the sheets that came back, one digit for each question."""
    for role, rows in sheets.items():
        for row in rows:
            ratings = map(int, row.replace(" ", ""))
            yield Answers(dict(zip(KEYS, ratings, strict=True)), role=role)


CODEBOOK = Codebook(
    "What could we do better?",
    [
        Code("dented", "Dented", words={"en": "dent*", "fi": "kolhiintu*"}),
        Code("late", "Late", words={"en": "late", "fi": "viiväst*"}),
        Code(
            "unhappy",
            "Unhappy",
            words={"en": "not satisfied", "fi": "tyytymätön"},
            actionable=False,
        ),
    ],
)
COMMENTS = [
    Comment(f"S-{number}", text, at=APRIL + number * 9 * DAY, language=language)
    for number, (language, text) in enumerate(
        [
            ("fi", "Paketti oli kolhiintunut ja se viivästyi"),
            ("en", "The kettle had a dent"),
            ("en", "I was not satisfied"),
            ("en", "Friendly people, thank you"),
            ("fi", "Toimitus viivästyi taas"),
        ]
    )
]
STAFF = Signal("late", Source.STAFF, JULY - DAY, policy="one parcel slot", note="Let them choose")

TARGETS = [
    Target(kpis.SATISFIED, at_least=0.8, warn=0.75, owner="Ritva"),
    Target(kpis.ANSWER_DELAY_MEAN, at_most=60, owner="Sanna"),
    Target(kpis.OWN_LANGUAGE, at_least=0.95, owner="Sanna"),
]


def quarter(
    start: datetime,
    patience: float,
    sheets: dict[str, list[str]],
    previous: ServiceReview | None = None,
) -> ServiceReview:
    """Review a quarter in which people waited so many hours, or up to five times as long."""
    end = start + 91 * DAY
    cases = [case(start, number, patience) for number in range(120)]
    rows = tuple(calls(start, wait=10 * patience))
    told = signals_from([*cases, *code(COMMENTS, CODEBOOK).mentions])
    return ServiceReview(
        entries(cases, as_of=end),
        rows,
        months(start, returned=round(9 * patience)),
        answers(sheets),
        [*told, STAFF],
        TARGETS,
        POLICY,
        end,
        title="Kettles Ltd",
        instrument=HELPFULNESS,
        promises=promise_entries(cases, as_of=end),
        trained=TRAINED,
        previous=previous,
    )


def one_case() -> None:
    """Show what the policy says of a single case, and of what an agent may grant in it."""
    waiting, now = case(JULY - 6 * DAY, 5, 7), JULY
    print(plan(waiting, as_of=now), "\n")
    for one in clock(waiting, STANDARDS, OFFICE, now):
        print(one)
        print(one.explanation(OFFICE).splitlines()[-1])
    for referral in escalate(waiting, AUTHORITY, now):
        print(referral)
    print(may(AUTHORITY, "agent", "refund", Money(80, "EUR")), "\n")
    print(CustomerHistory([waiting], [], now))


def main() -> None:
    """Review two quarters, print the second and what it calls for, and write it down."""
    winter = quarter(JANUARY, 9, WINTER)
    spring = quarter(APRIL, 5, SPRING, previous=winter)
    print(spring, "\n")
    print(plan(spring.scorecard), "\n")
    print(plan(spring.problems), "\n")
    one_case()
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
        (folder / "review.md").write_text(spring.as_markdown(), "utf-8")
        (folder / "review.html").write_text(spring.as_html(), "utf-8")
        print(f"\nwritten to {folder}")


if __name__ == "__main__":
    main()
