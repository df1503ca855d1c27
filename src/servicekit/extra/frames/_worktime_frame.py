"""Working time between two instants of each row of a frame."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, tzinfo
from itertools import cycle
from typing import Any, Final, TypeVar

from servicekit._rules import TEXT, is_a
from servicekit.errors import Problem, RecordError, shown
from servicekit.extra.frames._day_table import DayTable, day_table
from servicekit.extra.frames._moments import Moments, moments
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import Frame, Opened, absent, opened, refuse_frame
from servicekit.extra.frames._plans import apart, in_order, keeps_order, known, quotient
from servicekit.extra.frames._source import Source
from servicekit.kpi._numbers import DAY, Unreadable
from servicekit.worktime import Timetable
from servicekit.worktime._hours import is_date
from servicekit.worktime._zone import EPOCH, FIRST_YEAR, HIGH, LAST_YEAR, LOW

__all__ = ["worktime_frame"]

_Native = TypeVar("_Native")
_SIDES: Final = ("start", "end")
_PER_SECOND: Final = 1_000_000
_EPOCH_DAY: Final = EPOCH.toordinal()
_INSTANTS: Final = "instants, for a date does not say when it is worked on"
_YEARS: Final = f"instants in the years {FIRST_YEAR} to {LAST_YEAR}, UTC"
_DATES: Final = f"two dates in the years {FIRST_YEAR} to {LAST_YEAR}, the later one not first"
_NEEDED: Final = f"{_DATES}, for a lazy frame, which is not computed to find them"
_FREE: Final = "a name that no column of the frame has"


def worktime_frame(  # noqa: PLR0913 - options, each given by its name
    timetable: Timetable,
    frame: _Native,
    start: str,
    end: str,
    name: str,
    *,
    zone: tzinfo | None = None,
    between: tuple[date, date] | None = None,
) -> _Native:
    """Add the working time between two instants of each row: ``timetable.elapsed``, in seconds.

    ``start`` and ``end`` name columns of instants, ``name`` the new one. Its floats are exact to
    the microsecond, negative where the end lies before the start, and null where either is missing.
    What columns without a zone show are the clocks of ``zone``.

    The timetable is laid out by day and joined to the rows. Which days that takes is looked up in
    an eager frame; for a lazy one, of which nothing is computed, say ``between`` which dates all
    instants lie. Where one lies outside of them the result is null.

    Raises `RecordError` for columns that are missing or hold no instants, for naive instants
    without a zone, for a name that is there already, and for instants outside the years of
    calendars.

    >>> import polars as pl
    >>> from datetime import UTC, datetime, timedelta
    >>> from servicekit.worktime import WorkCalendar
    >>> office = WorkCalendar(dict.fromkeys(range(5), [("09:00", "17:00")]), UTC)
    >>> friday = datetime(2026, 5, 8, 16, 0, tzinfo=UTC)
    >>> cases = pl.DataFrame({"received": [friday], "fixed": [friday + timedelta(days=3)]})
    >>> worktime_frame(office, cases, "received", "fixed", "worked")["worked"].to_list()
    [28800.0]
    """
    given = opened(frame)
    _refuse_arguments(timetable, start, end, name, between=between, lazy=not given.eager)
    _refuse_columns(given, (start, end), name)
    source = Source(given, zone)
    ends = _ends(source, (start, end))
    own = apart(given.schema)
    plan = _with_ends(source, ends, own)
    plan = in_order(plan, own("row")) if keeps_order(plan) else plan
    first, last = _days(*between) if between else _looked_up(given, plan, (start, end), own)
    plan = _worked(plan, day_table(timetable, first, last), own)
    result: _Native = given.close(_beside(given, plan, own, name))
    return result


def _refuse_arguments(timetable: object, *columns: object, between: object, lazy: bool) -> None:
    """Refuse what is no timetable, no name, or no two dates where these are needed."""
    asked = zip(("start", "end", "name"), columns, strict=True)
    problems = [
        is_a(Timetable).problem("timetable", timetable),
        *(TEXT.problem(name, column) for name, column in asked),
    ]
    if between is None and lazy:
        problems.append(Problem("between", "None", _NEEDED))
    if between is not None and not _are_days(between):
        problems.append(Problem("between", shown(between), _DATES))
    if found := tuple(filter(None, problems)):
        raise RecordError("worktime_frame", found)


def _refuse_columns(frame: Opened, ends: Iterable[str], name: str) -> None:
    """Refuse columns that are not there, and a name that is there already."""
    problems = [absent(column, frame.schema) for column in ends if column not in frame.schema]
    if name.casefold() in map(str.casefold, frame.schema):
        problems.append(Problem("name", shown(name), _FREE))
    if problems:
        refuse_frame(problems)


def _are_days(between: Any) -> bool:
    """Whether these are two dates, one not after the other, in the years of calendars."""
    match between:
        case (first, last) if is_date(first) and is_date(last):
            return bool(first.year >= FIRST_YEAR and first <= last and last.year <= LAST_YEAR)
        case _:
            return False


def _days(first: date, last: date) -> tuple[int, int]:
    """Give the days of UTC that dates on any clock touch."""
    low, high = (day.toordinal() - _EPOCH_DAY for day in (first, last))
    return max(low - 1, LOW.days), min(high + 1, HIGH.days - 1)


def _ends(source: Source, columns: tuple[str, str]) -> list[Moments]:
    """Read the columns of instants, or refuse both of them with what is wrong."""
    found: list[Moments] = []
    problems: list[Problem] = []
    for column in columns:
        try:
            found.append(moments(source, column))
        except Unreadable as error:
            problems.append(error.problem)
        else:
            if found[-1].dates:
                problems.append(Problem(column, "a column of dates", _INSTANTS))
    if problems:
        refuse_frame(problems)
    return found


def _with_ends(source: Source, ends: Sequence[Moments], own: Callable[[str], str]) -> Frame:
    """Compute the instants, under names for the start and the end, and where they are known."""
    columns = {
        own(f"{side}_{what}"): column
        for side, moment in zip(_SIDES, ends, strict=True)
        for what, column in (
            ("at", moment.at.column),
            ("known", source.workings.column(moment.known)),
        )
    }
    return source.workings.added(source.plan).with_columns(**columns)


def _looked_up(
    given: Opened, plan: Frame, columns: Sequence[str], own: Callable[[str], str]
) -> tuple[int, int]:
    """Find the first and the last day of all instants of an eager frame."""
    known_at = [(side, _known(own, side)) for side in _SIDES]
    lows = (at.min().alias(f"{side} low") for side, at in known_at)
    highs = (at.max().alias(f"{side} high") for side, at in known_at)
    found = given.looked_up(lambda: plan.select(*lows, *highs)) or ()
    ends = {
        (column, int(at))
        for column, at in zip(cycle(columns), found, strict=False)
        if known(at) is not None
    }
    odd = [
        Problem(column, f"{at} microseconds after 1970", _YEARS)
        for column, at in sorted(ends)
        if not LOW.days <= at // DAY < HIGH.days
    ]
    if odd:
        refuse_frame(odd)
    days = [at // DAY for _, at in ends] or [0]
    return min(days), max(days)


def _known(own: Callable[[str], str], side: str) -> nw.Expr:
    return nw.when(nw.col(own(f"{side}_known"))).then(nw.col(own(f"{side}_at")))


def _worked(plan: Frame, table: DayTable, own: Callable[[str], str]) -> Frame:
    """Add the working time between the two instants of each row, in seconds."""
    for side in _SIDES:
        plan = table.opened_until(plan, own(f"{side}_at"), _on_side(own, side))
    begun, ended = (nw.col(own(f"{side}_opened")) for side in _SIDES)
    flags = (nw.col(own(f"{side}_{what}")) for side in _SIDES for what in ("known", "inside"))
    seconds = quotient((ended - begun).cast(nw.Float64), _PER_SECOND)
    return plan.with_columns(nw.when(*flags).then(seconds).alias(own("worked")))


def _on_side(own: Callable[[str], str], side: str) -> Callable[[str], str]:
    return lambda what: own(f"{side}_{what}")


def _beside(given: Opened, plan: Frame, own: Callable[[str], str], name: str) -> Frame:
    """Give the frame with the column beside its own, rows in their order if they have one."""
    worked = nw.col(own("worked")).alias(name)
    if isinstance(plan, nw.DataFrame):
        return given.plan.with_columns(plan.select(worked)[name])
    if keeps_order(plan):
        plan = plan.sort(own("row"))
    return plan.select(*given.schema, worked)
