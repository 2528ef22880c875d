"""OpenRouter's shapes on 127.0.0.1, a clock that only the test moves, a keyring in memory."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from explorer.upstream.client import Client
from explorer.upstream.clock import Clock
from explorer.upstream.hosts import Site
from explorer.upstream.keys import Key, Place
from explorer.upstream.quota import Quota

LATEST = date(2026, 11, 22)
SECRET = "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"
KEY = Key(SECRET, Place.ENVIRONMENT)
DATASETS = "/api/v1/datasets"
EXPORTS = f"{DATASETS}/exports/rankings-daily"
MODEL = {
    "id": "minimax/minimax-m2.5",
    "canonical_slug": "minimax/minimax-m2.5-20260212",
    "name": "MiniMax M2.5",
    "created": 1770854400,
    "pricing": {"prompt": "0.0000003", "completion": "0.0000011"},
}


class Hands(Clock):
    """A clock that goes on only while somebody sleeps by it."""

    def __init__(self) -> None:
        self.slept = 0.0

    def now(self) -> datetime:
        return datetime(2026, 11, 22, 12, tzinfo=UTC) + timedelta(seconds=self.slept)

    def seconds(self) -> float:
        return self.slept

    def sleep(self, seconds: float) -> None:
        self.slept += seconds


class OpenRouter:
    """Serves snapshots of two models; `tokens` of a day are those of its snapshot's date, so that they restate."""

    def __init__(self, server: HTTPServer) -> None:
        self.server = server
        base = f"http://127.0.0.1:{server.port}"
        self.site = Site(base, frozenset({base}))
        self.clock = Hands()
        self.quota = Quota()

    def connect(self) -> Client:
        return Client(self.site, self.clock, self.quota)

    @property
    def asked(self) -> list[str]:
        """What was asked for, without the part that all addresses share."""
        return [str(request.path).removeprefix("/api/v1/").removeprefix("datasets/") for request, _ in self.server.log]

    def forget(self) -> None:
        self.server.log.clear()

    def serve(self, path: str, answer: bytes | Response | Callable[[Request], Response]) -> None:
        """Serve something at a path from now on, in the place of what was there."""
        handlers = self.server.handlers
        for handler in [each for each in handlers if each.matcher.uri == path]:
            handlers.remove(handler)
        expected = self.server.expect_request(path)
        if isinstance(answer, bytes):
            expected.respond_with_data(answer)
        elif isinstance(answer, Response):
            expected.respond_with_response(answer)
        else:
            expected.respond_with_handler(answer)

    def publish(self, day: date, *, latest: bool = False, **wrong: Any) -> bytes:
        """Publish the snapshot of a date, `wrong` in its manifest what is given; return its bytes."""
        raw = snapshot(day)
        text = json.dumps(manifest(day, raw, **wrong)).encode()
        self.serve(f"{EXPORTS}/{day}.csv", raw)
        for name in (day, "latest") if latest else (day,):
            self.serve(f"{EXPORTS}/{name}.manifest.json", text)
        return raw

    def publish_all(self, first: date, last: date = LATEST) -> None:
        """Publish a snapshot for every date, the last one as the latest, and the models."""
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            self.publish(day, latest=day == last)
        self.serve("/api/v1/models", json.dumps({"data": [MODEL]}).encode())

    def answer_keys(self, accepted: str = SECRET) -> None:
        """Answer like the keyed API: 401 for another key, 400 for too many days."""

        def answer(request: Request) -> Response:
            if request.headers.get("Authorization") != f"Bearer {accepted}":
                return error(401, "No auth credentials found")
            first, last = (date.fromisoformat(request.args[name]) for name in ("start_date", "end_date"))
            if (last - first).days >= 366:
                return error(400, "The window is too long")
            return Response(keyed_answer(first, last), content_type="application/json")

        self.serve(f"{DATASETS}/rankings-daily", answer)


def error(status: int, message: str) -> Response:
    body = json.dumps({"error": {"code": status, "message": message}})
    return Response(body, status, content_type="application/json")


def days_of(first: date, last: date) -> list[date]:
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


def snapshot(day: date, days: int = 30) -> bytes:
    lines = ["date,model_permaslug,rank,total_tokens,share_of_daily_tokens"]
    for each in days_of(day - timedelta(days=days), day - timedelta(days=1)):
        lines.append(f"{each},minimax/minimax-m2.5-20260212,1,{day.toordinal()},0.9")
        lines.append(f"{each},other,,7,0.1")
    return "\r\n".join([*lines, ""]).encode()


def keyed_answer(first: date, last: date) -> bytes:
    data = [
        {"date": str(day), "model_permaslug": "openai/gpt-5", "total_tokens": "1000000000001"}
        for day in days_of(first, last)
    ]
    meta = {"as_of": "2026-11-22T12:00:00Z", "version": "v1", "start_date": str(first), "end_date": str(last)}
    return json.dumps({"data": data, "meta": meta}).encode()


def manifest(day: date, raw: bytes, **wrong: Any) -> dict[str, Any]:
    file = {
        "url": f"{EXPORTS}/{day}.csv",
        "encoding_format": "text/csv",
        "bytes": len(raw),
        "sha256": hashlib.sha256(raw).hexdigest(),
    }
    return {
        "dataset": "rankings-daily",
        "schema_version": "v1",
        "snapshot_date": wrong.pop("snapshot_date", str(day)),
        "files": {"csv": {**file, **wrong}},
    }


class MemoryKeyring(KeyringBackend):
    """A keyring for one test."""

    priority = 1  # pyright: ignore[reportAssignmentType]

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}
        self.fault: Exception | None = None

    def get_password(self, service: str, username: str) -> str | None:
        self._fail()
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._fail()
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._fail()
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")

    def _fail(self) -> None:
        if self.fault is not None:
            raise self.fault


@pytest.fixture
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def memory_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    monkeypatch.delenv("OPENROUTER_API_KEY", raising=False)
    made = MemoryKeyring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", made)
    yield made


@pytest.fixture
def openrouter(httpserver_ipv4: HTTPServer, no_proxy: None, memory_keyring: MemoryKeyring) -> OpenRouter:
    return OpenRouter(httpserver_ipv4)
