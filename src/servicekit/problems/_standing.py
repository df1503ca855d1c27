"""Where a problem or a policy stands among the others, and what could not be ranked."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import cast

from attrs import field, frozen

from servicekit._mappings import read_only
from servicekit._terms import Term
from servicekit.inference import Interval
from servicekit.problems._signal import Signal

__all__ = ["Apart", "Reason", "Standing"]


class Reason(Term):
    """Why signals were not ranked."""

    VAGUE = "vague"
    """Nobody can act on it before they have asked further."""
    UNKNOWN = "unknown"
    """The taxonomy does not know the problem."""
    NO_IMPACT = "no_impact"
    """Impacts are amounts of money, and there is none for the problem."""
    NO_POLICY = "no_policy"
    """No policy is named."""


def _counts(counts: Mapping[str, int]) -> Mapping[str, int]:
    return cast("Mapping[str, int]", read_only(counts))


def _counted(signals: Iterable[Signal], name: Callable[[Signal], str | None]) -> dict[str, int]:
    """Count occurrences by some key of the signals, the most frequent first, those without none."""
    counts: Counter[str] = Counter()
    for signal in signals:
        if (key := name(signal)) is not None:
            counts[key] += signal.weight
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


class _Told:
    """What can be read off the signals of a standing."""

    __slots__ = ()

    signals: tuple[Signal, ...]

    @property
    def frequency(self) -> int:
        """How many occurrences the signals stand for."""
        return sum(signal.weight for signal in self.signals)

    @property
    def sources(self) -> Mapping[str, int]:
        """Who says so, and how many occurrences of it: the most frequent first."""
        return _counts(_counted(self.signals, lambda signal: signal.source))

    @property
    def problems(self) -> Mapping[str, int]:
        """What the signals call the problem, with occurrences."""
        return _counts(_counted(self.signals, lambda signal: signal.problem))

    @property
    def policies(self) -> Mapping[str, int]:
        """Which policies stood in the way, with occurrences."""
        return _counts(_counted(self.signals, lambda signal: signal.policy))

    @property
    def evidence(self) -> tuple[str, ...]:
        """What the signals rest on, each key once, in the order of time."""
        return _each_once(signal.evidence for signal in self.signals)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was said, each once, in the order of time."""
        return _each_once(signal.note for signal in self.signals)


def _each_once(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


@frozen
class Standing(_Told):
    """A problem or a policy that was ranked.

    ``place`` counts from 1; those with the same ``score`` share a place and are ``tied``. The score
    is frequency times impact, exact. ``share`` is its part of the scores of all, ``cumulative``
    that of all down to this one; both are None where all scores are 0.

    ``interval`` is that of the share, at a level of 0.95: Wilson's for this one among all n
    occurrences, turned into a share of the scores as if the others stayed mixed as they are.
    ``ahead`` says whether it is ahead of the next one by more than noise; None for the last one and
    where the scores are 0.

    ``signals`` are those of this problem in the order of time.
    """

    key: str
    title: str
    place: int = field(kw_only=True)
    tied: bool = field(kw_only=True)
    score: Fraction = field(kw_only=True)
    share: Fraction | None = field(kw_only=True)
    cumulative: Fraction | None = field(kw_only=True)
    interval: Interval | None = field(kw_only=True)
    ahead: bool | None = field(kw_only=True)
    signals: tuple[Signal, ...] = field(kw_only=True)

    @property
    def impact(self) -> Fraction | None:
        """The mean impact of an occurrence; None without any."""
        return Fraction(self.score, self.frequency) if self.frequency else None

    @property
    def corroborated(self) -> bool:
        """Whether occurrences are told of by two sources or more."""
        return sum(count > 0 for count in self.sources.values()) > 1


@frozen
class Apart(_Told):
    """A problem that signals tell of and that was not ranked, why not, and what to ask."""

    key: str
    title: str
    reason: Reason = field(kw_only=True)
    ask: str = field(kw_only=True)
    signals: tuple[Signal, ...] = field(kw_only=True)
