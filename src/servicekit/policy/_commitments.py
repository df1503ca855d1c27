"""A service policy as data: what is promised in each aspect, and what keeps it."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from itertools import chain
from typing import Final, cast

from attrs import field, frozen

from servicekit._rules import DATE_OR_NONE, TEXT, TEXT_OR_NONE, Rule, all_are, each, is_a, set_of
from servicekit._values import Definition, as_set, in_order, refuse, several, unchanged_when
from servicekit.kpi import Kpi, Target
from servicekit.policy._aspects import Aspect, Audience, Expectation
from servicekit.policy._authority import Authority
from servicekit.policy._clocks import Standards
from servicekit.policy._standards import ResponseStandard
from servicekit.policy._training import TrainingPlan
from servicekit.policy._vision import Vision

__all__ = ["Commitment", "Measure", "ServicePolicy"]

Measure = ResponseStandard | Target | Kpi
"""What tells whether a commitment is kept; a KPI alone does not say what is to be reached."""

_KINDS: Final = (ResponseStandard, Target, Kpi)
_MEASURES: Final = Rule(
    "{all_are}({v}, {kinds})",
    "response standards, targets and KPIs",
    all_are=all_are,
    kinds=_KINDS,
)
_NOBODY: Final[frozenset[Audience]] = frozenset()
_NOTHING: Final[frozenset[Expectation]] = frozenset()


def _measures(values: Measure | list[Measure] | tuple[Measure, ...]) -> tuple[Measure, ...]:
    return several(values)


def _audiences(values: Audience | Collection[Audience]) -> frozenset[Audience]:
    return cast("frozenset[Audience]", as_set([values] if isinstance(values, str) else values))


def _expectations(values: Expectation | Collection[Expectation]) -> frozenset[Expectation]:
    return cast("frozenset[Expectation]", as_set([values] if isinstance(values, str) else values))


@frozen
class Commitment(Definition):
    """One thing that a company commits itself to, in one aspect of its policy.

    ``meets`` says what customers look for in that aspect and find here, ``visible_to`` who gets to
    see it, ``kept_by`` which standard, target or KPI tells whether it is kept, ``owner`` who
    answers for it.

    Raises `DefinitionError`, also for an expectation that belongs to another aspect.
    """

    key: str = field(validator=TEXT)
    aspect: Aspect = field(validator=is_a(Aspect))
    promise: str = field(validator=TEXT)
    meets: frozenset[Expectation] = field(
        default=_NOTHING,
        kw_only=True,
        converter=_expectations,
        validator=set_of(Expectation),
        repr=in_order,
    )
    visible_to: frozenset[Audience] = field(
        default=_NOBODY,
        kw_only=True,
        converter=_audiences,
        validator=set_of(Audience),
        repr=in_order,
    )
    kept_by: tuple[Measure, ...] = field(
        default=(), kw_only=True, converter=_measures, validator=_MEASURES
    )
    owner: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)

    def __attrs_post_init__(self) -> None:
        if any(one.aspect is not self.aspect for one in self.meets):
            ours = (one for one in Expectation if one.aspect is self.aspect)
            refuse(self, "meets", f"what belongs to {self.aspect}: {', '.join(ours)}")


def _commitments(
    values: Commitment | list[Commitment] | tuple[Commitment, ...],
) -> tuple[Commitment, ...]:
    return several(values)


unchanged_when("{v}.__class__ is tuple", _measures, _commitments)
unchanged_when("{v}.__class__ is frozenset", _audiences, _expectations)


@frozen
class ServicePolicy(Definition):
    """A company's service policy: its commitments and, where there are such, its other parts.

    ``starts`` is the day from which it holds. Raises `DefinitionError`, also for two commitments
    with one key.
    """

    title: str = field(validator=TEXT)
    commitments: tuple[Commitment, ...] = field(
        default=(), converter=_commitments, validator=each(Commitment)
    )
    starts: date | None = field(default=None, kw_only=True, validator=DATE_OR_NONE)
    vision: Vision | None = field(default=None, kw_only=True, validator=is_a(Vision, optional=True))
    standards: Standards | None = field(
        default=None, kw_only=True, validator=is_a(Standards, optional=True)
    )
    authority: Authority | None = field(
        default=None, kw_only=True, validator=is_a(Authority, optional=True)
    )
    training: TrainingPlan | None = field(
        default=None, kw_only=True, validator=is_a(TrainingPlan, optional=True)
    )

    def __attrs_post_init__(self) -> None:
        times = Counter(one.key for one in self.commitments)
        if twice := [key for key, number in times.items() if number > 1]:
            refuse(self, "commitments", f"keys that differ; {', '.join(twice)} is there twice")

    def of(self, aspect: Aspect) -> tuple[Commitment, ...]:
        """Give the commitments of an aspect."""
        return tuple(one for one in self.commitments if one.aspect is aspect)

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets that keep the commitments, each once."""
        kept_by = chain.from_iterable(one.kept_by for one in self.commitments)
        return tuple(dict.fromkeys(one for one in kept_by if isinstance(one, Target)))
