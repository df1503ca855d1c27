"""Whether a problem came back after it was fixed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from servicekit._instants import aware, instant
from servicekit._rules import INSTANT, TEXT, Rule, each, is_a
from servicekit._tables import Line, Table, Tabled, rounded
from servicekit._values import Value, refuse, several
from servicekit.change import Verdict
from servicekit.errors import Problem, RecordError, shown
from servicekit.inference import Interval, Rate, RateRatio, Real, rate_interval, rate_ratio
from servicekit.inference._interval import COUNT
from servicekit.kpi._written import EXACT_OR_NONE, Exact, Written, as_written_or_none
from servicekit.problems._signal import Signal, key_of
from servicekit.problems._taxonomy import Taxonomy
from servicekit.problems._weighing import in_time

__all__ = ["Effectiveness", "Watch", "recurrence"]

_DAY: Final = timedelta(days=1)
_MICROSECOND: Final = timedelta(microseconds=1)
_SIDES: Final = 2
_EXPOSURE: Final = Rule(
    f"({EXACT_OR_NONE.holds}) and ({{v}} is None or 1e-12 <= {{v}} <= 1e12)",
    "a number from 1e-12 to 1e12, or None to count days",
    **EXACT_OR_NONE.names,
)


@frozen
class Watch(Value):
    """How often a problem occurred from ``start`` until ``end``, while somebody was listening.

    ``exposure`` is what could have gone wrong meanwhile, such as the orders that were delivered; it
    is meant as written. Without it the time itself is the exposure, in days.

    Raises `RecordError`, also for an end that is not after the start.
    """

    start: datetime = field(converter=instant, validator=INSTANT)
    end: datetime = field(converter=instant, validator=INSTANT)
    times: int = field(validator=COUNT)
    exposure: Exact | None = field(
        default=None, kw_only=True, converter=as_written_or_none, validator=_EXPOSURE
    )

    def __attrs_post_init__(self) -> None:
        if self.end <= self.start:
            refuse(self, "end", f"an instant after start, {self.start}")

    @property
    def days(self) -> Fraction:
        """How long that was, exactly."""
        return Fraction((self.end - self.start) // _MICROSECOND, _DAY // _MICROSECOND)

    @property
    def rate(self) -> Rate:
        """Occurrences over the exposure, or over days."""
        return Rate(self.times, self.days if self.exposure is None else self.exposure)

    @property
    def interval(self) -> Interval:
        """The exact interval of the rate; with no occurrence it still has an upper end."""
        return rate_interval(self.rate)


@frozen
class Effectiveness(Tabled, Value):
    """What became of a problem after it was fixed.

    ``before`` and ``after`` are None where nobody was listening then. ``again`` are the signals of
    the problem since the fix: what came back, and on what evidence.
    """

    problem: str = field(validator=TEXT)
    fixed_at: datetime = field(converter=instant, validator=INSTANT)
    before: Watch | None = field(kw_only=True, validator=is_a(Watch, optional=True))
    after: Watch | None = field(kw_only=True, validator=is_a(Watch, optional=True))
    again: tuple[Signal, ...] = field(default=(), kw_only=True, validator=each(Signal))

    @property
    def came_back(self) -> bool | None:
        """Whether the problem was told of since the fix; None where nobody was listening."""
        return None if self.after is None else self.after.times > 0

    @property
    def ratio(self) -> RateRatio | None:
        """How many times as often as before, with its exact interval; None without both sides."""
        if self.before is None or self.after is None:
            return None
        return rate_ratio(self.before.rate, self.after.rate)

    @property
    def verdict(self) -> Verdict:
        """Whether the problem is rarer by more than noise: BETTER, or else WORSE.

        NO_CLEAR_DIFFERENCE where the interval of the ratio holds 1, however seldom the problem was
        told of since: too little time has passed. CANNOT_TELL without a ratio.
        """
        ratio = self.ratio
        if ratio is None:
            return Verdict.CANNOT_TELL
        if not ratio.more_than_noise:
            return Verdict.NO_CLEAR_DIFFERENCE
        return Verdict.WORSE if ratio.low > 1 else Verdict.BETTER

    def _table(self) -> Table:
        return _table(self)


def recurrence(  # noqa: PLR0913 - as many things decide it
    problem: str,
    signals: Iterable[Signal],
    fixed_at: datetime,
    *,
    since: datetime | None = None,
    as_of: datetime | None = None,
    exposure: tuple[Written, Written] | None = None,
    taxonomy: Taxonomy | None = None,
) -> Effectiveness:
    """Say whether a problem came back after it was fixed: its rate before and after.

    All signals that somebody listened to belong here, not only those of the problem: without
    ``since`` and ``as_of`` the listening began with the first and ended with the last of them. What
    is told of at ``fixed_at`` is after it. Rates are by the day, or by the unit of an ``exposure``:
    so many orders before, so many after. With a ``taxonomy`` whatever has become part of the
    problem, or belongs to it, counts as the problem.

    The intervals take occurrences to come independently of each other. What came of another change
    at the same time cannot be told from what came of the fix.

    Raises `RecordError` for what cannot be, such as instants that are naive or out of order.

    >>> from datetime import timezone
    >>> march = datetime(2026, 3, 1, tzinfo=timezone.utc)
    >>> days = (0, 4, 9, 15, 22, 30, 38, 41, 47, 55)
    >>> signals = [Signal("seam", "complaints", march + timedelta(days=n)) for n in days]
    >>> found = recurrence("seam", signals, march + timedelta(days=60),
    ...     as_of=march + timedelta(days=120))
    >>> found.came_back, found.verdict, round(found.after.interval.high, 3)
    (False, Verdict.BETTER, 0.061)
    """
    given, fixed_at = tuple(signals), aware(fixed_at, "fixed_at")
    since = None if since is None else aware(since, "since")
    as_of = None if as_of is None else aware(as_of, "as_of")
    _check(given, fixed_at, since, as_of, exposure)
    start = min((s.at for s in given), default=fixed_at) if since is None else since
    end = max((s.at for s in given), default=fixed_at) if as_of is None else as_of
    parts = {key for key in {s.problem for s in given} if _is_part(key, problem, taxonomy)}
    ours = [s for s in given if start <= s.at <= end and s.problem in parts]
    again = in_time(s for s in ours if s.at >= fixed_at)
    earlier = [s for s in ours if s.at < fixed_at]
    units = (None, None) if exposure is None else exposure
    return Effectiveness(
        key_of(problem),
        fixed_at,
        before=_watch(start, min(fixed_at, end), earlier, units[0]),
        after=_watch(max(fixed_at, start), end, again, units[1]),
        again=again,
    )


_SIGNALS: Final = each(Signal)


def _check(
    signals: tuple[Signal, ...],
    fixed_at: datetime,
    since: datetime | None,
    as_of: datetime | None,
    exposure: tuple[Written, Written] | None,
) -> None:
    """Refuse what is no signal, instants on the wrong side of the fix, and what is no pair."""
    found = [_SIGNALS.problem("signals", signals)]
    if since is not None and since > fixed_at:
        found.append(Problem("since", str(since), f"an instant not after fixed_at, {fixed_at}"))
    if as_of is not None and as_of < fixed_at:
        found.append(Problem("as_of", str(as_of), f"an instant not before fixed_at, {fixed_at}"))
    if exposure is not None and len(several(exposure)) != _SIDES:
        found.append(Problem("exposure", shown(exposure), "a pair: that before, that after"))
    if problems := tuple(filter(None, found)):
        raise RecordError("recurrence", problems)


def _is_part(key: str, of: str, taxonomy: Taxonomy | None) -> bool:
    """Whether a key is that of a problem, or of what has become part of it or belongs to it."""
    if key == of or taxonomy is None:
        return key == of
    named = taxonomy.current(of)
    return named is not None and named in taxonomy.path(key)


def _watch(
    start: datetime, end: datetime, signals: Iterable[Signal], exposure: Written | None
) -> Watch | None:
    times = sum(signal.weight for signal in signals)
    return Watch(start, end, times, exposure=exposure) if start < end else None


_HEADS: Final = ("From", "Until", "Times", "Exposure", "Rate", "from", "to")
_FINE: Final = 4


def _table(found: Effectiveness) -> Table:
    sides = {"Before": found.before, "After": found.after}
    lines = tuple(_line(name, watch) for name, watch in sides.items() if watch)
    title = f"{found.problem}, fixed {found.fixed_at.isoformat(' ', 'minutes')}"
    return Table(title, ("", *_HEADS), lines, (_verdict(found),))


def _line(name: str, watch: Watch) -> Line:
    span = (watch.start.date().isoformat(), watch.end.date().isoformat())
    unit = " days" if watch.exposure is None else ""
    over = f"{rounded(watch.rate.exposure, 1)}{unit}"
    rates = (rounded(rate, _FINE) for rate in _rates(watch))
    return Line(name, (*span, str(watch.times), over, *rates))


def _rates(watch: Watch) -> tuple[Real, Real, Real]:
    return watch.rate.value, watch.interval.low, watch.interval.high


def _verdict(found: Effectiveness) -> str:
    ratio = found.ratio
    if ratio is None:
        return f"{found.verdict}: nobody listened on both sides of the fix"
    high = "any number of" if ratio.high is None else rounded(ratio.high)
    return f"{found.verdict}: {rounded(ratio.low)} to {high} times as often as before"
