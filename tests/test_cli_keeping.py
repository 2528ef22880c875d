"""`tokenshare store` and `tokenshare snapshots`: copies, removal, originals, each refusal a sentence."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from explorer.cli import main
from explorer.store import Store

HEADER = "date,model_permaslug,rank,total_tokens,share_of_daily_tokens"
Run = Callable[..., Result]


def day_file(folder: Path, day: int) -> Path:
    path = folder / f"2026-02-{day + 1:02d}.csv"
    path.write_text(f"{HEADER}\r\n2026-02-{day:02d},openai/gpt-5.2,1,300,1.0\r\n", newline="")
    return path


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "data" / "store.sqlite"


@pytest.fixture
def run(store: Path) -> Run:
    return lambda *args: CliRunner().invoke(main, ["--store", str(store), *map(str, args)])


@pytest.fixture
def days(tmp_path: Path, run: Run) -> list[Path]:
    """Two files, both imported."""
    found = [day_file(tmp_path, day) for day in (9, 10)]
    assert run("import", *found).exit_code == 0
    return found


def refused(done: Result) -> str:
    assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (2, "", 1), done.output
    return done.stderr


def names(done: Result) -> list[str]:
    assert (done.exit_code, done.stderr) == (0, "")
    return [line.split()[1].rstrip(":") for line in done.stdout.splitlines()]


def test_snapshots_are_removed_and_put_back_by_the_first_characters_of_their_hash(run: Run, days: list[Path]) -> None:
    assert names(run("snapshots", "list")) == ["2026-02-10.csv", "2026-02-11.csv"]
    gone = run("snapshots", "remove", sha(days[0])[:8].upper())
    assert gone.exit_code == 0
    assert f"put-back {sha(days[0])[:12]}" in gone.stdout
    listed = run("snapshots", "list").stdout.splitlines()
    assert listed[0].startswith(sha(days[1])[:12])
    assert "; removed 20" in listed[1]
    assert "days: 1" not in run("info").stdout or "2026-02-10.csv" not in run("info").stdout
    assert "no such snapshot" in refused(run("snapshots", "remove", sha(days[0])))
    assert "2026-02-10.csv" in run("snapshots", "put-back", sha(days[0])).stdout
    assert "no such snapshot" in refused(run("snapshots", "put-back", sha(days[0])))
    assert names(run("snapshots", "list")) == ["2026-02-10.csv", "2026-02-11.csv"]


def test_what_was_removed_is_imported_again(run: Run, days: list[Path]) -> None:
    run("snapshots", "remove", sha(days[0]))
    assert "new: 1" in run("import", days[0]).stdout
    assert "already there" in run("import", days[0]).stdout


def test_an_original_is_saved_byte_for_byte(run: Run, days: list[Path], tmp_path: Path) -> None:
    run("snapshots", "remove", sha(days[1]))
    for path in days:
        saved = tmp_path / f"saved-{path.name}"
        assert run("snapshots", "save", sha(path)[:10], saved).exit_code == 0
        assert saved.read_bytes() == path.read_bytes()
        assert run("snapshots", "save", sha(path)[:10], "-").stdout_bytes == path.read_bytes()
    assert "already" in refused(run("snapshots", "save", sha(days[0]), days[1]))
    assert sha(days[0]) != sha(days[1])


def test_a_prefix_that_names_several_or_none_is_a_sentence(run: Run, store: Path, tmp_path: Path) -> None:
    files: dict[str, Path] = {}
    for n in range(2000):
        path = tmp_path / f"{n}.csv"
        path.write_text(f"{HEADER}\n2026-02-09,openai/gpt-5.2,1,{n},1.0\n")
        other = files.setdefault(sha(path)[:4], path)
        if other != path:
            break
    else:
        pytest.fail("no two hashes begin alike")
    assert run("import", other, path).exit_code == 0
    said = refused(run("snapshots", "remove", sha(path)[:4]))
    assert "several" in said
    assert other.name in said
    assert path.name in said
    assert "too short" in refused(run("snapshots", "remove", "abc"))
    assert "too short" in refused(run("snapshots", "remove", ""))
    assert "no such snapshot" in refused(run("snapshots", "save", "zzzz", "-"))
    with Store.open(store) as opened:
        assert len(opened.provenance()) == 2


def test_a_backup_is_restored_and_what_was_there_is_kept(
    run: Run, days: list[Path], tmp_path: Path, store: Path
) -> None:
    copy = tmp_path / "My copy.sqlite"
    assert str(copy) in run("store", "backup", copy).stdout
    before = copy.read_bytes()
    assert "already" in refused(run("store", "backup", copy))
    run("snapshots", "remove", sha(days[0]))
    assert "gone for good: 1" in run("store", "compact").stdout
    assert copy.read_bytes() == before
    assert run("store", "backup", "--replace", copy).exit_code == 0
    copy.write_bytes(before)
    restored = run("store", "restore", copy)
    assert restored.exit_code == 0
    (kept,) = store.parent.glob("store.sqlite.before-restore-*")
    assert str(kept) in restored.stdout
    assert len(names(run("snapshots", "list"))) == 2
    with Store.open(kept) as old:
        assert len(old.provenance()) == 1


def test_remedies_are_those_of_the_command(run: Run, days: list[Path], store: Path, tmp_path: Path) -> None:
    copy, diary = tmp_path / "copy.sqlite", tmp_path / "diary.txt"
    diary.write_text("my diary " * 200)
    run("store", "backup", copy)
    for command, words in (
        (("backup", copy), f"{copy}: There is a file of this name already. Choose another name, or replace it with"),
        (("backup", store), "This is the store itself."),
        (("restore", diary), "is not a store of this program, and was left as it is. Choose another copy."),
        (("restore", tmp_path / "none"), "There is no such file. Choose another copy."),
    ):
        done = run("store", *command)
        assert (done.exit_code, words in done.stderr) == (2, True), done.stderr
    assert run("store", "backup", copy, "--replace").exit_code == 0
    copy.unlink()
    store.write_bytes(store.read_bytes()[:-4096])
    assert "The store is cut short: its file ends before all that belongs in it." in run("store", "check").stderr


def test_check_says_what_it_checked(run: Run, days: list[Path], store: Path) -> None:
    assert "is sound. Originals checked by their sha256: 2." in run("store", "check").stdout
    content = bytearray(store.read_bytes())
    content[8192:] = b"\xa5" * (len(content) - 8192)
    store.write_bytes(content)
    assert "damaged" in refused(run("store", "check"))


def test_dates_of_the_future_are_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "2099-01-02.csv"
    path.write_text(f"{HEADER}\n2099-01-01,openai/gpt-5.2,1,300,1.0\n")
    assert run("import", path).exit_code == 0
    for command in (("snapshots", "list"), ("store", "check")):
        assert "Dated later than now" in run(*command).stdout.splitlines()[-1]


@pytest.mark.parametrize(
    "command",
    [
        ("store", "backup", "copy.sqlite"),
        ("store", "compact"),
        ("store", "check"),
        ("snapshots", "list"),
        ("snapshots", "remove", "abcd"),
    ],
)
def test_without_a_store_none_is_made(run: Run, store: Path, command: tuple[str, ...]) -> None:
    assert "no store here" in refused(run(*command))
    assert not store.parent.exists()


def test_garbage_in_the_place_of_the_store_offers_the_copy_beside_it(run: Run, days: list[Path], store: Path) -> None:
    copy = store.with_name("store-monday.sqlite")
    run("store", "backup", copy)
    store.write_text("my diary")
    said = refused(run("info"))
    assert "not a store of this program" in said
    assert "store-monday.sqlite" in said
    assert "tokenshare store restore" in said
    assert store.read_text() == "my diary"
    assert run("store", "restore", copy).exit_code == 0
    (kept,) = store.parent.glob("store.sqlite.before-restore-*")
    assert kept.read_text() == "my diary"
    assert len(names(run("snapshots", "list"))) == 2
