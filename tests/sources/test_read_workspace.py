"""Workspaces: written and read again, and refused in a sentence where they are not what was written."""

import json
from pathlib import Path

import pytest

from explorer import sources
from explorer.app.opening_files import is_view
from explorer.app.templates import read as read_template
from explorer.domain import record
from explorer.domain.origins import Overrides
from explorer.domain.record import Record
from explorer.domain.selection import Scope, Selection
from explorer.domain.workspace import Layout, Workspace
from explorer.errors import ExplorerError
from explorer.export import workspace_file
from explorer.sources import records
from explorer.sources.workspace import is_workspace, read
from explorer.store import Store

MADE = Record("", Selection(scope=Scope(9)), (), Overrides(), "Source: x.", "")
WEEKLY = Workspace("Weekly “千问”", MADE, Layout(b"\0\xff", (1280, 800), ("share", "prices"), ("share",), "share"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "weekly.tokenshare"


def test_what_is_written_is_read_again(path: Path) -> None:
    path.write_bytes(workspace_file.content(WEEKLY))
    assert read(path) == WEEKLY
    assert json.loads(workspace_file.content(read(path))) == json.loads(path.read_bytes())


def test_it_is_known_by_its_name_or_its_content(tmp_path: Path, path: Path) -> None:
    other = tmp_path / "weekly.json"
    other.write_bytes(workspace_file.content(WEEKLY))
    assert is_workspace(other)
    assert is_workspace(path), "also where it is not there, so that this is what is said"
    other.write_text('{"data": []}', "utf-8")
    assert not is_workspace(other)
    assert not is_workspace(tmp_path)
    assert not is_workspace(tmp_path / "nowhere.json")


@pytest.mark.parametrize("name", ["store.sqlite", "store.sqlite-wal", "store.sqlite-shm", "link.sqlite"])
def test_a_store_that_is_open_is_opened_by_nothing_else(tmp_path: Path, name: str) -> None:
    """Else POSIX would take the locks on it away from all of the program."""
    store = tmp_path / "store.sqlite"
    (tmp_path / "link.sqlite").symlink_to(store)
    with Store.open(store):
        for open_it in (read, records.read, sources.read, sources.table_of, read_template):
            if open_it is records.read:
                assert open_it(tmp_path / name) is None
                continue
            with pytest.raises(ExplorerError, match="database that is in use, perhaps the store itself"):
                open_it(tmp_path / name)
        assert not is_workspace(tmp_path / name)
        assert not is_view(tmp_path / name)
    with pytest.raises(ExplorerError, match="This is a database, not a snapshot"):
        sources.read(store)


def changed(**changes: object) -> str:
    return json.dumps({**json.loads(workspace_file.content(WEEKLY)), **changes})


def layout(**changes: object) -> str:
    return changed(layout={**json.loads(workspace_file.content(WEEKLY))["layout"], **changes})


WHOLE = workspace_file.content(WEEKLY).decode()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "This is no saved view."),
        ("\0\1\2", "This is no saved view."),
        ("date,model_permaslug\n", "This is no saved view."),
        ("[]", "This is no saved view."),
        ('{"data": []}', "This is no saved view."),
        (changed(format="another"), "This is no saved view."),
        (WHOLE[: len(WHOLE) // 2], "The JSON breaks off."),
        ('{"a":' * 50_000, "The JSON is nested too deeply"),
        ("[" * 300_000, "nothing but brackets"),
        (changed(schema=2), "This was saved by a newer version of the program."),
        (changed(schema=2, record=None, layout=7), "This was saved by a newer version of the program."),
        (changed(record={**record.written(MADE), "schema": 2}), "This was saved by a newer version of the program."),
        (changed(schema="1"), "The saved view is damaged."),
        (changed(title=None), "The saved view is damaged."),
        (changed(title="half a \ud83d character"), "The saved view is damaged."),
        (changed(record=None), "can't be read"),
        (changed(record={}), "can't be read"),
        (changed(layout=[]), "The saved view is damaged."),
        (layout(state="not base64!"), "The saved view is damaged."),
        (layout(size=[1, 2, 3]), "The saved view is damaged."),
        (layout(size=[10**9, 2]), "The saved view is damaged."),
        (layout(open="share"), "The saved view is damaged."),
        (layout(seen=[1]), "The saved view is damaged."),
    ],
)
def test_what_is_none_is_said_with_its_name(path: Path, text: str, what: str) -> None:
    path.write_text(text, "utf-8")
    with pytest.raises(ExplorerError) as raised:
        read(path)
    assert what in str(raised.value)
    assert str(raised.value).startswith("weekly.tokenshare")


def test_what_cannot_be_read_is_said(tmp_path: Path, path: Path) -> None:
    with pytest.raises(ExplorerError, match="There is no such file"):
        read(path)
    with pytest.raises(ExplorerError, match="This is a folder"):
        read(tmp_path)
