"""An audit of a service policy: what a customer would find missing, and what does not hold up."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from itertools import chain, combinations
from typing import Final

from servicekit._rules import each, is_a
from servicekit.kpi import Elapsed, Kpi, Mean, Percentile, Share, Target, Within
from servicekit.policy._asked import check
from servicekit.policy._aspects import EXPECTATIONS, Aspect, Audience, Expectation
from servicekit.policy._authority import Authority
from servicekit.policy._commitments import Commitment, ServicePolicy
from servicekit.policy._findings import Finding, Gap, ModelRow
from servicekit.policy._standards import Clock, ResponseStandard
from servicekit.policy._training import checklist

__all__ = ["audit"]

_POLICY: Final = is_a(ServicePolicy)
_TARGETS: Final = each(Target)
_SEE: Final = dict.fromkeys(Aspect, Audience.CUSTOMERS) | {Aspect.SUPERVISION: Audience.STAFF}
"""Who at least has to see the commitments of an aspect."""


def audit(policy: ServicePolicy, targets: Iterable[Target] = ()) -> tuple[Finding, ...]:
    """List what a policy lacks: aspect by aspect, then its measures, its targets and other parts.

    A customer finds missing what no commitment meets. A commitment wants to be seen, measured and
    owned by somebody; a measure wants a target, in the policy or among the company's other
    ``targets``. Two targets contradict each other if no value reaches both, if they set two goals
    for one day, or if they give one key to two KPIs. A commitment contradicts itself if its KPI
    lets it take another time than its standard. Of authority, the rules that always say no are
    listed, and of training what `checklist` finds.
    """
    others = tuple(targets)
    check("audit", _POLICY.problem("policy", policy), _TARGETS.problem("targets", others))
    every = tuple(dict.fromkeys((*policy.targets, *others)))
    return tuple(
        chain(
            chain.from_iterable(_missing(policy, aspect) for aspect in Aspect),
            chain.from_iterable(_of_commitment(one, every) for one in policy.commitments),
            _contradictions(every),
            _hard_noes(policy.authority),
            () if policy.training is None else checklist(policy.training, policy.starts),
        )
    )


def _missing(policy: ServicePolicy, aspect: Aspect) -> Iterator[Finding]:
    met = frozenset[Expectation]().union(*(one.meets for one in policy.of(aspect)))
    for expectation, missing in EXPECTATIONS[aspect].items():
        if expectation not in met:
            about = f"{aspect}: {expectation}"
            yield Finding(Gap.NOT_PROMISED, about, missing, ModelRow.B4)


def _of_commitment(one: Commitment, targets: Sequence[Target]) -> Iterator[Finding]:
    if _SEE[one.aspect] not in one.visible_to:
        says = f"the {_SEE[one.aspect]} do not get to see it"
        yield Finding(Gap.UNSEEN, one.key, says, ModelRow.B4)
    if one.owner is None:
        yield Finding(Gap.NO_OWNER, one.key, "nobody answers for it", ModelRow.B2)
    if not one.kept_by:
        says = "neither a standard nor a KPI tells whether it is kept"
        yield Finding(Gap.NO_MEASURE, one.key, says, ModelRow.B2)
    for kpi in one.kept_by:
        if isinstance(kpi, Kpi) and not any(target.kpi.measures_as(kpi) for target in targets):
            says = f"no target for {kpi.title!r}"
            yield Finding(Gap.NO_TARGET, one.key, says, ModelRow.B2)
    for says in _two_times(one):
        yield Finding(Gap.CONTRADICTION, one.key, says, ModelRow.B8)


# --- Targets that cannot both be meant ------------------------------------------------------------


def _contradictions(targets: Sequence[Target]) -> Iterator[Finding]:
    for one, other in combinations(targets, 2):
        if says := _contradiction(one, other):
            about = f"{one.kpi.key}, {other.kpi.key}"
            yield Finding(Gap.CONTRADICTION, about, says, ModelRow.B2)


def _contradiction(one: Target, other: Target) -> str | None:
    if one.kpi.measures_as(other.kpi):
        says = _two_goals(one, other)
    else:
        says = "one key for two KPIs:" if one.kpi.key == other.kpi.key else None
    return None if says is None else f"{says} '{one}' and '{other}'"


def _two_goals(one: Target, other: Target) -> str | None:
    if _apart(one, other) or _apart(other, one):
        return "no value reaches both"
    alike = (one.at_least is None) == (other.at_least is None)
    if alike and one.goal != other.goal and one.due == other.due:
        return "two goals for one day:"
    return None


def _apart(low: Target, high: Target) -> bool:
    """Whether what one target allows at most is below what the other asks for at least."""
    return low.at_most is not None and high.at_least is not None and low.at_most < high.at_least


def _two_times(one: Commitment) -> Iterator[str]:
    """Find the measures of a commitment that take another time than its standard in real time."""
    standards = [kept for kept in one.kept_by if isinstance(kept, ResponseStandard)]
    for standard in standards:
        if standard.clock is Clock.CLOCK_TIME:
            for measure in one.kept_by:
                for time, exact in _times(measure):
                    if time > standard.limit or (exact and time < standard.limit):
                        yield f"{standard.title!r} allows {standard.limit}, {measure} allows {time}"


def _times(measure: ResponseStandard | Target | Kpi) -> Iterator[tuple[timedelta, bool]]:
    """Give the times that a measure allows; of a mean or percentile it may be no longer."""
    kpi = measure.kpi if isinstance(measure, Target) else measure
    match kpi:
        case Kpi(measure=Share(of=Within(limit=limit))):
            yield limit, True
        case Kpi(measure=Mean(of=Elapsed(unit=unit)) | Percentile(of=Elapsed(unit=unit))):
            if isinstance(measure, Target) and measure.at_most is not None:
                most = Fraction(measure.at_most)
                yield unit * most.numerator / most.denominator, False
        case _:
            pass


# --- Other parts ----------------------------------------------------------------------------------


def _hard_noes(authority: Authority | None) -> Iterator[Finding]:
    if authority is not None:
        for limit in authority.hard_noes:
            about = f"{limit.role}: {limit.remedy or 'every remedy'}"
            says = f"always no, where discretion is meant to decide ({limit.reason})"
            yield Finding(Gap.HARD_NO, about, says, ModelRow.B5)
