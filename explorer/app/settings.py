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

    def _bytes(self, key: str) -> QByteArray:
        value = self._stored.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()
