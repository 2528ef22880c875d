"""The bytes of a file as text: UTF-8, with or without a byte order mark."""

from explorer.errors import ExplorerError
from explorer.words import say

BOM = b"\xef\xbb\xbf"
SAVE_AS_UTF8 = say("Save it as UTF-8 text and open it again.")


def decode(name: str, raw: bytes) -> str:
    """Return the text of the file `name`; raises ExplorerError, with the line, where it is not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        what = say("The text is not UTF-8.")
        raise ExplorerError(what, remedy=SAVE_AS_UTF8, file=name, line=line) from None
