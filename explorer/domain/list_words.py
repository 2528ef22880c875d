"""Which price lists are behind some numbers, in words."""

from collections.abc import Collection

from explorer.domain.prices import BY_NAME, UNDATED, PriceBook
from explorer.domain.schema import to_date
from explorer.domain.wording import day_words
from explorer.words import Message, say

Lists = Collection[tuple[str, int]]
"""Price lists by the name of their source and their day, UNDATED where that is not stated."""


def list_words(lists: Lists) -> Message:
    """Return sources with the days of their lists: "OpenRouter models (list of 1 Feb 2026), genai-prices (…)"."""
    found: list[Message] = []
    for source in PriceBook.sources:
        days = sorted({day for name, day in lists if name == source and day != UNDATED})
        if days:
            first, last = (day_words(to_date(day)) for day in (days[0], days[-1]))
            text = "{source} (list of {last})" if first == last else "{source} ({n} lists, {first} to {last})"
            found.append(say(text, source=source, n=len(days), first=first, last=last))
        if (source, UNDATED) in lists:
            found.append(say("{source} (no date stated)", source=source))
    if not found:
        return say("none known")
    words = found[0]
    for message in found[1:]:
        words = say("{before}, {source}", before=words, source=message)
    return words


def notes(lists: Lists) -> tuple[Message, ...]:
    """Return what a caption must say of prices that no list states."""
    return (say("A :free model that no list names counts as free."),) if (BY_NAME, UNDATED) in lists else ()
