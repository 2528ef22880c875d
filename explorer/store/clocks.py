"""Dates that lie in the future: a wrong clock, here or elsewhere. What they date is kept all the same."""

from collections.abc import Iterable

from explorer.domain.snapshot import Provenance
from explorer.words import Message, say


def ahead(snapshots: Iterable[Provenance], now: str) -> tuple[Provenance, ...]:
    """Return the snapshots of a later day, or imported later, than `now`, an ISO UTC timestamp."""
    return tuple(each for each in snapshots if each.imported_at > now or each.as_of[:10] > now[:10])


def notice(snapshots: Iterable[Provenance], now: str) -> tuple[Message, ...]:
    """Return what is to be said of snapshots from the future: nothing, or that a clock is wrong and what follows."""
    early = ahead(snapshots, now)
    if not early:
        return ()
    return (
        say(
            "Dated later than now, {now} by this computer's clock: {names}. Its clock or theirs is wrong. "
            "They are kept; of several that speak of one day, the one dated last is shown.",
            now=now,
            names=", ".join(each.name for each in early),
        ),
    )
