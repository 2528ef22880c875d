"""The command line: `tokenshare` and its commands. What a command needs is imported when it runs, Qt last of all."""

from explorer.cli import checking, exporting, growing, importing, informing, keeping, reporting, updating, window
from explorer.cli.group import main

__all__ = [
    "checking",
    "exporting",
    "growing",
    "importing",
    "informing",
    "keeping",
    "main",
    "reporting",
    "updating",
    "window",
]
