"""What the columns of a table mean: which holds the date, the model, tokens or prices, and how they write them."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields

from explorer.domain.units import exact
from explorer.errors import ExplorerError
from explorer.words import Message, say

ROLES = (
    "date",
    "model",
    "variant",
    "tokens",
    "prompt",
    "completion",
    "reasoning",
    "input_price",
    "output_price",
)
"""What a column can be."""
COUNTED = ("tokens", "prompt", "completion", "reasoning")
"""The roles whose values are whole numbers of tokens."""
PRICED = ("input_price", "output_price")
"""The roles whose values are US dollars."""

TOKEN_UNITS = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
"""How many tokens one of a column's units is."""
PRICE_UNITS = {"token": 1, "thousand": 10**3, "million": 10**6}
"""For how many tokens a column's prices are."""
DECIMALS = (".", ",")
_DECIMAL_WORDS = {"point": ".", "comma": ","}
"""How a mapping is written, where commas part its items."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """The columns of a table by their meaning, each named as in the heading, "" where there is none.

    `tokens` is prompt plus completion together; a table has that or the two apart, of which `reasoning` may be a part
    of the completion. `variant` is what follows the colon of a model's id. `date_format` is the key of a format that
    the sources know, "" to let the values tell; `decimal` is "." or ",", "" likewise. `token_unit` is a key of
    TOKEN_UNITS and `price_unit` of PRICE_UNITS ("" where no column has prices).
    """

    date: str = ""
    model: str = ""
    variant: str = ""
    tokens: str = ""
    prompt: str = ""
    completion: str = ""
    reasoning: str = ""
    input_price: str = ""
    output_price: str = ""
    date_format: str = ""
    decimal: str = ""
    token_unit: str = ""
    price_unit: str = ""

    @property
    def columns(self) -> dict[str, str]:
        """The mapped columns by role."""
        return {role: column for role in ROLES if (column := getattr(self, role))}

    @property
    def counts(self) -> bool:
        """Whether it gives tokens by day and model."""
        return bool(self.tokens or self.prompt or self.completion)

    @property
    def prices(self) -> bool:
        """Whether it gives prices by model."""
        return bool(self.input_price or self.output_price)

    @property
    def text(self) -> str:
        """The mapping as `--map` takes it: "date=Date,model=Model,tokens=Total_Tokens"."""
        words = {mark: word for word, mark in _DECIMAL_WORDS.items()}
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        values["decimal"] = words.get(self.decimal, "")
        pairs = [f"{name}={value}" for name, value in values.items() if value]
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(pairs)
        return line.getvalue()

    def fault(self, heading: Sequence[str]) -> Message | None:
        """Say what keeps this mapping from being used on a table with this heading; None if nothing does."""
        times = Counter(self.columns.values())
        twice = next((column for column, count in times.items() if count > 1), None)
        if twice is not None:
            return say("The column {column} is mapped to two things.", column=f'"{twice}"')
        absent = next((column for column in times if column not in heading), None)
        if absent is not None:
            return say("The table has no column {column}.", column=f'"{absent}"')
        return self._incomplete()

    def _incomplete(self) -> Message | None:
        missing = [word for word, is_there in self._needs() if not is_there]
        if missing:
            return say("Still to map: {what}.", what=", ".join(map(str, missing)))
        if self.tokens and (self.prompt or self.completion):
            return say("Map all tokens together, or prompt and completion apart: not both.")
        if self.reasoning and not self.completion:
            return say("Reasoning tokens are part of completion tokens: map prompt and completion too.")
        if self.prices and self.price_unit not in PRICE_UNITS:
            return say("It is not said for how many tokens the prices are: a token, a thousand or a million.")
        return None

    def _needs(self) -> tuple[tuple[Message, bool], ...]:
        apart = bool(self.prompt or self.completion)
        return (
            (say("date"), bool(self.date) or (self.prices and not self.counts)),
            (say("model"), bool(self.model)),
            (say("tokens, prompt and completion tokens, or prices"), self.counts or self.prices),
            (say("prompt tokens"), bool(self.prompt) or not apart),
            (say("completion tokens"), bool(self.completion) or not apart),
        )


def parse(text: str, formats: Sequence[str]) -> Mapping:
    """Return the mapping written as `Mapping.text` writes it; `formats` are the date formats that are known.

    Raises ExplorerError, naming what is not understood.
    """
    known = [each.name for each in fields(Mapping)]
    allowed = {"date_format": formats, "decimal": DECIMALS, "token_unit": TOKEN_UNITS, "price_unit": PRICE_UNITS}
    found: dict[str, str] = {}
    for pair in _pairs(text):
        name, sign, value = (part.strip() for part in pair.partition("="))
        if name == "decimal":
            value = _DECIMAL_WORDS.get(value, value)
        if not sign or name not in known or (not value and name != "decimal"):
            what = say("The mapping has “{pair}”, which is not understood.", pair=pair)
            raise ExplorerError(
                what, remedy=say("Write NAME=COLUMN, apart by commas; NAME is one of {names}.", names=", ".join(known))
            )
        if name in allowed and value not in allowed[name]:
            choices = " ".join(_DECIMAL_WORDS if name == "decimal" else filter(None, allowed[name]))
            what = say("The mapping's {name} can't be “{value}”.", name=name, value=value)
            raise ExplorerError(what, remedy=say("Choose one of: {choices}", choices=choices))
        if name in found:
            what = say("The mapping names {name} twice.", name=name)
            raise ExplorerError(what, remedy=say("Leave one out."))
        found[name] = value
    return Mapping(**found)


def _pairs(text: str) -> list[str]:
    try:
        return next(csv.reader([text.strip()], strict=True), list[str]())
    except csv.Error:
        raise ExplorerError(
            say("The mapping has a line break, or a quote that does not close."),
            remedy=say("Write it in one line; quote a pair whose column has a comma in its name."),
        ) from None


@dataclass(frozen=True, slots=True)
class Yield:
    """What a table comes to under a mapping: rows kept and left out, days and models, and how it will be cited."""

    rows: int
    days: int
    models: int
    skipped: int = 0
    citation: str = ""

    @property
    def words(self) -> Message:
        """The counts in a line."""
        text = "{rows} rows, {days} days, {models} models would be imported."
        if self.skipped:
            text = "{rows} rows, {days} days, {models} models would be imported; {skipped} rows would be left out."
        counts = {name: exact(getattr(self, name)) for name in ("rows", "days", "models", "skipped")}
        return say(text, **counts)
