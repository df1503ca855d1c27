"""How much each problem weighs, in which order they come, and how sure that is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from operator import attrgetter
from typing import Final

from attrs import field, frozen

from servicekit.inference import Beta, Interval, wilson
from servicekit.problems._signal import Signal
from servicekit.problems._standing import Standing

__all__ = ["Portion", "Weight", "clearly_ahead", "in_time", "leading", "standings", "weights"]

_NOTHING: Final = Fraction(0)
_BEYOND: Final = 0.025
"""What an interval at a level of 0.95 leaves out on each side."""
_MOST: Final = 10**12
"""The largest number of occurrences that inference takes."""


@frozen
class Portion:
    """Signals that count under one key, each occurrence with the same impact."""

    key: str
    title: str
    impact: Fraction
    signals: Sequence[Signal]


@frozen
class Weight:
    """How often something occurred and what that comes to, in all and by source."""

    title: str
    frequency: int = 0
    score: Fraction = _NOTHING
    by_source: Mapping[str, Fraction] = field(factory=dict[str, Fraction])

    def without(self, source: str) -> Fraction:
        """Give the score that is left without what a source tells."""
        return self.score - self.by_source.get(source, _NOTHING)


def in_time(signals: Iterable[Signal]) -> tuple[Signal, ...]:
    """Put signals in the order of time."""
    return tuple(sorted(signals, key=attrgetter("at")))


def weights(portions: Iterable[Portion]) -> dict[str, Weight]:
    """Add up portions under each key."""
    found: dict[str, Weight] = {}
    for portion in portions:
        times: Counter[str] = Counter()
        for signal in portion.signals:
            times[signal.source] += signal.weight
        known = found.get(portion.key, Weight(portion.title))
        scores = dict(known.by_source)
        for source, count in times.items():
            scores[source] = scores.get(source, _NOTHING) + count * portion.impact
        total = times.total()
        score = known.score + total * portion.impact
        found[portion.key] = Weight(known.title, known.frequency + total, score, scores)
    return found


def _places(scores: Mapping[str, Fraction]) -> dict[str, int]:
    """Give the place of each key, the highest score first; the same score has the same place."""
    found: dict[str, int] = {}
    place, last = 0, None
    for number, key in enumerate(sorted(scores, key=lambda key: (-scores[key], key)), 1):
        if scores[key] != last:
            place, last = number, scores[key]
        found[key] = place
    return found


def leading(scores: Mapping[str, Fraction], top: int) -> tuple[str, ...]:
    """Give the keys on the first places; what scores nothing is on none of them."""
    return tuple(key for key, place in _places(scores).items() if place <= top and scores[key])


def standings(found: Mapping[str, Weight], portions: Iterable[Portion]) -> tuple[Standing, ...]:
    """Put what was weighed in order."""
    told: dict[str, list[Signal]] = {key: [] for key in found}
    for portion in portions:
        told[portion.key].extend(portion.signals)
    scores = {key: weight.score for key, weight in found.items()}
    ranked = _places(scores)
    shared = Counter(ranked.values())
    total = sum(scores.values(), _NOTHING)
    n = sum(weight.frequency for weight in found.values())
    ahead = [clearly_ahead(found[one], found[other]) for one, other in pairwise(ranked)]
    rows = zip(ranked, accumulate(scores[key] for key in ranked), [*ahead, None], strict=False)
    return tuple(
        Standing(
            key,
            found[key].title,
            place=ranked[key],
            tied=shared[ranked[key]] > 1,
            score=scores[key],
            share=scores[key] / total if total else None,
            cumulative=reached / total if total else None,
            interval=_interval(found[key], n, total),
            ahead=is_ahead,
            signals=in_time(told[key]),
        )
        for key, reached, is_ahead in rows
    )


def _interval(weight: Weight, n: int, total: Fraction) -> Interval | None:
    """Turn the interval of the share of occurrences into one of the share of scores."""
    found = wilson(*_within(weight.frequency, n)) if total else None
    if found is None:
        return None
    times, rest = weight.frequency, n - weight.frequency
    own = weight.score / times if times else total / rest
    others = (total - weight.score) / rest if rest else own
    low, high = (_share(Fraction(end), own, others) for end in (found.low, found.high))
    return Interval(low, high, level=found.level)


def _share(part: Fraction, own: Fraction, others: Fraction) -> float:
    """Say what share of the scores a part of the occurrences has."""
    ours = part * own
    return float(ours / (ours + (1 - part) * others))


def clearly_ahead(one: Weight, other: Weight) -> bool | None:
    """Say whether the first would hardly be so far ahead if both weighed the same; None at 0.

    Of the occurrences of both, the number of the first is then binomial; the test is exact, at a
    level of 0.95 from both sides. Source: Przyborowski and Wilenski, "Homogeneity of results in
    testing samples from Poisson series", Biometrika 31 (1940), 313-323.
    """
    if not one.score:
        return None
    own = one.score / one.frequency
    theirs = other.score / other.frequency if other.frequency else own
    part, whole = _within(one.frequency, one.frequency + other.frequency)
    return Beta(part, whole - part + 1).cdf(float(theirs / (own + theirs))) < _BEYOND


def _within(part: int, whole: int) -> tuple[int, int]:
    """Bring counts down to what inference takes, which makes them a little less sure."""
    if whole <= _MOST:
        return part, whole
    return max(part * _MOST // whole, min(part, 1)), _MOST
