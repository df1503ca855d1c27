"""Laws of columns that are counted and added without a loop: what a loop would give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicekit.benchmark._lanes import (
    SHORT,
    byte_sum,
    lane_sums,
    narrow_sums,
    reaching,
    short_square_sum,
    square_sum,
    value_counts,
    weighted_lanes,
)

columns = st.binary(min_size=1, max_size=300)
shorts = st.lists(st.integers(0, SHORT - 1), min_size=1, max_size=100)


def in_lanes(values):
    """Put values into lanes of two bytes."""
    return int.from_bytes(b"".join(value.to_bytes(2, "little") for value in values), "little")


@given(st.integers(0, 243), st.integers(2, 12), st.data())
def test_value_counts(low, width, data):
    """Every value is counted as often as it occurs."""
    values = range(low, low + width)
    column = bytes(data.draw(st.lists(st.sampled_from(values), min_size=1, max_size=200)))
    assert [column.count(value) for value in values] == value_counts(column, values)


@given(columns)
def test_sums(column):
    """Sums and sums of squares are exact."""
    assert sum(column) == byte_sum(column)
    assert sum(value * value for value in column) == square_sum(column)


def test_sums_of_the_longest_column():
    """The longest column of the largest values is still added up exactly."""
    column = b"\xff" * 65_000
    assert 65_000 * 255 == byte_sum(column)
    assert 65_000 * 255**2 == square_sum(column)


@given(st.lists(st.tuples(*[st.integers(0, 63)] * 4), min_size=1, max_size=50))
def test_lanes(rows):
    """Columns are added up for each respondent, with weights or without."""
    given_columns = [bytes(column) for column in zip(*rows, strict=True)]
    assert list(map(sum, rows)) == list(lane_sums(given_columns))
    weights = (1, 5, 12, 60)
    expected = [sum(w * r for w, r in zip(weights, row, strict=True)) for row in rows]
    assert in_lanes(expected) == weighted_lanes(given_columns, weights)


@given(st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=50), st.integers(0, 8))
def test_narrow_sums(rows, width):
    """Columns are added up in bytes where three of the most that their bits hold fit into one."""
    rows = [tuple(value % 2**width for value in row) for row in rows]
    added = narrow_sums([bytes(column) for column in zip(*rows, strict=True)])
    bits = max(max(row) for row in rows).bit_length()
    assert (None if bits > 6 else bytes(map(sum, rows))) == added


@pytest.mark.parametrize(
    ("value", "columns", "total"),
    [
        (255, 1, 255),
        (127, 2, 254),
        (127, 3, None),
        (15, 17, 255),
        (15, 18, None),
        (1, 255, 255),
        (1, 256, None),
        (0, 300, 0),
    ],
)
def test_narrow_sums_up_to_the_last_that_fits(value, columns, total):
    """Columns of the largest value that so many bits hold are added up as long as that fits."""
    added = narrow_sums([bytes([value, 0])] * columns)
    assert (None if total is None else bytes([total, 0])) == added


@given(shorts)
def test_short_square_sum(values):
    """Squares of lanes of two bytes are added up exactly."""
    expected = sum(value * value for value in values)
    assert expected == short_square_sum(in_lanes(values), len(values))


@given(shorts, st.integers(1, SHORT))
def test_reaching(values, floor):
    """As many lanes reach a floor as values do."""
    expected = sum(value >= floor for value in values)
    assert expected == reaching(in_lanes(values), len(values), floor)
