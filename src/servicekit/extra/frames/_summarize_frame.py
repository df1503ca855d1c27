"""What the answers in a frame come to: the same summary that `servicekit.benchmark` makes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import attrs

from servicekit._rules import TEXT
from servicekit.benchmark import Instrument, Summary
from servicekit.benchmark._missing import MissingRule
from servicekit.benchmark._summarize import Pass
from servicekit.extra.frames._answers import answers_in, scoring_by
from servicekit.extra.frames._counts import Count, counted
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import Opened, opened, refuse_frame
from servicekit.extra.frames._plans import apart, text_problem
from servicekit.extra.frames._scoring import Scoring, Sums

__all__ = ["summarize_frame"]

_INCOMPLETE: Final = 1
_REFUSED: Final = 2


def summarize_frame(  # noqa: PLR0913 - options, each given by its name
    instrument: Instrument,
    frame: Any,
    *,
    role: str | None = None,
    missing: MissingRule = "omit",
    respondent: str | Sequence[str] | None = None,
    statement: str | None = None,
    rating: str | None = None,
) -> Summary:
    """Summarize the answers in a frame, with the result of `servicekit.benchmark.summarize`.

    The layout is as in `score_frame`. ``role`` names a column of text with the role of each
    respondent. Only counts leave the engine: how often each statement has which rating, each
    section which sum, and which totals there are.

    Raises `RecordError` as `score_frame` does for an eager frame; ratings of an engine that keeps
    its rows in no order are named without them.

    >>> import polars as pl
    >>> from servicekit.catalogue.excellence import EXCELLENCE
    >>> keys = [statement.key for statement in EXCELLENCE.statements]
    >>> calls = pl.LazyFrame({"by": ["Mika", "Salla"]} | dict.fromkeys(keys, [5, 4]))
    >>> summary = summarize_frame(EXCELLENCE, calls, role="by")
    >>> summary.total.mean, summary.gaps("Mika", "Salla")[0].change
    (Fraction(27, 1), Fraction(1, 1))
    """
    scoring = scoring_by("summarize_frame", instrument, missing)
    given = opened(frame)
    own = apart(given.schema)("role")
    given = attrs.evolve(given, plan=given.plan.with_columns(_coded(given, role).alias(own)))
    answers = answers_in(
        given, scoring, respondent=respondent, statement=statement, rating=rating, beside=(own,)
    )
    sums = answers.sums()
    tables = answers.tables(scoring.totals(sums), _codes(scoring, sums))
    found = list(counted(tables, sums.name))
    if any(each.what == "state" and each.code >= _REFUSED for each in found):
        answers.refuse()
    return _summary(scoring, role, found)


def _coded(frame: Opened, role: str | None) -> nw.Expr:
    """Give the role as text that is never null: empty for none, otherwise after an equals sign."""
    if role is None:
        return nw.lit("")
    if problem := text_problem(frame, role):
        refuse_frame([problem])
    return nw.concat_str(nw.lit("="), nw.col(role).cast(nw.String)).fill_null("")


def _codes(scoring: Scoring, sums: Sums) -> dict[str, nw.Expr]:
    """Give codes for the sum of each section with its number of answers, and for the total.

    The state says whether a statement was left out, and whether anything has to be refused.
    """
    sizes = scoring.layout.sizes
    codes = {
        f"section_{at}": sums.column("points", at) * (size + 1) + sums.column("answered", at)
        for at, size in enumerate(sizes)
    }
    incomplete = (scoring.answered(sums) != sum(sizes)).cast(nw.Int64) * _INCOMPLETE
    refused = (sums.column("refused") > 0).cast(nw.Int64) * _REFUSED
    return codes | {"total": sums.column("total"), "state": incomplete + refused}


def _summary(scoring: Scoring, role: str | None, found: Iterable[Count]) -> Summary:
    """Make the summary of what was counted, role by role."""
    by_role: defaultdict[str, defaultdict[str, list[Count]]]
    by_role = defaultdict(lambda: defaultdict(list))
    for each in found:
        by_role[each.role][each.what.partition("_")[0]].append(each)
    place = f"column {role!r}"
    if problems := [p for code in by_role if code and (p := TEXT.problem(place, code[1:]))]:
        refuse_frame(problems)
    one_pass, sizes = Pass(scoring.instrument, scoring.missing), scoring.layout.sizes
    for role_code, of in by_role.items():
        one_pass.tallying(role_code[1:] or None).add_counts(
            [(at, code // 2, code % 2 == 1, times) for at, code, times in _at(of["statement"])],
            [(at, *divmod(code, sizes[at] + 1), times) for at, code, times in _at(of["section"])],
            [(each.code, each.times) for each in of["total"]],
            [(each.code == _INCOMPLETE, each.times) for each in of["state"]],
        )
    return one_pass.summary()


def _at(found: Iterable[Count]) -> Iterator[tuple[int, int, int]]:
    """Give the position of each statement or section, its code and how often it has it."""
    return ((int(each.what.partition("_")[2]), each.code, each.times) for each in found)
