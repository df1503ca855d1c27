"""Figures about complaints that everybody quotes: each with its source, and what it cannot bear.

Most of them are folklore: numbers handed on for decades, seldom with the study, the year or the
trade that they come from. They are here to be shown with their source, as a picture of what lies
under the complaints; `servicekit.problems.iceberg` takes them by name, and no KPI knows of them.

>>> from servicekit.problems import iceberg
>>> by_hearsay, at_the_counter = iceberg(12, FOLKLORE), iceberg(12, FRONT_LINE)
>>> print(by_hearsay.silent.high, at_the_counter.silent.high)
312 12

That is what such figures are worth. The second one is from the firm whose study the first one is
said to come from.
"""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from servicekit.problems import Ratios, Reference

__all__ = [
    "FOLKLORE",
    "FRONT_LINE",
    "LEAVING",
    "PAY_MORE",
    "REFERENCES",
    "REPURCHASE_SATISFIED",
    "REPURCHASE_SATISFIED_QUICKLY",
    "REPURCHASE_SILENT",
    "REPURCHASE_UNSATISFIED",
    "SILENT",
    "SILENT_AT_FRONT_LINE",
    "TOLD",
    "UNHELPFUL_STAFF",
]

_FOLKLORE: Final = "Folklore: quoted for decades without trade, year and method; not for any KPI."
_MISQUOTED: Final = (
    "Misquoted, says the firm whose figure it was: it held for small purchases and for what "
    "reaches the headquarters (Quality Progress, November 2005, letters)."
)
_GUIDES: Final = "popular guides to service"
_GOODMAN: Final = (
    'Goodman, "Basic facts on customer complaint behavior and the impact of service on the bottom '
    'line", ASQ, June 1999, from studies by TARP'
)
_TARP: Final = "TARP, Consumer Complaint Handling in America, 1979 and 1986"
_HOUSEHOLDS: Final = "US households with a loss of over 100 dollars, decades ago."

SILENT: Final = Reference(
    "silent",
    "Silent customers for each one who complains",
    26,
    26,
    source=f"White House Office of Consumer Affairs, as {_GUIDES} quote it",
    caution=f"{_FOLKLORE} {_MISQUOTED}",
)
SILENT_AT_FRONT_LINE: Final = Reference(
    "silent_at_front_line",
    "Silent customers for each one who complains to somebody at the front line",
    Fraction(1, 3),
    1,
    source=_GOODMAN,
    caution="From 75 % who complain between businesses and 50 % of consumers, across all trades.",
)
LEAVING: Final = Reference(
    "leaving",
    "Dissatisfied customers who leave without a word and never return",
    0.91,
    0.91,
    source=f"{_GUIDES}, some of which name 1st Financial Training Services",
    caution=_FOLKLORE,
)
TOLD: Final = Reference(
    "told",
    "People whom a typical dissatisfied customer tells",
    9,
    15,
    source=f"White House Office of Consumer Affairs, as {_GUIDES} quote it",
    caution=_FOLKLORE,
)
UNHELPFUL_STAFF: Final = Reference(
    "unhelpful_staff",
    "Those who leave that do so because staff were unhelpful: over two thirds",
    Fraction(2, 3),
    1,
    source=f"{_GUIDES}, without a study",
    caution=_FOLKLORE,
)
PAY_MORE: Final = Reference(
    "pay_more",
    "Customers who would pay more for assured quality of service",
    0.55,
    0.55,
    source=f"Defaqto Research, as {_GUIDES} quote it",
    caution=f"{_FOLKLORE} What people say they would do is not what they do.",
)
REPURCHASE_SILENT: Final = Reference(
    "repurchase_silent",
    "Buy again after a problem: did not complain",
    0.09,
    0.09,
    source=_TARP,
    caution=_HOUSEHOLDS,
)
REPURCHASE_UNSATISFIED: Final = Reference(
    "repurchase_unsatisfied",
    "Buy again after a problem: complained, not satisfied",
    0.19,
    0.19,
    source=_TARP,
    caution=_HOUSEHOLDS,
)
REPURCHASE_SATISFIED: Final = Reference(
    "repurchase_satisfied",
    "Buy again after a problem: complained, satisfied",
    0.54,
    0.54,
    source=_TARP,
    caution=_HOUSEHOLDS,
)
REPURCHASE_SATISFIED_QUICKLY: Final = Reference(
    "repurchase_satisfied_quickly",
    "Buy again after a problem: complained, satisfied quickly",
    0.82,
    0.82,
    source=_TARP,
    caution=_HOUSEHOLDS,
)

FOLKLORE: Final = Ratios(SILENT, LEAVING, told=TOLD)
"""The iceberg as it is usually drawn."""
FRONT_LINE: Final = Ratios(SILENT_AT_FRONT_LINE, LEAVING, told=TOLD)
"""The same for complaints made to the staff whom customers meet, not to a headquarters."""

REFERENCES: Final[Mapping[str, Reference]] = MappingProxyType(
    {
        figure.key: figure
        for figure in (
            SILENT,
            SILENT_AT_FRONT_LINE,
            LEAVING,
            TOLD,
            UNHELPFUL_STAFF,
            PAY_MORE,
            REPURCHASE_SILENT,
            REPURCHASE_UNSATISFIED,
            REPURCHASE_SATISFIED,
            REPURCHASE_SATISFIED_QUICKLY,
        )
    }
)
"""All of them, by key."""
