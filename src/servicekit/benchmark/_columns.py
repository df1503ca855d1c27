"""Answers that come as columns: for each statement the ratings of all respondents, in one order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from servicekit.benchmark._answers import Answers
from servicekit.benchmark._held import Columns, columns_held
from servicekit.benchmark._instrument import Instrument, layout_of
from servicekit.benchmark._lanes import LONGEST
from servicekit.benchmark._layout import Layout
from servicekit.benchmark._missing import MissingRule
from servicekit.benchmark._summarize import Pass
from servicekit.benchmark._summary import Summary

__all__ = ["summarize_columns"]


def summarize_columns(
    instrument: Instrument,
    columns: Columns,
    *,
    role: str | None = None,
    missing: MissingRule = "omit",
) -> Summary:
    """Summarize the answers of one role that stand in columns, with the result of `summarize`.

    Whole columns of small numbers are added up without a loop over respondents. Summaries of
    several roles are added with ``+``.

    Raises `RecordError` with every statement without a column, every column without a statement and
    columns of different length, or with every rating that is wrong, as `summarize` does.

    >>> from servicekit.catalogue.excellence import EXCELLENCE
    >>> columns = {statement.key: [5, 4] for statement in EXCELLENCE.statements}
    >>> summarize_columns(EXCELLENCE, columns).total.mean
    Fraction(27, 1)
    """
    one_pass = Pass(instrument, missing)
    held = columns_held("summarize_columns", columns, layout_of(instrument).shape.keys)
    blocks = _blocks(layout_of(instrument), list(held.values()))
    if blocks is None:
        one_pass.add_all(_rows(held, role))
    else:
        for block in blocks:
            one_pass.tallying(role).add_columns(block)
    return one_pass.summary()


def _blocks(layout: Layout, columns: Sequence[Any]) -> Iterator[list[bytes]] | None:
    """Cut valid columns into blocks; None where ratings have to be looked at one by one."""
    if layout.valid is None or not all(isinstance(column, bytes) for column in columns):
        return None
    if any(column.translate(None, layout.valid) for column in columns):
        return None
    starts = range(0, len(columns[0]), LONGEST)
    return ([column[start : start + LONGEST] for column in columns] for start in starts)


def _rows(columns: Mapping[str, Iterable[Any]], role: str | None) -> Iterator[Answers]:
    for ratings in zip(*columns.values(), strict=True):
        given = zip(columns, ratings, strict=True)
        yield Answers({key: one for key, one in given if one is not None}, role=role)
