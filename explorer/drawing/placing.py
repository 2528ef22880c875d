"""Where names go beside their dots so that none covers another: greedy, the most important first. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_PLAINLY = 1.5
"""So many times as far off as its own dot must a name be from another one."""
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def within(self, room: "Box") -> bool:
        """Tell whether it lies inside another one."""
        inside = self.left >= room.left and self.right <= room.right
        return inside and self.top >= room.top and self.bottom <= room.bottom


@dataclass(frozen=True, slots=True)
class Name:
    """A name of some width and height, wanted beside the dot at (x, y)."""

    x: float
    y: float
    width: float
    height: float


def dot(x: float, y: float, radius: float) -> Box:
    """Return the box around a dot."""
    return Box(x - radius, y - radius, x + radius, y + radius)


def line(x1: float, y1: float, x2: float, y2: float, reach: float) -> Box:
    """Return the box around a level or upright line."""
    return Box(min(x1, x2) - reach, min(y1, y2) - reach, max(x1, x2) + reach, max(y1, y2) + reach)


def place(
    names: Sequence[Name], filled: Sequence[Box], room: Box, gap: float, dots: Sequence[tuple[float, float]] = ()
) -> list[Box | None]:
    """Return where each name goes, None where it fits nowhere; earlier names choose first.

    A name lies inside `room`, `gap` pixels off its dot to the right, left, above, below or between these, on no
    other name and on nothing `filled`. Of all `dots` its own must plainly be the nearest.
    """
    air = gap / 2  # a name that ends where the next begins reads as one with it
    centres = np.array(dots, np.float64).reshape(-1, 2)
    taken = np.array([(b.left, b.top, b.right, b.bottom) for b in filled], np.float64).reshape(-1, 4)
    found: list[Box | None] = []
    for name in names:
        free = (
            box
            for box in _candidates(name, gap)
            if box.within(room) and not _hits(box, taken) and _beside_own(box, name, gap, centres)
        )
        box = next(free, None)
        found.append(box)
        if box is not None:
            taken = np.vstack((taken, (box.left - air, box.top, box.right + air, box.bottom)))
    return found


def _candidates(name: Name, gap: float) -> list[Box]:
    """Return the boxes beside a dot, the best first."""
    wide, high = name.width, name.height
    right, left = name.x + gap, name.x - gap - wide
    above, below = name.y - gap - high, name.y + gap
    middle_x, middle_y = name.x - wide / 2, name.y - high / 2
    near = gap * 0.7
    corners = [
        (name.x + near, name.y - near - high),
        (name.x + near, name.y + near),
        (name.x - near - wide, name.y - near - high),
        (name.x - near - wide, name.y + near),
    ]
    places = [(right, middle_y), (left, middle_y), (middle_x, above), (middle_x, below), *corners]
    return [Box(x, y, x + wide, y + high) for x, y in places]


def _beside_own(box: Box, name: Name, gap: float, centres: NDArray[np.float64]) -> bool:
    """Tell whether a place is nearer to the name's own dot than to any other, by half for those farther than `gap`."""
    own = np.array([[name.x, name.y]])
    apart = np.hypot(*(centres - own).T)
    least = _distance(box, own)[0] * np.where(apart > gap, _PLAINLY, 1.0)
    return bool((_distance(box, centres) >= least - _TINY).all(where=apart > _TINY))


def _distance(box: Box, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far points (n, 2) lie from a box, 0 inside."""
    x, y = points[:, 0], points[:, 1]
    across = np.maximum(np.maximum(box.left - x, x - box.right), 0.0)
    return np.hypot(across, np.maximum(np.maximum(box.top - y, y - box.bottom), 0.0))


def _hits(box: Box, taken: NDArray[np.float64]) -> bool:
    across = (taken[:, 0] < box.right) & (taken[:, 2] > box.left)
    return bool((across & (taken[:, 1] < box.bottom) & (taken[:, 3] > box.top)).any())
