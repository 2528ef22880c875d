"""Keys as the platform writes them."""

from PySide6.QtGui import QKeySequence


def shown(keys: str) -> str:
    """Return a shortcut such as "Ctrl+F" the way this platform writes it."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
