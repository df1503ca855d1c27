"""Customers and their complaints."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from hypothesis import strategies as st

from servicekit.complaint import Channel, Complaint, Customer, Dissatisfaction, Subject
from servicekit.extra.strategies._texts import LANGUAGES, NAMES, TEXTS
from servicekit.extra.strategies._times import INSTANTS

__all__ = ["complaints", "customers", "subjects"]

_PERHAPS: Final = st.none() | TEXTS

_CUSTOMERS: Final = st.builds(
    Customer, TEXTS, _PERHAPS, phone=_PERHAPS, email=_PERHAPS, language=st.none() | LANGUAGES
)


def customers() -> st.SearchStrategy[Customer]:
    """Give customers; they shrink to one of whom nothing is known but the name."""
    return _CUSTOMERS


def _subject(known: Mapping[str, str], name: str, key: str) -> Subject:
    return Subject(**{**known, name: key})


_PARTS: Final = ("order", "product", "policy")
_SUBJECTS: Final = st.builds(
    _subject,
    st.fixed_dictionaries({}, optional=dict.fromkeys(_PARTS, TEXTS)),
    st.sampled_from(_PARTS),
    TEXTS,
)


def subjects() -> st.SearchStrategy[Subject]:
    """Give what complaints are about; it shrinks to an order."""
    return _SUBJECTS


def complaints(
    *,
    ids: st.SearchStrategy[str] | None = None,
    received_at: st.SearchStrategy[datetime] | None = None,
) -> st.SearchStrategy[Complaint]:
    """Give complaints with any of what may be known; they shrink to what must be.

    ``ids`` are those that your own system gives, ``received_at`` instants; without, they are any
    text and any instant.
    """
    return st.builds(
        Complaint,
        TEXTS if ids is None else ids,
        _CUSTOMERS,
        channel=st.sampled_from(Channel),
        received_at=INSTANTS if received_at is None else received_at,
        received_by=NAMES,
        concern=TEXTS,
        category=_PERHAPS,
        causes=st.frozensets(st.sampled_from(Dissatisfaction), max_size=3),
        remedy_sought=_PERHAPS,
        on_behalf_of=st.none() | _CUSTOMERS,
        about=st.none() | _SUBJECTS,
    )
