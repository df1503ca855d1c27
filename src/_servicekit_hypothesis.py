"""What Hypothesis loads of this library: with it ``st.from_type`` knows every public value.

Hypothesis calls `install` when it is imported. Nothing of the library is loaded for that: each of
its public modules registers its classes when it is imported itself, before or after Hypothesis, and
the strategies are loaded when the first one is asked for. That is why this module stands beside the
package: an import from within would load the package.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from hypothesis import strategies as st

__all__ = ["install"]


class _Watch(MetaPathFinder):
    """Finds what the other finders find, and has our modules register their classes once run."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not _is_public(name):
            return None
        others = [each for each in sys.meta_path if each is not self and hasattr(each, "find_spec")]
        specs = (finder.find_spec(name, path, target) for finder in others)
        spec = next(filter(None, specs), None)
        if spec is not None and spec.loader is not None:
            _register_after(spec.loader)
        return spec


def _register_after(loader: Any) -> None:
    run = loader.exec_module

    def exec_module(module: ModuleType) -> None:
        run(module)
        _register(module)

    loader.exec_module = exec_module


def _is_public(name: str) -> bool:
    package, _, rest = name.partition(".")
    return package == "servicekit" and bool(rest) and "._" not in name


def _register(module: ModuleType) -> None:
    """Register the classes of values that a module makes public."""
    for name in getattr(module, "__all__", ()):
        kind = getattr(module, name)
        if isinstance(kind, type) and hasattr(kind, "__attrs_attrs__"):
            st.register_type_strategy(kind, _on_demand)


def _on_demand(kind: Any) -> Any:
    """Give the strategy for a class; one that has none is left to Hypothesis."""
    table = import_module("servicekit.extra.strategies._by_type").STRATEGIES
    return table[kind]() if kind in table else NotImplemented


def install() -> None:
    """Register what is loaded by now, and see to it that what is loaded later is registered."""
    sys.meta_path.insert(0, _Watch())
    for name, module in list(sys.modules.items()):
        if _is_public(name):
            _register(module)
