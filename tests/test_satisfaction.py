"""Survey scores: published figures, what blanks do, and what is refused."""

import json
import pickle
from collections import Counter
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from math import nan, sqrt
from pathlib import Path

import attrs
import pytest
from scipy import stats

from servicekit.benchmark import Scale
from servicekit.catalogue import satisfaction
from servicekit.catalogue.satisfaction import (
    ACSI,
    CES_2,
    CES_2010,
    CSAT_GOOD_OF_DECIDED,
    CSAT_TOP_TWO_OF_FIVE,
    NPS,
    SERVPERF,
    SERVQUAL,
    Dimension,
    Figure,
    GapScoring,
    IndexScoring,
    Item,
    RatingScoring,
)
from servicekit.errors import DefinitionError, RecordError
from servicekit.kpi import Better

VECTORS = json.loads((Path(__file__).parent / "vectors" / "satisfaction.json").read_text("utf-8"))
SCORINGS = [getattr(satisfaction, name) for name in satisfaction.__all__ if name.isupper()]


def within_last_digit(text):
    """Expect a printed figure to half of its last digit."""
    digits = -Decimal(text).as_tuple().exponent
    return pytest.approx(float(text), abs=0.5000001 * 10**-digits)


def refused(error, function, *args, **kwargs):
    """Give the fields and values that a call is refused for."""
    with pytest.raises(error) as caught:
        function(*args, **kwargs)
    return [(problem.field, problem.value) for problem in caught.value.problems]


class TestPublished:
    """Every variant against published figures."""

    @pytest.mark.parametrize("case", VECTORS["ratings"], ids=str)
    def test_rating_questions(self, case):
        """Counted answers give the published figure, with numerator and denominator."""
        counts = {int(rating): times for rating, times in case["counts"].items()}
        found = getattr(satisfaction, case["scoring"]).score(counts)
        assert within_last_digit(case["value"]) == float(found.value)
        assert (case["numerator"], case["denominator"]) == (found.numerator, found.denominator)
        if "interval" in case:
            ends = [found.interval.low, found.interval.high]
            assert [within_last_digit(end) for end in case["interval"]] == ends
        if "standard_error" in case:
            assert within_last_digit(case["standard_error"]) == found.standard_error

    def test_service_quality(self):
        """The published gaps of the five dimensions give the published unweighted mean."""
        gaps = VECTORS["servqual"]["gaps"]
        perceived = perceived_with(gaps)
        found = SERVQUAL.score(perceived, [[7] * 22] * len(perceived))
        expected = {key: Fraction(gap) for key, gap in gaps.items()}
        assert expected == {part.key: part.value for part in found.dimensions}
        assert Fraction(VECTORS["servqual"]["value"]) == found.value

    @pytest.mark.parametrize("case", VECTORS["acsi"], ids=lambda case: case["value"])
    def test_satisfaction_index(self, case):
        """Three ratings give the published index, under equal and other weights."""
        scoring = ACSI.weighted(*case["weights"]) if case["weights"] else ACSI
        assert within_last_digit(case["value"]) == float(scoring.score([case["row"]]).value)

    def test_net_and_share_of_the_same_answers_are_different_figures(self):
        """The same answers are 14 net and 65 of the decided: hence the names."""
        counts = {5: 30, 3: 54, 1: 16}
        net = satisfaction.CSAT_NET_OF_FIVE.score(counts).value
        assert (14, 65) == (net, round(CSAT_GOOD_OF_DECIDED.score(counts).value))


def perceived_with(gaps):
    """Make a hundred rows of perceptions that fall short of 7 by the mean gaps given."""
    columns = []
    for dimension in SERVQUAL.dimensions:
        cells = 100 * len(dimension.items)
        short, more = divmod(int(-Fraction(gaps[dimension.key]) * cells), cells)
        ratings = [7 - short - (cell < more) for cell in range(cells)]
        columns += [ratings[start : start + 100] for start in range(0, cells, 100)]
    return list(zip(*columns, strict=True))


class TestConstants:
    """What every published scoring carries."""

    @pytest.mark.parametrize("scoring", SCORINGS, ids=lambda scoring: scoring.key)
    def test_knows_its_source_direction_and_range(self, scoring):
        """It says where it comes from, which way is good, and which figures there can be."""
        assert len(scoring.source) > 20
        assert scoring.better in set(Better)
        assert scoring.lowest < scoring.highest

    def test_keys_are_different(self):
        """No two scorings share a key or a title."""
        assert len(SCORINGS) == len({one.key for one in SCORINGS})
        assert len(SCORINGS) == len({one.title for one in SCORINGS})

    def test_only_effort_of_2010_is_better_when_lower(self):
        """The newer question turned the scale round."""
        assert [CES_2010] == [one for one in SCORINGS if one.better is Better.LOWER]

    @pytest.mark.parametrize(
        ("scoring", "ends"),
        [
            (CSAT_TOP_TWO_OF_FIVE, (0, 100)),
            (CSAT_GOOD_OF_DECIDED, (0, 100)),
            (NPS, (-100, 100)),
            (CES_2010, (1, 5)),
            (CES_2, (1, 7)),
            (SERVQUAL, (-6, 6)),
            (SERVPERF, (1, 7)),
            (ACSI, (0, 100)),
        ],
    )
    def test_ends(self, scoring, ends):
        """The lowest and the highest figure are those of the definition."""
        assert ends == (scoring.lowest, scoring.highest)

    @pytest.mark.parametrize("scoring", SCORINGS, ids=lambda scoring: scoring.key)
    def test_is_a_value(self, scoring):
        """It hashes, and a copy through pickle is equal."""
        assert {scoring} == {pickle.loads(pickle.dumps(scoring))}

    def test_twenty_two_places_in_five_dimensions(self):
        """Both service quality forms have 4, 5, 4, 4 and 5 items without wording."""
        for scoring in (SERVQUAL, SERVPERF):
            assert [4, 5, 4, 4, 5] == [len(one.items) for one in scoring.dimensions]
            assert ({None}, 22) == ({item.text for item in scoring.items}, len(scoring.items))


class TestRatings:
    """One rating question."""

    def test_answers_and_their_counts_score_alike(self):
        """An iterator of answers, a list and a counter of them are the same."""
        answers = [10, 9, 7, None, 0, 6, 10, None]
        expected = NPS.score(answers)
        assert (expected, expected) == (NPS.score(iter(answers)), NPS.score(Counter(answers)))
        assert (1, 0, 0, 0, 0, 0, 1, 1, 0, 1, 2) == expected.counts

    def test_blanks_never_enter_the_denominator(self):
        """They are counted on the side, and change nothing else."""
        plain, gappy = NPS.score([10, 9, 0]), NPS.score([10, None, 9, 0, None])
        assert (3, 2, 3) == (gappy.answered, gappy.unanswered, gappy.denominator)
        assert plain == attrs.evolve(gappy, unanswered=0)

    def test_those_in_between_are_answers_but_not_decided(self):
        """A 3 leaves the denominator of the decided and stays an answer."""
        found = CSAT_GOOD_OF_DECIDED.score([5, 3, 3, 1])
        assert (1, 2, 4, 0) == (
            found.numerator,
            found.denominator,
            found.answered,
            found.unanswered,
        )

    def test_a_mean_has_the_interval_of_a_mean(self):
        """Mean, variance and interval are those of the ratings, at the level asked for."""
        ratings = [1, 2, 2, 3, 5]
        found = CES_2010.score(ratings, level=0.9)
        low, high = stats.t.interval(0.9, 4, loc=2.6, scale=stats.sem(ratings))
        ends = [pytest.approx(low), pytest.approx(high), 0.9]
        assert ends == [found.interval.low, found.interval.high, found.interval.level]
        assert pytest.approx(stats.sem(ratings)) == found.standard_error

    def test_a_share_has_its_variance(self):
        """It is p (1 - p)/n of the percentage, exact."""
        assert Fraction(160) == CSAT_TOP_TWO_OF_FIVE.score({5: 8, 1: 2}).variance

    @pytest.mark.parametrize("scoring", [CSAT_TOP_TWO_OF_FIVE, NPS, CES_2], ids=lambda s: s.key)
    def test_nobody_answered(self, scoring):
        """Without answers there is no figure, no variance and no interval."""
        for answers in ([], [None, None]):
            found = scoring.score(answers)
            assert (None,) * 4 == (
                found.value,
                found.variance,
                found.standard_error,
                found.interval,
            )

    def test_one_or_all_alike(self):
        """One answer has a mean without variance; answers all alike have a variance of 0."""
        assert (3, None, None) == three_of(CES_2.score([3]))
        assert (3, 0, None) == three_of(CES_2.score([3, 3]))
        assert (100, 0, None) == three_of(NPS.score([9, 10]))

    def test_whole_numbers_of_a_class_of_their_own_are_ratings(self):
        """An IntEnum member is the number it is."""
        stars = IntEnum("Stars", "ONE TWO THREE FOUR FIVE")
        expected = CSAT_TOP_TWO_OF_FIVE.score([5, 4, 1])
        assert expected == CSAT_TOP_TWO_OF_FIVE.score([stars.FIVE, stars.FOUR, stars.ONE])

    def test_everything_that_is_no_rating_is_refused_together(self):
        """Each wrong answer is named once, with how often it came."""
        found = refused(RecordError, CES_2.score, [1, 0, 8, 8, True, 4.0, nan, "4", [4]], level=2)
        assert [
            ("level", "2"),
            ("answers", "0"),
            ("answers", "8 (2 times)"),
            ("answers", "True"),
            ("answers", "4.0"),
            ("answers", "nan"),
            ("answers", "'4'"),
            ("answers", "[4]"),
        ] == found

    def test_counts_that_cannot_be_are_refused_together(self):
        """A number of answers is a whole number of 0 or more, and its rating is on the scale."""
        found = refused(RecordError, CES_2.score, {1: -1, 2: 2.0, None: True, 9: 1, "1": 3})
        assert [
            ("answers[1]", "-1"),
            ("answers[2]", "2.0"),
            ("answers[None]", "True"),
            ("answers", "9"),
            ("answers", "'1' (3 times)"),
        ] == found

    @pytest.mark.parametrize("answers", [None, 5, "54", b"55", {4, 5}])
    def test_what_holds_no_answers_is_refused(self, answers):
        """A single rating or a text is not taken apart; a set has lost answers already."""
        assert [("answers", repr(answers))] == refused(RecordError, CES_2.score, answers)

    def test_the_error_names_the_scoring(self):
        """It is found by its key."""
        with pytest.raises(RecordError, match=r"^nps: answers is 11, allowed: a whole number fr"):
            NPS.score([11])

    def test_is_readable(self):
        """Plain text, rounded half up, with direction; unknown where nobody answered."""
        assert (
            "Customer effort score (2010): 2.13 (95 % interval 0.83 to 3.42); 8 answered, 1 blank; "
            "lower is better"
        ) == str(CES_2010.score([1, 1, 1, 1, 2, 2, 4, 5, None]))
        assert "Net promoter score: not known; 0 answered, 1 blank; higher is better" == str(
            NPS.score([None])
        )
        assert str(NPS.score([0])).startswith("Net promoter score: -100.0; 1 answered")


def three_of(score):
    """Give value, variance and interval."""
    return score.value, score.variance, score.interval


class TestRatingDefinitions:
    """A scoring of one's own."""

    def test_everything_that_does_not_fit_is_refused_together(self):
        """Sets off the scale and overlaps: all are named."""
        found = refused(
            DefinitionError,
            RatingScoring,
            "k",
            "t",
            scale=Scale(1, 5),
            figure=Figure.NET,
            good={4, 9},
            bad={0, 4},
            source="s",
        )
        assert ["good", "bad", "bad"] == [field for field, _ in found]

    def test_the_error_is_readable_and_pickles(self):
        """It says what was defined, which part is wrong, and what is allowed there."""
        with pytest.raises(DefinitionError) as caught:
            ACSI.weighted("0.5", "0.3", "0.3")
        expected = (
            "IndexScoring: weights is together 11/10, allowed: weights that add up to exactly 1"
        )
        assert expected == str(caught.value)
        assert expected == str(pickle.loads(pickle.dumps(caught.value)))

    @pytest.mark.parametrize(
        ("figure", "given", "wrong"),
        [
            (Figure.SHARE, {}, ["good"]),
            (Figure.SHARE, {"good": {5}, "bad": {1}}, ["bad"]),
            (Figure.SHARE_OF_DECIDED, {"good": {5}}, ["bad"]),
            (Figure.NET, {}, ["good", "bad"]),
            (Figure.MEAN, {"good": {5}}, ["good"]),
        ],
    )
    def test_a_figure_has_the_ratings_it_is_made_of(self, figure, given, wrong):
        """What it needs cannot be missing, what it does not use cannot be there."""
        kwargs = {"scale": Scale(1, 5), "figure": figure, "source": "s", **given}
        found = refused(DefinitionError, RatingScoring, "k", "t", **kwargs)
        assert wrong == [field for field, _ in found]

    def test_fields_are_checked(self):
        """Blank texts, pairs, floats, other sets and no direction are refused together."""
        found = refused(
            DefinitionError,
            RatingScoring,
            " ",
            "t",
            scale=(1, 5),
            figure="net",
            good={5.0},
            bad=range(1, 3),
            better="up",
            source="",
        )
        fields = {"key", "scale", "figure", "good", "bad", "better", "source"}
        assert fields == {field for field, _ in found}


PERCEIVED = [[5] * 22, [6] * 4 + [4] * 18, [7] * 21 + [None]]
EXPECTED = [[7] * 22, [6] * 22, [7] * 22]


class TestServiceQuality:
    """SERVQUAL and SERVPERF."""

    def test_a_dimension_is_the_mean_of_its_gaps(self):
        """Over those who left none of its items blank; the rest is counted as such."""
        found = SERVQUAL.score(PERCEIVED, EXPECTED)
        values = [Fraction(-2, 3), Fraction(-4, 3), Fraction(-4, 3), Fraction(-4, 3), Fraction(-2)]
        assert values == [part.value for part in found.dimensions]
        assert [(3, 0)] * 4 + [(2, 1)] == [(p.answered, p.unanswered) for p in found.dimensions]
        empathy = found.dimensions[-1]
        assert (-20, 10) == (empathy.numerator, empathy.denominator)

    def test_the_total_is_the_mean_of_five_dimensions(self):
        """Not of 22 items: a dimension of five items counts no more than one of four."""
        rows = [[7] * 4 + [1] * 18]
        assert Fraction(11, 5) == SERVPERF.score(rows).value
        assert Fraction(46, 22) != SERVPERF.score(rows).value

    def test_items_have_their_own_scores(self):
        """An item takes in whoever answered it both times."""
        found = SERVQUAL.score(PERCEIVED, [*EXPECTED[:2], [None] + [7] * 21])
        first, last = found.items[0], found.items[-1]
        assert (Fraction(-1), 2, 1) == (first.value, first.answered, first.unanswered)
        assert (Fraction(-2), 2, 1) == (last.value, last.answered, last.unanswered)
        assert "empathy_5" == last.key

    def test_a_dimension_has_an_interval(self):
        """It is that of the mean of the respondents' own means."""
        found = SERVPERF.score([[1] * 22, [3] * 22, [7] * 22]).dimensions[1]
        error = sqrt(Fraction(28, 3) / 3)
        low, high = stats.t.interval(0.95, 2, loc=11 / 3, scale=error)
        assert [pytest.approx(low), pytest.approx(high)] == [
            found.interval.low,
            found.interval.high,
        ]
        assert Fraction(28, 9) == found.variance

    def test_performance_needs_no_expectations(self):
        """SERVPERF scores what was perceived."""
        assert Fraction(5) == SERVPERF.score([[5] * 22]).value

    def test_weighted(self):
        """Weights that add up to 1 weigh the dimensions; decimal text is exact."""
        found = SERVQUAL.score(PERCEIVED, EXPECTED)
        weights = dict.fromkeys(("reliability", "responsiveness", "assurance"), "0.1")
        weights |= {"tangibles": Decimal("0.4"), "empathy": Fraction(3, 10)}
        assert Fraction(-19, 15) + Fraction(0) == found.weighted(weights)

    def test_weights_that_cannot_be_are_refused_together(self):
        """Unknown and missing dimensions, floats, negative numbers and other sums."""
        found = SERVPERF.score([[5] * 22])
        wrong = {"tangibles": 0.5, "empathy": -1, "price": "x", "assurance": True}
        assert [
            ("weights", "'price'"),
            ("weights['reliability']", "missing"),
            ("weights['responsiveness']", "missing"),
            ("weights['tangibles']", "0.5"),
            ("weights['empathy']", "Fraction(-1, 1)"),
            ("weights['price']", "'x'"),
            ("weights['assurance']", "True"),
        ] == refused(RecordError, found.weighted, wrong)
        even = dict.fromkeys((part.key for part in found.dimensions), "0.3")
        assert [("weights", "together 3/2")] == refused(RecordError, found.weighted, even)
        assert [("weights", "None")] == refused(RecordError, found.weighted, None)

    def test_weakest_first(self):
        """In order of need, ties as they are asked; what nobody answered comes last."""
        row = [None] * 4 + [3] * 5 + [2] * 4 + [3] * 4 + [7] * 5
        order = ["responsiveness", "reliability", "assurance", "empathy", "tangibles"]
        assert order == [part.key for part in SERVPERF.score([row]).weakest]

    def test_a_dimension_without_answers_leaves_no_total(self):
        """Neither the mean nor the weighted sum is guessed."""
        found = SERVPERF.score([[None] * 4 + [3] * 18])
        weights = {part.key: Fraction(1, 5) for part in found.dimensions}
        assert (None, None) == (found.value, found.weighted(weights))
        assert [None] * 5 == [part.value for part in SERVPERF.score([]).dimensions]

    def test_own_wording(self):
        """Texts are put in by item key, in a new scoring; the rest stays."""
        mine = SERVQUAL.worded({"tangibles_2": "The shop is clean", "empathy_5": "They know me"})
        assert "The shop is clean" == mine.items[1].text
        assert "They know me" == mine.dimensions[-1].items[-1].text
        assert mine == SERVQUAL.worded({"empathy_5": "They know me"}).worded(
            {"tangibles_2": "The shop is clean"}
        )
        assert "The shop is clean" == mine.score([[5] * 22], [[5] * 22]).items[1].title

    def test_wording_that_cannot_be_is_refused_together(self):
        """Unknown places and blank texts are named."""
        found = refused(RecordError, SERVQUAL.worded, {"price_1": "Cheap", "empathy_1": " "})
        assert [("texts", "'price_1'"), ("texts['empathy_1']", "' '")] == found
        assert [("texts", "['a']")] == refused(RecordError, SERVQUAL.worded, ["a"])

    def test_rows_that_cannot_be_are_refused_together(self):
        """Wrong lengths, wrong cells, what is no row, and rows without a counterpart."""
        perceived = [[5] * 21, [5] * 21 + [8], 5, {"tangibles_1": 5}, [5] * 22]
        expected = [[True] + [7] * 21, [7] * 22, "7" * 22, []]
        assert [
            ("level", "95"),
            ("perceived[0]", "21 answers"),
            ("expected[0][0]", "True"),
            ("perceived[1][21]", "8"),
            ("perceived[2]", "5"),
            ("expected[2]", "'7777777777777777777777'"),
            ("perceived[3]", "{'tangibles_1': 5}"),
            ("expected[3]", "0 answers"),
            ("expected", "4 rows"),
        ] == refused(RecordError, SERVQUAL.score, perceived, expected, level=95)

    @pytest.mark.parametrize("rows", [None, 5, "rows", {1: 2}, {1, 2}])
    def test_what_holds_no_rows_is_refused(self, rows):
        """Rows come in an order of their own."""
        assert [("perceived", repr(rows))] == refused(RecordError, SERVPERF.score, rows)

    def test_is_readable(self):
        """The total, then the dimensions by need."""
        lines = str(SERVQUAL.score(PERCEIVED, EXPECTED)).splitlines()
        assert "Service quality gap (SERVQUAL): -1.33; higher is better" == lines[0]
        assert "  Empathy         -2.00; 2 answered, 1 blank" == lines[1]
        assert (
            "  Reliability     -1.33 (95 % interval -4.20 to 1.54); 3 answered, 0 blank" == lines[2]
        )

    def test_figures_are_as_rated(self):
        """Gaps and ratings are multiplied by nothing, unlike shares and indexes."""
        assert [1, 1, 100, 100] == [one.factor for one in (SERVQUAL, SERVPERF, ACSI, NPS)]

    def test_definitions_that_do_not_fit_are_refused_together(self):
        """Dimensions and items whose keys are used twice are named."""
        twice = Dimension("d", "D", items=[Item("a"), Item("a")])
        found = refused(
            DefinitionError,
            GapScoring,
            "k",
            "t",
            dimensions=[twice, twice],
            scale=Scale(1, 7),
            source="s",
        )
        assert [
            ("dimensions", "'d' used 2 times"),
            ("items", "'a' used 4 times"),
        ] == found
        assert ["items"] == [f for f, _ in refused(DefinitionError, Dimension, "d", "D", items=[])]


class TestIndex:
    """The ACSI form."""

    def test_respondents_are_averaged(self):
        """The index of the group is the mean of the respondents' indices, with its interval."""
        found = ACSI.score([(10, 10, 10), (1, 1, 1), (10, 1, 1), (5, None, 5)])
        indices = [100, 0, 100 / 3]
        low, high = stats.t.interval(0.95, 2, loc=400 / 9, scale=stats.sem(indices))
        assert (Fraction(400, 9), 3, 1) == (found.value, found.answered, found.unanswered)
        assert [pytest.approx(low), pytest.approx(high)] == [
            found.interval.low,
            found.interval.high,
        ]
        assert pytest.approx(stats.sem(indices)) == found.standard_error

    def test_nobody_answered(self):
        """Without a whole row there is no index."""
        assert (None, None, None) == three_of(ACSI.score([(5, None, 5)]))

    def test_weights_that_cannot_be_are_refused(self):
        """One per item, exact, adding up to 1."""
        assert [("weights", "2 weights")] == refused(DefinitionError, ACSI.weighted, "0.5", "0.5")
        found = refused(DefinitionError, ACSI.weighted, "0.5", "0.3", "0.3")
        assert [("weights", "together 11/10")] == found
        found = refused(DefinitionError, ACSI.weighted, 0.5, "half", nan)
        assert [("weights[0]", "0.5"), ("weights[1]", "'half'"), ("weights[2]", "nan")] == found
        found = refused(DefinitionError, ACSI.weighted, Decimal("nan"), "1/0", 1)
        assert ["weights[0]", "weights[1]"] == [field for field, _ in found]

    def test_own_wording_keeps_the_weights(self):
        """Wording changes nothing in the score."""
        mine = ACSI.weighted("0.5", "0.25", "0.25").worded({"ideal": "Close to perfect"})
        assert (None, None, "Close to perfect") == tuple(item.text for item in mine.items)
        assert (Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)) == mine.weights

    def test_rows_that_cannot_be_are_refused_together(self):
        """As for service quality."""
        found = refused(RecordError, ACSI.score, [(0, 5, 11), (5, 5)])
        assert [("rows[0][0]", "0"), ("rows[0][2]", "11"), ("rows[1]", "2 answers")] == found

    def test_definitions_that_do_not_fit_are_refused_together(self):
        """Keys and weights are named at once."""
        kwargs = {"scale": Scale(1, 2), "weights": [1], "source": "s"}
        items = [Item("a"), Item("a")]
        found = refused(DefinitionError, IndexScoring, "k", "t", items=items, **kwargs)
        assert ["items", "weights"] == [field for field, _ in found]
