"""Pictures without a window: for the command line, and for an opening where there is no display."""

import os
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.app import loading
from explorer.app.system_libraries import OFFSCREEN, require_system_libraries
from explorer.domain.opening import opening
from explorer.domain.table import Table
from explorer.domain.tables import TABLES
from explorer.domain.tables import table as table_of
from explorer.errors import ExplorerError
from explorer.export import files, table_csv
from explorer.export.licence import licence
from explorer.export.size import FULL_HD, Size
from explorer.words import Message, say

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_UNSEEN = frozenset({OFFSCREEN, "minimal"})


def missing_display(environ: Mapping[str, str] = os.environ, system: str = sys.platform) -> Message | None:
    """Return why no window could be seen on this machine, None where one can."""
    asked = environ.get("QT_QPA_PLATFORM", "")
    if asked.partition(":")[0] in _UNSEEN:
        return say("QT_QPA_PLATFORM is {platform}", platform=asked)
    if asked or system != "linux" or environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        return None
    return say("neither DISPLAY nor WAYLAND_DISPLAY is set")


def picture(view: str, table: Table, size: Size) -> bytes:
    """Return the PNG of a view's table in the light theme; raises ExplorerError where Qt can't start."""
    application()
    from explorer.export import png  # noqa: PLC0415 - Qt, which a CSV does without
    from explorer.export.picture import render  # noqa: PLC0415
    from explorer.style import Style  # noqa: PLC0415
    from explorer.views import VIEWS  # noqa: PLC0415

    module = next(entry for entry in VIEWS if entry.key == view).load()
    image = render(module.draw, table, Style(), size.width, size.height)
    return png.encode(image, png.texts(table.caption))


def opening_views(store_path: Path, folder: Path) -> tuple[Path, ...]:
    """Write the views that the program opens on into `folder`, PNG and CSV of each, and return the paths.

    Raises ExplorerError where the store can't be read, Qt can't start or the folder can't be written to.
    """
    store = loading.existing(store_path)
    try:
        shown = loading.dataset(store).with_prices(loading.prices(store))
    finally:
        if store:
            store.close()
    selection = opening(shown)
    _make(folder)
    written: list[Path] = []
    for view in TABLES:
        table = table_of(view, shown, selection)
        csv = table_csv.text(table, licence=licence(shown, table)).encode(table_csv.ENCODING)
        for suffix, content in ((".png", picture(view, table, FULL_HD)), (".csv", csv)):
            path = folder / f"{view}{suffix}"
            files.write(path, content)
            written.append(path)
    return tuple(written)


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


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ExplorerError(
            say("The folder for the pictures can't be made: {reason}.", reason=fault.strerror or type(fault).__name__),
            remedy=say("Run the program in a folder that you may write to."),
            file=str(folder),
        ) from fault
