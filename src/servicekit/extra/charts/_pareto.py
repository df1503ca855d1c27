"""A ranking drawn: what weighs most, how much of all it is, and what follows close behind."""

from collections.abc import Iterator
from typing import Final

import altair as alt

from servicekit.extra.charts._data import Row, as_float, ends, taken
from servicekit.extra.charts._looks import (
    BLUE,
    INK,
    ORANGE,
    PALE,
    beside,
    figure,
    intervals,
    layered,
    legend_of,
    nothing,
    points,
    row_height,
    rows_axis,
    ticks,
    tips,
    titled,
    wrapped,
)
from servicekit.problems import Ranking, Standing

__all__ = ["pareto_chart"]

_TOP, _CLOSE, _BELOW = "on the first places", "not clearly behind", "behind"
_COLOURS: Final = {_TOP: BLUE, _CLOSE: ORANGE, _BELOW: PALE}
_MEANING: Final = "Bar: share with its 95 % interval; line with circles: sum of the shares so far"


def pareto_chart(ranking: Ranking) -> alt.LayerChart:
    """Draw a ranking of problems or policies, the heaviest first, with the sum of their shares.

    A bar for each that was ranked: its share of what all come to, with the 95 % interval, and
    beside it what it comes to. Bars tell those on the first places from those behind them by no
    more than noise, and from the rest. Where all come to nothing there are no bars.

    Raises `RecordError` for what is no `Ranking`.
    """
    taken("pareto_chart", "ranking", ranking, Ranking)
    title = titled(_title(ranking), _MEANING, *_apart(ranking))
    if not ranking.standings:
        return nothing("nothing was ranked", title=title, description=_described(ranking))
    rows = list(_rows(ranking))
    labels = [wrapped(row["title"]) for row in rows]
    return layered(
        _marks(rows, labels),
        rows,
        title=title,
        height=alt.Step(row_height(labels)),
        description=_described(ranking),
    )


def _title(ranking: Ranking) -> str:
    times = sum(one.frequency for one in ranking)
    unit = f" in {ranking.currency}" if ranking.currency else ""
    return f"{len(ranking)} ranked{unit}, {times} occurrences"


def _apart(ranking: Ranking) -> Iterator[str]:
    if ranking.apart:
        told = ", ".join(f"{one.title} ({one.reason.replace('_', ' ')})" for one in ranking.apart)
        yield f"Not ranked: {told}"


def _rows(ranking: Ranking) -> Iterator[Row]:
    top, close = ranking.top, ranking.contenders
    for row, one in enumerate(ranking):
        low, high = ends(one.interval)
        yield {
            "row": row,
            "title": one.title,
            "share": as_float(one.share),
            "low": low,
            "high": high,
            "cumulative": as_float(one.cumulative),
            "standing": _TOP if one in top else _CLOSE if one in close else _BELOW,
            "said": _said(one, ranking.currency),
        }


def _said(one: Standing, currency: str | None) -> str:
    unit = f" {currency}" if currency else ""
    return f"{one.place}{'=' if one.tied else ''}: {figure(one.score, 2)}{unit}\nn {one.frequency}"


def _marks(rows: list[Row], labels: list[list[str]]) -> Iterator[alt.Chart]:
    def across(name: str) -> alt.X:
        scale = alt.Scale(domain=[0, 1], nice=False)
        return alt.X(f"{name}:Q", scale=scale, title="Share of all", axis=ticks(format="%"))

    y = alt.Y("row:O", axis=rows_axis(labels))
    bars = alt.Chart().mark_bar(size=18, stroke=INK, strokeWidth=0.5)
    colours = alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values()))
    legend = legend_of(_COLOURS, [row["standing"] for row in rows])
    fill = alt.Fill("standing:N", scale=colours, legend=legend)
    tooltip = tips("title:N", "share:Q", "low:Q", "high:Q", "cumulative:Q", "standing:N")
    yield bars.encode(x=across("share"), y=y, fill=fill, tooltip=tooltip)
    yield intervals(across("low"), y)
    sums = alt.Chart().mark_line(color=INK, strokeWidth=1)
    yield sums.encode(x=across("cumulative"), y=y, order=alt.Order("row:Q"))
    circle = alt.value("circle")
    yield points(50).encode(x=across("cumulative"), y=y, fill=alt.value("#FFFFFF"), shape=circle)
    yield beside("said")


def _described(ranking: Ranking) -> str:
    told = [f"{one.title} {_percent(one)}" for one in ranking.top]
    first = f" First: {'; '.join(told)}." if told else ""
    close = [one.title for one in ranking.contenders]
    behind = f" Not clearly behind: {'; '.join(close)}." if close else ""
    return f"{_title(ranking)}.{first}{behind}"


def _percent(one: Standing) -> str:
    return "" if one.share is None else f"{figure(100 * one.share, 1)} %"
