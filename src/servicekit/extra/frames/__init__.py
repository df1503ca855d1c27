"""KPIs over the data frames of any engine."""

from servicekit.extra.frames._measure_frame import measure_frame

__all__ = ["measure_frame"]
