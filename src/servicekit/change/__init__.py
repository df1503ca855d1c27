"""Did it help: one verdict for each KPI before and after, and trends.

`change` compares what was measured before with what was measured after, and says of each KPI
whether it is better, worse, or no clear difference is to be seen - with an interval, an effect size
and what to bear in mind:

>>> from datetime import datetime, timezone
>>> from servicekit.kpi import Better, Column, Kpi, Mean, Share, measure
>>> kept = Kpi("kept", "Promises kept", Share(Column("kept").is_true()),
...     unit="share", better=Better.HIGHER)
>>> effort = Kpi("effort", "Contacts needed", Mean(Column("contacts")),
...     unit="contacts", better=Better.LOWER)
>>> now = datetime(2026, 5, 4, tzinfo=timezone.utc)
>>> def measured(kept_ones, broken, contacts):
...     rows = [{"kept": True, "contacts": contacts}] * kept_ones
...     return measure([kept, effort], [*rows, *[{"kept": False, "contacts": 1}] * broken],
...         as_of=now)
>>> found = change(measured(48, 32, 1.5), measured(56, 14, 2))
>>> found["kept"].verdict, found["effort"].verdict
(Verdict.BETTER, Verdict.WORSE)
>>> print(found)
Before and after
KPI              Before  After  Difference        Interval          Effect        p  Verdict
Promises kept     0.600  0.800       0.200  0.052 to 0.334  Cohen's h 0.44   0.0081   better
Contacts needed   1.300  1.800       0.500  0.390 to 0.610  Hedges' g 1.51  <0.0001    worse
p adjusted by Holm's method for 2 KPIs judged together
moved against each other: kept, effort: kept better, effort worse

`trend` puts one KPI over many periods on a process behaviour chart. It shows whether something
changed when nobody asked, and it suits totals and ratios as well.
"""

from servicekit.change._caveats import Caveat, Concern
from servicekit.change._change import Changes, change
from servicekit.change._trend import Trend, TrendSignal, trend
from servicekit.change._verdicts import Change, Effect, EffectSize, Verdict

__all__ = [
    "Caveat",
    "Change",
    "Changes",
    "Concern",
    "Effect",
    "EffectSize",
    "Trend",
    "TrendSignal",
    "Verdict",
    "change",
    "trend",
]
