"""One dataset: whose the models are, what it covers, and what it cites."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.domain.dataset import Dataset, attribute, published, rankings
from explorer.domain.origins import Known, Origins
from explorer.domain.periods import Span, span
from explorer.domain.schema import DatedPrices, Frames, Price, UsageFrame, to_day
from explorer.domain.selection import Grouping, Selection, Variants
from explorer.domain.sentences import cited
from explorer.domain.snapshot import IMPORTED
from explorer.domain.tables import table

FEBRUARY = span(date(2026, 2, 1), date(2026, 2, 28))


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_model_belongs_where_the_table_of_origins_puts_its_author(data: st.DataObject, worlds: Any) -> None:
    world = data.draw(worlds)
    day = data.draw(st.dates(date(2025, 1, 1), date(2026, 12, 31)))
    whose = world.dataset.attribution(to_day(day))
    for grouping in Grouping:
        keys, codes = whose.groups(grouping)
        assert [keys[code] for code in codes] == [world.group(model, grouping, day) for model in whose.models]
        assert list(keys) == sorted(set(keys))


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_as_known_then_a_model_belongs_where_it_was_known_to_belong(data: st.DataObject, worlds: Any) -> None:
    world = data.draw(worlds)
    then = world.dataset.read(Known.THEN, Variants.APART)
    for day in data.draw(st.lists(st.dates(date(2024, 11, 1), date(2026, 6, 30)), min_size=1, max_size=4)):
        whose = then.attribution(to_day(day))
        assert whose.country.tolist() == [world.group(m, Grouping.COUNTRY, day, "then") for m in whose.models]
        assert whose.author.tolist() == [world.group(m, Grouping.AUTHOR, day, "then") for m in whose.models]


READINGS = [(known, variants) for known in Known for variants in Variants]


def a_world(world_of: Callable[..., Any]) -> Dataset:
    rows = {("2026-02-01", "openrouter/pony-alpha"): 4, ("2026-02-01", "qwen/a"): 2, ("2026-02-01", "qwen/a:free"): 1}
    return world_of(rows, reveals={"openrouter/pony-alpha": ("qwen", date(2026, 2, 11))}).dataset


def test_the_same_reading_is_the_same_dataset(world_of: Callable[..., Any]) -> None:
    dataset = a_world(world_of)
    assert dataset.under(Selection()) is dataset
    assert dataset.under(Selection(lens=True, claim="x", search="y")) is dataset
    found = [dataset.read(*reading) for reading in READINGS]
    assert len({id(reading) for reading in found}) == len(READINGS)
    assert [dataset.read(*reading) for reading in READINGS] == found
    selections = [Selection(known=known, variants=variants) for known, variants in READINGS]
    assert [dataset.under(selection) for selection in selections] == found
    assert [(reading.origins.known, reading.variants) for reading in found] == READINGS


def test_a_reading_can_be_read_otherwise(world_of: Callable[..., Any]) -> None:
    dataset = a_world(world_of)
    for first in READINGS:
        for second in READINGS:
            assert dataset.read(*first).read(*second) is dataset.read(*second)


def test_a_reading_says_whose_models_are_whose_and_counts_variants(world_of: Callable[..., Any]) -> None:
    dataset, day = a_world(world_of), to_day(date(2026, 2, 1))
    then = dataset.read(Known.THEN, Variants.APART)
    assert then.cube is dataset.cube and then.prices is dataset.prices
    merged = dataset.read(Known.NOW, Variants.MERGED)
    assert merged.cube.models == ("openrouter/pony-alpha", "qwen/a")
    assert merged.prices.models == merged.attribution(day).models == merged.cube.models
    assert merged.cube.tokens(FEBRUARY).tolist() == [4, 3]
    assert merged.attribution(day).country.tolist() == ["CN", "CN"]
    both = dataset.read(Known.THEN, Variants.MERGED)
    assert both.attribution(day).country.tolist() == ["Unattributed", "CN"]
    assert both.attribution(to_day(date(2026, 2, 11))).country.tolist() == ["CN", "CN"]


def test_other_prices_are_those_of_every_reading(world_of: Callable[..., Any]) -> None:
    dataset, day = a_world(world_of), to_day(date(2026, 2, 1))
    before = [dataset.read(*reading) for reading in READINGS]
    lists = [DatedPrices(day, "OpenRouter models", (Price("qwen/a", "", "A", 1.5, 2.0),))]
    priced = dataset.with_prices(lists)
    for reading, old in zip(READINGS, before, strict=True):
        new = priced.read(*reading)
        assert new is not old and new.cube.models == old.cube.models
        assert new.prices.at(day).input[new.cube.models.index("qwen/a")] == 1.5
        assert old.prices.at(day).source[old.cube.models.index("qwen/a")] == -1
        kept = old.with_prices(lists)
        assert (kept.origins.known, kept.variants) == reading
        assert kept.prices.at(day).input[kept.cube.models.index("qwen/a")] == 1.5
    assert [dataset.read(*reading) for reading in READINGS] == before


def test_printed_figures_have_no_variants_to_merge(origins: Origins) -> None:
    dataset = published((), origins)
    assert dataset.read(Known.NOW, Variants.MERGED) is dataset
    assert dataset.read(Known.THEN, Variants.MERGED) is dataset.read(Known.THEN, Variants.APART)


@pytest.mark.parametrize("variants", Variants)
def test_every_view_shows_a_dataset_as_the_selection_reads_it(world_of: Callable[..., Any], variants: Variants) -> None:
    dataset = a_world(world_of)
    shown = table("leaderboard", dataset, Selection(variants=variants))
    apart = ("openrouter/pony-alpha", "qwen/a", "qwen/a:free")
    assert shown.ids == (apart if variants is Variants.APART else apart[:2])
    countries = {
        known: list(table("leaderboard", dataset, Selection(known=known)).values["country"]) for known in Known
    }
    assert countries == {Known.NOW: ["CN"] * 3, Known.THEN: ["Unattributed", "CN", "CN"]}


def test_the_unknown_and_the_anonymous_are_unattributed(origins: Origins) -> None:
    models = ("nobody/x", "stranger/x", "openrouter/pony-alpha", "slug", "homeless/x")
    whose = attribute(models, origins, date(2026, 2, 1))
    assert whose.country.tolist() == ["Unattributed"] * 5
    assert whose.author.tolist() == ["Unattributed"] * 4 + ["homeless"]
    assert whose.company.tolist() == ["Unattributed"] * 4 + ["Homeless Labs"]


def test_a_selection_marks_models_by_country_author_and_id(origins: Origins) -> None:
    models = ("google/a", "anthropic/b", "qwen/c", "mistralai/d", "stranger/e")
    whose = attribute(models, origins, date(2026, 2, 1))
    assert whose.marked(Selection(search="google")) == frozenset()
    assert whose.marked(Selection(countries=frozenset({"US"}))) == {"google/a", "anthropic/b"}
    several = Selection(
        countries=frozenset({"Unattributed"}), authors=frozenset({"mistralai"}), models=frozenset({"qwen/c"})
    )
    assert whose.marked(several) == {"stranger/e", "mistralai/d", "qwen/c"}


def test_a_search_looks_through_slug_author_company_country_and_its_name(origins: Origins) -> None:
    (text,) = attribute(("Qwen/Qwen3-Max:free",), origins, date(2026, 2, 1)).haystack
    for word in ("qwen3-max:free", "qwen", "alibaba", "cn", "china"):
        assert word in text


def test_an_empty_dataset_says_what_to_do_in_every_view(origins: Origins) -> None:
    dataset = rankings(Frames(), origins, ())
    assert dataset.is_empty
    assert (dataset.span(Selection()), dataset.window(Selection())) == (None, None)
    for view in ("leaderboard", "share", "prices"):
        shown = table(view, dataset, Selection())
        assert str(shown.empty) == "There are no rankings yet. Open a rankings file to begin."
        assert list(shown.rows()) == []
        assert "1970" not in str(shown.caption.source)


def test_the_window_is_the_brush_else_the_span_else_all_the_data(world_of: Callable[..., Any]) -> None:
    dataset = world_of({("2026-02-01", "a/x"): 1, ("2026-03-09", "a/x"): 1}).dataset
    brush = span(date(2026, 2, 9), date(2026, 2, 15))
    assert dataset.window(Selection()) == span(date(2026, 2, 1), date(2026, 3, 9))
    assert dataset.window(Selection(span=FEBRUARY)) == FEBRUARY
    assert dataset.window(Selection(span=FEBRUARY, brush=brush)) == brush
    assert dataset.span(Selection(span=FEBRUARY, brush=brush)) == FEBRUARY


Taken = tuple[tuple[str, str, str], ...]


def test_tables_of_one_file_name_are_cited_each_by_its_own_line(
    origins: Origins, provenance_of: Callable[..., Any]
) -> None:
    usage = UsageFrame(np.array([0, 1], np.int32), np.zeros(2, np.int32), np.ones(2, np.int64), ("a/b",))
    tables = [
        replace(provenance_of(date(1970, 1, 1 + n), date(1970, 1, 1 + n), name="t.csv"), **about)
        for n, about in enumerate(
            ({"sha256": "aa", "citation": "Source: one.", "format": IMPORTED},
             {"sha256": "bb", "citation": "Source: other.", "format": IMPORTED})
        )
    ]  # fmt: skip
    dataset = rankings(Frames(usage, borrowed={0: "aa", 1: "bb"}), origins, tuple(tables))
    for window, line in ((Span(0, 0), "Source: one."), (Span(1, 1), "Source: other.")):
        assert str(dataset.citation(window)) == line
    assert str(dataset.citation(Span(0, 1))) == "Source: one. Source: other."


def test_beyond_all_data_no_as_of_is_claimed(origins: Origins, provenance_of: Callable[..., Any]) -> None:
    usage = UsageFrame(np.array([0], np.int32), np.zeros(1, np.int32), np.ones(1, np.int64), ("a/b",))
    for as_of in ("", "1970-01-02"):
        about = provenance_of(date(1970, 1, 1), date(1970, 1, 1), as_of)
        dataset = rankings(Frames(usage), origins, (about,))
        beyond = Span(22000, 22006)
        assert str(dataset.citation(beyond)) == "Source: OpenRouter (openrouter.ai/rankings)."
        assert str(cited(dataset, beyond)) == "(OpenRouter rankings)"


@pytest.mark.parametrize(
    ("taken", "when"),
    [
        ((("2026-01-15", "2026-02-13", "2026-02-14"),), "as of 14 Feb 2026"),
        ((("2026-01-15", "2026-02-13", "2026-02-14T01:46:00Z"),), "as of 14 Feb 2026"),
        (
            (("2026-01-15", "2026-02-13", "2026-02-14"), ("2026-01-16", "2026-02-14", "2026-02-15")),
            "as of 15 Feb 2026",
        ),
        ((("2026-01-15", "2026-02-13", "2026-02-14"), ("2026-03-01", "2026-03-30", "2026-03-31")), "as of 14 Feb 2026"),
        ((("2026-01-15", "2026-02-13", ""),), "as-of date not stated for data to 13 Feb 2026"),
        (
            (("2026-01-15", "2026-02-13", "2026-02-14"), ("2026-02-14", "2026-02-20", "")),
            "as of 14 Feb 2026; as-of date not stated for data to 20 Feb 2026",
        ),
    ],
)
def test_the_citation_names_the_newest_as_of_date_behind_the_window(
    origins: Origins, provenance_of: Callable[..., Any], taken: Taken, when: str
) -> None:
    behind = tuple(provenance_of(date.fromisoformat(a), date.fromisoformat(b), as_of) for a, b, as_of in taken)
    dataset = rankings(Frames(), origins, (*behind, provenance_of(None, None, "2099-01-01", "models.json")))
    assert str(dataset.citation(FEBRUARY)) == f"Source: OpenRouter (openrouter.ai/rankings), {when}."


def test_other_prices_make_another_dataset(world_of: Callable[..., Any]) -> None:
    dataset: Dataset = world_of({("2026-02-01", "a/x"): 1}).dataset
    day = to_day(date(2026, 2, 1))
    priced = dataset.with_prices([DatedPrices(day, "OpenRouter models", (Price("a/x", "", "X", 1.5, 2.0),))])
    assert priced.prices.at(day).input.tolist() == [1.5]
    assert dataset.prices.at(day).source.tolist() == [-1]
    assert (priced.cube, priced.origins, priced.provenance) == (dataset.cube, dataset.origins, dataset.provenance)


def test_attribution_is_that_of_the_day_however_many_days_were_asked_for(world_of: Callable[..., Any]) -> None:
    dataset = world_of({("2026-02-01", "nomad/x"): 1}).dataset
    first, moved = to_day(date(2025, 6, 1)), to_day(date(2025, 9, 1))
    for day in range(first, first + 200):
        assert dataset.attribution(day).country.tolist() == ["US" if day >= moved else "FR"]
    assert dataset.attribution(first).country.tolist() == ["FR"]
