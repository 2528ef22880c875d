"""How an exported file was made: the record that it carries, found again. One kind of file, one line in CARRIERS.

A record is the JSON of `domain.record.text`, in UTF-8. It stands

=========  ==========================================================================================================
PNG        in a chunk `iTXt` (or `tEXt`) whose keyword is `record.KEYWORD`
SVG        as the text of an element `<metadata id="tokenshare-record">`
PDF        in the document's XMP packet, not compressed, as the text of an element `Record` of any namespace
PPTX,      as a line of the `dc:description` in `docProps/core.xml`; or as a paragraph of a slide's notes, the first
XLSX       slide first; or as a cell that is stored as a shared string
CSV        in a comment line, `# ` before `record.labelled`, among the lines before the header
=========  ==========================================================================================================

As a line it is the JSON alone or, where there are others, `record.labelled`: behind the keyword. What is in a file
counts as anybody's word: sizes are limited, XML with a DTD is not read at all, and nothing in it is ever fetched.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from explorer.domain import record
from explorer.domain.record import Record
from explorer.errors import ExplorerError
from explorer.sources.files import opened, unreadable
from explorer.sources.records import comment, office, pdf, png, svg
from explorer.words import Message, say


@dataclass(frozen=True, slots=True)
class Carrier:
    """A kind of file that may carry a record.

    `matches` tells it by its first bytes; `find` returns the record's JSON, None where there is none, and raises
    ValueError where it is damaged. `data` says that such a file may be a snapshot too, hence may be imported.
    """

    title: Message
    matches: Callable[[bytes], bool]
    find: Callable[[BinaryIO], str | None]
    data: bool = False


CARRIERS = (
    Carrier(say("PNG picture"), png.matches, png.find),
    Carrier(say("SVG picture"), svg.matches, svg.find),
    Carrier(say("PDF document"), pdf.matches, pdf.find),
    Carrier(say("Office document"), office.matches, office.find, data=True),
    Carrier(say("CSV table"), comment.matches, comment.find, data=True),
)
HEAD = 4096
"""Bytes that tell a file's kind."""


def carrier_of(path: Path) -> Carrier | None:
    """Return of which kind the file at `path` is, None for any other kind and for one that can't be read."""
    try:
        with opened(path) as file:
            head = file.read(HEAD)
    except (OSError, ExplorerError):
        return None
    return next((carrier for carrier in CARRIERS if carrier.matches(head)), None)


def read(path: Path) -> Record | None:
    """Return the record in the file at `path`, None where it carries none.

    Raises ExplorerError where the record is damaged or a newer program's, and where the file can't be read.
    """
    carrier = carrier_of(path)
    if carrier is None:
        return None
    try:
        with opened(path) as file:
            found = carrier.find(file)
    except OSError as fault:
        raise unreadable(path.name, fault) from fault
    except ValueError:
        return record.read("", path.name)  # which says that it can't be read
    return None if found is None else record.read(found, path.name)
