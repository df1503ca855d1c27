"""A complaint: what was said, by whom, to whom, when and through which channel. It never changes.

>>> from datetime import datetime, timezone
>>> complaint = Complaint(
...     "C-17",
...     Customer("Aino Virtanen", phone="+358 40 123 4567", language="fi"),
...     channel=Channel.PHONE,
...     received_at=datetime(2026, 5, 4, 9, 30, tzinfo=timezone.utc),
...     received_by="Mika",
...     concern="The kettle leaks",
... )
>>> complaint.channel.written
False
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final, cast

from attrs import field, frozen

from servicekit._instants import instant
from servicekit._rules import INSTANT, LANGUAGE_OR_NONE, TEXT, TEXT_OR_NONE, is_a, set_of
from servicekit._terms import Term
from servicekit._values import Value, as_set, in_order, refuse, unchanged_when

__all__ = ["Channel", "Complaint", "Customer", "Dissatisfaction", "Subject"]


class Channel(Term):
    """The way a complaint or a contact came in."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    WEB = "web"
    CHAT = "chat"
    SOCIAL_MEDIA = "social_media"

    @property
    def written(self) -> bool:
        """Whether what is said there stands in writing."""
        return self not in _SPOKEN


_SPOKEN = frozenset({Channel.IN_PERSON, Channel.PHONE})


class Dissatisfaction(Term):
    """What made the customer dissatisfied: seven causes, and the two complaints heard most."""

    UNPROFESSIONAL = "unprofessional"
    """The service was unprofessional."""
    IMPERSONAL = "impersonal"
    """The customer was treated as a thing or a number."""
    NOT_RIGHT_FIRST_TIME = "not_right_first_time"
    """It was not done right the first time."""
    BAD_RESULT = "bad_result"
    """The result was terrible."""
    NOT_SOLVED = "not_solved"
    """The concern was not solved."""
    TREATED_BADLY = "treated_badly"
    """The customer was treated badly."""
    OVERCHARGED = "overcharged"
    """More was charged than had been agreed."""
    SLOW_ANSWER = "slow_answer"
    """The answer was slow to come."""
    BAD_ATTITUDE = "bad_attitude"
    """The attitude was bad."""


@frozen
class Customer(Value):
    """Who complains or is complained for: the name, and what is known of how to reach them.

    ``language`` is a BCP 47 tag: the language in which the customer wants to be served.
    """

    name: str = field(validator=TEXT)
    address: str | None = field(default=None, validator=TEXT_OR_NONE)
    phone: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    email: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    language: str | None = field(default=None, kw_only=True, validator=LANGUAGE_OR_NONE)


@frozen
class Subject(Value):
    """What a complaint is about, by the keys of your own systems; at least one of them."""

    order: str | None = field(default=None, validator=TEXT_OR_NONE)
    product: str | None = field(default=None, validator=TEXT_OR_NONE)
    policy: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)

    def __attrs_post_init__(self) -> None:
        if self.order is self.product is self.policy is None:
            refuse(self, "order", "an order, a product or a policy")


_NO_CAUSES: Final[frozenset[Dissatisfaction]] = frozenset()


def _causes(values: Collection[Dissatisfaction]) -> frozenset[Dissatisfaction]:
    return cast("frozenset[Dissatisfaction]", as_set(values))


unchanged_when("{v}.__class__ is frozenset", _causes)


@frozen
class Complaint(Value):
    """One complaint as it was received.

    ``id`` and ``category`` are keys of your own, ``remedy_sought`` names what the customer asks for
    by such a key (refund, replacement, ...), ``on_behalf_of`` is the consumer for whom the customer
    speaks. ``received_at`` must be aware and is kept with its UTC offset.

    Raises `RecordError` with every field that is wrong.
    """

    id: str = field(validator=TEXT)
    customer: Customer = field(validator=is_a(Customer))
    channel: Channel = field(validator=is_a(Channel))
    received_at: datetime = field(converter=instant, validator=INSTANT)
    received_by: str = field(validator=TEXT)
    concern: str = field(validator=TEXT)
    category: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    causes: frozenset[Dissatisfaction] = field(
        default=_NO_CAUSES,
        kw_only=True,
        converter=_causes,
        validator=set_of(Dissatisfaction),
        repr=in_order,
    )
    remedy_sought: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    on_behalf_of: Customer | None = field(
        default=None, kw_only=True, validator=is_a(Customer, optional=True)
    )
    about: Subject | None = field(
        default=None, kw_only=True, validator=is_a(Subject, optional=True)
    )
