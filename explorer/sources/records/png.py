"""A PNG's record: a chunk of text, checked by its CRC. Only chunks of text are read, whatever the picture's size."""

import os
import struct
import zlib
from typing import BinaryIO

from explorer.domain.record import KEYWORD, LONGEST

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MOST_CHUNKS = 1 << 20
_MOST_BYTES = 4 * LONGEST
_KEYWORD = KEYWORD.encode("latin-1")


def matches(head: bytes) -> bool:
    """Tell whether a file begins as a PNG."""
    return head.startswith(_SIGNATURE)


def find(file: BinaryIO) -> str | None:
    """Return the text under the keyword, None where there is none; ValueError where its chunk is damaged."""
    file.seek(len(_SIGNATURE))
    for _ in range(_MOST_CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            return None
        length, kind = struct.unpack(">I4s", head)
        if kind == b"IEND":
            return None
        if kind not in (b"iTXt", b"tEXt") or length > _MOST_BYTES:
            file.seek(length + 4, os.SEEK_CUR)
            continue
        data, crc = file.read(length), file.read(4)
        keyword, _, rest = data.partition(b"\0")
        if keyword != _KEYWORD:
            continue
        if len(crc) < 4 or struct.unpack(">I", crc)[0] != zlib.crc32(data, zlib.crc32(kind)):
            raise ValueError("a chunk that was changed or cut")
        return rest.decode("latin-1") if kind == b"tEXt" else _international(rest)
    return None


def _international(data: bytes) -> str:
    """Return the text of an iTXt chunk behind its keyword: flag, method, language, translated keyword, text."""
    if len(data) < 2:
        raise ValueError("a chunk without a text")
    compressed, method, (language, _, rest) = data[0], data[1], data[2:].partition(b"\0")
    if method or len(language) > 79:
        raise ValueError("a chunk of another form")
    _, end, text = rest.partition(b"\0")
    if not end:
        raise ValueError("a chunk without a text")
    return (_inflated(text) if compressed else text).decode()


def _inflated(data: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(data, _MOST_BYTES)
    except zlib.error:
        raise ValueError("a chunk that is not deflated") from None
    if not inflater.eof:
        raise ValueError("a text that is too long or cut")
    return text
