"""The clauses about prices: one for each way of looking at them that is not the usual one."""

import pytest

from explorer.app.clauses import clauses
from explorer.domain.dataset import Dataset, published
from explorer.domain.origins import Origins
from explorer.domain.pricing import Compared, PriceFirst, Pricing, Sort
from explorer.domain.selection import Selection
from explorer.domain.workload import PRESETS, Workload

DAY = 20506
"""22 February 2026."""
CASES = [
    ({"ratio": 3.0}, "Ratio 3:1"),
    ({"cached": 0.5}, "Cached 50\u2009%"),
    ({"first": PriceFirst.CATALOGUE}, "Prices: genai-prices first"),
    ({"linear": True}, "Linear prices"),
    ({"compared": Compared.BLENDED}, "Prices blended"),
    ({"compared": Compared.CACHED}, "Prices of cached input"),
    ({"sort": Sort.DEAREST}, "Dearest first"),
    ({"at": DAY}, "Prices of 22 Feb 2026"),
    ({"workload": PRESETS[1].workload}, "Workload: A coding agent's overnight run"),
    ({"workload": Workload(1, 2, 3)}, "Workload: your own"),
]


@pytest.fixture
def dataset() -> Dataset:
    return published((), Origins([]), ())


@pytest.mark.parametrize(("changed", "label"), CASES, ids=[label for _, label in CASES])
def test_each_way_of_looking_at_prices_is_a_clause(dataset: Dataset, changed: dict[str, object], label: str) -> None:
    selection = Selection(search="m", pricing=Pricing(**changed))  # pyright: ignore[reportArgumentType]
    search, clause = clauses(selection, dataset)
    assert search.key == "search"
    assert (str(clause.label), clause.without) == (label, Selection(search="m"))


def test_a_clause_takes_back_no_other(dataset: Dataset) -> None:
    both = Selection(pricing=Pricing(ratio=3.0, linear=True))
    withouts = {str(clause.label): clause.without for clause in clauses(both, dataset)}
    assert withouts == {
        "Ratio 3:1": Selection(pricing=Pricing(linear=True)),
        "Linear prices": Selection(pricing=Pricing(ratio=3.0)),
    }
    assert clauses(Selection(), dataset) == ()
