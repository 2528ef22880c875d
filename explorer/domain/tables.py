"""Which function makes which view's table from which dataset: one entry per view and source."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib import import_module

from explorer.domain.dataset import Dataset
from explorer.domain.selection import Selection, Source
from explorer.domain.table import Table
from explorer.domain.wording import known_on

TableOf = Callable[[Dataset, Selection], Table]


def _later(module: str, function: str = "table") -> TableOf:
    """Return a function of a module of the domain that is imported when first asked for: no start waits for it."""

    def table_of(dataset: Dataset, selection: Selection) -> Table:
        return getattr(import_module(f"explorer.domain.{module}"), function)(dataset, selection)

    return table_of


def _alike(module: str) -> Mapping[Source, TableOf]:
    return dict.fromkeys(Source, _later(module))


TABLES: Mapping[str, Mapping[Source, TableOf]] = {
    "leaderboard": {Source.RANKINGS: _later("leaderboard"), Source.PUBLISHED: _later("published", "leaderboard")},
    "share": {Source.RANKINGS: _later("lens"), Source.PUBLISHED: _later("published", "share")},
    "prices": {Source.RANKINGS: _later("price_table"), Source.PUBLISHED: _later("published", "prices")},
    "claims": _alike("claims.table"),
    "leads": _alike("leads"),
    "drivers": _alike("drivers"),
    "price_history": _alike("price_steps"),
    "price_usage": _alike("price_usage"),
    "price_skill": _alike("price_skill"),
    "workload": _alike("workload_table"),
    "spend": _alike("spend"),
    "snapshots": _alike("snapshots_table"),
    "restatements": _alike("restatements"),
}


def table(view: str, dataset: Dataset, selection: Selection) -> Table:
    """Return the table of a view, KeyError for a name that is no view's; the last few are remembered.

    Its caption says the vintage of the data where that is not today's, be there rows or not.
    """
    found = remembered(view, dataset, selection)
    if found.passing:
        remembered.cache_clear()
    return found


@lru_cache(maxsize=8)
def remembered(view: str, dataset: Dataset, selection: Selection) -> Table:
    """Return what `table` does, a passing fault too."""
    found = TABLES[view][dataset.source](dataset.under(selection), selection)
    if not dataset.as_of or (known := known_on(dataset.as_of)) in found.caption.filters:
        return found
    return replace(found, caption=replace(found.caption, filters=(known, *found.caption.filters)))
