"""Aggregating by group: by narwhals, or by an engine's own words where narwhals has none."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import Frame
from servicekit.extra.frames._sums import Aggregate

__all__ = ["aggregated"]

_AT_ONCE: Final = 90
"""So many columns pandas puts into a frame before it warns that it does so one by one."""

_Aggregates = Mapping[str, Aggregate]


def aggregated(plan: Frame, keys: Sequence[str], aggregates: _Aggregates) -> Frame:
    """Aggregate a frame by group, or as a whole where there are no keys."""
    if any(one.how == "sketch" for one in aggregates.values()):
        return _natively(plan, keys, aggregates)
    if not keys:
        return plan.select(*_made(aggregates))
    if isinstance(plan, nw.DataFrame):
        return _in_batches(plan, keys, _made(aggregates))
    if plan.implementation.is_polars():
        return _apart(plan, keys, aggregates)
    return plan.group_by(*keys, drop_null_keys=False).agg(*_made(aggregates))


def _made(aggregates: _Aggregates) -> list[nw.Expr]:
    return [one.expression().alias(name) for name, one in aggregates.items()]


def _in_batches(plan: "nw.DataFrame[Any]", keys: Sequence[str], made: list[nw.Expr]) -> Frame:
    batches = [made[place : place + _AT_ONCE] for place in range(0, len(made), _AT_ONCE)]
    found = [plan.group_by(*keys, drop_null_keys=False).agg(*batch) for batch in batches]
    return nw.concat([found[0], *(one.drop(*keys) for one in found[1:])], how="horizontal")


def _apart(plan: Frame, keys: Sequence[str], aggregates: _Aggregates) -> Frame:
    """Have Polars find percentiles apart: among them it takes a slower way to sums as well."""
    apart = {name: one for name, one in aggregates.items() if one.how == "quantile"}
    sums = {name: one for name, one in aggregates.items() if name not in apart}
    both = [
        plan.group_by(*keys, drop_null_keys=False).agg(*_made(some)).sort(*keys)
        for some in (sums, apart)
        if some
    ]
    if len(both) == 1:
        return both[0]
    native = [both[0].to_native(), both[1].drop(*keys).to_native()]
    polars = plan.implementation.to_native_namespace()
    result: Frame = nw.from_native(polars.concat(native, how="horizontal"))
    return result


def _natively(plan: Frame, keys: Sequence[str], aggregates: _Aggregates) -> Frame:
    engine, native = plan.implementation, plan.to_native()
    if engine.is_duckdb():
        found = _by_duckdb(native, keys, aggregates)
    elif engine.is_ibis():
        found = _by_ibis(native, keys, aggregates)
    else:
        found = _by_spark(native, keys, aggregates, engine.to_native_namespace())
    result: Frame = nw.from_native(found)
    return result


_IN_SQL: Final[Mapping[str, str]] = {
    "len": "count(*)",
    "sum": "sum({column})",
    "max": "max({column})",
    "var": "var_samp({column})",
    "sketch": "{sketch}({column}, {p})",
}


def _in_sql(one: Aggregate, sketch: str) -> str:
    return _IN_SQL[one.how].format(column=one.column, p=one.p, sketch=sketch)


def _by_duckdb(relation: Any, keys: Sequence[str], aggregates: _Aggregates) -> Any:
    texts = [f"{_in_sql(one, 'approx_quantile')} AS {name}" for name, one in aggregates.items()]
    return relation.aggregate(", ".join((*keys, *texts)), ", ".join(keys))


def _by_spark(frame: Any, keys: Sequence[str], aggregates: _Aggregates, spark: Any) -> Any:
    expr = spark.functions.expr
    made = [expr(_in_sql(one, "approx_percentile")).alias(name) for name, one in aggregates.items()]
    return frame.groupBy(*keys).agg(*made)


_IN_IBIS: Final[Mapping[str, Callable[[Any, float], Any]]] = {
    "sum": lambda column, _: column.sum(),
    "max": lambda column, _: column.max(),
    "var": lambda column, _: column.var(how="sample"),
    "sketch": lambda column, p: column.approx_quantile(p),
}


def _by_ibis(table: Any, keys: Sequence[str], aggregates: _Aggregates) -> Any:
    made = {
        name: table.count() if one.how == "len" else _IN_IBIS[one.how](table[one.column], one.p)
        for name, one in aggregates.items()
    }
    return table.group_by(*keys).aggregate(**made) if keys else table.aggregate(**made)
