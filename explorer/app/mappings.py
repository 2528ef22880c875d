"""What the columns of tables were said to mean, looked up in the store by heading. No Qt."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from explorer.app import loading
from explorer.domain.column_mapping import Mapping
from explorer.sources.unmapped import AnyTable
from explorer.store import Store


def tables(store_path: Path, *, guessing: bool) -> AnyTable:
    """Return how unknown tables are read today: by what the store at `store_path` knows of their headings, or asking.

    Looking a heading up never makes a store, and raises ExplorerError where there is one that can't be read.
    """
    return AnyTable(partial(_known, store_path), guessing, date.fromisoformat(loading.now()[:10]))


def remember(store_path: Path, heading: Sequence[str], mapping: Mapping) -> None:
    """Remember what a heading means in the store at `store_path`, made where absent. Raises ExplorerError."""
    with Store.open(store_path) as store:
        store.remember_mapping(heading, mapping)


def _known(store_path: Path, heading: tuple[str, ...]) -> Mapping | None:
    store = loading.existing(store_path)
    if store is None:
        return None
    with store:
        return store.mapping(heading)
