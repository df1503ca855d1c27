"""Laws of problems: nothing is lost, the order of telling is no matter, shares add up."""

from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples import TAXONOMY, at
from servicekit.change import Verdict
from servicekit.problems import (
    Problem,
    Reason,
    Signal,
    Taxonomy,
    policies,
    rank,
    recurrence,
)

keys = st.sampled_from(["late", "slow_post", "delivery", "seam", "unhappy", "fee", "wait"])
signals = st.builds(
    Signal,
    keys,
    st.sampled_from(["complaints", "survey", "carrier"]),
    st.integers(0, 99).map(at),
    weight=st.integers(0, 9),
    actionable=st.sampled_from([True, True, True, False]),
    policy=st.sampled_from([None, "one_slot", "fees"]),
    evidence=st.sampled_from([None, "C-1", "C-2"]),
)
"""Signals of few problems, so that they meet; they shrink to one that weighs nothing."""
many = st.lists(signals, max_size=30)
impacts = st.dictionaries(keys, st.fractions(0, 100, max_denominator=7) | st.integers(0, 9))
taxonomies = st.sampled_from([None, TAXONOMY])


def seen(ranking):
    """Give what a ranking says, without the order of signals at one instant."""
    return [
        attrs.asdict(one, recurse=False, filter=attrs.filters.exclude("signals")) for one in ranking
    ]


@given(many, impacts, taxonomies, st.data())
def test_the_order_of_telling_is_no_matter(told, impact, taxonomy, data):
    """Whoever tells first, the ranking says the same."""
    shuffled = data.draw(st.permutations(told))
    one, other = (rank(s, impact=impact, taxonomy=taxonomy) for s in (told, shuffled))
    assert seen(one) == seen(other)
    assert one.without == other.without
    assert [(a.key, a.reason, a.frequency) for a in one.apart] == [
        (a.key, a.reason, a.frequency) for a in other.apart
    ]


@given(many, taxonomies, st.integers(0, 60), st.integers(0, 60), st.booleans())
def test_nothing_is_lost(told, taxonomy, since, length, widest):
    """Every signal of the time asked about is ranked or set apart, once."""
    until = since + length
    within = [signal for signal in told if at(since) <= signal.at <= at(until)]
    options = {"since": at(since), "as_of": at(until), "taxonomy": taxonomy}
    for found in (rank(told, widest=widest, **options), policies(told, **options)):
        held = [signal for one in (*found, *found.apart) for signal in one.signals]
        assert sorted(map(repr, within)) == sorted(map(repr, held))


@given(many, impacts)
def test_scores_are_frequency_times_impact(told, impact):
    """The score is the weights of the problem's signals times its impact, or times 1."""
    for one in rank(told, impact=impact):
        times = sum(s.weight for s in told if s.problem == one.key and s.actionable)
        assert times * Fraction(impact.get(one.key, 1)) == one.score
        assert times == one.frequency == sum(one.sources.values())


@given(many, impacts)
def test_shares_add_up(told, impact):
    """Scores fall from place to place, shares add up to 1, and each lies within its interval."""
    ranking = rank(told, impact=impact)
    scores = [one.score for one in ranking]
    assert sorted(scores, reverse=True) == scores
    for one in ranking:
        assert 1 + sum(score > one.score for score in scores) == one.place
        assert one.tied == (scores.count(one.score) > 1)
    if not any(scores):
        assert {None} >= {one.share for one in ranking}
        return
    assert sum(one.share for one in ranking) == 1 == ranking.standings[-1].cumulative
    for one in ranking:
        assert one.interval.low - 1e-12 <= one.share <= one.interval.high + 1e-12


@given(many, impacts, st.fractions(Fraction(1, 50), 50, max_denominator=50))
def test_the_unit_of_impacts_is_no_matter(told, impact, factor):
    """In another unit all stay where they are, with the same shares, and as sure."""
    full = {key: impact.get(key, 1) for key in {signal.problem for signal in told}}
    one = rank(told, impact=full)
    other = rank(told, impact={key: value * factor for key, value in full.items()})
    assert [(s.key, s.place, s.share, s.cumulative) for s in one] == [
        (s.key, s.place, s.share, s.cumulative) for s in other
    ]
    for a, b in zip(one, other, strict=True):
        assert a.ahead == b.ahead
        if a.interval is not None:
            assert a.interval.low == pytest.approx(b.interval.low, abs=1e-12)


@given(many, impacts, st.integers(1, 4))
def test_leaving_a_source_out(told, impact, top):
    """What would be without a source is what is ranked without its signals."""
    ranking = rank(told, impact=impact, top=top)
    assert {s.source for s in told if s.actionable} == {one.source for one in ranking.without}
    for left_out in ranking.without:
        rest = [signal for signal in told if signal.source != left_out.source]
        expected = tuple(one.key for one in rank(rest, impact=impact, top=top).top)
        now = {one.key for one in ranking.top}
        assert expected == left_out.top
        assert set(expected) - now == set(left_out.entering)
        assert now - set(expected) == set(left_out.leaving)


@given(many, st.integers(1, 5))
def test_the_top_and_who_contends(told, top):
    """The top is as many as asked for, more where they tie, less where little is told."""
    ranking = rank(told, top=top)
    heavy = [one for one in ranking if one.score]
    assert list(ranking.top) == heavy[: len(ranking.top)]
    assert min(top, len(heavy)) <= len(ranking.top)
    assert len({one.score for one in ranking.top[top - 1 :]}) <= 1
    assert not {one.key for one in ranking.top} & {one.key for one in ranking.contenders}


@given(many)
def test_a_name_that_changed(told):
    """With a taxonomy a renamed problem is ranked as if it had had its new name all along."""
    taxonomy = Taxonomy([
        *(Problem(key, key) for key in ("slow_post", "delivery", "seam", "unhappy", "fee", "wait")),
        Problem("late", "Late", until=at(50), becomes="slow_post"),
    ])  # fmt: skip
    renamed = [
        attrs.evolve(signal, problem="slow_post") if signal.problem == "late" else signal
        for signal in told
    ]
    assert [(one.key, one.score) for one in rank(renamed)] == [
        (one.key, one.score) for one in rank(told, taxonomy=taxonomy)
    ]


@given(many)
def test_policies_come_to_what_their_signals_do(told):
    """Each policy has the occurrences that name it; the others are set apart by problem."""
    ranking = policies(told)
    for one in ranking:
        assert sum(s.weight for s in told if s.policy == one.key) == one.frequency
    assert {Reason.NO_POLICY} >= {one.reason for one in ranking.apart}
    assert {s.problem for s in told if s.policy is None} == {one.key for one in ranking.apart}


@given(many, keys, st.integers(0, 99))
def test_each_occurrence_is_before_or_after_the_fix(told, key, minutes):
    """Both sides together have all occurrences, and none is known where nobody listened."""
    found = recurrence(key, told, at(minutes), since=at(-1), as_of=at(100))
    times = [sum(s.weight for s in told if s.problem == key and (s.at >= at(minutes)) is late)
             for late in (False, True)]  # fmt: skip
    assert times == [found.before.times, found.after.times]
    assert (times[1] > 0) is found.came_back
    clear = found.verdict in {Verdict.BETTER, Verdict.WORSE}
    assert clear is found.ratio.more_than_noise
    if clear:
        assert (found.ratio.low > 1) is (found.verdict is Verdict.WORSE)
