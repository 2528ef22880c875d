"""What stories say of prices, in the view of claims: the price lists come after the first picture."""

from datetime import date
from typing import cast

from pytestqt.qtbot import QtBot

from explorer.domain.dataset import Dataset
from explorer.domain.prices import MODELS_API
from explorer.domain.schema import DatedPrices, Figure, Price, to_day
from explorer.session import Session
from explorer.style import LIGHT, Style
from explorer.views import claims
from explorer.views.claims import ClaimsWidget

STORY = ("", None, None, "list price", "GLM-5", "price_input", 0.8, "$/M", "A story", "The Paper", "2026-01-20")
LIST = DatedPrices(to_day(date(2026, 1, 2)), MODELS_API, (Price("z-ai/glm-5", "", "GLM-5", 0.8, 2.56),))


def test_verdicts_follow_the_prices(dataset: Dataset, qtbot: QtBot) -> None:
    bare = dataset.with_figures((Figure("price", *STORY, printed="0.80"),)).with_prices(())
    session = Session(bare)
    widget = cast(ClaimsWidget, claims.widget(session, Style(LIGHT)))
    qtbot.addWidget(widget)
    with qtbot.waitSignal(widget.settled):
        widget.show()
    assert list(widget.table().values["verdict"]) == ["not testable"]
    with qtbot.waitSignal(widget.settled):
        session.load(bare.with_prices((LIST,)))
    assert list(widget.table().values["verdict"]) == ["holds as stated"]
    assert list(widget.table().values["conditions"]) == ["OpenRouter models, list of 2 Jan 2026"]
