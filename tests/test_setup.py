"""The set-up: what `make`, the lock file and the README promise to somebody with a fresh machine."""

import importlib
import importlib.util
import os
import re
import socket
import tomllib
from pathlib import Path
from types import ModuleType

import click
import pytest
from PySide6.QtCore import QSettings

from explorer.app.system_libraries import INSTALL
from explorer.paths import default_store

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def needed(group: str) -> set[str]:
    """Return the names of the packages that the project, or one of its extras, asks for."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needs = table["dependencies"] if group == "runtime" else table["optional-dependencies"][group]
    return {normal(re.split(r"[\[<>=!~; ]", need)[0]) for need in needs} - {table["name"]}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {normal(name): version for name, version in pins}


@pytest.fixture(scope="module")
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "packaging" / "bootstrap.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_lock_file_holds_exact_versions_and_nothing_else() -> None:
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        assert line.startswith("# ") or re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.+!]*", line), line


@pytest.mark.parametrize("group", ["runtime", "dev"])
def test_every_dependency_is_locked(group: str) -> None:
    assert needed(group) <= set(locked())


def test_qt_stays_below_the_release_that_aborts_on_python_3_11() -> None:
    major, minor = locked()["pyside6-essentials"].split(".")[:2]
    assert (6, 8) <= (int(major), int(minor)) < (6, 12)


def test_an_old_python_is_told_which_one_is_needed(bootstrap: ModuleType) -> None:
    both = frozenset({"venv", "ensurepip"})
    assert bootstrap.trouble((3, 10), both).startswith("Python 3.11 or newer is needed, this is 3.10")
    assert bootstrap.trouble((3, 11), both) is None
    assert bootstrap.trouble((4, 0), both) is None


def test_a_python_without_venv_is_told_the_package(bootstrap: ModuleType) -> None:
    said = bootstrap.trouble((3, 12), frozenset({"venv"}))
    assert said.endswith("sudo apt-get install python3.12-venv")
    assert "\n" not in said


def test_a_broken_environment_counts_as_none(bootstrap: ModuleType, tmp_path: Path) -> None:
    python = bootstrap.interpreter(tmp_path)
    assert not bootstrap.usable(python)
    python.parent.mkdir(parents=True)
    python.symlink_to(tmp_path / "a-python-since-removed")
    assert not bootstrap.usable(python)


def test_ci_calls_make_test_and_nothing_more() -> None:
    script = ROOT / ".ci" / "run"
    assert script.read_text("utf-8").splitlines()[-1] == "exec make test"
    assert os.access(script, os.X_OK)


def test_the_readme_shows_the_line_for_qt_s_system_libraries() -> None:
    assert INSTALL in README.splitlines()


def test_the_readme_covers_every_command_and_option() -> None:
    cli = vars(importlib.import_module("explorer.cli")).values()
    commands = [command for command in cli if isinstance(command, click.Command)]
    named = [command for group in commands if isinstance(group, click.Group) for command in group.commands.values()]
    assert named
    for command in named:
        assert re.search(rf"tokenshare (export )?{command.name}\b", README), command.name
    for command in {*commands, *named}:
        options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
        assert [option for option in options if option not in README] == [], command.name


def test_every_make_target_explains_itself() -> None:
    targets = set(re.findall(r"^([a-z-]+):(?!=)", MAKEFILE, re.MULTILINE))
    explained = set(re.findall(r"^([a-z-]+):[^=\n]*  ## \S", MAKEFILE, re.MULTILINE))
    assert targets - explained == {"system-libraries"}
    assert {"run", "test", "bench"} <= explained


def test_no_test_reaches_the_network() -> None:
    with socket.socket() as somewhere, pytest.raises(pytest.fail.Exception, match=r"the network: 192\.0\.2\.1:80"):
        somewhere.connect(("192.0.2.1", 80))
    with socket.create_server(("127.0.0.1", 0)) as here, socket.socket() as client:
        client.connect(here.getsockname())


def test_no_test_touches_the_user_s_own_files(tmp_path_factory: pytest.TempPathFactory) -> None:
    base = tmp_path_factory.getbasetemp()
    assert default_store().is_relative_to(base)
    assert Path.home().is_relative_to(base)
    assert Path(QSettings("tokenshare-explorer", "window").fileName()).is_relative_to(base)
