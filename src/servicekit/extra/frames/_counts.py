"""How many respondents are alike: how often each of many columns holds which code."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import Frame
from servicekit.extra.frames._plans import computed, keeps_order, known

__all__ = ["Count", "counted", "counts", "times"]

_FORM: Final[Mapping[str, Any]] = {
    "role": nw.String,
    "what": nw.String,
    "code": nw.Float64,
    "times": nw.Int64,
}


class Count(NamedTuple):
    """How often something has a code, in the role of a code of its own."""

    role: str
    what: str
    code: int
    times: int


def counts(
    plan: Frame, codes: Mapping[str, nw.Expr], name: Callable[[str], str]
) -> Iterator[Frame]:
    """Count the codes of each column by role, in tables of one form.

    Where rows are at hand that is done column by column, in little memory; DuckDB does so as well.
    Where they may be far away they are read once, with the columns one below the other.
    """
    role, what, code = (name(each) for each in ("role", "what", "code"))
    own = {name(each): expression for each, expression in codes.items()}
    plan = plan.select(role, **own)
    if keeps_order(plan) or plan.implementation.is_duckdb():
        for column in own:
            yield times(plan, name, what=nw.lit(column), code=column)
    else:
        plan = plan.select(role, *(nw.col(column).cast(nw.Float64) for column in own))
        rows = plan.unpivot([*own], index=role, variable_name=what, value_name=code)
        yield times(rows, name, what, what=nw.col(what), code=code)


def times(plan: Frame, name: Callable[[str], str], *also: str, what: nw.Expr, code: str) -> Frame:
    """Count rows by role, by a code and by what else tells what is counted."""
    role, number = name("role"), name("times")
    grouped = plan.group_by(role, code, *also).agg(nw.len().alias(number))
    columns = (nw.col(role), what, nw.col(code), nw.col(number))
    form = zip(_FORM.items(), columns, strict=True)
    return grouped.select(**{own: column.cast(dtype) for (own, dtype), column in form})


def counted(tables: Iterable[Frame], name: Callable[[str], str]) -> Iterator[Count]:
    """Compute all tables at one go; what has no code is left out."""
    every: list[Any] = [*tables]  # all lazy, or none
    for role, what, code, number in computed(nw.concat(every)).iter_rows():
        if known(code) is not None:
            yield Count(role, what.removeprefix(name("")), int(code), int(number))
