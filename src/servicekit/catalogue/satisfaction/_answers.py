"""Answers as they come in: counted or row by row, blanks kept apart, all mistakes found at once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final, cast

from attrs import define, field, frozen

from servicekit._rules import LEVEL, NATURAL
from servicekit.benchmark import Scale
from servicekit.errors import Problem, RecordError, shown

__all__ = ["Answer", "Reading", "Row", "Tally"]

Answer = int | None
"""A rating, or None for a blank."""
Row = tuple[Answer, ...]
"""What one respondent answered, in the order of the items."""

_Read = int | str | None
"""A rating, a blank, or what a wrong answer looks like."""
_UNORDERED: Final = (str, bytes, Mapping, AbstractSet)


def _read(answer: Any) -> _Read:
    if answer is None or answer.__class__ is int:
        return answer
    if isinstance(answer, int) and not isinstance(answer, bool):
        return int(answer)
    return shown(answer)


def _in_order(values: object) -> Iterable[object] | None:
    """Take what comes in an order of its own; None for anything else."""
    ordered = isinstance(values, Iterable) and not isinstance(values, _UNORDERED)
    return cast("Iterable[object]", values) if ordered else None


@frozen
class Tally:
    """How often each rating was given, and how many answers were left blank."""

    counts: Mapping[int, int]
    unanswered: int

    @property
    def answered(self) -> int:
        """The number of answers that were not left blank."""
        return sum(self.counts.values())

    def of(self, ratings: Iterable[int]) -> int:
        """Give the number of answers that are one of some ratings."""
        return sum(self.counts.get(rating, 0) for rating in ratings)


@define
class Reading:
    """Answers read against a scale; ``problems`` gains every one that cannot be."""

    scale: Scale
    problems: list[Problem] = field(factory=list[Problem], init=False)

    def level(self, level: float) -> None:
        """Check the level that intervals are asked for at."""
        if problem := LEVEL.problem("level", level):
            self.problems.append(problem)

    def wrong(self, name: str, value: str, allowed: str) -> None:
        """Note one mistake."""
        self.problems.append(Problem(name, value, allowed))

    def refuse(self, name: str) -> None:
        """Raise what was found, if anything was."""
        if self.problems:
            raise RecordError(name, tuple(self.problems))

    def tally(self, answers: Iterable[Answer] | Mapping[Answer, int]) -> Tally:
        """Count answers, or take them counted: a mapping of rating to how often it was given."""
        counted = self._counted(answers)
        unanswered = counted.pop(None, 0)
        for answer, times in counted.items():
            if not self._on_scale(answer):
                often = f" ({times} times)" if times > 1 else ""
                self.wrong("answers", f"{answer}{often}", self._allowed)
        return Tally(cast("Mapping[int, int]", counted), unanswered)

    def rows(self, name: str, rows: Iterable[Iterable[Answer]], length: int) -> Iterator[Row]:
        """Give each respondent's answers; a row at fault comes out blank."""
        in_order = _in_order(rows)
        if in_order is None:
            self.wrong(name, shown(rows), f"one row of {length} answers per respondent")
            return
        for position, row in enumerate(in_order):
            yield self._row(f"{name}[{position}]", row, length)

    @property
    def _allowed(self) -> str:
        return f"a whole number from {self.scale.low} to {self.scale.high}, or None for a blank"

    def _on_scale(self, answer: _Read) -> bool:
        return isinstance(answer, int) and answer in self.scale.values

    def _counted(self, answers: object) -> Counter[_Read]:
        if isinstance(answers, Mapping):
            return self._taken(cast("Mapping[object, Any]", answers))
        in_order = _in_order(answers)
        if in_order is None:
            allowed = "answers one by one, or a mapping of rating to how often it was given"
            self.wrong("answers", shown(answers), allowed)
        return Counter(map(_read, in_order or ()))

    def _taken(self, counts: Mapping[object, Any]) -> Counter[_Read]:
        counted = Counter[_Read]()
        for answer, times in counts.items():
            if problem := NATURAL.problem(f"answers[{shown(answer)}]", times):
                self.problems.append(problem)
            else:
                counted[_read(answer)] += times
        return counted

    def _row(self, name: str, row: object, length: int) -> Row:
        allowed = f"{length} answers in the order of the items, None for a blank"
        in_order = _in_order(row)
        if in_order is None:
            self.wrong(name, shown(row), allowed)
            return (None,) * length
        read = tuple(map(_read, in_order))
        if len(read) != length:
            self.wrong(name, f"{len(read)} answers", allowed)
            return (None,) * length
        faults = [i for i, one in enumerate(read) if one is not None and not self._on_scale(one)]
        for position in faults:
            self.wrong(f"{name}[{position}]", str(read[position]), self._allowed)
        return (None,) * length if faults else cast("Row", read)
