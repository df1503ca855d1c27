"""Instruments, answers and the exact score of one respondent."""

import copy
import json
import pickle
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import IntEnum
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from servicekit.benchmark import (
    Answers,
    Band,
    Instrument,
    Missing,
    Scale,
    Section,
    Statement,
    Tipping,
    questions,
    score,
)
from servicekit.catalogue.helpfulness import HELPFULNESS
from servicekit.errors import DefinitionError, RecordError

VECTORS = json.loads((Path(__file__).parent / "vectors" / "benchmark.json").read_text("utf-8"))
SIZES = [len(section.statements) for section in HELPFULNESS.sections]


def say(text):
    """Word something in one language."""
    return {"en": text}


def make_section(key, *statements):
    """Make a section of statements given by key, a reverse one with a minus sign."""
    made = [Statement(one.strip("-"), say(one), reverse=one[0] == "-") for one in statements]
    return Section(key, say(key), statements=made)


def make_band(key, at_least=None):
    """Make a band."""
    return Band(key, say(key), advice=say(key), at_least=at_least)


def make(*sections, bands=(), scale=(1, 5), **more):
    """Make an instrument."""
    return Instrument("i", say("i"), scale=Scale(*scale), sections=sections, bands=bands, **more)


PAIR = make(make_section("a", "a1", "a2"), make_section("b", "b1", "-b2", "b3"))


def answers_with(section_sums):
    """Give answers to the helpfulness benchmark with these section sums."""
    ratings = {}
    for section, points in zip(HELPFULNESS.sections, section_sums, strict=True):
        size = len(section.statements)
        for place, statement in enumerate(section.statements):
            ratings[statement.key] = points // size + (place < points % size)
    return Answers(ratings)


def refused(error, make_it):
    """Give the problems that something is refused for: field to what stands there."""
    with pytest.raises(error) as caught:
        make_it()
    return {problem.field: problem.value for problem in caught.value.problems}


class TestDefinition:
    """A definition that cannot be is refused with all that is wrong with it."""

    def test_everything_wrong_is_named_at_once(self):
        """Keys used twice, an empty section, bands out of order and out of reach, one error."""
        sections = (make_section("a", "q", "q"), make_section("a"))
        bands = (make_band("x"), make_band("y", 9), make_band("x", 8), make_band("z", 99))
        assert {
            "sections['a'].statements": "()",
            "section key 'a'": "used 2 times",
            "statement key 'q'": "used 2 times",
            "band key 'x'": "used 2 times",
            "bands['x'].at_least": "8",
            "bands['z'].at_least": "99",
        } == refused(DefinitionError, lambda: make(*sections, bands=bands))

    def test_no_section(self):
        """An instrument without sections asks nothing and is refused."""
        assert {"sections": "()"} == refused(DefinitionError, make)

    @pytest.mark.parametrize(
        ("make_it", "said"),
        [
            (make, r"Instrument: sections is \(\), allowed: one section or more$"),
            (
                lambda: make(make_section("a")),
                r"\.statements is \(\), allowed: one statement or more$",
            ),
            (lambda: make(make_section("a", "q", "q")), "is used 2 times, allowed: each key once$"),
        ],
    )
    def test_what_is_allowed_is_said(self, make_it, said):
        """A refusal says how many there have to be."""
        with pytest.raises(DefinitionError, match=said):
            make_it()

    @pytest.mark.parametrize(
        ("floors", "field", "allowed"),
        [
            ((3, 4), "bands['b0'].at_least", "None: the first"),
            ((None, None), "bands['b1'].at_least", "only the first"),
            ((None, 4, 4), "bands['b2'].at_least", "more than the floor of the band before, 4"),
            ((None, 2), "bands['b1'].at_least", "above 2, the lowest total, and up to 10"),
            ((None, Fraction(21, 2)), "bands['b1'].at_least", "up to 10"),
        ],
    )
    def test_bands_that_cannot_be(self, floors, field, allowed):
        """Bands go up from a lowest one without a floor, each within reach of the total."""
        bands = [make_band(f"b{at}", floor) for at, floor in enumerate(floors)]
        with pytest.raises(DefinitionError) as caught:
            make(make_section("a", "q"), make_section("b", "r"), bands=bands)
        (problem,) = caught.value.problems
        assert field == problem.field
        assert allowed in problem.allowed

    def test_bands_at_both_ends_of_reach(self):
        """A floor may be the highest total; the lowest would leave nothing to the band below."""
        made = make(make_section("a", "q"), bands=(make_band("x"), make_band("y", 5)))
        assert "y" == score(made, Answers({"q": 5})).band.key

    def test_every_wording_has_every_language(self):
        """A language that one wording has and another lacks is named where it is missing."""
        finnish, both = {"fi": "a"}, {"en": "x", "fi": "y"}
        sections = [
            Section("a", say("a"), statements=[Statement("q", say("q")), Statement("r", both)]),
            Section("b", both, statements=[Statement("s", both)]),
        ]
        bands = [Band("b", finnish, advice=say("a")), Band("c", both, advice=both, at_least=3)]

        def make_it():
            Instrument("i", finnish, scale=Scale(1, 5), sections=sections, bands=bands)

        assert {
            "title": "only in fi",
            "sections['a'].title": "only in en",
            "sections['a'].statements['q'].text": "only in en",
            "bands['b'].title": "only in fi",
            "bands['b'].advice": "only in en",
        } == refused(DefinitionError, make_it)

    @pytest.mark.parametrize(
        ("make_it", "fields"),
        [
            (lambda: Statement("", {}, reverse=1), ["key", "text", "reverse"]),
            (lambda: Statement("q", "text"), ["text"]),
            (lambda: Statement("q", {"en": " "}), ["text"]),
            (lambda: Statement("q", {"not a tag": "x"}), ["text"]),
            (lambda: Statement("q", {None: "x"}), ["text"]),
            (lambda: Section("s", say("s"), statements=["q"]), ["statements"]),
            (lambda: Scale(1.0, high=True), ["low", "high"]),
            (lambda: Scale(5, 5), ["high"]),
            (lambda: Scale(0, 1001), ["high"]),
            (lambda: make_band("b", 20.5), ["at_least"]),
            (lambda: make_band("b", at_least=True), ["at_least"]),
            (lambda: make(make_section("a", "q"), source=""), ["source"]),
        ],
    )
    def test_parts_refuse_what_cannot_stand_there(self, make_it, fields):
        """Each part of a definition names all of its fields that are wrong."""
        assert fields == list(refused(DefinitionError, make_it))

    def test_definitions_are_values(self):
        """Instruments compare, hash, pickle and copy by what they say; floors may be fractions."""
        bands = (make_band("x"), make_band("y", Fraction(7, 2)))
        one, same = (make(make_section("a", "q"), bands=bands) for _ in range(2))
        assert one == same
        assert hash(one) == hash(same)
        assert one == pickle.loads(pickle.dumps(one)) == copy.deepcopy(one)
        assert score(one, Answers({"q": 4})) == score(
            pickle.loads(pickle.dumps(one)), Answers({"q": 4})
        )

    def test_scale(self):
        """A scale lists its ratings; turning one twice gives it back."""
        scale = Scale(0, 10)
        assert list(range(11)) == list(scale.values)
        assert [10, 7, 0] == [scale.turn(rating) for rating in (0, 3, 10)]


class TestQuestions:
    """What to ask, in the customer's own language."""

    def test_in_order(self):
        """The statements come in the order of the instrument, by key, in the language asked for."""
        asked = questions(HELPFULNESS, "fi")
        assert [one.key for one in HELPFULNESS.statements] == list(asked)
        assert "Pyrimme hoitamaan asiat kerralla kuntoon." == asked["right_first_time"]

    @pytest.mark.parametrize("tag", ["lv-LV", "LV", "lv-Latn-x-simple"])
    def test_a_special_tag_finds_the_nearest(self, tag):
        """A regional or otherwise special tag is asked in the language itself."""
        assert questions(HELPFULNESS, "lv") == questions(HELPFULNESS, tag)

    @pytest.mark.parametrize("tag", ["sv", "", "f", None])
    def test_an_unknown_language_is_refused(self, tag):
        """A language that the instrument does not have is refused, naming those it has."""
        with pytest.raises(RecordError, match=r"^questions: language is .*: one of en, fi, lv$"):
            questions(HELPFULNESS, tag)


class Agreement(IntEnum):
    """A scale of one's own."""

    NO = 1
    YES = 5


class TestAnswers:
    """What a respondent said, as a value."""

    def test_ratings_are_a_read_only_copy(self):
        """Answers keep what they were given, whatever becomes of the mapping."""
        given = {"q": 3, "r": 4}
        answers = Answers(given, "Aino", role="owner")
        given["q"] = 5
        assert {"q": 3, "r": 4} == answers.ratings
        assert (
            "Answers(ratings={'q': 3, 'r': 4}, respondent='Aino', role='owner', at=None)"
            == repr(answers)
        )
        with pytest.raises(TypeError):
            answers.ratings["q"] = 1

    def test_answers_are_values(self):
        """Equal ratings make equal answers, in whatever order; they hash, pickle and copy."""
        one, same = Answers({"q": 3, "r": 300}), Answers({"r": 300, "q": 3})
        assert one == same
        assert hash(one) == hash(same)
        assert one == pickle.loads(pickle.dumps(one)) == copy.deepcopy(one)
        assert one != Answers({"q": 3, "r": 301})
        assert Answers(one.ratings) == one
        assert one.ratings != 3
        assert isinstance(one.ratings, Mapping)
        assert 2 == len(one.ratings)
        with pytest.raises(KeyError):
            one.ratings["s"]

    def test_an_instant_is_kept_with_its_offset(self):
        """A naive instant, blank texts and ratings that are no mapping are refused together."""
        at = datetime(2026, 5, 4, tzinfo=UTC)
        assert at == Answers({}, at=at).at
        assert ["ratings", "respondent", "role", "at"] == list(
            refused(RecordError, lambda: Answers([3], "", role=" ", at=at.replace(tzinfo=None)))
        )

    def test_whole_numbers_of_a_class_of_their_own(self):
        """A member of an IntEnum counts as the number that it is."""
        answers = Answers({"a1": Agreement.YES, "a2": 1, "b1": 1, "b2": 1, "b3": Agreement.NO})
        assert Fraction(3) == score(PAIR, answers).sections[0].mean
        assert Answers({"a1": 5, "a2": 1, "b1": 1, "b2": 1, "b3": 1}) == answers


class TestScore:
    """One respondent's score."""

    @pytest.mark.parametrize("case", VECTORS["helpfulness"]["totals"])
    def test_published_totals(self, case):
        """Section sums come to the exact total and to its band."""
        result = score(HELPFULNESS, answers_with(case["section_sums"]))
        assert Fraction(case["total"]) == result.total
        assert case["band"] == result.band.key
        assert case["section_sums"] == [section.points for section in result.sections]

    def test_real_boundary_cases(self, data_folder):
        """Every boundary case comes to its exact total, band and gap, in any order of answers."""
        cases = json.loads((data_folder / "benchmark_bands" / "cases.json").read_text())["cases"]
        assert 50 == len(cases)
        for case in cases:
            given = [rating for section in case["answers"] for rating in section]
            keys = [statement.key for statement in HELPFULNESS.statements]
            pairs = list(zip(keys, given, strict=True))
            for ratings in (dict(pairs), dict(reversed(pairs))):
                result = score(HELPFULNESS, Answers(ratings))
                assert Fraction(case["total_exact"]) == result.total
                assert case["band"]["lower_bounds"] == result.band.key
                assert (case["band"]["as_published"] is None) == result.between_bands

    def test_reachable_totals(self):
        """Of the totals that answers can come to, as many as published lie between the bands."""
        totals = {0}
        for size in SIZES:
            means = {Fraction(points, size) for points in range(size, 5 * size + 1)}
            totals = {total + mean for total in totals for mean in means}
        between = [total for total in totals if 20 < total < 21 or 27 < total < 28]
        expected = VECTORS["helpfulness"]
        assert expected["reachable_totals"] == len(totals)
        assert expected["reachable_between_bands"] == len(between)
        steps = {right - left for left, right in pairwise(sorted(totals))}
        assert Fraction(expected["smallest_step"]) == min(steps)

    def test_reverse_statements_are_turned_first(self):
        """A reverse statement rated 1 counts as 5, in bytes as in any other form."""
        ratings = {"a1": 2, "a2": 3, "b1": 4, "b2": 1, "b3": 5}
        assert [Fraction(5, 2), Fraction(14, 3)] == [
            section.mean for section in score(PAIR, Answers(ratings)).sections
        ]
        wide = make(make_section("a", "q", "-r", "s"), scale=(-500, 500))
        assert Fraction(499) == score(wide, Answers({"q": 500, "r": -500, "s": 497})).total

    def test_wrong_ratings_are_named_at_once(self):
        """Unknown, missing, true, fractional and off the scale: one error lists each."""
        ratings = {"a1": True, "a2": 2.0, "b1": 6, "b2": None, "x": 3}
        assert {
            "ratings['a1']": "True",
            "ratings['a2']": "2.0",
            "ratings['b1']": "6",
            "ratings['b2']": "None",
            "ratings['x']": "unknown",
            "ratings['b3']": "missing",
        } == refused(RecordError, lambda: score(PAIR, Answers(ratings)))

    @pytest.mark.parametrize("missing", list(Missing))
    def test_an_unknown_statement(self, missing):
        """A statement that the instrument does not ask is refused under every rule."""
        ratings = {"a1": 1, "a2": 2, "b1": 3, "b2": 4, "b3": 5, "b4": 1}
        assert {"ratings['b4']": "unknown"} == refused(
            RecordError, lambda: score(PAIR, Answers(ratings), missing=missing)
        )

    @pytest.mark.parametrize("wrong", [0, 6, -1, 256, True, 3.0, "3", Fraction(3)])
    @pytest.mark.parametrize("missing", list(Missing))
    def test_a_single_wrong_rating(self, wrong, missing):
        """Nothing but a whole number of the scale is a rating, whatever the rule for gaps."""
        ratings = {"a1": 1, "a2": 2, "b1": 3, "b2": 4, "b3": wrong}
        assert ["ratings['b3']"] == list(
            refused(RecordError, lambda: score(PAIR, Answers(ratings), missing=missing))
        )

    def test_what_is_no_instrument_no_answers_no_rule(self):
        """The arguments of score are checked together."""
        assert ["instrument", "answers", "missing"] == list(
            refused(RecordError, lambda: score("i", {}, missing="skip"))
        )
        assert ["missing"] == list(
            refused(RecordError, lambda: score(PAIR, Answers({}), missing=0))
        )
        assert {"missing": "[]"} == refused(
            RecordError, lambda: score(PAIR, Answers({}), missing=[])
        )

    def test_scores_are_values(self):
        """A score is its instrument, answers and rule: equal ones compare, hash and pickle so."""
        ratings = {"a1": 1, "a2": 2, "b1": 3, "b2": 4, "b3": 5}
        one = score(PAIR, Answers(ratings), missing="prorate")
        assert one == score(PAIR, Answers(ratings), missing=Missing.PRORATE)
        assert one != score(PAIR, Answers(ratings))
        assert one == pickle.loads(pickle.dumps(one))
        assert hash(one) == hash(pickle.loads(pickle.dumps(one)))
        assert repr(one).startswith("Score(instrument=<Instrument 'i'>, answers=Answers(")

    def test_percent(self):
        """The percentage runs from the lowest total to the highest."""
        keys = [statement.key for statement in HELPFULNESS.statements]
        percents = [
            score(HELPFULNESS, Answers(dict.fromkeys(keys, rating))).percent for rating in (1, 3, 5)
        ]
        assert [0, 50, 100] == percents

    def test_weakest_first(self):
        """Sections come in order of need; equals stay in the instrument's order."""
        result = score(HELPFULNESS, answers_with([16, 8, 12, 6, 9, 5, 9]))
        assert [
            "staff",
            "products",
            "knowledge",
            "contact",
            "improvement",
            "culture",
            "comments",
        ] == [one.section.key for one in result.weakest]

    def test_a_score_of_zero_is_the_weakest(self):
        """On a scale from 0, nothing at all is less than a half."""
        made = make(make_section("a", "q", "r"), make_section("b", "s"), scale=(0, 5))
        result = score(made, Answers({"q": 0, "r": 1, "s": 0}))
        assert ["b", "a"] == [one.section.key for one in result.weakest]


GAPPY = {"a1": 4, "a2": 5, "b1": 3, "b2": 1}


class TestMissing:
    """What becomes of statements that were not answered is said, never silent."""

    def test_refused_by_default(self):
        """A gap is refused by name."""
        assert {"ratings['b3']": "missing"} == refused(
            RecordError, lambda: score(PAIR, Answers(GAPPY))
        )

    def test_prorated(self):
        """A section has the mean of what was answered, and the result says how many that were."""
        result = score(PAIR, Answers(GAPPY), missing="prorate")
        assert Missing.PRORATE is result.missing
        assert 4 == result.answered
        assert [(2, Fraction(9, 2)), (2, Fraction(4))] == [
            (section.answered, section.mean) for section in result.sections
        ]
        assert Fraction(17, 2) == result.total

    def test_prorated_by_a_number_that_is_no_part_of_the_section(self):
        """Three of four statements have a mean in thirds, and so has the total."""
        made = make(
            make_section("a", "q", "r", "s", "t"), bands=(make_band("x"), make_band("y", 3))
        )
        result = score(made, Answers({"q": 1, "r": 2, "t": 5}), missing="prorate")
        assert Fraction(8, 3) == result.total == result.sections[0].mean
        assert ("x", Fraction(1, 3), 1) == (
            result.band.key,
            result.to_next_band,
            result.tipping().rises,
        )

    def test_prorated_from_half_of_a_section(self):
        """Half a section is enough, less is not: then there is no total either."""
        half = score(PAIR, Answers({"a1": 4, "b1": 3, "b2": 1}), missing="prorate")
        less = score(PAIR, Answers({"a1": 4, "b1": 3}), missing="prorate")
        assert Fraction(8) == half.total
        assert [Fraction(4), None] == [section.mean for section in less.sections]
        assert None is less.total

    def test_omitted(self):
        """A section with a gap has no mean; the total and all that follows from it are None."""
        bands = (make_band("x"), make_band("y", 6))
        made = make(*PAIR.sections, bands=bands)
        result = score(made, Answers(GAPPY), missing="omit")
        assert [Fraction(9, 2), None] == [section.mean for section in result.sections]
        assert ["a", "b"] == [one.section.key for one in result.weakest]
        nothing = (result.total, result.percent, result.band, result.to_next_band, result.tipping())
        assert (None,) * 5 == nothing
        assert not result.between_bands

    def test_nothing_answered(self):
        """Answers without ratings score nothing, and say so."""
        result = score(PAIR, Answers({}), missing="prorate")
        assert [None, None] == [section.mean for section in result.sections]
        assert 0 == result.answered

    @pytest.mark.parametrize("rule", ["prorate", "omit"])
    def test_complete_answers_score_the_same_under_every_rule(self, rule):
        """A rule for gaps changes nothing where there are none."""
        answers = answers_with([14, 18, 13, 13, 10, 25, 9])
        lenient, strict = score(HELPFULNESS, answers, missing=rule), score(HELPFULNESS, answers)
        assert strict.total == lenient.total
        assert strict.sections == lenient.sections
        assert strict.tipping() == lenient.tipping()


BANDS_FROM_9 = (make_band("x"), make_band("y", 9))


class TestBands:
    """The band, the way to the next one, and what would lift the total into it."""

    def test_distance_to_the_next_band(self):
        """The distance is exact, and None in the highest band."""
        below = score(HELPFULNESS, answers_with([14, 18, 13, 13, 10, 25, 8]))
        top = score(HELPFULNESS, answers_with([14, 18, 13, 13, 10, 25, 9]))
        assert Fraction(1, 3) == below.to_next_band
        assert below.between_bands
        assert None is top.to_next_band
        assert None is top.tipping()

    def test_a_fractional_floor_is_reached_exactly(self):
        """A floor off the grid of totals is reached by the first total above it."""
        bands = (make_band("x"), make_band("y", Fraction(7, 3)))
        made = make(make_section("a", "q", "r"), bands=bands)
        below, above = (score(made, Answers({"q": q, "r": 3})) for q in (1, 2))
        low = score(made, Answers({"q": 1, "r": 2}))
        assert ("x", Fraction(1, 3)) == (below.band.key, below.to_next_band)
        assert "y" == above.band.key
        assert not below.between_bands
        assert not low.between_bands

    def test_between_the_bands_as_printed(self):
        """Printed bands up to 8 and from 9 on leave out what lies between, their ends excluded."""
        made = make(make_section("a", "q", "r"), make_section("b", "s"), bands=BANDS_FROM_9)
        ratings = [(q, s) for q in (3, 4, 5) for s in (4, 5)]
        scores = [score(made, Answers({"q": q, "r": 4, "s": s})) for q, s in ratings]
        assert [Fraction(17, 2)] * 2 == [one.total for one in scores if one.between_bands]
        assert {Fraction(each, 2) for each in (15, 16, 17, 18, 19)} == {one.total for one in scores}

    def test_tipping_statements(self):
        """The statements of which one better rating is enough, none of them at the top already."""
        result = score(HELPFULNESS, answers_with([14, 18, 13, 13, 10, 25, 8]))
        tipping = result.tipping()
        assert "asset" == tipping.band.key
        assert 1 == tipping.rises
        sections = {
            one.key: section.key for section in HELPFULNESS.sections for one in section.statements
        }
        found = {sections[one.key] for one in tipping.statements}
        assert {"comments", "knowledge", "contact", "improvement"} == found
        ratings = result.answers.ratings
        raised = [
            score(HELPFULNESS, Answers({**ratings, one.key: ratings[one.key] + 1}))
            for one in tipping.statements
        ]
        assert {"asset"} == {one.band.key for one in raised}

    def test_fewest_rises(self):
        """Where no single statement is enough, the fewest rises begin in the smallest sections."""
        bands = (make_band("x"), make_band("y", 9))
        made = make(make_section("a", "q"), make_section("b", "r", "s", "t"), bands=bands)
        result = score(made, Answers({"q": 3, "r": 4, "s": 4, "t": 4}))
        assert Tipping(bands[1], (), 2) == result.tipping()
        worse = score(made, Answers({"q": 3, "r": 2, "s": 3, "t": 4}))
        assert Tipping(bands[1], (), 2 + 3) == worse.tipping()

    def test_tipping_turns_reverse_statements(self):
        """For a reverse statement better means a lower rating: one at the bottom cannot rise."""
        made = make(make_section("a", "-q", "-r"), bands=(make_band("x"), make_band("y", 4)))
        tipping = score(made, Answers({"q": 4, "r": 1})).tipping()
        assert (["q"], 1) == ([one.key for one in tipping.statements], tipping.rises)

    def test_only_answered_statements_can_rise(self):
        """In a prorated section a rise is worth more; what was not answered stays so."""
        made = make(make_section("a", "q", "r"), bands=(make_band("x"), make_band("y", 4)))
        tipping = score(made, Answers({"q": 3}), missing="prorate").tipping()
        assert (["q"], 1) == ([one.key for one in tipping.statements], tipping.rises)

    def test_without_bands(self):
        """An instrument without bands has none to be in or between."""
        result = score(PAIR, Answers({"a1": 1, "a2": 2, "b1": 3, "b2": 4, "b3": 5}))
        assert (None, None, None, False) == (
            result.band,
            result.to_next_band,
            result.tipping(),
            result.between_bands,
        )


class TestShown:
    """Scores shown to people."""

    def test_plain_text(self):
        """Columns are aligned, numbers rounded half up, the weakest section first."""
        bands = (make_band("low"), make_band("high", 9))
        made = make(*PAIR.sections, bands=bands)
        ratings = {"a1": 4, "a2": 5, "b1": 4, "b2": 1, "b3": 3}
        assert [
            "i",
            "Section, weakest first  Score  Answered",
            "b                        4.00    3 of 3",
            "a                        4.50    2 of 2",
            "Total, from 2 to 10      8.50    5 of 5",
            "low. low",
            "Between the bands as they are printed, in whole numbers",
            "0.50 below: high",
        ] == str(score(made, Answers(ratings))).splitlines()

    def test_gaps_are_said(self):
        """The rule for missing answers stands below, and what has no score is a dash."""
        text = str(score(PAIR, Answers({"a1": 4, "a2": 5}), missing="omit")).splitlines()
        assert "b                           -    0 of 3" == text[3]
        assert "Missing answers: omit" == text[-1]

    def test_of_no_gaps_nothing_is_said(self):
        """Where everything was answered the rule for missing answers made no difference."""
        ratings = {"a1": 1, "a2": 2, "b1": 3, "b2": 4, "b3": 5}
        assert "Missing" not in str(score(PAIR, Answers(ratings), missing="omit"))

    def test_html_is_escaped_and_accessible(self):
        """Texts are escaped, headings scoped, bars hidden from readers; no script, no link."""
        made = make(Section("s", say("<b>&"), statements=[Statement("q", say("q"))]))
        html = score(made, Answers({"q": 4}))._repr_html_()
        assert "&lt;b&gt;&amp;" in html
        assert "<b>" not in html
        assert 3 == html.count('scope="col"')
        assert 2 == html.count('scope="row"')
        assert "width:75.0%" in html
        assert 'aria-hidden="true"' in html
        assert not any(word in html for word in ("<script", "http", "onclick", "#fff"))
