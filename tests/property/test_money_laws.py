"""Laws of money: exact, and the order of adding does not matter."""

from decimal import Decimal, localcontext
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from servicekit.extra.strategies import moneys
from servicekit.money import Money, Totals

euros = st.builds(
    Money,
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30),
    st.just("EUR"),
)


@given(euros, euros)
def test_adding_is_exact(one, two):
    """Sum and difference are those of the rational numbers."""
    assert Fraction((one + two).amount) == Fraction(one.amount) + Fraction(two.amount)
    assert Fraction((one - two).amount) == Fraction(one.amount) - Fraction(two.amount)
    assert one == one + two - two


@given(euros, euros, st.integers(1, 5))
def test_the_callers_context_does_not_matter(one, two, precision):
    """The decimal context of the caller's thread changes no amount."""
    expected = one + two, Money(str(one.amount), "EUR")
    with localcontext(prec=precision):
        assert expected == (one + two, Money(str(one.amount), "EUR"))


@given(st.lists(moneys()), st.randoms(use_true_random=False))
def test_totals_in_any_order(amounts, random):
    """Totals do not depend on the order of the amounts."""
    shuffled = list(amounts)
    random.shuffle(shuffled)
    assert Totals(amounts) == Totals(shuffled)
    assert hash(Totals(amounts)) == hash(Totals(shuffled))


@given(st.lists(moneys()), st.lists(moneys()))
def test_totals_of_parts(one, two):
    """The totals of the totals of two parts are the totals of all."""
    parts = (*Totals(one).values(), *Totals(two).values())
    assert Totals([*one, *two]) == Totals(parts)


@given(st.lists(moneys()))
def test_totals_by_definition(amounts):
    """Totals hold every currency that was given, once, and no other."""
    expected = {
        currency: sum((m.amount for m in amounts if m.currency == currency), Decimal(0))
        for currency in sorted({m.currency for m in amounts})
    }
    totals = Totals(amounts)
    assert list(expected.items()) == [(key, money.amount) for key, money in totals.items()]


@given(st.lists(euros, min_size=2, max_size=2) | euros.map(lambda one: [one, one]))
def test_order_is_that_of_the_amounts(pair):
    """Exactly one of less, equal and greater holds."""
    one, two = pair
    assert [one.amount < two.amount, one.amount == two.amount, one.amount > two.amount] == [
        one < two,
        one == two,
        one > two,
    ]


@given(st.one_of(st.integers(), st.text(), st.decimals(), st.floats(), st.booleans(), st.none()))
def test_an_amount_is_exact_or_refused(given):
    """Whatever is given as an amount becomes the same number, or a refusal."""
    try:
        money = Money(given, "EUR")
    except ValueError:
        return
    assert not isinstance(given, float | bool)
    assert Decimal(given) == money.amount
