"""Any table: what it is written in, what its columns seem to be, and what they come to."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain.column_mapping import Mapping, parse
from explorer.domain.prices import UNDATED
from explorer.domain.schema import check, to_day
from explorer.domain.snapshot import Basis, Snapshot
from explorer.errors import ExplorerError
from explorer.sources import any_table, read, table_of
from explorer.sources.any_table import AnyTable, UnmappedError, dates, headings, numbers, parquet

HEADING = "Date,Model,Total_Tokens"
ROWS = (("2026-02-01", "a/b", 5), ("2026-02-01", "c/d", 7), ("2026-02-02", "a/b", 11))
CSV = "\n".join([HEADING, *(f"{day},{model},{tokens}" for day, model, tokens in ROWS), ""])

Write = Callable[[str, bytes | str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def rows_of(snapshot: Snapshot) -> list[tuple[str, str, int]]:
    usage = snapshot.usage
    assert usage is not None
    check(usage)
    columns = zip(usage.day.tolist(), usage.model.tolist(), usage.tokens.tolist(), strict=True)
    return sorted((str(date.fromordinal(719163 + d)), usage.models[m], tokens) for d, m, tokens in columns)


def workbook(heading: tuple[str, ...], rows: list[tuple[object, ...]], sheet: str = "Data") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("Read me").write(0, 0, "About this file")
        made, day = book.add_worksheet(sheet), book.add_format({"num_format": "yyyy-mm-dd"})
        made.write_row(0, 0, heading)
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    made.write_datetime(number, place, value, day)
                elif isinstance(value, str):
                    made.write_string(number, place, value)
                else:
                    made.write(number, place, value)
    return out.getvalue()


def ods(cells: str) -> bytes:
    names = ("office:1.0", "table:1.0", "text:1.0")
    spaces = " ".join(f'xmlns:{n[:-4]}="urn:oasis:names:tc:opendocument:xmlns:{n}"' for n in names)
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Data">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


def ods_row(*values: object, extra: str = "") -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="float" office:value="{v}"><text:p>{v}</text:p></table:table-cell>'
        if isinstance(v, int)
        else f'<table:table-cell office:value-type="string"><text:p>{v}</text:p></table:table-cell>'
        for v in values
    )
    return f"<table:table-row>{cells}{extra}</table:table-row>"


def zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def parquet_of(frame: pd.DataFrame) -> bytes:
    pytest.importorskip("pyarrow")
    out = io.BytesIO()
    frame.to_parquet(out)
    return out.getvalue()


# --- what a table is written in

TYPED = [(date.fromisoformat(day), model, tokens) for day, model, tokens in ROWS]
NAMES = tuple(HEADING.split(","))
EXCEL = workbook(NAMES, [tuple(row) for row in TYPED])
ODS = ods("".join(ods_row(*row) for row in (NAMES, *ROWS)))


@pytest.mark.parametrize(
    ("name", "raw", "kind"),
    [
        ("t.csv", CSV.encode(), "CSV with commas, UTF-8"),
        ("t.csv", b"\xef\xbb\xbf" + CSV.replace("\n", "\r\n").encode(), "CSV with commas, UTF-8"),
        ("t.tsv", CSV.replace(",", "\t").encode(), "CSV with tabs, UTF-8"),
        ("t.csv", CSV.replace(",", ";").encode(), "CSV with semicolons, UTF-8"),
        ("t.txt", CSV.replace(",", "|").encode(), "CSV with bars, UTF-8"),
        ("t.csv", CSV.encode("utf-16"), "CSV with commas, UTF-16"),
        ("t.csv", CSV.encode("utf-16-le"), "CSV with commas, UTF-16 (a guess)"),
        ("t.csv", CSV.encode("utf-16-be"), "CSV with commas, UTF-16 (a guess)"),
        ("t.csv", ("# made by é\n\n" + CSV).encode("cp1252"), "CSV with commas, Windows-1252 (a guess)"),
        (
            "t.jsonl",
            "\n".join(json.dumps(dict(zip(NAMES, r, strict=True))) for r in ROWS).encode(),
            "JSON lines, UTF-8",
        ),
        ("t.xlsx", EXCEL, "XLSX, sheet “Data”"),
        ("t.ods", ODS, "ODS"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_way_to_write_a_table_reads_the_same(write: Write, name: str, raw: bytes, kind: str) -> None:
    path = write(name, raw)
    snapshot = read(path)
    assert rows_of(snapshot) == sorted(ROWS)
    assert str(table_of(path).kind) == kind
    assert snapshot.raw == raw
    about = snapshot.provenance
    assert (about.format, about.source, about.as_of, about.basis, about.licence) == (
        "imported table",
        "imported table",
        "",
        Basis.UNKNOWN,
        "",
    )
    assert about.citation == f"Source: {name} (imported table), as-of date not stated, data to 2026-02-02."
    assert about.vintage == "2026-02-02"


def test_parquet_reads_the_same(write: Write) -> None:
    frame = pd.DataFrame(TYPED, columns=list(NAMES))
    assert rows_of(read(write("t.parquet", parquet_of(frame)))) == sorted(ROWS)
    frame["Date"] = pd.to_datetime(frame["Date"])
    assert rows_of(read(write("t.parquet", parquet_of(frame)))) == sorted(ROWS)


def test_parquet_without_pyarrow_says_what_to_install(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_name: str) -> None:
        raise ImportError

    monkeypatch.setattr(parquet.importlib, "import_module", absent)
    with pytest.raises(ExplorerError, match=r'pip install "tokenshare-explorer\[parquet\]"'):
        read(write("t.parquet", b"PAR1" + b"\0" * 20))


def test_the_name_of_a_file_may_state_its_as_of(write: Write) -> None:
    about = read(write("usage-2026-02-05.csv", CSV)).provenance
    assert (about.as_of, about.basis) == ("2026-02-05", Basis.FILE_NAME)
    assert about.citation == "Source: usage-2026-02-05.csv (imported table), as of 2026-02-05."


# --- what is harmful or broken


def bomb(size: int) -> bytes:
    return zipped({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": b" " * size})


SHEET = "<worksheet><sheetData>{}</sheetData></worksheet>"


def with_sheet(rows: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(EXCEL)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            content = old.read(member)
            if member == "xl/worksheets/sheet2.xml":
                content = SHEET.format(rows).encode()
            new.writestr(member, content)
    return out.getvalue()


def lying() -> bytes:
    """An archive whose directory says that a member is small."""
    raw = bytearray(bomb(30_000_000))
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(raw)


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("b.xlsx", bomb(30_000_000), "250 times its size"),
        ("b.xlsx", lying(), "damaged"),
        ("b.xlsx", zipped({f"f{n}": "" for n in range(5001)}), "more than 5000 files"),
        ("b.xlsx", EXCEL[:-100], "damaged"),
        ("b.zip", zipped({"a.csv": CSV}), "not an Excel workbook"),
        ("b.xlsx", with_sheet('<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row>'), "too large"),
        ("b.xlsx", with_sheet("<row><c r='A1'></row>"), "damaged"),
        (
            "b.ods",
            ods(
                '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" '
                'office:value="1" table:number-columns-repeated="1000"/></table:table-row>'
            ),
            "too large",
        ),
        ("b.parquet", b"PAR1" + b"\x07" * 60 + b"PAR1", "Parquet file is damaged"),
        ("b.csv", HEADING + "\n2026-02-01,a/b," + "9" * 40_000 + "\n", "more than 32767 characters"),
        ("b.csv", HEADING + ",x" * 3000 + "\n1,2,3\n", "more than 1000 columns"),
        ("b.csv", HEADING + '\n2026-02-01,"a/b,5\n', "a quote does not close"),
        ("b.csv", HEADING + "\n2026-02-01,a/b,5,6\n", "4 values where the heading has 3"),
        ("b.jsonl", '{"date":"2026-02-01","model":"a","tokens":1}\n{"date":\n', "no JSON object"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 60 else "",
)
def test_what_is_harmful_or_broken_is_a_sentence(write: Write, name: str, raw: bytes | str, said: str) -> None:
    with pytest.raises(ExplorerError) as caught:
        read(write(name, raw))
    assert said in str(caught.value)
    assert str(caught.value).startswith(name)
    assert str(caught.value.remedy)
    assert len(str(caught.value)) < 400


def test_cells_that_repeat_without_content_are_no_size(write: Write) -> None:
    extra = '<table:table-cell table:number-columns-repeated="16000"/>'
    end = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
    cells = "".join(ods_row(*row, extra=extra) for row in (NAMES, *ROWS)) + end
    assert rows_of(read(write("t.ods", ods(cells)))) == sorted(ROWS)


def test_formulas_are_the_values_they_had_and_text(write: Write) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, (*NAMES, "Note"))
        sheet.write_row(1, 0, ("2026-02-01", "a/b"))
        sheet.write_formula(1, 2, "=2+3", None, 5)
        sheet.write_string(1, 3, "=HYPERLINK(1)")
    table = table_of(write("f.xlsx", out.getvalue()))
    assert table.rows == [(2, ("2026-02-01", "a/b", 5.0, "=HYPERLINK(1)"))]
    assert rows_of(any_table.apply(table, any_table.guess(table).mapping)) == [("2026-02-01", "a/b", 5)]


# --- rows


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-02-30,a/b,5", 'line 2: the date "2026-02-30" is no day'),
        ("1926-02-03,a/b,5", "no day from 2020 to 2099"),
        ("2026-02-01,a/b,-5", '"-5" is not a whole number of tokens'),
        ("2026-02-01,a/b,5.5", '"5.5" is not a whole number of tokens'),
        ("2026-02-01,a/b,many", '"many" is not a whole number of tokens'),
        ("2026-02-01,a/b,9999999999999999", "not a whole number of tokens"),
        ("2026-02-01,c/d,5", '"c/d" is there twice for 2026-02-01'),
        ("2026-02-01,c\x07d,5", "characters that don't print"),
    ],
)
def test_a_row_that_can_not_be_meant_keeps_the_table_out(write: Write, row: str, said: str) -> None:
    good = "2026-02-01,c/d,7\n2026-02-02,c/d,7\n2026-02-03,c/d,7\n"
    with pytest.raises(ExplorerError) as caught:
        read(write("t.csv", f"{HEADING}\n{row}\n{good}"))
    assert said in str(caught.value).replace("line 3: ", "")


def test_rows_that_say_nothing_are_left_out_with_their_reason(write: Write) -> None:
    snapshot = read(write("t.csv", CSV + "2026-02-03,,5\n2026-02-03,a/b,\nTotal,,23\n"))
    assert rows_of(snapshot) == sorted(ROWS)
    assert [(row.line, str(row.reason)) for row in snapshot.skipped] == [
        (5, "It names no model."),
        (6, "It states no Total_Tokens."),
        (7, "It names no model."),
    ]


def test_a_variant_parts_the_rows_of_a_model(write: Write) -> None:
    text = "date,model,variant,tokens\n2026-02-01,a/b,standard,5\n2026-02-01,a/b,free,6\n"
    path = write("t.csv", text)
    assert rows_of(read(path)) == [("2026-02-01", "a/b", 5), ("2026-02-01", "a/b:free", 6)]
    table = table_of(path)
    with pytest.raises(ExplorerError, match="map that as variant"):
        any_table.apply(table, Mapping(date="date", model="model", tokens="tokens", date_format="iso", decimal="."))


# --- the guess


def guessed(write: Write, text: str) -> any_table.Guess:
    return any_table.guess(table_of(write("t.csv", text)))


def test_the_order_of_day_and_month_is_asked_and_never_guessed(write: Write) -> None:
    text = "date,model,tokens\n01/02/2026,a/b,5\n02/03/2026,a/b,6\n"
    path = write("t.csv", text)
    with pytest.raises(UnmappedError) as caught:
        read(path)
    said = str(caught.value)
    assert "Say date_format=dmy or date_format=mdy." in said
    assert "--map 'date=date,model=model,tokens=tokens," in said
    for key, days in (("dmy", ["2026-02-01", "2026-03-02"]), ("mdy", ["2026-01-02", "2026-02-03"])):
        mapping = any_table.remembered(caught.value.table, Mapping("date", "model", tokens="tokens", date_format=key))
        assert [row[0] for row in rows_of(any_table.apply(caught.value.table, mapping))] == days


def test_a_row_of_totals_does_not_hide_that_dates_are_ambiguous(write: Write) -> None:
    found = guessed(write, "date,model,tokens\n01/02/2026,a/b,5\n02/03/2026,a/b,6\nTotal,,11\n")
    assert [doubt.about for doubt in found.doubts] == ["date_format"]


def test_one_day_beyond_the_twelfth_settles_the_order(write: Write) -> None:
    found = guessed(write, "date,model,tokens\n01/02/2026,a/b,5\n13/02/2026,a/b,6\n")
    assert (found.certain, found.mapping.date_format) == (True, "dmy")


PARTS = {"prompt": "prompt_tokens", "completion": "completion_tokens", "reasoning": "reasoning_tokens"}
PRICES = {"input_price": "Input price ($/M)", "output_price": "Output price ($/M)", "price_unit": "million"}


@pytest.mark.parametrize(
    ("heading", "row", "wanted"),
    [
        (
            f"date,model,{','.join(PARTS.values())},total_tokens",
            "2026-02-01,a/b,10,2,1,12",
            Mapping("date", "model", **PARTS),
        ),
        (
            "Day;Model ID;Input tokens;Output tokens",
            "2026-02-01;a/b;1.500;20",
            Mapping("Day", "Model ID", prompt="Input tokens", completion="Output tokens", decimal=","),
        ),
        (
            "Datum;Modell;Tokens gesamt",
            "13.02.2026;a/b;1.234.567",
            Mapping("Datum", "Modell", tokens="Tokens gesamt", date_format="dmy", decimal=","),
        ),
        ("timestamp,slug,usage", "1770000000,a/b,5", Mapping("timestamp", "slug", tokens="usage", date_format="unix")),
        (
            "date,model,tokens (M)",
            "2026-02-01,a/b,5",
            Mapping("date", "model", tokens="tokens (M)", token_unit="million"),
        ),
        ("model,Input price ($/M),Output price ($/M)", "a/b,0.25,1.5", Mapping("", "model", **PRICES)),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_a_heading_that_leaves_no_doubt(write: Write, heading: str, row: str, wanted: Mapping) -> None:
    found = guessed(write, f"{heading}\n{row}\n")
    assert [str(doubt.words) for doubt in found.doubts] == []
    expected = {"decimal": ".", "date_format": "iso" if wanted.date else ""}
    expected |= {name: value for name in ("decimal", "date_format") if (value := getattr(wanted, name))}
    for name in Mapping.__dataclass_fields__:
        assert getattr(found.mapping, name) == expected.get(name, getattr(wanted, name)), name


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("date,model,price_input,price_output\n2026-02-01,a/b,0.25,1\n", "price_unit"),
        ('model,price_input_usd_per_million\na/b,"1,234"\n', "decimal"),
        ("date,model_a,model_b,tokens\n2026-02-01,a/b,c/d,5\n", "model"),
        ("date,model,rank\n2026-02-01,a/b,5\n", ""),
        ("when,model,tokens\nsoon,a/b,5\n", ""),
    ],
)
def test_what_is_in_doubt_is_asked(write: Write, text: str, about: str) -> None:
    found = guessed(write, text)
    assert found.doubts[0].about == about
    with pytest.raises(UnmappedError):
        read(write("t.csv", text))


def test_prices_are_per_million_and_of_the_first_day(write: Write) -> None:
    text = "date,model,tokens,input cost per token,output cost per token\n"
    rows = "2026-02-01,a/b,5,0.0000025,0.00001\n2026-02-02,a/b,6,0.0000025,0.00001\n2026-02-02,c/d,6,,0\n"
    prices = read(write("t.csv", text + rows)).prices
    assert prices is not None
    assert (prices.day, prices.source, prices.stated) == (to_day(date(2026, 2, 1)), "imported table", True)
    assert [(p.model, p.input, p.output) for p in prices.prices] == [("a/b", 2.5, 10.0), ("c/d", None, 0.0)]
    with pytest.raises(ExplorerError, match="change within the table"):
        read(write("t.csv", text + rows + "2026-02-03,a/b,6,0.0000026,0.00001\n"))


def test_prices_without_a_date_are_undated_unless_the_name_tells(write: Write) -> None:
    text = "model,input $/M\na/b,2\n"
    for name, day, stated in (("p.csv", UNDATED, False), ("p-2026-02-05.csv", to_day(date(2026, 2, 5)), True)):
        snapshot = read(write(name, text))
        assert snapshot.usage is None
        assert snapshot.prices is not None
        assert (snapshot.prices.day, snapshot.prices.stated) == (day, stated)


def test_a_known_heading_goes_before_the_guess_and_a_person_may_be_asked_always(write: Write) -> None:
    path = write("t.csv", "date,model,tokens,billed\n2026-02-01,a/b,5,6\n")
    known = Mapping("date", "model", tokens="billed")
    assert rows_of(read(path)) == [("2026-02-01", "a/b", 5)]
    assert rows_of(read(path, tables=AnyTable(lambda _: known))) == [("2026-02-01", "a/b", 6)]
    with pytest.raises(UnmappedError, match="never imported before"):
        read(path, tables=AnyTable(guessing=False))


def test_february_is_what_pandas_reads(shared_data: Path) -> None:
    path = shared_data / "openrouter" / "rankings-daily" / "february-2026-prompt-completion.csv"
    snapshot, frame = read(path), pd.read_csv(path)
    split = snapshot.split
    assert split is not None
    sums = {name: int(getattr(split, name).sum()) for name in ("prompt", "completion", "reasoning")}
    assert sums == {name: int(frame[f"{name}_tokens"].sum()) for name in sums}
    assert (sums["prompt"], sums["completion"]) == (47_472_998_489_000, 2_753_814_919_000)
    assert rows_of(snapshot) == sorted(
        zip(frame.date, frame.model, (frame.prompt_tokens + frame.completion_tokens).tolist(), strict=True)
    )


# --- the parts


@given(st.dates(date(2020, 1, 1), date(2099, 12, 31)), st.sampled_from(dates.KEYS))
def test_a_day_is_read_in_every_format(day: date, key: str) -> None:
    patterns = {
        "iso": f"{day:%Y-%m-%d}T23:59:59",
        "ymd": f"{day:%Y/%m/%d}",
        "dmy": f"{day:%d.%m.%Y}",
        "mdy": f"{day:%m/%d/%Y} 1:02 PM",
        "compact": f"{day:%Y%m%d}",
        "d-mon-y": f"{day.day} {day:%b} {day:%Y}",
        "mon-d-y": f"{day:%B} {day.day}, {day:%Y}",
        "unix": str(to_day(day) * 86400 + 7),
        "unix-ms": str(to_day(day) * 86_400_000),
        "serial": str((day - date(1899, 12, 30)).days),
    }
    assert dates.day_of(patterns[key], key) == to_day(day)


def test_a_timestamp_counts_by_its_utc_day() -> None:
    assert dates.day_of("2026-02-01T23:30:00-05:00", "iso") == to_day(date(2026, 2, 2))


@given(st.integers(0, 10**15), st.sampled_from([",", ".", " ", "\u202f", "'"]))
def test_a_count_is_read_however_it_is_grouped(count: int, mark: str) -> None:
    decimal = "," if mark == "." else "."
    assert numbers.number_of(f"{count:,}".replace(",", mark), decimal) == count


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("1,5", None, "1.5"),
        ("1.234,5", None, "1234.5"),
        ("1,234", "1234", "1.234"),
        ("$0.25", "0.25", None),
        (".5", "0.5", None),
        ("1e6", "1000000", "1000000"),
        ("−5", "-5", "-5"),
        ("12,34,567", None, None),
        ("1e99999", None, None),
        ("nan", None, None),
        ("5%", None, None),
    ],
)
def test_a_number_by_either_mark(text: str, point: str | None, comma: str | None) -> None:
    for decimal, wanted in ((".", point), (",", comma)):
        assert numbers.number_of(text, decimal) == (None if wanted is None else Decimal(wanted))


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("promptTokens", "prompt"),
        ("tokens_out", "completion"),
        ("usage_date", "date"),
        ("tokens in millions", "tokens"),
        ("cached prompt tokens", ""),
        ("average tokens per request", ""),
        ("token share", ""),
        ("model_count", ""),
        ("input_cost_per_token", "input_price"),
    ],
)
def test_what_a_column_is_by_its_name(name: str, role: str) -> None:
    assert headings.role_of(name) == role


def test_a_mapping_is_read_as_it_is_written() -> None:
    mapping = Mapping("Date, UTC", "Model=Name", tokens='Total "all"', decimal=",", date_format="dmy")
    assert parse(mapping.text, dates.KEYS) == mapping
    assert parse("date=Date,model=Model,tokens=Total_Tokens", dates.KEYS) == Mapping(
        "Date", "Model", tokens="Total_Tokens"
    )
    for text, said in (
        ("day=Date", "day=Date"),
        ("date", "“date”"),
        ("date=D,date=E", "twice"),
        ("date_format=swiss", "Choose one of: iso"),
    ):
        with pytest.raises(ExplorerError, match=said):
            parse(text, dates.KEYS)


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (Mapping(), "Still to map: date, model, tokens, prompt and completion tokens, or prices."),
        (Mapping(model="m", tokens="t"), "Still to map: date."),
        (Mapping("d", "m", prompt="p"), "Still to map: completion tokens."),
        (Mapping("d", "m", tokens="d"), 'The column "d" is mapped to two things.'),
        (Mapping("d", "m", tokens="x"), 'The table has no column "x".'),
        (Mapping("d", "m", tokens="t", prompt="p", completion="c"), "not both"),
        (Mapping("d", "m", tokens="t", reasoning="c"), "part of completion"),
        (Mapping("", "m", input_price="p"), "for how many tokens"),
    ],
)
def test_what_keeps_a_mapping_from_being_used(mapping: Mapping, said: str) -> None:
    assert said in str(mapping.fault(("d", "m", "t", "p", "c")))
