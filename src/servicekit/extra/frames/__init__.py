"""KPIs over the data frames of any engine."""

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
