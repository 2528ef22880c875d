"""What the options that are about a workload ask for."""

from dataclasses import replace
from typing import TYPE_CHECKING

from explorer.cli.terminal import refuse
from explorer.words import say

if TYPE_CHECKING:
    from explorer.cli.asked import Asked
    from explorer.domain.pricing import Pricing

# The keys of the domain, written out: importing the domain would make `--help` wait for numpy.
PRESETS = ("chat", "agent", "batch")
_MOST = 10**12


def with_workload(pricing: "Pricing", asked: "Asked") -> "Pricing":
    """Return how prices are looked at with the workload asked for: a preset with its numbers replaced where given.

    Raises ExplorerError for what is no number.
    """
    from explorer.domain.workload import PRESETS as KNOWN  # noqa: PLC0415

    found = next((preset.workload for preset in KNOWN if preset.key == asked.preset), pricing.workload)
    written = {name: getattr(asked, name) for name in ("calls", "input", "output")}
    numbers = {name: _number(name, number) for name, number in written.items() if number}
    cached = pricing.cached if asked.cached else found.cached
    return replace(pricing, workload=replace(found, cached=cached, **numbers))


def _number(option: str, written: str) -> int:
    """Return a whole number as written, thousands apart by commas or not."""
    plain = written.replace(",", "")
    if not (plain.isascii() and plain.isdigit() and int(plain) <= _MOST):
        refuse(
            say("--{option} {written} is no whole number up to {most}.", option=option, written=written, most=_MOST),
            say("Write it like 1000000."),
        )
    return int(plain)
