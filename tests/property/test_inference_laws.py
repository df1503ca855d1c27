"""Laws of intervals and comparisons."""

from fractions import Fraction
from math import comb, isfinite
from statistics import mean, variance

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from servicekit.inference import (
    Beta,
    FisherF,
    Gamma,
    Interval,
    Proportion,
    Rate,
    Sample,
    StudentT,
    cliffs_delta,
    feldt,
    holm,
    mann_whitney,
    mean_interval,
    net_interval,
    net_variance,
    newcombe,
    paired_difference,
    rate_interval,
    rate_ratio,
    welch,
    wilson,
    xmr,
)

shapes = st.floats(0.05, 1e6)
shares = st.floats(1e-9, 1 - 1e-9)
levels = st.floats(0.5, 0.999)
sums = st.lists(st.integers(-9, 9), min_size=2, max_size=30)


@st.composite
def counts(draw):
    """Draw a count and the count of which it is part, shrinking to 0 of 1."""
    n = draw(st.integers(1, 10_000))
    return draw(st.integers(0, n)), n


@st.composite
def samples(draw):
    """Draw samples of two or more, of any size that a sample may have, shrinking to zeros."""
    spread = draw(st.sampled_from([0.0, 5e-324, 1e-300, 1e-9, 1.0, 1e9, 1e150]))
    place = draw(st.floats(-1e150, 1e150))
    return Sample(draw(st.integers(2, 10**9)), place, variance=spread)


def of(values):
    """Make a sample of whole numbers."""
    return Sample.from_sums(len(values), sum(values), sum(value * value for value in values))


class TestDistributions:
    """What holds of beta, t and F whatever their shapes."""

    @given(shapes, shapes, shares)
    def test_complement(self, a, b, x):
        """I(x; a, b) + I(1 - x; b, a) = 1 (DLMF 8.17.4)."""
        y = 1 - x
        assert pytest.approx(1, abs=1e-9) == Beta(a, b).cdf(1 - y) + Beta(b, a).cdf(y)

    @given(shapes, shapes, shares, shares)
    def test_distribution_never_falls(self, a, b, x, y):
        """A larger place has no smaller probability, up to rounding."""
        low, high = sorted((x, y))
        assert Beta(a, b).cdf(low) <= Beta(a, b).cdf(high) * (1 + 1e-10)

    @given(st.floats(1, 1e6), st.floats(1, 1e6), shares)
    def test_quantile_inverts_the_distribution(self, df1, df2, p):
        """At its quantile the distribution has the probability asked for."""
        f, t = FisherF(df1, df2), StudentT(df1)
        assert pytest.approx(p, rel=1e-9) == f.cdf(f.inv_cdf(p))
        assert pytest.approx(p, rel=1e-9) == t.cdf(t.inv_cdf(p))

    @given(st.floats(1e-3, 1e12), st.floats(1e-3, 1e12), st.floats(5e-324, 1 - 1e-16))
    def test_every_shape_and_probability_has_an_answer(self, a, b, p):
        """The search ends, inside the unit interval, for whatever may be asked."""
        assert 0 <= Beta(a, b).inv_cdf(p) <= 1

    @given(st.floats(1e-3, 1e12), st.floats(allow_nan=False))
    def test_t_is_symmetric(self, df, x):
        """What lies below -x is as much as lies above x."""
        assert pytest.approx(1, abs=1e-15) == StudentT(df).cdf(x) + StudentT(df).cdf(-x)

    @given(st.floats(1, 1e6), st.floats(0, 100))
    def test_f_of_one_is_t_squared(self, df, t):
        """F with one degree of freedom above is the square of Student's t."""
        within = 1 - 2 * StudentT(df).cdf(-t)
        assert pytest.approx(within, abs=1e-12) == FisherF(1, df).cdf(t * t)


class TestShares:
    """What holds of intervals of shares."""

    @given(counts(), levels)
    def test_wilson_holds_its_share_and_stays_a_share(self, count, level):
        """The interval lies around successes / n, within 0 and 1."""
        successes, n = count
        found = wilson(successes, n, level=level)
        assert 0 <= found.low <= Fraction(successes, n) <= found.high <= 1

    @given(counts(), levels)
    def test_wilson_turns_with_its_question(self, count, level):
        """Failures have the mirrored interval."""
        successes, n = count
        found, other = wilson(successes, n, level=level), wilson(n - successes, n, level=level)
        assert pytest.approx(1 - other.high, abs=1e-15) == found.low

    @given(counts(), levels, levels)
    def test_wilson_widens_with_its_level(self, count, level, other):
        """More confidence takes more room."""
        low, high = (wilson(*count, level=level) for level in sorted((level, other)))
        assert high.low <= low.low <= low.high <= high.high

    @given(st.lists(st.sampled_from([-1, 0, 1]), min_size=1))
    def test_net_variance_is_that_of_points(self, points):
        """Good answers count 1 and bad ones -1: the variance of their mean is the net's."""
        n, net = len(points), Fraction(sum(points), len(points))
        expected = sum((point - net) ** 2 for point in points) / n**2
        assert expected == net_variance(points.count(1), points.count(-1), n)

    @given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
    def test_net_interval_turns_with_its_signs(self, good, bad, other):
        """Good for bad gives the mirrored interval, or none either way."""
        found = net_interval(good, bad, good + bad + other)
        turned = net_interval(bad, good, good + bad + other)
        if found is None:
            assert turned is None
        else:
            assert (-found.high, -found.low) == (turned.low, turned.high)


class TestMeans:
    """What holds of means and their differences."""

    @given(sums)
    def test_sums_give_mean_and_variance(self, values):
        """A sample of sums is that of the statistics module, exactly."""
        exact = [Fraction(value) for value in values]
        assert Sample(len(values), mean(exact), variance=variance(exact)) == of(values)

    @given(sums, st.integers(1, 9), st.integers(-9, 9))
    def test_interval_moves_with_its_values(self, values, scale, shift):
        """Other units and another origin change nothing else."""
        assume(len(set(values)) > 1)
        plain = mean_interval(of(values))
        moved = mean_interval(of([scale * value + shift for value in values]))
        expected = [scale * plain.low + shift, scale * plain.high + shift]
        assert [pytest.approx(end, abs=1e-9) for end in expected] == [moved.low, moved.high]

    @given(sums, sums)
    def test_welch_turns_with_its_groups(self, base, other):
        """The other way round it is as far and as certain."""
        found, turned = welch(of(base), of(other)), welch(of(other), of(base))
        assert found.estimate == -turned.estimate
        assert pytest.approx(found.p_value) == turned.p_value

    @given(sums, sums, levels)
    def test_noise_is_judged_alike_by_interval_and_p_value(self, base, other, level):
        """The interval leaves out 0 where p is below 1 - level."""
        found = welch(of(base), of(other), level=level)
        assume(found.p_value is not None and abs(found.p_value - (1 - level)) > 1e-9)
        assert (found.p_value < 1 - level) is found.more_than_noise

    @given(sums)
    def test_pairs_are_judged_as_their_differences(self, values):
        """A paired difference is the mean of the differences with its own interval."""
        found = paired_difference(of(values))
        assert mean_interval(of(values)) == found.interval

    @given(samples(), samples(), levels)
    def test_extreme_samples_never_give_not_a_number(self, base, other, level):
        """Every figure is finite or None, however large, small or alike the samples are."""
        found = welch(base, other, level=level), paired_difference(base, level=level)
        for difference in found:
            assert isfinite(difference.estimate)
            assert difference.p_value is None or 0 <= difference.p_value <= 1


class TestReliability:
    """What holds of Feldt's interval."""

    @given(st.floats(-5, 0.999), st.integers(2, 10**6), st.integers(2, 50), levels)
    def test_it_is_of_alpha(self, alpha, respondents, items, level):
        """It ends at 1 at most, and more confidence takes more room."""
        found = feldt(alpha, respondents, items, level=level)
        wider = feldt(alpha, respondents, items, level=(1 + level) / 2)
        assert wider.low <= found.low <= found.high <= wider.high <= 1

    @given(st.floats(-5, 0.999), st.integers(20, 10**6), st.integers(2, 50))
    def test_it_holds_its_alpha(self, alpha, respondents, items):
        """With twenty respondents or more the 95 % interval lies around alpha."""
        assert alpha in feldt(alpha, respondents, items)


@given(st.floats(-1e9, 1e9), st.floats(0, 1e9), st.floats(1e-3, 1e3))
def test_an_interval_in_another_unit_holds_the_same(low, width, factor):
    """What an interval holds, it holds in another unit as well."""
    plain = Interval(low, low + width, level=0.9)
    middle = (plain.low + plain.high) / 2
    assert (middle in plain) is (middle * factor in plain.scaled(factor))


proportions = counts().map(lambda pair: Proportion(*pair))
events = st.builds(Rate, st.integers(0, 10**6), st.floats(1e-6, 1e6))
ratings = st.lists(st.integers(1, 7), min_size=1, max_size=25)


class TestComparisons:
    """What holds of shares, ranks and rates compared."""

    @given(proportions, proportions, levels)
    def test_newcombe_turns_with_its_groups(self, base, other, level):
        """The other way round it is the same difference with the other sign."""
        found, turned = newcombe(base, other, level=level), newcombe(other, base, level=level)
        assert found.estimate == -turned.estimate
        assert pytest.approx(found.p_value, abs=1e-9) == turned.p_value
        expected = (-turned.interval.high, -turned.interval.low)
        assert pytest.approx(expected) == (found.interval.low, found.interval.high)
        assert -1 <= found.interval.low <= found.estimate <= found.interval.high <= 1

    @given(proportions, proportions, levels)
    def test_newcombe_judges_noise_alike(self, base, other, level):
        """The interval leaves out 0 where p is below 1 - level."""
        found = newcombe(base, other, level=level)
        assume(abs(found.p_value - (1 - level)) > 1e-6)
        assert (found.p_value < 1 - level) is found.more_than_noise

    @given(ratings, ratings)
    def test_ranks_count_pairs(self, base, other):
        """U and delta are what comparing each pair gives."""
        signs = [(y > x) - (y < x) for x in base for y in other]
        found = mann_whitney(base, other)
        assert Fraction(sum(signs) + len(signs), 2) == found.u
        assert sum(signs) / len(signs) == cliffs_delta(base, other).estimate

    @given(ratings, ratings, st.integers(1, 9), st.integers(-9, 9))
    def test_ranks_go_by_order_alone(self, base, other, factor, shift):
        """On any rising scale the figures are the same."""
        moved = [[factor * x**3 + shift for x in side] for side in (base, other)]
        assert mann_whitney(base, other) == mann_whitney(*moved)
        assert cliffs_delta(base, other) == cliffs_delta(*moved)

    @given(ratings, ratings, levels)
    def test_delta_lies_in_its_interval(self, base, other, level):
        """And p agrees with it; the other way round both turn."""
        found, turned = cliffs_delta(base, other, level=level), cliffs_delta(other, base)
        assert found.estimate == -turned.estimate
        if found.interval is not None:
            assert -1 <= found.interval.low <= found.estimate <= found.interval.high <= 1
            assume(abs(found.p_value - (1 - level)) > 1e-9)
            assert (found.p_value < 1 - level) is found.more_than_noise

    @given(st.sets(st.integers(0, 99), min_size=2, max_size=24), st.data())
    def test_an_exact_p_value_counts_arrangements(self, ranks, data):
        """It is a whole number of arrangements, of as many as there are."""
        n = data.draw(st.integers(1, len(ranks) - 1))
        other = data.draw(st.permutations(sorted(ranks)))[:n]
        found = mann_whitney(ranks - set(other), other)
        ways = found.p_value * comb(len(ranks), n)
        assert pytest.approx(round(ways)) == ways
        assert found.exact

    @given(events, levels)
    def test_a_rate_lies_in_its_interval(self, rate, level):
        """More confidence takes more room."""
        found, wider = (rate_interval(rate, level=one) for one in (level, (1 + level) / 2))
        assert wider.low <= found.low <= float(rate.value) <= found.high <= wider.high

    @given(events, events, levels)
    def test_rates_turn_with_their_sides(self, base, other, level):
        """The other way round it is the reciprocal, and p is the same."""
        found, turned = (
            rate_ratio(base, other, level=level),
            rate_ratio(other, base, level=level),
        )
        assert pytest.approx(found.p_value) == turned.p_value
        if found.high:
            assert pytest.approx(1 / found.high) == turned.low
        assume(abs(found.p_value - (1 - level)) > 1e-9)
        assert (found.p_value < 1 - level) is found.more_than_noise

    @given(st.lists(st.floats(0, 1), max_size=12))
    def test_holm_keeps_the_order_and_raises(self, given_values):
        """No p-value becomes smaller, and a larger one stays no smaller than another."""
        found = holm(given_values)
        pairs = sorted(zip(given_values, found, strict=True))
        assert all(before <= after <= 1 for before, after in pairs)
        assert [after for _, after in pairs] == sorted(found)

    @given(st.floats(0.01, 1e4), st.floats(1e-6, 1 - 1e-6))
    def test_gamma_inverse_undoes_the_distribution(self, shape, p):
        """The quantile of a probability has that probability below it."""
        gamma = Gamma(shape)
        x = gamma.inv_cdf(p)
        assume(x > 1e-290)
        assert pytest.approx(p, rel=1e-7, abs=1e-9) == gamma.cdf(x)

    @given(st.lists(st.floats(-1e150, 1e150), max_size=20))
    def test_a_chart_takes_any_numbers(self, series):
        """Whatever the numbers, each signal is at places of the series."""
        chart = xmr(series)
        assert all(set(one.places) <= set(range(len(series))) for one in chart.signals)
        assert str(chart)
