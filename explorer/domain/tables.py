"""Which function makes which view's table from which dataset: one entry per view and source."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import import_module

from explorer.domain import leaderboard, lens, price_table, published
from explorer.domain.dataset import Dataset
from explorer.domain.selection import Selection, Source
from explorer.domain.table import Table

TableOf = Callable[[Dataset, Selection], Table]


def _later(module: str) -> Mapping[Source, TableOf]:
    """Return the `table` of a module of the domain, imported when first asked for: no start waits for it."""

    def table_of(dataset: Dataset, selection: Selection) -> Table:
        return import_module(f"explorer.domain.{module}").table(dataset, selection)

    return dict.fromkeys(Source, table_of)


TABLES: Mapping[str, Mapping[Source, TableOf]] = {
    "leaderboard": {Source.RANKINGS: leaderboard.table, Source.PUBLISHED: published.leaderboard},
    "share": {Source.RANKINGS: lens.table, Source.PUBLISHED: published.share},
    "prices": {Source.RANKINGS: price_table.table, Source.PUBLISHED: published.prices},
    "claims": _later("claims.table"),
    "leads": _later("leads"),
    "drivers": _later("drivers"),
    "price_history": _later("price_steps"),
    "price_usage": _later("price_usage"),
    "price_skill": _later("price_skill"),
    "workload": _later("workload_table"),
    "spend": _later("spend"),
}


@lru_cache(maxsize=8)
def table(view: str, dataset: Dataset, selection: Selection) -> Table:
    """Return the table of a view, KeyError for a name that is no view's; the last few are remembered."""
    return TABLES[view][dataset.source](dataset.under(selection), selection)
