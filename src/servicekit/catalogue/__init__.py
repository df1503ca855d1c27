"""Published standards as constants, one subject per module, each figure with its source beside it.

Nothing is imported here: take what you need by name, as in
``from servicekit.catalogue.satisfaction import NPS``.
"""

__all__: list[str] = []
