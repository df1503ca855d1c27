"""An instant is a date, a time and the UTC offset that was in force."""

from datetime import datetime, timezone

from servicekit.errors import INSTANT, Problem, RecordError, shown

__all__ = ["aware", "instant", "instant_or_none"]


def instant(value: datetime) -> datetime:
    """Give an aware datetime its offset in place of its zone; leave anything else as it is.

    Within one zone Python compares wall clocks: 03:10 after the clocks went back counts as earlier
    than 03:30 before. With plain offsets, order, difference, equality and hash are those of the
    instants themselves.
    """
    if value.__class__ is datetime and value.tzinfo.__class__ is timezone:
        return value
    offset = value.utcoffset() if isinstance(value, datetime) else None
    if offset is None:
        return value
    return datetime.combine(value.date(), value.time().replace(fold=0), timezone(offset))


def instant_or_none(value: datetime | None) -> datetime | None:
    """Do as `instant`, where there may be none."""
    return None if value is None else instant(value)


def aware(at: datetime, name: str = "at") -> datetime:
    """Take an instant that a caller asks about; a naive one is refused by the parameter's name."""
    if not isinstance(at, datetime) or at.utcoffset() is None:
        raise RecordError("instant", (Problem(name, shown(at), allowed=INSTANT),))
    return instant(at)
