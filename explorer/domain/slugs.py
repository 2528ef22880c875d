"""The parts of a permaslug: `author/family[-suffix][:variant]`, and what a model is called in print."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

# A release suffix: -20260423, -0127, -2509, -04-02 or -2025-08-07. Upstream's dates, no reliable release dates.
_SUFFIX = re.compile(r"-(?:20\d{6}|20\d{2}-\d{2}-\d{2}|\d{2}-\d{2}|[01]\d[0-3]\d|2\d(?:0\d|1[0-2]))$")


@dataclass(frozen=True, slots=True)
class Slug:
    """The parts of one permaslug; any of them may be empty, `author` in lower case."""

    author: str
    family: str
    suffix: str
    variant: str


@lru_cache(maxsize=1 << 16)
def parse(permaslug: str) -> Slug:
    """Split a permaslug; one without a slash has no author."""
    base, _, variant = permaslug.partition(":")
    author, slash, name = base.partition("/")
    if not slash:
        author, name = "", base
    found = _SUFFIX.search(name)
    if found is None:
        return Slug(author.lower(), name, "", variant)
    return Slug(author.lower(), name[: found.start()], name[found.start() + 1 :], variant)


def without_suffix(permaslug: str) -> str:
    """Return the permaslug without its release suffix, its variant kept: the key that joins a slug to an id."""
    slug = parse(permaslug)
    name = f"{slug.author}/{slug.family}" if slug.author else slug.family
    return f"{name}:{slug.variant}" if slug.variant else name


def short_names(permaslugs: Sequence[str]) -> tuple[str, ...]:
    """Return the short name of each permaslug, with its release suffix or in full where two would be alike."""
    found = [short_name(slug) for slug in permaslugs]
    steps: tuple[Callable[[str], str], ...] = (_without_author, str)
    for longer in steps:
        if len(set(found)) == len(found):
            break
        count = Counter(found)
        found = [longer(slug) if count[name] > 1 else name for slug, name in zip(permaslugs, found, strict=True)]
    return tuple(found)


def _without_author(permaslug: str) -> str:
    return permaslug.rpartition("/")[2]


@lru_cache(maxsize=1 << 16)
def short_name(permaslug: str) -> str:
    """Return the permaslug without author and release suffix, as labels print it; the variant stays visible."""
    slug = parse(permaslug)
    return f"{slug.family}:{slug.variant}" if slug.variant else slug.family
