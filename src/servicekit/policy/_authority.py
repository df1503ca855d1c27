"""Authority: what staff may grant without asking, and whom to ask beyond that."""

from collections.abc import Iterator, Mapping
from typing import Final, cast

from attrs import field, frozen

from servicekit._mappings import ReadOnly, read_only
from servicekit._rules import TEXT, TEXT_OR_NONE, Rule, each, is_a
from servicekit._values import Definition, refuse, several, unchanged_when
from servicekit.errors import Problem, RecordError, shown
from servicekit.money import Money
from servicekit.policy._asked import check
from servicekit.policy._grounds import ESCALATE_EARLY, EscalationRule

__all__ = ["Authority", "Limit", "Permission", "may"]


@frozen
class Limit(Definition):
    """How much a role may grant without asking, and why no more.

    ``most`` is the largest amount; None lets the role grant nothing of the kind at all. ``remedy``
    is a key of your own, such as refund; without one the limit holds for every remedy for which the
    role has no limit of its own.
    """

    role: str = field(validator=TEXT)
    most: Money | None = field(validator=is_a(Money, optional=True))
    reason: str = field(validator=TEXT)
    remedy: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)

    def __attrs_post_init__(self) -> None:
        if self.most is not None and self.most.amount < 0:
            refuse(self, "most", "no amount below zero")

    @property
    def is_hard_no(self) -> bool:
        """Whether it leaves nothing to the role's discretion."""
        return self.most is None or not self.most.amount

    def allows(self, amount: Money) -> bool:
        """Whether an amount stays within the limit; one in another currency does not."""
        if self.most is None or self.most.currency != amount.currency:
            return False
        return amount <= self.most

    def __str__(self) -> str:
        what = "anything" if self.remedy is None else self.remedy
        if self.most is None:
            return f"{self.role} may not grant {what} ({self.reason})"
        return f"{self.role} may grant {what} up to {self.most} ({self.reason})"


def _roles(asks: Mapping[str, str | None]) -> Mapping[str, str | None]:
    """Take a role that is only asked, and asks nobody, as the top of the chain."""
    if isinstance(asks, ReadOnly) or not isinstance(asks, Mapping):
        return asks
    asked = (role for role in asks.values() if role is not None and role not in asks)
    return cast("Mapping[str, str | None]", read_only({**asks, **dict.fromkeys(asked)}))


def _limits(values: Limit | list[Limit] | tuple[Limit, ...]) -> tuple[Limit, ...]:
    return several(values)


def _rules(
    values: EscalationRule | list[EscalationRule] | tuple[EscalationRule, ...],
) -> tuple[EscalationRule, ...]:
    return several(values)


unchanged_when("{v}.__class__ is tuple", _limits, _rules)


def _are_roles(asks: object) -> bool:
    if not isinstance(asks, ReadOnly):
        return False
    items = cast("ReadOnly[object, object]", asks).items()
    return not any(
        TEXT.problem("", role) or TEXT_OR_NONE.problem("", asked) for role, asked in items
    )


_ROLES: Final = Rule(
    "{are_roles}({v})",
    "a mapping of each role to the one that it asks, such as {{'agent': 'owner', 'owner': None}}",
    are_roles=_are_roles,
)


@frozen
class Authority(Definition):
    """Who may grant what without asking: discretion, but for the limits that are stated.

    ``asks`` says whom each role asks; one role asks nobody, and from every role the chain leads to
    it. That role has no limits, so that somebody may always decide. ``escalation`` says when a case
    goes up the chain by itself (see `escalate`).

    Raises `DefinitionError` for a chain that goes round, that has not one top, a limit or rule for
    a role that is not in it, a limit at its top, and two limits for one thing.

    >>> authority = Authority(
    ...     {"agent": "supervisor", "supervisor": "owner"},
    ...     Limit("agent", Money(50, "EUR"), "what most orders cost", remedy="refund"),
    ... )
    >>> print(may(authority, "agent", "refund", Money(50, "EUR")))
    yes
    >>> print(may(authority, "agent", "refund", Money(51, "EUR")))
    ask supervisor: agent may grant refund up to 50 EUR (what most orders cost)
    >>> bool(may(authority, "agent", "replacement", Money(400, "EUR")))
    True
    """

    asks: Mapping[str, str | None] = field(converter=_roles, validator=_ROLES)
    limits: tuple[Limit, ...] = field(default=(), converter=_limits, validator=each(Limit))
    escalation: tuple[EscalationRule, ...] = field(
        default=ESCALATE_EARLY, kw_only=True, converter=_rules, validator=each(EscalationRule)
    )

    def __attrs_post_init__(self) -> None:
        tops = [role for role, asked in self.asks.items() if asked is None]
        if len(tops) != 1:
            refuse(self, "asks", f"one role that asks nobody, not {len(tops)}")
        _check_ways(self)
        _check_limits(self)
        for rule in self.escalation:
            if rule.to is not None and rule.to not in self.asks:
                refuse(self, "escalation", f"rules that lead to {', '.join(self.asks)}")

    @property
    def top(self) -> str:
        """The role that asks nobody, and that has no limits."""
        return next(role for role, asked in self.asks.items() if asked is None)

    @property
    def hard_noes(self) -> tuple[Limit, ...]:
        """The limits that leave nothing to anybody's discretion but that of those further up."""
        return tuple(limit for limit in self.limits if limit.is_hard_no)

    def chain(self, role: str) -> tuple[str, ...]:
        """Give a role and whom it asks, one after the other, up to the top.

        Raises `RecordError` for a role that there is not.
        """
        if not isinstance(role, str) or role not in self.asks:
            problem = Problem("role", shown(role), f"one of {', '.join(self.asks)}")
            raise RecordError("Authority.chain", (problem,))
        return tuple(_upwards(self.asks, role))


def _upwards(asks: Mapping[str, str | None], role: str | None) -> Iterator[str]:
    while role is not None:
        yield role
        role = asks[role]


def _check_ways(authority: Authority) -> None:
    """Refuse a role from which the chain does not lead to the top."""
    known: set[str] = set()
    for role in authority.asks:
        way: dict[str, None] = {}
        for here in _upwards(authority.asks, role):
            if here in known:
                break
            if here in way:
                refuse(authority, "asks", f"a chain that ends; {' asks '.join(way)} asks {here}")
            way[here] = None
        known.update(way)


def _check_limits(authority: Authority) -> None:
    below = [role for role, asked in authority.asks.items() if asked is not None]
    seen: dict[tuple[str, str | None], set[str | None]] = {}
    for limit in authority.limits:
        if limit.role not in below:
            refuse(authority, "limits", f"limits of {', '.join(below)}, not of {limit.role}")
        currency = None if limit.most is None else limit.most.currency
        others = seen.setdefault((limit.role, limit.remedy), set())
        if others and (currency is None or not others.isdisjoint({currency, None})):
            refuse(authority, "limits", f"one limit for each thing, not also '{limit}'")
        others.add(currency)


@frozen
class Permission:
    """Whether a role may grant something: true if it may, and otherwise who is to be asked.

    ``limit`` is what is against it, ``ask`` the next role up the chain that may grant it.
    """

    role: str
    remedy: str
    amount: Money | None
    ask: str | None = field(default=None, kw_only=True)
    limit: Limit | None = field(default=None, kw_only=True)

    @property
    def granted(self) -> bool:
        """Whether the role may."""
        return self.limit is None

    def __bool__(self) -> bool:
        return self.granted

    def __str__(self) -> str:
        return "yes" if self.limit is None else f"ask {self.ask}: {self.limit}"


def may(authority: Authority, role: str, remedy: str, amount: Money | None) -> Permission:
    """Say whether a role may grant a remedy without asking, or else who is to be asked.

    A limit of the role for the remedy in the amount's currency decides, else one for every remedy.
    Where limits are stated in other currencies alone, the role asks, for amounts in two currencies
    are never compared; where none is stated, it decides at its own discretion. ``amount`` is None
    for what costs nothing, such as an explanation.

    Raises `RecordError` for a role that there is not, and for an amount below zero.
    """
    _check(authority, remedy, amount)
    mine, *above = authority.chain(role)
    against = _limit(authority, mine, remedy, amount)
    if against is None:
        return Permission(role, remedy, amount)
    ask = next(one for one in above if _limit(authority, one, remedy, amount) is None)
    return Permission(role, remedy, amount, ask=ask, limit=against)


_AUTHORITY: Final = is_a(Authority)
_AMOUNT: Final = Rule(
    "{v} is None or isinstance({v}, {money}) and {v}.amount >= 0",
    "Money, not below zero, or None for what costs nothing",
    money=Money,
)


def _check(authority: object, remedy: object, amount: object) -> None:
    check(
        "may",
        _AUTHORITY.problem("authority", authority),
        TEXT.problem("remedy", remedy),
        _AMOUNT.problem("amount", amount),
    )


def _limit(authority: Authority, role: str, remedy: str, amount: Money | None) -> Limit | None:
    """Give the limit that keeps a role from granting something; None where it may."""
    own, general = (
        [limit for limit in authority.limits if (limit.role, limit.remedy) == (role, each)]
        for each in (remedy, None)
    )
    if amount is None:
        return next((limit for limit in own or general if limit.most is None), None)
    for limit in (*own, *general):
        if limit.most is None or limit.most.currency == amount.currency:
            return None if limit.allows(amount) else limit
    return next(iter((*own, *general)), None)
