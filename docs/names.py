"""Writes the list of all public names: ``python docs/names.py``.

``python docs/names.py release`` first notes down the names of the version that is released, so that
the list can say from then on in which version each name appeared.
"""

import ast
import sys
from pathlib import Path
from typing import Final

import servicekit

HERE: Final = Path(__file__).parent
PAGE: Final = HERE / "reference" / "names.md"
RELEASES: Final = HERE / "releases"
SOURCE: Final = Path(servicekit.__file__).parent

INTRODUCTION: Final = """\
# All names

Every public name, where it is imported from, and the version in which it appeared.

| name | module | since |
| --- | --- | --- |
"""


def module_of(file: Path) -> str:
    """Name the module that a file holds."""
    parts = file.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def names_in(file: Path) -> list[str]:
    """Give the names that a module makes public; read, for not every extra may be there."""
    for statement in ast.parse(file.read_text("utf-8")).body:
        match statement:
            case ast.Assign(targets=[ast.Name("__all__")], value=value):
                return list(ast.literal_eval(value))
    return []


def names() -> list[str]:
    """Give every public name with its module before it, in alphabetical order."""
    modules = {module_of(file): file for file in SOURCE.rglob("*.py")}
    found = [
        f"{module}.{name}"
        for module, file in modules.items()
        if "._" not in module
        for name in names_in(file)
    ]
    return sorted(found, key=lambda each: (each.rpartition(".")[2].lower(), each))


def since() -> dict[str, str]:
    """Say in which version each released name appeared."""
    versions = sorted(RELEASES.glob("*.txt"), key=lambda file: [*map(int, file.stem.split("."))])
    return {
        name: file.stem for file in reversed(versions) for name in file.read_text("utf-8").split()
    }


def page() -> str:
    """Give the whole page."""
    known = since()
    lines = []
    for each in names():
        module, _, name = each.rpartition(".")
        lines.append(f"| `{name}` | `{module}` | {known.get(each, 'unreleased')} |\n")
    return INTRODUCTION + "".join(lines)


def main(arguments: list[str]) -> None:
    """Write the list, and the names of this version if it is being released."""
    if arguments == ["release"]:
        noted = RELEASES / f"{servicekit.__version__}.txt"
        noted.write_text("".join(f"{name}\n" for name in sorted(names())), "utf-8")
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
