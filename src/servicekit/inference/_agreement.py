"""How far two observers agree, beyond what chance would bring about."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import Any, Final, cast

from attrs import frozen

from servicekit._rules import LEVEL, Rule
from servicekit.errors import Problem, RecordError, shown
from servicekit.inference._estimates import tail
from servicekit.inference._interval import COUNT, Interval, check

__all__ = ["Kappa", "cohen_kappa"]

_Counts = Mapping[tuple[Any, Any], int]
"""What the one and the other observer said of a thing, and of how many things they did."""


@frozen
class Kappa:
    """How far two observers agree on ``n`` things.

    ``observed`` is the share on which they said the same, ``expected`` the share on which they
    would by chance, each saying everything as often as they did, but blindly.
    """

    n: int
    observed: Fraction
    expected: Fraction
    interval: Interval | None

    @property
    def estimate(self) -> Fraction | None:
        """Cohen's kappa: the part of the agreement left open by chance that was reached.

        It is 1 where they always agree, 0 where as often as by chance, below 0 where less often;
        None where both said one and the same of everything, so that chance leaves nothing open.
        """
        if self.expected == 1:
            return None
        return (self.observed - self.expected) / (1 - self.expected)


def _is_pair(value: object) -> bool:
    return isinstance(value, tuple) and len(cast("tuple[object, ...]", value)) == 2  # noqa: PLR2004 - a pair


_MAPPING: Final = Rule(
    "isinstance({v}, {mapping})", "a mapping of pairs to how often each was seen", mapping=Mapping
)
_RULES: Final[Mapping[str, Rule]] = {"counts": _MAPPING, "level": LEVEL}


def _odd(counts: _Counts) -> Iterator[Problem]:
    """Find the entries that are no counts of pairs."""
    for pair, times in counts.items():
        if not _is_pair(pair):
            yield Problem("counts", shown(pair), "pairs as keys: what the one and the other said")
        elif problem := COUNT.problem(f"counts[{shown(pair)}]", times):
            yield problem


def cohen_kappa(counts: _Counts, *, level: float = 0.95) -> Kappa | None:
    """Give Cohen's kappa of two observers, each of whom put every thing in one category.

    ``counts`` says how many things each pair of categories was given, the one observer's first;
    pairs that were not seen may be left out. None where nothing was observed. The interval is the
    normal one of large samples, cut off at -1 and 1, too narrow for fewer than some dozens of
    things; None where no spread was seen, such as in full agreement.

    Sources: Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
    Measurement 20 (1960), 37-46; standard error by Fleiss, Cohen and Everitt, "Large sample
    standard errors of kappa and weighted kappa", Psychological Bulletin 72 (1969), 323-327.
    Raises `RecordError` for counts that cannot be.

    >>> kappa = cohen_kappa({("a", "a"): 58, ("a", "b"): 4, ("b", "a"): 12, ("b", "b"): 31})
    >>> kappa.estimate, round(kappa.interval.low, 3), round(kappa.interval.high, 3)
    (Fraction(25, 37), 0.532, 0.82)
    """
    check("cohen_kappa", _RULES, counts=counts, level=level)
    if problems := tuple(_odd(counts)):
        raise RecordError("cohen_kappa", problems)
    seen = {pair: times for pair, times in counts.items() if times}
    if not seen:
        return None
    ours, theirs = _margins(seen)
    n, chance = sum(seen.values()), sum(times * theirs[key] for key, times in ours.items())
    agreed = sum(times for (one, other), times in seen.items() if one == other)
    kappa = Kappa(n, Fraction(agreed, n), Fraction(chance, n**2), None)
    if kappa.estimate is None or not (variance := _variance(seen, n, agreed, chance)):
        return kappa
    margin = -NormalDist().inv_cdf(tail(level)) * sqrt(variance)
    low, high = float(kappa.estimate) - margin, float(kappa.estimate) + margin
    interval = Interval(max(low, -1.0), min(high, 1.0), level=level)
    return Kappa(n, kappa.observed, kappa.expected, interval)


def _margins(counts: _Counts) -> tuple[Counter[Hashable], Counter[Hashable]]:
    """Count how often each observer said each thing."""
    ours: Counter[Hashable] = Counter()
    theirs: Counter[Hashable] = Counter()
    for (one, other), times in counts.items():
        ours[one] += times
        theirs[other] += times
    return ours, theirs


def _variance(counts: _Counts, n: int, agreed: int, chance: int) -> Fraction:
    """Compute the variance of large samples in whole numbers, each share times n or n^2.

    With the shares po and pe it is [sum p_ii {(1 - pe) - (p_.i + p_i.)(1 - po)}^2
    + (1 - po)^2 sum p_ij (p_.i + p_j.)^2 - (po pe - 2 pe + po)^2] / n (1 - pe)^4, the second sum
    being over all pairs that differ.
    """
    ours, theirs = _margins(counts)
    open_, apart = n**2 - chance, n - agreed
    same = differing = 0
    for (one, other), times in counts.items():
        if one == other:
            same += times * (open_ - (theirs[one] + ours[one]) * apart) ** 2
        else:
            differing += times * (theirs[one] + ours[other]) ** 2
    mean = agreed * chance - 2 * n * chance + agreed * n**2
    return Fraction(n * ((same + apart**2 * differing) * n - mean**2), open_**4)
