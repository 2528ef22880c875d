"""The API key: from the environment or the system's keyring, and in no other place ever.

A keyring is somebody else's program, which raises what it likes: whatever it is, the keyring can't be used.
"""

import os
from dataclasses import dataclass
from enum import Enum

from explorer.errors import ExplorerError
from explorer.words import Message, say

VARIABLE = "OPENROUTER_API_KEY"
_SERVICE, _ACCOUNT = "tokenshare-explorer", "openrouter.ai"
_LONGEST = 512


class Place(Enum):
    """Where a key is kept."""

    ENVIRONMENT = say("in the environment variable {name}", name=VARIABLE)
    KEYRING = say("in the system's keyring")

    @property
    def words(self) -> Message:
        """The place in words: "in the system's keyring"."""
        return self.value


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """A secret that shows itself in nothing but the header of a request."""

    secret: str
    place: Place

    def __repr__(self) -> str:
        return f"Key(…, {self.place.name})"

    @property
    def header(self) -> str:
        """The value of the header `Authorization`."""
        return f"Bearer {self.secret}"


def find() -> Key | None:
    """Return the key, that of the environment first; None where there is none. Raises ExplorerError."""
    written = os.environ.get(VARIABLE, "").strip()
    if written:
        return Key(_sound(written), Place.ENVIRONMENT)
    kept = _kept()
    return Key(_sound(kept), Place.KEYRING) if kept else None


def keep(written: str) -> None:
    """Keep a key in the system's keyring; raises ExplorerError where it is none, or there is no keyring."""
    secret = _sound(written.strip())
    import keyring  # noqa: PLC0415 - it looks for the system's keyrings, which takes a while

    try:
        keyring.set_password(_SERVICE, _ACCOUNT, secret)
    except Exception:
        raise _no_keyring() from None


def remove() -> bool:
    """Remove the key from the system's keyring; False where there was none. Raises ExplorerError."""
    if not _kept():
        return False
    import keyring  # noqa: PLC0415

    try:
        keyring.delete_password(_SERVICE, _ACCOUNT)
    except Exception:
        raise _no_keyring() from None
    return True


def is_kept() -> bool:
    """Tell whether the system's keyring has a key, whatever the environment has; not if it can't be used."""
    try:
        return bool(_kept())
    except ExplorerError:
        return False


def status() -> Message:
    """Return where the key is kept, in a sentence, and never what it is."""
    try:
        found = find()
    except ExplorerError as error:
        return error.sentence
    if found is None:
        return say("No API key is kept. Without one the newest months can be updated, with one all days since 2025.")
    return say("An API key is kept {place}.", place=found.place.words)


def _kept() -> str | None:
    import keyring  # noqa: PLC0415
    from keyring.errors import NoKeyringError  # noqa: PLC0415

    try:
        return keyring.get_password(_SERVICE, _ACCOUNT)
    except NoKeyringError:
        return None
    except Exception:
        raise _no_keyring() from None


def _sound(secret: str) -> str:
    """Return a key as it is, or raise ExplorerError, which says nothing of it."""
    if not secret:
        raise ExplorerError(say("No API key was written."), remedy=say("Copy it from openrouter.ai/settings/keys."))
    if len(secret) > _LONGEST or not all("!" <= mark <= "~" for mark in secret):
        raise ExplorerError(
            say("This is no API key: one has only letters, digits and signs, and no blanks."),
            remedy=say("Copy it again from openrouter.ai/settings/keys."),
        )
    return secret


def _no_keyring() -> ExplorerError:
    return ExplorerError(
        say("The system's keyring can't be used."),
        remedy=say("Unlock it or install one, or set the environment variable {name} instead.", name=VARIABLE),
    )
