"""Run every benchmark and write what they print to docs/performance.md: ``python benchmarks``.

``python benchmarks --quick`` takes the small sizes, to see that all of them run; it writes nothing.
Names of benchmarks run only those, and write nothing either: ``python benchmarks flow score``.
"""

import os
import platform
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import Final, NamedTuple

import servicekit

HERE: Final = Path(__file__).parent
PAGE: Final = HERE.parent / "docs" / "performance.md"
PYPROJECT: Final = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))


class Benchmark(NamedTuple):
    """A script of this folder: what it shows, and the sizes that it takes."""

    shows: str
    sizes: tuple[str, ...] = ()
    quick: tuple[str, ...] = ()


BENCHMARKS: Final = {
    "flow": Benchmark("A case and its five transitions, against state machines"),
    "serialize": Benchmark("Cases from and to plain data and JSON, against other converters"),
    "score": Benchmark("Scoring of one respondent and of many, against data frames"),
    "worktime": Benchmark("Working time elapsed and deadlines, against calendars and loops"),
    "kpi": Benchmark(
        "KPIs from Python objects, against building a data frame of them",
        ("10000", "100000", "1000000"),
        ("10000",),
    ),
    "feedback": Benchmark(
        "Comments coded by a codebook, against regular expressions", ("2000",), ("200",)
    ),
    "frames": Benchmark(
        "KPIs over data frames, against native code written by hand", ("10000000",), ("100000",)
    ),
    "frames_rows": Benchmark(
        "Scores and working time over data frames, against native code and other packages",
        ("1000000",),
        ("10000",),
    ),
    "limits": Benchmark(
        "How the cost of reading grows with what is read", ("1000000",), ("10000",)
    ),
    "coverage": Benchmark(
        "How often intervals hold the truth, where it is known", ("1000",), ("50",)
    ),
    "import_time": Benchmark("What importing costs, beside attrs"),
}

INTRODUCTION: Final = """\
# Performance

Each benchmark that compares does the same work in several ways within one run, and compares the
results before it takes any time. What counts are the ratios to the first line, which is ours: above
1, the other takes longer. Times depend on the machine.

`python benchmarks`, with the packages of the dependency group `bench`, measures everything anew
and writes this page; `python benchmarks kpi` runs one benchmark and writes nothing.
"""


def command(name: str, sizes: tuple[str, ...]) -> list[str]:
    """Say how a benchmark is run from the top of the project."""
    return ["python", f"benchmarks/{name}.py", *sizes]


def run(name: str, sizes: tuple[str, ...]) -> str:
    """Run a benchmark in a process of its own, and give what it printed."""
    start = perf_counter()
    print("$", *command(name, sizes), flush=True)
    arguments = [sys.executable, *command(name, sizes)[1:]]
    done = subprocess.run(arguments, cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=True)
    print(done.stdout, f"({perf_counter() - start:.0f} s)", sep="\n", flush=True)
    return done.stdout.strip()


def circumstances() -> str:
    """Say when and where was measured, and what with."""
    names = sorted(
        requirement.partition(">")[0].partition("[")[0]
        for requirement in PYPROJECT["dependency-groups"]["bench"]
        if isinstance(requirement, str)
    )
    peers = ", ".join(f"{name} {at}" for name in names if (at := installed(name)))
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} with servicekit {servicekit.__version__} on "
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} cores; {peers}.\n"
    )


def installed(name: str) -> str | None:
    """Give the version of a package that is here."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def section(name: str, printed: str) -> str:
    """Show what a benchmark printed under what it shows."""
    benchmark = BENCHMARKS[name]
    line = " ".join(command(name, benchmark.sizes))
    return f"## {benchmark.shows}\n\n`{line}`\n\n```text\n{printed}\n```\n"


def main(arguments: list[str]) -> None:
    quick = "--quick" in arguments
    names = [each for each in arguments if each != "--quick"]
    printed = {
        name: run(name, benchmark.quick if quick else benchmark.sizes)
        for name, benchmark in BENCHMARKS.items()
        if not names or name in names
    }
    if not quick and not names:
        sections = [section(name, text) for name, text in printed.items()]
        PAGE.write_text("\n".join([INTRODUCTION, circumstances(), *sections]), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
