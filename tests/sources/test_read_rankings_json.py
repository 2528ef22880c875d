"""Rankings in JSON, keyless and keyed: rows, as-of, and what is refused."""

import json
from datetime import date
from pathlib import Path

import pytest

from explorer.domain.schema import check, to_day
from explorer.domain.snapshot import Basis, Snapshot
from explorer.errors import ExplorerError
from explorer.sources import READERS, rankings_api, rankings_json, read, reader_of

DAY = to_day(date(2026, 6, 18))
KEYED = [
    {"date": "2026-06-17", "model_permaslug": "z-ai/glm-5-20260211", "total_tokens": "485437975705"},
    {"date": "2026-06-18", "model_permaslug": "other", "total_tokens": "1000000000000000"},
    {"date": "2026-06-18", "model_permaslug": "Qwen/Qwen3", "total_tokens": 12},
]
WANTED = [(DAY - 1, "z-ai/glm-5-20260211", 485437975705), (DAY, "other", 10**15), (DAY, "Qwen/Qwen3", 12)]
META = {"as_of": "2026-06-19T08:20:44.552Z", "end_date": "2026-06-18", "start_date": "2026-06-17", "version": "v1"}
EXPORT = [{**row, "rank": None, "share_of_daily_tokens": 0.5} for row in KEYED]
COLUMNS = ["date", "model_permaslug", "rank", "total_tokens", "share_of_daily_tokens"]


def taken(folder: Path, document: object, name: str = "answer.json") -> Snapshot:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return read(path)


def facts(snapshot: Snapshot) -> list[tuple[int, str, int]]:
    usage = snapshot.usage
    assert usage is not None
    check(usage)
    rows = zip(usage.day.tolist(), usage.model.tolist(), usage.tokens.tolist(), strict=True)
    return [(d, usage.models[m], t) for d, m, t in rows]


def test_a_keyed_answer(tmp_path: Path) -> None:
    snapshot = taken(tmp_path, {"data": KEYED, "meta": META}, name="2026-06-30.json")
    found = snapshot.provenance
    assert facts(snapshot) == WANTED
    assert (found.format, found.rows) == ("rankings API JSON", 3)
    assert (found.as_of, found.basis) == ("2026-06-19T08:20:44.552Z", Basis.STATED)
    assert found.citation == "Source: OpenRouter (openrouter.ai/rankings), as of 2026-06-19T08:20:44.552Z."


@pytest.mark.parametrize("document", [{"data": KEYED}, {"data": KEYED, "meta": {}}, KEYED])
def test_without_meta_the_as_of_is_not_invented(tmp_path: Path, document: object) -> None:
    snapshot = taken(tmp_path, document)
    assert facts(snapshot) == WANTED
    assert (snapshot.provenance.as_of, snapshot.provenance.basis) == ("", Basis.UNKNOWN)
    assert "data to 2026-06-18" in snapshot.provenance.citation
    assert taken(tmp_path, document, name="2026-06-19.json").provenance.basis is Basis.FILE_NAME


@pytest.mark.parametrize(
    ("stated", "as_of"),
    [
        ("2026-06-19", "2026-06-19"),
        ("2026-06-19T08:20:44Z", "2026-06-19T08:20:44Z"),
        ("2026-06-19T10:20:44.5+02:00", "2026-06-19T08:20:44.500Z"),
        ("2026-06-19T08:20:44", "2026-06-19T08:20:44Z"),
        (None, ""),
    ],
)
def test_a_stated_as_of_is_put_in_utc(tmp_path: Path, stated: str | None, as_of: str) -> None:
    assert taken(tmp_path, {"data": KEYED, "meta": {"as_of": stated}}).provenance.as_of == as_of


@pytest.mark.parametrize("stated", ["yesterday", 20260619, ["2026-06-19"], "2026-06-31"])
def test_an_as_of_that_is_no_date_is_refused(tmp_path: Path, stated: object) -> None:
    with pytest.raises(ExplorerError, match="as-of"):
        taken(tmp_path, {"data": KEYED, "meta": {"as_of": stated}})


@pytest.mark.parametrize(
    "document",
    [
        {"data": EXPORT, "columns": COLUMNS, "row_count": 3, "methodology": "…", "source_pages": []},
        {"columns": COLUMNS, "row_count": 3, "methodology": {"a": [1, {"b": 2}]}, "data": KEYED},
        {"rows": EXPORT},
        {"columns": COLUMNS, "data": [[r["date"], r["model_permaslug"], None, r["total_tokens"], 0.5] for r in KEYED]},
        {
            "rows": [[r["total_tokens"], r["date"], r["model_permaslug"]] for r in KEYED],
            "columns": [{"name": "total_tokens"}, {"name": "date"}, {"name": "model_permaslug"}],
        },
    ],
)
def test_keyless_documents(tmp_path: Path, document: object) -> None:
    snapshot = taken(tmp_path, document)
    assert facts(snapshot) == WANTED
    assert snapshot.provenance.format == "rankings JSON"


def test_keyless_as_of_prefers_the_time_over_the_day(tmp_path: Path) -> None:
    members = {"snapshot_date": "2026-06-19", "retrieved_at": "2026-06-19T01:46:02Z"}
    assert taken(tmp_path, {**members, "data": EXPORT}).provenance.as_of == "2026-06-19T01:46:02Z"
    assert taken(tmp_path, {"data": EXPORT, "snapshot_date": "2026-06-19"}).provenance.as_of == "2026-06-19"


@pytest.mark.parametrize("said", [2, 4, "3", None])
def test_a_row_count_that_disagrees_is_refused(tmp_path: Path, said: object) -> None:
    with pytest.raises(ExplorerError, match="holds 3"):
        taken(tmp_path, {"row_count": said, "data": EXPORT})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"date": "2026-02-30"}, "2026-02-30"),
        ({"date": 20260618}, "20260618"),
        ({"date": ["2026-06-18"]}, "2026-06-18"),
        ({"total_tokens": "1e9"}, "1e9"),
        ({"total_tokens": "12.0"}, "12.0"),
        ({"total_tokens": 12.0}, "12.0"),
        ({"total_tokens": ""}, 'total_tokens ""'),
        ({"total_tokens": "-1"}, "-1"),
        ({"total_tokens": -1}, "-1"),
        ({"total_tokens": None}, "None"),
        ({"total_tokens": True}, "True"),
        ({"total_tokens": [5]}, "[5]"),
        ({"total_tokens": float("nan")}, "nan"),
        ({"total_tokens": 10**15 + 1}, "1000000000000001 is not a whole number from 0 to 1000000000000000"),
        ({"total_tokens": "1000000000000001"}, '"1000000000000001"'),
        ({"total_tokens": 2**63}, "9223372036854775808"),
        ({"model_permaslug": 7}, "not a text"),
        ({"model_permaslug": "a\ud800"}, "don't print"),
        ({"model_permaslug": "z-ai/glm-5-20260211", "date": "2026-06-17"}, "twice for 2026-06-17"),
    ],
)
def test_a_bad_row_is_named_by_number(tmp_path: Path, change: dict[str, object], said: str) -> None:
    rows = [*KEYED, {"date": "2026-06-18", "model_permaslug": "a/b", "total_tokens": "1", **change}]
    for document in ({"data": rows, "meta": META}, {"row_count": 4, "data": rows}):
        with pytest.raises(ExplorerError) as caught:
            taken(tmp_path, document)
        assert str(caught.value).startswith("answer.json: row 4: ")
        assert said in str(caught.value)


@pytest.mark.parametrize("row", [{"date": "2026-06-18", "model": "x", "total_tokens": 1}, None, 5, "x", ["2026-06-18"]])
def test_a_row_of_another_shape_is_bad(tmp_path: Path, row: object) -> None:
    with pytest.raises(ExplorerError, match="row 4"):
        taken(tmp_path, {"columns": COLUMNS, "data": [*KEYED, row]})


def test_list_rows_need_their_columns(tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match="total_tokens"):
        taken(tmp_path, {"columns": ["date", "model_permaslug"], "data": [["2026-06-18", "x"]]})
    with pytest.raises(ExplorerError, match="columns"):
        taken(tmp_path, {"data": [["2026-06-18", "x", 1, 5, 0.1]]})


def test_rows_without_a_model_are_skipped(tmp_path: Path) -> None:
    empty = [{**KEYED[0], "model_permaslug": slug} for slug in ("", None)]
    snapshot = taken(tmp_path, {"data": [KEYED[0], *empty, *KEYED[1:]]})
    assert facts(snapshot) == WANTED
    assert [str(row.place) for row in snapshot.skipped] == ["row 2", "row 3"]


def test_truncated_json_names_the_line(tmp_path: Path) -> None:
    text = json.dumps({"data": KEYED, "meta": META}, indent=2)
    for cut in range(2, len(text), 7):
        with pytest.raises(ExplorerError, match=r"breaks off|broken") as caught:
            taken(tmp_path, text[:cut])
        assert caught.value.line is not None
        assert abs(caught.value.line - text[:cut].count("\n") - 1) <= 1


def test_broken_json_names_line_and_column(tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match="column 5") as caught:
        taken(tmp_path, '{"data": [\n{"date": "2026-06-18", "model_permaslug": "a", "total_tokens": "1"}\n],\n    x}')
    assert caught.value.line == 4


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"error": {"code": 401, "message": "No auth credentials found"}}, '401 "No auth credentials found"'),
        ({"error": "Too many requests", "user_id": "x"}, "Too many requests"),
    ],
)
def test_an_error_answer_is_quoted(tmp_path: Path, document: object, said: str) -> None:
    with pytest.raises(ExplorerError) as caught:
        taken(tmp_path, document)
    assert said in str(caught.value)


def test_exactly_one_reader_takes_each_form() -> None:
    keyed = json.dumps({"data": KEYED, "meta": META}).encode()
    export = json.dumps({"data": EXPORT}).encode()
    for raw, reader in ((keyed, rankings_api), (export, rankings_json), (b"\xef\xbb\xbf" + keyed, rankings_api)):
        assert [r for r in READERS if r.matches("x", raw)] == [reader]
        assert reader_of("x.csv", raw, whole=True) is reader
