"""Ranking: frequency times impact, how sure it is, who tells of it, and what is not ranked."""

import csv
import pickle
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from math import inf, nan

import pytest
from scipy.stats import binomtest

from samples import RANKING, START, TAXONOMY, at
from servicekit.errors import DefinitionError, RecordError
from servicekit.inference import wilson
from servicekit.money import Money
from servicekit.problems import (
    Grouping,
    Problem,
    Ranking,
    Reason,
    Signal,
    Source,
    Taxonomy,
    policies,
    rank,
)


def tell(problem, weight=1, source="complaints", minutes=0, **options):
    """Tell of a problem."""
    return Signal(problem, source, at(minutes), weight=weight, **options)


def order(ranking):
    """Give keys with places."""
    return [(one.key, one.place) for one in ranking]


FIVE = [tell("a", 50), tell("b", 20), tell("c", 12), tell("d", 9), tell("e", 1)]


def test_frequency_is_the_sum_of_the_weights():
    """Signals of one problem add up over sources and time; the heaviest comes first."""
    ranking = rank([tell("b", 2), tell("a", 3, "survey"), tell("b", 2, "survey", 5)])
    assert [("b", 4, Fraction(4)), ("a", 3, Fraction(3))] == [
        (one.key, one.frequency, one.score) for one in ranking
    ]


def test_shares_are_exact_and_add_up():
    """Shares are fractions of the whole, and the cumulative ones reach it."""
    ranking = rank([tell("a", 1), tell("b", 1), tell("c", 1), tell("d", 4)])
    assert [Fraction(4, 7), *[Fraction(1, 7)] * 3] == [one.share for one in ranking]
    assert [Fraction(n, 7) for n in (4, 5, 6, 7)] == [one.cumulative for one in ranking]


def test_impact():
    """Each occurrence comes to the impact of its problem, or to 1 where none is given."""
    ranking = rank(FIVE, impact={"d": 10, "e": 0.1, "zzz": 5})
    assert [("d", 90), ("a", 50), ("b", 20), ("c", 12), ("e", Fraction(1, 10))] == [
        (one.key, one.score) for one in ranking
    ]
    assert [Fraction(10), Fraction(1), Fraction(1, 10)] == [
        ranking.standings[place].impact for place in (0, 1, 4)
    ]


def test_impact_in_money():
    """Money of one currency is an impact as well; what has none is set apart, not nothing."""
    ranking = rank(FIVE[:3], impact={"a": Money("0.10", "EUR"), "c": Money(5, "EUR")})
    assert ([("c", 60), ("a", 5)], "EUR") == (
        [(one.key, one.score) for one in ranking],
        ranking.currency,
    )
    (apart,) = ranking.apart
    assert ("b", Reason.NO_IMPACT, 20) == (apart.key, apart.reason, apart.frequency)
    assert "in EUR" in str(ranking)


@pytest.mark.parametrize(
    ("impact", "field"),
    [
        ({"a": -1}, "impact['a']"),
        ({"a": nan}, "impact['a']"),
        ({"a": inf}, "impact['a']"),
        ({"a": True}, "impact['a']"),
        ({"a": "2"}, "impact['a']"),
        ({"a": Money(-1, "EUR")}, "impact['a']"),
        ({"a": Money(1, "EUR"), "b": Money(1, "GBP")}, "impact"),
        ({"a": Money(1, "EUR"), "b": 1}, "impact"),
        ({7: 1}, "impact"),
        ([("a", 1)], "impact"),
        ("a", "impact"),
    ],
)
def test_impacts_that_cannot_be(impact, field):
    """An impact that cannot be is refused by the problem, and so is a mixture."""
    with pytest.raises(DefinitionError) as refused:
        rank(FIVE, impact=impact)
    (problem,) = refused.value.problems
    assert field == problem.field


def test_all_impacts_that_cannot_be():
    """Every impact at fault is named."""
    with pytest.raises(DefinitionError, match="impact has 3 problems") as refused:
        rank(FIVE, impact={"a": -1, "b": nan, "c": Money(1, "EUR")})
    assert ["impact['a']", "impact['b']", "impact"] == [p.field for p in refused.value.problems]


def test_an_impact_of_no_problem_changes_nothing():
    """An empty table is as none."""
    assert rank(FIVE) == rank(FIVE, impact={})


def test_ties_share_their_place():
    """The same score has the same place, in the order of keys; the next place is left out."""
    ranking = rank([tell("d", 1), tell("c", 2), tell("b", 2), tell("a", 5)])
    assert [("a", 1), ("b", 2), ("c", 2), ("d", 4)] == order(ranking)
    assert [False, True, True, False] == [one.tied for one in ranking]
    assert "2=" in str(ranking)


def test_a_tie_at_the_end_of_the_top():
    """Who ties for the last place asked for is in the top as well."""
    ranking = rank([tell(key, 2) for key in "abcd"] + [tell("e", 1)])
    assert ["a", "b", "c", "d"] == [one.key for one in ranking.top]


def test_what_comes_to_nothing_is_not_in_the_top():
    """A problem with no occurrence or no impact is ranked last and is none of the big ones."""
    ranking = rank([tell("a", 0), tell("b", 2), tell("c", 3)], impact={"c": 0})
    assert [("b", 1), ("a", 2), ("c", 2)] == order(ranking)
    assert ["b"] == [one.key for one in ranking.top]
    assert [Fraction(0), None] == [ranking.standings[n].impact for n in (2, 1)]


def test_nothing_at_all():
    """Without signals, or with such as weigh nothing, there is no share and no top."""
    none, nothing = rank([]), rank([tell("a", 0)])
    assert ((), (), (), ()) == (none.standings, none.top, none.contenders, none.without)
    (one,) = nothing
    assert [None] * 5 == [one.share, one.cumulative, one.interval, one.ahead, one.impact]
    assert ((), ()) == (nothing.top, nothing.contenders)
    assert "0 ranked, 0 occurrences" in str(none)


def test_the_interval_of_a_share():
    """With one impact for all the interval is Wilson's of the occurrences."""
    for one in rank(FIVE):
        expected = wilson(one.frequency, 92)
        assert expected.low == pytest.approx(one.interval.low, rel=1e-12)
        assert expected.high == pytest.approx(one.interval.high, rel=1e-12)


def test_the_interval_with_impacts():
    """With impacts it is Wilson's, turned into a share of scores: the odds times the impacts'."""
    first, _ = rank([tell("a", 30), tell("b", 10)], impact={"a": 2, "b": 3})
    given = wilson(30, 40)
    ends = [2 * p / (2 * p + 3 * (1 - p)) for p in (given.low, given.high)]
    assert ends == pytest.approx([first.interval.low, first.interval.high])
    assert first.share in first.interval


def test_a_single_problem_has_the_whole():
    """A problem without others has a share of 1, and an interval up to it."""
    (one,) = rank([tell("a", 10)], impact={"a": 7})
    assert (1, 1.0, None) == (one.share, one.interval.high, one.ahead)
    assert wilson(10, 10).low == one.interval.low


@pytest.mark.parametrize(
    ("times", "impacts"),
    [((9, 2), (1, 1)), ((9, 1), (1, 1)), ((6, 0), (1, 1)), ((5, 0), (1, 1)), ((8, 20), (6, 1)),
     ((3, 500), (200, 1)), ((30, 10), (1, 1)), ((4, 5), (0.5, 0))],
)  # fmt: skip
def test_who_is_ahead(times, impacts):
    """The first is ahead if so many of both their occurrences are improbable at equal weights."""
    keys = ("a", "b")
    signals = [tell(key, number) for key, number in zip(keys, times, strict=True)]
    first, _ = rank(signals, impact=dict(zip(keys, impacts, strict=True)))
    even = impacts[1] / sum(impacts)
    tail = binomtest(times[0], sum(times), even, alternative="greater").pvalue
    assert ("a", bool(tail < 0.025)) == (first.key, first.ahead)


def test_contenders_for_the_last_place():
    """Below the top stand those whom only noise keeps out of it."""
    ranking = rank(FIVE)
    assert ["a", "b", "c"] == [one.key for one in ranking.top]
    assert ["d"] == [one.key for one in ranking.contenders]
    assert [True, False, False, True, None] == [one.ahead for one in ranking]
    assert "c and d are not clearly apart" in str(ranking)
    assert "1 more" in str(ranking)


def test_huge_numbers():
    """Counts beyond what inference takes are ranked exactly all the same, with an interval."""
    signals = [tell("a", 2**53 - 1)] * 3 + [tell("b", 2**53 - 1), tell("c", 1)]
    first, second, last = rank(signals, impact={"a": Money("1e999", "EUR"),
        "b": Money("1e-999", "EUR"), "c": Money(1, "EUR")})  # fmt: skip
    assert ["a", "c", "b"] == [one.key for one in (first, second, last)]
    assert (True, True) == (first.ahead, float(first.share) in first.interval)
    assert 2e-6 > rank(signals).standings[0].interval.width
    assert rank(signals).standings[1].ahead is True


def test_corroboration():
    """Who tells of it, the most frequent first; a suggestion corroborates nothing."""
    signals = [tell("a", 2), tell("a", 5, "carrier"), tell("b", 1), tell("b", 0, "staff")]
    first, second = rank(signals)
    assert ([("carrier", 5), ("complaints", 2)], True) == (
        list(first.sources.items()),
        first.corroborated,
    )
    assert ({"complaints": 1, "staff": 0}, False) == (dict(second.sources), second.corroborated)
    assert "staff" not in str(rank(signals))


def test_the_policies_of_a_problem():
    """A problem says which policies stood in the way, and what its signals call it."""
    (one,) = rank([tell("a", 2, policy="fees"), tell("a", 1), tell("a", 3, policy="one_slot")])
    assert ([("one_slot", 3), ("fees", 2)], {"a": 6}) == (
        list(one.policies.items()),
        dict(one.problems),
    )


def test_the_evidence():
    """Evidence and notes are in the order of time, each once."""
    (one,) = rank([
        tell("a", minutes=5, evidence="C-2", note="leaks"),
        tell("a", minutes=1, evidence="C-9"),
        tell("a", minutes=7, evidence="C-2", note="leaks"),
        tell("a", minutes=8),
    ])  # fmt: skip
    assert (("C-9", "C-2"), ("leaks",)) == (one.evidence, one.notes)
    assert [at(n) for n in (1, 5, 7, 8)] == [signal.at for signal in one.signals]


def test_without_a_source():
    """Leaving a source out shows which problems stand on it alone."""
    signals = [*FIVE, tell("z", 99, "operations"), tell("e", 40, "operations")]
    ranking = rank(signals)
    complaints, operations = ranking.without
    assert ("complaints", ("z", "e"), (), ("a",)) == (
        complaints.source,
        complaints.top,
        complaints.entering,
        complaints.leaving,
    )
    assert (("a", "b", "c"), ("b", "c"), ("z", "e")) == (
        operations.top,
        operations.entering,
        operations.leaving,
    )
    assert "Without operations: a, b, c" in str(ranking)


def test_without_the_only_source():
    """Without the only source nothing is left."""
    ranking = rank(FIVE)
    assert [()] == [one.top for one in ranking.without]
    assert "Without complaints: -" in str(ranking)


def test_since_and_as_of():
    """Only what was told from the one instant to the other counts, both included."""
    signals = [tell("a", 1, minutes=n) for n in range(10)]
    (one,) = rank(signals, since=at(2), as_of=at(5))
    assert 4 == one.frequency
    assert 0 == len(rank(signals, since=at(99)))


def test_what_is_vague():
    """What nobody can act on is set apart with what to ask, the most frequent first."""
    signals = [
        tell("unhappy", 3, actionable=False),
        tell("bad_result", 9, actionable=False),
        tell("late", 1),
        tell("late", 4, actionable=False),
    ]
    ranking = rank(signals)
    assert [("late", 1)] == order(ranking)
    assert [
        ("bad_result", 9, "What is wrong with the result?"),
        ("late", 4, "What happened, and what should have happened?"),
        ("unhappy", 3, "What happened, and what should have happened?"),
    ] == [(one.key, one.frequency, one.ask) for one in ranking.apart]
    assert {Reason.VAGUE} == {one.reason for one in ranking.apart}
    assert "Apart, vague: bad_result (9): What is wrong with the result?" in str(ranking)


def test_many_set_apart():
    """The table shows the first of those set apart and how many more there are."""
    shown = str(rank([tell(f"p{n}", actionable=False) for n in range(9)]))
    assert (5, True) == (shown.count("Apart, vague"), "Apart: 4 more" in shown)


def test_names_of_the_taxonomy():
    """Problems go by their names now, keep their past, and unknown ones are set apart."""
    first, second = RANKING
    assert [("slow_post", "Slow post", 13, 26), ("seam", "Seam", 2, 7)] == [
        (one.key, one.title, one.frequency, one.score) for one in (first, second)
    ]
    assert {"slow_post": 9, "late": 4} == dict(first.problems)
    assert [
        ("fee", Reason.UNKNOWN, "Which problem of the taxonomy is it?"),
        ("unhappy", Reason.VAGUE, "With what?"),
    ] == [(one.key, one.reason, one.ask) for one in RANKING.apart]


def test_names_as_of_an_instant():
    """Before it was renamed a problem goes by its old name, also where its impact is told."""
    signals = [tell("late", 4), tell("slow_post", 9, minutes=55)]
    (then,) = rank(signals, as_of=at(49), taxonomy=TAXONOMY, impact={"late": 3})
    (now,) = rank(signals, as_of=at(60), taxonomy=TAXONOMY, impact={"late": 3})
    assert [("late", 12), ("slow_post", 39)] == [(one.key, one.score) for one in (then, now)]


def test_impacts_within_a_wider_problem():
    """The narrowest impact counts: the signal's own key, today's, then that of what is wider."""
    signals = [tell("late", 1), tell("slow_post", 1), tell("seam", 1)]
    impact = {"delivery": 2, "late": 10}
    assert [("slow_post", 20), ("seam", 1)] == [
        (one.key, one.score) for one in rank(signals, taxonomy=TAXONOMY, impact=impact)
    ]
    own = {"slow_post": 3} | impact
    assert [("slow_post", 13), ("seam", 1)] == [
        (one.key, one.score) for one in rank(signals, taxonomy=TAXONOMY, impact=own)
    ]


def test_the_widest_problems():
    """What belongs to one widest problem is put together on request."""
    ranking = rank([tell("late", 4), tell("seam", 5), tell("delivery", 2)],
        taxonomy=TAXONOMY, widest=True)  # fmt: skip
    assert [("delivery", "Delivery", 6), ("seam", "Seam", 5)] == [
        (one.key, one.title, one.frequency) for one in ranking
    ]
    assert order(rank(FIVE)) == order(rank(FIVE, widest=True))


def test_the_widest_by_what_each_costs():
    """A wider problem comes to the sum of what the narrower ones come to, and has their mean."""
    taxonomy = Taxonomy([Problem("p", "P"), Problem("a", "A", parent="p"),
        Problem("b", "B", parent="p")])  # fmt: skip
    (one,) = rank([tell("a", 3), tell("b", 1)], impact={"a": 1, "b": 5}, taxonomy=taxonomy,
        widest=True)  # fmt: skip
    assert (8, Fraction(2)) == (one.score, one.impact)


def test_policies():
    """Policies are ranked by what the problems come to that they cause, the vague ones as well."""
    signals = [
        tell("late", 4, policy="one_slot"),
        tell("fee", 3, "staff", policy="fees", note="Drop it"),
        tell("unhappy", 2, policy="fees", actionable=False),
        tell("late", 9),
    ]
    ranking = policies(signals, impact={"late": 2})
    assert [("one_slot", 8), ("fees", 5)] == [(one.key, one.score) for one in ranking]
    fees = ranking.standings[1]
    assert ({"fee": 3, "unhappy": 2}, {"fees": 5}) == (dict(fees.problems), dict(fees.policies))
    assert ("Drop it",) == fees.notes
    (apart,) = ranking.apart
    assert ("late", 9, Reason.NO_POLICY) == (apart.key, apart.frequency, apart.reason)
    assert "Policy" in str(ranking)


def test_policies_by_money():
    """A problem whose cost is not known is set apart under its own name."""
    signals = [tell("late", 4, policy="one_slot"), tell("fee", 3, policy="one_slot")]
    ranking = policies(signals, impact={"late": Money(2, "EUR")})
    assert [("one_slot", 8)] == [(one.key, one.score) for one in ranking]
    assert [("fee", Reason.NO_IMPACT)] == [(one.key, one.reason) for one in ranking.apart]


def test_policies_of_problems_with_a_past():
    """The impacts of renamed problems hold for policies, too."""
    ranking = policies([tell("late", 4, policy="x")], impact={"slow_post": 3}, taxonomy=TAXONOMY)
    assert [("x", 12)] == [(one.key, one.score) for one in ranking]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"top": 0}, "Ranking: size is 0"),
        ({"top": True}, "Ranking: size is True"),
        ({"since": START.replace(tzinfo=None)}, "Ranking: since is "),
        ({"as_of": "today"}, "Ranking: as_of is 'today'"),
        ({"since": at(2), "as_of": at(1)}, "Ranking: as_of is "),
        ({"taxonomy": {}}, "Ranking: taxonomy is {}"),
    ],
)
def test_what_cannot_be_asked(options, message):
    """Options that cannot be are refused by name."""
    with pytest.raises(RecordError, match=message):
        rank(FIVE, **options)


def test_what_is_no_signal():
    """What is no signal is refused."""
    with pytest.raises(RecordError, match="Ranking: signals is "):
        rank([tell("a"), "late"])


@pytest.mark.parametrize(
    "impact", [{"a": 0.5}, {"a": -1}, {"": 1}, {"a": Money(1, "EUR")}, "a", {1: 1}], ids=repr
)
def test_a_ranking_holds_exact_impacts(impact):
    """A ranking itself takes exact impacts alone; `rank` makes them of what is written."""
    with pytest.raises(RecordError, match="Ranking: impact is "):
        Ranking(FIVE, impact=impact)


def test_impacts_as_written():
    """Numbers are meant as written, as everywhere."""
    (one,) = rank([tell("a", 3)], impact={"a": 0.1})
    (same,) = rank([tell("a", 3)], impact={Source.STAFF: 7, "a": Decimal("0.1")})
    assert Fraction(3, 10) == one.score == same.score


def test_a_ranking_is_its_signals():
    """What follows is not stored: a pickle holds signals and options, and gives the same back."""
    again = pickle.loads(pickle.dumps(RANKING))
    assert (RANKING, RANKING.standings, RANKING.apart) == (again, again.standings, again.apart)
    assert RANKING == Ranking(
        RANKING.signals,
        impact=dict(RANKING.impact),
        since=RANKING.since,
        taxonomy=TAXONOMY,
        by=Grouping.PROBLEM,
    )


def test_shown_in_a_notebook():
    """The table has a bar for each share, and its texts are escaped."""
    html = rank([tell("<late>", 3), tell("torn", 1)])._repr_html_()
    assert ("&lt;late&gt;" in html, "width:75.0%" in html) == (True, True)


def test_cfpb_issues_over_two_years(data_folder):
    """The issues that US consumers complained of are ranked as a plain count has them."""
    with (data_folder / "cfpb/complaints_slim.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    days = [datetime.fromisoformat(row["Date received"]).replace(tzinfo=UTC) for row in rows]
    since = datetime(2018, 3, 20, tzinfo=UTC)
    counts = Counter(row["Issue"] for row, day in zip(rows, days, strict=True) if day >= since)

    ranking = rank(
        (
            Signal(row["Issue"], Source.COMPLAINTS, day, evidence=row["Complaint ID"])
            for row, day in zip(rows, days, strict=True)
        ),
        since=since,
    )

    assert dict(counts) == {one.key: one.frequency for one in ranking}
    assert sorted(counts.values(), reverse=True) == [one.frequency for one in ranking]
    assert [
        "Incorrect information on your report",
        "Problem with a credit reporting company's investigation into an existing problem",
        "Attempts to collect debt not owed",
    ] == [one.key for one in ranking.top]
