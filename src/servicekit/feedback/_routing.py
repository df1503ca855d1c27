"""Routing: who is to hear of a piece of feedback, and how soon."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Final, cast

from attrs import field, frozen

from servicekit._instants import instant
from servicekit._mappings import ReadOnly
from servicekit._rules import TEXT, Rule, each, is_a, set_of
from servicekit._tables import Line, Table, Tabled
from servicekit._values import (
    Definition,
    as_set,
    in_order,
    refusal,
    refuse,
    several,
    unchanged_when,
)
from servicekit.errors import DefinitionError, Problem, RecordError
from servicekit.feedback._coding import Coding
from servicekit.feedback._comments import Comment
from servicekit.feedback._rows import truth_of
from servicekit.kpi import Condition
from servicekit.kpi._expressions import is_condition
from servicekit.register import Contact
from servicekit.worktime import Timetable, always

__all__ = ["Destination", "Routed", "Routes", "RoutingRule", "RoutingRules", "route"]

_REAL_TIME: Final = always(timezone.utc)  # noqa: UP017 - one name for the zone
_SPAN: Final = Rule(
    "isinstance({v}, {timedelta}) and {v} >= {zero}",
    "a timedelta of zero, for at once, or more",
    timedelta=timedelta,
    zero=timedelta(0),
)


@frozen
class Destination(Definition):
    """Who is to hear of it, by a key of your own, and within what time; zero is at once."""

    to: str = field(validator=TEXT)
    within: timedelta = field(validator=_SPAN)


def _codes(values: str | Collection[str]) -> frozenset[str]:
    """Take the keys of codes, one or several."""
    return cast(
        "frozenset[str]", frozenset({values}) if isinstance(values, str) else as_set(values)
    )


unchanged_when("{v}.__class__ is frozenset", _codes)
_CONDITION_OR_NONE: Final = Rule(
    "{v} is None or {ok}({v})",
    "a condition, such as Column('rating') <= 2, or None",
    ok=is_condition,
)


@frozen
class RoutingRule(Definition):
    """Which feedback goes where.

    It applies where its condition is true and the comment has one of its ``codes``; whichever of
    the two it does not state does not matter. A condition is that of a KPI, over the fields of a
    `Comment` or of a contact: ``Column("rating") <= 2``. What is not known makes no rule apply.
    """

    key: str = field(validator=TEXT)
    destination: Destination = field(validator=is_a(Destination))
    when: Condition | None = field(default=None, kw_only=True, validator=_CONDITION_OR_NONE)
    codes: frozenset[str] = field(
        default=(), kw_only=True, converter=_codes, validator=set_of(str), repr=in_order
    )

    def __attrs_post_init__(self) -> None:
        if self.when is None and not self.codes:
            refuse(self, "when", "a condition, codes or both; the fallback is what always applies")

    def __str__(self) -> str:
        about = f"about {' or '.join(sorted(self.codes))}" if self.codes else ""
        return ", ".join(filter(None, ("" if self.when is None else str(self.when), about)))


def _rules(
    values: RoutingRule | list[RoutingRule] | tuple[RoutingRule, ...],
) -> tuple[RoutingRule, ...]:
    """Take rules, one or several."""
    return several(values)


unchanged_when("{v}.__class__ is tuple", _rules)


@frozen
class RoutingRules(Definition):
    """Rules in the order in which they are tried, and where everything else goes.

    The first rule that applies decides. Raises `DefinitionError` for a key that is used twice.
    """

    rules: tuple[RoutingRule, ...] = field(converter=_rules, validator=each(RoutingRule))
    fallback: Destination = field(validator=is_a(Destination))

    def __attrs_post_init__(self) -> None:
        keys = [rule.key for rule in self.rules]
        twice = (key for key in dict.fromkeys(keys) if keys.count(key) > 1)
        if problems := tuple(Problem("rules", repr(key), "each key once") for key in twice):
            raise refusal(self, problems)


@frozen
class Routed:
    """A piece of feedback, where it goes and by when, and the rule that says so.

    The rule is None where none applied, and it went to the fallback.
    """

    feedback: Comment | Contact
    destination: Destination
    due: datetime = field(kw_only=True)
    rule: RoutingRule | None = field(kw_only=True)

    @property
    def because(self) -> str:
        """The rule in words."""
        return f"{self.rule.key}: {self.rule}" if self.rule else "no rule applies"


@frozen
class Routes(Tabled):
    """Every piece of feedback with its way, what is due first at the top."""

    routed: tuple[Routed, ...]

    @property
    def by_destination(self) -> Mapping[str, tuple[Routed, ...]]:
        """What each destination is to hear of."""
        found: dict[str, list[Routed]] = {}
        for one in self.routed:
            found.setdefault(one.destination.to, []).append(one)
        return ReadOnly({to: tuple(found[to]) for to in sorted(found)})

    def __iter__(self) -> Iterator[Routed]:
        return iter(self.routed)

    def __len__(self) -> int:
        return len(self.routed)

    def _table(self) -> Table:
        lines = tuple(
            Line(one.feedback.id, (one.destination.to, one.due.isoformat(" "), one.because))
            for one in self.routed
        )
        return Table(f"{len(self)} routed", ("Feedback", "To", "Due", "Because"), lines)


_RULES: Final = is_a(RoutingRules)
_CALENDAR: Final = is_a(Timetable, optional=True)
_FEEDBACK: Final = Rule(
    "isinstance({v}, {kinds})", "a Comment or a Contact", kinds=(Comment, Contact)
)


def route(
    feedback: Coding | Iterable[Comment | Contact],
    rules: RoutingRules,
    *,
    calendar: Timetable | None = None,
) -> Routes:
    """Say of each piece of feedback who is to hear of it, by when, and which rule says so.

    Nothing is dropped: what no rule applies to goes to the fallback. The time runs from when a
    comment was made or a contact ended, in the working time of a ``calendar`` if there is one.

    Raises `RecordError` for what is no comment and no contact, for a condition on a column that
    they lack, and for a rule on codes where the feedback is no `Coding`; `DefinitionError` for a
    rule on a code that the codebook does not have.

    >>> from datetime import timezone
    >>> from servicekit.kpi import Column
    >>> rules = RoutingRules(
    ...     RoutingRule("angry", Destination("owner", timedelta(0)), when=Column("rating") <= 1),
    ...     Destination("service desk", timedelta(days=2)),
    ... )
    >>> noon = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)
    >>> given = [Comment("1", "All well", at=noon), Comment("2", "Never again", at=noon, rating=1)]
    >>> print(route(given, rules))
    2 routed
    Feedback            To                        Due             Because
    2                owner  2026-05-04 12:00:00+00:00  angry: rating <= 1
    1         service desk  2026-05-06 12:00:00+00:00     no rule applies
    """
    asked = (_RULES.problem("rules", rules), _CALENDAR.problem("calendar", calendar))
    _refuse(asked)
    given, codes = _given(feedback, rules)
    chosen = _first(rules.rules, given, codes)
    hours = _REAL_TIME if calendar is None else calendar
    routed = (
        _routed(one, rule, rule.destination if rule else rules.fallback, hours)
        for one, rule in zip(given, chosen, strict=True)
    )
    return Routes(tuple(sorted(routed, key=lambda one: one.due)))


def _routed(
    one: Comment | Contact, rule: RoutingRule | None, destination: Destination, hours: Timetable
) -> Routed:
    at = _heard(one)
    due = hours.deadline(at, destination.within)
    shown = due.astimezone(at.tzinfo) if hours is _REAL_TIME else due
    return Routed(one, destination, due=instant(shown), rule=rule)


def _heard(one: Comment | Contact) -> datetime:
    """Say when a comment was made, or a contact ended as far as is known."""
    if isinstance(one, Comment):
        return one.at
    return one.ended_at or one.abandoned_at or one.answered_at or one.queued_at


def _given(
    feedback: Coding | Iterable[Comment | Contact], rules: RoutingRules
) -> tuple[list[Comment | Contact], list[frozenset[str]]]:
    """Take the feedback, and of each piece its codes."""
    asking = [rule for rule in rules.rules if rule.codes]
    if isinstance(feedback, Coding):
        _check_codes(asking, feedback)
        codes = [frozenset(one.codes) for one in feedback.read]
        comments = (*(one.comment for one in feedback.read), *feedback.unread)
        return list(comments), [*codes, *(frozenset[str]() for _ in feedback.unread)]
    if asking:
        allowed = f"a Coding, for the rule {asking[0].key!r} asks for codes"
        raise RecordError("route", (Problem("feedback", "no Coding", allowed),))
    given = list(feedback)
    others = (n for n, one in enumerate(given) if not isinstance(one, (Comment, Contact)))
    _refuse(_FEEDBACK.problem(f"feedback[{n}]", given[n]) for n in others)
    return given, [frozenset()] * len(given)


def _refuse(asked: Iterable[Problem | None]) -> None:
    if problems := tuple(filter(None, asked)):
        raise RecordError("route", problems)


def _check_codes(asking: Iterable[RoutingRule], coding: Coding) -> None:
    known = {code.key for code in coding.codebook.codes}
    allowed = f"codes of the codebook: {', '.join(sorted(known))}"
    strange = ((rule, key) for rule in asking for key in sorted(rule.codes - known))
    if problems := tuple(
        Problem(f"rules[{rule.key!r}].codes", repr(key), allowed) for rule, key in strange
    ):
        raise DefinitionError("route", problems)


def _first(
    rules: Sequence[RoutingRule], given: Sequence[object], codes: Sequence[frozenset[str]]
) -> list[RoutingRule | None]:
    """Find for each piece of feedback the first rule that applies."""
    conditions = [rule.when for rule in rules if rule.when is not None]
    truths = iter(truth_of("route", given, *conditions))
    chosen: list[RoutingRule | None] = [None] * len(given)
    for rule in rules:
        holds = next(truths) if rule.when is not None else [True] * len(given)
        for place, (true, has) in enumerate(zip(holds, codes, strict=True)):
            if true and chosen[place] is None and (not rule.codes or rule.codes & has):
                chosen[place] = rule
    return chosen
