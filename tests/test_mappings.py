"""Mappings that stay as they were made."""

import copy
import pickle

import pytest

from servicekit._mappings import ReadOnly, nearest, read_only


def test_a_copy_that_nobody_changes():
    """The mapping is copied, and there is no way to set an item."""
    given = {"a": 1}
    kept = ReadOnly(given)
    given["a"] = 2
    assert {"a": 1} == kept
    assert "{'a': 1}" == repr(kept)
    with pytest.raises(TypeError):
        kept["a"] = 3


def test_it_is_a_value():
    """Equal ones hash alike in any order, and pickle and copy to equals."""
    one, same = ReadOnly({"a": 1, "b": 2}), ReadOnly({"b": 2, "a": 1})
    assert one == same
    assert hash(one) == hash(same)
    assert one == pickle.loads(pickle.dumps(one)) == copy.deepcopy(one)
    assert one != ReadOnly({"a": 1})


def test_what_is_no_mapping_is_left_for_the_rule():
    """Only mappings are made read-only."""
    assert 3 == read_only(3)
    assert isinstance(read_only({}), ReadOnly)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", "fi"),
        ("FI-fi", "fi"),
        ("pt-br", "pt-BR"),
        ("pt-BR-x-shop", "pt-BR"),
        ("pt", None),
        ("zh-Hant-TW", "zh-Hant"),
        ("sv", None),
        ("", None),
    ],
)
def test_nearest(language, expected):
    """A language is looked up from the special to the general, whatever its case."""
    assert expected == nearest(language, ["fi", "pt-BR", "zh-Hant"])
