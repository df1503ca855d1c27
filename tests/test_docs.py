"""The documentation says what the code says, and its pages lead to each other."""

import importlib
import re
from pathlib import Path
from types import ModuleType

import pytest

from servicekit.resolution import TRANSITIONS, Outcome, Stage
from tour import public_modules

DOCS = Path(__file__).parents[1] / "docs"
PAGES = sorted(page for page in DOCS.rglob("*.md") if "_build" not in page.parts)
MODULES = public_modules()[1:]
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
TOCTREE = re.compile(r"^```\{toctree\}\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.fixture
def generate(monkeypatch):
    """Give the script that writes the generated parts."""
    monkeypatch.syspath_prepend(DOCS)
    return importlib.import_module("generate")


@pytest.fixture
def names(monkeypatch):
    """Give the script that lists all public names."""
    monkeypatch.syspath_prepend(DOCS)
    return importlib.import_module("names")


def name_of(page: Path) -> str:
    """Name a page by where it stands."""
    return page.relative_to(DOCS).as_posix()


def listed(page: Path) -> set[Path]:
    """Give the pages that the toctrees of a page list, patterns followed."""
    entries = [
        line
        for block in TOCTREE.findall(page.read_text("utf-8"))
        for line in block.splitlines()
        if line and not line.startswith(":")
    ]
    return {found for entry in entries for found in page.parent.glob(f"{entry}.md")}


def test_the_table_of_transitions_is_that_of_the_code(generate: ModuleType):
    """The page on the flow shows the table that the code gives now."""
    committed = generate.PAGE.read_text("utf-8")
    assert generate.page(committed) == committed


def test_the_picture_of_the_flow_is_that_of_the_code(generate: ModuleType):
    """The committed picture is the one that the code gives now."""
    assert generate.picture() == generate.PICTURE.read_text("utf-8")


def test_the_table_has_a_row_for_every_transition(generate: ModuleType):
    """Each stage and outcome has its row, with the stage that it leads to."""
    stage, read = "", []
    for line in generate.table().splitlines()[2:]:
        first, _, outcome, there = (cell.strip(" `") for cell in line.strip("|").split("|"))
        stage = first or stage
        read.append((Stage[stage], Outcome[outcome], Stage[there]))
    expected = [(here, o, there) for here, row in TRANSITIONS.items() for o, there in row.items()]
    assert expected == read


def test_the_picture_says_every_transition(generate: ModuleType):
    """Each outcome of each stage has its word on an arrow."""
    outcomes = [outcome.replace("_", " ") for row in TRANSITIONS.values() for outcome in row]
    arrows = re.findall(r'class="label (?:strong|plain)".*?</text>', generate.picture())
    words = re.findall(r"<tspan[^>]*>([^<]+)", "".join(arrows))
    assert sorted(outcomes) == sorted(words)


def test_a_transition_without_a_lane_is_refused(generate: ModuleType):
    """A new arrow cannot be left out of the picture unseen."""
    leap = {Stage.RECEIVED: {Outcome.SATISFIED: Stage.FIXED}}
    with pytest.raises(ValueError, match="no lane from RECEIVED to FIXED"):
        list(generate.draw({**TRANSITIONS, **leap}, dict.fromkeys(Outcome, "")))


def test_a_page_without_a_place_for_the_table_is_refused(generate: ModuleType):
    """The table is never written nowhere."""
    with pytest.raises(ValueError, match="0 places for the table"):
        generate.page("# The flow\n")


@pytest.mark.parametrize("name", sorted({module.split(".")[1] for module in MODULES}))
def test_every_public_module_has_its_page(name: str):
    """The reference shows every public name of every public module, a package's on one page."""
    text = (DOCS / "reference" / f"{name}.md").read_text("utf-8")
    shown = set(re.findall(r"auto(?:class|data|function):: (\w+)", text))
    public = set()
    for module in (module for module in MODULES if module.split(".")[1] == name):
        names = importlib.import_module(module).__all__
        shown.update(names if f".. automodule:: {module}\n   :members:\n" in text else ())
        public.update(names)
        assert f".. automodule:: {module}\n" in text
    assert public == shown


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files_that_are_there(page: Path):
    """No link between pages is broken."""
    links = LINK.findall(page.read_text("utf-8"))
    broken = [link for link in links if not (page.parent / link).is_file()]
    assert not broken


def test_every_page_is_listed():
    """From the first page every other one can be reached."""
    reached, ahead = set(), {DOCS / "index.md"}
    while ahead:
        reached |= ahead
        ahead = {found for page in ahead for found in listed(page)} - reached
    assert set(PAGES) == reached


def test_the_list_of_names_is_that_of_the_code(names: ModuleType):
    """The committed list has every public name of every module, with its version."""
    assert names.page() == names.PAGE.read_text("utf-8")


def test_every_public_module_is_in_the_list_of_names(names: ModuleType):
    """Reading the source finds what importing the modules that need no extra finds."""
    listed_names = set(names.names())
    for module in MODULES:
        public = importlib.import_module(module).__all__
        assert {f"{module}.{name}" for name in public} <= listed_names


def test_a_name_is_as_old_as_the_first_release_that_had_it(
    names: ModuleType, tmp_path: Path, monkeypatch
):
    """Versions are compared as numbers, and what no release had is said to be unreleased."""
    first, later = names.names()[:2]
    (tmp_path / "0.9.0.txt").write_text(f"{first}\n", "utf-8")
    (tmp_path / "0.10.0.txt").write_text(f"{first}\n{later}\n", "utf-8")
    monkeypatch.setattr(names, "RELEASES", tmp_path)
    rows = names.page().splitlines()[6:]
    assert ["0.9.0", "0.10.0", "unreleased"] == [row.split("|")[3].strip() for row in rows[:3]]
