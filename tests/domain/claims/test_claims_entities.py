"""Which slugs a printed name stands for, flipped names, suffixes and variants included, and no false friends."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from explorer.domain.claims.claim import EVERYTHING, Entity, EntityKind
from explorer.domain.claims.entities import alternatives, members
from explorer.domain.origins import Known
from explorer.domain.selection import Variants

SLUGS = (
    "anthropic/claude-4.5-sonnet-20250929",
    "anthropic/claude-4.6-opus",
    "anthropic/claude-4.6-opus:thinking",
    "deepseek/deepseek-r1-0528",
    "deepseek/deepseek-v3.2-20251201",
    "deepseek/deepseek-v3.2-exp",
    "google/gemini-3-flash",
    "google/gemini-3-flash-lite-preview",
    "minimax/minimax-m2.5",
    "minimax/minimax-m2.5:free",
    "moonshotai/kimi-k2",
    "moonshotai/kimi-k2.5-0127",
    "openai/gpt-5",
    "openai/gpt-5-2025-08-07",
    "openai/gpt-5-mini",
    "openrouter/hunter-alpha",
    "stepfun/step-3.5-flash:free",
    "xiaomi/mimo-v2-pro",
    "z-ai/glm-5",
    "z-ai/glm-5-turbo",
    "no-slash-model",
)

NAMES = {
    "Claude Sonnet 4.5": {"anthropic/claude-4.5-sonnet-20250929"},
    "Claude 4.5 Sonnet": {"anthropic/claude-4.5-sonnet-20250929"},
    "claude-sonnet-4.5": {"anthropic/claude-4.5-sonnet-20250929"},
    "Anthropic Claude Sonnet 4.5": {"anthropic/claude-4.5-sonnet-20250929"},
    "Claude Opus 4.6": {"anthropic/claude-4.6-opus"},
    "Claude Opus 4.6 (thinking)": {"anthropic/claude-4.6-opus:thinking"},
    "DeepSeek R1": {"deepseek/deepseek-r1-0528"},
    "DeepSeek R1 0528": {"deepseek/deepseek-r1-0528"},
    "DeepSeek R1 0120": set(),
    "DeepSeek V3.2": {"deepseek/deepseek-v3.2-20251201"},
    "DeepSeek-V3.2": {"deepseek/deepseek-v3.2-20251201"},
    "V3.2": {"deepseek/deepseek-v3.2-20251201"},
    "DeepSeek V3.2 Exp": {"deepseek/deepseek-v3.2-exp"},
    "Gemini 3 Flash": {"google/gemini-3-flash"},
    "Gemini 3 Flash Preview": set(),
    "Gemini 3": set(),
    "MiniMax M2.5": {"minimax/minimax-m2.5"},
    "MiniMax M2.5 (free)": {"minimax/minimax-m2.5:free"},
    "MiniMax M2.5 (preview)": {"minimax/minimax-m2.5"},
    "Kimi K2": {"moonshotai/kimi-k2"},
    "Kimi K2.5": {"moonshotai/kimi-k2.5-0127"},
    "GPT-5": {"openai/gpt-5", "openai/gpt-5-2025-08-07"},
    "GPT-5 mini": {"openai/gpt-5-mini"},
    "Hunter Alpha (openrouter/ stealth)": {"openrouter/hunter-alpha"},
    "Step 3.5 Flash": {"stepfun/step-3.5-flash:free"},
    "Step 3.5 Flash (free)": {"stepfun/step-3.5-flash:free"},
    "MiMo-V2-Pro": {"xiaomi/mimo-v2-pro"},
    "GLM-5": {"z-ai/glm-5"},
    "GLM-5 (free)": set(),
    "GLM-5 Turbo": {"z-ai/glm-5-turbo"},
    "No Slash Model": {"no-slash-model"},
    "Claude": set(),
    "OpenAI": set(),
    "豆包": set(),
    "": set(),
    "minimax/minimax-m2.5:free": {"minimax/minimax-m2.5:free"},
    "minimax/minimax-m2.5": {"minimax/minimax-m2.5"},
    "openai/gpt-5": {"openai/gpt-5"},
}


@pytest.fixture(scope="module")
def dataset(world_of: Callable[..., Any]) -> Any:
    rows = {("2026-02-09", slug): 10 + i for i, slug in enumerate((*SLUGS, "other"))}
    return world_of(rows).dataset


def called(dataset: Any, entity: Entity) -> set[str]:
    found = members(dataset, entity, dataset.cube.first_day).tolist()
    return {slug for slug, named in zip(dataset.cube.models, found, strict=True) if named}


@pytest.mark.parametrize(("name", "slugs"), NAMES.items())
def test_the_models_of_a_name(dataset: Any, name: str, slugs: set[str]) -> None:
    assert called(dataset, Entity(EntityKind.MODEL, (name,))) == slugs


@pytest.mark.parametrize(
    ("name", "model", "slugs"),
    [
        ("M2.5 of MiniMax", "minimax/minimax-m2.5", {"minimax/minimax-m2.5"}),
        ("M2.5 of MiniMax (free)", "minimax/minimax-m2.5", {"minimax/minimax-m2.5:free"}),
        ("Kimi", "moonshotai/kimi-k2.5", {"moonshotai/kimi-k2.5-0127"}),
        ("Sonnet", "anthropic/claude-4.5-sonnet", {"anthropic/claude-4.5-sonnet-20250929"}),
        ("Flash", "stepfun/step-3.5-flash:free", {"stepfun/step-3.5-flash:free"}),
        ("Nobody knows", "nobody/knows", set()),
    ],
)
def test_the_id_that_the_row_gives_names_it_too(dataset: Any, name: str, model: str, slugs: set[str]) -> None:
    assert called(dataset, Entity(EntityKind.MODEL, (name,), model)) == slugs


def test_everything_a_country_and_authors(dataset: Any) -> None:
    assert called(dataset, EVERYTHING) == set(SLUGS)
    assert called(dataset, Entity(EntityKind.COUNTRY, ("CN",))) == {s for s in SLUGS if s.startswith("deepseek/")}
    found = called(dataset, Entity(EntityKind.AUTHORS, ("anthropic", "google")))
    assert found == {slug for slug in SLUGS if slug.startswith(("anthropic/", "google/"))}
    assert called(dataset, Entity(EntityKind.COUNTRY, ("JP",))) == set()


def test_an_anonymous_model_is_its_authors_once_that_is_known(world_of: Callable[..., Any]) -> None:
    rows = {("2026-02-09", "openrouter/pony-alpha"): 5, ("2026-02-09", "z/plain"): 4}
    world = world_of(rows, reveals={"openrouter/pony-alpha": ("qwen", date(2026, 2, 11))})
    china = Entity(EntityKind.COUNTRY, ("CN",))
    then = world.dataset.read(Known.THEN, Variants.APART)
    day = world.days.first
    assert called(world.dataset, china) == {"openrouter/pony-alpha"}
    assert called(then, china) == set()
    assert members(then, china, day + 2).tolist() == [True, False]
    assert called(world.dataset, Entity(EntityKind.MODEL, ("Pony Alpha",))) == {"openrouter/pony-alpha"}


def test_where_variants_are_merged_a_free_one_stands_for_its_model(dataset: Any) -> None:
    merged = dataset.read(Known.NOW, Variants.MERGED)
    assert called(merged, Entity(EntityKind.MODEL, ("MiniMax M2.5 (free)",))) == {"minimax/minimax-m2.5"}
    assert called(merged, Entity(EntityKind.MODEL, ("Step 3.5 Flash",))) == {"stepfun/step-3.5-flash"}


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("MiniMax M2.5", ["MiniMax M2.5", "MiniMax M2.5 (free)"]),
        ("MiniMax M2.5 (free)", ["MiniMax M2.5 (free)"]),
        ("Step 3.5 Flash", ["Step 3.5 Flash"]),  # there is only the free one
        ("GLM-5", ["GLM-5"]),
        ("Claude Opus 4.6", ["Claude Opus 4.6"]),  # :thinking is not free
    ],
)
def test_a_free_variant_beside_a_model_is_another_reading_of_its_name(dataset: Any, name: str, keys: list[str]) -> None:
    found = alternatives(dataset, Entity(EntityKind.MODEL, (name,)))
    assert [entity.keys[0] for entity in found] == keys


def test_groups_have_no_other_reading(dataset: Any) -> None:
    china = Entity(EntityKind.COUNTRY, ("CN",))
    assert alternatives(dataset, china) == (china,)
    assert alternatives(dataset, EVERYTHING) == (EVERYTHING,)
