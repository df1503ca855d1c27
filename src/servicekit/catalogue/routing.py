"""Routing rules ready for use: who hears of what a customer says, and how soon.

What is very negative goes straight to the owner or the supervisor, and praise to whoever gives
thanks; the times are ours. Put your own keys in place of ``owner``, ``supervisor``, ``thanks`` and
``service_desk``, and your own rules before these for what is urgent whatever the rating.

>>> from datetime import datetime, timezone
>>> from servicekit.feedback import Comment, route
>>> noon = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)
>>> thanks = Comment("1", "Thank you, Aino!", at=noon, rating=5)
>>> blame = Comment("2", "Nobody called back", at=noon, rating=1)
>>> for one in route([thanks, blame], RATED_1_TO_5):
...     print(one.feedback.id, one.destination.to, one.because)
2 owner worst: rating <= 1
1 thanks best: rating >= 5
"""

from datetime import timedelta
from typing import Final

from servicekit.feedback import Destination, RoutingRule, RoutingRules
from servicekit.kpi import Column

__all__ = ["AFTER_A_CONTACT", "RATED_1_TO_5"]

_AT_ONCE: Final = timedelta(0)
_DAY: Final = timedelta(days=1)
_OWNER: Final = Destination("owner", _AT_ONCE)
_SUPERVISOR: Final = Destination("supervisor", _AT_ONCE)
_SUPERVISOR_TODAY: Final = Destination("supervisor", _DAY)
_THANKS: Final = Destination("thanks", 7 * _DAY)
_SERVICE_DESK: Final = Destination("service_desk", 2 * _DAY)

_RATING: Final = Column("rating")
_WORST, _BAD, _BEST = 1, 2, 5

RATED_1_TO_5: Final = RoutingRules(
    [
        RoutingRule("worst", _OWNER, when=_RATING <= _WORST),
        RoutingRule("bad", _SUPERVISOR_TODAY, when=_RATING <= _BAD),
        RoutingRule("best", _THANKS, when=_RATING >= _BEST),
    ],
    _SERVICE_DESK,
)
"""For comments with a rating from 1 to 5, 5 being best."""

_SOLVED: Final = Column("solved").is_true()
_WELL: Final = Column("represented_well").is_true()

AFTER_A_CONTACT: Final = RoutingRules(
    [
        RoutingRule("neither", _OWNER, when=~_SOLVED & ~_WELL),
        RoutingRule("represented_badly", _SUPERVISOR, when=~_WELL),
        RoutingRule("not_solved", _SUPERVISOR_TODAY, when=~_SOLVED),
        RoutingRule("represented_well", _THANKS, when=_WELL),
    ],
    _SERVICE_DESK,
)
"""For contacts whose customers were asked whether it was solved and how the representative did."""
