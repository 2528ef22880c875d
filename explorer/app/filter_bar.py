"""The filter bar: every dimension of the Selection that shapes the views, in the order it is read."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from explorer.app import spans
from explorer.app.clauses import GRAIN_NAMES, GROUPING_NAMES, KNOWN_NAMES, MEASURE_NAMES, VARIANT_NAMES
from explorer.app.controls import IconButton, name
from explorer.app.flow import FlowLayout
from explorer.app.shortcuts import shown
from explorer.app.span_control import SpanControl
from explorer.app.vintage_control import VintageControl
from explorer.domain.periods import Grain, Span
from explorer.domain.selection import SCOPES, Grouping, Known, Measure, Selection, Source, Variants
from explorer.domain.wording import scope_name
from explorer.drawing.translate import tr
from explorer.session import Session
from explorer.style import GRID
from explorer.words import Message, say

_SCOPE_TIP = say("Which models count: the top ones of each period, all that are named, or all tokens")
_LENS, _LENS_KEYS = say("Scopes side by side"), "Ctrl+L"
_LENS_TIP = "Show the chart under top 5, top 10, all listed and all tokens side by side ({keys})"
_NO_SCOPE = say("Printed figures can't be cut to a scope: no story says what it left out")
_KNOWN_TIP = say(
    "Whether anonymous previews count as whose they turned out to be, or, before their reveal, as nobody's; "
    "Edit, Attribution lists them"
)
_VARIANTS_TIP = say("Whether :free, :thinking and other variants rank as models of their own or count with their model")
_NO_VARIANTS = say("Printed figures name no variants")


class Choice(QComboBox):
    """One dimension of the Selection with a few values to choose from."""

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        dimension: str,
        options: Sequence[tuple[object, Message]],
        title: Message,
        tip: Message,
    ) -> None:
        super().__init__(parent)
        self._session, self._dimension = session, dimension
        self.values = tuple(value for value, _ in options)
        self.addItems([tr(text) for _, text in options])
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        name(self, title, tip)
        self.currentIndexChanged.connect(self._choose)

    def refresh(self, selection: Selection) -> None:
        """Show what is selected."""
        with QSignalBlocker(self):
            value = getattr(selection, self._dimension)
            self.setCurrentIndex(self.values.index(value) if value in self.values else -1)

    def _choose(self, index: int) -> None:
        self._session.select(self._session.selection.but(**{self._dimension: self.values[index]}))


class FilterBar(QWidget):
    """Shows the session's Selection and changes it; keeps no copy of it. Breaks into two rows where it is narrow."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAccessibleName(tr(say("Filters")))
        self.grain = self._choice(
            "grain", [(g, GRAIN_NAMES[g]) for g in Grain], say("Period"), say("Length of a period")
        )
        self.span = SpanControl(self)
        self.scope = self._choice("scope", [(s, scope_name(s)) for s in SCOPES], say("Scope"), _SCOPE_TIP)
        self.lens = IconButton("panels", _LENS, self)
        name(self.lens, _LENS, say("{what} ({keys})", what=_LENS, keys=shown(_LENS_KEYS)))
        self.lens.setCheckable(True)
        self.lens.clicked.connect(self.toggle_lens)
        self.measure = self._choice(
            "measure",
            [(m, MEASURE_NAMES[m]) for m in Measure],
            say("Measure"),
            say("What the chart's height is: tokens, or the share of the scope's tokens"),
        )
        self.grouping = self._choice(
            "grouping", [(g, GROUPING_NAMES[g]) for g in Grouping], say("Grouping"), say("What a band of the chart is")
        )
        self.known = self._choice("known", [(k, KNOWN_NAMES[k]) for k in Known], say("Attribution"), _KNOWN_TIP)
        self.variants = self._choice(
            "variants", [(v, VARIANT_NAMES[v]) for v in Variants], say("Variants"), _VARIANTS_TIP
        )
        self.vintage = VintageControl(self, session)
        self._lay_out()
        self.span.picked.connect(self._pick_span)
        session.changed.connect(self.refresh)
        self.refresh()

    def _choice(
        self, dimension: str, options: Sequence[tuple[object, Message]], title: Message, tip: Message
    ) -> Choice:
        return Choice(self, self._session, dimension, options, title, tip)

    def _lay_out(self) -> None:
        flow = FlowLayout(self)
        flow.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        choices = (self.grain, self.span, self.scope, self.lens, self.measure, self.grouping, self.known, self.variants)
        for widget in (*choices, self.vintage):
            flow.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def refresh(self) -> None:
        """Show the session's Selection."""
        session = self._session
        selection, dataset = session.selection, session.dataset
        for choice in (self.grain, self.scope, self.measure, self.grouping, self.known, self.variants):
            choice.refresh(selection)
        self.vintage.refresh(selection)
        data = spans.whole(dataset)
        self.span.show_span(selection.span or data, data)
        printed = dataset.source is Source.PUBLISHED
        for choice, tip, why_not in (
            (self.scope, _SCOPE_TIP, _NO_SCOPE),
            (self.lens, say(_LENS_TIP, keys=shown(_LENS_KEYS)), _NO_SCOPE),
            (self.variants, _VARIANTS_TIP, _NO_VARIANTS),
        ):
            choice.setEnabled(not printed)
            choice.setToolTip(tr(why_not if printed else tip))
        self.lens.setChecked(selection.lens)

    def toggle_lens(self) -> None:
        """Show the chart's scopes side by side, or the chosen one alone."""
        selection = self._session.selection
        self._session.select(selection.but(lens=not selection.lens))

    def _pick_span(self, span: Span | None) -> None:
        data = spans.whole(self._session.dataset)
        if data is not None:
            self._session.select(spans.with_span(self._session.selection, span, data))
