"""`tokenshare info`: what the store holds, or what a file is and how it was made."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explorer.cli.group import main
from explorer.cli.terminal import existing, progress, tell
from explorer.words import Message, say

if TYPE_CHECKING:
    from explorer.domain.snapshot import Provenance, Snapshot
    from explorer.domain.workspace import Workspace


@main.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def info(store_path: Path, file: Path | None) -> None:
    """Say what the store holds: snapshots, days, gaps, and how to cite it.

    Of a FILE that the program exported or saved, say how it was made; of a FILE with data, what it holds. Nothing is
    imported.
    """
    if file is not None:
        tell(_of_file(file))
        return
    from explorer.app import loading  # noqa: PLC0415
    from explorer.export import report  # noqa: PLC0415
    from explorer.store.clocks import notice  # noqa: PLC0415

    with existing(store_path) as store:
        snapshots = store.provenance() if store else ()
        tell(report.contents(store_path, snapshots, loading.dataset(store)))
        tell(notice(snapshots, loading.now()))


def _of_file(path: Path) -> Iterator[Message]:
    from explorer import sources  # noqa: PLC0415
    from explorer.app.opening_files import is_view, read_view  # noqa: PLC0415

    if is_view(path):
        found, saved = read_view(path)
        yield from _view(found, path.name if not saved else "")
        return
    with progress(path.name) as told:
        snapshot = sources.read(path, told)
    yield from _data(snapshot)


def _view(found: "Workspace", exported: str) -> Iterator[Message]:
    from explorer.domain import record  # noqa: PLC0415

    if exported:
        yield say("{file}: exported", file=exported)
    else:
        yield say("{title}: a saved view", title=found.title)
        yield say("Open: {views}", views=", ".join(found.layout.open) or say("nothing"))
    yield from record.lines(found.record)


def _data(snapshot: "Snapshot") -> Iterator[Message]:
    from explorer.export import report  # noqa: PLC0415

    about = snapshot.provenance
    yield say("{file}: {format}, {as_of}", file=about.name, format=say(about.format), as_of=report.as_of(about))
    yield say("Rows: {rows}; left out: {skipped}", rows=about.rows, skipped=len(snapshot.skipped))
    if (days := _days(about, snapshot)) is not None:
        yield days
    yield say("Licence: {licence}", licence=about.licence or say("not stated"))
    yield say("sha256 {sha256}", sha256=about.sha256)
    if about.citation:
        yield say("{citation}", citation=about.citation)


def _days(about: "Provenance", snapshot: "Snapshot") -> Message | None:
    from explorer.domain.schema import to_date  # noqa: PLC0415

    if about.first_day is None or about.last_day is None or snapshot.usage is None:
        return None
    return say(
        "Days: {count}, {first} to {last}",
        count=len(set(snapshot.usage.day.tolist())),
        first=to_date(about.first_day).isoformat(),
        last=to_date(about.last_day).isoformat(),
    )
