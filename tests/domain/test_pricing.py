"""How prices are looked at."""

import pytest

from explorer.domain.blended import OBSERVED
from explorer.domain.prices import CATALOGUE, MODELS_API
from explorer.domain.pricing import PriceFirst, Pricing, ratio_words, share_words
from explorer.domain.snapshot import IMPORTED


def test_usually_prices_are_openrouters_mixed_as_observed_on_the_last_day() -> None:
    assert Pricing().priority == (MODELS_API, CATALOGUE, IMPORTED)
    assert Pricing().mix == OBSERVED
    assert Pricing().day(7) == 7


def test_what_is_chosen_counts() -> None:
    chosen = Pricing(first=PriceFirst.CATALOGUE, ratio=3.0, cached=0.25, at=0)
    assert chosen.priority == (CATALOGUE, MODELS_API, IMPORTED)
    assert (chosen.mix.ratio, chosen.mix.cached) == (3.0, 0.25)
    assert chosen.day(7) == 0


@pytest.mark.parametrize(("ratio", "words"), [(3.0, "3:1"), (17.2, "17.2:1"), (1.25, "1.25:1"), (50.0, "50:1")])
def test_a_ratio_is_written_as_people_do(ratio: float, words: str) -> None:
    assert ratio_words(ratio) == words


@pytest.mark.parametrize(("share", "words"), [(0.5, "50\u2009%"), (0.125, "12.5\u2009%"), (0.0, "0\u2009%")])
def test_a_share_is_no_more_exact_than_it_was_chosen(share: float, words: str) -> None:
    assert share_words(share) == words
