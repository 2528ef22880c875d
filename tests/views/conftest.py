"""A small dataset, worked by formula so that every number can be checked by hand, and eyes to see widgets with."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pyqtgraph
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from explorer.domain.dataset import Dataset
from explorer.domain.dataset import rankings as rankings_dataset
from explorer.domain.origins import Origin, Origins
from explorer.domain.prices import MODELS_API
from explorer.domain.schema import DatedPrices, DatedScores, Figure, Frames, Price, Score, UsageFrame, to_day
from explorer.domain.snapshot import LICENCE, OPENROUTER, Basis, Provenance, rankings_citation

Pixels = np.ndarray

FIRST, LAST = date(2026, 1, 5), date(2026, 3, 16)
"""A Monday, and the Monday ten weeks later: the last week has one day of data."""
MISSING = (date(2026, 2, 2), date(2026, 2, 8))
"""A week without any data."""

# permaslug: billions of tokens on the first day, and how many more on each day after it
MODELS = {
    "anthropic/claude-opus-4.6": (60, 1.0),
    "anthropic/claude-sonnet-4.5": (95, -0.5),
    "cohere/command-a": (3, 0.0),
    "deepseek/deepseek-v3.2": (48, 0.4),
    "google/gemini-3-flash": (80, 0.2),
    "minimax/minimax-m2.5": (12, 2.4),
    "mistralai/devstral-2": (14, 0.1),
    "moonshotai/kimi-k2.5": (20, 1.6),
    "nvidia/nemotron-3-super:free": (9, 0.3),
    "openai/gpt-5.2": (44, 0.1),
    "openrouter/pony-alpha": (5, 0.5),
    "other": (30, 0.2),
    "qwen/qwen3-coder-next": (8, 0.2),
    "sao10k/l3-lunaris-8b": (2, 0.0),
    "x-ai/grok-4.1-fast": (70, -0.6),
    "z-ai/glm-5": (10, 1.9),
}
ORIGINS = (
    ("anthropic", "Anthropic", "US"),
    ("cohere", "Cohere", "CA"),
    ("deepseek", "DeepSeek", "CN"),
    ("google", "Google", "US"),
    ("minimax", "MiniMax", "CN"),
    ("mistralai", "Mistral AI", "FR"),
    ("moonshotai", "Moonshot AI", "CN"),
    ("nvidia", "NVIDIA", "US"),
    ("openai", "OpenAI", "US"),
    ("qwen", "Alibaba Cloud", "CN"),
    ("x-ai", "xAI", "US"),
    ("z-ai", "Z.ai", "CN"),
)
COUNTRIES = {"CA": "Canada", "CN": "China", "FR": "France", "US": "United States"}
PRICES = {
    "anthropic/claude-opus-4.6": (5.0, 25.0),
    "anthropic/claude-sonnet-4.5": (3.0, 15.0),
    "cohere/command-a": (2.5, 10.0),
    "deepseek/deepseek-v3.2": (0.28, 0.42),
    "google/gemini-3-flash": (0.5, 3.0),
    "minimax/minimax-m2.5": (0.3, 1.2),
    "mistralai/devstral-2": (0.4, 2.0),
    "moonshotai/kimi-k2.5": (0.45, 2.25),
    "nvidia/nemotron-3-super:free": (0.0, 0.0),
    "openai/gpt-5.2": (1.75, 14.0),
    "x-ai/grok-4.1-fast": (0.2, 0.5),
    "z-ai/glm-5": (0.8, 2.56),
}


def usage() -> UsageFrame:
    """Return the rows of every model on every day that is not missing."""
    gone = range(to_day(MISSING[0]), to_day(MISSING[1]) + 1)
    days = [day for day in range(to_day(FIRST), to_day(LAST) + 1) if day not in gone]
    rows = [
        (day, code, round((start + more * (day - to_day(FIRST))) * 1e9))
        for day in days
        for code, (start, more) in enumerate(MODELS.values())
    ]
    day, code, tokens = zip(*rows, strict=True)
    return UsageFrame(np.array(day, np.int32), np.array(code, np.int32), np.array(tokens, np.int64), tuple(MODELS))


def origins() -> Origins:
    """Return the origins of the authors; two of them are nobody's."""
    return Origins((Origin(*row, date(2023, 1, 1)) for row in ORIGINS), COUNTRIES)


def provenance() -> Provenance:
    """Return where the rows are said to come from."""
    as_of = "2026-03-17"
    citation = rankings_citation(as_of, LAST.isoformat())
    stated = ("rankings-csv", "rankings.csv", OPENROUTER, as_of, Basis.STATED, "0" * 64, LICENCE, citation)
    return Provenance(*stated, len(usage()), to_day(FIRST), to_day(LAST))


EARLIER = {"1" * 64: "2026-03-10", "2" * 64: "2026-03-03", "3" * 64: "2026-02-24"}
"""sha256: as-of date of snapshots that know the days before it, the newest two of them a little otherwise."""


def earlier() -> tuple[Provenance, ...]:
    """Return where the rows were said to come from before."""
    return tuple(
        replace(
            provenance(),
            name=f"{as_of}.csv",
            sha256=sha256,
            as_of=as_of,
            last_day=to_day(date.fromisoformat(as_of)) - 1,
        )
        for sha256, as_of in EARLIER.items()
    )


def recall(sha256: str) -> UsageFrame:
    """Return the rows of a snapshot: those of earlier ones have less on their newest two days, and one model not."""
    frame = usage()
    if sha256 not in EARLIER:
        return frame
    end = to_day(date.fromisoformat(EARLIER[sha256]))
    newest = (frame.day >= end - 2) & (frame.day < end)
    kept = (frame.day < end) & ~(newest & (frame.model == frame.models.index("sao10k/l3-lunaris-8b")))
    tokens = np.where(newest, frame.tokens - frame.tokens // 1000 * (frame.model + 1), frame.tokens)
    return replace(frame, day=frame.day[kept], model=frame.model[kept], tokens=tokens[kept])


def price_list() -> DatedPrices:
    """Return one price list that covers most models."""
    prices = tuple(Price(model, model, model, *both) for model, both in PRICES.items())
    return DatedPrices(to_day(date(2026, 1, 2)), MODELS_API, prices)


def score_list() -> DatedScores:
    """Return one list of scores: the more a model costs the better it is, but for one."""
    name = "artificial_analysis.coding_index"
    scores = (Score(model, model, name, 20.0 + 2 * output) for model, (_, output) in PRICES.items() if output)
    odd = Score("sao10k/l3-lunaris-8b", "", name, 11.0)
    return DatedScores(to_day(date(2026, 3, 1)), MODELS_API, (*scores, odd))


CLAIMS = (
    ("china", "all models", "CN", "3.05"),
    ("china-false", "all models", "CN", "4.47"),
    ("users", "platform users, not tokens", "all", "7"),
    ("us", "all models", "US", "2.69"),
)
"""What stories are said to have printed of the week from 23 February to 1 March: id, scope, of whom, trillions."""


def figures() -> tuple[Figure, ...]:
    """Return figures of which the first and the last are what the rows above sum to."""
    week = ("the week of 23 February 2026", date(2026, 2, 23), date(2026, 3, 1))
    story = ("Who leads?", "The Paper", "2026-03-02", "", "")
    return tuple(
        Figure(name, *week, scope, entity, "tokens", float(value), "T", *story, value)
        for name, scope, entity, value in CLAIMS
    )


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """Ten weeks of fifteen models from four countries, one week missing, the last one partial; figures to test."""
    frames, taken = Frames(usage(), (price_list(),), scores=(score_list(),)), (*earlier(), provenance())
    return replace(rankings_dataset(frames, origins(), taken, figures()), recall=recall)


@pytest.fixture(scope="session")
def no_data() -> Dataset:
    """Rankings before anything was imported."""
    return rankings_dataset(Frames(), origins(), ())


def pixels_of(image: QImage) -> Pixels:
    """Return an image as int16 (height, width, 3)."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return flat[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3).astype(np.int16)


@pytest.fixture(scope="session")
def pixels() -> Callable[[QImage], Pixels]:
    """An image as an array."""
    return pixels_of


@pytest.fixture
def settle(qapp: QApplication) -> Callable[[], None]:
    """Let every event take place, those that other events put off included."""

    def settled() -> None:
        for _ in range(4):
            qapp.processEvents()

    return settled


@pytest.fixture
def look(settle: Callable[[], None]) -> Callable[[QWidget], Pixels]:
    """What a widget shows, once it has settled."""

    def seen(widget: QWidget) -> Pixels:
        settle()
        return pixels_of(widget.grab().toImage())

    return seen


class Mouse:
    """A mouse over a widget: its events go to whatever lies under the pointer, as a window would send them."""

    def click(
        self, widget: QWidget, at: QPointF, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press and release the left button."""
        self.drag(widget, at, modifiers=modifiers)

    def drag(
        self, widget: QWidget, *way: QPointF, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press the left button at the first point, move over the others and release it at the last."""
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        target = self._under(widget, way[0])
        self._send(QEvent.Type.MouseButtonPress, widget, target, way[0], (left, left), modifiers)
        for at in way[1:]:
            self._send(QEvent.Type.MouseMove, widget, target, at, (none, left), modifiers)
        self._send(QEvent.Type.MouseButtonRelease, widget, target, way[-1], (left, none), modifiers)

    def double_click(self, widget: QWidget, at: QPointF) -> None:
        """Click twice."""
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        self.click(widget, at)
        target = self._under(widget, at)
        self._send(QEvent.Type.MouseButtonDblClick, widget, target, at, (left, left))
        self._send(QEvent.Type.MouseButtonRelease, widget, target, at, (left, none))

    def hover(self, widget: QWidget, at: QPointF) -> None:
        """Move there with no button down."""
        none = Qt.MouseButton.NoButton
        self._send(QEvent.Type.MouseMove, widget, self._under(widget, at), at, (none, none))

    @staticmethod
    def _under(widget: QWidget, at: QPointF) -> QWidget:
        return widget.childAt(at.toPoint()) or widget

    @staticmethod
    def _send(
        kind: QEvent.Type,
        widget: QWidget,
        target: QWidget,
        at: QPointF,
        buttons: tuple[Qt.MouseButton, Qt.MouseButton],
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        local, everywhere = target.mapFrom(widget, at), widget.mapToGlobal(at)
        QApplication.sendEvent(target, QMouseEvent(kind, local, everywhere, *buttons, modifiers))


@pytest.fixture
def mouse(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Mouse:
    """A mouse that moves faster than a hand: pyqtgraph's limit of moves per second is off."""
    monkeypatch.setitem(pyqtgraph.CONFIG_OPTIONS, "mouseRateLimit", 0)
    return Mouse()
