"""The one HTTP client: only allowed hosts, TLS verified, nothing too large, tried again with patience."""

import random
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import httpx2

from explorer import __version__
from explorer.upstream import faults
from explorer.upstream.clock import Clock
from explorer.upstream.faults import UpstreamError
from explorer.upstream.hosts import OPENROUTER, Site, origin_of
from explorer.upstream.keys import Key
from explorer.upstream.quota import Quota
from explorer.upstream.transfer import Head, Transfer

Received = Callable[[int, int | None], None]
"""Called with the bytes received and, where known, their total, many times a second; it may raise `Cancelled`."""

ATTEMPTS = 4
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 120.0
"""Seconds that an answer may ask to wait; whoever asks for more is not asked again in this run."""
_SLICE = 0.1
_REDIRECTS = 5
_LONGEST_TRANSFER = 600.0
_TIMEOUT = httpx2.Timeout(20.0, connect=10.0)

_HEADERS = {"User-Agent": f"tokenshare-explorer/{__version__}", "Accept-Encoding": "identity"}
_MOVED = frozenset({301, 302, 303, 307, 308})
_AGAIN = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Asked:
    """One file wanted: what errors call it, where it is, its most bytes, its announced bytes, and the key for it."""

    name: str
    url: str
    limit: int
    size: int | None = None
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: the bytes, and when the server says that it was, in UTC; None where it says nothing."""

    raw: bytes
    at: datetime | None


class _TryAgain(Exception):  # noqa: N818 - it is no error yet
    def __init__(self, error: UpstreamError, after: float | None = None) -> None:
        self.error, self.after = error, after


class Client:
    """Fetches files from one site, one at a time. To be closed; a closed client lets go of all connections.

    Raises UpstreamError where the computer's settings of proxies and certificates can't be used.
    """

    def __init__(
        self,
        site: Site = OPENROUTER,
        clock: Clock | None = None,
        quota: Quota | None = None,
        trusted: ssl.SSLContext | None = None,
    ) -> None:
        self.site, self.clock, self._quota = site, clock or Clock(), quota or Quota()
        self._random = random.Random()
        try:
            self._client = httpx2.Client(
                verify=trusted or True, timeout=_TIMEOUT, headers=_HEADERS, follow_redirects=False
            )
        except OSError:
            raise faults.certificates() from None
        except (ImportError, ValueError, httpx2.InvalidURL):
            raise faults.proxy_setting() from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(self, asked: Asked, received: Received) -> Answer:
        """Return the file asked for; raises UpstreamError, and what `received` raises."""
        for attempt in range(ATTEMPTS):
            try:
                return self._follow(asked, received)
            except _TryAgain as again:
                if attempt == ATTEMPTS - 1:
                    raise again.error from None
                self._pause(self._patience(asked.name, attempt, again.after), received)
        raise AssertionError("unreachable")

    def _patience(self, name: str, attempt: int, after: float | None) -> float:
        if after is not None and after > _LONGEST_PAUSE:
            raise faults.come_back(name, after) from None
        usual = _FIRST_PAUSE * 2**attempt * self._random.uniform(0.5, 1.5)
        return usual if after is None else max(after, usual)

    def _pause(self, seconds: float, received: Received) -> None:
        until = self.clock.seconds() + seconds
        while (left := until - self.clock.seconds()) > 0:
            received(0, None)
            self.clock.sleep(min(left, _SLICE))
        received(0, None)

    def _follow(self, asked: Asked, received: Received) -> Answer:
        url = asked.url
        for _ in range(_REDIRECTS + 1):
            if not self.site.allows(url):
                raise faults.elsewhere(asked.name)
            found = self._ask(asked, url, received)
            if isinstance(found, Answer):
                return found
            url = self._next(asked.name, url, found)
        raise faults.in_circles(asked.name)

    def _next(self, name: str, url: str, location: str) -> str:
        """Return where a redirect leads; raises UpstreamError where that is another site or no longer secret."""
        try:
            target = urljoin(url, location)
        except ValueError:
            raise faults.elsewhere(name) from None
        origin, before = origin_of(target), origin_of(url)
        if not self.site.allows(target) or origin is None or before is None:
            raise faults.elsewhere(name)
        if before[0] == "https" and origin[0] != "https":
            raise faults.elsewhere(name)
        return target

    def _ask(self, asked: Asked, url: str, received: Received) -> Answer | str:
        """Return the answer, or where it redirects to."""
        headers: dict[str, str] = {}
        if asked.key is not None:
            self._pause(self._quota.wait(self.clock.seconds(), asked.name), received)
            self._quota.count(self.clock.seconds())
            # Another host of the site gets no key.
            if origin_of(url) == origin_of(self.site.base):
                headers["Authorization"] = asked.key.header
        transfer = Transfer(self._client, url, headers)
        try:
            return self._take(asked, url, transfer, received)
        finally:
            transfer.close()

    def _take(self, asked: Asked, url: str, transfer: Transfer, received: Received) -> Answer | str:
        chunks: list[bytes] = []
        got, total, deadline = 0, asked.size, self.clock.seconds() + _LONGEST_TRANSFER
        host = (origin_of(url) or ("", "", 0))[1]

        def beat() -> None:
            received(got, total)
            if self.clock.seconds() > deadline:
                raise faults.silent(host)

        try:
            parts = transfer.parts(beat)
            head = _head(parts)
            if head.status in _MOVED and "location" in head.headers:
                return head.headers["location"]
            self._check(asked, head)
            announced = _length(head.headers)
            total = total or announced
            for chunk in parts:
                assert isinstance(chunk, bytes)
                chunks.append(chunk)
                got += len(chunk)
                if got > asked.limit:
                    raise faults.too_large(asked.name, asked.limit)
        except httpx2.HTTPError as fault:
            raise _of_transport(fault, asked.name, host, got, total) from None
        except httpx2.InvalidURL:
            raise faults.elsewhere(asked.name) from None
        raw = b"".join(chunks)
        if raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            raise faults.web_page(asked.name)
        received(got, got)
        return Answer(raw, _date(head.headers.get("date")))

    def _check(self, asked: Asked, head: Head) -> None:
        """Raise unless an answer is one to be read on."""
        keyed = asked.key is not None
        if head.status in _AGAIN:
            after = self._after(head.headers.get("retry-after"))
            raise _TryAgain(faults.of_status(head.status, asked.name, keyed=keyed), after)
        if head.status != 200:
            raise faults.of_status(head.status, asked.name, keyed=keyed)
        if "html" in head.headers.get("content-type", ""):
            raise faults.web_page(asked.name)
        if (_length(head.headers) or 0) > asked.limit:
            raise faults.too_large(asked.name, asked.limit)

    def _after(self, written: str | None) -> float | None:
        """Return the seconds that the header `Retry-After` asks for: a number, or a time."""
        if written is None:
            return None
        if written.isascii() and written.isdigit() and len(written) < 10:
            return float(written)
        when = _date(written)
        return None if when is None else max(0.0, (when - self.clock.now()).total_seconds())


def _head(parts: Iterator[Head | bytes]) -> Head:
    head = next(parts)
    assert isinstance(head, Head)
    return head


def _length(headers: Mapping[str, str]) -> int | None:
    written = headers.get("content-length", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 16 else None


def _date(written: str | None) -> datetime | None:
    try:
        when = parsedate_to_datetime(written) if written else None
    except ValueError:
        return None
    if when is None:
        return None
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)


def _of_transport(fault: httpx2.HTTPError, name: str, host: str, got: int, total: int | None) -> Exception:
    """Return what a fault of the connection means: an error, or that it is worth another try."""
    if _is_tls(fault):
        return faults.insecure(host)
    if isinstance(fault, httpx2.ProxyError):
        return faults.proxy()
    if isinstance(fault, httpx2.ConnectError | httpx2.ConnectTimeout):
        return _TryAgain(faults.offline(host))
    if isinstance(fault, httpx2.TimeoutException):
        return _TryAgain(faults.silent(host))
    if isinstance(fault, httpx2.DecodingError):
        return faults.broken(name, got, total)
    return _TryAgain(faults.broken(name, got, total))


def _is_tls(fault: BaseException | None) -> bool:
    while fault is not None:
        if isinstance(fault, ssl.SSLError):
            return True
        fault = fault.__cause__ or fault.__context__
    return False
