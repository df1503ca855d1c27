"""The one place that imports narwhals, and says what to install where it is missing."""

try:
    import narwhals.stable.v2 as nw
except ModuleNotFoundError:
    message = "servicekit.extra.frames needs narwhals: pip install 'servicekit[frames]'"
    raise ModuleNotFoundError(message, name="narwhals") from None

__all__ = ["nw"]
