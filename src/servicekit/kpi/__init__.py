"""KPIs: measures written as data, measured over any rows."""

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
    Sign,
    Within,
)
from servicekit.kpi._kpi import Better, Kpi
from servicekit.kpi._measure import measure
from servicekit.kpi._measurement import Groups, Measurement, Measurements
from servicekit.kpi._measures import Count, Mean, Measure, Method, Percentile, Ratio, Share, Total
from servicekit.kpi._period import Length, Period
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
