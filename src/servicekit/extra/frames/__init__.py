"""KPIs over the data frames of any engine."""

from servicekit.extra.frames._measure_frame import measure_frame
from servicekit.extra.frames._read import read_measurements

__all__ = ["measure_frame", "read_measurements"]
