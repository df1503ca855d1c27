"""Scores of all respondents in a frame."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from servicekit.benchmark import Instrument
from servicekit.benchmark._missing import MissingRule
from servicekit.errors import Problem
from servicekit.extra.frames._answers import answers_in, scoring_by
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import opened, refuse_frame
from servicekit.extra.frames._plans import keeps_floats
from servicekit.extra.frames._scoring import Scoring, Sums

__all__ = ["score_frame"]

_FREE: Final = "one that leads to names that differ in more than small letters and capitals"


def score_frame(  # noqa: PLR0913 - options, each given by its name
    instrument: Instrument,
    frame: Any,
    *,
    missing: MissingRule = "refuse",
    respondent: str | Sequence[str] | None = None,
    statement: str | None = None,
    rating: str | None = None,
    prefix: str | None = None,
) -> Any:
    """Score..."""
    given = opened(frame)
    scoring = scoring_by("score_frame", instrument, missing)
    answers = answers_in(given, scoring, respondent=respondent, statement=statement, rating=rating)
    at_hand = isinstance(nw.from_native(frame), nw.DataFrame)
    sums = answers.checked() if at_hand else answers.sums()
    scores = dict(_scores(scoring, sums, instrument.key if prefix is None else prefix))
    _refuse_clashes(answers.kept, scores)
    plan = scoring.totals(sums).with_columns(**scores)
    return given.close(plan.select(*answers.kept, *scores))


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
