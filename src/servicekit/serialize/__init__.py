"""Between values and JSON-ready data, on any cattrs converter.

Two functions, as in `cattrs.preconf`: `make_converter` gives a converter for JSON, and
`configure_converter` teaches any other one - plain, orjson, msgspec, ... - the values of this
library, without changing what that converter does with anything else.

Instants are ISO 8601 text with their offset, amounts of money and fractions are text (``"12.50"``,
``"7/3"``), durations and dates ISO 8601 text, terms of a vocabulary their own text, time zones
their key; tuples and sets are lists, mappings are objects, and every step says in ``"step"`` of
which class it is. Reading is strict: the class that is built decides what it takes, an unknown key
or tag is refused, and all problems are reported at once, each with its path.

>>> from datetime import datetime, timezone
>>> from servicekit.resolution import Note
>>> converter = make_converter()
>>> data = converter.unstructure(
...     Note("called, no answer", at=datetime(2026, 5, 4, 9, 30, tzinfo=timezone.utc), by="Mika")
... )
>>> data
{'step': 'Note', 'at': '2026-05-04T09:30:00+00:00', 'by': 'Mika', 'text': 'called, no answer'}
>>> try:
...     converter.structure({**data, "at": "2026-05-04", "by": ""}, Note)
... except DataError as error:
...     print(error)
Note has 2 problems:
  $.at: '2026-05-04', allowed: an instant with its UTC offset, such as 2026-05-04T09:30:00+03:00
  $.by: '', allowed: well-formed text that is not blank
"""

from typing import Any

from cattrs import Converter
from cattrs.preconf.json import JsonConverter
from cattrs.preconf.json import make_converter as make_json_converter

from servicekit.resolution import Step
from servicekit.serialize._calendars import Zones, zone_form
from servicekit.serialize._errors import DataError, explain
from servicekit.serialize._reading import choice_reader, reader, step_reader
from servicekit.serialize._types import is_calendar, is_choice, is_value
from servicekit.serialize._writing import calendar_writer, choice_writer, step_writer, writer

__all__ = ["DataError", "configure_converter", "explain", "make_converter"]


def configure_converter(converter: Converter, *, zone: Zones | None = None) -> None:
    """Teach a converter to structure and unstructure the values of this library.

    Structuring raises `DataError`, or, from within a list or a class of your own, whatever cattrs
    wraps it in; `explain` lists the problems of either.

    ``zone`` gives the time zone for its key, as ``zoneinfo.ZoneInfo`` does, for reading calendars;
    without it only those in a fixed offset can be read. Unstructuring raises `RecordError` for a
    calendar whose zone has no key, or whose closures cannot be listed.
    """
    converter.register_structure_hook_factory(is_value, reader)
    converter.register_unstructure_hook_factory(is_value, writer)
    own = {"tz": zone_form(zone)}
    converter.register_structure_hook_factory(
        is_calendar, lambda cls, converter: reader(cls, converter, own)
    )
    converter.register_unstructure_hook_factory(is_calendar, calendar_writer)
    converter.register_structure_hook_factory(is_choice, choice_reader)
    converter.register_unstructure_hook_factory(is_choice, choice_writer)
    converter.register_structure_hook(Step, step_reader(converter))
    converter.register_unstructure_hook(Step, step_writer(converter))


def make_converter(*, zone: Zones | None = None, **options: Any) -> JsonConverter:
    """Make a converter between values and JSON-ready data, or JSON text by ``dumps`` and ``loads``.

    ``zone`` is as in `configure_converter`, the options are those of `cattrs.Converter`.
    """
    converter = make_json_converter(**options)
    configure_converter(converter, zone=zone)
    return converter
