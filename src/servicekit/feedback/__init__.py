"""Feedback: what customers say, what it is about, who should hear of it and who earned thanks.

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

from servicekit.feedback._code import code, code_by_hand
from servicekit.feedback._codebook import Code, Codebook
from servicekit.feedback._coding import CodedComment, Coding, Match, Mention, Theme
from servicekit.feedback._comments import Comment

__all__ = [
    "Code",
    "Codebook",
    "CodedComment",
    "Coding",
    "Comment",
    "Match",
    "Mention",
    "Theme",
    "code",
    "code_by_hand",
]
