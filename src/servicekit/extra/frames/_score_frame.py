"""Scores of all respondents in a frame."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from servicekit._rules import TEXT_OR_NONE
from servicekit.benchmark import Instrument
from servicekit.benchmark._missing import MissingRule
from servicekit.errors import Problem, RecordError
from servicekit.extra.frames._answers import answers_in, scoring_by
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import opened, refuse_frame
from servicekit.extra.frames._plans import keeps_floats
from servicekit.extra.frames._scoring import Scoring, Sums

__all__ = ["score_frame"]

_Native = TypeVar("_Native")
_FREE: Final = "one that leads to names that differ in more than small letters and capitals"


def score_frame(  # noqa: PLR0913 - options, each given by its name
    instrument: Instrument,
    frame: _Native,
    *,
    missing: MissingRule = "refuse",
    respondent: str | Sequence[str] | None = None,
    statement: str | None = None,
    rating: str | None = None,
    prefix: str | None = None,
) -> _Native:
    """Score the answers in a frame, with the result of `servicekit.benchmark.score` in each row.

    In the wide layout a row is a respondent, and each statement has the column of its key; all
    columns stay. In the long layout a row is a rating: name the columns of the ``respondent`` (one
    or several), the ``statement`` (its key) and the ``rating``; the result has a row for each
    respondent. Ratings are integers, or floats that are whole numbers; null and NaN are missing.

    The columns of the result begin with ``prefix``, or else the instrument's key:

    - ``_<section key>_mean`` and ``_total``: floats, to be read;
    - ``_numerator`` over ``_denominator``: the same total exactly, in whole numbers, which decide
      the band (pandas and Dask keep them in floats where some rows have no total);
    - ``_band``, the key of the band, and ``_between_bands``, if the instrument has bands;
    - ``_answered``: how many statements were;
    - ``_refused``, for lazy frames only.

    An eager frame is checked first: ratings off the scale, and missing ones under the rule
    "refuse", are refused with the row and the column of each, of a hundred rows at most. Of a lazy
    frame nothing is computed: a row with such ratings has no scores, and ``_refused`` counts them.

    Raises `RecordError` for columns that are missing or of another type, and for names that are
    there already; `DefinitionError` for an instrument whose totals do not fit into whole numbers.

    >>> import polars as pl
    >>> from servicekit.catalogue.excellence import EXCELLENCE
    >>> keys = [statement.key for statement in EXCELLENCE.statements]
    >>> calls = pl.DataFrame({"call": ["a", "b"]} | dict.fromkeys(keys, [5, 4]))
    >>> score_frame(EXCELLENCE, calls).select("call", "excellence_total").rows()
    [('a', 30.0), ('b', 24.0)]
    """
    given = opened(frame)
    scoring = scoring_by("score_frame", instrument, missing)
    if problem := TEXT_OR_NONE.problem("prefix", prefix):
        raise RecordError("score_frame", (problem,))
    answers = answers_in(given, scoring, respondent=respondent, statement=statement, rating=rating)
    sums = answers.checked() if given.eager else answers.sums()
    scores = dict(_scores(scoring, sums, instrument.key if prefix is None else prefix))
    _refuse_clashes(answers.kept, scores)
    plan = scoring.totals(sums).with_columns(**scores)
    result: _Native = given.close(plan.select(*answers.kept, *scores))
    return result


_Columns = Iterator[tuple[str, nw.Expr]]


def _scores(scoring: Scoring, sums: Sums, prefix: str) -> _Columns:
    """Give the columns of the scores, each with its name."""
    total, parts = sums.column("total"), sums.column("parts")
    for at, section in enumerate(scoring.instrument.sections):
        yield f"{prefix}_{section.key}_mean", sums.column("units", at).cast(nw.Float64) / parts
    yield f"{prefix}_total", total.cast(nw.Float64) / parts
    yield f"{prefix}_numerator", _whole(total, sums)
    yield f"{prefix}_denominator", nw.lit(scoring.parts, nw.Int64)
    if scoring.instrument.bands:
        yield f"{prefix}_band", scoring.band(total, gaps=sums.gaps)
        yield f"{prefix}_between_bands", scoring.between(total)
    yield f"{prefix}_answered", scoring.answered(sums)
    if sums.refused:
        yield f"{prefix}_refused", sums.column("refused").cast(nw.Int64)


def _whole(total: nw.Expr, sums: Sums) -> nw.Expr:
    """Give a total as a whole number, unless the engine would have to put NaN into integers."""
    return total if sums.gaps and keeps_floats(sums.plan) else total.cast(nw.Int64)


def _refuse_clashes(kept: Iterable[str], names: Iterable[str]) -> None:
    """Refuse names that stand in the result already; engines of SQL do not tell capitals apart."""
    taken = set(map(str.casefold, kept))
    problems: list[Problem] = []
    for name in names:
        if name.casefold() in taken:
            problems.append(Problem("prefix", f"leads to {name!r}, which is there already", _FREE))
        taken.add(name.casefold())
    if problems:
        refuse_frame(problems)
