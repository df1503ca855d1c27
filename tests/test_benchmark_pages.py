"""The example and the page about the benchmark do what they say."""

import doctest
import runpy
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_example_runs(capsys):
    """The example prints the score, the blind spots, what lifts the band and what changed."""
    runpy.run_path(str(ROOT / "examples" / "benchmark.py"), run_name="__main__")
    shown = capsys.readouterr().out
    assert "  Answering comments: +2.25" in shown
    assert "  17 better ratings make it an asset" in shown
    assert "Easy to contact               3.11   3.67    0.56   0.08 to 1.03        yes" in shown


def test_the_page_is_true():
    """Every line of the page gives what stands below it."""
    page = ROOT / "docs" / "how-to" / "score-a-benchmark.md"
    assert (0, 38) == doctest.testfile(str(page), module_relative=False, encoding="utf-8")
