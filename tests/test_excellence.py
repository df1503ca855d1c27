"""The scorecard of the six marks of excellent service."""

import pytest

from servicekit.benchmark import Answers, questions, score
from servicekit.catalogue.excellence import EXCELLENCE


def test_six_marks():
    """Six marks, each with what its source says of it, and no bands that it does not have."""
    assert {
        "reliability": 2,
        "timeliness": 2,
        "personal_touch": 3,
        "approachability": 2,
        "flexibility": 2,
        "above_and_beyond": 2,
    } == {section.key: len(section.statements) for section in EXCELLENCE.sections}
    assert () == EXCELLENCE.bands


def test_one_interaction():
    """One interaction scores between 6 and 30, the mark that needs most work first."""
    ratings = dict.fromkeys((one.key for one in EXCELLENCE.statements), 5) | {"by_name": 1}
    result = score(EXCELLENCE, Answers(ratings))
    assert (6, 30) == (EXCELLENCE.lowest, EXCELLENCE.highest)
    assert "personal_touch" == result.weakest[0].section.key
    assert None is result.band


@pytest.mark.parametrize("language", ["en", "fi", "lv"])
def test_languages(language):
    """Every statement is asked in every language, no two alike, each a full sentence."""
    asked = questions(EXCELLENCE, language)
    assert 13 == len(set(asked.values()))
    assert all(text[0].isupper() and text.endswith(".") for text in asked.values())
