"""Files are written whole or not at all."""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.errors import ExplorerError
from explorer.export import files


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"before, and longer")
    files.write(path, b"after")
    assert path.read_bytes() == b"after"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ExplorerError, match=r"x\.csv: The file can't be written: No space left on device\."):
        files.write(path, b"after")
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing/x.csv", "There is no such folder. Make the folder first or choose another."),
        ("file/x.csv", "Its folder is a file. Choose another folder."),
        ("folder", "This is a folder. Name a file in it."),
    ],
)
def test_a_place_that_takes_no_file_gets_a_sentence(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExplorerError) as caught:
        files.write(tmp_path / name, b"x")
    assert str(caught.value) == f"{tmp_path / name}: {said}"


def test_a_file_that_may_not_be_written_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"before")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(ExplorerError, match="You may not write here"):
        files.write(path, b"after")
    assert path.read_bytes() == b"before"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_permissions_stay_and_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "x.csv", tmp_path / "link.csv"
    path.write_bytes(b"before")
    path.chmod(0o640)
    link.symlink_to(path)
    files.write(link, b"after")
    assert link.is_symlink()
    assert path.read_bytes() == b"after"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such devices")
def test_a_device_is_written_to_not_replaced() -> None:
    files.write(Path(os.devnull), b"x")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_what_is_there_is_kept_unless_it_may_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"before")
    with pytest.raises(ExplorerError, match=r"x\.csv: There is a file of this name already\. Choose another name\."):
        files.write(path, b"after", replace=False)
    assert path.read_bytes() == b"before"


def test_of_several_files_none_is_written_where_one_is_there(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    two.write_bytes(b"before")
    with pytest.raises(ExplorerError, match="two: There is a file of this name already"):
        files.write_all({one: b"1", two: b"2"}, replace=False)
    assert [path.name for path in tmp_path.iterdir()] == ["two"]
    files.write_all({one: b"1", two: b"2"})
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")


def test_what_was_written_before_a_failure_is_said(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "no" / "two"
    with pytest.raises(ExplorerError) as caught:
        files.write_all({one: b"1", two: b"2"})
    assert str(caught.value).startswith(f"{two}: There is no such folder.")
    assert str(caught.value).endswith(f"Written before it: {one}.")
    assert one.read_bytes() == b"1"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such devices")
def test_a_device_is_no_file_that_is_there_already() -> None:
    assert files.existing([Path(os.devnull), Path("no-such-file")]) == ()


@pytest.mark.parametrize("ask", [lambda path: files.existing([path]), lambda path: files.write(path, b"x")])
def test_a_name_that_is_too_long_is_a_sentence(tmp_path: Path, ask: Callable[[Path], object]) -> None:
    with pytest.raises(ExplorerError, match="The file can't be written"):
        ask(tmp_path / f"{'x' * 300}.csv")


def test_a_folder_that_may_not_be_entered_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def kept_out(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", kept_out)
    with pytest.raises(ExplorerError, match="You may not write here"):
        files.existing([tmp_path / "x.csv"])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows makes no links without rights")
def test_a_link_that_leads_to_itself_is_a_sentence(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for path in (loop, loop / "x.csv"):
        with pytest.raises(ExplorerError, match="The file can't be written"):
            files.write(path, b"x")
