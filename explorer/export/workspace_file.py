"""A workspace as a file: JSON that can be read and compared line by line, the same bytes for the same workspace."""

import base64
import json

from explorer.domain import record
from explorer.domain.workspace import FORMAT, SCHEMA, Workspace


def content(workspace: Workspace) -> bytes:
    """Return the file of a workspace, UTF-8; `sources.workspace` reads it."""
    layout = workspace.layout
    values = {
        "format": FORMAT,
        "schema": SCHEMA,
        "title": workspace.title,
        "record": record.written(workspace.record),
        "layout": {
            "state": base64.b64encode(layout.state).decode("ascii"),
            "size": list(layout.size),
            "open": list(layout.open),
            "seen": list(layout.seen),
            "current": layout.current,
        },
    }
    return (json.dumps(values, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode()
