"""The iceberg: what may lie under the complaints that were voiced."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Final

from attrs import field, frozen

from servicekit._rules import ANY_TEXT, NATURAL, TEXT, is_a
from servicekit._tables import Line, Table, Tabled, rounded
from servicekit._values import Definition, Value, refuse
from servicekit.kpi._written import EXACT, Exact, as_written

__all__ = ["Depth", "Iceberg", "Ratios", "Reference", "iceberg"]


@frozen
class Reference(Definition):
    """A figure as it is quoted, from ``low`` to ``high``, with its source.

    Both ends are the same where one number is quoted; numbers are meant as written. ``caution``
    says what the figure cannot bear.

    Raises `DefinitionError`.
    """

    key: str = field(validator=TEXT)
    title: str = field(validator=TEXT)
    low: Exact = field(converter=as_written, validator=EXACT)
    high: Exact = field(converter=as_written, validator=EXACT)
    source: str = field(validator=TEXT)
    caution: str = field(default="", kw_only=True, validator=ANY_TEXT)

    def __attrs_post_init__(self) -> None:
        if self.low < 0:
            refuse(self, "low", "a number, 0 or more")
        if self.high < self.low:
            refuse(self, "high", f"a number not below low, {self.low}")


@frozen
class Ratios(Definition):
    """The ratios by which an iceberg is estimated, each quoted from somewhere.

    ``silent`` is how many stay silent for each customer who complains, ``leaving`` the share of the
    dissatisfied who leave without a word, ``told`` how many people each of the dissatisfied tells.

    Raises `DefinitionError`.
    """

    silent: Reference = field(validator=is_a(Reference))
    leaving: Reference = field(validator=is_a(Reference))
    told: Reference = field(kw_only=True, validator=is_a(Reference))

    def __attrs_post_init__(self) -> None:
        if self.leaving.high > 1:
            refuse(self, "leaving", "a share, from 0 to 1")


@frozen
class Depth:
    """An estimate from ``low`` to ``high``, exact, and the figure that it rests on."""

    low: Fraction
    high: Fraction
    reference: Reference


@frozen
class Iceberg(Tabled, Value):
    """What may lie under the customers who complained, by ratios quoted from elsewhere.

    An estimate to be shown, not a measurement: no KPI knows of it.
    """

    voiced: int = field(validator=NATURAL)
    ratios: Ratios = field(validator=is_a(Ratios))

    @property
    def silent(self) -> Depth:
        """Those who are dissatisfied as well and do not say so."""
        quoted = self.ratios.silent
        return Depth(
            Fraction(self.voiced * quoted.low), Fraction(self.voiced * quoted.high), quoted
        )

    @property
    def leaving(self) -> Depth:
        """Those who leave without a word.

        The share is quoted now of the silent, now of all dissatisfied: the range holds both, and
        never more than the silent.
        """
        quoted, silent = self.ratios.leaving, self.silent
        high = min(quoted.high * (self.voiced + silent.high), silent.high)
        return Depth(quoted.low * silent.low, high, quoted)

    @property
    def told(self) -> Depth:
        """The people who hear of it from the dissatisfied, those who complained included."""
        quoted, silent = self.ratios.told, self.silent
        low, high = (self.voiced + hidden for hidden in (silent.low, silent.high))
        return Depth(quoted.low * low, quoted.high * high, quoted)

    def _table(self) -> Table:
        return _table(self)


def iceberg(complaints: int | Iterable[object], reference: Ratios) -> Iceberg:
    """Estimate what lies under the complaints: how many are silent, leave, and are told.

    ``complaints`` are complaints or cases, one for each customer, or simply their number.
    ``reference`` has no default, for nobody shall rest on hearsay unawares: the well-known figures
    are `servicekit.catalogue.reference.FOLKLORE`. Never more than a picture: do not put it into a
    KPI, and do not multiply it with money.

    Raises `RecordError` for a number that cannot be.

    >>> ratios = Ratios(
    ...     Reference("silent", "Silent for each who complains", 1, 3, source="our own survey"),
    ...     Reference("leaving", "Leave without a word", 0.2, 0.4, source="our own survey"),
    ...     told=Reference("told", "People told", 2, 5, source="our own survey"),
    ... )
    >>> found = iceberg(10, ratios)
    >>> found.silent.low, found.silent.high, found.told.high
    (Fraction(10, 1), Fraction(30, 1), Fraction(200, 1))
    """
    voiced: Any = complaints
    if isinstance(complaints, Iterable) and not isinstance(complaints, (str, bytes)):
        voiced = sum(1 for _ in complaints)
    return Iceberg(voiced, reference)


_HEADS: Final = ("", "From", "to")


def _table(found: Iceberg) -> Table:
    depths = {"Silent": found.silent, "Leave without a word": found.leaving, "Told": found.told}
    lines = (_line(name, depth.low, depth.high) for name, depth in depths.items())
    voiced = _line("Voiced", Fraction(found.voiced), Fraction(found.voiced))
    notes = tuple(_note(name, depth.reference) for name, depth in depths.items())
    return Table("An estimate, not a measurement", _HEADS, (voiced, *lines), notes)


def _line(name: str, low: Fraction, high: Fraction) -> Line:
    return Line(name, (rounded(low, 0), rounded(high, 0)))


def _note(name: str, quoted: Reference) -> str:
    return f"{name}: {quoted.source}. {quoted.caution}".rstrip()
