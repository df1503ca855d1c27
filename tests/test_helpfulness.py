"""The helpfulness benchmark as published."""

from fractions import Fraction

import pytest

from servicekit.benchmark import Scale, questions
from servicekit.catalogue.helpfulness import HELPFULNESS


def test_as_published():
    """25 statements in seven sections rated 1 to 5, a total of 7 to 35, floors 21 and 28."""
    assert [4, 4, 3, 3, 3, 5, 3] == [len(section.statements) for section in HELPFULNESS.sections]
    assert 25 == len(HELPFULNESS.statements)
    assert Scale(1, 5) == HELPFULNESS.scale
    assert (7, 35) == (HELPFULNESS.lowest, HELPFULNESS.highest)
    assert [None, 21, 28] == [band.at_least for band in HELPFULNESS.bands]
    assert not any(statement.reverse for statement in HELPFULNESS.statements)


@pytest.mark.parametrize("floor", [21, 28])
def test_floors_are_averages_of_whole_ratings(floor):
    """A floor is seven sections of 3, and of 4."""
    assert Fraction(floor, 7) in (3, 4)


@pytest.mark.parametrize("language", ["en", "fi", "lv"])
def test_languages(language):
    """Every statement is asked in every language, no two alike, each a full sentence."""
    asked = questions(HELPFULNESS, language)
    assert 25 == len(set(asked.values()))
    assert all(text[0].isupper() and text.endswith(".") for text in asked.values())
    assert ("en", "fi", "lv") == HELPFULNESS.languages
