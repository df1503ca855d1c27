"""KPIs: measures written as data, measured over any rows."""

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
    Sign,
    Within,
)
from servicekit.kpi._kpi import Better, Kpi
from servicekit.kpi._measure import measure
from servicekit.kpi._measurement import Groups, Measurement, Measurements
from servicekit.kpi._measures import Count, Mean, Measure, Method, Percentile, Ratio, Share, Total
from servicekit.kpi._period import Length, Period

__all__ = [
    "And",
    "Better",
    "Column",
    "Compare",
    "Condition",
    "Count",
    "Elapsed",
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
    "Share",
    "Sign",
    "Total",
    "Within",
    "measure",
]
