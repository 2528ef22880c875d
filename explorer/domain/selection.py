"""The Selection: one frozen value that decides everything on screen and in an export."""

from dataclasses import dataclass, field, fields, replace
from enum import StrEnum

from explorer.domain.origins import Known
from explorer.domain.periods import Grain, Span
from explorer.domain.pricing import Pricing


class Source(StrEnum):
    """Which dataset is shown; the two are never summed with one another."""

    RANKINGS = "rankings"
    PUBLISHED = "published"


class Measure(StrEnum):
    """What the chart's height is: tokens, or the share of the scope's tokens."""

    TOKENS = "tokens"
    SHARE = "share"


class Grouping(StrEnum):
    """What a band of the chart is."""

    COUNTRY = "country"
    AUTHOR = "author"
    MODEL = "model"


class Variants(StrEnum):
    """Whether `:free`, `:thinking` and the like rank as models of their own or count with the model they vary."""

    APART = "apart"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what a share is a share: the `top` models of each period, or all; `other` adds the unnamed rest."""

    top: int | None = None
    other: bool = False

    def __str__(self) -> str:
        return str(self.top) if self.top else ("all" if self.other else "listed")


LISTED = Scope()
ALL = Scope(other=True)
TOPS = (5, 9, 10, 20, 50)
SCOPES = (*(Scope(n) for n in TOPS), LISTED, ALL)


@dataclass(frozen=True, slots=True)
class Selection:
    """Everything a view needs to know besides the data.

    `span` is the span under study (None: all the data); `brush` a part of it that all views but the chart narrow
    to (None: the whole span). `countries` (ISO codes or "Unattributed"), `authors` and `models` are marked, which
    dims the rest and changes no number; `search` hides rows. `baseline` is the model id prices are compared with.
    `as_of` is the day of the newest vintage that counts, an ISO date ("": all). `compared` are the sha256 of the two
    snapshots between which restatements are shown, the earlier first, ("", "") for the newest two that overlap. `known`
    says whether anonymous models count as whose they turned out to be. `lens` shows the chart under several scopes side
    by side. `claim` is the id of the printed figure that the chart marks. `pricing` is how prices are looked at.
    """

    source: Source = Source.RANKINGS
    grain: Grain = Grain.WEEK
    span: Span | None = None
    brush: Span | None = None
    scope: Scope = ALL
    measure: Measure = Measure.TOKENS
    grouping: Grouping = Grouping.COUNTRY
    countries: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()
    models: frozenset[str] = frozenset()
    search: str = ""
    baseline: str = ""
    as_of: str = ""
    compared: tuple[str, str] = ("", "")
    known: Known = Known.NOW
    variants: Variants = Variants.APART
    lens: bool = False
    claim: str = ""
    pricing: Pricing = field(default_factory=Pricing)

    def but(self, **changes: object) -> "Selection":
        """Return this selection with some dimensions changed."""
        return replace(self, **changes)  # pyright: ignore[reportArgumentType]

    def without(self, *dimensions: str) -> "Selection":
        """Return this selection with the named dimensions at their defaults: a view's own clause left out."""
        return replace(self, **{name: _DEFAULTS[name] for name in dimensions})  # pyright: ignore[reportArgumentType]

    @property
    def marks_anything(self) -> bool:
        """Whether some countries, authors or models are marked."""
        return bool(self.countries or self.authors or self.models)

    def marking(self, grouping: Grouping) -> frozenset[str]:
        """Return what is marked in one dimension."""
        return {
            Grouping.COUNTRY: self.countries,
            Grouping.AUTHOR: self.authors,
            Grouping.MODEL: self.models,
        }[grouping]

    def mark(self, grouping: Grouping, key: str, *, add: bool = False) -> "Selection":
        """Return this selection with `key` marked alone, or toggled beside the others if `add`.

        Marking the only marked key again clears it.
        """
        name = {Grouping.COUNTRY: "countries", Grouping.AUTHOR: "authors", Grouping.MODEL: "models"}[grouping]
        now, only = self.marking(grouping), frozenset((key,))
        if add:
            return self.but(**{name: now ^ only})
        cleared = self.without("countries", "authors", "models")
        return cleared if now == only and self.marks_only(grouping) else cleared.but(**{name: only})

    def marks_only(self, grouping: Grouping) -> bool:
        """Whether nothing is marked outside one dimension."""
        return all(not self.marking(g) for g in Grouping if g is not grouping)


_DEFAULTS = {each.name: getattr(Selection(), each.name) for each in fields(Selection)}
