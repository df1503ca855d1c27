"""How scores are laid out for people, in the language that the instrument names first."""

from fractions import Fraction

from servicekit._mappings import Wording
from servicekit.benchmark._instrument import Instrument

__all__ = ["bar", "named", "said", "standing"]


def named(instrument: Instrument) -> str:
    """Show an instrument by its key alone, where it is a part of something else."""
    return f"<Instrument {instrument.key!r}>"


def said(instrument: Instrument, wording: Wording) -> str:
    """Pick the wording that is shown."""
    return wording[instrument.languages[0]]


def bar(instrument: Instrument, mean: Fraction | None) -> Fraction | None:
    """Say how far up the scale a mean lies, from 0 to 1."""
    low, high = instrument.scale.low, instrument.scale.high
    return None if mean is None else (mean - low) / (high - low)


def standing(instrument: Instrument) -> str:
    """Say what totals range over."""
    return f"from {instrument.lowest} to {instrument.highest}"
