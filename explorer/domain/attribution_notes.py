"""What a caption says of whose models count as whose: reveals of anonymous ones, the user's own word, variants."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, reduce

import numpy as np
from numpy.typing import NDArray

from explorer.domain.dataset import Dataset
from explorer.domain.origins import UNATTRIBUTED, Known, Origin, Origins, Overrides, Reveal
from explorer.domain.periods import Span
from explorer.domain.schema import Tokens, to_date
from explorer.domain.selection import Variants
from explorer.domain.slugs import parse
from explorer.domain.units import percent
from explorer.domain.wording import day_words, known_on
from explorer.words import Message, say

MOST = 3
"""So many of a kind are named, the rest are counted."""

_OWN = "Your attribution: {list}."
_MERGED = say(":free and other variants count with their model.")


@dataclass(frozen=True, slots=True)
class _Case:
    """An anonymous model that a reveal concerns: as whose it counts, and its share of all tokens where that is known.

    `hidden` says that it counts as its own slug has it, since it was not revealed yet.
    """

    reveal: Reveal
    hidden: bool
    share: float | None = None


def is_own(note: Message) -> bool:
    """Return whether a note says what the user's own attribution changes: never to be cut for want of room."""
    return note.template == _OWN


def readings(dataset: Dataset) -> tuple[Message, ...]:
    """Return how a dataset is read where that is not the default, for `Caption.filters`: its vintage goes first."""
    vintage = (known_on(dataset.as_of),) if dataset.as_of else ()
    then = (say("as known then"),) if dataset.origins.known is Known.THEN else ()
    merged = (say("variants merged"),) if dataset.variants is Variants.MERGED else ()
    return (*vintage, *then, *merged)


def notes(dataset: Dataset, window: Span, periods: Sequence[Span] = ()) -> tuple[Message, ...]:
    """Return what a caption must say of attribution in a window; nothing where nothing there depends on it.

    The user's own word comes first. `periods` are parts of the window that as known then are each attributed as of
    their own end; without any the window is.
    """
    return _notes(dataset, tuple(periods) or (window,))


@lru_cache(maxsize=16)
def _notes(dataset: Dataset, parts: tuple[Span, ...]) -> tuple[Message, ...]:
    then = dataset.origins.known is Known.THEN
    ends = [part.last for part in parts] if then else [parts[-1].last]
    cube = dataset.cube
    bounds = np.array([cube.bounds(part) for part in parts], np.intp)
    used = cube.running[bounds[:, 1]] - cube.running[bounds[:, 0]]
    other = cube.running_other[bounds[:, 1]] - cube.running_other[bounds[:, 0]]
    whole = int(used.sum()) + int(other.sum())
    cases = [case for case in (_case(dataset, used, parts, whole, *each) for each in _anonymous(dataset)) if case]
    cases.sort(key=lambda case: (not case.hidden, -(case.share or 0), case.reveal.slug))
    models = [cube.models[i] for i in np.flatnonzero(used.any(axis=0)).tolist()] if dataset.origins.overrides else []
    merged = (_MERGED,) if dataset.variants is Variants.MERGED else ()
    return (*_own(dataset.origins, models, ends), *_revealed(dataset.origins, cases), *merged)


def own(dataset: Dataset, window: Span) -> tuple[Message, ...]:
    """Return what the user says of the attribution of models in a window, and nothing else."""
    return tuple(note for note in notes(dataset, window) if is_own(note))


def notes_of(dataset: Dataset, models: Iterable[str], window: Span) -> tuple[Message, ...]:
    """Return the same for a table of some models that has no tokens to be a share of."""
    origins, named = dataset.origins, tuple(models)
    then = origins.known is Known.THEN
    reveals = {reveal.slug: reveal for model in named if (reveal := origins.reveal(model))}
    cases = [
        _Case(reveal, then and reveal.revealed > window.end)
        for _, reveal in sorted(reveals.items())
        if reveal.revealed > window.start
    ]
    merged = (_MERGED,) if dataset.variants is Variants.MERGED else ()
    return (*_own(origins, named, [window.last]), *_revealed(origins, cases), *merged)


def model_name(slug: str) -> str:
    """Return what an anonymous model was called, by its slug: "openrouter/pony-alpha" is "Pony Alpha"."""
    return parse(slug).family.replace("-", " ").title()


@lru_cache(maxsize=8)
def _anonymous(dataset: Dataset) -> tuple[tuple[Reveal, NDArray[np.intp]], ...]:
    """Return the reveals of models in the data, each with the models (indices) that it concerns."""
    found: dict[Reveal, list[int]] = {}
    for i, model in enumerate(dataset.cube.models):
        if reveal := dataset.origins.reveal(model):
            found.setdefault(reveal, []).append(i)
    return tuple((reveal, np.array(columns, np.intp)) for reveal, columns in found.items())


def _case(
    dataset: Dataset, used: Tokens, parts: tuple[Span, ...], whole: int, reveal: Reveal, columns: NDArray[np.intp]
) -> _Case | None:
    """Return what a reveal changes in the parts, None where nothing; `used` is int64 (parts, models)."""
    tokens: list[int] = used[:, columns].sum(axis=1).tolist()
    early = [amount for amount, part in zip(tokens, parts, strict=True) if part.start < reveal.revealed]
    if not sum(early):
        return None
    if dataset.origins.known is Known.THEN:
        hidden = sum(amount for amount, part in zip(tokens, parts, strict=True) if part.end < reveal.revealed)
        if hidden:
            return _Case(reveal, True, hidden / whole)
    return _Case(reveal, False, sum(tokens) / whole)


def _revealed(origins: Origins, cases: Sequence[_Case]) -> tuple[Message, ...]:
    if not cases:
        return ()
    entries = [_entry(origins, case, cases[i - 1] if i else None) for i, case in enumerate(cases[:MOST])]
    left = cases[MOST:]
    if left and left[0].share is not None:
        share = percent(sum(case.share or 0 for case in left))
        entries.append(say("and {n} more ({share})", n=len(left), share=share))
    elif left:
        entries.append(say("and {n} more", n=len(left)))
    then = origins.known is Known.THEN
    return (say("As known then: {list}." if then else "As known now: {list}.", list=_joined(entries)),)


def _entry(origins: Origins, case: _Case, before: _Case | None) -> Message:
    """Return one model of the list; what it has in common with the one `before` it is not said again."""
    reveal, day = case.reveal, day_words(case.reveal.revealed)
    who = say("{name}", name=model_name(reveal.slug))
    if case.share is not None:
        text = "{name} ({share})" if before else "{name} ({share} of all tokens)"
        who = say(text, name=who, share=percent(case.share))
    said = {"who": who, "author": reveal.author, "day": day}
    own = origins.of(reveal.slug, reveal.revealed - timedelta(1))
    if case.hidden and (own.company or own.country):
        return say("{who} counts as {own}, revealed as {author}'s on {day}", own=own.author, **said)
    short = before is not None and before.hidden == case.hidden
    if case.hidden:
        text = "{who}, as {author}'s on {day}" if short else "{who} is unattributed, revealed as {author}'s on {day}"
        return say(text, **said)
    return say("{who} as {author}, {day}" if short else "{who} counts as {author}, revealed {day}", **said)


def _own(origins: Origins, models: Iterable[str], ends: Sequence[int]) -> tuple[Message, ...]:
    """Return what the user's overrides change of some models on the days `ends`."""
    if not origins.overrides:
        return ()
    without = _without_overrides(origins)
    days = {(origins.epoch(on), without.epoch(on)): on for on in map(to_date, ends)}
    concerned = _concerned(origins)
    found: dict[str, Message] = {}
    for model in models:
        for on in days.values() if concerned(model) else ():
            found.update(_difference(origins, origins.of(model, on), without.of(model, on), model))
    if not found:
        return ()
    entries = [found[key] for key in sorted(found)]
    left = len(entries) - MOST
    shown = [*entries[:MOST], *([say("and {n} more", n=left)] if left > 0 else [])]
    return (say(_OWN, list=_joined(shown)),)


@lru_cache(maxsize=8)
def _without_overrides(origins: Origins) -> Origins:
    return origins.overridden(Overrides())


def _concerned(origins: Origins) -> Callable[[str], bool]:
    """Return a test of whether overrides could change whose a model is."""
    authors = {row.author.lower() for row in origins.overrides.origins}
    slugs = {reveal.slug for reveal in origins.overrides.reveals}

    def concerned(model: str) -> bool:
        slug, reveal = parse(model), origins.reveal(model)
        revealed = reveal is not None and reveal.author.lower() in authors
        return slug.author in authors or revealed or f"{slug.author}/{slug.family}" in slugs

    return concerned


def _difference(origins: Origins, own: Origin, bundled: Origin, model: str) -> dict[str, Message]:
    """Return what the user says of a model instead of the program, by what it is said of; nothing where alike."""
    if own.author.lower() != bundled.author.lower():
        slug = parse(model)
        who = say("{name}", name=model_name(model))
        if not (own.company or own.country):
            return {f"{slug.author}/{slug.family}": say("{who} is unattributed", who=who)}
        return {f"{slug.author}/{slug.family}": say("{who} counts as {author}", who=who, author=own.author)}
    changed = (
        own.company or UNATTRIBUTED if own.company != bundled.company else "",
        (origins.country_name(own.country) or UNATTRIBUTED) if own.country != bundled.country else "",
    )
    texts = tuple(dict.fromkeys(text for text in changed if text))
    if not texts:
        return {}
    return {own.author.lower(): say("{author} counts as {whose}", author=own.author, whose=", ".join(texts))}


def _joined(entries: Sequence[Message]) -> Message:
    return reduce(lambda before, entry: say("{before}; {entry}", before=before, entry=entry), entries)
