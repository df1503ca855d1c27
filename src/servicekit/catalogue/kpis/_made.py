"""What the KPIs of the catalogue are made with."""

from datetime import timedelta
from typing import Final

from servicekit.kpi import Better
from servicekit.kpi._written import span_in_words

__all__ = ["HIGHER", "LOWER", "NEITHER", "SHARE", "in_key"]

HIGHER: Final = Better.HIGHER
LOWER: Final = Better.LOWER
NEITHER: Final = Better.NEITHER
SHARE: Final = "share"


def in_key(span: timedelta) -> str:
    """Write a span as part of a key."""
    return span_in_words(span).replace(" ", "_")
