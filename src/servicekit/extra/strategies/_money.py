"""Money and totals."""

from decimal import Decimal
from typing import Final

from hypothesis import strategies as st

from servicekit.money import Money, Totals

__all__ = ["AMOUNTS", "CURRENCIES", "moneys", "totals"]

CURRENCIES: Final = st.sampled_from(["EUR", "GBP", "JPY"])

AMOUNTS: Final = st.builds(Money, st.decimals(0, 10**6, places=2), CURRENCIES)
"""What may be given to a customer: not below zero."""

_MONEYS: Final = st.builds(
    Money,
    st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=3)
    | st.integers(-(10**12), 10**12).map(Decimal),
    CURRENCIES,
)


def moneys() -> st.SearchStrategy[Money]:
    """Give amounts of either sign, in a few currencies; they shrink to 0 EUR."""
    return _MONEYS


def totals() -> st.SearchStrategy[Totals]:
    """Give totals of a few amounts; they shrink to nothing."""
    return st.builds(Totals, st.lists(_MONEYS, max_size=3))
