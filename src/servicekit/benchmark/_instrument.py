"""An instrument: a questionnaire as a value, checked as a whole when it is built."""

from collections.abc import Callable, Mapping
from functools import partial
from operator import attrgetter
from typing import Any, Final

import attrs
from attrs import field, frozen

from servicekit._mappings import WORDING, ReadOnly, Wording, nearest, wording
from servicekit._rules import TEXT, TEXT_OR_NONE, each, is_a
from servicekit._values import Definition, refusal, several, unchanged_when
from servicekit.benchmark._definition import definition_problems
from servicekit.benchmark._layout import Layout, layout
from servicekit.benchmark._parts import Band, Scale, Section, Statement
from servicekit.errors import Problem, RecordError, shown

__all__ = ["Instrument", "layout_of", "questions"]


def _sections(values: Section | list[Section] | tuple[Section, ...]) -> tuple[Section, ...]:
    return several(values)


def _bands(values: Band | list[Band] | tuple[Band, ...]) -> tuple[Band, ...]:
    return several(values)


unchanged_when("{v}.__class__ is tuple", _sections, _bands)


@frozen
class Instrument(Definition):
    """A questionnaire: sections of statements on one scale, and the bands of their total.

    A section scores the mean of its ratings, the total is the sum of the section scores. Bands go
    from the lowest to the highest; there may be none. ``source`` says where the instrument comes
    from.

    Raises `DefinitionError` with all that is wrong: keys used twice, sections without statements,
    bands out of order, on top of each other or out of reach, and wordings that lack a language
    which others have.
    """

    key: str = field(validator=TEXT)
    title: Wording = field(converter=wording, validator=WORDING)
    scale: Scale = field(validator=is_a(Scale))
    sections: tuple[Section, ...] = field(converter=_sections, validator=each(Section))
    bands: tuple[Band, ...] = field(default=(), converter=_bands, validator=each(Band))
    source: str | None = field(default=None, validator=TEXT_OR_NONE)
    _layout: Layout = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        found = definition_problems(self.title, self.scale, self.sections, self.bands)
        if problems := tuple(found):
            raise refusal(self, problems)
        object.__setattr__(self, "_layout", layout(self.scale, self.sections, self.bands))

    def __reduce__(self) -> tuple[Any, ...]:
        given = {f.name: getattr(self, f.name) for f in attrs.fields(Instrument) if f.init}
        return partial(Instrument, **given), ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements, in the order in which they are asked."""
        return tuple(one for section in self.sections for one in section.statements)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it can be asked in, the one it is shown in first."""
        return tuple(self.title)

    @property
    def lowest(self) -> int:
        """The lowest total that answers can come to."""
        return len(self.sections) * self.scale.low

    @property
    def highest(self) -> int:
        """The highest total that answers can come to."""
        return len(self.sections) * self.scale.high


layout_of: Final[Callable[[Instrument], Layout]] = attrgetter("_layout")


def questions(instrument: Instrument, language: str) -> Mapping[str, str]:
    """Give the statements to ask in a language, in order: statement key to wording.

    A tag that is more special than the instrument's own finds the nearest one, as RFC 4647 (3.4)
    looks languages up: ``fi-FI`` is asked in ``fi``. Raises `RecordError` for a language that the
    instrument does not have.
    """
    found = nearest(str(language), instrument.languages)
    if found is None:
        problem = Problem("language", shown(language), f"one of {', '.join(instrument.languages)}")
        raise RecordError("questions", (problem,))
    return ReadOnly({one.key: one.text[found] for one in instrument.statements})
