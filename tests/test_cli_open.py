"""`tokenshare` without a command, and what the group itself says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtGui import QImage

from explorer import __version__
from explorer.cli import main
from explorer.cli.asked import VIEW_NAMES


def test_without_a_display_the_opening_views_are_rendered_and_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner(env={"QT_QPA_PLATFORM": "offscreen"}).invoke(main, ["--store", str(tmp_path / "none.sqlite")])
    assert done.exit_code == 0, done.output
    first, *paths = done.stdout.splitlines()
    assert first.startswith("No display found (QT_QPA_PLATFORM is offscreen), so the opening views")
    wanted = [str(Path("out") / f"{view}{end}") for view in VIEW_NAMES for end in (".png", ".csv")]
    assert paths == wanted
    for path in map(Path, paths):
        if path.suffix == ".png":
            assert (QImage(str(path)).width(), QImage(str(path)).height()) == (1920, 1080)
        else:
            assert path.read_bytes().startswith(b"\xef\xbb\xbf#")
    assert not (tmp_path / "none.sqlite").exists()


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("out").write_text("a file of mine", "utf-8")
    done = CliRunner(env={"QT_QPA_PLATFORM": "offscreen"}).invoke(main, ["--store", "none.sqlite", "open"])
    assert done.exit_code == 2
    assert "The folder can't be made" in done.stderr
    assert Path("out").read_text("utf-8") == "a file of mine"


def test_the_version_is_told() -> None:
    assert CliRunner().invoke(main, ["--version"]).stdout == f"tokenshare, version {__version__}\n"


@pytest.mark.parametrize("command", [[], ["import"], ["info"], ["export"], ["open"]])
def test_every_command_explains_itself(command: list[str]) -> None:
    done = CliRunner().invoke(main, [*command, "--help"])
    assert done.exit_code == 0
    assert "Options:" in done.stdout


def test_a_wrong_option_is_the_users_to_fix() -> None:
    for wrong in (["export", "share", "--grain", "century"], ["fly"], ["import"]):
        assert CliRunner().invoke(main, wrong).exit_code == 2


def test_words_that_a_terminal_cannot_show_do_not_stop_a_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "explorer", "--store", str(tmp_path / "中文.sqlite"), "info"]
    env = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, capture_output=True, check=False, env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"??.sqlite" in done.stdout
