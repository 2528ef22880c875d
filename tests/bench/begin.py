"""One start of a window, run as a process of its own by run.py:  begin.py T0 explorer STORE | bare | plot

T0 is the reading of time.monotonic() when the process was asked for. Prints one JSON object: seconds from T0 until
`imported` (the program's modules are there), `first` (the first paint event of the leaderboard, or of the bare
window, has returned), `all` (so have those of all three views), `settled` (and once more, after the prices have
come), and `pss`, the MiB of memory this process then holds (Linux only). What the display does with a finished
picture is not in it.
"""

# ruff: noqa: PLC0415 - when things are imported is what is measured
import json
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

STAMPS: dict[str, float] = {}


def stamp(name: str) -> None:
    """Remember when something happened first."""
    STAMPS.setdefault(name, time.monotonic() - float(sys.argv[1]))


def finish() -> None:
    """Print the stamps and end at once."""
    rollup = Path("/proc/self/smaps_rollup")
    if rollup.exists():
        found = re.search(r"^Pss:\s+(\d+)", rollup.read_text(), re.MULTILINE)
        STAMPS["pss"] = int(found[1]) / 1024 if found else 0.0
    sys.stdout.write(json.dumps(STAMPS))
    sys.stdout.flush()
    os._exit(0)


def after(cls: Any, method: str, then: Callable[[Any], None]) -> None:
    """Call `then` with the object each time a method has returned."""
    inner = getattr(cls, method)

    # Not functools.wraps: to read the docstring of a method of Qt's takes 25 ms.
    def outer(self: Any, *given: Any) -> Any:
        result = inner(self, *given)
        then(self)
        return result

    setattr(cls, method, outer)


def bare(plot: bool) -> None:
    """Show an empty window, or one with an empty plot."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

    application = QApplication([])
    window = QMainWindow()
    window.resize(1280, 800)
    kind: Any = QWidget
    if plot:
        import pyqtgraph

        kind = pyqtgraph.PlotWidget

    class Inside(kind):
        def paintEvent(self, event: Any) -> None:
            super().paintEvent(event)
            stamp("first")
            QTimer.singleShot(0, finish)

    window.setCentralWidget(Inside())
    window.show()
    application.exec()


class Watch:
    """Waits until every view was painted, and painted again after the prices came."""

    def __init__(self) -> None:
        self.painted: set[str] = set()
        self.session: Any = None
        self.loaded = False
        self.followed = False

    def paint(self, key: str) -> None:
        """Take note that a view was painted."""
        from PySide6.QtCore import QTimer

        if key == "leaderboard":
            stamp("first")
        self.painted.add(key)
        if len(self.painted) == 3:
            stamp("settled" if self.loaded else "all")
            if self.loaded:
                QTimer.singleShot(0, finish)

    def changed(self) -> None:
        """Take note that the session holds something else: at the start that can only be the prices."""
        self.loaded = True
        self.painted.clear()

    def shown(self, window: Any) -> None:
        """Follow the session of the window."""
        if self.session is None:
            self.session = window.session
            self.session.changed.connect(self.changed)

    def completed(self, _window: Any) -> None:
        """Follow the views that are made after the first picture; none of them is painted yet."""
        if self.followed:
            return
        self.followed = True
        from explorer.drawing.stack import StackItem
        from explorer.views.prices import PricesWidget

        after(StackItem, "paint", lambda _: self.paint("share"))
        after(PricesWidget, "paintEvent", lambda _: self.paint("prices"))


def explorer(store: str) -> None:
    """Open the program's window by the steps of its command line."""
    from explorer import cli  # noqa: F401 - what the command line imports counts
    from explorer.app import render
    from explorer.app.system_libraries import require_system_libraries

    render.missing_display()
    require_system_libraries()
    from explorer.app.main import run
    from explorer.app.window import MainWindow
    from explorer.views.leaderboard import Leaderboard

    stamp("imported")
    watch = Watch()
    after(MainWindow, "show", watch.shown)
    after(MainWindow, "complete", watch.completed)
    after(Leaderboard, "paintEvent", lambda _: watch.paint("leaderboard"))
    run(Path(store))


if __name__ == "__main__":
    kind = sys.argv[2]
    if kind == "explorer":
        explorer(sys.argv[3])
    else:
        bare(kind == "plot")
