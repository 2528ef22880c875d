"""The command `tokenshare` itself: its options, and how it ends where something is to be mended."""

import io
import os
import sys
from pathlib import Path
from typing import IO, Any

import click

from explorer import __version__
from explorer.errors import ExplorerError
from explorer.paths import default_store

USER_ERROR = 2


class Sentence(click.ClickException):
    """What the user is to mend, said in one line."""

    exit_code = USER_ERROR

    def show(self, file: IO[Any] | None = None) -> None:
        """Print it, without click's own label before it."""
        click.echo(self.message, file=file, err=file is None)


class _Commands(click.Group):
    """A group whose commands end in one sentence where the user can mend something, and quietly where a pipe broke."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except ExplorerError as error:
            raise Sentence(str(error)) from error
        except BrokenPipeError:
            _hear_no_more()
            ctx.exit(0)
        return result


def _hear_no_more() -> None:
    """Let what is still to be flushed go nowhere: whoever read it has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


@click.group(cls=_Commands, invoke_without_command=True)
@click.option(
    "--store",
    "store_path",
    type=click.Path(path_type=Path),
    envvar="TOKENSHARE_STORE",
    default=None,
    help="The store, one file that holds all imports.  [default: in your data folder]",
)
@click.version_option(__version__, prog_name="tokenshare")
@click.pass_context
def main(context: click.Context, store_path: Path | None) -> None:
    """Explore who leads in language-model token usage: without a command, in a window."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    context.obj = store_path or default_store()
    if context.invoked_subcommand is None:
        context.invoke(main.commands["open"])
