"""Writes the page of key figures from the catalogue itself: ``python docs/key_figures.py``."""

from pathlib import Path
from typing import Final

from servicekit.catalogue import kpis
from servicekit.kpi import Kpi

PAGE: Final = Path(__file__).parent / "reference" / "key-figures.md"

INTRODUCTION: Final = """\
All constants of `servicekit.catalogue.kpis`, each with its definition and source. The functions
there make the same for other limits and for a currency.
"""
GROUPS: Final = {
    "COMPLAINTS": "Complaints, over the entries of a register",
    "CARE": "Care, over the entries of a register",
    "PROMISES": "Promises, over the promises of a register",
    "CONTACTS": "Contacts, over contacts",
    "OPERATIONS": "Operations, over operating figures",
    "LOYALTY": "Loyalty, over rows of your own",
}
NAMES: Final = {value.key: name for name, value in vars(kpis).items() if isinstance(value, Kpi)}


def entry(kpi: Kpi) -> str:
    """Give one KPI with all that defines it."""
    return (
        f"**{kpi.title}** - `{NAMES[kpi.key]}`\n\n"
        f"- Formula: {kpi}\n"
        f"- Unit: {kpi.unit}; better: {kpi.better}\n"
        f"- Source: {kpi.source}\n"
    )


def page() -> str:
    """Give the whole page."""
    parts = ["# Key figures\n", INTRODUCTION]
    for group, title in GROUPS.items():
        parts += [f"## {title}\n", *map(entry, getattr(kpis, group))]
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
