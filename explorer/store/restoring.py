"""Putting a copy back: the store there was stays beside it under another name."""

import os
import re
import secrets
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from explorer.errors import Cancelled, ExplorerError
from explorer.progress import Progress, within
from explorer.store.connection import connect, log_ahead
from explorer.store.faults import UnusableError, plainly
from explorer.store.keeping import back_up, check_pages, copy_pages, discard, place, refused
from explorer.store.places import looks_like_store
from explorer.store.schema import NewerError, prepare
from explorer.words import say

_READ, _KEPT = 0.4, 0.7
"""Which part of the progress is done when the copy is read and checked, and when the old store is kept."""

_PATIENCE = 5.0
_PAGES_PER_STEP = 256


def restore(backup: Path, path: Path, restored_at: str, progress: Progress) -> Path | None:
    """Make the store at `path` hold what `backup` holds; return where the old one is kept, None where there was none.

    A store in use elsewhere is changed in one step that its other users see. One that can't be used, damaged or made
    by a newer version, is moved aside with what SQLite keeps beside it. Nothing is ever overwritten. What stops this
    leaves the store as it was.
    """
    path = path.resolve()
    if path.is_dir():
        raise refused(path, say("This is a folder."))
    if path.exists() and backup.exists() and path.samefile(backup):
        raise ExplorerError(say("This is the store itself."), remedy=say("Choose a copy of it."), file=str(backup))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{secrets.token_hex(8)}.part")
        try:
            _copy(backup, aside, progress)
            return _put(aside, path, _stamp(restored_at), progress)
        finally:
            discard(aside)
    except OSError as error:
        raise refused(path, say("The store cannot be written: {reason}.", reason=error.strerror or error)) from error


_CHOOSE = say("Choose another copy.")


def _copy(backup: Path, aside: Path, progress: Progress) -> None:
    """Copy a backup to a new file, checked and brought up to date; UnusableError for what is no sound store."""
    if not backup.exists():
        raise ExplorerError(say("There is no such file."), remedy=_CHOOSE, file=str(backup))
    try:
        _read(backup, aside, progress)
    except NewerError:
        raise
    except UnusableError as error:  # whose remedy is that of a store, not of a copy of one
        raise UnusableError(error.what, remedy=_CHOOSE, file=error.file) from error


def _read(backup: Path, aside: Path, progress: Progress) -> None:
    with plainly(backup), closing(connect(backup, create=False, timeout=_PATIENCE)) as source:
        (tables,) = source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not tables:
            raise ExplorerError(say("This file is empty, not a copy of a store."), remedy=_CHOOSE, file=str(backup))
        with closing(sqlite3.connect(aside, isolation_level=None)) as copy:
            copy_pages(source, copy, progress, 0.0, _READ)
            copy.execute("PRAGMA journal_mode = DELETE")
            prepare(copy, backup)
            check_pages(copy, backup, progress, _READ)


def _put(aside: Path, path: Path, stamp: str, progress: Progress) -> Path | None:
    if not path.exists():
        place(aside, path)
        kept = None
    else:
        kept = _free(path, stamp)
        try:
            _change(aside, path, kept, progress)
        except UnusableError:
            _set_aside(path, kept)
            place(aside, path)
    with suppress(Cancelled):
        progress(1.0)
    return kept


def _change(aside: Path, path: Path, kept: Path, progress: Progress) -> None:
    """Keep a copy of a sound store, and then write the new content into it."""
    with (
        plainly(path),
        closing(connect(path, create=False, timeout=_PATIENCE)) as live,
        closing(connect(path, create=False, timeout=_PATIENCE)) as watch,
    ):
        prepare(live, path)
        while not _changed(aside, path, kept, live, watch, progress):
            pass
        log_ahead(live, path)


def _changed(
    aside: Path, path: Path, kept: Path, live: sqlite3.Connection, watch: sqlite3.Connection, progress: Progress
) -> bool:
    """Change the store; False, and nothing is changed, where another program wrote to it since it was copied."""
    seen, looked = _version(watch), False

    def told(fraction: float) -> None:
        nonlocal looked
        if not looked and _version(watch) != seen:
            raise _OthersWroteError
        looked = True  # from the first page on nobody else can write
        progress(fraction)

    try:
        back_up(live, path, kept, within(progress, _READ, _KEPT), replace=False)
        with closing(sqlite3.connect(aside, isolation_level=None)) as source:
            (pages,) = source.execute("PRAGMA page_count").fetchone()
            copy_pages(source, live, told, _KEPT, 1.0, min(_PAGES_PER_STEP, pages // 4))
    except _OthersWroteError:
        kept.unlink(missing_ok=True)
        return False
    except (Cancelled, ExplorerError, sqlite3.Error):  # those that come before the store is another
        kept.unlink(missing_ok=True)
        raise
    return True


class _OthersWroteError(Exception):
    pass


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA data_version").fetchone()
    return version


def _set_aside(path: Path, kept: Path) -> None:
    """Give a file that can't be used another name beside its own, unless another program has it open as a store."""
    if looks_like_store(path):
        _make_sure_of_no_other(path)
    for suffix in ("-wal", "-journal"):  # left where they are they would be taken for those of the new store
        old = path.with_name(path.name + suffix)
        if old.exists():
            old.rename(kept.with_name(kept.name + suffix))
    path.with_name(path.name + "-shm").unlink(missing_ok=True)
    try:
        os.link(path, kept)
    except OSError:
        shutil.copy2(path, kept)


def _make_sure_of_no_other(path: Path) -> None:
    with plainly(path), closing(sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            return  # damaged, which is why it is set aside


def _free(path: Path, stamp: str) -> Path:
    """Return a name beside the store that nothing has."""
    name, count = f"{path.name}.before-restore-{stamp}", 1
    while (found := path.with_name(name if count == 1 else f"{name}-{count}")).exists():
        count += 1
    return found


def _stamp(when: str) -> str:
    """Return a time as a part of a file's name that every system allows."""
    return re.sub(r"[^0-9TZ]", "", when)
