"""From the store, or without one from the figures that come with the program, to a dataset. No Qt."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from explorer import paths
from explorer.domain.dataset import Dataset
from explorer.domain.dataset import published as published_dataset
from explorer.domain.dataset import rankings as rankings_dataset
from explorer.domain.origins import Origins, Overrides
from explorer.domain.prices import CATALOGUE
from explorer.domain.schema import DatedPrices, Figure, UsageFrame, to_day
from explorer.domain.selection import Selection, Source
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
    if store is None:
        return published_dataset(_figures(()), origins())
    with store.reading():
        frames, overrides, provenance = store.frames(), store.overrides(), store.provenance()
    figures, whose = _figures(frames.figures), origins().overridden(overrides)
    if len(frames.usage):
        found = rankings_dataset(frames, whose, provenance, figures)
    else:
        found = replace(published_dataset(figures, whose, frames.prices, frames.scores), provenance=provenance)
    return replace(found, recall=_Recall(store.path))


def priced(store: Store | None) -> Dataset:
    """Return what is to be shown with all prices, the catalogue's too."""
    if store is None:
        return dataset(None).with_prices(prices(None))
    with store.reading():
        return dataset(store).with_prices(prices(store))


def as_known(store: Store | None, latest: Dataset, as_of: str) -> Dataset:
    """Return what `latest`, the rankings of `store` as known today, were as known at the end of a day, an ISO date.

    Whose models are whose and the printed figures stay those of today. Of the catalogue's prices, and of those of
    tables that do not state when they were made, those count that were in force by that day.
    """
    if store is None or latest.source is not Source.RANKINGS:
        return latest
    end = f"{as_of}T24"  # every timestamp of that day is before it, in text order
    with store.reading():
        frames, provenance = store.frames(end), store.provenance()
    known = tuple(each for each in provenance if each.vintage <= end)
    day = to_day(date.fromisoformat(as_of))
    frames = replace(
        frames,
        prices=tuple(dated for dated in frames.prices if dated.day <= day),
        scores=tuple(dated for dated in frames.scores if dated.day <= day),
    )
    catalogue = [dated for dated in latest.prices.lists if dated.source == CATALOGUE and dated.day <= day]
    found = rankings_dataset(frames, latest.origins, known, latest.figures).with_prices([*frames.prices, *catalogue])
    return replace(found, as_of=as_of, recall=latest.recall)


class Vintages:
    """What a selection of an earlier vintage is shown, read from the store at `path`; the last few are remembered."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = lru_cache(maxsize=4)(self._read)

    def __call__(self, latest: Dataset, selection: Selection) -> Dataset:
        """Return `latest`, or what was known on the day that the selection names. Raises ExplorerError."""
        return self._known(latest, selection.as_of) if selection.as_of else latest

    def _read(self, latest: Dataset, as_of: str) -> Dataset:
        store = existing(self._path)
        try:
            return as_known(store, latest, as_of)
        finally:
            if store:
                store.close()


@dataclass(frozen=True, slots=True)
class _Recall:
    """Reads the rows of a snapshot in the store at `path`; equal where the store is the same."""

    path: Path

    def __call__(self, sha256: str) -> UsageFrame:
        with Store.open(self.path, create=False) as store:
            return store.usage_of(sha256)


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


def _figures(imported: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Return the bundled figures and the imported ones; an imported one replaces the bundled one of its id."""
    bundled = read(paths.PUBLISHED_FIGURES).figures
    by_id = {figure.id: figure for figure in (*bundled, *imported)}
    return tuple(by_id[key] for key in sorted(by_id))
