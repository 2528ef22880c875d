"""The manifest of a dated snapshot: which file, how many bytes, which checksum."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import cast
from urllib.parse import urljoin

from explorer.upstream import faults
from explorer.upstream.hosts import Site
from explorer.words import Message, say

LARGEST_MANIFEST = 2**20
LARGEST_FILE = 2**26
"""Bytes; a snapshot has about 10**5."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What upstream says of one dated snapshot: the CSV file at `url`."""

    day: date
    url: str
    bytes: int
    sha256: str

    @property
    def name(self) -> str:
        """The name of the file, as upstream has it."""
        return f"{self.day}.csv"


def read(name: str, raw: bytes, site: Site, asked: str, day: date | None) -> Manifest:
    """Return what the manifest at the address `asked` says; `day` is that of its snapshot, None for the newest.

    Raises UpstreamError where it is no manifest, is that of another day, or names a file at another site.
    """
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        raise _no_manifest(name, say("it is no JSON")) from None
    about, file = _members(said), _members(_members(_members(said).get("files")).get("csv"))
    found = _day(about.get("snapshot_date"))
    url, size, sha256 = file.get("url"), file.get("bytes"), str(file.get("sha256")).lower()
    if found is None:
        raise _no_manifest(name, say("it does not say of which day it is"))
    if day is not None and found != day:
        raise _no_manifest(name, say("it is that of {found}", found=found))
    if not isinstance(url, str) or not url:
        raise _no_manifest(name, say("it names no CSV file"))
    if not isinstance(size, int) or isinstance(size, bool) or not 0 < size <= LARGEST_FILE:
        raise _no_manifest(name, say("it does not say how many bytes the file has"))
    if not _SHA256.fullmatch(sha256):
        raise _no_manifest(name, say("it does not say which checksum the file has"))
    try:
        where = urljoin(asked, url)
    except ValueError:
        raise faults.elsewhere(name) from None
    if not site.allows(where):
        raise faults.elsewhere(name)
    return Manifest(found, where, size, sha256)


def check(manifest: Manifest, raw: bytes) -> None:
    """Raise UpstreamError unless the bytes are those that the manifest speaks of."""
    if len(raw) != manifest.bytes:
        what = say("It has {got} bytes where {expected} are announced.", got=len(raw), expected=manifest.bytes)
        raise faults.not_as_published(manifest.name, what)
    if hashlib.sha256(raw).hexdigest() != manifest.sha256:
        what = say("Its checksum is not the one announced: it was changed or damaged on its way.")
        raise faults.not_as_published(manifest.name, what)


def _members(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _no_manifest(name: str, why: Message) -> faults.UpstreamError:
    return faults.not_as_published(name, say("The manifest can't be used: {why}.", why=why))
