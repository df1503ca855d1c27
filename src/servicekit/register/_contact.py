"""A contact: one call, chat, visit or letter, from the queue to what the customer said of it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import chain, pairwise
from typing import ClassVar, Final

import attrs
from attrs import field, frozen

from servicekit._instants import instant, instant_or_none
from servicekit._rules import (
    FLAG_OR_NONE,
    INSTANT,
    INSTANT_OR_NONE,
    LANGUAGE_OR_NONE,
    TEXT,
    TEXT_OR_NONE,
    Rule,
    is_a,
)
from servicekit._values import Value, refuse
from servicekit.complaint import Channel

__all__ = ["Contact", "with_repeats"]

_SECOND: Final = timedelta(seconds=1)
_DURATION_OR_NONE: Final = Rule(
    "{v} is None or isinstance({v}, {timedelta}) and {v} >= {zero}",
    "a timedelta of zero or more, or None where it is not known",
    timedelta=timedelta,
    zero=timedelta(),
)


@frozen
class Contact(Value):
    """One contact of a customer with the company, whatever the channel.

    It is ``queued_at`` the instant at which the customer calls, writes or takes a number; then it
    is answered or abandoned, or still waits. ``ended_at`` is the end of the conversation, with
    ``hold`` part of it; ``after_call_work`` comes on top. ``customer``, ``matter`` and ``case`` are
    keys of your own, ``source`` says who tells of it, such as a hotline or a site.

    ``resolved`` is the flag that the agent sets. ``solved`` and ``represented_well`` are what the
    customer said when asked afterwards: was the matter solved, did the representative do well.
    ``previous_at`` and ``next_at`` are the contacts of the same customer on the same matter before
    and after this one (see `with_repeats`).

    Raises `RecordError`.
    """

    id: str = field(validator=TEXT)
    channel: Channel = field(validator=is_a(Channel))
    queued_at: datetime = field(kw_only=True, converter=instant, validator=INSTANT)
    answered_at: datetime | None = field(
        default=None, kw_only=True, converter=instant_or_none, validator=INSTANT_OR_NONE
    )
    abandoned_at: datetime | None = field(
        default=None, kw_only=True, converter=instant_or_none, validator=INSTANT_OR_NONE
    )
    ended_at: datetime | None = field(
        default=None, kw_only=True, converter=instant_or_none, validator=INSTANT_OR_NONE
    )
    hold: timedelta | None = field(default=None, kw_only=True, validator=_DURATION_OR_NONE)
    after_call_work: timedelta | None = field(
        default=None, kw_only=True, validator=_DURATION_OR_NONE
    )
    agent: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    answered_by_person: bool | None = field(default=None, kw_only=True, validator=FLAG_OR_NONE)
    language_wanted: str | None = field(default=None, kw_only=True, validator=LANGUAGE_OR_NONE)
    language_served: str | None = field(default=None, kw_only=True, validator=LANGUAGE_OR_NONE)
    resolved: bool | None = field(default=None, kw_only=True, validator=FLAG_OR_NONE)
    solved: bool | None = field(default=None, kw_only=True, validator=FLAG_OR_NONE)
    represented_well: bool | None = field(default=None, kw_only=True, validator=FLAG_OR_NONE)
    customer: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    matter: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    case: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    source: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    previous_at: datetime | None = field(
        default=None, kw_only=True, converter=instant_or_none, validator=INSTANT_OR_NONE
    )
    next_at: datetime | None = field(
        default=None, kw_only=True, converter=instant_or_none, validator=INSTANT_OR_NONE
    )

    DERIVED: ClassVar[tuple[str, ...]] = ("own_language", "hold_seconds", "after_call_seconds")

    def __attrs_post_init__(self) -> None:
        _check_order(self)
        if self.hold and (
            self.answered_at is None
            or (self.ended_at is not None and self.hold > self.ended_at - self.answered_at)
        ):
            refuse(self, "hold", "part of the conversation, from answered_at to ended_at")

    @property
    def own_language(self) -> bool | None:
        """Whether the customer was served in the language they wanted, by its primary subtag."""
        if self.language_wanted is None or self.language_served is None:
            return None
        return _primary(self.language_wanted) == _primary(self.language_served)

    @property
    def hold_seconds(self) -> float | None:
        """The seconds on hold, part of those from answered_at to ended_at."""
        return None if self.hold is None else self.hold / _SECOND

    @property
    def after_call_seconds(self) -> float | None:
        """The seconds of work after the conversation."""
        return None if self.after_call_work is None else self.after_call_work / _SECOND


def _primary(tag: str) -> str:
    return tag.partition("-")[0].casefold()


def _check_order(contact: Contact) -> None:
    """Refuse instants that cannot follow one another."""
    queued, answered, left = contact.queued_at, contact.answered_at, contact.abandoned_at
    if answered is not None and answered < queued:
        refuse(contact, "answered_at", f"an instant not before queued_at, {queued}")
    if left is not None and (answered is not None or left < queued):
        refuse(
            contact, "abandoned_at", f"an instant not before {queued}, of a contact not answered"
        )
    ended, began = contact.ended_at, answered or left or queued
    if ended is not None and ended < began:
        refuse(contact, "ended_at", f"an instant not before {began}")
    if contact.next_at is not None and contact.next_at < queued:
        refuse(contact, "next_at", f"an instant not before queued_at, {queued}")
    if contact.previous_at is not None and contact.previous_at > queued:
        refuse(contact, "previous_at", f"an instant not after queued_at, {queued}")


def with_repeats(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Give the same contacts, each with the ones on the same matter before and after it.

    Contacts of one customer on one matter follow each other by whatever channel; those without a
    customer or a matter stay as they are. The order is kept.
    """
    given = list(contacts)
    matters: dict[tuple[str, str], list[int]] = {}
    for position in sorted(range(len(given)), key=lambda position: given[position].queued_at):
        contact = given[position]
        if contact.customer is not None and contact.matter is not None:
            matters.setdefault((contact.customer, contact.matter), []).append(position)
    for one, other in chain.from_iterable(map(pairwise, matters.values())):
        earlier, later = given[one], given[other]
        given[one] = attrs.evolve(earlier, next_at=later.queued_at)
        given[other] = attrs.evolve(later, previous_at=earlier.queued_at)
    return tuple(given)
