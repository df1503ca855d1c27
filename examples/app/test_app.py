"""The desk keeps what it was told: held against `CaseMachine`, and killed in the middle of work.

pytest examples/app
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2
import pytest
from fastapi.testclient import TestClient
from hypothesis import settings
from hypothesis.stateful import rule

from app import CONVERTER, Desk, make_app
from servicekit import Case, Note
from servicekit.extra.strategies import CaseMachine
from servicekit.resolution import Step

HERE = Path(__file__).parent
EXAMPLE = {
    "id": "C-17",
    "customer": {"name": "Aino Virtanen"},
    "channel": "phone",
    "received_at": "2026-05-04T09:30:00+03:00",
    "received_by": "Mika",
    "concern": "The new kettle leaks",
}
CALLED = {"step": "Note", "text": "Called back", "at": "2026-05-04T10:00:00+03:00", "by": "Mika"}


# --- Any history, over HTTP and through the file --------------------------------------------------


class DeskMachine(CaseMachine):
    """The desk under test: every step is a request of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.restart()

    @rule()
    def restart(self) -> None:
        """Open the file anew, as after a restart."""
        desk = Desk(f"{self.folder.name}/desk.sqlite")
        self.client = TestClient(make_app(desk))

    def save(self, case: Case) -> None:
        """Send the complaint, or the step that is new."""
        if case.steps:
            sent = self.post(case.complaint.id, case.steps[-1])
        else:
            sent = self.client.post("/cases", json=CONVERTER.unstructure(case.complaint))
        assert sent.status_code == 201, sent.text

    def load(self, id: str) -> Case:  # noqa: A002 - named as in the machine
        """Ask for the case."""
        found = self.client.get("/case", params={"id": id})
        return CONVERTER.structure(found.json()["case"], Case)

    def refuses(self, id: str, step: Step) -> bool:  # noqa: A002 - likewise
        """Send a step that does not fit."""
        return self.post(id, step).status_code == 409

    def post(self, id: str, step: Step) -> httpx2.Response:  # noqa: A002 - likewise
        """Send a step."""
        return self.client.post(
            "/case/steps", params={"id": id}, json=CONVERTER.unstructure(step, Step)
        )

    def teardown(self) -> None:
        """Remove the file."""
        self.folder.cleanup()


TestDesk = DeskMachine.TestCase
TestDesk.settings = settings(max_examples=15, stateful_step_count=12, deadline=None)


# --- What HTTP makes of mistakes ------------------------------------------------------------------


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """Give a desk with one complaint."""
    client = TestClient(make_app(Desk(str(tmp_path / "desk.sqlite"))))
    assert client.post("/cases", json=EXAMPLE).status_code == 201
    return client


@pytest.mark.parametrize(
    ("status", "path", "data", "detail"),
    [
        (409, "/cases", EXAMPLE, "there is a case with this id"),
        (422, "/cases", {**EXAMPLE, "channel": "fax"}, "$.channel: 'fax', allowed: a Channel: "),
        (422, "/case/steps?id=C-17", {"step": "Memo"}, "$.step: 'Memo', allowed: one of "),
        (404, "/case/steps?id=C-18", CALLED, "no case 'C-18'"),
        (
            409,
            "/case/steps?id=C-17",
            {"step": "Reopening", "reason": "x", "at": "2026-05-04T10:00+03:00", "by": "Mika"},
            "step 0: Reopening (reopened) is not possible at stage received; missing: an end of ",
        ),
    ],
)
def test_a_refusal_says_why(
    client: TestClient, status: int, path: str, data: object, detail: str
) -> None:
    """What cannot be is refused with all that is wrong, and the case stays as it was."""
    before = client.get("/case?id=C-17").json()

    refused = client.post(path, json=data)

    assert status == refused.status_code
    assert refused.json()["detail"][0].startswith(detail)
    assert before == client.get("/case?id=C-17").json()


def test_a_case_as_it_stood(client: TestClient) -> None:
    """A case can be asked for as of an instant; a naive one is refused."""
    client.post("/case/steps?id=C-17", json=CALLED)
    asked = {"id": "C-17", "as_of": "2026-05-04T09:59:59+03:00"}
    assert [] == client.get("/case", params=asked).json()["case"]["steps"]
    assert 1 == len(client.get("/case?id=C-17").json()["case"]["steps"])
    for wrong in ("2026-05-04", "yesterday"):
        assert 422 == client.get("/case", params={"id": "C-17", "as_of": wrong}).status_code


# --- Killed, and started again --------------------------------------------------------------------


@contextmanager
def server(database: Path) -> Iterator[tuple[httpx2.Client, subprocess.Popen[bytes]]]:
    """Run the desk as a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "--factory", "app:made_from_environment"]
    command += ["--app-dir", str(HERE), "--port", str(port), "--log-level", "warning"]
    environment = {**os.environ, "DESK_DATABASE": str(database)}
    process = subprocess.Popen(command, env=environment)
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
            wait_for(client, process)
            yield client, process
    finally:
        process.kill()
        process.wait()


def wait_for(client: httpx2.Client, process: subprocess.Popen[bytes]) -> None:
    """Wait until the desk answers."""
    for _ in range(600):
        assert process.poll() is None
        try:
            client.get("/openapi.json")
        except httpx2.ConnectError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError


def test_survives_being_killed(tmp_path: Path) -> None:
    """What was answered with 201 is there after the process was killed, to the last step."""
    database = tmp_path / "desk.sqlite"
    with server(database) as (client, process):
        assert 201 == client.post("/cases", json=EXAMPLE).status_code
        kept = client.post("/case/steps?id=C-17", json=CALLED)
        assert 201 == kept.status_code
        process.send_signal(signal.SIGKILL)
        process.wait()

    with server(database) as (client, _):
        again = client.get("/case?id=C-17")
        assert kept.json() == again.json()
        case = CONVERTER.structure(again.json()["case"], Case)
        assert ["Called back"] == [step.text for step in case.steps if isinstance(step, Note)]
