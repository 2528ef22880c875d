"""A table as Parquet: typed columns, and in the schema's metadata what they are and how they were made."""

import io
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from explorer.domain import record as records
from explorer.domain.table import Column, Kind
from explorer.errors import ExplorerError
from explorer.export.exhibit import INTEGERS, Exhibit, plain
from explorer.words import say


def parquet(exhibit: Exhibit) -> bytes:
    """Return the exported columns of a table as a Parquet file, the same bytes for the same exhibit.

    Counts are int64, other numbers float64, dates date32, truth bool, words string; nothing is null, and so are NaN and
    infinity. Raises ExplorerError where pyarrow is not installed.
    """
    arrow = _arrow()
    columns = exhibit.table.exported
    fields = [arrow.field(c.key, _type(arrow, c, exhibit), metadata=_about(c)) for c in columns]
    schema = arrow.schema(fields, metadata=metadata(exhibit))
    arrays = [
        arrow.array(_values(exhibit.table.values[field.name], whole=arrow.types.is_integer(field.type)), field.type)
        for field in fields
    ]
    made = io.BytesIO()
    import_module("pyarrow.parquet").write_table(arrow.Table.from_arrays(arrays, schema=schema), made)
    return made.getvalue()


def metadata(exhibit: Exhibit) -> dict[str, str]:
    """Return what the file says of itself, by key."""
    caption = exhibit.table.caption
    said = {
        "title": exhibit.heading,
        "description": str(caption.sentence),
        "counted": exhibit.counted,
        "scope": str(caption.scope),
        "source": exhibit.source,
        "notes": "\n".join(exhibit.caveats),
        "record": records.text(exhibit.record),
    }
    return {key: words for key, words in said.items() if words}


def _arrow() -> Any:
    try:
        return import_module("pyarrow")
    except ImportError as fault:
        raise ExplorerError(
            say("Parquet needs pyarrow, which is not installed."),
            remedy=say("Install it with pip install “tokenshare-explorer[parquet]”, or write CSV."),
        ) from fault


def _about(column: Column) -> dict[str, str]:
    return {"label": str(column.label), "description": str(column.tip), "kind": column.kind.name.lower()}


def _type(arrow: Any, column: Column, exhibit: Exhibit) -> Any:
    if column.kind is Kind.DATE:
        return arrow.date32()
    if column.kind is Kind.FLAG:
        return arrow.bool_()
    if column.kind is Kind.TEXT:
        return arrow.string()
    if column.kind not in INTEGERS:
        return arrow.float64()
    known = [value for each in exhibit.table.values[column.key] if (value := plain(each)) is not None]
    return arrow.int64() if all(value == int(value) for value in known) else arrow.float64()


def _values(values: Sequence[object], *, whole: bool) -> list[Any]:
    known = map(plain, values)
    return [int(value) if whole and value is not None else value for value in known]
