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
        "--map 'date=Date,model=Model,tokens=Total_Tokens,decimal=point'; it has Date, Model, Total_Tokens.\n"
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


def test_another_mapping_of_a_table_that_is_there_is_no_duplicate(run: Run, table: Path, store: Path) -> None:
    mapping = "date=When,model=Name,tokens=Total_Tokens,date_format="
    assert run("import", table, "--map", mapping + "mdy").exit_code == 0
    again = run("import", table, "--map", mapping + "mdy")
    assert (again.exit_code, "already there" in again.stdout) == (0, True)
    other = run("import", table, "--map", mapping + "dmy")
    assert (other.exit_code, other.stdout) == (2, "")
    assert other.stderr == (
        "mine.csv: The table is in the store already, with its columns mapped in another way. "
        "Remove it there first (Snapshots, or tokenshare snapshots remove), then import it again.\n"
    )
    with Store.open(store) as opened:
        known, (about,) = opened.mapping(("When", "Name", "Total_Tokens")), opened.provenance()
    assert known is not None
    assert known.date_format == "mdy"
    assert run("snapshots", "remove", about.sha256[:12]).exit_code == 0
    assert "2026-02-01 to 2026-02-02" in run("import", table, "--map", mapping + "dmy").stdout


@pytest.mark.parametrize("other", ["prompt=B,completion=A", "prompt=A,completion=B,reasoning=C", "tokens=A"])
def test_every_number_of_a_table_counts_in_telling_whether_it_is_the_same(run: Run, tmp_path: Path, other: str) -> None:
    path, first = tmp_path / "t.csv", "date=D,model=M,prompt=A,completion=B"
    path.write_text("D,M,A,B,C\n2026-02-01,a/b,10,2,1\n")
    assert run("import", path, "--map", first).exit_code == 0
    assert run("import", path, "--map", f"date=D,model=M,{other}").exit_code == 2
    assert run("import", path, "--map", first).exit_code == 0


def test_prices_of_a_table_mapped_in_another_unit_are_others(run: Run, tmp_path: Path) -> None:
    path, mapping = tmp_path / "p.csv", "model=M,input_price=P,price_unit="
    path.write_text("M,P\na/b,0.5\n")
    assert run("import", path, "--map", mapping + "million").exit_code == 0
    assert run("import", path, "--map", mapping + "thousand").exit_code == 2
    assert "already there" in run("import", path, "--map", mapping + "million").stdout


def test_days_that_are_yet_to_come_are_in_the_report(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("D,M,T\n2098-02-01,a/b,10\n")
    done = run("import", path, "--map", "date=D,model=M,tokens=T")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "yet to come, the last one 2098-02-01: check how its dates are read." in done.stdout


def test_json_of_a_format_of_its_own_needs_no_mapping(run: Run, tmp_path: Path, store: Path) -> None:
    path = tmp_path / "models.json"
    path.write_text('{"data": [{"id": "a/b", "pricing": {"prompt": "0.1", "completion": "0.2"}}]}')
    done = run("import", path, "--map", "date=D,model=M,tokens=T")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Import it without --map" in done.stderr
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
    assert ("OpenRouter has 28 of the same days: on these OpenRouter counts, not the imported table.") in done.stdout
