"""A score drawn: its sections, its total among the bands, and the same before."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import altair as alt
from attrs import frozen

from servicekit._mappings import nearest
from servicekit._tables import rounded
from servicekit.benchmark import Instrument, Score, Section, SectionScore, Summary
from servicekit.errors import Problem, RecordError, shown
from servicekit.extra.charts._data import Row, as_float, ends, inline, taken
from servicekit.extra.charts._looks import (
    GREY,
    INK,
    ORANGE,
    PALE,
    SKY,
    WIDTH,
    beside,
    intervals,
    layered,
    points,
    row_height,
    rows_axis,
    ticks,
    titled,
    wrapped,
)
from servicekit.inference import Interval

__all__ = ["score_chart"]

_Result = Score | Summary

_HEIGHT: Final = 34
_CHARACTER: Final = 6.2
"""How wide a character of a band's name is, in pixels, about."""


@frozen
class _Part:
    """A section's scores now and before."""

    section: Section
    mean: Fraction | None
    interval: Interval | None
    before: Fraction | None


def score_chart(
    result: Score | Summary, before: Score | Summary | None = None, *, language: str | None = None
) -> alt.VConcatChart:
    """Draw a score: its sections, the weakest first, and its total among the bands.

    ``result`` is one respondent's `Score` or the `Summary` of many, whose means have 95 %
    intervals; ``before`` is the same of last year, or of whatever else it is to be held against.
    Wordings of the instrument are in ``language``, else in the one that it names first; a section
    without a score has a row without a bar.

    Raises `RecordError` for a language that the instrument does not have, and for results of two
    instruments.
    """
    _check(result, before)
    of = result.instrument
    tag = of.languages[0] if language is None else _spoken(of, language)
    parts, total = _sections(_parts(result, before), of, tag), _total(result, before, tag)
    return alt.vconcat(
        parts,
        total,
        spacing=28,
        title=titled(of.title[tag], _meaning(result, before)),
        description=_described(result, before, tag),
    )


def _spoken(of: Instrument, language: str) -> str:
    found = nearest(str(language), of.languages)
    if found is None:
        problem = Problem("language", shown(language), f"one of {', '.join(of.languages)}")
        raise RecordError("score_chart", (problem,))
    return found


def _check(result: _Result, before: _Result | None) -> None:
    taken("score_chart", "result", result, Score, Summary)
    if before is None:
        return
    taken("score_chart", "before", before, Score, Summary)
    if before.instrument != result.instrument:
        key, same = before.instrument.key, result.instrument.key
        problem = Problem("before.instrument", shown(key), f"that of the result, {same!r}")
        raise RecordError("score_chart", (problem,))


def _parts(result: _Result, before: _Result | None) -> list[_Part]:
    earlier = {} if before is None else {one.section.key: one.mean for one in before.sections}
    return [
        _Part(
            one.section,
            one.mean,
            None if isinstance(one, SectionScore) else one.scores.interval(),
            earlier.get(one.section.key),
        )
        for one in result.weakest
    ]


def _figure(result: _Result) -> tuple[Fraction | None, Interval | None]:
    if isinstance(result, Score):
        return result.total, None
    return result.total.mean, result.total.interval()


def _meaning(result: _Result, before: _Result | None) -> str:
    marks = ["Bar and circle: score"]
    if isinstance(result, Summary):
        marks = [f"Bar and circle: mean of {result.n} respondents, with its 95 % interval"]
    if before is not None:
        marks.append("diamond: before")
    return "; ".join(marks)


def _change(now: Fraction | None, before: Fraction | None) -> str:
    """Write a figure, and below it how far it has moved."""
    if now is None or before is None:
        return "no score" if now is None else rounded(now)
    return f"{rounded(now)}\n{'+' if now > before else ''}{rounded(now - before)}"


def _sections(parts: list[_Part], of: Instrument, tag: str) -> alt.LayerChart:
    rows = [_row(at, part, tag) for at, part in enumerate(parts)]
    labels = [wrapped(row["section"]) for row in rows]
    scale = alt.Scale(domain=[of.scale.low, of.scale.high], zero=False, nice=False)
    y = alt.Y("row:O", axis=rows_axis(labels))
    title = f"Section score, from {of.scale.low} to {of.scale.high}"
    x, low = alt.X("score:Q", scale=scale, title=title, axis=ticks()), alt.datum(of.scale.low)
    bars = alt.Chart().mark_bar(size=18, color=SKY, stroke=INK, strokeWidth=0.5)
    marks = (bars.encode(x=x, x2=low, y=y), *_marks(scale, title, y))
    return layered(marks, rows, height=alt.Step(row_height(labels)))


def _marks(scale: alt.Scale, title: str, y: alt.Y) -> Iterator[alt.Chart]:
    """Draw the interval, the point before, and the figures beside."""
    x = alt.X("low:Q", scale=scale, title=title, axis=ticks())
    yield intervals(x, y)
    x = alt.X("before:Q", scale=scale, title=title, axis=ticks())
    yield points().encode(x=x, y=y, shape=alt.value("diamond"), fill=alt.value(ORANGE))
    yield beside("said")


def _row(at: int, part: _Part, tag: str) -> Row:
    low, high = ends(part.interval)
    return {
        "row": at,
        "section": part.section.title[tag],
        "score": as_float(part.mean),
        "low": low,
        "high": high,
        "before": as_float(part.before),
        "said": _change(part.mean, part.before),
    }


def _total(result: _Result, before: _Result | None, tag: str) -> alt.LayerChart:
    of = result.instrument
    now, interval = _figure(result)
    earlier = None if before is None else _figure(before)[0]
    low, high = ends(interval)
    row: Row = {"row": 0, "score": as_float(now), "low": low, "high": high}
    row |= {"before": as_float(earlier), "said": _change(now, earlier)}
    scale = alt.Scale(domain=[of.lowest, of.highest], zero=False, nice=False)
    title = f"Total, from {of.lowest} to {of.highest}"
    y = alt.Y("row:O", axis=rows_axis([["Total"]]))
    x = alt.X("score:Q", scale=scale, title=title, axis=ticks())
    here = points(160).encode(x=x, y=y, fill=alt.value(SKY), shape=alt.value("circle"))
    marks = (*_bands(of, tag, scale, title), here, *_marks(scale, title, y))
    return layered(marks, [row], height=_HEIGHT)


def _bands(of: Instrument, tag: str, scale: alt.Scale, title: str) -> Iterator[alt.Chart]:
    rows = list(_band_rows(of, tag))
    x = alt.X("low:Q", scale=scale, title=title, axis=ticks())
    shades = alt.Scale(domain=[0, 1], range=[PALE, "#FFFFFF"])
    ground = alt.Chart(inline(rows)).mark_rect(stroke=GREY)
    yield ground.encode(x=x, x2=alt.X2("high"), fill=alt.Fill("shade:N", scale=shades, legend=None))
    names = alt.Chart(inline(rows)).mark_text(
        baseline="bottom",
        lineBreak="\n",
        limit=alt.ExprRef("datum.room"),
        dy=alt.ExprRef("-13 * (length(split(datum.band, '\\n')) - 1)"),
    )
    middle = alt.X("middle:Q", scale=scale, title=title, axis=ticks())
    yield names.encode(x=middle, y=alt.value(-4), text=alt.Text("band:N"))


def _band_rows(of: Instrument, tag: str) -> Iterator[Row]:
    """Give each band with its ends, and with its name in as many characters as it has room for."""
    floors = [of.lowest if band.at_least is None else band.at_least for band in of.bands]
    for at, (band, low) in enumerate(zip(of.bands, floors, strict=True)):
        high = (*floors, of.highest)[at + 1]
        room = float(WIDTH * (high - low) / (of.highest - of.lowest))
        yield {
            "band": "\n".join(wrapped(band.title[tag], max(int(room / _CHARACTER), 4))),
            "low": float(low),
            "high": float(high),
            "middle": float((low + high) / 2),
            "room": room - 4,
            "shade": at % 2,
        }


def _described(result: _Result, before: _Result | None, tag: str) -> str:
    of = result.instrument
    said = [
        f"{of.title[tag]}, section scores from {of.scale.low} to {of.scale.high}, weakest first"
    ]
    said += [f"{part.section.title[tag]} {rounded(part.mean)}" for part in _parts(result, None)]
    total = f"Total {rounded(_figure(result)[0])}, from {of.lowest} to {of.highest}"
    if before is not None:
        total += f", before {rounded(_figure(before)[0])}"
    band = result.band if isinstance(result, Score) else None
    return f"{said[0]}: {'; '.join(said[1:])}. {total}{f': {band.title[tag]}' if band else ''}."
