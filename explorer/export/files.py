"""Writing a file whole or not at all."""

import errno
import os
import secrets
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from explorer.errors import ExplorerError
from explorer.words import Message, say

_ANOTHER = say("Choose another name.")


def write(path: Path, content: bytes, *, replace: bool = True) -> None:
    """Make `content` the whole of the file at `path`, replacing what was there in one step.

    A reader sees the old file or the new one, never half of one, and a failure leaves the old one. Raises
    ExplorerError where the folder is missing or may not be written to, or the disk is full; and where there is a file
    already, unless it is to `replace` that.
    """
    try:
        target = Path(os.path.realpath(path))
        if _is_device(target):
            target.write_bytes(content)  # it can't be replaced
            return
        _replace(target, content, over=replace)
    except OSError as fault:
        raise _trouble(path, fault) from fault


def write_all(contents: Mapping[Path, bytes], *, replace: bool = True) -> None:
    """Write several files, each as `write` does; none where one is there already that is not to be replaced.

    Where one can't be written, the ExplorerError says which were.
    """
    if not replace:
        refuse_existing(contents)
    written: list[Path] = []
    for path, content in contents.items():
        try:
            write(path, content, replace=replace)
        except ExplorerError as error:
            if not written:
                raise
            also = say("Written before it: {files}.", files=", ".join(map(str, written)))
            remedy = say("{remedy} {also}", remedy=error.remedy, also=also)
            raise ExplorerError(error.what, remedy=remedy, file=error.file) from error
        written.append(path)


def existing(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return those of some paths where there is a file already that writing would replace.

    Raises ExplorerError where that can't be told: a name too long, a folder that may not be entered.
    """
    return tuple(path for path in paths if _is_there(path))


def _is_there(path: Path) -> bool:
    try:
        return path.exists() and not path.is_dir() and not _is_device(path)
    except OSError as fault:
        raise _trouble(path, fault) from fault


def refuse_existing(paths: Iterable[Path], remedy: Message | None = None) -> None:
    """Raise ExplorerError where there is a file already at one of some paths."""
    first, *more = existing(paths) or (None,)
    if first is not None:
        what = say("There is a file of this name already.")
        if more:
            what = say("There is a file of this name already, also: {more}.", more=", ".join(map(str, more)))
        raise ExplorerError(what, remedy=remedy or _ANOTHER, file=str(first))


def _is_device(path: Path) -> bool:
    """Tell whether a path is a device or a pipe, which is written to as it is."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _replace(target: Path, content: bytes, *, over: bool) -> None:
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))  # it leads to itself: any other was followed
    if target.is_dir():
        raise IsADirectoryError
    if target.exists() and not over:
        raise FileExistsError
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError
    aside = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with aside.open("xb") as file:
            file.write(content)
        if target.exists():
            aside.chmod(stat.S_IMODE(target.stat().st_mode))
        aside.replace(target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


_FAULTS: tuple[tuple[type[OSError], Message, Message], ...] = (
    (FileExistsError, say("There is a file of this name already."), _ANOTHER),
    (IsADirectoryError, say("This is a folder."), say("Name a file in it.")),
    (NotADirectoryError, say("Its folder is a file."), say("Choose another folder.")),
    (FileNotFoundError, say("There is no such folder."), say("Make the folder first or choose another.")),
    (PermissionError, say("You may not write here."), say("Choose another folder or change its permissions.")),
)


def _trouble(path: Path, fault: OSError) -> ExplorerError:
    for kind, what, remedy in _FAULTS:
        if isinstance(fault, kind):
            return ExplorerError(what, remedy=remedy, file=str(path))
    what = say("The file can't be written: {reason}.", reason=fault.strerror or type(fault).__name__)
    return ExplorerError(what, remedy=say("Check the disk or choose another folder."), file=str(path))
