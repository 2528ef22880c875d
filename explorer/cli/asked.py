"""What the options of a command ask of the data."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from explorer.cli import prices_asked as prices
from explorer.cli.terminal import refuse
from explorer.cli.workload_asked import with_workload
from explorer.words import say

if TYPE_CHECKING:
    from explorer.domain.dataset import Dataset
    from explorer.domain.periods import Span
    from explorer.domain.selection import Scope, Selection

# The names of the domain, written out: importing the domain would make `--help` wait for numpy.
VIEW_NAMES = (
    "leaderboard",
    "share",
    "prices",
    "claims",
    "leads",
    "drivers",
    "price_history",
    "price_usage",
    "price_skill",
    "workload",
    "spend",
    "snapshots",
    "restatements",
)
GRAINS = ("day", "week", "sunday-week", "month", "7d", "28d", "30d", "whole")
GROUPINGS = ("country", "author", "model")
MEASURES = ("tokens", "share")
KNOWN = ("now", "then")
VARIANTS = ("apart", "merged")
SHORTEST_PREFIX = 4
"""A sha256 is known by so many of its first characters, where they are those of one snapshot alone."""
PRICE_FIRST = ("openrouter", "catalogue")

_VIEWS_OF = {
    "search": ("leaderboard", "claims"),
    "baseline": ("prices", "workload"),
    "lens": ("share",),
    "at": ("prices", "price_usage", "price_skill", "workload"),
    "models": ("prices",),
    "ratio": ("prices", "price_history", "price_usage", "price_skill"),
    "cached": ("prices", "price_history", "price_usage", "price_skill", "workload"),
    "first": ("prices", "price_history", "price_usage", "price_skill", "workload", "spend"),
    **dict.fromkeys(("calls", "input", "output", "preset"), ("workload",)),
    "snapshots": ("restatements",),
}
"""Options that belong to some views only."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of an export as they were written."""

    view: str
    grain: str
    start: str | None
    end: str | None
    scope: str
    grouping: str
    measure: str
    search: str
    baseline: str
    known: str
    variants: str
    lens: bool
    at: str | None = None
    models: str = ""
    ratio: str = ""
    cached: str = ""
    first: str | None = None
    calls: str = ""
    input: str = ""
    output: str = ""
    preset: str | None = None
    as_of: str | None = None
    snapshots: str = ""


def selection(dataset: "Dataset", asked: Asked) -> "Selection":
    """Return what the options ask of the data; raises ExplorerError where one can't be meant."""
    from explorer.domain.periods import Grain  # noqa: PLC0415
    from explorer.domain.selection import Grouping, Known, Measure, Selection, Variants  # noqa: PLC0415

    for option, views in _VIEWS_OF.items():
        if getattr(asked, option) and asked.view not in views:
            refuse(say("--{option} belongs to {view}.", option=option, view=", ".join(views)), say("Leave it out."))
    if asked.baseline and not asked.models and asked.baseline not in dataset.prices.models:
        prices.unknown(dataset, asked.baseline)
    return Selection(
        source=dataset.source,
        grain=Grain(asked.grain),
        span=span(dataset, asked.start, asked.end),
        scope=scope(asked.scope),
        measure=Measure(asked.measure),
        grouping=Grouping(asked.grouping),
        search=asked.search,
        baseline=asked.baseline,
        as_of=dataset.as_of,
        compared=compared(dataset, asked.snapshots) if asked.snapshots else ("", ""),
        known=Known(asked.known),
        variants=Variants(asked.variants),
        lens=asked.lens,
        pricing=with_workload(prices.pricing(dataset, asked), asked),
    )


def compared(dataset: "Dataset", written: str) -> tuple[str, str]:
    """Return the sha256 of two snapshots, written as file names or beginnings of their sha256, apart by a comma."""
    named = [each.strip() for each in written.split(",")]
    if len(named) != 2 or not all(named):
        refuse(say("--snapshots {written} does not name two.", written=written), say("Write two, apart by a comma."))
    return _snapshot(dataset, named[0]), _snapshot(dataset, named[1])


def _snapshot(dataset: "Dataset", written: str) -> str:
    from explorer.domain.snapshot_days import of_rankings  # noqa: PLC0415

    known = of_rankings(dataset)
    found = [each for each in known if each.name == written] or [
        each for each in known if len(written) >= SHORTEST_PREFIX and each.sha256.startswith(written.lower())
    ]
    remedy = say("Take a file name or the beginning of a sha256 from: tokenshare export snapshots")
    if not found:
        refuse(say("No snapshot of rankings is called {name}.", name=written), remedy)
    if len(found) > 1:
        refuse(say("{n} snapshots of rankings are called {name}.", n=len(found), name=written), remedy)
    return found[0].sha256


def scope(written: str) -> "Scope":
    """Return the scope that is written: a number of models, listed or all."""
    from explorer.domain.selection import ALL, LISTED, Scope  # noqa: PLC0415

    named = {str(scope): scope for scope in (ALL, LISTED)}
    if written in named:
        return named[written]
    if not (written.isascii() and written.isdigit() and int(written)):
        refuse(
            say("The scope “{written}” is not known.", written=written),
            say("Write a number of models such as 9, listed or all."),
        )
    return Scope(int(written))


def span(dataset: "Dataset", start: str | None, end: str | None) -> "Span | None":
    """Return the days asked for, the data's own first or last where only one end is; None for all of the data."""
    from explorer.domain.periods import Span  # noqa: PLC0415
    from explorer.domain.published import whole_span  # noqa: PLC0415

    first, last = (None if written is None else prices.day(written) for written in (start, end))
    data = dataset.cube.days or whole_span(dataset)
    if data is None or (first is None and last is None):
        return None
    if first is None:
        first = data.first if last is None else min(data.first, last)
    if last is None:
        last = max(data.last, first)
    if first > last:
        refuse(say("--from {start} is after --to {end}.", start=start, end=end), say("Exchange them."))
    return Span(first, last)
