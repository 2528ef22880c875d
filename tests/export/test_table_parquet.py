"""Parquet, read back by pyarrow."""

import io
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from explorer.domain import record as records
from explorer.domain.table import Column, Kind
from explorer.errors import ExplorerError
from explorer.export import table_parquet
from explorer.export.exhibit import Exhibit
from explorer.words import say

Shown = Callable[..., Exhibit]


@pytest.fixture
def arrow() -> Any:
    return pytest.importorskip("pyarrow.parquet")


def test_columns_have_types(shown: Shown, arrow: Any) -> None:
    exhibit = shown("leaderboard")
    read = arrow.read_table(io.BytesIO(table_parquet.parquet(exhibit)))
    types = {field.name: str(field.type) for field in read.schema}
    assert list(types) == [column.key for column in exhibit.table.exported]
    assert (types["tokens"], types["share"], types["model"], types["price_date"]) == (
        "int64",
        "double",
        "string",
        "date32[day]",
    )
    assert read.column("tokens").to_pylist() == list(exhibit.table.values["tokens"])
    assert read.column("model").to_pylist() == list(exhibit.table.values["model"])


def test_what_is_not_there_is_null_and_integers_are_exact(shown: Shown, arrow: Any) -> None:
    kinds = {
        "tokens": (Kind.TOKENS, [9_007_199_254_740_993, np.int64(1), None]),
        "moved": (Kind.RANK_CHANGE, [3.0, np.nan, -1.0]),
        "share": (Kind.SHARE, [0.5, np.inf, None]),
        "day": (Kind.DATE, [date(2026, 2, 9), np.datetime64("2026-02-15", "D"), None]),
        "flag": (Kind.FLAG, [True, np.bool_(False), None]),
        "words": (Kind.TEXT, ["=a", "", "中"]),
    }
    like = shown("leaderboard")
    columns = tuple(Column(key, say(key), kind, say("a tip")) for key, (kind, _) in kinds.items())
    values = {key: own for key, (_, own) in kinds.items()}
    exhibit = replace(like, table=replace(like.table, columns=columns, values=values, ids=("a", "b", "c"), names=()))
    read = arrow.read_table(io.BytesIO(table_parquet.parquet(exhibit)))
    assert read.to_pydict() == {
        "tokens": [9_007_199_254_740_993, 1, None],
        "moved": [3, None, -1],
        "share": [0.5, None, None],
        "day": [date(2026, 2, 9), date(2026, 2, 15), None],
        "flag": [True, False, None],
        "words": ["=a", "", "中"],
    }
    assert read.schema.field("tokens").metadata[b"description"] == b"a tip"


def test_the_schema_says_how_it_was_made(shown: Shown, arrow: Any) -> None:
    exhibit = shown("share")
    said = arrow.read_schema(io.BytesIO(table_parquet.parquet(exhibit))).metadata
    assert said[b"title"].decode() == exhibit.heading
    assert said[b"source"].decode() == exhibit.source
    assert records.read(said[b"record"].decode()) == exhibit.record


def test_the_same_exhibit_gives_the_same_bytes(shown: Shown, arrow: Any) -> None:
    assert table_parquet.parquet(shown("share")) == table_parquet.parquet(shown("share"))


def test_an_empty_table_keeps_its_columns(shown: Shown, arrow: Any) -> None:
    exhibit = shown("claims")
    read = arrow.read_table(io.BytesIO(table_parquet.parquet(exhibit)))
    assert read.num_rows == 0
    assert read.column_names == [column.key for column in exhibit.table.exported]


def test_without_pyarrow_there_is_a_sentence(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExplorerError, match="pyarrow") as raised:
        table_parquet.parquet(shown("share"))
    assert "parquet" in str(raised.value.remedy)
