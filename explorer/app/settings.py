"""What the window remembers from one start to the next: where things are, and the theme."""

from enum import StrEnum

from PySide6.QtCore import QByteArray, QSettings

_NAME = "tokenshare-explorer"
_LAYOUT_VERSION = 2


class ThemeChoice(StrEnum):
    """Light or dark: as the system has it, or as the person wants it."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Settings:
    """The remembered values, each with a default where nothing, or nonsense, is remembered."""

    def __init__(self) -> None:
        self._stored = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, _NAME, _NAME)

    @property
    def theme(self) -> ThemeChoice:
        """The theme chosen."""
        try:
            return ThemeChoice(str(self._stored.value("theme", ThemeChoice.SYSTEM.value)))
        except ValueError:
            return ThemeChoice.SYSTEM

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._stored.setValue("theme", choice.value)

    @property
    def geometry(self) -> QByteArray:
        """Size and place of the window, empty at the first start."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._stored.setValue("window/geometry", value)

    @property
    def docks(self) -> QByteArray:
        """Where the docks are, empty at the first start."""
        return self._bytes(f"window/docks-{_LAYOUT_VERSION}")

    @docks.setter
    def docks(self, value: QByteArray) -> None:
        self._stored.setValue(f"window/docks-{_LAYOUT_VERSION}", value)

    @property
    def folder(self) -> str:
        """The folder last opened from or saved to, "" where there is none yet."""
        return str(self._stored.value("folder", ""))

    @folder.setter
    def folder(self, value: str) -> None:
        self._stored.setValue("folder", value)

    @property
    def recent(self) -> list[str]:
        """The paths of the files opened or saved last, the last one first."""
        return self._texts("recent")

    @recent.setter
    def recent(self, value: list[str]) -> None:
        self._stored.setValue("recent", value)

    @property
    def watched(self) -> str:
        """The folder whose new files are imported, "" where none is."""
        return str(self._stored.value("watched/folder", ""))

    @watched.setter
    def watched(self, value: str) -> None:
        self._stored.setValue("watched/folder", value)

    @property
    def watched_seen(self) -> list[str]:
        """What is known of files in the watched folder, a text for each."""
        return self._texts("watched/seen")

    @watched_seen.setter
    def watched_seen(self, value: list[str]) -> None:
        self._stored.setValue("watched/seen", value)

    def recalled(self, key: str) -> str:
        """Return what was chosen last in a dialog, "" where nothing was yet."""
        return str(self._stored.value(f"dialogs/{key}", ""))

    def recall_later(self, key: str, value: str) -> None:
        """Keep what was chosen in a dialog."""
        self._stored.setValue(f"dialogs/{key}", value)

    def _texts(self, key: str) -> list[str]:
        # Of a list with one text the file keeps the text alone.
        value = self._stored.value(key)
        if isinstance(value, str):
            return [value] if value else []
        return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []

    def _bytes(self, key: str) -> QByteArray:
        value = self._stored.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()
