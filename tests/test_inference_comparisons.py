"""Comparisons of shares, ranks and rates against published figures, SciPy and statsmodels."""

import json
from collections import Counter
from fractions import Fraction
from itertools import accumulate
from math import comb, exp, inf, nan, pi, sqrt
from operator import mul
from pathlib import Path

import pytest
from scipy import special, stats
from statsmodels.stats import meta_analysis, multitest, proportion, rates

from samples import numbered
from servicekit.errors import RecordError
from servicekit.inference import (
    Difference,
    Gamma,
    Proportion,
    Rate,
    Sample,
    cliffs_delta,
    cohens_h,
    hedges_g,
    holm,
    mann_whitney,
    newcombe,
    rate_interval,
    rate_ratio,
)

VECTORS = json.loads((Path(__file__).parent / "vectors" / "comparisons.json").read_text("utf-8"))


def near(expected, within=1e-10):
    """Compare by relative distance."""
    return pytest.approx(expected, rel=within, abs=1e-290)


def ends(interval):
    """Give both ends of an interval."""
    return [interval.low, interval.high]


def problems(function, *args, **kwargs):
    """Give the fields that a call is refused for, with the name it is refused under."""
    with pytest.raises(RecordError) as refused:
        function(*args, **kwargs)
    return refused.value.record, [problem.field for problem in refused.value.problems]


class TestGamma:
    """The gamma distribution, which exact intervals of a rate rest on."""

    SHAPES = (0.001, 0.02, 0.5, 1, 1.5, 3, 10, 50, 300, 1e4)

    @pytest.mark.parametrize("shape", SHAPES)
    def test_agrees_with_scipy(self, shape):
        """Distribution and quantiles are SciPy's to 1e-10, in both tails."""
        places = [shape + k * sqrt(shape) for k in (-5, -2, -1, -0.1, 0, 0.1, 1, 2, 5)]
        places = [x for x in (*places, 1e-9, 0.2) if x > 0]
        gamma = Gamma(shape)
        assert [near(p) for p in special.gammainc(shape, places)] == [gamma.cdf(x) for x in places]
        chances = (1e-9, 0.025, 0.4, 0.5, 0.7, 0.975, 0.999999)
        expected = special.gammaincinv(shape, chances)
        assert [near(x) for x in expected] == [gamma.inv_cdf(p) for p in chances]

    @pytest.mark.parametrize(("shape", "x"), [(10**6, 995_000), (10**6, 10**6 + 3000)])
    def test_large_shapes_agree_with_the_exact_poisson_sum(self, shape, x):
        """Far below the mean, where SciPy 1.17 loses digits, the sum decides (DLMF 8.7.1)."""
        terms = accumulate((x / (shape + k) for k in range(1, 40_000)), mul, initial=1)
        off = (x - shape) / shape
        log_first = shape * (special.log1p(off) - off) - 1 / (12 * shape)
        first = exp(log_first) / sqrt(2 * pi * shape)
        assert near(first * sum(terms), 1e-9) == Gamma(shape).cdf(x)

    def test_ends(self):
        """Nothing lies below 0 and everything below infinity, however far that is."""
        gamma = Gamma(2)
        assert (0.0, 0.0, 1.0, 1.0) == tuple(map(gamma.cdf, (-1, 0, 1e308, inf)))

    def test_what_cannot_be_is_refused(self):
        """Shape, place and probability are checked like those of the other distributions."""
        assert ("Gamma", ["shape"]) == problems(Gamma, 0)
        assert ("Gamma.cdf", ["x"]) == problems(Gamma(1).cdf, nan)
        assert ("Gamma.inv_cdf", ["p"]) == problems(Gamma(1).inv_cdf, 1.0)


class TestNewcombe:
    """The difference of two shares."""

    CASES = VECTORS["newcombe"]["cases"]

    @pytest.mark.parametrize("case", CASES, ids=str)
    def test_published(self, case):
        """The interval is the published one, to its digits."""
        found = newcombe(Proportion(*case["base"]), Proportion(*case["other"]), level=case["level"])
        assert pytest.approx(case["interval"], abs=case["within"]) == ends(found.interval)

    @pytest.mark.parametrize(
        ("base", "other"),
        [((3, 7), (12, 40)), ((0, 5), (9, 9)), ((0, 9), (0, 4)), ((1, 2), (1, 2))],
    )
    @pytest.mark.parametrize("level", [0.5, 0.9, 0.99])
    def test_agrees_with_statsmodels(self, base, other, level):
        """It is theirs at every level, also where a share is 0 or 1."""
        expected = proportion.confint_proportions_2indep(
            *other, *base, method="newcomb", compare="diff", alpha=1 - level
        )
        found = newcombe(Proportion(*base), Proportion(*other), level=level)
        assert pytest.approx(list(expected), abs=1e-12) == ends(found.interval)

    def test_the_p_value_is_where_the_interval_ends_at_0(self):
        """At the level of 1 - p the interval just touches 0."""
        base, other = Proportion(48, 80), Proportion(56, 70)
        found = newcombe(base, other)
        touching = newcombe(base, other, level=1 - found.p_value)
        assert pytest.approx(0, abs=1e-9) == touching.interval.low
        assert found.more_than_noise is (found.p_value < 0.05) is True

    def test_no_difference_is_not_more_than_noise(self):
        """The same share twice has a p-value of 1."""
        found = newcombe(Proportion(1, 3), Proportion(2, 6))
        assert (0.0, 1.0) == (found.estimate, found.p_value)

    def test_certain_as_numbers_can_say(self):
        """A p-value below every floating-point number is 0."""
        found = newcombe(Proportion(0, 10**12), Proportion(10**12, 10**12))
        assert (1.0, 0.0, 1.0) == (found.estimate, found.p_value, found.interval.high)

    def test_nobody_in_a_group(self):
        """Without anybody asked there is no share and no difference."""
        assert Proportion(0, 0).share is None
        assert newcombe(Proportion(0, 0), Proportion(1, 2)) is None
        assert newcombe(Proportion(1, 2), Proportion(0, 0)) is None

    def test_what_cannot_be_is_refused(self):
        """More successes than people, and what is no proportion."""
        assert ("Proportion", ["successes"]) == problems(Proportion, 3, 2)
        assert ("Proportion", ["successes", "n"]) == problems(Proportion, -1, 2.0)
        assert ("newcombe", ["base", "other", "level"]) == problems(newcombe, 1, 2, level=95)


def with_p(method):
    """Give the published cases with a p-value by a method."""
    return [case for case in VECTORS["ranks"] if method in case.get("p", ())]


class TestMannWhitney:
    """Whether the values of one group are above those of another."""

    @pytest.mark.parametrize("case", with_p("exact"), ids=lambda case: case["source"])
    def test_published_exact(self, case):
        """Small samples without ties have the published exact p-value."""
        found = mann_whitney(case["base"], case["other"])
        value, within = case["p"]["exact"]
        assert (case["u"], True) == (found.u, found.exact)
        assert pytest.approx(value, abs=within) == found.p_value

    @pytest.mark.parametrize("case", with_p("normal"), ids=lambda case: case["source"])
    def test_published_normal(self, case):
        """On request the approximation with continuity correction is the published one."""
        found = mann_whitney(case["base"], case["other"], exact=False)
        value, within = case["p"]["normal"]
        assert (case["u"], False) == (found.u, found.exact)
        assert pytest.approx(value, abs=within) == found.p_value

    @pytest.mark.parametrize(
        ("base", "other", "exact"),
        [
            ([1, 2, 2, 3, 5], [2, 3, 3, 4], None),
            ([1, 1, 1, 1], [1, 1, 1, 9], None),
            (range(0, 98, 2), range(1, 99, 2), None),
            (range(0, 120, 2), range(31, 91, 2), None),
            (range(0, 120, 2), range(31, 91, 2), True),
            ([0.5], [Fraction(1, 3), 2], None),
        ],
    )
    def test_agrees_with_scipy(self, base, other, exact):
        """With ties and without, small and large, the figures are SciPy's."""
        found = mann_whitney(base, other, exact=exact)
        method = "exact" if found.exact else "asymptotic"
        expected = stats.mannwhitneyu([*map(float, other)], [*map(float, base)], method=method)
        assert (expected.statistic, near(expected.pvalue)) == (found.u, found.p_value)

    @pytest.mark.parametrize(("n", "m", "exact"), [(49, 49, True), (50, 3, False), (3, 50, False)])
    def test_what_is_small(self, n, m, exact):
        """Both groups have fewer than 50 values."""
        found = mann_whitney(range(0, 2 * n, 2), range(1, 2 * m, 2))
        assert exact is found.exact

    def test_counts_of_ratings(self):
        """A mapping of rating to count says the same as the ratings one by one."""
        base, other = [1, 3, 3, 5, 5, 5], [2, 3, 4, 4]
        counted = mann_whitney(Counter(base), {**Counter(other), 1: 0})
        assert mann_whitney(base, other) == counted

    def test_all_alike(self):
        """Where all values are alike nothing can be told."""
        found = mann_whitney([4, 4], [4, 4, 4])
        assert (Fraction(3), 6, None) == (found.u, found.pairs, found.p_value)

    @pytest.mark.parametrize(("base", "other"), [([], [1]), ([1], []), ({}, {3: 0})])
    def test_an_empty_group(self, base, other):
        """Without values there is no test."""
        assert mann_whitney(base, other) is None
        assert cliffs_delta(base, other) is None

    def test_exact_where_it_cannot_be_had(self):
        """Ties, and more pairs than can be counted in good time, are refused."""
        assert ("mann_whitney", ["exact"]) == problems(mann_whitney, [1, 2], [2], exact=True)
        large = range(0, 202, 2), range(1, 201, 2)
        assert ("mann_whitney", ["exact"]) == problems(mann_whitney, *large, exact=True)
        assert ("mann_whitney", ["exact"]) == problems(mann_whitney, [1], [2], exact="yes")

    def test_what_is_no_value_is_refused_by_its_place(self):
        """Not-a-number, flags and texts are no values; a count is a whole number."""
        refused = problems(mann_whitney, [1, nan, True, "3"], [2])
        assert ("mann_whitney", ["base[1]", "base[2]", "base[3]"]) == refused
        refused = problems(cliffs_delta, {4: 2.5, 5: -1}, {"4": 1})
        assert ("cliffs_delta", ["base[4]", "base[5]"]) == refused
        assert ("cliffs_delta", ["other"]) == problems(cliffs_delta, {4: 2}, {"4": 1})


WITH_DELTA = [case for case in VECTORS["ranks"] if "delta" in case]


class TestCliffsDelta:
    """How much more often the other value is the larger one."""

    @pytest.mark.parametrize("case", WITH_DELTA, ids=numbered(WITH_DELTA))
    def test_published(self, case):
        """Delta is the published one, and so is the interval where there is one."""
        found = cliffs_delta(case["base"], case["other"])
        expected = case["delta"]
        assert pytest.approx(expected["value"], abs=expected["within"]) == found.estimate
        if "interval" in case:
            assert pytest.approx(case["interval"], abs=5e-8) == ends(found.interval)

    def test_is_mann_whitneys_u_on_another_scale(self):
        """Delta is 2 U / pairs - 1."""
        base, other = [1, 3, 3, 5, 5, 5], [2, 3, 4, 4]
        found = mann_whitney(base, other)
        assert float(2 * found.u / found.pairs - 1) == cliffs_delta(base, other).estimate

    def test_the_p_value_is_where_the_interval_ends_at_0(self):
        """At the level of 1 - p the interval just touches 0."""
        base, other = [1, 3, 3, 4, 4, 5], [2, 3, 4, 4, 5, 5, 5]
        p_value = cliffs_delta(base, other).p_value
        touching = cliffs_delta(base, other, level=1 - p_value)
        assert pytest.approx(0, abs=1e-9) == touching.interval.low

    def test_groups_that_do_not_overlap(self):
        """The interval is that for the largest variance, and ends at 1 or -1."""
        above = cliffs_delta([1, 2, 2], [3, 4, 5, 6, 7])
        q2 = stats.t.ppf(0.975, 6) ** 2
        assert [near((3 - q2) / (3 + q2)), 1.0] == ends(above.interval)
        below = cliffs_delta([3, 4, 5, 6, 7], [1, 2, 2])
        assert [-above.interval.high, -above.interval.low] == ends(below.interval)
        assert above.p_value == below.p_value == near(2 * stats.t.sf(sqrt(3), 6))

    def test_a_variance_is_never_below_the_smallest(self):
        """Where the unbiased estimate is below (1 - d^2)/(n m - 1) that is taken instead."""
        found = cliffs_delta([1, 2], [2, 3])
        d, q2 = 0.75, stats.t.ppf(0.975, 2) ** 2
        width, rest = q2 * (1 - d * d) / 3, 1 - d * d
        reach = sqrt(width * (rest**2 + width))
        expected = [(d * rest - reach) / (rest + width), (d * rest + reach) / (rest + width)]
        assert d == found.estimate
        assert pytest.approx(expected) == ends(found.interval)

    @pytest.mark.parametrize(("base", "other"), [([4], [3, 5]), ([4, 6], [5]), ([4, 4], [4, 4])])
    def test_what_cannot_be_told_is_none(self, base, other):
        """One value, or all of them alike, show no spread."""
        assert Difference(0.0, None) == cliffs_delta(base, other)

    def test_as_many_as_can_be_counted(self):
        """Counts may be as large as counts are."""
        found = cliffs_delta({1: 10**12, 2: 5}, {1: 10**12, 3: 10**11})
        assert found.estimate in found.interval


class TestHolm:
    """Many comparisons at once."""

    def test_published(self):
        """Holm's example: 0.01, 0.02, 0.022, 0.09 become 0.04, 0.06, 0.06, 0.09."""
        assert pytest.approx((0.06, 0.04, 0.06, 0.09)) == holm([0.022, 0.01, 0.02, 0.09])

    def test_agrees_with_statsmodels(self):
        """Also with ties, and where the adjusted value would be above 1."""
        given = [0.3, 0.001, 0.3, 0.04, 0.9, 0, 1]
        expected = multitest.multipletests(given, method="holm")[1]
        assert pytest.approx(list(expected)) == list(holm(iter(given)))

    def test_none_and_one(self):
        """Nothing stays nothing, and a single p-value what it is."""
        assert ((), (0.04,)) == (holm([]), holm([0.04]))

    def test_what_is_no_probability_is_refused_by_its_place(self):
        """Not-a-number would sort anywhere."""
        assert ("holm", ["p_values[1]", "p_values[2]"]) == problems(holm, [0.1, nan, None, 1])


class TestRates:
    """Events over an exposure."""

    @pytest.mark.parametrize("case", VECTORS["garwood"]["cases"], ids=str)
    def test_published(self, case):
        """The limits are Garwood's, to the digits printed."""
        events, *expected = case
        found = rate_interval(Rate(events, 1))
        assert pytest.approx(expected, rel=0.003) == ends(found)

    @pytest.mark.parametrize("case", VECTORS["rates"], ids=lambda case: case["source"])
    def test_published_rate(self, case):
        """A rate has the published interval."""
        found = rate_interval(Rate(case["events"], case["exposure"]))
        assert pytest.approx(case["interval"], abs=5e-7) == ends(found)

    @pytest.mark.parametrize("events", [0, 1, 7, 300, 10**7])
    def test_interval_agrees_with_statsmodels(self, events):
        """It is theirs at every level, by unit of exposure."""
        for level in (0.5, 0.95, 0.999):
            expected = rates.confint_poisson(events, 12.5, method="exact-c", alpha=1 - level)
            low = 0.0 if not events else near(expected[0])
            found = rate_interval(Rate(events, 12.5), level=level)
            assert [low, near(expected[1])] == ends(found)

    def test_rate_is_exact(self):
        """Events by unit of exposure, as a fraction."""
        assert (Fraction(3, 4), Fraction(6)) == (Rate(3, 4).value, Rate(3, 0.5).value)

    @pytest.mark.parametrize("case", VECTORS["rate_ratios"], ids=lambda case: case["source"])
    def test_published_ratio(self, case):
        """The ratio of two rates has the published interval."""
        found = rate_ratio(Rate(*case["base"]), Rate(*case["other"]))
        assert pytest.approx(case["ratio"], abs=5e-7) == found.estimate
        assert pytest.approx(case["interval"], abs=5e-8) == [found.low, found.high]

    @pytest.mark.parametrize(("k", "rest"), [(3, 9), (40, 41), (0, 6), (6, 0), (1, 1)])
    def test_ratio_agrees_with_the_exact_binomial(self, k, rest):
        """Of all events, those of the other side are binomial: SciPy gives ends and tails."""
        found = rate_ratio(Rate(rest, 31), Rate(k, 28), level=0.9)
        test = stats.binomtest(k, k + rest, 28 / 59)
        low, high = test.proportion_ci(0.9)
        assert pytest.approx(low / (1 - low) * 31 / 28, rel=1e-9) == found.low
        if found.high is None:
            assert (1, 0) == (high, rest)
        else:
            assert pytest.approx(high / (1 - high) * 31 / 28, rel=1e-9) == found.high
        tails = (
            stats.binomtest(k, k + rest, 28 / 59, alternative=side).pvalue
            for side in ("less", "greater")
        )
        assert near(min(1, 2 * min(tails))) == found.p_value

    def test_noise_is_judged_alike_by_interval_and_p_value(self):
        """At the level of 1 - p the interval ends at 1."""
        base, other = Rate(30, 31), Rate(12, 28)
        found = rate_ratio(base, other)
        assert (True, True) == (found.more_than_noise, found.p_value < 0.05)
        assert near(1) == rate_ratio(base, other, level=1 - found.p_value).high
        assert rate_ratio(base, Rate(24, 28)).more_than_noise is False
        assert rate_ratio(other, base).low > 1

    def test_without_events_before(self):
        """There is no ratio and no upper end, but there may be more than noise."""
        found = rate_ratio(Rate(0, 1), Rate(12, 1))
        assert (None, None, True) == (found.estimate, found.high, found.more_than_noise)

    def test_without_any_events(self):
        """Nothing happened, twice: any ratio is possible, and a difference is not seen."""
        found = rate_ratio(Rate(0, 1), Rate(0, 5))
        assert (None, 0.0, None) == (found.estimate, found.low, found.high)
        assert (1.0, False) == (found.p_value, found.more_than_noise)

    def test_extremes_stay_finite(self):
        """As many events over as little exposure as there may be, at the highest level."""
        level = 1 - 2**-53
        assert 10.0**112 in rate_interval(Rate(10**12, 1e-100), level=level)
        found = rate_ratio(Rate(1, 10**100), Rate(10**12, 1e-100), level=level)
        assert found.low < found.estimate < found.high < inf

    def test_what_cannot_be_is_refused(self):
        """Events are counted, an exposure is above 0."""
        assert ("Rate", ["events", "exposure"]) == problems(Rate, 0.5, 0)
        assert ("Rate", ["exposure"]) == problems(Rate, 1, exposure=nan)
        assert ("rate_interval", ["rate", "level"]) == problems(rate_interval, 3, level=1)
        assert ("rate_ratio", ["base", "other"]) == problems(rate_ratio, 3, None)


class TestEffectSizes:
    """How large a difference is."""

    def test_cohens_h_agrees_with_statsmodels(self):
        """The arcsine difference, with the interval of its variance 1/n + 1/m."""
        found = cohens_h(Proportion(50, 100), Proportion(26, 40), level=0.9)
        expected = proportion.proportion_effectsize(0.65, 0.5)
        margin = stats.norm.ppf(0.95) * sqrt(1 / 100 + 1 / 40)
        assert near(expected) == found.estimate
        assert [near(expected - margin), near(expected + margin)] == ends(found.interval)

    def test_hedges_g_agrees_with_statsmodels(self):
        """In standard deviations of both groups together, corrected for small samples."""
        found = hedges_g(Sample(8, 20, variance=4), Sample(12, 23, variance=9), level=0.9)
        expected, _ = meta_analysis.effectsize_smd(23, 3, 12, 20, 2, 8)
        assert near(expected, 1e-6) == found.estimate
        error = sqrt(20 / 96 + found.estimate**2 / 40)
        assert near(found.estimate + stats.norm.ppf(0.95) * error) == found.interval.high

    def test_what_cannot_be_told_is_none(self):
        """Nobody in a group, a single observation, no spread to speak of."""
        assert cohens_h(Proportion(0, 0), Proportion(1, 1)) is None
        assert cohens_h(Proportion(1, 1), Proportion(0, 0)) is None
        single, alike = Sample(1, 2, variance=None), Sample(3, 2, variance=0)
        assert [None] * 3 == [
            hedges_g(single, alike),
            hedges_g(alike, single),
            hedges_g(alike, alike),
        ]
        far = Sample(2, -1e150, variance=5e-324), Sample(2, 1e150, variance=0)
        assert hedges_g(*far) is None

    def test_what_cannot_be_is_refused(self):
        """All arguments are checked."""
        assert ("cohens_h", ["base", "other"]) == problems(cohens_h, 1, 2)
        assert ("hedges_g", ["base", "other", "level"]) == problems(hedges_g, 1, 2, level=0)


def test_exact_counts_are_those_of_arrangements():
    """All arrangements of two groups of four: p-values times their number are whole numbers."""
    ways = comb(8, 4)
    for other in ([1, 2, 3, 4], [1, 2, 3, 8], [2, 4, 5, 7]):
        found = mann_whitney([x for x in range(1, 9) if x not in other], other)
        assert pytest.approx(round(found.p_value * ways)) == found.p_value * ways
