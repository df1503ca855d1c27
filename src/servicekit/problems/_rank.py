"""Ranking signals: by problem, and by the policy that stood in the way."""

from collections.abc import Iterable
from datetime import datetime

from servicekit.problems._impact import Impact, read_impact
from servicekit.problems._ranking import Ranking
from servicekit.problems._signal import Signal
from servicekit.problems._sorting import Grouping
from servicekit.problems._taxonomy import Taxonomy

__all__ = ["policies", "rank"]


def rank(  # noqa: PLR0913 - as many things decide it
    signals: Iterable[Signal],
    *,
    impact: Impact | None = None,
    since: datetime | None = None,
    top: int = 3,
    as_of: datetime | None = None,
    taxonomy: Taxonomy | None = None,
    widest: bool = False,
) -> Ranking:
    """Rank problems by frequency times impact, over all who tell of them.

    Frequency is the sum of the signals' weights. ``impact`` gives what a problem comes to each
    time: numbers, by which those without one come to 1, or money of one currency, by which they are
    set apart, for what is not known is not nothing. An impact of a wider problem holds for the
    narrower ones. Signals from before ``since`` or after ``as_of`` do not count.

    With a ``taxonomy`` problems go by their names as of ``as_of``, or by their last ones; keys that
    it does not have are set apart, and ``widest`` puts together what belongs to one widest problem.

    Sources are added up as they are: a count of operations may drown what customers say, and
    `Ranking.without` shows whether it does. Intervals take occurrences to come independently of
    each other.

    Raises `DefinitionError` for impacts that cannot be, `RecordError` for anything else.

    >>> from datetime import datetime, timezone
    >>> may = datetime(2026, 5, 4, tzinfo=timezone.utc)
    >>> signals = [Signal("late", "complaints", may, weight=9), Signal("torn", "complaints", may),
    ...     Signal("late", "supplier", may, weight=5), Signal("unhappy", "survey", may,
    ...     actionable=False)]
    >>> ranking = rank(signals, impact={"torn": 20})
    >>> [(one.key, one.score, one.corroborated) for one in ranking.top]
    [('torn', Fraction(20, 1), False), ('late', Fraction(14, 1), True)]
    >>> [(one.key, one.ask) for one in ranking.apart]
    [('unhappy', 'What happened, and what should have happened?')]
    """
    impacts, currency = read_impact({} if impact is None else impact)
    return Ranking(
        tuple(signals),
        by=Grouping.WIDEST if widest else Grouping.PROBLEM,
        impact=impacts,
        currency=currency,
        since=since,
        as_of=as_of,
        size=top,
        taxonomy=taxonomy,
    )


def policies(  # noqa: PLR0913 - likewise
    signals: Iterable[Signal],
    *,
    impact: Impact | None = None,
    since: datetime | None = None,
    top: int = 3,
    as_of: datetime | None = None,
    taxonomy: Taxonomy | None = None,
) -> Ranking:
    """Rank policies by the trouble that they cause: candidates to be simplified or removed.

    As `rank` does it, with the impacts of the problems; the vague ones count as well, for trouble
    it is. Signals that name no policy are set apart. `Standing.problems` says what a policy
    does, its ``notes`` what people say, staff among them.
    """
    impacts, currency = read_impact({} if impact is None else impact)
    return Ranking(
        tuple(signals),
        by=Grouping.POLICY,
        impact=impacts,
        currency=currency,
        since=since,
        as_of=as_of,
        size=top,
        taxonomy=taxonomy,
    )
