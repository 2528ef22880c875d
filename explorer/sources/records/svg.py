"""An SVG's record: the text of its `<metadata id="tokenshare-record">`."""

import re
from collections.abc import Mapping
from typing import BinaryIO

from explorer.domain.record import KEYWORD
from explorer.sources.records import xml
from explorer.sources.text import BOM

_LARGEST = 256 << 20
# Before the first element: declarations, comments, a document type, blanks. Nothing is tried twice.
_BEGINS = re.compile(
    rb"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?>\[[^\]]*\]\s*)?>)*+<(?>[A-Za-z0-9_-]+:)?svg[\s>]", re.DOTALL
)


def matches(head: bytes) -> bool:
    """Tell whether a file begins as an SVG: XML whose first element is svg."""
    return _BEGINS.match(head.removeprefix(BOM)) is not None


def find(file: BinaryIO) -> str | None:
    """Return the text of the element, None where there is none."""
    document = file.read(_LARGEST + 1)
    if len(document) > _LARGEST:
        return None
    return next(iter(xml.texts(document, _holds_it)), None)


def _holds_it(name: str, attributes: Mapping[str, str]) -> bool:
    return name == "metadata" and attributes.get("id", "").casefold() == KEYWORD.casefold()
