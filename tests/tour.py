"""A tour of the whole public API, watched: run as a script it reports what the library did.

    python tests/tour.py [spoiled]

It prints JSON: the events of input and output that the interpreter audited, the calls of clocks and
random numbers, and what of the public API the tour did not touch. ``spoiled`` makes it do what the
library must not do, to show that the watch sees it.
"""

import importlib
import json
import pickle
import pkgutil
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from inspect import getattr_static, signature
from types import CodeType, FunctionType

import attrs
import cattrs
import polars as pl
from cattrs.preconf import msgspec, orjson

import servicekit
from samples import (
    AUTHORITY,
    BEFORE,
    BY_HAND,
    CARD,
    CHANGES,
    CODEBOOK,
    CODING,
    COMMENTS,
    COMPARISON,
    CONTACT,
    CONTACT_ROWS,
    ERRORS,
    FULL_CASE,
    GAPS,
    HELSINKI,
    IN_GROUPS,
    INSTRUMENT,
    KPIS,
    OPERATIONS,
    PAST,
    PERFORMANCE,
    POLICY,
    PRAISED,
    RANKING,
    REGISTER,
    REVIEW,
    SIGNALS,
    START,
    SUMMARY,
    SURVEY,
    TARGET,
    TAXONOMY,
    TO_STAGE,
    TRAINED,
    TRAINING,
    TREND,
    VALUES,
    VISION,
    WITH_GAP,
    at,
    case,
    note,
    step_with,
)
from servicekit import policy
from servicekit.benchmark import (
    compare,
    questions,
    reliability,
    score,
    summarize,
    summarize_columns,
)
from servicekit.catalogue import kpis
from servicekit.catalogue.reference import FRONT_LINE
from servicekit.catalogue.routing import RATED_1_TO_5
from servicekit.catalogue.satisfaction import ACSI, NPS
from servicekit.catalogue.standards import STANDARDS
from servicekit.change import change, trend
from servicekit.complaint import Channel, Customer
from servicekit.errors import ServicekitError
from servicekit.extra.charts import (
    equity_chart,
    flow_chart,
    pareto_chart,
    score_chart,
    scorecard_chart,
    timeline_chart,
    trend_chart,
)
from servicekit.extra.frames import (
    measure_frame,
    read_measurements,
    score_frame,
    summarize_frame,
    worktime_frame,
)
from servicekit.feedback import agreement, code, code_by_hand, recognition, review, route
from servicekit.inference import (
    Beta,
    FisherF,
    Gamma,
    Limits,
    Proportion,
    Rate,
    Sample,
    StudentT,
    cliffs_delta,
    cohen_kappa,
    cohens_h,
    feldt,
    hedges_g,
    holm,
    mann_whitney,
    mean_interval,
    net_interval,
    net_variance,
    newcombe,
    paired_difference,
    rate_interval,
    rate_ratio,
    welch,
    wilson,
    xmr,
)
from servicekit.kpi import (
    Better,
    Column,
    Kpi,
    Mean,
    Per,
    Percentile,
    Period,
    Scorecard,
    Share,
    Total,
    assess,
    equity,
    measure,
)
from servicekit.money import Money, Totals
from servicekit.policy import (
    Authority,
    CustomerHistory,
    Expectation,
    Milestone,
    ModelRow,
    Obligation,
    Standards,
    Vision,
    audit,
    checklist,
    clock,
    due,
    escalate,
    may,
    overdue,
    plan,
    standing,
)
from servicekit.problems import iceberg, policies, rank, recurrence, signals_from
from servicekit.recurrence import Recurrence, Unit
from servicekit.register import (
    ReopenPolicy,
    backlog,
    columns,
    entries,
    entry,
    promise_entries,
    with_repeats,
)
from servicekit.resolution import Case, Outcome, guidance
from servicekit.serialize import configure_converter, explain, make_converter
from servicekit.worktime import CalendarHistory, Pauses, Weekday, WorkCalendar, always

FOLDER = servicekit.__path__[0]
FORBIDDEN = ("open", "socket.", "subprocess.", "os.", "shutil.", "import", "ctypes.", "urllib.")
"""How the names of audited events begin that are input or output, or loading more code."""


def tour() -> None:
    """Do with the public API all that it is for."""
    see_values()
    refuse_values()
    walk_cases()
    ask_cases()
    count_money()
    keep_time()
    score_answers()
    infer()
    ask_what_changed()
    rate()
    keep_register()
    find_problems()
    make_key_figures()
    make_conditions()
    hold_against_targets()
    keep_the_policy()
    use_frames()
    draw()
    listen()
    zone = {HELSINKI.key: HELSINKI}.__getitem__
    measure_frames()
    convert(make_converter(zone=zone))
    for factory in (cattrs.Converter, orjson.make_converter, msgspec.make_converter):
        converter = factory()
        configure_converter(converter, zone=zone)
        convert(converter)


def see_values() -> None:
    """Build, show, compare, hash, pickle, copy and change every public value and error."""
    for value in (*VALUES, *ERRORS):
        repr(value), str(value), hash(value), deepcopy(value), pickle.loads(pickle.dumps(value))
        if attrs.has(type(value)):
            taken = {f.alias: getattr(value, f.name) for f in attrs.fields(type(value)) if f.init}
            type(value)(**taken)
        if hasattr(value, "_repr_html_"):
            value._repr_html_()
        for name in dir(type(value)):
            if not name.startswith("_") and not isinstance(value, BaseException):
                getattr(value, name)


def refuse_values() -> None:
    """Have every kind of mistake refused, and say what is wrong."""
    mistakes: list[Callable[[], object]] = [
        lambda: Customer(" ", "", language="Finnish"),
        lambda: Money(0.5, "euro"),
        lambda: Money(1, "EUR") + Money(1, "GBP"),
        lambda: attrs.evolve(note(), at=START.replace(tzinfo=None)),
        lambda: case(step_with(Outcome.FIXED, 1)),
        lambda: case().as_of(START.replace(tzinfo=None)),
        lambda: WorkCalendar({}, UTC),
        lambda: always(UTC).next_closing(START),
        lambda: attrs.evolve(INSTRUMENT, sections=INSTRUMENT.sections * 2),
        lambda: score(INSTRUMENT, WITH_GAP.answers),
        lambda: NPS.score([11, True]),
        lambda: wilson(3, 2),
    ]
    for mistake in mistakes:
        try:
            mistake()
        except ServicekitError as error:
            str(error), repr(error)
        else:
            raise AssertionError(mistake)


def walk_cases() -> None:
    """Try every outcome at every stage."""
    for stage, steps in TO_STAGE.items():
        here = case(*steps)
        str(guidance(stage))
        for outcome in Outcome:
            try:
                here.advance(step_with(outcome, 30))
            except ServicekitError as error:
                str(error)


def ask_cases() -> None:
    """Ask a case for everything that it knows, at several instants."""
    for moment in (0, 8, 22, 99):
        then = FULL_CASE.as_of(at(moment))
        for name in dir(Case):
            if isinstance(vars(Case).get(name), property):
                getattr(then, name)
        [state.status for state in then.promises(at(moment))]
        then.timeline(), str(then.record()), then.record().items()
    for step in FULL_CASE.steps:
        _ = step.outcome, step.is_contact
    [channel.written for channel in Channel]


def count_money() -> None:
    """Add, compare and total amounts."""
    one, two = Money(1, "EUR"), Money("2.50", "EUR")
    _ = one + two, one - two, one < two, one <= two, sorted([two, one]), str(one)
    totals = Totals([one, two, Money(3, "GBP")])
    _ = totals["EUR"], list(totals), len(totals), hash(totals), str(totals), totals.get("USD")


def keep_time() -> None:
    """Ask a calendar, a history and a recurrence for all that they know, and the standards too."""
    calendar = WorkCalendar({0: [("09:00", "17:00")]}, UTC, closed=[date(2026, 5, 11)])
    history = CalendarHistory(calendar, {date(2026, 6, 1): always(UTC)})
    pauses = Pauses([(at(10), at(20)), (at(90), None)]).until(at(120))
    for hours in (calendar, history, calendar.freeze(date(2026, 1, 1), date(2026, 12, 31))):
        _ = hours.is_open(START), hours.next_opening(START), hours.next_closing(START), hours.tz
        _ = hours.previous_opening(START), hours.end_of_day(START, 1), repr(hours), hash(hours)
        _ = hours.deadline(START, at(9) - START, pauses), hours.elapsed(at(9), START, pauses)
        _ = hours.end_of_business_day(START, 1), hours.business_days(START, date(2026, 6, 9))
        _ = deepcopy(hours) == hours, [(str(s), s.duration) for s in hours.spans(START, at(99))]
    _ = calendar.zone_key, history.on(date(2026, 5, 4)), Weekday.MONDAY, repr(Weekday.SUNDAY)
    for standard in STANDARDS.values():
        _ = due(standard, START, calendar), standing(standard, START, None, at(9), calendar)
        _ = standard.clock.in_days, attrs.evolve(standard, warn_at=Fraction(1, 2))
    monthly = Recurrence(1, Unit.MONTH)
    _ = monthly.occurrences(date(2026, 1, 31), date(2026, 5, 4))
    _ = monthly.next_after(date(2026, 1, 31), date(2026, 5, 4))


def score_answers() -> None:
    """Score, summarize and compare answers, also from columns, and show what came out."""
    questions(INSTRUMENT, "fi-FI")
    shown = [*BEFORE, WITH_GAP, SUMMARY, COMPARISON]
    _ = [one._repr_html_() for one in shown], [one.tipping() for one in BEFORE]
    columns = {statement.key: [1, 2, None] for statement in INSTRUMENT.statements}
    both = SUMMARY + summarize_columns(INSTRUMENT, columns, role="crowd")
    both.gaps("staff", "crowd"), both.total.interval(), both.sections[0].reliability.interval()
    compare(SUMMARY, summarize(INSTRUMENT, [])), score(INSTRUMENT, BEFORE[0].answers)
    reliability({"a": b"1234", "b": [1, 2, 2, 3]}), reliability(columns, missing="pairwise")


def infer() -> None:
    """Ask every function of inference, and the distributions from both sides."""
    for distribution in (Beta(2, 0.5), FisherF(3, 20.5), Gamma(2.5), StudentT(10)):
        distribution.cdf(0.3), distribution.inv_cdf(0.9)
    sample = Sample.from_sums(3, 13, 61)
    mean_interval(sample), welch(sample, sample), paired_difference(sample)
    cohen_kappa({("a", "a"): 5, ("a", "b"): 4, ("b", "b"): 1})
    wilson(8, 10).scaled(100), net_interval(4, 2, 9), net_variance(4, 2, 9), feldt(0.6, 15, 10)
    holm([0.01, 0.04]), hedges_g(sample, sample), Limits.of([3, 4]), xmr([4, 5, 9])._repr_html_()
    for compare_two in (newcombe, cohens_h):
        compare_two(Proportion(8, 10), Proportion(3, 9))
    for compare_values in (mann_whitney, cliffs_delta):
        compare_values([1, 2, 2], {3: 2, 1: 1})
    rate_interval(Rate(3, 4.5)), rate_ratio(Rate(3, 4.5), Rate(1, 2)).more_than_noise


def ask_what_changed() -> None:
    """Judge what was measured, as a whole and in groups, and follow it over time."""
    for side in (IN_GROUPS, measure(KPIS, CONTACT_ROWS, as_of=at(99))):
        found = change(side, side, exposure=(31, 28))
        _ = list(found), len(found), repr(found), hash(found), found._repr_html_()
        _ = [found[key].verdict for key in found]
    str(TREND), TREND._repr_html_(), str(trend([CHANGES["n"].after] * 2))


def rate() -> None:
    """Score every kind of survey question, with wordings and weights of one's own."""
    texts, weights = {"soon": "Soon?"}, {"speed": "1/2", "tone": "1/2"}
    seen = [(7, 6, 5), (3, None, 4)]
    for rated in (
        NPS.score([0, 7, 10, None]),
        ACSI.worded({"ideal": "Ideal?"}).weighted(1, 0, 0).score([(8, 7, 6)]),
        GAPS.worded(texts).score(seen, seen),
        PERFORMANCE.worded(texts).score(seen),
    ):
        str(rated)
    PERFORMANCE.score(seen).weighted(weights)


def keep_register() -> None:
    """Make rows of every kind, link contacts, count the backlog and give all as columns."""
    row = entry(FULL_CASE, as_of=at(99), calendar=always(UTC), reopening=ReopenPolicy.SKIP_CLOSED)
    _ = row.compensation_eur, row.causes_overcharged, row.reopenings_1, OPERATIONS.revenue_eur
    str(backlog(REGISTER, START, at(60)))
    for rows in (
        entries((case(), FULL_CASE), as_of=at(99), reopening=ReopenPolicy.FIRST_END),
        promise_entries((FULL_CASE,), as_of=at(99)),
        with_repeats((CONTACT, CONTACT)),
        (OPERATIONS,),
    ):
        columns(rows, currencies=("EUR",))


def find_problems() -> None:
    """Read signals, rank them, look for what came back, and see what lies underneath."""
    read = signals_from((case(), FULL_CASE, CONTACT, OPERATIONS))
    for found in (
        rank(read),
        rank(
            SIGNALS, impact={"seam": Money(9, "EUR")}, since=START, taxonomy=TAXONOMY, widest=True
        ),
        policies(SIGNALS, impact={"late": 2.5}),
        recurrence("late", SIGNALS, at(40), as_of=at(99), taxonomy=TAXONOMY),
        iceberg([FULL_CASE], FRONT_LINE),
    ):
        str(found), found._repr_html_()
    TAXONOMY.current("late", START), TAXONOMY.path("late"), TAXONOMY.in_use(START)
    len(rank(read)), list(rank(read)), TAXONOMY.problems[0].in_use(START)


def make_key_figures() -> None:
    """Make every KPI that depends on a limit or a currency."""
    given = {
        "limit": timedelta(hours=4),
        "window": timedelta(days=7),
        "after": timedelta(days=30),
        "short": timedelta(seconds=5),
        "currency": "EUR",
    }
    for name in kpis.__all__:
        if isinstance(make := getattr(kpis, name), FunctionType):
            made = make(**{parameter: given[parameter] for parameter in signature(make).parameters})
            str(made), made.columns


def make_conditions() -> None:
    """Write conditions and quantities with signs and words, and have their truth refused."""
    tries, score = Column("tries"), Column("score")
    asked = (tries < 2) | (score <= 3) | ~(score > 4) | (tries >= 1) & score.known()
    asked |= Column("note").equals("x") | Column("note").one_of("x", "y")
    total = tries + score
    str(Share(asked, Column("resolved").is_true())), str(Total(total)), str(Mean(Per(total, 2)))
    measure([Kpi("k", "K", Share(asked), unit="share", better=Better.HIGHER)], [], as_of=START)
    for said in (asked, tries < 2):
        try:
            bool(said)
        except TypeError as error:
            str(error)


def hold_against_targets() -> None:
    """Add measurements up, compare them, assess targets and look for unequal service."""
    parts = measure(KPIS, CONTACT_ROWS, as_of=at(99)), IN_GROUPS
    whole, groups = parts[0] + parts[0], parts[1] + parts[1]
    for one in (whole, groups, *whole.values(), CARD, *CARD):
        str(one), repr(one), len(one) if isinstance(one, Mapping) else None
    assert not whole["tries"] < whole["tries"] or whole["tries"] <= whole["tries"]
    _ = whole["tries"] <= whole["tries"], list(groups), list(CARD), len(CARD)
    TARGET.expected(at(5)), TARGET.beyond(3, 4), Period("queued_at", "week").label(date(2026, 5, 4))
    assess(TARGET, whole["tries"], as_of=at(99))
    fair = equity(KPIS[2], CONTACT_ROWS, "channel", at(99), smallest=1)
    fair._repr_html_(), CARD._repr_html_(), len(fair), list(fair), str(fair)
    Scorecard.of("Week", [TARGET], whole, as_of=at(99))


def use_frames() -> None:
    """Score and summarize answers in a frame, and measure its working time."""
    rated = {statement.key: [1, 3] for statement in INSTRUMENT.statements}
    frame = pl.DataFrame(
        rated | {"role": ["staff", None], "start": [at(0)] * 2, "end": [at(9)] * 2}
    )
    score_frame(INSTRUMENT, frame), summarize_frame(INSTRUMENT, frame, role="role")
    worktime_frame(always(HELSINKI), frame, "start", "end", "worked")


def draw() -> None:
    """Draw what can be drawn."""
    fair = equity(KPIS[2], CONTACT_ROWS, "channel", at(99), smallest=1)
    for chart in (
        score_chart(SUMMARY, SUMMARY),
        scorecard_chart(CARD),
        equity_chart(fair),
        trend_chart(xmr([4, 5, 4, 5, 4, 12])),
        pareto_chart(RANKING),
        timeline_chart(FULL_CASE, at(99)),
        flow_chart([FULL_CASE], at(99)),
    ):
        chart.to_dict()


def listen() -> None:
    """Code comments, compare codings, review a survey, route feedback and recognise praise."""
    coding = code(COMMENTS, CODEBOOK)
    by_hand = code_by_hand(COMMENTS, {"1": ["late"]}, CODEBOOK)
    found = [coding, agreement(coding, by_hand), agreement(CODING, BY_HAND), PRAISED]
    found += [route(coding, RATED_1_TO_5, calendar=always(UTC))]
    _ = (
        [(str(one), one._repr_html_()) for one in found],
        [theme.interval() for theme in coding.themes],
    )
    _ = list(found[-1]), len(found[-1]), found[-1].by_destination, coding.by_source
    _ = list(PRAISED), len(PRAISED), [one.blame_interval() for one in PRAISED]
    recognition([CONTACT, CONTACT]), review(SURVEY, as_of=at(9)), SURVEY.known(at(9))
    SURVEY.response(at(9)).interval(), [str(rule) for rule in RATED_1_TO_5.rules]


def keep_the_policy() -> None:
    """Review a policy and its parts, ask who may do what, run clocks, train, plan, remember."""
    found = (*policy.review(VISION), *policy.review(Vision()), *audit(POLICY, [TARGET]))
    str(found[0])
    _ = [row.asks_for for row in ModelRow], POLICY.targets, [one.missing for one in Expectation]
    for role in AUTHORITY.asks:
        for amount in (None, Money(7, "EUR"), Money(70, "EUR"), Money(7, "USD")):
            bool(may(AUTHORITY, role, "refund", amount)), str(may(AUTHORITY, role, "cash", amount))
    plain = Authority({"agent": "owner"})
    for stage, steps in TO_STAGE.items():
        _ = escalate(case(*steps), AUTHORITY, at(9999)), plan(case(*steps), as_of=at(9999)), stage
    _ = [str(one) for one in escalate(FULL_CASE, plain, at(9999))]
    standards = Standards([Obligation(each, STANDARDS["fca_final_response"]) for each in Milestone])
    for rule in ReopenPolicy:
        for one in clock(FULL_CASE, standards, always(UTC), at(9999), reopening=rule):
            _ = (
                one.explanation(always(UTC)),
                one.wall,
                one.counted,
                one.status,
                one.due,
                one.milestone,
            )
    status = overdue(TRAINING, [TRAINED], date(2026, 12, 1))
    _ = str(status), status.share_current, list(status), len(status), checklist(TRAINING)
    for subject in (FULL_CASE, CARD, REVIEW.problems):
        _ = [str(one) for one in plan(subject)], len(plan(subject)), plan(subject)._repr_html_()
    str(PAST), str(CustomerHistory([], [], at(0)))
    _ = str(REVIEW), repr(REVIEW), REVIEW.as_markdown(), REVIEW.as_html(), REVIEW._repr_html_()


def measure_frames() -> None:
    """Measure a frame, eager and lazy, and read the results."""
    asked = [Kpi("p", "P", Percentile(Column("n"), 0.5), unit="-", better=Better.LOWER)]
    frame = pl.DataFrame({"n": [1, 2, None]})
    for given in (frame, frame.lazy()):
        read_measurements(measure_frame(asked, given, as_of=START, by="n"), asked)


def convert(converter: cattrs.Converter) -> None:
    """Write and read every value, and have bad data refused."""
    for value in VALUES:
        assert value == converter.structure(converter.unstructure(value), type(value))
        if hasattr(converter, "dumps"):
            assert value == converter.loads(converter.dumps(value), type(value))
    try:
        converter.structure({"complaint": {"id": ""}, "steps": [{"step": "Memo"}]}, Case)
    except ServicekitError as error:
        str(error), repr(error), explain(error)


def spoil() -> None:
    """Do what the library must not do, and have something public that the tour does not touch."""
    servicekit.spare = spoil_no_more
    servicekit.__all__.append("spare")
    with open(__file__, encoding="utf-8"):  # noqa: PTH123 - the event is what counts
        pass
    datetime.now(tz=UTC), date.today(), time.time(), random.random(), random.choice([1, 2])  # noqa: DTZ011, S311 - on purpose


def spoil_no_more() -> None:
    """Stand for what is public and not touched."""


# --- The watch ------------------------------------------------------------------------------------


def public_modules() -> list[str]:
    """Name the package and its public modules."""
    found = pkgutil.walk_packages(servicekit.__path__, "servicekit.")
    return [
        "servicekit",
        *(module.name for module in found if not any(p[0] == "_" for p in module.name.split("."))),
    ]


def public_code() -> Iterator[tuple[str, CodeType]]:
    """Give the code behind every public name, with constructors, methods and properties.

    The extras are left out: what they do is what the libraries do that they bring.
    """
    core = (name for name in public_modules() if not name.startswith("servicekit.extra"))
    for module in map(importlib.import_module, core):
        for name in module.__all__:
            yield from code_of(f"{module.__name__}.{name}", getattr(module, name))


def code_of(name: str, value: object) -> Iterator[tuple[str, CodeType]]:
    """Give the code of a function, or of all that the library defines in a class."""
    if isinstance(value, FunctionType):
        yield name, value.__code__
    elif isinstance(value, type):
        ours = [kind for kind in value.__mro__ if kind.__module__.startswith("servicekit")]
        for attribute in sorted({attribute for kind in ours for attribute in vars(kind)}):
            member = getattr_static(value, attribute)
            function = getattr(member, "fget", getattr(member, "__func__", member))
            if attribute == "__attrs_init_subclass__":  # what a class does as it is made
                continue
            if isinstance(function, FunctionType) and is_ours(function):
                yield f"{name}.{attribute}", function.__code__


def is_ours(function: FunctionType) -> bool:
    """Say whether a function is written in the library, or is a constructor made for it."""
    return function.__code__.co_filename.startswith(FOLDER) or function.__name__ == "__init__"


def is_clock_or_chance(function: object) -> bool:
    """Say whether a built-in function reads a clock or draws a random number."""
    owner = getattr(function, "__self__", None)
    if isinstance(owner, type) and issubclass(owner, date):
        return function.__name__ in {"now", "today", "utcnow", "fromtimestamp"}
    if isinstance(owner, random.Random):
        return True
    return getattr(function, "__module__", None) in {"time", "posix", "nt", "_locale"} or getattr(
        owner, "__name__", None
    ) in {"time", "posix", "nt", "_locale"}


def main() -> None:
    """Go on the tour once to warm up, then again under watch, and report."""
    tour()
    events: list[str] = []
    clock: list[str] = []
    touched: set[CodeType] = set()
    armed = True

    def audit(event: str, _: object) -> None:
        if armed and event.startswith(FORBIDDEN):
            events.append(event)

    def profile(frame: object, event: str, function: object) -> None:
        if event == "call":
            touched.add(frame.f_code)
        elif event == "c_call" and is_clock_or_chance(function):
            clock.append(function.__qualname__)

    sys.addaudithook(audit)
    sys.setprofile(profile)
    tour()
    if "spoiled" in sys.argv:
        spoil()
    sys.setprofile(None)
    armed = False
    untouched = sorted({name for name, code in public_code() if code not in touched})
    json.dump({"events": events, "clock": clock, "untouched": untouched}, sys.stdout)


if __name__ == "__main__":
    main()
