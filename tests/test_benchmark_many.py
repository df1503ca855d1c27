"""Many respondents: summaries, columns, reliability and comparisons."""

import csv
import json
import pickle
import tracemalloc
from array import array
from collections import Counter
from fractions import Fraction
from functools import partial
from pathlib import Path
from random import Random
from statistics import mean, variance

import attrs
import pytest

from servicekit.benchmark import (
    Answers,
    Band,
    Instrument,
    Missing,
    Scale,
    Section,
    Statement,
    Summary,
    compare,
    reliability,
    score,
    summarize,
    summarize_columns,
)
from servicekit.benchmark._instrument import layout_of
from servicekit.benchmark._tally import Tallying
from servicekit.catalogue.helpfulness import HELPFULNESS
from servicekit.errors import RecordError
from servicekit.inference import feldt

VECTORS = json.loads((Path(__file__).parent / "vectors" / "benchmark.json").read_text("utf-8"))
KEYS = [statement.key for statement in HELPFULNESS.statements]


def say(text):
    """Word something in one language."""
    return {"en": text}


def make(*sections, scale=(1, 5), floors=()):
    """Make an instrument of sections given as texts of statement keys, reverse with a minus."""
    bands = [
        Band(f"b{at}", say(f"b{at}"), advice=say("x"), at_least=floor)
        for at, floor in enumerate((None, *floors) if floors else ())
    ]
    made = [
        Section(
            f"s{at}",
            say(f"s{at}"),
            statements=[
                Statement(key.strip("-"), say(key), reverse=key[0] == "-") for key in keys.split()
            ],
        )
        for at, keys in enumerate(sections)
    ]
    return Instrument("i", say("i"), scale=Scale(*scale), sections=made, bands=bands)


SMALL = make("q r", "-s t u", floors=(6, 8))
ROWS = [
    {"q": 1, "r": 2, "s": 5, "t": 3, "u": 4},
    {"q": 5, "r": 4, "s": 1, "t": 5, "u": 5},
    {"q": 3, "r": 3, "s": 2, "t": 2, "u": 4},
    {"q": 4, "r": 3, "s": 3, "t": 3, "u": 2},
]


def varied(n, keys=KEYS, high=5):
    """Give ratings without chance but without an obvious pattern."""
    return [
        {key: (7 * at + at // 5 * place + place) % high + 1 for place, key in enumerate(keys)}
        for at in range(n)
    ]


def refused(make_it):
    """Give the problems that a call is refused for: field to what stands there."""
    with pytest.raises(RecordError) as caught:
        make_it()
    return {problem.field: problem.value for problem in caught.value.problems}


def alpha_of(rows):
    """Compute alpha from its definition, with the variances of the standard library."""
    columns = list(zip(*rows, strict=True))
    own = sum(variance(map(Fraction, column)) for column in columns)
    total = variance([Fraction(sum(row)) for row in rows])
    return Fraction(len(columns), len(columns) - 1) * (1 - own / total)


def covariance(left, right):
    """Compute a covariance from its definition, over those who have both values."""
    both = [(x, y) for x, y in zip(left, right, strict=True) if None not in (x, y)]
    middle = [Fraction(sum(side), len(both)) for side in zip(*both, strict=True)]
    return sum((x - middle[0]) * (y - middle[1]) for x, y in both) / (len(both) - 1)


class TestSummary:
    """What many answers come to."""

    def test_agrees_with_single_scores(self):
        """Means, variances, bands and gaps are exactly those of the scores one by one."""
        many = [Answers(row) for row in varied(300)]
        scores = [score(HELPFULNESS, one) for one in many]
        summary = summarize(HELPFULNESS, many)
        totals = [one.total for one in scores]
        assert (300, 0) == (summary.n, summary.incomplete)
        assert (mean(totals), variance(totals)) == (summary.total.mean, summary.total.variance)
        for at, section in enumerate(summary.sections):
            means = [one.sections[at].mean for one in scores]
            assert (mean(means), variance(means)) == (section.mean, section.scores.variance)
            rows = [
                [one.answers.ratings[each.key] for each in section.section.statements]
                for one in scores
            ]
            assert alpha_of(rows) == section.alpha
        keys = [one.band.key for one in scores]
        assert {key: keys.count(key) for key in summary.bands} == summary.bands
        assert sum(one.between_bands for one in scores) == summary.between_bands

    def test_counts_by_statement(self):
        """Every statement knows how often each value was given, its mean and its top-two share."""
        summary = summarize(SMALL, map(Answers, ROWS))
        first, _, turned, *_ = summary.statements
        assert {1: 1, 2: 0, 3: 1, 4: 1, 5: 1} == first.counts
        assert (4, Fraction(13, 4), Fraction(1, 2)) == (first.n, first.mean, first.top_two)
        assert {1: 1, 2: 0, 3: 1, 4: 1, 5: 1} == turned.counts

    def test_nobody(self):
        """Of no answers there is no mean, no spread and no interval: None, not zero."""
        summary = summarize(SMALL, [])
        assert (0, 0, {}) == (summary.n, summary.incomplete, summary.by_role)
        assert (0, None, None) == (summary.total.n, summary.total.mean, summary.total.variance)
        assert None is summary.total.spread
        assert None is summary.total.interval()
        assert {None} == {section.alpha for section in summary.sections}
        assert {(0, None, None)} == {(one.n, one.mean, one.top_two) for one in summary.statements}
        assert {"b0": 0, "b1": 0, "b2": 0} == summary.bands

    def test_one_respondent(self):
        """One respondent has a mean but no spread, no interval and no alpha."""
        summary = summarize(SMALL, [Answers(ROWS[0])])
        assert Fraction(3, 2) + Fraction(8, 3) == summary.total.mean
        assert (None, None) == (summary.total.spread, summary.total.interval())
        assert {None} == {section.reliability for section in summary.sections}

    def test_no_spread(self):
        """Where all answer alike the spread is zero, and there is neither interval nor alpha."""
        summary = summarize(SMALL, [Answers(ROWS[0]), Answers(ROWS[0])])
        assert 0 == summary.total.spread
        assert None is summary.total.interval()
        assert {None} == {section.alpha for section in summary.sections}

    def test_spread_and_interval(self):
        """The spread is the sample's standard deviation, the interval that of Student's t."""
        scores = summarize(SMALL, map(Answers, ROWS)).sections[0].scores
        assert 1.25 == scores.spread
        interval = scores.interval()
        assert pytest.approx((3.125 - 1.989, 3.125 + 1.989), abs=1e-3) == (
            interval.low,
            interval.high,
        )
        assert 0.8 == scores.interval(0.8).level

    def test_a_section_of_one_statement_has_no_alpha(self):
        """One statement alone has nothing to agree with."""
        summary = summarize(make("q"), [Answers({"q": 1}), Answers({"q": 5})])
        assert None is summary.sections[0].reliability

    def test_weakest_first(self):
        """Sections come in order of need."""
        assert ["s0", "s1"] == [
            one.section.key for one in summarize(SMALL, map(Answers, ROWS)).weakest
        ]

    def test_a_mean_of_zero_is_the_weakest_and_none_comes_last(self):
        """On a scale from 0 nothing at all is less than a half; what nobody scored is not known."""
        made = make("q", "r s", "t", scale=(0, 5))
        summary = summarize(made, [Answers({"r": 0, "s": 1, "t": 0})])
        assert ["s2", "s1", "s0"] == [one.section.key for one in summary.weakest]

    @pytest.mark.parametrize("scale", [(1, 5), (-1, 5)])
    def test_between_bands(self, scale):
        """Totals between the printed bands, up to 5 and from 6 on, are counted without the ends."""
        made = make("q r", "s t u", scale=scale, floors=(6,))
        totals = [Fraction(sixths, 6) for sixths in (24, 29, 30, 31, 32, 35, 36, 37)]
        pairs = [(4, 6), (3, 10), (4, 9), (5, 8), (4, 10), (5, 10), (6, 9), (5, 11)]
        many = [
            Answers({"q": a // 2, "r": a - a // 2, "s": b // 3, "t": b // 3, "u": b - b // 3 * 2})
            for a, b in pairs
        ]
        scores = [score(made, one) for one in many]
        assert sorted(totals) == sorted(one.total for one in scores)
        assert 3 == sum(one.between_bands for one in scores)
        assert 3 == summarize(made, many).between_bands

    def test_any_order_of_statements(self):
        """Answers that name their statements in another order count the same."""
        turned = [Answers(dict(reversed(row.items()))) for row in ROWS]
        assert summarize(SMALL, map(Answers, ROWS)) == summarize(SMALL, turned)

    def test_statements_shuffled_for_each_respondent(self):
        """Answers that each come in an order of their own, some with gaps, are told apart."""
        many = [Answers(row, role=role) for row in varied(50) for role in ("a", "b")]
        many += [Answers({"in_touch": 3, "respected": 4}, role="a")]
        shuffled = [
            Answers(
                dict(sorted(one.ratings.items(), key=lambda item: item[0][at % 7 :])), role=one.role
            )
            for at, one in enumerate(many)
        ]
        assert summarize(HELPFULNESS, many) == summarize(HELPFULNESS, shuffled)

    @pytest.mark.parametrize("scale", [(-2, 2), (0, 256), (0, 300)])
    def test_scales_that_do_not_fit_into_bytes(self, scale):
        """Negative and large ratings are summarized as exactly."""
        made = make("q r", "-s", scale=scale, floors=(1,))
        low, high = scale
        rows = [
            {"q": low, "r": high, "s": low},
            {"q": high, "r": high, "s": 0},
            {"q": 0, "r": 1, "s": high},
        ]
        totals = [score(made, Answers(row)).total for row in rows]
        summary = summarize(made, [*map(Answers, rows), Answers({"q": high, "s": 0})])
        assert (4, 1) == (summary.n, summary.incomplete)
        assert (mean(totals), variance(totals)) == (summary.total.mean, summary.total.variance)

    @pytest.mark.parametrize(("size", "high"), [(30, 10), (32, 8)])
    def test_sections_whose_sums_do_not_fit_into_bytes(self, size, high):
        """A long section on a wide scale is added up as exactly."""
        keys = [f"q{at}" for at in range(size)]
        made = make(" ".join(keys), "-x", scale=(0, high), floors=(7,))
        rows = [{**row, "x": 3} for row in varied(60, keys, high)]
        rows.append({**dict.fromkeys(keys, high), "x": 3})
        totals = [score(made, Answers(row)).total for row in rows]
        summary = summarize(made, map(Answers, rows))
        assert (mean(totals), variance(totals)) == (summary.total.mean, summary.total.variance)
        assert alpha_of([[row[key] for key in keys] for row in rows]) == summary.sections[0].alpha

    def test_totals_of_every_width(self):
        """Whatever the common multiple of the section sizes, totals stay exact."""
        for sizes in (
            (1,),
            (1, 1),
            (7, 9),
            (7, 9, 11, 13),
            (5, 7, 8, 3, 1, 1, 1, 1),
            (16, 17, 19, 23, 25),
        ):
            sections = [
                " ".join(f"q{at}_{place}" for place in range(size)) for at, size in enumerate(sizes)
            ]
            made = make(*sections)
            rows = varied(20, [key for section in sections for key in section.split()])
            totals = [score(made, Answers(row)).total for row in rows]
            summary = summarize(made, map(Answers, rows), missing="prorate")
            assert (mean(totals), variance(totals)) == (summary.total.mean, summary.total.variance)

    def test_many_different_totals(self):
        """More different totals than are kept apart are added up on the way."""
        made = make(*(" ".join(f"q{size}_{at}" for at in range(size)) for size in (7, 9, 11, 13)))
        keys = [one.key for one in made.statements]
        drawn = Random(1)  # noqa: S311 - not to keep a secret
        rows = [{key: drawn.randint(1, 5) for key in keys} for _ in range(40_000)]
        totals = [score(made, Answers(row)).total for row in rows]
        assert len(set(totals)) > 1 << 14
        assert mean(totals) == summarize(made, map(Answers, rows)).total.mean

    def test_answers_that_were_counted_elsewhere(self):
        """Counts of ratings, sums, totals and gaps make the tally that the answers make."""
        many = [Answers(row) for row in (*ROWS, *GAPS, ROWS[0], GAPS[0])]
        for missing in ("omit", "prorate"):
            (tally,) = summarize(SMALL, many, missing=missing).tallies
            assert tally == counted(SMALL, many, missing=missing)


def counted(instrument, many, *, missing):
    """Make a tally of answers by counting what their scores say."""
    layout, prorating = layout_of(instrument), missing == "prorate"
    ratings, sums, totals, gaps = (Counter() for _ in range(4))
    place = {one.key: at for at, one in enumerate(instrument.statements)}
    for one in (score(instrument, each, missing=missing) for each in many):
        for at, section in enumerate(one.sections):
            keys = [each.key for each in section.section.statements]
            given = {key: rating for key, rating in one.answers.ratings.items() if key in keys}
            ratings.update((place[key], own, len(given) == len(keys)) for key, own in given.items())
            sums[at, section.points, section.answered] += 1
        if one.total is not None:
            totals[int(one.total * layout.unit(prorating=prorating).parts)] += 1
        gaps[one.answered < len(place)] += 1
    tallying = Tallying(layout, prorating=prorating)
    tallying.add_counts(
        [(*key, times) for key, times in ratings.items()],
        [(*key, times) for key, times in sums.items()],
        totals.items(),
        gaps.items(),
    )
    return tallying.tally(None)


GAPS = [{"q": 4, "s": 1, "t": 5, "u": 3}, {"q": 4, "r": 5, "t": 2}, {"s": 2, "t": 4}]


class TestMissing:
    """Answers with gaps in a summary."""

    def both(self, missing):
        """Give the summary of answers with and without gaps, and their scores."""
        many = [Answers(row) for row in (*ROWS, *GAPS)]
        return summarize(SMALL, many, missing=missing), [
            score(SMALL, one, missing=missing) for one in many
        ]

    @pytest.mark.parametrize("missing", ["omit", "prorate"])
    def test_agrees_with_single_scores(self, missing):
        """Sections and totals count those who have a score under the rule, and no others."""
        summary, scores = self.both(missing)
        assert (7, 3) == (summary.n, summary.incomplete)
        totals = [one.total for one in scores if one.total is not None]
        assert (len(totals), mean(totals)) == (summary.total.n, summary.total.mean)
        assert sum(summary.bands.values()) == len(totals)
        assert sum(one.between_bands for one in scores) == summary.between_bands
        for at, section in enumerate(summary.sections):
            means = [one.sections[at].mean for one in scores if one.sections[at].mean is not None]
            assert (len(means), mean(means), variance(means)) == (
                section.scores.n,
                section.mean,
                section.scores.variance,
            )

    def test_prorated_by_a_number_that_is_no_part_of_the_section(self):
        """Three of four have a mean in thirds, kept in twelfths; all four in quarters."""
        many = [Answers({"q": 1, "r": 2, "t": 5}), Answers({"q": 1, "r": 2, "s": 3, "t": 5})]
        summary = summarize(make("q r s t"), many, missing="prorate")
        assert (Fraction(8, 3) + Fraction(11, 4)) / 2 == summary.total.mean
        assert summary.total == summary.sections[0].scores
        assert (2, 32 + 33, 32**2 + 33**2) == summary.tallies[0].total
        assert (1, 11, 11**2) == summarize(make("q r s t"), many).tallies[0].total

    def test_omitting_is_the_rule_unless_another_is_named(self):
        """Gaps change no divisor silently: they leave a section without a score."""
        many = [Answers(row) for row in (*ROWS, *GAPS)]
        assert Missing.OMIT is summarize(SMALL, many).missing
        assert summarize(SMALL, many) == summarize(SMALL, many, missing="omit")

    def test_every_rating_is_counted(self):
        """Ratings in sections with gaps count for their statement, and for nobody's alpha."""
        summary, _ = self.both("omit")
        assert [6, 5, 6, 7, 5] == [one.n for one in summary.statements]
        assert [5, 5] == [section.reliability.respondents for section in summary.sections]

    def test_refused(self):
        """Under the rule "refuse" a gap is an error that names the respondent by position."""
        many = [Answers(row) for row in (*ROWS, *GAPS[:1])]
        assert {"answers[4].ratings['r']": "missing"} == refused(
            lambda: summarize(SMALL, many, missing="refuse")
        )


class TestRefused:
    """Wrong answers in a pass."""

    def test_each_is_named_with_its_respondent(self):
        """One error lists every wrong rating and everything that is no answers."""
        many = [
            Answers(ROWS[0]),
            Answers({**ROWS[1], "q": 6, "x": 1}),
            ROWS[2],
            Answers({**ROWS[3], "u": True}),
            Answers({**ROWS[3], "r": 300}),
        ]
        assert {
            "answers[1].ratings['q']": "6",
            "answers[1].ratings['x']": "unknown",
            "answers[2]": "{'q': 3, 'r': 3, 's': 2, 't': 2, ...}",
            "answers[3].ratings['u']": "True",
            "answers[4].ratings['r']": "300",
        } == refused(lambda: summarize(SMALL, many))
        with pytest.raises(RecordError, match=r"^summarize: answers\[0\] is 3, allowed: Answers$"):
            summarize(SMALL, [3])

    def test_a_wrong_rating_among_gaps(self):
        """A wrong rating is found in answers with gaps as well."""
        assert ["answers[0].ratings['q']"] == list(
            refused(lambda: summarize(SMALL, [Answers({"q": 9})]))
        )

    def test_the_pass_ends_with_the_hundredth(self):
        """Of endless wrong answers a hundred are named, and no more are read."""
        read = []

        def endless():
            while True:
                read.append(1)
                yield Answers({"q": 9})

        assert 100 == len(refused(lambda: summarize(SMALL, endless())))
        assert len(read) < 50_000

    def test_later_chunks_are_numbered_on(self):
        """Positions count from the first answers of the iterable, however far it has gone."""
        many = [Answers(ROWS[0])] * 40_000 + [Answers({"q": 9})]
        assert ["answers[40000].ratings['q']"] == list(refused(lambda: summarize(SMALL, many)))

    def test_instrument_and_rule(self):
        """An instrument and a rule are asked for."""
        assert ["instrument", "missing"] == list(
            refused(lambda: summarize("i", [], missing="skip"))
        )
        with pytest.raises(RecordError, match=r"^summarize: missing is 'skip'"):
            summarize(SMALL, [], missing="skip")


class TestMerging:
    """Summaries of parts."""

    def test_parts_make_the_whole(self):
        """Summaries of parts add up to the summary of everything, roles and all."""
        many = [Answers(row, role=role) for row in varied(40) for role in (None, "b", "a")]
        whole = summarize(HELPFULNESS, many)
        assert whole == summarize(HELPFULNESS, many[:17]) + summarize(HELPFULNESS, many[17:])
        assert whole == summarize(HELPFULNESS, []) + whole == whole + summarize(HELPFULNESS, [])
        assert whole == pickle.loads(pickle.dumps(whole))
        assert hash(whole) == hash(pickle.loads(pickle.dumps(whole)))

    def test_what_does_not_go_together(self):
        """Summaries of two instruments or rules are not added, nor anything else."""
        one = summarize(SMALL, map(Answers, ROWS))
        other = summarize(HELPFULNESS, [], missing="prorate")
        assert {"instrument": "'helpfulness'", "missing": "Missing.PRORATE"} == refused(
            lambda: one + other
        )
        with pytest.raises(RecordError, match=r"^sum of summaries: missing is Missing.PRORATE"):
            one + summarize(SMALL, [], missing="prorate")
        with pytest.raises(TypeError):
            one + 1

    def test_tallies_are_kept_apart_by_role(self):
        """A summary has one tally for each role."""
        (tally,) = summarize(SMALL, map(Answers, ROWS)).tallies
        assert ["tallies"] == list(
            refused(lambda: Summary(SMALL, Missing.OMIT, tallies=(tally, tally)))
        )
        with pytest.raises(RecordError, match=r"tallies is .*, allowed: one for each role, sorted"):
            Summary(SMALL, Missing.OMIT, tallies=(tally, tally))

    @pytest.mark.parametrize("wrong", [{"n": (4,)}, {"total": 4}, {"squares": (1,)}])
    def test_a_tally_of_another_form_is_refused(self, wrong):
        """A tally has a number where others have one, and as many of them."""
        (tally,) = summarize(SMALL, map(Answers, ROWS)).tallies
        with pytest.raises(
            RecordError, match=r"tallies is .*, allowed: counts for every statement"
        ):
            Summary(SMALL, Missing.OMIT, tallies=attrs.evolve(tally, **wrong))


MANY = [
    Answers(dict.fromkeys(KEYS, rating), role=role)
    for role, rating in (("owner", 5), ("staff", 4), ("staff", 3), (None, 2))
]


class TestRoles:
    """Owner, staff and customers, and what one of them does not see."""

    def test_by_role(self):
        """Each role has its own summary; None is for those without one."""
        by_role = summarize(HELPFULNESS, MANY).by_role
        assert [None, "owner", "staff"] == list(by_role)
        assert [14, 35, Fraction(49, 2)] == [one.total.mean for one in by_role.values()]
        assert [1, 1, 2] == [one.n for one in by_role.values()]

    def test_gaps_widest_first(self):
        """The gap is the first role's mean less the other's, the widest first either way."""
        own, others = dict.fromkeys(KEYS, 3), dict.fromkeys(KEYS, 3)
        own |= {"respected": 5, "in_touch": 2, "everyone_knows": 2, "expectations_known": 2}
        many = [Answers(own, role="owner"), *[Answers(others, role="customer")] * 2]
        gaps = summarize(HELPFULNESS, many).gaps("owner", "customer")
        assert ["knowledge", "staff", "culture"] == [gap.section.key for gap in gaps[:3]]
        assert [Fraction(-1), Fraction(2, 5), 0] == [gap.change for gap in gaps[:3]]
        assert {None} == {gap.more_than_noise for gap in gaps}

    def test_more_than_noise(self):
        """A gap that the spread of the answers cannot explain says so, with its interval."""
        many = [
            Answers(dict.fromkeys(KEYS, rating), role=role)
            for role, ratings in (("owner", (5, 5, 4)), ("staff", (1, 2, 1)))
            for rating in ratings
        ]
        gap = summarize(HELPFULNESS, many).gaps("owner", "staff", level=0.9)[0]
        assert (Fraction(10, 3), True, 0.9) == (gap.change, gap.more_than_noise, gap.interval.level)

    def test_roles_without_scores(self):
        """Where a role has no score in a section the gap is unknown and comes last."""
        many = [
            Answers({"q": 1, "r": 2}, role="a"),
            Answers(ROWS[0], role="b"),
            Answers(ROWS[1], role="b"),
        ]
        gaps = summarize(SMALL, many).gaps("a", "b")
        assert ["s0", "s1"] == [gap.section.key for gap in gaps]
        assert (None, None, None) == (gaps[1].change, gaps[1].interval, gaps[1].more_than_noise)

    def test_an_unknown_role(self):
        """A role that nobody has is refused, naming those there are."""
        summary = summarize(HELPFULNESS, MANY)
        with pytest.raises(
            RecordError, match=r"^gaps: other is 'boss', allowed: one of None, 'owner', 'staff'$"
        ):
            summary.gaps("owner", "boss")
        with pytest.raises(RecordError, match=r"^gaps: role is 'boss'"):
            summary.gaps("boss", "owner")


COLUMNS = {key: [row[key] for row in ROWS] for key in ROWS[0]}


class TestColumns:
    """Answers that come as columns."""

    @pytest.mark.parametrize(
        "hold",
        [list, tuple, bytes, bytearray, iter, partial(array, "b"), partial(array, "q")],
        ids=["list", "tuple", "bytes", "bytearray", "iterator", "int8", "int64"],
    )
    def test_whatever_holds_them(self, hold):
        """Lists, bytes, arrays of any width and iterators give the summary of the same answers."""
        columns = {key: hold(column) for key, column in COLUMNS.items()}
        expected = summarize(SMALL, [Answers(row, role="a") for row in ROWS])
        assert expected == summarize_columns(SMALL, columns, role="a")

    @pytest.mark.parametrize("missing", ["omit", "prorate"])
    def test_gaps(self, missing):
        """None is a gap, and counts as one."""
        columns = {**COLUMNS, "s": [1, None, 3, 4], "q": [None, None, 1, 1]}
        rows = [
            {key: column[at] for key, column in columns.items() if column[at] is not None}
            for at in range(4)
        ]
        expected = summarize(SMALL, map(Answers, rows), missing=missing)
        assert expected == summarize_columns(SMALL, columns, missing=missing)

    def test_long_columns(self):
        """Columns of any length are cut into blocks without losing a respondent."""
        columns = {key: bytes(row) * 10_001 for key, row in COLUMNS.items()}
        summary = summarize_columns(SMALL, columns)
        assert 40_004 == summary.n
        assert summarize_columns(SMALL, COLUMNS).total.mean == summary.total.mean

    def test_no_respondents(self):
        """Empty columns make an empty summary."""
        assert (
            summarize(SMALL, []).total == summarize_columns(SMALL, dict.fromkeys("qrstu", ())).total
        )

    def test_columns_that_do_not_fit(self):
        """Unknown, missing and shorter columns are named together."""
        columns = {"q": [1, 2], "r": [1], "s": b"\1\2", "t": [1, 2], "x": []}
        assert {
            "columns['x']": "unknown",
            "columns['u']": "missing",
            "columns['r']": "1 long",
        } == refused(lambda: summarize_columns(SMALL, columns))
        with pytest.raises(
            RecordError, match=r"^summarize_columns: .* is unknown, .* a statement$"
        ):
            summarize_columns(SMALL, {**COLUMNS, "x": []})
        with pytest.raises(
            RecordError, match=r"is missing, allowed: a column for every statement$"
        ):
            summarize_columns(PLAIN, {"q": [1]})

    @pytest.mark.parametrize(
        ("column", "shown"),
        [
            ([1, 9, 2, True], {1: "9", 3: "True"}),
            (b"\1\2\0\1", {2: "0"}),
            (array("h", [1, -1, 5, 300]), {1: "-1", 3: "300"}),
            (array("h", [256, 512, 768, 1024]), {0: "256", 1: "512", 2: "768", 3: "1024"}),
            (array("d", [1, 2, 3, 4]), {0: "1.0", 1: "2.0", 2: "3.0", 3: "4.0"}),
            ("1234", {0: "'1'", 1: "'2'", 2: "'3'", 3: "'4'"}),
        ],
    )
    def test_wrong_ratings(self, column, shown):
        """Each wrong rating is named with its position, and the range check covers every width."""
        columns = {**COLUMNS, "q": column}
        expected = {f"answers[{at}].ratings['q']": value for at, value in shown.items()}
        assert expected == refused(lambda: summarize_columns(SMALL, columns))

    def test_a_column_of_no_whole_numbers(self):
        """Zeros of an array of floats are refused, though their bytes are those of whole ones."""
        made = make("q", scale=(0, 5))
        assert {"answers[0].ratings['q']": "0.0"} == refused(
            lambda: summarize_columns(made, {"q": array("d", [0.0])})
        )

    def test_scales_that_do_not_fit_into_bytes(self):
        """Columns of negative ratings are summarized row by row."""
        made = make("q r", scale=(-2, 2))
        summary = summarize_columns(made, {"q": [-2, 2], "r": array("i", [-1, 1])})
        assert (0, 2) == (summary.total.mean, summary.n)


class TestReliability:
    """Cronbach's alpha of any columns."""

    def test_against_the_definition(self):
        """Alpha is what its definition gives, for bytes and for larger numbers alike."""
        columns = {"a": [1, 2, 3, 4, 4], "b": [2, 2, 3, 5, 1], "c": [1, 3, 3, 4, 3]}
        rows = list(zip(*columns.values(), strict=True))
        found = reliability(columns)
        assert (alpha_of(rows), 5, 3) == (found.alpha, found.respondents, found.items)
        interval = found.interval(0.9)
        assert (found.alpha in interval, 0.9) == (True, interval.level)
        larger = {key: [1000 * value - 300 for value in column] for key, column in columns.items()}
        assert found == reliability(larger)

    def test_the_least_that_has_an_alpha(self):
        """Two respondents and two items are enough."""
        found = reliability({"a": [1, 2], "b": [1, 3]})
        assert (Fraction(8, 9), 2, 2) == (found.alpha, found.respondents, found.items)

    def test_items_whose_sums_do_not_fit_into_two_bytes(self):
        """Many items of large numbers are added up as exactly."""
        columns = {f"q{at}": [255, 250 - at, 254] for at in range(130)}
        rows = list(zip(*columns.values(), strict=True))
        assert alpha_of(rows) == reliability(columns).alpha

    @pytest.mark.parametrize(
        "columns",
        [
            {},
            {"a": [1, 2]},
            {"a": [1], "b": [2]},
            {"a": [], "b": []},
            {"a": [1, 2], "b": [2, 1]},
            {"a": [1, None], "b": [None, 2]},
        ],
    )
    @pytest.mark.parametrize("missing", ["listwise", "pairwise"])
    def test_where_there_is_none(self, columns, missing):
        """Fewer than two items or respondents, or no spread of the total: None."""
        assert None is reliability(columns, missing=missing)

    def test_no_interval_for_perfect_agreement(self):
        """Items that agree perfectly have an alpha of 1 and no interval."""
        found = reliability({"a": [1, 2, 3], "b": [1, 2, 3]})
        assert (1, None) == (found.alpha, found.interval())

    def test_gaps_listwise_and_pairwise(self):
        """Listwise leaves out whoever has a gap; pairwise takes each pair of items as it is."""
        columns = {"a": [1, 2, 3, 4, None], "b": [2, 2, 3, 5, 1], "c": [1, 3, None, None, 3]}
        listwise = reliability(columns)
        assert (alpha_of([(1, 2, 1), (2, 2, 3)]), 2) == (listwise.alpha, listwise.respondents)
        pairwise = reliability(columns, missing="pairwise")
        assert (5, 3) == (pairwise.respondents, pairwise.items)
        own = sum(covariance(column, column) for column in columns.values())
        others = sum(covariance(columns[x], columns[y]) for x, y in ("ab", "ac", "bc"))
        assert Fraction(3, 2) * (1 - own / (own + 2 * others)) == pairwise.alpha

    def test_wrong_values(self):
        """Everything that is no whole number is named, and so is an unknown rule."""
        assert {"columns['a'][1]": "2.0", "columns['b'][0]": "True"} == refused(
            lambda: reliability({"c": [1, 2], "a": [1, 2.0], "b": [True, 2]})
        )
        with pytest.raises(
            RecordError, match=r"^reliability: .* is 2.5, .* a whole number, or None"
        ):
            reliability({"a": [1, 2.5]})
        with pytest.raises(RecordError, match=r"^reliability: .* is 1 long"):
            reliability({"a": [1, 2], "b": [1]})
        with pytest.raises(RecordError, match=r"^reliability: missing is 'omit'"):
            reliability({}, missing="omit")
        assert ["missing"] == list(refused(lambda: reliability({}, missing="omit")))

    def test_published_small_set(self, data_folder):
        """Alpha and interval of the published 15 x 10 ratings, to the printed digits."""
        expected = VECTORS["alpha"][0]
        columns = {}
        with (data_folder / "pingouin" / "cronbach_alpha.csv").open() as lines:
            for line in csv.DictReader(lines):
                columns.setdefault(line["Items"], []).append(int(line["Scores"]))
        found = reliability(columns)
        assert (15, 10) == (found.respondents, found.items)
        assert pytest.approx(expected["alpha"], abs=1e-9) == float(found.alpha)
        interval = found.interval()
        assert expected["interval"] == [f"{interval.low:.3f}", f"{interval.high:.3f}"]

    def test_published_set_with_gaps(self, data_folder):
        """Alpha and interval of the published ratings with gaps, pairwise."""
        folder = data_folder / "pingouin"
        expected = json.loads((folder / "expected.json").read_text())["published"][0]
        with (folder / "cronbach_wide_missing.csv").open(encoding="utf-8-sig") as lines:
            rows = list(csv.DictReader(lines))
        columns = {key: [int(row[key]) if row[key] else None for row in rows] for key in rows[0]}
        found = reliability(columns, missing="pairwise")
        assert pytest.approx(expected["alpha"], abs=1e-9) == float(found.alpha)
        interval = found.interval()
        assert expected["ci95"] == [round(interval.low, 3), round(interval.high, 3)]

    def test_attitude(self, data_folder):
        """Alpha and means of the percentages of 30 departments."""
        folder = data_folder / "attitude"
        expected = json.loads((folder / "expected.json").read_text())["computed"]
        with (folder / "attitude.csv").open() as lines:
            rows = [
                {key: int(value) for key, value in line.items()} for line in csv.DictReader(lines)
            ]
        columns = {key: [row[key] for row in rows] for key in rows[0] if key != "rownames"}
        assert pytest.approx(expected["alpha"], abs=1e-9) == float(reliability(columns).alpha)
        survey = make(" ".join(columns), scale=(0, 100))
        summary = summarize_columns(survey, columns)
        assert pytest.approx(expected["mean"], abs=1e-9) == float(summary.total.mean)
        assert pytest.approx(expected["sd"], abs=1e-9) == summary.total.spread
        assert pytest.approx(expected["item_means"], abs=1e-9) == {
            one.statement.key: float(one.mean) for one in summary.statements
        }


@pytest.fixture(scope="module")
def expected(data_folder):
    """Give the figures of the personality survey as computed by others."""
    return json.loads((data_folder / "psych_bfi" / "expected.json").read_text())


@pytest.fixture(scope="module")
def survey(expected):
    """Give the personality survey as an instrument."""
    return make(*(" ".join(keys) for keys in expected["keys"].values()), scale=(1, 6))


@pytest.fixture(scope="module")
def people(data_folder):
    """Give the ratings of each respondent to the personality survey."""
    with (data_folder / "psych_bfi" / "bfi.csv").open() as lines:
        return [
            {key: int(value) for key, value in line.items() if key[1:].isdigit() and value}
            for line in csv.DictReader(lines)
        ]


class TestPersonality:
    """2,800 real respondents with reverse keys and gaps."""

    def test_complete_sections(self, expected, survey, people):
        """Omitting gives the mean over those who answered a whole section, and alpha listwise."""
        summary = summarize(survey, map(Answers, people))
        for figures, section in zip(expected["computed"].values(), summary.sections, strict=True):
            assert figures["n_all_items"] == section.scores.n
            assert pytest.approx(
                figures["mean_of_section_means_all_items_required"], abs=1e-12
            ) == float(section.mean)
            assert pytest.approx(figures["alpha_listwise"], abs=1e-12) == float(section.alpha)

    def test_prorated_sections(self, expected, survey, people):
        """Prorating gives the mean of what was answered, where that is at least half."""
        summary = summarize(survey, map(Answers, people), missing="prorate")
        for position, figures in enumerate(expected["computed"].values()):
            section = summary.sections[position]
            keys = [one.key for one in section.section.statements]
            enough = [row for row in people if 2 * sum(key in row for key in keys) >= len(keys)]
            assert len(enough) == section.scores.n
            dropped = [
                score(
                    survey, Answers({key: row[key] for key in keys if key in row}), missing="omit"
                ).sections[position]
                for row in people
                if row not in enough
            ]
            points = sum(Fraction(one.points, one.answered) for one in dropped)
            every = (section.mean * section.scores.n + points) / figures["n_available"]
            assert pytest.approx(
                figures["mean_of_section_means_available_items"], abs=1e-12
            ) == float(every)

    def test_refusing(self, survey, people):
        """Refusing scores the complete respondents, and names the first hundred of the others."""
        complete = [Answers(row) for row in people if len(row) == 25]
        assert summarize(survey, complete) == summarize(survey, complete, missing="omit")
        assert (
            summarize(survey, complete).tallies
            == summarize(survey, complete, missing="refuse").tallies
        )
        wrong = refused(lambda: summarize(survey, map(Answers, people), missing="refuse"))
        assert {"missing"} == set(wrong.values())
        assert 100 == len({field.partition("]")[0] for field in wrong})

    def test_alpha_pairwise_and_imputed(self, expected, survey, people):
        """Alpha pairwise, and with gaps filled by the median, is as others computed it."""
        for figures, section in zip(expected["computed"].values(), survey.sections, strict=True):
            columns = {}
            for one in section.statements:
                given = [row.get(one.key) for row in people]
                columns[one.key] = [7 - x if x and one.reverse else x for x in given]
            pairwise = reliability(columns, missing="pairwise")
            assert pytest.approx(figures["alpha_pairwise"], abs=1e-12) == float(pairwise.alpha)
            filled = {}
            for key, column in columns.items():
                known = sorted(x for x in column if x is not None)
                median = known[len(known) // 2]
                filled[key] = [median if x is None else x for x in column]
            imputed = reliability(filled)
            assert pytest.approx(figures["alpha_median_imputed"], abs=1e-12) == float(imputed.alpha)
            assert feldt(imputed.alpha, 2800, 5) == imputed.interval()

    def test_columns_with_gaps(self, survey, people):
        """The same from columns with gaps."""
        keys = [one.key for one in survey.statements]
        columns = {key: [row.get(key) for row in people] for key in keys}
        assert summarize(survey, map(Answers, people)) == summarize_columns(survey, columns)


class TestCompare:
    """Before and after."""

    def scored(self, *ratings, names=()):
        """Score a section of two statements, both rated alike, for each respondent."""
        people = names or [None] * len(ratings)
        return [
            score(PLAIN, Answers({"q": one, "r": one}, who))
            for one, who in zip(ratings, people, strict=True)
        ]

    def test_two_summaries(self):
        """Summaries are compared as groups of different people."""
        before, after = (
            summarize(PLAIN, (one.answers for one in self.scored(*ratings)), missing="refuse")
            for ratings in ((1, 2, 2, 1), (4, 5, 4, 5))
        )
        change = compare(before, after)
        assert (False, 0) == (change.paired, change.left_out)
        assert (3, True) == (change.total.change, change.total.more_than_noise)
        assert 3 in change.sections[0].interval
        assert change == compare(self.scored(1, 2, 2, 1), self.scored(4, 5, 4, 5))
        assert -3 == compare(after, before).total.change

    def test_the_same_people(self):
        """Named respondents are compared with themselves, which finds smaller changes."""
        names = ("a", "b", "c", "d")
        before = self.scored(1, 2, 3, 4, names=names)
        after = self.scored(5, 4, 3, 2, names=("d", "c", "b", "a"))
        paired, apart = (
            compare(before, after),
            compare(self.scored(1, 2, 3, 4), self.scored(2, 3, 4, 5)),
        )
        assert (True, 0, 1) == (paired.paired, paired.left_out, paired.total.change)
        assert None is paired.total.more_than_noise
        assert (False, 1, False) == (apart.paired, apart.total.change, apart.total.more_than_noise)

    def test_paired_interval(self):
        """The interval is that of the differences within pairs."""
        before = self.scored(1, 2, 3, 2, names="abcd")
        after = self.scored(3, 3, 5, 3, names="abcd")
        change = compare(before, after, level=0.9).total
        assert (Fraction(3, 2), 0.9) == (change.change, change.interval.level)
        assert pytest.approx(1.5 - 2.3534 * (1 / 3 / 4) ** 0.5, abs=1e-4) == change.interval.low

    def test_who_answered_once_is_left_out(self):
        """Pairs are made of those who answered both times; the others are counted."""
        change = compare(self.scored(1, 2, 5, names="abx"), self.scored(2, 4, names="ab"))
        assert (True, 1, Fraction(3, 2)) == (change.paired, change.left_out, change.total.change)
        assert (2, 2) == (change.total.value.n, change.total.against.n)

    @pytest.mark.parametrize(
        ("first", "second"),
        [(("a", None), ("a", "b")), (("a", "b"), ("c", "d")), ((None, None), ())],
    )
    def test_without_pairs(self, first, second):
        """A respondent without a name, or nobody on both sides: two groups."""
        change = compare(
            self.scored(1, 2, names=first), self.scored(*(4, 5)[: len(second)], names=second)
        )
        assert not change.paired

    def test_nobody_on_one_side(self):
        """Against nobody there is no change to be known."""
        change = compare([], self.scored(1, 2))
        assert (None, None, None) == (
            change.total.change,
            change.total.interval,
            change.total.more_than_noise,
        )
        assert None is compare(self.scored(1, 2), []).sections[0].change

    def test_a_section_that_nobody_scored_twice(self):
        """Pairs without a score in a section tell nothing of it."""
        before = [score(SMALL, Answers({"q": 1, "r": 2}, "a"), missing="omit")]
        after = [score(SMALL, Answers(ROWS[0], "a"), missing="omit")]
        change = compare(before, after)
        assert [0, None] == [one.change for one in change.sections]
        assert None is change.total.difference

    def test_what_cannot_be_compared(self):
        """Other instruments and rules, what is no score, and a respondent named twice."""
        before = self.scored(1, 2, names="aa")
        other = score(SMALL, Answers(ROWS[0]), missing="omit")
        assert {
            "after[0].instrument": "'i'",
            "after[1]": "3",
            "before": "2 scores of 'a'",
        } == refused(lambda: compare(before, [other, 3]))
        lenient = score(PLAIN, Answers({"q": 1, "r": 1}), missing="omit")
        assert {"after[0].missing": "Missing.OMIT"} == refused(
            lambda: compare(before[:1], [lenient])
        )
        assert {"before": "None"} == refused(lambda: compare([], []))

    def test_what_is_allowed_is_said(self):
        """A refusal says what may stand on a side, and how often a respondent."""
        for wrong, said in (
            ([], r"^compare: before is None, allowed: a Summary, or one Score or more on either"),
            ([*self.scored(1), "q"], r"^compare: before\[1\] is 'q', allowed: a Score$"),
            (
                self.scored(1, 2, names="aa"),
                r"before is 2 scores of 'a', allowed: one of each resp",
            ),
        ):
            with pytest.raises(RecordError, match=said):
                compare(wrong, [])

    def test_a_summary_stands_alone(self):
        """Summaries next to others on a side are refused, not passed over."""
        scores = self.scored(1, 2)
        summary = summarize(PLAIN, [one.answers for one in scores], missing="refuse")
        assert ["before[1]", "after[0]", "after[1]"] == list(
            refused(lambda: compare([*scores[:1], summary], [summary, summary]))
        )
        with pytest.raises(RecordError, match=r"allowed: a Score, or a Summary alone on its side$"):
            compare([summary, *scores], scores)
        assert compare(summary, scores) == compare([summary], scores)

    def test_equal_instruments_are_one(self):
        """Scores by an instrument that was made twice are compared like those by one."""
        before, after = self.scored(1, 2, 4, names="abc"), self.scored(2, 4, 4, names="abc")
        again = pickle.loads(pickle.dumps(after))
        assert compare(before, after) == compare(before, again)


PLAIN = make("q r")


class TestShown:
    """Summaries and comparisons shown to people."""

    def test_summary(self):
        """The weakest section stands first, numbers are aligned and rounded half up."""
        many = [Answers(row) for row in (*ROWS, {"q": 5, "r": 5})]
        assert [
            "i",
            "Section, weakest first  Scores  Mean  Spread  Alpha",
            "s1                           4  3.42    1.10   0.66",
            "s0                           5  3.50    1.37   0.91",
            "Total, from 2 to 10          4  6.54    2.20",
            "Respondents: 5, 1 incomplete (omit)",
            "b2: 1; b1: 2; b0: 1",
        ] == str(summarize(SMALL, many)).splitlines()

    def test_summary_between_bands(self):
        """Totals in a gap of the printed bands are counted."""
        many = [Answers({"q": 1, "r": 2, "s": 1, "t": 4, "u": 4}), Answers(ROWS[1])]
        text = str(summarize(SMALL, many)).splitlines()
        assert "Between the bands as they are printed, in whole numbers: 1" == text[-1]

    def test_summary_without_bands(self):
        """An instrument without bands says nothing of them."""
        text = str(summarize(PLAIN, []))
        assert "Respondents: 0" == text.splitlines()[-1]

    def test_comparison(self):
        """The least gain stands first, with interval and verdict."""
        before = [
            score(SMALL, Answers(row, str(at)), missing="omit") for at, row in enumerate(ROWS)
        ]
        better = [{**row, "q": min(row["q"] + 1, 5), "t": 3} for row in ROWS]
        after = [
            score(SMALL, Answers(row, str(at)), missing="omit") for at, row in enumerate(better[:3])
        ]
        text = str(compare(before, after)).splitlines()
        assert (
            "Section, least gain first  Before  After  Change       Interval  Not noise" == text[1]
        )
        assert ["s1", "s0"] == [line.split()[0] for line in text[2:4]]
        assert (
            "The same respondents before and after; answered only once and left out: 1" == text[-1]
        )
        assert "Different respondents before and after" in str(compare(before[:1], [])).splitlines()
        assert "-" == str(compare(before[:1], [])).splitlines()[2].split()[-1]

    def test_comparison_of_gains(self):
        """No gain stands before a small one, and what is not known comes last, before the total."""
        made = make("q", "r", "s")
        before = [
            score(made, Answers({"q": 1, "r": 2, "s": 3}, who), missing="omit") for who in "ab"
        ]
        after = [
            score(made, Answers({"r": rating, "s": 3}, who), missing="omit")
            for who, rating in (("a", 2), ("b", 3))
        ]
        text = str(compare(before, after)).splitlines()
        assert ["s2", "s1", "s0", "Total,"] == [line.split()[0] for line in text[2:-1]]
        assert "The same respondents before and after" == text[-1]

    def test_html(self):
        """Both have a table for notebooks."""
        summary = summarize(SMALL, map(Answers, ROWS))
        assert 3 == summary._repr_html_().count('<tr><th scope="row"')
        assert "width:53.1%" in summary._repr_html_()
        assert "<caption" in compare(summary, summary)._repr_html_()
        assert "background" not in compare(summary, summary)._repr_html_()


class TestBounded:
    """A pass keeps nothing of what it has read."""

    def peak(self, n):
        """Give the most memory that a summary of n respondents from a generator takes."""
        tracemalloc.start()
        summarize(SMALL, (Answers(ROWS[at % 4]) for at in range(n)))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    def test_memory_does_not_grow_with_the_number(self):
        """Four times the respondents take no more memory, once a chunk is full."""
        self.peak(20_000)
        assert self.peak(120_000) < 1.1 * self.peak(40_000)
