"""The strip above the prices: what is compared, in which order, whose price counts first, and how tokens are mixed."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from explorer.domain.blended import OBSERVED
from explorer.domain.pricing import Compared, PriceFirst, Pricing, Sort, ratio_words, share_words
from explorer.drawing.translate import tr
from explorer.style import GRID, Style
from explorer.words import Message, say

RATIOS = (1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 15, OBSERVED.ratio, 20, 25, 30, 40, 50)
"""The input tokens per output token to choose from: round numbers, about as far apart on a log scale."""

_COMPARED: Mapping[StrEnum, Message] = {
    Compared.BOTH: say("Input and output"),
    Compared.BLENDED: say("Blended"),
    Compared.CACHED: say("Cached"),
}
_SORTS: Mapping[StrEnum, Message] = {
    Sort.USE: say("By use"),
    Sort.CHEAPEST: say("Cheapest first"),
    Sort.DEAREST: say("Dearest first"),
}
_FIRSTS: Mapping[StrEnum, Message] = {
    PriceFirst.OPENROUTER: say("OpenRouter lists"),
    PriceFirst.CATALOGUE: say("genai-prices"),
}
_SHORT = 9
"""Letters that a choice shows at least, where there is little room."""
_SLIDER = 48, 180
"""The narrowest and the widest slider, in pixels."""


class PriceStrip(QWidget):
    """Shows how prices are looked at, and emits `asked(Pricing, continued)` for a change; keeps no copy of its own.

    What a blended price is made of can be set where blended prices are shown: in a second row if need be.
    """

    asked = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(say("How prices are compared")))
        self.setAutoFillBackground(True)
        self._pricing, self._observed = Pricing(), None
        self.compared = self._choice("compared", _COMPARED, say("Compare"), say("Which prices the bars show"))
        self.sort = self._choice("sort", _SORTS, say("Order"), say("In which order the models stand"))
        self.first = self._choice(
            "first", _FIRSTS, say("Whose price first"), say("Whose price counts where both sources have one")
        )
        self.log = QCheckBox(tr(say("Log scale")), self)
        _name(self.log, say("Log scale"), say("A logarithmic axis; a linear one where it is not ticked"))
        self.log.toggled.connect(self._set_log)
        self.mix = QWidget(self)
        self.ratio = self._slider(len(RATIOS) - 1, say("Input tokens per output token"))
        self.cached = self._slider(100, say("Share of the input read from a cache"))
        self.cached.setSingleStep(5)
        self.cached.setPageStep(25)
        self.ratio_words = self._words(_ratio_said(OBSERVED.ratio))
        self.cached_words = self._words(_cached_said(1))
        self.observed = QToolButton(self.mix)
        self.observed.setText(tr(say("As observed")))
        self.observed.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        _name(self.observed, say("Mix as observed"), say("The mix that an imported table has"))
        self.default = QToolButton(self.mix)
        self.default.setText(tr(say("Default")))
        self.default.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        _name(self.default, say("Default mix"), say("17.2 input tokens per output token, none cached: as observed"))
        self._lay_out()
        self.ratio.valueChanged.connect(self._set_ratio)
        self.cached.valueChanged.connect(self._set_cached)
        self.default.clicked.connect(self._reset)
        self.observed.clicked.connect(self._observe)
        self._moved = False
        for slider in (self.ratio, self.cached):
            slider.sliderPressed.connect(self._begin)
        self.show_pricing(self._pricing)

    def _choice(self, dimension: str, options: Mapping[StrEnum, Message], title: Message, tip: Message) -> "Choice":
        choice = Choice(self, options)
        _name(choice, title, tip)
        choice.setProperty("dimension", dimension)
        choice.currentIndexChanged.connect(self._choose)
        return choice

    def _slider(self, steps: int, title: Message) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self.mix)
        slider.setRange(0, steps)
        slider.setMinimumWidth(_SLIDER[0])
        slider.setMaximumWidth(_SLIDER[1])
        slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        _name(slider, title, title)
        return slider

    def _words(self, widest: Message) -> QLabel:
        label = QLabel(self.mix)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setMinimumWidth(QFontMetrics(label.font()).horizontalAdvance(tr(widest)))
        return label

    def _lay_out(self) -> None:
        self._choices, sides = QWidget(self), (QWidget(self.mix), QWidget(self.mix))
        self._parts = sides
        _row(self._choices, (self.compared, self.sort, self.first, self.log))
        _row(sides[0], (self.ratio, self.ratio_words))
        _row(sides[1], (self.cached, self.cached_words, self.observed, self.default))
        self._rows, self._sides = _rows(self, (self._choices, self.mix)), _rows(self.mix, sides)
        self._rows.setStretch(1, 1)
        self._rows.addStretch(0)

    def set_style(self, style: Style) -> None:
        """Follow another style: the controls' colours come with the application's palette, the ground is the view's."""
        ground = QPalette()
        ground.setColor(QPalette.ColorRole.Window, QColor(style.theme.background))
        self.setPalette(ground)
        self._rows.setSpacing(round(style.px(GRID / 2)))

    def arrange(self, wide: int) -> int:
        """Put the rows beside or under each other so that they fit a width, and return how high that is."""
        sides, gap = self._parts, self._rows.spacing()
        _turn(self.mix, self._sides, sum(side.minimumSizeHint().width() for side in sides) + gap <= wide)
        needed = self._choices.sizeHint().width() + gap + sum(side.sizeHint().width() for side in sides) + gap
        _turn(self, self._rows, self.mix.isHidden() or needed <= wide)
        return self._rows.sizeHint().height()

    def show_pricing(self, pricing: Pricing, observed: Pricing | None = None, of: Message | None = None) -> None:
        """Show how prices are looked at; `observed` is that with the mix a table has, `of` where from."""
        self._pricing, self._observed = pricing, observed
        self.observed.setVisible(observed is not None)
        self.observed.setEnabled(observed is not None and observed.ratio != pricing.ratio)
        if of is not None:
            _name(self.observed, say("Mix as observed"), of)
        for choice, value in (
            (self.compared, pricing.compared),
            (self.sort, pricing.sort),
            (self.first, pricing.first),
        ):
            choice.show_value(value)
        blockers = [QSignalBlocker(widget) for widget in (self.log, self.ratio, self.cached)]
        self.log.setChecked(not pricing.linear)
        self.ratio.setValue(nearest(pricing.ratio))
        self.cached.setValue(round(pricing.cached * 100))
        for blocker in blockers:
            blocker.unblock()
        for label, slider, words in (
            (self.ratio_words, self.ratio, _ratio_said(pricing.ratio)),
            (self.cached_words, self.cached, _cached_said(pricing.cached)),
        ):
            label.setText(tr(words))
            slider.setAccessibleDescription(tr(words))
        self.default.setEnabled(pricing.mix != OBSERVED)
        self.mix.setVisible(pricing.compared is Compared.BLENDED)

    def _ask(self, pricing: Pricing, *, continued: bool = False) -> None:
        if pricing != self._pricing:
            self.asked.emit(pricing, continued)

    def _choose(self) -> None:
        found: dict[str, StrEnum | None] = {
            str(choice.property("dimension")): choice.value() for choice in (self.compared, self.sort, self.first)
        }
        self._ask(replace(self._pricing, **{name: value for name, value in found.items() if value is not None}))

    def _set_log(self, log: bool) -> None:
        self._ask(replace(self._pricing, linear=not log))

    def _begin(self) -> None:
        self._moved = False

    def _set_ratio(self, step: int) -> None:
        self._slide(self.ratio, replace(self._pricing, ratio=float(RATIOS[step])))

    def _set_cached(self, percents: int) -> None:
        self._slide(self.cached, replace(self._pricing, cached=percents / 100))

    def _slide(self, slider: QSlider, pricing: Pricing) -> None:
        """Ask for the next step of a slider; all steps of one drag are one gesture."""
        continued = slider.isSliderDown() and self._moved
        self._moved = slider.isSliderDown()
        self._ask(pricing, continued=continued)

    def _observe(self) -> None:
        if self._observed is not None:
            self._ask(self._observed)

    def _reset(self) -> None:
        self._ask(replace(self._pricing, ratio=OBSERVED.ratio, cached=OBSERVED.cached))


class Choice(QComboBox):
    """A few values to choose from, as narrow as must be."""

    def __init__(self, parent: QWidget, options: Mapping[StrEnum, Message]) -> None:
        super().__init__(parent)
        self._values = tuple(options)
        self.addItems([tr(text) for text in options.values()])
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContentsOnFirstShow)
        self.setMinimumContentsLength(0)
        self.setMinimumWidth(QFontMetrics(self.font()).averageCharWidth() * _SHORT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def value(self) -> StrEnum | None:
        """Return what is chosen."""
        return self._values[self.currentIndex()] if self.currentIndex() >= 0 else None

    def show_value(self, value: StrEnum) -> None:
        """Show what is chosen, without asking for it."""
        if value is not self.value():
            with QSignalBlocker(self):
                self.setCurrentIndex(self._values.index(value))


def nearest(ratio: float) -> int:
    """Return the step of the slider that is nearest to a ratio, on a log scale."""
    asked = math.log(max(ratio, RATIOS[0]))
    return min(range(len(RATIOS)), key=lambda step: abs(math.log(RATIOS[step]) - asked))


def _ratio_said(ratio: float) -> Message:
    return say("{ratio} input to output", ratio=ratio_words(ratio))


def _cached_said(share: float) -> Message:
    return say("{share} cached", share=share_words(share))


def _name(widget: QWidget, title: Message, tip: Message) -> None:
    widget.setAccessibleName(tr(title))
    widget.setToolTip(tr(tip))


def _row(parent: QWidget, widgets: Sequence[QWidget]) -> None:
    row = QHBoxLayout(parent)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID // 2)
    for widget in widgets:
        row.addWidget(widget)


def _rows(parent: QWidget, widgets: Sequence[QWidget]) -> QBoxLayout:
    """Return a layout of rows that can stand beside or under each other."""
    rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, parent)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(GRID // 2)
    for widget in widgets:
        rows.addWidget(widget)
    return rows


def _turn(parent: QWidget, rows: QBoxLayout, beside: bool) -> None:
    """Put what a layout holds beside or under each other; layouts around it are told only if that is news."""
    direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
    if rows.direction() is not direction:
        rows.setDirection(direction)
        parent.updateGeometry()
