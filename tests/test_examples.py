"""The examples run, and say what is true."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"


NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))


def printed_by(example: str, *arguments: object) -> str:
    """Run an example as a user does and give what it prints."""
    command = [sys.executable, "-W", "error", str(EXAMPLES / example), *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    assert run.stderr == ""
    return run.stdout


def test_quickstart_tells_what_each_open_case_needs():
    """The main job replays the register, finds the broken promise and saves the register back."""
    printed = printed_by("quickstart.py")

    assert "6 cases: K-101 resolved, K-102 understood, K-103 understood, K-104 agreed" in printed
    assert "K-102 is understood in round 2" in printed
    assert "Call when the web team has found the reason: broken - come back to them" in printed
    assert "compensation:          15.00 EUR" in printed
    assert "saved to " in printed


def test_benchmark_tells_where_a_firm_stands():
    """The firm's sheets give the blind spots, what lifts the band and what changed in a year."""
    printed = printed_by("benchmark.py")

    assert "An asset: 1; Adequate: 4; Probably losing customers: 3" in printed
    assert "  Answering comments: +2.25" in printed
    assert "  17 better ratings make it an asset" in printed
    assert "Easy to contact               3.11   3.67    0.56   0.08 to 1.03        yes" in printed


def test_cfpb_counts_are_those_of_the_file(data_folder):
    """Every published complaint becomes a case, and none changes its channel or response."""
    expected = json.loads((data_folder / "cfpb/expected.json").read_text("utf-8"))["computed"]

    printed = printed_by("cfpb.py", data_folder / "cfpb/complaints_slim.csv")
    total, channels, responses = re.split(r"\n\n(?:channel|response)\n", printed)

    assert f"{expected['n']} complaints" == total
    assert expected["by_channel"] == counted(channels)
    assert expected["by_company_response"] == counted(responses)


def counted(lines: str) -> Counter[str]:
    """Read the counts that the example printed, by what the file says."""
    found = re.findall(r"^ *(\d+)  (.+) \([a-z_]+\)$", lines, re.MULTILINE)
    return Counter({said: int(count) for count, said in found})


def test_cfpb_cases_claim_nothing_that_the_file_does_not_say(data_folder):
    """Only answers that close a complaint close the case; nobody is said to be satisfied."""
    printed = printed_by("cfpb.py", data_folder / "cfpb/complaints_slim.csv")
    responses = re.split(r"\n\nresponse\n", printed)[1]

    stages = dict(re.findall(r"^ *\d+  (.+) \(([a-z_]+)\)$", responses, re.MULTILINE))

    assert {"closed"} == {stages[said] for said in stages if said.startswith("Closed")}
    assert {"received"} == {stages[said] for said in stages if not said.startswith("Closed")}


def test_month_puts_first_what_wants_attention():
    """The month shows the backlog, the scorecard worst first, and who is served less well."""
    printed = printed_by("month.py")

    assert "May: 0 open, 120 received, 3 reopened, 64 ended, 59 open" in printed
    statuses = re.findall(r"  (missed|near|met)  ", printed)
    assert statuses == sorted(statuses, key=["missed", "near", "met"].index)
    assert {"missed", "near", "met"} == set(statuses)
    languages = re.findall(r"^(en|fi|sv) .*  (differs)$", printed, re.MULTILINE)
    assert ("sv", "differs") in languages


def cells(notebook: Path, kind: str) -> list[str]:
    """Give the sources of the cells of a kind."""
    found = json.loads(notebook.read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in found if cell["cell_type"] == kind]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_kept_without_results(notebook):
    """What a notebook shows is made when it runs; nothing of one computer is kept in it."""
    text = notebook.read_text("utf-8")
    whole = json.loads(text)

    assert {"kernelspec", "language_info"} == set(whole["metadata"])
    assert {"python3"} == {whole["metadata"]["kernelspec"]["name"]}
    assert [] == [cell for cell in whole["cells"] if cell.get("outputs") or cell.get("metadata")]
    assert {None} == {cell.get("execution_count") for cell in whole["cells"]}
    assert not re.search(r"(?:/home/|/Users/|/tmp/|[A-Z]:\\)", text)
    assert json.dumps(whole, indent=1, ensure_ascii=False) + "\n" == text


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_run(notebook, tmp_path):
    """The cells of a notebook run from first to last, without a warning."""
    script = tmp_path / "notebook.py"
    script.write_text("\n\n".join(cells(notebook, "code")), "utf-8")
    path = os.pathsep.join([str(EXAMPLES), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": path},
    )
    assert (0, "") == (done.returncode, done.stderr)


def test_notebooks_begin_with_what_they_are():
    """Both notebooks are there, and begin with a title."""
    assert ["month", "tour"] == [notebook.stem for notebook in NOTEBOOKS]
    assert all(cells(notebook, "markdown")[0].startswith("# ") for notebook in NOTEBOOKS)


def test_three_problems_come_with_evidence_and_policies():
    """The quarter gives its three problems, what they rest on, their policies and the iceberg."""
    printed = printed_by("three_problems.py")

    ranking, top, behind, fixed, *icebergs = printed.split("\n\n")
    assert re.findall(r"^(\w.*?)  +\d=? ", ranking, re.MULTILINE)[:3] == [
        "Dented on the way",
        "The seam leaks",
        "Wrong invoice",
    ]
    assert "Wrong invoice and Nobody answers are not clearly apart" in ranking
    assert "1. Dented on the way (several say so): K-00, S-0, K-01, K-03 ..." in top
    assert behind.index("one delivery slot") < behind.index("invoices on paper")
    assert "\nbetter: 0.00 to 0.44 times as often as before" in fixed
    assert re.findall(r"^Silent +(\d+)", "\n".join(icebergs), re.MULTILINE) == ["1170", "15"]


def test_review_runs_the_whole_model(tmp_path):
    """A firm's quarter becomes one report, also in Markdown and HTML, and says what comes next."""
    printed = printed_by("review.py", tmp_path)

    assert "From rows: complaints 120, promises 115, contacts 360, operating figures 3." in printed
    assert re.search(r"^Answer delay, mean .* better$", printed, re.MULTILINE)
    assert "Ritva     policy  2026-04-01    91          never" in printed
    assert "Act on 'dented': 60 times, 41.7 %, told by complaints, survey." in printed
    assert "ask supervisor: agent may grant refund up to 60 EUR" in printed
    assert "## Policy gaps\n" in (tmp_path / "review.md").read_text("utf-8")
    assert "<h2>Policy gaps</h2>" in (tmp_path / "review.html").read_text("utf-8")


ENGINES = pytest.mark.skipif(
    os.environ.get("SERVICEKIT_ENGINES") != "all"
    and not (find_spec("pyspark") and find_spec("dask")),
    reason="PySpark and Dask are not installed",
)


@ENGINES
def test_spark_and_dask_print_the_same_scorecard():
    """Both engines measure the same month to the same figures."""
    command = [sys.executable, str(EXAMPLES / "spark.py"), "2000"]
    run = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    spark, dask = run.stdout.split("Dask\n")
    assert spark.removeprefix("Spark\n").strip() == dask.strip()
    assert "Answered within 20 seconds, of all offered          missed" in dask
