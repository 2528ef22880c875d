"""The allow-list: what may be asked, and what only looks like it."""

import pytest

from explorer.upstream.hosts import OPENROUTER


@pytest.mark.parametrize(
    "url",
    [
        "https://openrouter.ai/api/v1/models",
        "https://OpenRouter.ai:443/api",
        OPENROUTER.manifest(),
        OPENROUTER.models,
    ],
)
def test_openrouter_over_tls_is_allowed(url: str) -> None:
    assert OPENROUTER.allows(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://openrouter.ai/api/v1/models",
        "https://openrouter.ai:8443/",
        "https://openrouter.ai.example.org/",
        "https://example.org/openrouter.ai",
        "https://openrouter.ai@example.org/",
        "https://user:word@openrouter.ai/",
        "https://example.org\\@openrouter.ai/",
        "https://openrouter.ai\t.example.org/",
        "https://openrouter.ai:port/",
        "https://[openrouter.ai/",
        "https://оpenrouter.ai/",
        "//openrouter.ai/api",
        "file:///etc/passwd",
        "",
    ],
)
def test_nothing_else_is(url: str) -> None:
    assert not OPENROUTER.allows(url)
