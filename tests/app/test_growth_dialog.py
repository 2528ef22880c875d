"""The growth translator as a person uses it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.app.growth_dialog import GrowthDialog
from explorer.app.window import MainWindow

WAYS = ("Two values", "Multiple", "Growth a year", "Doubling time")


@pytest.fixture
def dialog(qtbot: QtBot) -> GrowthDialog:
    made = GrowthDialog()
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def choose(dialog: GrowthDialog, way: str, over: str = "", unit: str = "years") -> None:
    dialog.known.setCurrentText(way)
    dialog.count.setText(over)
    dialog.unit.setCurrentText(unit)


def shown(dialog: GrowthDialog) -> dict[str, str]:
    rows = [row for row in dialog.sentences if row.text.isVisible()]
    return {row.heading.text(): row.text.text().replace("\u2009", " ") for row in rows}


def test_it_begins_empty_and_says_what_to_do(dialog: GrowthDialog) -> None:
    assert shown(dialog) == {}
    assert dialog.trouble.text() == "Fill in what is known: the other ways to say it appear here."
    assert dialog.focusWidget() is dialog.fields[0]


def test_two_values_are_translated_as_they_are_typed(dialog: GrowthDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.fields[0], "2.27T")
    assert shown(dialog) == {}
    qtbot.keyClicks(dialog.fields[1], "5.16T")
    assert shown(dialog) == {"Multiple": "From 2.27T to 5.16T is 2.273 times as much, a change of +127.3 %."}
    dialog.unit.setCurrentText("weeks")
    qtbot.keyClicks(dialog.count, "3")
    assert list(shown(dialog)) == ["Multiple", "Growth a week", "Growth a year", "Doubling time"]
    assert shown(dialog)["Growth a week"].startswith("At that pace it changes by +31.5 % a week")
    assert not dialog.trouble.isVisible()


def test_a_multiple_over_years(dialog: GrowthDialog) -> None:
    choose(dialog, "Multiple", "5")
    assert not dialog.fields[1].isVisible()
    dialog.fields[0].setText("370")
    assert "+226.3 % a year" in shown(dialog)["Growth a year"]
    assert "59.37 times as much after 5 years, not 370 times." in shown(dialog)["Easily misread"]


def test_a_rate_and_a_doubling_time(dialog: GrowthDialog) -> None:
    choose(dialog, "Growth a year", "5")
    dialog.fields[0].setText("330%")
    assert shown(dialog)["Multiple"].startswith("1 470 times as much in 5 years")
    choose(dialog, "Doubling time", "12", "months")
    assert shown(dialog) == {}, "what was typed for a rate is no doubling time"
    dialog.fields[0].setText("6m")
    assert shown(dialog)["Multiple"] == "4 times as much in 12 months is a change of +300 %."


def test_what_is_not_understood_is_said_in_place_of_an_answer(dialog: GrowthDialog) -> None:
    choose(dialog, "Multiple")
    dialog.fields[0].setText("a lot")
    assert shown(dialog) == {}
    assert dialog.trouble.text() == "“a lot” is not understood. Write it like 370 or 11.25x."
    dialog.fields[0].setText("4")
    assert not dialog.trouble.isVisible()


def test_each_sentence_can_be_copied(dialog: GrowthDialog, qtbot: QtBot) -> None:
    choose(dialog, "Multiple", "5")
    dialog.fields[0].setText("370")
    row = dialog.sentences[1]
    row.copy.setFocus()
    qtbot.keyClick(row.copy, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == row.text.text() != ""
    assert row.copy.accessibleName() == "Copy: Growth a year"


def test_the_classic_mistake_is_explained(dialog: GrowthDialog) -> None:
    texts = [child.text().replace("\u2009", " ") for child in dialog.findChildren(type(dialog.trouble))]
    assert any("330 % a year is 4.3 times" in text and "only 230 %" in text for text in texts)


def test_the_keyboard_reaches_everything_in_reading_order_and_all_of_it_has_a_name(dialog: GrowthDialog) -> None:
    dialog.fields[0].setText("2")
    dialog.fields[1].setText("3")
    ring: list[QWidget] = []
    at = dialog.known
    while at not in ring:
        if at.isVisible() and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            ring.append(at)
        at = at.nextInFocusChain()
        if at is dialog.known:
            break
    controls = [dialog.known, *dialog.fields, dialog.count, dialog.unit]
    assert ring[:5] == controls
    assert dialog.sentences[0].copy in ring
    assert all(widget.accessibleName() for widget in controls)


def test_the_menu_opens_it(rankings_window: MainWindow) -> None:
    rankings_window.menus.actions["growth"].trigger()
    (dialog,) = rankings_window.findChildren(GrowthDialog)
    assert dialog.isVisible()
    dialog.close()
