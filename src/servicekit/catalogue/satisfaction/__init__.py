"""Survey scores as constants: satisfaction, recommendation, effort and service quality.

Practice disagrees on what "CSAT" is, so each variant stands under its own name. Every constant
knows its scale, its direction (``better``), the ends of its figure (``lowest``, ``highest``) and
its source; its ``score`` takes answers, None for a blank, which never enters a denominator.

>>> print(NPS.score([1, 7, 7, 8, 9, 10, None]))
Net promoter score: 16.7 (95 % interval -38.3 to 71.7); 6 answered, 1 blank; higher is better
>>> satisfied = CSAT_TOP_TWO_OF_FIVE.score({5: 5, 4: 3, 2: 2, None: 4})
>>> satisfied.value, satisfied.numerator, satisfied.denominator, satisfied.unanswered
(Fraction(80, 1), 8, 10, 4)
>>> CES_2.score([7, 8, True])
Traceback (most recent call last):
    ...
servicekit.errors.RecordError: ces_2 has 2 problems:
  answers is 8, allowed: a whole number from 1 to 7, or None for a blank
  answers is True, allowed: a whole number from 1 to 7, or None for a blank

A scoring of your own is made like the published ones:

>>> from servicekit.benchmark import Scale
>>> delighted = RatingScoring("delighted", "Delighted customers", scale=Scale(1, 5),
...     figure=Figure.SHARE, good={5}, source="own survey")
>>> delighted.score([5, 4, 5, 2]).value
Fraction(50, 1)
"""

from servicekit.catalogue.satisfaction._index import IndexScore, IndexScoring
from servicekit.catalogue.satisfaction._items import Item, Weight
from servicekit.catalogue.satisfaction._published import (
    ACSI,
    CES_2,
    CES_2_NET,
    CES_2_SHARE,
    CES_2010,
    CSAT_GOOD_OF_DECIDED,
    CSAT_MEAN_OF_FIVE,
    CSAT_NET_OF_FIVE,
    CSAT_TOP_THREE_OF_TEN,
    CSAT_TOP_TWO_OF_FIVE,
    CSAT_TOP_TWO_OF_SEVEN,
    NPS,
    SERVPERF,
    SERVQUAL,
)
from servicekit.catalogue.satisfaction._quality import (
    Dimension,
    GapScoring,
    PartScore,
    PerformanceScoring,
    QualityScore,
)
from servicekit.catalogue.satisfaction._ratings import Figure, RatingScore, RatingScoring
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
    "Better",
    "Dimension",
    "Figure",
    "GapScoring",
    "IndexScore",
    "IndexScoring",
    "Item",
    "PartScore",
    "PerformanceScoring",
    "QualityScore",
    "RatingScore",
    "RatingScoring",
    "Weight",
]
