"""A resolved case from JSON-ready data and to JSON text: ours against pydantic and plain cattrs.

All contenders read the same data into equivalent classes with equivalent checks, and write them
again; what they write is compared first.

    python benchmarks/serialize.py
"""

import json
from datetime import datetime
from decimal import Decimal

import cattrs
from cattrs.preconf import msgspec, orjson
from cattrs.strategies import configure_tagged_union

from _paired import report
from _pydantic_case import PydanticCase
from flow import ours
from servicekit import Case
from servicekit.resolution import Step
from servicekit.serialize import configure_converter, make_converter


def plain_cattrs() -> cattrs.Converter:
    """A converter that knows no more of the values than a user would tell it."""
    converter = cattrs.Converter(forbid_extra_keys=True)
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook(Decimal, lambda text, _: Decimal(text))
    converter.register_unstructure_hook(Decimal, str)
    configure_tagged_union(Step, converter, tag_name="step")
    return converter


def configured(converter: cattrs.Converter) -> cattrs.Converter:
    configure_converter(converter)
    return converter


def main() -> None:
    case = ours()
    converter = make_converter()
    data = json.loads(converter.dumps(case))
    model = PydanticCase.model_validate(data)
    plain = plain_cattrs()
    by_orjson = configured(orjson.make_converter())
    by_msgspec = configured(msgspec.make_converter())

    as_written = model.model_dump(mode="json")
    for step in as_written["steps"]:
        step["at"] = step["at"].replace("Z", "+00:00")
    assert converter.structure(data, Case) == plain.structure(data, Case) == case
    assert data == json.loads(by_orjson.dumps(case)) == json.loads(by_msgspec.dumps(case))
    assert data["steps"][0] == as_written["steps"][0]

    reading = {
        "servicekit": lambda: converter.structure(data, Case),
        "pydantic": lambda: PydanticCase.model_validate(data),
        "plain cattrs": lambda: plain.structure(data, Case),
    }
    report("a resolved case from JSON-ready data", reading)
    writing = {
        "servicekit, orjson converter": lambda: by_orjson.dumps(case),
        "servicekit, msgspec converter": lambda: by_msgspec.dumps(case),
        "servicekit, json converter": lambda: converter.dumps(case),
        "pydantic, model_dump_json": model.model_dump_json,
    }
    report("a resolved case to JSON text", writing)


if __name__ == "__main__":
    main()
