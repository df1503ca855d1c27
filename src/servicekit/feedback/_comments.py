"""A comment: what somebody said in their own words, and what is known besides."""

from datetime import datetime
from typing import Final

from attrs import field, frozen

from servicekit._instants import instant
from servicekit._rules import (
    ANY_TEXT,
    INSTANT,
    LANGUAGE_OR_NONE,
    TEXT,
    TEXT_OR_NONE,
    Rule,
    is_a,
)
from servicekit._values import Value
from servicekit.complaint import Channel
from servicekit.inference import Real
from servicekit.inference._interval import numeric

__all__ = ["Comment"]

_RATING: Final = Rule(
    "{v} is None or {numeric}({v})",
    "a number (int, float or Fraction), or None where no rating was given",
    numeric=numeric,
)


@frozen
class Comment(Value):
    """What somebody said in their own words, at an instant.

    ``text`` may be empty where only a ``rating`` was given; its scale is that of your survey.
    ``question`` is the key of the question that it answers, ``source`` says who tells of it, such
    as a survey, a supplier or a focus group; ``customer`` and ``agent``, who served them, are keys
    of your own. ``language`` is the BCP 47 tag of the text.

    Raises `RecordError` with every field that is wrong.
    """

    id: str = field(validator=TEXT)
    text: str = field(validator=ANY_TEXT)
    at: datetime = field(kw_only=True, converter=instant, validator=INSTANT)
    language: str | None = field(default=None, kw_only=True, validator=LANGUAGE_OR_NONE)
    rating: Real | None = field(default=None, kw_only=True, validator=_RATING)
    question: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    channel: Channel | None = field(
        default=None, kw_only=True, validator=is_a(Channel, optional=True)
    )
    source: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    customer: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
    agent: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)
