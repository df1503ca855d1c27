"""Answers in the wide layout: a row for each respondent, a column for each statement."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
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
        floats = any(one.floats for one in self.columns) or keeps_floats(self.frame.plan)
        dtype = self._dtype(floats=floats)
        guarded = {
            self.name(f"rating_{at}"): nw.when(one.right).then(one.given).cast(dtype)
            for at, one in enumerate(self.columns)
        }
        refuse = self.scoring.missing is Missing.REFUSE
        flags = [nw.col(*guarded).is_null()] if refuse else [one.wrong for one in self.columns]
        added = self._added([*guarded], dtype, gaps=True)
        added[self.name("refused")] = _count(*flags)
        plan = self.frame.plan.with_columns(**guarded).with_columns(**added)
        return Sums(plan, self.name, gaps=True, refused=True, floats=floats)

    def checked(self) -> Sums:
        """Do the same with a frame that is at hand, and refuse what is wrong in it."""
        plan, names = self.frame.plan, [one.name for one in self.columns]
        floats = any(one.floats for one in self.columns)
        if floats:
            read = {self.name(f"rating_{at}"): one.marked for at, one in enumerate(self.columns)}
            plan, names = plan.with_columns(**read), [*read]
        gaps = self._gaps(plan, names)
        floats = floats or (gaps and keeps_floats(plan))
        plan = plan.with_columns(**self._added(names, self._dtype(floats=floats), gaps=gaps))
        return Sums(plan, self.name, gaps=gaps, refused=False, floats=floats)

    def _dtype(self, *, floats: bool) -> Any:
        return nw.Float64 if floats else whole_numbers(self.scoring.bound)

    def tables(self, plan: Frame, codes: Mapping[str, nw.Expr]) -> Iterator[Frame]:
        """Count codes, and with them, for each statement, its ratings in sections of any kind.

        Twice a rating is its code, 1 more where the section was answered completely.
        """
        layout, rated = self.scoring.layout, dict(codes)
        for at, (span, size) in enumerate(zip(layout.spans, layout.sizes, strict=True)):
            whole = (nw.col(self.name(f"answered_{at}")) == size).cast(nw.Int16)
            for position in range(span.start, span.stop):
                rating = nw.col(self.name(f"rating_{position}"))
                rated[f"statement_{position}"] = rating * 2 + whole
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

    def _gaps(self, plan: Frame, names: Sequence[str]) -> bool:
        """Whether statements were left unanswered; ratings that are wrong are refused."""
        ratings, scale = nw.col(*names), self.scoring.layout.scale
        looks = (ratings.min(), ratings.max(), ratings.null_count())
        found = computed(
            plan.select(*(look.name.prefix(self.name(f"{at} ")) for at, look in enumerate(looks)))
        ).row(0)
        gaps = any(found[2 * len(names) :])
        ends = map(known, found[: 2 * len(names)])
        wrong = any(end not in scale.values for end in ends if end is not None)
        if wrong or (gaps and self.scoring.missing is Missing.REFUSE):
            self.refuse()
        return gaps

    def _added(self, names: Sequence[str], dtype: Any, *, gaps: bool) -> dict[str, nw.Expr]:
        """Add up the ratings of each section, turned, and count them where some may be missing."""
        layout, sums = self.scoring.layout, dict[str, nw.Expr]()
        for at, span in enumerate(layout.spans):
            positions = range(span.start, span.stop)
            forward = [names[each] for each in positions if each not in layout.turned]
            reverse = [names[each] for each in positions if each in layout.turned]
            points = [self._points(forward, dtype)] if forward else []
            if reverse:
                answered = _count(~nw.col(*reverse).is_null()) if gaps else nw.lit(len(reverse))
                ends = answered.cast(dtype) * self.scoring.ends
                points.append(ends - self._points(reverse, dtype))
            sums[self.name(f"points_{at}")] = reduce(add, points)
            if gaps:
                sums[self.name(f"answered_{at}")] = _count(~nw.col(*names[span]).is_null())
        return sums

    def _points(self, names: Sequence[str], dtype: Any) -> nw.Expr:
        """Add up columns; what is missing adds nothing."""
        return nw.sum_horizontal(nw.col(*names).cast(dtype))


def _count(*flags: nw.Expr) -> nw.Expr:
    """Count the flags that are set."""
    return nw.sum_horizontal(*(flag.cast(nw.Int16) for flag in flags))


def wide_layout(scoring: Scoring, frame: Opened) -> Wide:
    """Find the columns of a wide layout; refuse all that are not there or of another type."""
    columns = rating_columns(scoring.layout.scale, frame, scoring.layout.shape.keys)
    return Wide(scoring, frame, columns=columns, name=apart(frame.schema))
