"""A complaints desk over HTTP: FastAPI in front, SQLite behind, each case kept as JSON.

    uvicorn --app-dir examples/app app:made_from_environment --factory

The library says what a complaint, a step and a case are, what the flow allows and how they look in
JSON; the app says where they are kept and what HTTP makes of a refusal. ``DESK_DATABASE`` names the
file, ``desk.sqlite`` without it.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import Annotated, Any

from fastapi import Body, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse

from servicekit import Case, Complaint
from servicekit.errors import FlowError, RecordError
from servicekit.resolution import Step
from servicekit.serialize import DataError, explain, make_converter

CONVERTER = make_converter()
"""Made once: the first use of each class prepares the functions for it."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS cases (id TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT
"""

Json = Annotated[dict[str, Any], Body()]


class Desk:
    """The cases in a file of SQLite."""

    def __init__(self, path: str) -> None:
        self._path = path
        with self._transaction() as connection:
            connection.execute(SCHEMA)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Read and write alone, and keep all of it or nothing."""
        with closing(sqlite3.connect(self._path, isolation_level=None, timeout=30)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def add(self, complaint: Complaint) -> Case:
        """Open the case of a complaint whose id is new."""
        case = Case(complaint)
        with self._transaction() as connection:
            new = "INSERT INTO cases VALUES (?, ?)"
            connection.execute(new, (complaint.id, CONVERTER.dumps(case)))
        return case

    def case(self, id: str) -> Case:  # noqa: A002 - named as in `Complaint`
        """Give a case; a KeyError where there is none."""
        with self._transaction() as connection:
            return _read(connection, id)

    def take(self, id: str, step: Step) -> Case:  # noqa: A002 - likewise
        """Take a step, if the flow allows it; a FlowError otherwise, and nothing has changed."""
        with self._transaction() as connection:
            case = _read(connection, id).advance(step)
            changed = "UPDATE cases SET data = ? WHERE id = ?"
            connection.execute(changed, (CONVERTER.dumps(case), id))
        return case


def _read(connection: sqlite3.Connection, id: str) -> Case:  # noqa: A002 - likewise
    found = connection.execute("SELECT data FROM cases WHERE id = ?", (id,)).fetchone()
    if found is None:
        raise KeyError(id)
    return CONVERTER.loads(found[0], Case)


def make_app(desk: Desk) -> FastAPI:
    """Put a desk on the net."""
    app = FastAPI(title="Complaints desk")

    @app.post("/cases", status_code=201)
    def receive(data: Json) -> dict[str, Any]:
        """Receive a complaint."""
        try:
            return _shown(desk.add(CONVERTER.structure(data, Complaint)))
        except sqlite3.IntegrityError:
            raise HTTPException(409, ["there is a case with this id"]) from None

    @app.get("/case")
    def case(id: str, as_of: datetime | None = None) -> dict[str, Any]:  # noqa: A002
        """Show a case, as it stands or as it stood."""
        found = desk.case(id)
        return _shown(found if as_of is None else found.as_of(as_of))

    @app.post("/case/steps", status_code=201)
    def take(id: str, data: Json) -> dict[str, Any]:  # noqa: A002 - a parameter of the query
        """Take a step."""
        return _shown(desk.take(id, CONVERTER.structure(data, Step)))

    refusals = {
        DataError: (422, explain),
        RecordError: (422, lambda error: [str(error)]),
        FlowError: (409, lambda error: [str(error)]),
        KeyError: (404, lambda error: [f"no case {error}"]),
    }
    for kind, (status, told) in refusals.items():
        app.add_exception_handler(kind, _refusal(status, told))
    return app


def _shown(case: Case) -> dict[str, Any]:
    """Give the case as data, with where it stands and what may come next."""
    told = {"stage": case.stage, "allowed": sorted(case.allowed)}
    return {**told, "case": CONVERTER.unstructure(case)}


def _refusal(status: int, told: Any) -> Any:
    def refuse(_: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"detail": told(error)}, status)

    return refuse


def made_from_environment() -> FastAPI:
    """Make the app of the file that the environment names."""
    return make_app(Desk(os.environ.get("DESK_DATABASE", "desk.sqlite")))
