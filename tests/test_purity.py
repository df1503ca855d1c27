"""Values in, values out: no input or output, no clock, no random number, nothing loaded unasked."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import servicekit
from samples import numbered
from tour import public_modules

FOLDER = Path(servicekit.__file__).parent
SOURCES = sorted(FOLDER.rglob("*.py"))
TOUR = Path(__file__).parent / "tour.py"

# --- What the source says -------------------------------------------------------------------------

IMPORTS = {
    "abc",
    "array",
    "attrs",
    "bisect",
    "collections",
    "contextvars",
    "datetime",
    "decimal",
    "enum",
    "fractions",
    "functools",
    "graphlib",
    "html",
    "itertools",
    "math",
    "numbers",
    "operator",
    "re",
    "reprlib",
    "servicekit",
    "statistics",
    "struct",
    "types",
    "typing",
    "unicodedata",
}
"""What any module may import: nothing here reads or writes, or knows what time it is."""

EDGES = {
    "extra": {"altair", "hypothesis", "importlib", "json", "narwhals", "textwrap"},
    "recurrence": {"dateutil"},
    "serialize": {"cattrs", "json"},
}
"""What the edges may import besides."""

NAMES = {
    "__builtins__",
    "__import__",
    "breakpoint",
    "compile",
    "eval",
    "exec",
    "exit",
    "input",
    "open",
    "print",
    "quit",
}
ATTRIBUTES = {
    "environ",
    "fromtimestamp",
    "getenv",
    "now",
    "strftime",
    "strptime",
    "today",
    "utcfromtimestamp",
    "utcnow",
}
"""Attributes of datetimes that ask a clock, the local zone or the locale, and the environment."""

DOCUMENTED = [("_rules.py", "eval"), ("_values.py", "compile"), ("_values.py", "exec")]
"""Where code is put together: the rules, and the constructors compiled from them."""


def imported(node: ast.AST) -> list[str]:
    """Name the modules that a node imports, by their first part."""
    match node:
        case ast.Import(names=names):
            return [alias.name.partition(".")[0] for alias in names]
        case ast.ImportFrom(module=module, level=level):
            return ["a relative import" if level else str(module).partition(".")[0]]
        case _:
            return []


def suspicions(source: str, allowed: frozenset[str] = frozenset()) -> list[str]:
    """List what a source imports or names that it should not."""
    found = []
    for node in ast.walk(ast.parse(source)):
        found += [name for name in imported(node) if name not in IMPORTS | allowed]
        match node:
            case ast.Name(id=name) if name in NAMES:
                found.append(name)
            case ast.Attribute(attr=name) if name in ATTRIBUTES:
                found.append(name)
            case ast.Call(func=ast.Attribute(attr="astimezone"), args=[], keywords=[]):
                found.append("astimezone()")
            case _:
                pass
    return found


SPOILED = [
    ("import os", ["os"]),
    ("import os.path as p", ["os"]),
    ("from pathlib import Path", ["pathlib"]),
    ("from . import money", ["a relative import"]),
    ("def f():\n    import time", ["time"]),
    ("from zoneinfo import ZoneInfo", ["zoneinfo"]),
    ("open('x')", ["open"]),
    ("read = open", ["open"]),
    ("print('x')", ["print"]),
    ("__import__('os')", ["__import__"]),
    ("datetime.now(UTC)", ["now"]),
    ("date.today()", ["today"]),
    ("datetime.datetime.fromtimestamp(0)", ["fromtimestamp"]),
    ("at.astimezone()", ["astimezone()"]),
    ("at.astimezone(UTC)", []),
    ("import datetime", []),
]


@pytest.mark.parametrize(("source", "expected"), SPOILED, ids=numbered(SPOILED))
def test_suspicions(source, expected):
    """The check finds what it is there to find."""
    assert expected == suspicions(source)


def test_sources_are_here():
    """The check below looks at the whole library."""
    names = {path.name for path in SOURCES}
    assert {"__init__.py", "errors.py", "_values.py", "_case.py", "_reading.py"} <= names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_source(path):
    """A module imports from the list above, and names nothing that reads or asks a clock."""
    edge = path.relative_to(FOLDER).parts[0].removesuffix(".py")
    documented = [name for file, name in DOCUMENTED if file == path.name]
    assert documented == sorted(suspicions(path.read_text("utf-8"), frozenset(EDGES.get(edge, ()))))


# --- What happens at run time ---------------------------------------------------------------------


def run(*arguments: str) -> str:
    """Run our own interpreter and give what it prints; it must not fail."""
    done = subprocess.run(
        [sys.executable, "-W", "error", *arguments], capture_output=True, text=True, check=False
    )
    assert (0, "") == (done.returncode, done.stderr)
    return done.stdout


def test_tour_of_the_whole_api():
    """Nothing public does input or output, asks a clock or draws a random number."""
    assert {"events": [], "clock": [], "untouched": []} == json.loads(run(str(TOUR)))


def test_the_tour_is_watched():
    """A tour that does what must not be done is found out, and so is one that leaves things out."""
    report = json.loads(run(str(TOUR), "spoiled"))
    assert ["open"] == report["events"]
    assert {"datetime.now", "date.today", "time", "Random.random"} <= set(report["clock"])
    assert ["servicekit.spare"] == report["untouched"]


LOADED = """
import sys
before = set(sys.modules)
import {module}
import json
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def loaded(module: str) -> list[str]:
    """List what importing a module loads in a fresh interpreter."""
    return json.loads(run("-c", LOADED.format(module=module)))


def test_the_core_loads_attrs_and_nothing_else():
    """The top level brings the core: neither cattrs nor dateutil nor anything optional."""
    names = loaded("servicekit")
    packages = {name.partition(".")[0] for name in names} - sys.stdlib_module_names
    assert {"attr", "attrs", "servicekit"} == packages
    ours = {name for name in names if name.count(".") == 1 and name.startswith("servicekit.")}
    assert {"complaint", "errors", "money", "resolution"} == {
        public for name in ours if not (public := name.partition(".")[2]).startswith("_")
    }


def test_the_core_loads_nothing_that_reads_clocks_or_files():
    """Of the standard library the core itself brings nothing for files, zones or the net."""
    unwanted = {
        "asyncio",
        "calendar",
        "csv",
        "locale",
        "random",
        "socket",
        "subprocess",
        "zoneinfo",
    }
    assert set() == unwanted & set(loaded("servicekit"))


@pytest.mark.parametrize("module", public_modules())
def test_every_module_alone(module):
    """Every public module can be imported by itself."""
    assert module in loaded(module)


def test_serialize_is_the_only_one_with_cattrs():
    """Only who asks for converters loads cattrs."""
    with_cattrs = [module for module in public_modules() if "cattrs" in loaded(module)]
    assert ["servicekit.serialize"] == with_cattrs
