"""Writing a file whole or not at all."""

import os
import secrets
import stat
from pathlib import Path

from explorer.errors import ExplorerError
from explorer.words import Message, say


def write(path: Path, content: bytes) -> None:
    """Make `content` the whole of the file at `path`, replacing what was there in one step.

    A reader sees the old file or the new one, never half of one, and a failure leaves the old one. Raises
    ExplorerError where the folder is missing or may not be written to, or the disk is full.
    """
    try:
        target = path.resolve()
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(content)  # a device or a pipe: it can't be replaced
            return
        _replace(target, content)
    except OSError as fault:
        raise _trouble(path, fault) from fault


def _replace(target: Path, content: bytes) -> None:
    if target.is_dir():
        raise IsADirectoryError
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
