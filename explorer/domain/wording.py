"""How windows, scopes and sources are worded, in one place, so that every view says them alike."""

from datetime import date

from explorer.domain.periods import Grain, Span, period_of
from explorer.domain.selection import Scope
from explorer.domain.units import percent
from explorer.words import Message, say

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def day_words(day: date, *, year: bool = True) -> str:
    """Return a date as "9 Feb 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if year else f"{day.day} {_MONTHS[day.month - 1]}"


def span_words(window: Span) -> str:
    """Return a span as "9–15 Feb 2026", "26 Jan – 1 Feb 2026", "29 Dec 2025 – 4 Jan 2026" or "Feb 2026"."""
    start, end = window.start, window.end
    if len(window) == 1:
        return day_words(start)
    if len(window) >= 28 and period_of(window.first, Grain.MONTH) == window:
        return f"{_MONTHS[start.month - 1]} {start.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day_words(end)}"
    return f"{day_words(start, year=start.year != end.year)} – {day_words(end)}"


def period_words(window: Span, grain: Grain) -> Message:
    """Return a period in a sentence: "the week of 9–15 Feb 2026", "Feb 2026", "9 Feb 2026"."""
    if grain is Grain.WEEK and len(window) == 7 and period_of(window.first, Grain.WEEK) == window:
        return say("the week of {span}", span=span_words(window))
    return say("{span}", span=span_words(window))


def during(window: Span, grain: Grain) -> Message:
    """Return when, in a sentence: "in the week of 9–15 Feb 2026", "in Feb 2026", "on 9 Feb 2026", "from … to …"."""
    if len(window) == 1:
        return say("on {day}", day=day_words(window.start))
    if grain is Grain.WEEK and period_of(window.first, Grain.WEEK) == window:
        return say("in {week}", week=period_words(window, grain))
    if period_of(window.first, Grain.MONTH) == window:
        return say("in {month}", month=span_words(window))
    return say("from {first} to {last}", first=day_words(window.start), last=day_words(window.end))


PER = {Grain.DAY: say("a day"), Grain.WEEK: say("a week"), Grain.MONTH: say("a month")}
EACH = {Grain.DAY: say("each day"), Grain.WEEK: say("each week"), Grain.MONTH: say("each month")}


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
    `each` says that the top models are those of each period.
    """
    if scope.top is not None:
        if each is not None:
            return say(
                "top {n} models of {each}, out of {listed} named, {share} of all tokens",
                n=min(scope.top, listed),
                each=each,
                listed=listed,
                share=percent(coverage),
            )
        return say(
            "top {n} of {listed} models, {share} of all tokens",
            n=min(scope.top, listed),
            listed=listed,
            share=percent(coverage),
        )
    if scope.other:
        return say("all tokens: {listed} named models and the unnamed rest (other)", listed=listed)
    return say("all {listed} named models, {share} of all tokens", listed=listed, share=percent(coverage))
