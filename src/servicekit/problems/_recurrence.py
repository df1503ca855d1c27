"""Whether a problem came back after it was fixed."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from operator import attrgetter
from typing import Final

from attrs import field, frozen

from servicekit._instants import aware, instant
from servicekit._rules import INSTANT, NATURAL, TEXT, each, is_a
from servicekit._tables import Line, Table, Tabled, rounded
from servicekit._values import Value, refuse
from servicekit.errors import Problem, RecordError
from servicekit.inference import Interval, Rate, RateRatio, rate_interval, rate_ratio
from servicekit.problems._signal import Signal, key_of
from servicekit.problems._taxonomy import Taxonomy

__all__ = ["Effectiveness", "Watch", "recurrence"]

_DAY: Final = timedelta(days=1)
_MICROSECOND: Final = timedelta(microseconds=1)


@frozen
class Watch(Value):
    """How often a problem occurred from ``start`` until ``end``, while somebody was listening.

    Raises `RecordError`, also for an end that is not after the start.
    """

    start: datetime = field(converter=instant, validator=INSTANT)
    end: datetime = field(converter=instant, validator=INSTANT)
    times: int = field(validator=NATURAL)

    def __attrs_post_init__(self) -> None:
        if self.end <= self.start:
            refuse(self, "end", f"an instant after start, {self.start}")

    @property
    def days(self) -> Fraction:
        """How long that was, exactly."""
        return Fraction((self.end - self.start) // _MICROSECOND, _DAY // _MICROSECOND)

    @property
    def rate(self) -> Rate:
        """Occurrences over days."""
        return Rate(self.times, self.days)

    @property
    def interval(self) -> Interval:
        """The exact interval of the rate by the day; with no occurrence it still has an end."""
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
    def helped(self) -> bool | None:
        """Whether it is rarer by more than noise, or else clearly more frequent.

        None where nothing can be said: the interval of the ratio holds 1, however seldom the
        problem was told of since, or there is no ratio.
        """
        ratio = self.ratio
        if ratio is None or not ratio.more_than_noise:
            return None
        return ratio.low <= 1

    def _table(self) -> Table:
        return _table(self)


def recurrence(  # noqa: PLR0913 - as many things decide it
    problem: str,
    signals: Iterable[Signal],
    fixed_at: datetime,
    *,
    since: datetime | None = None,
    as_of: datetime | None = None,
    taxonomy: Taxonomy | None = None,
) -> Effectiveness:
    """Say whether a problem came back after it was fixed: its rate before and after.

    All signals that somebody listened to belong here, not only those of the problem: without
    ``since`` and ``as_of`` the listening began with the first and ended with the last of them. What
    is told of at ``fixed_at`` is after it. With a ``taxonomy`` whatever has become part of the
    problem, or belongs to it, counts as the problem.

    The intervals take occurrences to come independently of each other. What came of another change
    at the same time cannot be told from what came of the fix.

    Raises `RecordError` for instants that are naive or out of order.

    >>> from datetime import timezone
    >>> march = datetime(2026, 3, 1, tzinfo=timezone.utc)
    >>> days = (0, 4, 9, 15, 22, 30, 38, 41, 47, 55)
    >>> signals = [Signal("seam", "complaints", march + timedelta(days=n)) for n in days]
    >>> found = recurrence("seam", signals, march + timedelta(days=60),
    ...     as_of=march + timedelta(days=120))
    >>> found.came_back, found.helped, round(found.after.interval.high, 3)
    (False, True, 0.061)
    """
    given, fixed_at = tuple(signals), aware(fixed_at, "fixed_at")
    start = min((s.at for s in given), default=fixed_at) if since is None else aware(since, "since")
    end = max((s.at for s in given), default=fixed_at) if as_of is None else aware(as_of, "as_of")
    _check(since, fixed_at, as_of)
    key = key_of(problem)
    ours = [s for s in given if start <= s.at <= end and _is_part(s.problem, key, taxonomy)]
    again = tuple(sorted((s for s in ours if s.at >= fixed_at), key=attrgetter("at")))
    earlier = [s for s in ours if s.at < fixed_at]
    return Effectiveness(
        key,
        fixed_at,
        before=_watch(start, min(fixed_at, end), earlier),
        after=_watch(max(fixed_at, start), end, again),
        again=again,
    )


def _check(since: datetime | None, fixed_at: datetime, as_of: datetime | None) -> None:
    """Refuse an instant asked about that lies on the wrong side of the fix."""
    found: list[Problem] = []
    if since is not None and since > fixed_at:
        found.append(Problem("since", str(since), f"an instant not after fixed_at, {fixed_at}"))
    if as_of is not None and as_of < fixed_at:
        found.append(Problem("as_of", str(as_of), f"an instant not before fixed_at, {fixed_at}"))
    if found:
        raise RecordError("recurrence", tuple(found))


def _is_part(key: str, of: str, taxonomy: Taxonomy | None) -> bool:
    """Whether a key is that of a problem, or of what has become part of it or belongs to it."""
    if key == of or taxonomy is None:
        return key == of
    named = taxonomy.current(of)
    return named is not None and named in taxonomy.path(key)


def _watch(start: datetime, end: datetime, signals: Sequence[Signal]) -> Watch | None:
    return Watch(start, end, sum(s.weight for s in signals)) if start < end else None


_HEADS: Final = ("", "From", "Until", "Days", "Times", "By the day", "from", "to")
_FINE: Final = 4


def _table(found: Effectiveness) -> Table:
    sides = {"Before": found.before, "After": found.after}
    lines = tuple(_line(name, watch) for name, watch in sides.items() if watch)
    title = f"{found.problem}, fixed {found.fixed_at.isoformat(' ', 'minutes')}"
    return Table(title, _HEADS, lines, (_verdict(found),))


def _line(name: str, watch: Watch) -> Line:
    span = (watch.start.date().isoformat(), watch.end.date().isoformat())
    rates = (watch.rate.value, watch.interval.low, watch.interval.high)
    figures = (rounded(watch.days, 1), str(watch.times), *(rounded(r, _FINE) for r in rates))
    return Line(name, (*span, *figures))


def _verdict(found: Effectiveness) -> str:
    ratio = found.ratio
    if ratio is None:
        return "Nobody listened on both sides of the fix"
    high = "any number of" if ratio.high is None else rounded(ratio.high)
    between = f"{rounded(ratio.low)} to {high} times as often as before"
    said = {True: "Rarer", False: "More frequent", None: "No clear difference"}[found.helped]
    return f"{said}: {between}"
