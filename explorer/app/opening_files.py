"""Which files bring a view back, and which view: workspaces, and exported files that carry their record. No Qt."""

from pathlib import Path

from explorer.domain.workspace import Workspace
from explorer.errors import ExplorerError
from explorer.sources import records, workspace
from explorer.words import say


def is_view(path: Path) -> bool:
    """Tell whether a file is to be opened as a view: anything else is data, or means to be."""
    if workspace.is_workspace(path):
        return True
    carrier = records.carrier_of(path)
    if carrier is None or not carrier.data:
        return carrier is not None
    try:
        return records.read(path) is not None
    except ExplorerError:
        return True


def read_view(path: Path) -> tuple[Workspace, bool]:
    """Return the view in a file, and whether the file is a workspace, hence may be saved to.

    Raises ExplorerError where it holds none, or a damaged one or a newer program's.
    """
    if workspace.is_workspace(path):
        return workspace.read(path), True
    record = records.read(path)
    if record is None:
        raise ExplorerError(
            say("It says nothing of how it was made."),
            remedy=say("Open one that this program exported, as it was exported."),
            file=path.name,
        )
    return Workspace(path.stem, record), False
