"""The composition root: application, session, window, event loop."""

import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication

from explorer import __version__
from explorer.app import loading
from explorer.app.bugs import BugReports
from explorer.app.messages import show_errors
from explorer.app.settings import Settings
from explorer.app.theme import Appearance
from explorer.app.window import MainWindow
from explorer.errors import ExplorerError
from explorer.session import Session
from explorer.store import Store


def run(store_path: Path) -> int:
    """Open the window on the store at `store_path` and return the exit code once it is closed.

    2 where the store can't be used, which a message box says. Looking makes no store: the first import does.
    """
    application = _application()
    bugs = BugReports(application)
    bugs.install()
    settings = Settings()
    appearance = Appearance(settings, application)
    try:
        dataset = _from_store(store_path, loading.dataset)
    except ExplorerError as error:
        show_errors(None, [error])
        return 2
    load_prices = partial(_from_store, store_path, loading.prices)
    window = MainWindow(Session(dataset, complete=loading.Vintages(store_path)), store_path, settings, appearance, load_prices)
    window.show()
    return application.exec()


def _application() -> QApplication:
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("tokenshare-explorer")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("tokenshare-explorer")
    application.setStyle("Fusion")
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return application


_Loaded = TypeVar("_Loaded")


def _from_store(store_path: Path, load: Callable[[Store | None], _Loaded]) -> _Loaded:
    """Return what `load` makes of the store, None where there is no store yet."""
    store = loading.existing(store_path)
    try:
        return load(store)
    finally:
        if store is not None:
            store.close()
