"""What an update came to, in a sentence or a few. No Qt."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from explorer.domain.units import exact
from explorer.domain.wording import day_words
from explorer.upstream.plan import FIRST_KEYLESS
from explorer.words import Message, say


@dataclass(frozen=True, slots=True)
class Result:
    """What an update found and brought.

    `files` of rankings came, with `days` that were not in the store before. The rankings now reach `last`, None if
    there are none; the days `holes` are still missing between the first and the last one. `priced` is the day of the
    new list of prices, None if none came. `keyed` tells whether a key was used, `no_key` why one could not be.
    """

    files: int = 0
    days: int = 0
    last: date | None = None
    holes: frozenset[date] = frozenset()
    priced: date | None = None
    keyed: bool = False
    no_key: Message | None = None
    cancelled: bool = False
    failed: bool = False


def sentence(result: Result) -> Message:
    """Return what an update came to."""
    first, *rest = _parts(result)
    for part in rest:
        first = say("{first} {second}", first=first, second=part)
    return first


def step(name: str, got: int, total: int | None, days: tuple[int, int]) -> Message:
    """Return how far an update is: bytes of the file `name` that is coming, and days done of days wanted."""
    size = say("{got} bytes", got=exact(got))
    if total is not None:
        size = say("{got} of {total} bytes", got=exact(got), total=exact(total))
    done, wanted = days
    if not wanted:
        return say("Updating: {name}, {size}", name=name, size=size)
    return say("Updating: {name}, {size}; {done} of {wanted} days", name=name, size=size, done=done, wanted=wanted)


def _parts(result: Result) -> Iterator[Message]:
    if result.cancelled:
        yield say("Cancelled: what had come by then stays, and the next update goes on from there.")
    elif result.failed and not (result.files or result.priced):
        yield say("Nothing was updated.")
    elif result.failed:
        yield say("Not all could be updated; what came stays, and the next update goes on from there.")
    if result.files:
        yield say("Files of rankings that came: {count}, with {days} new days.", count=result.files, days=result.days)
    elif not (result.cancelled or result.failed):
        yield say("No new rankings.")
    if result.last is not None:
        yield say("The rankings reach {last}.", last=day_words(result.last))
    if result.priced is not None:
        yield say("Prices are those of {day}.", day=day_words(result.priced))
    if result.holes:
        ends = {"first": day_words(min(result.holes)), "last": day_words(max(result.holes))}
        yield say("Days still missing, from {first} to {last}: {count}.", count=len(result.holes), **ends)
        if not result.keyed and min(result.holes) < FIRST_KEYLESS:
            yield say("OpenRouter gives days before {day} only with an API key.", day=day_words(FIRST_KEYLESS))
    if result.no_key is not None:
        yield say("No key was used: {why}", why=result.no_key)
