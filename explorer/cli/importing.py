"""`tokenshare import` and `tokenshare info`: what comes into the store, and what is there."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explorer.cli.group import USER_ERROR, main
from explorer.cli.terminal import existing, opening, progress, tell
from explorer.errors import ExplorerError
from explorer.progress import within

if TYPE_CHECKING:
    from explorer.store import Store


@main.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.pass_obj
def import_files(store_path: Path, files: tuple[Path, ...]) -> None:
    """Read snapshots into the store, each FILE whole or not at all."""
    failed = False
    with opening(store_path) as opened:
        for path in files:
            try:
                _import(path, opened)
            except ExplorerError as error:
                click.echo(str(error), err=True)
                failed = True
    if failed:
        sys.exit(USER_ERROR)


def _import(path: Path, opened: "Callable[[], Store]") -> None:
    """Import one file; the store is opened only once the file has proved sound."""
    from explorer.app import loading  # noqa: PLC0415
    from explorer.export import report  # noqa: PLC0415
    from explorer.sources import read  # noqa: PLC0415

    with progress(path.name) as told:
        snapshot = read(path, within(told, 0.0, 0.5))
        done = opened().add(snapshot, loading.now(), within(told, 0.5, 1.0))
    tell(report.imported(done))


@main.command()
@click.pass_obj
def info(store_path: Path) -> None:
    """Say what the store holds: snapshots, days, gaps, and how to cite it."""
    from explorer.app import loading  # noqa: PLC0415
    from explorer.export import report  # noqa: PLC0415

    with existing(store_path) as store:
        snapshots = store.provenance() if store else ()
        tell(report.contents(store_path, snapshots, loading.dataset(store)))
