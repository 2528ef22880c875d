"""Letters that files can hold: what people type or paste may have others, which XML, hence Office and SVG, refuses."""

import re
from html import escape

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no place for or warns of: control characters, halves of a pair, no characters at all."""
_SPACES = re.compile(r"[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")


def legal(words: str) -> str:
    """Return text without what XML refuses."""
    return _REFUSED.sub("", words)


def in_xml(words: str) -> str:
    """Return text as it stands between two tags."""
    return escape(legal(words), quote=False)


def one_line(words: str) -> str:
    """Return text as one line without what XML refuses, single spaces between its words; a thin space stays one."""
    return legal(_SPACES.sub(" ", words).strip(" "))
