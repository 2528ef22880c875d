"""Files that are no snapshot: one sentence each, quickly, and nothing but ExplorerError."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer import sources
from explorer.errors import Cancelled, ExplorerError
from explorer.sources import LARGEST_FILE, LARGEST_JSON, read

HEADER = b"date,model_permaslug,rank,total_tokens,share_of_daily_tokens"
ROW = b'{"date":"2026-05-20","model_permaslug":"a","total_tokens":"1"}'


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "nothing but blanks"),
        (b" \r\n\n", "nothing but blanks"),
        (b"<!DOCTYPE html><html><body>502</body></html>", "web page"),
        (b"\n  <html>\n", "web page"),
        ("hello\n".encode("utf-16"), "UTF-16"),
        ("hello\n".encode("utf-16-le"), "UTF-16"),
        ("hello\n".encode("utf-16-be"), "UTF-16"),
        ("date,model_permaslug,total_tokens\n".encode("utf-16"), "a heading and no rows"),
        (b"PK\x03\x04\x14\x00", "Excel workbook"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"SQLite format 3\x00", "database"),
        (b"\x7fELF\x02\x01\x01\x00" + bytes(range(1, 200)), "not a text file"),
        (b"hello\n", "no format"),
        (b"a,b,c\n1,2,3\n", "no format"),
        (b'"unclosed\n', "no format"),
        (b"caf\xe9,b\n", "no format"),
        (b"date,model,prompt_tokens,total_tokens\n", "a heading and no rows"),
        (b"date,rank\n", "model_permaslug, total_tokens is missing"),
        (b"date,date,model_permaslug,total_tokens\n", "a heading and no rows"),
        (b"id,entity,measure,value,unit\n", "published figures"),
        (b'{"hello": 1, "you": 2}', '"hello", "you"'),
        (b"{}", "not of a form"),
        (b"[]", "empty"),
        (b'{"data": []}', "empty"),
        (b'{"data": [], "meta": {"as_of": "2026-06-19"}}', "empty"),
        (b'{"data": [1, 2]}', "not of a form"),
        (b'{"data": [{"day": "2026-05-20", "model_permaslug": "a", "total_tokens": 1}]}', "date is missing"),
        (b'{"data": [{"id": "a"}]}', "pricing is missing"),
        (b"{", "breaks off"),
        (b'{"data": [{"date": "2026-', "breaks off"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"data":[' + ROW + b"," + b"[" * 90_000, "nested too deeply"),
        (b'{"data":[' + ROW + b"," + b"[" * 900_000, "almost nothing but brackets"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b'{"data":[' + ROW[:-4] + b"1" * 5000 + b"}]}", "far too long"),
        (b"x" * (1 << 20), "more than a million"),
        (b"," * (1 << 20), "more than a million"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_is_one_sentence(tmp_path: Path, raw: bytes, said: str) -> None:
    path = tmp_path / "rankings-daily.csv"
    path.write_bytes(raw)
    with pytest.raises(ExplorerError) as caught:
        read(path)
    assert said in str(caught.value)
    assert caught.value.file == "rankings-daily.csv"
    assert str(caught.value.remedy)
    assert len(str(caught.value)) < 400
    assert "\n" not in str(caught.value)


def test_the_columns_of_a_table_are_on_line_one(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"date,rank\n")
    with pytest.raises(ExplorerError) as caught:
        read(path)
    assert caught.value.line == 1


def sparse(path: Path, head: bytes, size: int) -> Path:
    path.write_bytes(head)
    os.truncate(path, size)
    return path


def never(self: Path, mode: str = "r") -> None:
    raise AssertionError("the file was opened")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sparse(tmp_path / "big.csv", HEADER, LARGEST_FILE + 1)
    monkeypatch.setattr(Path, "open", never)
    with pytest.raises(ExplorerError, match="2000000000 bytes"):
        read(path)


def test_huge_json_is_refused_at_its_head(tmp_path: Path) -> None:
    # Real rows fill what readers look at; the rest is never read.
    path = sparse(tmp_path / "big.json", b'{"data":[' + (ROW + b",") * 20_000, LARGEST_JSON + 1)
    with pytest.raises(ExplorerError, match="268435456 bytes"):
        read(path)


def test_one_line_of_200_megabytes_is_refused_at_its_head(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never_rest(*_: object) -> bytes:
        raise AssertionError("more than the head was read")

    monkeypatch.setattr(sources, "rest", never_rest)
    for head in (b"x" * (1 << 20), b"[" + b"1," * (1 << 20), b'{"a":"' + b"x" * (1 << 20), b"{" * (1 << 20)):
        with pytest.raises(ExplorerError):
            read(sparse(tmp_path / "line", head, 200_000_000))


def test_a_missing_file_a_folder_and_a_pipe(tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match="no such file"):
        read(tmp_path / "none.csv")
    with pytest.raises(ExplorerError, match="folder"):
        read(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(ExplorerError, match="not a file"):
            read(tmp_path / "pipe")


@pytest.mark.parametrize(
    ("fault", "said"), [(PermissionError(13, "denied"), "may not read"), (OSError(5, "I/O error"), "I/O error")]
)
def test_a_file_that_can_not_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError, said: str
) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(HEADER)

    def refuse(self: Path, mode: str = "r") -> None:
        raise fault

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ExplorerError, match=said) as caught:
        read(path)
    assert caught.value.file == "r.csv"


CSV = HEADER + b"\n2026-02-09,a/b,1,5,1\n"
QUOTED = HEADER + b'\n2026-02-09,"a/b",1,5,1\n'
API = b'{"data":[' + ROW + b"]}"
MODELS = b'[{"id":"a","pricing":{}}]'


@pytest.mark.parametrize("raw", [CSV, QUOTED, API, MODELS])
def test_progress_rises_and_cancel_passes_at_every_step(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "f"
    path.write_bytes(raw)
    heard: list[float] = []
    read(path, heard.append)
    assert heard == sorted(heard)
    assert (heard[0], heard[-1]) == (0.0, 1.0)
    assert len(heard) >= 5
    for step in range(1, len(heard) + 1):
        with pytest.raises(Cancelled):
            read(path, stop_at(step))


def stop_at(step: int) -> Callable[[float], None]:
    heard: list[float] = []

    def progress(fraction: float) -> None:
        heard.append(fraction)
        if len(heard) == step:
            raise Cancelled

    return progress
