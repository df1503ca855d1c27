"""What needs a package of its own: one module for each optional dependency."""

__all__: list[str] = []
