"""KPIs: measures written as data, measured over any rows, and held against targets.

A KPI is a measure of quantities and conditions of rows, with a name, a unit and a good direction:

>>> from datetime import datetime, timedelta, timezone
>>> def at(day, hour):
...     return datetime(2026, 5, day, hour, tzinfo=timezone.utc)
>>> prompt = Kpi("prompt", "Answered within a day",
...     Share(Within("received_at", "answered_at", timedelta(hours=24))),
...     unit="share", better=Better.HIGHER)
>>> print(prompt)
share of rows where answered_at within 24 hours of received_at

Rows are objects or mappings that have the columns which it names. A row whose window is still open
as of the instant asked about counts neither way; what a row does not know is counted as unknown:

>>> rows = [
...     {"received_at": at(4, 9), "answered_at": at(4, 15)},
...     {"received_at": at(4, 10), "answered_at": None},
...     {"received_at": at(6, 9), "answered_at": at(6, 10)},
...     {"received_at": None, "answered_at": at(5, 9)},
... ]
>>> m = measure([prompt], rows, as_of=at(6, 12))["prompt"]
>>> m.value, m.numerator, m.denominator, m.unknown, m.still_open
(Fraction(1, 2), 1, 2, 1, 1)
>>> print(assess(Target(prompt, at_least=0.95, warn=0.9), m, as_of=at(6, 12)))
Answered within a day: at least 0.95 share: missed

`measure` is for rows that are Python objects: making a data frame of whole objects costs several
times what it takes. Where the rows are in a data frame already, the frame is the place to compute.
"""

from servicekit.kpi._arrangement import By
from servicekit.kpi._equity import Equity, Standing, equity
from servicekit.kpi._expressions import (
    And,
    Column,
    Compare,
    Condition,
    Elapsed,
    IsTrue,
    Known,
    Not,
    OneOf,
    Or,
    Per,
    Plus,
    Quantity,
    Within,
)
from servicekit.kpi._kpi import Better, Kpi
from servicekit.kpi._measure import measure
from servicekit.kpi._measurement import Groups, Measurement, Measurements
from servicekit.kpi._measures import Count, Mean, Measure, Method, Percentile, Ratio, Share, Total
from servicekit.kpi._period import Length, Period
from servicekit.kpi._plain import Sign
from servicekit.kpi._scorecard import Scorecard
from servicekit.kpi._targets import Assessment, Status, Target, assess

__all__ = [
    "And",
    "Assessment",
    "Better",
    "By",
    "Column",
    "Compare",
    "Condition",
    "Count",
    "Elapsed",
    "Equity",
    "Groups",
    "IsTrue",
    "Known",
    "Kpi",
    "Length",
    "Mean",
    "Measure",
    "Measurement",
    "Measurements",
    "Method",
    "Not",
    "OneOf",
    "Or",
    "Per",
    "Percentile",
    "Period",
    "Plus",
    "Quantity",
    "Ratio",
    "Scorecard",
    "Share",
    "Sign",
    "Standing",
    "Status",
    "Target",
    "Total",
    "Within",
    "assess",
    "equity",
    "measure",
]
