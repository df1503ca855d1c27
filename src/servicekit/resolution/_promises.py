"""Promises as values: what was promised, by when, and whether it was kept."""

from collections.abc import Iterable
from datetime import datetime

from attrs import frozen

from servicekit._tables import Listed
from servicekit._terms import Term
from servicekit.resolution._agreements import Agreement, agreements
from servicekit.resolution._steps import Promise, PromiseKept, Solution, Step

__all__ = ["PromiseState", "PromiseStatus", "promises"]


class PromiseStatus(Term):
    """What has become of a promise."""

    PENDING = "pending"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    BROKEN = "broken"
    RENEGOTIATED = "renegotiated"


@frozen(kw_only=True)
class PromiseState(Listed):
    """A promise as it stood at ``as_of``.

    ``key`` is that of a `Promise`; ``solution`` is the accepted `Solution` of which ``due`` and
    ``what`` are part. Whether a solution was promised in writing is not recorded, hence None.
    """

    what: str
    due: datetime
    as_of: datetime
    made_at: datetime
    kept_at: datetime | None = None
    replaced_at: datetime | None = None
    in_writing: bool | None = None
    key: str | None = None
    solution: Solution | None = None

    @property
    def status(self) -> PromiseStatus:
        """Kept, kept late, renegotiated in time, pending, or broken.

        At the instant at which it is due, a promise can still be kept and still be renegotiated.
        """
        if self.kept_at is not None:
            return PromiseStatus.KEPT if self.kept_at <= self.due else PromiseStatus.KEPT_LATE
        if self.replaced_at is not None:
            return (
                PromiseStatus.RENEGOTIATED if self.replaced_at <= self.due else PromiseStatus.BROKEN
            )
        return PromiseStatus.PENDING if self.as_of <= self.due else PromiseStatus.BROKEN


def promises(steps: Iterable[Step], as_of: datetime) -> tuple[PromiseState, ...]:
    """Read every promise off a history without corrections, in the order they were made."""
    history = tuple(steps)
    given = [*_given(history, as_of), *_solutions(agreements(history), as_of)]
    return tuple(sorted(given, key=lambda state: state.made_at))


def _given(steps: tuple[Step, ...], as_of: datetime) -> Iterable[PromiseState]:
    kept = {step.key: step.at for step in steps if isinstance(step, PromiseKept)}
    made = [step for step in steps if isinstance(step, Promise)]
    replaced = {step.replaces: step.at for step in made}
    for step in made:
        yield PromiseState(
            what=step.what,
            due=step.due,
            as_of=as_of,
            made_at=step.at,
            kept_at=kept.get(step.key),
            replaced_at=replaced.get(step.key),
            in_writing=step.in_writing,
            key=step.key,
        )


def _solutions(made: Iterable[Agreement], as_of: datetime) -> Iterable[PromiseState]:
    for agreement in made:
        for solution in agreement.proposal.solutions:
            if (due := solution.promised_by) is not None:
                yield PromiseState(
                    what=solution.what,
                    due=due,
                    as_of=as_of,
                    made_at=agreement.proposal.at,
                    kept_at=_kept_at(agreement, due),
                    replaced_at=agreement.dropped_at,
                    solution=solution,
                )


def _kept_at(agreement: Agreement, due: datetime) -> datetime | None:
    """Say when a fix kept a solution: only if it was in time; done late, it is a broken promise."""
    fix = agreement.fix
    return fix.at if fix is not None and fix.at <= due else None
