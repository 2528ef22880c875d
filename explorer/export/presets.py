"""The sizes that pictures are usually made at, by name, and how many times as large they can be made."""

from collections.abc import Mapping
from dataclasses import dataclass

from explorer.export.size import Size, size_of
from explorer.words import Message, say


@dataclass(frozen=True, slots=True)
class Preset:
    """A size by name: `key` as it is written, `title` as it is shown, `size` once as large, in pixels."""

    key: str
    title: Message
    size: Size


PRESETS: Mapping[str, Preset] = {
    each.key: each
    for each in (
        Preset("16:9", say("16:9, slide and screen"), Size(1920, 1080)),
        Preset("4:3", say("4:3, older slide"), Size(1440, 1080)),
        Preset("1:1", say("1:1, square"), Size(1080, 1080)),
        Preset("9:16", say("9:16, upright"), Size(1080, 1920)),
        Preset("half-slide", say("Half slide, upright"), Size(960, 1080)),
    )
}
SCALES = (1, 2, 4)
"""How many times as many pixels a picture can have in each direction: type and lines grow with it."""


def scaled(size: Size, scale: int) -> Size:
    """Return a size `scale` times as large; raises ExplorerError where no picture can be so large."""
    return Size(size.width * scale, size.height * scale)


def named(written: str) -> Size:
    """Return the size of a preset, or the one written like 1920x1080; raises ExplorerError for anything else."""
    preset = PRESETS.get(written.strip().lower())
    return preset.size if preset else size_of(written)
