"""How windows, scopes and sources are worded, in one place, so that every view says them alike."""

from collections.abc import Sequence
from datetime import date

from explorer.domain.origins import UNATTRIBUTED
from explorer.domain.periods import TRAILING, Grain, Span, period_of
from explorer.domain.schema import OTHER
from explorer.domain.selection import Grouping, Scope
from explorer.domain.units import exact, percent, tokens
from explorer.words import Message, say

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_NUMBERS = (
    say("no"), say("one"), say("two"), say("three"), say("four"), say("five"), say("six"),
    say("seven"), say("eight"), say("nine"), say("ten"), say("eleven"), say("twelve"),
)  # fmt: skip
_UNITS = {"T": say("trillion"), "B": say("billion"), "M": say("million"), "k": say("thousand")}


def number_words(n: int) -> Message:
    """Return a count as prose has it: "nine", "twelve", then 13; none of a thing is "no"."""
    return _NUMBERS[n] if 0 <= n < len(_NUMBERS) else say("{n}", n=exact(n))


def token_words(value: float) -> Message:
    """Return a number of tokens as prose has it: "4.12 trillion", "997 billion", 12."""
    words = tokens(value)
    unit = _UNITS.get(words[-1])
    return say("{n} {unit}", n=words[:-1], unit=unit) if unit else say("{n}", n=words)


def listed(items: Sequence[Message]) -> Message:
    """Return a list as prose has it: "a", "a and b", "a, b and c"; ValueError without items."""
    if not items:
        raise ValueError("nothing to list")
    *before, last = items
    if not before:
        return last
    head = before[0]
    for item in before[1:]:
        head = say("{head}, {item}", head=head, item=item)
    return say("{head} and {last}", head=head, last=last)


_BY_COUNTRY = {"CN": say("Chinese models"), "US": say("US models")}
_WITH_ARTICLE = frozenset({"AE", "GB", "NL"})
_UNKNOWN = {
    (Grouping.COUNTRY, UNATTRIBUTED): say("models of no known country"),
    (Grouping.AUTHOR, UNATTRIBUTED): say("models of no known author"),
    (Grouping.AUTHOR, OTHER): say("the unnamed models"),
    (Grouping.MODEL, OTHER): say("the unnamed models"),
}


def makers(grouping: Grouping, key: str, name: str) -> Message:
    """Return a band as the subject of a sentence: "Chinese models", "models from France", "models by MiniMax".

    `key` is the band's country code, author slug or model id, `name` what the chart calls it; a model is its name.
    """
    if (grouping, key) in _UNKNOWN:
        return _UNKNOWN[grouping, key]
    if grouping is Grouping.MODEL:
        return say("{model}", model=name)
    if grouping is Grouping.AUTHOR:
        return say("models by {author}", author=name)
    if key in _BY_COUNTRY:
        return _BY_COUNTRY[key]
    return say("models from the {country}" if key in _WITH_ARTICLE else "models from {country}", country=name)


def _month(day: date, *, full: bool) -> str:
    name = _MONTHS[day.month - 1]
    return name if full else name[:3]


def day_words(day: date, *, year: bool = True, full: bool = False) -> str:
    """Return a date as "9 Feb 2026", or "9 February 2026" in full."""
    words = f"{day.day} {_month(day, full=full)}"
    return f"{words} {day.year}" if year else words


def known_on(as_of: str) -> Message:
    """Return which vintage is shown, an ISO date, as a caption and a chip say it."""
    return say("data as known on {day}", day=day_words(date.fromisoformat(as_of), full=True))


def span_words(window: Span, *, full: bool = False) -> str:
    """Return a span as "9–15 Feb 2026", "26 Jan – 1 Feb 2026", "29 Dec 2025 – 4 Jan 2026" or "Feb 2026"."""
    start, end = window.start, window.end
    if len(window) == 1:
        return day_words(start, full=full)
    if len(window) >= 28 and period_of(window.first, Grain.MONTH) == window:
        return f"{_month(start, full=full)} {start.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day_words(end, full=full)}"
    return f"{day_words(start, year=start.year != end.year, full=full)} – {day_words(end, full=full)}"


def period_words(window: Span, grain: Grain, *, full: bool = False) -> Message:
    """Return a period in a sentence: "the week of 9–15 Feb 2026", "the 30 days to 24 Feb 2026", "Feb 2026"."""
    if grain in TRAILING and len(window) == TRAILING[grain]:
        return say("the {n} days to {day}", n=len(window), day=day_words(window.end, full=full))
    if grain in (Grain.WEEK, Grain.SUNDAY_WEEK) and period_of(window.first, grain) == window:
        text = "the week of {span}" if grain is Grain.WEEK else "the week of {span} (Sunday to Saturday)"
        return say(text, span=span_words(window, full=full))
    return say("{span}", span=span_words(window, full=full))


def during(window: Span, grain: Grain, *, full: bool = False, start: bool = False) -> Message:
    """Return when, in a sentence: "in the week of 9–15 Feb 2026", "in Feb 2026", "on 9 Feb 2026", "from … to …".

    `start` says that the sentence begins with it.
    """
    if len(window) == 1:
        return say("On {day}" if start else "on {day}", day=day_words(window.start, full=full))
    words = period_words(window, grain, full=full)
    if str(words) != span_words(window, full=full) or period_of(window.first, Grain.MONTH) == window:
        return say("In {period}" if start else "in {period}", period=words)
    first, last = (day_words(day, full=full) for day in (window.start, window.end))
    return say("From {first} to {last}" if start else "from {first} to {last}", first=first, last=last)


PER = {
    Grain.DAY: say("a day"),
    Grain.WEEK: say("a week"),
    Grain.SUNDAY_WEEK: say("a week (Sunday to Saturday)"),
    Grain.MONTH: say("a month"),
    Grain.DAYS_7: say("per 7 days"),
    Grain.DAYS_28: say("per 28 days"),
    Grain.DAYS_30: say("per 30 days"),
    Grain.WHOLE: say("in all"),
}
EACH = {
    Grain.DAY: say("each day"),
    Grain.WEEK: say("each week"),
    Grain.SUNDAY_WEEK: say("each week (Sunday to Saturday)"),
    Grain.MONTH: say("each month"),
    Grain.DAYS_7: say("each 7 days"),
    Grain.DAYS_28: say("each 28 days"),
    Grain.DAYS_30: say("each 30 days"),
    Grain.WHOLE: say("the whole span"),
}


def scope_name(scope: Scope) -> Message:
    """Return a scope's short name, as menus have it."""
    if scope.top is not None:
        return say("Top {n}", n=scope.top)
    return say("All incl. other") if scope.other else say("All listed")


def scope_tokens(scope: Scope) -> Message:
    """Return what a share under a scope is a share of: "the tokens of the top 9 models"."""
    if scope.top is not None:
        return say("the tokens of the top {n} models", n=scope.top)
    return say("all tokens") if scope.other else say("the tokens of all named models")


def scope_words(scope: Scope, listed: int, coverage: float, each: Message | None = None) -> Message:
    """Return a scope with its denominator: "top 9 of 158 models, 53.7 % of all tokens".

    `listed` counts the named models in the window, `coverage` is the scope's share (0–1) of all tokens there;
    `each` says that the top models are those of each period, and `coverage` a share over all of them.
    """
    share = percent(coverage)
    whole = say("{share} of all tokens" if each is None else "{share} of all tokens over the span", share=share)
    if scope.top is not None:
        if each is not None:
            return say(
                "top {n} models of {each}, out of {listed} named, {whole}",
                n=min(scope.top, listed),
                each=each,
                listed=listed,
                whole=whole,
            )
        return say("top {n} of {listed} models, {whole}", n=min(scope.top, listed), listed=listed, whole=whole)
    if scope.other:
        return say("all tokens: {listed} named models and the unnamed rest (other)", listed=listed)
    return say("all {listed} named models, {whole}", listed=listed, whole=whole)
