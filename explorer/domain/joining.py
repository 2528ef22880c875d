"""One model under one name: upstream lists it by its id in one place and by its permaslug in another."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from explorer.domain.prices import MODELS_API
from explorer.domain.schema import OTHER, DatedPrices, Days, UsageFrame, pick
from explorer.domain.slugs import parse, without_suffix

_Listed = Mapping[str, str]
"""Slug, with or without its release suffix → canonical slug, each with its variant."""


def joined(usage: UsageFrame, lists: Sequence[DatedPrices]) -> UsageFrame:
    """Return usage with every model under one name: the one it has on its newest day with tokens.

    Two slugs are one model where the price lists of the models API give both the same canonical slug, the newest list
    first. Where the lists name neither, they are one if they differ by a release suffix alone and no second suffix
    is about. Variants stay apart, and so do slugs that upstream lists with tokens on the same day: it tells them
    apart, and then all slugs of that model keep their names. Totals per day, `live` and the order of rows are kept.
    """
    groups = _groups(usage.models, _listed(lists))
    if not groups:
        return usage
    group = np.full(len(usage.models), -1, np.intp)
    for number, members in enumerate(groups):
        group[members] = number
    rows = np.flatnonzero((group[usage.model] >= 0) & (usage.tokens > 0))
    apart, newest = _same_day(usage, group, rows), _newest_day(usage, rows)
    target = np.arange(len(usage.models))
    for number, members in enumerate(groups):
        if number not in apart:
            target[members] = max(members, key=lambda i: (newest[i], usage.models[i]))
    return _renamed(usage, target)


def bases(models: Sequence[str], lists: Sequence[DatedPrices]) -> tuple[str, ...]:
    """Return for each of `models` the model that it is a variant of, itself where it is none.

    A variant may be listed by its id where the model is listed by its permaslug: it still finds it.
    """
    plain = [model.partition(":")[0] for model in models]
    names, present = sorted(set(plain)), frozenset(models)
    found = {name: name for name in names}
    for members in _groups(names, _listed(lists)):
        alike = [names[i] for i in members]
        own = [name for name in alike if name in present] or alike[:1]
        if len(own) == 1:
            found |= dict.fromkeys(alike, own[0])
    return tuple(found[name] for name in plain)


def _listed(lists: Sequence[DatedPrices]) -> _Listed:
    """Return the canonical slug of every slug in the lists of the models API; a newer list goes before an older."""
    exact: dict[str, str] = {}
    newest_first = sorted((dated for dated in lists if dated.source == MODELS_API), key=lambda dated: -dated.day)
    seen: set[tuple[str, str]] = set()
    for dated in newest_first:
        pairs = [pair for price in dated.prices if (pair := (price.model, price.canonical)) not in seen and pair[1]]
        seen.update(pairs)
        named = [(slug, _with_variant(canonical, slug.partition(":")[2])) for slug, canonical in pairs]
        for _, canonical in named:
            exact.setdefault(canonical, canonical)
        for slug, canonical in named:
            exact.setdefault(slug, exact[canonical])
    without: dict[str, set[str]] = {}
    for slug, canonical in exact.items():
        without.setdefault(without_suffix(slug), set()).add(canonical)
    return {slug: next(iter(found)) for slug, found in without.items() if len(found) == 1} | exact


def _with_variant(slug: str, variant: str) -> str:
    return f"{slug}:{variant}" if variant and ":" not in slug else slug


def _canonical(slug: str, listed: _Listed) -> str | None:
    """Return the canonical slug of a slug, None for one that is not listed; a variant may be listed by its model."""
    base, _, variant = slug.partition(":")
    found = listed.get(slug)
    return found if found or base not in listed else _with_variant(listed[base], variant)


def _groups(slugs: Sequence[str], listed: _Listed) -> list[list[int]]:
    """Return the indices of the slugs that are names of one model, for each model that has two or more."""
    same: dict[tuple[bool, str], list[int]] = {}
    suffixes: dict[tuple[bool, str], set[str]] = {}
    for i, slug in enumerate(slugs):
        if slug in (OTHER, ""):
            continue
        canonical = _canonical(slug, listed)
        key = (False, without_suffix(slug)) if canonical is None else (True, canonical)
        same.setdefault(key, []).append(i)
        suffixes.setdefault(key, set()).add(parse(slug).suffix)
    return [found for key, found in same.items() if len(found) > 1 and (key[0] or len(suffixes[key] - {""}) < 2)]


def _same_day(usage: UsageFrame, group: NDArray[np.intp], rows: NDArray[np.intp]) -> frozenset[int]:
    """Return the groups that have two of `rows` on one day."""
    if not len(rows):
        return frozenset()
    day = usage.day[rows] - usage.day[rows].min()
    days = int(day.max()) + 1
    count = np.bincount(group[usage.model[rows]] * days + day)
    return frozenset((np.flatnonzero(count > 1) // days).tolist())


def _newest_day(usage: UsageFrame, rows: NDArray[np.intp]) -> Days:
    """Return the newest day of each model among `rows`, -1 for a model that has none: int32 (models,)."""
    newest = np.full(len(usage.models), -1, np.int32)
    np.maximum.at(newest, usage.model[rows].astype(np.intp), usage.day[rows])
    return newest


def _renamed(usage: UsageFrame, target: NDArray[np.intp]) -> UsageFrame:
    """Return usage with each model's tokens under the model at `target`, which has none on the same days."""
    kept = np.flatnonzero(np.bincount(target))  # np.unique would import numpy.ma, at every start
    if len(kept) == len(target):
        return usage
    codes = np.searchsorted(kept, target)[usage.model].astype(np.int32)
    wanted = np.ones(len(usage), np.bool_)
    wanted[_second(usage, codes)] = False
    return replace(
        usage,
        day=usage.day[wanted],
        model=codes[wanted],
        tokens=usage.tokens[wanted],
        models=pick(usage.models, kept),
    )


def _second(usage: UsageFrame, codes: NDArray[np.int32]) -> NDArray[np.intp]:
    """Return the rows without tokens that repeat the (day, model) of another row, now that models are `codes`."""
    none = np.flatnonzero(usage.tokens == 0)
    if not len(none):
        return none
    place = (usage.day - usage.day.min()) * np.int64(codes.max() + 1) + codes
    doubtful = np.zeros(int(place.max()) + 1, np.bool_)
    doubtful[place[none]] = True
    rows = np.flatnonzero(doubtful[place])
    rows = rows[np.lexsort((-usage.tokens[rows], place[rows]))]
    return rows[1:][np.diff(place[rows]) == 0]
