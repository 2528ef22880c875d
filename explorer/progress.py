"""How long work tells how far it is, and how it is told to stop."""

from collections.abc import Callable

Progress = Callable[[float], None]
"""Called with the fraction done, 0 to 1; it may raise `errors.Cancelled`, which the work lets through."""


def unheard(_fraction: float) -> None:
    """Take no notice: the progress of work that nobody watches."""


def within(progress: Progress, start: float, stop: float) -> Progress:
    """Return a progress whose 0 to 1 is `start` to `stop` of the given one."""
    return lambda fraction: progress(start + (stop - start) * fraction)
