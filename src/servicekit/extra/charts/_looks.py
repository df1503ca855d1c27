"""How charts look: colours that everybody tells apart, shapes beside them, names that fit.

The colours are those of Okabe and Ito, "Color Universal Design" (2008). No chart says anything by
colour alone: a shape or a word says the same, so that a grey print reads as well.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import Any, Final

import altair as alt
from attrs import frozen

from servicekit._tables import rounded
from servicekit.extra.charts._data import Row, as_float, inline
from servicekit.inference import Real

__all__ = ["BLUE", "GREY", "INK", "LIGHT", "ORANGE", "PALE", "PURPLE", "SKY", "VERMILLION"]
__all__ += ["WIDTH", "Look", "beside", "coloured", "figure", "intervals", "layered"]
__all__ += ["legend_of", "nothing", "periods_axis", "points", "row_height", "rows_axis", "shaped"]
__all__ += ["ticks", "tips", "titled", "wrapped"]

INK: Final = "#000000"
BLUE: Final = "#0072B2"
VERMILLION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"
ORANGE: Final = "#E69F00"
SKY: Final = "#56B4E9"
GREY: Final = "#777777"
LIGHT: Final = "#BBBBBB"
PALE: Final = "#E4E4E4"

WIDTH: Final = 420
"""How wide the part with the scale is, in pixels."""

_LABEL: Final = 30
_TITLE: Final = 84
_MOST: Final = 3
_LINE: Final = 13
_PIXELS: Final = 230
_FAR: Final = 10**15


@frozen
class Look:
    """How one kind of point is drawn."""

    colour: str
    shape: str


def wrapped(text: object, width: int = _LABEL) -> list[str]:
    """Break a name into lines; what does not fit into three of them is left out, and that shows.

    >>> wrapped("Answered within a day", 12)
    ['Answered', 'within a day']
    """
    return wrap(" ".join(str(text).split()), width, max_lines=_MOST, placeholder=" …") or [""]


def figure(value: Real, places: int = 3) -> str:
    """Write a figure with no more decimal places than it needs, and a very large one in short.

    >>> figure(45), figure(0.5), figure(1 / 3), figure(10**18)
    ('45', '0.5', '0.333', '1e+18')
    """
    near = as_float(value)
    if near is None:
        return "beyond 10^300"
    if abs(near) >= _FAR:
        return f"{near:.6g}"
    written = rounded(value, places)
    return written.rstrip("0").rstrip(".") if "." in written else written


def rows_axis(labels: Sequence[Sequence[str]], *, extent: int | None = None) -> alt.Axis:
    """Make the axis that names rows by their number, each name in several lines.

    ``extent`` is how much room the names take, where panels are to begin below each other.
    """
    return alt.Axis(
        labelExpr=f"{json.dumps(labels)}[datum.value]",
        labelOffset=_centred(labels),
        labelLimit=_PIXELS,
        labelPadding=8,
        labelLineHeight=_LINE,
        domain=False,
        ticks=False,
        minExtent=alt.Undefined if extent is None else extent,
        maxExtent=alt.Undefined if extent is None else extent,
        title=None,
    )


def periods_axis(names: Sequence[str]) -> alt.Axis:
    """Make the axis that names periods by their place; where there are too many, not each one."""
    return alt.Axis(
        labelExpr=f"{json.dumps(names)}[datum.value]",
        labelAngle=-45,
        labelLimit=_PIXELS // 2,
        labelOverlap="greedy",
        title="Period",
    )


def _centred(labels: Sequence[Sequence[str]]) -> Any:
    """Lift names of several lines: Vega centres the first line on the row, and not them all."""
    counts = json.dumps([len(lines) for lines in labels])
    cases = [
        {"test": f"{counts}[datum.value] == {count}", "value": -_LINE * (count - 1) / 2}
        for count in sorted({len(lines) for lines in labels})
    ]
    return {"condition": cases, "value": 0}


def row_height(labels: Iterable[Sequence[str]]) -> int:
    """Say how many pixels a row needs for the longest of the names, and for two lines beside it."""
    return _LINE * max(2, *map(len, labels)) + 8


def titled(title: str, *subtitle: str) -> alt.TitleParams:
    """Make a title that begins where the names begin, with what the marks mean below it."""
    below = [line for text in subtitle for line in wrap(text, _TITLE + 16, max_lines=_MOST)]
    return alt.TitleParams(
        wrapped(title, _TITLE),
        subtitle=below,
        subtitleColor="#444444",
        anchor="start",
        frame="bounds",
        offset=12,
    )


def points(size: int = 110) -> alt.Chart:
    """Draw points: filled, with an outline that is seen on any ground."""
    drawn: alt.Chart = alt.Chart().mark_point(
        filled=True, opacity=1, size=size, stroke=INK, strokeWidth=1
    )
    return drawn


def coloured(field: str, looks: Mapping[str, Look], *, told: Iterable[str] = ()) -> alt.Fill:
    """Fill points by what a field says; the legend has what is told."""
    scale = alt.Scale(domain=list(looks), range=[look.colour for look in looks.values()])
    return alt.Fill(f"{field}:N", scale=scale, legend=legend_of(looks, told))


def shaped(field: str, looks: Mapping[str, Look], *, told: Iterable[str] = ()) -> alt.Shape:
    """Shape points by what a field says; the legend has what is told."""
    scale = alt.Scale(domain=list(looks), range=[look.shape for look in looks.values()])
    return alt.Shape(f"{field}:N", scale=scale, legend=legend_of(looks, told))


def legend_of(looks: Iterable[str], told: Iterable[str]) -> alt.Legend | None:
    """Make the legend of what is told, in the order of the looks; none where nothing is."""
    values = [name for name in looks if name in set(told)]
    if not values:
        return None
    return alt.Legend(title=None, orient="bottom", values=values)


def ticks(**options: Any) -> alt.Axis:
    """Make the axis of a scale, each label below its tick, also at the ends."""
    return alt.Axis(labelFlush=False, **options)


def intervals(low: alt.X, y: alt.Y) -> alt.Chart:
    """Draw a line from the low to the high end of each interval."""
    line = alt.Chart().mark_rule(color=INK, strokeWidth=1.5, clip=True)
    drawn: alt.Chart = line.encode(x=low, x2=alt.X2("high"), y=y)
    return drawn


def tips(*fields: str) -> list[alt.Tooltip]:
    """Say what a mark tells who points at it."""
    return [alt.Tooltip(field) for field in fields]


def beside(field: str) -> alt.Chart:
    """Write what a field says to the right of each row, clear of all marks."""
    lift = alt.ExprRef(f"{-_LINE / 2} * (length(split(datum.{field}, '\\n')) - 1)")
    text = alt.Chart().mark_text(
        align="left", baseline="middle", lineBreak="\n", lineHeight=_LINE, dy=lift
    )
    written: alt.Chart = text.encode(
        x=alt.value(WIDTH + 12), y=alt.Y("row:O"), text=alt.Text(f"{field}:N")
    )
    return written


def layered(
    marks: Iterable[alt.Chart], rows: Iterable[Row], *, width: int = WIDTH, **properties: Any
) -> alt.LayerChart:
    """Lay marks over each other, drawn from the same rows."""
    return alt.LayerChart(layer=list(marks), data=inline(rows), width=width, **properties)


def nothing(said: str, **properties: Any) -> alt.LayerChart:
    """Draw that there is nothing to draw."""
    text = alt.Chart().mark_text(align="left", baseline="middle").encode(text=alt.value(said))
    placed = text.encode(x=alt.value(0), y=alt.value(12))
    return layered([placed], [{}], height=24, view=alt.ViewBackground(stroke=None), **properties)
