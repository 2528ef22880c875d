"""The table of reveals: which anonymous model was whose, and since when that is known."""

from datetime import date
from pathlib import Path

import pytest

from explorer.domain.origins import Reveal
from explorer.errors import ExplorerError
from explorer.sources.origins import read_reveals

HEADER = "slug,author,model,revealed,note\n"
GOOD = "openrouter/ok-alpha,z-ai,z-ai/glm-5,2026-02-11,said so\n"


def table(folder: Path, text: str) -> Path:
    path = folder / "reveals.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_reveals_keep_the_order_of_the_file(tmp_path: Path) -> None:
    rows = 'stealth/b-alpha,x-ai,,2025-12-31,\nopenrouter/a-alpha,z-ai,z-ai/glm-5,2026-02-11,"by the maker, then all"\n'
    assert read_reveals(table(tmp_path, HEADER + rows)) == (
        Reveal("stealth/b-alpha", "x-ai", date(2025, 12, 31)),
        Reveal("openrouter/a-alpha", "z-ai", date(2026, 2, 11), "z-ai/glm-5", "by the maker, then all"),
    )


def test_columns_may_come_in_any_order_and_more_of_them(tmp_path: Path) -> None:
    text = "note,revealed,extra,model,author,slug\nwhy,2026-02-11,x,z-ai/glm-5,z-ai,openrouter/a-alpha\n"
    assert read_reveals(table(tmp_path, text)) == (
        Reveal("openrouter/a-alpha", "z-ai", date(2026, 2, 11), "z-ai/glm-5", "why"),
    )


def test_a_table_without_rows_is_fine(tmp_path: Path) -> None:
    assert read_reveals(table(tmp_path, HEADER)) == ()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("openrouter/a-alpha,z-ai,,2026-02-30,", '"2026-02-30" is not a calendar date'),
        ("openrouter/a-alpha,z-ai,,,", 'the date "" is not a calendar date'),
        ("openrouter/a-alpha,z-ai,,2206-02-11,", '"2206-02-11" is not within 2020 to 2099'),
        ("openrouter/ok-alpha,x-ai,,2026-02-12,", 'the slug "openrouter/ok-alpha" is there twice'),
        (",z-ai,,2026-02-11,", 'the slug "" is not author/model'),
        ("pony-alpha,z-ai,,2026-02-11,", '"pony-alpha" is not author/model'),
        ("openrouter/,z-ai,,2026-02-11,", '"openrouter/" is not author/model'),
        ("OpenRouter/a-alpha,z-ai,,2026-02-11,", '"OpenRouter/a-alpha" is not author/model'),
        ("openrouter/a-alpha:free,z-ai,,2026-02-11,", '"openrouter/a-alpha:free" is not author/model'),
        ("openrouter/a-alpha-20260206,z-ai,,2026-02-11,", '"openrouter/a-alpha-20260206" is not author/model'),
        ("openrouter/a-alpha,z-ai,2026-02-11", "3 values where the header has 5"),
    ],
)
def test_a_bad_row_is_one_sentence_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(ExplorerError) as caught:
        read_reveals(table(tmp_path, f"{HEADER}{GOOD}{row}\n"))
    assert (caught.value.file, caught.value.line) == ("reveals.csv", 3)
    what = str(caught.value.what)
    assert said in what
    assert what.endswith(".") and "\n" not in what


def test_several_bad_rows_are_counted_and_the_first_is_named(tmp_path: Path) -> None:
    bad = "a-alpha,z-ai,,2026-02-11,\nopenrouter/b-alpha,z-ai,,soon,\n"
    with pytest.raises(ExplorerError, match="the first of 2 bad rows") as caught:
        read_reveals(table(tmp_path, f"{HEADER}{bad}{GOOD}"))
    assert caught.value.line == 2
    assert "author/model" in str(caught.value.what)


def test_missing_columns_and_files_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match="slug, author, model, revealed, note") as caught:
        read_reveals(table(tmp_path, "slug,author,revealed\n"))
    assert caught.value.line == 1
    with pytest.raises(ExplorerError, match="can't be read"):
        read_reveals(tmp_path / "none.csv")
