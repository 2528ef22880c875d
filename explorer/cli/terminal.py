"""What commands read from and write to: the store, files, standard output and a terminal's line of progress."""

import sys
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from explorer.errors import ExplorerError
from explorer.progress import Progress
from explorer.words import Message, say

if TYPE_CHECKING:
    from explorer.domain.dataset import Dataset
    from explorer.store import Store

STDOUT = "-"


@contextmanager
def existing(store_path: Path) -> "Generator[Store | None, None, None]":
    """Yield the store if there is one, and close it in the end."""
    from explorer.app import loading  # noqa: PLC0415

    store = loading.existing(store_path)
    try:
        yield store
    finally:
        if store:
            store.close()


def dataset(store: "Store | None", store_path: Path, *, as_of: str | None = None, priced: bool = False) -> "Dataset":
    """Return the data to speak of, as known at the end of a day where one is written; `priced`, with all prices.

    A note on stderr says where it is not the daily rankings. Raises ExplorerError for a day of which nothing is known.
    """
    from explorer.app import loading  # noqa: PLC0415
    from explorer.domain.selection import Source  # noqa: PLC0415

    found = loading.priced(store) if priced else loading.dataset(store)
    if found.source is Source.RANKINGS:
        return found if as_of is None else _as_known(store, found, as_of)
    if as_of is not None:
        refuse(
            say("The store {path} has no rankings for --as-of.", path=store_path), say("Import some, or leave it out.")
        )
    note = say("The store {path} has no rankings: these are published figures, as printed.", path=store_path)
    click.echo(str(note), err=True)
    return found


def _as_known(store: "Store | None", latest: "Dataset", written: str) -> "Dataset":
    """Return what rankings were as known at the end of a day, refused where none were or the day is to come."""
    from explorer.app import loading  # noqa: PLC0415
    from explorer.cli.prices_asked import day  # noqa: PLC0415
    from explorer.domain.schema import to_date  # noqa: PLC0415
    from explorer.domain.snapshot_days import of_rankings  # noqa: PLC0415

    as_of = to_date(day(written)).isoformat()
    if as_of > loading.now()[:10]:
        refuse(
            say("Nobody knows what will be known on {day}.", day=as_of),
            say("Leave --as-of out for what is known today."),
        )
    found = loading.as_known(store, latest, as_of)
    if found.cube.days is None:
        first = of_rankings(latest)[0].vintage[:10]
        refuse(
            say("No rankings of the store were known on {day}: the oldest are of {first}.", day=as_of, first=first),
            say("Choose a later --as-of."),
        )
    return found


@contextmanager
def opening(store_path: Path) -> Generator[Callable[[], "Store"], None, None]:
    """Yield a function that opens the store, made where absent, at its first call; close it in the end."""
    from explorer.store import Store  # noqa: PLC0415

    stores: list[Store] = []

    def opened() -> "Store":
        if not stores:
            stores.append(Store.open(store_path))
        return stores[0]

    try:
        yield opened
    finally:
        for store in stores:
            store.close()


@contextmanager
def progress(name: str) -> Generator[Progress, None, None]:
    """Yield what shows a fraction done on the terminal, and wipe it in the end; nothing is shown in a log."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    try:
        yield lambda done: click.echo(f"\r{name}: {done:.0%} ", err=True, nl=False)
    finally:
        click.echo("\r\033[K", err=True, nl=False)


def deliver(name: str, content: bytes) -> None:
    """Write bytes to the file `name`, or to standard output for "-"."""
    if name == STDOUT:
        stream = sys.stdout.buffer
        stream.write(content)
        stream.flush()
        return
    from explorer.export import files  # noqa: PLC0415

    files.write(Path(name), content)


def tell(lines: Iterable[Message]) -> None:
    """Print messages, a line each."""
    for line in lines:
        click.echo(str(line))


def refuse(what: Message, remedy: Message) -> NoReturn:
    """Say what can't be done, and what to do."""
    raise ExplorerError(what, remedy=remedy)
