"""What many respondents' answers come to, whole and by role, and ready to be merged."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from itertools import repeat
from operator import add
from typing import Final, cast

from attrs import field, frozen

from servicekit._mappings import ReadOnly, read_only
from servicekit._rules import each, is_a
from servicekit._tables import Line, Listed, Table, Tabled, rounded
from servicekit._values import Value, refuse, several, unchanged_when
from servicekit.benchmark._alpha import Reliability, alpha_of_sums
from servicekit.benchmark._instrument import Instrument, layout_of
from servicekit.benchmark._layout import Unit
from servicekit.benchmark._missing import Missing, rule
from servicekit.benchmark._parts import Scale, Section, Statement
from servicekit.benchmark._scores import Contrast, Scores, contrast, scores_of
from servicekit.benchmark._shown import bar, named, said, standing
from servicekit.benchmark._tally import Tally, Tallying, of_one_form
from servicekit.errors import Problem, RecordError, shown

__all__ = ["SectionSummary", "StatementSummary", "Summary", "summary_of"]


@frozen
class SectionSummary(Listed):
    """The scores of a section, and how reliable they are.

    ``reliability`` is that of the respondents who answered the whole section; None where alpha does
    not exist.
    """

    section: Section
    scores: Scores
    reliability: Reliability | None

    @property
    def mean(self) -> Fraction | None:
        """The mean score."""
        return self.scores.mean

    @property
    def alpha(self) -> Fraction | None:
        """Cronbach's alpha."""
        return None if self.reliability is None else self.reliability.alpha


def _counts(values: Mapping[int, int]) -> Mapping[int, int]:
    return cast("Mapping[int, int]", read_only(values))


@frozen
class StatementSummary(Listed):
    """How a statement was rated: the number of respondents for each value of the scale.

    Ratings of a reverse statement are counted as turned: 5 is good everywhere.
    """

    statement: Statement
    counts: Mapping[int, int] = field(converter=_counts)

    @property
    def n(self) -> int:
        """How many respondents rated it."""
        return sum(self.counts.values())

    @property
    def mean(self) -> Fraction | None:
        """The mean rating; None without ratings."""
        points = sum(value * times for value, times in self.counts.items())
        return Fraction(points, self.n) if self.n else None

    @property
    def top_two(self) -> Fraction | None:
        """The share of ratings with one of the two best values; None without ratings."""
        best = sum(self.counts[value] for value in sorted(self.counts)[-2:])
        return Fraction(best, self.n) if self.n else None


_TALLIES: Final = each(Tally)


def _tallies(values: Tally | list[Tally] | tuple[Tally, ...]) -> tuple[Tally, ...]:
    return several(values)


unchanged_when("{v}.__class__ is tuple", _tallies)


@frozen
class Summary(Tabled, Value):
    """The answers of many respondents to an instrument.

    It keeps counts, never answers: its size does not grow with the number of respondents, and
    ``a + b`` is the summary of the answers of both. ``missing`` is the rule that was applied to
    statements without an answer.
    """

    instrument: Instrument = field(validator=is_a(Instrument), repr=named)
    missing: Missing = field(converter=rule, validator=is_a(Missing))
    tallies: tuple[Tally, ...] = field(kw_only=True, converter=_tallies, validator=_TALLIES)

    def __attrs_post_init__(self) -> None:
        roles = [tally.role for tally in self.tallies]
        if roles != sorted(set(roles), key=_role_order):
            refuse(self, "tallies", "one for each role, sorted by role, that without a name first")
        if not all(map(of_one_form, self.tallies, repeat(self._nothing))):
            refuse(self, "tallies", "counts for every statement, section and band, and no others")

    def __add__(self, other: "Summary") -> "Summary":
        if not isinstance(other, Summary):
            return NotImplemented
        if problems := tuple(_unlike(self, other)):
            raise RecordError("sum of summaries", problems)
        roles: dict[str | None, Tally] = {tally.role: tally for tally in self.tallies}
        for tally in other.tallies:
            known = roles.get(tally.role)
            roles[tally.role] = tally if known is None else known + tally
        return summary_of(self.instrument, self.missing, roles)

    @property
    def _tally(self) -> Tally:
        """The tallies of all roles together."""
        return reduce(add, self.tallies, self._nothing)

    @property
    def _nothing(self) -> Tally:
        """The tally of no answers, the same under every rule."""
        return Tallying(layout_of(self.instrument), prorating=False).tally(None)

    @property
    def _unit(self) -> Unit:
        return layout_of(self.instrument).unit(prorating=self.missing is Missing.PRORATE)

    @property
    def n(self) -> int:
        """How many respondents there are."""
        return sum(tally.n for tally in self.tallies)

    @property
    def incomplete(self) -> int:
        """How many of them left out a statement or more."""
        return sum(tally.incomplete for tally in self.tallies)

    @property
    def total(self) -> Scores:
        """The totals of the respondents who have one."""
        return scores_of(*self._tally.total, parts=self._unit.parts)

    @property
    def statements(self) -> tuple[StatementSummary, ...]:
        """How each statement was rated."""
        tally, values = self._tally, self.instrument.scale.values
        return tuple(
            StatementSummary(statement, dict(zip(values, map(add, whole, partial), strict=True)))
            for statement, whole, partial in zip(
                self.instrument.statements, tally.whole, tally.partial, strict=True
            )
        )

    @property
    def sections(self) -> tuple[SectionSummary, ...]:
        """The scores of each section, in the order of the instrument."""
        tally = self._tally
        return tuple(
            self._section(tally, position) for position in range(len(self.instrument.sections))
        )

    def _section(self, tally: Tally, at: int) -> SectionSummary:
        layout, unit = layout_of(self.instrument), self._unit
        rated = [_moments(counts, layout.scale) for counts in tally.whole[layout.spans[at]]]
        n, squares = rated[0][0], tally.squares[at]
        points = sum(points for _, points, _ in rated)
        weight = unit.weights[at]
        complete = (n, points * weight, squares * weight**2)
        reliability = alpha_of_sums(n, [one[1:] for one in rated], (points, squares))
        scores = scores_of(*map(add, complete, tally.prorated[at]), parts=unit.parts)
        return SectionSummary(self.instrument.sections[at], scores, reliability)

    @property
    def weakest(self) -> tuple[SectionSummary, ...]:
        """The sections in order of need: lowest first, ties as in the instrument, unscored last."""
        return tuple(sorted(self.sections, key=lambda one: (one.mean is None, one.mean or 0)))

    @property
    def bands(self) -> Mapping[str, int]:
        """How many totals are in each band, by its key."""
        keys = (band.key for band in self.instrument.bands)
        return ReadOnly(dict(zip(keys, self._tally.bands, strict=True)))

    @property
    def between_bands(self) -> int:
        """How many totals lie in a gap of the bands as they are printed."""
        return sum(tally.between for tally in self.tallies)

    @property
    def by_role(self) -> Mapping[str | None, "Summary"]:
        """The same for each role; None stands for the respondents without one."""
        return ReadOnly(
            {
                tally.role: summary_of(self.instrument, self.missing, {tally.role: tally})
                for tally in self.tallies
            }
        )

    def gaps(
        self, role: str | None, other: str | None, *, level: float = 0.95
    ) -> tuple[Contrast, ...]:
        """Give how far one role's scores lie above another's, section by section.

        The blind spots: widest gap first, in either direction. Raises `RecordError` for a role that
        nobody has.
        """
        ours, theirs = self._role("role", role), self._role("other", other)
        pairs = zip(ours.sections, theirs.sections, strict=True)
        found = (contrast(my.section, my.scores, their.scores, level=level) for my, their in pairs)
        return tuple(sorted(found, key=_width, reverse=True))

    def _role(self, name: str, role: str | None) -> "Summary":
        if role in (roles := self.by_role):
            return roles[role]
        allowed = f"one of {', '.join(map(repr, roles))}"
        raise RecordError("gaps", (Problem(name, shown(role), allowed),))

    def _table(self) -> Table:
        of = self.instrument
        lines = [_line(of, said(of, one.section.title), one.scores, one) for one in self.weakest]
        lines.append(_line(of, f"Total, {standing(of)}", self.total, None))
        heads = ("Section, weakest first", "Scores", "Mean", "Spread", "Alpha")
        return Table(said(of, of.title), heads, tuple(lines), tuple(self._remarks()))

    def _remarks(self) -> Iterator[str]:
        incomplete = f", {self.incomplete} incomplete ({self.missing})" if self.incomplete else ""
        yield f"Respondents: {self.n}{incomplete}"
        counted = zip(self.instrument.bands, self.bands.values(), strict=True)
        if bands := [f"{said(self.instrument, band.title)}: {times}" for band, times in counted]:
            yield "; ".join(reversed(bands))
        if self.between_bands:
            yield f"Between the bands as they are printed, in whole numbers: {self.between_bands}"


def _line(of: Instrument, label: str, scores: Scores, one: SectionSummary | None) -> Line:
    alpha = () if one is None else (one.alpha,)
    figures = (scores.mean, scores.spread, *alpha)
    cells = (str(scores.n), *map(rounded, figures))
    return Line(label, cells if one else (*cells, ""), bar(of, one.mean) if one else None)


def _moments(counts: Sequence[int], scale: Scale) -> tuple[int, int, int]:
    """Give number, sum and sum of squares of ratings that were counted."""
    points = sum(value * times for value, times in zip(scale.values, counts, strict=True))
    squares = sum(value**2 * times for value, times in zip(scale.values, counts, strict=True))
    return sum(counts), points, squares


def _width(gap: Contrast) -> Fraction:
    return abs(gap.change or Fraction(0))


def _role_order(role: str | None) -> tuple[bool, str]:
    return role is not None, role or ""


def summary_of(
    instrument: Instrument, missing: Missing, tallies: Mapping[str | None, Tally]
) -> Summary:
    """Make a summary of the tallies by role."""
    ordered = sorted(tallies, key=_role_order)
    return Summary(instrument, missing, tallies=tuple(tallies[role] for role in ordered))


def _unlike(left: Summary, right: Summary) -> Iterator[Problem]:
    if left.instrument != right.instrument:
        allowed = f"the same instrument, {left.instrument.key!r}"
        yield Problem("instrument", repr(right.instrument.key), allowed)
    if left.missing is not right.missing:
        yield Problem("missing", repr(right.missing), f"the same rule, {left.missing!r}")
