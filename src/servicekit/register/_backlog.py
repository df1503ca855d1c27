"""The backlog of a period: what was open, what came, came back and went, and what is left."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, zip_longest

from attrs import frozen

from servicekit._instants import aware
from servicekit._rules import all_are
from servicekit._tables import Listed
from servicekit._values import refuse
from servicekit.errors import Problem, RecordError, shown
from servicekit.register._clock import ENDS
from servicekit.register._entry import Entry

__all__ = ["Backlog", "backlog"]


@frozen(kw_only=True)
class Backlog(Listed):
    """The backlog of a period: ``opening`` + ``received`` + ``reopened`` - ``ended`` = ``closing``.

    ``ended`` counts every end, a resolution or a closure, also of a case that was reopened later.
    Raises `RecordError` for counts that break it.
    """

    start: datetime
    end: datetime
    opening: int
    received: int
    reopened: int
    ended: int
    closing: int

    def __attrs_post_init__(self) -> None:
        if self.end <= self.start:
            refuse(self, "end", f"an instant after {self.start}")
        left = self.opening + self.received + self.reopened - self.ended
        if self.closing != left:
            refuse(self, "closing", f"opening + received + reopened - ended, which is {left}")

    def __str__(self) -> str:
        return (
            f"{self.opening} open, {self.received} received, {self.reopened} reopened, "
            f"{self.ended} ended, {self.closing} open"
        )


def backlog(entries: Iterable[Entry], start: datetime, end: datetime) -> Backlog:
    """Count the backlog of a period, from ``start`` until just before ``end``.

    What is open at either end is counted by the state of each case then, apart from what happened
    in between.

    Raises `RecordError` for a register by which the two do not agree: a case that is in it twice,
    whose ends and reopenings do not take turns after its receipt, whose stage is not what they
    lead to, or that is known only up to an instant within the period.
    """
    first, last = aware(start, "start"), aware(end, "end")
    if last <= first:
        raise RecordError("backlog", (Problem("end", shown(end), f"an instant after {first}"),))
    known = tuple(entries)
    if not all_are(known, Entry):
        raise RecordError("backlog", (Problem("entries", shown(known), "entries of a register"),))
    if problems := tuple(_problems(known, last)):
        raise RecordError("backlog", problems)
    return Backlog(
        start=first,
        end=last,
        opening=sum(_is_open(entry, first) for entry in known),
        received=sum(first <= entry.received_at < last for entry in known),
        reopened=sum(first <= at < last for entry in known for at in entry.reopenings),
        ended=sum(first <= at < last for entry in known for at in entry.endings),
        closing=sum(_is_open(entry, last) for entry in known),
    )


def _turns(entry: Entry) -> list[datetime]:
    """List when a case was received, ended, reopened, ended and so on."""
    turns = chain.from_iterable(zip_longest((entry.received_at, *entry.reopenings), entry.endings))
    return [at for at in turns if at is not None]


def _is_open(entry: Entry, at: datetime) -> bool:
    """Whether a case was open just before an instant."""
    return bisect_left(_turns(entry), at) % 2 == 1


def _problems(entries: Iterable[Entry], until: datetime) -> Iterator[Problem]:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            yield Problem("id", shown(entry.id), "a case that is in the register once")
        seen.add(entry.id)
        for field, allowed in _faults(entry, until):
            yield Problem(f"{field} of {shown(entry.id)}", shown(getattr(entry, field)), allowed)


def _faults(entry: Entry, until: datetime) -> Iterator[tuple[str, str]]:
    if entry.as_of < until:
        yield "as_of", f"an instant not before the end of the period, {until}"
    ended = len(entry.endings) - len(entry.reopenings)
    turns = _turns(entry)
    if ended not in {0, 1} or turns != sorted(turns):
        yield "endings", "ends that take turns with the reopenings, after the receipt"
    elif (entry.stage in ENDS) != (ended == 1):
        yield "stage", "an end after as many ends as receipts and reopenings, and no end otherwise"
