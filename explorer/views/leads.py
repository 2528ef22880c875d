"""Lead changes: when the lead passed from whom to whom, under which scope. A click on a row goes there."""

from functools import partial
from typing import cast

from PySide6.QtWidgets import QWidget

from explorer.domain.leads import LeadTable
from explorer.domain.table import Table
from explorer.session import Session
from explorer.style import Style
from explorer.views.rows import sheet
from explorer.views.rows.profile import Profile
from explorer.views.rows.widget import Rows
from explorer.words import Message, say


def _go_there(session: Session, table: Table, row: int, add: bool) -> None:
    """Select the scope and the period of a row, as one step."""
    ledger = cast(LeadTable, table)
    session.select(session.selection.but(scope=ledger.scopes[row], brush=ledger.changes[row].period))


def _more(n: int) -> Message:
    return say("… and 1 more change") if n == 1 else say("… and {n} more changes", n=n)


PROFILE = Profile(
    "leads",
    say("Lead changes"),
    "leader",
    _go_there,
    (
        "period_start",
        "leader",
        "former",
        "scope",
        "margin_tokens",
        "margin",
        "certain",
        "lasted",
        "still_leads",
        "coverage",
        "scopes",
        "period_end",
        "until",
    ),
    hidden=frozenset({"period_end", "until"}),
    dropped=("coverage", "still_leads", "lasted", "scopes", "margin_tokens", "period_end", "until"),
    wide=frozenset({"scopes"}),
    in_menu={"coverage": say("Share of all tokens")},
    more=_more,
)

draw = partial(sheet.draw, PROFILE)


def widget(session: Session, style: Style) -> QWidget:
    """Return the ledger's widget, which follows the session."""
    return Rows(session, style, PROFILE)
