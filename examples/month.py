"""Measure a month of complaints and calls against targets, and see where service is unequal.

    python examples/month.py

The month is made up, without chance: every case and call follows from its number. In it the kettle
shop answers what is written within a day, mostly; people who want to be served in Swedish wait
longer on the phone and are seldom served in Swedish.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

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
    Reopening,
    Solution,
    Understanding,
)
from servicekit.catalogue import kpis
from servicekit.kpi import Period, Scorecard, Target, equity, measure
from servicekit.register import (
    Contact,
    Operations,
    ReopenPolicy,
    backlog,
    entries,
    promise_entries,
    with_repeats,
)

HELSINKI = ZoneInfo("Europe/Helsinki")
MAY, JUNE = datetime(2026, 5, 1, tzinfo=HELSINKI), datetime(2026, 6, 1, tzinfo=HELSINKI)
NOW = datetime(2026, 7, 15, 9, 0, tzinfo=UTC)  # the library reads no clock: you say when it is
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
LANGUAGES = ("fi", "fi", "fi", "fi", "sv", "en")


def case(number: int) -> Case:
    """Make a complaint of May and what was done about it."""
    spread = number * 37 % 101  # 0 to 100, all of them, in no obvious order
    received = MAY + number * 6 * HOUR + spread * MINUTE

    def when(hours: float, by: str = "Mika") -> dict[str, datetime | str]:
        return {"at": received + hours * HOUR, "by": by}

    answered = 1 + spread / 3.6 if number % 9 else 40
    made = Case(
        Complaint(
            f"K-{number:03}",
            Customer(f"Customer {number % 83}", language=LANGUAGES[number % 6]),
            channel=(Channel.EMAIL, Channel.PHONE, Channel.WEB)[number % 3],
            received_at=received,
            received_by="Mika",
            concern="The kettle leaks",
            category=("leak", "delivery", "invoice", "leak")[number % 4],
        ),
        (Acknowledgement(**when(0.1), automatic=True),),
    )
    if number % 13 == 0:  # nobody has come back to this customer yet
        return made
    made = Case(
        made.complaint,
        (
            *made.steps,
            Understanding("Bought in April", "It leaks", confirmed=True, **when(answered)),
            Promise("call", "Call back", due=received + (answered + 24) * HOUR, **when(answered)),
            Cause("Boiled water", "A dry table", problem="A seam", key="seam", **when(answered)),
        ),
    )
    called = answered + 3 + spread / 4
    made = made.advance(PromiseKept("call", **when(called)))
    solution = Solution("A new kettle", "replacement", promised_by=received + 240 * HOUR)
    made = made.advance(Proposal("A new one", solution, accepted=True, **when(called)))
    gift = Money(10 + spread % 3 * 5, "EUR")
    made = made.advance(
        Fix("Sent a kettle", "We are sorry", compensation=gift, **when(called + 30))
    )
    if number % 5 == 0:  # not asked yet whether they are satisfied
        return made
    made = made.advance(FollowUp(satisfied=number % 7 != 0, **when(called + 100)))
    if number % 17 == 0 and number % 7:
        made = made.advance(Reopening("It leaks again", **when(called + 300)))
    return made


def call(number: int) -> Contact:
    """Make a call of May."""
    spread = number * 37 % 101
    language = LANGUAGES[number % 6]
    queued = MAY + number * HOUR + spread * SECOND
    wait = spread * (1.5 if language == "sv" else 0.3)
    matter = ("leak", "leak", "invoice")[spread % 3]
    who = {"customer": f"Customer {number % 150}", "matter": matter}
    if number % 19 == 0:
        return Contact(
            f"T-{number:03}",
            Channel.PHONE,
            queued_at=queued,
            abandoned_at=queued + (3 if number % 2 else 45) * SECOND,
            language_wanted=language,
            **who,
        )
    answered = queued + wait * SECOND
    return Contact(
        f"T-{number:03}",
        Channel.PHONE,
        queued_at=queued,
        answered_at=answered,
        ended_at=answered + (120 + spread) * SECOND,
        hold=spread % 20 * SECOND,
        after_call_work=60 * SECOND,
        agent=("Mika", "Ritva", "Sanna")[number % 3],
        answered_by_person=number % 11 != 0,
        language_wanted=language,
        language_served="fi" if language == "sv" and number % 4 else language,
        resolved=number % 4 != 0,
        solved=None if number % 3 else number % 5 != 0,
        represented_well=None if number % 3 else number % 8 != 0,
        **who,
    )


def week(number: int) -> Operations:
    """Count a week of May."""
    start = MAY + number * timedelta(weeks=1)
    return Operations(
        start,
        start + timedelta(weeks=1),
        orders=1200 + 40 * number,
        complaints=28 + number,
        sold=1900 + 60 * number,
        returned=90 + 9 * number,
        orders_returned=75 + 8 * number,
        refused_deliveries=11,
        reorders=7,
        stock_outs=30 - 4 * number,
        produced=2000,
        rejected=35,
        surveys_sent=300,
        surveys_answered=81 + number,
    )


cases = [case(number) for number in range(120)]
register = entries(cases, as_of=NOW, reopening=ReopenPolicy.SKIP_CLOSED)
promised = promise_entries(cases, as_of=NOW)
calls = with_repeats(call(number) for number in range(700))
weeks = [week(number) for number in range(4)]


def main() -> None:
    """Print the backlog, the scorecard, the weeks, and where service is unequal."""
    # What came, what went and what is left.
    print(f"May: {backlog(register, MAY, JUNE)}\n")

    # Each kind of row is measured in one pass; the results stand side by side.
    compensation = kpis.compensation_per_case("EUR")
    measured = {
        **measure([*kpis.COMPLAINTS, *kpis.CARE, compensation], register, as_of=NOW),
        **measure(kpis.PROMISES, promised, as_of=NOW),
        **measure(kpis.CONTACTS, calls, as_of=NOW),
        **measure(kpis.OPERATIONS, weeks, as_of=NOW),
    }

    # Targets are values; the scorecard puts first what wants attention first.
    targets = [
        Target(kpis.WRITTEN_ANSWERED_IN_24_HOURS, at_least=0.9, warn=0.8, owner="Mika"),
        Target(kpis.SATISFIED, at_least=0.8, warn=0.75, owner="Ritva"),
        Target(kpis.PROMISES_KEPT, at_least=0.95, owner="Mika"),
        Target(kpis.FOLLOWED_UP, at_least=0.9, warn=0.75, owner="Ritva"),
        Target(kpis.RESOLUTION_TIME_P90, at_most=240, owner="Ritva"),
        Target(kpis.SERVICE_LEVEL_ANSWERED_OF_OFFERED, at_least=0.8, warn=0.7, owner="Sanna"),
        Target(kpis.ABANDONED_WITHOUT_SHORT, at_most=0.05, owner="Sanna"),
        Target(kpis.FIRST_CONTACT_RESOLUTION_NO_REPEAT, at_least=0.5, owner="Sanna"),
        Target(kpis.OWN_LANGUAGE, at_least=0.95, owner="Sanna"),
        Target(kpis.RETURNED_UNITS, at_most=0.05, warn=0.06, owner="Ritva"),
        Target(kpis.COMPLAINTS_PER_1000_ORDERS, at_most=25, owner="Ritva"),
    ]
    print(Scorecard.of("May 2026", targets, measured, as_of=NOW), "\n")

    # By week: the same KPIs by calendar period, in local time.
    weekly = measure(
        [kpis.WRITTEN_ANSWERED_IN_24_HOURS],
        register,
        as_of=NOW,
        by=Period("received_at", "week", HELSINKI),
    )
    for name, found in weekly.items():
        print(f"{name}  {found[kpis.WRITTEN_ANSWERED_IN_24_HOURS.key]}")
    print()

    # Where service is unequal: the same KPI for every language that customers want.
    for kpi in (kpis.SERVICE_LEVEL_ANSWERED_OF_OFFERED, kpis.OWN_LANGUAGE):
        found = equity(kpi, calls, "language_wanted", NOW)
        print(found, "\n")


if __name__ == "__main__":
    main()
