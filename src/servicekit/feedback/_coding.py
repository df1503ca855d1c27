"""Coded comments: what each speaks of and why, and what they come to."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Final

import attrs
from attrs import field, frozen

from servicekit._mappings import ReadOnly
from servicekit._rules import TEXT, TEXT_OR_NONE, each, is_a
from servicekit._tables import Line, Table, Tabled, rounded
from servicekit._values import Value, refusal, several, unchanged_when
from servicekit.errors import Problem, shown
from servicekit.feedback._codebook import Code, Codebook
from servicekit.feedback._comments import Comment
from servicekit.inference import Interval, wilson

__all__ = ["CodedComment", "Coding", "Match", "Mention", "Theme"]


@frozen
class Match(Value):
    """Why a comment has a code: the phrase of the codebook, and the words of the comment.

    Both are None for a code that was given by hand.
    """

    code: str = field(validator=TEXT)
    phrase: str | None = field(default=None, validator=TEXT_OR_NONE)
    words: str | None = field(default=None, kw_only=True, validator=TEXT_OR_NONE)


def _matches(values: Match | list[Match] | tuple[Match, ...]) -> tuple[Match, ...]:
    """Take matches, one or several."""
    return several(values)


@frozen
class CodedComment(Value):
    """A comment that was read, and every reason for which it has a code."""

    comment: Comment = field(validator=is_a(Comment))
    matches: tuple[Match, ...] = field(default=(), converter=_matches, validator=each(Match))

    @property
    def codes(self) -> tuple[str, ...]:
        """The keys of its codes, each once."""
        return tuple(dict.fromkeys(match.code for match in self.matches))


def _coded(
    values: CodedComment | list[CodedComment] | tuple[CodedComment, ...],
) -> tuple[CodedComment, ...]:
    """Take coded comments, one or several."""
    return several(values)


def _comments(values: Comment | list[Comment] | tuple[Comment, ...]) -> tuple[Comment, ...]:
    """Take comments, one or several."""
    return several(values)


unchanged_when("{v}.__class__ is tuple", _matches, _coded, _comments)


@frozen
class Theme:
    """How many comments speak of a theme, of how many that were read."""

    code: Code
    count: int
    n: int

    @property
    def share(self) -> Fraction | None:
        """Their share; None where no comment was read."""
        return Fraction(self.count, self.n) if self.n else None

    def interval(self, level: float = 0.95) -> Interval | None:
        """Give Wilson's interval of the share; None where no comment was read."""
        return wilson(self.count, self.n, level=level)


@frozen
class Mention:
    """One comment that speaks of one theme: what a ranking of problems takes as a signal.

    ``code`` is the key of the theme, ``comment`` that of the comment; ``words`` are those that told
    of it, none where the code was given by hand.
    """

    code: str
    comment: str
    at: datetime = field(kw_only=True)
    source: str | None = field(kw_only=True)
    actionable: bool = field(kw_only=True)
    words: tuple[str, ...] = field(kw_only=True)


@frozen
class Coding(Tabled, Value):
    """Comments coded by a codebook: every comment that was given is in it once.

    ``read`` are the comments that were read, with the codes that they have, and ``unread`` those
    that could not be: without a word in them, or in a language that the codebook has no words for.
    Shares are of those that were read. Raises `RecordError` for codes that are not in the codebook
    and for comments with one id.
    """

    codebook: Codebook = field(validator=is_a(Codebook))
    read: tuple[CodedComment, ...] = field(converter=_coded, validator=each(CodedComment))
    unread: tuple[Comment, ...] = field(
        default=(), kw_only=True, converter=_comments, validator=each(Comment)
    )

    def __attrs_post_init__(self) -> None:
        if problems := (*_unknown_codes(self), *_one_id(self)):
            raise refusal(self, problems)

    @property
    def coded(self) -> tuple[CodedComment, ...]:
        """The comments that have a code."""
        return tuple(one for one in self.read if one.matches)

    @property
    def uncoded(self) -> tuple[Comment, ...]:
        """The comments that were read and have none: what the codebook does not know yet."""
        return tuple(one.comment for one in self.read if not one.matches)

    @property
    def n(self) -> int:
        """How many comments were read."""
        return len(self.read)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many comments have each code, by its key, in the order of the codebook."""
        found = Counter(key for one in self.read for key in one.codes)
        return ReadOnly({code.key: found[code.key] for code in self.codebook.codes})

    @property
    def themes(self) -> tuple[Theme, ...]:
        """The themes, the most frequent first; of equally frequent ones as in the codebook."""
        counts, n = self.counts, self.n
        found = (Theme(code, counts[code.key], n) for code in self.codebook.codes)
        return tuple(sorted(found, key=lambda theme: -theme.count))

    @property
    def by_source(self) -> Mapping[str | None, "Coding"]:
        """The same for each source; None stands for the comments without one."""
        read: dict[str | None, list[CodedComment]] = {}
        unread: dict[str | None, list[Comment]] = {}
        for one in self.read:
            read.setdefault(one.comment.source, []).append(one)
        for comment in self.unread:
            unread.setdefault(comment.source, []).append(comment)
        sources = sorted({*read, *unread}, key=lambda source: (source is not None, source or ""))
        return ReadOnly(
            {
                source: attrs.evolve(self, read=read.get(source, []), unread=unread.get(source, []))
                for source in sources
            }
        )

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every comment that speaks of a theme, once for each of its themes."""
        actionable = {code.key: code.actionable for code in self.codebook.codes}
        return tuple(
            Mention(
                key,
                one.comment.id,
                at=one.comment.at,
                source=one.comment.source,
                actionable=actionable[key],
                words=tuple(m.words for m in one.matches if m.code == key and m.words is not None),
            )
            for one in self.read
            for key in one.codes
        )

    def _table(self) -> Table:
        return _table(self)


def _unknown_codes(coding: Coding) -> Iterator[Problem]:
    known = {code.key for code in coding.codebook.codes}
    allowed = f"a code of the codebook: {', '.join(sorted(known))}"
    for position, one in enumerate(coding.read):
        for place, match in enumerate(one.matches):
            if match.code not in known:
                where = f"read[{position}].matches[{place}].code"
                yield Problem(where, repr(match.code), allowed)


def _one_id(coding: Coding) -> Iterator[Problem]:
    given = (*(one.comment for one in coding.read), *coding.unread)
    for key, times in Counter(comment.id for comment in given).items():
        if times > 1:
            yield Problem(f"comment id {shown(key)}", f"used {times} times", "each id once")


_HEADS: Final = ("Theme", "Comments", "%", "from", "to")


def _table(coding: Coding) -> Table:
    left = f"{len(coding.uncoded)} with no code, {len(coding.unread)} not read"
    lines = tuple(map(_line, coding.themes))
    return Table(f"{coding.codebook.key}: {coding.n} comments", _HEADS, lines, (left,))


def _line(theme: Theme) -> Line:
    interval = theme.interval()
    ends = () if interval is None else (interval.low, interval.high)
    figures = (theme.share, *(ends or (None, None)))
    percent = (rounded(None if figure is None else 100 * figure, 1) for figure in figures)
    return Line(theme.code.title, (str(theme.count), *percent), theme.share)
