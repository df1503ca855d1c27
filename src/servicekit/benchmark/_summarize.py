"""One pass over many answers, however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, count, islice
from operator import countOf
from typing import Any, Final, NoReturn

import attrs

from servicekit._rules import is_a
from servicekit.benchmark._answers import Answers, Ratings, Shape
from servicekit.benchmark._instrument import Instrument, layout_of
from servicekit.benchmark._lanes import LONGEST
from servicekit.benchmark._layout import places
from servicekit.benchmark._missing import Missing, MissingRule, rule
from servicekit.benchmark._reading import ratings_of, ratings_problems, row_with_gaps
from servicekit.benchmark._summary import Summary, summary_of
from servicekit.benchmark._tally import Tallying
from servicekit.errors import Problem, RecordError, shown

__all__ = ["Pass", "summarize"]

_REPORTED: Final = 100
"""How many respondents one error names; after them the pass ends."""


def summarize(
    instrument: Instrument, many: Iterable[Answers], *, missing: MissingRule = "omit"
) -> Summary:
    """Summarize answers in one pass, in memory that does not grow with their number.

    ``many`` may be any iterable, a generator as well. Answers with gaps count as ``missing`` says:
    with "omit" a section with gaps has no score and there is no total, with "prorate" a section has
    the mean of at least half of its statements, with "refuse" they are refused.

    Raises `RecordError` with every rating that is wrong, each with the position of its respondent
    from 0; the pass ends with the hundredth such respondent.

    >>> from servicekit.catalogue.helpfulness import HELPFULNESS
    >>> keys = [statement.key for statement in HELPFULNESS.statements]
    >>> owner, customer = (Answers(dict.fromkeys(keys, rating), role=role)
    ...     for rating, role in ((5, "owner"), (3, "customer")))
    >>> summary = summarize(HELPFULNESS, [owner, customer])
    >>> summary.n, summary.total.mean, summary.gaps("owner", "customer")[0].change
    (2, Fraction(28, 1), Fraction(2, 1))
    """
    one_pass = Pass(instrument, missing)
    one_pass.add_all(many)
    return one_pass.summary()


class Pass:
    """The tallies of all roles while a pass goes on."""

    def __init__(self, instrument: Instrument, missing: Any) -> None:
        self._instrument = instrument
        self._missing: Missing = rule(missing)
        _check(instrument, self._missing)
        self._layout = layout_of(instrument)
        self._tallies: dict[str | None, Tallying] = {}
        self._seen = 0

    def add_all(self, many: Iterable[Answers]) -> None:
        """Count answers in chunks; if any are wrong, name these and the wrong ones after them."""
        answers = iter(many)
        while chunk := list(islice(answers, LONGEST)):
            if countOf(map(type, chunk), Answers) != len(chunk) or not self._all_added(chunk):
                self._refuse(chain(chunk, answers))
            self._seen += len(chunk)

    def summary(self) -> Summary:
        """Give the summary of what was counted."""
        tallies = {role: tallying.tally(role) for role, tallying in self._tallies.items()}
        return summary_of(self._instrument, self._missing, tallies)

    def tallying(self, role: str | None) -> Tallying:
        """Give the counters of a role."""
        if role not in self._tallies:
            prorating = self._missing is Missing.PRORATE
            self._tallies[role] = Tallying(self._layout, prorating=prorating)
        return self._tallies[role]

    def _all_added(self, chunk: Iterable[Answers]) -> bool:
        """Count answers, those of one role and shape together; False if any are wrong."""
        alike: defaultdict[tuple[str | None, Shape], list[Any]] = defaultdict(list)
        ratings: Any
        for answers in chunk:
            ratings = answers.ratings
            alike[answers.role, ratings.shape].append(ratings.row)
        if not all(self._right(shape, rows) for (_, shape), rows in alike.items()):
            return False
        whole: defaultdict[str | None, list[list[bytes]]] = defaultdict(list)
        for (role, shape), rows in alike.items():
            order: Any = places(shape, self._layout.shape)
            if None in order or self._layout.valid is None:
                self._add_rows(self.tallying(role), shape, rows)
            else:
                every, width = b"".join(rows), len(order)
                whole[role].append([every[place::width] for place in order])
        for role, parts in whole.items():
            self.tallying(role).add_columns(list(map(b"".join, zip(*parts, strict=True))))
        return True

    def _right(self, shape: Shape, rows: Sequence[Any]) -> bool:
        """Whether all ratings are right: at one go where they are bytes, or one by one."""
        order, valid = places(shape, self._layout.shape), self._layout.valid
        if order is None or (None in order and self._missing is Missing.REFUSE):
            return False
        if valid is not None and countOf(map(type, rows), bytes) == len(rows):
            return not b"".join(rows).translate(None, valid)
        ratings = (Ratings(shape, row) for row in rows)
        return not any(any(ratings_problems(self._layout, one, gaps=True)) for one in ratings)

    def _add_rows(self, tallying: Tallying, shape: Shape, rows: Iterable[Any]) -> None:
        for row in rows:
            tallying.add_row(row_with_gaps(self._layout, Ratings(shape, row)))

    def _refuse(self, rest: Iterable[Answers]) -> NoReturn:
        wrong = filter(None, map(self._problems, count(self._seen), rest))
        raise RecordError("summarize", tuple(chain.from_iterable(islice(wrong, _REPORTED))))

    def _problems(self, position: int, answers: Any) -> list[Problem]:
        where = f"answers[{position}]"
        if answers.__class__ is not Answers:
            return [Problem(where, shown(answers), "Answers")]
        gaps = self._missing is not Missing.REFUSE
        found = ratings_problems(self._layout, ratings_of(answers), gaps=gaps)
        return [attrs.evolve(problem, field=f"{where}.{problem.field}") for problem in found]


def _check(instrument: object, missing: object) -> None:
    asked = (
        is_a(Instrument).problem("instrument", instrument),
        is_a(Missing).problem("missing", missing),
    )
    if problems := tuple(filter(None, asked)):
        raise RecordError("summarize", problems)
