"""The tables of origins and countries."""

from datetime import date
from pathlib import Path

import pytest

from explorer.domain.origins import Origin
from explorer.errors import ExplorerError
from explorer.sources.origins import read_countries, read_origins

HEADER = "author,company,country,valid_from,note\n"


def table(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_origins(tmp_path: Path) -> None:
    path = table(tmp_path, HEADER + 'z-ai,Zhipu AI,CN,2024-01-01,"once thudm, renamed"\nopenrouter,,,2024-01-01,\n')
    assert read_origins(path) == (
        Origin("z-ai", "Zhipu AI", "CN", date(2024, 1, 1), "once thudm, renamed"),
        Origin("openrouter", "", "", date(2024, 1, 1), ""),
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a,A,cn,2024-01-01,", '"cn"'),
        ("a,A,CHN,2024-01-01,", '"CHN"'),
        ("a,A,CN,2024-02-30,", "2024-02-30"),
        ("a,A,CN,,", 'date ""'),
        (",A,CN,2024-01-01,", "author"),
        ("OK,A,CN,2024-01-01,", "twice"),
        ("a,A,CN", "3 values"),
    ],
)
def test_a_bad_origin_is_named_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(ExplorerError) as caught:
        read_origins(table(tmp_path, f"{HEADER}ok,A,CN,2024-01-01,\n{row}\n"))
    assert said in str(caught.value)
    assert caught.value.line == 3


def test_countries(tmp_path: Path) -> None:
    assert read_countries(table(tmp_path, "code,name\nCN,China\nUS,United States\n")) == {
        "CN": "China",
        "US": "United States",
    }


@pytest.mark.parametrize("text", ["code,name\nCN,China\nCN,China\n", "code,name\ncn,China\n", "code,name\nCN,\n"])
def test_bad_countries(tmp_path: Path, text: str) -> None:
    with pytest.raises(ExplorerError):
        read_countries(table(tmp_path, text))


def test_missing_columns_and_files_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match="valid_from"):
        read_origins(table(tmp_path, "author,company\n"))
    with pytest.raises(ExplorerError, match="can't be read"):
        read_countries(tmp_path / "none.csv")
