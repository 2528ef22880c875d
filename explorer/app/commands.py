"""What the menus do. A dialog is imported when it is first asked for: no start waits for it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from explorer.app import file_dialogs, loading
from explorer.app.clauses import unmarked
from explorer.domain.origins import Overrides
from explorer.domain.tables import table
from explorer.words import say

if TYPE_CHECKING:
    from explorer.app.exports import Exports
    from explorer.app.window import MainWindow
    from explorer.upstream.quota import Quota

_KINDS = (
    say("Data and tables (*.csv *.json *.tsv *.txt *.xlsx *.ods *.parquet *.jsonl *.ndjson)"),
    say("Saved views and exported ones (*.tokenshare *.png *.svg *.pdf *.pptx *.xlsx *.csv)"),
    say("All files (*)"),
)


class Commands(QObject):
    """Does to a window, its session and its store what an entry of its menus says."""

    def __init__(self, window: "MainWindow", store_path: Path) -> None:
        super().__init__(window)
        self._window, self._store_path = window, store_path
        self._quota: Quota | None = None

    def open_files(self) -> None:
        """Ask which files to open: data is imported, a saved view is shown."""
        window = self._window
        paths = file_dialogs.open_files(window, say("Open files to import"), window.settings.folder, *_KINDS)
        if paths:
            window.settings.folder = str(paths[0].parent)
            window.workspaces.open(paths)

    def update(self) -> None:
        """Fetch what the store lacks from OpenRouter."""
        from explorer.app.update_job import update_job  # noqa: PLC0415 - nothing of the network before it is asked for
        from explorer.upstream.quota import Quota  # noqa: PLC0415

        self._quota = self._quota or Quota()
        self._window.importer.begin(update_job(self._store_path, self._quota))

    def edit_key(self) -> None:
        """Show where the API key is kept, and change it."""
        from explorer.app.key_dialog import KeyDialog  # noqa: PLC0415

        KeyDialog(self._window).open()

    def watch_folder(self) -> None:
        """Choose the folder whose files are imported by themselves."""
        from explorer.app.watched_dialog import WatchedDialog  # noqa: PLC0415

        WatchedDialog(self._window.watched, self._window.settings, self._window).open()

    def undo(self) -> None:
        """Take back what was done last: a change of the selection, a search being typed included, or a removal."""
        window = self._window
        window.top_bar.search.flush()
        if window.arrivals.removal_is_newest:
            window.arrivals.undo_remove()
        else:
            window.session.undo()

    def find(self) -> None:
        """Let the keyboard write into the search."""
        search = self._window.top_bar.search
        search.setFocus()
        search.selectAll()

    def clear_marks(self) -> None:
        """Mark nothing any more."""
        session = self._window.session
        session.select(unmarked(session.selection))

    def edit_attribution(self) -> None:
        """Show whose models are whose, and change it."""
        from explorer.app.attribution_dialog import AttributionDialog  # noqa: PLC0415

        window = self._window
        AttributionDialog(window.session.dataset.origins, self.keep_overrides, window.settings, window).open()

    def keep_overrides(self, overrides: Overrides) -> None:
        """Keep the user's own attribution in the store, and show it. Raises ExplorerError."""
        loading.keep_overrides(self._store_path, overrides)
        session = self._window.session
        session.load(session.latest.with_origins(session.latest.origins.overridden(overrides)))
        kept = say("Attribution kept: captions say where it is yours.")
        self._window.tell(kept if overrides else say("Attribution is as the program has it."))

    def export_table(self) -> None:
        """Write the current view's table to a file."""
        self._exports().table()

    def export_picture(self) -> None:
        """Write a view's picture, slide or workbook to a file."""
        self._exports().picture()

    def copy_table(self) -> None:
        """Put the current view's table on the clipboard."""
        self._exports().copy_table()

    def copy_chart(self) -> None:
        """Put the current view's picture on the clipboard."""
        self._exports().copy_chart()

    def _exports(self) -> "Exports":
        from explorer.app.exports import Exports  # noqa: PLC0415

        window = self._window
        window.complete()
        appearance = window.appearance
        return Exports(window, window.docks, window.session, window.settings, lambda: appearance.style, window.tell)

    def write_report(self) -> None:
        """Ask for a report, and write it."""
        from explorer.app.report_wizard import ReportWizard  # noqa: PLC0415

        window = self._window
        window.complete()
        ReportWizard(window.session, window.docks.in_sight, window.settings, window.tell, window).open()

    def show_keys(self) -> None:
        """Show which keys do what."""
        from explorer.app.help import key_map  # noqa: PLC0415

        key_map(self._window).open()

    def translate_growth(self) -> None:
        """Translate a growth figure."""
        from explorer.app.growth_dialog import GrowthDialog  # noqa: PLC0415

        GrowthDialog(self._window).open()

    def show_about(self) -> None:
        """Say what the program is, and how to cite what it shows."""
        from explorer.app.help import about  # noqa: PLC0415

        session = self._window.session
        about(self._window, table("leaderboard", session.dataset, session.selection).caption.source).open()
