"""The files that an export is to write: their options, and writing them all or none."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from explorer.cli.terminal import STDOUT, deliver, refuse
from explorer.words import say

if TYPE_CHECKING:
    from explorer.domain.dataset import Dataset
    from explorer.domain.selection import Selection
    from explorer.domain.table import Table
    from explorer.export.formats import Wish

KINDS = ("png", "svg", "pdf", "pptx", "xlsx", "csv", "parquet")
THEMES = ("light", "dark", "print", "transparent")
SCALES = ("1", "2", "4")
# Names of the export room and of the palette, written out: importing them would make `--help` wait.

_HELP = {
    "png": "Write the picture as PNG.",
    "svg": "Write the picture as SVG, text as text.",
    "pdf": "Write the picture as a PDF page.",
    "pptx": "Write a PowerPoint slide with a chart that can be edited.",
    "xlsx": "Write an Excel workbook: table, chart, provenance.",
    "csv": "Write the table as CSV; - is standard output (the default).",
    "parquet": "Write the table as Parquet.",
}
_Command = TypeVar("_Command", bound=Callable[..., Any])


def once(_context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> str | None:
    """Return the one value of an option, None without any; raises ExplorerError where it was given twice."""
    if len(values) > 1:
        refuse(say("{option} is given more than once.", option=option.opts[0]), say("Call the program for each file."))
    return values[0] if values else None


def options(command: _Command) -> _Command:
    """Give a command the options of what it writes."""
    added = [
        *(click.option(f"--{kind}", metavar="FILE", multiple=True, callback=once, help=_HELP[kind]) for kind in KINDS),
        click.option(
            "--size",
            default="1920x1080",
            show_default=True,
            metavar="WxH",
            help="Size of a picture in pixels, or 16:9, 4:3, 1:1, 9:16, half-slide.",
        ),
        click.option(
            "--scale", type=click.Choice(SCALES), default="1", show_default=True, help="Times as many pixels each way."
        ),
        theme_option(),
        click.option("--title", metavar="WORDS", help="Instead of the view's own title."),
        click.option("--subtitle", metavar="WORDS", help="Instead of what the view says is counted; the window stays."),
        click.option("--footnote", metavar="WORDS", help="Instead of the view's notes; what explains marks stays."),
        click.option("--template", metavar="FILE", help="The PowerPoint file whose slides --pptx is to look like."),
        force_option(),
        click.option(
            "--no-comments", is_flag=True, help="Leave out the # lines of the CSV: what is counted, source, licence."
        ),
    ]
    for option in reversed(added):
        command = option(command)
    return command


def theme_option() -> Callable[[_Command], _Command]:
    """Return the option for the theme of what is drawn."""
    return click.option(
        "--theme", type=click.Choice(THEMES), default="light", show_default=True, help="Colours of pictures and slides."
    )


def force_option() -> Callable[[_Command], _Command]:
    """Return the option that lets files be replaced."""
    return click.option("--force", is_flag=True, help="Replace files that are there already.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written: (kind, file) in the order of KINDS, "-" for standard output, and how."""

    files: tuple[tuple[str, str], ...]
    wish: "Wish"
    theme: str
    title: str | None
    subtitle: str | None
    footnote: str | None
    force: bool

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files, standard output left out."""
        return tuple(Path(name) for _, name in self.files if name != STDOUT)


def taken(written: dict[str, Any]) -> Wanted:
    """Take the options of `options` out of what was written and return what they ask for.

    Raises ExplorerError where one can't be meant: a file named twice, or one that is there and not to be replaced.
    """
    from explorer.export.formats import Wish  # noqa: PLC0415
    from explorer.export.presets import named, scaled  # noqa: PLC0415

    files = tuple((kind, name) for kind in KINDS if (name := written.pop(kind)) is not None) or (("csv", STDOUT),)
    size = scaled(named(written.pop("size")), int(written.pop("scale")))
    template: str | None = written.pop("template")
    if template and "pptx" not in dict(files):
        refuse(say("--template belongs to --pptx."), say("Add --pptx, or leave it out."))
    found = Wanted(
        files,
        Wish(size, not written.pop("no_comments"), read_template(template), template or ""),
        **{key: written.pop(key) for key in ("theme", "title", "subtitle", "footnote", "force")},
    )
    _check(found)
    return found


def _check(wanted: Wanted) -> None:
    from explorer.export.formats import FORMATS, refuse_ending  # noqa: PLC0415

    seen: dict[str, str] = {}
    for kind, name in wanted.files:
        place = name if name == STDOUT else os.path.realpath(name)
        if place in seen:
            what = say("--{first} and --{second} name the same file.", first=seen[place], second=kind)
            refuse(what, say("Give each a name of its own."))
        seen[place] = kind
        refuse_ending(Path(name), FORMATS[kind])
    refuse_existing(wanted.paths, force=wanted.force)


def refuse_existing(paths: tuple[Path, ...], *, force: bool) -> None:
    """Raise ExplorerError where one of some files is there already, unless they are to be replaced by `force`."""
    from explorer.export import files  # noqa: PLC0415

    if not force:
        files.refuse_existing(paths, say("Choose another name, or replace it with --force."))


def read_template(name: str | None) -> bytes | None:
    """Return the bytes of a PowerPoint template; raises ExplorerError where it can't be read."""
    if name is None:
        return None
    from explorer.app.templates import read  # noqa: PLC0415

    return read(Path(name))


def write(
    wanted: Wanted, data: "Dataset", selection: "Selection", view: str, table: "Table", *, opens: bool = True
) -> None:
    """Make all files of a view's table, then write them; `opens` says that the view can be opened from them again."""
    from dataclasses import replace  # noqa: PLC0415

    from explorer.app.render import written  # noqa: PLC0415
    from explorer.export import exhibit as exhibits  # noqa: PLC0415
    from explorer.export import files  # noqa: PLC0415
    from explorer.export.formats import FORMATS  # noqa: PLC0415
    from explorer.style import THEMES, Style  # noqa: PLC0415

    made = exhibits.of(view, table, data, selection, Style(THEMES[wanted.theme]))
    made = replace(made, title=wanted.title, subtitle=wanted.subtitle, footnote=wanted.footnote)
    if not opens:
        made = replace(made, record=replace(made.record, view=""))
    contents = {name: written(FORMATS[kind], made, wanted.wish) for kind, name in wanted.files}
    piped = contents.pop(STDOUT, None)
    files.write_all({Path(name): content for name, content in contents.items()}, replace=wanted.force)
    if piped is not None:
        deliver(STDOUT, piped.removeprefix(_MARK))


_MARK = b"\xef\xbb\xbf"
"""UTF-8's mark, at the beginning of a CSV for Excel: a pipe gets none."""
