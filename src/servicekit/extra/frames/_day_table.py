"""A calendar as a table of days, in the engine of the frame that is looked up in it.

For each day of UTC it says what was open before that day, and when which stretches of the day begin
and how long they last. What is open up to an instant is what was open before its day, and of each
stretch as much as has passed since it began. All days have as many stretches as the busiest one;
those that a day lacks have no length.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from servicekit.extra.frames._narwhals import nw
from servicekit.extra.frames._opening import Frame
from servicekit.kpi._numbers import DAY
from servicekit.worktime import Timetable
from servicekit.worktime._by_day import open_days

__all__ = ["DayTable", "day_table"]

_Columns = Mapping[str, Sequence[int]]


@frozen
class DayTable:
    """The days from one to another, by their position; everything is in microseconds."""

    low: int
    high: int
    stretches: int = field(kw_only=True)
    columns: _Columns = field(kw_only=True)

    def opened_until(self, plan: Frame, at: str, name: Callable[[str], str]) -> Frame:
        """Add what is open from the first day up to each instant, and whether it is on the table.

        ``at`` is a column of instants in microseconds since 1970 without gaps, ``name`` gives names
        to the new columns, "opened" and "inside", and to those needed for them.
        """
        plan = self._with_days(plan, at, name)
        plan = _looked_up(plan, {name(column): of for column, of in self.columns.items()})
        opened = nw.col(name("before"))
        for number in range(self.stretches):
            passed = nw.col(name("rest")) - nw.col(name(f"begin_{number}"))
            length = nw.col(name(f"length_{number}"))
            within = nw.when(passed < length).then(passed).otherwise(length)
            opened = opened + nw.when(passed > 0).then(within).otherwise(nw.lit(0))
        return plan.with_columns(opened.alias(name("opened")))

    def _with_days(self, plan: Frame, at: str, name: Callable[[str], str]) -> Frame:
        """Add the position of the day of each instant, and the time since its midnight.

        What is not on the table is put at its beginning. Some engines divide whole numbers as
        floats; then a day may be off by one, and is set right.
        """
        instant, since, guess = nw.col(at), nw.col(name("since")), nw.col(name("guess"))
        inside = (instant >= self.low) & (instant < self.high)
        moved = nw.when(inside).then(instant - self.low).otherwise(nw.lit(0))
        plan = plan.with_columns(
            inside.alias(name("inside")), moved.cast(nw.Int64).alias(name("since"))
        )
        plan = plan.with_columns((since // DAY).cast(nw.Int64).alias(name("guess")))
        plan = plan.with_columns((since - guess * DAY).alias(name("rest")))
        rest = nw.col(name("rest"))
        up = nw.when(rest >= DAY).then(nw.lit(1)).otherwise(nw.lit(0))
        step = nw.when(rest < 0).then(nw.lit(-1)).otherwise(up).cast(nw.Int64)
        return plan.with_columns(
            (guess + step).alias(name("day")), (rest - step * DAY).alias(name("rest"))
        )


def day_table(timetable: Timetable, first: int, last: int) -> DayTable:
    """Lay out the days of a timetable from one to another, numbered from 1970 on."""
    days = list(open_days(timetable, first, last))
    most = max(len(day.stretches) for day in days)
    padded = [(*day.stretches, *[(0, 0)] * (most - len(day.stretches))) for day in days]
    columns = {"day": [day.day - first for day in days], "before": [day.before for day in days]}
    for at in range(most):
        columns[f"begin_{at}"] = [stretches[at][0] for stretches in padded]
        columns[f"length_{at}"] = [stretches[at][1] for stretches in padded]
    return DayTable(first * DAY, (last + 1) * DAY, stretches=most, columns=columns)


def _looked_up(plan: Frame, columns: _Columns) -> Frame:
    """Add the columns of a table to each row, by the position that its first column has."""
    key = next(iter(columns))
    if isinstance(plan, nw.DataFrame):
        found = nw.from_dict(columns, backend=plan.implementation)[plan[key]]
        return plan.with_columns(*(found[name] for name in columns if name != key))
    return plan.join(_in_engine_of(plan, columns), on=key, how="left")


def _in_engine_of(plan: nw.LazyFrame[Any], columns: _Columns) -> nw.LazyFrame[Any]:
    """Hand a table to the engine of a frame: to its session or connection, where it has one."""
    engine, native = plan.implementation, plan.to_native()
    table: nw.LazyFrame[Any]
    if engine.is_duckdb():
        table = nw.from_native(native.query("servicekit_days", _in_sql(columns)))
        return table
    if engine.is_spark_like():
        rows = list(zip(*columns.values(), strict=True))
        form = ", ".join(f"`{name}` long" for name in columns)
        table = nw.from_native(native.sparkSession.createDataFrame(rows, form))
        return table
    if engine.is_ibis():
        return nw.from_dict(columns, backend="pyarrow").lazy("ibis")
    if engine.is_dask():
        return nw.from_dict(columns, backend="pandas").lazy("dask")
    return nw.from_dict(columns, backend=engine).lazy()


def _in_sql(columns: _Columns) -> str:
    """Write a table as text to be split; as so many numbers it would take seconds to be read."""
    lists = {name: ",".join(map(str, of)) for name, of in columns.items()}
    columns_of = (
        f"unnest(string_split('{of}', ',')::BIGINT[]) AS \"{name}\"" for name, of in lists.items()
    )
    return f"SELECT {', '.join(columns_of)}"
