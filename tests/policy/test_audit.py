"""What a customer would find missing in a policy, and what in it does not hold up."""

from datetime import date, timedelta

import attrs
import pytest

from samples import MEDIAN, TRIES, at, numbered
from servicekit.catalogue.standards import NEXT_DAY_CALL_BACK, WRITTEN_ANSWER
from servicekit.errors import DefinitionError
from servicekit.kpi import (
    Better,
    Column,
    Count,
    Elapsed,
    Kpi,
    Mean,
    Percentile,
    Share,
    Target,
    Within,
)
from servicekit.policy import (
    EXPECTATIONS,
    Aspect,
    Audience,
    Authority,
    Commitment,
    Course,
    Expectation,
    Finding,
    Gap,
    Limit,
    ModelRow,
    ServicePolicy,
    TrainingPlan,
    audit,
    checklist,
)

HOUR = timedelta(hours=1)
SEEN = {Audience.CUSTOMERS, Audience.STAFF}


def commitment(aspect=Aspect.SPEED, **changes):
    """Make a commitment that lacks nothing, but for what is changed."""
    looked_for = EXPECTATIONS[aspect]
    given = {"meets": set(looked_for), "visible_to": SEEN, "kept_by": WRITTEN_ANSWER, "owner": "M"}
    return Commitment(str(aspect), aspect, "We do", **given | changes)


WHOLE = ServicePolicy("Whole", [commitment(aspect) for aspect in Aspect])


def speed(**changes):
    """Give what is found where only the commitment to speed is changed."""
    others = [one for one in WHOLE.commitments if one.aspect is not Aspect.SPEED]
    return found(ServicePolicy("P", [*others, commitment(**changes)]))


def found(policy, targets=()):
    """Give what an audit finds, without the words."""
    return [(one.gap, one.about) for one in audit(policy, targets)]


def test_a_whole_policy_lacks_nothing():
    """Nothing is found where every expectation is met, seen, measured and owned."""
    assert () == audit(WHOLE)


def test_an_empty_policy_lacks_everything_in_order():
    """Aspect by aspect each thing is named that a customer would look for."""
    assert [
        Finding(Gap.NOT_PROMISED, f"{aspect}: {one}", missing, ModelRow.B4)
        for aspect in Aspect
        for one, missing in EXPECTATIONS[aspect].items()
    ] == list(audit(ServicePolicy("Nothing")))


@pytest.mark.parametrize("expectation", Expectation)
def test_each_expectation_is_missed(expectation):
    """Whatever a policy leaves out is found, and nothing else."""
    aspect = expectation.aspect
    others = [one for one in WHOLE.commitments if one.aspect is not aspect]
    rest = commitment(aspect, meets=set(EXPECTATIONS[aspect]) - {expectation})
    expected = Finding(
        Gap.NOT_PROMISED, f"{aspect}: {expectation}", expectation.missing, ModelRow.B4
    )
    assert (expected,) == audit(ServicePolicy("P", [*others, rest]))


def test_every_aspect_has_expectations():
    """The table has the seven aspects in order, and each expectation once."""
    assert list(Aspect) == list(EXPECTATIONS)
    assert list(Expectation) == [one for looked_for in EXPECTATIONS.values() for one in looked_for]


def test_several_commitments_meet_expectations_together():
    """What one commitment leaves out another one of the aspect may meet."""
    one, *rest = EXPECTATIONS[Aspect.LOYALTY]
    others = [each for each in WHOLE.commitments if each.aspect is not Aspect.LOYALTY]
    pair = [
        commitment(Aspect.LOYALTY, meets=one),
        attrs.evolve(commitment(Aspect.LOYALTY, meets=rest), key="more"),
    ]
    assert () == audit(ServicePolicy("P", others + pair))


def test_a_commitment_lacks_a_measure_an_owner_and_somebody_who_sees_it():
    """Each is found by itself."""
    assert [(Gap.UNSEEN, "speed")] == speed(visible_to=Audience.MANAGEMENT)
    assert [(Gap.NO_OWNER, "speed")] == speed(owner=None)
    assert [(Gap.NO_MEASURE, "speed")] == speed(kept_by=[])


def test_supervision_is_for_staff_to_see():
    """What concerns staff has to be visible to them, and need not be to customers."""
    others = [one for one in WHOLE.commitments if one.aspect is not Aspect.SUPERVISION]
    inside = commitment(Aspect.SUPERVISION, visible_to=Audience.STAFF)
    outside = commitment(Aspect.SUPERVISION, visible_to=Audience.CUSTOMERS)
    assert () == audit(ServicePolicy("P", [*others, inside]))
    assert [(Gap.UNSEEN, "supervision")] == found(ServicePolicy("P", [*others, outside]))


def test_a_measure_wants_a_target():
    """A KPI alone is no target; one of the same measure in the policy or beside it will do."""
    assert [(Gap.NO_TARGET, "speed")] == speed(kept_by=TRIES)
    assert [] == speed(kept_by=[TRIES, Target(TRIES, at_most=3)])
    others = [one for one in WHOLE.commitments if one.aspect is not Aspect.SPEED]
    policy = ServicePolicy("P", [*others, commitment(kept_by=TRIES)])
    renamed = attrs.evolve(TRIES, key="other", title="Other")
    assert [] == found(policy, iter([Target(renamed, at_most=3)]))
    assert [(Gap.NO_TARGET, "speed")] == found(policy, [Target(MEDIAN, at_least=3)])


SAME = {"unit": "tries", "better": Better.NEITHER}
EITHER = Kpi("either", "Either", Count(), **SAME)
UP = attrs.evolve(EITHER, key="up", better=Better.HIGHER)
DOWN = attrs.evolve(EITHER, key="down", better=Better.LOWER)
OTHER = Kpi("either", "Other", Count(Column("a").is_true()), **SAME)

CONTRADICTORY = [
    (Target(EITHER, at_least=5), Target(EITHER, at_most=4), "no value reaches both"),
    (Target(UP, at_least=5), Target(DOWN, at_most=4), "no value reaches both"),
    (Target(UP, at_least=5), Target(UP, at_least=4), "two goals for one day"),
    (Target(EITHER, at_least=5), Target(OTHER, at_least=5), "one key for two KPIs"),
]
AGREEING = [
    (Target(EITHER, at_least=5), Target(EITHER, at_most=5)),
    (Target(UP, at_least=5), Target(UP, at_least=5, owner="M")),
    (Target(UP, at_least=5), Target(DOWN, at_most=6)),
    (Target(TRIES, at_most=4), Target(MEDIAN, at_least=5)),
]


@pytest.mark.parametrize(("one", "other", "says"), CONTRADICTORY, ids=numbered(CONTRADICTORY))
def test_targets_that_contradict_each_other(one, other, says):
    """They are found in whichever order, in the policy or beside it."""
    for first, second in ((one, other), (other, one)):
        [finding] = audit(WHOLE, [first, second])
        assert (Gap.CONTRADICTION, f"{first.kpi.key}, {second.kpi.key}") == (
            finding.gap,
            finding.about,
        )
        assert finding.says.startswith(says)


@pytest.mark.parametrize(("one", "other"), AGREEING, ids=numbered(AGREEING))
def test_targets_that_do_not(one, other):
    """Ranges that meet, one goal twice, and different KPIs go together."""
    assert () == audit(WHOLE, [one, other])
    assert () == audit(WHOLE, [one, one])


def test_goals_may_rise_with_time():
    """Two goals for two days are no contradiction."""
    assert () == audit(WHOLE, [Target(UP, at_least=4), Target(UP, at_least=5, due=at(9))])


def within(limit):
    """Make a KPI of what is answered in a time."""
    measure = Share(Within("received_at", "answered_at", limit))
    return Kpi("k", "In time", measure, unit="share", better=Better.HIGHER)


def waits(measure, **bound):
    """Make a target for how many hours an answer takes."""
    return Target(Kpi("k", "Hours", measure, unit="hours", better=Better.NEITHER), **bound)


HOURS = Elapsed("received_at", "answered_at", unit=HOUR)


TIMES = [
    (Target(within(24 * HOUR), at_least=0.9), True),
    (Target(within(8 * HOUR), at_least=0.9), False),
    (Target(within(48 * HOUR), at_least=0.9), False),
    (waits(Mean(HOURS), at_most=24), True),
    (waits(Mean(HOURS), at_most=8.5), True),
    (waits(Mean(HOURS), at_most=24.5), False),
    (waits(Percentile(HOURS, 0.9), at_most=25), False),
    (waits(Mean(HOURS), at_least=48), True),
    (waits(Mean(Column("hours")), at_most=48), True),
]


@pytest.mark.parametrize(("measure", "agrees"), TIMES, ids=numbered(TIMES))
def test_a_standard_and_a_kpi_of_one_commitment_allow_the_same_time(measure, agrees):
    """A KPI over another limit, or one that is reached although the standard is not, is found."""
    assert ([] if agrees else [(Gap.CONTRADICTION, "speed")]) == speed(
        kept_by=[WRITTEN_ANSWER, measure]
    )


def test_days_and_hours_are_not_compared():
    """A standard in days ends when a day does; no number of hours is the same."""
    assert [] == speed(kept_by=[NEXT_DAY_CALL_BACK, Target(within(48 * HOUR), at_least=0.9)])


def test_a_kpi_without_a_target_contradicts_as_well():
    """The limit of a KPI counts before anybody sets a goal."""
    assert [(Gap.NO_TARGET, "speed"), (Gap.CONTRADICTION, "speed")] == speed(
        kept_by=[WRITTEN_ANSWER, within(48 * HOUR)]
    )


def test_hard_noes_are_flagged():
    """A limit of nothing is what discretion is to take the place of."""
    limits = [Limit("agent", None, "because", remedy="cash")]
    [finding] = audit(attrs.evolve(WHOLE, authority=Authority({"agent": "owner"}, limits)))
    assert (Gap.HARD_NO, "agent: cash", ModelRow.B5) == (finding.gap, finding.about, finding.row)
    assert "because" in finding.says
    assert str(finding).startswith("agent: cash: always no")
    assert str(finding).endswith("(B5)")


def test_training_is_checked_for_the_start_of_the_policy():
    """What the checklist finds is part of the audit."""
    plan, day = TrainingPlan(Course("a", "A")), date(2026, 5, 1)
    policy = attrs.evolve(WHOLE, training=plan, starts=day)
    assert checklist(plan, day) == audit(policy)


def test_a_commitment_meets_what_belongs_to_its_aspect():
    """An expectation of another aspect is refused, with those that belong to this one."""
    with pytest.raises(DefinitionError, match="allowed: what belongs to speed: maximum_wait"):
        commitment(meets=Expectation.FORUM)


def test_keys_differ():
    """Two commitments cannot have one key."""
    with pytest.raises(DefinitionError, match="keys that differ; speed is there twice"):
        ServicePolicy("P", [commitment(), commitment(Aspect.SPEED)])


def test_a_policy_gives_its_targets_once():
    """Targets are listed in order, without doubles."""
    target, other = Target(TRIES, at_most=3), Target(MEDIAN, at_least=3)
    policy = ServicePolicy(
        "P",
        [commitment(kept_by=[target, TRIES]), commitment(Aspect.LOYALTY, kept_by=[other, target])],
    )
    assert (target, other) == policy.targets
    assert policy.commitments[1:] == policy.of(Aspect.LOYALTY)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("key", ""),
        ("aspect", "speed"),
        ("promise", None),
        ("meets", "maximum_wait"),
        ("meets", 3),
        ("visible_to", ["everyone"]),
        ("kept_by", "standard"),
        ("kept_by", [None]),
        ("owner", " "),
    ],
)
def test_what_is_no_commitment_is_refused(name, wrong):
    """Every field says what it may hold."""
    with pytest.raises(DefinitionError, match=f"Commitment: {name} is .*, allowed: "):
        attrs.evolve(commitment(), **{name: wrong})


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("title", ""),
        ("commitments", "speed"),
        ("starts", "2026-05-01"),
        ("vision", "We answer"),
        ("standards", []),
        ("authority", {}),
        ("training", []),
    ],
)
def test_what_is_no_policy_is_refused(name, wrong):
    """Every field says what it may hold."""
    with pytest.raises(DefinitionError, match=f"ServicePolicy: {name} is .*, allowed: "):
        attrs.evolve(WHOLE, **{name: wrong})
