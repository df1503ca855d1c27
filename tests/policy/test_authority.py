"""Who may grant what without asking, and whom to ask."""

from itertools import pairwise
from typing import Final

import attrs
import pytest

from servicekit.errors import DefinitionError, RecordError
from servicekit.money import Money
from servicekit.policy import Authority, EscalationRule, Limit, may

CHAIN: Final = {"agent": "supervisor", "technician": "supervisor", "supervisor": "owner"}
LIMITS: Final = [
    Limit("agent", Money(50, "EUR"), "what most orders cost"),
    Limit("agent", Money(60, "USD"), "the same in dollars"),
    Limit("agent", Money(20, "EUR"), "vouchers add up", remedy="voucher"),
    Limit("agent", None, "the till is the owner's", remedy="cash"),
    Limit("supervisor", Money(500, "EUR"), "a week's margin"),
    Limit("supervisor", Money(0, "EUR"), "contracts bind", remedy="contract"),
    Limit("technician", None, "they repair"),
    Limit("technician", Money(80, "EUR"), "parts cost that", remedy="repair"),
]
AUTHORITY: Final = Authority(CHAIN, LIMITS)


def eur(amount: int | str) -> Money:
    """Make an amount in euros."""
    return Money(amount, "EUR")


ANSWERS: Final = [
    ("agent", "refund", eur("50.00"), None),
    ("agent", "refund", eur("50.01"), "supervisor"),
    ("agent", "refund", eur(500), "supervisor"),
    ("agent", "refund", eur("500.01"), "owner"),
    ("agent", "refund", Money(60, "USD"), None),
    ("agent", "refund", Money(61, "USD"), "owner"),
    ("agent", "refund", Money(1, "GBP"), "owner"),
    ("agent", "voucher", eur(20), None),
    ("agent", "voucher", eur(21), "supervisor"),
    ("agent", "voucher", Money(60, "USD"), None),
    ("agent", "cash", eur(1), "supervisor"),
    ("agent", "cash", None, "supervisor"),
    ("agent", "explanation", None, None),
    ("agent", "voucher", None, None),
    ("agent", "contract", eur(51), "owner"),
    ("supervisor", "contract", eur(0), None),
    ("supervisor", "cash", eur(500), None),
    ("technician", "repair", eur(80), None),
    ("technician", "repair", eur(81), "supervisor"),
    ("technician", "repair", Money(1, "USD"), "owner"),
    ("technician", "repair", None, None),
    ("technician", "explanation", None, "supervisor"),
    ("owner", "cash", eur(10**9), None),
]


@pytest.mark.parametrize(("role", "remedy", "amount", "ask"), ANSWERS, ids=str)
def test_who_may_or_whom_to_ask(
    role: str, remedy: str, amount: Money | None, ask: str | None
) -> None:
    """The limit for the remedy and currency decides; beyond it the next one up who may is asked."""
    permission = may(AUTHORITY, role, remedy, amount)

    assert (ask is None, ask) == (bool(permission), permission.ask)
    assert (role, remedy, amount) == (permission.role, permission.remedy, permission.amount)


def test_discretion_is_the_default() -> None:
    """Without a limit everybody decides on anything."""
    assert may(Authority({"agent": "owner"}), "agent", "refund", eur(10**6)).granted


def test_one_person_asks_nobody() -> None:
    """A firm of one is a chain of one."""
    alone = Authority({"owner": None})

    assert ("owner", ("owner",)) == (alone.top, alone.chain("owner"))
    assert may(alone, "owner", "refund", eur(5))


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        (eur(50), "yes"),
        (eur(51), "ask supervisor: agent may grant anything up to 50 EUR (what most orders cost)"),
    ],
    ids=str,
)
def test_says_what_is_against_it(amount: Money, says: str) -> None:
    """An answer names whom to ask, the limit and the reason for it."""
    assert says == str(may(AUTHORITY, "agent", "refund", amount))


def test_says_that_it_is_never_granted() -> None:
    """A limit without an amount is told as what it is."""
    found = may(AUTHORITY, "agent", "cash", eur(1))

    assert str(found) == "ask supervisor: agent may not grant cash (the till is the owner's)"


def test_hard_noes() -> None:
    """Limits of nothing leave nothing to discretion, in whatever currency they are written."""
    assert [("agent", "cash"), ("supervisor", "contract"), ("technician", None)] == [
        (limit.role, limit.remedy) for limit in AUTHORITY.hard_noes
    ]


def test_the_chain_leads_to_the_top() -> None:
    """Every role asks the next one; a role that is only named as asked is in the chain as well."""
    assert ("agent", "supervisor", "owner") == AUTHORITY.chain("agent")
    assert "owner" == AUTHORITY.top
    assert AUTHORITY.asks["owner"] is None


def test_a_long_chain_leads_to_the_top_as_well() -> None:
    """Checking it takes no longer than it is long."""
    roles = [f"role {number}" for number in range(10_000)]
    long = Authority(dict(pairwise(roles)))

    assert (roles[-1], len(roles)) == (long.top, len(long.chain(roles[0])))


@pytest.mark.parametrize(
    ("asks", "message"),
    [
        ({}, "one role that asks nobody, not 0"),
        ({"a": "b", "b": "a"}, "one role that asks nobody, not 0"),
        ({"a": "a"}, "one role that asks nobody, not 0"),
        ({"a": "b", "c": "d"}, "one role that asks nobody, not 2"),
        ({"a": "b", "b": "a", "c": None}, "a chain that ends; a asks b asks a"),
        ({"a": "top", "b": "b"}, "a chain that ends; b asks b"),
        ({"": "b"}, "a mapping of each role"),
        ({"a": 1}, "a mapping of each role"),
        (["a", "b"], "a mapping of each role"),
    ],
)
def test_a_chain_that_leads_nowhere_is_refused(asks: object, message: str) -> None:
    """From every role there is one way, and it ends at one top."""
    with pytest.raises(DefinitionError, match=f"Authority: asks is .*{message}"):
        Authority(asks)


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ([Limit("owner", eur(5), "r")], "limits of agent, technician, supervisor, not of owner"),
        ([Limit("cook", eur(5), "r")], "not of cook"),
        ([Limit("agent", eur(5), "r"), Limit("agent", eur(6), "s")], "one limit for each thing"),
        ([Limit("agent", eur(5), "r"), Limit("agent", None, "s")], "one limit for each thing"),
        ([Limit("agent", None, "r"), Limit("agent", eur(5), "s")], "one limit for each thing"),
        ([Limit("agent", None, "r"), Limit("agent", None, "s")], "one limit for each thing"),
        ("agent", "a tuple, each element a Limit"),
    ],
    ids=str,
)
def test_limits_that_cannot_be_are_refused(limits: object, message: str) -> None:
    """A limit is for a role that asks somebody, and there is one for each thing."""
    with pytest.raises(DefinitionError, match=f"Authority: limits is .*{message}"):
        Authority(CHAIN, limits)


def test_rules_lead_to_roles() -> None:
    """A case cannot be taken to a role that there is not."""
    rule = attrs.evolve(AUTHORITY.escalation[1], to="cook")

    with pytest.raises(DefinitionError, match=r"escalation is .* rules that lead to agent, tech"):
        attrs.evolve(AUTHORITY, escalation=rule)
    with pytest.raises(DefinitionError, match=r"escalation is .* a EscalationRule"):
        attrs.evolve(AUTHORITY, escalation="early")
    assert isinstance(rule, EscalationRule)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("role", " "),
        ("most", 50),
        ("most", eur(-1)),
        ("reason", ""),
        ("reason", None),
        ("remedy", ""),
    ],
    ids=str,
)
def test_what_is_no_limit_is_refused(name: str, wrong: object) -> None:
    """Every limit has a role and a reason, and no amount below zero."""
    with pytest.raises(DefinitionError, match=f"Limit: {name} is .*, allowed: "):
        attrs.evolve(LIMITS[0], **{name: wrong})


def test_what_nobody_can_ask_is_refused() -> None:
    """A role that there is not, a blank remedy, what is no amount, and one below zero."""
    with pytest.raises(RecordError, match="role is 'cook', allowed: one of agent, technician"):
        may(AUTHORITY, "cook", "refund", eur(5))
    with pytest.raises(RecordError, match=r"Authority.chain: role is "):
        may(AUTHORITY, ["agent"], "refund", eur(5))
    with pytest.raises(RecordError, match="may has 2 problems"):
        may(AUTHORITY, "agent", " ", 5)
    with pytest.raises(RecordError, match=r"may: amount is .*, allowed: Money, not below zero"):
        may(AUTHORITY, "agent", "refund", eur("-0.01"))
