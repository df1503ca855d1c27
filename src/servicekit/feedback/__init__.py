"""Feedback: what customers say, what it is about, who should hear of it and who earned thanks.

A `Codebook` says which words tell of which theme, and `code` finds them in comments, with the
reason for every code; `agreement` says how far two codings of the same comments agree. `review`
looks over a `Survey`, `route` says who is to hear of what and how soon, and `recognition` who is
praised.

>>> from datetime import datetime, timezone
>>> codebook = Codebook(
...     "delivery",
...     [
...         Code("late", "Late", words={"en": ["late", "delay*"]}, but_not={"en": "not * late"}),
...         Code("damaged", "Damaged", words={"en": ["broken", "damag*"]}),
...     ],
... )
>>> may = datetime(2026, 5, 4, tzinfo=timezone.utc)
>>> coding = code(
...     [
...         Comment("1", "Delayed again, and the box was broken!", at=may, language="en-GB"),
...         Comment("2", "Not very late this time", at=may, language="en"),
...     ],
...     codebook,
... )
>>> [match.words for match in coding.coded[0].matches]
['Delayed', 'broken']
>>> [comment.id for comment in coding.uncoded]
['2']
"""

from servicekit.feedback._agreement import Agreement, CodeAgreement, agreement
from servicekit.feedback._code import code, code_by_hand
from servicekit.feedback._codebook import Code, Codebook
from servicekit.feedback._coding import CodedComment, Coding, Match, Mention, Theme
from servicekit.feedback._comments import Comment
from servicekit.feedback._recognition import Credit, Recognition, recognition
from servicekit.feedback._review import Criteria, Finding, Flaw, review
from servicekit.feedback._routing import (
    Destination,
    Routed,
    Routes,
    RoutingRule,
    RoutingRules,
    route,
)
from servicekit.feedback._survey import (
    Invitation,
    Option,
    Purpose,
    Question,
    Response,
    Survey,
    Tone,
)
from servicekit.feedback._wordings import WORD_LISTS, WordList

__all__ = [
    "WORD_LISTS",
    "Agreement",
    "Code",
    "CodeAgreement",
    "Codebook",
    "CodedComment",
    "Coding",
    "Comment",
    "Credit",
    "Criteria",
    "Destination",
    "Finding",
    "Flaw",
    "Invitation",
    "Match",
    "Mention",
    "Option",
    "Purpose",
    "Question",
    "Recognition",
    "Response",
    "Routed",
    "Routes",
    "RoutingRule",
    "RoutingRules",
    "Survey",
    "Theme",
    "Tone",
    "WordList",
    "agreement",
    "code",
    "code_by_hand",
    "recognition",
    "review",
    "route",
]
