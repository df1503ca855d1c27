"""A KPI: a measure with a name, a unit and a good direction."""

from collections.abc import Iterator
from typing import Any, Final

from attrs import field, frozen

from servicekit._rules import TEXT, TEXT_OR_NONE, Rule
from servicekit._terms import Term
from servicekit._values import Definition
from servicekit.kpi._expressions import Column, Elapsed, Within, pieces
from servicekit.kpi._measures import Measure

__all__ = ["Better", "Kpi", "columns_of"]


class Better(Term):
    """Which way a KPI is better, where one can say so."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


_MEASURE: Final = Rule(
    "isinstance({v}, {kind})", "a measure, such as Share(Column('kept').is_true())", kind=Measure
)
_BETTER: Final = Rule("isinstance({v}, {kind})", "Better.HIGHER, LOWER or NEITHER", kind=Better)


@frozen
class Kpi(Definition):
    """A measure written as data, under a key and with a title, a unit and a good direction.

    The text of a KPI is its formula. ``source`` says where the definition comes from. Raises
    `DefinitionError` with every part that is wrong.

    >>> from servicekit.kpi import Share
    >>> timely = Kpi("timely", "Answered in time", Share(Column("timely").equals("Yes")),
    ...     unit="share", better=Better.HIGHER)
    >>> print(timely)
    share of rows where timely is 'Yes'
    >>> timely.columns
    ('timely',)
    """

    key: str = field(validator=TEXT)
    title: str = field(validator=TEXT)
    measure: Measure = field(validator=_MEASURE)
    unit: str = field(validator=TEXT)
    better: Better = field(validator=_BETTER)
    source: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that rows must have, in the order in which the formula names them."""
        return columns_of(self.measure)

    def measures_as(self, other: "Kpi") -> bool:
        """Whether it measures the same in the same unit, whatever it is called."""
        return (self.measure, self.unit) == (other.measure, other.unit)

    def __str__(self) -> str:
        return str(self.measure)


def columns_of(piece: Any) -> tuple[str, ...]:
    """Name the columns that a piece of a definition needs, each once."""
    return tuple(dict.fromkeys(_named(piece)))


def _named(piece: Any) -> Iterator[str]:
    for each in pieces(piece):
        match each:
            case Column(name):
                yield name
            case Elapsed(start, end) | Within(start, end):
                yield from (start, end)
            case _:
                pass
