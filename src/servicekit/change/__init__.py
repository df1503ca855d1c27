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
>>> def rows(kept, broken):
...     one, two = {"kept": True, "contacts": 1}, {"kept": False, "contacts": 2}
...     return [one] * kept + [two] * broken + [{"kept": True, "contacts": 3}]
>>> before = measure([kept, effort], rows(60, 40), as_of=now)
>>> after = measure([kept, effort], rows(72, 28), as_of=now)
>>> found = change(before, after)
>>> found["kept"].verdict, found["effort"].verdict
(Verdict.NO_CLEAR_DIFFERENCE, Verdict.NO_CLEAR_DIFFERENCE)
>>> print(found)

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
