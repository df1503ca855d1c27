"""Before and after: what changed, and whether that is more than noise."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, repeat
from typing import Any, Final

from attrs import field, frozen

from servicekit._tables import NOTHING, Line, Table, Tabled, rounded
from servicekit.benchmark._instrument import Instrument
from servicekit.benchmark._parts import Section
from servicekit.benchmark._score import Score
from servicekit.benchmark._scores import Contrast, contrast, scores_among
from servicekit.benchmark._shown import named, said, standing
from servicekit.benchmark._summarize import summarize
from servicekit.benchmark._summary import Summary
from servicekit.errors import Problem, RecordError, shown
from servicekit.inference import Interval, paired_difference

__all__ = ["Comparison", "compare"]

_VERDICTS: Final = {True: "yes", False: "no", None: NOTHING}


@frozen
class Comparison(Tabled):
    """What changed from before to after, by section and in total.

    ``paired`` says whether respondents were compared with themselves; ``left_out`` counts the
    scores that had no counterpart then. At a level of 95 % one change in twenty seems to be more
    than noise where there is none: seven sections are seven chances for that.
    """

    instrument: Instrument = field(repr=named)
    sections: tuple[Contrast, ...]
    total: Contrast = field(kw_only=True)
    paired: bool = field(kw_only=True)
    left_out: int = field(kw_only=True)

    def _table(self) -> Table:
        of = self.instrument
        pairs = zip(of.sections, self.sections, strict=True)
        weakest = sorted(pairs, key=lambda pair: (pair[1].change is None, pair[1].change or 0))
        lines = [_line(said(of, section.title), change) for section, change in weakest]
        lines.append(_line(f"Total, {standing(of)}", self.total))
        heads = ("Section, least gain first", "Before", "After", "Change", "Interval", "Not noise")
        return Table(said(of, of.title), heads, tuple(lines), (self._remark(),))

    def _remark(self) -> str:
        if not self.paired:
            return "Different respondents before and after"
        left_out = f"; answered only once and left out: {self.left_out}" if self.left_out else ""
        return f"The same respondents before and after{left_out}"


def _line(label: str, change: Contrast) -> Line:
    figures = (change.against.mean, change.value.mean, change.change)
    cells = (*map(rounded, figures), _shown(change.interval), _VERDICTS[change.more_than_noise])
    return Line(label, cells)


def _shown(interval: Interval | None) -> str:
    if interval is None:
        return NOTHING
    return f"{rounded(interval.low)} to {rounded(interval.high)}"


def compare(
    before: Summary | Iterable[Score], after: Summary | Iterable[Score], *, level: float = 0.95
) -> Comparison:
    """Compare the answers to one instrument at two times: the change is after less before.

    Two summaries are compared as two groups of different people. Scores that all name their
    respondents are compared person by person, over those who answered both times; that finds
    smaller changes. Without names, or with nobody on both sides, scores are two groups as well.

    Raises `RecordError` for different instruments, for different rules for missing answers, for a
    summary among others on one side, and for a respondent who is named twice on one side.
    """
    sides = [(before,) if isinstance(before, Summary) else tuple(before)]
    sides.append((after,) if isinstance(after, Summary) else tuple(after))
    found = chain(
        _unlike(sides), *map(_among_others, _NAMES, sides), *map(_named_twice, _NAMES, sides)
    )
    if problems := tuple(found):
        raise RecordError("compare", problems)
    left, right = map(_by_respondent, sides)
    pairs = [(left[name], right[name]) for name in left if name in right]
    if pairs:
        return _paired(pairs, level, left_out=len(left) + len(right) - 2 * len(pairs))
    return _apart(*map(_summed, sides, reversed(sides)), level=level)


_Side = tuple[Summary | Score, ...]
_NAMES: Final = ("before", "after")


def _unlike(sides: Iterable[_Side]) -> Iterator[Problem]:
    """Find what is no score, and what is not scored as the first one is."""
    named = zip(_NAMES, sides, strict=True)
    given: list[tuple[str, Any]] = [
        (f"{name}[{at}]", one) for name, side in named for at, one in enumerate(side)
    ]
    first: Any = given[0][1] if given else None
    if not isinstance(first, (Score, Summary)):
        yield Problem("before", shown(first), "a Summary, or one Score or more on either side")
        return
    for where, one in given:
        if not isinstance(one, (Score, Summary)):
            yield Problem(where, shown(one), "a Score")
        elif one.instrument is not first.instrument and one.instrument != first.instrument:
            key, same = one.instrument.key, first.instrument.key
            yield Problem(
                f"{where}.instrument", shown(key), f"the same as that of {given[0][0]}, {same!r}"
            )
        elif one.missing is not first.missing:
            yield Problem(
                f"{where}.missing", repr(one.missing), f"that of {given[0][0]}, {first.missing!r}"
            )


def _among_others(name: str, side: _Side) -> Iterator[Problem]:
    for at, one in enumerate(side):
        if isinstance(one, Summary) and len(side) > 1:
            yield Problem(f"{name}[{at}]", shown(one), "a Score, or a Summary alone on its side")


def _respondent(one: object) -> str | None:
    return one.answers.respondent if isinstance(one, Score) else None


def _named_twice(name: str, side: _Side) -> Iterator[Problem]:
    for respondent, times in Counter(map(_respondent, side)).items():
        if respondent is not None and times > 1:
            yield Problem(name, f"{times} scores of {respondent!r}", "one of each respondent")


def _by_respondent(side: _Side) -> dict[str, Score]:
    """Give the scores by respondent; none unless all of them are named."""
    scores = [one for one in side if isinstance(one, Score)]
    named = {name: one for one in scores if (name := one.answers.respondent) is not None}
    return named if len(named) == len(side) else {}


def _summed(side: _Side, other: _Side) -> Summary:
    """Summarize scores as they were scored; where there are none, as the other side was."""
    if side and isinstance(side[0], Summary):
        return side[0]
    one = (side or other)[0]
    answers = (score.answers for score in side if isinstance(score, Score))
    return summarize(one.instrument, answers, missing=one.missing)


def _apart(before: Summary, after: Summary, *, level: float) -> Comparison:
    pairs = zip(before.sections, after.sections, strict=True)
    return Comparison(
        before.instrument,
        tuple(contrast(new.section, new.scores, old.scores, level=level) for old, new in pairs),
        total=contrast(None, after.total, before.total, level=level),
        paired=False,
        left_out=0,
    )


def _paired(pairs: Sequence[tuple[Score, Score]], level: float, *, left_out: int) -> Comparison:
    instrument = pairs[0][0].instrument
    means = [
        [(old.sections[at].mean, new.sections[at].mean) for old, new in pairs]
        for at in range(len(instrument.sections))
    ]
    totals = [(old.total, new.total) for old, new in pairs]
    return Comparison(
        instrument,
        tuple(map(_change, instrument.sections, means, repeat(level))),
        total=_change(None, totals, level),
        paired=True,
        left_out=left_out,
    )


def _change(
    section: Section | None,
    pairs: Iterable[tuple[Fraction | None, Fraction | None]],
    level: float,
) -> Contrast:
    """Contrast the scores of those who have one at both times."""
    both = [(old, new) for old, new in pairs if old is not None and new is not None]
    before, after = (scores_among([pair[side] for pair in both]) for side in (0, 1))
    changes = scores_among([new - old for old, new in both]).sample
    difference = None if changes is None else paired_difference(changes, level=level)
    return Contrast(section, after, before, difference)
