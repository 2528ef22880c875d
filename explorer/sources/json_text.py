"""JSON files: what the first bytes give away, and the whole document or a sentence why not."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from explorer.errors import ExplorerError
from explorer.sources.text import BOM, decode
from explorer.words import say

LISTS = ("data", "rows")
"""The members that hold the rows, in the order of preference."""

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")
# Small values take many times their length in memory. The shortest rows of rankings, as objects and as lists, still
# have more characters than this for each of these marks; a small file may have any number.
_FEWEST_CHARACTERS = {b"{": 40, b"[": 12, b",": 5}
_ANY_NUMBER = 100_000

_GET_AGAIN = say("Get the file again; the download may have been cut short.")


@dataclass(frozen=True, slots=True)
class Opening:
    """How a JSON document begins: the members before its rows and the first row, None where there is none."""

    members: Mapping[str, object]
    row: object = None

    @property
    def fields(self) -> frozenset[str]:
        """The names of the first row's values, none unless it is an object."""
        row = self.row
        return frozenset(cast("dict[str, object]", row)) if isinstance(row, dict) else frozenset()

    @property
    def values(self) -> tuple[object, ...]:
        """The first row's values, none unless it is a list."""
        row = self.row
        return tuple(cast("list[object]", row)) if isinstance(row, list) else ()


def is_json(head: bytes) -> bool:
    """Tell whether the first bytes look like a JSON object or list."""
    return head.removeprefix(BOM).lstrip(b" \t\r\n")[:1] in (b"{", b"[")


def opening(head: bytes) -> Opening | None:
    """Return how the document in a file's first bytes begins; None if it is not JSON."""
    if not is_json(head):
        return None
    text = head.removeprefix(BOM).decode("utf-8", "ignore")
    at = _skip(text, 0)
    if text[at] == "[":
        return Opening({}, _first_element(text, at))
    members: dict[str, object] = {}
    try:
        while text[at] in "{,":
            key, at = _DECODER.raw_decode(text, _skip(text, at + 1))
            at = _skip(text, _skip(text, at) + 1)
            if key in LISTS and text[at] == "[":
                return Opening(members, _first_element(text, at))
            members[str(key)], at = _DECODER.raw_decode(text, at)
            at = _skip(text, at)
    except (ValueError, IndexError, RecursionError):
        pass  # the first bytes end here, or the JSON is broken: what was seen until then has to do
    return Opening(members)


def document(name: str, raw: bytes) -> object:
    """Return the document in `raw`; raises ExplorerError, with the line, where it is not sound JSON."""
    if any(raw.count(mark) > _ANY_NUMBER + len(raw) // least for mark, least in _FEWEST_CHARACTERS.items()):
        what = say("The JSON is almost nothing but brackets and commas: this is no snapshot.")
        raise ExplorerError(what, remedy=_GET_AGAIN, file=name)
    text = decode(name, raw)
    try:
        return json.loads(text)
    except json.JSONDecodeError as fault:
        cut = not text[fault.pos :].strip() or fault.msg.startswith("Unterminated string")
        what = say("The JSON breaks off.") if cut else say("The JSON is broken in column {n}.", n=fault.colno)
        raise ExplorerError(what, remedy=_GET_AGAIN, file=name, line=fault.lineno) from None
    except RecursionError:
        what = say("The JSON is nested too deeply to be a snapshot.")
        raise ExplorerError(what, remedy=_GET_AGAIN, file=name) from None
    except ValueError:
        what = say("The JSON holds a number that is far too long.")
        raise ExplorerError(what, remedy=_GET_AGAIN, file=name) from None
    except MemoryError:
        what = say("The JSON is too large for this computer's memory.")
        raise ExplorerError(what, remedy=say("Import the CSV form of it."), file=name) from None


def listed(name: str, found: object) -> tuple[Mapping[str, object], list[object]]:
    """Return the members of a document besides its rows, and the rows; a bare list has no members.

    Raises ExplorerError where there is no list of rows.
    """
    if isinstance(found, list):
        return {}, cast("list[object]", found)
    members = cast("dict[str, object]", found) if isinstance(found, dict) else {}
    for key in LISTS:
        rows = members.get(key)
        if isinstance(rows, list):
            return {k: v for k, v in members.items() if k != key}, cast("list[object]", rows)
    raise ExplorerError(say('The JSON has no list of rows under "data".'), remedy=_GET_AGAIN, file=name)


def holds_no_rows(found: object) -> bool:
    """Tell whether a document has a list of rows that is empty."""
    if isinstance(found, dict):
        members = cast("dict[str, object]", found)
        return any(members.get(key) == [] for key in LISTS)
    return found == []


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _first_element(text: str, at: int) -> object:
    try:
        return _DECODER.raw_decode(text, _skip(text, at + 1))[0]
    except (ValueError, RecursionError):
        return None
