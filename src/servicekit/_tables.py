"""Results shown to people: one table, as plain text or as HTML for a notebook.

Numbers are rounded here and nowhere else: half up, away from zero, exactly. The HTML has no script
and no colour of its own but that of the text around it, so that it reads on light and on dark; bars
are for the eye only, each number stands beside its bar.
"""

import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from html import escape
from typing import Any, Final, cast

import attrs
from attrs import frozen

from servicekit.errors import shown

__all__ = [
    "NOTHING",
    "Displayed",
    "Line",
    "Listed",
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
    """A table with a title, a heading for the labels and for each figure, and remarks below.

    Figures stand to the right; cells of a table in ``words`` to the left.
    """

    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    words: bool = False


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
    side = "left" if table.words else "right"
    label, *figures = table.heads
    yield f'<caption style="text-align:left">{escape(table.title)}</caption><thead><tr>'
    yield f'<th scope="col" style="text-align:left">{escape(label)}</th>'
    style = f' style="text-align:{side}"'
    yield from (f'<th scope="col"{style}>{escape(figure)}</th>' for figure in figures)
    yield f"{'<td></td>' if bars else ''}</tr></thead><tbody>"
    for line in table.lines:
        yield f'<tr><th scope="row" style="text-align:left">{escape(line.label)}</th>'
        yield from (f"<td{style}>{escape(cell)}</td>" for cell in line.cells)
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


class Displayed:
    """What results shown as a table share: HTML for a notebook."""

    __slots__ = ()

    @abstractmethod
    def _table(self) -> Table:
        """Arrange what is to be shown."""

    def _repr_html_(self) -> str:
        return as_html(self._table())


class Tabled(Displayed):
    """What results share whose text is a table as well."""

    __slots__ = ()

    def __str__(self) -> str:
        return as_text(self._table())


def table_of(result: Tabled) -> Table:
    """Give the table as which a result is shown, as a part of something larger."""
    return result._table()  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] # the one place outside


class Listed(Displayed):
    """What results of a few facts share: a table of all of them, those worked out as well."""

    __slots__ = ()

    def _table(self) -> Table:
        lines = tuple(Line(name.replace("_", " "), (fact,)) for name, fact in _facts(self))
        return Table(type(self).__name__, ("", ""), lines, words=True)


_LONGEST: Final = 600
_FAR: Final = 10**15


def _facts(value: object) -> Iterator[tuple[str, str]]:
    """Give the fields of a value, then what is worked out from them."""
    kind = type(value)
    names = [field.name for field in attrs.fields(cast("Any", kind))]
    for base in reversed(kind.__mro__):
        names += (name for name, one in vars(base).items() if isinstance(one, property))
    for name in dict.fromkeys(names):
        if not name.startswith("_"):
            yield name, _in_brief(getattr(value, name))


def _in_brief(value: Any) -> str:
    """Show a fact on one line: nothing as a dash, several side by side, a definition by its key."""
    match value:
        case None | ():
            return NOTHING
        case tuple() | frozenset():
            parts = map(_in_brief, cast("Iterable[object]", value))
            text = "; ".join(sorted(parts) if isinstance(value, frozenset) else parts)
        case int() | float() | Fraction():
            text = _number(value)
        case datetime():
            text = value.isoformat(" ", "minutes")
        case _:
            text = _thing(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _number(value: float | Fraction) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not -_FAR < value < _FAR:
        return shown(value)
    return str(value) if isinstance(value, int) else rounded(value, 4)


def _thing(value: Any) -> str:
    ends = [getattr(value, name, None) for name in ("low", "high")]
    if None not in ends:
        return " to ".join(map(_in_brief, ends))
    if isinstance(value, Listed) and type(value).__str__ is object.__str__:
        return ", ".join(f"{name.replace('_', ' ')} {fact}" for name, fact in _facts(value))
    key = getattr(value, "key", None)
    return " ".join(str(value if key is None else key).split())
