"""`tokenshare update` and `tokenshare key`: what OpenRouter has that the store lacks, and the key for more of it."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import click

from explorer.cli.group import USER_ERROR, main
from explorer.cli.prices_asked import day
from explorer.cli.terminal import tell
from explorer.words import Message, say


@main.command()
@click.option("--since", metavar="DATE", help="Only days from this one on.  [default: all that can be had]")
@click.option("--no-models", is_flag=True, help="Leave the models and their prices as they are.")
@click.option("--keyed", is_flag=True, help="With the API key: days from 2025-01-01 on too.")
@click.pass_obj
def update(store_path: Path, since: str | None, no_models: bool, keyed: bool) -> None:
    """Fetch from OpenRouter what the store lacks, each file whole or not at all.

    No key is needed. What came stays where the rest fails, and the next update goes on from there.
    """
    from explorer.app import updating  # noqa: PLC0415
    from explorer.domain.schema import to_date  # noqa: PLC0415
    from explorer.export import report  # noqa: PLC0415

    wish = updating.Wish(None if since is None else to_date(day(since)), models=not no_models, keyed=keyed)
    with _line() as told:
        done = updating.run(store_path, wish, lambda _: None, told)
    for outcome in done.outcomes:
        if outcome.report is not None:
            tell(report.imported(outcome.report))
    if done.sentence is not None:
        tell((done.sentence,))
    errors = [outcome.error for outcome in done.outcomes if outcome.error is not None]
    for error in errors:
        click.echo(str(error), err=True)
    if errors:
        sys.exit(USER_ERROR)


@main.group("key")
def key() -> None:
    """The API key of OpenRouter, for days before the keyless ones: set, remove, status."""


@key.command("set")
def set_key() -> None:
    """Ask for the key, without showing it, and keep it in the system's keyring.

    Without a terminal the key is read from standard input.
    """
    from explorer.upstream import keys  # noqa: PLC0415

    keys.keep(_secret())
    tell((keys.status(),))


def _secret() -> str:
    if sys.stdin.isatty():
        return click.prompt("API key", hide_input=True, err=True)
    return sys.stdin.readline()


@key.command("remove")
def remove_key() -> None:
    """Remove the key from the system's keyring."""
    from explorer.upstream import keys  # noqa: PLC0415

    removed = keys.remove()
    tell((say("The key was removed.") if removed else say("There was no key in the system's keyring."), keys.status()))


@key.command("status")
def key_status() -> None:
    """Say where the key is kept, never what it is."""
    from explorer.upstream import keys  # noqa: PLC0415

    tell((keys.status(),))


@contextmanager
def _line() -> Generator[Callable[[Message], None], None, None]:
    """Yield what shows how far the update is, in bytes and days, in one line of a terminal; wipe it in the end."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    try:
        yield lambda step: click.echo(f"\r\033[K{step}", err=True, nl=False)
    finally:
        click.echo("\r\033[K", err=True, nl=False)
