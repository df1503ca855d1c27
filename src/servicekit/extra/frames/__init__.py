"""KPIs over data frames of any engine: pandas, Polars, PyArrow, DuckDB, Dask, Ibis and PySpark.

The same KPI values as for rows that are objects, computed where the data are. ``pip install
'servicekit[frames]'`` brings what is needed besides the engine, which is narwhals alone.

>>> from datetime import datetime, timedelta, timezone
>>> import polars as pl
>>> from servicekit.kpi import Better, Kpi, Share, Within
>>> def at(day, hour):
...     return datetime(2026, 5, day, hour, tzinfo=timezone.utc)
>>> prompt = Kpi("prompt", "Answered within a day",
...     Share(Within("received_at", "answered_at", timedelta(hours=24))),
...     unit="share", better=Better.HIGHER)
>>> register = pl.DataFrame({
...     "channel": ["phone", "phone", "chat"],
...     "received_at": [at(4, 9), at(4, 10), at(5, 9)],
...     "answered_at": [at(4, 15), None, at(5, 10)],
... })
>>> result = measure_frame([prompt], register, as_of=at(7, 12), by="channel")
>>> result.select("channel", "prompt", "prompt_numerator", "prompt_denominator").rows()
[('chat', 1.0, 1, 1), ('phone', 0.5, 1, 2)]

The result is a frame of the same kind, small, and lazy where the one given is. It can be read as
the measurements that `servicekit.kpi.measure` gives, for targets and scorecards:

>>> print(read_measurements(result, [prompt])["phone"])
Answered within a day: 0.5 share (n 2, unknown 0, still open 0)
"""

from servicekit.extra.frames._measure_frame import measure_frame
from servicekit.extra.frames._read import read_measurements
from servicekit.extra.frames._score_frame import score_frame
from servicekit.extra.frames._summarize_frame import summarize_frame
from servicekit.extra.frames._worktime_frame import worktime_frame

__all__ = [
    "measure_frame",
    "read_measurements",
    "score_frame",
    "summarize_frame",
    "worktime_frame",
]
