"""`tokenshare import`: what comes into the store."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explorer.cli.group import USER_ERROR, main
from explorer.cli.terminal import opening, progress, tell
from explorer.errors import ExplorerError
from explorer.progress import within

if TYPE_CHECKING:
    from explorer.store import Store


@main.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--map",
    "mapping",
    default="",
    metavar="NAME=COLUMN,…",
    help="What the columns of a table mean: date=Date,model=Model,tokens=Total_Tokens. It is remembered by heading.",
)
@click.pass_obj
def import_files(store_path: Path, files: tuple[Path, ...], mapping: str) -> None:
    """Read snapshots into the store, each FILE whole or not at all.

    A table with headings of its own (CSV, XLSX, ODS, Parquet, JSON lines) is read by --map, by what was said of its
    heading before, or by a guess that leaves no doubt.
    """
    failed = False
    with opening(store_path) as opened:
        for path in files:
            try:
                if mapping:
                    _import_mapped(path, mapping, opened)
                else:
                    _import(path, store_path, opened)
            except ExplorerError as error:
                click.echo(str(error), err=True)
                failed = True
    if failed:
        sys.exit(USER_ERROR)


def _import(path: Path, store_path: Path, opened: "Callable[[], Store]") -> None:
    """Import one file; the store is opened only once the file has proved sound."""
    from explorer.app import loading, mappings  # noqa: PLC0415
    from explorer.export import report  # noqa: PLC0415
    from explorer.sources import read  # noqa: PLC0415

    with progress(path.name) as told:
        snapshot = read(path, within(told, 0.0, 0.5), mappings.tables(store_path, guessing=True))
        done = opened().add(snapshot, loading.now(), within(told, 0.5, 1.0))
    tell(report.imported(done))


def _import_mapped(path: Path, written: str, opened: "Callable[[], Store]") -> None:
    """Import a table whose columns mean what is written, and remember that."""
    from explorer.app import loading  # noqa: PLC0415
    from explorer.domain.column_mapping import parse  # noqa: PLC0415
    from explorer.export import report  # noqa: PLC0415
    from explorer.sources import any_table, table_of  # noqa: PLC0415

    asked = parse(written, any_table.DATE_FORMATS)
    with progress(path.name) as told:
        table = table_of(path, within(told, 0.0, 0.3))
        mapping = any_table.remembered(table, asked)
        snapshot = any_table.apply(table, mapping, within(told, 0.3, 0.5))
        store = opened()
        done = store.add(snapshot, loading.now(), within(told, 0.5, 1.0))
        store.remember_mapping(table.heading, mapping)
    tell(report.imported(done))
