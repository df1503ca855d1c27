"""Small tables of how many respondents are alike in something, all of one form."""

from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from typing import Final, NamedTuple

from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import Frame
from servicekit.extra.frames._plans import computed, known

__all__ = ["Count", "Of", "counted", "counts"]


class Of(IntEnum):
    """What is counted."""

    RATING = 0
    SECTION = 1
    TOTAL = 2


class Count(NamedTuple):
    """How often it is the same: what of which position, in which role, number and other number."""

    of: int
    at: int
    role: str
    number: int | None
    other: int
    times: int


_FORM: Final = {
    "of": nw.Int64,
    "at": nw.Int64,
    "role": nw.String,
    "number": nw.Float64,
    "other": nw.Int64,
    "times": nw.Int64,
}


def counts(
    plan: Frame,
    name: Callable[[str], str],
    of: Of,
    at: nw.Expr | int,
    by: tuple[str, str],
    *also: str,
) -> Frame:
    """Count rows by role, by a number that may be null and another one, and by what else."""
    keys = [name(each) for each in ("role", *by, *also)]
    role, number, other, times = (nw.col(name(each)) for each in ("role", *by, "times"))
    position = nw.lit(at) if isinstance(at, int) else at
    columns = (nw.lit(int(of)), position, role, number, other, times)
    form = zip(_FORM.items(), columns, strict=True)
    grouped = plan.group_by(*keys).agg(nw.len().alias(name("times")))
    return grouped.select(**{own: each.cast(dtype) for (own, dtype), each in form})


def counted(tables: Iterable[Frame]) -> Iterator[Count]:
    """Compute all tables at one go."""
    for of, at, role, number, other, times in computed(nw.concat([*tables])).iter_rows():
        whole = None if known(number) is None else int(number)
        yield Count(int(of), int(at), role, whole, int(other), int(times))
