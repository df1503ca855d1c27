"""Survey scorings of one's own, and what answers to them come to."""

from fractions import Fraction
from typing import Any, Final

from hypothesis import strategies as st

from servicekit.benchmark import Scale
from servicekit.catalogue.satisfaction import (
    Dimension,
    Figure,
    GapScoring,
    IndexScore,
    IndexScoring,
    Item,
    PerformanceScoring,
    QualityScore,
    RatingScore,
    RatingScoring,
)
from servicekit.extra.strategies._benchmark import scales
from servicekit.extra.strategies._texts import TEXTS
from servicekit.kpi import Better

__all__ = ["gap_scorings", "index_scores", "index_scorings", "performance_scorings"]
__all__ += ["quality_scores", "rating_scores", "rating_scorings"]

_FEW: Final = 3
_SAID: Final[st.SearchStrategy[dict[str, Any]]] = st.fixed_dictionaries(
    {"key": TEXTS, "title": TEXTS, "source": TEXTS},
    optional={"better": st.sampled_from(Better)},
)


@st.composite
def rating_scorings(draw: st.DrawFn) -> RatingScoring:
    """Give scorings of one rating question; they shrink to a share of the better of two."""
    scale, figure = draw(scales()), draw(st.sampled_from(Figure))
    cut = draw(st.integers(scale.low, scale.high - 1))
    sets: dict[str, Any] = {}
    if figure is not Figure.MEAN:
        sets["good"] = set(range(cut + 1, scale.high + 1))
    if figure in {Figure.NET, Figure.SHARE_OF_DECIDED}:
        sets["bad"] = set(range(scale.low, cut + 1))
    return RatingScoring(scale=scale, figure=figure, **sets, **draw(_SAID))


def _items(prefix: str) -> st.SearchStrategy[list[Item]]:
    texts = st.lists(st.none() | TEXTS, min_size=1, max_size=_FEW)
    return texts.map(lambda all_: [Item(f"{prefix}{n}", text) for n, text in enumerate(all_)])


@st.composite
def _dimensions(draw: st.DrawFn) -> list[Dimension]:
    return [
        Dimension(f"d{number}", draw(TEXTS), items=draw(_items(f"d{number}_")))
        for number in range(draw(st.integers(1, _FEW)))
    ]


@st.composite
def gap_scorings(draw: st.DrawFn) -> GapScoring:
    """Give scorings of what was expected and perceived, by dimensions."""
    return GapScoring(dimensions=draw(_dimensions()), scale=draw(scales()), **draw(_SAID))


@st.composite
def performance_scorings(draw: st.DrawFn) -> PerformanceScoring:
    """Give scorings of what was perceived, by dimensions."""
    return PerformanceScoring(dimensions=draw(_dimensions()), scale=draw(scales()), **draw(_SAID))


@st.composite
def index_scorings(draw: st.DrawFn) -> IndexScoring:
    """Give indices of several ratings, with weights that add up to 1."""
    items = draw(_items("i"))
    parts = [draw(st.integers(1, 9)) for _ in items]
    weights = tuple(Fraction(part, sum(parts)) for part in parts)
    return IndexScoring(items=items, weights=weights, scale=draw(scales()), **draw(_SAID))


def _rows(scale: Scale, width: int, number: int | None = None) -> st.SearchStrategy[list[Any]]:
    row = st.tuples(*[st.none() | st.sampled_from(scale.values)] * width)
    least, most = (0, _FEW) if number is None else (number, number)
    return st.lists(row, min_size=least, max_size=most)


@st.composite
def rating_scores(draw: st.DrawFn) -> RatingScore:
    """Give what a few answers to a rating question come to; they shrink to none."""
    scoring = draw(rating_scorings())
    return scoring.score([row[0] for row in draw(_rows(scoring.scale, 1))])


@st.composite
def index_scores(draw: st.DrawFn) -> IndexScore:
    """Give what a few respondents come to by an index; they shrink to none."""
    scoring = draw(index_scorings())
    return scoring.score(draw(_rows(scoring.scale, len(scoring.items))))


@st.composite
def quality_scores(draw: st.DrawFn) -> QualityScore:
    """Give the service quality that a few respondents see; they shrink to none."""
    scoring = draw(gap_scorings() | performance_scorings())
    perceived = draw(_rows(scoring.scale, len(scoring.items)))
    if isinstance(scoring, PerformanceScoring):
        return scoring.score(perceived)
    return scoring.score(perceived, draw(_rows(scoring.scale, len(scoring.items), len(perceived))))
