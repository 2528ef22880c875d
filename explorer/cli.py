"""The command line: `tokenshare` and its commands. What a command needs is imported when it runs, Qt last of all."""

import io
import os
import sys
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

import click

from explorer import __version__
from explorer.errors import ExplorerError
from explorer.paths import default_store
from explorer.progress import Progress, within
from explorer.words import Message, say

if TYPE_CHECKING:
    from explorer.domain.dataset import Dataset
    from explorer.domain.periods import Span
    from explorer.domain.selection import Scope, Selection
    from explorer.domain.table import Table
    from explorer.store import Store

USER_ERROR = 2
STDOUT = "-"
OUT = Path("out")

# The names of the domain, written out: importing the domain would make `--help` wait for numpy.
VIEW_NAMES = ("leaderboard", "share", "prices")
GRAINS = ("day", "week", "month")
GROUPINGS = ("country", "author", "model")
MEASURES = ("tokens", "share")


class _Sentence(click.ClickException):
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
            raise _Sentence(str(error)) from error
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
        context.invoke(open_window)


@main.command("open")
@click.pass_obj
def open_window(store_path: Path) -> None:
    """Open the window; without a display, render the opening views to out/."""
    from explorer.app import render  # noqa: PLC0415

    why = render.missing_display()
    if why is None:
        from explorer.app.system_libraries import require_system_libraries  # noqa: PLC0415

        require_system_libraries()
        from explorer.app.main import run  # noqa: PLC0415

        sys.exit(run(store_path))
    written = render.opening_views(store_path, OUT)
    _print((say("No display found ({why}), so the opening views were rendered to files:", why=why),))
    _print(say("{path}", path=path) for path in written)


@main.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.pass_obj
def import_files(store_path: Path, files: tuple[Path, ...]) -> None:
    """Read snapshots into the store, each FILE whole or not at all."""
    failed = False
    with _opening(store_path) as opened:
        for path in files:
            try:
                _import(path, opened)
            except ExplorerError as error:
                click.echo(str(error), err=True)
                failed = True
    if failed:
        sys.exit(USER_ERROR)


@contextmanager
def _opening(store_path: Path) -> Generator[Callable[[], "Store"], None, None]:
    """Yield a function that opens the store, made where absent, at its first call; close it in the end."""
    from explorer.store import Store  # noqa: PLC0415

    stores: list[Store] = []

    def opened() -> "Store":
        if not stores:
            stores.append(Store.open(store_path))
        return stores[0]

    try:
        yield opened
    finally:
        for store in stores:
            store.close()


def _import(path: Path, opened: "Callable[[], Store]") -> None:
    """Import one file; the store is opened only once the file has proved sound."""
    from explorer.app import loading  # noqa: PLC0415
    from explorer.export import report  # noqa: PLC0415
    from explorer.sources import read  # noqa: PLC0415

    with _progress(path.name) as progress:
        snapshot = read(path, within(progress, 0.0, 0.5))
        done = opened().add(snapshot, loading.now(), within(progress, 0.5, 1.0))
    _print(report.imported(done))


@contextmanager
def _progress(name: str) -> Generator[Progress, None, None]:
    """Yield what shows a fraction done on the terminal, and wipe it in the end; nothing is shown in a log."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    try:
        yield lambda done: click.echo(f"\r{name}: {done:.0%} ", err=True, nl=False)
    finally:
        click.echo("\r\033[K", err=True, nl=False)


@main.command()
@click.pass_obj
def info(store_path: Path) -> None:
    """Say what the store holds: snapshots, days, gaps, and how to cite it."""
    from explorer.app import loading  # noqa: PLC0415
    from explorer.export import report  # noqa: PLC0415

    with _existing(store_path) as store:
        snapshots = store.provenance() if store else ()
        _print(report.contents(store_path, snapshots, loading.dataset(store)))


@dataclass(frozen=True, slots=True)
class _Asked:
    """The options of an export as they were written."""

    view: str
    grain: str
    start: str | None
    end: str | None
    scope: str
    grouping: str
    measure: str
    search: str
    baseline: str


@main.command()
@click.argument("view", type=click.Choice(VIEW_NAMES))
@click.option("--grain", type=click.Choice(GRAINS), default="week", show_default=True, help="Length of a period.")
@click.option("--from", "start", metavar="DATE", help="First day, YYYY-MM-DD.  [default: the data's first]")
@click.option("--to", "end", metavar="DATE", help="Last day, included.  [default: the data's last]")
@click.option(
    "--scope", default="all", show_default=True, metavar="N|listed|all", help="The top N models, all named, or all."
)
@click.option("--by", "grouping", type=click.Choice(GROUPINGS), default="country", show_default=True, help="Of share.")
@click.option(
    "--measure", type=click.Choice(MEASURES), default="tokens", show_default=True, help="Height of share's picture."
)
@click.option("--search", default="", metavar="WORDS", help="Only models that match. Of leaderboard.")
@click.option("--baseline", default="", metavar="MODEL", help="The model to compare with. Of prices.")
@click.option("--csv", "csv_path", metavar="FILE", help="Write the table as CSV; - is standard output (the default).")
@click.option("--png", "png_path", metavar="FILE", help="Write the picture as PNG.")
@click.option("--size", default="1920x1080", show_default=True, metavar="WxH", help="Size of the picture in pixels.")
@click.option("--no-comments", is_flag=True, help="Leave out the # lines of the CSV: what is counted, source, licence.")
@click.pass_obj
def export(
    store_path: Path, csv_path: str | None, png_path: str | None, size: str, no_comments: bool, **options: str
) -> None:
    """Write the table of VIEW as CSV, or its picture as PNG, or both.

    Files are replaced. CSV files begin with UTF-8's mark, for Excel; standard output has none, for pipes.
    """
    from explorer.export.size import size_of  # noqa: PLC0415

    asked, pixels = _Asked(**options), size_of(size)
    if csv_path and csv_path == png_path:
        raise click.UsageError("--csv and --png name the same file.")
    with _existing(store_path) as store:
        dataset = _dataset(store, asked.view, store_path)
    table = _table(dataset, asked)
    if png_path:
        from explorer.app import render  # noqa: PLC0415

        _deliver(png_path, render.picture(asked.view, table, pixels))
    if csv_path or not png_path:
        from explorer.export import table_csv  # noqa: PLC0415
        from explorer.export.licence import licence  # noqa: PLC0415

        name = csv_path or STDOUT
        text = table_csv.text(table, licence=licence(dataset, table), comments=not no_comments)
        _deliver(name, text.encode("utf-8" if name == STDOUT else table_csv.ENCODING))


def _dataset(store: "Store | None", view: str, store_path: Path) -> "Dataset":
    """Return the data to export; a note on stderr says where it is not the daily rankings."""
    from explorer.app import loading  # noqa: PLC0415
    from explorer.domain.selection import Source  # noqa: PLC0415

    dataset = loading.dataset(store)
    if dataset.source is Source.PUBLISHED:
        note = say("The store {path} has no rankings: these are published figures, as printed.", path=store_path)
        click.echo(str(note), err=True)
    return dataset if view == "share" else dataset.with_prices(loading.prices(store))


def _table(dataset: "Dataset", asked: _Asked) -> "Table":
    from explorer.domain.price_table import PriceTable  # noqa: PLC0415
    from explorer.domain.tables import table as table_of  # noqa: PLC0415

    table = table_of(asked.view, dataset, _selection(dataset, asked))
    if table.empty is not None:
        raise _Sentence(str(table.empty))
    if isinstance(table, PriceTable) and asked.baseline not in ("", table.baseline):
        _refuse(
            say("No price is known for {model} at that time.", model=asked.baseline),
            say("Choose another --baseline or --to."),
        )
    return table


def _selection(dataset: "Dataset", asked: _Asked) -> "Selection":
    """Return what the options ask of the data; raises ExplorerError where one can't be meant."""
    from explorer.domain.periods import Grain  # noqa: PLC0415
    from explorer.domain.selection import Grouping, Measure, Selection  # noqa: PLC0415

    for option, value, view in (("--search", asked.search, "leaderboard"), ("--baseline", asked.baseline, "prices")):
        if value and asked.view != view:
            _refuse(say("{option} belongs to {view}.", option=option, view=view), say("Leave it out."))
    if asked.baseline and asked.baseline not in dataset.prices.models:
        _refuse(
            say("The data has no model {model}.", model=asked.baseline),
            say("Take a name from: tokenshare export leaderboard"),
        )
    return Selection(
        source=dataset.source,
        grain=Grain(asked.grain),
        span=_span(dataset, asked.start, asked.end),
        scope=_scope(asked.scope),
        measure=Measure(asked.measure),
        grouping=Grouping(asked.grouping),
        search=asked.search,
        baseline=asked.baseline,
    )


def _scope(written: str) -> "Scope":
    from explorer.domain.selection import ALL, LISTED, Scope  # noqa: PLC0415

    named = {str(scope): scope for scope in (ALL, LISTED)}
    if written in named:
        return named[written]
    if not (written.isascii() and written.isdigit() and int(written)):
        _refuse(
            say("The scope “{written}” is not known.", written=written),
            say("Write a number of models such as 9, listed or all."),
        )
    return Scope(int(written))


def _span(dataset: "Dataset", start: str | None, end: str | None) -> "Span | None":
    """Return the days asked for, the data's own first or last where only one end is; None for all of the data."""
    from explorer.domain.periods import Span  # noqa: PLC0415
    from explorer.domain.published import whole_span  # noqa: PLC0415

    first, last = (None if written is None else _day(written) for written in (start, end))
    data = dataset.cube.days or whole_span(dataset)
    if data is None or (first is None and last is None):
        return None
    if first is None:
        first = data.first if last is None else min(data.first, last)
    if last is None:
        last = max(data.last, first)
    if first > last:
        _refuse(say("--from {start} is after --to {end}.", start=start, end=end), say("Exchange them."))
    return Span(first, last)


def _day(written: str) -> int:
    from explorer.sources.fields import day_of  # noqa: PLC0415

    day = day_of(written)
    if day is None:
        _refuse(
            say("The date “{written}” is not in the calendar of 2020 to 2099.", written=written),
            say("Write it like 2026-02-09."),
        )
    return day


def _refuse(what: Message, remedy: Message) -> NoReturn:
    raise ExplorerError(what, remedy=remedy)


@contextmanager
def _existing(store_path: Path) -> "Generator[Store | None, None, None]":
    """Yield the store if there is one, and close it in the end."""
    from explorer.app import loading  # noqa: PLC0415

    store = loading.existing(store_path)
    try:
        yield store
    finally:
        if store:
            store.close()


def _deliver(name: str, content: bytes) -> None:
    """Write bytes to the file `name`, or to standard output for "-"."""
    if name == STDOUT:
        stream = sys.stdout.buffer
        stream.write(content)
        stream.flush()
        return
    from explorer.export import files  # noqa: PLC0415

    files.write(Path(name), content)


def _print(lines: Iterable[Message]) -> None:
    for line in lines:
        click.echo(str(line))
