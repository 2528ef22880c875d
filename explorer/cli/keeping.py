"""`tokenshare store` and `tokenshare snapshots`: copies of the store, and what of it is to speak."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explorer.cli.group import main
from explorer.cli.terminal import STDOUT, deliver, progress, refuse, tell
from explorer.words import Message, say

if TYPE_CHECKING:
    from explorer.domain.snapshot import Provenance
    from explorer.store import Store

_SHOWN_OF_HASH = 12
_SHORTEST_PREFIX = 4


@main.group("store")
def store_group() -> None:
    """Copy the store, put a copy back, check it, make it smaller."""


@main.group("snapshots")
def snapshots_group() -> None:
    """List what was imported, remove it, put it back, or save it as the file that came in."""


def _open(store_path: Path) -> "Store":
    from explorer.store import Store  # noqa: PLC0415

    return Store.open(store_path, create=False)


# --- the store as a file


@store_group.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Replace FILE where it is there already.")
@click.pass_obj
def backup(store_path: Path, file: Path, replace: bool) -> None:
    """Copy the store to FILE, whole and checked; the program may run meanwhile."""
    if file.is_file() and not replace and not (store_path.exists() and file.samefile(store_path)):
        refuse(
            say("{path}: There is a file of this name already.", path=file),
            say("Choose another name, or replace it with --replace."),
        )
    with _open(store_path) as store, progress(file.name) as told:
        store.back_up(file, told, replace=replace)
    tell([say("{path} is a copy of {store}, and checked.", path=file, store=store_path)])


@store_group.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def restore(store_path: Path, file: Path) -> None:
    """Put a copy back: the store holds what FILE holds. What it held is kept beside it."""
    from explorer.app import loading  # noqa: PLC0415
    from explorer.store import Store  # noqa: PLC0415

    with progress(file.name) as told:
        kept = Store.restore(file, store_path, loading.now(), told)
    tell([say("{store} holds what {path} holds.", store=store_path, path=file)])
    if kept is not None:
        tell([say("What it held before is kept as {kept}.", kept=kept)])


@store_group.command()
@click.pass_obj
def compact(store_path: Path) -> None:
    """Give back unused room. Removed snapshots are gone for good then."""
    with _open(store_path) as store, progress(store_path.name) as told:
        done = store.compact(told)
    tell(
        [
            say("Removed snapshots gone for good: {count}.", count=done.purged),
            say(
                "The file had {before} kB and has {after} kB.",
                before=f"{done.before / 1000:,.0f}",
                after=f"{done.after / 1000:,.0f}",
            ),
        ]
    )


@store_group.command()
@click.pass_obj
def check(store_path: Path) -> None:
    """Check that the store is sound, and that every original is byte for byte what came in."""
    from explorer.app import loading  # noqa: PLC0415
    from explorer.store.clocks import notice  # noqa: PLC0415

    with _open(store_path) as store, progress(store_path.name) as told:
        count = store.check(told)
        known = store.provenance()
    tell([say("{store} is sound. Originals checked by their sha256: {count}.", store=store_path, count=count)])
    tell(notice(known, loading.now()))


# --- what is in it


@snapshots_group.command("list")
@click.pass_obj
def list_snapshots(store_path: Path) -> None:
    """List every snapshot, the oldest import first, then those that were removed."""
    from explorer.app import loading  # noqa: PLC0415
    from explorer.store.clocks import notice  # noqa: PLC0415

    with _open(store_path) as store:
        known, gone = store.provenance(), store.removed()
    tell(_line(each) for each in known)
    tell(say("{line}; removed {when}", line=_line(each.provenance), when=each.removed_at) for each in gone)
    if not known and not gone:
        tell([say("No snapshot was imported yet.")])
    tell(notice(known, loading.now()))


def _line(snapshot: "Provenance") -> Message:
    return say(
        "{hash}  {name}: {format}, {as_of}; rows: {rows}; imported {imported}",
        hash=snapshot.sha256[:_SHOWN_OF_HASH],
        name=snapshot.name,
        format=snapshot.format,
        as_of=say("as of {as_of}", as_of=snapshot.as_of) if snapshot.as_of else say("as-of date not stated"),
        rows=snapshot.rows,
        imported=snapshot.imported_at,
    )


@snapshots_group.command()
@click.argument("sha")
@click.pass_obj
def remove(store_path: Path, sha: str) -> None:
    """Let a snapshot speak no more. It can be put back until the store is compacted."""
    from explorer.app import loading  # noqa: PLC0415

    with _open(store_path) as store:
        found = _one(sha, store.provenance(), store_path)
        store.remove(found.sha256, loading.now())
    again = say("`tokenshare snapshots put-back {hash}` puts it back.", hash=found.sha256[:_SHOWN_OF_HASH])
    tell([say("Removed: {name}. {again}", name=found.name, again=again)])


@snapshots_group.command("put-back")
@click.argument("sha")
@click.pass_obj
def put_back(store_path: Path, sha: str) -> None:
    """Let a removed snapshot speak again."""
    with _open(store_path) as store:
        found = _one(sha, [each.provenance for each in store.removed()], store_path)
        store.put_back(found.sha256)
    tell([say("Put back: {name}.", name=found.name)])


@snapshots_group.command()
@click.argument("sha")
@click.argument("file")
@click.pass_obj
def save(store_path: Path, sha: str, file: str) -> None:
    """Write a snapshot to FILE as it came in, byte for byte; - is standard output."""
    with _open(store_path) as store:
        found = _one(sha, [*store.provenance(), *(each.provenance for each in store.removed())], store_path)
        content = store.raw(found.sha256)
    if file != STDOUT and Path(file).exists():
        refuse(
            say("{path}: There is a file of this name already.", path=file),
            say("Choose another name."),
        )
    deliver(file, content)


def _one(prefix: str, snapshots: "Sequence[Provenance]", store_path: Path) -> "Provenance":
    """Return the one snapshot whose sha256 begins so."""
    listing = say("`tokenshare snapshots list` shows them.")
    wanted = prefix.strip().lower()
    if len(wanted) < _SHORTEST_PREFIX:
        refuse(say("{prefix}: too short to name a snapshot.", prefix=prefix), say("Give four characters or more."))
    found = [each for each in snapshots if each.sha256.startswith(wanted)]
    if not found:
        refuse(
            say("{store} has no such snapshot whose sha256 begins with {prefix}.", store=store_path, prefix=prefix),
            listing,
        )
    if len(found) > 1:
        names = ", ".join(f"{each.sha256[:_SHOWN_OF_HASH]} ({each.name})" for each in found)
        refuse(
            say("{prefix} begins the sha256 of several: {names}.", prefix=prefix, names=names),
            say("Give more of its characters."),
        )
    return found[0]
