"""The whole at once: what a period says of the service, for those who manage it."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeVar, cast

import attrs
from attrs import field, frozen

from servicekit._instants import instant
from servicekit._rules import INSTANT, TEXT, TEXTS, each, is_a
from servicekit._values import Value, refuse, several
from servicekit.benchmark import Answers, Comparison, Instrument, Summary, compare, summarize
from servicekit.change import Changes, change
from servicekit.errors import DefinitionError, Problem
from servicekit.kpi import Equity, Kpi, Measurements, Scorecard, Target
from servicekit.policy._audit import audit
from servicekit.policy._commitments import ServicePolicy
from servicekit.policy._findings import Finding
from servicekit.policy._over_rows import Rows
from servicekit.policy._report import Part, html, markdown, plain
from servicekit.policy._review_parts import (
    of_benchmark,
    of_changes,
    of_equity,
    of_gaps,
    of_goals,
    of_problems,
    of_training,
)
from servicekit.policy._training import TrainingRecord, TrainingStatus, overdue
from servicekit.policy._vision import review
from servicekit.problems import Ranking, Signal, rank
from servicekit.register import Contact, Entry, Operations, PromiseEntry

__all__ = ["ReviewFigures", "ServiceReview"]


_T = TypeVar("_T")


def _all(values: _T | Iterable[_T]) -> tuple[_T, ...]:
    """Take any iterable of values, or one value alone."""
    if isinstance(values, Iterable) and not isinstance(values, (str, bytes)):
        return tuple(cast("Iterable[_T]", values))
    return several(values)


def _entries(values: Entry | Iterable[Entry]) -> tuple[Entry, ...]:
    return _all(values)


def _contacts(values: Contact | Iterable[Contact]) -> tuple[Contact, ...]:
    return _all(values)


def _operations(values: Operations | Iterable[Operations]) -> tuple[Operations, ...]:
    return _all(values)


def _answers(values: Answers | Iterable[Answers]) -> tuple[Answers, ...]:
    return _all(values)


def _targets(values: Target | Iterable[Target]) -> tuple[Target, ...]:
    return _all(values)


def _promises(values: PromiseEntry | Iterable[PromiseEntry]) -> tuple[PromiseEntry, ...]:
    return _all(values)


def _trained(values: TrainingRecord | Iterable[TrainingRecord]) -> tuple[TrainingRecord, ...]:
    return _all(values)


def _names(values: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return several(values)


def _ranking(signals: Ranking | Signal | Iterable[Signal]) -> Ranking:
    """Rank signals that nobody has ranked."""
    return signals if isinstance(signals, Ranking) else rank(_all(signals))


@frozen
class ReviewFigures(Value):
    """What of a review the next one is compared with: the KPIs and the benchmark, as of then."""

    as_of: datetime = field(converter=instant, validator=INSTANT)
    measurements: Measurements = field(validator=is_a(Measurements))
    benchmark: Summary | None = field(
        default=None, kw_only=True, validator=is_a(Summary, optional=True)
    )


def _figures(review: "ServiceReview | ReviewFigures | None") -> ReviewFigures | None:
    """Take of a review what is compared, so that reviews do not pile up in each other."""
    return review.figures if isinstance(review, ServiceReview) else review


_NOTHING_ELSE: Final = Measurements({})
_EQUAL_BY: Final = ("language", "language_wanted")


@frozen(repr=False)
class ServiceReview(Value):
    """A report for management: all that a period says of the service, as of an instant.

    ``entries``, ``contacts`` and ``operations`` are the rows of the period; each KPI of the
    ``targets``, and of the policy's own, is measured over the kind of rows that has its columns.
    ``promises`` are rows as well; KPIs over any other rows come in ``measured``. ``answers`` are
    those to the ``instrument``. ``signals`` tell of problems; a ranking of them, with impacts or a
    taxonomy, will do as well. ``trained`` are the records by which training is judged. ``by`` are
    the columns by which service should be the same for everyone; of each row the first that it has
    counts. ``previous`` is the last review, or its figures; no row is in both.

    Each part is there as a value of its own: ``benchmark``, ``scorecard``, ``problems``,
    ``changes``, ``comparison``, ``equity``, ``gaps`` and ``training``. The text, the Markdown and
    the HTML show all of them, each with what it was made from.

    Raises `DefinitionError` for a target whose KPI no rows can answer, `RecordError` for anything
    else that cannot be.
    """

    entries: tuple[Entry, ...] = field(converter=_entries, validator=each(Entry))
    contacts: tuple[Contact, ...] = field(converter=_contacts, validator=each(Contact))
    operations: tuple[Operations, ...] = field(converter=_operations, validator=each(Operations))
    answers: tuple[Answers, ...] = field(converter=_answers, validator=each(Answers))
    signals: Ranking = field(converter=_ranking, validator=is_a(Ranking))
    targets: tuple[Target, ...] = field(converter=_targets, validator=each(Target))
    policy: ServicePolicy = field(validator=is_a(ServicePolicy))
    as_of: datetime = field(converter=instant, validator=INSTANT)
    title: str = field(default="Service review", kw_only=True, validator=TEXT)
    instrument: Instrument | None = field(
        default=None, kw_only=True, validator=is_a(Instrument, optional=True)
    )
    promises: tuple[PromiseEntry, ...] = field(
        default=(), kw_only=True, converter=_promises, validator=each(PromiseEntry)
    )
    measured: Measurements = field(
        default=_NOTHING_ELSE, kw_only=True, validator=is_a(Measurements)
    )
    trained: tuple[TrainingRecord, ...] = field(
        default=(), kw_only=True, converter=_trained, validator=each(TrainingRecord)
    )
    by: tuple[str, ...] = field(default=_EQUAL_BY, kw_only=True, converter=_names, validator=TEXTS)
    previous: ReviewFigures | None = field(
        default=None,
        kw_only=True,
        converter=_figures,
        validator=is_a(ReviewFigures, optional=True),
    )
    _benchmark: Summary | None = field(init=False, eq=False)
    _measurements: Measurements = field(init=False, eq=False)
    _scorecard: Scorecard = field(init=False, eq=False)
    _equity: tuple[Equity, ...] = field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        _check(self)
        rows = self._rows
        goals = tuple(dict.fromkeys((*self.targets, *self.policy.targets)))
        kpis = tuple(dict.fromkeys(goal.kpi for goal in goals))
        _refuse_unmeasured(rows, kpis)
        found = rows.measured(kpis)
        _set_benchmark(self, _summary(self))
        _set_measurements(self, found)
        _set_scorecard(
            self, Scorecard.of("Goals, the most pressing first", goals, found, as_of=self.as_of)
        )
        _set_equity(self, tuple(rows.equity(kpis, self.by)))

    def __reduce__(self) -> tuple[Any, ...]:
        fields = [one for one in attrs.fields(ServiceReview) if one.init]
        given = [getattr(self, one.name) for one in fields if not one.kw_only]
        options = {one.name: getattr(self, one.name) for one in fields if one.kw_only}
        return partial(ServiceReview, **options), tuple(given)

    @property
    def _rows(self) -> Rows:
        rows = {
            Entry: self.entries,
            PromiseEntry: self.promises,
            Contact: self.contacts,
            Operations: self.operations,
        }
        return Rows(rows, self.measured, self.as_of)

    @property
    def benchmark(self) -> Summary | None:
        """The answers to the instrument that were there by then; None without any."""
        return self._benchmark

    @property
    def measurements(self) -> Measurements:
        """What the KPIs of all targets came to."""
        return self._measurements

    @property
    def figures(self) -> ReviewFigures:
        """What the next review is compared with."""
        return ReviewFigures(self.as_of, self.measurements, benchmark=self.benchmark)

    @property
    def scorecard(self) -> Scorecard:
        """The targets and the policy's own, held against what was measured, worst first."""
        return self._scorecard

    @property
    def problems(self) -> Ranking:
        """The signals ranked, as they were by then if the ranking has no instant of its own."""
        ranked = self.signals
        return ranked if ranked.as_of is not None else attrs.evolve(ranked, as_of=self.as_of)

    @property
    def changes(self) -> Changes | None:
        """What became of the KPIs that the last review measured alike; None without any."""
        before = _NOTHING_ELSE if self.previous is None else self.previous.measurements
        now = self.measurements
        alike = [key for key in now if key in before and now[key].kpi.measures_as(before[key].kpi)]
        return change(before, now, alike) if alike else None

    @property
    def comparison(self) -> Comparison | None:
        """The benchmark against that of the last review; None without two of one instrument."""
        before = None if self.previous is None else self.previous.benchmark
        now = self.benchmark
        if before is None or now is None or before.instrument != now.instrument:
            return None
        return compare(before, now)

    @property
    def equity(self) -> tuple[Equity, ...]:
        """Each KPI by group, where groups can be compared and there is more than one."""
        return self._equity

    @property
    def gaps(self) -> tuple[Finding, ...]:
        """What the vision and the policy lack."""
        vision = self.policy.vision
        return (*(() if vision is None else review(vision)), *audit(self.policy, self.targets))

    @property
    def training(self) -> TrainingStatus | None:
        """Who is overdue with which course; None without a plan."""
        plan = self.policy.training
        return None if plan is None else overdue(plan, self.trained, self.as_of)

    def as_markdown(self) -> str:
        """Write the report in Markdown."""
        return markdown(self._heading, self._parts)

    def as_html(self) -> str:
        """Write the report as a fragment of HTML, without scripts or colours, all text escaped."""
        return html(self._heading, self._parts)

    @property
    def _parts(self) -> tuple[Part, ...]:
        """The sections, in the order in which a manager reads them."""
        counts = {
            "complaints": len(self.entries),
            "promises": len(self.promises),
            "contacts": len(self.contacts),
            "operating figures": len(self.operations),
            "KPIs measured elsewhere": len(self.measured),
        }
        since = None if self.previous is None else self.previous.as_of
        return (
            of_benchmark(self.benchmark),
            of_goals(self.scorecard, counts),
            of_problems(self.problems),
            of_changes(self.changes, self.comparison, since),
            of_equity(self.equity, self.by),
            of_gaps(self.gaps, self.policy.title),
            of_training(self.training, len(self.trained)),
        )

    @property
    def _heading(self) -> str:
        return f"{self.title}, {self.as_of.date()}"

    def _repr_html_(self) -> str:
        return self.as_html()

    def __str__(self) -> str:
        return plain(self._heading, self._parts)

    def __repr__(self) -> str:
        return f"ServiceReview({self.title!r}, as_of={self.as_of!r})"


_set_benchmark: Final = vars(ServiceReview)["_benchmark"].__set__
_set_measurements: Final = vars(ServiceReview)["_measurements"].__set__
_set_scorecard: Final = vars(ServiceReview)["_scorecard"].__set__
_set_equity: Final = vars(ServiceReview)["_equity"].__set__

_INSTRUMENT: Final = (
    "the Instrument that was answered, such as servicekit.catalogue.helpfulness.HELPFULNESS"
)
_ROWS: Final = "KPIs of columns that entries, promises, contacts or operations have, or `measured`"


def _check(review: ServiceReview) -> None:
    if review.answers and review.instrument is None:
        refuse(review, "instrument", _INSTRUMENT)
    previous = review.previous
    if previous is not None and previous.as_of >= review.as_of:
        refuse(review, "previous", f"a review as of an instant before {review.as_of}")


def _refuse_unmeasured(rows: Rows, kpis: Iterable[Kpi]) -> None:
    problems = (
        Problem("targets", f"{kpi.key} ({', '.join(kpi.columns)})", _ROWS)
        for kpi in rows.unmeasured(kpis)
    )
    if found := tuple(problems):
        raise DefinitionError("ServiceReview", found)


def _summary(review: ServiceReview) -> Summary | None:
    given = [one for one in review.answers if one.at is None or one.at <= review.as_of]
    if review.instrument is None or not given:
        return None
    return summarize(review.instrument, given)
