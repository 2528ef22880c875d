"""The Qt edge of words: messages through the installed translation."""

from PySide6.QtCore import QCoreApplication

from explorer.words import Message

CONTEXT = "explorer"


def _translate(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text) if text else ""


def tr(message: Message) -> str:
    """Return a message in the language of the program."""
    return message.render(_translate)
