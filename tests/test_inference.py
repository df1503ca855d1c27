"""Intervals and comparisons against published figures and SciPy; what cannot be told is None."""

import json
import pickle
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import product
from math import atan2, comb, inf, nan, pi, sqrt
from pathlib import Path

import pytest
from scipy import special, stats

from servicekit.errors import RecordError
from servicekit.inference import (
    Beta,
    Difference,
    FisherF,
    Interval,
    Sample,
    StudentT,
    feldt,
    mean_interval,
    net_interval,
    net_variance,
    paired_difference,
    welch,
    wilson,
)

VECTORS = json.loads((Path(__file__).parent / "vectors" / "inference.json").read_text("utf-8"))

SHAPES = (0.01, 0.1, 0.5, 1, 1.5, 3, 10, 50, 300, 1e4, 1e6)
PLACES = (1e-12, 1e-6, 0.001, 0.02, 0.25, 0.5, 0.75, 0.98, 0.999, 1 - 1e-6)
PROBABILITIES = (1e-12, 1e-6, 0.001, 0.025, 0.3, 0.5, 0.7, 0.975, 0.999, 1 - 1e-6)
DEGREES = (1, 1.5, 2, 5, 17.776, 100, 1e4, 1e6, 1e9)


def near(expected, within=1e-10):
    """Compare by relative distance, down to where SciPy itself gives up."""
    return pytest.approx(expected, rel=within, abs=1e-290)


def problems(function, *args, **kwargs):
    """Give the fields that a call is refused for, with the name it is refused under."""
    with pytest.raises(RecordError) as refused:
        function(*args, **kwargs)
    return refused.value.record, [problem.field for problem in refused.value.problems]


class TestBeta:
    """The regularised incomplete beta function and its inverse."""

    @pytest.mark.parametrize(("a", "b"), [*product(SHAPES, repeat=2)])
    def test_distribution_agrees_with_scipy(self, a, b):
        """I(x; a, b) is SciPy's to 1e-10, over shapes from 0.01 to a million and both tails."""
        mean, spread = a / (a + b), sqrt(a * b / (a + b) ** 3)
        around = [mean + k * spread for k in (-5, -2, -1, 0, 1, 2, 5)]
        places = [x for x in (*PLACES, *around) if 0 < x < 1]
        expected = special.betainc(a, b, places)
        assert [near(value) for value in expected] == [Beta(a, b).cdf(x) for x in places]

    @pytest.mark.parametrize(("a", "b"), [*product(SHAPES, repeat=2)])
    def test_inverse_agrees_with_scipy(self, a, b):
        """The inverse is SciPy's to 1e-10, over the same shapes and both tails."""
        expected = special.betaincinv(a, b, PROBABILITIES)
        assert [near(x) for x in expected] == [Beta(a, b).inv_cdf(p) for p in PROBABILITIES]

    @pytest.mark.parametrize(("a", "x"), [(3, "3e-7"), (3, "5.3e-7"), (10, "1e-6")])
    def test_unequal_shapes_agree_with_the_exact_binomial_sum(self, a, x):
        """For 10 million against a few, where SciPy 1.17 loses a digit, the sum decides."""
        b = 10_000_000
        with localcontext(prec=60):
            share, n = Decimal(x), a + b - 1
            below = sum(comb(n, j) * share**j * (1 - share) ** (n - j) for j in range(a))
            expected = float(1 - below)
        assert near(expected, 1e-12) == Beta(a, b).cdf(float(x))

    def test_ends(self):
        """Nothing lies below 0 and everything below 1."""
        assert (0.0, 0.0, 1.0, 1.0) == tuple(map(Beta(2, 3).cdf, (-inf, 0, 1, 7.5)))

    def test_what_is_no_shape_is_refused_by_name(self):
        """Every wrong shape is named."""
        assert ("Beta", ["a", "b"]) == problems(Beta, 0, nan)
        assert ("Beta", ["a", "b"]) == problems(Beta, a=True, b="2")

    @pytest.mark.parametrize("p", [0, 1, 0.0, 1.0, -0.1, nan, True, "0.5"])
    def test_what_is_no_probability_is_refused(self, p):
        """A quantile is asked for strictly between 0 and 1."""
        assert ("Beta.inv_cdf", ["p"]) == problems(Beta(2, 3).inv_cdf, p)

    @pytest.mark.parametrize("x", [nan, None, True])
    def test_what_is_no_place_is_refused(self, x):
        """Not-a-number gets no answer."""
        assert ("Beta.cdf", ["x"]) == problems(Beta(2, 3).cdf, x)


class TestStudentT:
    """Student's t distribution."""

    @pytest.mark.parametrize("df", DEGREES)
    def test_agrees_with_scipy(self, df):
        """Distribution and quantiles are SciPy's to 1e-10, far into both tails."""
        t, places = StudentT(df), (-40, -8, -2.5, -1, -1e-3, 0, 1e-4, 0.3, 2, 12)
        assert [near(x) for x in stats.t.cdf(places, df)] == [t.cdf(x) for x in places]
        chances = [p for p in PROBABILITIES if p != 0.5]
        assert [near(x) for x in stats.t.ppf(chances, df)] == [t.inv_cdf(p) for p in chances]

    @pytest.mark.parametrize("x", [-1e9, -2, -1e-9, 1e-9, 0.5, 1e9])
    def test_one_degree_of_freedom_is_an_arc_tangent(self, x):
        """Cauchy's distribution has a closed form, which holds to the last digits."""
        expected = atan2(1, -x) / pi
        assert near(expected, 1e-14) == StudentT(1).cdf(x)

    @pytest.mark.parametrize("case", VECTORS["student_t"], ids=str)
    def test_published_table(self, case):
        """The critical values are those of the printed table."""
        value = StudentT(case["df"]).inv_cdf(case["p"])
        assert pytest.approx(case["value"], abs=case["within"]) == value

    def test_the_middle_and_the_ends(self):
        """The median is 0; nothing lies beyond infinity."""
        t = StudentT(3)
        assert (0.0, 0.5, 0.0, 1.0) == (t.inv_cdf(0.5), t.cdf(0), t.cdf(-inf), t.cdf(inf))

    def test_a_quantile_beyond_every_float_is_infinite(self):
        """With next to no degrees of freedom the tail outruns the floating-point numbers."""
        assert (-inf, inf) == (StudentT(0.01).inv_cdf(1e-9), StudentT(0.01).inv_cdf(1 - 1e-9))


class TestFisherF:
    """Fisher's F distribution."""

    @pytest.mark.parametrize(("df1", "df2"), [*product((1, 2.5, 14, 126, 1e4, 1e6), repeat=2)])
    def test_agrees_with_scipy(self, df1, df2):
        """Distribution and quantiles are SciPy's to 1e-10, in both tails."""
        f, places = FisherF(df1, df2), (1e-9, 0.01, 0.5, 0.99, 1, 1.01, 2, 30)
        assert [near(x) for x in stats.f.cdf(places, df1, df2)] == [f.cdf(x) for x in places]
        expected = stats.f.ppf(PROBABILITIES, df1, df2)
        assert [near(x) for x in expected] == [f.inv_cdf(p) for p in PROBABILITIES]

    @pytest.mark.parametrize("case", VECTORS["fisher_f"], ids=str)
    def test_published_table(self, case):
        """The critical values are those of the printed table."""
        value = FisherF(case["df1"], case["df2"]).inv_cdf(case["p"])
        assert pytest.approx(case["value"], abs=case["within"]) == value

    def test_ends(self):
        """A ratio of squares is never below 0."""
        assert (0.0, 0.0, 1.0) == tuple(map(FisherF(3, 20).cdf, (-1, 0, inf)))


class TestInterval:
    """An interval is a value that answers whether it holds a number."""

    def test_holds_both_ends_and_what_lies_between(self):
        """Its ends belong to it."""
        interval = Interval(-0.5, 1.5, level=0.9)
        held = [value in interval for value in (-0.5, Fraction(1, 3), 1.5, 1.6, -0.6)]
        assert [True, True, True, False, False] == held

    def test_is_as_wide_as_its_ends_are_apart(self):
        """Width is high less low."""
        assert 2.0 == Interval(-0.5, 1.5, level=0.9).width

    def test_in_another_unit(self):
        """Shares become percentages, the level stays."""
        assert Interval(25, 50, level=0.9) == Interval(0.25, 0.5, level=0.9).scaled(100)

    def test_ends_may_be_as_large_as_numbers_are(self):
        """Only infinity is no end."""
        assert 1e308 in Interval(0, 1.7e308, level=0.9)
        assert ("Interval", ["high"]) == problems(Interval, 0, 10**309, level=0.9)

    def test_every_wrong_field_is_named(self):
        """Not-a-number, infinity and a level outside of 0 to 1 are refused together."""
        refused = problems(Interval, nan, inf, level=1.0)
        assert ("Interval", ["low", "high", "level"]) == refused

    def test_ends_in_the_wrong_order_are_refused(self):
        """High is not below low."""
        assert ("Interval", ["high"]) == problems(Interval, 2, 1, level=0.9)

    def test_pickles(self):
        """A copy through pickle is equal."""
        interval = Interval(0.25, 0.5, level=0.9)
        assert interval == pickle.loads(pickle.dumps(interval))


class TestSample:
    """What a mean is judged by."""

    def test_from_sums_is_exact(self):
        """One pass of whole numbers gives mean and variance as fractions."""
        expected = Sample(3, Fraction(5, 3), variance=Fraction(4, 3))
        assert expected == Sample.from_sums(3, 1 + 1 + 3, 1 + 1 + 9)

    def test_one_observation_has_no_variance(self):
        """A variance of one observation is None, and one given is refused."""
        assert Sample(1, Fraction(4), variance=None) == Sample.from_sums(1, 4, 16)
        assert ("Sample", ["variance"]) == problems(Sample, 1, 4.0, variance=0.0)

    def test_more_observations_have_a_variance(self):
        """It cannot be left out then."""
        assert ("Sample", ["variance"]) == problems(Sample, 2, 4.0, variance=None)

    def test_every_wrong_field_is_named(self):
        """A size of 0, a mean that is no number and a negative variance are refused together."""
        refused = problems(Sample, 0, nan, variance=-1)
        assert ("Sample", ["n", "mean", "variance"]) == refused
        assert ("Sample", ["n", "mean"]) == problems(Sample, 2.0, mean=True, variance=1)
        assert ("Sample", ["mean"]) == problems(Sample, 2, 10**400, variance=1)

    def test_no_sums_no_sample(self):
        """Sums of nothing are refused, and so are sums that are rounded or cannot be."""
        wrong = ("Sample.from_sums", ["n", "total", "squares"])
        assert wrong == problems(Sample.from_sums, 0, 0.5, squares=True)
        assert ("Sample", ["variance"]) == problems(Sample.from_sums, 2, 6, 17)


class TestWilson:
    """The score interval of a share."""

    @pytest.mark.parametrize("case", VECTORS["wilson"], ids=str)
    def test_published(self, case):
        """The interval is the published one."""
        found = wilson(case["successes"], case["n"], level=case["level"])
        within = case["within"]
        assert [pytest.approx(x, abs=within) for x in case["interval"]] == [found.low, found.high]

    def test_none_and_all_reach_the_ends_exactly(self):
        """No success starts at 0 and all successes end at 1, without rounding dust."""
        assert (0.0, 1.0) == (wilson(0, 20).low, wilson(20, 20).high)

    def test_nothing_asked_nothing_known(self):
        """Of no answers there is no interval."""
        assert wilson(0, 0) is None

    def test_counts_that_cannot_be_are_refused_together(self):
        """Each wrong argument is named; a part is not larger than the whole."""
        assert ("wilson", ["successes", "n", "level"]) == problems(wilson, -1, 2.0, level=95)
        assert ("wilson", ["successes"]) == problems(wilson, 11, 10)
        assert ("wilson", ["successes"]) == problems(wilson, successes=True, n=10)
        assert ("wilson", ["n"]) == problems(wilson, 3, 10**13)


class TestNet:
    """Variance and interval of a net share."""

    @pytest.mark.parametrize("case", VECTORS["net"], ids=str)
    def test_published(self, case):
        """The standard error is the published one, and the interval is made from it."""
        counts = case["positive"], case["negative"], case["n"]
        error = 100 * sqrt(net_variance(*counts))
        assert pytest.approx(case["standard_error"], abs=0.005) == error
        low, high = (case["net"] + z * case["standard_error"] for z in (-1.96, 1.96))
        found = net_interval(*counts).scaled(100)
        assert [pytest.approx(low, abs=0.05), pytest.approx(high, abs=0.05)] == [
            found.low,
            found.high,
        ]

    def test_variance_is_exact(self):
        """Counts give a fraction."""
        assert Fraction(11, 64) == net_variance(2, 1, 4)

    def test_is_cut_off_where_no_net_share_can_be(self):
        """Few answers of which nearly all are good do not promise more than 1."""
        assert (1.0, -1.0) == (net_interval(9, 0, 10).high, net_interval(0, 9, 10).low)

    def test_what_cannot_be_told_is_none(self):
        """Without answers there is no variance; without spread there is no interval."""
        nothing = (net_variance(0, 0, 0), net_interval(0, 0, 0), net_interval(5, 0, 5))
        assert (None, None, None) == nothing

    def test_counts_that_cannot_be_are_refused(self):
        """Good and bad together are no more than all."""
        assert ("net_variance", ["positive + negative"]) == problems(net_variance, 3, 2, 4)
        assert ("net_interval", ["positive", "n"]) == problems(net_interval, -3, 2, None)


class TestMeanInterval:
    """The t interval of a mean."""

    def test_agrees_with_scipy(self):
        """It is SciPy's, at the level asked for."""
        low, high = stats.t.interval(0.9, 6, loc=4.25, scale=sqrt(1.5 / 7))
        found = mean_interval(Sample(7, 4.25, variance=1.5), level=0.9)
        assert (near(low), near(high), 0.9) == (found.low, found.high, found.level)

    def test_of_one_or_of_all_alike_is_none(self):
        """Where no spread was seen, nothing is known of the spread there is."""
        assert mean_interval(Sample(1, 4, variance=None)) is None
        assert mean_interval(Sample(9, 4, variance=0)) is None
        assert mean_interval(Sample(9, 4, variance=5e-324)) is None

    def test_what_is_no_sample_is_refused(self):
        """Both arguments are named."""
        assert ("mean_interval", ["sample", "level"]) == problems(mean_interval, 4, level=0.0)


class TestFeldt:
    """The interval of Cronbach's alpha."""

    @pytest.mark.parametrize("case", VECTORS["feldt"], ids=str)
    def test_published(self, case):
        """The interval is the published one, to its three digits."""
        found = feldt(case["alpha"], case["respondents"], case["items"])
        assert case["interval"] == [round(found.low, 3), round(found.high, 3)]

    def test_thirty_by_seven_agrees_with_scipy(self, data_folder):
        """The attitude survey's alpha has the interval that SciPy's F gives it."""
        published = json.loads((data_folder / "attitude" / "expected.json").read_text("utf-8"))
        alpha = published["computed"]["alpha"]
        found = feldt(alpha, published["n"], published["items"], level=0.9)
        ends = [1 - (1 - alpha) * stats.f.ppf(p, 29, 29 * 6) for p in (0.95, 0.05)]
        assert [near(end) for end in ends] == [found.low, found.high]

    def test_an_exact_alpha_will_do(self):
        """Fractions are taken as they are."""
        assert feldt(0.75, 12, 4) == feldt(Fraction(3, 4), 12, 4)

    def test_what_cannot_be_told_is_none(self):
        """One respondent, one item and an alpha of 1 have no interval."""
        assert [None] * 3 == [feldt(0.5, 1, 4), feldt(0.5, 9, 1), feldt(1, 9, 4)]

    def test_arguments_that_cannot_be_are_refused_together(self):
        """An alpha above 1 does not exist."""
        refused = problems(feldt, 1.2, -1, 2.0, level=2)
        assert ("feldt", ["alpha", "respondents", "items", "level"]) == refused
        assert ("feldt", ["alpha"]) == problems(feldt, -inf, 9, 4)


def sample(texts):
    """Make a sample of decimal texts, exactly."""
    values = [Fraction(text) for text in texts]
    return Sample.from_sums(len(values), sum(values), sum(value**2 for value in values))


SLEEP = VECTORS["sleep"]


class TestDifferences:
    """Two groups, and the same people twice."""

    def test_figures_as_far_apart_as_can_be(self):
        """The largest means and spreads still make an interval."""
        base, other = (Sample(2, mean, variance=1e150) for mean in (-1e150, 1e150))
        assert 2e150 in welch(base, other).interval

    def test_welch_as_published(self):
        """Two groups of ten patients, taken as independent."""
        found = welch(sample(SLEEP["first"]), sample(SLEEP["second"]))
        assert published(SLEEP["welch"]) == figures(found)
        assert found.more_than_noise is False

    def test_paired_as_published(self):
        """The same patients under two treatments: what was noise between groups is none."""
        pairs = zip(SLEEP["first"], SLEEP["second"], strict=True)
        found = paired_difference(sample(Fraction(b) - Fraction(a) for a, b in pairs))
        assert published(SLEEP["paired"]) == figures(found)
        assert found.more_than_noise is True

    def test_welch_agrees_with_scipy(self):
        """Groups of unequal size and spread, at another level."""
        expected = stats.ttest_ind_from_stats(23, sqrt(30), 12, 20, sqrt(2), 5, equal_var=False)
        found = welch(Sample(5, 20, variance=2), Sample(12, 23, variance=30), level=0.8)
        assert (near(expected.pvalue), 0.8) == (found.p_value, found.interval.level)

    @pytest.mark.parametrize(
        ("base", "other"),
        [
            (Sample(1, 2, variance=None), Sample(5, 3, variance=2)),
            (Sample(5, 2, variance=2), Sample(1, 3, variance=None)),
            (Sample(5, 2, variance=0), Sample(5, 3, variance=0)),
        ],
    )
    def test_groups_that_cannot_tell(self, base, other):
        """A single observation, or no spread anywhere: a difference without interval."""
        found = welch(base, other)
        assert (Difference(1.0, None), None) == (found, found.more_than_noise)

    def test_one_group_without_spread_is_enough_of_one(self):
        """The other group's spread then decides, with its degrees of freedom."""
        found = welch(Sample(5, 2, variance=0), Sample(5, 3, variance=2))
        margin = stats.t.ppf(0.975, 4) * sqrt(2 / 5)
        assert near(1 - margin) == found.interval.low

    def test_pairs_that_cannot_tell(self):
        """One pair, or all pairs alike: a difference without interval."""
        for pairs in (Sample(1, 2, variance=None), Sample(9, 2, variance=Fraction(0))):
            assert Difference(2.0, None) == paired_difference(pairs)

    def test_what_is_no_sample_is_refused(self):
        """Every wrong argument is named."""
        assert ("welch", ["base", "other", "level"]) == problems(welch, 1, None, level="0.9")
        assert ("paired_difference", ["differences"]) == problems(paired_difference, [1, 2])


def published(case):
    """Give the published figures with the tolerance of their last digit."""
    low, high = case["interval"]
    return [
        pytest.approx(case["estimate"]),
        pytest.approx(low, abs=5e-8),
        pytest.approx(high, abs=5e-8),
        pytest.approx(case["p_value"], rel=1e-3),
    ]


def figures(found):
    """Give the figures of a difference in the same order."""
    return [found.estimate, found.interval.low, found.interval.high, found.p_value]
