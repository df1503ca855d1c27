"""Recognition: who earned thanks or a reward by praise, and what to develop first."""

from collections.abc import Hashable, Iterable, Iterator
from fractions import Fraction
from typing import Any, Final

from attrs import field, frozen

from servicekit._rules import NATURAL, TEXT, Rule
from servicekit._tables import Line, Table, Tabled, rounded
from servicekit.feedback._rows import column_of, truth_of
from servicekit.inference import Interval, wilson
from servicekit.inference._interval import check
from servicekit.kpi import Column, Condition
from servicekit.kpi._expressions import CONDITION, is_condition

__all__ = ["Credit", "Recognition", "recognition"]


@frozen
class Credit:
    """What was said of one agent, or of whatever is looked at.

    ``praise`` and ``blame`` are the ids of the contacts with either: the evidence. ``n`` contacts
    say whether there was praise or blame, ``unknown`` ones do not.
    """

    who: Hashable
    praise: tuple[Hashable, ...]
    blame: tuple[Hashable, ...]
    n: int = field(kw_only=True)
    unknown: int = field(kw_only=True)

    @property
    def praised(self) -> Fraction | None:
        """The share of praise; None where nobody has said anything."""
        return Fraction(len(self.praise), self.n) if self.n else None

    @property
    def blamed(self) -> Fraction | None:
        """The share of blame; None where nobody has said anything."""
        return Fraction(len(self.blame), self.n) if self.n else None

    def praise_interval(self, level: float = 0.95) -> Interval | None:
        """Give Wilson's interval of the share of praise."""
        return wilson(len(self.praise), self.n, level=level)

    def blame_interval(self, level: float = 0.95) -> Interval | None:
        """Give Wilson's interval of the share of blame."""
        return wilson(len(self.blame), self.n, level=level)

    @property
    def worst_case(self) -> float:
        """Praise less blame as small as the intervals allow; -1 where nothing is known."""
        praise, blame = self.praise_interval(), self.blame_interval()
        return -1.0 if praise is None or blame is None else praise.low - blame.high

    @property
    def best_case(self) -> float:
        """Praise less blame as large as the intervals allow; 1 where nothing is known."""
        praise, blame = self.praise_interval(), self.blame_interval()
        return 1.0 if praise is None or blame is None else praise.high - blame.low


@frozen
class Recognition(Tabled):
    """Who is praised and blamed how often, the most surely praised first.

    The order is that of praise less blame in the worst case that the intervals allow, so that one
    praise of one contact does not beat many; those with fewer than ``smallest`` contacts come last.
    ``unnamed`` contacts do not say whose they are.
    """

    credits: tuple[Credit, ...]
    unnamed: int
    smallest: int = field(kw_only=True)
    at_least: Fraction = field(kw_only=True)

    @property
    def thanked(self) -> tuple[Credit, ...]:
        """All who were praised at least once."""
        return tuple(one for one in self.credits if one.praise)

    @property
    def rewarded(self) -> tuple[Credit, ...]:
        """Those with enough contacts whose praise is surely as frequent as is asked for."""
        return tuple(one for one in self.credits if self._earned(one))

    def _earned(self, one: Credit) -> bool:
        interval = one.praise_interval()
        return one.n >= self.smallest and interval is not None and interval.low >= self.at_least

    @property
    def weakest(self) -> tuple[Credit, ...]:
        """Those with enough contacts, the least praised or most blamed first: develop these first.

        The order is that of praise less blame in the best case that the intervals allow.
        """
        enough = (one for one in self.credits if one.n >= self.smallest)
        return tuple(sorted(enough, key=lambda one: (one.best_case, str(one.who))))

    def __iter__(self) -> Iterator[Credit]:
        return iter(self.credits)

    def __len__(self) -> int:
        return len(self.credits)

    def _table(self) -> Table:
        return _table(self)


_NAME: Final = "recognition"
_PRAISE: Final = Column("represented_well").is_true()
_SHARE: Final = Rule(
    "isinstance({v}, {fraction}) and 0 <= {v} <= 1",
    "a Fraction from 0 to 1, such as Fraction(1, 2)",
    fraction=Fraction,
)
_RULES: Final = {
    "praise": CONDITION,
    "blame": Rule("{v} is None or {ok}({v})", f"{CONDITION.allowed}, or None", ok=is_condition),
    "by": TEXT,
    "smallest": NATURAL,
    "at_least": _SHARE,
}


def recognition(  # noqa: PLR0913 - as many things are to be chosen
    contacts: Iterable[Any],
    *,
    praise: Condition = _PRAISE,
    blame: Condition | None = None,
    by: str = "agent",
    smallest: int = 5,
    at_least: Fraction = Fraction(1, 2),
) -> Recognition:
    """Say who earned thanks or a reward, with the evidence, and what to develop first.

    ``contacts`` are rows with an ``id`` and the columns that are asked for: contacts, or comments
    with ``praise=Column("rating") >= 5, blame=Column("rating") <= 2``. ``blame`` is that there was
    no praise, unless it is stated; ``by`` may be another column, such as the channel. Those with
    fewer than ``smallest`` contacts come last and earn thanks, but no reward: that takes a share of
    praise whose 95 % interval lies at or above ``at_least``.

    Raises `RecordError` for a row that lacks a column or holds there what cannot be read.

    >>> rows = [{"id": str(n), "agent": "Aino", "represented_well": n > 0} for n in range(9)]
    >>> rows += [{"id": "9", "agent": "Mika", "represented_well": True}]
    >>> praised = recognition(rows)
    >>> [(one.who, len(one.praise), one.n) for one in praised]
    [('Aino', 8, 9), ('Mika', 1, 1)]
    >>> [one.who for one in praised.thanked], [one.who for one in praised.rewarded]
    (['Aino', 'Mika'], ['Aino'])
    """
    given = {"praise": praise, "blame": blame, "by": by, "smallest": smallest}
    check(_NAME, _RULES, **given, at_least=at_least)
    rows = list(contacts)
    good, bad = truth_of(_NAME, rows, praise, ~praise if blame is None else blame)
    found: dict[Hashable, list[int]] = {}
    for place, who in enumerate(column_of(_NAME, rows, by)):
        found.setdefault(who, []).append(place)
    unnamed = len(found.pop(None, []))
    ids = column_of(_NAME, rows, "id")
    earned = [_credit(who, [(ids[n], good[n], bad[n]) for n in at]) for who, at in found.items()]
    earned.sort(key=lambda one: (one.n < smallest, -one.worst_case, str(one.who)))
    return Recognition(tuple(earned), unnamed, smallest=smallest, at_least=at_least)


def _credit(who: Hashable, said: list[tuple[Hashable, bool | None, bool | None]]) -> Credit:
    unknown = sum(good is None and not bad for _, good, bad in said)
    return Credit(
        who,
        tuple(key for key, good, _ in said if good),
        tuple(key for key, _, bad in said if bad),
        n=len(said) - unknown,
        unknown=unknown,
    )


_HEADS: Final = ("", "Contacts", "Praise %", "from", "to", "Blame %", "")


def _table(found: Recognition) -> Table:
    rewarded = {one.who for one in found.rewarded}
    lines = tuple(_line(one, found, rewarded=one.who in rewarded) for one in found.credits)
    left = (f"Contacts that do not say whose they are: {found.unnamed}",) if found.unnamed else ()
    return Table("Praise and blame", _HEADS, lines, left)


def _line(one: Credit, found: Recognition, *, rewarded: bool) -> Line:
    interval = one.praise_interval()
    ends = (None, None) if interval is None else (interval.low, interval.high)
    shares = (one.praised, *ends, one.blamed)
    percent = (rounded(None if share is None else 100 * share, 1) for share in shares)
    remark = "reward" if rewarded else "too few" if one.n < found.smallest else ""
    return Line(str(one.who), (str(one.n), *percent, remark), one.praised)
