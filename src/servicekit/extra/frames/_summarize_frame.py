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
from servicekit.extra.frames._counts import Count, Of, counted, counts
from servicekit.extra.frames._long import Long
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import Frame, Opened, opened, refuse_frame
from servicekit.extra.frames._plans import apart, text_problem
from servicekit.extra.frames._scoring import Scoring
from servicekit.extra.frames._wide import Wide

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
    """Summarize the answers in a frame."""
    scoring = scoring_by("summarize_frame", instrument, missing)
    given = opened(frame)
    own = apart(given.schema)("role")
    given = attrs.evolve(given, plan=given.plan.with_columns(_coded(given, role).alias(own)))
    answers = answers_in(
        given, scoring, respondent=respondent, statement=statement, rating=rating, beside=(own,)
    )
    found = tuple(counted(_tables(scoring, answers)))
    if any(each.of == Of.TOTAL and each.other >= _REFUSED for each in found):
        answers.refuse()
    return _summary(scoring, role, found)


def _coded(frame: Opened, role: str | None) -> nw.Expr:
    """Give the role as text that is never null: empty for none, otherwise after an equals sign."""
    if role is None:
        return nw.lit("")
    if problem := text_problem(frame, role):
        refuse_frame([problem])
    return nw.concat_str(nw.lit("="), nw.col(role).cast(nw.String)).fill_null("")


def _tables(scoring: Scoring, answers: Wide | Long) -> Iterator[Frame]:
    """Count ratings, sums of sections and totals."""
    sums, sizes = answers.sums(), scoring.layout.sizes
    whole = {
        sums.name(f"whole_{at}"): (sums.column("answered", at) == size).cast(nw.Int64)
        for at, size in enumerate(sizes)
    }
    incomplete = (scoring.answered(sums) != sum(sizes)).cast(nw.Int64) * _INCOMPLETE
    refused = (sums.column("refused") > 0).cast(nw.Int64) * _REFUSED
    state = {sums.name("state"): incomplete + refused}
    plan = scoring.totals(sums).with_columns(**whole, **state)
    yield from answers.ratings(plan)
    for at in range(len(sizes)):
        yield counts(plan, sums.name, Of.SECTION, at, (f"points_{at}", f"answered_{at}"))
    yield counts(plan, sums.name, Of.TOTAL, 0, ("total", "state"))


def _summary(scoring: Scoring, role: str | None, found: Iterable[Count]) -> Summary:
    """Make the summary of what was counted, role by role."""
    by_role: defaultdict[str, list[Count]] = defaultdict(list)
    for each in found:
        by_role[each.role].append(each)
    place = f"column {role!r}"
    if problems := [p for code in by_role if code and (p := TEXT.problem(place, code[1:]))]:
        refuse_frame(problems)
    one_pass = Pass(scoring.instrument, scoring.missing)
    for code, of in by_role.items():
        one_pass.tallying(code[1:] or None).add_counts(
            [(at, number, whole == 1, times) for at, number, whole, times in _those(of, Of.RATING)],
            list(_those(of, Of.SECTION)),
            [(each.number, bool(each.other), each.times) for each in of if each.of == Of.TOTAL],
        )
    return one_pass.summary()


def _those(counts: Iterable[Count], of: Of) -> Iterator[tuple[int, int, int, int]]:
    """Give position, number, other number and times of what is counted and has a number."""
    for each in counts:
        if each.of == of and each.number is not None:
            yield each.at, each.number, each.other, each.times
