"""A server, a clock and a keyring of the tests' own."""

from tests.upstream import served

no_proxy, memory_keyring, openrouter = served.no_proxy, served.memory_keyring, served.openrouter
