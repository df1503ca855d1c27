"""Whether a problem came back after it was fixed."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from servicekit._instants import aware, instant
from servicekit._rules import INSTANT, NATURAL, TEXT, each, is_a
from servicekit._tables import Line, Table, Tabled, rounded
from servicekit._values import Value, refuse
from servicekit.errors import Problem, RecordError
from servicekit.inference import Interval, Rate, RateRatio, rate_interval, rate_ratio
from servicekit.problems._signal import Signal, key_of
from servicekit.problems._taxonomy import Taxonomy

__all__ = ["Recurrence", "Watch", "recurrence"]

_DAY: Final = timedelta(days=1)
_MICROSECOND: Final = timedelta(microseconds=1)


@frozen
class Watch(Value):
    """How often a problem occurred from ``start`` until ``end``, while somebody was listening.

    Raises `RecordError`, also for an end that is not after the start.
    """

    start: datetime = field(converter=instant, validator=INSTANT)
    end: datetime = field(converter=instant, validator=INSTANT)
    times: int = field(validator=NATURAL)

    def __attrs_post_init__(self) -> None:
        if self.end <= self.start:
            refuse(self, "end", f"an instant after start, {self.start}")

    @property
    def days(self) -> Fraction:
        """How long that was, exactly."""
        return Fraction((self.end - self.start) // _MICROSECOND, _DAY // _MICROSECOND)

    @property
    def rate(self) -> Rate:
        """Occurrences over days."""
        return Rate(self.times, self.days)

    @property
    def interval(self) -> Interval:
        """The exact interval of the rate by the day; with no occurrence it still has an end."""
        return rate_interval(self.rate)
