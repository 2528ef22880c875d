"""Which models of a dataset an entity stands for."""

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.domain.claims.claim import Entity, EntityKind
from explorer.domain.dataset import Attribution, Dataset
from explorer.domain.slugs import parse, without_suffix

_WORDS = re.compile(r"[0-9a-z.]+")
_VARIANT = re.compile(r"\(([a-z]+)\)")

Mask = NDArray[np.bool_]


def members(dataset: Dataset, entity: Entity, day: int) -> Mask:
    """Return which models of the cube an entity stands for on a day: bool (models,), all False where none."""
    return _members(dataset.attribution(day), entity)


@lru_cache(maxsize=1024)
def _members(whose: Attribution, entity: Entity) -> Mask:
    match entity.kind:
        case EntityKind.ALL:
            return np.ones(len(whose.models), np.bool_)
        case EntityKind.COUNTRY:
            return np.array([country == entity.keys[0] for country in whose.country], np.bool_)
        case EntityKind.AUTHORS:
            return np.array([author in entity.keys for author in whose.author], np.bool_)
        case EntityKind.MODEL:
            return called(whose.models, entity)


def alternatives(dataset: Dataset, entity: Entity) -> tuple[Entity, ...]:
    """Return an entity, and for a model its free variant alone where there is one beside it."""
    if entity.kind is not EntityKind.MODEL or _VARIANT.search(entity.keys[0]):
        return (entity,)
    free = Entity(entity.kind, (f"{entity.keys[0]} (free)",), entity.model)
    models = dataset.cube.models
    here, alone = called(models, entity), called(models, free)
    return (entity, free) if alone.any() and not (here & alone).any() else (entity,)


@lru_cache(maxsize=512)
def called(models: tuple[str, ...], entity: Entity) -> Mask:
    """Return which models have a name: the plain one, and where there is none its variants; one named "(free)" is that.

    A permaslug is that model alone. A variant that no model has is none: "(preview)" belongs to the name, and where
    variants are merged "(free)" stands for its model.
    """
    if entity.keys[0] in models:
        return np.array([model == entity.keys[0] for model in models], np.bool_)
    name = entity.keys[0].casefold()
    asked = _VARIANT.search(name)
    wanted = frozenset(_WORDS.findall(re.sub(r"\([^)]*\)", "", name)))
    known = without_suffix(entity.model.casefold())
    called = np.array([_is_called(model.casefold(), wanted, known) for model in models], np.bool_)
    variants = np.array([parse(model).variant for model in models], object)
    plain = called & (variants == "")
    if asked is not None and asked[1] in variants:
        return called & (variants == asked[1])
    return plain if plain.any() else called


def _is_called(model: str, wanted: frozenset[str], known: str) -> bool:
    """Tell whether a slug is a model by its id, or its words in any order, author and suffix left out or not."""
    slug = parse(model)
    if known and without_suffix(model).partition(":")[0] == known.partition(":")[0]:
        return True
    author = frozenset(_WORDS.findall(slug.author))
    names = (frozenset(_WORDS.findall(name)) for name in (slug.family, f"{slug.family}-{slug.suffix}"))
    return any(name <= wanted | author and wanted <= name | author and wanted & name for name in names)
