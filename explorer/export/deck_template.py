"""What slides are made on: the program's own plain template, or one of the user's."""

import io
import re
import zipfile
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, cast

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches

from explorer.errors import ExplorerError
from explorer.export.deck_chart import Box, element, rgb
from explorer.export.deck_colours import Colours, colours_of
from explorer.export.exhibit import Exhibit
from explorer.style import COUNTRY_COLOURS, Theme
from explorer.words import say

FACE = "Arial"
MARGIN = 0.5
"""Inches left free at the edges of the program's own slides."""
_TITLES = frozenset({PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE})
_FEET = frozenset({PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER})
_CONTENTS = "[Content_Types].xml"
_TEMPLATE, _DECK = b"presentationml.template.main+xml", b"presentationml.presentation.main+xml"
_ROOM = 0.45
"""The part of a slide's height that a chart, its subtitle and its source take at least."""
_LARGEST = 200 << 20
"""Bytes that a template may take, unpacked."""
_UNREADABLE = say("This file can't be read as a PowerPoint template.")


class Shape(Enum):
    """Width and height of a slide, in inches."""

    WIDE = (13.333, 7.5)
    STANDARD = (10.0, 7.5)


@dataclass(frozen=True, slots=True)
class Stage:
    """A presentation without slides, the layout to make them with, and the room under its title.

    `title` is where the title stands; `own` says that it is the program's own template, which the look may be set of.
    A user's has `colours` of its own, which an exhibit is to be `dressed` in.
    """

    deck: Any
    layout: Any
    title: Box
    room: Box
    own: bool
    colours: Colours | None = None

    @property
    def ink(self) -> str | None:
        """The ink that all words have to be given, None where the template's own colour of text is legible."""
        return None if self.colours is None or self.colours.given else self.colours.ink

    def dressed(self, exhibit: Exhibit) -> Exhibit:
        """Return an exhibit in the colours of the slides that it is to stand on."""
        if self.colours is None:
            return exhibit
        return replace(exhibit, style=replace(exhibit.style, theme=self.colours.on(exhibit.style.theme)))


def plain(shape: Shape, theme: Theme) -> Stage:
    """Return the program's own template: nothing on it but a title, in the colours of a theme."""
    deck: Any = Presentation()
    _forgotten(deck)
    wide, high = shape.value
    stretch = Inches(wide) / deck.slide_width
    deck.slide_width, deck.slide_height = Inches(wide), Inches(high)
    master = deck.slide_master
    for part in (master, *master.slide_layouts):
        for each in part.shapes:
            if each._element.spPr.find(qn("a:xfrm")) is not None:
                each.left, each.width = Emu(round(each.left * stretch)), Emu(round(each.width * stretch))
    _coloured(master, theme)
    layout = next(each for each in master.slide_layouts if each.name == "Title Only")
    title = Box(MARGIN, 0.35, wide - 2 * MARGIN, 0.95)
    top = title.bottom
    return Stage(deck, layout, title, Box(MARGIN, top, wide - 2 * MARGIN, high - top - 0.3), own=True)


def _coloured(master: Any, theme: Theme) -> None:
    """Set the colours and the font of a master's theme: what is added by hand later looks alike."""
    part = next(each.target_part for each in master.part.rels.values() if each.reltype.endswith("/theme"))
    root = cast(Any, parse_xml)(part.blob)
    accents = (theme.accent, *list(COUNTRY_COLOURS.values())[1:6])
    inks = {"dk1": theme.text, "lt1": theme.background, "dk2": theme.muted, "lt2": theme.surface}
    inks |= {f"accent{i}": ink for i, ink in enumerate(accents, 1)}
    for name, ink in inks.items():
        slot = root.find(f".//{qn('a:clrScheme')}/{qn('a:' + name)}")
        slot.clear()
        slot.append(element("a:srgbClr", val=str(rgb(ink))))
    for latin in root.findall(f".//{qn('a:fontScheme')}//{qn('a:latin')}"):
        latin.set("typeface", FACE)
    part._blob = cast(Any, serialize_part_xml)(root)


def opened(content: bytes, name: str) -> Stage:
    """Return a user's template without its slides; `name` is its file's.

    Raises ExplorerError where it is no PowerPoint file, can't be read or has no layout with a title and room below.
    """
    archive = _as_deck(content, name)
    try:
        deck: Any = Presentation(io.BytesIO(archive))
        _forgotten(deck)
        _emptied(deck)
    except Exception as fault:
        # python-pptx and lxml tell of a broken file by whatever breaks first.
        raise _refused(_UNREADABLE, name) from fault
    found = _stage(deck)
    if found is None:
        raise ExplorerError(
            say("No layout of this template has a title with room for a chart below."),
            remedy=say("Choose a template with a layout such as “Title Only”."),
            file=name,
        )
    try:
        return replace(found, colours=colours_of(found.layout))
    except Exception as fault:
        raise _refused(_UNREADABLE, name) from fault


def _as_deck(content: bytes, name: str) -> bytes:
    """Return a template as the presentation that it would open as."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError) as fault:
        raise _refused(say("This is no PowerPoint file."), name) from fault
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > _LARGEST:
        raise _refused(say("This template is larger than {n} MB.", n=_LARGEST >> 20), name)
    if _CONTENTS not in archive.namelist():
        raise _refused(say("This is no PowerPoint file."), name)
    try:
        parts = [(entry.filename, archive.read(entry)) for entry in entries]
    except Exception as fault:
        # An encrypted, damaged or unknown part is told of by as many kinds of errors.
        raise _refused(_UNREADABLE, name) from fault
    kinds = dict(parts)[_CONTENTS]
    if _DECK in kinds:
        return content
    if _TEMPLATE not in kinds:
        raise _refused(say("This is no PowerPoint file without macros."), name)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as changed:
        for part, held in parts:
            changed.writestr(part, kinds.replace(_TEMPLATE, _DECK) if part == _CONTENTS else held)
    return made.getvalue()


def _refused(what: Any, name: str) -> ExplorerError:
    return ExplorerError(what, remedy=say("Choose a .pptx or .potx file that PowerPoint opens."), file=name)


def _forgotten(deck: Any) -> None:
    """Take out what tells of the file as it was: its thumbnail, and the titles and number of its slides."""
    package = deck.part.package
    for key, each in list(package._rels.items()):
        kind = each.reltype.rpartition("/")[2]
        # Some programs relate the core properties by another name, and python-pptx would write them twice.
        twice = kind == "core-properties" and each.reltype != RELATIONSHIP_TYPE.CORE_PROPERTIES
        if twice or kind in ("thumbnail", "extended-properties"):
            package.drop_rel(key)


def _emptied(deck: Any) -> None:
    """Take out the slides, and the sections and shows that name them, which PowerPoint would stumble over."""
    whole: Any = deck.part._element
    for each in whole.findall(f"{qn('p:sldIdLst')}/{qn('p:sldId')}"):
        deck.part.drop_rel(each.get(qn("r:id")))
        each.getparent().remove(each)
    for shows in whole.findall(qn("p:custShowLst")):
        whole.remove(shows)
    for extension in whole.findall(f"{qn('p:extLst')}/{qn('p:ext')}"):
        if any(re.search(r"\}sectionLst$", str(child.tag)) for child in extension):
            extension.getparent().remove(extension)


def _stage(deck: Any) -> Stage | None:
    """Return the first layout with nothing but a title, else the first with one, that leaves room enough."""
    wide, high = deck.slide_width, deck.slide_height
    found: list[tuple[int, int, Stage]] = []
    layouts = [layout for master in deck.slide_masters for layout in master.slide_layouts]
    for place, layout in enumerate(layouts):
        kinds = [(each, each.placeholder_format.type) for each in layout.placeholders]
        title = next((each for each, kind in kinds if kind in _TITLES), None)
        if title is None or None in (title.left, title.top, title.width, title.height):
            continue
        feet = [each.top for each, kind in kinds if kind in _FEET and each.top is not None]
        feet += [each.top for each in layout.slide_master.placeholders if each.placeholder_format.type in _FEET]
        below = [top for top in feet if top > high * 0.6]
        end = min(below, default=round(high * 0.95))
        begin = title.top + title.height
        if end - begin < high * _ROOM or title.width < wide * 0.4:
            continue
        others = sum(kind not in _TITLES | _FEET for _, kind in kinds)
        left, width = _across(wide, title)
        room = Box(left / 914400, begin / 914400, width / 914400, (end - begin) / 914400)
        at = Box(*(each / 914400 for each in (title.left, title.top, title.width, title.height)))
        found.append((others, place, Stage(deck, layout, at, room, own=False)))
    return min(found, key=lambda each: each[:2])[2] if found else None


def _across(wide: int, title: Any) -> tuple[int, int]:
    """Return left edge and width of the room: the title's, on a slide of which it takes most; else between margins."""
    if title.width > wide * 0.7:
        return title.left, title.width
    margin = round(wide * 0.05)
    return margin, wide - 2 * margin
