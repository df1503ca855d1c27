"""One of everything: a complaint, every step, a history to every stage, every public value."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from types import MappingProxyType
from zoneinfo import ZoneInfo

import attrs

from servicekit import kpi, problems
from servicekit.benchmark import (
    Answers,
    Band,
    Instrument,
    Missing,
    Scale,
    Section,
    Statement,
    compare,
    score,
    summarize,
)
from servicekit.catalogue import kpis, reference, satisfaction
from servicekit.catalogue.excellence import EXCELLENCE
from servicekit.catalogue.helpfulness import HELPFULNESS
from servicekit.catalogue.routing import AFTER_A_CONTACT, RATED_1_TO_5
from servicekit.catalogue.satisfaction import (
    Dimension,
    Figure,
    GapScoring,
    Item,
    PerformanceScoring,
    RatingScoring,
)
from servicekit.catalogue.standards import STANDARDS
from servicekit.change import Concern, EffectSize, Verdict, change, trend
from servicekit.complaint import Channel, Complaint, Customer, Dissatisfaction, Subject
from servicekit.errors import (
    CurrencyError,
    DefinitionError,
    FlowError,
    Problem,
    RecordError,
    ServicekitError,
)
from servicekit.feedback import (
    WORD_LISTS,
    Code,
    Codebook,
    Comment,
    Criteria,
    Flaw,
    Invitation,
    Option,
    Purpose,
    Question,
    Survey,
    Tone,
    agreement,
    code,
    code_by_hand,
    recognition,
    review,
    route,
)
from servicekit.inference import (
    Average,
    Beta,
    FisherF,
    Gamma,
    Limits,
    Pattern,
    ProcessChart,
    Proportion,
    Rate,
    Sample,
    Side,
    StudentT,
    cliffs_delta,
    cohen_kappa,
    mann_whitney,
    newcombe,
    paired_difference,
    rate_ratio,
    welch,
    wilson,
    xmr,
)
from servicekit.kpi import (
    Better,
    Column,
    Count,
    Elapsed,
    Kpi,
    Length,
    Mean,
    Method,
    Per,
    Percentile,
    Period,
    Ratio,
    Scorecard,
    Share,
    Sign,
    Target,
    Total,
    Within,
    equity,
    measure,
)
from servicekit.kpi._expressions import pieces
from servicekit.money import Money, Totals
from servicekit.policy import (
    ESCALATE_EARLY,
    Aspect,
    Attendance,
    Audience,
    Authority,
    Clock,
    Commitment,
    Course,
    CustomerHistory,
    EscalationRule,
    Expectation,
    Format,
    Gap,
    Ground,
    Limit,
    Milestone,
    ModelRow,
    Obligation,
    ResponseStandard,
    ServicePolicy,
    ServiceReview,
    Standards,
    Status,
    Topic,
    TrainingPlan,
    TrainingRecord,
    Vision,
    audit,
    clock,
    escalate,
    may,
    overdue,
    plan,
    standing,
)
from servicekit.recurrence import Recurrence, Unit
from servicekit.register import (
    Contact,
    Operations,
    ReopenPolicy,
    backlog,
    entries,
    promise_entries,
)
from servicekit.resolution import (
    Acknowledgement,
    Basis,
    Case,
    Cause,
    Closure,
    Correction,
    Escalation,
    Fix,
    FollowUp,
    Goodwill,
    Note,
    Outcome,
    Prevention,
    Promise,
    PromiseKept,
    PromiseStatus,
    Proposal,
    Reopening,
    Responsible,
    Solution,
    Stage,
    Step,
    Understanding,
    guidance,
)
from servicekit.worktime import CalendarHistory, Pauses, Reason, Weekday, WorkCalendar, always


def numbered(values: Iterable[object]) -> list[str]:
    """Name parameter sets by their number and class."""
    return [f"{number} {type(value).__name__}" for number, value in enumerate(values)]


START = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
"""When the sample complaint was received."""


def at(minutes: float) -> datetime:
    """Give the instant so many minutes after the sample complaint was received."""
    return START + timedelta(minutes=minutes)


def complaint(**changes: object) -> Complaint:
    """Make the sample complaint, or one with other entries."""
    given = {
        "id": "C-17",
        "customer": Customer("Aino Virtanen"),
        "channel": Channel.PHONE,
        "received_at": START,
        "received_by": "Mika",
        "concern": "The kettle leaks",
    }
    return Complaint(**given | changes)


FULL_COMPLAINT = complaint(
    customer=Customer(
        "Aino Virtanen",
        "Kaivokatu 1, Helsinki",
        phone="+358 40 123 4567",
        email="aino@example.org",
        language="fi",
    ),
    channel=Channel.SOCIAL_MEDIA,
    category="leak",
    causes={Dissatisfaction.SLOW_ANSWER, Dissatisfaction.NOT_RIGHT_FIRST_TIME},
    remedy_sought="replacement",
    on_behalf_of=Customer("Eero Virtanen", phone="+358 9 1234"),
    about=Subject("O-1", "K-2", policy="P-3"),
)


def understanding(minutes: float = 1, *, confirmed: bool = True) -> Understanding:
    """Listen to the customer."""
    return Understanding(
        ("Bought on Friday", "Leaks"), "It leaks", confirmed=confirmed, at=at(minutes), by="Mika"
    )


def cause(minutes: float = 2) -> Cause:
    """Find the cause."""
    return Cause("Boiled water", "A dry table", problem="A cracked seam", at=at(minutes), by="Mika")


def proposal(
    minutes: float = 3, *, accepted: bool = True, due: datetime | None = None, what: str = "New one"
) -> Proposal:
    """Put one solution to the customer, promised by an instant or not."""
    solution = Solution(what, "replacement", promised_by=due)
    return Proposal("A new one", (solution,), accepted=accepted, at=at(minutes), by="Mika")


def fix(minutes: float = 4, *compensation: Money) -> Fix:
    """Do what was agreed."""
    return Fix("Sent it", "We are sorry", compensation=compensation, at=at(minutes), by="Mika")


def follow_up(minutes: float = 5, *, satisfied: bool | None = True) -> FollowUp:
    """Ask whether the customer is satisfied."""
    return FollowUp(satisfied, at=at(minutes), by="Mika")


def closure(minutes: float = 5) -> Closure:
    """End the case."""
    return Closure(Basis.WITHDRAWN, at=at(minutes), by="Mika")


def reopening(minutes: float = 6) -> Reopening:
    """Take the case up again."""
    return Reopening("It leaks again", at=at(minutes), by="Mika")


def note(minutes: float = 1, text: str = "Called") -> Note:
    """Write something down."""
    return Note(text, at=at(minutes), by="Mika")


def promise(
    minutes: float = 1,
    key: str = "call",
    *,
    due: datetime | None = None,
    replaces: str | None = None,
    in_writing: bool = False,
) -> Promise:
    """Promise something, by ten minutes after the complaint unless said otherwise."""
    return Promise(
        key,
        "To call back",
        due=at(10) if due is None else due,
        replaces=replaces,
        in_writing=in_writing,
        at=at(minutes),
        by="Mika",
    )


def kept(minutes: float, key: str = "call") -> PromiseKept:
    """Keep a promise."""
    return PromiseKept(key, at=at(minutes), by="Mika")


def correction(minutes: float, annuls: int) -> Correction:
    """Annul a step."""
    return Correction(annuls, "Recorded wrongly", at=at(minutes), by="Mika")


def case(*steps: Step) -> Case:
    """Make a case of the sample complaint."""
    return Case(complaint(), steps)


TO_STAGE: Mapping[Stage, tuple[Step, ...]] = MappingProxyType({
    Stage.RECEIVED: (),
    Stage.UNDERSTOOD: (understanding(),),
    Stage.EXPLAINED: (understanding(), cause()),
    Stage.AGREED: (understanding(), cause(), proposal()),
    Stage.FIXED: (understanding(), cause(), proposal(), fix()),
    Stage.RESOLVED: (understanding(), cause(), proposal(), fix(), follow_up()),
    Stage.CLOSED: (closure(),),
})  # fmt: skip
"""A history that leads to each stage."""


def step_with(outcome: Outcome, minutes: float) -> Step:
    """Make a step that comes to an outcome."""
    return {
        Outcome.CONFIRMED: lambda: understanding(minutes),
        Outcome.UNCONFIRMED: lambda: understanding(minutes, confirmed=False),
        Outcome.CAUSE_FOUND: lambda: cause(minutes),
        Outcome.ACCEPTED: lambda: proposal(minutes),
        Outcome.DECLINED: lambda: proposal(minutes, accepted=False),
        Outcome.FIXED: lambda: fix(minutes),
        Outcome.SATISFIED: lambda: follow_up(minutes),
        Outcome.DISSATISFIED: lambda: follow_up(minutes, satisfied=False),
        Outcome.UNREACHED: lambda: follow_up(minutes, satisfied=None),
        Outcome.CLOSED: lambda: closure(minutes),
        Outcome.REOPENED: lambda: reopening(minutes),
    }[outcome]()


MOVING_NOTHING: tuple[Step, ...] = (
    Acknowledgement(at=at(20), by="Mika"),
    Acknowledgement(automatic=True, at=at(20), by="mail robot"),
    promise(20, "visit", due=at(99), in_writing=True),
    Escalation("Salla", "Above my limit", at=at(20), by="Mika"),
    Goodwill("A bag of tea", at=at(20), by="Mika"),
    Goodwill("A voucher", Money("5.00", "EUR"), at=at(20), by="Mika"),
    Prevention("Test every seam", at=at(20), by="Mika"),
    note(20),
)
"""Steps that are possible at every stage and after any history."""

FULL_STEPS: tuple[Step, ...] = (
    Acknowledgement(automatic=True, at=at(0), by="mail robot"),
    Acknowledgement(at=at(1), by="Mika"),
    promise(2, "call", due=at(30)),
    understanding(3, confirmed=False),
    understanding(4),
    Escalation("Salla", "Above my limit", at=at(5), by="Mika"),
    Cause(
        "Boiled water",
        "A dry table",
        problem="A cracked seam",
        responsible=Responsible.SUPPLIER,
        escaped_because="Seams are not tested",
        key="seam",
        at=at(6),
        by="Salla",
    ),
    proposal(7, accepted=False),
    Proposal(
        None,
        (
            Solution("A new kettle", "replacement", promised_by=at(60)),
            Solution("A lesson", "explanation"),
        ),
        accepted=True,
        at=at(8),
        by="Salla",
    ),
    promise(9, "visit", due=at(90), replaces="call", in_writing=True),
    Goodwill("A bag of tea", at=at(10), by="Salla"),
    Goodwill("A voucher", Money("5.00", "EUR"), at=at(10), by="Salla"),
    Fix(
        ("Sent a new kettle", "Gave a lesson"),
        "We are sorry",
        compensation=(Money("12.50", "EUR"), Money(3, "GBP")),
        at=at(20),
        by="Salla",
    ),
    kept(21, "visit"),
    follow_up(22, satisfied=None),
    FollowUp(satisfied=False, note="Still leaks", at=at(23), by="Mika"),
    Closure(Basis.NO_AGREEMENT, "Went to court", at=at(24), by="Salla"),
    reopening(25),
    Prevention("Test every seam", at=at(26), by="Mika"),
    note(27),
    correction(28, 19),
)
"""A history that holds a step of every kind."""

FULL_CASE = Case(FULL_COMPLAINT, FULL_STEPS)

INSTRUMENT = Instrument(
    "desk",
    {"en": "The desk", "fi": "Palvelupiste"},
    scale=Scale(0, 4),
    sections=[
        Section(
            "speed",
            {"en": "Speed", "fi": "Nopeus"},
            statements=[
                Statement("soon", {"en": "It was soon", "fi": "Pian"}),
                Statement("queue", {"en": "There was a queue", "fi": "Jono"}, reverse=True),
                Statement("once", {"en": "Once was enough", "fi": "Kerta riitti"}),
            ],
        ),
        Section(
            "tone",
            {"en": "Tone", "fi": "Sävy"},
            statements=[
                Statement("kind", {"en": "They were kind", "fi": "Ystävällisiä"}),
                Statement("clear", {"en": "They were clear", "fi": "Selkeitä"}),
            ],
        ),
    ],
    bands=[
        Band("low", {"en": "Low", "fi": "Matala"}, advice={"en": "Act", "fi": "Toimi"}),
        Band(
            "middle",
            {"en": "Middle", "fi": "Keski"},
            advice={"en": "Look", "fi": "Katso"},
            at_least=Fraction(7, 2),
        ),
        Band(
            "high", {"en": "High", "fi": "Korkea"}, advice={"en": "On", "fi": "Jatka"}, at_least=6
        ),
    ],
    source="our own",
)
"""A questionnaire with a reverse statement, a scale from 0, sections of two sizes and bands."""


def answers(ratings: str, respondent: str | None = None, *, role: str | None = None) -> Answers:
    """Answer the sample instrument: one digit for each statement, a dot for none."""
    keys = (statement.key for statement in INSTRUMENT.statements)
    given = zip(keys, ratings, strict=True)
    rated = {key: int(digit) for key, digit in given if digit != "."}
    return Answers(rated, respondent, role=role, at=at(0))


BEFORE = [
    score(INSTRUMENT, answers("24123", "A", role="staff")),
    score(INSTRUMENT, answers("13322", "B", role="staff")),
]
AFTER = [
    score(INSTRUMENT, answers("31234", "A", role="staff")),
    score(INSTRUMENT, answers("23333", "B", role="staff")),
]
WITH_GAP = score(INSTRUMENT, answers("2.12."), missing="prorate")
SUMMARY = summarize(INSTRUMENT, [*(one.answers for one in BEFORE), answers("2.12.")])
COMPARISON = compare(BEFORE, AFTER)

OF_THE_BENCHMARK: tuple[object, ...] = (
    *Missing,
    Answers({}),
    *(one.answers for one in BEFORE),
    INSTRUMENT.scale,
    *INSTRUMENT.bands,
    *INSTRUMENT.sections,
    *INSTRUMENT.statements,
    INSTRUMENT,
    EXCELLENCE,
    HELPFULNESS,
    *BEFORE,
    WITH_GAP,
    *WITH_GAP.sections,
    BEFORE[0].tipping(),
    summarize(INSTRUMENT, []),
    SUMMARY,
    *SUMMARY.tallies,
    *SUMMARY.statements[:2],
    *SUMMARY.sections,
    SUMMARY.sections[0].reliability,
    SUMMARY.total,
    *SUMMARY.gaps(None, "staff"),
    COMPARISON,
    COMPARISON.total,
    compare(summarize(INSTRUMENT, []), SUMMARY),
)
"""Every kind of public value of `servicekit.benchmark`."""

CHART = xmr([10, 9, 11, 10, 10, 11, 9, 10, 15, 16], baseline=8)
"""A chart with signals."""

OF_INFERENCE: tuple[object, ...] = (
    Beta(2, 0.5),
    FisherF(3, 20.5),
    StudentT(10),
    Sample(1, 2.0, variance=None),
    Sample.from_sums(3, 13, 61),
    Sample(3, 4, variance=1.5),
    wilson(8, 10),
    wilson(0, 10),
    welch(Sample(1, 2, variance=None), Sample(3, 4, variance=1)),
    welch(Sample(5, 20, variance=2), Sample(5, 23, variance=3)),
    paired_difference(Sample(10, 1.58, variance=1.513)),
    cohen_kappa({("a", "a"): 58, ("a", "b"): 4, ("b", "a"): 12, ("b", "b"): 31}),
    Gamma(2.5),
    Proportion(0, 0),
    Proportion(8, 10),
    newcombe(Proportion(48, 80), Proportion(56, 70)),
    mann_whitney([1, 2, 5], {3: 2}),
    mann_whitney([1, 1], [1]),
    cliffs_delta([1, 2, 5], {3: 2}),
    Rate(12, 31),
    Rate(0, 0.5),
    rate_ratio(Rate(0, 31), Rate(12, Fraction(55, 2))),
    rate_ratio(Rate(30, 31), Rate(12, 28)),
    *Average,
    *Pattern,
    *Side,
    Limits.of([3, Fraction(9, 2), 5]),
    CHART,
    ProcessChart((), None),
    xmr([0.5, 0.25]),
    *CHART.signals,
)
"""Every kind of public value of `servicekit.inference`."""

_DIMENSIONS = [
    Dimension("speed", "Speed", items=[Item("soon", "It was soon"), Item("once")]),
    Dimension("tone", "Tone", items=[Item("kind")]),
]
GAPS = GapScoring("gaps", "Gaps", dimensions=_DIMENSIONS, scale=Scale(1, 7), source="our own")
PERFORMANCE = PerformanceScoring(
    "performance", "Performance", dimensions=_DIMENSIONS, scale=Scale(1, 7), source="our own"
)
OF_SATISFACTION: tuple[object, ...] = (
    *Better,
    *Figure,
    *_DIMENSIONS,
    *_DIMENSIONS[0].items,
    GAPS,
    PERFORMANCE,
    *(getattr(satisfaction, name) for name in satisfaction.__all__ if name.isupper()),
    RatingScoring("e", "Ease", scale=Scale(-2, 2), figure=Figure.MEAN, source="our own"),
    satisfaction.NPS.score([0, 7, 10, None]),
    satisfaction.CES_2.score([]),
    satisfaction.ACSI.weighted("1/2", "1/4", "1/4").score([(8, 7, 6), (5, 7, 9)]),
    GAPS.score([(7, 6, 5), (3, None, 4)], [(7, 7, 7), (6, 6, 6)]),
    PERFORMANCE.score([(7, 6, 5), (3, 4, 4)]),
    *PERFORMANCE.score([(7, 6, 5), (3, None, 4)]).dimensions,
)
"""Every kind of public value of `servicekit.catalogue.satisfaction`."""

HELSINKI = ZoneInfo("Europe/Helsinki")
OFFICE = WorkCalendar(
    {
        Weekday.MONDAY: [("09:00", "12:00"), ("13:00", "17:00")],
        Weekday.FRIDAY: [("22:00", "06:00")],
    },
    HELSINKI,
    closed=[date(2026, 6, 1), date(2026, 5, 11)],
    overrides={date(2026, 5, 18): [("10:00", "24:00")], date(2026, 5, 25): []},
    breaks={date(2026, 5, 4): [("14:00", "14:00:30")]},
)
"""A calendar with everything that one may have."""

HISTORY = CalendarHistory(OFFICE, {date(2026, 7, 1): always(HELSINKI)})
REPLY = ResponseStandard(
    "reply",
    "A reply within an hour and a half of working time",
    source="our own",
    limit=timedelta(hours=1, minutes=30),
    clock=Clock.WORKING_TIME,
    applies_to=[Channel.WEB, Channel.CHAT],
    warn_at=Fraction(3, 4),
)

OF_WORKING_TIME: tuple[object, ...] = (
    *Weekday,
    *Reason,
    OFFICE,
    always(UTC),
    always(timezone(timedelta(hours=-5, minutes=-30))),
    HISTORY,
    CalendarHistory(OFFICE, {}),
    Pauses(),
    Pauses([(at(10), at(20)), (at(90).astimezone(HELSINKI), None)]),
    OFFICE.spans(at(0), at(9))[0],
    *Clock,
    *Status,
    *STANDARDS.values(),
    REPLY,
    standing(REPLY, at(0), None, at(9), OFFICE),
    standing(REPLY, at(0), None, at(999), OFFICE),
    *Unit,
    Recurrence(2, Unit.WEEK),
    Recurrence(1, Unit.MONTH, month_end=True),
)
"""Every kind of public value of `servicekit.worktime`, of standards and of recurrence."""

CONTACT = Contact(
    "T-1",
    Channel.PHONE,
    queued_at=START,
    answered_at=at(1),
    hold=timedelta(seconds=30),
    ended_at=at(5),
    language_wanted="fi",
    language_served="sv",
    customer="Aino Virtanen",
    matter="leak",
)
"""A call that was answered."""

OPERATIONS = Operations(START, at(60), orders=7, sold=9, returned=1, revenue=Money(5, "EUR"))
"""An hour of trade."""

REGISTER = entries((FULL_CASE,), as_of=at(99), calendar=always(UTC), reopening=ReopenPolicy.RESTART)
"""The sample case as a register of one."""

OF_THE_REGISTER: tuple[object, ...] = (
    *ReopenPolicy,
    CONTACT,
    OPERATIONS,
    *REGISTER,
    *promise_entries((FULL_CASE,), as_of=at(99)),
    backlog(REGISTER, START, at(60)),
)
"""Every kind of public value of the register."""

TAXONOMY = problems.Taxonomy(
    [
        problems.Problem("delivery", "Delivery"),
        problems.Problem("late", "Late", parent="delivery", until=at(50), becomes="slow_post"),
        problems.Problem("slow_post", "Slow post", parent="delivery", since=at(50)),
        problems.Problem("seam", "Seam"),
        problems.Problem("unhappy", "Unhappy", ask="With what?"),
    ]
)
SIGNALS = (
    problems.Signal("late", problems.Source.COMPLAINTS, at(1), weight=4, evidence="C-17"),
    problems.Signal("slow_post", "carrier", at(55), weight=9, policy="one_slot", note="Nobody in"),
    problems.Signal("seam", problems.Source.STAFF, at(30), weight=2),
    problems.Signal("unhappy", problems.Source.SURVEY, at(20), actionable=False),
    problems.Signal("fee", problems.Source.OPERATIONS, at(10)),
)
RANKING = problems.rank(
    SIGNALS, impact={"delivery": 2, "seam": Fraction(7, 2)}, since=at(0), taxonomy=TAXONOMY
)
FIXED = problems.recurrence("slow_post", SIGNALS, at(40), since=at(0), taxonomy=TAXONOMY)

OF_PROBLEMS: tuple[object, ...] = (
    *problems.Grouping,
    *problems.Reason,
    *problems.Source,
    *TAXONOMY.problems,
    TAXONOMY,
    *SIGNALS,
    RANKING,
    *RANKING,
    *RANKING.apart,
    *RANKING.without,
    problems.policies(SIGNALS, as_of=at(99)),
    problems.rank(SIGNALS, impact={"seam": Money("7.50", "EUR")}, top=1, widest=True),
    FIXED,
    FIXED.before,
    problems.recurrence("seam", SIGNALS, at(60)),
    problems.Watch(at(0), at(60), 3, exposure=Fraction(5, 2)),
    *reference.REFERENCES.values(),
    reference.FOLKLORE,
    problems.iceberg(12, reference.FOLKLORE),
    problems.iceberg(12, reference.FRONT_LINE).leaving,
)
"""Every kind of public value of `servicekit.problems`, and the figures that others quote."""

NOTED = Kpi(
    "noted",
    "Noted well",
    Share(
        (Column("resolved").is_true() | Column("tries").equals(1)) & ~(Column("note").known()),
        Column("channel").one_of("phone", "chat", *(7, True)) & (Column("score") > 0.5),
    ),
    unit="share",
    better=Better.HIGHER,
    source="our own",
)
LATE = Kpi(
    "late",
    "Late",
    Count(~Within("queued_at", "answered_at", timedelta(hours=1, microseconds=5))),
    unit="contacts",
    better=Better.LOWER,
)
TALK = Kpi(
    "talk",
    "Talk",
    Mean(Elapsed("answered_at", "ended_at", unit=timedelta(minutes=1)) + Column("tries")),
    unit="minutes",
    better=Better.NEITHER,
)
PER_TRY = Kpi(
    "per_try",
    "Score for a try",
    Percentile(Per(Per(Column("score"), Column("tries")), 3), 0.9, method=Method.NEAREST_RANK),
    unit="points",
    better=Better.HIGHER,
)
MEDIAN = Kpi(
    "median", "Median score", Percentile(Column("score"), 0.5), unit="points", better=Better.HIGHER
)
TRIES = Kpi("tries", "Tries", Total(Column("tries")), unit="tries", better=Better.LOWER)
PER_ROW = Kpi(
    "per_row",
    "Tries for a contact",
    Ratio(Total(Column("tries"), Column("tries") > 1), Count()),
    unit="tries",
    better=Better.LOWER,
)
KPIS = (NOTED, LATE, TALK, PER_TRY, MEDIAN, TRIES, PER_ROW)
"""KPIs with a piece of every kind."""


def contact_row(minute: int, channel: str | None, score: float | Fraction, tries: int) -> dict:
    """Make a row that can say all that the sample KPIs ask."""
    return {
        "queued_at": at(minute),
        "answered_at": at(minute + 1),
        "ended_at": at(minute + 3.5),
        "resolved": tries == 1,
        "note": None,
        "channel": channel,
        "score": score,
        "tries": tries,
    }


CONTACT_ROWS = [
    contact_row(1, "phone", 4.5, 1),
    contact_row(2, "chat", Fraction(1, 3), 2),
    contact_row(3, None, 5, 3),
]
MEASURED = measure(KPIS, CONTACT_ROWS, as_of=at(99))
IN_GROUPS = measure(KPIS, CONTACT_ROWS, as_of=at(99), by=["channel", "tries"])
TARGET = Target(TRIES, at_most=5.5, warn=7, baseline=9, since=at(0), due=at(999), owner="Mika")
CARD = Scorecard.of("Week", [TARGET, Target(NOTED, at_least=0.9)], MEASURED, as_of=at(99))

OF_KPIS: tuple[object, ...] = (
    *Length,
    *Method,
    *Sign,
    *kpi.Status,
    *dict.fromkeys(piece for each in KPIS for piece in pieces(each) if not isinstance(piece, Kpi)),
    *KPIS,
    *(one for name in kpis.__all__ if isinstance(one := getattr(kpis, name), Kpi)),
    Period("queued_at", "month"),
    Period("queued_at", "week", HELSINKI),
    MEASURED,
    *MEASURED.values(),
    measure((), (), as_of=at(99)),
    measure([MEDIAN], (), as_of=at(99))["median"],
    IN_GROUPS,
    TARGET,
    CARD,
    *CARD,
    equity(TALK, CONTACT_ROWS, "channel", at(99), smallest=1),
    *equity(TALK, CONTACT_ROWS, "channel", at(99), smallest=1),
)
"""Every kind of public value of `servicekit.kpi`, and the KPIs of the catalogue."""

CODEBOOK = Codebook(
    "delivery",
    [
        Code(
            "late",
            "Late",
            words={"en": ["late", "delay*"], "fi": ["myöhäs*", "viiväst*"]},
            but_not={"en": "not * late", "fi": "ei myöhäs*"},
        ),
        Code("bad", "Bad in general", words=["bad", "😡"], actionable=False),
    ],
)
COMMENTS = [
    Comment("1", "Delayed, not very late", at=at(1), language="en-GB", rating=1, source="web"),
    Comment(
        "2",
        "Paketti viivästyi 😡",
        at=at(2),
        language="fi",
        rating=Fraction(5, 2),
        question="needs",
        channel=Channel.EMAIL,
        source="survey",
        customer="Aino Virtanen",
        agent="Mika",
    ),
    Comment("3", "", at=at(3), rating=5.0, agent="Mika"),
    Comment("4", "Bra!", at=at(4), language="sv"),
    Comment("5", "Fine", at=at(5)),
]
"""Comments with a code and without one, and two that cannot be read."""

CODING = code(COMMENTS, CODEBOOK)
BY_HAND = code_by_hand(COMMENTS, {"1": "late", "2": {"bad", "late"}, "4": [], "5": ()}, CODEBOOK)
SURVEY = Survey(
    [
        Question("needs", {"en": "What do you need, and how soon?"}),
        Question(
            "solved",
            {"en": "Was it solved?"},
            options=[
                Option({"en": "Yes"}, Tone.POSITIVE),
                Option({"en": "In part"}, Tone.NEUTRAL),
                Option({"en": "I do not know"}),
            ],
            asks=Purpose.SOLVED,
        ),
    ],
    [Invitation(at(0), at(5)), Invitation(at(1))],
)
PRAISED = recognition(
    COMMENTS, praise=Column("rating") >= 5, blame=Column("rating") <= 2, smallest=1
)

OF_FEEDBACK: tuple[object, ...] = (
    *Flaw,
    *Purpose,
    *Tone,
    *COMMENTS,
    *CODEBOOK.codes,
    CODEBOOK,
    CODING,
    *CODING.coded,
    *CODING.coded[0].matches,
    *CODING.themes,
    *CODING.mentions,
    BY_HAND,
    BY_HAND.coded[0].matches[0],
    agreement(CODING, BY_HAND),
    *agreement(CODING, BY_HAND).codes,
    *WORD_LISTS.values(),
    Criteria(),
    SURVEY,
    *SURVEY.invitations,
    *SURVEY.questions,
    *SURVEY.questions[1].options,
    SURVEY.response(),
    *review(SURVEY),
    RATED_1_TO_5,
    AFTER_A_CONTACT,
    *RATED_1_TO_5.rules[:2],
    RATED_1_TO_5.fallback,
    route(CODING, RATED_1_TO_5),
    *route([CONTACT, *COMMENTS[:1]], attrs.evolve(RATED_1_TO_5, rules=[])),
    PRAISED,
    *PRAISED,
)
"""Every kind of public value of `servicekit.feedback`."""

VISION = Vision(
    ["We answer at once", "We deliver what we say"],
    ["They answer the telephone", "It comes when they say"],
    steps="A second telephone",
    summary="We answer and deliver.",
    verbs=["answer", "deliver"],
    statement="We answer within the hour and deliver within the week.",
    years=4,
    language="en-GB",
)
AUTHORITY = Authority(
    {"agent": "supervisor", "supervisor": "owner"},
    [
        Limit("agent", Money(50, "EUR"), "what most orders cost"),
        Limit("agent", None, "only the owner has it", remedy="cash"),
    ],
    escalation=[
        *ESCALATE_EARLY,
        EscalationRule(Ground.SEVERITY, timedelta(hours=2), to="supervisor", grave="leak"),
    ],
)
RULES = Standards(
    [
        Obligation(Milestone.ACKNOWLEDGED, STANDARDS["cfpb_response"]),
        Obligation(Milestone.FIXED, REPLY, priority="high"),
    ]
)
TRAINING = TrainingPlan(
    [
        Course("service", "Service", topics=[Topic.POLICY], every=Recurrence(6, Unit.MONTH)),
        Course(
            "start",
            "The new policy",
            audience="agent",
            format=Format.MEETING,
            at_hiring=False,
            starts=date(2026, 5, 1),
        ),
    ]
)
TRAINED = TrainingRecord(
    "Mika",
    "agent",
    date(2026, 1, 7),
    attended=Attendance("start", date(2026, 4, 30)),
    left=date(2027, 1, 1),
)
POLICY = ServicePolicy(
    "Service, 2026",
    [
        Commitment("kind", Aspect.SUPERVISION, "We say thank you"),
        Commitment(
            "wait",
            Aspect.SPEED,
            "An answer within the working day",
            meets=Expectation.MAXIMUM_WAIT,
            visible_to=set(Audience),
            kept_by=[REPLY, TARGET, NOTED],
            owner="Mika",
        ),
    ],
    starts=date(2026, 5, 1),
    vision=VISION,
    standards=RULES,
    authority=AUTHORITY,
    training=TRAINING,
)
PAST = CustomerHistory(FULL_CASE, CONTACT, at(99))
EARLIER = ServiceReview(
    REGISTER,
    CONTACT,
    OPERATIONS,
    [one.answers for one in BEFORE],
    SIGNALS,
    Target(kpis.OWN_LANGUAGE, at_least=0.9),
    POLICY,
    at(98),
    instrument=INSTRUMENT,
    promises=promise_entries((FULL_CASE,), as_of=at(98)),
    measured=MEASURED,
)
REVIEW = attrs.evolve(
    EARLIER,
    contacts=[CONTACT, attrs.evolve(CONTACT, id="T-2", language_wanted="sv")],
    as_of=at(9999),
    title="A year",
    trained=TRAINED,
    by="language_wanted",
    previous=EARLIER,
)

OF_THE_POLICY: tuple[object, ...] = (
    *Aspect,
    *Audience,
    *Expectation,
    *Format,
    *Gap,
    *Ground,
    *Milestone,
    *ModelRow,
    *Topic,
    Vision(),
    VISION,
    *AUTHORITY.limits,
    *AUTHORITY.escalation,
    AUTHORITY,
    may(AUTHORITY, "agent", "refund", Money(7, "EUR")),
    may(AUTHORITY, "agent", "cash", None),
    escalate(FULL_CASE, AUTHORITY, at(9999))[0],
    *RULES.obligations,
    RULES,
    *clock(FULL_CASE, RULES, OFFICE, at(99), priority="high", reopening=ReopenPolicy.RESTART),
    *TRAINING.courses,
    TRAINING,
    *TRAINED.attended,
    TRAINED,
    overdue(TRAINING, [TRAINED], at(99)),
    *overdue(TRAINING, [TRAINED], at(99)),
    *POLICY.commitments,
    POLICY,
    *audit(POLICY)[:1],
    PAST,
    PAST.last_contact,
    plan(FULL_CASE),
    plan(CARD),
    plan(problems.rank(SIGNALS)),
    EARLIER,
    EARLIER.figures,
    REVIEW,
    plan(CARD).actions[0],
)
"""Every kind of public value of `servicekit.policy`, but for standards."""


CHANGES = change(
    *(
        measure(
            [
                Kpi("kept", "Kept", Share(Column("x") > 0), "share", Better.HIGHER),
                Kpi("lost", "Lost", Share(Column("x") > 0), "share", Better.LOWER),
                Kpi("effort", "Effort", Mean(Column("x")), "tries", Better.LOWER),
                Kpi("median", "Median", Percentile(Column("x"), 0.5), "tries", Better.NEITHER),
                Kpi("n", "Number", Count(), "tries", Better.NEITHER),
                Kpi("sum", "Sum", Total(Column("x")), "tries", Better.NEITHER),
            ],
            [{"x": x % most, "g": "ab"[x % 2]} for x in range(most, 60)],
            as_of=START,
            by="g",
        )
        for most in (2, 9)
    ),
    exposure=(31, Fraction(55, 2)),
)
"""Changes of every kind of measure, with caveats."""

TREND = trend(
    {
        f"2026-{month:02}": measure(
            [Kpi("total", "Total", Total(Column("x")), "tries", Better.LOWER)],
            [{"x": x}],
            as_of=START,
        )
        for month, x in enumerate([4, 5, 4, 5, None, 4, 15], start=1)
    }
)
"""A trend with signals, and with a period without a value."""

OF_CHANGE: tuple[object, ...] = (
    *Verdict,
    *EffectSize,
    *Concern,
    CHANGES,
    *CHANGES.values(),
    *CHANGES.caveats,
    CHANGES["kept"].effect,
    CHANGES["n"].effect,
    TREND,
    *TREND.signals,
)
"""Every kind of public value of `servicekit.change`."""

VALUES: tuple[object, ...] = (
    *Channel,
    *Dissatisfaction,
    *Basis,
    *Outcome,
    *Responsible,
    *Stage,
    Customer("Aino Virtanen"),
    FULL_COMPLAINT.customer,
    FULL_COMPLAINT.about,
    complaint(),
    FULL_COMPLAINT,
    Money("-12.50", "EUR"),
    Totals(),
    FULL_CASE.compensation,
    *FULL_STEPS,
    FULL_STEPS[8].solutions[0],
    case(),
    FULL_CASE,
    *FULL_CASE.promises(at(99)),
    *PromiseStatus,
    case().record(),
    FULL_CASE.record(),
    *FULL_CASE.record().solutions,
    guidance(Stage.RECEIVED),
    Problem("name", "''", "well-formed text that is not blank"),
    *OF_INFERENCE,
    *OF_CHANGE,
    *OF_THE_BENCHMARK,
    *OF_SATISFACTION,
    *OF_WORKING_TIME,
    *OF_THE_REGISTER,
    *OF_PROBLEMS,
    *OF_KPIS,
    *OF_THE_POLICY,
    *OF_FEEDBACK,
)
"""Every kind of public value."""

PROBLEMS = (Problem("name", "''", "text"), Problem("phone", "5", "text or None"))

ERRORS: tuple[ServicekitError, ...] = (
    ServicekitError("whatever"),
    RecordError("Customer", PROBLEMS[:1]),
    RecordError("Customer", PROBLEMS),
    DefinitionError("WorkCalendar", PROBLEMS[:1]),
    FlowError("Fix", 3, "received", "fixed", ("confirmed", "closed"), ("the cause (Cause)",)),
    FlowError("PromiseKept", 0, "received", None, ("closed",), ("an open promise 'call'",)),
    CurrencyError("1 EUR", "1 GBP"),
    DefinitionError("Scale", PROBLEMS[:1]),
    DefinitionError("Instrument", PROBLEMS),
)
"""Every error of the library."""
