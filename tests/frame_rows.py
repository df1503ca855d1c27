"""How tests read the rows of a frame, and which engines hold them."""

from collections.abc import Iterable
from typing import Any, Final

import narwhals.stable.v2 as nw
import pytest

from engines import AT_HAND as INSTALLED
from engines import LARGER, engines

EAGER: Final = [name for name in INSTALLED if name not in {"polars_lazy", "duckdb"}]
LAZY: Final = ["polars_lazy", "duckdb", *LARGER]

OLD_WAYS: Final = pytest.mark.filterwarnings(
    "ignore:fetch_arrow_table", "ignore:PySpark does not yet fully support pandas"
)
"""What Ibis and PySpark are told by others about their own ways of reading results."""


def _of(names: Iterable[str]) -> pytest.MarkDecorator:
    found = (
        pytest.param(*one.values, marks=[*one.marks, OLD_WAYS], id=one.values[0])
        for one in engines(of=names)
    )
    return pytest.mark.parametrize("engine", list(found))


ENGINES: Final = _of([*INSTALLED, *LARGER])
"""Every engine."""
AT_HAND: Final = _of(EAGER)
"""Those whose frames hold their rows."""
ELSEWHERE: Final = _of(LAZY)
"""Those whose frames are plans."""


def rows(frame: Any) -> list[dict[str, Any]]:
    """Read a small result: one mapping for each row, None for whatever is missing."""
    known = nw.from_native(frame)
    table = (
        known.collect(backend="pyarrow").to_native()
        if isinstance(known, nw.LazyFrame)
        else known.to_arrow()
    )
    return [
        {name: None if value != value else value for name, value in row.items()}  # noqa: PLR0124
        for row in table.to_pylist()
    ]
