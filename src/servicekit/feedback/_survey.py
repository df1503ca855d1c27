"""A survey: its questions, and to whom they were sent and when they were answered."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from attrs import field, frozen

from servicekit._instants import aware, instant, instant_or_none
from servicekit._mappings import WORDING, Wording, wording
from servicekit._rules import INSTANT, INSTANT_OR_NONE, TEXT, each, is_a
from servicekit._terms import Term
from servicekit._values import Definition, Value, refusal, refuse, several, unchanged_when
from servicekit.errors import Problem
from servicekit.inference import Interval, wilson

__all__ = ["Invitation", "Option", "Purpose", "Question", "Response", "Survey", "Tone"]


class Tone(Term):
    """What an option says of the service."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class Purpose(Term):
    """What every survey after a contact has to ask."""

    SOLVED = "solved"
    """Whether the matter was solved."""
    REPRESENTATIVE = "representative"
    """How the representative did."""


@frozen
class Option(Definition):
    """One answer to choose; ``tone`` is None where it is no point of a scale, as "don't know"."""

    text: Wording = field(converter=wording, validator=WORDING)
    tone: Tone | None = field(default=None, validator=is_a(Tone, optional=True))


def _options(values: Option | list[Option] | tuple[Option, ...]) -> tuple[Option, ...]:
    """Take options, one or several."""
    return several(values)


@frozen
class Question(Definition):
    """One question: open, or closed with ``options`` to choose from; ``asks`` says what it is for.

    A closed question has two options or more.
    """

    key: str = field(validator=TEXT)
    text: Wording = field(converter=wording, validator=WORDING)
    options: tuple[Option, ...] = field(
        default=(), kw_only=True, converter=_options, validator=each(Option)
    )
    asks: Purpose | None = field(default=None, kw_only=True, validator=is_a(Purpose, optional=True))

    def __attrs_post_init__(self) -> None:
        if len(self.options) == 1:
            refuse(self, "options", "two options or more, or none for an open question")

    @property
    def is_open(self) -> bool:
        """Whether it is answered in one's own words."""
        return not self.options


@frozen
class Invitation(Value):
    """One person who was asked, and when they answered, if they did."""

    sent_at: datetime = field(converter=instant, validator=INSTANT)
    answered_at: datetime | None = field(
        default=None, converter=instant_or_none, validator=INSTANT_OR_NONE
    )

    def __attrs_post_init__(self) -> None:
        if self.answered_at is not None and self.answered_at < self.sent_at:
            refuse(self, "answered_at", f"an instant not before sent_at, {self.sent_at}")


@frozen
class Response:
    """How many of those who were asked have answered."""

    sent: int
    answered: int

    @property
    def rate(self) -> Fraction | None:
        """Their share; None where nobody was asked."""
        return Fraction(self.answered, self.sent) if self.sent else None

    def interval(self, level: float = 0.95) -> Interval | None:
        """Give Wilson's interval of the rate; None where nobody was asked."""
        return wilson(self.answered, self.sent, level=level)


def _questions(values: Question | list[Question] | tuple[Question, ...]) -> tuple[Question, ...]:
    """Take questions, one or several."""
    return several(values)


def _invitations(
    values: Invitation | list[Invitation] | tuple[Invitation, ...],
) -> tuple[Invitation, ...]:
    """Take invitations, one or several."""
    return several(values)


unchanged_when("{v}.__class__ is tuple", _options, _questions, _invitations)


@frozen
class Survey(Definition):
    """Questions in the order in which they are asked, and the people who were asked.

    Every question, and every option, has its wording in the same languages. Raises
    `DefinitionError` with everything that is wrong.
    """

    questions: tuple[Question, ...] = field(
        converter=_questions, validator=each(Question, at_least=1)
    )
    invitations: tuple[Invitation, ...] = field(
        default=(), converter=_invitations, validator=each(Invitation)
    )

    def __attrs_post_init__(self) -> None:
        if problems := (*_used_twice(self), *_languages(self)):
            raise refusal(self, problems)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it can be asked in."""
        return tuple(self.questions[0].text)

    def known(self, as_of: datetime) -> tuple[Invitation, ...]:
        """Give the invitations as they stood at an instant: those sent, with the answers by then.

        Raises `RecordError` for a naive instant.
        """
        at = aware(as_of, "as_of")
        return tuple(
            one if one.answered_at is None or one.answered_at <= at else Invitation(one.sent_at)
            for one in self.invitations
            if one.sent_at <= at
        )

    def response(self, as_of: datetime | None = None) -> Response:
        """Count who was asked and who has answered, by an instant or on the whole."""
        given = self.invitations if as_of is None else self.known(as_of)
        return Response(len(given), sum(one.answered_at is not None for one in given))


def _used_twice(survey: Survey) -> Iterator[Problem]:
    for key, times in Counter(question.key for question in survey.questions).items():
        if times > 1:
            yield Problem(f"question key {key!r}", f"used {times} times", "each key once")


def _wordings(survey: Survey) -> Iterator[tuple[str, Wording]]:
    for question in survey.questions:
        where = f"questions[{question.key!r}]"
        yield f"{where}.text", question.text
        for position, option in enumerate(question.options):
            yield f"{where}.options[{position}].text", option.text


def _languages(survey: Survey) -> Iterator[Problem]:
    said = tuple(_wordings(survey))
    spoken = {language for _, text in said for language in text}
    for where, text in said:
        if missing := spoken.difference(text):
            allowed = f"every language used elsewhere, also {', '.join(sorted(missing))}"
            yield Problem(where, f"only in {', '.join(sorted(text))}", allowed)
