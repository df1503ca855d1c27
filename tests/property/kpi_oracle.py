"""What measures mean, row by row and with lists: slow, obvious, and sharing nothing with src."""

from datetime import date, datetime
from fractions import Fraction
from math import ceil, floor, isnan
from statistics import mean

from servicekit.kpi import (
    And,
    Column,
    Compare,
    Count,
    Elapsed,
    IsTrue,
    Known,
    Mean,
    Method,
    Not,
    OneOf,
    Or,
    Per,
    Percentile,
    Plus,
    Ratio,
    Share,
    Sign,
    Total,
    Within,
)

OUT, UNSURE, OPEN = "out", "unsure", "open"


def held(row, name):
    """Give what stands in a column, None where it says nothing."""
    value = row[name]
    return None if isinstance(value, float) and isnan(value) else value


def happened(row, name, now):
    """Give an instant or a date, None where it lies ahead."""
    at = held(row, name)
    if at is None:
        return None
    return at if at <= (now if isinstance(at, datetime) else now.date()) else None


def number(quantity, row, now):  # noqa: PLR0911 - one line per kind
    """Give a quantity as a Fraction, and whether a float was in it; None where unknown."""
    match quantity:
        case Column(name):
            value = held(row, name)
            return None if value is None else (Fraction(value), isinstance(value, float))
        case Elapsed(start, end):
            first, last = happened(row, start, now), happened(row, end, now)
            if first is None or last is None:
                return None
            return seconds(last - first) / seconds(quantity.unit), False
        case Plus(parts):
            found = [number(part, row, now) for part in parts]
            if None in found:
                return None
            return sum(value for value, _ in found), any(inexact for _, inexact in found)
        case Per(of, by):
            top = number(of, row, now)
            if isinstance(by, int):
                return None if top is None else (top[0] / by, top[1])
            bottom = number(by, row, now)
            if top is None or bottom is None or bottom[0] == 0:
                return None
            quotient = top[0] / bottom[0]
            return None if abs(quotient) >= 2**1024 else (Fraction(float(quotient)), True)
    raise AssertionError


def seconds(span):
    """Give a span exactly."""
    return Fraction(span.days * 86_400 + span.seconds) + Fraction(span.microseconds, 10**6)


def truth(condition, row, now):  # noqa: C901, PLR0911 - one line per kind
    """Give True, False or None for unknown, windows taken as closed."""
    match condition:
        case And(conditions):
            said = [truth(one, row, now) for one in conditions]
            return False if False in said else None if None in said else True
        case Or(conditions):
            said = [truth(one, row, now) for one in conditions]
            return True if True in said else None if None in said else False
        case Not(of):
            said = truth(of, row, now)
            return None if said is None else not said
        case Compare(of, sign):
            found = number(of, row, now)
            return None if found is None else compared(*found, sign, condition.than)
        case OneOf(Column(name), values):
            value = held(row, name)
            if value is None:
                return None
            return any(value == one and is_flag(value) == is_flag(one) for one in values)
        case IsTrue(Column(name)):
            return row[name]
        case Known(of):
            return known(of, row, now)
        case Within(start, end, limit):
            first, last = held(row, start), held(row, end)
            if first is None:
                return None
            return last is not None and midnight(last) <= midnight(first) + limit
    raise AssertionError


def is_flag(value):
    """Tell a flag from a number."""
    return isinstance(value, bool)


def known(quantity, row, now):
    """Say whether a quantity is known."""
    if isinstance(quantity, Column):
        value = held(row, quantity.name)
        if isinstance(value, date):
            return happened(row, quantity.name, now) is not None
        return value is not None
    return number(quantity, row, now) is not None


def compared(value, inexact, sign, than):
    """Compare with a written number: as it is, or with the float that it becomes."""
    bound = Fraction(float(than)) if inexact else than
    if sign is Sign.BELOW:
        return value < bound
    if sign is Sign.AT_MOST:
        return value <= bound
    return value > bound if sign is Sign.ABOVE else value >= bound


def midnight(at):
    """Give the instant that a date begins with; leave an instant as it is."""
    return at if isinstance(at, datetime) else datetime(at.year, at.month, at.day)  # noqa: DTZ001


def is_open(piece, row, now):
    """Say whether a window anywhere in a condition is open."""
    match piece:
        case And(conditions) | Or(conditions):
            return any(is_open(one, row, now) for one in conditions)
        case Not(of):
            return is_open(of, row, now)
        case Within(start, _, limit):
            first = held(row, start)
            if first is None or isinstance(first, datetime):
                return first is not None and first + limit > now
            return (midnight(first) + limit).date() >= now.date()
    return False


def said(of, among, row, now):
    """Say what a row brings: a number with whether it is inexact, or why it brings none."""
    if among is not None:
        if is_open(among, row, now):
            return OPEN
        belongs = truth(among, row, now)
        if not belongs:
            return OUT if belongs is False else UNSURE
    if of is None:
        return Fraction(1), False
    if isinstance(of, (Column, Elapsed, Per, Plus)):
        return number(of, row, now) or UNSURE
    if is_open(of, row, now):
        return OPEN
    holds = truth(of, row, now)
    return UNSURE if holds is None else (Fraction(holds), False)


def side(measure, row, now):
    """Say what a row brings to one side of a ratio."""
    return said(measure.of, getattr(measure, "among", None), row, now)


def pair(ratio, row, now):
    """Say what a row brings to a ratio."""
    sides = side(ratio.of, row, now), side(ratio.to, row, now)
    for why in (OPEN, UNSURE):
        if why in sides:
            return why
    if sides == (OUT, OUT):
        return OUT
    return tuple((Fraction(0), False) if one == OUT else one for one in sides)


def percentile(values, p, method):
    """Read off a percentile."""
    ordered = sorted(values)
    if method is Method.NEAREST_RANK:
        return ordered[max(ceil(len(ordered) * p), 1) - 1]
    place = (len(ordered) - 1) * p
    low, high = ordered[floor(place)], ordered[ceil(place)]
    return low + (high - low) * (place - floor(place))


def figures(measure, rows, now):
    """Give n, unknown, still open, numerator, denominator and value."""
    if isinstance(measure, Ratio):
        return ratio_figures(measure, rows, now)
    found = [side(measure, row, now) for row in rows]
    counted = [one for one in found if isinstance(one, tuple)]
    values = [value for value, _ in counted]
    n, rest = len(values), (found.count(UNSURE), found.count(OPEN))
    inexact = any(flag for _, flag in counted)
    total = float(sum(values)) if inexact else sum(values)
    match measure:
        case Count():
            return n, *rest, total, None, total
        case Total():
            return n, *rest, total, None, total if n else None
        case Share() | Mean():
            value = mean(values) if n else None
            return n, *rest, total, n, float(value) if inexact else value
        case Percentile(_, p):
            value = percentile(values, p, measure.method) if n else None
            return n, *rest, None, n, float(value) if inexact else value
    raise AssertionError


def ratio_figures(ratio, rows, now):
    """Give the figures of a ratio."""
    found = [pair(ratio, row, now) for row in rows]
    counted = [one for one in found if isinstance(one, tuple)]
    inexact = any(top[1] or bottom[1] for top, bottom in counted)
    top, bottom = (sum(one[place][0] for one in counted) for place in (0, 1))
    value = top / bottom if bottom else None
    figures = (float(one) if inexact and one is not None else one for one in (top, bottom, value))
    return len(counted), found.count(UNSURE), found.count(OPEN), *figures
