"""The three big problems: who tells of what, what it comes to, and whether a fix held.

A `Signal` says that a source tells of a problem. `signals_from` reads them from cases, contacts,
operating figures and coded comments; what a supplier reports or staff say is written by hand:

>>> from datetime import datetime, timedelta, timezone
>>> may = datetime(2026, 5, 4, tzinfo=timezone.utc)
>>> signals = [
...     *(Signal("late", Source.COMPLAINTS, may, evidence=f"C-{n}") for n in range(9)),
...     Signal("late", "carrier", may, weight=14, policy="one_slot", note="Nobody was at home"),
...     Signal("torn", Source.COMPLAINTS, may, weight=3),
...     Signal("fee", Source.STAFF, may, weight=2, policy="fee_by_phone"),
...     Signal("unhappy", Source.SURVEY, may, weight=5, actionable=False),
... ]

`rank` puts problems in order by frequency times impact, and says how sure the order is, who tells
of what, and what it would be without one of the sources:

>>> print(rank(signals, top=2))
3 ranked, 28 occurrences
Problem  Place  Times  Comes to  Share %  from    to  Sum %                   Told by
late         1     23     23.00     82.1  64.4  92.1   82.1  carrier 14, complaints 9
torn         2      3      3.00     10.7   3.7  27.2   92.9              complaints 3
fee          3      2      2.00      7.1   2.0  22.6  100.0                   staff 2
torn and fee are not clearly apart
Without complaints: late, fee
Apart, vague: unhappy (5): What happened, and what should have happened?

`policies` ranks what stood in the way, `recurrence` asks whether a problem came back after a fix,
and `iceberg` draws what may lie under the complaints, by figures that others quote.
"""

from servicekit.problems._iceberg import Depth, Iceberg, Ratios, Reference, iceberg
from servicekit.problems._rank import policies, rank
from servicekit.problems._ranking import Ranking, WithoutSource
from servicekit.problems._recurrence import Effectiveness, Watch, recurrence
from servicekit.problems._signal import UNCODED, Signal, Source
from servicekit.problems._sorting import Grouping
from servicekit.problems._sources import Telling, signals_from
from servicekit.problems._standing import Apart, Reason, Standing
from servicekit.problems._taxonomy import Problem, Taxonomy

__all__ = [
    "UNCODED",
    "Apart",
    "Depth",
    "Effectiveness",
    "Grouping",
    "Iceberg",
    "Problem",
    "Ranking",
    "Ratios",
    "Reason",
    "Reference",
    "Signal",
    "Source",
    "Standing",
    "Taxonomy",
    "Telling",
    "Watch",
    "WithoutSource",
    "iceberg",
    "policies",
    "rank",
    "recurrence",
    "signals_from",
]
