"""`tokenshare open`: the window."""

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explorer.cli.group import main
from explorer.cli.terminal import existing, tell
from explorer.errors import ExplorerError
from explorer.words import Message, say

if TYPE_CHECKING:
    from explorer.domain.record import Record
    from explorer.domain.workspace import Workspace

OUT = Path("out")


@main.command("open")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def open_window(store_path: Path, file: Path | None) -> None:
    """Open the window, on the saved view or export FILE if there is one; data is imported.

    Without a display, render the opening views, or those of FILE, to out/.
    """
    from explorer.app import render  # noqa: PLC0415

    why = render.missing_display()
    if why is None:
        from explorer.app.system_libraries import require_system_libraries  # noqa: PLC0415

        require_system_libraries()
        gc.disable()  # `run` turns it on again, once the first picture is there
        from explorer.app.main import run  # noqa: PLC0415

        sys.exit(run(store_path, () if file is None else (file.absolute(),)))
    if file is not None:
        _render(store_path, file, why)
        return
    written = render.opening_views(store_path, OUT)
    tell((say("No display found ({why}), so the opening views were rendered to files:", why=why),))
    tell(say("{path}", path=path) for path in written)


def _render(store_path: Path, file: Path, why: Message) -> None:
    from explorer.app import render  # noqa: PLC0415
    from explorer.app.opening_files import is_view, read_view  # noqa: PLC0415

    if not is_view(file):
        raise ExplorerError(
            say("This is no saved view, and there is no display ({why}).", why=why),
            remedy=say("For data: tokenshare import {file}", file=file.name),
            file=file.name,
        )
    found, _ = read_view(file)
    for line in _amiss(store_path, found.record):
        click.echo(str(line), err=True)
    written = render.opening_views(store_path, OUT, found.record.selection, _views(found))
    tell((say("No display found ({why}), so the views of {file} were rendered to files:", why=why, file=file.name),))
    tell(say("{path}", path=path) for path in written)


def _views(found: "Workspace") -> tuple[str, ...]:
    """Return the views in sight, of an export its own; all where the file names none that is known."""
    from explorer.domain.tables import TABLES  # noqa: PLC0415

    wanted = (found.record.view,) if found.record.view else found.layout.seen
    return tuple(view for view in TABLES if view in wanted) or tuple(TABLES)


def _amiss(store_path: Path, record: "Record") -> tuple[Message, ...]:
    from explorer.app import loading  # noqa: PLC0415
    from explorer.app.view_differences import differences  # noqa: PLC0415

    with existing(store_path) as store:
        held = store.provenance() if store else ()
        return differences(record, loading.dataset(store), held)
