"""How large a picture is to be."""

import re
from dataclasses import dataclass

from explorer.errors import ExplorerError
from explorer.words import say

SMALLEST, LARGEST = 200, 16_384
"""Pixels per side: below, no caption fits; above, a picture takes more than a gigabyte of memory."""

_WRITTEN = re.compile(r"([0-9]{1,9})[xX×]([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height of a picture in pixels; ExplorerError outside `SMALLEST` to `LARGEST`."""

    width: int
    height: int

    def __post_init__(self) -> None:
        if not all(SMALLEST <= side <= LARGEST for side in (self.width, self.height)):
            raise ExplorerError(
                say("A picture of {size} pixels can't be made.", size=str(self)),
                remedy=say("Choose {low} to {high} pixels for each side.", low=SMALLEST, high=LARGEST),
            )

    def __str__(self) -> str:
        return f"{self.width}×{self.height}"


FULL_HD = Size(1920, 1080)


def size_of(written: str) -> Size:
    """Return the size that is written as "1920x1080" or "1920×1080"; raises ExplorerError for anything else."""
    found = _WRITTEN.fullmatch(written.strip())
    if not found:
        raise ExplorerError(
            say("The size “{written}” is not written as width and height.", written=written),
            remedy=say("Write it like 1920x1080, or 16:9, 4:3, 1:1, 9:16, half-slide."),
        )
    return Size(int(found[1]), int(found[2]))
