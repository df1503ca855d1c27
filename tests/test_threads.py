"""Values are shared between threads: whoever asks gets what one alone would get."""

import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Barrier
from types import MappingProxyType

import attrs
import pytest

from samples import CONTACT_ROWS, FULL_CASE, HISTORY, KPIS, OFFICE, VALUES, at
from servicekit.benchmark import Answers, summarize
from servicekit.catalogue.helpfulness import HELPFULNESS
from servicekit.kpi import measure
from servicekit.serialize import make_converter
from servicekit.worktime import WorkCalendar

THREADS = 8


def at_once(job: Callable[[int], object]) -> list[object]:
    """Run a job in threads that start together, each with its number, and give what they give."""
    start = Barrier(THREADS)

    def run(number: int) -> object:
        start.wait(60)
        return job(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


@pytest.fixture(autouse=True)
def impatient():
    """Have the threads take turns as often as Python can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


SPAN, WORK = timedelta(days=700), timedelta(hours=90)


def asked(hours: WorkCalendar, start: datetime) -> tuple[object, ...]:
    """Ask a calendar about a span that may begin and end in years not built yet."""
    return hours.elapsed(start, start + SPAN), hours.deadline(start, WORK), hours.tz


@pytest.mark.parametrize("calendar", [OFFICE, HISTORY], ids=["calendar", "history"])
def test_calendars(calendar):
    """A calendar that several threads ask at once, from year to year, answers each of them."""
    starts = [datetime(year, 5, 4, 9, tzinfo=UTC) for year in range(2000, 2050, 12)]
    expected = {start: asked(deepcopy(calendar), start) for start in starts}
    for _ in range(2):
        shared = deepcopy(calendar)

        def job(number: int, shared: WorkCalendar = shared) -> dict[datetime, object]:
            order = Random(number).sample(starts, len(starts))  # noqa: S311 - any order will do
            return {start: asked(shared, start) for start in order}

        assert [expected] * THREADS == at_once(job)


def test_a_line_that_another_thread_replaced():
    """What a question has built is not lost to it if another thread builds something else."""
    timeline = deepcopy(OFFICE)._timeline
    ours = timeline.of_years(timeline.line, 2030, 2030)
    timeline.line = type(ours)(())
    timeline.of_years(timeline.line, 2040, 2040)
    both = timeline.of_years(ours, 2032, 2032)
    assert list(range(2030, 2041)) == [year.number for year in both.years]


def test_everything_else():
    """Cases, scores, measurements and converters give every thread the same."""
    converter = make_converter()
    answers = [Answers({one.key: n % 5 + 1 for one in HELPFULNESS.statements}) for n in range(50)]

    def job(_: int) -> tuple[object, ...]:
        found = measure(KPIS, CONTACT_ROWS * 50, as_of=at(99))
        return (
            summarize(HELPFULNESS, answers).total,
            converter.loads(converter.dumps(FULL_CASE), type(FULL_CASE)),
            {key: (one.value, one.interval) for key, one in found.items()},
            FULL_CASE.timeline(),
            FULL_CASE.promises(at(99)),
            [hash(value) for value in VALUES],
        )

    expected, *others = at_once(job)
    assert [expected] * (THREADS - 1) == others
    assert expected == job(0)


FIRST = """
import sys, pickle
from threading import Barrier, Thread
sys.setswitchinterval(1e-6)
given = pickle.load(sys.stdin.buffer)
kinds = [(pickle.loads(kind), fields) for kind, fields in given]
start = Barrier(8)
failed = []
def build():
    start.wait(60)
    try:
        for kind, fields in kinds:
            made = kind(**pickle.loads(fields))
            again = kind(**pickle.loads(fields))
            assert made == again, kind
    except BaseException as error:
        failed.append(repr(error))
threads = [Thread(target=build) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(failed)
"""


def made_from(value: object) -> bytes | None:
    """Pickle what a value is made from; None for a term."""
    if not attrs.has(type(value)):
        return None
    fields = (f for f in attrs.fields(type(value)) if f.init)
    given = {field.alias: getattr(value, field.name) for field in fields}
    proxies = {name: dict(one) for name, one in given.items() if type(one) is MappingProxyType}
    return pickle.dumps(given | proxies)


def test_first_values_of_a_class():
    """Constructors are compiled when a class is first used; several threads may be the first."""
    given = [
        (pickle.dumps(type(value)), fields) for value in VALUES if (fields := made_from(value))
    ]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", FIRST],
        input=pickle.dumps(given),
        capture_output=True,
        check=False,
    )
    assert (0, b"", "[]") == (done.returncode, done.stderr, done.stdout.decode().strip())


# --- Other processes ------------------------------------------------------------------------------

ELSEWHERE = """
import json, pickle, sys
sys.path.insert(0, sys.argv[1])
from samples import VALUES
given = pickle.load(sys.stdin.buffer)
kept = {value: number for number, value in enumerate(VALUES)}
print(json.dumps({
    "equal": [one == other for one, other in zip(given, VALUES, strict=True)],
    "found": [VALUES[kept[one]] == one for one in given],
    "shown": [repr(one) for one in given],
}))
"""


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_pickles_in_another_process(seed):
    """A value out of a pickle is one made there, whatever the hash seed, and looks like it."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", ELSEWHERE, str(Path(__file__).parent)],
        input=pickle.dumps(VALUES),
        capture_output=True,
        check=False,
        env={"PYTHONHASHSEED": seed},
    )
    assert (0, b"") == (done.returncode, done.stderr)
    found = json.loads(done.stdout)
    assert all(found["equal"])
    assert all(found["found"])
    assert [repr(value) for value in VALUES] == found["shown"]
