"""`tokenshare import` of any table: --map, what is remembered, what is asked, and the observed ratio."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from explorer.cli import main
from explorer.domain.column_mapping import Mapping
from explorer.store import Store

Run = Callable[..., Result]
AMBIGUOUS = "When,Name,Total_Tokens\n01/02/2026,a/b,1000\n02/02/2026,a/b,2000\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


@pytest.fixture
def run(store: Path) -> Run:
    return lambda *args: CliRunner().invoke(main, ["--store", str(store), *map(str, args)])


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(AMBIGUOUS)
    return path


def test_a_table_is_mapped_and_its_heading_remembered(run: Run, table: Path, store: Path) -> None:
    done = run("import", table, "--map", "date=When,model=Name,tokens=Total_Tokens,date_format=dmy")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == (
        "mine.csv: imported table, as-of date not stated; rows read: 2; days: 2, 2026-02-01 to 2026-02-02"
    )
    with Store.open(store) as opened:
        known = opened.mapping(("When", "Name", "Total_Tokens"))
    assert known == Mapping("When", "Name", tokens="Total_Tokens", date_format="dmy", decimal=".")
    table.write_text(AMBIGUOUS + "03/02/2026,a/b,3000\n")
    again = run("import", table)
    assert again.exit_code == 0
    assert "days: 3, 2026-02-01 to 2026-02-03" in again.stdout


def test_what_is_not_certain_is_a_sentence_with_the_guess(run: Run, tmp_path: Path, store: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(AMBIGUOUS.replace("When,Name", "Date,Model"))
    done = run("import", path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        't.csv: The columns of this table are not certain. Which day is "01/02/2026"? It can be read in more than one '
        "way. Say date_format=dmy or date_format=mdy. Check this and add what is missing: "
        "--map 'date=Date,model=Model,tokens=Total_Tokens,decimal=.'; it has Date, Model, Total_Tokens.\n"
    )
    assert not store.exists()


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("date=Day,model=Name,tokens=Total_Tokens", 'The table has no column "Day". The table has When, Name'),
        ("model=Name,tokens=Total_Tokens", "Still to map: date."),
        ("tokens", "“tokens”, which is not understood"),
        ("date=When,model=Name,tokens=Total_Tokens,date_format=iso", 'the date "01/02/2026" is no day'),
    ],
)
def test_a_mapping_that_does_not_suit_is_a_sentence(
    run: Run, table: Path, store: Path, mapping: str, said: str
) -> None:
    done = run("import", table, "--map", mapping)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert not store.exists()


def test_the_observed_ratio_is_that_of_the_table_and_says_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "split.csv"
    path.write_text("date,model,prompt,completion\n2026-02-01,openai/gpt-5,30,10\n2026-02-02,openai/gpt-5,50,0\n")
    none = run("export", "prices", "--models", "openai/gpt-5", "--ratio", "observed")
    assert none.exit_code == 2
    assert "no ratio of them is observed" in none.stderr
    assert run("import", path).exit_code == 0
    done = run("export", "prices", "--ratio", "observed")
    assert done.exit_code == 0, done.stderr
    assert "8 input tokens per output token: one model, 1–2 Feb 2026, as split.csv (imported) has it" in done.stdout


def test_february_beside_the_rankings(run: Run, shared_data: Path) -> None:
    folder = shared_data / "openrouter" / "rankings-daily"
    done = run("import", folder / "history.csv", folder / "february-2026-prompt-completion.csv")
    assert done.exit_code == 0
    assert (
        "OpenRouter has 28 of the same days: on these OpenRouter counts, not the imported table."
    ) in done.stdout
