"""All gates of the project: `nox` runs them one after the other and stops at the first failure."""

import os
import shutil
import subprocess
from pathlib import Path

import nox

nox.needs_version = ">=2025.5"
nox.options.default_venv_backend = "uv"
nox.options.stop_on_first_error = True
nox.options.error_on_missing_interpreters = False

PYPROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PYPROJECT)


def group(name: str) -> list[str]:
    """Give the requirements of a dependency group."""
    return nox.project.dependency_groups(PYPROJECT, name)


PARALLEL = ["-n", "auto", "--dist", "worksteal"]
"""What has pytest-xdist run the tests on as many processes as there are processors."""

BRIEF = ["--hypothesis-profile", "brief"]
"""What makes laws take few examples, where the same tests take many in another session."""


@nox.session(python=PYTHONS, default=False)
def tests(session: nox.Session) -> None:
    """All tests on one Python; among the gates coverage, lowest and package each take another."""
    session.install("-e.", *group("test"))
    session.run("pytest", "-q", *PARALLEL, *session.posargs)


@nox.session(python=PYTHONS[0])
def coverage(session: nox.Session) -> None:
    """Every branch of src is run by a test, with every data-frame engine there."""
    session.install("-e.", *group("coverage"))
    session.env["SERVICEKIT_ENGINES"] = "all"
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", "-q", *PARALLEL, *BRIEF, *session.posargs)
    session.run("coverage", "combine", "-q")
    session.run("coverage", "report")


@nox.session(python=PYTHONS[1])
def lowest(session: nox.Session) -> None:
    """The tests pass on the lowest versions that the project says it works with."""
    session.install("--resolution=lowest-direct", "-e.")
    session.install(*group("test"))
    session.run("pytest", "-q", *PARALLEL, *BRIEF, "--ignore=tests/extra", *session.posargs)


@nox.session(default=False)
def mutation(session: nox.Session) -> None:
    """Change one thing after the other in the code and print what no test notices; takes hours."""
    session.install("-e.", *group("coverage"))
    packages = session.posargs or ["resolution", "benchmark", "kpi", "worktime"]
    session.run("python", "tests/mutate.py", *packages)


@nox.session
def dateutil4(session: nox.Session) -> None:
    """Working time passes its tests on python-dateutil 4, which the holidays package holds back."""
    session.install("-e.", *group("test"))
    session.install("--no-deps", "python-dateutil>=4")
    kinds = ("worktime", "recurrence", "standards", "serialize_worktime")
    session.run("pytest", "-q", *(f"tests/test_{kind}.py" for kind in kinds), "tests/policy")


@nox.session
def types(session: nox.Session) -> None:
    """Both type checkers pass, and every public name has a known type."""
    session.install("-e.", *group("types"))
    session.run("mypy")
    session.run("pyright")
    session.run("pyright", "--verifytypes", "servicekit", "--ignoreexternal", silent=True)


@nox.session
def lint(session: nox.Session) -> None:
    """The house style holds, and the modules know of each other only what they may."""
    session.install("-e.", *group("lint"))
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")
    session.run("lint-imports")


@nox.session
def api(session: nox.Session) -> None:
    """No name that the last release had is gone or takes other parameters."""
    last = subprocess.run(
        ["git", "describe", "--tags", "--abbrev=0", "--match", "v*"],  # noqa: S607
        capture_output=True,
        check=False,
        text=True,
    )
    if last.returncode:
        session.skip("no release to compare with")
    session.install("griffe")
    session.run(
        "griffe", "check", "servicekit", "--search", "src", "--against", last.stdout.strip()
    )


@nox.session
def docs(session: nox.Session) -> None:
    """The documentation builds without a warning."""
    session.install("-e.", *group("docs"))
    session.run("sphinx-build", "-n", "-W", "--keep-going", "-b", "html", "docs", "docs/_build")


@nox.session
def examples(session: nox.Session) -> None:
    """Every example runs, but for Spark's, which coverage runs; real complaints if at hand."""
    session.install(".")
    session.run("python", "examples/quickstart.py", silent=True)
    session.run("python", "examples/month.py", silent=True)
    session.run("python", "examples/benchmark.py", silent=True)
    session.run("python", "examples/three_problems.py", silent=True)
    session.run("python", "examples/review.py", silent=True)
    if folder := os.environ.get("SERVICEKIT_DATA"):
        session.run("python", "examples/cfpb.py", f"{folder}/cfpb/complaints_slim.csv")


@nox.session
def notebooks(session: nox.Session) -> None:
    """Every notebook runs from a clean kernel."""
    session.install(".[charts,frames]", *group("notebooks"))
    session.run("pytest", "-q", "--nbmake", *map(str, Path("examples").glob("*.ipynb")))


@nox.session
def app(session: nox.Session) -> None:
    """The example app keeps its cases when it is killed, with the library as its users have it."""
    session.install(".[strategies]", *group("app"))
    session.chdir("examples/app")
    session.run("pytest", "-q")


@nox.session(python=PYTHONS[-1])
def package(session: nox.Session) -> None:
    """Wheel and sdist build, twice the same; with the wheel installed, the sdist's tests pass."""
    shutil.rmtree("dist", ignore_errors=True)
    session.install(*group("package"))
    session.run("python", "-m", "build", "--installer", "uv")
    again = Path(session.create_tmp()) / "again"
    session.run("python", "-m", "build", "--installer", "uv", "--outdir", str(again))
    for built in Path("dist").iterdir():
        if built.read_bytes() != (again / built.name).read_bytes():
            session.error(f"{built.name} differs from build to build")
    session.run("twine", "check", "--strict", *map(str, Path("dist").iterdir()))
    session.run("check-wheel-contents", "dist")
    (wheel,) = Path("dist").glob("*.whl")
    (sdist,) = Path("dist").glob("*.tar.gz")
    session.install(str(wheel), *group("test"))
    shutil.unpack_archive(sdist, session.create_tmp(), filter="data")
    session.chdir(Path(session.create_tmp()) / sdist.name.removesuffix(".tar.gz"))
    session.run("pytest", "-q", *PARALLEL, *BRIEF)
