"""Files that no reader takes: what they look like, and what to do."""

from typing import cast

from explorer.errors import ExplorerError
from explorer.sources import figures, rankings_rows, table
from explorer.sources.fields import shown
from explorer.sources.json_text import document, holds_no_rows, opening
from explorer.sources.text import BOM, SAVE_AS_UTF8
from explorer.words import Message, say

_CHOOSE = say(
    "Choose a file of daily rankings (CSV or JSON), an answer of OpenRouter's models API, published figures, "
    "or a table with a model, and a date and tokens or prices, in each row."
)
_EXPORT_AS_CSV = say("Save the sheet as CSV (UTF-8) and open that.")
_UNPACK = say("Unpack it and open the file inside.")
_DOWNLOAD_DATA = say("Download the data itself, a CSV or JSON file, and open that.")

# Byte signatures, the first that fits wins.
_SIGNATURES: tuple[tuple[bytes, Message, Message], ...] = (
    (b"\xff\xfe", say("The text is UTF-16."), SAVE_AS_UTF8),
    (b"\xfe\xff", say("The text is UTF-16."), SAVE_AS_UTF8),
    (b"PK\x03\x04", say("This is an Excel workbook or a zip archive, not a text file."), _EXPORT_AS_CSV),
    (b"\x1f\x8b", say("This is a compressed file."), _UNPACK),
    (b"SQLite format 3\x00", say("This is a database, not a snapshot."), _CHOOSE),
)

_TABLES: tuple[tuple[Message, tuple[str, ...]], ...] = (
    (say("daily rankings"), rankings_rows.COLUMNS),
    (say("published figures"), figures.COLUMNS),
)
_LISTINGS: tuple[tuple[Message, tuple[str, ...]], ...] = (
    (say("daily rankings"), rankings_rows.COLUMNS),
    (say("models and prices"), ("id", "pricing")),
)


def no_text(name: str, head: bytes) -> ExplorerError | None:
    """Return the error for a file that is plainly no snapshot, whatever its reader: None if it may be one."""
    start = head.removeprefix(BOM).lstrip()
    if not start:
        what = say("The file is empty.") if not head else say("The file holds nothing but blanks.")
        return ExplorerError(what, remedy=say("Get it again."), file=name)
    for signature, what, remedy in _SIGNATURES:
        if head.startswith(signature):
            return ExplorerError(what, remedy=remedy, file=name)
    if b"\x00" in head:
        even, odd = head[0:512:2].count(0), head[1:512:2].count(0)
        if max(even, odd) > len(head[:512]) // 4:
            return ExplorerError(say("The text is UTF-16."), remedy=SAVE_AS_UTF8, file=name)
        return ExplorerError(say("This is not a text file."), remedy=_CHOOSE, file=name)
    if start.startswith(b"<"):
        return ExplorerError(say("This is a web page, not data."), remedy=_DOWNLOAD_DATA, file=name)
    return None


def unknown(name: str, head: bytes, *, whole: bool) -> ExplorerError:
    """Return the error for a file whose first bytes no reader knows; `whole` if they are all of it."""
    found = opening(head)
    if found is None:
        return _wrong_columns(name, table.header_of(head), _TABLES, line=1)
    if "error" in found.members:
        return _refusal(name, found.members["error"])
    if found.fields:
        return _wrong_columns(name, tuple(sorted(found.fields)), _LISTINGS, line=None)
    if whole and (fault := _broken(name, head)):
        return fault
    named = ", ".join(shown(key) for key in list(found.members)[:5])
    what = say("The JSON is not of a form this program knows.")
    if named:
        what = say("The JSON is not of a form this program knows: it begins with {names}.", names=named)
    return ExplorerError(what, remedy=_CHOOSE, file=name)


def _refusal(name: str, error: object) -> ExplorerError:
    """Return the error for an answer that is an error itself, with its own words."""
    fields = cast("dict[str, object]", error) if isinstance(error, dict) else {"message": error}
    what = say(
        "This is an error that OpenRouter answered: {code} {message}.",
        code=shown(fields.get("code", "")),
        message=shown(fields.get("message", "")),
    )
    return ExplorerError(what, remedy=say("Mend its cause and ask for the data again."), file=name)


def _wrong_columns(
    name: str, found: tuple[str, ...], known: tuple[tuple[Message, tuple[str, ...]], ...], line: int | None
) -> ExplorerError:
    """Return the error that says which columns are missing from the nearest known table."""
    kind, wanted = max(known, key=lambda entry: sum(column in found for column in entry[1]) / len(entry[1]))
    twice = [column for column in wanted if found.count(column) > 1]
    missing = [column for column in wanted if column not in found]
    if len(missing) == len(wanted):
        return ExplorerError(say("This is no format the program knows."), remedy=_CHOOSE, file=name)
    if twice:
        what = say("The columns are not those of {kind}: {twice} is there twice.", kind=kind, twice=", ".join(twice))
    else:
        what = say("The columns are not those of {kind}: {missing} is missing.", kind=kind, missing=", ".join(missing))
    return ExplorerError(what, remedy=_CHOOSE, file=name, line=line)


def _broken(name: str, raw: bytes) -> ExplorerError | None:
    """Return the error in a short JSON document: broken, or without rows; None if it is neither."""
    try:
        found = document(name, raw)
    except ExplorerError as fault:
        return fault
    if not holds_no_rows(found):
        return None
    return ExplorerError(
        say("Its list of rows is empty."), remedy=say("Choose a file with data, or get it again."), file=name
    )
