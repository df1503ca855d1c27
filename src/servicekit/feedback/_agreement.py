"""Whether two codings of the same comments agree: rules and people, or two people."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from attrs import field, frozen

from servicekit._rules import LEVEL, is_a
from servicekit._tables import NOTHING, Line, Table, Tabled, rounded
from servicekit.errors import Problem, RecordError, shown
from servicekit.feedback._codebook import Code
from servicekit.feedback._coding import Coding
from servicekit.feedback._comments import Comment
from servicekit.inference import Kappa, cohen_kappa
from servicekit.inference._interval import check

__all__ = ["Agreement", "CodeAgreement", "agreement"]


@frozen
class CodeAgreement:
    """How far two codings agree on one code; ``kappa`` is None where both read no comment."""

    code: Code
    kappa: Kappa | None


@frozen
class Agreement(Tabled):
    """How far two codings agree, on ``n`` comments that both have read.

    ``overall`` counts a comment as agreed on where it has exactly the same codes in both. On
    ``left_out`` comments there is the word of only one of them, or of none.
    """

    n: int
    left_out: int
    codes: tuple[CodeAgreement, ...] = field(kw_only=True)
    overall: Kappa | None = field(kw_only=True)

    def _table(self) -> Table:
        return _table(self)


_RULES: Final = {"one": is_a(Coding), "another": is_a(Coding), "level": LEVEL}


def agreement(one: Coding, another: Coding, *, level: float = 0.95) -> Agreement:
    """Compare two codings of the same comments, code by code and as a whole.

    For each code Cohen's kappa is taken over whether a comment has it or not, and overall over the
    set of its codes: partly the same does not count as the same. Comments are matched by their id.
    How the interval is made, and when there is none, says `servicekit.inference.cohen_kappa`.

    Raises `RecordError` for codebooks with other codes, and for comments of one id that differ.
    """
    check("agreement", _RULES, one=one, another=another, level=level)
    if problems := (*_other_codes(one, another), *_other_comments(one, another)):
        raise RecordError("agreement", problems)
    ours, theirs = _given(one), _given(another)
    both = [(codes, theirs[key]) for key, codes in ours.items() if key in theirs]

    def kappa_of(code: Code) -> Kappa | None:
        pairs = Counter((code.key in mine, code.key in yours) for mine, yours in both)
        return cohen_kappa(pairs, level=level)

    return Agreement(
        len(both),
        len({**_comments(one), **_comments(another)}) - len(both),
        codes=tuple(CodeAgreement(code, kappa_of(code)) for code in one.codebook.codes),
        overall=cohen_kappa(Counter(both), level=level),
    )


def _given(coding: Coding) -> dict[str, frozenset[str]]:
    """Give the codes of each comment that was read, by its id."""
    return {each.comment.id: frozenset(each.codes) for each in coding.read}


def _comments(coding: Coding) -> dict[str, Comment]:
    """Give every comment by its id, read or not."""
    given = (*(each.comment for each in coding.read), *coding.unread)
    return {comment.id: comment for comment in given}


def _other_codes(one: Coding, another: Coding) -> Iterator[Problem]:
    ours, theirs = ({code.key for code in each.codebook.codes} for each in (one, another))
    if ours != theirs:
        allowed = f"a codebook with the same codes: {', '.join(sorted(ours))}"
        yield Problem("another.codebook", ", ".join(sorted(theirs)), allowed)


def _other_comments(one: Coding, another: Coding) -> Iterator[Problem]:
    ours, theirs = _comments(one), _comments(another)
    for key in ours:
        if theirs.get(key, ours[key]) != ours[key]:
            yield Problem(f"comment {shown(key)}", "two comments", "the same comment in both")


_HEADS: Final = ("Code", "Agreed %", "Kappa", "from", "to")


def _table(agreement: Agreement) -> Table:
    lines = tuple(_line(one.code.title, one.kappa) for one in agreement.codes)
    overall = _line("All codes together", agreement.overall)
    title = f"Agreement on {agreement.n} comments"
    left_out = f"{agreement.left_out} left out: not read by both"
    return Table(title, _HEADS, (*lines, overall), (left_out,))


def _line(label: str, kappa: Kappa | None) -> Line:
    if kappa is None:
        return Line(label, (NOTHING,) * 4)
    ends = (kappa.interval.low, kappa.interval.high) if kappa.interval else (None, None)
    figures = (rounded(figure) for figure in (kappa.estimate, *ends))
    return Line(label, (rounded(100 * kappa.observed, 1), *figures))
