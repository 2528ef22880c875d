"""Printed prices against price lists: made up ones with literal answers, and the real lists of February 2026."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from explorer import paths
from explorer.domain.claims import listing, wording
from explorer.domain.claims.claim import Claim, Quantity
from explorer.domain.claims.price_reading import read as read_price
from explorer.domain.claims.search import judge
from explorer.domain.claims.table import table as claims_table
from explorer.domain.claims.table import verdicts
from explorer.domain.claims.verdict import Outcome, Priced, Verdict
from explorer.domain.dataset import Dataset, published
from explorer.domain.origins import Origins
from explorer.domain.prices import CATALOGUE, MODELS_API, UNDATED
from explorer.domain.pricing import PriceFirst
from explorer.domain.schema import DatedPrices, Figure, Price, to_day
from explorer.domain.selection import Selection, Source
from explorer.domain.tables import table as table_of
from explorer.sources import read

Make = Callable[..., Figure]

OPUS, R1, NEVER = "anthropic/claude-opus-4.6", "deepseek/deepseek-r1", "qwen/never-used-9"


def api(day: date, *prices: Price) -> DatedPrices:
    return DatedPrices(to_day(day), MODELS_API, prices)


LISTS = (
    api(date(2025, 11, 1), Price(R1, "", "", 7.0, 7.0)),
    api(date(2026, 2, 1), Price(OPUS, "", "", 5.0, 25.0), Price(R1, "", "", 0.8, 2.5)),
    api(date(2026, 2, 20), Price(R1, "", "", 0.95, 2.55), Price(NEVER, "", "", 1.0, 4.0)),
    api(date(2026, 3, 10), Price(R1, "", "", 0.7, 2.0)),
    DatedPrices(UNDATED, CATALOGUE, (Price(OPUS, "", "", 6.0, 30.0), Price(R1, "", "", 0.6, 1.9))),
)


@pytest.fixture
def dataset(world_of: Callable[..., Any]) -> Dataset:
    rows = {(f"2026-02-{day:02d}", model): 10 for day in range(1, 29) for model in (OPUS, R1)}
    return world_of(rows, prices=LISTS).dataset


@pytest.fixture
def priced(printed: Make) -> Make:
    """A price as printed in a story of 27 February 2026."""

    def made(value: str, measure: str, entity: str = "DeepSeek R1", unit: str = "$/M", **more: Any) -> Figure:
        return printed(value, unit, measure=measure, entity=entity, **more)

    return made


def said(dataset: Dataset, figure: Figure) -> tuple[str, str]:
    verdict = judge(dataset, figure)
    return str(wording.outcome(verdict)), str(wording.explained(dataset, verdict))


# --- what is claimed


@pytest.mark.parametrize(
    ("measure", "unit", "quantity"),
    [
        ("price_input", "$/M", Quantity.PRICE_INPUT),
        ("price_output", "$/M", Quantity.PRICE_OUTPUT),
        ("Output price", "$/1M", Quantity.PRICE_OUTPUT),
        ("price per million input tokens", "$", Quantity.PRICE_INPUT),
        ("completion price", "USD/M (list price)", Quantity.PRICE_OUTPUT),
    ],
)
def test_prices_are_read_in_the_words_of_tables(
    priced: Make, origins: Origins, measure: str, unit: str, quantity: Quantity
) -> None:
    claim = read_price(priced("0.95", measure, unit=unit), origins)
    assert isinstance(claim, Claim)
    assert (claim.quantity, claim.value, claim.entity.keys) == (quantity, 0.95, ("DeepSeek R1",))
    assert (claim.low, claim.high) == pytest.approx((0.945, 0.955))
    assert claim.near == to_day(date(2026, 2, 27))


@pytest.mark.parametrize("measure", ["price_output_ratio", "output price multiple", "output price"])
def test_a_ratio_is_of_two_models(priced: Make, origins: Origins, measure: str) -> None:
    claim = read_price(priced("9.8", measure, "Claude Opus 4.6/DeepSeek R1", "x"), origins)
    assert isinstance(claim, Claim)
    assert claim.quantity is Quantity.PRICE_OUTPUT_RATIO
    assert [side.keys for side in claim.entities] == [("Claude Opus 4.6",), ("DeepSeek R1",)]


@pytest.mark.parametrize(
    ("figure", "why"),
    [
        (("5", "price"), "price is neither an input nor an output price per million tokens."),
        (("5", "price_cached_input"), "price_cached_input is neither an input nor an output price per million tokens."),
        (("5", "price_input", "China"), "A price is of one model, and China is none."),
        (("5", "price_input", "DeepSeek R1", "$/month"), "price_input is not printed in “$/month”."),
        (("5", "price_input_ratio", "DeepSeek R1", "x"), "The story does not say to what DeepSeek R1 is compared."),
    ],
)
def test_what_no_list_states_is_not_testable(dataset: Dataset, priced: Make, figure: tuple[str, ...], why: str) -> None:
    verdict = judge(dataset, priced(*figure))
    assert (verdict.outcome, str(verdict.why)) == (Outcome.NOT_TESTABLE, why)


def test_what_is_no_price_is_left_to_the_rankings(priced: Make, origins: Origins) -> None:
    for measure in ("tokens", "share", "user_share", "cost"):
        assert read_price(priced("5", measure, unit="T"), origins) is None


def test_a_stated_day_goes_before_that_of_the_story(dataset: Dataset, priced: Make) -> None:
    stated = priced("0.8", "price_input", days=("2026-02-03", "2026-02-03"))
    assert said(dataset, stated) == ("holds as stated", "OpenRouter models, list of 1 Feb 2026")


# --- what becomes of it


def test_the_list_in_force_decides(dataset: Dataset, priced: Make) -> None:
    verdict = judge(dataset, priced("2.55", "price_output"))
    assert (verdict.outcome, verdict.stated, verdict.off) == (Outcome.HOLDS, 2.55, 0.0)
    assert said(dataset, priced("2.55", "price_output"))[1] == "OpenRouter models, list of 20 Feb 2026"
    assert judge(dataset, priced("2.50", "price_output")).outcome is Outcome.HOLDS_IF, "the list before"
    assert judge(dataset, priced("5", "price_input", "Claude Opus 4.6")).outcome is Outcome.HOLDS, "19 days older"


def test_a_list_of_another_day_is_a_condition(dataset: Dataset, priced: Make) -> None:
    assert said(dataset, priced("0.80", "price_input")) == ("holds only if", "OpenRouter models, list of 1 Feb 2026")
    assert said(dataset, priced("0.70", "price_input")) == ("holds only if", "OpenRouter models, list of 10 Mar 2026")
    assert judge(dataset, priced("7", "price_input")).outcome is Outcome.FAILS, "its list is more than 45 days away"


def test_the_undated_list_of_another_source_is_a_weak_one(dataset: Dataset, priced: Make) -> None:
    assert said(dataset, priced("0.60", "price_input")) == ("weak: only if", "genai-prices, no date stated")


def test_what_is_in_no_list_is_answered_with_what_is(dataset: Dataset, priced: Make) -> None:
    verdict = judge(dataset, priced("0.30", "price_input"))
    assert verdict.outcome is Outcome.FAILS and verdict.fitting == 0 and verdict.tried == 4
    assert isinstance(verdict.best, Priced) and verdict.best.value == 0.95
    assert verdict.off == pytest.approx(0.95 / 0.30 - 1)
    assert str(wording.explained(dataset, verdict)) == (
        "$0.95 in OpenRouter models, list of 20 Feb 2026; else $0.60 in genai-prices, no date stated, "
        "$0.70 in OpenRouter models, list of 10 Mar 2026 and $0.80 in OpenRouter models, list of 1 Feb 2026"
    )


def test_both_prices_of_a_ratio_are_of_one_source_on_one_day(dataset: Dataset, priced: Make) -> None:
    ratio = priced("9.80", "price_output_ratio", "Claude Opus 4.6/DeepSeek R1", "x")
    verdict = judge(dataset, ratio)
    assert verdict.outcome is Outcome.HOLDS and verdict.stated == pytest.approx(25 / 2.55)
    assert said(dataset, ratio)[1] == "OpenRouter models, lists of 1 Feb 2026 and 20 Feb 2026"
    # 30 over 2.55 mixes two sources; 30 over 1.9 does not.
    assert judge(dataset, replace(ratio, printed="11.76", value=11.76)).outcome is Outcome.FAILS
    assert judge(dataset, replace(ratio, printed="15.79", value=15.79)).outcome is Outcome.HOLDS_IF
    assert judge(dataset, replace(ratio, printed="10.5", value=10.5, qualifier="nearly")).outcome is Outcome.HOLDS


def test_a_model_that_nobody_used_has_a_price_all_the_same(dataset: Dataset, priced: Make) -> None:
    figure = priced("4", "price_output", "Never Used 9")
    assert judge(dataset, figure).outcome is Outcome.HOLDS
    (row,) = claims_table(dataset.with_figures((figure,)), Selection()).selections
    assert row is None, "no view shows a price of a model that is not in the data"
    unknown = judge(dataset, priced("4", "price_output", "Nobody's 1"))
    assert str(unknown.why) == "No price list that is loaded names Nobody's 1."


def test_an_undated_list_alone_fails_nothing(world_of: Callable[..., Any], priced: Make) -> None:
    dataset = world_of({("2026-02-10", R1): 10}, prices=LISTS[-1:]).dataset
    assert said(dataset, priced("0.60", "price_input"))[0] == "holds only if"
    verdict = judge(dataset, priced("0.30", "price_input"))
    assert verdict.outcome is Outcome.NOT_TESTABLE
    assert str(verdict.why) == ("No dated price list speaks for 27 Feb 2026; $0.60 in genai-prices, no date stated.")


def test_no_list_near_the_day(dataset: Dataset, priced: Make) -> None:
    early = priced("0.6", "price_input", published="2024-02-27")
    assert judge(dataset, early).outcome is Outcome.HOLDS_IF
    never = priced("4", "price_output", "Never Used 9", published="2024-02-27")
    assert str(judge(dataset, never).why) == "No price list states that within 45 days of 27 Feb 2024."


# --- tables and selections


def test_a_click_shows_the_price_in_the_prices_view(dataset: Dataset, priced: Make) -> None:
    figures = (
        priced("9.80", "price_output_ratio", "Claude Opus 4.6/DeepSeek R1", "x", key="ratio"),
        priced("0.80", "price_input", key="earlier"),
        priced("0.60", "price_input", key="catalogue"),
        priced("0.70", "price_input", key="later"),
    )
    found = claims_table(dataset.with_figures(figures), Selection())
    shown = dict(zip(found.ids, found.selections, strict=True))
    ratio = table_of("prices", dataset, shown["ratio"])
    row = ratio.ids.index(R1)
    assert (ratio.baseline, ratio.marked >= {R1}) == (OPUS, True)
    assert ratio.values["ratio_output"][row] == pytest.approx(25 / 2.55)
    assert shown["ratio"].brush.end == date(2026, 2, 27) and shown["ratio"].claim == "ratio"
    for key, price in (("earlier", 0.8), ("catalogue", 0.6), ("later", 0.7)):
        table = table_of("prices", dataset, shown[key])
        assert table.values["input"][table.ids.index(R1)] == price, key
    assert shown["catalogue"].pricing.first is PriceFirst.CATALOGUE
    assert shown["earlier"].brush.end == date(2026, 2, 1)


def test_the_rows_of_the_table_say_prices(dataset: Dataset, priced: Make) -> None:
    figures = (priced("0.30", "price_input", key="a"), priced("2.55", "price_output", key="b"))
    found = claims_table(dataset.with_figures(figures), Selection(claim="a"))
    rows = {key: {name: found.values[name][i] for name in found.values} for i, key in enumerate(found.ids)}
    assert (rows["a"]["printed"], rows["a"]["value"], rows["a"]["stated"]) == ("$0.30/M", "$0.95", "$0.95")
    assert rows["a"]["claim"] == "DeepSeek R1 · input price"
    assert (rows["b"]["verdict"], rows["b"]["tried"], rows["b"]["fitting"]) == ("holds as stated", 4, 1)
    assert "Of 2 testable figures 1 hold as stated" in str(found.caption.title)
    sentence = str(found.caption.sentence)
    assert "does not hold" in sentence and sentence.endswith("(list prices in US dollars per million tokens).")


def test_every_list_that_fits_or_comes_near_can_be_listed(dataset: Dataset, priced: Make) -> None:
    fails = listing.fits(dataset, judge(dataset, priced("0.30", "price_input")))
    assert list(fails.values["value"]) == ["$0.95", "$0.60", "$0.70", "$0.80"]
    assert "price lists" in str(fails.caption.source) and not fails.caption.notes
    assert set(fails.values["window_start"]) == {None}
    holds = listing.fits(dataset, judge(dataset, priced("0.95", "price_input")))
    assert list(holds.values["conditions"]) == ["OpenRouter models, list of 20 Feb 2026"]


def test_other_price_lists_are_other_verdicts(dataset: Dataset, priced: Make) -> None:
    figure = priced("0.95", "price_input")
    bare = dataset.with_prices(()).with_figures((figure,))
    (before,), (after,) = verdicts(bare), verdicts(bare.with_prices(LISTS))
    assert (before.outcome, after.outcome) == (Outcome.NOT_TESTABLE, Outcome.HOLDS)


def test_without_rankings_prices_are_tested_all_the_same(priced: Make, bundled: Origins) -> None:
    figures = (priced("0.95", "price_input", model=R1), priced("5", "tokens", unit="T", key="b", model=R1))
    dataset = published(figures, bundled, LISTS)
    found = claims_table(dataset, Selection(source=Source.PUBLISHED))
    assert [verdict.outcome for verdict in found.verdicts] == [Outcome.HOLDS, Outcome.NOT_TESTABLE]
    (shown, nothing) = found.selections
    assert nothing is None and shown is not None and shown.models == {R1}
    assert shown.source is Source.PUBLISHED and shown.pricing.at == to_day(date(2026, 2, 27))


# --- the real lists


@pytest.fixture
def real_verdicts(real: Dataset) -> dict[str, Verdict]:
    figures = read(paths.PUBLISHED_FIGURES).figures
    return {verdict.figure.id: verdict for verdict in verdicts(real.with_figures(figures))}


HELD = {
    "minimax-m2.5-price-input": 0.30,
    "minimax-m2.5-price-output": 1.10,
    "claude-opus-4.6-price-input": 5.0,
    "claude-opus-4.6-price-output": 25.0,
    "glm-5-price-output": 2.55,
    "claude-opus-4.6-minimax-m2.5-price-input-ratio": 5 / 0.3,
    "claude-opus-4.6-minimax-m2.5-price-output-ratio": 25 / 1.1,
    "claude-opus-4.6-glm-5-price-output-ratio": 25 / 2.55,
}


@pytest.mark.parametrize(("name", "value"), HELD.items())
def test_the_printed_prices_hold_on_the_list_of_22_february(
    real_verdicts: dict[str, Verdict], name: str, value: float
) -> None:
    verdict = real_verdicts[f"2026-02-27-{name}-36kr"]
    assert verdict.outcome is Outcome.HOLDS
    assert isinstance(verdict.best, Priced)
    assert (verdict.best.source, set(verdict.best.days)) == (MODELS_API, {to_day(date(2026, 2, 22))})
    assert verdict.best.value == pytest.approx(value)


def test_the_printed_input_price_of_glm_5_is_in_no_list(real: Dataset, real_verdicts: dict[str, Verdict]) -> None:
    verdict = real_verdicts["2026-02-27-glm-5-price-input-36kr"]
    assert (verdict.outcome, verdict.stated) == (Outcome.FAILS, 0.95)
    words = str(wording.explained(real, verdict))
    assert words.startswith("$0.95 in OpenRouter models, list of 22 Feb 2026")
    assert "$0.75 in OpenRouter models, list of 15 Feb 2026" in words
    ratio = real_verdicts["2026-02-27-claude-opus-4.6-glm-5-price-input-ratio-36kr"]
    assert ratio.outcome is Outcome.FAILS and ratio.stated == pytest.approx(5 / 0.95)
    assert "16.67×" in str(ratio.sums), "it follows from the printed price, which is in no list"


def test_no_other_price_would_hold(real: Dataset, real_verdicts: dict[str, Verdict], shared_data: Path) -> None:
    """Every price printed is moved by a tenth: none of them is in the list that was in force."""
    for name in HELD:
        figure = real_verdicts[f"2026-02-27-{name}-36kr"].figure
        moved = replace(figure, printed=f"{figure.value * 1.1:.2f}", value=round(figure.value * 1.1, 2), qualifier="")
        assert judge(real, moved).outcome is not Outcome.HOLDS
