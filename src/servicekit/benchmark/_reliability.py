"""The reliability of any items that stand in columns, with or without an instrument."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement
from operator import mul
from typing import Any, Final, Literal

from servicekit.benchmark._alpha import Reliability, alpha_of_sums, alpha_of_variances
from servicekit.benchmark._held import Columns, columns_held
from servicekit.benchmark._lanes import (
    LONGEST,
    SHORT,
    byte_sum,
    narrow_sums,
    short_square_sum,
    square_sum,
    weighted_lanes,
)
from servicekit.errors import Problem, RecordError, shown

__all__ = ["reliability"]

_GAPS: Final = ("listwise", "pairwise")
_BYTE: Final = 255


def reliability(
    columns: Columns, *, missing: Literal["listwise", "pairwise"] = "listwise"
) -> Reliability | None:
    """Give Cronbach's alpha of items that stand in columns of whole numbers.

    Reverse items have to be turned before. ``missing`` says what becomes of gaps: "listwise" leaves
    out respondents who have any; "pairwise" takes each covariance over the respondents who have
    both items, and all respondents count for the interval, as the R package psych and pingouin do.
    None where alpha does not exist: fewer than two items or respondents, or no spread.

    Raises `RecordError` with every value that is no whole number.

    >>> reliability({"q1": [1, 2, 3, 4], "q2": [2, 2, 3, 5]}).alpha
    Fraction(20, 21)
    """
    if missing not in _GAPS:
        problem = Problem("missing", shown(missing), f"one of {', '.join(map(repr, _GAPS))}")
        raise RecordError("reliability", (problem,))
    items = list(columns_held("reliability", columns, columns).values())
    if problems := tuple(_problems(columns, items)):
        raise RecordError("reliability", problems)
    if any(None in item for item in items if not isinstance(item, bytes)):
        if missing == "pairwise":
            return _pairwise(items)
        items = list(
            zip(*(row for row in zip(*items, strict=True) if None not in row), strict=True)
        )
    return _complete(items)


def _problems(columns: Columns, items: Sequence[Sequence[Any]]) -> Iterator[Problem]:
    for key, item in zip(columns, items, strict=True):
        if isinstance(item, bytes):
            continue
        for position, value in enumerate(item):
            if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
                where = f"columns[{key!r}][{position}]"
                yield Problem(where, shown(value), "a whole number, or None for a gap")


def _complete(items: Sequence[Sequence[int]]) -> Reliability | None:
    """Give alpha without gaps: columns of bytes are added up without a loop."""
    n = len(items[0]) if items else 0
    points = [sum(map(_points, _blocks(item))) for item in items]
    squares = [sum(map(_squares, _blocks(item))) for item in items]
    blocks = zip(*map(_blocks, items), strict=True)
    of_totals = sum(map(_squares_of_totals, blocks))
    return alpha_of_sums(n, list(zip(points, squares, strict=True)), (sum(points), of_totals))


def _blocks(item: Sequence[int]) -> list[Sequence[int]]:
    return [item[start : start + LONGEST] for start in range(0, len(item), LONGEST)]


def _points(block: Sequence[int]) -> int:
    return byte_sum(block) if isinstance(block, bytes) else sum(block)


def _squares(block: Sequence[int]) -> int:
    return square_sum(block) if isinstance(block, bytes) else sum(map(mul, block, block))


def _squares_of_totals(blocks: Sequence[Sequence[int]]) -> int:
    lanes = [block for block in blocks if isinstance(block, bytes)]
    if len(lanes) == len(blocks) and (totals := narrow_sums(lanes)) is not None:
        return square_sum(totals)
    if len(lanes) == len(blocks) and _BYTE * len(lanes) < SHORT:
        return short_square_sum(weighted_lanes(lanes, [1] * len(lanes)), len(lanes[0]))
    added = tuple(map(sum, zip(*blocks, strict=True)))
    return sum(map(mul, added, added))


def _pairwise(items: Sequence[Sequence[int | None]]) -> Reliability | None:
    own = total = Fraction(0)
    for one, other in combinations_with_replacement(range(len(items)), 2):
        covariance = _covariance(items[one], items[other])
        if covariance is None:
            return None
        own += covariance if one == other else 0
        total += covariance if one == other else 2 * covariance
    return alpha_of_variances(len(items[0]), len(items), own, total)


def _covariance(left: Sequence[int | None], right: Sequence[int | None]) -> Fraction | None:
    both = [(x, y) for x, y in zip(left, right, strict=True) if x is not None and y is not None]
    if (n := len(both)) < 2:  # noqa: PLR2004 - one pair has no covariance
        return None
    xs, ys = zip(*both, strict=True)
    return Fraction(n * sum(map(mul, xs, ys)) - sum(xs) * sum(ys), n * (n - 1))
