"""A report of several sections, as plain text, Markdown and HTML."""

from collections.abc import Iterable
from html import escape

from attrs import frozen

from servicekit._tables import Table, as_html, as_markdown, as_text, literal
from servicekit.policy._findings import ModelRow

__all__ = ["Part", "html", "markdown", "plain"]


@frozen
class Part:
    """One section of a report: its title and row, what it was made from, and its tables."""

    title: str
    row: ModelRow
    rests_on: str
    tables: tuple[Table, ...]

    @property
    def basis(self) -> str:
        """What the section rests on, and the row that asks for it."""
        return f"{self.rests_on} ({self.row}: {self.row.asks_for})"


def plain(title: str, parts: Iterable[Part]) -> str:
    """Write a report as plain text."""
    blocks = [f"{title}\n{'=' * len(title)}"]
    for part in parts:
        blocks.append(f"{part.title}\n{'-' * len(part.title)}\n{part.basis}")
        blocks += map(as_text, part.tables)
    return "\n\n".join(blocks)


def markdown(title: str, parts: Iterable[Part]) -> str:
    """Write a report in Markdown."""
    blocks = [f"# {literal(title)}"]
    for part in parts:
        blocks += [f"## {literal(part.title)}", literal(part.basis)]
        blocks += map(as_markdown, part.tables)
    return "\n\n".join(blocks) + "\n"


def html(title: str, parts: Iterable[Part]) -> str:
    """Write a report as a fragment of HTML, every text escaped."""
    sections = "".join(
        f"<section><h2>{escape(part.title)}</h2><p>{escape(part.basis)}</p>"
        f"{''.join(map(as_html, part.tables))}</section>"
        for part in parts
    )
    return f"<article><h1>{escape(title)}</h1>{sections}</article>"
