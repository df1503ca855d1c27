"""What is known of a case at an instant, as one flat row."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar, Final

from attrs import field, frozen

from servicekit._values import in_order
from servicekit.complaint import Channel, Dissatisfaction
from servicekit.money import Totals
from servicekit.register._clock import ReopenPolicy
from servicekit.register._flat import AMOUNTS, CAUSES, INSTANTS, Flat, Parts
from servicekit.resolution import Basis, Responsible, Stage

__all__ = ["Entry"]

_NOTHING: Final = Totals()
_PARTS: Final = MappingProxyType(
    {
        "causes": CAUSES,
        "compensation": AMOUNTS,
        "goodwill": AMOUNTS,
        "endings": INSTANTS,
        "reopenings": INSTANTS,
    }
)


@frozen(kw_only=True)
class Entry(Flat):
    """A case as it stood at ``as_of``, in one row; None is what had not happened or is not known.

    Measure it as of the same instant, for it knows nothing of what came later.

    *Who and what*: the keys of the complaint; ``cause`` and ``responsible`` of the last cause that
    was found.

    *Instants*: ``acknowledged_at`` and ``first_response_at`` are the first ones ever, the one by
    whatever means, the other by a person. ``understood_at``, ``explained_at``, ``agreed_at``,
    ``fixed_at``, ``resolved_at`` and ``closed_at`` tell the way to where the case stands: each is
    when that stage was reached, and None again once the case has fallen back behind it.
    ``ended_at`` is ``resolved_at`` or ``closed_at``, ``basis`` that of the closure.
    ``followed_up_at`` is when the customer was last asked and reached since the last fix, and
    ``satisfied`` is their last word; a reopening takes the word back.

    *The clock*: ``reopening`` names the rule for reopenings, None where there was none to decide.
    ``clock_started_at`` is set so that the time from it to ``fixed_at``, ``ended_at`` or
    ``resolved_at`` is the time that counts. By ``FIRST_END`` these instants, ``basis`` and
    ``followed_up_at`` are those of the time before the first reopening. ``open_since`` is where the
    age of a case that is open is counted from. ``endings`` and ``reopenings`` hold them all.

    *Promises* are counted once due: ``promises_made`` = due + renegotiated + open, and
    ``promises_due`` = kept + kept late + broken. What is kept early counts when it falls due.

    *Money* is per currency. ``goodwills`` counts what was given beyond redress; ``goodwill`` adds
    up what of it has a value.

    *Working time*, with a calendar only, in seconds: ``..._working`` is that from ``received_at``
    (acknowledged, first response) or on the clock (the others). ``waited_working`` and
    ``clock_working`` are those two times at ``as_of``, ended or not: they say whether a limit in
    working time has passed.

    Fields of several values are also read part by part: ``causes_overcharged``,
    ``compensation_eur``, ``goodwill_eur``, ``endings_1``, ``reopenings_1``.
    """

    PARTS: ClassVar[Mapping[str, Parts]] = _PARTS

    id: str
    as_of: datetime
    channel: Channel
    received_at: datetime
    received_by: str
    customer: str
    stage: Stage
    clock_started_at: datetime
    language: str | None = None
    on_behalf_of: str | None = None
    category: str | None = None
    remedy_sought: str | None = None
    order: str | None = None
    product: str | None = None
    policy: str | None = None
    causes: frozenset[Dissatisfaction] = field(default=frozenset(), repr=in_order)
    cause: str | None = None
    responsible: Responsible | None = None

    acknowledged_at: datetime | None = None
    first_response_at: datetime | None = None
    understood_at: datetime | None = None
    explained_at: datetime | None = None
    agreed_at: datetime | None = None
    fixed_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    ended_at: datetime | None = None
    followed_up_at: datetime | None = None
    satisfied: bool | None = None
    basis: Basis | None = None

    reopening: ReopenPolicy | None = None
    open_since: datetime | None = None
    endings: tuple[datetime, ...] = ()
    reopenings: tuple[datetime, ...] = ()
    reopened: int = 0
    rounds: int = 1
    escalated_at: datetime | None = None
    escalations: int = 0
    suggestions: int = 0

    promises_made: int = 0
    promises_due: int = 0
    promises_kept: int = 0
    promises_kept_late: int = 0
    promises_broken: int = 0
    promises_renegotiated: int = 0
    promises_open: int = 0

    compensation: Totals = _NOTHING
    goodwill: Totals = _NOTHING
    goodwills: int = 0

    acknowledged_working: float | None = None
    first_response_working: float | None = None
    understood_working: float | None = None
    explained_working: float | None = None
    agreed_working: float | None = None
    fixed_working: float | None = None
    resolved_working: float | None = None
    closed_working: float | None = None
    ended_working: float | None = None
    waited_working: float | None = None
    clock_working: float | None = None
