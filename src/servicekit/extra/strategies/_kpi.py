"""KPIs over the rows of a register, what they come to, and targets for them."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeVar, overload

from hypothesis import strategies as st

from servicekit.complaint import Channel
from servicekit.extra.strategies._register import registers
from servicekit.extra.strategies._texts import KEYS, TEXTS
from servicekit.extra.strategies._times import INSTANTS
from servicekit.kpi import (
    And,
    Assessment,
    Better,
    Column,
    Compare,
    Condition,
    Count,
    Elapsed,
    Equity,
    Groups,
    IsTrue,
    Known,
    Kpi,
    Length,
    Mean,
    Measure,
    Measurements,
    Method,
    Not,
    OneOf,
    Or,
    Per,
    Percentile,
    Period,
    Plus,
    Quantity,
    Ratio,
    Scorecard,
    Share,
    Sign,
    Target,
    Total,
    Within,
    assess,
    equity,
    measure,
)
from servicekit.resolution import Stage

__all__ = ["assessments", "conditions", "equities", "groups", "kpis", "measurements", "measures"]
__all__ += ["periods", "quantities", "scorecards", "targets"]

_T = TypeVar("_T")


def _some(table: Mapping[Any, st.SearchStrategy[Any]], *kinds: Any) -> Any:
    return st.one_of([table[kind] for kind in kinds or table])


_COUNTS: Final = ("rounds", "reopened", "escalations", "promises_due", "promises_kept")
_INSTANTS: Final = ("received_at", "first_response_at", "fixed_at", "ended_at", "open_since")
_TERMS: Final[Mapping[str, Any]] = {"channel": Channel, "stage": Stage}

_COLUMNS: Final = st.builds(Column, st.sampled_from(_COUNTS))
_UNITS: Final = st.sampled_from([timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)])
_ELAPSED: Final = st.builds(
    Elapsed, st.sampled_from(_INSTANTS), st.sampled_from(_INSTANTS), unit=_UNITS
)
_SIMPLE: Final[st.SearchStrategy[Quantity]] = _COLUMNS | _ELAPSED
_PAIRS: Final = st.tuples(_SIMPLE, _SIMPLE)

_QUANTITIES: Final[Mapping[Any, st.SearchStrategy[Any]]] = {
    Column: _COLUMNS,
    Elapsed: _ELAPSED,
    Per: st.builds(Per, _SIMPLE, st.integers(1, 1000) | _SIMPLE),
    Plus: st.builds(Plus, _PAIRS),
}
_EVERY_QUANTITY: Final[st.SearchStrategy[Quantity]] = _some(_QUANTITIES)


@st.composite  # here and below, for the sake of a short repr
def _any_quantity(draw: st.DrawFn) -> Quantity:
    return draw(_EVERY_QUANTITY)


_ANY_QUANTITY: Final = _any_quantity()

_NUMBERS: Final = st.integers(-1000, 1000) | st.fractions(max_denominator=99) | st.floats(-1e6, 1e6)


def _term(name: str) -> st.SearchStrategy[OneOf]:
    values = st.lists(st.sampled_from(_TERMS[name]), min_size=1, max_size=3)
    return values.map(lambda terms: Column(name).one_of(*terms))


_SPANS: Final = st.timedeltas(timedelta(0), timedelta(days=30))
_ASKED: Final[Mapping[Any, st.SearchStrategy[Any]]] = {
    IsTrue: st.just(Column("satisfied").is_true()),
    Known: st.builds(Known, _SIMPLE),
    OneOf: st.sampled_from(sorted(_TERMS)).flatmap(_term),
    Compare: st.builds(Compare, _SIMPLE, st.sampled_from(Sign), than=_NUMBERS),
    Within: st.builds(Within, st.sampled_from(_INSTANTS), st.sampled_from(_INSTANTS), _SPANS),
}
_ASKED_ONCE: Final[st.SearchStrategy[Condition]] = st.one_of(*_ASKED.values())


def _join(kind: Callable[[Any], _T]) -> st.SearchStrategy[_T]:
    return st.builds(
        kind, st.lists(_ASKED_ONCE | st.builds(Not, _ASKED_ONCE), min_size=2, max_size=3)
    )


_CONDITIONS: Final[Mapping[Any, st.SearchStrategy[Any]]] = {
    **_ASKED,
    Not: st.builds(Not, _ASKED_ONCE),
    And: _join(And),
    Or: _join(Or),
}
_EVERY_CONDITION: Final[st.SearchStrategy[Condition]] = _some(_CONDITIONS)


@st.composite
def _any_condition(draw: st.DrawFn) -> Condition:
    return draw(_EVERY_CONDITION)


_ANY_CONDITION: Final = _any_condition()
_AMONG: Final = st.none() | _ANY_CONDITION

_COUNT: Final = st.builds(Count, _AMONG)
_TOTAL: Final = st.builds(Total, _ANY_QUANTITY, _AMONG)
_MEASURES: Final[Mapping[Any, st.SearchStrategy[Any]]] = {
    Count: _COUNT,
    Total: _TOTAL,
    Share: st.builds(Share, _ANY_CONDITION, _AMONG),
    Ratio: st.builds(Ratio, _COUNT | _TOTAL, _COUNT | _TOTAL),
    Mean: st.builds(Mean, _ANY_QUANTITY, _AMONG),
    Percentile: st.builds(
        Percentile,
        _ANY_QUANTITY,
        st.integers(0, 100).map(lambda percent: Fraction(percent, 100)),
        among=_AMONG,
        method=st.sampled_from(Method),
    ),
}


_EVERY_MEASURE: Final[st.SearchStrategy[Measure]] = _some(_MEASURES)


@st.composite
def _any_measure(draw: st.DrawFn) -> Measure:
    return draw(_EVERY_MEASURE)


_ANY_MEASURE: Final = _any_measure()


@overload
def quantities() -> st.SearchStrategy[Quantity]: ...
@overload
def quantities(*kinds: type[_T]) -> st.SearchStrategy[_T]: ...
def quantities(*kinds: type[Any]) -> Any:
    """Give quantities of some classes, or of any; they shrink to the column ``rounds``."""
    return _some(_QUANTITIES, *kinds) if kinds else _ANY_QUANTITY


@overload
def conditions() -> st.SearchStrategy[Condition]: ...
@overload
def conditions(*kinds: type[_T]) -> st.SearchStrategy[_T]: ...
def conditions(*kinds: type[Any]) -> Any:
    """Give conditions of some classes, or of any; they shrink to ``satisfied`` being true."""
    return _some(_CONDITIONS, *kinds) if kinds else _ANY_CONDITION


@overload
def measures() -> st.SearchStrategy[Measure]: ...
@overload
def measures(*kinds: type[_T]) -> st.SearchStrategy[_T]: ...
def measures(*kinds: type[Any]) -> Any:
    """Give measures of some classes, or of any; they shrink to the number of all rows."""
    return _some(_MEASURES, *kinds) if kinds else _ANY_MEASURE


def kpis(*, keys: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Kpi]:
    """Give KPIs over the columns of a register; they shrink to the number of all rows.

    What `registers` gives can be measured by any of them.

    >>> from hypothesis import find
    >>> print(find(kpis(), lambda kpi: True))
    number of rows
    """
    return st.builds(
        Kpi,
        KEYS if keys is None else keys,
        TEXTS,
        _ANY_MEASURE,
        TEXTS,
        st.sampled_from(Better),
        source=st.none() | TEXTS,
    )


def periods() -> st.SearchStrategy[Period]:
    """Give calendar periods to group a register by."""
    return st.builds(Period, st.sampled_from(_INSTANTS), st.sampled_from(Length), st.just(UTC))


@st.composite
def _several(draw: st.DrawFn) -> list[Kpi]:
    number = draw(st.integers(1, 3))
    return [draw(kpis(keys=st.just(f"kpi_{place}"))) for place in range(number)]


@st.composite
def measurements(draw: st.DrawFn) -> Measurements:
    """Give what one to three KPIs came to over a register."""
    rows = draw(registers(at_least=1))
    return measure(draw(_several()), rows, as_of=rows[0].as_of)


@st.composite
def groups(draw: st.DrawFn) -> Groups:
    """Give what one to three KPIs came to in each group of a register."""
    rows = draw(registers(at_least=1))
    by = draw(st.sampled_from(["channel", "stage"]) | periods())
    return measure(draw(_several()), rows, as_of=rows[0].as_of, by=by)


@st.composite
def equities(draw: st.DrawFn) -> Equity:
    """Give how equally a KPI is reached over the channels of a register."""
    rows = draw(registers(at_least=1))
    return equity(draw(kpis()), rows, "channel", rows[0].as_of, smallest=draw(st.integers(1, 3)))


@st.composite
def targets(draw: st.DrawFn, kpi: Kpi | None = None) -> Target:
    """Give targets for a KPI, or for any, on its good side and with a warning that is worse."""
    aimed = draw(kpis()) if kpi is None else kpi
    goal = draw(st.decimals(-1000, 1000, places=2))
    up = {Better.HIGHER: True, Better.LOWER: False}.get(aimed.better)
    up = draw(st.booleans()) if up is None else up
    near = draw(st.none() | st.decimals("0.01", 100, places=2))
    since = draw(INSTANTS)
    return Target(
        aimed,
        at_least=goal if up else None,
        at_most=None if up else goal,
        warn=None if near is None else _worse(goal, near, up=up),
        baseline=draw(st.none() | _NUMBERS),
        since=draw(st.sampled_from([None, since])),
        due=draw(st.none() | _after(since)),
        owner=draw(st.none() | TEXTS),
    )


def _worse(goal: Decimal, by: Decimal, *, up: bool) -> Decimal:
    return goal - by if up else goal + by


def _after(since: datetime) -> st.SearchStrategy[datetime]:
    return st.timedeltas(timedelta(days=1), timedelta(days=400)).map(lambda wait: since + wait)


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """Give how a KPI stands to a target over a register."""
    found = draw(measurements())
    one = next(iter(found.values()))
    return assess(draw(targets(one.kpi)), one, as_of=draw(INSTANTS))


@st.composite
def scorecards(draw: st.DrawFn) -> Scorecard:
    """Give scorecards of one to three targets over a register."""
    found = draw(measurements())
    aims = [draw(targets(one.kpi)) for one in found.values()]
    return Scorecard.of(draw(TEXTS), aims, found, as_of=draw(INSTANTS))
