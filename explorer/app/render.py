"""Pictures without a window: for the command line, and for an opening where there is no display."""

import os
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.app import loading
from explorer.app.system_libraries import OFFSCREEN, require_system_libraries
from explorer.domain.opening import opening
from explorer.domain.selection import Selection
from explorer.domain.tables import TABLES
from explorer.domain.tables import table as table_of
from explorer.errors import ExplorerError
from explorer.export import files
from explorer.export.exhibit import Exhibit
from explorer.export.exhibit import of as exhibit_of
from explorer.export.formats import FORMATS, Format, Wish
from explorer.words import Message, say

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from explorer.export.picture import Draw

_UNSEEN = frozenset({OFFSCREEN, "minimal"})


def missing_display(environ: Mapping[str, str] = os.environ, system: str = sys.platform) -> Message | None:
    """Return why no window could be seen on this machine, None where one can."""
    asked = environ.get("QT_QPA_PLATFORM", "")
    if asked.partition(":")[0] in _UNSEEN:
        return say("QT_QPA_PLATFORM is {platform}", platform=asked)
    if asked or system != "linux" or environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        return None
    return say("neither DISPLAY nor WAYLAND_DISPLAY is set")


def written(kind: Format, exhibit: Exhibit, wish: Wish) -> bytes:
    """Return an exhibit as a file of some kind; ExplorerError where it can't be made, or Qt can't start for it."""
    if kind.picture:
        application()
    return kind.write(exhibit, partial(draw_of, exhibit.view), wish)


def draw_of(view: str) -> "Draw":
    """Return what draws a view by its key; this imports Qt and the view."""
    from explorer.views import VIEWS  # noqa: PLC0415 - Qt, which a CSV does without

    return next(entry for entry in VIEWS if entry.key == view).load().draw


def opening_views(
    store_path: Path, folder: Path, selection: Selection | None = None, views: Sequence[str] = tuple(TABLES)
) -> tuple[Path, ...]:
    """Write the views that the program opens on into `folder`, PNG and CSV of each, and return the paths.

    With a `selection` they show that instead. Raises ExplorerError where the store can't be read, Qt can't start or
    the folder can't be written to.
    """
    store = loading.existing(store_path)
    try:
        shown = loading.priced(store)
    finally:
        if store:
            store.close()
    selection = opening(shown) if selection is None else selection.but(source=shown.source)
    shown = loading.Vintages(store_path)(shown, selection)
    make_folder(folder)
    paths: list[Path] = []
    for view in views:
        made = exhibit_of(view, table_of(view, shown, selection), shown, selection)
        for kind in (FORMATS["png"], FORMATS["csv"]):
            path = folder / f"{view}.{kind.suffix}"
            files.write(path, written(kind, made, Wish()))
            paths.append(path)
    return tuple(paths)


@lru_cache(maxsize=1)
def application() -> "QApplication":
    """Return the running Qt application, started without a screen on Linux where none runs yet.

    Raises ExplorerError, naming the package to install, where Qt's system libraries are missing.
    """
    if sys.platform == "linux" and "PySide6.QtWidgets" not in sys.modules:
        os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM") or OFFSCREEN
    require_system_libraries()
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    running = QApplication.instance()
    return running if isinstance(running, QApplication) else QApplication(["tokenshare"])


def make_folder(folder: Path) -> None:
    """Make a folder, and those that it is in, where there is none yet; raises ExplorerError where that can't be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ExplorerError(
            say("The folder can't be made: {reason}.", reason=fault.strerror or type(fault).__name__),
            remedy=say("Choose a folder that you may write to."),
            file=str(folder),
        ) from fault
