"""Spend share: what groups took of the estimated dollars, as a band, beside what they made of the tokens."""

from functools import partial
from typing import Any

import numpy as np
from PySide6.QtWidgets import QWidget

from explorer.domain import units
from explorer.domain.origins import UNATTRIBUTED
from explorer.domain.schema import OTHER
from explorer.domain.selection import Grouping
from explorer.domain.spend import BAND
from explorer.domain.table import Table
from explorer.session import Session
from explorer.style import Style
from explorer.views.rows import sheet
from explorer.views.rows.profile import Profile
from explorer.views.rows.widget import Rows
from explorer.words import Message, say


def _mark(session: Session, table: Table, row: int, add: bool) -> None:
    """Mark the group of a row in every view; what is nobody's or unnamed is marked by country only."""
    grouping, key = session.selection.grouping, table.ids[row]
    if key != OTHER and (key != UNATTRIBUTED or grouping is Grouping.COUNTRY):
        session.select(session.selection.mark(grouping, key, add=add))


def _band(table: Table, row: int, value: Any) -> Message:
    low, high, tokens, _ = value
    if np.isnan(low):
        return say("{tokens} of the tokens; no price is known.", tokens=units.percent(float(tokens)))
    return say(
        "{low} to {high} of the estimated dollars, {tokens} of the tokens",
        low=units.percent(float(low)),
        high=units.percent(float(high)),
        tokens=units.percent(float(tokens)),
    )


def _dollars(table: Table, row: int, value: float | None) -> Message:
    if value is None or np.isnan(value):
        return say("No price is known.")
    return say("about {dollars}: an estimate", dollars=units.money(value))


def _part(table: Table, row: int, value: float | None) -> Message:
    if value is None or np.isnan(value):
        return say("No price is known.")
    return say("{share} %", share=f"{value * 100:.4g}")


def _more(n: int) -> Message:
    return say("… and 1 more group") if n == 1 else say("… and {n} more groups", n=n)


PROFILE = Profile(
    "spend",
    say("Spend share"),
    "group",
    _mark,
    (
        "group",
        "country",
        "share",
        BAND,
        "spend_share_low",
        "spend_share_high",
        "tokens",
        "spend_low",
        "spend_high",
        "unpriced",
    ),
    dropped=("unpriced", "tokens", "spend_high", "spend_low", "share", "country", "spend_share_high"),
    in_menu={"spend_share_low": say("Spend share from"), "spend_share_high": say("Spend share to")},
    tips={
        BAND: _band,
        "share": _part,
        "spend_low": _dollars,
        "spend_high": _dollars,
        "spend_share_low": _part,
        "spend_share_high": _part,
        "unpriced": _part,
    },
    more=_more,
)

draw = partial(sheet.draw, PROFILE)


def widget(session: Session, style: Style) -> QWidget:
    """Return the widget of spend shares, which follows the session."""
    return Rows(session, style, PROFILE)
