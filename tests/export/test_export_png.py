"""Our PNG against other decoders: Qt's, and the format's own rules by zlib."""

import struct
import zlib
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QImage

from explorer.domain.table import Caption
from explorer.export import png
from explorer.words import say


def noise(width: int, height: int) -> QImage:
    """Return an image whose every pixel is different from its neighbours, rows not a multiple of four bytes."""
    pixels = np.random.default_rng(7).integers(0, 256, (height, width, 4), np.uint8)
    pixels[:, :, 3] = 255
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        (crc,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        assert crc == zlib.crc32(kind + body)
        yield kind, body
        at += 12 + length


@pytest.mark.parametrize(("width", "height"), [(201, 203), (640, 360), (1, 1)])
def test_the_pixels_come_back(width: int, height: int) -> None:
    image = noise(width, height)
    decoded = QImage.fromData(png.encode(image), "PNG").convertToFormat(QImage.Format.Format_RGB32)
    assert (decoded.width(), decoded.height()) == (width, height)
    assert decoded == image


def test_it_is_a_png_by_the_book() -> None:
    image = noise(31, 17)
    data = png.encode(image)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    found = list(chunks(data))
    assert [kind for kind, _ in found] == [b"IHDR", b"IDAT", b"IEND"]
    assert struct.unpack(">IIBBBBB", found[0][1]) == (31, 17, 8, 2, 0, 0, 0)
    rows = np.frombuffer(zlib.decompress(found[1][1]), np.uint8).reshape(17, 1 + 3 * 31)
    assert not rows[:, 0].any()
    colour = image.pixelColor(30, 16)
    assert rows[16, -3:].tolist() == [colour.red(), colour.green(), colour.blue()]


def test_the_picture_says_what_it_is() -> None:
    caption = Caption(
        say("China led with 47.0\u2009%"),
        say("tokens a week"),
        say("all tokens"),
        say("Source: OpenRouter (openrouter.ai/rankings), as of 5 May 2026."),
        filters=(say("search “千问”"),),
    )
    image = QImage.fromData(png.encode(noise(8, 8), png.texts(caption)))
    assert image.text("Title") == "China led with 47.0\u2009%"
    assert image.text("Description") == "tokens a week"
    assert image.text("Scope") == "all tokens · search “千问”"
    assert image.text("Source") == "Source: OpenRouter (openrouter.ai/rankings), as of 5 May 2026."
    assert image.text("Software").startswith("Tokenshare Explorer ")


def test_an_empty_text_takes_no_chunk() -> None:
    data = png.encode(noise(8, 8), {"Title": "", "Source": "x"})
    assert [body for kind, body in chunks(data) if kind == b"iTXt"] == [b"Source\0\0\0\0\0x"]
