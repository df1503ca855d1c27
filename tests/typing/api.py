"""The types of the public API, as users see them; checked by type checkers and never run."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import assert_type
from zoneinfo import ZoneInfo

import cattrs
from cattrs.preconf.json import JsonConverter

import servicekit
from servicekit import policy, problems
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
from servicekit.catalogue.reference import FOLKLORE
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
from servicekit.change import Caveat, Changes, Trend, TrendSignal, Verdict, change, trend
from servicekit.complaint import Channel, Complaint, Customer, Dissatisfaction, Subject
from servicekit.errors import CurrencyError, FlowError, Problem, RecordError
from servicekit.extra.frames import measure_frame, read_measurements
from servicekit.feedback import (
    Agreement,
    Code,
    Codebook,
    CodedComment,
    Coding,
    Comment,
    Destination,
    Finding,
    Invitation,
    Mention,
    Option,
    Question,
    Recognition,
    Routed,
    Routes,
    RoutingRule,
    RoutingRules,
    Survey,
    Tone,
    WordList,
    agreement,
    code,
    code_by_hand,
    recognition,
    review,
    route,
)
from servicekit.inference import (
    ChartSignal,
    Difference,
    Interval,
    Kappa,
    Limits,
    MannWhitney,
    Proportion,
    Rate,
    Sample,
    StudentT,
    cliffs_delta,
    cohen_kappa,
    holm,
    mann_whitney,
    newcombe,
    rate_ratio,
    welch,
    wilson,
    xmr,
)
from servicekit.kpi import (
    Better,
    Column,
    Compare,
    Equity,
    Groups,
    Kpi,
    Measurements,
    Scorecard,
    Share,
    Target,
    assess,
    equity,
    measure,
)
from servicekit.money import Money, Totals
from servicekit.policy import (
    Action,
    Aspect,
    Audience,
    Authority,
    CaseClock,
    Commitment,
    Conversation,
    CustomerHistory,
    Expectation,
    Limit,
    Measure,
    Milestone,
    Obligation,
    Permission,
    Plan,
    Referral,
    ResponseStandard,
    ServicePolicy,
    ServiceReview,
    Standards,
    Standing,
    TrainingPlan,
    TrainingRecord,
    TrainingStatus,
    Vision,
    audit,
    clock,
    due,
    escalate,
    may,
    overdue,
    plan,
    standing,
)
from servicekit.recurrence import Recurrence, Unit
from servicekit.register import Backlog, Contact, Entry, Operations, backlog, entries, entry
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
    assert_type(newcombe(Proportion(1, 2), Proportion(3, 4)), Difference | None)
    assert_type(cliffs_delta([1, 2], {3: 4, 5: 6}, level=level), Difference | None)
    assert_type(mann_whitney([1.5, Fraction(1, 2)], (3, 4)), MannWhitney | None)
    assert_type(rate_ratio(Rate(3, 31), Rate(5, 27.5)).high, float | None)
    assert_type(holm([0.01, 0.04]), tuple[float, ...])
    assert_type(xmr([1, 2, 3], baseline=2).signals, tuple[ChartSignal, ...])
    assert_type(Limits.of([1, 2]), Limits | None)
    return wilson(8, 10, level=level)


def changes(before: Measurements, after: Measurements, monthly: Groups, kpi: Kpi) -> Changes:
    """Verdicts, caveats and trends."""
    found = change(before, after, [kpi, "wait"], exposure=(31, 28))
    assert_type(found["wait"].verdict, Verdict)
    assert_type(found["wait"].interval, Interval | None)
    assert_type(found.caveats, tuple[Caveat, ...])
    assert_type(trend(monthly, kpi, baseline=8).signals, tuple[TrendSignal, ...])
    assert_type(trend([after[kpi.key]]).chart.limits, Limits | None)
    assert_type(trend({"May": after[kpi.key]}), Trend)
    return change(monthly, monthly)


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


def policies(case: Case, card: Scorecard, standard: ResponseStandard, calendar: Timetable) -> Plan:
    """Write a policy, and ask what it says of a case and of training."""
    at = case.complaint.received_at
    assert_type(policy.review(Vision("We answer", verbs=["answer"])), tuple[policy.Finding, ...])
    wait = Commitment(
        "wait",
        Aspect.SPEED,
        "Soon",
        meets=Expectation.MAXIMUM_WAIT,
        visible_to={Audience.CUSTOMERS},
        kept_by=standard,
    )
    assert_type(wait.kept_by, tuple[Measure, ...])
    ours = ServicePolicy("Service", [wait], starts=date(2026, 5, 1))
    assert_type(audit(ours), tuple[policy.Finding, ...])
    limit = Limit("agent", Money(50, "EUR"), "what most orders cost", remedy="refund")
    authority = Authority({"agent": "owner"}, limit)
    assert_type(authority.asks, Mapping[str, str | None])
    assert_type(may(authority, "agent", "refund", None), Permission)
    assert_type(escalate(case, authority, at), tuple[Referral, ...])
    standards = Standards(Obligation(Milestone.ANSWERED, standard, priority="high"))
    assert_type(clock(case, standards, calendar, at, priority="high"), tuple[CaseClock, ...])
    history = CustomerHistory([case], [], at)
    assert_type(history.last_contact, Conversation | None)
    assert_type(plan(card).actions, tuple[Action, ...])
    return plan(case, as_of=at)


def reviews(
    rows: tuple[Entry, ...],
    calls: list[Contact],
    trade: Operations,
    told: list[problems.Signal],
    ours: ServicePolicy,
) -> ServiceReview:
    """Put the whole into one review, and ask for its parts."""
    at = rows[0].received_at
    first = ServiceReview(rows, iter(calls), trade, [], told, [], ours, at)
    assert_type(first.scorecard, Scorecard)
    assert_type(first.benchmark, Summary | None)
    assert_type(first.problems, problems.Ranking)
    assert_type(first.changes, Changes | None)
    assert_type(first.equity, tuple[Equity, ...])
    assert_type(first.gaps, tuple[policy.Finding, ...])
    assert_type(first.training, TrainingStatus | None)
    assert_type(first.figures, policy.ReviewFigures)
    assert_type(first.as_markdown() + first.as_html(), str)
    assert_type(plan(first.problems), Plan)
    return ServiceReview(rows, calls, trade, [], first.problems, [], ours, at, previous=first)


def training(courses: TrainingPlan, records: list[TrainingRecord], at: datetime) -> None:
    """Ask who is overdue."""
    assert_type(overdue(courses, records, at), TrainingStatus)
    assert_type(overdue(courses, iter(records), at.date()).share_current, Fraction | None)


def rows(case: Case, cases: list[Case], at: datetime) -> None:
    """Make rows of cases and of what was counted."""
    assert_type(entry(case, as_of=at), Entry)
    assert_type(entry(case, as_of=at).satisfied, bool | None)
    assert_type(entries(cases, as_of=at), tuple[Entry, ...])
    assert_type(backlog(entries(cases, as_of=at), at, at), Backlog)
    assert_type(Operations(at, at, revenue=Money(5, "EUR")).revenue, Totals | None)


def find_problems(cases: list[Case], signal: problems.Signal, at: datetime, money: Money) -> None:
    """Rank what signals tell of, and ask what became of it."""
    assert_type(problems.signals_from(cases), tuple[problems.Signal, ...])
    assert_type(problems.Signal("late", problems.Source.SURVEY, at, weight=2).source, str)
    ranking = problems.rank([signal], impact={"late": 0.5, "torn": money}, since=at, top=3)
    assert_type(ranking, problems.Ranking)
    assert_type(ranking.top, tuple[problems.Standing, ...])
    assert_type(ranking.top[0].score, Fraction)
    assert_type(problems.policies(iter([signal])), problems.Ranking)
    assert_type(
        problems.Taxonomy([problems.Problem("late", "Late")]).current("late"),
        problems.Problem | None,
    )
    assert_type(problems.recurrence("late", [signal], at).came_back, bool | None)
    assert_type(problems.iceberg(12, FOLKLORE).silent.low, Fraction)


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


def listening(comments: list[Comment], calls: list[Contact], at: datetime) -> None:
    """Code comments, review a survey, route feedback and recognise praise."""
    assert_type(Comment("1", "Late", at=at, rating=4.5).rating, float | Fraction | None)
    late = Code("late", "Late", words={"en": ["late"], "fi": "myöhäs*"}, but_not={"en": "not late"})
    assert_type(late.words, Mapping[str, tuple[str, ...]])
    coding = code(comments, Codebook("book", [late, Code("rude", "Rude", words=["rude"])]))
    assert_type(coding, Coding)
    assert_type(coding.read, tuple[CodedComment, ...])
    assert_type(coding.themes[0].share, Fraction | None)
    assert_type(coding.by_source, Mapping[str | None, Coding])
    assert_type(coding.mentions, tuple[Mention, ...])
    by_hand = code_by_hand(comments, {"1": ["late"]}, coding.codebook)
    assert_type(agreement(coding, by_hand), Agreement)
    assert_type(agreement(coding, by_hand).overall, Kappa | None)
    assert_type(cohen_kappa({("a", True): 1}), Kappa | None)
    question = Question("q", {"en": "Q?"}, options=[Option({"en": "A"}, Tone.POSITIVE)] * 2)
    survey = Survey(question, [Invitation(at)])
    assert_type(review(survey, as_of=at, words={"en": WordList("and")}), tuple[Finding, ...])
    rule = RoutingRule("r", Destination("owner", timedelta(0)), when=Column("rating") <= 1)
    rules = RoutingRules([rule], rule.destination)
    assert_type(route(coding, rules), Routes)
    assert_type(route(comments, rules).routed, tuple[Routed, ...])
    assert_type(route(calls, rules).routed[0].feedback, Comment | Contact)
    assert_type(recognition(calls, blame=Column("solved").is_true()), Recognition)


def frames(asked: tuple[Kpi, ...], at: datetime) -> None:
    """Measure any frame, and read the result."""
    result = measure_frame(asked, object(), as_of=at, by="channel", zone=at.tzinfo)
    assert_type(read_measurements(result, asked), Measurements | Groups)


def converters(converter: cattrs.Converter, error: DataError) -> None:
    """Teach converters and ask what was wrong."""
    configure_converter(converter)
    configure_converter(converter, zone=ZoneInfo)
    assert_type(make_converter(), JsonConverter)
    assert_type(make_converter(zone=ZoneInfo).structure({}, Case), Case)
    assert_type(explain(error), list[str])


def one_of_each_kind(step: Step) -> str:
    """Match over the kinds of step, with every kind known to the type checker."""
    match step:
        case Understanding() | Cause() | Proposal() | Fix() | FollowUp() | Closure() | Reopening():
            assert_type(step.outcome, Outcome)
            return step.by
        case _:
            return step.at.isoformat()
