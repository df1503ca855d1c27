"""The errors: whose mistake, what they hold, what they say."""

import pickle
from copy import copy, deepcopy

import pytest

from samples import ERRORS, numbered
from servicekit.errors import (
    CurrencyError,
    DefinitionError,
    FlowError,
    RecordError,
    ServicekitError,
    shown,
)

SENTENCES = (
    "whatever",
    "Customer: name is '', allowed: text",
    """\
Customer has 2 problems:
  name is '', allowed: text
  phone is 5, allowed: text or None""",
    "WorkCalendar: name is '', allowed: text",
    (
        "step 3: Fix (fixed) is not possible at stage received; missing: the cause (Cause); "
        "allowed: confirmed, closed"
    ),
    (
        "step 0: PromiseKept is not possible at stage received; missing: an open promise 'call'; "
        "allowed: closed"
    ),
    "cannot combine 1 EUR with 1 GBP, allowed: amounts of one currency",
    "Scale: name is '', allowed: text",
    """\
Instrument has 2 problems:
  name is '', allowed: text
  phone is 5, allowed: text or None""",
)


@pytest.mark.parametrize(
    ("error", "sentence"), list(zip(ERRORS, SENTENCES, strict=True)), ids=numbered(ERRORS)
)
def test_sentence(error, sentence):
    """Every error says what, where and what was allowed."""
    assert sentence == str(error)


@pytest.mark.parametrize("kind", [RecordError, DefinitionError, FlowError, CurrencyError])
def test_caught_as_what_they_are(kind):
    """Each error is one of the library and the builtin that it is."""
    assert (True, True) == (issubclass(kind, ServicekitError), issubclass(kind, ValueError))


@pytest.mark.parametrize("error", ERRORS, ids=numbered(ERRORS))
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickles_with_facts_and_notes(error, protocol):
    """An error comes out of a pickle with its class, its facts, its sentence and its notes."""
    noted = deepcopy(error)
    noted.add_note("in line 7")

    again = pickle.loads(pickle.dumps(noted, protocol))

    assert (type(error), repr(error), str(error)) == (type(again), repr(again), str(again))
    assert ["in line 7"] == again.__notes__


@pytest.mark.parametrize("error", ERRORS, ids=numbered(ERRORS))
def test_copies(error):
    """A copy of an error says the same."""
    assert str(error) == str(copy(error)) == str(deepcopy(error))


@pytest.mark.parametrize("error", ERRORS, ids=numbered(ERRORS))
def test_hashes(error):
    """An error can stand in a set."""
    assert hash(error) == hash(error)


@pytest.mark.parametrize("error", ERRORS[1:], ids=numbered(ERRORS[1:]))
def test_raised_and_chained(error):
    """Frozen as they are, errors can be raised, chained, and given a traceback."""
    cause = KeyError("k")
    with pytest.raises(type(error)) as caught:
        raise error from cause
    assert cause is caught.value.__cause__


@pytest.mark.parametrize("error", ERRORS[1:], ids=numbered(ERRORS[1:]))
def test_frozen(error):
    """The facts of an error cannot be changed."""
    with pytest.raises(AttributeError):
        error.record = error.step = error.left = "other"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("x" * 100, f"'{'x' * 27}...{'x' * 28}'"),
        pytest.param(10**5000, "<int>", id="huge"),
        (None, "None"),
        (["a"] * 10, "['a', 'a', 'a', 'a', 'a', 'a', ...]"),
        ("two\nlines", r"'two\nlines'"),
    ],
)
def test_shown(value, expected):
    """What a value looks like fits in a line, even where Python refuses to print it."""
    assert expected == shown(value)
