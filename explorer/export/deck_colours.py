"""What colours a template's slides have: its background, and an ink that is read on it."""

import colorsys
import io
from dataclasses import dataclass, replace
from typing import Any, cast

from PIL import Image
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from explorer.style import DARK, LIGHT, Theme, contrast, mix

LEGIBLE = 4.5
"""The least contrast of words with what they stand on."""
_SEEN = 3.0
"""The least contrast of a line or a bar with what it stands on."""
_INKS = ("#ffffff", "#000000")
_PRESET = {"black": "#000000", "white": "#ffffff"}
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_LEVEL = "/".join(qn(name) for name in ("a:lvl1pPr", "a:defRPr", "a:solidFill"))


@dataclass(frozen=True, slots=True)
class Colours:
    """The `background` of a layout, and the ink that words on it have; `given` says that they have it by themselves."""

    background: str
    ink: str
    given: bool

    def on(self, theme: Theme) -> Theme:
        """Return a theme as it looks on this background: lines and muted words are mixed from it."""
        ink, ground = self.ink, self.background
        muted = mix(ink, ground, 0.3)
        accents = (theme.accent, LIGHT.accent, DARK.accent)
        return replace(
            theme,
            background=ground,
            surface=ground,
            text=ink,
            muted=muted if contrast(muted, ground) >= LEGIBLE else ink,
            line=mix(ink, ground, 0.85),
            strong_line=mix(ink, ground, 0.6),
            accent=next((each for each in accents if contrast(each, ground) >= _SEEN), ink),
            dark=contrast("#ffffff", ground) > contrast("#000000", ground),
        )


def colours_of(layout: Any) -> Colours:
    """Return the colours of a layout's slides.

    Words are to be in the template's own colour for text where that is legible, else in that of its titles.
    """
    palette = _Palette(layout)
    background, text = _background(layout, palette), palette.named("tx1")
    if contrast(text, background) >= LEGIBLE:
        return Colours(background, text, given=True)
    title = _title(layout, palette)
    if contrast(title, background) < LEGIBLE:
        title = max(_INKS, key=lambda ink: contrast(ink, background))
    return Colours(background, title, given=False)


class _Palette:
    """The colours of a theme, by the names that a master and a layout give them."""

    def __init__(self, layout: Any) -> None:
        master = layout.slide_master
        part = next(each.target_part for each in master.part.rels.values() if each.reltype.endswith("/theme"))
        scheme = cast(Any, parse_xml)(part.blob).find(f".//{qn('a:clrScheme')}")
        self._slots = {each.tag: each for each in scheme}
        own = layout._element.find(f"{qn('p:clrMapOvr')}/{qn('a:overrideClrMapping')}")
        self._map = master._element.find(qn("p:clrMap")) if own is None else own

    def named(self, name: str) -> str:
        """Return a colour by its name in a scheme, `tx1` for one; black where the theme has none such."""
        slot = self._slots.get(qn(f"a:{self._map.get(name, name)}"))
        return (self.within(slot) if slot is not None else None) or _INKS[1]

    def within(self, fill: Any) -> str | None:
        """Return the first colour in an element, None where it has none that is known."""
        kinds = {"srgbClr": _plain, "sysClr": _system, "schemeClr": self._scheme, "prstClr": _preset}
        for each in fill.iter():
            read = kinds.get(str(each.tag).rpartition("}")[2])
            if read is not None and (found := read(each)) is not None:
                return _changed(found, each)
        return None

    def _scheme(self, given: Any) -> str | None:
        return None if given.get("val") == "phClr" else self.named(given.get("val"))


def _plain(given: Any) -> str:
    return f"#{given.get('val').lower()}"


def _system(given: Any) -> str | None:
    last = given.get("lastClr")
    return f"#{last.lower()}" if last else {"window": "#ffffff", "windowText": "#000000"}.get(given.get("val"))


def _preset(given: Any) -> str | None:
    return _PRESET.get(given.get("val"))


def _changed(colour: str, given: Any) -> str:
    """Return a colour as much lighter or darker as is asked for with it."""
    red, green, blue = (part / 255 for part in bytes.fromhex(colour[1:]))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    for each in given:
        by = int(each.get("val", "100000")) / 100_000
        match str(each.tag).rpartition("}")[2]:
            case "lumMod":
                light *= by
            case "lumOff":
                light += by
            case "shade":
                light *= by
            case "tint":
                light = 1 - (1 - light) * by
            case _:
                pass
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), full)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _background(layout: Any, palette: _Palette) -> str:
    """Return the colour of a layout's background, the mean one of a picture's or of a gradient's."""
    for holder in (layout, layout.slide_master):
        ground = holder._element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
        if ground is None:
            continue
        picture = ground.find(f".//{qn('a:blip')}")
        if picture is not None:
            return _mean(holder.part.related_part(picture.get(qn("r:embed"))).blob) or palette.named("bg1")
        stops = [palette.within(stop) for stop in ground.iter(qn("a:gs"))]
        known = [stop for stop in stops if stop is not None]
        if known:
            return mix(known[0], known[-1], 0.5)
        return palette.within(ground) or palette.named("bg1")
    return palette.named("bg1")


def _mean(picture: bytes) -> str | None:
    """Return the mean colour of a picture, None of one that can't be read."""
    try:
        with Image.open(io.BytesIO(picture)) as opened:
            pixel = opened.convert("RGB").resize((1, 1), Image.Resampling.BOX).tobytes()
    except (OSError, ValueError):
        return None
    return f"#{pixel.hex()}"


def _title(layout: Any, palette: _Palette) -> str:
    """Return the colour of a layout's titles."""
    styles = []
    for holder in (layout, layout.slide_master):
        for each in holder.placeholders:
            if each.placeholder_format.type in _TITLES:
                styles += each._element.findall(f".//{qn('a:lstStyle')}")
    styles += layout.slide_master._element.findall(f"{qn('p:txStyles')}/{qn('p:titleStyle')}")
    for style in styles:
        fill = style.find(_LEVEL)
        if fill is not None and (found := palette.within(fill)) is not None:
            return found
    return palette.named("tx1")
