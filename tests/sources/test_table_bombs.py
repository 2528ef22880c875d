"""Small files that would fill the memory: a sentence comes, in a process that may not have much of it."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from explorer.sources import HEAD

CHILD = """
import resource, sys
from pathlib import Path
from explorer import sources
from explorer.errors import ExplorerError
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]) << 20,) * 2)
try:
    sources.read(Path(sys.argv[1]))
except ExplorerError as error:
    print(error)
"""
NAMES = ("date", "model", "tokens")


def said_of(path: Path, raw: bytes, megabytes: int = 1500) -> str:
    pytest.importorskip("resource", reason="this system does not limit the memory of a process")
    path.write_bytes(raw)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), str(megabytes)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def xlsx(shared: bytes, cells: int) -> bytes:
    """A sheet whose cells all share one text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, NAMES)
        for row in range(1, cells + 1):
            sheet.write_row(row, 0, ("2026-02-01", "SHARED", 1))
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(b"SHARED", shared)
    return zipped(parts)


SPACES = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))


def ods(tables: str) -> bytes:
    content = (
        f"<office:document-content {SPACES}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content.encode(), "META-INF/manifest.xml": b"<manifest/>"})


def ods_table(text: str, *, rows: int = 1, columns: int = 1) -> str:
    cell = f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}">'
    return (
        f'<table:table table:name="a"><table:table-row table:number-rows-repeated="{rows}">'
        f"{cell}<text:p>{text}</text:p></table:table-cell></table:table-row></table:table>"
    )


def test_cells_of_a_workbook_that_share_a_long_text(tmp_path: Path) -> None:
    raw = xlsx(b"ab" * 500_000, 4000)
    assert len(raw) < 100_000
    assert "text of the table's cells comes to more than 268435456 bytes" in said_of(tmp_path / "b.xlsx", raw)


def test_a_text_that_cells_share_counts_wherever_it_stands(tmp_path: Path) -> None:
    """The texts may come before or after the sheets in the archive, and in a part of any name."""
    with zipfile.ZipFile(io.BytesIO(xlsx(b"ab" * 500_000, 4000))) as archive:
        parts = {name: archive.read(name) for name in reversed(archive.namelist())}
    assert "comes to more than" in said_of(tmp_path / "b.xlsx", zipped(parts))


@pytest.mark.parametrize(("rows", "columns"), [(1, 8000), (8000, 1), (100, 80)])
def test_cells_of_an_opendocument_sheet_that_repeat_a_long_text(tmp_path: Path, rows: int, columns: int) -> None:
    raw = ods(ods_table("ab" * 500_000, rows=rows, columns=columns))
    assert len(raw) < 10_000
    assert "comes to more than 268435456 bytes" in said_of(tmp_path / "b.ods", raw)


def test_many_opendocument_sheets_are_in_memory_together(tmp_path: Path) -> None:
    raw = ods(ods_table("1", rows=18_000, columns=1000) * 60)
    assert "The table is too large" in said_of(tmp_path / "b.ods", raw)


def test_a_long_text_that_parquet_has_once(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    many, out = 20_000, io.BytesIO()
    texts = arrow.DictionaryArray.from_arrays(arrow.array([0] * many, arrow.int32()), arrow.array(["ab" * 500_000]))
    table = arrow.table({"date": ["2026-02-01"] * many, "model": texts, "tokens": [1] * many})
    parquet.write_table(table, out, store_schema=False)
    assert len(out.getvalue()) < 100_000
    assert "a value of more than 32767 characters" in said_of(tmp_path / "b.parquet", out.getvalue(), 3000)


def test_json_lines_without_an_end(tmp_path: Path) -> None:
    raw = b'{"a":1}\n' * 2_100_000
    assert "at most 2000000 rows" in said_of(tmp_path / "b.jsonl", raw, 1000)


def test_what_is_nested_in_json_lines_is_not_kept(tmp_path: Path) -> None:
    line = json.dumps({"date": "2026-02-01", "model": "a", "tokens": 1, "x": [[]] * 200_000}).encode() + b"\n"
    assert len(line) < HEAD
    assert "is there twice" in said_of(tmp_path / "b.jsonl", line * 100, 1000)
