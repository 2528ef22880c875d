"""From the words of a table of figures to a claim that can be counted, or to the reason why it can't."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from explorer.domain.claims.claim import EVERYTHING, Claim, Entity, EntityKind, Quantity, Window
from explorer.domain.claims.reading import authors_called, entity_called, read
from explorer.domain.origins import Origin, Origins, Overrides
from explorer.domain.periods import Grain, Span, span
from explorer.domain.schema import Figure
from explorer.domain.selection import ALL, Scope
from explorer.words import Message

Make = Callable[..., Figure]

MEASURES = {
    ("tokens", "T"): Quantity.TOKENS,
    ("tokens per week", "T"): Quantity.RATE,
    ("tokens_per_week", "T"): Quantity.RATE,
    ("tokens_per_day", "T"): Quantity.RATE,
    ("share", "%"): Quantity.SHARE,
    ("share of top five", "% (nearly two thirds)"): Quantity.SHARE,
    ("growth", "%"): Quantity.GROWTH,
    ("growth_week", "%"): Quantity.GROWTH,
    ("growth vs 02-02..08 week", "%"): Quantity.GROWTH,
    ("week-on-week", "%"): Quantity.GROWTH,
    ("increment", "T"): Quantity.INCREMENT,
    ("multiple", "x"): Quantity.MULTIPLE,
    ("ratio", "x"): Quantity.RATIO,
    ("count", "models"): Quantity.COUNT,
    ("rank", ""): Quantity.RANK,
}
NOT_MEASURED = ("price_input", "price_output_ratio", "growth_year", "user_share", "benchmark", "tokens_spent", "")
COUNTRIES = {
    "China": "CN", "CN": "CN", "Chinese models": "CN", "four Chinese models": "CN", "the 4 Chinese AI models": "CN",
    "US": "US", "U.S.": "US", "United States": "US", "US models": "US", "United States models": "US",
    "American models": "US", "FR": "FR", "France": "FR",
}  # fmt: skip
AUTHORS = {
    "DeepSeek": ("deepseek",),
    "Qwen": ("qwen",),
    "MiniMax": ("minimax",),
    "Moonshot": ("moonshotai",),
    "Moonshot AI": ("moonshotai",),
    "MiniMax+Moonshot+DeepSeek": ("deepseek", "minimax", "moonshotai"),
    "Alibaba": ("alibaba", "qwen"),
    "Meta": ("meta", "meta-llama"),
    "Z.ai": ("thudm", "z-ai"),
    "xAI": ("x-ai",),
    "openai": ("openai",),
}
MODELS = (
    "MiniMax M2.5", "Kimi K2.5", "DeepSeek V3.2", "DeepSeek V4 Flash", "DeepSeek-V4-Flash", "GLM-5", "Step 3.5 Flash",
    "Gemini 3 Flash Preview", "Claude Sonnet 4.5", "Qwen3.6 Plus (free)", "Qwen3.6 Plus Preview (free)",
    "MiMo-V2-Pro", "Hy3 preview", "Hunter Alpha (openrouter/ stealth)", "Hunter Alpha", "Claude", "Doubao",
)  # fmt: skip
SCOPES = {
    "top-10 models": Scope(10),
    "top-5 models": Scope(5),
    "the top nine": Scope(9),
    "top 20 of the month": Scope(20),
    "Chinese models": ALL,
    "US models": ALL,
    "Chinese and US models": ALL,
    "platform total": ALL,
    "platform": ALL,
    "undated 2026": ALL,
    "model": ALL,
    "": ALL,
}


def claim_of(figure: Figure, origins: Origins) -> Claim:
    found = read(figure, origins)
    assert isinstance(found, Claim), found
    return found


def why_not(figure: Figure, origins: Origins) -> str:
    found = read(figure, origins)
    assert isinstance(found, Message), found
    return str(found)


@pytest.mark.parametrize(("measure", "unit", "quantity"), [(*key, value) for key, value in MEASURES.items()])
def test_every_measure_is_a_quantity(
    printed: Make, bundled: Origins, measure: str, unit: str, quantity: Quantity
) -> None:
    entity = "China/US" if quantity is Quantity.RATIO else "China"
    assert claim_of(printed("2", unit, measure=measure, entity=entity), bundled).quantity is quantity


@pytest.mark.parametrize("measure", NOT_MEASURED)
def test_what_rankings_do_not_measure_is_no_claim(printed: Make, bundled: Origins, measure: str) -> None:
    assert why_not(printed("5", "%", measure=measure), bundled) == f"The rankings do not measure {measure}."


@pytest.mark.parametrize(
    ("measure", "unit"),
    [("tokens", "%"), ("tokens", "users"), ("share", "T"), ("growth", "x"), ("multiple", "%"), ("count", "T")],
)
def test_a_unit_that_is_none_of_the_measures_is_refused(
    printed: Make, bundled: Origins, measure: str, unit: str
) -> None:
    assert unit in why_not(printed("5", unit, measure=measure), bundled)


@pytest.mark.parametrize(
    ("text", "unit", "measure", "value", "low", "high"),
    [
        ("4.12", "T", "tokens", 4.12e12, 4.115e12, 4.125e12),
        ("997", "B", "tokens", 997e9, 996.5e9, 997.5e9),
        ("12.5", "M", "increment", 12.5e6, 12.45e6, 12.55e6),
        ("61", "%", "share", 0.61, 0.605, 0.615),
        ("-9.33", "%", "week-on-week", -0.0933, -0.09335, -0.09325),
        ("66.7", "% (nearly two thirds)", "share of top five", 0.667, 0.6003, 0.6675),
        ("4", "models", "count", 4, 3.5, 4.5),
        ("10", "x", "multiple", 10, 9.5, 10.5),
    ],
)
def test_values_are_in_tokens_fractions_multiples_or_counts(
    printed: Make, bundled: Origins, text: str, unit: str, measure: str, value: float, low: float, high: float
) -> None:
    claim = claim_of(printed(text, unit, measure=measure), bundled)
    assert (claim.value, claim.low, claim.high) == pytest.approx((value, low, high), rel=1e-12)


def test_the_qualifier_of_the_row_counts(printed: Make, bundled: Origins) -> None:
    claim = claim_of(printed("7.3", qualifier="over"), bundled)
    assert claim.low == 7.3e12 and claim.high > 1e30


def test_a_number_known_only_as_a_value_keeps_its_digits(printed: Make, bundled: Origins) -> None:
    figure = Figure("a", "", None, None, "", "China", "tokens", 4123456789012.0, "", "", "", "2026-02-27")
    claim = claim_of(figure, bundled)
    assert claim.low <= claim.value == 4123456789012.0 <= claim.high < 4123456789013.0


def test_rates_know_their_days(printed: Make, bundled: Origins) -> None:
    assert claim_of(printed(measure="tokens per week"), bundled).per == 7
    assert claim_of(printed(measure="tokens_per_day"), bundled).per == 1


@pytest.mark.parametrize(("name", "code"), COUNTRIES.items())
def test_countries(bundled: Origins, name: str, code: str) -> None:
    assert entity_called(name, bundled) == Entity(EntityKind.COUNTRY, (code,))


@pytest.mark.parametrize("name", ["all", "All", "total", "platform", "platform total", "all models"])
def test_everything(bundled: Origins, name: str) -> None:
    assert entity_called(name, bundled) == EVERYTHING


@pytest.mark.parametrize(("name", "authors"), AUTHORS.items())
def test_authors_by_slug_or_company(bundled: Origins, name: str, authors: tuple[str, ...]) -> None:
    assert entity_called(name, bundled) == Entity(EntityKind.AUTHORS, authors)


@pytest.mark.parametrize("name", MODELS)
def test_anything_else_is_a_model_as_printed(bundled: Origins, name: str) -> None:
    assert entity_called(name, bundled, "a/b") == Entity(EntityKind.MODEL, (name,), "a/b")


@pytest.mark.parametrize("name", ["outside China", "non-Chinese models", "Chinese open models", "MiniMax + GLM-5"])
def test_a_group_that_the_rankings_do_not_know_is_not_taken_for_one_they_do(bundled: Origins, name: str) -> None:
    found = entity_called(name, bundled)
    assert found is not None and found.kind is EntityKind.MODEL


@pytest.mark.parametrize("name", ["中国", "豆包", "–"])
def test_a_name_in_other_letters_is_not_every_author_without_a_company(bundled: Origins, name: str) -> None:
    assert authors_called(name, bundled) == []
    assert entity_called(name, bundled) == Entity(EntityKind.MODEL, (name,))


def test_authors_that_the_user_names_are_known_too(bundled: Origins) -> None:
    mine = Origin("my-lab", "My Own Lab", "FR", date(2026, 1, 1))
    renamed = Origin("deepseek", "Deep Sea", "CN", date(2026, 1, 1))
    origins = bundled.overridden(Overrides((mine, renamed)))
    assert entity_called("My Own Lab", origins) == Entity(EntityKind.AUTHORS, ("my-lab",))
    assert entity_called("Deep Sea", origins) == Entity(EntityKind.AUTHORS, ("deepseek",))


@pytest.mark.parametrize(("words", "scope"), SCOPES.items())
def test_scopes_as_worded(printed: Make, bundled: Origins, words: str, scope: Scope) -> None:
    assert claim_of(printed(scope=words), bundled).scope == scope


def test_share_of_top_five_says_its_scope_in_the_measure(printed: Make, bundled: Origins) -> None:
    figure = printed("66.7", "%", measure="share of top five", scope="Chinese models")
    assert claim_of(figure, bundled).scope == Scope(5)


def test_a_model_is_counted_whole_whatever_chart_it_stood_in(printed: Make, bundled: Origins) -> None:
    assert claim_of(printed(entity="GLM-5", scope="top-5 models of the month"), bundled).scope == ALL


@pytest.mark.parametrize(
    "scope", ["China's enterprise market, not OpenRouter", "platform users", "platform tokens by use"]
)
def test_what_is_not_of_the_rankings_is_no_claim(printed: Make, bundled: Origins, scope: str) -> None:
    assert why_not(printed("18.4", "%", measure="share", scope=scope), bundled).endswith(f"{scope}.")


WEEK = span(date(2026, 2, 16), date(2026, 2, 22))


def test_a_week_is_an_iso_week_and_february_a_month(printed: Make, bundled: Origins) -> None:
    week = claim_of(printed(days=("2026-02-16", "2026-02-22")), bundled)
    month = claim_of(printed(days=("2026-02-01", "2026-02-28")), bundled)
    sunday = claim_of(printed(days=("2026-02-15", "2026-02-21")), bundled)
    trailing = claim_of(printed(days=("2026-01-26", "2026-02-24")), bundled)
    other = claim_of(printed(days=("2026-02-01", "2026-02-25")), bundled)
    assert week.window == Window(WEEK, Grain.WEEK)
    assert [claim.window and claim.window.grain for claim in (month, sunday, trailing, other)] == [
        Grain.MONTH, Grain.SUNDAY_WEEK, Grain.DAYS_30, Grain.WHOLE,
    ]  # fmt: skip


def test_week_on_week_compares_with_the_week_before(printed: Make, bundled: Origins) -> None:
    claim = claim_of(printed("11.83", "%", measure="week-on-week", days=("2026-02-16", "2026-02-22")), bundled)
    assert claim.window == Window(WEEK, Grain.WEEK, Span(WEEK.first - 7, WEEK.last - 7))


def test_growth_over_three_weeks_compares_the_last_with_the_first(printed: Make, bundled: Origins) -> None:
    figure = printed("127", "%", measure="growth vs 02-02..08 week", days=("2026-02-02", "2026-02-22"))
    assert claim_of(figure, bundled).window == Window(WEEK, Grain.WEEK, Span(WEEK.first - 14, WEEK.last - 14))


def test_growth_in_february_compares_with_january_though_it_has_four_weeks(printed: Make, bundled: Origins) -> None:
    claim = claim_of(printed("20", "%", measure="growth", days=("2026-02-01", "2026-02-28")), bundled)
    january = span(date(2026, 1, 1), date(2026, 1, 31))
    assert claim.window == Window(span(date(2026, 2, 1), date(2026, 2, 28)), Grain.MONTH, january)


def test_a_story_is_near_its_own_day_else_the_last_it_speaks_of(printed: Make, bundled: Origins) -> None:
    told = claim_of(printed(days=("2026-02-16", "2026-02-22"), published="2026-02-27"), bundled)
    vague = claim_of(printed(days=("2026-02-16", "2026-02-22"), published="2026-02"), bundled)
    assert (told.near, vague.near) == (WEEK.last + 5, WEEK.last)
    alone = claim_of(printed(published="2026-02-27"), bundled)
    assert (alone.near, alone.window, alone.spans) == (WEEK.last + 5, None, ())


def test_a_month_named_with_its_year_is_that_month_not_the_weeks_before_the_story(
    printed: Make, bundled: Origins
) -> None:
    claim = claim_of(
        printed("0.405", measure="tokens per week", window="January 2025", published="2025-09-24"), bundled
    )
    assert claim.window == Window(span(date(2025, 1, 1), date(2025, 1, 31)), Grain.MONTH)


def test_undated_figures_are_no_claims(printed: Make, bundled: Origins) -> None:
    figure = printed("18", measure="tokens per week", window="undated", published="2026 (undated)")
    assert why_not(figure, bundled) == "The story does not say of which days it speaks."


def test_a_ratio_is_of_its_two_sides(printed: Make, bundled: Origins) -> None:
    claim = claim_of(printed("1.81", "x", measure="ratio", entity="China/US"), bundled)
    assert (claim.entity.keys, claim.rival.keys) == (("CN",), ("US",))
    assert claim.entities == (claim.entity, claim.rival)
    models = claim_of(printed("2", "x", measure="ratio", entity="GLM-5/Kimi K2.5", model="z-ai/glm-5"), bundled)
    assert [side.model for side in models.entities] == ["", ""]


@pytest.mark.parametrize("entity", ["China", "China/", "/US"])
def test_a_ratio_with_one_side_is_no_claim(printed: Make, bundled: Origins, entity: str) -> None:
    assert why_not(printed("1.81", "x", measure="ratio", entity=entity), bundled)


def test_which_claims_have_a_scope(printed: Make, bundled: Origins) -> None:
    def scoped(entity: str, measure: str, unit: str) -> bool:
        return claim_of(printed("2", unit, entity=entity, measure=measure), bundled).is_scoped

    assert scoped("China", "tokens", "T") and scoped("GLM-5", "share", "%") and scoped("GLM-5/China", "ratio", "x")
    assert not scoped("GLM-5", "tokens", "T") and not scoped("China", "rank", "")
    assert not scoped("GLM-5/Kimi K2.5", "ratio", "x")


def test_every_word_of_the_real_figures_is_tested_here(shared_data: Path) -> None:
    with (shared_data / "press" / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["measure"], row["unit"]) for row in rows} <= MEASURES.keys()
    assert {row["scope_as_published"] for row in rows} <= SCOPES.keys()
    assert {row["entity"] for row in rows} <= {*COUNTRIES, *AUTHORS, *MODELS, "all", "China/US"}
