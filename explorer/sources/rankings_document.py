"""Daily rankings in JSON, keyless and keyed alike: a list of rows among members that tell about them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from explorer.domain.snapshot import Snapshot
from explorer.errors import ExplorerError
from explorer.progress import Progress, within
from explorer.sources.faults import Faults
from explorer.sources.json_text import document, listed
from explorer.sources.rankings_rows import COLUMNS, Row, check_rows, snapshot
from explorer.words import say

_STATED = ("as_of", "retrieved_at", "snapshot_date")
_GET_AGAIN = say("Get the file again.")


def read(reader: str, name: str, raw: bytes, progress: Progress) -> Snapshot:
    """Return the snapshot in `raw` under the name of `reader`; raises ExplorerError, with the row, if one is bad."""
    progress(0.0)
    members, rows = listed(name, document(name, raw))
    progress(0.5)
    _check_count(name, members, len(rows))
    faults = Faults(name, by_line=False)
    columns = _columns(name, members) if any(isinstance(row, list) for row in rows) else ()
    checked = check_rows(_values(rows, columns, faults), faults, len(rows), within(progress, 0.5, 0.9))
    result = snapshot(reader, name, raw, checked, _stated(members))
    progress(1.0)
    return result


def _stated(members: Mapping[str, object]) -> Iterator[object]:
    """Yield the as-ofs in the document: in its `meta` first, then beside the rows."""
    meta = members.get("meta")
    for place in (meta, members):
        if isinstance(place, dict):
            yield from (cast("dict[str, object]", place).get(key) for key in _STATED)


def _check_count(name: str, members: Mapping[str, object], found: int) -> None:
    said = members.get("row_count", found)
    if said != found:
        what = say("It says that it has {said} rows but holds {found}.", said=said, found=found)
        raise ExplorerError(what, remedy=_GET_AGAIN, file=name)


def _columns(name: str, members: Mapping[str, object]) -> Sequence[str]:
    """Return the names of the values in rows written as lists; raises ExplorerError where one needed is missing."""
    said = members.get("columns")
    entries = cast("list[object]", said) if isinstance(said, list) else []
    names = [_column_name(entry) for entry in entries]
    missing = [column for column in COLUMNS if names.count(column) != 1]
    if missing:
        what = say('"columns" does not name each of these once: {missing}.', missing=", ".join(missing))
        raise ExplorerError(what, remedy=_GET_AGAIN, file=name)
    return names


def _column_name(entry: object) -> str:
    named = cast("dict[str, object]", entry).get("name") if isinstance(entry, dict) else entry
    return named if isinstance(named, str) else ""


def _values(rows: Sequence[object], columns: Sequence[str], faults: Faults) -> Iterator[Row]:
    day, slug, tokens = COLUMNS
    places = [columns.index(column) for column in COLUMNS] if columns else []
    for number, row in enumerate(rows, 1):
        if isinstance(row, dict):
            fields = cast("dict[str, object]", row)
            missing = [column for column in COLUMNS if column not in fields]
            if missing:
                faults.add(number, say("it has no {missing}", missing=", ".join(missing)))
            else:
                yield number, (fields[day], fields[slug], fields[tokens])
        elif isinstance(row, list) and len(cast("list[object]", row)) == len(columns):
            values = cast("list[object]", row)
            yield number, (values[places[0]], values[places[1]], values[places[2]])
        else:
            faults.add(number, say("it is not a row of daily rankings"))
