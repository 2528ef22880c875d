"""Origins and reveals as CSV: what the readers of the bundled tables take back unchanged."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain.origins import Origin, Reveal
from explorer.export.attribution_csv import origins_text, reveals_text
from explorer.export.table_csv import ENCODING
from explorer.paths import ORIGINS, REVEALS
from explorer.sources.origins import read_origins, read_reveals

ACME = Origin("acme", "Acme, Inc.", "US", date(2023, 1, 1), 'calls itself "Acme"')
PONY = Reveal("openrouter/pony-alpha", "z-ai", date(2026, 2, 11), "z-ai/glm-5", "said so")
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).filter(lambda t: not t.startswith("'"))
names = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z]{1,5})?", fullmatch=True)
origins = st.lists(
    st.builds(Origin, texts.filter(bool), texts, st.sampled_from(["", "CN", "US"]), st.dates(), texts),
    unique_by=lambda row: (row.author.lower(), row.valid_from),
)
reveals = st.lists(
    st.builds(
        Reveal,
        st.builds("{}/{}-alpha".format, names, names),
        texts,
        st.dates(date(2020, 1, 1), date(2099, 12, 31)),
        texts,
        texts,
    ),
    unique_by=lambda row: row.slug,
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("attribution") / "table.csv"


def test_the_columns_are_those_of_the_bundled_tables() -> None:
    for text, bundled in ((origins_text([]), ORIGINS), (reveals_text([]), REVEALS)):
        assert text == bundled.read_text(encoding="utf-8").splitlines()[0] + "\r\n"


def test_rows_are_written_in_their_order() -> None:
    assert origins_text([ACME, Origin("zeta", "", "", date(2026, 1, 1))]) == (
        "author,company,country,valid_from,note\r\n"
        'acme,"Acme, Inc.",US,2023-01-01,"calls itself ""Acme"""\r\n'
        "zeta,,,2026-01-01,\r\n"
    )
    assert reveals_text([PONY, Reveal("stealth/ox-alpha", "", date(2026, 8, 26))]) == (
        "slug,author,model,revealed,note\r\n"
        "openrouter/pony-alpha,z-ai,z-ai/glm-5,2026-02-11,said so\r\n"
        "stealth/ox-alpha,,,2026-08-26,\r\n"
    )


@pytest.mark.parametrize("start", FORMULAS[:-1])
def test_a_formula_is_defused(start: str) -> None:
    note = f"{start}cmd()"
    text = reveals_text([Reveal(PONY.slug, PONY.author, PONY.revealed, note=note)])
    assert next(csv.DictReader(io.StringIO(text, newline="")))["note"] == f"'{note}"


@given(rows=origins)
def test_origins_come_back_unchanged(path: Path, rows: list[Origin]) -> None:
    path.write_text(origins_text(rows), encoding=ENCODING, newline="")
    assert list(read_origins(path)) == rows


@given(rows=reveals)
def test_reveals_come_back_unchanged(path: Path, rows: list[Reveal]) -> None:
    path.write_text(reveals_text(rows), encoding=ENCODING, newline="")
    assert list(read_reveals(path)) == rows


def test_the_bundled_tables_come_back_unchanged(path: Path) -> None:
    path.write_text(origins_text(read_origins(ORIGINS)), encoding="utf-8", newline="")
    assert read_origins(path) == read_origins(ORIGINS)
    path.write_text(reveals_text(read_reveals(REVEALS)), encoding="utf-8", newline="")
    assert read_reveals(path) == read_reveals(REVEALS)
