"""The leaderboard: models by tokens. A click on a row marks its model in every view."""

from functools import partial

from PySide6.QtWidgets import QWidget

from explorer.session import Session
from explorer.style import Style
from explorer.views.rows import sheet
from explorer.views.rows.profile import Profile, mark_model, more_models
from explorer.views.rows.widget import Rows
from explorer.words import say

_ORDER = (
    "rank",
    "rank_change",
    "model",
    "author",
    "country",
    "tokens",
    "share",
    "change",
    "trend",
    "window_start",
    "window_end",
    "publisher",
    "published",
    "input",
    "output",
    "share_of_all",
    "price_source",
    "price_date",
)
_DROPPED_FIRST = ("published", "author", "publisher", "window_start", "window_end", "trend", "output", "input")
_DROPPED_NEXT = ("country", "rank_change", "change", "share")

PROFILE = Profile(
    "leaderboard",
    say("Leaderboard"),
    "model",
    mark_model,
    _ORDER,
    hidden=frozenset({"share_of_all", "price_source", "price_date"}),
    dropped=_DROPPED_FIRST + _DROPPED_NEXT,
    in_menu={
        "rank": say("Rank"),
        "rank_change": say("Rank change"),
        "share_of_all": say("Share of all tokens"),
        "input": say("Input price"),
        "output": say("Output price"),
    },
    more=more_models,
)

draw = partial(sheet.draw, PROFILE)


class Leaderboard(Rows):
    """The leaderboard on screen."""

    def __init__(self, session: Session, style: Style, parent: QWidget | None = None) -> None:
        super().__init__(session, style, PROFILE, parent)


def widget(session: Session, style: Style) -> QWidget:
    """Return the leaderboard's widget, which follows the session."""
    return Leaderboard(session, style)
