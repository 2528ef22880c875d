"""What a written model name can mean where prices are asked for: a model in use, or one that a price list has."""

from difflib import get_close_matches

from explorer.domain.dataset import Dataset
from explorer.domain.slugs import without_suffix

MOST = 3
"""How many names are offered where one is not known."""


def known(dataset: Dataset, name: str) -> bool:
    """Whether the data has a model of that id, or a price list names it."""
    if name in dataset.prices.models or name in dataset.prices.names:
        return True
    return without_suffix(name) in {without_suffix(listed) for listed in dataset.prices.names}


def near(dataset: Dataset, name: str) -> tuple[str, ...]:
    """Return known ids that a name may have been meant for: those that hold it, the shortest first, then alike ones."""
    ids = {each.casefold(): each for each in sorted(dataset.prices.names.union(dataset.prices.models))}
    text = name.casefold().strip()
    holding = sorted((each for each in ids if text and text in each), key=len)
    alike = get_close_matches(text, ids, MOST)
    return tuple(ids[each] for each in dict.fromkeys((*holding, *alike)))[:MOST]
