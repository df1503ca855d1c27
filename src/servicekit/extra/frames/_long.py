"""Answers in the long layout: a row for each rating, with its statement and its respondent."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any, Final, NoReturn

import attrs
from attrs import field, frozen

from servicekit.benchmark import Missing
from servicekit.errors import Problem, shown
from servicekit.extra.frames._counts import counts, times
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import Frame, Opened, absent, refuse_frame
from servicekit.extra.frames._plans import (
    apart,
    computed,
    few,
    in_order,
    keeps_floats,
    place,
    text_problem,
)
from servicekit.extra.frames._ratings import RatingColumn, rating_columns
from servicekit.extra.frames._scoring import Scoring, Sums

__all__ = ["Long", "long_layout"]

_UNKNOWN: Final = -1
"""The section of a statement that is none of the instrument's."""
_FAULTS: Final = {
    "unnamed": "ratings without a respondent",
    "repeated": "statements rated more than once",
    "missing": "statements left unanswered",
}
"""What can be wrong with a respondent whose ratings are right one by one."""


@frozen
class Long:
    """Ratings in rows: the columns that say who answered, which statement, and what."""

    scoring: Scoring
    frame: Opened
    respondent: tuple[str, ...] = field(kw_only=True)
    beside: tuple[str, ...] = field(kw_only=True)
    statement: str = field(kw_only=True)
    rating: RatingColumn = field(kw_only=True)
    name: Callable[[str], str] = field(kw_only=True)

    @property
    def kept(self) -> tuple[str, ...]:
        """The columns that stay beside the scores."""
        return *self.respondent, *self.beside

    def sums(self) -> Sums:
        """Add up each respondent's ratings; what cannot be scored is left out and counted."""
        sections, section = range(len(self.scoring.layout.sizes)), self._own("section")
        spread = {
            self.name(f"{what}_{at}"): nw.when(section == at).then(self._own(what)).otherwise(0)
            for what in ("points", "answered")
            for at in sections
        }
        plan = self._by_section().with_columns(**spread)
        plan = _summed(plan, self.kept, [*spread, *map(self.name, ("wrong", "repeated"))])
        plan = plan.with_columns(
            self._missing().alias(self.name("missing")), self._unnamed().alias(self.name("unnamed"))
        )
        refused = reduce(add, map(self._own, ("wrong", *_FAULTS)))
        plan = plan.with_columns(refused.alias(self.name("refused")))
        return Sums(plan, self.name, gaps=True, refused=True, floats=keeps_floats(plan))

    def checked(self) -> Sums:
        """Do the same with a frame that is at hand, and refuse what is wrong in it."""
        sums = self.sums()
        plan = computed(sums.plan)
        if not plan.filter(self._own("refused") > 0).is_empty():
            self.refuse()
        return attrs.evolve(sums, plan=plan, refused=False)

    def tables(self, plan: Frame, codes: Mapping[str, nw.Expr]) -> Iterator[Frame]:
        """Count codes, and with them, for each statement, its ratings in sections of any kind.

        Twice a rating is its code, 1 more where the section was answered completely.
        """
        yield from counts(plan, codes, self.name)
        section, whole = self._own("section"), nw.lit(0)
        for at, size in enumerate(self.scoring.layout.sizes):
            complete = (self._own("answered") == size).cast(nw.Int64)
            whole = nw.when(section == at).then(complete).otherwise(whole)
        keys = [*self.kept, self.name("section")]
        sections: Any = self._by_section().select(*keys, whole.alias(self.name("whole")))
        rated: Any = self._rated().select(*keys, *map(self.name, ("key", "rating")))
        rated = rated.join(sections, on=keys, how="left")
        code = self._own("rating") * 2 + self._own("whole")
        what = nw.lit("unknown")
        for at, key in enumerate(self.scoring.layout.shape.keys):
            position = nw.lit(self.name(f"statement_{at}"))
            what = nw.when(self._own("key") == key).then(position).otherwise(what)
        rated = rated.with_columns(code.alias(self.name("code")))
        yield times(rated, self.name, self.name("key"), what=what, code=self.name("code"))

    def refuse(self) -> NoReturn:
        """Refuse the ratings that are wrong, or else the respondents that are."""
        row, columns = self.name("row"), (self.statement, self.rating.name)
        wrong = in_order(self._rated(), row).filter(self._own("wrong") > 0)
        found = (self._row_problems(each, each[row]) for each in few(wrong, [row, *columns]))
        problems = [problem for each in found for problem in each]
        if not problems:
            faulty = self.sums().plan.filter(self._own("refused") > 0)
            names = [*self.respondent, *map(self.name, _FAULTS)]
            problems = [p for each in few(faulty, names) for p in self._problems(each)]
        refuse_frame(problems)

    def _own(self, what: str) -> nw.Expr:
        return nw.col(self.name(what))

    def _rated(self) -> Frame:
        """Find the section of each rating, turn what has to be, and flag what is wrong."""
        key, rating = self._own("key"), self._own("rating")
        given = nw.when(self.rating.right).then(self.rating.given).cast(nw.Float64)
        plan = self.frame.plan.with_columns(
            nw.col(self.statement).cast(nw.String).alias(self.name("key")),
            given.alias(self.name("rating")),
        ).with_columns(
            self._section(key).alias(self.name("section")),
            self._turned(key, rating).fill_null(0).alias(self.name("points")),
            (~rating.is_null()).cast(nw.Int64).alias(self.name("answered")),
            self.rating.wrong.alias(self.name("wrong")),
        )
        wrong = self._own("wrong") | (self._own("section") == _UNKNOWN)
        return plan.with_columns(wrong.cast(nw.Int64).alias(self.name("wrong")))

    def _section(self, key: nw.Expr) -> nw.Expr:
        layout = self.scoring.layout
        section: nw.Expr = nw.lit(_UNKNOWN)
        for at, span in enumerate(layout.spans):
            here = key.is_in(layout.shape.keys[span])
            section = nw.when(here).then(nw.lit(at)).otherwise(section)
        return section

    def _turned(self, key: nw.Expr, rating: nw.Expr) -> nw.Expr:
        layout = self.scoring.layout
        if not layout.turned:
            return rating
        reverse = key.is_in([layout.shape.keys[at] for at in sorted(layout.turned)])
        return nw.when(reverse).then(self.scoring.ends - rating).otherwise(rating)

    def _by_section(self) -> Frame:
        """Add up by respondent and section, and count statements that come more than once."""
        rows, statements = self.name("rows"), self.name("statements")
        plan = self._rated().group_by(*self.kept, self.name("section"))
        repeated = (nw.col(rows) - nw.col(statements)).cast(nw.Int64)
        return plan.agg(
            *(self._own(what).sum() for what in ("points", "answered", "wrong")),
            nw.len().alias(rows),
            self._own("key").n_unique().alias(statements),
        ).with_columns(repeated.alias(self.name("repeated")))

    def _missing(self) -> nw.Expr:
        """Count the statements left unanswered, where that is refused."""
        if self.scoring.missing is not Missing.REFUSE:
            return nw.lit(0)
        sizes = self.scoring.layout.sizes
        gaps = sum(sizes) - reduce(add, (self._own(f"answered_{at}") for at in range(len(sizes))))
        return nw.when(gaps > 0).then(gaps).otherwise(0)

    def _unnamed(self) -> nw.Expr:
        """Flag what has no respondent: nobody knows whose ratings these are."""
        columns = ((nw.col(each), self.frame.schema[each]) for each in self.respondent)
        flags = (
            one.is_null() | one.is_nan() if dtype.is_float() else one.is_null()
            for one, dtype in columns
        )
        return nw.any_horizontal(*flags, ignore_nulls=True).cast(nw.Int64)

    def _row_problems(self, values: dict[str, Any], row: int | None) -> Iterator[Problem]:
        keys, key = self.scoring.layout.shape.keys, values[self.statement]
        if key not in keys:
            allowed = f"a statement of the instrument, such as {keys[0]!r}"
            yield Problem(place(self.statement, row), shown(key), allowed)
        rating = values[self.rating.name]
        yield from self.rating.problems(rating, place(self.rating.name, row), gaps=True)

    def _problems(self, values: dict[str, Any]) -> Iterator[Problem]:
        who = ", ".join(f"{each} {shown(values[each])}" for each in self.respondent)
        for fault, what in _FAULTS.items():
            if times := values[self.name(fault)]:
                yield Problem(f"{who}: {what}", str(times), "none")


def _summed(plan: Frame, by: Sequence[str], columns: Sequence[str]) -> Frame:
    sums = (nw.col(each).sum() for each in columns)
    whole = (nw.col(each).cast(nw.Int64) for each in columns)
    return plan.group_by(*by).agg(*sums).with_columns(*whole)


def long_layout(  # noqa: PLR0913 - columns, each given by its name
    scoring: Scoring,
    frame: Opened,
    *,
    respondent: tuple[str, ...],
    beside: tuple[str, ...],
    statement: str,
    rating: str,
) -> Long:
    """Find the columns of a long layout; refuse all that are not there or of another type."""
    problems = [absent(name, frame.schema) for name in respondent if name not in frame.schema]
    if problem := text_problem(frame, statement):
        problems.append(problem)
    if problems:
        refuse_frame(problems)
    (column,) = rating_columns(scoring.layout.scale, frame, [rating])
    return Long(
        scoring,
        frame,
        respondent=respondent,
        beside=beside,
        statement=statement,
        rating=column,
        name=apart(frame.schema),
    )
