"""The published scorings, each with its source."""

from typing import Final

from servicekit.benchmark import Scale
from servicekit.catalogue.satisfaction._index import IndexScoring
from servicekit.catalogue.satisfaction._items import Item
from servicekit.catalogue.satisfaction._quality import Dimension, GapScoring, PerformanceScoring
from servicekit.catalogue.satisfaction._ratings import Figure, RatingScoring
from servicekit.catalogue.satisfaction._scores import Better

__all__ = [
    "ACSI",
    "CES_2",
    "CES_2_NET",
    "CES_2_SHARE",
    "CES_2010",
    "CSAT_GOOD_OF_DECIDED",
    "CSAT_MEAN_OF_FIVE",
    "CSAT_NET_OF_FIVE",
    "CSAT_TOP_THREE_OF_TEN",
    "CSAT_TOP_TWO_OF_FIVE",
    "CSAT_TOP_TWO_OF_SEVEN",
    "NPS",
    "SERVPERF",
    "SERVQUAL",
]

_TOP_BOXES: Final = (
    'top boxes as in Morgan and Rego, "The value of different customer satisfaction and loyalty '
    'metrics in predicting business performance", Marketing Science 25 (2006), 426-439; '
    "the scale is that of common practice"
)
_IN_PRACTICE: Final = "no one publication; in use in survey and help-desk software"

CSAT_TOP_TWO_OF_FIVE: Final = RatingScoring(
    "csat_top_two_of_five",
    "Customer satisfaction, top two of five",
    scale=Scale(1, 5),
    figure=Figure.SHARE,
    good={4, 5},
    source=_TOP_BOXES,
)
"""Share of the answers 4 and 5 on a scale from 1 to 5, in per cent."""

CSAT_TOP_TWO_OF_SEVEN: Final = RatingScoring(
    "csat_top_two_of_seven",
    "Customer satisfaction, top two of seven",
    scale=Scale(1, 7),
    figure=Figure.SHARE,
    good={6, 7},
    source=_TOP_BOXES,
)
"""Share of the answers 6 and 7 on a scale from 1 to 7, in per cent."""

CSAT_TOP_THREE_OF_TEN: Final = RatingScoring(
    "csat_top_three_of_ten",
    "Customer satisfaction, top three of ten",
    scale=Scale(1, 10),
    figure=Figure.SHARE,
    good={8, 9, 10},
    source=_TOP_BOXES,
)
"""Share of the answers 8 to 10 on a scale from 1 to 10, in per cent."""

CSAT_GOOD_OF_DECIDED: Final = RatingScoring(
    "csat_good_of_decided",
    "Customer satisfaction, good of good and bad",
    scale=Scale(1, 5),
    figure=Figure.SHARE_OF_DECIDED,
    good={4, 5},
    bad={1, 2},
    source=_IN_PRACTICE,
)
"""Good answers (4, 5) of those that are good or bad (1, 2), in per cent; 3 does not count."""

CSAT_NET_OF_FIVE: Final = RatingScoring(
    "csat_net_of_five",
    "Net satisfaction, top two less bottom two of five",
    scale=Scale(1, 5),
    figure=Figure.NET,
    good={4, 5},
    bad={1, 2},
    source=_IN_PRACTICE,
)
"""Good answers (4, 5) less bad ones (1, 2) of all answers, -100 to 100."""

CSAT_MEAN_OF_FIVE: Final = RatingScoring(
    "csat_mean_of_five",
    "Mean satisfaction, one to five",
    scale=Scale(1, 5),
    figure=Figure.MEAN,
    source=_IN_PRACTICE,
)
"""Mean of the answers on a scale from 1 to 5."""

NPS: Final = RatingScoring(
    "nps",
    "Net promoter score",
    scale=Scale(0, 10),
    figure=Figure.NET,
    good={9, 10},
    bad=set(range(7)),
    source='Reichheld, "The one number you need to grow", Harvard Business Review 81(12), 2003',
)
"""Promoters (9, 10) less detractors (0 to 6) of all answers, -100 to 100.

Interval and variance: Rocks, "Interval estimation for the 'Net Promoter Score'", The American
Statistician 70 (2016), 365-372.
"""

CES_2010: Final = RatingScoring(
    "ces_2010",
    "Customer effort score (2010)",
    scale=Scale(1, 5),
    figure=Figure.MEAN,
    better=Better.LOWER,
    source='Dixon, Freeman and Toman, "Stop trying to delight your customers", Harvard Business '
    "Review 88(7-8), 2010",
)
"""Mean effort from 1, very low, to 5, very high: lower is better."""

_EFFORTLESS: Final = (
    "Dixon, Toman and DeLisi, The Effortless Experience, Portfolio/Penguin 2013: "
    "agreement from 1 to 7 that it was made easy"
)

CES_2: Final = RatingScoring(
    "ces_2",
    "Customer effort score 2.0",
    scale=Scale(1, 7),
    figure=Figure.MEAN,
    source=_EFFORTLESS,
)
"""Mean agreement, from 1 to 7, that the company made it easy: higher is better."""

CES_2_SHARE: Final = RatingScoring(
    "ces_2_share",
    "Customer effort score 2.0, share of agreement",
    scale=Scale(1, 7),
    figure=Figure.SHARE,
    good={5, 6, 7},
    source=_EFFORTLESS,
)
"""Share of the answers 5 to 7 that agree at least somewhat, in per cent."""

CES_2_NET: Final = RatingScoring(
    "ces_2_net",
    "Customer effort score 2.0, easy less difficult",
    scale=Scale(1, 7),
    figure=Figure.NET,
    good={6, 7},
    bad={1, 2, 3},
    source=f"{_EFFORTLESS}; net of 6-7 and 1-3 as in survey software",
)
"""Answers 6 and 7 less answers 1 to 3 of all answers, -100 to 100."""


def _dimension(key: str, title: str, length: int) -> Dimension:
    items = [Item(f"{key}_{number}") for number in range(1, length + 1)]
    return Dimension(key, title, items=items)


_FIVE_DIMENSIONS: Final = (
    _dimension("tangibles", "Tangibles", 4),
    _dimension("reliability", "Reliability", 5),
    _dimension("responsiveness", "Responsiveness", 4),
    _dimension("assurance", "Assurance", 4),
    _dimension("empathy", "Empathy", 5),
)

SERVQUAL: Final = GapScoring(
    "servqual",
    "Service quality gap (SERVQUAL)",
    dimensions=_FIVE_DIMENSIONS,
    scale=Scale(1, 7),
    source='Parasuraman, Zeithaml and Berry, "SERVQUAL", Journal of Retailing 64(1), 1988, 12-40; '
    "weighted and unweighted scores: Zeithaml, Parasuraman and Berry, Delivering Quality Service, "
    "Free Press 1990",
)
"""Perceived less expected quality on 22 items in five dimensions, -6 to 6.

The items come as places without wording, ``tangibles_1`` to ``empathy_5``: `GapScoring.worded`
takes your own.
"""

SERVPERF: Final = PerformanceScoring(
    "servperf",
    "Service performance (SERVPERF)",
    dimensions=_FIVE_DIMENSIONS,
    scale=Scale(1, 7),
    source='Cronin and Taylor, "Measuring service quality: a reexamination and extension", Journal '
    "of Marketing 56(3), 1992, 55-68",
)
"""Perceived quality alone, on the items of SERVQUAL, 1 to 7."""

ACSI: Final = IndexScoring(
    "acsi",
    "Customer satisfaction index, ACSI form",
    items=[Item("overall"), Item("expectations"), Item("ideal")],
    scale=Scale(1, 10),
    weights=["1/3", "1/3", "1/3"],
    source='Fornell, Johnson, Anderson, Cha and Bryant, "The American Customer Satisfaction Index: '
    'nature, purpose, and findings", Journal of Marketing 60(4), 1996, 7-18',
)
"""Overall satisfaction, expectations met and closeness to the ideal, 1 to 10, as an index to 100.

The weights of the published index come from a model of its own and are not public. Here the three
weigh the same, unless `IndexScoring.weighted` gives them other weights.
"""
