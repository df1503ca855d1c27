"""One respondent's score, exact and with what follows from it."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache, partial
from itertools import count, repeat
from operator import itemgetter, mul
from typing import Any, Final, cast

from attrs import field, frozen

from servicekit._rules import is_a
from servicekit._tables import Line, Listed, Table, Tabled, rounded
from servicekit._values import Value, refusal
from servicekit.benchmark._answers import Answers
from servicekit.benchmark._instrument import Instrument, layout_of
from servicekit.benchmark._layout import Layout, Unit, ratio
from servicekit.benchmark._missing import Missing, MissingRule, rule
from servicekit.benchmark._parts import Band, Section, Statement
from servicekit.benchmark._reading import added_up, ratings_of, ratings_problems, row_with_gaps
from servicekit.benchmark._shown import bar, named, said, standing

__all__ = ["Score", "SectionScore", "Tipping", "score"]


@frozen
class SectionScore(Listed):
    """What one respondent's ratings of a section come to.

    ``points`` is the sum of the ratings, turned where the statement is a reverse one. ``mean`` is
    the score, None for a section that has none under the rule for missing answers.
    """

    section: Section
    points: int
    answered: int
    mean: Fraction | None


@frozen
class Tipping(Listed):
    """What would lift a total into the next band.

    ``statements`` are those of which any one, rated one better, is enough; there may be none.
    ``rises`` is the smallest number of ratings, or repeated rises of the same rating, by one that
    does it.
    """

    band: Band
    statements: tuple[Statement, ...]
    rises: int


@frozen
class Score(Tabled, Value):
    """A respondent's answers scored by an instrument.

    ``missing`` is the rule that was applied to statements without an answer, ``answered`` says how
    many have one. All scores are exact fractions; the total is None if a section has no score.
    """

    instrument: Instrument = field(validator=is_a(Instrument), repr=named)
    answers: Answers = field(validator=is_a(Answers))
    missing: Missing = field(
        default=Missing.REFUSE, kw_only=True, converter=rule, validator=is_a(Missing)
    )
    _unit: Unit = field(init=False, eq=False, repr=False)
    _sums: tuple[int, ...] = field(init=False, eq=False, repr=False)
    _counts: tuple[int, ...] = field(init=False, eq=False, repr=False)
    _total: int | None = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        layout = layout_of(self.instrument)
        unit = layout.fine if self.missing is _PRORATE else layout.exact
        row = layout.whole(ratings_of(self.answers))
        if row is None:
            sums, counts, total = self._read(layout)
        else:
            sums, counts = tuple(map(sum, layout.cut(row))), layout.sizes
            total = sum(map(mul, sums, unit.weights))
        _set_unit(self, unit)
        _set_sums(self, sums)
        _set_counts(self, counts)
        _set_total(self, total)

    def _read(self, layout: Layout) -> tuple[tuple[int, ...], tuple[int, ...], int | None]:
        """Check ratings one by one and add up those that are there."""
        ratings = ratings_of(self.answers)
        gaps = self.missing is not _REFUSE
        if problems := tuple(ratings_problems(layout, ratings, gaps=gaps)):
            raise refusal(self.answers, problems)
        row = row_with_gaps(layout, ratings)
        sums, counts = added_up(layout, row)
        points = layout.points(sums, counts, prorating=self.missing is _PRORATE)
        return sums, counts, None if None in points else sum(filter(None, points))

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(Score, missing=self.missing), (self.instrument, self.answers)

    @property
    def answered(self) -> int:
        """How many statements were answered."""
        return sum(self._counts)

    @property
    def total(self) -> Fraction | None:
        """The sum of the section scores."""
        return None if self._total is None else ratio(self._total, self._unit.parts)

    @property
    def percent(self) -> Fraction | None:
        """How far up the total lies between the lowest and the highest possible, from 0 to 100.

        The "percent of maximum possible" of Cohen, Cohen, Aiken and West (1999).
        """
        if self.total is None:
            return None
        lowest, highest = self.instrument.lowest, self.instrument.highest
        return 100 * (self.total - lowest) / (highest - lowest)

    @property
    def sections(self) -> tuple[SectionScore, ...]:
        """The score of each section, in the order of the instrument."""
        layout, prorating = layout_of(self.instrument), self.missing is _PRORATE
        each = (count(), self._sums, self._counts)
        return tuple(map(_section_score, repeat(layout), repeat(prorating), *each))

    @property
    def weakest(self) -> tuple[SectionScore, ...]:
        """The sections in order of need: lowest first, ties as in the instrument, unscored last."""
        return tuple(sorted(self.sections, key=lambda one: (one.mean is None, one.mean or 0)))

    @property
    def band(self) -> Band | None:
        """The band that the total reaches; None without a total or without bands."""
        if self._total is None or not self.instrument.bands:
            return None
        return self.instrument.bands[self._unit.band(self._total)]

    @property
    def between_bands(self) -> bool:
        """Whether the total lies in a gap of the bands as they are printed, in whole numbers.

        Printed bands up to 20 and from 21 on say nothing of 20.5, which is in the lower one here.
        """
        return self._total is not None and self._unit.between(self._total)

    @property
    def to_next_band(self) -> Fraction | None:
        """How much the total lacks to the floor of the next band; None if there is none."""
        following = self._following()
        if following is None or following.at_least is None or self.total is None:
            return None
        return following.at_least - self.total

    def _following(self) -> Band | None:
        if self._total is None or self._total >= max(self._unit.floors, default=self._total):
            return None
        return self.instrument.bands[self._unit.band(self._total) + 1]

    def tipping(self) -> Tipping | None:
        """Say what would lift the total into the next band; None if there is none.

        Only statements that were answered, and not with the best rating, can rise.
        """
        following = self._following()
        if following is None or self._total is None:
            return None
        lacking = self._unit.floors[self._unit.band(self._total)] - self._total
        rooms = list(self._rooms())
        enough = tuple(statement for statement, _, worth in rooms if worth >= lacking)
        return Tipping(following, enough, _rises(lacking, rooms))

    def _rooms(self) -> Iterator[tuple[Statement, int, int]]:
        """Give each statement that can rise, by how much it can, and what a rise by 1 is worth."""
        layout = layout_of(self.instrument)
        row = row_with_gaps(layout, ratings_of(self.answers))
        for section, span, answered in zip(
            self.instrument.sections, layout.spans, self._counts, strict=True
        ):
            for statement, rating in zip(section.statements, row[span], strict=True):
                if rating is not None and rating < layout.scale.high:
                    yield statement, layout.scale.high - rating, self._unit.parts // answered

    def _table(self) -> Table:
        of = self.instrument
        lines = [
            Line(
                said(of, one.section.title),
                (rounded(one.mean), f"{one.answered} of {len(one.section.statements)}"),
                bar(of, one.mean),
            )
            for one in self.weakest
        ]
        answered = f"{self.answered} of {len(of.statements)}"
        lines.append(Line(f"Total, {standing(of)}", (rounded(self.total), answered)))
        heads = ("Section, weakest first", "Score", "Answered")
        return Table(said(of, of.title), heads, tuple(lines), tuple(self._remarks()))

    def _remarks(self) -> Iterator[str]:
        of = self.instrument
        if self.missing is not Missing.REFUSE and self.answered < len(of.statements):
            yield f"Missing answers: {self.missing}"
        if self.band is not None:
            yield f"{said(of, self.band.title)}. {said(of, self.band.advice)}"
        if self.between_bands:
            yield "Between the bands as they are printed, in whole numbers"
        if (following := self._following()) is not None:
            yield f"{rounded(self.to_next_band)} below: {said(of, following.title)}"


@lru_cache(maxsize=65536)
def _section_score(
    layout: Layout,
    prorating: bool,  # noqa: FBT001 - mapped over
    position: int,
    points: int,
    answered: int,
) -> SectionScore:
    """Give the score of one section; there are so few different ones that they are kept."""
    scored = answered >= layout.needed(position, prorating=prorating)
    mean = ratio(points, answered) if scored else None
    return SectionScore(layout.sections[position], points, answered, mean)


def _rises(lacking: int, rooms: Iterable[tuple[Statement, int, int]]) -> int:
    """Count the fewest rises that make up what is lacking, those worth most first."""
    used = 0
    for _, room, worth in sorted(rooms, key=itemgetter(2), reverse=True):
        taken = min(room, max(0, -(-lacking // worth)))
        used += taken
        lacking -= taken * worth
    return used


def score(instrument: Instrument, answers: Answers, *, missing: MissingRule = "refuse") -> Score:
    """Score one respondent's answers.

    Reverse statements are turned first. What is missing is refused, unless ``missing`` says
    otherwise: "prorate" scores a section by the mean of what was answered, at least half of it;
    "omit" gives a section with gaps no score, and no total.

    Raises `RecordError` with every rating that is unknown, missing, off the scale or no whole
    number.
    """
    return Score(instrument, answers, missing=cast("Missing", missing))


_REFUSE: Final = Missing.REFUSE
_PRORATE: Final = Missing.PRORATE
_set_unit: Final = vars(Score)["_unit"].__set__
_set_sums: Final = vars(Score)["_sums"].__set__
_set_counts: Final = vars(Score)["_counts"].__set__
_set_total: Final = vars(Score)["_total"].__set__
