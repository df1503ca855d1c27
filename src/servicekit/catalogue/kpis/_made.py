"""What the KPIs of the catalogue are made with."""

from datetime import timedelta
from typing import Final

from servicekit.kpi import Better

__all__ = ["HIGHER", "LOWER", "NEITHER", "SHARE", "within_text"]

HIGHER: Final = Better.HIGHER
LOWER: Final = Better.LOWER
NEITHER: Final = Better.NEITHER
SHARE: Final = "share"

_UNITS: Final = (
    ("days", timedelta(days=1)),
    ("hours", timedelta(hours=1)),
    ("minutes", timedelta(minutes=1)),
    ("seconds", timedelta(seconds=1)),
    ("microseconds", timedelta(microseconds=1)),
)


def within_text(limit: timedelta, between: str = "_") -> str:
    """Say a limit in the largest unit that it is a whole number of; a single day is 24 hours."""
    for name, unit in _UNITS:
        number, rest = divmod(limit, unit)
        if not rest and number != 1:
            return f"{number}{between}{name}"
    return f"1{between}microsecond"
