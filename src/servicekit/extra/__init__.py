"""Edges to other people's packages: one module for each extra, imported by its name."""

__all__: list[str] = []
