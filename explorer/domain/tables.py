"""Which function makes which view's table from which dataset: one entry per view and source."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from explorer.domain import leaderboard, price_table, published, shares
from explorer.domain.dataset import Dataset
from explorer.domain.selection import Selection, Source
from explorer.domain.table import Table

TableOf = Callable[[Dataset, Selection], Table]

TABLES: Mapping[str, Mapping[Source, TableOf]] = {
    "leaderboard": {Source.RANKINGS: leaderboard.table, Source.PUBLISHED: published.leaderboard},
    "share": {Source.RANKINGS: shares.table, Source.PUBLISHED: published.share},
    "prices": {Source.RANKINGS: price_table.table, Source.PUBLISHED: published.prices},
}


@lru_cache(maxsize=8)
def table(view: str, dataset: Dataset, selection: Selection) -> Table:
    """Return the table of a view, KeyError for a name that is no view's; the last few are remembered."""
    return TABLES[view][dataset.source](dataset, selection)
