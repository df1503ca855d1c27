"""Results shown to people: one table, as plain text or as HTML for a notebook.

Numbers are rounded here and nowhere else: half up, away from zero, exactly. The HTML has no script
and no colour of its own but that of the text around it, so that it reads on light and on dark; bars
are for the eye only, each number stands beside its bar.
"""

import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from html import escape
from typing import Final

from attrs import frozen

__all__ = [
    "NOTHING",
    "Line",
    "Table",
    "Tabled",
    "as_html",
    "as_markdown",
    "as_text",
    "literal",
    "rounded",
    "table_of",
]

NOTHING: Final = "-"
"""What stands for a figure that does not exist."""


def rounded(value: float | Fraction | None, places: int = 2) -> str:
    """Write a number with some decimal places, rounded half up from its exact value.

    >>> rounded(Fraction(-1, 8)), rounded(None)
    ('-0.13', '-')
    """
    if value is None:
        return NOTHING
    exact = Fraction(value)
    shifted = (abs(exact) * 10**places * 2 + 1) // 2
    digits = str(shifted).zfill(places + 1)
    sign = "-" if exact < 0 and shifted else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


@frozen
class Line:
    """One line of a table: what it is about, its figures, and how long its bar is, from 0 to 1."""

    label: str
    cells: tuple[str, ...]
    bar: Fraction | None = None


@frozen
class Table:
    """A table with a title, a heading for the labels and for each figure, and remarks below."""

    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()


def as_text(table: Table) -> str:
    """Lay a table out in columns: labels to the left, figures to the right."""
    rows = [table.heads, *((line.label, *line.cells) for line in table.lines)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join([table.title, *(_aligned(row, widths) for row in rows), *table.notes])


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    label, *figures = row
    cells = [f"{cell:>{width}}" for cell, width in zip(figures, widths[1:], strict=True)]
    return "  ".join([f"{label:<{widths[0]}}", *cells]).rstrip()


def as_markdown(table: Table) -> str:
    """Write a table in Markdown, its title as a paragraph above it and its notes as a list below.

    Nothing in it is taken for markup: signs that Markdown reads are escaped.
    """
    ends = ["---", *("---:" for _ in table.heads[1:])]
    rows = ((line.label, *line.cells) for line in table.lines)
    lines = [_in_row(map(_inline, row)) for row in (table.heads, *rows)]
    lines.insert(1, _in_row(ends))
    notes = [f"- {literal(note)}" for note in table.notes]
    parts = [literal(table.title), "\n".join(lines), "\n".join(notes)]
    return "\n\n".join(filter(None, parts))


_INLINE: Final = re.compile(r"[\\`*_\[\]<|~&$]")
_AT_START: Final = re.compile(r"^(?=[-+=#>])|^([0-9]+)(?=[.)])")


def literal(text: str) -> str:
    """Write a text as a line of Markdown that shows it as it is."""
    return _AT_START.sub(r"\g<1>\\", _inline(text))


def _inline(text: str) -> str:
    return _INLINE.sub(r"\\\g<0>", " ".join(text.split()))


def _in_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def as_html(table: Table) -> str:
    """Write a table as HTML, every text escaped."""
    notes = "".join(f"<p>{escape(note)}</p>" for note in table.notes)
    return f"<div><table>{''.join(_parts(table))}</table>{notes}</div>"


def _parts(table: Table) -> Iterator[str]:
    bars = any(line.bar is not None for line in table.lines)
    label, *figures = table.heads
    yield f'<caption style="text-align:left">{escape(table.title)}</caption><thead><tr>'
    yield f'<th scope="col" style="text-align:left">{escape(label)}</th>'
    yield from (f'<th scope="col">{escape(figure)}</th>' for figure in figures)
    yield f"{'<td></td>' if bars else ''}</tr></thead><tbody>"
    for line in table.lines:
        yield f'<tr><th scope="row" style="text-align:left">{escape(line.label)}</th>'
        yield from (f'<td style="text-align:right">{escape(cell)}</td>' for cell in line.cells)
        yield f"{_bar(line.bar) if bars else ''}</tr>"
    yield "</tbody>"


def _bar(share: Fraction | None) -> str:
    if share is None:
        return "<td></td>"
    return (
        '<td aria-hidden="true" style="min-width:8em">'
        f'<div style="width:{rounded(100 * share, 1)}%;height:.7em;'
        'background:currentColor;opacity:.5"></div></td>'
    )


class Tabled:
    """What results shown as a table share: plain text for ``str``, HTML for a notebook."""

    __slots__ = ()

    @abstractmethod
    def _table(self) -> Table:
        """Arrange what is to be shown."""

    def __str__(self) -> str:
        return as_text(self._table())

    def _repr_html_(self) -> str:
        return as_html(self._table())


def table_of(shown: Tabled) -> Table:
    """Give the table as which a result is shown, as a part of something larger."""
    return shown._table()  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] # the one place outside
