"""The register: what happened, as flat rows of scalars that are known at an instant.

An `Entry` is a case, a `PromiseEntry` one of its promises, a `Contact` a call, chat, visit or
letter, `Operations` what was counted in a period. KPIs measure such rows; `columns` hands them to
a data frame; `backlog` counts what is open.

>>> from datetime import datetime, timedelta, timezone
>>> from servicekit.complaint import Channel, Complaint, Customer
>>> from servicekit.resolution import Acknowledgement, Case
>>> monday = datetime(2026, 5, 4, 9, 30, tzinfo=timezone.utc)
>>> case = Case(Complaint("C-17", Customer("Aino Virtanen"), channel=Channel.EMAIL,
...     received_at=monday, received_by="Mika", concern="The kettle leaks"))
>>> case = case.advance(Acknowledgement(at=monday + timedelta(hours=2), by="Mika"))
>>> row = entry(case, as_of=monday + timedelta(days=1))
>>> row.first_response_at - row.received_at
datetime.timedelta(seconds=7200)
>>> print(row.satisfied, row.compensation_eur, row.stage)
None 0 received
>>> entry(case, as_of=monday).first_response_at is None
True

What is not known is None. In a field of several values each one is also there under its own name,
such as ``compensation_eur``, on the row and in `columns` alike.
"""

from servicekit.register._backlog import Backlog, backlog
from servicekit.register._clock import ReopenPolicy
from servicekit.register._columns import Row, columns
from servicekit.register._contact import Contact, with_repeats
from servicekit.register._entry import Entry
from servicekit.register._operations import Operations
from servicekit.register._promises import PromiseEntry, promise_entries
from servicekit.register._reading import entries, entry

__all__ = [
    "Backlog",
    "Contact",
    "Entry",
    "Operations",
    "PromiseEntry",
    "ReopenPolicy",
    "Row",
    "backlog",
    "columns",
    "entries",
    "entry",
    "promise_entries",
    "with_repeats",
]
