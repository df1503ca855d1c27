"""Laws of scoring, summarizing and merging."""

from fractions import Fraction
from statistics import mean, variance

from hypothesis import given
from hypothesis import strategies as st

from servicekit.benchmark import (
    Answers,
    Scale,
    compare,
    reliability,
    score,
    summarize,
    summarize_columns,
)
from servicekit.catalogue.helpfulness import HELPFULNESS
from strategies import surveys

KEYS = [statement.key for statement in HELPFULNESS.statements]

ratings = st.integers(1, 5)
whole = st.fixed_dictionaries(dict.fromkeys(KEYS, ratings))
gappy = st.dictionaries(st.sampled_from(KEYS), ratings)
roles = st.sampled_from([None, "owner", "staff", "customer"])
rules = st.sampled_from(["prorate", "omit"])
people = st.lists(st.builds(Answers, whole | gappy, role=roles), max_size=8)


def by_definition(instrument, row):
    """Score complete ratings as the definition says: the sum of the means of turned ratings."""
    scale = instrument.scale
    return sum(
        Fraction(
            sum(
                scale.turn(row[one.key]) if one.reverse else row[one.key] for one in part.statements
            ),
            len(part.statements),
        )
        for part in instrument.sections
    )


class TestScore:
    """Laws of one score."""

    @given(surveys())
    def test_definition(self, survey):
        """The total is the sum of the section means, exactly, for any instrument."""
        instrument, rows = survey
        for row in rows:
            assert by_definition(instrument, row) == score(instrument, Answers(row)).total

    @given(whole, st.permutations(KEYS))
    def test_order_is_irrelevant(self, row, order):
        """The order in which statements were answered changes nothing."""
        expected = score(HELPFULNESS, Answers(row))
        assert expected == score(HELPFULNESS, Answers({key: row[key] for key in order}))
        assert expected.total == score(HELPFULNESS, Answers({key: row[key] for key in order})).total

    @given(whole)
    def test_within_reach(self, row):
        """The total lies between 7 and 35, the percentage between 0 and 100."""
        result = score(HELPFULNESS, Answers(row))
        assert 7 <= result.total <= 35
        assert 0 <= result.percent <= 100

    @given(whole, st.sampled_from(KEYS))
    def test_monotone(self, row, key):
        """A better rating never lowers the total or the band, and raises its own section."""
        better = {**row, key: min(row[key] + 1, 5)}
        worse, result = (score(HELPFULNESS, Answers(one)) for one in (row, better))
        bands = HELPFULNESS.bands
        assert bands.index(worse.band) <= bands.index(result.band)
        assert (worse.total < result.total) == (row[key] < 5)

    @given(whole)
    def test_band_and_distance_agree(self, row):
        """The band is the highest whose floor is reached, and the distance leads to the next."""
        result = score(HELPFULNESS, Answers(row))
        floors = {None: 0} | {band.key: band.at_least or 0 for band in HELPFULNESS.bands}
        reached = [key for key, floor in floors.items() if result.total >= floor]
        assert reached[-1] == result.band.key
        if result.to_next_band is None:
            assert "asset" == result.band.key
        else:
            assert result.total + result.to_next_band in (21, 28)
            assert result.between_bands == (result.to_next_band < 1)

    @given(whole)
    def test_tipping(self, row):
        """Exactly the tipping statements lift the band alone, and fewer rises never do."""
        result = score(HELPFULNESS, Answers(row))
        tipping = result.tipping()
        lifting = [
            key
            for key in KEYS
            if row[key] < 5
            and score(HELPFULNESS, Answers({**row, key: row[key] + 1})).band != result.band
        ]
        if tipping is None:
            assert [] == lifting
            return
        assert lifting == [one.key for one in tipping.statements]
        assert bool(lifting) == (tipping.rises == 1)
        worth = sorted(
            (Fraction(1, len(part.statements)), 5 - row[one.key])
            for part in HELPFULNESS.sections
            for one in part.statements
        )
        single = [each for each, room in reversed(worth) for _ in range(room)]
        assert sum(single[: tipping.rises]) >= result.to_next_band
        assert sum(single[: tipping.rises - 1]) < result.to_next_band

    @given(st.integers(-9, 9), st.integers(1, 9), st.data())
    def test_turning_twice_is_identity(self, low, width, data):
        """A rating turned twice is itself, and turning stays on the scale."""
        scale = Scale(low, low + width)
        rating = data.draw(st.sampled_from(scale.values))
        assert rating == scale.turn(scale.turn(rating))
        assert scale.turn(rating) in scale.values

    @given(gappy)
    def test_prorating_and_omitting(self, row):
        """What omitting scores prorating scores alike; both say how many were answered."""
        omitted, prorated = (
            score(HELPFULNESS, Answers(row), missing=rule) for rule in ("omit", "prorate")
        )
        assert len(row) == omitted.answered == prorated.answered
        for strict, lenient in zip(omitted.sections, prorated.sections, strict=True):
            assert strict.mean in (None, lenient.mean)
            assert (lenient.mean is None) == (
                2 * lenient.answered < len(lenient.section.statements)
            )


class TestSummary:
    """Laws of many scores."""

    @given(surveys())
    def test_definition(self, survey):
        """Mean and variance are exactly those of the single totals, for any instrument."""
        instrument, rows = survey
        totals = [by_definition(instrument, row) for row in rows]
        summary = summarize(instrument, map(Answers, rows))
        assert mean(totals) == summary.total.mean
        assert (variance(totals) if len(rows) > 1 else None) == summary.total.variance

    @given(surveys())
    def test_columns_and_rows(self, survey):
        """Columns give the summary of the same answers."""
        instrument, rows = survey
        columns = {key: [row[key] for row in rows] for key in rows[0]}
        assert summarize(instrument, map(Answers, rows)) == summarize_columns(instrument, columns)

    @given(surveys())
    def test_alpha(self, survey):
        """The alpha of a section is that of its columns, turned."""
        instrument, rows = survey
        summary = summarize(instrument, map(Answers, rows))
        for section in summary.sections:
            columns = {
                one.key: [
                    instrument.scale.turn(row[one.key]) if one.reverse else row[one.key]
                    for row in rows
                ]
                for one in section.section.statements
            }
            assert section.reliability == reliability(columns)

    @given(people, st.data(), rules)
    def test_order_is_irrelevant(self, many, data, missing):
        """The order of the respondents changes nothing."""
        shuffled = data.draw(st.permutations(many))
        assert summarize(HELPFULNESS, many, missing=missing) == summarize(
            HELPFULNESS, shuffled, missing=missing
        )

    @given(people, people, people, rules)
    def test_parts_make_the_whole(self, one, two, three, missing):
        """Merging summaries equals summarizing everything, in any grouping and order."""
        a, b, c = (summarize(HELPFULNESS, part, missing=missing) for part in (one, two, three))
        everything = summarize(HELPFULNESS, [*one, *two, *three], missing=missing)
        assert everything == (a + b) + c == a + (b + c) == c + b + a

    @given(people, rules)
    def test_agrees_with_single_scores(self, many, missing):
        """Numbers, means and bands are those of the scores one by one."""
        summary = summarize(HELPFULNESS, many, missing=missing)
        scores = [score(HELPFULNESS, one, missing=missing) for one in many]
        totals = [one.total for one in scores if one.total is not None]
        assert (len(many), len(totals)) == (summary.n, summary.total.n)
        assert (mean(totals) if totals else None) == summary.total.mean
        for band in HELPFULNESS.bands:
            assert sum(one.band == band for one in scores) == summary.bands[band.key]
        for position, section in enumerate(summary.sections):
            means = [m for one in scores if (m := one.sections[position].mean) is not None]
            assert len(means) == section.scores.n
            assert (mean(means) if means else None) == section.mean

    @given(people)
    def test_gaps_mirror(self, many):
        """The gap of one role to another is the other's to it with the opposite sign."""
        many = [*many, Answers({}, role="owner"), Answers({}, role="staff")]
        summary = summarize(HELPFULNESS, many)
        ours = {gap.section.key: gap.change for gap in summary.gaps("owner", "staff")}
        theirs = {gap.section.key: gap.change for gap in summary.gaps("staff", "owner")}
        assert ours == {key: None if gap is None else -gap for key, gap in theirs.items()}


class TestCompare:
    """Laws of comparing."""

    @given(st.lists(whole, min_size=1, max_size=6), st.lists(whole, min_size=1, max_size=6))
    def test_change_is_the_difference_of_the_means(self, first, second):
        """Paired or not, the change is after less before, over those who are compared."""
        before, after = (
            [score(HELPFULNESS, Answers(row, str(at))) for at, row in enumerate(rows)]
            for rows in (first, second)
        )
        both = min(len(before), len(after))
        change = compare(before, after)
        expected = mean(one.total for one in after[:both]) - mean(
            one.total for one in before[:both]
        )
        assert expected == change.total.change
        assert abs(len(before) - len(after)) == change.left_out
        assert -expected == compare(after, before).total.change
