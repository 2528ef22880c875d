"""Timing: repeated measurements and the table they are printed in."""

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report: what was measured, every measurement, and where there is one the target in words."""

    what: str
    unit: str
    values: Sequence[float]
    note: str = ""
    digits: int = 1

    @property
    def median(self) -> float:
        """The middle of all measurements."""
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """The value that 95 of 100 measurements don't exceed."""
        ordered = sorted(self.values)
        return ordered[min(round(0.95 * len(ordered)), len(ordered) - 1)]

    def line(self) -> str:
        """Return the figure as a line of the report."""
        low, middle, high = (f"{v:,.{self.digits}f}" for v in (min(self.values), self.median, max(self.values)))
        tail = f"p95 {self.p95:,.{self.digits}f}" if len(self.values) >= 50 else ""
        spread = f"({low}–{high})"
        return (
            f"{self.what:<76} {middle:>11} {self.unit:<6} {spread:<23} {tail:<10} n={len(self.values):<4} {self.note}"
        )


def heading(words: str) -> None:
    """Begin a part of the report."""
    sys.stdout.write(f"\n{words}\n{'-' * len(words)}\n")
    sys.stdout.flush()


def report(*figures: Figure) -> None:
    """Print figures as soon as they are known."""
    for figure in figures:
        sys.stdout.write(figure.line().rstrip() + "\n")
    sys.stdout.flush()


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def repeat(work: Callable[[], object], count: int, *, warm: int = 1) -> list[float]:
    """Return how many seconds `work` takes, `count` times after `warm` times that don't count."""
    for _ in range(warm):
        work()
    return [seconds(work) for _ in range(count)]


def milliseconds(values: Sequence[float]) -> list[float]:
    """Return seconds as milliseconds."""
    return [value * 1e3 for value in values]
