"""What drove the change: each model's part in how a group moved. A click on a row marks its model in every view."""

from functools import partial

from PySide6.QtWidgets import QWidget

from explorer.session import Session
from explorer.style import Style
from explorer.views.rows import sheet
from explorer.views.rows.profile import Profile, mark_model, more_models
from explorer.views.rows.widget import Rows
from explorer.words import say

PROFILE = Profile(
    "drivers",
    say("What drove the change"),
    "model",
    mark_model,
    ("model", "country", "change", "share", "kind", "before", "tokens", "free", "author"),
    hidden=frozenset({"author", "free"}),
    dropped=("free", "author", "before", "tokens", "country", "share", "kind"),
    in_menu={"share": say("Part of the change"), "kind": say("How it changed"), "free": say("Free variant")},
    more=more_models,
)

draw = partial(sheet.draw, PROFILE)


def widget(session: Session, style: Style) -> QWidget:
    """Return the drivers' widget, which follows the session."""
    return Rows(session, style, PROFILE)
