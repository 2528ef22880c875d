"""The keyless CSV: what goes in, what is refused and where, and that the fast and the exact pass agree."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from explorer.domain.schema import UsageFrame, check, to_day
from explorer.domain.snapshot import Basis
from explorer.errors import ExplorerError
from explorer.sources import rankings_bulk, rankings_csv, read, table

HEADER = "date,model_permaslug,rank,total_tokens,share_of_daily_tokens"
DAY = to_day(date(2026, 2, 9))
GOOD = (
    "2026-02-09,minimax/minimax-m2.5,1,1440000000000,0.6",
    "2026-02-09,other,,960000000000,0.4",
    "2026-02-10,minimax/minimax-m2.5,1,7,1",
)


def written(folder: Path, *lines: str, end: str = "\r\n", name: str = "rankings.csv") -> Path:
    path = folder / name
    path.write_bytes((end.join((HEADER, *lines)) + end).encode())
    return path


def facts(usage: UsageFrame | None) -> list[tuple[int, str, int]]:
    assert usage is not None
    check(usage)
    return [
        (d, usage.models[m], t)
        for d, m, t in zip(usage.day.tolist(), usage.model.tolist(), usage.tokens.tolist(), strict=True)
    ]


WANTED = [
    (DAY, "minimax/minimax-m2.5", 1_440_000_000_000),
    (DAY, "other", 960_000_000_000),
    (DAY + 1, "minimax/minimax-m2.5", 7),
]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_and_byte_order_mark_do_not_matter(tmp_path: Path, end: str, bom: bytes, last: bool) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(bom + (end.join((HEADER, *GOOD)) + (end if last else "")).encode())
    assert facts(read(path).usage) == WANTED


def test_provenance(tmp_path: Path) -> None:
    snapshot = read(written(tmp_path, *GOOD, name="daily-2026-02-11.csv"))
    found = snapshot.provenance
    assert (found.format, found.name, found.rows) == ("rankings CSV", "daily-2026-02-11.csv", 3)
    assert (found.as_of, found.basis) == ("2026-02-11", Basis.FILE_NAME)
    assert (found.first_day, found.last_day) == (DAY, DAY + 1)
    assert found.licence == "CC BY 4.0"
    assert found.citation == "Source: OpenRouter (openrouter.ai/rankings), as of 2026-02-11."
    assert snapshot.raw == (tmp_path / "daily-2026-02-11.csv").read_bytes()
    # sha256sum of the three rows and the header with CRLF
    assert found.sha256 == "67bbd8026e364b9c5215126173f2686b891cdf6acf4472cee8420f9caabdd41a"


@pytest.mark.parametrize(
    ("name", "as_of"),
    [
        ("history.csv", ""),
        ("2026-02-10.csv", "2026-02-10"),
        ("2026-02-09.csv", ""),  # before the last day in it
        ("2026-02-30.csv", ""),
        ("12026-02-10.csv", ""),
        ("2026-02-09 to 2026-03-10.csv", ""),  # a range says nothing about when it was taken
        ("2026-03-01-of-2026-03-01.csv", "2026-03-01"),
    ],
)
def test_as_of_from_the_name(tmp_path: Path, name: str, as_of: str) -> None:
    found = read(written(tmp_path, *GOOD, name=name)).provenance
    assert found.as_of == as_of
    assert found.basis == (Basis.FILE_NAME if as_of else Basis.UNKNOWN)
    assert found.vintage == (as_of or "2026-02-10")


BAD = [
    ("2026-02-30,a/b,1,5,1", "2026-02-30"),
    ("2026-2-3,a/b,1,5,1", "2026-2-3"),
    ("20260203,a/b,1,5,1", "20260203"),
    ("2206-02-03,a/b,1,5,1", "2020 to 2099"),
    (",a/b,1,5,1", 'date ""'),
    ("2026-02-11,a/b,1,-5,1", "-5"),
    ("2026-02-11,a/b,1,1e9,1", "1e9"),
    ("2026-02-11,a/b,1,12.0,1", "12.0"),
    ("2026-02-11,a/b,1,1.5,1", "1.5"),
    ("2026-02-11,a/b,1,,1", 'total_tokens ""'),
    ("2026-02-11,a/b,1,NaN,1", "NaN"),
    ("2026-02-11,a/b,1,+5,1", "+5"),
    ("2026-02-11,a/b,1, 5,1", '" 5"'),
    ("2026-02-11,a/b,1,1_000,1", "1_000"),
    ("2026-02-11,a/b,1,٣,1", "٣"),
    ("2026-02-11,a/b,1,1000000000000001,1", '"1000000000000001" is not a whole number from 0 to 1000000000000000'),
    ("2026-02-11,a/b,1,9223372036854775807,1", "9223372036854775807"),
    ("2026-02-11,a/b,1,9223372036854775808,1", "9223372036854775808"),
    ("2026-02-11,a/b,1,99999999999999999999999,1", "9999999999"),
    ("2026-02-11, a/b,1,5,1", "blanks around"),
    ("2026-02-11,a\x07b,1,5,1", "don't print"),
    ("2026-02-09,other,,1,1", "there twice for 2026-02-09"),
    ("2026-02-11,a/b,1,5", "4 values where the header has 5"),
    ("2026-02-11,a/b,1,5,1,", "6 values where the header has 5"),
    ('2026-02-11,"a/b,1,5,1', "quote"),
]


@pytest.mark.parametrize(("row", "said"), BAD)
def test_a_bad_row_is_named_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    path = written(tmp_path, *GOOD, row)
    with pytest.raises(ExplorerError) as caught:
        read(path)
    assert said in str(caught.value)
    assert (caught.value.file, caught.value.line) == ("rankings.csv", 5)
    assert str(caught.value.remedy)
    assert "\n" not in str(caught.value)


def test_the_first_bad_row_is_named_and_the_rest_counted(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD[0], "2026-02-30,a,1,1,1", GOOD[1], "2026-02-10,b,1,x,1", "2026-02-10,c,1,-1,1")
    with pytest.raises(ExplorerError, match=r"2026-02-30.*first of 3 bad rows") as caught:
        read(path)
    assert caught.value.line == 3


def test_counting_stops_at_a_thousand(tmp_path: Path) -> None:
    path = written(tmp_path, *("2026-02-30,a,1,1,1" for _ in range(5000)))
    with pytest.raises(ExplorerError, match="at least 1000 bad rows"):
        read(path)


def test_rows_without_a_model_are_skipped_with_their_line(tmp_path: Path) -> None:
    snapshot = read(written(tmp_path, GOOD[0], "2026-02-09,,2,5,0.1", *GOOD[1:], "2026-02-10,  ,2,5,0.1"))
    assert facts(snapshot.usage) == WANTED
    assert [(str(row.place), str(row.reason)) for row in snapshot.skipped] == [
        ("line 3", "It names no model."),
        ("line 6", "It names no model."),
    ]
    assert snapshot.provenance.rows == 3


def test_the_largest_count_fits(tmp_path: Path) -> None:
    path = written(tmp_path, "2026-02-09,a/b,1,1000000000000000,1")
    assert facts(read(path).usage) == [(DAY, "a/b", 10**15)]
    assert facts(plain(path.read_bytes())) == [(DAY, "a/b", 10**15)]


def test_a_large_file_with_a_count_too_many_is_refused_with_its_line(tmp_path: Path) -> None:
    lines = [f"2026-02-09,author/model-{i:050d},1,5,1" for i in range(rankings_bulk.WORTH // 70)]
    path = written(tmp_path, *lines, "2026-02-09,a/b,1,1000000000000001,1")
    assert path.stat().st_size > rankings_bulk.WORTH
    with pytest.raises(ExplorerError, match="1000000000000001") as caught:
        read(path)
    assert caught.value.line == len(lines) + 2


def test_other_orders_more_columns_and_quotes_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "third-party.csv"
    path.write_text('total_tokens,note,"date",model_permaslug\n12,"a, b",2026-02-09,"Qwen/q ü"\n\n3,,2026-02-10,x\n')
    assert facts(read(path).usage) == [(DAY, "Qwen/q ü", 12), (DAY + 1, "x", 3)]


@pytest.mark.parametrize("lines", [(), ("",), ("2026-02-09,,1,5,1",)])
def test_a_table_without_facts_is_refused(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with pytest.raises(ExplorerError, match="no rows of daily rankings"):
        read(written(tmp_path, *lines))


def test_bytes_that_are_no_utf8_are_named_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes(HEADER.encode() + b"\r\n2026-02-09,ok,1,5,1\r\n2026-02-09,caf\xe9,1,5,1\r\n")
    with pytest.raises(ExplorerError, match="not UTF-8") as caught:
        read(path)
    assert caught.value.line == 3


def test_a_second_line_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(HEADER.encode() + b"\n" + b"," * 3_000_000)
    with pytest.raises(ExplorerError, match="more than a million characters") as caught:
        read(path)
    assert caught.value.line == 2


def plain(raw: bytes) -> UsageFrame | None:
    return rankings_bulk.parse(raw, table.header_of(raw))


def test_what_upstream_writes_takes_the_fast_pass() -> None:
    raw = "\r\n".join((HEADER, *GOOD, "")).encode()
    assert facts(plain(raw)) == WANTED


@pytest.mark.parametrize("row", [row for row, _ in BAD])
def test_the_fast_pass_leaves_every_bad_row_alone(row: str) -> None:
    assert plain("\n".join((HEADER, *GOOD, row)).encode()) is None


@pytest.mark.parametrize(
    "rows", [("2026-02-11,a,1,5", "2026-02-12,a,1,5,1,1"), ("2026-02-11,a,1,5,1,1", "2026-02-12,a,1,5")]
)
def test_the_fast_pass_does_not_let_a_long_row_make_up_for_a_short_one(rows: tuple[str, str]) -> None:
    assert plain("\n".join((HEADER, *GOOD, *rows)).encode()) is None


def test_many_models_stay_apart_in_the_fast_pass() -> None:
    """Many slugs, some a prefix of others, days out of order: codes must follow the alphabet."""
    rng = np.random.default_rng(7)
    slugs = [f"author{i % 97}/model-{i}" for i in range(70_000)] + [
        "a",
        "ab",
        "abcdefgh",
        "abcdefghi",
        "author1/model-1:free",
    ]
    days = rng.integers(1, 29, len(slugs)).tolist()
    tokens = rng.integers(0, 10**15, len(slugs)).tolist()
    lines = [f"2026-02-{d:02d},{s},,{t}," for d, s, t in zip(days, slugs, tokens, strict=True)]
    wanted = [(to_day(date(2026, 2, d)), s, t) for d, s, t in zip(days, slugs, tokens, strict=True)]
    usage = plain("\n".join((HEADER, *lines)).encode())
    assert facts(usage) == wanted
    assert usage is not None
    assert list(usage.models) == sorted(slugs)


def test_progress_is_told_and_may_stop_the_reading() -> None:
    raw = "\n".join((HEADER, *GOOD)).encode()
    heard: list[float] = []
    rankings_csv.read("r.csv", raw, heard.append)
    assert heard == sorted(heard)
    assert heard[0] == 0.0
    assert heard[-1] == 1.0
