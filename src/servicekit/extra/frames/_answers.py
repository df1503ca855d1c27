"""The answers in a frame, in the one layout or the other, to be scored by an instrument."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from servicekit._rules import is_a
from servicekit._values import several
from servicekit.benchmark import Instrument, Missing
from servicekit.benchmark._missing import MissingRule, rule
from servicekit.errors import Problem, RecordError, shown
from servicekit.extra.frames._long import Long, long_layout
from servicekit.extra.frames._opening import Opened
from servicekit.extra.frames._scoring import Scoring
from servicekit.extra.frames._wide import Wide, wide_layout

__all__ = ["answers_in", "scoring_by"]

_COLUMN: Final = "the name of a column; respondent, statement and rating go together"
_COLUMNS: Final = "the name of a column, or several; respondent, statement and rating go together"


def scoring_by(function: str, instrument: Instrument, missing: MissingRule) -> Scoring:
    """Take an instrument and a rule for missing answers; refuse what is neither."""
    asked = (
        is_a(Instrument).problem("instrument", instrument),
        is_a(Missing).problem("missing", rule(missing)),
    )
    if problems := tuple(filter(None, asked)):
        raise RecordError(function, problems)
    return Scoring(instrument, rule(missing))


def answers_in(  # noqa: PLR0913 - options, each given by its name
    frame: Opened,
    scoring: Scoring,
    *,
    respondent: str | Sequence[str] | None,
    statement: str | None,
    rating: str | None,
    beside: tuple[str, ...] = (),
) -> Wide | Long:
    """Find the answers in a frame: wide, unless the columns of a long layout are named."""
    if respondent is None and statement is None and rating is None:
        return wide_layout(scoring, frame)
    names = several(respondent)
    if problems := tuple(_unnamed(names, statement, rating)):
        raise RecordError("long layout", problems)
    return long_layout(
        scoring,
        frame,
        respondent=names,
        beside=beside,
        statement=str(statement),
        rating=str(rating),
    )


def _unnamed(respondent: tuple[Any, ...], *columns: object) -> Iterator[Problem]:
    if not respondent or not all(isinstance(each, str) for each in respondent):
        yield Problem("respondent", shown(respondent), _COLUMNS)
    for name, column in zip(("statement", "rating"), columns, strict=True):
        if not isinstance(column, str):
            yield Problem(name, shown(column), _COLUMN)
