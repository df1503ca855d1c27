"""Edges to other libraries, one module for each, with the name of the extra that installs it.

Nothing is imported here: take what you need by name, as in
``from servicekit.extra.strategies import cases``.
"""

__all__: list[str] = []
