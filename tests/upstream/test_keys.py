"""The API key: where it is found, and that it shows itself nowhere."""

import pytest
from keyring.errors import KeyringLocked, NoKeyringError

from explorer.errors import ExplorerError
from explorer.upstream import keys
from explorer.upstream.keys import Key, Place
from tests.upstream.served import KEY, SECRET, MemoryKeyring


def test_a_key_is_kept_found_and_removed(memory_keyring: MemoryKeyring) -> None:
    assert keys.find() is None
    keys.keep(f"  {SECRET}\n")
    assert keys.find() == Key(SECRET, Place.KEYRING)
    assert list(memory_keyring.held.values()) == [SECRET]
    assert keys.remove()
    assert not keys.remove()
    assert keys.find() is None


def test_the_environment_comes_first(memory_keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch) -> None:
    keys.keep("another")
    monkeypatch.setenv("OPENROUTER_API_KEY", SECRET)
    assert keys.find() == KEY
    assert str(keys.status()) == "An API key is kept in the environment variable OPENROUTER_API_KEY."


@pytest.mark.usefixtures("memory_keyring")
def test_the_status_says_where_and_never_what() -> None:
    assert str(keys.status()).startswith("No API key is kept.")
    keys.keep(SECRET)
    assert str(keys.status()) == "An API key is kept in the system's keyring."


@pytest.mark.usefixtures("memory_keyring")
@pytest.mark.parametrize("nonsense", ["", "   ", "two words", "line\nbreak", "sk-ключ", "x" * 513, "\x00"])
def test_what_is_no_key_is_refused_without_repeating_it(nonsense: str) -> None:
    with pytest.raises(ExplorerError) as caught:
        keys.keep(nonsense)
    assert "openrouter.ai/settings/keys" in str(caught.value)
    assert not nonsense.strip() or nonsense not in repr(caught.value)


@pytest.mark.parametrize("fault", [KeyringLocked("locked"), OSError("no bus"), ValueError("of a backend's own")])
def test_a_keyring_that_fails_is_a_sentence(memory_keyring: MemoryKeyring, fault: Exception) -> None:
    memory_keyring.fault = fault
    for work in (keys.find, keys.remove, lambda: keys.keep(SECRET)):
        with pytest.raises(ExplorerError, match=r"keyring can't be used\. Unlock it or install one") as caught:
            work()
        assert SECRET not in repr(caught.value)
    assert "can't be used" in str(keys.status())


def test_no_keyring_at_all_is_no_key(memory_keyring: MemoryKeyring) -> None:
    memory_keyring.fault = NoKeyringError("none")
    assert keys.find() is None
    with pytest.raises(ExplorerError, match="set the environment variable OPENROUTER_API_KEY instead"):
        keys.keep(SECRET)


def test_a_key_shows_itself_in_no_text() -> None:
    assert SECRET not in f"{KEY} {KEY!r} {[KEY]} {vars(type(KEY))}"
    assert KEY.header == f"Bearer {SECRET}"
