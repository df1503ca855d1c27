"""Which strategy gives the values of which class: the one table behind ``st.from_type``."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from operator import attrgetter
from typing import Any, Final, get_args

from hypothesis import strategies as st

from servicekit import (
    benchmark,
    change,
    complaint,
    feedback,
    inference,
    kpi,
    money,
    policy,
    problems,
    recurrence,
    register,
    resolution,
    worktime,
)
from servicekit.catalogue import satisfaction
from servicekit.errors import Problem
from servicekit.extra.strategies import _benchmark as of_benchmark
from servicekit.extra.strategies import _change as of_change
from servicekit.extra.strategies import _feedback as of_feedback
from servicekit.extra.strategies import _inference as of_inference
from servicekit.extra.strategies import _kpi as of_kpi
from servicekit.extra.strategies import _policy as of_policy
from servicekit.extra.strategies import _problems as of_problems
from servicekit.extra.strategies import _register as of_register
from servicekit.extra.strategies import _satisfaction as of_satisfaction
from servicekit.extra.strategies import _steps as of_steps
from servicekit.extra.strategies import _worktime as of_worktime
from servicekit.extra.strategies._cases import cases, promise_states
from servicekit.extra.strategies._complaints import complaints, customers, subjects
from servicekit.extra.strategies._money import moneys, totals
from servicekit.extra.strategies._texts import TEXTS, WORDINGS

__all__ = ["STRATEGIES"]

_Any = st.SearchStrategy[Any]


def _parts(whole: Callable[[], _Any], parts: Callable[[Any], Iterable[Any]]) -> Callable[[], _Any]:
    """Give parts of wholes that have some."""
    return lambda: whole().flatmap(lambda made: st.sampled_from(list(parts(made))))


def _made(whole: Callable[[], _Any], part: Callable[[Any], Any]) -> Callable[[], _Any]:
    """Give what is made of a whole."""
    return lambda: whole().map(part)


def _agreed(case: resolution.Case) -> tuple[resolution.AgreedSolution, ...]:
    return case.record().solutions


def _contrasts(made: benchmark.Comparison) -> tuple[benchmark.Contrast, ...]:
    return made.total, *made.sections


def _measured(found: kpi.Measurements) -> Iterable[kpi.Measurement]:
    return found.values()


def _changed(found: change.Changes) -> Iterable[change.Change]:
    return found.values()


def _built(kind: Callable[..., Any], *args: _Any, **fields: _Any) -> Callable[[], _Any]:
    return lambda: st.builds(kind, *args, **fields)


_STATEMENTS: Final = st.builds(benchmark.Statement, TEXTS, WORDINGS, reverse=st.booleans())
_ITEMS: Final = st.builds(satisfaction.Item, TEXTS, st.none() | TEXTS)
_FLOORS: Final = st.none() | st.integers(0, 99) | st.fractions(0, 99, max_denominator=60)
_BANDS: Final = st.builds(benchmark.Band, TEXTS, WORDINGS, WORDINGS, at_least=_FLOORS)
_COUNTS: Final = st.integers(2, 1000)
_SUMMED: Final = partial(of_benchmark.summaries, at_least=1)

STRATEGIES: Final[Mapping[type, Callable[[], _Any]]] = {
    Problem: _built(Problem, TEXTS, TEXTS, TEXTS),
    complaint.Complaint: complaints,
    complaint.Customer: customers,
    complaint.Subject: subjects,
    money.Money: moneys,
    money.Totals: totals,
    **{kind: partial(of_steps.steps, kind) for kind in get_args(resolution.Step)},
    resolution.Solution: of_steps.solutions,
    resolution.Case: cases,
    resolution.Record: _made(cases, resolution.Case.record),
    resolution.AgreedSolution: _parts(partial(cases, resolution.Stage.AGREED), _agreed),
    resolution.PromiseState: promise_states,
    resolution.Guidance: lambda: st.sampled_from(resolution.Stage).map(resolution.guidance),
    worktime.WorkCalendar: of_worktime.work_calendars,
    worktime.CalendarHistory: of_worktime.calendar_histories,
    worktime.Pauses: of_worktime.pauses,
    worktime.Span: of_worktime.spans,
    recurrence.Recurrence: of_worktime.recurrences,
    policy.ResponseStandard: of_worktime.response_standards,
    policy.Standing: of_worktime.standings,
    inference.Sample: of_inference.samples,
    inference.Interval: of_inference.intervals,
    inference.Difference: of_inference.differences,
    inference.Beta: of_inference.betas,
    inference.FisherF: of_inference.fisher_fs,
    inference.StudentT: of_inference.student_ts,
    inference.Gamma: of_inference.gammas,
    inference.Proportion: of_inference.proportions,
    inference.Rate: of_inference.rates,
    inference.RateRatio: of_inference.rate_ratios,
    inference.MannWhitney: of_inference.mann_whitneys,
    inference.Kappa: of_inference.kappas,
    inference.Limits: of_inference.limits,
    inference.ProcessChart: of_inference.process_charts,
    inference.ChartSignal: of_inference.chart_signals,
    register.Contact: of_register.contacts,
    register.Operations: of_register.operations,
    register.Entry: _parts(partial(of_register.registers, at_least=1), tuple),
    register.PromiseEntry: _parts(partial(of_register.promise_registers, at_least=1), tuple),
    register.Backlog: of_register.backlogs,
    benchmark.Scale: of_benchmark.scales,
    benchmark.Statement: lambda: _STATEMENTS,
    benchmark.Section: _built(
        benchmark.Section, TEXTS, WORDINGS, st.lists(_STATEMENTS, min_size=1, max_size=3)
    ),
    benchmark.Band: lambda: _BANDS,
    benchmark.Instrument: of_benchmark.instruments,
    benchmark.Answers: of_benchmark.answers,
    benchmark.Score: of_benchmark.scores,
    benchmark.SectionScore: _parts(of_benchmark.scores, attrgetter("sections")),
    benchmark.Tipping: _built(
        benchmark.Tipping, _BANDS, st.lists(_STATEMENTS, max_size=3).map(tuple), _COUNTS
    ),
    benchmark.Summary: of_benchmark.summaries,
    benchmark.Tally: _parts(_SUMMED, attrgetter("tallies")),
    benchmark.Scores: _made(of_benchmark.summaries, attrgetter("total")),
    benchmark.SectionSummary: _parts(of_benchmark.summaries, attrgetter("sections")),
    benchmark.StatementSummary: _parts(of_benchmark.summaries, attrgetter("statements")),
    benchmark.Reliability: _built(
        benchmark.Reliability, st.fractions(-9, 1, max_denominator=99), _COUNTS, items=_COUNTS
    ),
    benchmark.Comparison: of_benchmark.comparisons,
    benchmark.Contrast: _parts(of_benchmark.comparisons, _contrasts),
    **{kind: partial(of_kpi.quantities, kind) for kind in get_args(kpi.Quantity)},
    **{kind: partial(of_kpi.conditions, kind) for kind in get_args(kpi.Condition)},
    **{kind: partial(of_kpi.measures, kind) for kind in get_args(kpi.Measure)},
    kpi.Kpi: of_kpi.kpis,
    kpi.Period: of_kpi.periods,
    kpi.Measurement: _parts(of_kpi.measurements, _measured),
    kpi.Measurements: of_kpi.measurements,
    kpi.Groups: of_kpi.groups,
    kpi.Target: of_kpi.targets,
    kpi.Assessment: of_kpi.assessments,
    kpi.Scorecard: of_kpi.scorecards,
    kpi.Equity: of_kpi.equities,
    kpi.Standing: _parts(of_kpi.equities, tuple),
    change.Changes: of_change.changes,
    change.Change: _parts(of_change.changes, _changed),
    change.Effect: of_change.effects,
    change.Caveat: of_change.caveats,
    change.Trend: of_change.trends,
    change.TrendSignal: of_change.trend_signals,
    problems.Signal: of_problems.signals,
    problems.Problem: of_problems.problems,
    problems.Taxonomy: of_problems.taxonomies,
    problems.Ranking: of_problems.rankings,
    problems.Standing: _parts(of_problems.plain_rankings, tuple),
    problems.Apart: _parts(of_problems.vague_rankings, attrgetter("apart")),
    problems.WithoutSource: _parts(of_problems.plain_rankings, attrgetter("without")),
    problems.Watch: of_problems.watches,
    problems.Effectiveness: of_problems.effectivenesses,
    problems.Reference: of_problems.references,
    problems.Ratios: of_problems.ratios,
    problems.Iceberg: of_problems.icebergs,
    problems.Depth: of_problems.depths,
    feedback.Comment: of_feedback.comments,
    feedback.Code: of_feedback.codes,
    feedback.Codebook: of_feedback.codebooks,
    feedback.Coding: of_feedback.codings,
    feedback.CodedComment: of_feedback.coded_comments,
    feedback.Match: of_feedback.matches,
    feedback.Mention: of_feedback.mentions,
    feedback.Theme: _parts(of_feedback.codings, attrgetter("themes")),
    feedback.Agreement: of_feedback.agreements,
    feedback.CodeAgreement: _parts(of_feedback.agreements, attrgetter("codes")),
    feedback.Survey: of_feedback.surveys,
    feedback.Question: of_feedback.questions,
    feedback.Option: of_feedback.options,
    feedback.Invitation: of_feedback.invitations,
    feedback.Response: of_feedback.responses,
    feedback.Criteria: of_feedback.criteria,
    feedback.WordList: of_feedback.word_lists,
    feedback.Finding: of_feedback.feedback_findings,
    feedback.Destination: of_feedback.destinations,
    feedback.RoutingRule: of_feedback.routing_rules,
    feedback.RoutingRules: of_feedback.routing_rule_sets,
    feedback.Routes: of_feedback.routes,
    feedback.Routed: _parts(partial(of_feedback.routes, at_least=1), attrgetter("routed")),
    feedback.Recognition: of_feedback.recognitions,
    feedback.Credit: _parts(of_feedback.recognitions, attrgetter("credits")),
    policy.Vision: of_policy.visions,
    policy.Limit: of_policy.spending_limits,
    policy.EscalationRule: of_policy.escalation_rules,
    policy.Authority: of_policy.authorities,
    policy.Permission: of_policy.permissions,
    policy.Referral: of_policy.referrals,
    policy.Obligation: of_policy.obligations,
    policy.Standards: of_policy.standards,
    policy.CaseClock: of_policy.case_clocks,
    policy.Course: of_policy.courses,
    policy.TrainingPlan: of_policy.training_plans,
    policy.Attendance: of_policy.attendances,
    policy.TrainingRecord: of_policy.training_records,
    policy.TrainingStatus: of_policy.training_statuses,
    policy.Overdue: of_policy.overdues,
    policy.Commitment: of_policy.commitments,
    policy.ServicePolicy: of_policy.service_policies,
    policy.Finding: of_policy.policy_findings,
    policy.Action: of_policy.actions,
    policy.Plan: of_policy.plans,
    policy.Conversation: of_policy.conversations,
    policy.CustomerHistory: of_policy.customer_histories,
    policy.ReviewFigures: of_policy.review_figures,
    policy.ServiceReview: of_policy.service_reviews,
    satisfaction.Item: lambda: _ITEMS,
    satisfaction.Dimension: _built(
        satisfaction.Dimension, TEXTS, TEXTS, items=st.lists(_ITEMS, min_size=1, max_size=3)
    ),
    satisfaction.RatingScoring: of_satisfaction.rating_scorings,
    satisfaction.RatingScore: of_satisfaction.rating_scores,
    satisfaction.IndexScoring: of_satisfaction.index_scorings,
    satisfaction.IndexScore: of_satisfaction.index_scores,
    satisfaction.GapScoring: of_satisfaction.gap_scorings,
    satisfaction.PerformanceScoring: of_satisfaction.performance_scorings,
    satisfaction.QualityScore: of_satisfaction.quality_scores,
    satisfaction.PartScore: _parts(of_satisfaction.quality_scores, attrgetter("dimensions")),
}
"""Every public class of values, and what gives them: a new class has its line here."""
