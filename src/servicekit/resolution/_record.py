"""The record of a complaint: the nine items that a company keeps of each one."""

from datetime import datetime

from attrs import frozen

from servicekit._tables import Displayed, Line, Listed, Table
from servicekit.complaint import Customer
from servicekit.money import Totals
from servicekit.resolution._agreements import Agreement
from servicekit.resolution._text import flat, listed, shown_at

__all__ = ["AgreedSolution", "Record", "agreed_solutions"]


@frozen(kw_only=True)
class AgreedSolution(Listed):
    """A solution that was agreed: carried out, promised by an instant, or still to be done."""

    what: str
    remedy: str
    agreed_at: datetime
    promised_by: datetime | None
    carried_out_at: datetime | None

    def __str__(self) -> str:
        if self.carried_out_at is not None:
            return f"{self.what} (carried out {shown_at(self.carried_out_at)})"
        if self.promised_by is not None:
            return f"{self.what} (promised by {shown_at(self.promised_by)})"
        return f"{self.what} (to be done)"


def agreed_solutions(agreements: tuple[Agreement, ...]) -> tuple[AgreedSolution, ...]:
    """List the solutions of all agreements that were not dropped for another."""
    return tuple(
        AgreedSolution(
            what=solution.what,
            remedy=solution.remedy,
            agreed_at=agreement.proposal.at,
            promised_by=solution.promised_by,
            carried_out_at=agreement.fix.at if agreement.fix else None,
        )
        for agreement in agreements
        if agreement.dropped_at is None
        for solution in agreement.proposal.solutions
    )


@frozen(kw_only=True)
class Record(Displayed):
    """The nine items as they stand; what has not happened is None or empty.

    Who the customer is; who received the complaint; when it came and when it was resolved; the
    concern; the agreed solutions; the actions taken; when the customer was asked whether they are
    satisfied; all compensation; suggestions for prevention.
    """

    customer: Customer
    received_by: str
    received_at: datetime
    resolved_at: datetime | None
    concern: str
    solutions: tuple[AgreedSolution, ...]
    actions: tuple[str, ...]
    followed_up_at: datetime | None
    compensation: Totals
    prevention: tuple[str, ...]

    def items(self) -> tuple[tuple[str, str], ...]:
        """Give the nine items for a reader, each as its title and its text."""
        who = self.customer
        return (
            ("customer", ", ".join(filter(None, (who.name, who.address, who.phone)))),
            ("received by", self.received_by),
            (
                "received and resolved",
                f"{shown_at(self.received_at)}, {shown_at(self.resolved_at)}",
            ),
            ("concern", self.concern),
            ("agreed solutions", listed(self.solutions)),
            ("actions taken", listed(self.actions)),
            ("followed up", shown_at(self.followed_up_at)),
            ("compensation", str(self.compensation)),
            ("prevention", listed(self.prevention)),
        )

    def _table(self) -> Table:
        lines = tuple(Line(title, (flat(text),)) for title, text in self.items())
        return Table("Record", ("", ""), lines, words=True)

    def __str__(self) -> str:
        return "\n".join(f"{title + ':':<23}{flat(text)}" for title, text in self.items())
