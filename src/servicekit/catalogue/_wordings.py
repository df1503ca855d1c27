"""The languages of the built-in instruments."""

from servicekit.benchmark import Statement

__all__ = ["said", "statement"]


def said(en: str, fi: str, lv: str) -> dict[str, str]:
    """Give the same in English, Finnish and Latvian."""
    return {"en": en, "fi": fi, "lv": lv}


def statement(key: str, en: str, fi: str, lv: str) -> Statement:
    """Make a statement in all three languages."""
    return Statement(key, said(en, fi, lv))
