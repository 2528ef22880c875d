"""Where upstream is, and the only places that may ever be asked."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

_DATASETS = "/api/v1/datasets"
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Site:
    """Upstream's addresses: `base` begins each, and `origins` (scheme, host and port) are all that may be asked."""

    base: str
    origins: frozenset[str]

    def manifest(self, day: date | None = None) -> str:
        """Return the address of the manifest of a dated snapshot, of the newest one without a date."""
        return f"{self.base}{_DATASETS}/exports/rankings-daily/{day or 'latest'}.manifest.json"

    def window(self, first: date, last: date) -> str:
        """Return the address of the keyed API's answer for some days, both ends included."""
        return f"{self.base}{_DATASETS}/rankings-daily?start_date={first}&end_date={last}"

    @property
    def models(self) -> str:
        """The address of the list of models and prices."""
        return f"{self.base}/api/v1/models"

    def allows(self, url: str) -> bool:
        """Tell whether an address may be asked; one that two readers could understand differently may not."""
        origin = origin_of(url)
        return origin is not None and origin in {origin_of(allowed) for allowed in self.origins}


OPENROUTER = Site("https://openrouter.ai", frozenset({"https://openrouter.ai"}))
"""The real one."""


def origin_of(url: str) -> tuple[str, str, int] | None:
    """Return scheme, host and port of an address; None where it has none, a user's name, or odd characters."""
    if not url.isascii() or not url.isprintable() or any(mark in url for mark in " \\"):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    if not parts.hostname or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname, port
