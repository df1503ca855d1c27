"""What a company owes its customers: every promise as one flat row."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from attrs import frozen

from servicekit._instants import aware
from servicekit._tables import Listed
from servicekit.complaint import Channel, Complaint
from servicekit.resolution import Case, PromiseState, PromiseStatus

__all__ = ["DUE", "PromiseEntry", "counts_as", "promise_entries"]

DUE: Final = (PromiseStatus.KEPT, PromiseStatus.KEPT_LATE, PromiseStatus.BROKEN)
"""What a promise that fell due has come to."""


@frozen(kw_only=True)
class PromiseEntry(Listed):
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
    return tuple(_row(case.complaint, made) for case in cases for made in case.promises(at))


def counts_as(made: PromiseState) -> PromiseStatus:
    """Say what a promise counts as in a rate: it is pending until it has fallen due."""
    status = made.status
    waits = made.as_of <= made.due and status is not PromiseStatus.RENEGOTIATED
    return PromiseStatus.PENDING if waits else status


def _row(complaint: Complaint, made: PromiseState) -> PromiseEntry:
    return PromiseEntry(
        case=complaint.id,
        as_of=made.as_of,
        channel=complaint.channel,
        category=complaint.category,
        what=made.what,
        key=made.key,
        remedy=None if made.solution is None else made.solution.remedy,
        in_writing=made.in_writing,
        made_at=made.made_at,
        due_at=made.due,
        kept_at=made.kept_at,
        replaced_at=made.replaced_at,
        status=made.status,
        counts_as=counts_as(made),
    )
