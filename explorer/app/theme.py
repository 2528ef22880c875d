"""Light and dark: the theme a person chose or the system has, and the palette of every control in it."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from explorer.app.settings import Settings, ThemeChoice
from explorer.style import DARK, LIGHT, Style, Theme, mix
from explorer.words import say

NAMES = {ThemeChoice.SYSTEM: say("&System"), ThemeChoice.LIGHT: say("&Light"), ThemeChoice.DARK: say("&Dark")}

_SCHEMES = {
    ThemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
    ThemeChoice.LIGHT: Qt.ColorScheme.Light,
    ThemeChoice.DARK: Qt.ColorScheme.Dark,
}
_THEMES = {Qt.ColorScheme.Light: LIGHT, Qt.ColorScheme.Dark: DARK}


def palette(theme: Theme) -> QPalette:
    """Return the colours of every control under a theme."""
    role = QPalette.ColorRole
    on_accent = theme.background if theme.dark else "#ffffff"
    button = mix(theme.surface, theme.text, 0.08) if theme.dark else theme.background
    colours = {
        role.Window: theme.surface,
        role.WindowText: theme.text,
        role.Base: theme.background,
        role.AlternateBase: theme.surface,
        role.Text: theme.text,
        role.Button: button,
        role.ButtonText: theme.text,
        role.BrightText: theme.text,
        role.PlaceholderText: theme.muted,
        role.ToolTipBase: theme.background,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: mix(button, "#ffffff", 0.08 if theme.dark else 1),
        role.Midlight: theme.line,
        role.Mid: theme.strong_line,
        role.Dark: mix(theme.strong_line, theme.text, 0.25),
        role.Shadow: "#000000",
    }
    made = QPalette()
    for which, value in colours.items():
        made.setColor(which, QColor(value))
    faint = QColor(mix(theme.muted, theme.surface, 0.35))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, which, faint)
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.line))
    return made


class Appearance(QObject):
    """Keeps the application in the chosen theme; emits `changed` when another one holds."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._choice = settings.theme
        self._hints = QGuiApplication.styleHints()
        self._hints.setColorScheme(_SCHEMES[self._choice])
        self._theme = self._current()
        QApplication.setPalette(palette(self._theme))
        self._hints.colorSchemeChanged.connect(self._refresh)

    @property
    def style(self) -> Style:
        """How views draw under the current theme."""
        return Style(self._theme)

    @property
    def choice(self) -> ThemeChoice:
        """What the person chose."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Take another theme from now on, and remember it."""
        self._choice = self._settings.theme = choice
        self._hints.setColorScheme(_SCHEMES[choice])
        self._refresh()

    def _current(self) -> Theme:
        asked = _SCHEMES[self._choice]
        return _THEMES.get(asked) or _THEMES.get(self._hints.colorScheme(), LIGHT)

    def _refresh(self) -> None:
        theme = self._current()
        if theme == self._theme:
            return
        self._theme = theme
        QApplication.setPalette(palette(theme))
        self.changed.emit()
