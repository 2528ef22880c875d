"""Workbooks are zip archives: what one would unpack to is counted before any of it is read as a table."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from explorer.errors import ExplorerError
from explorer.words import Message, say

MOST_MEMBERS = 5000
LARGEST = 2**29
"""Bytes that all members of an archive may unpack to."""
STEEPEST = 250
"""Times its packed size that a member may unpack to; real sheets reach some tens."""
_SMALL = 2**22
"""Bytes; below this no ratio is suspicious."""
_CHUNK = 1 << 18
_GET_AGAIN = say("Get the file again, or save the sheet as CSV and open that.")
_NOT_SAFE = say("Save the sheet as CSV and open that.")


class Archive:
    """A zip archive whose directory promises nothing unreasonable; raises ExplorerError for any other."""

    def __init__(self, name: str, raw: bytes) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError):
            raise self._damaged() from None
        if len(members) > MOST_MEMBERS:
            raise self._bomb(say("The archive has more than {most} files in it.", most=MOST_MEMBERS))
        if sum(member.file_size for member in members) > LARGEST:
            raise self._bomb(say("Unpacked, the archive would have more than {most} bytes.", most=LARGEST))
        for member in members:
            if member.flag_bits & 1:
                raise ExplorerError(
                    say("The workbook is protected by a password."),
                    remedy=say("Save it without one, or save the sheet as CSV."),
                    file=name,
                )
            if member.file_size > _SMALL and member.file_size > STEEPEST * max(member.compress_size, 1):
                what = say("A part of the archive would unpack to {ratio} times its size or more.", ratio=STEEPEST)
                raise self._bomb(what)
        self.members = tuple(member.filename for member in members)

    def pieces(self, member: str) -> Iterator[bytes]:
        """Yield a member unpacked, piece by piece; raises ExplorerError where it is not what the directory says."""
        try:
            with self._zip.open(member) as file:
                while piece := file.read(_CHUNK):
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, OSError):
            raise self._damaged() from None

    def check(self) -> None:
        """Unpack all members once, so that none turns out larger than its promise; raises ExplorerError."""
        for member in self.members:
            for _ in self.pieces(member):
                pass

    def _damaged(self) -> ExplorerError:
        return ExplorerError(
            say("The Excel workbook, OpenDocument sheet or zip archive is damaged or cut short."),
            remedy=_GET_AGAIN,
            file=self.name,
        )

    def _bomb(self, what: Message) -> ExplorerError:
        return ExplorerError(what, remedy=_NOT_SAFE, file=self.name)
