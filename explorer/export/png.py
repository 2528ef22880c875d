"""PNG, written here: Qt's writer takes three times as long as drawing the picture. Lossless all the same."""

import struct
import zlib
from collections.abc import Mapping

import numpy as np
from PySide6.QtGui import QImage

from explorer import __version__
from explorer.domain import record as records
from explorer.domain.record import Record
from explorer.domain.table import Caption
from explorer.drawing.translate import tr
from explorer.export import xmp

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BIT_DEPTH, _DEFLATE, _ADAPTIVE, _NOT_INTERLACED = 8, 0, 0, 0
_TRUECOLOUR, _WITH_ALPHA = 2, 6
_NO_FILTER = 0
_FASTEST = 1


def encode(image: QImage, texts: Mapping[str, str] | None = None) -> bytes:
    """Return `image` as a PNG of 8-bit RGB, with its alpha if it has any, carrying `texts` for whoever asks.

    They are keyword → text: a keyword is 1 to 79 letters of Latin-1 as PNG has it; empty texts are left out.
    """
    clear = image.hasAlphaChannel()
    colours, samples = (_WITH_ALPHA, 4) if clear else (_TRUECOLOUR, 3)
    held = image.convertToFormat(QImage.Format.Format_RGBA8888 if clear else QImage.Format.Format_RGB888)
    width, height = held.width(), held.height()
    header = struct.pack(">IIBBBBB", width, height, _BIT_DEPTH, colours, _DEFLATE, _ADAPTIVE, _NOT_INTERLACED)
    rows = np.empty((height, 1 + samples * width), np.uint8)
    rows[:, 0] = _NO_FILTER
    pixels = np.frombuffer(held.constBits(), np.uint8).reshape(height, held.bytesPerLine())
    rows[:, 1:] = pixels[:, : samples * width]
    said = (_chunk(b"iTXt", _international(key, text)) for key, text in (texts or {}).items() if text)
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", header),
            *said,
            _chunk(b"IDAT", zlib.compress(rows.data, _FASTEST)),
            _chunk(b"IEND", b""),
        )
    )


def texts(caption: Caption, record: Record | None = None, alt: str = "") -> dict[str, str]:
    """Return what a picture says about itself, by PNG keyword: it stays with the file where a crop loses the frame.

    How it was made, if `record` says so, stands where `sources.records` finds it; `alt` stands for the picture where it
    is not seen.
    """
    return {
        "Title": tr(caption.title),
        "Description": tr(caption.subtitle),
        "Scope": " · ".join(tr(message) for message in (caption.scope, *caption.filters)),
        "Source": tr(caption.source),
        "Software": f"Tokenshare Explorer {__version__}",
        "XML:com.adobe.xmp": xmp.packet(tr(caption.title), alt, tr(caption.source)) if alt else "",
        records.KEYWORD: "" if record is None else records.text(record),
    }


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))


def _international(keyword: str, text: str) -> bytes:
    """Return the data of an iTXt chunk: UTF-8, not compressed, language not stated."""
    return keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode()
