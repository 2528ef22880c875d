"""Workspaces: a saved view, read with as little trust as any other file."""

import base64
from pathlib import Path
from typing import Any, cast

from explorer.domain import record
from explorer.domain.workspace import FORMAT, SCHEMA, SUFFIX, Layout, Workspace
from explorer.errors import ExplorerError
from explorer.sources.files import opened, unreadable
from explorer.sources.json_text import document, is_json
from explorer.words import Message, say

LARGEST = 8 << 20
"""Bytes; a larger file is no workspace."""
_HEAD = 4096
_CHOOSE = say("Choose a file that “Save view” wrote.")
_LARGEST_SIDE = 1 << 15


def is_workspace(path: Path) -> bool:
    """Tell by name or content whether the file at `path` is a workspace, or means to be one."""
    if path.suffix.casefold() == SUFFIX:
        return True
    try:
        with opened(path) as file:
            head = file.read(_HEAD)
    except (OSError, ExplorerError):
        return False
    return is_json(head) and f'"{FORMAT}"'.encode() in head


def read(path: Path) -> Workspace:
    """Return the workspace in the file at `path`.

    Raises ExplorerError where the file can't be read, is cut or of another program, and where a newer version of the
    program wrote it.
    """
    name = path.name
    try:
        with opened(path) as file:
            raw = file.read(LARGEST + 1)
    except OSError as fault:
        raise unreadable(name, fault) from fault
    if len(raw) > LARGEST or not is_json(raw[:_HEAD]):
        raise _refused(name, say("This is no saved view."), _CHOOSE)
    return parsed(document(name, raw), name)


def parsed(found: object, name: str) -> Workspace:
    """Return the workspace in JSON's values; raises ExplorerError as `read` does."""
    values = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    if values.get("format") != FORMAT:
        raise _refused(name, say("This is no saved view."), _CHOOSE)
    schema = values.get("schema")
    if type(schema) is int and schema > SCHEMA:
        raise record.newer(name)
    made = record.parsed(values.get("record"), name)
    try:
        if type(schema) is not int:
            raise TypeError
        return Workspace(_word(values["title"]), made, _layout(values["layout"]))
    except (KeyError, ValueError, TypeError):
        raise _refused(name, say("The saved view is damaged."), _CHOOSE) from None


def _layout(values: dict[str, Any]) -> Layout:
    width, height = (_side(value) for value in values["size"])
    return Layout(
        base64.b64decode(_word(values["state"]), validate=True),
        (width, height),
        _words(values["open"]),
        _words(values["seen"]),
        _word(values["current"]),
    )


def _side(value: object) -> int:
    if type(value) is not int or not 0 <= value <= _LARGEST_SIDE:
        raise ValueError
    return value


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # ValueError for half a character, which nothing could show
    return value


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_word(each) for each in cast("list[object]", value))


def _refused(name: str, what: Message, remedy: Message) -> ExplorerError:
    return ExplorerError(what, remedy=remedy, file=name)
