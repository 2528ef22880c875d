"""Permaslugs as upstream writes them, taken apart by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.domain.slugs import Slug, parse, short_name, short_names, without_suffix

PARTS = {
    "anthropic/claude-4.5-sonnet-20250929": Slug("anthropic", "claude-4.5-sonnet", "20250929", ""),
    "openai/gpt-5-2025-08-07": Slug("openai", "gpt-5", "2025-08-07", ""),
    "moonshotai/kimi-k2.5-0127": Slug("moonshotai", "kimi-k2.5", "0127", ""),
    "qwen/qwen3.6-plus-04-02": Slug("qwen", "qwen3.6-plus", "04-02", ""),
    "mistralai/magistral-small-2509": Slug("mistralai", "magistral-small", "2509", ""),
    "mistralai/mistral-large-2512": Slug("mistralai", "mistral-large", "2512", ""),
    "deepseek/deepseek-r1-0528:free": Slug("deepseek", "deepseek-r1", "0528", "free"),
    "deepseek/deepseek-r1:free": Slug("deepseek", "deepseek-r1", "", "free"),
    "anthropic/claude-3.7-sonnet:thinking": Slug("anthropic", "claude-3.7-sonnet", "", "thinking"),
    "x-ai/grok-4-fast": Slug("x-ai", "grok-4-fast", "", ""),
    "meta-llama/llama-3.1-405b-instruct": Slug("meta-llama", "llama-3.1-405b-instruct", "", ""),
    "google/gemma-3-27b-it": Slug("google", "gemma-3-27b-it", "", ""),
    "BAAI/bge-m3": Slug("baai", "bge-m3", "", ""),
    "Qwen/Qwen3-Max": Slug("qwen", "Qwen3-Max", "", ""),
    "author/model-9999": Slug("author", "model-9999", "", ""),
    "author/model-2513": Slug("author", "model-2513", "", ""),
    "author/group/model": Slug("author", "group/model", "", ""),
    "other": Slug("", "other", "", ""),
    "lonely-20260101": Slug("", "lonely", "20260101", ""),
    "author/": Slug("author", "", "", ""),
    "": Slug("", "", "", ""),
}


@pytest.mark.parametrize(("permaslug", "parts"), PARTS.items())
def test_a_permaslug_comes_apart(permaslug: str, parts: Slug) -> None:
    assert parse(permaslug) == parts


@pytest.mark.parametrize(
    ("permaslug", "key", "short"),
    [
        ("openai/gpt-5-2025-08-07", "openai/gpt-5", "gpt-5"),
        ("deepseek/deepseek-r1-0528:free", "deepseek/deepseek-r1:free", "deepseek-r1:free"),
        ("Qwen/Qwen3-2507", "qwen/Qwen3", "Qwen3"),
        ("slug-without-author", "slug-without-author", "slug-without-author"),
        ("x-ai/grok-4", "x-ai/grok-4", "grok-4"),
    ],
)
def test_the_suffix_goes_and_the_variant_stays(permaslug: str, key: str, short: str) -> None:
    assert without_suffix(permaslug) == key
    assert short_name(permaslug) == short


word = st.from_regex(r"[a-z][a-z.]{0,8}", fullmatch=True)
suffix = st.sampled_from(("", "-20260423", "-0127", "-2025-08-07", "-04-02", "-2509"))
variant = st.sampled_from(("", ":free", ":batch", ":thinking"))


@settings(max_examples=40, deadline=None)
@given(word, word, suffix, variant)
def test_the_key_of_a_slug_is_what_its_parts_make(author: str, family: str, suffix: str, variant: str) -> None:
    assert without_suffix(f"{author}/{family}{suffix}{variant}") == f"{author}/{family}{variant}"
    assert short_name(f"{author}/{family}{suffix}{variant}") == f"{family}{variant}"


@pytest.mark.parametrize(
    ("permaslugs", "names"),
    [
        (("x-ai/grok-4", "openai/gpt-5-2025-08-07"), ("grok-4", "gpt-5")),
        (("x/m-0127", "x/m-0528", "x/n-0528"), ("m-0127", "m-0528", "n")),
        (("x/m", "x/m-0528"), ("m", "m-0528")),
        (("x/m", "x/m:free"), ("m", "m:free")),
        (("x/m", "y/m", "y/n"), ("x/m", "y/m", "n")),
        (("x/m-0127", "y/m-0127"), ("x/m-0127", "y/m-0127")),
        ((), ()),
    ],
)
def test_names_are_as_short_as_they_can_be_without_being_alike(permaslugs: tuple[str, ...], names: object) -> None:
    assert short_names(permaslugs) == names


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.builds("{}/{}{}{}".format, st.sampled_from("xyz"), st.sampled_from(("m", "n", "m-0528")), suffix, variant),
        unique=True,
    )
)
def test_no_two_models_have_one_name(permaslugs: list[str]) -> None:
    names = short_names(permaslugs)
    assert len(set(names)) == len(permaslugs)
