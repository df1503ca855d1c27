"""Money: exact, in one currency, never across."""

from collections.abc import Hashable, Mapping
from decimal import Decimal
from operator import add, ge, gt, le, lt, sub

import pytest

from samples import numbered
from servicekit.errors import CurrencyError, RecordError
from servicekit.money import Money, Totals


@pytest.mark.parametrize(
    ("given", "amount"),
    [
        (3, "3"),
        (-3, "-3"),
        ("12.50", "12.50"),
        (Decimal("0.10"), "0.10"),
        ("-0", "0"),
        ("1E-1500", "1E-1500"),
        ("9" * 1000, "9" * 1000),
        (10**999, str(10**999)),
    ],
)
def test_amount_is_exact(given, amount):
    """Whole numbers, text and Decimals are kept digit by digit."""
    assert amount == str(Money(given, "EUR").amount)


NO_AMOUNTS = [
    1.5,
    float("nan"),
    True,
    None,
    "",
    "12,50",
    "twelve",
    "NaN",
    "sNaN",
    "Infinity",
    "-inf",
    Decimal("NaN"),
    Decimal("sNaN"),
    Decimal("Infinity"),
    "9" * 1001,
    10**1000 + 1,
    10**6000,
    "1E+1000",
    "1E+999999999",
    "1E-1999",
    "1E+99999999999999999999",
    b"12",
    [12],
]


@pytest.mark.parametrize("amount", NO_AMOUNTS, ids=numbered(NO_AMOUNTS))
def test_amount_refused(amount):
    """A float, no finite number and one beyond a thousand digits are no amounts."""
    with pytest.raises(RecordError) as caught:
        Money(amount, "EUR")
    (problem,) = caught.value.problems
    assert ("amount", True) == (problem.field, len(problem.value) < 100)
    assert (
        "a finite Decimal, a whole number or the text of one, such as '12.50', of at most 1000 "
        "digits; never a float" == problem.allowed
    )


@pytest.mark.parametrize(
    "currency", ["", "EU", "EURO", "eur", "Eur", "E1R", "ÄÖÜ", "€", "E R", None, 978, b"EUR"]
)
def test_currency_refused(currency):
    """A currency is three capital letters."""
    with pytest.raises(RecordError, match=r"Money: currency is .*, allowed: an ISO 4217 code"):
        Money(1, currency)


def test_both_problems_at_once():
    """Amount and currency are refused together."""
    with pytest.raises(RecordError) as caught:
        Money(0.1, "euro")
    assert ("amount", "currency") == tuple(problem.field for problem in caught.value.problems)


def test_adds_and_subtracts():
    """Sums keep the digits of both."""
    assert "15.50 EUR" == str(Money("12.50", "EUR") + Money(3, "EUR"))
    assert "-0.50 EUR" == str(Money("12.50", "EUR") - Money(13, "EUR"))


def test_adds_what_no_default_context_could():
    """Forty digits are added as exactly as two."""
    whole, part = Money("1" + "0" * 38, "EUR"), Money("0.01", "EUR")
    assert whole.amount == (whole + part - part).amount
    assert "1" + "0" * 38 + ".01" == str((whole + part).amount)


def test_a_sum_beyond_all_bounds_is_refused():
    """Nothing is rounded: a sum of more than a thousand digits is refused."""
    with pytest.raises(RecordError, match="of at most 1000 digits"):
        Money("9" * 1000, "EUR") + Money(1, "EUR")


@pytest.mark.parametrize("combine", [add, sub, lt, le, gt, ge])
def test_two_currencies(combine):
    """Amounts of two currencies are neither added nor compared."""
    with pytest.raises(CurrencyError, match="cannot combine 1 EUR with 2 GBP, allowed: amounts of"):
        combine(Money(1, "EUR"), Money(2, "GBP"))


@pytest.mark.parametrize("combine", [add, sub, lt, le, gt, ge])
@pytest.mark.parametrize("other", [1, Decimal(1), "1 EUR", None])
def test_what_is_no_money(combine, other):
    """A bare number is no amount of money."""
    with pytest.raises(TypeError):
        combine(Money(1, "EUR"), other)
    with pytest.raises(TypeError):
        combine(other, Money(1, "EUR"))


def test_order():
    """Amounts of one currency are in order."""
    one, two = Money(1, "EUR"), Money(2, "EUR")
    same = Money("1.0", "EUR")
    assert [True, True, True] == [one < two, one <= same, two >= one]
    assert [False, False, False] == [one < same, one > same, one > two]
    assert [one, two] == sorted([two, one])


def test_equality_is_that_of_the_amounts():
    """One euro is one euro, however many zeros follow; another currency is another amount."""
    assert Money("1.0", "EUR") == Money("1.00", "EUR")
    assert hash(Money("1.0", "EUR")) == hash(Money("1.00", "EUR"))
    assert Money(1, "EUR") != Money(1, "GBP")
    assert Money(1, "EUR") != 1


def test_totals_per_currency():
    """Amounts add up within each currency; currencies are in order."""
    totals = Totals([Money(5, "GBP"), Money(10, "EUR"), Money("0.50", "EUR")])
    assert ("EUR", "GBP") == tuple(totals)
    assert Money("10.50", "EUR") == totals["EUR"]
    assert "10.50 EUR, 5 GBP" == str(totals)
    assert (2, True, False) == (len(totals), "GBP" in totals, "USD" in totals)


def test_totals_are_a_mapping():
    """Totals can be read as any mapping can, and stand in a set."""
    totals = Totals([Money(5, "GBP")])
    assert isinstance(totals, Mapping)
    assert isinstance(totals, Hashable)
    assert {"GBP": Money(5, "GBP")} == totals
    assert None is totals.get("EUR")
    with pytest.raises(KeyError, match="EUR"):
        totals["EUR"]


def test_equal_totals_hash_alike():
    """Totals are equal by what they hold, whatever the order in which it came."""
    one = Totals([Money("5.0", "GBP"), Money(1, "EUR")])
    two = Totals([Money(1, "EUR"), Money(2, "GBP"), Money("3.00", "GBP")])
    assert (one, hash(one)) == (two, hash(two))
    assert one != Totals([Money(1, "EUR")])


def test_no_totals():
    """Nothing granted is nothing, not zero of some currency."""
    assert ("nothing", 0, {}) == (str(Totals()), len(Totals()), dict(Totals()))


def test_zero_is_an_amount():
    """Zero granted stays on record."""
    assert "0 EUR" == str(Totals([Money(0, "EUR")]))


@pytest.mark.parametrize(
    "given",
    [
        Totals([Money(1, "EUR"), Money(2, "GBP")]),
        {"EUR": Money(1, "EUR"), "GBP": Money(2, "GBP")},
        iter([Money(2, "GBP"), Money(1, "EUR")]),
    ],
    ids=["totals", "mapping", "iterator"],
)
def test_totals_of_totals(given):
    """Totals can be made of totals, of any mapping of them and of any iterable of amounts."""
    assert Totals([Money(1, "EUR"), Money(2, "GBP")]) == Totals(given)


@pytest.mark.parametrize("given", [None, 1, "ab", [1], [Money(1, "EUR"), None], Money])
def test_totals_of_no_money(given):
    """Totals of anything but money are refused by name."""
    with pytest.raises(RecordError, match=r"Totals: amounts is .*, allowed: amounts of Money"):
        Totals(given)


def test_shown_without_an_exponent():
    """An amount is shown with all its digits."""
    assert "1000 EUR" == str(Money("1E+3", "EUR"))
