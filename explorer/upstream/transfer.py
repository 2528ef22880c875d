"""One request in a thread of its own, so that whoever waits for it can stop waiting at any moment."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Event, Thread

import httpx2

_BEAT = 0.05
_AHEAD = 64


@dataclass(frozen=True, slots=True)
class Head:
    """How an answer begins; the names of its headers are in lower case."""

    status: int
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _End:
    fault: Exception | None = None


class Transfer:
    """The answer to one GET, as it comes in. To be closed, whatever happens."""

    def __init__(self, client: httpx2.Client, url: str, headers: Mapping[str, str]) -> None:
        self._client, self._url, self._headers = client, url, dict(headers)
        self._stopped = Event()
        self._parts: Queue[Head | bytes | _End] = Queue()
        self._thread = Thread(target=self._run, name="transfer", daemon=True)
        self._thread.start()

    def parts(self, beat: Callable[[], None]) -> Iterator[Head | bytes]:
        """Yield the head, then the body in pieces; `beat` is called all the while and may raise.

        Raises what httpx2 raises. A body is read only by whoever goes on after the head.
        """
        while True:
            beat()
            try:
                part = self._parts.get(timeout=_BEAT)
            except Empty:
                continue
            if isinstance(part, _End):
                if part.fault is not None:
                    raise part.fault
                return
            yield part

    def close(self) -> None:
        """Let go of the request; its thread ends as soon as the network lets it."""
        self._stopped.set()

    def _run(self) -> None:
        fault: Exception | None = None
        try:
            with self._client.stream("GET", self._url, headers=self._headers) as answer:
                self._parts.put(Head(answer.status_code, {k.lower(): v for k, v in answer.headers.items()}))
                if answer.status_code == 200:
                    self._read(answer)
        except Exception as caught:
            fault = caught
        self._parts.put(_End(fault))

    def _read(self, answer: httpx2.Response) -> None:
        for chunk in answer.iter_bytes():
            while self._parts.qsize() >= _AHEAD and not self._stopped.wait(_BEAT):
                pass
            if self._stopped.is_set():
                return
            self._parts.put(chunk)
