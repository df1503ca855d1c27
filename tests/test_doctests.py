"""Every example in the code and in the documentation runs, and gives what it shows."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import servicekit
from servicekit import resolution

ROOT = Path(__file__).parents[1]
FOLDER = Path(servicekit.__file__).parent
MODULES = [
    "servicekit",
    *(module.name for module in pkgutil.walk_packages(servicekit.__path__, "servicekit.")),
]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCES = ("```", "~~~", ":::")


def shown(text: str) -> int:
    """Count the lines that begin an example."""
    return sum(line.lstrip().startswith(">>>") for line in text.splitlines())


def without_fences(text: str) -> str:
    """Make the lines of a page that begin or end a block blank, so that its examples end there."""
    return "\n".join("" if line.lstrip().startswith(FENCES) else line for line in text.splitlines())


def run(test: doctest.DocTest) -> int:
    """Run the examples of a test and say how many there were; none may fail, none be skipped."""
    assert not any(doctest.SKIP in example.options for example in test.examples)
    said: list[str] = []
    results = doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert (0, "") == (results.failed, "".join(said))
    return results.attempted


def test_every_file_is_a_module():
    """No file of the library is left out below."""
    files = {
        ".".join(path.relative_to(FOLDER.parent).with_suffix("").parts).removesuffix(".__init__")
        for path in FOLDER.rglob("*.py")
    }
    assert files == set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_module(name):
    """The examples in the docstrings of a module run, all of them."""
    module = importlib.import_module(name)
    source = Path(module.__file__).read_text("utf-8")
    tests = doctest.DocTestFinder(exclude_empty=True).find(module, name)
    assert shown(source) == sum(run(test) for test in tests if test.examples)


def test_there_are_examples():
    """The examples of the library are found: the page on cases has some."""
    (test, *_) = doctest.DocTestFinder().find(resolution, "servicekit.resolution")
    assert len(test.examples) > 3


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_page(page):
    """The examples of a page run, one after the other, all of them."""
    text = page.read_text("utf-8")
    test = doctest.DocTestParser().get_doctest(
        without_fences(text), {"__name__": "__main__"}, page.name, str(page), 0
    )
    assert shown(text) == (run(test) if test.examples else 0)


PAGE = """\
# A page

```python
>>> 1 + 1
{result}
```

Some text.
"""


@pytest.mark.parametrize(("result", "fails"), [("2", False), ("3", True)])
def test_a_page_that_is_wrong_fails(result, fails):
    """The check above sees a wrong result, and the end of a block."""
    test = doctest.DocTestParser().get_doctest(
        without_fences(PAGE.format(result=result)), {}, "page", None, 0
    )
    if fails:
        with pytest.raises(AssertionError):
            run(test)
    else:
        assert 1 == run(test)
