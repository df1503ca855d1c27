"""How the cost of reading grows with what is read: large, deep, wrong.

    python benchmarks/limits.py [steps]

Prints processor time for a size, twice and four times that, and the growth from the first to the
last: 4 for work in proportion, 16 for the square. ``steps`` is the largest number of steps,
1,000,000 unless said otherwise.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from time import process_time

from servicekit import Case, Channel, Complaint, Customer, Note
from servicekit.errors import ServicekitError
from servicekit.kpi import Kpi
from servicekit.resolution import Correction, Promise, PromiseKept, Step, Understanding
from servicekit.serialize import make_converter

AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
COMPLAINT = Complaint(
    "C-17",
    Customer("Aino Virtanen"),
    channel=Channel.PHONE,
    received_at=AT,
    received_by="Mika",
    concern="The kettle leaks",
)
CONVERTER = make_converter()
NOTE = Note("Called", at=AT, by="Mika")
HEARD = Understanding("It leaks", "It leaks", confirmed=True, at=AT, by="Mika")

Make = Callable[[int], Callable[[], object]]


def corrected(number: int, step: Step) -> list[Step]:
    """Take a step again and again, then annul each."""
    steps: list[Step] = [step] * number
    return steps + [Correction(place, "wrong", at=AT, by="Mika") for place in range(number)]


def chained(number: int) -> list[Step]:
    """Annul a step, then that correction, then that one, and so on."""
    return [HEARD, *(Correction(place, "wrong", at=AT, by="Mika") for place in range(number))]


def promised(number: int) -> list[Step]:
    """Make promises and keep each."""
    made = [Promise(f"p{n}", "x", due=AT, at=AT, by="Mika") for n in range(number)]
    return [*made, *(PromiseKept(f"p{n}", at=AT, by="Mika") for n in range(number))]


def read_case(steps: Callable[[int], list[Step]]) -> Make:
    """Make data of a case of so many steps, and read it."""

    def make(number: int) -> Callable[[], object]:
        data = CONVERTER.unstructure(Case(COMPLAINT))
        data["steps"] = CONVERTER.unstructure(steps(number), list[Step])
        return lambda: CONVERTER.structure(data, Case)

    return make


def refuse_steps(number: int) -> Callable[[], object]:
    """Read a case of which every step is wrong, and say what is."""
    data = CONVERTER.unstructure(Case(COMPLAINT, [NOTE] * number))
    for step in data["steps"]:
        step["by"] = ""
    return lambda: refused(data, Case)


def refused(data: object, kind: type) -> str:
    """Read what cannot be read, and give the message."""
    try:
        CONVERTER.structure(data, kind)
    except ServicekitError as error:
        return str(error)
    raise AssertionError


def long_text(number: int) -> Callable[[], object]:
    """Read a text of so many characters."""
    data = CONVERTER.unstructure(NOTE) | {"text": "ä" * number}
    return lambda: CONVERTER.structure(data, Note)


def long_tag(number: int) -> Callable[[], object]:
    """Refuse a language tag of so many parts."""
    data = {"name": "Aino", "language": "de" + "-1abc" * number + "-"}
    return lambda: refused(data, Customer)


def nested(number: int) -> Callable[[], object]:
    """Refuse a condition nested so deep."""
    condition: dict[str, object] = {"kind": "IsTrue", "of": {"name": "x"}}
    for _ in range(number):
        condition = {"kind": "Not", "condition": condition}
    said = {"key": "k", "title": "K", "unit": "rows", "better": "higher"}
    data = {**said, "measure": {"kind": "Count", "of": condition}}
    return lambda: refused(data, Kpi)


def main(steps: int) -> None:
    """Run all of them."""
    jobs: dict[str, tuple[Make, int]] = {
        "case of notes": (read_case(lambda number: [NOTE] * number), steps),
        "notes, each annulled": (read_case(lambda number: corrected(number, NOTE)), steps // 2),
        "moves, each annulled": (read_case(lambda number: corrected(number, HEARD)), steps // 2),
        "promises, each kept": (read_case(promised), steps // 2),
        "corrections of corrections": (read_case(chained), 4000),
        "case of wrong steps, refused": (refuse_steps, steps // 50),
        "text": (long_text, 10 * steps),
        "language tag, refused": (long_tag, steps),
        "nested conditions, refused": (nested, steps),
    }
    print(f"{'seconds for':<32}{'size':>12}{'n/4':>9}{'n/2':>9}{'n':>9}{'growth':>9}")
    for name, (make, largest) in jobs.items():
        times = [taken(make(largest // part)) for part in (4, 2, 1)]
        shown = "".join(f"{time:>9.3f}" for time in times)
        print(f"{name:<32}{largest:>12,}{shown}{times[-1] / times[0]:>9.1f}")


def taken(job: Callable[[], object]) -> float:
    """Give the seconds of the processor that a job takes."""
    start = process_time()
    job()
    return process_time() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1_000_000)
