"""Measures: what becomes of the quantities and conditions of many rows."""

from fractions import Fraction
from typing import Final

from attrs import field, frozen

from servicekit._rules import Rule
from servicekit._terms import Term
from servicekit._values import Definition
from servicekit.kpi._expressions import (
    CONDITION,
    QUANTITY,
    Condition,
    Quantity,
    bracketed,
    is_condition,
)
from servicekit.kpi._written import Exact, as_written, number_in_words

__all__ = ["Count", "Mean", "Measure", "Method", "Percentile", "Ratio", "Share", "Total"]

_CONDITION_OR_NONE: Final = Rule(
    "{v} is None or {ok}({v})",
    "a condition, such as Column('kept').is_true(), or None for all rows",
    ok=is_condition,
)


def _where(among: Condition | None) -> str:
    return "" if among is None else f" where {among}"


@frozen
class Count(Definition):
    """How many rows there are, or for how many a condition holds.

    >>> from servicekit.kpi import Column
    >>> print(Count(Column("reopened") > 0))
    number of rows where reopened > 0
    """

    of: Condition | None = field(default=None, validator=_CONDITION_OR_NONE)

    def __str__(self) -> str:
        return f"number of rows{_where(self.of)}"


@frozen
class Total(Definition):
    """The sum of what the rows know of a quantity; None where none of them knows it."""

    of: Quantity = field(validator=QUANTITY)
    among: Condition | None = field(default=None, validator=_CONDITION_OR_NONE)

    def __str__(self) -> str:
        return f"total of {bracketed(self.of)}{_where(self.among)}"


@frozen
class Share(Definition):
    """The share of rows for which a condition holds, of those for which it holds or not.

    ``among`` says which rows are asked at all. A row that cannot say whether it belongs to them is
    unknown, like one that belongs to them and cannot say more.
    """

    of: Condition = field(validator=CONDITION)
    among: Condition | None = field(default=None, validator=_CONDITION_OR_NONE)

    def __str__(self) -> str:
        among = "" if self.among is None else f", among rows where {self.among}"
        return f"share of rows where {self.of}{among}"


_SUM: Final = Rule(
    "isinstance({v}, ({count}, {total}))", "a Count or a Total", count=Count, total=Total
)


@frozen
class Ratio(Definition):
    """One count or total divided by another, over the rows that can say both.

    A row that knows only one of them is left out of both and counted as unknown, for a quotient
    whose parts come from different rows means nothing.
    """

    of: Count | Total = field(validator=_SUM)
    to: Count | Total = field(validator=_SUM)

    def __str__(self) -> str:
        return f"({self.of}) / ({self.to})"


@frozen
class Mean(Definition):
    """The mean of what the rows know of a quantity."""

    of: Quantity = field(validator=QUANTITY)
    among: Condition | None = field(default=None, validator=_CONDITION_OR_NONE)

    def __str__(self) -> str:
        return f"mean of {bracketed(self.of)}{_where(self.among)}"


class Method(Term):
    """How a percentile is read off n ordered values.

    ``LINEAR`` interpolates at place (n - 1) p, counted from 0: type 7 of Hyndman and Fan, "Sample
    quantiles in statistical packages", The American Statistician 50 (1996), 361-365; what pandas,
    NumPy and Excel's PERCENTILE.INC do. ``NEAREST_RANK`` takes the value of rank ceil(n p), their
    type 1: always one that was observed.
    """

    LINEAR = "linear"
    NEAREST_RANK = "nearest_rank"


_P: Final = Rule(
    "{v}.__class__ in ({int}, {fraction}) and 0 <= {v} <= 1",
    "a number from 0 to 1, such as 0.9 for the 90th percentile",
    int=int,
    fraction=Fraction,
)
_METHOD: Final = Rule("isinstance({v}, {kind})", "a Method: linear, nearest_rank", kind=Method)


@frozen
class Percentile(Definition):
    """The value below which a share ``p`` of the known values lie: 0.5 is the median."""

    of: Quantity = field(validator=QUANTITY)
    p: Exact = field(converter=as_written, validator=_P)
    among: Condition | None = field(default=None, kw_only=True, validator=_CONDITION_OR_NONE)
    method: Method = field(default=Method.LINEAR, kw_only=True, validator=_METHOD)

    def __str__(self) -> str:
        method = "" if self.method is Method.LINEAR else ", nearest rank"
        return (
            f"percentile {number_in_words(self.p * 100)}{method}, of {self.of}{_where(self.among)}"
        )


Measure = Count | Total | Share | Ratio | Mean | Percentile
"""What a KPI computes from many rows."""
