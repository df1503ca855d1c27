"""Writes what the documentation shows of the code's own tables: ``python docs/generate.py``."""

import re
from pathlib import Path
from typing import Final

from _diagram import draw

from servicekit.resolution import TRANSITIONS, Outcome
from servicekit.resolution._flow import EVIDENCE

EXPLANATION: Final = Path(__file__).parent / "explanation"
PAGE: Final = EXPLANATION / "flow.md"
PICTURE: Final = EXPLANATION / "flow.svg"

BEGIN: Final = "<!-- transitions: written by docs/generate.py -->\n"
END: Final = "<!-- transitions: end -->\n"


def step_of(outcome: Outcome) -> str:
    """Name the step that comes to an outcome."""
    return EVIDENCE[outcome].rpartition("(")[2].removesuffix(")")


def table() -> str:
    """Give the transitions as a Markdown table."""
    lines = ["| stage | step | outcome | next stage |", "| --- | --- | --- | --- |"]
    for stage, row in TRANSITIONS.items():
        first = f"`{stage.name}`"
        for outcome, there in row.items():
            step = f"`{step_of(outcome)}`"
            lines.append(f"| {first} | {step} | `{outcome.name}` | `{there.name}` |")
            first = ""
    return "\n".join(lines) + "\n"


def picture() -> str:
    """Give the transitions as a drawing."""
    return draw(TRANSITIONS, {outcome: step_of(outcome) for outcome in Outcome})


def page(text: str) -> str:
    """Give a page with its table as it is now."""
    between = re.compile(f"(?<={re.escape(BEGIN)}).*?(?={re.escape(END)})", re.DOTALL)
    written, number = between.subn(lambda _: f"\n{table()}\n", text)
    if number != 1:
        raise ValueError(f"{number} places for the table, allowed: one")
    return written


def main() -> None:
    """Write the table into its page and the drawing beside it."""
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
    PICTURE.write_text(picture(), "utf-8")


if __name__ == "__main__":
    main()
