"""How wide columns are, and which of them find room."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf, isinf
from typing import Any, NamedTuple

from explorer.domain.origins import UNATTRIBUTED
from explorer.domain.table import NUMERIC, Column, Kind, Table
from explorer.domain.units import MINUS, THIN
from explorer.drawing.cells import CHANGE_SAMPLE, FORMATS, SHARE_SAMPLE, Look, missing, swatch_width
from explorer.drawing.translate import tr
from explorer.views.rows.profile import Profile

_SAMPLES: Mapping[Kind, str] = {
    Kind.RANK_CHANGE: "▲888",
    Kind.TOKENS: "88.8B",
    Kind.CHANGE: f"▲ +888.8{THIN}%",
    Kind.PART: f"{MINUS}88.8{THIN}%",
    Kind.PRICE: "$0.0888*",
    Kind.RATIO: "88.8×",
    Kind.NUMBER: "888.8",
    Kind.FLAG: "yes",
}
_BARS: Mapping[Kind, tuple[str, float, float]] = {
    Kind.SHARE: (SHARE_SAMPLE, 28, 80),
    Kind.TOKENS_CHANGE: (CHANGE_SAMPLE, 40, 96),
}
"""The number beside a bar, and how long the bar must be and likes to be, in pixels at scale 1."""


class Need(NamedTuple):
    """How wide a column must be, likes to be, and can make use of, in pixels, pads included."""

    least: float
    natural: float
    most: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A column at its place: from `left` on, `width` pixels wide, pads included."""

    column: Column
    left: float
    width: float


def filled(table: Table, columns: Iterable[Column], kinds: Collection[Kind] = frozenset(Kind)) -> tuple[Column, ...]:
    """Return the columns but those of some `kinds` that have no value in any row."""
    return tuple(c for c in columns if c.kind not in kinds or not all(map(missing, table.values[c.key])))


@dataclass(frozen=True, slots=True)
class Measured:
    """Columns from left to right with what each needs; `pinned` of them, up to the one that names a row, stay."""

    columns: tuple[Column, ...]
    need: tuple[Need, ...]
    pinned: int

    @property
    def named(self) -> int:
        """The index of the column that names a row, -1 where there is none."""
        return self.pinned - 1

    @property
    def natural(self) -> float:
        """How wide the columns like to be together."""
        return sum(n.natural for n in self.need)

    @property
    def least(self) -> float:
        """How wide the columns must be together."""
        return sum(n.least for n in self.need)

    def place(self, room: float, first: int = 0) -> tuple[Placed, ...]:
        """Place the columns side by side in `room` pixels.

        What is left over goes to bars, sparklines and sentences first, then to the column that names a row. Where
        room is short, columns shrink, that one last; where even that is not enough, `first` columns after it are
        left out and then those at the end, so that none is ever cut, and the others find their places alike.
        """
        if self.natural <= room:
            return _side_by_side(self.columns, self._stretched(room))
        if self.least <= room:
            return _side_by_side(self.columns, self._shrunk(room))
        found = self._kept(room, first)
        kept = Measured(tuple(self.columns[i] for i in found), tuple(self.need[i] for i in found), self.pinned)
        if kept.least <= room:
            return kept.place(room)
        widths = [n.least for n in kept.need]
        if self.pinned:
            named = widths[self.named]
            widths[self.named] = max(named + room - sum(widths), named / 3)
        return _side_by_side(kept.columns, widths)

    def steps(self, room: float) -> int:
        """Return by how many columns one can scroll sideways before the last column shows."""
        if not self.columns or self.least <= room:
            return 0
        most = max(0, len(self.columns) - self.pinned - 1)
        return next((k for k in range(most) if self._kept(room, k)[-1] == len(self.columns) - 1), most)

    def fitting(self, dropped: Iterable[str], room: float, elided: Mapping[str, float]) -> tuple[Column, ...]:
        """Return the columns that fit into `room` pixels, those `dropped` left out one after another until they do.

        Those in `elided` are not left out as long as they find room at that width.
        """
        wide = {c.key: n.least for c, n in zip(self.columns, self.need, strict=True)}
        for key in dropped:
            if sum(wide.values()) <= room:
                break
            whole = wide.pop(key, 0.0)
            short = elided.get(key, whole)
            if short < whole and sum(wide.values()) + short <= room:
                wide[key] = short
        return tuple(c for c in self.columns if c.key in wide)

    def _kept(self, room: float, first: int) -> list[int]:
        kept = list(range(self.pinned))
        room -= sum(n.least for n in self.need[: self.pinned])
        for i in range(self.pinned + first, len(self.columns)):
            room -= self.need[i].least
            if room < 0 and i > self.pinned + first:
                break
            kept.append(i)
        return kept

    def _stretched(self, room: float) -> list[float]:
        widths = [n.natural for n in self.need]
        spare = room - self.natural
        elastic = [i for i, n in enumerate(self.need) if i != self.named and n.most > n.natural]
        for i in elastic:
            widths[i] += min(spare / (len(elastic) + 1), self.need[i].most - widths[i])
        if self.pinned:
            widths[self.named] += room - sum(widths)
        return widths

    def _shrunk(self, room: float) -> list[float]:
        """Return widths that fill `room`: what names a row keeps its width as long as the others can give way."""
        rest = [n for i, n in enumerate(self.need) if i != self.named]
        least, natural = sum(n.least for n in rest), sum(n.natural for n in rest)
        part = min(max((room - (self.natural - natural) - least) / max(natural - least, 1.0), 0.0), 1.0)
        widths = [n.least + (n.natural - n.least) * part for n in self.need]
        if self.pinned:
            widths[self.named] = room - least - (natural - least) * part
        return widths


def measured(profile: Profile, table: Table, columns: Sequence[Column], look: Look, *, whole: bool = False) -> Measured:
    """Return the columns measured; `whole` asks for words in full, as a picture has no tooltip for the rest."""
    found = (_need(profile, table, column, look, whole) for column in columns)
    need = (Need(*(width if isinf(width) else ceil(width) + 1 for width in each)) for each in found)
    named = next((i for i, c in enumerate(columns) if c.key == profile.named_by), -1)
    return Measured(tuple(columns), tuple(need), named + 1)


def _need(profile: Profile, table: Table, column: Column, look: Look, whole: bool) -> Need:
    px, pads = look.style.px, 2 * look.pad
    head = look.head_width(tr(column.label)) + marker_room(look) + pads
    values: Sequence[Any] = table.values[column.key]
    if column.key == profile.named_by:
        natural = max(head, min(_widest(table.names or values, look) + pads, px(340)))
        return Need(natural if whole else max(head, min(natural, px(136))), natural, inf)
    if column.key in profile.wide:
        full = max(head, _widest(values, look) + pads)
        natural = max(head, min(full, px(480 if whole else 280)))
        return Need(max(head, min(natural, px(340 if whole else 200))), natural, full)
    if column.kind is Kind.SERIES:
        return Need(max(head, px(48) + pads), max(head, px(96) + pads), px(240))
    if column.kind in _BARS:
        sample, least, natural = _BARS[column.kind]
        number = look.width(sample) + pads
        return Need(max(head, number + px(least)), max(head, number + px(natural)), px(420))
    natural = max(head, min(_words_width(column, set(values), look), px(176)) + pads)
    if column.kind is not Kind.TEXT:
        return Need(natural, natural, natural)
    if column.key in profile.firm:
        return Need(natural, natural, natural)
    known = _words_width(column, set(values) - {UNATTRIBUTED}, look)
    return Need(max(head, min(known, px(176 if whole else 80)) + pads), natural, natural)


def _words_width(column: Column, values: Collection[Any], look: Look) -> float:
    """Return how wide the words of a column are: a sample of its kind, or its widest text."""
    if column.kind in _SAMPLES:
        return look.width(_SAMPLES[column.kind])
    if column.kind is Kind.RANK:
        return look.width("8" * len(str(max((v for v in values if v), default=8))))
    swatch = swatch_width(look) if column.key == "country" else 0.0
    words = map(FORMATS[column.kind], values)
    return swatch + max((look.width(line) for line in words), default=0.0)


def _widest(words: Sequence[str], look: Look) -> float:
    """Return the width of the widest text, looked for among the few with most characters."""
    return max(map(look.width, sorted(set(words), key=len)[-4:]), default=0.0)


def marker_room(look: Look) -> float:
    """Return the room beside a column's label for the mark of the sort, which makes use of the pad as well."""
    return look.style.px(5)


def _side_by_side(columns: Sequence[Column], widths: Sequence[float]) -> tuple[Placed, ...]:
    found: list[Placed] = []
    left = 0.0
    for column, width in zip(columns, widths, strict=True):
        found.append(Placed(column, round(left), round(left + width) - round(left)))
        left += width
    return tuple(found)


def is_right(column: Column) -> bool:
    """Whether a column is aligned to the right."""
    return column.kind in NUMERIC
