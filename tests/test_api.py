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
servicekit.extra.strategies
  CaseMachine() -> None
  CaseMachine.save(self, case: Case) -> None
  CaseMachine.load(self, id: str) -> Case
  CaseMachine.refuses(self, id: str, step: Understanding | Cause | Proposal | Fix | FollowUp |
      Closure | Reopening | Acknowledgement | Promise | PromiseKept | Escalation | Goodwill |
      Prevention | Note | Correction) -> bool
  CaseMachine.complaints(self) -> SearchStrategy[Complaint]
  CaseMachine.begin(self, complaint: Complaint) -> str
  CaseMachine.receive(self, complaint: Complaint) -> str | MultipleResults[str]
  CaseMachine.take_step(self, id: str, data: DataObject) -> None
  CaseMachine.take_impossible_step(self, id: str, data: DataObject) -> None
  CaseMachine.look_back(self, id: str, data: DataObject) -> None
  CaseMachine.keeps_every_case(self) -> None
  answers(instrument: Instrument | None = None, *, gaps: bool = False) -> SearchStrategy[Answers]
  assessments() -> SearchStrategy[Assessment]
  calendar_histories(*, zones: Optional[SearchStrategy[tzinfo]] = None) ->
      SearchStrategy[CalendarHistory]
  cases(stage: Stage | None = None, *, complaints: Optional[SearchStrategy[Complaint]] = None) ->
      SearchStrategy[Case]
  comparisons(instrument: Instrument | None = None) -> SearchStrategy[Comparison]
  complaints(*, ids: Optional[SearchStrategy[str]] = None, received_at:
      Optional[SearchStrategy[datetime]] = None) -> SearchStrategy[Complaint]
  conditions(*kinds: type[typing.Any]) -> Any
  contacts() -> SearchStrategy[Contact]
  customers() -> SearchStrategy[Customer]
  groups() -> SearchStrategy[Groups]
  impossible_steps(case: Case) -> SearchStrategy[Understanding | Cause | Proposal | Fix | FollowUp
      | Closure | Reopening | Acknowledgement | Promise | PromiseKept | Escalation | Goodwill |
      Prevention | Note | Correction]
  instants(case: Case | None = None) -> SearchStrategy[datetime]
  instruments() -> SearchStrategy[Instrument]
  intervals() -> SearchStrategy[Interval]
  kpis(*, keys: Optional[SearchStrategy[str]] = None) -> SearchStrategy[Kpi]
  measurements() -> SearchStrategy[Measurements]
  measures(*kinds: type[typing.Any]) -> Any
  moneys() -> SearchStrategy[Money]
  next_steps(case: Case) -> SearchStrategy[Understanding | Cause | Proposal | Fix | FollowUp |
      Closure | Reopening | Acknowledgement | Promise | PromiseKept | Escalation | Goodwill |
      Prevention | Note | Correction]
  operations() -> SearchStrategy[Operations]
  pauses() -> SearchStrategy[Pauses]
  periods() -> SearchStrategy[Period]
  promise_registers(*, at_least: int = 0) -> SearchStrategy[tuple[PromiseEntry, ...]]
  quantities(*kinds: type[typing.Any]) -> Any
  recurrences() -> SearchStrategy[Recurrence]
  registers(*, at_least: int = 0) -> SearchStrategy[tuple[Entry, ...]]
  response_standards() -> SearchStrategy[ResponseStandard]
  samples() -> SearchStrategy[Sample]
  scales() -> SearchStrategy[Scale]
  scorecards() -> SearchStrategy[Scorecard]
  scores(instrument: Instrument | None = None) -> SearchStrategy[Score]
  solutions() -> SearchStrategy[Solution]
  steps(*kinds: type[typing.Any], at: Optional[SearchStrategy[datetime]] = None) -> Any
  subjects() -> SearchStrategy[Subject]
  summaries(instrument: Instrument | None = None, *, at_least: int = 0) -> SearchStrategy[Summary]
  targets(kpi: Kpi | None = None) -> SearchStrategy[Target]
  texts() -> SearchStrategy[str]
  totals() -> SearchStrategy[Totals]
  work_calendars(*, zones: Optional[SearchStrategy[tzinfo]] = None) ->
      SearchStrategy[WorkCalendar]
servicekit.inference
  Beta(a: float, b: float) -> None
  Beta.cdf(self, x: float) -> float
  Beta.inv_cdf(self, p: float) -> float
  Difference(estimate: float, interval: Interval | None, *, p_value: float | None = None) -> None
  Difference.more_than_noise: bool | None
  FisherF(df1: float, df2: float) -> None
  FisherF.cdf(self, x: float) -> float
  FisherF.inv_cdf(self, p: float) -> float
  Interval(low: float, high: float, *, level: float) -> None
  Interval.width: float
  Interval.scaled(self, factor: float) -> 'Interval'
  Real
  Sample(n: int, mean: float | Fraction, *, variance: float | Fraction | None) -> None
  Sample.from_sums(n: int, total: int | Fraction, squares: int | Fraction) -> Self
  StudentT(df: float) -> None
  StudentT.cdf(self, x: float) -> float
  StudentT.inv_cdf(self, p: float) -> float
  feldt(alpha: float | Fraction, respondents: int, items: int, *, level: float = 0.95) -> Interval
      | None
  mean_interval(sample: Sample, *, level: float = 0.95) -> Interval | None
  net_interval(positive: int, negative: int, n: int, *, level: float = 0.95) -> Interval | None
  net_variance(positive: int, negative: int, n: int) -> Fraction | None
  paired_difference(differences: Sample, *, level: float = 0.95) -> Difference
  welch(base: Sample, other: Sample, *, level: float = 0.95) -> Difference
  wilson(successes: int, n: int, *, level: float = 0.95) -> Interval | None
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
  Clock: CLOCK_TIME WORKING_TIME CALENDAR_DAYS BUSINESS_DAYS
  Clock.in_days: bool
  ResponseStandard(key: str, title: str, source: str, limit: timedelta, clock: Clock, *,
      applies_to: Collection[Channel] = (Channel.IN_PERSON, Channel.PHONE, Channel.EMAIL,
      Channel.LETTER, Channel.WEB, Channel.CHAT, Channel.SOCIAL_MEDIA), warn_at: Fraction | None =
      None) -> None
  Standing(status: Status, due: datetime, left: timedelta) -> None
  Status: MET MISSED RUNNING WARNING OVERRUN
  due(standard: ResponseStandard, start: datetime, calendar: Timetable | None = None, *, pauses:
      Pauses = Pauses(stretches=())) -> datetime
  standing(standard: ResponseStandard, start: datetime, done: datetime | None, as_of: datetime,
      calendar: Timetable | None = None, *, pauses: Pauses = Pauses(stretches=())) -> Standing
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
  CalendarHistory.spans(self, start: datetime, end: datetime) -> tuple[Span, ...]
  CalendarHistory.on(self, day: date) -> WorkCalendar
  Pauses(stretches: Sequence[tuple[datetime, datetime | None]] = ()) -> None
  Pauses.until(self, at: datetime) -> 'Pauses'
  Reason: OPEN CLOSED_HOURS CLOSURE BREAK
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
  Timetable.spans(self, start: datetime, end: datetime) -> tuple[Span, ...]
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
  WorkCalendar.spans(self, start: datetime, end: datetime) -> tuple[Span, ...]
  WorkCalendar.zone_key: str | None
  WorkCalendar.freeze(self, first: date, last: date) -> 'WorkCalendar'
  always(tz: tzinfo) -> WorkCalendar
"""


NUMBER = re.compile(r"([0-9]+)")


def plain(text: object) -> str:
    """Leave the modules out of an annotation."""
    modules = (
        r"\b(?:servicekit|collections|cattrs|decimal|datetime|fractions|hypothesis)\.(?:\w+\.)*"
    )
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
        assert set(public) == defined(path), name
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
