"""The composition root: application, session, window, event loop."""

import gc
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication

from explorer import __version__
from explorer.app import loading
from explorer.app.bugs import BugReports
from explorer.app.messages import show_errors
from explorer.app.settings import Settings
from explorer.app.store_watch import StoreWatch
from explorer.app.theme import Appearance
from explorer.app.window import MainWindow
from explorer.errors import ExplorerError
from explorer.session import Session
from explorer.store import Store


def run(store_path: Path, files: Sequence[Path] = ()) -> int:
    """Open the window on the store at `store_path`, and `files` in it; return the exit code once it is closed.

    2 where the store can't be used, which a message box says. Looking makes no store: the first import does.
    """
    gc.disable()
    application = _application()
    bugs = BugReports(application)
    bugs.install()
    settings = Settings()
    appearance = Appearance(settings, application)
    watch = StoreWatch(store_path)  # from before the first look, so that no change is missed
    try:
        dataset = _from_store(store_path, loading.dataset)
    except ExplorerError as error:
        show_errors(None, [error])
        return 2
    load_prices = partial(_from_store, store_path, loading.prices)
    window = MainWindow(
        Session(dataset, complete=loading.Vintages(store_path)), store_path, settings, appearance, load_prices
    )
    window.follow(watch)
    window.open_first(files)
    window.show()
    # What there is now stays until the end: looking through it for garbage would take a tenth of a second.
    gc.freeze()
    gc.enable()
    return application.exec()


def _application() -> QApplication:
    running = QApplication.instance()
    # To set the style afterwards takes 10 ms longer: the binding makes all of QStyle for it.
    application = running if isinstance(running, QApplication) else QApplication([*sys.argv[:1], "-style", "Fusion"])
    application.setApplicationName("tokenshare-explorer")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("tokenshare-explorer")
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
