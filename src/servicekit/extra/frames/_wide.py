"""Answers in the wide layout: a row for each respondent, a column for each statement."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain
from operator import add
from typing import Any, NoReturn

from attrs import field, frozen

from servicekit.benchmark import Missing
from servicekit.extra.frames._counts import counts
from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import Frame, Opened, refuse_frame
from servicekit.extra.frames._plans import (
    apart,
    computed,
    few,
    in_order,
    keeps_floats,
    known,
    place,
)
from servicekit.extra.frames._ratings import RatingColumn, rating_columns
from servicekit.extra.frames._scoring import Scoring, Sums, whole_numbers

__all__ = ["Wide", "wide_layout"]


@frozen
class Wide:
    """Ratings in columns, one for each statement of the instrument, in its order."""

    scoring: Scoring
    frame: Opened
    columns: Sequence[RatingColumn] = field(kw_only=True)
    name: Callable[[str], str] = field(kw_only=True)

    @property
    def kept(self) -> tuple[str, ...]:
        """The columns that stay beside the scores."""
        return tuple(self.frame.schema)

    def sums(self) -> Sums:
        """Add up each respondent's ratings; what cannot be scored is left out and counted."""
        floats = self._floats(gaps=True)
        dtype = nw.Float64 if floats else whole_numbers(self.scoring.bound)
        guarded = {
            self.name(f"rating_{at}"): nw.when(one.right).then(one.given).cast(dtype)
            for at, one in enumerate(self.columns)
        }
        ratings = [nw.col(name) for name in guarded]
        refuse = self.scoring.missing is Missing.REFUSE
        refused = _count(
            one.is_null() if refuse else self.columns[at].wrong for at, one in enumerate(ratings)
        )
        added = self._added(ratings, gaps=True) | {self.name("refused"): refused}
        plan = self.frame.plan.with_columns(**guarded).with_columns(**added)
        return Sums(plan, self.name, gaps=True, refused=True, floats=floats)

    def checked(self) -> Sums:
        """Do the same with a frame that is at hand, and refuse what is wrong in it."""
        gaps = self._gaps()
        floats = self._floats(gaps=gaps)
        dtype = nw.Float64 if floats else whole_numbers(self.scoring.bound)
        added = self._added([one.given.cast(dtype) for one in self.columns], gaps=gaps)
        plan = self.frame.plan.with_columns(**added)
        return Sums(plan, self.name, gaps=gaps, refused=False, floats=floats)

    def tables(self, plan: Frame, codes: Mapping[str, nw.Expr]) -> Iterator[Frame]:
        """Count codes, and with them, for each statement, its ratings in sections of any kind.

        Twice a rating is its code, 1 more where the section was answered completely.
        """
        layout, rated = self.scoring.layout, dict(codes)
        for at, (span, size) in enumerate(zip(layout.spans, layout.sizes, strict=True)):
            whole = (nw.col(self.name(f"answered_{at}")) == size).cast(nw.Int64)
            for position in range(span.start, span.stop):
                rating = nw.col(self.name(f"rating_{position}"))
                rated[f"statement_{position}"] = rating.cast(nw.Float64) * 2 + whole
        return counts(plan, rated, self.name)

    def refuse(self) -> NoReturn:
        """Refuse the ratings that are wrong."""
        row, gaps = self.name("row"), self.scoring.missing is not Missing.REFUSE
        flags = (one.wrong if gaps else one.wrong | one.missing for one in self.columns)
        wrong = in_order(self.frame.plan, row).filter(nw.any_horizontal(*flags, ignore_nulls=True))
        refuse_frame(
            [
                problem
                for values in few(wrong, [row, *(one.name for one in self.columns)])
                for one in self.columns
                for problem in one.problems(
                    values[one.name], place(one.name, values[row]), gaps=gaps
                )
            ]
        )

    def _gaps(self) -> bool:
        """Whether statements were left unanswered; ratings that are wrong are refused."""
        looks = enumerate(chain.from_iterable(one.looks for one in self.columns))
        found = computed(self.frame.plan.select(*(look.alias(f"{at}") for at, look in looks))).row(
            0
        )
        scale, gaps = self.scoring.layout.scale, any(found[2::3])
        ends = map(known, (*found[::3], *found[1::3]))
        wrong = any(end not in scale.values for end in ends if end is not None)
        if wrong or (gaps and self.scoring.missing is Missing.REFUSE):
            self.refuse()
        return gaps

    def _floats(self, *, gaps: bool) -> bool:
        """Whether whole numbers have to be kept in floats."""
        return any(one.floats for one in self.columns) or (gaps and keeps_floats(self.frame.plan))

    def _added(self, ratings: Sequence[nw.Expr], *, gaps: bool) -> dict[str, nw.Expr]:
        """Add up the ratings of each section, turned, and count them where some may be missing."""
        layout, ends = self.scoring.layout, self.scoring.ends
        turned = [ends - one if at in layout.turned else one for at, one in enumerate(ratings)]
        sums: dict[str, Any] = {}
        for at, span in enumerate(layout.spans):
            points = [one.fill_null(0) for one in turned[span]] if gaps else turned[span]
            sums[self.name(f"points_{at}")] = reduce(add, points)
            if gaps:
                answered = _count(~one.is_null() for one in ratings[span])
                sums[self.name(f"answered_{at}")] = answered
        return sums


def _count(flags: Iterable[nw.Expr]) -> nw.Expr:
    """Count the flags that are set."""
    return reduce(add, (flag.cast(nw.Int16) for flag in flags))


def wide_layout(scoring: Scoring, frame: Opened) -> Wide:
    """Find the columns of a wide layout; refuse all that are not there or of another type."""
    columns = rating_columns(scoring.layout.scale, frame, scoring.layout.shape.keys)
    return Wide(scoring, frame, columns=columns, name=apart(frame.schema))
