"""A PDF's record: an element of its XMP packet, which stands in the file as it is."""

from typing import BinaryIO

from explorer.domain.record import unlabelled
from explorer.sources.records import xml

_LARGEST = 256 << 20
_START, _END = b"<x:xmpmeta", b"</x:xmpmeta>"


def matches(head: bytes) -> bool:
    """Tell whether a file begins as a PDF."""
    return head.startswith(b"%PDF-")


def find(file: BinaryIO) -> str | None:
    """Return the JSON in the packet, None where there is none."""
    document = file.read(_LARGEST + 1)
    if len(document) > _LARGEST:
        return None
    end = 0
    while (start := document.find(_START, end)) >= 0 and (end := document.find(_END, start)) >= 0:
        packet = document[start : end + len(_END)]
        for text in xml.texts(packet, lambda name, _: name == "Record"):
            if (found := unlabelled(text)) is not None:
                return found
    return None
