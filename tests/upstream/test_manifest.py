"""The manifest: what it must say, and that the bytes are those it speaks of."""

import json
from datetime import date
from typing import Any

import pytest

from explorer.upstream import manifest
from explorer.upstream.faults import Kind, UpstreamError
from explorer.upstream.hosts import OPENROUTER
from tests.upstream import served

DAY = date(2026, 11, 22)
RAW = served.snapshot(DAY)


def read(raw: bytes, day: date | None = None) -> manifest.Manifest:
    return manifest.read("latest.manifest.json", raw, OPENROUTER, OPENROUTER.manifest(day), day)


def made(**wrong: Any) -> bytes:
    return json.dumps(served.manifest(DAY, RAW, **wrong)).encode()


def test_a_manifest_names_the_dated_file() -> None:
    found = read(made())
    assert (found.day, found.name, found.bytes) == (DAY, "2026-11-22.csv", len(RAW))
    assert found.url == "https://openrouter.ai/api/v1/datasets/exports/rankings-daily/2026-11-22.csv"
    manifest.check(found, RAW)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"{", "it is no JSON"),
        (b"[" * 100_000, "it is no JSON"),
        (b"[]", "of which day"),
        (made(snapshot_date="22 Nov"), "of which day"),
        (made(url=None), "names no CSV file"),
        (made(bytes="1000"), "how many bytes"),
        (made(bytes=True), "how many bytes"),
        (made(bytes=0), "how many bytes"),
        (made(bytes=10**12), "how many bytes"),
        (made(sha256="abc"), "which checksum"),
        (made(sha256=None), "which checksum"),
    ],
)
def test_what_it_does_not_say_is_a_sentence(raw: bytes, words: str) -> None:
    with pytest.raises(UpstreamError) as caught:
        read(raw)
    assert words in str(caught.value)
    assert caught.value.kind is Kind.INVALID
    assert str(caught.value).endswith("try again in a few minutes.")


def test_the_manifest_of_another_day_is_refused() -> None:
    with pytest.raises(UpstreamError, match="it is that of 2026-11-22"):
        read(made(), date(2026, 11, 21))


@pytest.mark.parametrize(
    "url", ["https://example.org/2026-11-22.csv", "http://openrouter.ai/x.csv", "//example.org/x", "http://["]
)
def test_a_file_at_another_site_is_refused(url: str) -> None:
    with pytest.raises(UpstreamError, match="leads to another site"):
        read(made(url=url))


def test_wrong_bytes_are_refused() -> None:
    found = read(made())
    with pytest.raises(UpstreamError, match=rf"It has {len(RAW) - 1} bytes where {len(RAW)} are announced"):
        manifest.check(found, RAW[:-1])
    with pytest.raises(UpstreamError, match="Its checksum is not the one announced"):
        manifest.check(found, RAW.replace(b",other,", b",Other,", 1))
