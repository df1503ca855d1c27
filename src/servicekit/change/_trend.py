"""A KPI over time: on a process behaviour chart, its signals in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

from attrs import field, frozen

from servicekit._tables import Table, Tabled
from servicekit.change._verdicts import Verdict, direction
from servicekit.errors import DefinitionError, Problem, RecordError, shown
from servicekit.inference import Average, ChartSignal, Pattern, ProcessChart, Side, xmr
from servicekit.inference._xmr import chart_lines, in_words
from servicekit.kpi import Kpi, Measurement, Measurements

__all__ = ["Series", "Trend", "TrendSignal", "trend"]

_SAID: Final[Mapping[Pattern, str]] = {
    Pattern.BEYOND_LIMIT: "{side} the limit of routine variation",
    Pattern.RUN_OF_EIGHT: "{n} in a row {side} the centre",
    Pattern.TWO_OF_THREE: "at least two of three far {side} the centre",
    Pattern.FOUR_OF_FIVE: "at least four of five well {side} the centre",
    Pattern.JUMP: "a jump {way} from the period before",
}
_WAYS: Final = {Side.ABOVE: "up", Side.BELOW: "down"}


@frozen
class TrendSignal:
    """A signal by the names of its periods, and whether it is a better or a worse one."""

    signal: ChartSignal
    periods: tuple[str, ...]
    verdict: Verdict = field(kw_only=True)

    def __str__(self) -> str:
        first, last = self.periods[0], self.periods[-1]
        side = self.signal.side
        said = _SAID[self.signal.pattern].format(side=side, n=len(self.periods), way=_WAYS[side])
        when = first if first == last else f"{first} to {last}"
        return f"{when}: {said} ({self.verdict})"


@frozen
class Trend(Tabled):
    """A KPI over time, on a process behaviour chart.

    ``left_out`` names the periods without a value, ``still_open`` those with rows whose window has
    not closed: their values may still move.
    """

    kpi: Kpi
    periods: tuple[str, ...]
    chart: ProcessChart = field(kw_only=True)
    left_out: tuple[str, ...] = field(kw_only=True)
    still_open: tuple[str, ...] = field(kw_only=True)

    @property
    def signals(self) -> tuple[TrendSignal, ...]:
        """What routine variation does not explain, in the order in which it begins."""
        return tuple(self._named(signal) for signal in self.chart.signals)

    def _named(self, signal: ChartSignal) -> TrendSignal:
        periods = tuple(self.periods[place] for place in signal.places)
        verdict = direction(self.kpi, rose=signal.side is Side.ABOVE)
        return TrendSignal(signal, periods, verdict=verdict)

    def _table(self) -> Table:
        lines = chart_lines(self.chart, self.periods, _DIGITS)
        return Table(f"{self.kpi.title}: {self.kpi}", _HEADS, lines, tuple(self._remarks()))

    def _remarks(self) -> Iterator[str]:
        yield in_words(self.chart.limits, _DIGITS)
        yield from map(str, self.signals)
        if self.left_out:
            yield f"Without a value, left out: {', '.join(self.left_out)}"
        if self.still_open:
            yield f"Still open in part: {', '.join(self.still_open)}"


_HEADS: Final = ("Period", "Value", "Moving range", "Signals")
_DIGITS: Final = 3


Series = Mapping[Any, Measurement | Measurements] | Iterable[Measurement]
"""A KPI over time: groups by a period, measurements by the name of their period, or one by one."""


def trend(
    measurements: Series,
    kpi: Kpi | str | None = None,
    *,
    baseline: int | None = None,
    centre: Average = Average.MEAN,
    ranges: Average = Average.MEAN,
) -> Trend:
    """Put a KPI over time on a process behaviour chart, and name what is more than routine.

    ``measurements`` are in the order of time: what `servicekit.kpi.measure` gives by a period, or
    measurements of one KPI by the names of their periods, or only these, which are then named by
    the dates that they are as of. Where several KPIs were measured ``kpi`` says which is meant. A
    chart suits every measure, totals and ratios as well: how far a figure varies by itself is seen
    from one period to the next. A period without a value is left out and named, as are rows that
    do not know theirs; a period without any row is not there at all.

    ``baseline``, ``centre`` and ``ranges`` are as for `servicekit.inference.xmr`: with a baseline,
    the limits are those of so many periods from the first one on, such as those before a change.

    Raises `DefinitionError` for measurements of different KPIs, or where it is not clear which KPI
    is meant, and `RecordError` for anything else that cannot be.
    """
    series = [(name, _measurement(found, kpi)) for name, found in _by_name(measurements)]
    agreed = _agreed([one for _, one in series], kpi)
    placed = [
        (name, value)
        for name, one in series
        if name is not None and (value := one.value) is not None
    ]
    left_out = [_said(name) for name, one in series if name is None or one.value is None]
    return Trend(
        agreed,
        tuple(name for name, _ in placed),
        chart=xmr((value for _, value in placed), baseline=baseline, centre=centre, ranges=ranges),
        left_out=tuple(left_out),
        still_open=tuple(_said(name) for name, one in series if one.still_open),
    )


def _said(name: str | None) -> str:
    return "unknown period" if name is None else name


_A_SERIES: Final = "measurements in the order of time, such as measure gives by a Period"


def _by_name(measurements: Series) -> Iterator[tuple[str | None, object]]:
    """Name what is given: by its group, or by its date."""
    if isinstance(measurements, Mapping):
        for group, found in cast("Mapping[object, object]", measurements).items():
            yield (None if group is None else str(group)), found
    else:
        for found in measurements:
            yield (found.as_of.date().isoformat() if isinstance(found, Measurement) else ""), found


def _measurement(found: object, kpi: Kpi | str | None) -> Measurement:
    """Give the measurement of the KPI that is meant."""
    if not isinstance(found, (Measurement, Measurements)):
        raise RecordError("trend", (Problem("measurements", shown(found), _A_SERIES),))
    known = {found.kpi.key: found} if isinstance(found, Measurement) else found
    if isinstance(found, Measurement) and not isinstance(kpi, str):
        return found  # a KPI is compared by what it measures, whatever it is called
    key = kpi.key if isinstance(kpi, Kpi) else kpi
    if key is None and len(known) == 1:
        key = next(iter(known))
    if key is None or key not in known:
        raise DefinitionError("trend", (Problem("kpi", shown(key), f"one of {', '.join(known)}"),))
    return known[key]


def _agreed(series: Sequence[Measurement], kpi: Kpi | str | None) -> Kpi:
    """Give the KPI that all measurements are of; refuse them where they are of several."""
    if not series:
        raise RecordError("trend", (Problem("measurements", "empty", _A_SERIES),))
    agreed = kpi if isinstance(kpi, Kpi) else series[0].kpi
    for one in series:
        if not agreed.measures_as(one.kpi):
            ours, theirs = (f"{each} ({each.unit})" for each in (agreed, one.kpi))
            raise DefinitionError("trend", (Problem("definition", theirs, ours),))
    return agreed
