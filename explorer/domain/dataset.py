"""One dataset as the views see it: usage or printed figures, with origins, prices and provenance beside them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.domain import cube as cubes
from explorer.domain import joining
from explorer.domain.origins import UNATTRIBUTED, Known, Origins
from explorer.domain.periods import Span
from explorer.domain.prices import PriceBook
from explorer.domain.schema import DatedPrices, DatedScores, Figure, Frames, SplitFrame, UsageFrame, no_split, to_date
from explorer.domain.selection import Grouping, Selection, Source, Variants
from explorer.domain.snapshot import IMPORTED, Provenance
from explorer.domain.wording import day_words, span_words
from explorer.words import Message, say

Texts = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Attribution:
    """Whose the models are on one day: object arrays (models,) of author, company and ISO country code.

    Author and country are "Unattributed" where the table of origins knows no company or country.
    """

    models: tuple[str, ...]
    author: Texts
    company: Texts
    country: Texts
    country_name: Texts

    @cached_property
    def haystack(self) -> tuple[str, ...]:
        """What a search looks through, per model, in lower case."""
        columns = (np.array(self.models, object), self.author, self.company, self.country, self.country_name)
        return tuple(" ".join(row).casefold() for row in zip(*columns, strict=True))

    def groups(self, grouping: Grouping) -> tuple[tuple[str, ...], NDArray[np.intp]]:
        """Return the group keys, sorted, and each model's index into them."""
        return self._groups[grouping]

    @cached_property
    def _groups(self) -> Mapping[Grouping, tuple[tuple[str, ...], NDArray[np.intp]]]:
        found: dict[Grouping, tuple[tuple[str, ...], NDArray[np.intp]]] = {}
        for grouping, column in ((Grouping.COUNTRY, self.country), (Grouping.AUTHOR, self.author)):
            keys = tuple(sorted(set(column.tolist())))
            index = {key: i for i, key in enumerate(keys)}
            found[grouping] = keys, np.array([index[key] for key in column.tolist()], np.intp)
        found[Grouping.MODEL] = self.models, np.arange(len(self.models), dtype=np.intp)
        return found

    def marked(self, selection: Selection) -> frozenset[str]:
        """Return the ids of the models that a selection marks by country, author or id."""
        if not selection.marks_anything:
            return frozenset()
        return frozenset(
            model
            for model, author, country in zip(self.models, self.author, self.country, strict=True)
            if model in selection.models or author in selection.authors or country in selection.countries
        )


def attribute(models: Sequence[str], origins: Origins, on: date) -> Attribution:
    """Return whose the models are on a date."""
    found = [origins.of(model, on) for model in models]
    country = [origin.country or UNATTRIBUTED for origin in found]
    return Attribution(
        tuple(models),
        np.array([origin.author if origin.company else UNATTRIBUTED for origin in found], object),
        np.array([origin.company or UNATTRIBUTED for origin in found], object),
        np.array(country, object),
        np.array([origins.country_name(code) for code in country], object),
    )


@dataclass(frozen=True, slots=True)
class Vintage:
    """As of when rankings are: the newest date stated, and the last day of those that state none."""

    as_of: date | None
    unstated: date | None

    def words(self, *, full: bool = False) -> dict[str, str]:
        """Return the dates there are, as values for a message: `as_of` and `last`."""
        dates = {"as_of": self.as_of, "last": self.unstated}
        return {name: day_words(day, full=full) for name, day in dates.items() if day is not None}


@dataclass(frozen=True, eq=False)
class Dataset:
    """Everything the tables are made from. Immutable: new data or prices make a new dataset.

    `bases` names for each model of the cube the one that it is a variant of. `whole` is the dataset that this one is a
    reading of, None for one as it came. `scores` are what lists of models say of their capability. `as_of` is the day
    that this is the knowledge of, an ISO date, "" for today's. `recall` returns the rows of one snapshot, by sha256, as
    they came (KeyError for an unknown one, ExplorerError where they can't be read); None where there are no snapshots.
    `split` are input and output tokens apart, where some table has them so; `borrowed` are the days whose usage is that
    of an imported table, with its sha256.
    """

    source: Source
    cube: cubes.UsageCube
    origins: Origins
    prices: PriceBook
    provenance: tuple[Provenance, ...] = ()
    figures: tuple[Figure, ...] = ()
    bases: tuple[str, ...] = ()
    variants: Variants = Variants.APART
    whole: "Dataset | None" = field(default=None, repr=False)
    scores: tuple[DatedScores, ...] = ()
    as_of: str = ""
    recall: Callable[[str], UsageFrame] | None = field(default=None, repr=False)
    split: SplitFrame = field(default_factory=no_split, repr=False)
    borrowed: Mapping[int, str] = field(default_factory=dict[int, str], repr=False)
    _attributions: dict[int, Attribution] = field(default_factory=dict[int, Attribution], repr=False, init=False)
    at_hand: dict[str, object] = field(default_factory=dict[str, object], repr=False, init=False)
    _readings: dict[tuple[Known, Variants], "Dataset"] = field(
        default_factory=dict[tuple[Known, Variants], "Dataset"], repr=False, init=False
    )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.cube.days is None and not self.figures

    def under(self, selection: Selection) -> "Dataset":
        """Return this dataset as a selection reads it: whose models count as whose, variants apart or merged."""
        return self.read(selection.known, selection.variants)

    def read(self, known: Known, variants: Variants) -> "Dataset":
        """Return this dataset under one reading; the same object for the same reading."""
        if self.whole is not None:
            return self.whole.read(known, variants)
        key = (known, variants if self.source is Source.RANKINGS else Variants.APART)
        if key == (self.origins.known, Variants.APART):
            return self
        if key not in self._readings:
            self._readings[key] = self._read(*key)
        return self._readings[key]

    def _read(self, known: Known, variants: Variants) -> "Dataset":
        if variants is Variants.APART:
            return replace(self, origins=self.origins.as_known(known), whole=self)
        cube = cubes.merged(self.cube, self.bases)
        prices, origins = self.prices.joined_to(cube.models), self.read(known, Variants.APART).origins
        return replace(
            self, cube=cube, prices=prices, origins=origins, bases=cube.models, variants=variants, whole=self
        )

    def attribution(self, day: int) -> Attribution:
        """Return whose the models are on a day number."""
        on = to_date(day)
        epoch = self.origins.epoch(on)
        if epoch not in self._attributions:
            self._attributions[epoch] = attribute(self.cube.models, self.origins, on)
        return self._attributions[epoch]

    def span(self, selection: Selection) -> Span | None:
        """Return the days under study: the selection's span, or all the data; None without data."""
        return selection.span or self.cube.days

    def window(self, selection: Selection) -> Span | None:
        """Return the days that views other than the chart sum over: the brush, else the span."""
        return selection.brush or self.span(selection)

    def no_data(self, what: str = "window") -> Message:
        """Return why there is nothing in a "window" or "span" without data: no rankings yet, or they lie elsewhere."""
        if self.cube.days is None and self.as_of:
            return say(
                "No snapshot is as old as {day}: choose a later day for “as known on”.",
                day=day_words(date.fromisoformat(self.as_of), full=True),
            )
        if self.cube.days is None:
            return say("There are no rankings yet. Open a rankings file to begin.")
        text = "There is no data in this window. The data runs {span}."
        if what == "span":
            text = "There is no data in this span. The data runs {span}."
        return say(text, span=span_words(self.cube.days))

    def vintage(self, window: Span) -> Vintage:
        """Return the as-of dates of the rankings behind a window; none where it is beyond all of them."""
        behind = [
            p
            for p in self.provenance
            if p.last_day is not None and p.last_day >= window.first and (p.first_day or 0) <= window.last
            if p.format != IMPORTED
        ]
        stated = max((p.as_of for p in behind if p.as_of), default="")
        unstated = max((p.last_day for p in behind if not p.as_of and p.last_day is not None), default=None)
        if not stated and unstated is None and self.cube.days_present(window):
            unstated = window.last
        return Vintage(
            date.fromisoformat(stated[:10]) if stated else None, None if unstated is None else to_date(unstated)
        )

    def borrowed_days(self, window: Span) -> Mapping[Provenance, int]:
        """Return the imported tables whose usage counts in a window, each with the number of its days."""
        about = {p.sha256: p for p in self.provenance}
        inside = (sha256 for day, sha256 in sorted(self.borrowed.items()) if window.first <= day <= window.last)
        return Counter(about[sha256] for sha256 in inside)

    def citation(self, window: Span) -> Message:
        """Return the source line of the usage behind a window: rankings with their newest as-of date, and tables."""
        tables = self.borrowed_days(window)
        if not tables:
            return self._rankings_citation(window)
        lines = " ".join(table.citation for table in tables)
        if (days := sum(tables.values())) == self.cube.days_present(window):
            return say("{lines}", lines=lines)
        text = "{rankings} On {days} of {all} days instead: {lines}"
        all_days = self.cube.days_present(window)
        return say(text, rankings=self._rankings_citation(window), days=days, all=all_days, lines=lines)

    def _rankings_citation(self, window: Span) -> Message:
        when = self.vintage(window)
        if when.as_of is None and when.unstated is None:
            return say("Source: OpenRouter (openrouter.ai/rankings).")
        if when.as_of is None:
            text = "Source: OpenRouter (openrouter.ai/rankings), as-of date not stated for data to {last}."
        elif when.unstated is not None:
            text = (
                "Source: OpenRouter (openrouter.ai/rankings), as of {as_of}; as-of date not stated for data to {last}."
            )
        else:
            text = "Source: OpenRouter (openrouter.ai/rankings), as of {as_of}."
        return say(text, **when.words())

    def with_figures(self, figures: tuple[Figure, ...]) -> "Dataset":
        """Return this dataset with other printed figures to hold against it."""
        if self.whole is not None:
            return self.whole.with_figures(figures).read(self.origins.known, self.variants)
        return replace(self, figures=figures)

    def with_prices(self, lists: Sequence[DatedPrices]) -> "Dataset":
        """Return this dataset with other price lists."""
        if self.whole is not None:
            return self.whole.with_prices(lists).read(self.origins.known, self.variants)
        return replace(self, prices=PriceBook(lists, self.prices.models))

    def with_origins(self, origins: Origins) -> "Dataset":
        """Return this dataset with other tables of whose models are whose."""
        if self.whole is not None:
            return self.whole.with_origins(origins).read(self.origins.known, self.variants)
        return replace(self, origins=origins)


def rankings(
    frames: Frames, origins: Origins, provenance: tuple[Provenance, ...], figures: tuple[Figure, ...] = ()
) -> Dataset:
    """Return the dataset of imported daily rankings, with the prices in `frames` and the printed `figures` to test.

    A model that `frames` has under several slugs is one model, under the newest of them.
    """
    cube = cubes.build(joining.joined(frames.usage, frames.prices))
    bases = joining.bases(cube.models, frames.prices)
    book = PriceBook(frames.prices, cube.models)
    return Dataset(
        Source.RANKINGS,
        cube,
        origins,
        book,
        provenance,
        figures,
        bases,
        scores=frames.scores,
        split=frames.split,
        borrowed=frames.borrowed,
    )


def published(
    figures: tuple[Figure, ...],
    origins: Origins,
    lists: Sequence[DatedPrices] = (),
    scores: tuple[DatedScores, ...] = (),
) -> Dataset:
    """Return the dataset of printed figures; its price book covers the models that the figures name."""
    ids = tuple(sorted({figure.model for figure in figures if figure.model}))
    empty = cubes.build(Frames().usage)
    return Dataset(Source.PUBLISHED, empty, origins, PriceBook(lists, ids), (), figures, scores=scores)
