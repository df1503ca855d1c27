"""What can be wrong with an instrument as a whole, though each of its parts is right."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from servicekit._mappings import Wording
from servicekit.benchmark._parts import Band, Scale, Section
from servicekit.errors import Problem

__all__ = ["definition_problems"]


def definition_problems(
    title: Wording, scale: Scale, sections: Sequence[Section], bands: Sequence[Band]
) -> Iterator[Problem]:
    """Find everything that is wrong."""
    if not sections:
        yield Problem("sections", "()", "one section or more")
    for section in sections:
        if not section.statements:
            yield Problem(f"sections[{section.key!r}].statements", "()", "one statement or more")
    yield from _used_twice("section", (section.key for section in sections))
    yield from _used_twice("statement", (s.key for section in sections for s in section.statements))
    yield from _used_twice("band", (band.key for band in bands))
    yield from _order(bands)
    yield from _reach(len(sections) * scale.low, len(sections) * scale.high, bands)
    yield from _languages([("title", title), *_wordings(sections, bands)])


def _used_twice(what: str, keys: Iterable[str]) -> Iterator[Problem]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield Problem(f"{what} key {key!r}", f"used {times} times", "each key once")


def _order(bands: Sequence[Band]) -> Iterator[Problem]:
    if bands and bands[0].at_least is not None:
        yield _floor(bands[0], "None: the first band is the lowest and begins with the scale")
    for lower, band in pairwise(bands):
        if band.at_least is None:
            yield _floor(band, "a number: only the first band has no floor")
        elif lower.at_least is not None and band.at_least <= lower.at_least:
            yield _floor(band, f"more than the floor of the band before, {lower.at_least}")


def _reach(lowest: int, highest: int, bands: Sequence[Band]) -> Iterator[Problem]:
    for band in bands:
        if band.at_least is not None and not lowest < band.at_least <= highest:
            yield _floor(band, f"above {lowest}, the lowest total, and up to {highest}")


def _floor(band: Band, allowed: str) -> Problem:
    return Problem(f"bands[{band.key!r}].at_least", str(band.at_least), allowed)


def _wordings(sections: Iterable[Section], bands: Iterable[Band]) -> Iterator[tuple[str, Wording]]:
    for section in sections:
        where = f"sections[{section.key!r}]"
        yield f"{where}.title", section.title
        for statement in section.statements:
            yield f"{where}.statements[{statement.key!r}].text", statement.text
    for band in bands:
        yield f"bands[{band.key!r}].title", band.title
        yield f"bands[{band.key!r}].advice", band.advice


def _languages(wordings: Sequence[tuple[str, Wording]]) -> Iterator[Problem]:
    spoken = {language for _, wording in wordings for language in wording}
    for where, wording in wordings:
        if missing := spoken.difference(wording):
            allowed = f"every language used elsewhere, also {', '.join(sorted(missing))}"
            yield Problem(where, f"only in {', '.join(sorted(wording))}", allowed)
