"""The public API, name by name: what is there, what it takes, what it says of itself."""

import ast
import importlib
import inspect
import re
from collections import ChainMap
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import attrs
import pytest

import servicekit
from tour import public_modules

API = """\
servicekit
servicekit.benchmark
  Answers(ratings: Mapping[str, int], respondent: str | None = None, *, role: str | None = None,
      at: datetime | None = None) -> None
  Band(key: str, title: Mapping[str, str], advice: Mapping[str, str], *, at_least: int | Fraction
      | None = None) -> None
  Comparison(instrument: Instrument, sections: tuple[Contrast, ...], *, total: Contrast, paired:
      bool, left_out: int) -> None
  Contrast(section: Section | None, value: Scores, against: Scores, difference: Difference | None)
      -> None
  Contrast.change: Fraction | None
  Contrast.interval: Interval | None
  Contrast.more_than_noise: bool | None
  Instrument(key: str, title: Mapping[str, str], scale: Scale, sections: Section | list[Section] |
      tuple[Section, ...], bands: Band | list[Band] | tuple[Band, ...] = (), source: str | None =
      None) -> None
  Instrument.statements: tuple[Statement, ...]
  Instrument.languages: tuple[str, ...]
  Instrument.lowest: int
  Instrument.highest: int
  Missing: REFUSE PRORATE OMIT
  Reliability(alpha: Fraction, respondents: int, *, items: int) -> None
  Reliability.interval(self, level: float = 0.95) -> Interval | None
  Scale(low: int, high: int) -> None
  Scale.values: range
  Scale.turn(self, rating: int) -> int
  Score(instrument: Instrument, answers: Answers, *, missing: Union[Missing, Literal['refuse',
      'prorate', 'omit']] = Missing.REFUSE) -> None
  Score.answered: int
  Score.total: Fraction | None
  Score.percent: Fraction | None
  Score.sections: tuple[SectionScore, ...]
  Score.weakest: tuple[SectionScore, ...]
  Score.band: Band | None
  Score.between_bands: bool
  Score.to_next_band: Fraction | None
  Score.tipping(self) -> Tipping | None
  Scores(n: int, mean: Fraction | None, variance: Fraction | None) -> None
  Scores.spread: float | None
  Scores.sample: Sample | None
  Scores.interval(self, level: float = 0.95) -> Interval | None
  Section(key: str, title: Mapping[str, str], statements: Statement | list[Statement] |
      tuple[Statement, ...]) -> None
  SectionScore(section: Section, points: int, answered: int, mean: Fraction | None) -> None
  SectionSummary(section: Section, scores: Scores, reliability: Reliability | None) -> None
  SectionSummary.mean: Fraction | None
  SectionSummary.alpha: Fraction | None
  Statement(key: str, text: Mapping[str, str], *, reverse: bool = False) -> None
  StatementSummary(statement: Statement, counts: Mapping[int, int]) -> None
  StatementSummary.n: int
  StatementSummary.mean: Fraction | None
  StatementSummary.top_two: Fraction | None
  Summary(instrument: Instrument, missing: Union[Missing, Literal['refuse', 'prorate', 'omit']],
      *, tallies: Tally | list[Tally] | tuple[Tally, ...]) -> None
  Summary.n: int
  Summary.incomplete: int
  Summary.total: Scores
  Summary.statements: tuple[StatementSummary, ...]
  Summary.sections: tuple[SectionSummary, ...]
  Summary.weakest: tuple[SectionSummary, ...]
  Summary.bands: Mapping[str, int]
  Summary.between_bands: int
  Summary.by_role: Mapping[str | None, 'Summary']
  Summary.gaps(self, role: str | None, other: str | None, *, level: float = 0.95) ->
      tuple[Contrast, ...]
  Tally(role: str | None, n: int, incomplete: int, whole: tuple[tuple[int, ...], ...], partial:
      tuple[tuple[int, ...], ...], squares: tuple[int, ...], prorated: tuple[tuple[int, int, int],
      ...], total: tuple[int, int, int], bands: tuple[int, ...], between: int) -> None
  Tipping(band: Band, statements: tuple[Statement, ...], rises: int) -> None
  compare(before: Summary | Iterable[Score], after: Summary | Iterable[Score], *, level: float =
      0.95) -> Comparison
  questions(instrument: Instrument, language: str) -> Mapping[str, str]
  reliability(columns: Mapping[str, Iterable[int | None]], *, missing: Literal['listwise',
      'pairwise'] = 'listwise') -> Reliability | None
  score(instrument: Instrument, answers: Answers, *, missing: Union[Missing, Literal['refuse',
      'prorate', 'omit']] = 'refuse') -> Score
  summarize(instrument: Instrument, many: Iterable[Answers], *, missing: Union[Missing,
      Literal['refuse', 'prorate', 'omit']] = 'omit') -> Summary
  summarize_columns(instrument: Instrument, columns: Mapping[str, Iterable[int | None]], *, role:
      str | None = None, missing: Union[Missing, Literal['refuse', 'prorate', 'omit']] = 'omit')
      -> Summary
servicekit.catalogue
servicekit.catalogue.excellence
  EXCELLENCE
servicekit.catalogue.helpfulness
  HELPFULNESS
servicekit.catalogue.kpis
  ABANDONED
  ABANDONED_WITHOUT_SHORT
  ANSWERED
  ANSWERED_BY_PERSON
  ANSWER_DELAY_MEAN
  ANSWER_DELAY_MEDIAN
  ANSWER_DELAY_P90
  BACKLOG
  BACKLOG_AGE_MEAN
  BACKLOG_AGE_MEDIAN
  BACKLOG_AGE_P90
  BASKET_OF_FIRST_TIMERS
  BASKET_OF_REGULARS
  CARE
  CASE_PROMISES_KEPT
  COMPLAINTS
  COMPLAINTS_PER_1000_ORDERS
  CONTACTS
  DETRACTORS
  ESCALATED_IN_TIME
  EVERY
  FIRST_CONTACT_RESOLUTION_BY_FLAG
  FIRST_CONTACT_RESOLUTION_BY_SURVEY
  FIRST_CONTACT_RESOLUTION_NO_REPEAT
  FIRST_RESPONSE_MEAN
  FIRST_RESPONSE_MEDIAN
  FIRST_RESPONSE_P90
  FOLLOWED_UP
  GOODWILL_GIVEN
  HANDLE_TIME
  INTERNAL_REJECTS
  JOB_SATISFACTION
  LOYALTY
  OPERATIONS
  OWN_LANGUAGE
  PREVENTION_SUGGESTED
  PROMISES
  PROMISES_KEPT
  PROMISES_KEPT_IN_WRITING
  PROMOTERS
  REFUSED_DELIVERIES
  REOPENED
  REORDERED
  REPEAT_PURCHASE
  REPRESENTED_WELL
  REPURCHASE_AFTER_COMPLAINT
  RESOLUTION_TIME_MEAN
  RESOLUTION_TIME_MEDIAN
  RESOLUTION_TIME_P90
  RESOLVED_IN_FIRST_ROUND
  RETENTION
  RETURNED_ORDERS
  RETURNED_UNITS
  SATISFIED
  SATISFIED_CUSTOMERS
  SERVICE_LEVEL_ANSWERED_OF_ANSWERED
  SERVICE_LEVEL_ANSWERED_OF_OFFERED
  SERVICE_LEVEL_ANSWERED_OR_ABANDONED
  SERVICE_LEVEL_ANSWERED_OR_SHORT
  SERVICE_LEVEL_WITHOUT_EARLY_ABANDONED
  SOLVED
  STAFF_SATISFIED
  STOCK_OUTS
  SURVEY_RESPONSE
  WRITTEN_ANSWERED_IN_24_HOURS
  abandoned_without_short(short: timedelta) -> Kpi
  compensation_per_case(currency: str) -> Kpi
  escalated_in_time(limit: timedelta) -> Kpi
  first_contact_resolution_no_repeat(window: timedelta) -> Kpi
  followed_up_within(limit: timedelta) -> Kpi
  goodwill_per_case(currency: str) -> Kpi
  refunded_revenue(currency: str, after: timedelta) -> Kpi
  reopened_within(window: timedelta) -> Kpi
  repurchase_after_complaint(window: timedelta) -> Kpi
  resolved_within(limit: timedelta) -> Kpi
  resolved_within_working(limit: timedelta) -> Kpi
  responded_within(limit: timedelta) -> Kpi
  responded_within_working(limit: timedelta) -> Kpi
  returned_orders(after: timedelta) -> Kpi
  returned_units(after: timedelta) -> Kpi
  service_level_answered_of_answered(limit: timedelta) -> Kpi
  service_level_answered_of_offered(limit: timedelta) -> Kpi
  service_level_answered_or_abandoned(limit: timedelta) -> Kpi
  service_level_answered_or_short(limit: timedelta, short: timedelta) -> Kpi
  service_level_without_early_abandoned(limit: timedelta) -> Kpi
  total_compensation(currency: str) -> Kpi
  written_answered_within(limit: timedelta) -> Kpi
servicekit.catalogue.reference
  FOLKLORE
  FRONT_LINE
  LEAVING
  PAY_MORE
  REFERENCES
  REPURCHASE_SATISFIED
  REPURCHASE_SATISFIED_QUICKLY
  REPURCHASE_SILENT
  REPURCHASE_UNSATISFIED
  SILENT
  SILENT_AT_FRONT_LINE
  TOLD
  UNHELPFUL_STAFF
servicekit.catalogue.routing
  AFTER_A_CONTACT
  RATED_1_TO_5
servicekit.catalogue.satisfaction
  ACSI
  CES_2
  CES_2_NET
  CES_2_SHARE
  CES_2010
  CSAT_GOOD_OF_DECIDED
  CSAT_MEAN_OF_FIVE
  CSAT_NET_OF_FIVE
  CSAT_TOP_THREE_OF_TEN
  CSAT_TOP_TWO_OF_FIVE
  CSAT_TOP_TWO_OF_SEVEN
  NPS
  SERVPERF
  SERVQUAL
  Better: HIGHER LOWER NEITHER
  Dimension(key: str, title: str, *, items: Item | list[Item] | tuple[Item, ...]) -> None
  Figure: SHARE SHARE_OF_DECIDED NET MEAN
  GapScoring(key: str, title: str, *, better: Better = Better.HIGHER, source: str, dimensions:
      Dimension | list[Dimension] | tuple[Dimension, ...], scale: Scale) -> None
  GapScoring.factor: int
  GapScoring.items: tuple[Item, ...]
  GapScoring.worded(self, texts: Mapping[str, str]) -> Self
  GapScoring.lowest: int
  GapScoring.highest: int
  GapScoring.score(self, perceived: Iterable[Iterable[int | None]], expected:
      Iterable[Iterable[int | None]], *, level: float = 0.95) -> 'QualityScore'
  IndexScore(*, numerator: int, denominator: int, answered: int, unanswered: int, variance:
      Fraction | None, interval: Interval | None, scoring: IndexScoring) -> None
  IndexScore.value: Fraction | None
  IndexScore.standard_error: float | None
  IndexScoring(key: str, title: str, *, better: Better = Better.HIGHER, source: str, items: Item |
      list[Item] | tuple[Item, ...], scale: Scale, weights: Fraction | Decimal | int | str |
      list[Fraction | Decimal | int | str] | tuple[Fraction | Decimal | int | str, ...]) -> None
  IndexScoring.factor: int
  IndexScoring.lowest: int
  IndexScoring.highest: int
  IndexScoring.weighted(self, *weights: Fraction | Decimal | int | str) -> 'IndexScoring'
  IndexScoring.worded(self, texts: Mapping[str, str]) -> 'IndexScoring'
  IndexScoring.score(self, rows: Iterable[Iterable[int | None]], *, level: float = 0.95) ->
      'IndexScore'
  Item(key: str, text: str | None = None) -> None
  PartScore(*, key: str, title: str | None, numerator: int, denominator: int, answered: int,
      unanswered: int, variance: Fraction | None, interval: Interval | None) -> None
  PartScore.value: Fraction | None
  PerformanceScoring(key: str, title: str, *, better: Better = Better.HIGHER, source: str,
      dimensions: Dimension | list[Dimension] | tuple[Dimension, ...], scale: Scale) -> None
  PerformanceScoring.factor: int
  PerformanceScoring.items: tuple[Item, ...]
  PerformanceScoring.worded(self, texts: Mapping[str, str]) -> Self
  PerformanceScoring.lowest: int
  PerformanceScoring.highest: int
  PerformanceScoring.score(self, perceived: Iterable[Iterable[int | None]], *, level: float =
      0.95) -> 'QualityScore'
  QualityScore(*, scoring: GapScoring | PerformanceScoring, dimensions: tuple[PartScore, ...],
      items: tuple[PartScore, ...]) -> None
  QualityScore.value: Fraction | None
  QualityScore.weakest: tuple[PartScore, ...]
  QualityScore.weighted(self, weights: Mapping[str, Fraction | Decimal | int | str]) -> Fraction |
      None
  RatingScore(*, numerator: int, denominator: int, answered: int, unanswered: int, variance:
      Fraction | None, interval: Interval | None, scoring: RatingScoring, counts: tuple[int, ...])
      -> None
  RatingScore.value: Fraction | None
  RatingScore.standard_error: float | None
  RatingScoring(key: str, title: str, *, better: Better = Better.HIGHER, source: str, scale:
      Scale, figure: Figure, good: Collection[int] = frozenset(), bad: Collection[int] =
      frozenset()) -> None
  RatingScoring.factor: int
  RatingScoring.lowest: int
  RatingScoring.highest: int
  RatingScoring.score(self, answers: Iterable[int | None] | Mapping[int | None, int], *, level:
      float = 0.95) -> 'RatingScore'
  Weight
servicekit.catalogue.standards
  CFPB_FINAL_RESPONSE
  CFPB_RESPONSE
  FCA_FINAL_RESPONSE
  FCA_PAYMENT_RESPONSE
  FCA_PAYMENT_RESPONSE_EXCEPTIONAL
  FCA_SUMMARY_RESOLUTION
  NEXT_DAY_CALL_BACK
  STANDARDS
  WRITTEN_ANSWER
servicekit.change
  Caveat(concern: Concern, kpis: tuple[str, ...], *, said: str) -> None
  Change(before: Measurement, after: Measurement, *, difference: Difference | None, effect: Effect |
      None, p_value: float | None, level: float, why: str | None = None) -> None
  Change.kpi: Kpi
  Change.interval: Interval | None
  Change.verdict: Verdict
  Changes(by_key: Mapping[str, Change], *, caveats: tuple[Caveat, ...], together: bool) -> None
  Concern: OPPOSED MIX UNKNOWN STILL_OPEN
  Effect(scale: EffectSize, value: float | None, *, interval: Interval | None) -> None
  EffectSize: COHENS_H HEDGES_G CLIFFS_DELTA RATE_RATIO
  Trend(kpi: Kpi, periods: tuple[str, ...], *, chart: ProcessChart, left_out: tuple[str, ...],
      still_open: tuple[str, ...]) -> None
  Trend.signals: tuple[TrendSignal, ...]
  TrendSignal(signal: ChartSignal, periods: tuple[str, ...], *, verdict: Verdict) -> None
  Verdict: BETTER WORSE DIFFERENT NO_CLEAR_DIFFERENCE CANNOT_TELL
  change(before: Measurements | Groups, after: Measurements | Groups, kpis: Iterable[Kpi | str] |
      Kpi | str | None = None, *, exposure: tuple[float | Fraction, float | Fraction] | None = None,
      level: float = 0.95, together: bool = True) -> Changes
  trend(measurements: Mapping[typing.Any, Measurement | Measurements] | Iterable[Measurement], kpi:
      Kpi | str | None = None, *, baseline: int | None = None, centre: Average = Average.MEAN,
      ranges: Average = Average.MEAN) -> Trend
servicekit.complaint
  Channel: IN_PERSON PHONE EMAIL LETTER WEB CHAT SOCIAL_MEDIA
  Channel.written: bool
  Complaint(id: str, customer: Customer, channel: Channel, received_at: datetime, received_by:
      str, concern: str, *, category: str | None = None, causes: Collection[Dissatisfaction] =
      frozenset(), remedy_sought: str | None = None, on_behalf_of: Customer | None = None, about:
      Subject | None = None) -> None
  Customer(name: str, address: str | None = None, *, phone: str | None = None, email: str | None =
      None, language: str | None = None) -> None
  Dissatisfaction: UNPROFESSIONAL IMPERSONAL NOT_RIGHT_FIRST_TIME BAD_RESULT NOT_SOLVED
      TREATED_BADLY OVERCHARGED SLOW_ANSWER BAD_ATTITUDE
  Subject(order: str | None = None, product: str | None = None, *, policy: str | None = None) ->
      None
servicekit.errors
  CurrencyError(left: str, right: str) -> None
  DefinitionError(definition: str, problems: tuple[Problem, ...]) -> None
  FlowError(step: str, position: int, stage: str, outcome: str | None, allowed: tuple[str, ...],
      missing: tuple[str, ...]) -> None
  Problem(field: str, value: str, allowed: str) -> None
  RecordError(record: str, problems: tuple[Problem, ...]) -> None
  ServicekitError: Exception
servicekit.extra
servicekit.extra.frames
  measure_frame(kpis: Iterable[Kpi], frame: Any, *, as_of: datetime, by: str | Period | Sequence[str
      | Period] | None = None, zone: tzinfo | None = None, approximate: bool = False) -> Any
  read_measurements(result: Any, kpis: Iterable[Kpi]) -> Measurements | Groups
servicekit.feedback
  WORD_LISTS
  Agreement(n: int, left_out: int, *, codes: tuple[CodeAgreement, ...], overall: Kappa | None) ->
      None
  Code(key: str, title: str, *, words: str | Sequence[str] | Mapping[str, str | Sequence[str]] =
      (), but_not: str | Sequence[str] | Mapping[str, str | Sequence[str]] = (), actionable: bool
      = True) -> None
  CodeAgreement(code: Code, kappa: Kappa | None) -> None
  Codebook(key: str, codes: Code | list[Code] | tuple[Code, ...]) -> None
  Codebook.languages: tuple[str, ...]
  CodedComment(comment: Comment, matches: Match | list[Match] | tuple[Match, ...] = ()) -> None
  CodedComment.codes: tuple[str, ...]
  Coding(codebook: Codebook, read: CodedComment | list[CodedComment] | tuple[CodedComment, ...],
      *, unread: Comment | list[Comment] | tuple[Comment, ...] = ()) -> None
  Coding.coded: tuple[CodedComment, ...]
  Coding.uncoded: tuple[Comment, ...]
  Coding.n: int
  Coding.counts: Mapping[str, int]
  Coding.themes: tuple[Theme, ...]
  Coding.by_source: Mapping[str | None, 'Coding']
  Coding.mentions: tuple[Mention, ...]
  Comment(id: str, text: str, *, at: datetime, language: str | None = None, rating: float |
      Fraction | None = None, question: str | None = None, channel: Channel | None = None, source:
      str | None = None, customer: str | None = None, agent: str | None = None) -> None
  Credit(who: Hashable, praise: tuple[Hashable, ...], blame: tuple[Hashable, ...], *, n: int,
      unknown: int) -> None
  Credit.praised: Fraction | None
  Credit.blamed: Fraction | None
  Credit.praise_interval(self, level: float = 0.95) -> Interval | None
  Credit.blame_interval(self, level: float = 0.95) -> Interval | None
  Credit.worst_case: float
  Credit.best_case: float
  Criteria(*, open_share: Fraction = Fraction(1, 2), fresh: timedelta = timedelta(days=60),
      response_rate: Fraction = Fraction(1, 4)) -> None
  Destination(to: str, within: timedelta) -> None
  Finding(flaw: Flaw, question: str | None, found: str, advice: str) -> None
  Flaw: DOUBLE_BARRELLED LEADING ABSOLUTE UNJUDGED UNBALANCED FEW_OPEN SOLVED_NOT_ASKED
      REPRESENTATIVE_NOT_ASKED OLD_ANSWERS LOW_RESPONSE
  Invitation(sent_at: datetime, answered_at: datetime | None = None) -> None
  Match(code: str, phrase: str | None = None, *, words: str | None = None) -> None
  Mention(code: str, comment: str, *, at: datetime, source: str | None, actionable: bool, words:
      tuple[str, ...]) -> None
  Option(text: Mapping[str, str], tone: Tone | None = None) -> None
  Purpose: SOLVED REPRESENTATIVE
  Question(key: str, text: Mapping[str, str], *, options: Option | list[Option] | tuple[Option,
      ...] = (), asks: Purpose | None = None) -> None
  Question.is_open: bool
  Recognition(credits: tuple[Credit, ...], unnamed: int, *, smallest: int, at_least: Fraction) ->
      None
  Recognition.thanked: tuple[Credit, ...]
  Recognition.rewarded: tuple[Credit, ...]
  Recognition.weakest: tuple[Credit, ...]
  Response(sent: int, answered: int) -> None
  Response.rate: Fraction | None
  Response.interval(self, level: float = 0.95) -> Interval | None
  Routed(feedback: Comment | Contact, destination: Destination, *, due: datetime, rule:
      RoutingRule | None) -> None
  Routed.because: str
  Routes(routed: tuple[Routed, ...]) -> None
  Routes.by_destination: Mapping[str, tuple[Routed, ...]]
  RoutingRule(key: str, destination: Destination, *, when: Compare | OneOf | IsTrue | Known |
      Within | And | Or | Not | None = None, codes: str | Collection[str] = ()) -> None
  RoutingRules(rules: RoutingRule | list[RoutingRule] | tuple[RoutingRule, ...], fallback:
      Destination) -> None
  Survey(questions: Question | list[Question] | tuple[Question, ...], invitations: Invitation |
      list[Invitation] | tuple[Invitation, ...] = ()) -> None
  Survey.languages: tuple[str, ...]
  Survey.known(self, as_of: datetime) -> tuple[Invitation, ...]
  Survey.response(self, as_of: datetime | None = None) -> Response
  Theme(code: Code, count: int, n: int) -> None
  Theme.share: Fraction | None
  Theme.interval(self, level: float = 0.95) -> Interval | None
  Tone: POSITIVE NEUTRAL NEGATIVE
  WordList(joining: str | list[str] | tuple[str, ...] = (), leading: str | list[str] | tuple[str,
      ...] = (), *, absolute: str | list[str] | tuple[str, ...] = ()) -> None
  agreement(one: Coding, another: Coding, *, level: float = 0.95) -> Agreement
  code(comments: Iterable[Comment], codebook: Codebook) -> Coding
  code_by_hand(comments: Iterable[Comment], codes: Mapping[str, str | Collection[str]], codebook:
      Codebook) -> Coding
  recognition(contacts: Iterable[typing.Any], *, praise: Compare | OneOf | IsTrue | Known | Within
      | And | Or | Not = IsTrue(of=Column(name='represented_well')), blame: Compare | OneOf |
      IsTrue | Known | Within | And | Or | Not | None = None, by: str = 'agent', smallest: int =
      5, at_least: Fraction = Fraction(1, 2)) -> Recognition
  review(survey: Survey, *, as_of: datetime | None = None, criteria: Criteria | None = None,
      words: Mapping[str, WordList] | None = None) -> tuple[Finding, ...]
  route(feedback: Coding | Iterable[Comment | Contact], rules: RoutingRules, *, calendar:
      Timetable | None = None) -> Routes
servicekit.inference
  Average: MEAN MEDIAN
  Beta(a: float, b: float) -> None
  Beta.cdf(self, x: float) -> float
  Beta.inv_cdf(self, p: float) -> float
  ChartSignal(pattern: Pattern, side: Side, *, places: tuple[int, ...]) -> None
  Difference(estimate: float, interval: Interval | None, *, p_value: float | None = None) -> None
  Difference.more_than_noise: bool | None
  FisherF(df1: float, df2: float) -> None
  FisherF.cdf(self, x: float) -> float
  FisherF.inv_cdf(self, p: float) -> float
  Gamma(shape: float) -> None
  Gamma.cdf(self, x: float) -> float
  Gamma.inv_cdf(self, p: float) -> float
  Interval(low: float, high: float, *, level: float) -> None
  Interval.width: float
  Interval.scaled(self, factor: float) -> 'Interval'
  Kappa(n: int, observed: Fraction, expected: Fraction, interval: Interval | None) -> None
  Kappa.estimate: Fraction | None
  Limits(centre: float | Fraction, moving_range: float | Fraction, *, lower: float | Fraction,
      upper: float | Fraction, range_limit: float | Fraction) -> None
  Limits.of(values: Iterable[float | Fraction], *, centre: Average = Average.MEAN, ranges: Average =
      Average.MEAN) -> Optional[Self]
  MannWhitney(u: Fraction, pairs: int, *, p_value: float | None, exact: bool) -> None
  Pattern: BEYOND_LIMIT RUN_OF_EIGHT TWO_OF_THREE FOUR_OF_FIVE JUMP
  ProcessChart(values: list[float | Fraction] | tuple[float | Fraction, ...], limits: Limits | None)
      -> None
  ProcessChart.moving_ranges: tuple[float | Fraction, ...]
  ProcessChart.signals: tuple[ChartSignal, ...]
  Proportion(successes: int, n: int) -> None
  Proportion.share: Fraction | None
  Rate(events: int, exposure: float | Fraction) -> None
  Rate.value: Fraction
  RateRatio(estimate: float | None, low: float, *, high: float | None, level: float, p_value: float)
      -> None
  RateRatio.more_than_noise: bool
  Ratings
  Real
  Sample(n: int, mean: float | Fraction, *, variance: float | Fraction | None) -> None
  Sample.from_sums(n: int, total: int | Fraction, squares: int | Fraction) -> Self
  Side: ABOVE BELOW
  StudentT(df: float) -> None
  StudentT.cdf(self, x: float) -> float
  StudentT.inv_cdf(self, p: float) -> float
  cliffs_delta(base: Iterable[float | Fraction] | Mapping[float | Fraction, int], other:
      Iterable[float | Fraction] | Mapping[float | Fraction, int], *, level: float = 0.95) ->
      Difference | None
  cohen_kappa(counts: Mapping[tuple[typing.Any, typing.Any], int], *, level: float = 0.95) -> Kappa
      | None
  cohens_h(base: Proportion, other: Proportion, *, level: float = 0.95) -> Difference | None
  feldt(alpha: float | Fraction, respondents: int, items: int, *, level: float = 0.95) -> Interval |
      None
  hedges_g(base: Sample, other: Sample, *, level: float = 0.95) -> Difference | None
  holm(p_values: Iterable[float]) -> tuple[float, ...]
  mann_whitney(base: Iterable[float | Fraction] | Mapping[float | Fraction, int], other:
      Iterable[float | Fraction] | Mapping[float | Fraction, int], *, exact: bool | None = None) ->
      MannWhitney | None
  mean_interval(sample: Sample, *, level: float = 0.95) -> Interval | None
  net_interval(positive: int, negative: int, n: int, *, level: float = 0.95) -> Interval | None
  net_variance(positive: int, negative: int, n: int) -> Fraction | None
  newcombe(base: Proportion, other: Proportion, *, level: float = 0.95) -> Difference | None
  paired_difference(differences: Sample, *, level: float = 0.95) -> Difference
  rate_interval(rate: Rate, *, level: float = 0.95) -> Interval
  rate_ratio(base: Rate, other: Rate, *, level: float = 0.95) -> RateRatio
  welch(base: Sample, other: Sample, *, level: float = 0.95) -> Difference
  wilson(successes: int, n: int, *, level: float = 0.95) -> Interval | None
  xmr(values: Iterable[float | Fraction], *, baseline: int | None = None, centre: Average =
      Average.MEAN, ranges: Average = Average.MEAN) -> ProcessChart
servicekit.kpi
  And(conditions: 'list[Condition] | tuple[Condition, ...]') -> None
  Assessment(target: Target, measurement: Measurement, *, as_of: datetime) -> None
  Assessment.status: Status
  Assessment.gap: float | Fraction | None
  Assessment.certain: bool | None
  Assessment.on_track: bool | None
  Better: HIGHER LOWER NEITHER
  By
  Column(name: str) -> None
  Column.known(self) -> 'Known'
  Column.equals(self, value: str | bool | int) -> 'OneOf'
  Column.one_of(self, *values: str | bool | int) -> 'OneOf'
  Column.is_true(self) -> 'IsTrue'
  Compare(of: 'Quantity', sign: Sign, *, than: int | float | Decimal | Fraction) -> None
  Condition
  Count(of: Compare | OneOf | IsTrue | Known | Within | And | Or | Not | None = None) -> None
  Elapsed(start: str, end: str, *, unit: timedelta = timedelta(seconds=1)) -> None
  Elapsed.known(self) -> 'Known'
  Equity(kpi: Kpi, standings: tuple[Standing, ...]) -> None
  Equity.ranked: tuple[Standing, ...]
  Equity.small: tuple[Standing, ...]
  Equity.differing: tuple[Standing, ...]
  Equity.best: Standing | None
  Equity.worst: Standing | None
  Equity.difference: float | Fraction | None
  Equity.ratio: float | Fraction | None
  Groups(by: str, by_group: Mapping[Hashable, Measurements]) -> None
  IsTrue(of: Column) -> None
  Known(of: 'Quantity') -> None
  Kpi(key: str, title: str, measure: Count | Total | Share | Ratio | Mean | Percentile, unit: str,
      better: Better, *, source: str | None = None) -> None
  Kpi.columns: tuple[str, ...]
  Kpi.measures_as(self, other: 'Kpi') -> bool
  Length: DAY WEEK MONTH QUARTER YEAR
  Mean(of: Column | Elapsed | Per | Plus, among: Compare | OneOf | IsTrue | Known | Within | And |
      Or | Not | None = None) -> None
  Measure
  Measurement(kpi: Kpi, as_of: datetime, tally: Tally) -> None
  Measurement.tally: Tally
  Measurement.definition: str
  Measurement.n: int
  Measurement.unknown: int
  Measurement.still_open: int
  Measurement.numerator: float | Fraction | None
  Measurement.denominator: float | Fraction | None
  Measurement.value: float | Fraction | None
  Measurement.approximate: bool
  Measurement.interval: Interval | None
  Measurements(by_key: Mapping[str, Measurement]) -> None
  Method: LINEAR NEAREST_RANK
  Not(condition: 'Condition') -> None
  OneOf(of: Column, values: str | bool | int | list[str | bool | int] | tuple[str | bool | int,
      ...]) -> None
  Or(conditions: 'list[Condition] | tuple[Condition, ...]') -> None
  Per(of: 'Quantity', by: 'Quantity | int') -> None
  Per.known(self) -> 'Known'
  Percentile(of: Column | Elapsed | Per | Plus, p: int | float | Decimal | Fraction, *, among:
      Compare | OneOf | IsTrue | Known | Within | And | Or | Not | None = None, method: Method =
      Method.LINEAR) -> None
  Period(column: str, length: str, tz: tzinfo | None = None) -> None
  Period.label(self, day: date) -> str
  Plus(parts: 'list[Quantity] | tuple[Quantity, ...]') -> None
  Plus.known(self) -> 'Known'
  Quantity
  Ratio(of: Count | Total, to: Count | Total) -> None
  Scorecard(title: str, assessments: Assessment | list[Assessment] | tuple[Assessment, ...]) ->
      None
  Scorecard.of(title: str, targets: Iterable[Target], measurements: Mapping[str, Measurement], *,
      as_of: datetime) -> Self
  Share(of: Compare | OneOf | IsTrue | Known | Within | And | Or | Not, among: Compare | OneOf |
      IsTrue | Known | Within | And | Or | Not | None = None) -> None
  Sign: BELOW AT_MOST ABOVE AT_LEAST
  Standing(group: Hashable, measurement: Measurement, *, small: bool, p_value: float | None =
      None) -> None
  Standing.differs: bool | None
  Status: MISSED NEAR NO_DATA MET
  Target(kpi: Kpi, *, at_least: int | float | Decimal | Fraction | None = None, at_most: int |
      float | Decimal | Fraction | None = None, warn: int | float | Decimal | Fraction | None =
      None, baseline: int | float | Decimal | Fraction | None = None, since: datetime | None =
      None, due: datetime | None = None, owner: str | None = None) -> None
  Target.goal: int | Fraction
  Target.beyond(self, value: float | Fraction, bound: int | Fraction) -> float | Fraction
  Target.expected(self, at: datetime) -> int | Fraction | None
  Total(of: Column | Elapsed | Per | Plus, among: Compare | OneOf | IsTrue | Known | Within | And
      | Or | Not | None = None) -> None
  Within(start: str, end: str, limit: timedelta) -> None
  assess(target: Target, measurement: Measurement, *, as_of: datetime) -> Assessment
  equity(kpi: Kpi, rows: Iterable[typing.Any], by: str | Period | Sequence[str | Period], as_of:
      datetime, *, smallest: int = 30) -> Equity
  measure(kpis: Iterable[Kpi], rows: Iterable[typing.Any], *, as_of: datetime, by: str | Period |
      Sequence[str | Period] | None = None) -> Measurements | Groups
servicekit.money
  Money(amount: Decimal | int | str, currency: str) -> None
  Totals(amounts: Iterable[Money] | Mapping[str, Money] = ()) -> None
servicekit.policy
  ESCALATE_EARLY
  EXPECTATIONS
  Action(what: str, row: ModelRow, *, by: datetime | None = None) -> None
  Aspect: PRESENTATION SPEED COMMUNICATION FOLLOW_UP COMPLAINTS LOYALTY SUPERVISION
  Attendance(course: str, on: date) -> None
  Audience: CUSTOMERS STAFF MANAGEMENT
  Authority(asks: Mapping[str, str | None], limits: Limit | list[Limit] | tuple[Limit, ...] = (), *,
      escalation: EscalationRule | list[EscalationRule] | tuple[EscalationRule, ...] =
      (EscalationRule(ground=Ground.SEVERITY, within=timedelta(days=1), to=None, at_least=1,
      longest=None, grave=frozenset(['bad_result', 'treated_badly'])),
      EscalationRule(ground=Ground.NEGATIVE_FEEDBACK, within=timedelta(seconds=3600), to=None,
      at_least=1, longest=None, grave=frozenset()), EscalationRule(ground=Ground.BROKEN_PROMISE,
      within=timedelta(days=1), to=None, at_least=1, longest=None, grave=frozenset()),
      EscalationRule(ground=Ground.ROUNDS, within=timedelta(days=1), to=None, at_least=1,
      longest=None, grave=frozenset()), EscalationRule(ground=Ground.WAITING,
      within=timedelta(days=1), to=None, at_least=1, longest=timedelta(days=2), grave=frozenset())))
      -> None
  Authority.top: str
  Authority.hard_noes: tuple[Limit, ...]
  Authority.chain(self, role: str) -> tuple[str, ...]
  CaseClock(obligation: Obligation, start: datetime, end: datetime, counted: timedelta, standing:
      Standing, *, pauses: Pauses = Pauses(stretches=())) -> None
  CaseClock.milestone: Milestone
  CaseClock.status: Status
  CaseClock.due: datetime
  CaseClock.wall: timedelta
  CaseClock.spans(self, calendar: Timetable | None) -> tuple[Span, ...]
  CaseClock.explanation(self, calendar: Timetable | None) -> str
  Clock: CLOCK_TIME WORKING_TIME CALENDAR_DAYS BUSINESS_DAYS
  Clock.in_days: bool
  Commitment(key: str, aspect: Aspect, promise: str, *, meets: Expectation | Collection[Expectation]
      = frozenset(), visible_to: Audience | Collection[Audience] = frozenset(), kept_by:
      ResponseStandard | Target | Kpi | list[ResponseStandard | Target | Kpi] |
      tuple[ResponseStandard | Target | Kpi, ...] = (), owner: str | None = None) -> None
  Conversation(at: datetime, by: str | None = None, *, about: str | None = None, channel: Channel |
      None = None) -> None
  Course(key: str, title: str, *, audience: Collection[str] | None = None, topics: Topic |
      Collection[Topic] = frozenset(), format: Format = Format.COURSE, at_hiring: bool = True,
      every: Recurrence | None = None, starts: date | None = None) -> None
  Course.is_for(self, roles: frozenset[str]) -> bool
  Course.due(self, hired: date, last: date | None) -> date | None
  CustomerHistory(cases: Case | list[Case] | tuple[Case, ...], contacts: Contact | list[Contact] |
      tuple[Contact, ...], as_of: datetime) -> None
  CustomerHistory.name: str | None
  CustomerHistory.language: str | None
  CustomerHistory.last_contact: Conversation | None
  CustomerHistory.last_purchase: Subject | None
  CustomerHistory.open_promises: tuple[PromiseState, ...]
  CustomerHistory.how_it_went: str | None
  EscalationRule(ground: Ground, within: timedelta, *, to: str | None = None, at_least: int = 1,
      longest: timedelta | None = None, grave: Collection[str] = frozenset()) -> None
  Expectation: FOUND_ONLINE WAY_THERE HOW_TO_REACH MAXIMUM_WAIT DELIVERY_TERMS RETURN_TERMS
      PAYMENT_MEANS SERVICES_EXPLAINED WARRANTIES_EXPLAINED CONTACT_AFTER_PURCHASE DELIVERY_TIMES
      SUPPORT EASY_COMPLAINING QUICK_SETTLEMENT STAFF_MAY_SETTLE SENIORS_EARLY COMPENSATION
      MONTHLY_CONTACT NEWS_OR_COUPONS FORUM ENCOURAGEMENT FEEDBACK_SHARED MISSED_GOALS_DISCUSSED
      PRAISE
  Expectation.aspect: Aspect
  Expectation.missing: str
  Finding(gap: Gap, about: str, says: str, row: ModelRow) -> None
  Format: COURSE MEETING WORKSHOP
  Gap: TOO_FEW MISSING TOO_LONG SAME_WORDS NOT_USED NOT_PROMISED UNSEEN NO_MEASURE NO_TARGET
      NO_OWNER CONTRADICTION HARD_NO
  Ground: SEVERITY BROKEN_PROMISE ROUNDS WAITING NEGATIVE_FEEDBACK
  Limit(role: str, most: Money | None, reason: str, *, remedy: str | None = None) -> None
  Limit.is_hard_no: bool
  Limit.allows(self, amount: Money) -> bool
  Measure
  Milestone: ACKNOWLEDGED ANSWERED FIXED RESOLVED ENDED
  ModelRow: A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 B1 B2 B3 B4 B5 B6 B7 B8 B9 B10 B11 B12 C1 C2
      C3 C4
  ModelRow.asks_for: str
  Obligation(milestone: Milestone, standard: ResponseStandard, *, priority: str | None = None) ->
      None
  Overdue(name: str, course: str, due: date, last: date | None) -> None
  Permission(role: str, remedy: str, amount: Money | None, *, ask: str | None = None, limit: Limit |
      None = None) -> None
  Permission.granted: bool
  Plan(title: str, actions: tuple[Action, ...]) -> None
  Referral(ground: Ground, since: datetime, to: str, by: datetime, why: str) -> None
  ResponseStandard(key: str, title: str, source: str, limit: timedelta, clock: Clock, *, applies_to:
      Collection[Channel] = (Channel.IN_PERSON, Channel.PHONE, Channel.EMAIL, Channel.LETTER,
      Channel.WEB, Channel.CHAT, Channel.SOCIAL_MEDIA), warn_at: Fraction | None = None) -> None
  ReviewFigures(as_of: datetime, measurements: Measurements, *, benchmark: Summary | None = None) ->
      None
  ServicePolicy(title: str, commitments: Commitment | list[Commitment] | tuple[Commitment, ...] =
      (), *, starts: date | None = None, vision: Vision | None = None, standards: Standards | None =
      None, authority: Authority | None = None, training: TrainingPlan | None = None) -> None
  ServicePolicy.of(self, aspect: Aspect) -> tuple[Commitment, ...]
  ServicePolicy.targets: tuple[Target, ...]
  ServiceReview(entries: Entry | Iterable[Entry], contacts: Contact | Iterable[Contact], operations:
      Operations | Iterable[Operations], answers: Answers | Iterable[Answers], signals: Ranking |
      Signal | Iterable[Signal], targets: Target | Iterable[Target], policy: ServicePolicy, as_of:
      datetime, *, title: str = 'Service review', instrument: Instrument | None = None, promises:
      PromiseEntry | Iterable[PromiseEntry] = (), measured: Measurements = Measurements(), trained:
      TrainingRecord | Iterable[TrainingRecord] = (), by: str | list[str] | tuple[str, ...] =
      ('language', 'language_wanted'), previous: 'ServiceReview | ReviewFigures | None' = None) ->
      None
  ServiceReview.benchmark: Summary | None
  ServiceReview.measurements: Measurements
  ServiceReview.figures: ReviewFigures
  ServiceReview.scorecard: Scorecard
  ServiceReview.problems: Ranking
  ServiceReview.changes: Changes | None
  ServiceReview.comparison: Comparison | None
  ServiceReview.equity: tuple[Equity, ...]
  ServiceReview.gaps: tuple[Finding, ...]
  ServiceReview.training: TrainingStatus | None
  ServiceReview.as_markdown(self) -> str
  ServiceReview.as_html(self) -> str
  Standards(obligations: Obligation | list[Obligation] | tuple[Obligation, ...]) -> None
  Standards.chosen(self, channel: Channel, priority: str | None = None) -> tuple[Obligation, ...]
  Standing(status: Status, due: datetime, left: timedelta) -> None
  Status: MET MISSED RUNNING WARNING OVERRUN
  Topic: POLICY FOUR_STEPS AUTHORITY CALL_LENGTH ALLOWED_TRANSACTIONS PRODUCTS
  TrainingPlan(courses: Course | list[Course] | tuple[Course, ...]) -> None
  TrainingRecord(name: str, roles: Collection[str], hired: date, *, attended: Attendance |
      list[Attendance] | tuple[Attendance, ...] = (), left: date | None = None) -> None
  TrainingRecord.is_there(self, day: date) -> bool
  TrainingRecord.last(self, course: str, day: date) -> date | None
  TrainingStatus(as_of: date, needed: int, overdue: tuple[Overdue, ...]) -> None
  TrainingStatus.share_current: Fraction | None
  Vision(reasons: str | list[str] | tuple[str, ...] = (), customer_reasons: str | list[str] |
      tuple[str, ...] = (), *, steps: str | list[str] | tuple[str, ...] = (), summary: str = '',
      verbs: str | list[str] | tuple[str, ...] = (), statement: str = '', years: int | None = None,
      language: str = 'en') -> None
  audit(policy: ServicePolicy, targets: Iterable[Target] = ()) -> tuple[Finding, ...]
  checklist(plan: TrainingPlan, starts: date | None = None) -> tuple[Finding, ...]
  clock(case: Case, standards: Standards, calendar: Timetable | None, as_of: datetime, *, priority:
      str | None = None, reopening: ReopenPolicy | None = None, pauses: Pauses =
      Pauses(stretches=())) -> tuple[CaseClock, ...]
  due(standard: ResponseStandard, start: datetime, calendar: Timetable | None = None, *, pauses:
      Pauses = Pauses(stretches=())) -> datetime
  escalate(case: Case, authority: Authority, as_of: datetime) -> tuple[Referral, ...]
  may(authority: Authority, role: str, remedy: str, amount: Money | None) -> Permission
  overdue(plan: TrainingPlan, records: Iterable[TrainingRecord], as_of: datetime | date) ->
      TrainingStatus
  plan(subject: Case | Ranking | Scorecard, *, as_of: datetime | None = None) -> Plan
  review(vision: Vision) -> tuple[Finding, ...]
  standing(standard: ResponseStandard, start: datetime, done: datetime | None, as_of: datetime,
      calendar: Timetable | None = None, *, pauses: Pauses = Pauses(stretches=())) -> Standing
servicekit.problems
  UNCODED
  Apart(key: str, title: str, *, reason: Reason, ask: str, signals: tuple[Signal, ...]) -> None
  Apart.frequency: int
  Apart.sources: Mapping[str, int]
  Apart.problems: Mapping[str, int]
  Apart.policies: Mapping[str, int]
  Apart.evidence: tuple[str, ...]
  Apart.notes: tuple[str, ...]
  Depth(low: Fraction, high: Fraction, reference: Reference) -> None
  Effectiveness(problem: str, fixed_at: datetime, *, before: Watch | None, after: Watch | None,
      again: tuple[Signal, ...] = ()) -> None
  Effectiveness.came_back: bool | None
  Effectiveness.ratio: RateRatio | None
  Effectiveness.verdict: Verdict
  Grouping: PROBLEM WIDEST POLICY
  Iceberg(voiced: int, ratios: Ratios) -> None
  Iceberg.silent: Depth
  Iceberg.leaving: Depth
  Iceberg.told: Depth
  Problem(key: str, title: str, *, parent: str | None = None, since: datetime | None = None, until:
      datetime | None = None, becomes: str | None = None, ask: str | None = None) -> None
  Problem.in_use(self, at: datetime) -> bool
  Ranking(signals: Signal | list[Signal] | tuple[Signal, ...], *, by: Grouping = Grouping.PROBLEM,
      impact: Mapping[str, int | Fraction] = {}, currency: str | None = None, since: datetime | None
      = None, as_of: datetime | None = None, size: int = 3, taxonomy: Taxonomy | None = None) ->
      None
  Ranking.standings: tuple[Standing, ...]
  Ranking.top: tuple[Standing, ...]
  Ranking.contenders: tuple[Standing, ...]
  Ranking.apart: tuple[Apart, ...]
  Ranking.without: tuple[WithoutSource, ...]
  Ratios(silent: Reference, leaving: Reference, *, told: Reference) -> None
  Reason: VAGUE UNKNOWN NO_IMPACT NO_POLICY
  Reference(key: str, title: str, low: int | float | Decimal | Fraction, high: int | float | Decimal
      | Fraction, source: str, *, caution: str = '') -> None
  Signal(problem: str, source: str, at: datetime, *, weight: int = 1, actionable: bool = True,
      policy: str | None = None, note: str = '', evidence: str | None = None) -> None
  Source: COMPLAINTS SURVEY CONTACTS SUPPLIER STAFF OPERATIONS
  Standing(key: str, title: str, *, place: int, tied: bool, score: Fraction, share: Fraction | None,
      cumulative: Fraction | None, interval: Interval | None, ahead: bool | None, signals:
      tuple[Signal, ...]) -> None
  Standing.frequency: int
  Standing.sources: Mapping[str, int]
  Standing.problems: Mapping[str, int]
  Standing.policies: Mapping[str, int]
  Standing.evidence: tuple[str, ...]
  Standing.notes: tuple[str, ...]
  Standing.impact: Fraction | None
  Standing.corroborated: bool
  Taxonomy(problems: Problem | list[Problem] | tuple[Problem, ...]) -> None
  Taxonomy.current(self, key: str, at: datetime | None = None) -> Problem | None
  Taxonomy.path(self, key: str, at: datetime | None = None) -> tuple[Problem, ...]
  Taxonomy.in_use(self, at: datetime) -> tuple[Problem, ...]
  Telling
  Watch(start: datetime, end: datetime, times: int, *, exposure: int | float | Decimal | Fraction |
      None = None) -> None
  Watch.days: Fraction
  Watch.rate: Rate
  Watch.interval: Interval
  WithoutSource(source: str, top: tuple[str, ...], *, entering: tuple[str, ...], leaving: tuple[str,
      ...]) -> None
  iceberg(complaints: int | Iterable[object], reference: Ratios) -> Iceberg
  policies(signals: Iterable[Signal], *, impact: Mapping[str, int | float | Decimal | Fraction |
      Money] | None = None, since: datetime | None = None, top: int = 3, as_of: datetime | None =
      None, taxonomy: Taxonomy | None = None) -> Ranking
  rank(signals: Iterable[Signal], *, impact: Mapping[str, int | float | Decimal | Fraction | Money]
      | None = None, since: datetime | None = None, top: int = 3, as_of: datetime | None = None,
      taxonomy: Taxonomy | None = None, widest: bool = False) -> Ranking
  recurrence(problem: str, signals: Iterable[Signal], fixed_at: datetime, *, since: datetime | None
      = None, as_of: datetime | None = None, exposure: tuple[int | float | Decimal | Fraction, int |
      float | Decimal | Fraction] | None = None, taxonomy: Taxonomy | None = None) -> Effectiveness
  signals_from(told: Iterable[Case | Contact | Operations | Mention]) -> tuple[Signal, ...]
servicekit.recurrence
  Recurrence(every: int, unit: Unit, *, month_end: bool = False) -> None
  Recurrence.occurrences(self, start: date, until: date) -> tuple[date, ...]
  Recurrence.next_after(self, start: date, after: date) -> date
  Unit: DAY WEEK MONTH
servicekit.register
  Backlog(*, start: datetime, end: datetime, opening: int, received: int, reopened: int, ended:
      int, closing: int) -> None
  Contact(id: str, channel: Channel, *, queued_at: datetime, answered_at: datetime | None = None,
      abandoned_at: datetime | None = None, ended_at: datetime | None = None, hold: timedelta |
      None = None, after_call_work: timedelta | None = None, agent: str | None = None,
      answered_by_person: bool | None = None, language_wanted: str | None = None, language_served:
      str | None = None, resolved: bool | None = None, solved: bool | None = None,
      represented_well: bool | None = None, customer: str | None = None, matter: str | None =
      None, case: str | None = None, source: str | None = None, previous_at: datetime | None =
      None, next_at: datetime | None = None) -> None
  Contact.own_language: bool | None
  Contact.hold_seconds: float | None
  Contact.after_call_seconds: float | None
  Entry(*, id: str, as_of: datetime, channel: Channel, received_at: datetime, received_by: str,
      customer: str, stage: Stage, clock_started_at: datetime, language: str | None = None,
      on_behalf_of: str | None = None, category: str | None = None, remedy_sought: str | None =
      None, order: str | None = None, product: str | None = None, policy: str | None = None,
      causes: frozenset[Dissatisfaction] = frozenset(), cause: str | None = None, responsible:
      Responsible | None = None, acknowledged_at: datetime | None = None, first_response_at:
      datetime | None = None, understood_at: datetime | None = None, explained_at: datetime | None
      = None, agreed_at: datetime | None = None, fixed_at: datetime | None = None, resolved_at:
      datetime | None = None, closed_at: datetime | None = None, ended_at: datetime | None = None,
      followed_up_at: datetime | None = None, satisfied: bool | None = None, basis: Basis | None =
      None, reopening: ReopenPolicy | None = None, open_since: datetime | None = None, endings:
      tuple[datetime, ...] = (), reopenings: tuple[datetime, ...] = (), reopened: int = 0, rounds:
      int = 1, escalated_at: datetime | None = None, escalations: int = 0, suggestions: int = 0,
      promises_made: int = 0, promises_due: int = 0, promises_kept: int = 0, promises_kept_late:
      int = 0, promises_broken: int = 0, promises_renegotiated: int = 0, promises_open: int = 0,
      compensation: Totals = Totals(amounts=()), goodwill: Totals = Totals(amounts=()), goodwills:
      int = 0, acknowledged_working: float | None = None, first_response_working: float | None =
      None, understood_working: float | None = None, explained_working: float | None = None,
      agreed_working: float | None = None, fixed_working: float | None = None, resolved_working:
      float | None = None, closed_working: float | None = None, ended_working: float | None =
      None, waited_working: float | None = None, clock_working: float | None = None) -> None
  Operations(start: datetime, end: datetime, *, source: str | None = None, product: str | None =
      None, orders: int | None = None, complaints: int | None = None, sold: int | None = None,
      returned: int | None = None, orders_returned: int | None = None, revenue: Money |
      list[Money] | tuple[Money, ...] | Totals | None = None, refunded: Money | list[Money] |
      tuple[Money, ...] | Totals | None = None, refused_deliveries: int | None = None, reorders:
      int | None = None, stock_outs: int | None = None, produced: int | None = None, rejected: int
      | None = None, surveys_sent: int | None = None, surveys_answered: int | None = None) -> None
  PromiseEntry(*, case: str, as_of: datetime, channel: Channel, category: str | None, what: str,
      key: str | None, remedy: str | None, in_writing: bool | None, made_at: datetime, due_at:
      datetime, kept_at: datetime | None, replaced_at: datetime | None, status: PromiseStatus,
      counts_as: PromiseStatus) -> None
  ReopenPolicy: FIRST_END RESTART SKIP_CLOSED COUNT_CLOSED
  Row
  backlog(entries: Iterable[Entry], start: datetime, end: datetime) -> Backlog
  columns(rows: Iterable[Entry | PromiseEntry | Contact | Operations], *, currencies:
      Iterable[str] = ()) -> dict[str, list[typing.Any]]
  entries(cases: Iterable[Case], *, as_of: datetime, calendar: Timetable | None = None, reopening:
      ReopenPolicy | None = None) -> tuple[Entry, ...]
  entry(case: Case, *, as_of: datetime, calendar: Timetable | None = None, reopening: ReopenPolicy
      | None = None) -> Entry
  promise_entries(cases: Iterable[Case], *, as_of: datetime) -> tuple[PromiseEntry, ...]
  with_repeats(contacts: Iterable[Contact]) -> tuple[Contact, ...]
servicekit.resolution
  TRANSITIONS
  Acknowledgement(automatic: bool = False, *, at: datetime, by: str) -> None
  Acknowledgement.outcome: Outcome | None
  Acknowledgement.is_contact: bool
  AgreedSolution(*, what: str, remedy: str, agreed_at: datetime, promised_by: datetime | None,
      carried_out_at: datetime | None) -> None
  Basis: WITHDRAWN NO_AGREEMENT REFERRED_ELSEWHERE UNREACHABLE
  Case(complaint: Complaint, steps: Understanding | Cause | Proposal | Fix | FollowUp | Closure |
      Reopening | Acknowledgement | Promise | PromiseKept | Escalation | Goodwill | Prevention |
      Note | Correction | list[Understanding | Cause | Proposal | Fix | FollowUp | Closure |
      Reopening | Acknowledgement | Promise | PromiseKept | Escalation | Goodwill | Prevention |
      Note | Correction] | tuple[Understanding | Cause | Proposal | Fix | FollowUp | Closure |
      Reopening | Acknowledgement | Promise | PromiseKept | Escalation | Goodwill | Prevention |
      Note | Correction, ...] = ()) -> None
  Case.advance(self, step: Understanding | Cause | Proposal | Fix | FollowUp | Closure | Reopening
      | Acknowledgement | Promise | PromiseKept | Escalation | Goodwill | Prevention | Note |
      Correction) -> 'Case'
  Case.stage: Stage
  Case.allowed: frozenset[Outcome]
  Case.rounds: int
  Case.resolved_at: datetime | None
  Case.first_response_at: datetime | None
  Case.followed_up_at: datetime | None
  Case.actions: tuple[str, ...]
  Case.compensation: Totals
  Case.goodwill: tuple[Goodwill, ...]
  Case.prevention: tuple[str, ...]
  Case.escalations: tuple[Escalation, ...]
  Case.as_of(self, at: datetime) -> 'Case'
  Case.promises(self, as_of: datetime) -> tuple[PromiseState, ...]
  Case.record(self) -> Record
  Case.timeline(self) -> str
  Cause(customer_did: str, should_have_happened: str, problem: str, *, at: datetime, by: str,
      responsible: Responsible = Responsible.COMPANY, escaped_because: str | None = None, key: str
      | None = None) -> None
  Cause.outcome: Outcome
  Cause.is_contact: bool
  Closure(basis: Basis, note: str = '', *, at: datetime, by: str) -> None
  Closure.outcome: Outcome
  Closure.is_contact: bool
  Correction(annuls: int, reason: str, *, at: datetime, by: str) -> None
  Correction.outcome: Outcome | None
  Correction.is_contact: bool
  Escalation(to: str, reason: str, *, at: datetime, by: str) -> None
  Escalation.outcome: Outcome | None
  Escalation.is_contact: bool
  Fix(actions: str | list[str] | tuple[str, ...], apology: str, *, at: datetime, by: str,
      compensation: Money | list[Money] | tuple[Money, ...] = ()) -> None
  Fix.outcome: Outcome
  Fix.is_contact: bool
  FollowUp(satisfied: bool | None, note: str = '', *, at: datetime, by: str) -> None
  FollowUp.outcome: Outcome
  FollowUp.is_contact: bool
  Goodwill(what: str, value: Money | None = None, *, at: datetime, by: str) -> None
  Goodwill.outcome: Outcome | None
  Goodwill.is_contact: bool
  Guidance(do: tuple[str, ...], ask: tuple[str, ...]) -> None
  Note(text: str, *, at: datetime, by: str) -> None
  Note.outcome: Outcome | None
  Note.is_contact: bool
  Outcome: CONFIRMED UNCONFIRMED CAUSE_FOUND ACCEPTED DECLINED FIXED SATISFIED DISSATISFIED
      UNREACHED CLOSED REOPENED
  Prevention(suggestion: str, *, at: datetime, by: str) -> None
  Prevention.outcome: Outcome | None
  Prevention.is_contact: bool
  Promise(key: str, what: str, due: datetime, *, at: datetime, by: str, replaces: str | None =
      None, in_writing: bool = False) -> None
  Promise.outcome: Outcome | None
  Promise.is_contact: bool
  PromiseKept(key: str, *, at: datetime, by: str) -> None
  PromiseKept.outcome: Outcome | None
  PromiseKept.is_contact: bool
  PromiseState(*, what: str, due: datetime, as_of: datetime, made_at: datetime, kept_at: datetime
      | None = None, replaced_at: datetime | None = None, in_writing: bool | None = None, key: str
      | None = None, solution: Solution | None = None) -> None
  PromiseState.status: PromiseStatus
  PromiseStatus: PENDING KEPT KEPT_LATE BROKEN RENEGOTIATED
  Proposal(wish: str | None, solutions: Solution | list[Solution] | tuple[Solution, ...],
      accepted: bool, *, at: datetime, by: str) -> None
  Proposal.outcome: Outcome
  Proposal.is_contact: bool
  Record(*, customer: Customer, received_by: str, received_at: datetime, resolved_at: datetime |
      None, concern: str, solutions: tuple[AgreedSolution, ...], actions: tuple[str, ...],
      followed_up_at: datetime | None, compensation: Totals, prevention: tuple[str, ...]) -> None
  Record.items(self) -> tuple[tuple[str, str], ...]
  Reopening(reason: str, *, at: datetime, by: str) -> None
  Reopening.outcome: Outcome
  Reopening.is_contact: bool
  Responsible: COMPANY CUSTOMER SUPPLIER NOBODY
  Solution(what: str, remedy: str, *, promised_by: datetime | None = None) -> None
  Stage: RECEIVED UNDERSTOOD EXPLAINED AGREED FIXED RESOLVED CLOSED
  Step
  Understanding(facts: str | list[str] | tuple[str, ...], restatement: str, confirmed: bool, *,
      at: datetime, by: str) -> None
  Understanding.outcome: Outcome
  Understanding.is_contact: bool
  guidance(stage: Stage) -> Guidance
servicekit.serialize
  DataError: ClassValidationError ServicekitError ValueError
  configure_converter(converter: Converter, *, zone: Callable[[str], tzinfo | None] | None = None)
      -> None
  explain(error: BaseException) -> list[str]
  make_converter(*, zone: Callable[[str], tzinfo | None] | None = None, **options: Any) ->
      JsonConverter
servicekit.worktime
  NO_PAUSES
  CalendarHistory(first: WorkCalendar, changes: Mapping[date, WorkCalendar]) -> None
  CalendarHistory.is_open(self, at: datetime) -> bool
  CalendarHistory.next_opening(self, at: datetime) -> datetime
  CalendarHistory.previous_opening(self, at: datetime) -> datetime
  CalendarHistory.next_closing(self, at: datetime) -> datetime
  CalendarHistory.elapsed(self, start: datetime, end: datetime, pauses: Pauses =
      Pauses(stretches=())) -> timedelta
  CalendarHistory.deadline(self, start: datetime, working: timedelta, pauses: Pauses =
      Pauses(stretches=())) -> datetime
  CalendarHistory.end_of_business_day(self, start: datetime | date, n: int) -> datetime
  CalendarHistory.end_of_day(self, start: datetime | date, n: int) -> datetime
  CalendarHistory.business_days(self, start: datetime | date, end: datetime | date) -> int
  CalendarHistory.spans(self, start: datetime, end: datetime, pauses: Pauses =
      Pauses(stretches=())) -> tuple[Span, ...]
  CalendarHistory.on(self, day: date) -> WorkCalendar
  Pauses(stretches: Sequence[tuple[datetime, datetime | None]] = ()) -> None
  Pauses.until(self, at: datetime) -> 'Pauses'
  Reason: OPEN CLOSED_HOURS CLOSURE BREAK PAUSED
  Span(start: datetime, end: datetime, reason: Reason) -> None
  Span.duration: timedelta
  Timetable()
  Timetable.is_open(self, at: datetime) -> bool
  Timetable.next_opening(self, at: datetime) -> datetime
  Timetable.previous_opening(self, at: datetime) -> datetime
  Timetable.next_closing(self, at: datetime) -> datetime
  Timetable.elapsed(self, start: datetime, end: datetime, pauses: Pauses = Pauses(stretches=()))
      -> timedelta
  Timetable.deadline(self, start: datetime, working: timedelta, pauses: Pauses =
      Pauses(stretches=())) -> datetime
  Timetable.end_of_business_day(self, start: datetime | date, n: int) -> datetime
  Timetable.end_of_day(self, start: datetime | date, n: int) -> datetime
  Timetable.business_days(self, start: datetime | date, end: datetime | date) -> int
  Timetable.spans(self, start: datetime, end: datetime, pauses: Pauses =
      Pauses(stretches=())) -> tuple[Span, ...]
  Weekday: MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY
  WorkCalendar(weekly: Mapping[Weekday, Sequence[tuple[time | str, time | str]]] | Mapping[int,
      Sequence[tuple[time | str, time | str]]], tz: tzinfo, *, closed: Container[date] = (),
      overrides: Mapping[date, Sequence[tuple[time | str, time | str]]] = mappingproxy({}),
      breaks: Mapping[date, Sequence[tuple[time | str, time | str]]] = mappingproxy({})) -> None
  WorkCalendar.is_open(self, at: datetime) -> bool
  WorkCalendar.next_opening(self, at: datetime) -> datetime
  WorkCalendar.previous_opening(self, at: datetime) -> datetime
  WorkCalendar.next_closing(self, at: datetime) -> datetime
  WorkCalendar.elapsed(self, start: datetime, end: datetime, pauses: Pauses =
      Pauses(stretches=())) -> timedelta
  WorkCalendar.deadline(self, start: datetime, working: timedelta, pauses: Pauses =
      Pauses(stretches=())) -> datetime
  WorkCalendar.end_of_business_day(self, start: datetime | date, n: int) -> datetime
  WorkCalendar.end_of_day(self, start: datetime | date, n: int) -> datetime
  WorkCalendar.business_days(self, start: datetime | date, end: datetime | date) -> int
  WorkCalendar.spans(self, start: datetime, end: datetime, pauses: Pauses =
      Pauses(stretches=())) -> tuple[Span, ...]
  WorkCalendar.zone_key: str | None
  WorkCalendar.freeze(self, first: date, last: date) -> 'WorkCalendar'
  always(tz: tzinfo) -> WorkCalendar
"""


NUMBER = re.compile(r"([0-9]+)")


def plain(text: object) -> str:
    """Leave the modules out of an annotation."""
    modules = r"\b(?:servicekit|collections|cattrs|decimal|datetime|fractions)\.(?:\w+\.)*"
    return re.sub(modules, "", str(text))


def described(module: str) -> Iterator[str]:
    """Describe every public name of a module in a line, and its methods and properties."""
    names = vars(importlib.import_module(module))
    for name in names["__all__"] if module != "servicekit" else ():
        value = names[name]
        if not isinstance(value, type):
            yield f"{name}{plain(inspect.signature(value))}" if callable(value) else name
            continue
        if issubclass(value, Enum):
            yield f"{name}: {' '.join(value.__members__)}"
        elif issubclass(value, Exception) and not attrs.has(value):
            yield f"{name}: {' '.join(base.__name__ for base in value.__bases__)}"
        else:
            yield f"{name}{plain(inspect.signature(value))}"
        yield from (f"{name}.{member}" for member in members(value))


def members(kind: type) -> Iterator[str]:
    """Describe the public methods and properties of a class, those of its bases of ours too."""
    ours = [base for base in kind.__mro__ if base.__module__.startswith("servicekit")]
    for name, member in ChainMap(*map(dict, map(vars, ours))).items():
        if name.startswith("_"):
            continue
        if inspect.isfunction(member) or isinstance(member, classmethod):
            yield f"{name}{plain(inspect.signature(getattr(kind, name)))}"
        elif isinstance(member, property) and inspect.isfunction(member.fget):
            returned = inspect.signature(member.fget).return_annotation
            yield f"{name}: {plain(inspect.formatannotation(returned))}"


def collapsed(lines: list[str]) -> list[str]:
    """Join the lines that go on, which are set in deeper, with the ones before them."""
    return re.sub(r"\n {6}\s*", " ", "\n".join(lines)).splitlines()


def order(name: str) -> tuple[object, ...]:
    """Sort constants first, then classes, then functions; a number by its size."""
    parts = [int(part) if part.isdigit() else part for part in NUMBER.split(name)]
    return not name.isupper(), not name[0].isupper(), parts


def test_signatures():
    """Nothing public appears, goes or changes what it takes unless the table above says so."""
    found = []
    for module in public_modules():
        found += [module, *(f"  {line}" for line in described(module))]
    assert collapsed(API.splitlines()) == found


@pytest.mark.parametrize("name", public_modules())
def test_all_is_sorted(name):
    """`__all__` is sorted: constants, then classes, then functions, without doubles."""
    public = importlib.import_module(name).__all__
    assert sorted(set(public), key=order) == public


SHARED = {"servicekit.errors": {"INSTANT", "shown"}}
"""What modules of the library share with each other, and what is no part of the API."""


HANDED_ON = {"servicekit.extra.frames._narwhals": {"nw"}}
"""What a module imports for others, to say in one place what to do where it is missing."""


def defined(path: Path) -> set[str]:
    """Name what a source defines at its top level, without the private names."""
    names: set[str] = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case _:
                pass
    return {name for name in names if not name.startswith("_")}


@pytest.mark.parametrize("name", public_modules())
def test_all_is_complete(name):
    """What a public module defines is public, and what is public can be imported."""
    module = importlib.import_module(name)
    assert SHARED.get(name, set()) == defined(Path(module.__file__)) - set(module.__all__)
    namespace = {}
    exec(f"from {name} import *", namespace)  # noqa: S102 - what a user may write
    assert set(module.__all__) == set(namespace) - {"__builtins__"}


def test_private_modules_say_what_they_share():
    """Every module names in `__all__` what others take from it, and has nothing else."""
    folder = Path(servicekit.__file__).parent
    for path in folder.rglob("_*.py"):
        if path.name == "__init__.py":
            continue
        name = ".".join(path.relative_to(folder.parent).with_suffix("").parts)
        public = importlib.import_module(name).__all__
        assert set(public) - HANDED_ON.get(name, set()) == defined(path), name
        assert sorted(public, key=order) == public


def test_the_core_is_small():
    """The top level has between 20 and 30 names, each the very thing of its own module."""
    assert 20 <= len(servicekit.__all__) <= 30
    for module in ("complaint", "errors", "money", "resolution"):
        origin = importlib.import_module(f"servicekit.{module}")
        for name in set(servicekit.__all__) & set(origin.__all__):
            assert getattr(origin, name) is getattr(servicekit, name)


def test_version():
    """The version is one literal, with three numbers."""
    assert re.fullmatch(r"\d+\.\d+\.\d+", servicekit.__version__)


@pytest.mark.parametrize("name", public_modules())
def test_docstrings(name):
    """Every public module, class, function, method and property says what it is."""
    module = importlib.import_module(name)
    told = {name: module.__doc__}
    for public in module.__all__:
        value = getattr(module, public)
        if inspect.isfunction(value):
            told[public] = value.__doc__
        elif isinstance(value, type):
            told[public] = vars(value).get("__doc__")
            told |= {
                f"{public}.{key}": member.__doc__
                for key, member in vars(value).items()
                if not key.startswith("_") and is_told(member)
            }
    assert [] == [key for key, text in told.items() if not (text or "").strip()]
    first = {key: text.strip().splitlines()[0] for key, text in told.items()}
    assert [] == [key for key, line in first.items() if not line.endswith((".", ":"))]


def is_told(member: object) -> bool:
    """Say whether a member of a class has to say what it is."""
    return inspect.isfunction(member) or isinstance(member, property | classmethod)


def test_typed():
    """Type checkers are told to look at the library."""
    assert (Path(servicekit.__file__).parent / "py.typed").exists()
