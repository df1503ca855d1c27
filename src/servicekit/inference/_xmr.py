"""Process behaviour charts: what a series of single values does by itself, and what is a signal.

An XmR chart (individual values and moving ranges) takes routine variation from how far successive
values are apart, so that a shift does not widen the limits that it is to be seen against.

Sources: Shewhart, "Economic Control of Quality of Manufactured Product" (1931); for factors and
names, Wheeler, "Making Sense of Data" (2003).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple, Self

from attrs import field, frozen

from servicekit._rules import Rule, is_a
from servicekit._tables import NOTHING, Line, Table, Tabled, rounded
from servicekit._terms import Term
from servicekit._values import Value, refuse
from servicekit.errors import Problem, RecordError, shown
from servicekit.inference._interval import Real, check, numeric

__all__ = ["Average", "ChartSignal", "Limits", "Pattern", "ProcessChart", "Side"]
__all__ += ["chart_lines", "in_words", "xmr"]


class Average(Term):
    """Which average a centre line is; a median holds where single values are far out."""

    MEAN = "mean"
    MEDIAN = "median"


class Side(Term):
    """Where a signal lies: above the centre line or below it; of a jump, which way it went."""

    ABOVE = "above"
    BELOW = "below"


class Pattern(Term):
    """How a signal shows: in a value, in several, or in a moving range.

    ``BEYOND_LIMIT`` is one value, ``RUN_OF_EIGHT`` are eight or more in a row on one side of the
    centre, ``TWO_OF_THREE`` lie more than two thirds of the way from there to the limit (1.7733
    mean moving ranges) and ``FOUR_OF_FIVE`` more than a third, all on one side; a ``JUMP`` is a
    moving range beyond its limit. What lies on a line is not beyond it.

    The first four are the zone tests of Western Electric, "Statistical Quality Control Handbook"
    (1956), and the detection rules of Wheeler (2003); Nelson, "The Shewhart control chart: tests
    for special causes", Journal of Quality Technology 16 (1984), 237-239, asks for a run of nine.
    """

    BEYOND_LIMIT = "beyond limit"
    RUN_OF_EIGHT = "run of eight"
    TWO_OF_THREE = "two of three"
    FOUR_OF_FIVE = "four of five"
    JUMP = "jump"


class _Factors(NamedTuple):
    """What an average moving range is multiplied by."""

    limits: Fraction
    ranges: Fraction


_FACTORS: Final = {
    Average.MEAN: _Factors(Fraction("2.66"), Fraction("3.268")),
    Average.MEDIAN: _Factors(Fraction("3.145"), Fraction("3.865")),
}
_FAR: Final = 1e153
"""How far out limits may lie whose values are numbers that may be given."""
_LINE: Final = Rule(
    "{numeric}({v}, {far})", "a number, at most 1e153 either way", numeric=numeric, far=_FAR
)
_WIDTH: Final = Rule(
    "{numeric}({v}, {far}) and {v} >= 0",
    "a number, 0 or more, at most 1e153",
    numeric=numeric,
    far=_FAR,
)


@frozen
class Limits(Value):
    """The centre line of a series, its natural process limits, and the limit of its ranges.

    Those of a time before something was changed may be held against the time after it. Raises
    `RecordError` with every field that is wrong.

    >>> limits = Limits.of([3, 4, 5])
    >>> limits.centre, limits.moving_range, f"{float(limits.lower)} to {float(limits.upper)}"
    (4, 1, '1.34 to 6.66')
    """

    centre: Real = field(validator=_LINE)
    moving_range: Real = field(validator=_WIDTH)
    lower: Real = field(kw_only=True, validator=_LINE)
    upper: Real = field(kw_only=True, validator=_LINE)
    range_limit: Real = field(kw_only=True, validator=_WIDTH)

    def __attrs_post_init__(self) -> None:
        if not self.lower <= self.centre <= self.upper:
            refuse(self, "centre", "a number from lower to upper")

    @classmethod
    def of(
        cls,
        values: Iterable[Real],
        *,
        centre: Average = Average.MEAN,
        ranges: Average = Average.MEAN,
    ) -> Self | None:
        """Make the limits of a series; None where its average moving range is 0, or there is none.

        Limits lie 2.66 times the mean moving range from the centre line, or 3.145 times the median;
        that of ranges is 3.268 times the mean, or 3.865 times the median. Exact numbers stay exact,
        with a float among them all are the nearest floats. Of fewer than some ten values, limits
        are rough. Raises `RecordError` for what is no number.
        """
        check("Limits.of", _AVERAGES, centre=centre, ranges=ranges)
        given = _numbers(values)
        exact = [Fraction(value) for value in given]
        moves = list(map(_apart, exact, exact[1:]))
        typical = _averaged(moves, ranges) if moves else None
        if not typical:
            return None
        middle, factors = _averaged(exact, centre), _FACTORS[ranges]
        reach = factors.limits * typical
        shown = _shown_among(given)
        return cls(
            shown(middle),
            shown(typical),
            lower=shown(middle - reach),
            upper=shown(middle + reach),
            range_limit=shown(factors.ranges * typical),
        )


def _averaged(values: Sequence[Fraction], average: Average) -> Fraction:
    return median(values) if average is Average.MEDIAN else sum(values, Fraction(0)) / len(values)


_AVERAGES: Final[Mapping[str, Rule]] = dict.fromkeys(("centre", "ranges"), is_a(Average))


def _apart(before: Real, after: Real) -> Fraction:
    return abs(Fraction(after) - Fraction(before))


def _shown_among(values: Iterable[Real]) -> Callable[[Fraction], Real]:
    """Say how numbers made of these are given: as the nearest floats where there is a float."""
    return float if float in map(type, values) else _shortened


def _shortened(value: Fraction) -> Real:
    return value.numerator if value.denominator == 1 else value


_NUMBERS: Final = "numbers, each at most 1e150 either way"


def _numbers(values: Iterable[Real]) -> tuple[Real, ...]:
    """Take numbers; name the place of everything else."""
    given = tuple(values)
    wrong = [place for place, value in enumerate(given) if not numeric(value)]
    if wrong:
        problems = (Problem(f"values[{at}]", shown(given[at]), _NUMBERS) for at in wrong)
        raise RecordError("xmr", tuple(problems))
    return given


@frozen
class ChartSignal:
    """Values of a series that routine variation does not explain, by their places from 0 on."""

    pattern: Pattern
    side: Side
    places: tuple[int, ...] = field(kw_only=True)


def _as_tuple(values: list[Real] | tuple[Real, ...]) -> tuple[Real, ...]:
    """Keep the values of a list; leave anything else for the rule to look at."""
    return tuple(values) if isinstance(values, list) else values


_SERIES: Final = Rule(
    "{v}.__class__ is {tuple} and all(map({numeric}, {v}))", _NUMBERS, tuple=tuple, numeric=numeric
)


@frozen
class ProcessChart(Tabled, Value):
    """A series of values against limits: its own, or those of another series.

    Without limits nothing is a signal. Made by `xmr`, or directly where the limits are given.

    >>> print(xmr([4, 5, 4, 5, 4, 12]))
    Process behaviour chart
    Place  Value  Moving range       Signals
    0       4.00             -
    1       5.00          1.00
    2       4.00          1.00
    3       5.00          1.00
    4       4.00          1.00
    5      12.00          8.00  jump (above)
    Centre 5.67, limits -0.72 to 12.05, of ranges 7.84
    """

    values: tuple[Real, ...] = field(converter=_as_tuple, validator=_SERIES)
    limits: Limits | None = field(validator=is_a(Limits, optional=True))

    @property
    def moving_ranges(self) -> tuple[Real, ...]:
        """How far each value but the first is from the one before."""
        return tuple(
            _shown_among((before, after))(_apart(before, after))
            for before, after in pairwise(self.values)
        )

    @property
    def signals(self) -> tuple[ChartSignal, ...]:
        """What routine variation does not explain, in the order in which it begins."""
        if self.limits is None:
            return ()
        found = [*_of_values(self.values, self.limits), *_jumps(self.values, self.limits)]
        return tuple(sorted(found, key=lambda signal: signal.places[0]))

    def _table(self) -> Table:
        lines = chart_lines(self, map(str, range(len(self.values))), 2)
        heads = ("Place", "Value", "Moving range", "Signals")
        return Table("Process behaviour chart", heads, lines, (in_words(self.limits, 2),))


def chart_lines(chart: ProcessChart, names: Iterable[str], places: int) -> tuple[Line, ...]:
    """Show each value with its moving range and the signals that it is part of."""
    said: dict[int, list[str]] = {}
    for signal in chart.signals:
        for place in signal.places:
            said.setdefault(place, []).append(f"{signal.pattern} ({signal.side})")
    moves = [NOTHING, *(rounded(move, places) for move in chart.moving_ranges)]
    shown = zip(names, chart.values, moves, strict=False)
    return tuple(
        Line(name, (rounded(value, places), move, ", ".join(said.get(at, ()))))
        for at, (name, value, move) in enumerate(shown)
    )


def in_words(limits: Limits | None, places: int) -> str:
    """Say where limits lie."""
    if limits is None:
        return "No limits: successive values show no spread"
    ends = f"{rounded(limits.lower, places)} to {rounded(limits.upper, places)}"
    ranges = rounded(limits.range_limit, places)
    return f"Centre {rounded(limits.centre, places)}, limits {ends}, of ranges {ranges}"


class _Zone(NamedTuple):
    """A pattern of values in a zone: so many of so many in a row, beyond a share of the way out."""

    pattern: Pattern
    wanted: int
    among: int
    beyond: Fraction


_ZONES: Final = (
    _Zone(Pattern.BEYOND_LIMIT, 1, 1, Fraction(1)),
    _Zone(Pattern.TWO_OF_THREE, 2, 3, Fraction(2, 3)),
    _Zone(Pattern.FOUR_OF_FIVE, 4, 5, Fraction(1, 3)),
    _Zone(Pattern.RUN_OF_EIGHT, 8, 8, Fraction(0)),
)


def _of_values(values: Sequence[Real], limits: Limits) -> Iterator[ChartSignal]:
    centre = Fraction(limits.centre)
    for side, limit in ((Side.ABOVE, limits.upper), (Side.BELOW, limits.lower)):
        for pattern, wanted, among, share in _ZONES:
            line = centre + (Fraction(limit) - centre) * share
            far = [place for place, value in enumerate(values) if _is_beyond(value, line, side)]
            for places in _crowds(far, wanted, among):
                yield ChartSignal(pattern, side, places=places)


def _is_beyond(value: Real, line: Fraction, side: Side) -> bool:
    return value > line if side is Side.ABOVE else value < line


def _crowds(places: Sequence[int], wanted: int, among: int) -> Iterator[tuple[int, ...]]:
    """Give the places that are so many among so many in a row; what overlaps is one crowd."""
    crowd: list[int] = []
    for start in range(len(places) - wanted + 1):
        window = places[start : start + wanted]
        if window[-1] - window[0] >= among:
            continue
        if crowd and window[0] > crowd[-1]:
            yield tuple(crowd)
            crowd = []
        crowd += [place for place in window if not crowd or place > crowd[-1]]
    if crowd:
        yield tuple(crowd)


def _jumps(values: Sequence[Real], limits: Limits) -> Iterator[ChartSignal]:
    for place, (before, after) in enumerate(pairwise(values), start=1):
        if _apart(before, after) > limits.range_limit:
            side = Side.ABOVE if after > before else Side.BELOW
            yield ChartSignal(Pattern.JUMP, side, places=(place,))


def xmr(
    values: Iterable[Real],
    *,
    baseline: int | None = None,
    centre: Average = Average.MEAN,
    ranges: Average = Average.MEAN,
) -> ProcessChart:
    """Put a series of values on a process behaviour chart, in the order of time.

    With ``baseline`` the limits are those of so many values from the first one on, such as those
    before something was changed; without, those of all. ``centre`` and ``ranges`` are as for
    `Limits.of`. Fewer than two values, and values that are all alike, give no limits and thereby no
    signals. The more patterns are looked for the more of them come by chance: of 100 series of 24
    normal values without any change some 23 show one or other, 6 of them a value beyond its limit.

    Raises `RecordError` for what is no number, by its place, and for a baseline longer than the
    series.

    >>> chart = xmr([10, 9, 11, 10, 10, 11, 9, 10, 15, 16], baseline=8)
    >>> [(str(signal.pattern), str(signal.side), signal.places) for signal in chart.signals][0]
    ('beyond limit', 'above', (8,))
    """
    given = _numbers(values)
    check("xmr", {"baseline": _some_of(len(given))}, baseline=baseline)
    return ProcessChart(given, Limits.of(given[:baseline], centre=centre, ranges=ranges))


def _some_of(length: int) -> Rule:
    return Rule(
        f"{{v}} is None or {{v}}.__class__ is int and 2 <= {{v}} <= {length}",
        f"a whole number from 2 to {length}, how many values there are, or None for all of them",
    )
