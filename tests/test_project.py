"""The project's own files say the same thing."""

import re
import tomllib
from pathlib import Path

import servicekit

TOP = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))


def names(requirements: list[str]) -> set[str]:
    """Give the bare names of requirements."""
    return {re.split(r"[<>=\[]", requirement)[0] for requirement in requirements}


def test_readme_installs_what_the_tests_need():
    """The README's test command names exactly the packages of the dependency group."""
    (command,) = re.findall(
        r"^.*-m pytest -n auto$", (TOP / "README.md").read_text("utf-8"), re.MULTILINE
    )
    installed = re.findall(r"-e \. (.*?) &&", command)[0].split()

    assert names(PYPROJECT["dependency-groups"]["test"]) == set(installed)


def test_runtime_dependencies_are_three():
    """The library stands on attrs, cattrs and python-dateutil, with no upper bounds."""
    dependencies = PYPROJECT["project"]["dependencies"]

    assert {"attrs", "cattrs", "python-dateutil"} == names(dependencies)
    assert not any("<" in dependency or "==" in dependency for dependency in dependencies)


def test_changelog_knows_the_version():
    """The changelog has a section for what is unreleased or for the version itself."""
    changelog = (TOP / "CHANGELOG.md").read_text("utf-8")

    version = re.escape(servicekit.__version__)

    assert re.search(rf"^## \[(Unreleased|{version})\]", changelog, re.MULTILINE)
