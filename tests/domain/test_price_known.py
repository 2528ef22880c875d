"""Since when a model is known to exist, by its use and by lists of a date."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from explorer.domain.dataset import published
from explorer.domain.origins import Origins
from explorer.domain.price_history import at
from explorer.domain.price_known import first_known, known_at, note
from explorer.domain.prices import CATALOGUE, MODELS_API, UNDATED
from explorer.domain.schema import DatedPrices, Figure, Price, to_day

USED, LISTED, FREE = "a/used", "b/listed", "c/gift:free"
ROWS = {("2026-02-01", "z/first"): 1, ("2026-02-05", USED): 1, ("2026-02-05", LISTED): 1, ("2026-02-05", FREE): 1}
LISTS = (
    DatedPrices(UNDATED, CATALOGUE, (Price(USED, "", "", 1.0, 1.0), Price(LISTED, "", "", 1.0, 1.0))),
    DatedPrices(to_day(date(2026, 1, 10)), MODELS_API, (Price(LISTED, "", "", 2.0, 2.0),)),
    DatedPrices(to_day(date(2026, 3, 10)), CATALOGUE, (Price(USED, "", "", 2.0, 2.0),)),
)


def test_the_first_use_or_the_first_dated_list_counts(world_of: Callable[..., Any]) -> None:
    dataset = world_of(ROWS, prices=LISTS).dataset
    known = dict(zip(dataset.prices.models, first_known(dataset).tolist(), strict=True))
    assert known[USED] == known[FREE] == to_day(date(2026, 2, 5))
    assert known[LISTED] == to_day(date(2026, 1, 10))
    for day, wanted in ((date(2026, 1, 9), set[str]()), (date(2026, 1, 10), {LISTED}), (date(2026, 2, 5), {*known})):
        points, later = known_at(dataset, to_day(day), at(dataset.prices, to_day(day)))
        kept = {model for model, point in zip(dataset.prices.models, points, strict=True) if point}
        assert kept == wanted - {"z/first"}
        assert {dataset.prices.models[i] for i in later} == {USED, LISTED, FREE} - kept


def test_a_model_of_which_nothing_is_dated_may_be_of_any_age(world_of: Callable[..., Any], origins: Origins) -> None:
    dataset = world_of(ROWS, prices=LISTS).dataset
    other = replace(dataset, prices=dataset.prices.joined_to(("d/unused", USED)))
    assert first_known(other).tolist() == [UNDATED, to_day(date(2026, 2, 5))]
    figure = Figure("a", "", None, None, "", "Listed", "tokens", 1.0, "T", "", "", "2026-02", model=LISTED)
    assert set(first_known(published((figure,), origins, LISTS)).tolist()) == {UNDATED}


def test_a_note_counts_them() -> None:
    assert note(0) == ()
    start = "Left out as not known to exist on that day, with a price of no stated date: "
    assert [str(each) for each in note(1)] == [start + "one model."]
    assert str(note(2, 0.25)[0]).startswith(start + "two models, with 25.0")
