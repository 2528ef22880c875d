"""The claims view's table: a row a figure, what its verdict says, and the Selection that shows what it rests on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from explorer.domain.claims.search import judge_all
from explorer.domain.claims.table import COLUMNS, ClaimTable, verdicts
from explorer.domain.claims.table import table as claims_table
from explorer.domain.claims.verdict import Outcome
from explorer.domain.dataset import Dataset, published
from explorer.domain.origins import Known, Origins
from explorer.domain.periods import span
from explorer.domain.schema import Figure
from explorer.domain.selection import Measure, Scope, Selection, Source, Variants
from explorer.domain.tables import table

Make = Callable[..., Figure]

WEEK = ("2026-02-09", "2026-02-15")


@pytest.fixture
def figures(printed: Make) -> tuple[Figure, ...]:
    """One that holds, one that holds over the top nine, one that fails, one without data, one that is no claim."""
    return (
        printed("1470", "M", days=WEEK, key="holds"),
        printed("1400", "M", days=WEEK, key="only-if", publisher="The Weekly"),
        printed("900", "M", days=WEEK, key="fails", scope="top nine models"),
        printed("5", "T", days=("2025-02-03", "2025-02-09"), key="too-early"),
        printed("6.01", "%", measure="user_share", key="other-measure"),
        printed("21.0", "%", measure="share", days=WEEK, key="share"),
    )


@pytest.fixture
def dataset(world_of: Callable[..., Any], figures: tuple[Figure, ...]) -> Dataset:
    """In the week of 9 February China has 210 of 1,000 million tokens a day, 10 of them beyond the top nine."""
    days = [(date(2026, 2, 2) + timedelta(n)).isoformat() for n in range(14)]
    models = {f"google/g{n}": 50 for n in range(8)} | {"qwen/q": 200, "deepseek/d": 10, "other": 390}
    rows = {(day, model): tokens * 10**6 for day in days for model, tokens in models.items()}
    return world_of(rows).dataset.with_figures(figures)


def rows_of(found: ClaimTable) -> dict[str, dict[str, object]]:
    return {key: {name: found.values[name][row] for name in found.values} for row, key in enumerate(found.ids)}


def test_every_figure_has_a_row_and_what_the_rankings_test_comes_first(dataset: Dataset) -> None:
    found = claims_table(dataset, Selection())
    assert set(found.ids) == {"holds", "only-if", "fails", "too-early", "other-measure", "share"}
    assert set(found.ids[-2:]) == {"too-early", "other-measure"}
    assert [verdict.figure.id for verdict in found.verdicts] == list(found.ids)
    assert found.columns == COLUMNS and set(found.values) == {column.key for column in COLUMNS}
    assert {len(values) for values in found.values.values()} == {6}
    assert len(list(found.rows())) == 6


def test_a_row_says_the_verdict_its_conditions_and_how_far_off(dataset: Dataset) -> None:
    rows = rows_of(claims_table(dataset, Selection()))
    holds, only_if, fails = rows["holds"], rows["only-if"], rows["fails"]
    assert (holds["verdict"], holds["printed"], holds["claim"]) == ("holds as stated", "1470M", "China · tokens")
    assert "the week of 9–15 Feb 2026" in str(holds["conditions"]) and "all tokens" in str(holds["conditions"])
    assert only_if["verdict"] == "holds only if" and str(only_if["conditions"]).startswith("top 9 models")
    assert fails["verdict"] == "does not hold" and "nearest" in str(fails["conditions"])
    assert fails["off"] == pytest.approx(1400 / 900 - 1)
    assert str(fails["stated"]).replace("\u2009", "") == "1400000000"
    assert rows["share"]["value"] == "21.00\u2009%"
    for row, tested in ((holds, True), (only_if, True), (fails, True), (rows["too-early"], False)):
        assert (row["tried"] is not None) == (row["fitting"] is not None) == tested
    assert (fails["fitting"], str(fails["publisher"]), only_if["publisher"]) == (0, "A Daily", "The Weekly")


def test_what_cannot_be_tested_says_why(dataset: Dataset) -> None:
    rows = rows_of(claims_table(dataset, Selection()))
    assert rows["too-early"]["conditions"] == "The data covers 0 of the 7 days of 3 Feb 2025 to 9 Feb 2025."
    assert rows["other-measure"]["conditions"] == "The rankings do not measure user_share."
    assert {rows[key]["verdict"] for key in ("too-early", "other-measure")} == {"not testable"}
    assert rows["other-measure"]["claim"] == "China · user share"


def test_each_row_has_the_selection_that_shows_it(dataset: Dataset) -> None:
    found = claims_table(dataset, Selection(search="x", known=Known.THEN).but(search=""))
    shown = dict(zip(found.ids, found.selections, strict=True))
    assert shown["too-early"] is shown["other-measure"] is None
    week = span(date(2026, 2, 9), date(2026, 2, 15))
    for key in ("holds", "only-if", "fails", "share"):
        selection = shown[key]
        assert selection is not None
        assert (selection.claim, selection.brush, selection.countries) == (key, week, frozenset({"CN"}))
    assert shown["only-if"] is not None and shown["only-if"].scope == Scope(9)
    assert shown["share"] is not None and shown["share"].measure is Measure.SHARE


def test_a_click_makes_the_figures_value_again(dataset: Dataset) -> None:
    found = claims_table(dataset, Selection())
    selection = found.selections[found.ids.index("only-if")]
    assert selection is not None
    chart = table("share", dataset, selection)
    ours = [
        tokens
        for start, group, tokens in zip(
            *(chart.values[key] for key in ("period_start", "group", "tokens")), strict=True
        )
        if group == "CN" and str(start) == "2026-02-09"
    ]
    assert ours == [1_400_000_000]


def test_only_the_search_hides_rows(dataset: Dataset) -> None:
    week = span(date(2026, 2, 2), date(2026, 2, 8))
    assert len(claims_table(dataset, Selection(span=week, brush=week, scope=Scope(5)))) == 6
    assert claims_table(dataset, Selection(search="weekly")).ids == ("only-if",)
    assert claims_table(dataset, Selection(search="CHINA does not hold")).ids == ("fails",)
    nothing = claims_table(dataset, Selection(search="zebra"))
    assert len(nothing) == 0 and "zebra" in str(nothing.empty)
    assert any("zebra" in str(words) for words in nothing.caption.filters)


def test_the_caption_counts_the_verdicts_and_says_what_they_rest_on(dataset: Dataset) -> None:
    caption = claims_table(dataset, Selection()).caption
    title = str(caption.title)
    assert "4 " in title and "2 hold as stated" in title and "1 only" in title
    assert "2–15 Feb 2026" in str(caption.scope)
    assert str(caption.source).startswith("Source: OpenRouter (openrouter.ai/rankings)")
    assert claims_table(dataset, Selection(search="fails")).caption.title != caption.title


def test_the_selected_claim_is_marked_and_put_in_a_sentence(dataset: Dataset) -> None:
    assert not claims_table(dataset, Selection()).marked
    marked = claims_table(dataset, Selection(claim="fails"))
    assert marked.marked == {"fails"} and "A Daily" in str(marked.caption.sentence)
    assert not claims_table(dataset, Selection(claim="unknown")).marked


def test_how_the_data_are_read_changes_no_verdict(dataset: Dataset) -> None:
    plain, other = Selection(), Selection(known=Known.THEN, variants=Variants.MERGED)
    assert table("claims", dataset, plain).values == table("claims", dataset, other).values
    merged = dataset.read(Known.THEN, Variants.MERGED)
    assert [verdict.best for verdict in verdicts(merged)] == [v.best for v in judge_all(dataset, dataset.figures)]


def test_without_rankings_no_figure_is_tested_by_them(figures: tuple[Figure, ...], bundled: Origins) -> None:
    found = claims_table(published(figures, bundled), Selection(source=Source.PUBLISHED))
    assert len(found) == 6 and set(found.selections) == {None}
    rows = rows_of(found)
    assert {verdict.best for verdict in found.verdicts} == {None}
    assert rows["holds"]["conditions"] == "There are no rankings yet."
    assert rows["other-measure"]["conditions"] == "The rankings do not measure user_share."
    assert "Source" in str(found.caption.source)
    assert table("claims", published(figures, bundled), Selection(source=Source.PUBLISHED)).ids == found.ids


def test_figures_that_follow_from_others_hold_without_data(printed: Make, bundled: Origins) -> None:
    """2.27 to 5.16 is +127 %: other printed figures decide, not the data."""
    week = {"2.27": ("2026-02-02", "2026-02-08"), "5.16": ("2026-02-16", "2026-02-22")}
    totals = [printed(value, days=days, key=f"w{value}") for value, days in week.items()]
    growth = printed("127", "%", measure="growth", days=("2026-02-02", "2026-02-22"), key="growth")
    judged = {verdict.figure.id: verdict for verdict in verdicts(published((*totals, growth), bundled))}
    assert judged["growth"].outcome is Outcome.HOLDS and judged["growth"].best is None
    assert str(judged["growth"].sums)
    found = claims_table(published((*totals, growth), bundled), Selection())
    assert found.selections == (None, None, None)
    assert rows_of(found)["growth"]["sums"] == str(judged["growth"].sums)


def test_no_figures_at_all(dataset: Dataset) -> None:
    found = claims_table(dataset.with_figures(()), Selection())
    assert (len(found), found.selections, found.verdicts) == (0, (), ())
    assert str(found.empty) and all(len(values) == 0 for values in found.values.values())
    assert str(found.caption.title) and str(found.caption.source)


def test_new_figures_are_judged_anew(dataset: Dataset, figures: tuple[Figure, ...]) -> None:
    corrected = tuple(replace(figure, printed="1400", value=1400.0) for figure in figures[:1])
    before, after = (
        rows_of(claims_table(data, Selection()))["holds"]["verdict"]
        for data in (dataset, dataset.with_figures(corrected))
    )
    assert (before, after) == ("holds as stated", "holds only if")
