"""How a long import tells how far it is, and is told to stop."""

from collections.abc import Callable

Progress = Callable[[float], None]
"""Called with the fraction done, from 0 to 1; raises to stop the work."""


def silent(fraction: float) -> None:
    """Take no notice of `fraction`."""
