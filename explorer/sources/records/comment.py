"""A CSV's record: a comment line among those before the header."""

from typing import BinaryIO

from explorer.domain.record import LONGEST, unlabelled
from explorer.sources.text import BOM

_MOST_LINES, _MOST_BYTES = 100_000, 64 << 20


def matches(head: bytes) -> bool:
    """Tell whether a file begins with a comment."""
    return head.removeprefix(BOM).startswith(b"#")


def find(file: BinaryIO) -> str | None:
    """Return the JSON behind the keyword, None where no comment line has it; ValueError where it is no UTF-8."""
    for _ in range(_MOST_LINES):
        line = file.readline(4 * LONGEST).removeprefix(BOM)
        if not line.startswith(b"#") or file.tell() > _MOST_BYTES:
            return None
        if (found := unlabelled(line.decode("utf-8", "surrogateescape"))) is not None:
            return found
    return None
