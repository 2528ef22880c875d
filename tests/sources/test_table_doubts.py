"""What a table leaves in doubt, and values that no table should have."""

import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from explorer.domain.column_mapping import Mapping, parse
from explorer.errors import Cancelled, ExplorerError
from explorer.sources import AnyTable, UnmappedError, any_table, read, table_of
from explorer.sources.any_table import Grid, dates, guessing, numbers
from explorer.words import say


def table(text: str, folder: Path, name: str = "t.csv") -> Grid:
    path = folder / name
    path.write_text(text)
    return table_of(path)


@pytest.mark.parametrize("totals", [(12, 24), (12_001, 24_002)])
def test_a_total_of_its_own_that_does_not_add_up_is_asked_about(tmp_path: Path, totals: tuple[int, int]) -> None:
    first, second = totals
    rows = f"2026-02-01,a/b,10,2,{first}\n2026-02-02,a/b,20,4,{second}\n"
    found = any_table.guess(table(f"date,model,prompt,completion,total_tokens\n{rows}", tmp_path))
    said = [str(doubt.words) for doubt in found.doubts]
    wrong = '"total_tokens" is not "prompt" plus "completion": row 3 has 24002, not 24. Which are the tokens?'
    assert said == ([] if first == 12 else [wrong])
    assert found.mapping.prompt == "prompt"


def test_a_total_that_is_only_rounded_raises_no_doubt(tmp_path: Path) -> None:
    rows = "2026-02-01,a/b,10000000,2000000,12001000\n2026-02-02,a/b,20000000,4000000,23999000\n"
    assert any_table.guess(table(f"date,model,prompt,completion,total\n{rows}", tmp_path)).certain


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        (("1.234", "12.000"), True),
        (("1.234", "999"), False),
        (("1.234", "1.234.567"), False),
        (('"1,234"', '"12,000"'), True),
    ],
)
def test_three_digits_after_one_mark_may_be_a_fraction(tmp_path: Path, values: tuple[str, str], asked: bool) -> None:
    rows = "".join(f"2026-02-{day:02d},a/b,{value}\n" for day, value in enumerate(values, 1))
    found = any_table.guess(table(f"date,model,tokens\n{rows}", tmp_path))
    assert [doubt.about for doubt in found.doubts] == (["decimal"] if asked else [])


def test_no_group_of_thousands_begins_with_nothing() -> None:
    assert numbers.number_of("0.512", ",") is None
    assert numbers.number_of("0,512", ".") is None


def test_days_that_are_yet_to_come_are_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("date,model,tokens\n13/02/2026,a/b,5\n14/12/2026,a/b,6\n")
    assert read(path, tables=AnyTable(today=date(2026, 12, 14))).provenance.rows == 2
    with pytest.raises(UnmappedError) as caught:
        read(path, tables=AnyTable(today=date(2026, 12, 13)))
    said = 'Read as “day, month, year: 09.02.2026”, "14/12/2026" is 2026-12-14, which is yet to come.'
    assert f"{said} Say date_format=dmy." in str(caught.value)


def test_of_a_column_without_end_the_first_values_tell_how_it_writes_days(monkeypatch: pytest.MonkeyPatch) -> None:
    read_as, looked_at = dates.day_of, set[object]()

    def counted(value: str, key: str) -> int | None:
        looked_at.add(value)
        return read_as(value, key)

    monkeypatch.setattr(guessing.dates, "day_of", counted)
    rows = [(n, (f"id-{n}", "a/b", 5)) for n in range(20_000)]
    ids = Grid("t.csv", b"", say("CSV"), ("id", "model", "tokens"), rows)
    _, doubts = any_table.filled_in(ids, Mapping("id", "model", tokens="tokens"))
    assert [doubt.about for doubt in doubts] == ["date_format"]
    assert len(looked_at) == 5000


def test_a_number_of_any_length_is_whole_or_not(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"date,model,tokens\n2026-02-01,a/b,{'9' * 35}\n2026-02-02,a/b,5\n")
    with pytest.raises(ExplorerError, match=r"line 2: tokens .* is not a whole number of tokens"):
        read(path)


def test_whole_numbers_of_a_workbook_are_shown_as_such(tmp_path: Path) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("date", "model", "tokens", "price"))
        sheet.write_row(1, 0, ("2026-02-01", 4, 91363000, 0.5))
    path = tmp_path / "t.xlsx"
    path.write_bytes(out.getvalue())
    assert [str(value) for value in table_of(path).rows[0][1]] == ["2026-02-01", "4", "91363000", "0.5"]


@pytest.mark.parametrize("line", [r'{"date":"2026-02-01","m\ud800":"a","n":1}', r'{"date":"2026-02-01","m":"\udc00"}'])
def test_half_a_character_is_none(tmp_path: Path, line: str) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(f"{line}\n" * 2)
    with pytest.raises(ExplorerError, match="half a character") as caught:
        read(path)
    assert caught.value.line == 1


def test_a_pair_of_surrogates_is_a_character(tmp_path: Path) -> None:
    found = table(r'{"date":"2026-02-01","model":"\ud83d\ude00","tokens":1}' + "\n", tmp_path, "t.jsonl")
    assert found.rows[0][1][1] == "\N{GRINNING FACE}"


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text here")
def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.csv")
    path.write_text("date,model,tokens\n2026-02-01,a/b,5\n")
    assert read(path).provenance.name == "caf?.csv"


def test_a_variant_that_does_not_print(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("date,model,variant,tokens\n2026-02-01,a/b,fr\x07ee,5\n")
    with pytest.raises(ExplorerError, match="characters that don't print"):
        read(path)


@pytest.mark.parametrize("text", ["date=Day\nmodel=Name", 'date=Day,"model=Name'])
def test_a_mapping_in_two_lines_or_with_an_open_quote(text: str) -> None:
    with pytest.raises(ExplorerError, match="line break, or a quote that does not close"):
        parse(text, dates.KEYS)


def test_the_decimal_mark_has_a_name(tmp_path: Path) -> None:
    wanted = Mapping("D", decimal=",")
    assert wanted.text == "date=D,decimal=comma"
    assert parse("decimal=comma, date=D", dates.KEYS) == parse('date=D,"decimal=,"', dates.KEYS) == wanted
    with pytest.raises(ExplorerError, match="Choose one of: point comma"):
        parse("date=D,decimal=,", dates.KEYS)


def test_a_heading_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("date,model,tokens\n")
    with pytest.raises(ExplorerError, match=r"The table has a heading and no rows\. Choose a file with data"):
        read(path)


def test_json_of_a_format_of_its_own_needs_no_mapping(tmp_path: Path) -> None:
    path = tmp_path / "models.json"
    path.write_text('{"data": [{"id": "a/b", "pricing": {"prompt": "0.1", "completion": "0.2"}}]}')
    with pytest.raises(ExplorerError, match=r"Import it without --map"):
        table_of(path)
    path.write_text('{"other": [{"a": 1, "b": 2, "c": 3}]}')
    with pytest.raises(ExplorerError, match="The JSON is not of a form this program knows"):
        table_of(path)


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl", "t.xlsx"])
def test_reading_a_table_can_be_cancelled(tmp_path: Path, name: str) -> None:
    path, out = tmp_path / name, io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write_row(0, 0, ("date", "model", "tokens"))
    raw = {
        "t.csv": b"date,model,tokens\n2026-02-01,a/b,5\n",
        "t.jsonl": b'{"date":"2026-02-01","model":"a/b","tokens":5}\n' * 2,
        "t.xlsx": out.getvalue(),
    }
    path.write_bytes(raw[name])

    def stopped(_fraction: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        any_table.grid_of(name, raw[name], stopped)


KNOWN = "date,model_permaslug,total_tokens\n2026-05-20,a/b,5\n"


@pytest.mark.parametrize("code", ["import explorer.app.window", "from explorer.sources import read; read(Path(file))"])
def test_what_reads_any_table_is_loaded_only_for_one(tmp_path: Path, code: str) -> None:
    path = tmp_path / "rankings.csv"
    path.write_text(KNOWN)
    asked = f"import sys; from pathlib import Path; file = {str(path)!r}; {code}; print('loaded', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    assert done.stdout.startswith("loaded"), done.stderr
    assert [name for name in done.stdout.split() if name.startswith("explorer.sources.any_table")] == []
