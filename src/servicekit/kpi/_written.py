"""Numbers and spans as people write them: 0.9 is nine tenths, whatever its nearest float is."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Any, Final, cast

from servicekit._rules import Rule
from servicekit.inference import Real

__all__ = ["EXACT", "EXACT_OR_NONE", "Exact", "Written", "as_written", "as_written_or_none"]
__all__ += ["in_units", "number_in_words", "shortened", "span_in_words"]

Exact = int | Fraction
"""A number without rounding."""

Written = int | float | Decimal | Fraction
"""A number as it may be given."""


def _is_exact(value: object) -> bool:
    return isinstance(value, (int, Fraction)) and not isinstance(value, bool)


EXACT: Final = Rule("{is_exact}({v})", "a finite number, such as 24 or 0.9", is_exact=_is_exact)
EXACT_OR_NONE: Final = Rule(
    "{v} is None or {is_exact}({v})", "a finite number, such as 0.9, or None", is_exact=_is_exact
)


def as_written(value: Written) -> Exact:
    """Read a number as its decimal digits say; leave what is no finite number as it is.

    >>> as_written(0.9), as_written(24.0)
    (Fraction(9, 10), 24)
    """
    return cast("Exact", _read(value))


def _read(value: Any) -> Any:
    if isinstance(value, (float, Decimal)):
        if not isfinite(value):
            return value
        value = Fraction(str(value))
    return shortened(value)


def shortened(value: Real) -> Real:
    """Give a fraction that is whole as a whole number."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def as_written_or_none(value: Written | None) -> Exact | None:
    """Do as `as_written`, where there may be none."""
    return cast("Exact | None", _read(value))


def number_in_words(number: Exact) -> str:
    """Write an exact number with its decimal digits, or as a quotient where they do not end.

    >>> number_in_words(Fraction(5, 4)), number_in_words(Fraction(1, 3))
    ('1.25', '1/3')
    """
    rest = Fraction(number).denominator
    places = 0
    while 10**places % rest and places < 12:  # noqa: PLR2004 - more digits would not be read
        places += 1
    if not places or 10**places % rest:
        return str(number)
    digits = str(abs(number) * 10**places).zfill(places + 1)
    return f"{'-' if number < 0 else ''}{digits[:-places]}.{digits[-places:]}"


_UNITS: Final = {
    timedelta(weeks=1): "weeks",
    timedelta(days=1): "days",
    timedelta(hours=1): "hours",
    timedelta(minutes=1): "minutes",
    timedelta(seconds=1): "seconds",
    timedelta(milliseconds=1): "milliseconds",
    timedelta(microseconds=1): "microseconds",
}


def in_units(unit: timedelta) -> str:
    """Name the unit that a span is counted in."""
    return _UNITS.get(unit) or f"units of {unit}"


def span_in_words(span: timedelta) -> str:
    """Write a span in the largest unit that it is a whole number of; up to two days in hours.

    >>> span_in_words(timedelta(hours=24)), span_in_words(timedelta(days=15))
    ('24 hours', '15 days')
    """
    largest = timedelta(hours=1) if span <= timedelta(days=2) else timedelta(days=1)
    unit = next(unit for unit in _UNITS if unit <= largest and not span % unit)
    number, name = span // unit, _UNITS[unit]
    return f"{number} {name[:-1] if number == 1 else name}"
