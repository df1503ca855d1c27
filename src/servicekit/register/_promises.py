"""What a company owes its customers: every promise as one flat row."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from attrs import frozen

from servicekit._instants import aware
from servicekit.complaint import Channel, Complaint
from servicekit.resolution import Case, PromiseState, PromiseStatus, Step
from servicekit.resolution._promises import promises
from servicekit.resolution._replay import counting

__all__ = ["DUE", "PromiseEntry", "promise_entries", "promises_of"]

DUE: Final = (PromiseStatus.KEPT, PromiseStatus.KEPT_LATE, PromiseStatus.BROKEN)
"""What a promise that fell due has come to."""


@frozen(kw_only=True)
class PromiseEntry:
    """A promise as it stood at ``as_of``, in one row.

    ``case`` is the key of the complaint. ``status`` is what has become of the promise, and
    ``counts_as`` what it counts as in a rate: the same, but pending until it has fallen due, for
    what is kept early says nothing yet of what is not. ``in_writing`` is None where that is not on
    record; ``key`` is that of a ``Promise``, ``remedy`` that of a ``Solution``.
    """

    case: str
    as_of: datetime
    channel: Channel
    category: str | None
    what: str
    key: str | None
    remedy: str | None
    in_writing: bool | None
    made_at: datetime
    due_at: datetime
    kept_at: datetime | None
    replaced_at: datetime | None
    status: PromiseStatus
    counts_as: PromiseStatus


def promise_entries(cases: Iterable[Case], *, as_of: datetime) -> tuple[PromiseEntry, ...]:
    """Give every promise made by an instant, with what had become of it then."""
    at = aware(as_of, "as_of")
    return tuple(
        row
        for case in cases
        for row in promises_of(case.complaint, counting(case.as_of(at).steps), at)
    )


def promises_of(
    complaint: Complaint, steps: Sequence[Step], at: datetime
) -> tuple[PromiseEntry, ...]:
    """Read the promises off a history that holds no corrections and ends at an instant."""
    return tuple(_row(complaint, state) for state in promises(steps, at))


def _row(complaint: Complaint, state: PromiseState) -> PromiseEntry:
    status = state.status
    open_ = status is not PromiseStatus.RENEGOTIATED and state.as_of <= state.due
    return PromiseEntry(
        case=complaint.id,
        as_of=state.as_of,
        channel=complaint.channel,
        category=complaint.category,
        what=state.what,
        key=state.key,
        remedy=None if state.solution is None else state.solution.remedy,
        in_writing=state.in_writing,
        made_at=state.made_at,
        due_at=state.due,
        kept_at=state.kept_at,
        replaced_at=state.replaced_at,
        status=status,
        counts_as=PromiseStatus.PENDING if open_ else status,
    )
