"""A table of points as a scatter: which dots, in whose colours, on which axes, and what each of them says."""

from typing import Any, cast

from PySide6.QtCore import QRectF

from explorer.domain import units
from explorer.domain.price_points import PointTable
from explorer.domain.table import Table
from explorer.domain.wording import day_words
from explorer.drawing import scatter
from explorer.drawing.scatter import Dot, Points, Scatter, Side
from explorer.drawing.ticks import amount_words
from explorer.drawing.translate import tr
from explorer.style import Style
from explorer.words import Message, say


def lay_out(up: Side, table: Table, rect: QRectF, style: Style) -> Scatter:
    """Lay a point table out as a scatter whose height is what `up` says."""
    shown = cast(PointTable, table)
    return Scatter(_points(shown, up, style), rect, style)


def _points(table: PointTable, up: Side, style: Style) -> Points:
    values = table.values
    dots = [
        Dot(
            model,
            name,
            float(cast(Any, price)),
            float(cast(Any, height)),
            style.band(str(country)),
            strong=model in table.marked,
            dimmed=bool(table.marked) and model not in table.marked,
        )
        for model, name, price, height, country in zip(
            table.ids, table.names, values["blended"], values[table.height], values["country"], strict=True
        )
    ]
    across = Side(tr(say("blended $ per million tokens")), price_words, log=not table.linear, zero=True)
    return Points(
        scatter.ranked(dots, table.steps),
        across,
        up,
        tr(say("free")),
        table.steps,
        tuple((style.band(code), name) for code, name in table.countries),
    )


def tokens_up() -> Side:
    """Return the axis of tokens, logarithmic."""
    return Side(tr(say("tokens")), amount_words, log=True)


def score_up() -> Side:
    """Return the axis of a score."""
    return Side(tr(say("score")), lambda value: f"{value:g}", log=False)


def price_words(value: float) -> str:
    """Return a price as an axis prints it: $0.05, $2, $0."""
    return units.price(value) if value else "$0"


def explain(table: Table, model: str) -> tuple[Message, ...]:
    """Return all that a point table has of a model."""
    row = table.ids.index(model)
    values: dict[str, Any] = {key: column[row] for key, column in table.values.items()}
    lines = [
        say("{model}", model=model),
        say("{author}, {country}", author=values["author"], country=values["country"]),
        say("{n} tokens", n=units.exact(values["tokens"])),
    ]
    if "score" in values:
        lines.append(say("Score: {score}", score=f"{values['score']:g}"))
        if values["cheapest"]:
            lines.append(say("The cheapest paid model at its level"))
    return (*lines, *price_lines(values))


def price_lines(values: dict[str, Any]) -> tuple[Message, ...]:
    """Return the prices of a row and where they come from."""
    return (
        say("Blended: {price} per million tokens", price=exact(values["blended"])),
        say("Input: {input}, output: {output}", input=exact(values["input"]), output=exact(values["output"])),
        say("Prices: {source}, {when}", source=values["source"], when=_when(values["price_date"])),
    )


def _when(day: Any) -> Message:
    return say("undated") if day is None else say("as of {day}", day=day_words(day))


def exact(dollars: float | None) -> str:
    """Return a price with all its digits."""
    if dollars is None or dollars != dollars:  # noqa: PLR0124 - NaN
        return units.NONE
    return f"${dollars:.6g}" if dollars else units.price(0)
