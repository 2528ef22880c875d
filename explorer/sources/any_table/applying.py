"""A table under a mapping: its rows checked one by one, and the usage, the split and the prices they make."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from explorer.domain.column_mapping import COUNTED, PRICE_UNITS, PRICED, TOKEN_UNITS, Mapping, Yield
from explorer.domain.prices import UNDATED
from explorer.domain.schema import DatedPrices, Price, SplitFrame, UsageFrame, to_date, to_day
from explorer.domain.snapshot import IMPORTED, UNSTATED, Provenance, Skipped, Snapshot, imported_citation
from explorer.errors import ExplorerError
from explorer.progress import Progress, unheard
from explorer.sources.any_table import dates, numbers
from explorer.sources.any_table.grid import Cell, Grid
from explorer.sources.as_of import as_of
from explorer.sources.faults import Faults
from explorer.sources.fields import MOST_TOKENS, date_of, shown
from explorer.words import Message, say

_BEAT = 5_000
_DEAREST = Decimal(10**6)
"""US dollars per million tokens; a hundred times what any model ever cost."""
_STANDARD = frozenset(("", "standard", "default"))


@dataclass(frozen=True, slots=True)
class _Fact:
    """One good row: counts by role, and prices in US dollars per million tokens."""

    day: int | None
    model: str
    counts: dict[str, int]
    prices: dict[str, float]


class _BadError(Exception):
    """A row that can't be meant, with the reason."""

    def __init__(self, why: Message) -> None:
        self.why = why


class _BlankError(_BadError):
    """A row that says nothing, with the reason."""


class _Rows:
    """The good rows of a table under a mapping, with what was left out."""

    def __init__(self, table: Grid, mapping: Mapping) -> None:
        self.mapping = mapping
        self.faults = Faults(table.name, by_line=table.by_line)
        self.skipped: list[Skipped] = []
        self.facts: list[_Fact] = []
        self._by_line = table.by_line
        self._places = {role: table.heading.index(column) for role, column in mapping.columns.items()}
        self._days: dict[Cell, int | None] = {}
        self._seen: set[tuple[int | None, str]] = set()

    def add(self, number: int, values: tuple[Cell, ...]) -> None:
        """Take one row in, or note why not; raises ExplorerError where too many are bad."""
        row = {role: values[place] for role, place in self._places.items()}
        try:
            fact = self._fact(row)
        except _BlankError as blank:
            self.skipped.append(Skipped(number, blank.why, self._by_line))
        except _BadError as bad:
            self.faults.add(number, bad.why)
        else:
            self._keep(number, fact)

    def _keep(self, number: int, fact: _Fact) -> None:
        key = (fact.day, fact.model)
        if key in self._seen:
            self.faults.add(number, self._twice(fact))
            return
        self._seen.add(key)
        self.facts.append(fact)

    def _twice(self, fact: _Fact) -> Message:
        if fact.day is None:
            return say("{model} is there twice", model=shown(fact.model))
        text = "{model} is there twice for {date}"
        if not self.mapping.variant:
            text = "{model} is there twice for {date}; if another column parts its rows, map that as variant"
        return say(text, model=shown(fact.model), date=to_date(fact.day))

    def _fact(self, row: dict[str, Cell]) -> _Fact:
        model = self._model(row)
        day = self._day(row["date"]) if "date" in row else None
        counts = {role: self._tokens(role, row[role]) for role in COUNTED if role in row and self.mapping.counts}
        prices = {role: price for role in PRICED if role in row and (price := self._price(role, row[role])) is not None}
        if not counts and not prices:
            raise _BlankError(say("It states no price."))
        return _Fact(day, model, counts, prices)

    def _model(self, row: dict[str, Cell]) -> str:
        written = row["model"]
        if written is None:
            raise _BlankError(say("It names no model."))
        variant = str(row["variant"]).strip() if row.get("variant") is not None else ""
        slug = str(written) if variant.lower() in _STANDARD else f"{written}:{variant}"
        if not slug.isprintable():
            raise _BadError(say("the model {model} has characters that don't print", model=shown(slug)))
        return slug

    def _day(self, written: Cell) -> int:
        if written not in self._days:
            self._days[written] = dates.day_of(written, self.mapping.date_format)
        day = self._days[written]
        if day is None:
            words = dates.BY_KEY[self.mapping.date_format].words if self.mapping.date_format else say("a date")
            raise _BadError(
                say(
                    "the date {value} is no day from 2020 to 2099 written as {format}",
                    value=shown("" if written is None else str(written)),
                    format=words,
                )
            )
        return day

    def _tokens(self, role: str, written: Cell) -> int:
        column = getattr(self.mapping, role)
        if written is None:
            if role == "reasoning":
                return 0
            raise _BlankError(say("It states no {column}.", column=column))
        number = numbers.number_of(written, self.mapping.decimal)
        count = None if number is None else number * TOKEN_UNITS[self.mapping.token_unit]
        if count is None or count < 0 or count > MOST_TOKENS or not numbers.is_whole(count):
            text = "{column} {value} is not a whole number of tokens from 0 to {most}"
            value = shown(written) if isinstance(written, str) else str(written)
            raise _BadError(say(text, column=column, value=value, most=MOST_TOKENS))
        return int(count)

    def _price(self, role: str, written: Cell) -> float | None:
        if written is None:
            return None
        number = numbers.number_of(written, self.mapping.decimal)
        price = None if number is None else number * (10**6 // PRICE_UNITS[self.mapping.price_unit])
        if price is None or not 0 <= price <= _DEAREST:
            text = "{column} {value} is not a price in US dollars from 0 to {most} per million tokens"
            value = shown(written) if isinstance(written, str) else str(written)
            raise _BadError(say(text, column=getattr(self.mapping, role), value=value, most=int(_DEAREST)))
        return float(price)


def rehearse(table: Grid, mapping: Mapping, progress: Progress = unheard) -> Yield:
    """Return what a table comes to under a mapping; raises ExplorerError as `apply` does."""
    made = apply(table, mapping, progress)
    days = len(set(made.usage.day.tolist())) if made.usage is not None else 1 if made.prices else 0
    listed = {price.model for price in made.prices.prices} if made.prices else set[str]()
    models = len(listed.union(made.usage.models if made.usage is not None else ()))
    return Yield(made.provenance.rows, days, models, len(made.skipped), made.provenance.citation)


def apply(table: Grid, mapping: Mapping, progress: Progress = unheard) -> Snapshot:
    """Return the snapshot that a table is under a mapping whose formats are all said.

    Tokens are the column of all tokens, else prompt plus completion. Raises ExplorerError where the mapping does not
    suit the table, a row is bad or none is left.
    """
    fault = mapping.fault(table.heading)
    if fault is not None:
        raise ExplorerError(fault, remedy=say("Correct the mapping."), file=table.name)
    rows = _Rows(table, mapping)
    for count, (number, values) in enumerate(table.rows):
        if count % _BEAT == 0:
            progress(count / len(table.rows))
        rows.add(number, values)
    rows.faults.settle()
    if not rows.facts:
        raise ExplorerError(
            say("No row of it says anything under this mapping."), remedy=say("Correct the mapping."), file=table.name
        )
    return _snapshot(table, mapping, rows)


def _snapshot(table: Grid, mapping: Mapping, rows: _Rows) -> Snapshot:
    days = [fact.day for fact in rows.facts if fact.day is not None]
    first, last = min(days, default=None), max(days, default=None)
    when, basis = as_of(table.name, (), last)
    counted = mapping.counts
    provenance = Provenance(
        format=IMPORTED,
        name=table.name,
        source=IMPORTED,
        as_of=when,
        basis=basis,
        sha256=hashlib.sha256(table.raw).hexdigest(),
        licence=UNSTATED,
        citation=imported_citation(table.name, when, "" if last is None else to_date(last).isoformat()),
        rows=len(rows.facts),
        first_day=first if counted else None,
        last_day=last if counted else None,
    )
    usage, split = _frames(table.name, rows.facts) if counted else (None, None)
    return Snapshot(
        provenance,
        table.raw,
        usage=usage,
        prices=_prices(table, rows.facts, when) if mapping.prices else None,
        skipped=tuple(rows.skipped),
        split=split,
    )


def _frames(name: str, facts: list[_Fact]) -> tuple[UsageFrame, SplitFrame | None]:
    models = tuple(sorted({fact.model for fact in facts}))
    place = {model: i for i, model in enumerate(models)}
    day = np.array([fact.day for fact in facts], np.int32)
    model = np.array([place[fact.model] for fact in facts], np.int32)
    columns = {role: np.array([fact.counts.get(role, 0) for fact in facts], np.int64) for role in COUNTED}
    if "prompt" not in facts[0].counts:
        return UsageFrame(day, model, columns["tokens"], models), None
    prompt, completion = columns["prompt"], columns["completion"]
    split = SplitFrame(day, model, prompt, completion, columns["reasoning"], models, (name,))
    return UsageFrame(day, model, prompt + completion, models), split


def _prices(table: Grid, facts: list[_Fact], when: str) -> DatedPrices:
    """Return the one list of prices in a table, of its first day; ExplorerError where a price changes within it."""
    found: dict[str, Price] = {}
    for model, costs in _costs(facts):
        price = Price(model, "", model, costs.get("input_price"), costs.get("output_price"))
        if found.setdefault(model, price) != price:
            raise ExplorerError(
                say("The prices of {model} change within the table.", model=shown(model)),
                remedy=say("Split it into a file for each list of prices; nothing of it was imported."),
                file=table.name,
            )
    days = [fact.day for fact in facts if fact.day is not None]
    named = date_of(when[:10])
    day = min(days) if days else to_day(named) if named else UNDATED
    return DatedPrices(day, IMPORTED, tuple(found[model] for model in sorted(found)), stated=bool(days or named))


def _costs(facts: list[_Fact]) -> Iterator[tuple[str, dict[str, float]]]:
    return ((fact.model, fact.prices) for fact in facts if fact.prices)
