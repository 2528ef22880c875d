"""Into which file an export goes: asked with the file dialog, which asks before it lets one be replaced."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from explorer.app.file_dialogs import FileDialog
from explorer.app.settings import Settings
from explorer.domain.periods import Span
from explorer.domain.table import Table
from explorer.drawing.translate import tr
from explorer.export.formats import FORMATS, Format
from explorer.words import Message, say


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file as the dialog offers it; a CSV with `comments` or without."""

    title: Message
    format: Format
    comments: bool = True


TABLES = (
    Kind(say("CSV table with comment lines (*.csv)"), FORMATS["csv"]),
    Kind(say("CSV table without comment lines (*.csv)"), FORMATS["csv"], comments=False),
    Kind(say("Excel workbook (*.xlsx)"), FORMATS["xlsx"]),
    Kind(say("Parquet table (*.parquet)"), FORMATS["parquet"]),
)


def ask_for_table(parent: QWidget, settings: Settings, suggested: str) -> tuple[Path, Kind] | None:
    """Return the file to write a table to and its kind; None if the person changed their mind."""
    return _ask(parent, settings, say("Export table"), suggested, TABLES)


def ask_for_picture(parent: QWidget, settings: Settings, suggested: str, kind: Format) -> Path | None:
    """Return the file to write to; None if the person changed their mind."""
    title = say("{kind} (*.{suffix})", kind=kind.title, suffix=kind.suffix)
    chosen = _ask(parent, settings, say("Export picture"), suggested, (Kind(title, kind),))
    return chosen[0] if chosen else None


def _ask(
    parent: QWidget, settings: Settings, title: Message, suggested: str, kinds: Sequence[Kind]
) -> tuple[Path, Kind] | None:
    folder = Path(settings.folder or Path.home())
    filters = [tr(kind.title) for kind in kinds]
    dialog = FileDialog(parent, title, folder)
    dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(filters)
    dialog.setDefaultSuffix(kinds[0].format.suffix)
    dialog.selectFile(f"{suggested}.{kinds[0].format.suffix}")
    dialog.filterSelected.connect(partial(_follow, dialog, kinds))
    chosen = dialog.ask()
    used = kinds[filters.index(dialog.selectedNameFilter())]
    if not chosen:
        return None
    path = chosen[0]
    settings.folder = str(path.parent)
    ending = path.suffix.removeprefix(".").lower()
    if ending != used.format.suffix:
        # The name says another kind than the filter: the name is what the file will be taken for.
        used = next((kind for kind in kinds if kind.format.suffix == ending), used)
    return path, used


def _follow(dialog: FileDialog, kinds: Sequence[Kind], chosen: str) -> None:
    """Give the name the ending of the kind that was chosen."""
    suffix = next(kind.format.suffix for kind in kinds if tr(kind.title) == chosen)
    dialog.setDefaultSuffix(suffix)
    for path in map(Path, dialog.selectedFiles()[:1]):
        if path.suffix.removeprefix(".").lower() in FORMATS:
            dialog.selectFile(path.with_suffix(f".{suffix}").name)


def file_stem(view: str, table: Table, window: Span | None) -> str:
    """Return a file name for a view's table: its key, and the first and last day in it or else of `window`."""
    days = [str(day) for key in ("period_start", "period_end") for day in table.values.get(key, ())]
    if not days and window is not None:
        days = [window.start.isoformat(), window.end.isoformat()]
    return "-".join((view, min(days), "to", max(days))) if days else view
