"""From a figure as a table has it to a claim that can be counted, or to the reason why it can't."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from explorer.domain.claims.claim import COMPARING, EVERYTHING, Claim, Entity, EntityKind, Quantity, Window
from explorer.domain.claims.precision import interval
from explorer.domain.origins import Origin, Origins
from explorer.domain.periods import TRAILING, Grain, Span, period_of, previous, span
from explorer.domain.schema import Figure, to_day
from explorer.domain.selection import ALL, Scope
from explorer.words import Message, say

PRICE_UNITS = ("$/M", "$/1M", "$", "USD/M", "$ per million", "$ per million tokens")
"""How prices per million tokens are printed."""
UNITS = {"T": 1e12, "B": 1e9, "M": 1e6, "%": 0.01, "x": 1.0, "models": 1.0, "": 1.0, **dict.fromkeys(PRICE_UNITS, 1.0)}
"""What one printed unit is in tokens, as a fraction, a multiple, a count or dollars per million tokens."""


@dataclass(frozen=True, slots=True)
class _Measure:
    quantity: Quantity
    per: int = 0


_MEASURES = {
    "tokens": _Measure(Quantity.TOKENS),
    "tokens_per_week": _Measure(Quantity.RATE, 7),
    "tokens_per_day": _Measure(Quantity.RATE, 1),
    "share": _Measure(Quantity.SHARE),
    "growth": _Measure(Quantity.GROWTH),
    "growth_week": _Measure(Quantity.GROWTH),
    "week_on_week": _Measure(Quantity.GROWTH),
    "multiple": _Measure(Quantity.MULTIPLE),
    "increment": _Measure(Quantity.INCREMENT),
    "ratio": _Measure(Quantity.RATIO),
    "count": _Measure(Quantity.COUNT),
    "rank": _Measure(Quantity.RANK),
}
_TOKENS = ("T", "B", "M", "")
_UNITS_OF = {
    **dict.fromkeys((Quantity.TOKENS, Quantity.RATE, Quantity.INCREMENT), _TOKENS),
    **dict.fromkeys((Quantity.SHARE, Quantity.GROWTH), ("%",)),
    **dict.fromkeys((Quantity.RATIO, Quantity.MULTIPLE), ("x", "")),
    **dict.fromkeys((Quantity.COUNT, Quantity.RANK), ("models", "")),
}
_ELSEWHERE = ("not openrouter", "platform users", "by use", "enterprise market")
_NUMBERS = {"five": 5, "nine": 9, "ten": 10, "twenty": 20, "fifty": 50}
_TOP = re.compile(r"\btop[- ](\d+|" + "|".join(_NUMBERS) + r")\b")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_QUALIFIER = re.compile(r"\b(about|nearly|over|under)\b")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = re.compile(rf"({'|'.join(_MONTHS)}) (\d{{4}})")


def read(figure: Figure, origins: Origins) -> Claim | Message:
    """Return what a figure claims; a Message says why it can't be counted in usage rankings."""
    words = figure.measure.casefold().replace("-", "_").replace(" ", "_")
    stem = next((known for known in sorted(_MEASURES, key=len, reverse=True) if words.startswith(known)), "")
    if not stem or (stem != words and not words.startswith(("share_of_top", "growth_vs"))):
        return say("The rankings do not measure {measure}.", measure=figure.measure)
    scope_words = figure.scope.casefold()
    if any(other in scope_words for other in _ELSEWHERE):
        return say("It is not a figure of the rankings: {scope}.", scope=figure.scope)
    measure = _MEASURES[stem]
    if unit_of(figure) not in _UNITS_OF[measure.quantity]:
        return say("{measure} is not printed in “{unit}”.", measure=figure.measure, unit=figure.unit)
    days = days_of(figure)
    near = near_of(figure, days)
    if near is None:
        return say("The story does not say of which days it speaks.")
    sides = _sides(figure, measure.quantity, origins)
    if isinstance(sides, Message):
        return sides
    return Claim(
        measure.quantity,
        sides[0],
        *bounds(figure),
        _scope(figure, scope_words, sides[0]),
        _window(days, measure.quantity) if days else None,
        near,
        sides[-1] if len(sides) > 1 else EVERYTHING,
        measure.per,
    )


def unit_of(figure: Figure) -> str:
    """Return the unit of a figure without what is remarked in brackets: "%" of "% (nearly two thirds)"."""
    return _BRACKETS.sub("", figure.unit).strip()


def bounds(figure: Figure) -> tuple[float, float, float]:
    """Return the value and the interval it stands for, in tokens, fractions, multiples or counts."""
    remark, unit = _QUALIFIER.search(figure.unit), UNITS[unit_of(figure)]
    printed = figure.printed or f"{figure.value:.15g}"
    low, high = interval(printed, figure.qualifier or (remark[1] if remark else ""), unit)
    return figure.value * unit, low, high


def _sides(figure: Figure, quantity: Quantity, origins: Origins) -> list[Entity] | Message:
    """Return whom a figure speaks of: one, or the two of a ratio; its `model` names one alone."""
    ratio = quantity is Quantity.RATIO
    names = figure.entity.split("/", maxsplit=1) if ratio else [figure.entity]
    if ratio and len(names) < 2:
        return say("The story does not say to what {entity} is compared.", entity=figure.entity)
    found = {name: entity_called(name, origins, "" if ratio else figure.model) for name in names}
    unknown = next((name for name, entity in found.items() if entity is None), None)
    if unknown is not None:
        return say("The entity {entity} is not known.", entity=unknown)
    return [entity for name in names if (entity := found[name]) is not None]


def days_of(figure: Figure) -> Span | None:
    """Return the days a figure states: from its first to its last, or those of a month it names with its year."""
    if figure.start is not None and figure.end is not None:
        return span(figure.start, figure.end)
    named = _MONTH.fullmatch(figure.window.strip().casefold())
    if named is None or not int(named[2]):
        return None
    return period_of(to_day(date(int(named[2]), _MONTHS.index(named[1]) + 1, 1)), Grain.MONTH)


def near_of(figure: Figure, days: Span | None) -> int | None:
    """Return the day of the story, or the last day it states; None where neither is known to the day."""
    try:
        return to_day(date.fromisoformat(figure.published))
    except ValueError:
        pass
    if days is not None:
        return days.last
    return None if figure.end is None else to_day(figure.end)


def _window(whole: Span, quantity: Quantity) -> Window:
    """Return stated days as a window; what compares several weeks compares the last of them with the first."""
    if quantity not in COMPARING:
        return as_window(whole)
    weeks = len(whole) // 7
    if weeks > 1 and not len(whole) % 7 and as_window(whole).grain is not Grain.MONTH:
        first, last = Span(whole.first, whole.first + 6), Span(whole.last - 6, whole.last)
        return Window(last, as_window(last).grain, first)
    return compared(as_window(whole))


def as_window(whole: Span) -> Window:
    """Return a run of days as a window of the simplest grain that has it as a period."""
    for grain in (Grain.DAY, Grain.WEEK, Grain.SUNDAY_WEEK, Grain.MONTH):
        if period_of(whole.first, grain) == whole:
            return Window(whole, grain)
    return Window(whole, next((grain for grain, days in TRAILING.items() if days == len(whole)), Grain.WHOLE))


def compared(window: Window) -> Window:
    """Return a window compared with the one before it."""
    return Window(window.span, window.grain, previous(window.span))


def _scope(figure: Figure, words: str, entity: Entity) -> Scope | None:
    """Return the scope a story states: "top-10 models", "platform total" or, by whose models, all of them."""
    measure = figure.measure.casefold().replace("_", " ")
    found = _TOP.search(words) or _TOP.search(measure)
    if found is not None and entity.kind is not EntityKind.MODEL:
        return Scope(_NUMBERS.get(found[1]) or int(found[1]))
    return ALL


def entity_called(name: str, origins: Origins, model: str = "") -> Entity | None:
    """Return whom a name means; None for a group or a use that the rankings do not know."""
    plain = name.strip()
    for rule in (_everything, _country, _makers):
        found = rule(plain, origins)
        if found is not None:
            return found
    return Entity(EntityKind.MODEL, (plain,), model) if plain else None


def _everything(name: str, _origins: Origins) -> Entity | None:
    return EVERYTHING if name.casefold() in _ALL_OF_THEM else None


_ALL_OF_THEM = ("all", "total", "platform", "all models", "platform total")


def _country(name: str, origins: Origins) -> Entity | None:
    """Return the country of "CN", "United States", "US models" or "four Chinese models"; not of "outside China"."""
    bare = " ".join(word for word in name.split() if word.casefold() not in _FILLERS)
    code = origins.country_code(_ADJECTIVES.get(bare.casefold(), bare))
    return Entity(EntityKind.COUNTRY, (code,)) if code else None


_ADJECTIVES = {"chinese": "CN", "china": "CN", "american": "US", "us": "US", "u.s.": "US", "french": "FR"}
_COUNTED = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", *map(str, range(2, 11)))
_FILLERS = frozenset(("the", "all", "ai", "models", *_COUNTED))


def _makers(name: str, origins: Origins) -> Entity | None:
    """Return the authors that a name, or several joined by "+", stands for."""
    found: list[str] = []
    for part in name.split("+"):
        authors = authors_called(part, origins)
        if not authors:
            return None
        found += authors
    return Entity(EntityKind.AUTHORS, tuple(sorted(set(found))))


def authors_called(name: str, origins: Origins) -> list[str]:
    """Return the author slugs whose slug or company is called so: "Moonshot" is moonshotai, "Alibaba" has several."""
    wanted, first_words = squeezed(name), f"{name.strip().casefold()} "
    if not wanted:
        return []
    rules: tuple[Callable[[Origin], bool], ...] = (
        lambda row: (
            wanted in (squeezed(row.author), squeezed(row.company)) or row.company.casefold().startswith(first_words)
        ),
        lambda row: len(wanted) >= 4 and any(squeezed(known).startswith(wanted) for known in (row.author, row.company)),
    )
    replaced = {row.author.lower() for row in origins.overrides.origins}
    rows = [*origins.overrides.origins, *(row for row in origins.rows if row.author.lower() not in replaced)]
    for fits in rules:
        found = {row.author.lower() for row in rows if fits(row)}
        if found:
            return sorted(found)
    return []


def squeezed(name: str) -> str:
    """Return the letters and digits of a name in lower case."""
    return re.sub(r"[^0-9a-z]", "", name.casefold())
