"""The types of the public API, as users see them; checked by type checkers and never run."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import assert_type
from zoneinfo import ZoneInfo

import cattrs
from cattrs.preconf.json import JsonConverter
from hypothesis.strategies import SearchStrategy

import servicekit
from servicekit.benchmark import (
    Answers,
    Band,
    Comparison,
    Contrast,
    Instrument,
    Missing,
    Reliability,
    Scale,
    Score,
    Section,
    Statement,
    Summary,
    Tipping,
    compare,
    questions,
    reliability,
    score,
    summarize,
    summarize_columns,
)
from servicekit.catalogue.satisfaction import (
    ACSI,
    NPS,
    SERVQUAL,
    Figure,
    GapScoring,
    IndexScore,
    QualityScore,
    RatingScore,
    RatingScoring,
)
from servicekit.complaint import Channel, Complaint, Customer, Dissatisfaction, Subject
from servicekit.errors import CurrencyError, FlowError, Problem, RecordError
from servicekit.extra import strategies
from servicekit.inference import Interval, Sample, StudentT, welch, wilson
from servicekit.kpi import (
    Better,
    Column,
    Compare,
    Condition,
    Equity,
    Groups,
    Kpi,
    Measurements,
    Share,
    Target,
    assess,
    equity,
    measure,
)
from servicekit.money import Money, Totals
from servicekit.policy import ResponseStandard, Standing, due, standing
from servicekit.recurrence import Recurrence, Unit
from servicekit.register import Backlog, Entry, Operations, backlog, entries, entry
from servicekit.resolution import (
    TRANSITIONS,
    Acknowledgement,
    AgreedSolution,
    Basis,
    Case,
    Cause,
    Closure,
    Correction,
    Escalation,
    Fix,
    FollowUp,
    Goodwill,
    Guidance,
    Note,
    Outcome,
    Prevention,
    Promise,
    PromiseKept,
    PromiseState,
    PromiseStatus,
    Proposal,
    Record,
    Reopening,
    Responsible,
    Solution,
    Stage,
    Step,
    Understanding,
    guidance,
)
from servicekit.serialize import DataError, configure_converter, explain, make_converter
from servicekit.worktime import (
    CalendarHistory,
    Pauses,
    Span,
    Timetable,
    Weekday,
    WorkCalendar,
    always,
)


def complaints(at: datetime) -> Complaint:
    """Complaints and what they are made of."""
    customer = Customer("Aino", "Kaivokatu 1", phone="1", email="a@b", language="fi")
    assert_type(customer.name, str)
    assert_type(customer.language, str | None)
    assert_type(Channel.PHONE.written, bool)
    subject = Subject("O-1", policy="P-1")
    made = Complaint(
        "C-1",
        customer,
        channel=Channel.WEB,
        received_at=at,
        received_by="Mika",
        concern="It leaks",
        causes=[Dissatisfaction.OVERCHARGED],
        about=subject,
    )
    assert_type(made.received_at, datetime)
    assert_type(made.causes, frozenset[Dissatisfaction])
    assert_type(made.on_behalf_of, Customer | None)
    assert_type(made.about, Subject | None)
    return made


def moneys() -> Money:
    """Money and totals."""
    money = Money("12.50", "EUR")
    assert_type(Money(3, "EUR") + Money(Decimal(3), "EUR"), Money)
    assert_type(money - money, Money)
    assert_type(money < Money(3, "EUR"), bool)
    assert_type(money <= Money(3, "EUR"), bool)
    assert_type(money.amount, Decimal)
    totals = Totals([money])
    assert_type(totals["EUR"], Money)
    assert_type(totals.amounts, tuple[Money, ...])
    assert_type(totals.get("EUR"), Money | None)
    return money


def steps(at: datetime, money: Money) -> list[Step]:
    """Every step, with what it says."""
    solution = Solution("A new one", "replacement", promised_by=at)
    proposal = Proposal(None, solution, accepted=True, at=at, by="M")
    fix = Fix("Sent", "Sorry", compensation=money, at=at, by="M")
    assert_type(proposal.solutions, tuple[Solution, ...])
    assert_type(fix.actions, tuple[str, ...])
    assert_type(fix.compensation, tuple[Money, ...])
    assert_type(fix.outcome, Outcome)
    assert_type(Note("n", at=at, by="M").outcome, Outcome | None)
    return [
        Understanding(["f"], "r", confirmed=True, at=at, by="M"),
        Cause("a", "b", problem="p", responsible=Responsible.NOBODY, at=at, by="M"),
        proposal,
        fix,
        FollowUp(None, at=at, by="M"),
        Closure(Basis.WITHDRAWN, at=at, by="M"),
        Reopening("r", at=at, by="M"),
        Acknowledgement(automatic=True, at=at, by="M"),
        Promise("k", "w", due=at, replaces="j", in_writing=True, at=at, by="M"),
        PromiseKept("k", at=at, by="M"),
        Escalation("t", "r", at=at, by="M"),
        Goodwill("w", money, at=at, by="M"),
        Prevention("s", at=at, by="M"),
        Note("t", at=at, by="M"),
        Correction(0, "r", at=at, by="M"),
    ]


def cases(complaint: Complaint, history: list[Step], at: datetime) -> None:
    """Cases and everything that is derived from them."""
    case = Case(complaint, history)
    assert_type(Case(complaint).advance(history[0]), Case)
    assert_type(case.complaint, Complaint)
    assert_type(case.steps, tuple[Step, ...])
    assert_type(case.stage, Stage)
    assert_type(case.allowed, frozenset[Outcome])
    assert_type(case.rounds, int)
    assert_type(case.resolved_at, datetime | None)
    assert_type(case.first_response_at, datetime | None)
    assert_type(case.followed_up_at, datetime | None)
    assert_type(case.actions, tuple[str, ...])
    assert_type(case.compensation, Totals)
    assert_type(case.goodwill, tuple[Goodwill, ...])
    assert_type(case.prevention, tuple[str, ...])
    assert_type(case.escalations, tuple[Escalation, ...])
    assert_type(case.as_of(at), Case)
    assert_type(case.promises(at), tuple[PromiseState, ...])
    assert_type(case.promises(as_of=at)[0].status, PromiseStatus)
    assert_type(case.promises(at)[0].solution, Solution | None)
    assert_type(case.record(), Record)
    assert_type(case.record().solutions, tuple[AgreedSolution, ...])
    assert_type(case.record().items(), tuple[tuple[str, str], ...])
    assert_type(case.timeline(), str)
    assert_type(guidance(case.stage), Guidance)
    assert_type(guidance(case.stage).do, tuple[str, ...])
    assert_type(TRANSITIONS, Mapping[Stage, Mapping[Outcome, Stage]])


def benchmarks(given: Mapping[str, int], at: datetime) -> Summary:
    """Instruments, answers and what they come to."""
    statement = Statement("a", {"en": "A"}, reverse=True)
    section = Section("s", {"en": "S"}, statements=[statement])
    band = Band("low", {"en": "Low"}, advice={"en": "Act"})
    desk = Instrument("i", {"en": "I"}, scale=Scale(1, 5), sections=section, bands=(band,))
    assert_type(desk.sections, tuple[Section, ...])
    assert_type(desk.title, Mapping[str, str])
    assert_type(band.at_least, int | Fraction | None)
    assert_type(questions(desk, "en"), Mapping[str, str])
    answers = Answers(given, "A", role="owner", at=at)
    assert_type(answers.ratings, Mapping[str, int])
    result = score(desk, answers, missing="prorate")
    assert_type(result, Score)
    assert_type(result.total, Fraction | None)
    assert_type(result.missing, Missing)
    assert_type(result.sections[0].mean, Fraction | None)
    assert_type(result.tipping(), Tipping | None)
    summary = summarize(desk, (answers for _ in range(2)), missing=Missing.OMIT)
    assert_type(summary + summary, Summary)
    assert_type(summary.gaps("owner", None), tuple[Contrast, ...])
    assert_type(summary.by_role, Mapping[str | None, Summary])
    assert_type(summary.statements[0].counts, Mapping[int, int])
    assert_type(compare([result], [result]), Comparison)
    assert_type(compare(summary, summary).total.interval, Interval | None)
    assert_type(reliability({"a": [1, None], "b": b"12"}), Reliability | None)
    return summarize_columns(desk, {"a": [1, 2, None]})


def inferences(sample: Sample, level: float) -> Interval | None:
    """Intervals, differences and distributions."""
    assert_type(sample.mean, float | Fraction)
    assert_type(Sample.from_sums(3, 12, 50), Sample)
    assert_type(welch(sample, sample, level=level).more_than_noise, bool | None)
    assert_type(StudentT(3).inv_cdf(0.975), float)
    return wilson(8, 10, level=level)


def satisfaction(texts: Mapping[str, str]) -> None:
    """Survey scores and their own wordings."""
    assert_type(NPS.score([9, None]), RatingScore)
    assert_type(NPS.score({9: 3, None: 1}).value, Fraction | None)
    assert_type(NPS.good, frozenset[int])
    assert_type(SERVQUAL.worded(texts), GapScoring)
    assert_type(SERVQUAL.score([[7]], [[7]]), QualityScore)
    assert_type(ACSI.weighted("1/2", 0, Fraction(1, 2)).score([(1, 2, 3)]), IndexScore)
    RatingScoring(
        "k", "t", scale=Scale(1, 5), figure=Figure.SHARE, good={5}, better=Better.HIGHER, source="s"
    )


def errors(record: RecordError, flow: FlowError, currency: CurrencyError) -> None:
    """Errors and their facts."""
    assert_type(record.problems, tuple[Problem, ...])
    assert_type(record.problems[0].field, str)
    assert_type(flow.outcome, str | None)
    assert_type(flow.allowed, tuple[str, ...])
    assert_type(flow.missing, tuple[str, ...])
    assert_type(currency.left, str)
    base: servicekit.ServicekitError | ValueError = record
    assert_type(str(base), str)


def working_time(at: datetime, zone: tzinfo, week: dict[int, list[tuple[str, time]]]) -> None:
    """Ask a calendar and a history of calendars."""
    by_name = WorkCalendar({Weekday.MONDAY: [("09:00", time(17))]}, zone, closed={date(2026, 5, 1)})
    history = CalendarHistory(always(zone), {date(2026, 5, 1): WorkCalendar(week, zone)})
    either: Timetable = history
    assert_type(by_name.weekly, Mapping[Weekday, tuple[tuple[str, str], ...]])
    assert_type(either.is_open(at), bool)
    assert_type(either.elapsed(at, at, Pauses([(at, None)])), timedelta)
    assert_type(either.deadline(at, timedelta(hours=1)), datetime)
    assert_type(either.spans(at, at), tuple[Span, ...])
    assert_type(either.business_days(at, date(2026, 5, 1)), int)
    assert_type(history.on(date(2026, 5, 1)), WorkCalendar)


def standards(standard: ResponseStandard, at: datetime, calendar: WorkCalendar) -> None:
    """Ask by when a standard is to be met, and about dates that come round."""
    assert_type(due(standard, at, calendar), datetime)
    assert_type(standing(standard, at, None, at, calendar), Standing)
    assert_type(Recurrence(1, Unit.MONTH).occurrences(at.date(), at.date()), tuple[date, ...])


def rows(case: Case, cases: list[Case], at: datetime) -> None:
    """Make rows of cases and of what was counted."""
    assert_type(entry(case, as_of=at), Entry)
    assert_type(entry(case, as_of=at).satisfied, bool | None)
    assert_type(entries(cases, as_of=at), tuple[Entry, ...])
    assert_type(backlog(entries(cases, as_of=at), at, at), Backlog)
    assert_type(Operations(at, at, revenue=Money(5, "EUR")).revenue, Totals | None)


def key_figures(column: Column, at: datetime) -> None:
    """Write KPIs, measure them and hold them against targets."""
    few = column < 2
    assert_type(few, Compare)
    kpi = Kpi("few", "Few", Share(few, column.known()), unit="share", better=Better.HIGHER)
    measured = measure([kpi], [{"tries": 1}], as_of=at)
    assert_type(measured, Measurements)
    assert_type(measured + measured, Measurements)
    assert_type(measured["few"].value, float | Fraction | None)
    assert_type(measure([kpi], [], as_of=at, by="channel"), Groups)
    target = Target(kpi, at_least=0.9, warn=Decimal("0.8"))
    assert_type(assess(target, measured["few"], as_of=at).certain, bool | None)
    assert_type(equity(kpi, [], "channel", at), Equity)


def converters(converter: cattrs.Converter, error: DataError) -> None:
    """Teach converters and ask what was wrong."""
    configure_converter(converter)
    configure_converter(converter, zone=ZoneInfo)
    assert_type(make_converter(), JsonConverter)
    assert_type(make_converter(zone=ZoneInfo).structure({}, Case), Case)
    assert_type(explain(error), list[str])


def drawn(case: Case) -> None:
    """Draw values, and steps of some kinds."""
    assert_type(strategies.cases(), SearchStrategy[Case])
    assert_type(strategies.cases(Stage.AGREED), SearchStrategy[Case])
    assert_type(strategies.steps(), SearchStrategy[Step])
    assert_type(strategies.steps(Note), SearchStrategy[Note])
    assert_type(strategies.next_steps(case), SearchStrategy[Step])
    assert_type(strategies.conditions(), SearchStrategy[Condition])
    assert_type(strategies.quantities(Column), SearchStrategy[Column])
    assert_type(strategies.registers(), SearchStrategy[tuple[Entry, ...]])
    assert_type(strategies.CaseMachine().ours, dict[str, Case])


def one_of_each_kind(step: Step) -> str:
    """Match over the kinds of step, with every kind known to the type checker."""
    match step:
        case Understanding() | Cause() | Proposal() | Fix() | FollowUp() | Closure() | Reopening():
            assert_type(step.outcome, Outcome)
            return step.by
        case _:
            return step.at.isoformat()
