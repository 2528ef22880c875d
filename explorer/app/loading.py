"""From the store, or without one from the figures that come with the program, to a dataset. No Qt."""

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from explorer import paths
from explorer.domain.dataset import Dataset
from explorer.domain.dataset import published as published_dataset
from explorer.domain.dataset import rankings as rankings_dataset
from explorer.domain.origins import Origins, Overrides
from explorer.domain.schema import DatedPrices, Figure, Frames
from explorer.sources import read
from explorer.sources.genai import read_genai_prices
from explorer.sources.origins import read_countries, read_origins, read_reveals
from explorer.store import Store


def existing(path: Path) -> Store | None:
    """Return the store at `path` if there is one; looking never makes one. Raises ExplorerError as Store.open does."""
    return Store.open(path, create=False) if path.exists() else None


def dataset(store: Store | None) -> Dataset:
    """Return what is to be shown: the rankings of the store, or while it has none the published figures.

    Whose models are whose the user's overrides in the store decide first, then the tables that come with the program.
    Of prices it has those that the store has; `prices` adds the catalogue, which takes longer.
    """
    frames = store.frames() if store else Frames()
    figures = _figures(frames)
    whose = origins().overridden(store.overrides()) if store else origins()
    if store and len(frames.usage):
        return rankings_dataset(frames, whose, store.provenance(), figures)
    return published_dataset(figures, whose, frames.prices, frames.scores)


def prices(store: Store | None) -> tuple[DatedPrices, ...]:
    """Return every price list: the store's and the catalogue's, for `Dataset.with_prices`.

    The catalogue takes a third of a second to import: not to be called before the first picture.
    """
    return (*(store.prices() if store else ()), *read_genai_prices())


def keep_overrides(path: Path, overrides: Overrides) -> None:
    """Keep what the user says of attribution in the store at `path`, made where absent. Raises ExplorerError."""
    with Store.open(path) as store:
        store.set_overrides(overrides)


def now() -> str:
    """Return the time of an import as the store keeps it: UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@lru_cache(maxsize=1)
def origins() -> Origins:
    """Return whose models are whose by the tables that come with the program."""
    return Origins(read_origins(paths.ORIGINS), read_countries(paths.COUNTRIES), read_reveals(paths.REVEALS))


def _figures(frames: Frames) -> tuple[Figure, ...]:
    """Return the bundled figures and the imported ones; an imported one replaces the bundled one of its id."""
    bundled = read(paths.PUBLISHED_FIGURES).figures
    by_id = {figure.id: figure for figure in (*bundled, *frames.figures)}
    return tuple(by_id[key] for key in sorted(by_id))
