"""The kinds of files an exhibit leaves as, one line each: which ending, what it is called, and what writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.domain import record as records
from explorer.errors import ExplorerError
from explorer.export.exhibit import Exhibit
from explorer.export.framing import framed, recorded
from explorer.export.size import FULL_HD, Size
from explorer.progress import Progress, unheard
from explorer.words import Message, say

if TYPE_CHECKING:
    from explorer.export.picture import Draw

_WIDE = 1.5
"""Width over height from which on a picture is for a wide slide."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is to be: the `size` of a picture; whether a CSV gets `comments`; a deck's own `template`."""

    size: Size = FULL_HD
    comments: bool = True
    template: bytes | None = None
    template_name: str = ""


DrawOf = Callable[[], "Draw"]
"""Returns what draws an exhibit's view; not asked for where nothing is drawn."""
Finish = Callable[[Progress], bytes]
"""The part of the work that any thread can do; returns the file's content."""
Begin = Callable[[Exhibit, DrawOf, Wish], Finish]
"""The part of the work that is for the thread of the GUI: a picture is drawn in it."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file by its ending. A `picture` is drawn at a size and in a theme; `themed` ones have a theme only."""

    suffix: str
    title: Message
    begin: Begin
    picture: bool = False
    themed: bool = False

    def write(self, exhibit: Exhibit, draw: DrawOf, wish: Wish) -> bytes:
        """Return the content of a file; raises ExplorerError where it can't be made."""
        return self.begin(exhibit, draw, wish)(unheard)


def is_wide(size: Size) -> bool:
    """Return whether the slide for a picture of some size is a 16:9 one, else it is a 4:3 one."""
    return size.width >= _WIDE * size.height


def _later(module: str) -> Any:
    """Return a module of this room, imported when a file of its kind is first written: some take long."""
    return import_module(f"explorer.export.{module}")


def _png(exhibit: Exhibit, draw: DrawOf, wish: Wish) -> Finish:
    png, table = _later("png"), framed(exhibit)
    image = _later("picture").render(draw(), table, exhibit.style, wish.size.width, wish.size.height)
    said = png.texts(table.caption, exhibit.record, exhibit.spoken)
    return lambda _progress: png.encode(image, said)


def _svg(exhibit: Exhibit, draw: DrawOf, wish: Wish) -> Finish:
    made = records.text(exhibit.record)
    alt, size = exhibit.spoken, wish.size
    document = _later("svg").drawn(draw(), framed(exhibit), exhibit.style, size, alt=alt, record=made)
    return lambda _progress: document()


def _pdf(exhibit: Exhibit, draw: DrawOf, wish: Wish) -> Finish:
    pdf = _later("pdf")
    page = pdf.Page(draw(), framed(exhibit), exhibit.style, wish.size)
    content = pdf.render([page], alt=exhibit.spoken, record=records.text(exhibit.record))
    return lambda _progress: content


def _pptx(exhibit: Exhibit, _draw: DrawOf, wish: Wish) -> Finish:
    def finish(progress: Progress) -> bytes:
        shapes = _later("deck_template").Shape
        shape = shapes.WIDE if is_wide(wish.size) else shapes.STANDARD
        template, name = wish.template, wish.template_name
        return _later("deck").deck([exhibit], shape=shape, template=template, template_name=name, progress=progress)

    return finish


def _xlsx(exhibit: Exhibit, _draw: DrawOf, _wish: Wish) -> Finish:
    return lambda progress: _later("workbook").workbook([exhibit], progress=progress)


def _csv(exhibit: Exhibit, _draw: DrawOf, wish: Wish) -> Finish:
    def finish(_progress: Progress) -> bytes:
        table_csv = _later("table_csv")
        licence = say("{licence}", licence=exhibit.record.licence) if exhibit.record.licence else None
        text: str = table_csv.text(recorded(exhibit), licence=licence, comments=wish.comments, record=exhibit.record)
        return text.encode(table_csv.ENCODING)

    return finish


def _parquet(exhibit: Exhibit, _draw: DrawOf, _wish: Wish) -> Finish:
    return lambda _progress: _later("table_parquet").parquet(exhibit)


FORMATS: Mapping[str, Format] = {
    each.suffix: each
    for each in (
        Format("png", say("PNG picture"), _png, picture=True, themed=True),
        Format("svg", say("SVG drawing"), _svg, picture=True, themed=True),
        Format("pdf", say("PDF page"), _pdf, picture=True, themed=True),
        Format("pptx", say("PowerPoint slide, its chart native"), _pptx, themed=True),
        Format("xlsx", say("Excel workbook, its chart native"), _xlsx),
        Format("csv", say("CSV table"), _csv),
        Format("parquet", say("Parquet table"), _parquet),
    )
}
_FOREIGN = frozenset({"bmp", "gif", "jpeg", "jpg", "tif", "tiff", "webp", "svgz", "eps", "html"}) | frozenset(
    {"doc", "docx", "json", "odp", "ods", "potx", "ppsx", "ppt", "pptm", "sqlite", "tsv", "xls", "xlsm", "zip"}
)
"""Endings of kinds of files that the program doesn't write."""


def refuse_ending(path: Path, kind: Format) -> None:
    """Raise ExplorerError where a file of some kind is to be named as one of another, be it none of the program's."""
    ending = path.suffix.removeprefix(".").lower()
    if ending in _FOREIGN:
        raise ExplorerError(
            say("The program writes no .{ending} files.", ending=ending),
            remedy=say("End the name in .{suffix}.", suffix=kind.suffix),
            file=str(path),
        )
    other = FORMATS.get(ending, kind)
    if other is not kind:
        raise ExplorerError(
            say("This name is one for another kind of file: {kind}.", kind=other.title),
            remedy=say("End it in .{suffix}, or choose that kind.", suffix=kind.suffix),
            file=str(path),
        )


def format_of(path: Path) -> Format:
    """Return the format that a file's ending stands for; raises ExplorerError for an ending that is none."""
    found = FORMATS.get(path.suffix.removeprefix(".").lower())
    if found is None:
        raise ExplorerError(
            say("The ending of the file says no format that the program writes."),
            remedy=say("Use one of {endings}.", endings=", ".join(f".{suffix}" for suffix in FORMATS)),
            file=str(path),
        )
    return found
