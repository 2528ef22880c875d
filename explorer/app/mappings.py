"""What the columns of tables were said to mean, looked up in the store by heading. No Qt."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from explorer.app import loading
from explorer.domain.column_mapping import Mapping
from explorer.sources.any_table import Mappings
from explorer.store import Store


def known(store_path: Path) -> Mappings:
    """Return what looks a heading up in the store at `store_path`; looking never makes one. Raises ExplorerError."""
    return partial(_known, store_path)


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
