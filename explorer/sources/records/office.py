"""An Office document's record: a line of its properties, in the notes of a slide or in a cell."""

import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from explorer.domain.record import unlabelled
from explorer.sources.records import xml

_LARGEST, _LARGEST_PART = 256 << 20, 32 << 20
_MOST_PARTS = 10_000
_NOTES = re.compile(r"ppt/notesSlides/notesSlide([0-9]{1,6})\.xml")
_PROPERTIES, _STRINGS = "docProps/core.xml", "xl/sharedStrings.xml"
# By part: the element that holds a line of its own.
_LINES = {_PROPERTIES: "description", _STRINGS: "si"}
_PARAGRAPH = "p"


def matches(head: bytes) -> bool:
    """Tell whether a file begins as a ZIP archive, which Office documents are."""
    return head.startswith(b"PK\x03\x04")


def find(file: BinaryIO) -> str | None:
    """Return the JSON of the first record, None where there is none or the archive is no Office document."""
    if file.seek(0, os.SEEK_END) > _LARGEST:
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            for name in _parts(archive):
                if (found := _in_part(archive, name)) is not None:
                    return found
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, struct.error, zlib.error):
        return None  # not a ZIP, or one packed or locked in ways that no Office program uses
    return None


def _parts(archive: zipfile.ZipFile) -> Iterator[str]:
    names = archive.namelist()
    if len(names) > _MOST_PARTS:
        return
    notes = sorted((int(found[1]), name) for name in names if (found := _NOTES.fullmatch(name)))
    wanted = (_PROPERTIES, *(name for _, name in notes), _STRINGS)
    known = set(names)
    yield from (name for name in wanted if name in known)


def _in_part(archive: zipfile.ZipFile, name: str) -> str | None:
    with archive.open(name) as part:
        document = part.read(_LARGEST_PART + 1)  # a bomb is not unpacked any further
    if len(document) > _LARGEST_PART:
        return None
    element = _LINES.get(name, _PARAGRAPH)

    def is_line(found: str, _attributes: Mapping[str, str]) -> bool:
        return found == element

    lines = xml.texts(document, is_line, lambda texts: unlabelled(texts[-1]) is not None)
    return unlabelled(lines[-1]) if lines else None
