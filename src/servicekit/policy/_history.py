"""What to know of a customer before talking to them again."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from operator import attrgetter, itemgetter
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from servicekit._instants import instant
from servicekit._rules import INSTANT, each
from servicekit._tables import NOTHING
from servicekit._values import Value, refuse, several, unchanged_when
from servicekit.complaint import Channel, Subject
from servicekit.register import Contact
from servicekit.resolution import Case, PromiseState, PromiseStatus, Stage
from servicekit.resolution._replay import counting

__all__ = ["AFRESH", "Conversation", "CustomerHistory", "owed"]


@frozen
class Conversation:
    """A conversation with a customer: when, with whom, about what, and how, where that is known."""

    at: datetime
    by: str | None = None
    about: str | None = field(default=None, kw_only=True)
    channel: Channel | None = field(default=None, kw_only=True)

    def __str__(self) -> str:
        parts = (
            self.at.isoformat(" ", "minutes"),
            self.by and f"with {self.by}",
            self.channel and f"by {self.channel.replace('_', ' ')}",
            self.about and f"about: {self.about}",
        )
        return ", ".join(filter(None, parts))


def _cases(values: Case | list[Case] | tuple[Case, ...]) -> tuple[Case, ...]:
    return several(values)


def _contacts(values: Contact | list[Contact] | tuple[Contact, ...]) -> tuple[Contact, ...]:
    return several(values)


unchanged_when("{v}.__class__ is tuple", _cases, _contacts)


@frozen
class CustomerHistory(Value):
    """The cases and contacts of one customer, as they stood at ``as_of``.

    Who is who is the caller's to know; cases of customers with different names, and contacts with
    different customer keys, are refused, for a history that mixes them gives one away to the other.

    A history tells what helps to serve the customer. It never says who was at fault, what was noted
    about them, or how they sounded: every conversation starts afresh.

    Raises `RecordError`.
    """

    cases: tuple[Case, ...] = field(converter=_cases, validator=each(Case))
    contacts: tuple[Contact, ...] = field(converter=_contacts, validator=each(Contact))
    as_of: datetime = field(converter=instant, validator=INSTANT)

    def __attrs_post_init__(self) -> None:
        if len({_name(case.complaint.customer.name) for case in self.cases}) > 1:
            refuse(self, "cases", "those of one customer, all with the same name")
        if len({one.customer for one in self.contacts if one.customer is not None}) > 1:
            refuse(self, "contacts", "those of one customer, all with the same key")

    @property
    def _known(self) -> tuple[Case, ...]:
        """The cases received by then, as they stood then, in order."""
        received = (one for one in self.cases if one.complaint.received_at <= self.as_of)
        in_order = sorted(received, key=attrgetter("complaint.received_at"))
        return tuple(one.as_of(self.as_of) for one in in_order)

    @property
    def name(self) -> str | None:
        """The customer's name; None without a case."""
        return self._known[-1].complaint.customer.name if self._known else None

    @property
    def language(self) -> str | None:
        """The language in which the customer last wanted to be served."""
        said = [
            *((one.complaint.received_at, one.complaint.customer.language) for one in self._known),
            *((one.queued_at, one.language_wanted) for one in self.contacts),
        ]
        known = [(at, language) for at, language in said if language and at <= self.as_of]
        return max(known, default=(None, None))[1]

    @property
    def last_contact(self) -> Conversation | None:
        """The last conversation: a complaint, a call that was answered, a word from a person."""
        return max(self._conversations(), key=attrgetter("at"), default=None)

    def _conversations(self) -> Iterator[Conversation]:
        for case in self._known:
            said = case.complaint
            yield Conversation(
                said.received_at, said.received_by, about=said.concern, channel=said.channel
            )
            for step in counting(case.steps):
                if step.is_contact:
                    yield Conversation(step.at, step.by, about=said.concern)
        for one in self.contacts:
            at = one.answered_at
            if at is not None and at <= self.as_of and one.answered_by_person is not False:
                yield Conversation(at, one.agent, about=one.matter, channel=one.channel)

    @property
    def last_purchase(self) -> Subject | None:
        """The order or product that the customer last complained of.

        What they bought without a complaint is not on record here.
        """
        about = (one.complaint.about for one in reversed(self._known))
        return next((one for one in about if one and (one.order or one.product)), None)

    @property
    def open_promises(self) -> tuple[PromiseState, ...]:
        """What the customer was promised and has not got yet, the one due first in front."""
        found = (one for case in self._known for one in owed(case, self.as_of))
        return tuple(sorted(found, key=attrgetter("due")))

    @property
    def how_it_went(self) -> str | None:
        """How it went the last time, or where it stands; None where that is not known.

        The last time is the case or the contact on which something was last done.
        """
        went = [(_last_done(case), _WENT[case.stage]) for case in self._known]
        for one in self.contacts:
            solved = one.resolved if one.solved is None else one.solved
            if solved is not None and one.answered_at is not None:
                went.append((one.answered_at, _SOLVED[solved]))
        known = [(at, how) for at, how in went if at <= self.as_of]
        return max(known, key=itemgetter(0), default=(None, None))[1]

    def __str__(self) -> str:
        bought = self.last_purchase
        facts = (
            ("name", self.name),
            ("language", self.language),
            ("last contact", self.last_contact),
            ("last purchase", bought and ", ".join(filter(None, (bought.product, bought.order)))),
            *(("promised", _promised(one)) for one in self.open_promises),
            ("last time", self.how_it_went),
        )
        lines = [f"{title + ':':<15}{NOTHING if fact is None else fact}" for title, fact in facts]
        return "\n".join([*lines, AFRESH])


AFRESH: Final = "Start afresh: listen from the beginning, whatever was said before."


def _name(text: str) -> str:
    return " ".join(text.casefold().split())


def owed(case: Case, at: datetime) -> Iterator[PromiseState]:
    """Give what was promised by an instant and not done by then, late or not yet."""
    done = {
        (one.what, one.promised_by)
        for one in case.record().solutions
        if one.carried_out_at is not None
    }
    for one in case.promises(at):
        open_still = one.status in {PromiseStatus.PENDING, PromiseStatus.BROKEN}
        late = one.solution is not None and (one.what, one.due) in done
        if open_still and one.replaced_at is None and not late:
            yield one


def _promised(one: PromiseState) -> str:
    late = ", overdue" if one.status is PromiseStatus.BROKEN else ""
    return f"{one.what} by {one.due.isoformat(' ', 'minutes')}{late}"


def _last_done(case: Case) -> datetime:
    return case.steps[-1].at if case.steps else case.complaint.received_at


_SOLVED: Final = {True: "the matter was solved", False: "the matter was not solved"}
_WENT: Final[Mapping[Stage, str]] = MappingProxyType({
    Stage.RECEIVED: "open, to be listened to",
    Stage.UNDERSTOOD: "open, the cause is to be found",
    Stage.EXPLAINED: "open, a solution is to be agreed on",
    Stage.AGREED: "open, what was agreed is to be done",
    Stage.FIXED: "fixed, the customer is to be asked whether they are satisfied",
    Stage.RESOLVED: "resolved, the customer was satisfied",
    Stage.CLOSED: "closed without the customer's word that they are satisfied",
})  # fmt: skip
