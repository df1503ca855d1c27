"""Laws of survey scores."""

from collections import Counter
from fractions import Fraction

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from servicekit.catalogue import satisfaction
from servicekit.catalogue.satisfaction import ACSI, SERVPERF, SERVQUAL, RatingScoring

SCORINGS = [getattr(satisfaction, name) for name in satisfaction.__all__ if name.isupper()]
scorings = st.sampled_from([one for one in SCORINGS if isinstance(one, RatingScoring)])


def rows(length, *, blanks=True, high=7, size=None):
    """Draw rows of answers from 1 up, shrinking to one row of ones."""
    ratings = st.integers(1, high)
    row = st.lists(st.none() | ratings if blanks else ratings, min_size=length, max_size=length)
    return st.lists(row, min_size=size or 1, max_size=size or 5)


@st.composite
def answered(draw, *, blanks=True):
    """Draw a scoring and answers to it, shrinking to one answer at the lower end."""
    scoring = draw(scorings)
    ratings = st.integers(scoring.scale.low, scoring.scale.high)
    return scoring, draw(st.lists(st.none() | ratings if blanks else ratings, min_size=1))


class TestRatings:
    """One rating question."""

    @given(answered(), st.randoms())
    def test_order_is_irrelevant(self, given_answers, random):
        """Shuffled or counted, answers score the same."""
        scoring, answers = given_answers
        expected = scoring.score(answers)
        assert expected == scoring.score(Counter(answers))
        random.shuffle(answers)
        assert expected == scoring.score(answers)

    @given(answered(), st.integers(0, 9))
    def test_blanks_are_only_counted(self, given_answers, more):
        """More blanks change the number of blanks and nothing else."""
        scoring, answers = given_answers
        plain, gappy = scoring.score(answers), scoring.score([*answers, *[None] * more])
        assert attrs.evolve(plain, unanswered=plain.unanswered + more) == gappy
        assert len(answers) == plain.answered + plain.unanswered

    @given(answered())
    def test_a_figure_is_in_its_range_and_in_its_interval(self, given_answers):
        """From the lowest to the highest there is, and inside of its own interval."""
        scoring, answers = given_answers
        found = scoring.score(answers)
        assume(found.value is not None)
        assert scoring.lowest <= found.value <= scoring.highest
        assert found.interval is None or float(found.value) in found.interval

    @given(answered(blanks=False), st.data())
    def test_a_higher_rating_never_lowers_the_figure(self, given_answers, data):
        """Whichever answer is raised by one, in whichever variant."""
        scoring, answers = given_answers
        place = data.draw(st.integers(0, len(answers) - 1))
        assume(answers[place] < scoring.scale.high)
        raised = [*answers[:place], answers[place] + 1, *answers[place + 1 :]]
        before, after = scoring.score(answers).value, scoring.score(raised).value
        assume(before is not None and after is not None)
        assert before <= after


class TestQuality:
    """Service quality by dimension."""

    @given(rows(22, size=3), rows(22, size=3))
    def test_gaps_turn_with_their_sides(self, one, other):
        """Perceived for expected gives every gap with the other sign."""
        found, turned = SERVQUAL.score(one, other), SERVQUAL.score(other, one)
        for here, there in zip(found.items, turned.items, strict=True):
            assert (-here.numerator, here.denominator) == (there.numerator, there.denominator)

    @given(rows(22), st.integers(1, 7))
    def test_even_expectations_only_shift(self, perceived, expected):
        """Where all expect the same, the gap is the performance less that."""
        gap = SERVQUAL.score(perceived, [[expected] * 22] * len(perceived)).value
        performance = SERVPERF.score(perceived).value
        assert (performance is None) is (gap is None)
        assert gap is None or performance - expected == gap

    @given(rows(22, blanks=False))
    def test_a_dimension_is_the_mean_of_its_items(self, perceived):
        """Without blanks, both ways of averaging agree."""
        found, items = SERVPERF.score(perceived), {}
        for part in found.items:
            items.setdefault(part.key.rpartition("_")[0], []).append(part.value)
        means = {key: sum(values) / len(values) for key, values in items.items()}
        assert means == {part.key: part.value for part in found.dimensions}

    @given(rows(22, blanks=False), st.lists(st.integers(0, 9), min_size=5, max_size=5))
    def test_a_weighted_total_lies_among_its_dimensions(self, perceived, shares):
        """Weights that add up to 1 never leave the dimensions' own range."""
        assume(any(shares))
        found = SERVPERF.score(perceived)
        values = [part.value for part in found.dimensions]
        keys = [part.key for part in found.dimensions]
        weights = {
            key: Fraction(share, sum(shares)) for key, share in zip(keys, shares, strict=True)
        }
        assert min(values) <= found.weighted(weights) <= max(values)


class TestIndex:
    """The ACSI form."""

    @given(rows(3, high=10))
    def test_is_the_mean_of_its_respondents(self, answers):
        """Those without blanks, one by one, average to the index of all."""
        singles = [ACSI.score([row]).value for row in answers]
        known = [value for value in singles if value is not None]
        expected = sum(known) / len(known) if known else None
        assert expected == ACSI.score(answers).value

    @given(rows(3, high=10, blanks=False))
    def test_equal_weights_are_the_mean_rating(self, answers):
        """On the way from 1 to 10, in a hundred."""
        mean = Fraction(sum(map(sum, answers)), 3 * len(answers))
        assert (mean - 1) * 100 / 9 == ACSI.score(answers).value
