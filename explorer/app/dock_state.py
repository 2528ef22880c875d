"""What a main window's `saveState` wrote, checked before `restoreState` gets it: Qt trusts it, and a bad one ends Qt.

Whatever is of another form, a later Qt's for one, is not sound; the views can then be shown and hidden by name.
"""

import struct
from collections.abc import Collection

_WINDOW, _DOCKS = 0xFF, 0xFD
_SEQUENCE, _TABS, _WIDGET, _BARS = 0xFC, 0xFA, 0xFB, 0xFC
_AREAS, _CORNERS, _ORIENTATIONS = 4, frozenset({1, 2, 4, 8}), frozenset({1, 2})
_FLOATING, _MOST_FLAGS = 2, 0x0F
_FARTHEST, _LARGEST, _MOST_LIMIT = 50_000, 20_000, 1 << 25
_DEEPEST = 8


def is_sound(state: bytes, docks: Collection[str], bars: Collection[str]) -> bool:
    """Tell whether a state says where some of these docks and tool bars are, each once, and nothing else."""
    reader = _Reader(state, docks, bars)
    try:
        reader.window()
    except (ValueError, struct.error):
        return False
    return True


class _Reader:
    def __init__(self, state: bytes, docks: Collection[str], bars: Collection[str]) -> None:
        self._state, self._at = state, 0
        self._docks, self._bars = set(docks), set(bars)  # those not read yet

    def window(self) -> None:
        _must(self._int() == _WINDOW and self._int() == 0)
        _must(self._byte() == _DOCKS)
        areas = [self._area() for _ in range(self._count(_AREAS))]
        _must(len(set(areas)) == len(areas))
        self._ints(2, -1, _LARGEST)
        _must(all(self._int() in _CORNERS for _ in range(4)))
        _must(self._byte() == _BARS)
        for _ in range(self._count(len(self._bars))):
            self._line()
        _must(self._at == len(self._state))

    def _area(self) -> int:
        (place,) = self._ints(1, 0, _AREAS - 1)
        self._ints(2, -1, _LARGEST)
        self._group(0)
        return place

    def _group(self, depth: int) -> None:
        _must(depth <= _DEEPEST)
        kind = self._byte()
        _must(kind in (_SEQUENCE, _TABS))
        front = self._int() if kind == _TABS else 0
        _must(self._byte() in _ORIENTATIONS)
        count = self._count(len(self._docks))
        _must(count > 0 and -1 <= front < count)
        for _ in range(count):
            marker = self._byte()
            _must(marker == _WIDGET or (marker == _SEQUENCE and kind == _SEQUENCE))
            if marker == _WIDGET:
                self._dock()
            else:
                self._place()
                self._group(depth + 1)

    def _dock(self) -> None:
        self._name(self._docks)
        flags = self._byte()
        _must(flags <= _MOST_FLAGS)
        if flags & _FLOATING:
            self._ints(2, -_FARTHEST, _FARTHEST)
            self._ints(2, 1, _LARGEST)
        else:
            self._place()

    def _place(self) -> None:
        self._ints(2, -1, _LARGEST)
        self._ints(2, 0, _MOST_LIMIT)

    def _line(self) -> None:
        self._ints(1, 0, _AREAS - 1)
        for _ in range(self._count(len(self._bars))):
            self._name(self._bars)
            _must(self._byte() <= 3)
            self._ints(2, -1, _LARGEST)
            _must(self._ints(2, 0, 0) == (0, 0))

    def _name(self, left: set[str]) -> None:
        size = self._int()
        _must(0 < size <= 200)
        name = self._state[self._at : self._at + size].decode("utf-16-be")
        self._at += size
        _must(name in left)
        left.remove(name)

    def _count(self, most: int) -> int:
        return self._ints(1, 0, most)[0]

    def _ints(self, number: int, least: int, most: int) -> tuple[int, ...]:
        found = tuple(self._int() for _ in range(number))
        _must(all(least <= value <= most for value in found))
        return found

    def _int(self) -> int:
        (value,) = struct.unpack_from(">i", self._state, self._at)
        self._at += 4
        return value

    def _byte(self) -> int:
        (value,) = struct.unpack_from(">B", self._state, self._at)
        self._at += 1
        return value


def _must(holds: bool) -> None:
    if not holds:
        raise ValueError("not what saveState writes")
